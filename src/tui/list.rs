//! A list pane: a filter line above a table, over rows that live elsewhere. Filtering and sorting make a new order in a
//! job; only the rows that are seen are asked for. The row under the cursor stays under it, whatever is filtered or
//! sorted. Panes embed it and add what is theirs.

mod copy;
mod export;
mod marks;
mod notes;

use std::time::Duration;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::effect::{Answer, Draft, ListName, Task};
use super::filter_line::{FilterLine, Typed};
use super::jobs::Slot;
use super::key::Input;
use super::keymap::Action;
use super::paint::put;
use super::popups::{Chooser, Columns, Item, Reply};
use super::screen::{Look, Taken, Wishes};
use super::sums::SumsLine;
use super::table::{Column, Order, Row, Size, Table, Way};
use crate::desk::config::CursorStyle;
use crate::domain::query::Field;
use crate::words::Value;

pub use notes::is_screen_draft;

/// The pause in typing after which a filter is tried.
pub const TYPING_PAUSE: Duration = Duration::from_millis(80);

/// More rows than this are not marked at once.
pub const MOST_MARKED: u64 = 2_000;

/// Where values of a filter are looked for in the store.
const FILTER_VALUES: Slot = Slot::supersede("filter-values");

/// Before the field's name in a [`Task::Suggest`] for the filter line.
pub const FILTER_VALUE: &str = "filter ";

/// Where a list's two kinds of jobs run.
#[derive(Clone, Copy, Debug)]
pub struct ListSlots {
    /// Filtering and sorting: `Slot::supersede`.
    pub order: Slot,
    /// Reading rows: `Slot::finish`.
    pub window: Slot,
}

/// A filter and an order.
type Asked = (String, Option<(String, Order)>);

/// The list.
#[derive(Clone, Debug)]
pub struct List {
    name: ListName,
    slots: ListSlots,
    table: Table,
    filter: FilterLine,
    /// Filter and order of what is shown.
    shown: Option<Asked>,
    of: u64,
    has_order: bool,
    /// The row to begin on, until the first order has come.
    begin_at: Option<String>,
    /// The row to go to with the next order: a record that was just made.
    go_next: Option<String>,
    /// The row under the cursor when typing into the filter line began: what is typed on must not push it away.
    origin: Option<String>,
    /// The row that was to be kept when the list was last asked for; it counts until its rows are here.
    asked_keep: Option<String>,
    /// Marked rows that the filter leaves out.
    n_outside: u64,
    /// What the open question about copying offers.
    offered: Vec<copy::Offer>,
    /// The next file holds only the marked rows.
    only_marked: bool,
    /// What is remembered as it was last handed over.
    noted: Option<Draft>,
    sums: SumsLine,
}

impl List {
    /// An empty list with these columns, the first of which stays at the left.
    pub fn new(name: ListName, slots: ListSlots, columns: Vec<Column>) -> Self {
        List {
            name,
            slots,
            table: Table::new(columns),
            filter: FilterLine::default(),
            shown: None,
            of: 0,
            has_order: false,
            begin_at: None,
            go_next: None,
            origin: None,
            asked_keep: None,
            n_outside: 0,
            offered: Vec::new(),
            only_marked: false,
            noted: None,
            sums: SumsLine::new(name),
        }
    }

    /// Begins with this filter, this sorted column and the cursor on this row, as they were left the last time.
    pub fn begin_with(&mut self, filter: &str, sort: Option<(&str, Order)>, row: Option<String>) {
        self.filter.set(filter);
        self.begin_at = row;
        if let Some((id, order)) = sort
            && let Some(idx) = self.table.columns().iter().position(|column| column.id == id)
        {
            self.table.sort_by(idx);
            if self.table.sort().is_some_and(|(_, now)| now != order) {
                self.table.turn_sort();
            }
        }
    }

    /// Its filter is one of the filter language: the line offers what can stand at the cursor.
    #[must_use]
    pub fn offering(mut self, today: Date) -> Self {
        self.filter.offer(today);
        self
    }

    /// What it adds up to.
    pub fn sums(&self) -> &SumsLine {
        &self.sums
    }

    /// The filter line.
    pub fn line(&self) -> &FilterLine {
        &self.filter
    }

    /// The filters typed before, as they were kept.
    pub fn remember_filters(&mut self, past: &str) {
        self.filter.remember(past);
    }

    /// The table: cursor, marks, columns.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The table, to move its cursor or clear its marks.
    pub fn table_mut(&mut self) -> &mut Table {
        &mut self.table
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Option<&Row> {
        self.table.selected()
    }

    /// The filter expression.
    pub fn filter(&self) -> &str {
        self.filter.text()
    }

    /// The filter of what is shown, where what is typed cannot be read.
    fn filter_that_holds(&self) -> &str {
        match &self.shown {
            Some((filter, _)) if self.filter.has_error() => filter,
            _ => self.filter(),
        }
    }

    /// Whether the filter line takes the typing.
    pub fn is_typing(&self) -> bool {
        self.filter.is_typing()
    }

    /// Asks for the order, keeping the row under the cursor; its rows follow by themselves.
    pub fn refresh(&mut self, wishes: &mut Wishes<'_>) {
        self.ask_order(Duration::ZERO, wishes);
    }

    /// With the next order the cursor goes to this row, if the row is in it.
    pub fn go_to_key(&mut self, key: &str) {
        self.go_next = Some(key.to_owned());
    }

    /// Shows what fits this expression, from its first row on: a list that was asked for elsewhere, an item of *Hari ini*
    /// or a number of the report, is worked through from its beginning.
    pub fn show_filter(&mut self, filter: &str, wishes: &mut Wishes<'_>) {
        self.filter.set(filter);
        (self.begin_at, self.asked_keep, self.origin, self.shown) = (None, None, None, None);
        let (filter, sort) = self.asked();
        wishes.run(self.slots.order, Task::List { list: self.name, filter, sort, keep: None });
    }

    /// What is asked for now. With a mistake in the filter line the last filter that could be read goes on: other clerks'
    /// changes and another order are seen all the same.
    fn asked(&self) -> Asked {
        let sort = self.table.sort().map(|(column, order)| (column.id.to_owned(), order));
        (self.filter_that_holds().trim().to_owned(), sort)
    }

    /// The list has this area; its rows are asked for if more are seen now.
    pub fn lay(&mut self, area: Rect, wishes: &mut Wishes<'_>) {
        self.table.set_width(area.width);
        self.table.set_height(area.height.saturating_sub(1));
        self.ask_rows(wishes);
    }

    /// An action.
    pub fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Filter => {
                self.origin = self.keep();
                self.filter.begin(wishes.words.lang());
            }
            Action::Sort => self.open_sort(wishes),
            Action::SortHere => {
                self.table.sort_by_chosen();
                self.refresh(wishes);
            }
            Action::SortReverse => {
                if self.table.turn_sort() {
                    self.refresh(wishes);
                } else {
                    wishes.toast_warn(wishes.words.text("tui-sort-first"));
                }
            }
            Action::Columns => {
                let title = wishes.words.text("lists-columns-title");
                wishes.popup(Columns::new(self.tag("columns"), title, &self.table));
            }
            Action::Narrower => self.table.resize(Size::Narrower),
            Action::Wider => self.table.resize(Size::Wider),
            Action::ColumnLeft => self.move_column(Way::Left, wishes),
            Action::ColumnRight => self.move_column(Way::Right, wishes),
            Action::Mark => self.table.toggle_mark(),
            Action::MarkRange => self.mark_range(wishes),
            Action::MarkAll => self.mark_all(wishes),
            Action::Copy => self.offer_copy(wishes),
            Action::Export => self.offer_export(wishes),
            Action::Refresh => self.refresh(wishes),
            _ if self.table.act(action) => self.asked_keep = None,
            _ => return Taken::No,
        }
        self.ask_rows(wishes);
        self.sums.follow(&self.table, wishes);
        Taken::Yes
    }

    fn move_column(&mut self, way: Way, wishes: &mut Wishes<'_>) {
        if !self.table.move_chosen(way) {
            let key = if self.table.chosen() == 0 { "lists-first-stays" } else { "lists-column-at-end" };
            wishes.toast_warn(wishes.words.text(key));
        }
    }

    /// Typing into the filter line.
    pub fn input(&mut self, input: &Input, wishes: &mut Wishes<'_>) -> Taken {
        let typed = self.filter.input(input, wishes.words.lang());
        if let Some((field, typed)) = self.filter.ask() {
            let field = format!("{FILTER_VALUE}{}", field.english());
            wishes.run_after(FILTER_VALUES, Task::Suggest { field, typed }, TYPING_PAUSE);
        }
        match typed {
            Typed::No => return Taken::No,
            Typed::Taken => {}
            Typed::Changed => self.ask_order(TYPING_PAUSE, wishes),
            Typed::Entered => self.refresh(wishes),
        }
        if !self.filter.is_typing() {
            self.origin = None;
        }
        Taken::Yes
    }

    /// A popup of this list was answered.
    pub fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) -> Taken {
        match reply {
            Reply::Picked { tag, idx } if *tag == self.tag("sort") => {
                if let Some(column) = self.table.arrangement().get(*idx).map(|arranged| arranged.column) {
                    self.table.sort_by(column);
                    self.table.choose(column);
                    self.refresh(wishes);
                }
            }
            Reply::Arranged { tag, columns } if *tag == self.tag("columns") => self.table.arrange(columns),
            _ if self.reply_copy(reply, wishes) == Taken::Yes => {}
            _ => return self.reply_export(reply, wishes),
        }
        Taken::Yes
    }

    /// A job's answer, if it is this list's.
    pub fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) -> Taken {
        match answer {
            Answer::Listed { list, n_rows, of, kept, near } if *list == self.name => {
                // With a mistake in the line this is the list of the filter that holds; the mistake still stands.
                if !self.filter.has_error() {
                    self.filter.accepted();
                }
                self.of = *of;
                self.listed(*n_rows, *kept, *near);
                self.has_order = true;
                self.begin_at = None;
                self.go_next = None;
                self.count_marks(wishes);
                self.ask_rows(wishes);
            }
            Answer::FilterRefused { list, at, text } if *list == self.name => self.filter.refused(*at, text),
            Answer::Suggested { field, choices, .. } if self.is_typing() => {
                let Some(field) = field.strip_prefix(FILTER_VALUE).and_then(Field::parse) else {
                    return Taken::No;
                };
                self.filter.suggested(field, choices);
            }
            Answer::Keys { list, keys, n_rows } if *list == self.name => {
                self.mark_keys(keys, *n_rows, wishes)
            }
            Answer::Outside { list, n_rows } if *list == self.name => self.n_outside = *n_rows,
            Answer::Rows { list, rows } if *list == self.name => self.copy_rows(rows, wishes),
            Answer::Window { list, from, rows } if *list == self.name => {
                self.table.receive(*from, rows.clone());
                if self.table.selected().is_some() {
                    self.asked_keep = None;
                }
                self.ask_rows(wishes);
                self.sums.rows_came(wishes);
            }
            _ if self.sums.receive(answer) == Taken::Yes => {}
            _ => return Taken::No,
        }
        self.sums.follow(&self.table, wishes);
        Taken::Yes
    }

    /// The list has other rows. The row under the cursor keeps its line on the screen; one that the filter leaves out
    /// gives its place to its neighbour; one that left the list while nobody filtered, to the next.
    fn listed(&mut self, n_rows: u64, kept: Option<u64>, near: Option<u64>) {
        let asked = Some(self.asked());
        let filter_of = |asked: &Option<Asked>| asked.as_ref().map(|(filter, _)| filter.clone());
        if n_rows != self.table.n_rows() || filter_of(&asked) != filter_of(&self.shown) {
            self.sums.clear();
        }
        self.sums.listed(n_rows);
        let is_same = asked == self.shown;
        self.shown = asked;
        match kept.or(near) {
            _ if is_same => self.table.listed(n_rows, kept),
            Some(place) if self.has_order => self.table.listed(n_rows, Some(place)),
            _ => self.table.listed_anew(n_rows, kept),
        }
    }

    /// The row to be kept when the list is asked for.
    fn keep(&self) -> Option<String> {
        let selected = || self.table.selected().map(|row| row.key.clone());
        let kept = self.go_next.clone().or_else(selected);
        kept.or_else(|| self.asked_keep.clone()).or_else(|| self.begin_at.clone())
    }

    fn ask_order(&mut self, delay: Duration, wishes: &mut Wishes<'_>) {
        let (filter, sort) = self.asked();
        let keep = self.go_next.clone().or_else(|| self.origin.clone()).or_else(|| self.keep());
        self.asked_keep.clone_from(&keep);
        wishes.run_after(self.slots.order, Task::List { list: self.name, filter, sort, keep }, delay);
    }

    fn ask_rows(&mut self, wishes: &mut Wishes<'_>) {
        if let Some(range) = self.table.ask() {
            let n_rows = u16::try_from(range.end - range.start).expect("a table asks for at most 100 rows");
            wishes.run(self.slots.window, Task::Window { list: self.name, from: range.start, n_rows });
        }
    }

    fn tag(&self, what: &str) -> String {
        format!("{what} {:?}", self.name)
    }

    /// The picker of the column to sort by, in the person's order, beginning at the chosen one.
    fn open_sort(&self, wishes: &mut Wishes<'_>) {
        let arrangement = self.table.arrangement();
        let chosen = arrangement.iter().position(|arranged| arranged.column == self.table.chosen());
        let columns = arrangement.iter().filter_map(|arranged| self.table.columns().get(arranged.column));
        let items = columns.map(|column| Item::pick("", &column.title)).collect();
        let title = wishes.words.text("tui-sort-title");
        wishes.popup(Chooser::new(self.tag("sort"), title, items).starting_at(chosen.unwrap_or(0)));
    }

    /// The mouse went down on this row of the list's area: the filter line, the head, then the rows.
    pub fn click(&mut self, row: u16, wishes: &mut Wishes<'_>) {
        match row.checked_sub(2) {
            Some(line) => self.table.go_to_line(line),
            None if row == 0 => drop(self.act(Action::Filter, wishes)),
            None => {}
        }
        self.ask_rows(wishes);
    }

    /// Draws the filter line and the table; where the text cursor is.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        if area.height == 0 {
            return None;
        }
        let cursor = self.filter.view(Rect { height: 1, ..area }, buffer, look, &self.count_text(look));
        let table = Rect { y: area.y + 1, height: area.height - 1, ..area };
        self.table.view(table, buffer, look);
        if self.has_order && !self.filter.has_error() && self.table.n_rows() == 0 {
            let x = table.x.saturating_add(2);
            put(
                buffer,
                table,
                x,
                table.y.saturating_add(1),
                &look.words.text(self.empty_key()),
                look.theme.dim,
            );
        }
        self.filter.view_below(table, buffer, look);
        cursor
    }

    /// What to say of an empty list: nothing fits, or there is nothing at all.
    fn empty_key(&self) -> &'static str {
        match self.name {
            ListName::Claims if self.of == 0 => "tui-list-no-claims",
            ListName::Claims => "tui-list-empty",
            ListName::Queue if self.of == 0 => "panes-work-queue-empty",
            _ if self.of == 0 => "tui-list-nothing",
            _ => "tui-nothing-fits",
        }
    }

    fn count_text(&self, look: &Look<'_>) -> String {
        if !self.has_order {
            return String::new();
        }
        let number = |count: u64| Value::Text(look.words.number(i64::try_from(count).unwrap_or(i64::MAX)));
        let counts = [("n", number(self.table.n_rows())), ("of", number(self.of))];
        let counts = look.words.format("tui-list-count", &counts);
        // The number of the row moves with the cursor; where only the marker may move, it is left out.
        let text = match (self.table.n_rows(), look.cursor) {
            (0, _) | (_, CursorStyle::Marker) => counts,
            _ => format!(
                "{}/{counts}",
                look.words.number(i64::try_from(self.table.cursor() + 1).unwrap_or(i64::MAX))
            ),
        };
        let sorted = self.table.unseen_sort().map(|(column, order)| {
            let mark = match order {
                Order::Ascending => look.glyphs.ascending(),
                Order::Descending => look.glyphs.descending(),
            };
            format!("{}{mark}", column.title)
        });
        let said = [sorted, self.marks_text(look), Some(text)];
        said.into_iter().flatten().collect::<Vec<_>>().join("  ")
    }
}
