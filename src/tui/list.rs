//! A list pane: a filter line above a table, over rows that live elsewhere. Filtering and sorting make a new order in a
//! job; only the rows that are seen are asked for. Panes embed it and add what is theirs.

use std::time::Duration;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::effect::{Answer, ListName, Task};
use super::filter_line::{FilterLine, Typed};
use super::jobs::Slot;
use super::key::Input;
use super::keymap::Action;
use super::paint::put;
use super::popups::{Chooser, Item, Reply};
use super::screen::{Look, Taken, Wishes};
use super::table::{Column, Order, Row, Table};
use crate::domain::query::Field;
use crate::words::Value;

/// The pause in typing after which a filter is tried.
pub const TYPING_PAUSE: Duration = Duration::from_millis(80);

/// More rows than this are not marked at once.
pub const MOST_MARKED: u64 = 2_000;

/// Where the keys of all rows are read, to mark them.
const MARK_ALL: Slot = Slot::finish("mark-all");

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

    /// Whether the filter line takes the typing.
    pub fn is_typing(&self) -> bool {
        self.filter.is_typing()
    }

    /// Asks for the order, keeping the row under the cursor; its rows follow by themselves.
    pub fn refresh(&self, wishes: &mut Wishes<'_>) {
        self.ask_order(Duration::ZERO, wishes);
    }

    /// With the next order the cursor goes to this row, if the row is in it.
    pub fn go_to_key(&mut self, key: &str) {
        self.go_next = Some(key.to_owned());
    }

    /// Shows what fits this expression.
    pub fn show_filter(&mut self, filter: &str, wishes: &mut Wishes<'_>) {
        self.filter.set(filter);
        self.begin_anew(wishes);
    }

    /// Another order or other rows: the list is shown from its first row on, whatever stood under the cursor.
    fn begin_anew(&mut self, wishes: &mut Wishes<'_>) {
        self.begin_at = None;
        let task = Task::List { list: self.name, filter: self.asked().0, sort: self.asked().1, keep: None };
        wishes.run(self.slots.order, task);
    }

    /// What is asked for now.
    fn asked(&self) -> Asked {
        let sort = self.table.sort().map(|(column, order)| (column.id.to_owned(), order));
        (self.filter.text().trim().to_owned(), sort)
    }

    /// The list has this area; its rows are asked for if more are seen now.
    pub fn lay(&mut self, area: Rect, wishes: &mut Wishes<'_>) {
        self.table.set_height(area.height.saturating_sub(1));
        self.ask_rows(wishes);
    }

    /// An action.
    pub fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Filter => self.filter.begin(wishes.words.lang()),
            Action::Sort => self.open_columns("sort", wishes),
            Action::Columns => self.open_columns("columns", wishes),
            Action::SortReverse => {
                if self.table.turn_sort() {
                    self.begin_anew(wishes);
                } else {
                    wishes.toast_warn(wishes.words.text("tui-sort-first"));
                }
            }
            Action::Mark => self.table.toggle_mark(),
            Action::MarkAll => self.mark_all(wishes),
            Action::Refresh => self.refresh(wishes),
            _ if self.table.act(action) => {}
            _ => return Taken::No,
        }
        self.ask_rows(wishes);
        Taken::Yes
    }

    /// Marks every row of the list, seen or not, or takes all marks away.
    fn mark_all(&mut self, wishes: &mut Wishes<'_>) {
        if self.table.n_marks() > 0 {
            self.table.clear_marks();
        } else if self.table.n_rows() > MOST_MARKED {
            let most = wishes.words.number(i64::try_from(MOST_MARKED).unwrap_or(i64::MAX));
            wishes.toast_warn(wishes.words.format("tui-mark-too-many", &[("most", Value::Text(most))]));
        } else {
            wishes.run(MARK_ALL, Task::Keys { list: self.name });
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
        Taken::Yes
    }

    /// A popup of this list was answered.
    pub fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) -> Taken {
        let Reply::Picked { tag, idx } = reply else { return Taken::No };
        if *tag == self.tag("sort") {
            self.table.sort_by(*idx);
            self.begin_anew(wishes);
        } else if *tag == self.tag("columns") {
            self.table.toggle_column(*idx);
        } else {
            return Taken::No;
        }
        Taken::Yes
    }

    /// A job's answer, if it is this list's.
    pub fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) -> Taken {
        match answer {
            Answer::Listed { list, n_rows, of, kept } if *list == self.name => {
                self.filter.accepted();
                self.of = *of;
                self.has_order = true;
                self.begin_at = None;
                self.go_next = None;
                let asked = Some(self.asked());
                if asked == self.shown {
                    self.table.listed(*n_rows, *kept);
                } else {
                    self.table.listed_anew(*n_rows, *kept);
                    self.shown = asked;
                }
                self.ask_rows(wishes);
            }
            Answer::FilterRefused { list, at, text } if *list == self.name => self.filter.refused(*at, text),
            Answer::Suggested { field, choices, .. } if self.is_typing() => {
                let Some(field) = field.strip_prefix(FILTER_VALUE).and_then(Field::parse) else {
                    return Taken::No;
                };
                self.filter.suggested(field, choices);
            }
            Answer::Keys { list, keys } if *list == self.name => self.table.mark(keys.iter().cloned()),
            Answer::Window { list, from, rows } if *list == self.name => {
                self.table.receive(*from, rows.clone());
                self.ask_rows(wishes);
            }
            _ => return Taken::No,
        }
        Taken::Yes
    }

    fn row_to_keep(&self) -> Option<String> {
        let selected = || self.table.selected().map(|row| row.key.clone());
        self.go_next.clone().or_else(selected).or_else(|| self.begin_at.clone())
    }

    fn ask_order(&self, delay: Duration, wishes: &mut Wishes<'_>) {
        let (filter, sort) = self.asked();
        let task = Task::List { list: self.name, filter, sort, keep: self.row_to_keep() };
        wishes.run_after(self.slots.order, task, delay);
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

    fn open_columns(&self, what: &str, wishes: &mut Wishes<'_>) {
        let is_sort = what == "sort";
        let title = wishes.words.text(if is_sort { "tui-sort-title" } else { "tui-columns-title" });
        let items = self.table.columns().iter().map(|column| {
            let lead = if column.is_hidden { "-" } else { "+" };
            Item::pick(if is_sort { "" } else { lead }, &column.title)
        });
        wishes.popup(Chooser::new(self.tag(what), title, items.collect()));
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
        let text = match self.table.n_rows() {
            0 => counts,
            _ => format!(
                "{}/{counts}",
                look.words.number(i64::try_from(self.table.cursor() + 1).unwrap_or(i64::MAX))
            ),
        };
        let n_marks = i64::try_from(self.table.n_marks()).unwrap_or(i64::MAX);
        match n_marks {
            0 => text,
            _ => format!("{}  {text}", look.words.format("tui-list-marked", &[("n", Value::Int(n_marks))])),
        }
    }
}
