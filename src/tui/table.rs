//! The table: a window of a long list. Only the visible rows are held and drawn; the first column stays while the others
//! scroll sideways by columns; columns that do not fit leave by rank.

use std::collections::BTreeSet;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::keymap::Action;
use super::paint::{clip, put, width};
use super::screen::Look;
use super::theme::{Privacy, Tone};
use crate::base::safe;

/// Where a column's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A direction of sorting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Greatest first.
    Descending,
}

impl Order {
    /// The other one.
    pub fn turned(self) -> Self {
        match self {
            Order::Ascending => Order::Descending,
            Order::Descending => Order::Ascending,
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its stable name, for sorting and the config.
    pub id: &'static str,
    /// Its head.
    pub title: String,
    /// Where its text stands.
    pub align: Align,
    /// Its width in cells.
    pub width: u16,
    /// It takes up to this width when there is room.
    pub max_width: u16,
    /// 0 stays; of the others the greatest leaves first when the screen is narrow.
    pub rank: u8,
    /// The person does not want to see it.
    pub is_hidden: bool,
    /// It names a person: hidden in guest mode.
    pub is_personal: bool,
}

impl Column {
    /// A column of words.
    pub fn text(id: &'static str, title: String, width: u16) -> Self {
        Column {
            id,
            title,
            align: Align::Left,
            width,
            max_width: width,
            rank: 0,
            is_hidden: false,
            is_personal: false,
        }
    }

    /// A column of numbers.
    pub fn number(id: &'static str, title: String, width: u16) -> Self {
        Column { align: Align::Right, ..Column::text(id, title, width) }
    }

    /// It may grow to this width.
    pub fn up_to(self, max_width: u16) -> Self {
        Column { max_width, ..self }
    }

    /// It names a person.
    pub fn personal(self) -> Self {
        Column { is_personal: true, ..self }
    }

    /// It leaves at this rank when the screen is narrow.
    pub fn rank(self, rank: u8) -> Self {
        Column { rank, ..self }
    }
}

/// A cell, safe for the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    text: String,
    tone: Tone,
}

impl Cell {
    /// A cell of plain text; what could steer the terminal is taken out here.
    pub fn new(text: &str) -> Self {
        Cell::toned(text, Tone::Plain)
    }

    /// A cell with a tone.
    pub fn toned(text: &str, tone: Tone) -> Self {
        Cell { text: safe::terminal(text).into_owned(), tone }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is about: a claim number, a voucher code.
    pub key: String,
    /// As many as there are columns.
    pub cells: Vec<Cell>,
}

/// The state of a table.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<Column>,
    sort: Option<(usize, Order)>,
    n_rows: u64,
    cursor: u64,
    top: u64,
    left: usize,
    height: u16,
    window_from: u64,
    window: Vec<Row>,
    asked: Option<Range<u64>>,
    marks: BTreeSet<String>,
}

/// More rows than this are never asked for at once.
const MOST_ROWS: u64 = 100;

impl Table {
    /// An empty table; the first column is the frozen one.
    pub fn new(columns: Vec<Column>) -> Self {
        Table {
            columns,
            sort: None,
            n_rows: 0,
            cursor: 0,
            top: 0,
            left: 0,
            height: 0,
            window_from: 0,
            window: Vec::new(),
            asked: None,
            marks: BTreeSet::new(),
        }
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Shows a hidden column or hides a shown one; the first stays.
    pub fn toggle_column(&mut self, idx: usize) {
        if idx > 0
            && let Some(column) = self.columns.get_mut(idx)
        {
            column.is_hidden = !column.is_hidden;
            self.left = 0;
        }
    }

    /// The sorted column and its order.
    pub fn sort(&self) -> Option<(&Column, Order)> {
        self.sort.and_then(|(idx, order)| Some((self.columns.get(idx)?, order)))
    }

    /// Sorts by a column; picked again, the order turns.
    pub fn sort_by(&mut self, idx: usize) {
        let order = match self.sort {
            Some((sorted, order)) if sorted == idx => order.turned(),
            _ => Order::Ascending,
        };
        self.sort = Some((idx, order));
    }

    /// Turns the order; whether there was one.
    pub fn turn_sort(&mut self) -> bool {
        self.sort = self.sort.map(|(idx, order)| (idx, order.turned()));
        self.sort.is_some()
    }

    /// The head and so many rows fit.
    pub fn set_height(&mut self, height: u16) {
        self.height = height.saturating_sub(1);
        self.scroll_to_cursor();
    }

    /// Rows in the list.
    pub fn n_rows(&self) -> u64 {
        self.n_rows
    }

    /// The number of the row under the cursor, from 0.
    pub fn cursor(&self) -> u64 {
        self.cursor
    }

    /// The list has so many rows now, in a new order; the cursor goes to `kept`, or to the top.
    pub fn listed(&mut self, n_rows: u64, kept: Option<u64>) {
        self.n_rows = n_rows;
        self.window.clear();
        self.asked = None;
        let from_top = self.cursor.saturating_sub(self.top);
        self.cursor = kept.unwrap_or(0).min(n_rows.saturating_sub(1));
        self.top = self.cursor.saturating_sub(from_top);
        self.scroll_to_cursor();
    }

    /// The rows that are to be asked for, if the visible ones are not here and not asked for yet.
    pub fn ask(&mut self) -> Option<Range<u64>> {
        let seen = self.visible();
        let here = self.window_from..self.window_from + self.window.len() as u64;
        let covers = |range: &Range<u64>| range.start <= seen.start && seen.end <= range.end;
        if seen.is_empty() || covers(&here) || self.asked.as_ref().is_some_and(covers) {
            return None;
        }
        let page = u64::from(self.height).min(MOST_ROWS);
        let margin = MOST_ROWS.saturating_sub(page) / 2;
        let from = seen.start.saturating_sub(margin.min(page));
        let to = (seen.end + margin.min(page)).min(self.n_rows);
        self.asked = Some(from..to);
        self.asked.clone()
    }

    /// Rows came.
    pub fn receive(&mut self, from: u64, rows: Vec<Row>) {
        if self.asked.as_ref().is_some_and(|asked| asked.start == from) {
            self.asked = None;
        }
        self.window_from = from;
        self.window = rows;
    }

    /// What the window holds may be old: ask again.
    pub fn forget_rows(&mut self) {
        self.asked = None;
        self.window.clear();
    }

    /// A row by its number, if it is here.
    pub fn row(&self, number: u64) -> Option<&Row> {
        let idx = number.checked_sub(self.window_from)?;
        self.window.get(usize::try_from(idx).ok()?)
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Option<&Row> {
        self.row(self.cursor).filter(|_| self.cursor < self.n_rows)
    }

    /// The keys of the marked rows, in their order.
    pub fn marks(&self) -> impl Iterator<Item = &str> {
        self.marks.iter().map(String::as_str)
    }

    /// How many rows are marked.
    pub fn n_marks(&self) -> usize {
        self.marks.len()
    }

    /// Takes all marks away.
    pub fn clear_marks(&mut self) {
        self.marks.clear();
    }

    /// Marks or unmarks the row under the cursor and goes one down, so that a run is marked by holding the key.
    pub fn toggle_mark(&mut self) {
        if let Some(key) = self.selected().map(|row| row.key.clone()) {
            if !self.marks.remove(&key) {
                self.marks.insert(key);
            }
            self.go(self.cursor.saturating_add(1));
        }
    }

    /// Marks all rows that are here, or takes all marks away.
    pub fn toggle_all_marks(&mut self) {
        if self.marks.is_empty() {
            self.marks = self.window.iter().map(|row| row.key.clone()).collect();
        } else {
            self.marks.clear();
        }
    }

    /// Puts the cursor on a row.
    pub fn go(&mut self, number: u64) {
        self.cursor = number.min(self.n_rows.saturating_sub(1));
        self.scroll_to_cursor();
    }

    /// Moves as an action says; whether it was one of movement.
    pub fn act(&mut self, action: Action) -> bool {
        let page = u64::from(self.height).max(1);
        let to = match action {
            Action::Down => self.cursor.saturating_add(1),
            Action::Up => self.cursor.saturating_sub(1),
            Action::PageDown => self.cursor.saturating_add(page),
            Action::PageUp => self.cursor.saturating_sub(page),
            Action::First => 0,
            Action::Last => u64::MAX,
            Action::Left => return self.scroll_sideways(Action::Left),
            Action::Right => return self.scroll_sideways(Action::Right),
            _ => return false,
        };
        if matches!(action, Action::PageDown | Action::PageUp) {
            // The row under the cursor keeps its place on the screen.
            let from_top = self.cursor.saturating_sub(self.top);
            let last_top = self.n_rows.saturating_sub(page);
            self.top = to.saturating_sub(from_top).min(last_top);
        }
        self.go(to);
        true
    }

    fn scroll_sideways(&mut self, action: Action) -> bool {
        let n_shown = self.columns.iter().skip(1).filter(|column| !column.is_hidden).count();
        self.left = match action {
            Action::Left => self.left.saturating_sub(1),
            _ => (self.left + 1).min(n_shown.saturating_sub(1)),
        };
        true
    }

    fn visible(&self) -> Range<u64> {
        self.top..(self.top + u64::from(self.height)).min(self.n_rows)
    }

    /// At the edge the list jumps by half a page: scrolling line by line repaints everything for each line.
    fn scroll_to_cursor(&mut self) {
        let height = u64::from(self.height);
        if height == 0 {
            return;
        }
        let half = (height / 2).max(1);
        let last_top = self.n_rows.saturating_sub(height);
        if self.cursor < self.top {
            self.top = self.cursor.saturating_sub(if self.top - self.cursor <= 1 { half } else { 0 });
        } else if self.cursor >= self.top + height {
            let step = self.cursor - (self.top + height - 1);
            self.top = if step <= 1 { self.top + half } else { self.cursor + 1 - height };
        }
        self.top = self.top.min(last_top).min(self.cursor);
    }

    /// Draws the head and the visible rows.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let layout = self.layout(area.width);
        self.view_head(area, buffer, look, &layout);
        for line in 0..area.height.saturating_sub(1) {
            let number = self.top + u64::from(line);
            if number >= self.n_rows {
                break;
            }
            self.view_row(Rect { y: area.y + 1 + line, height: 1, ..area }, buffer, look, &layout, number);
        }
    }

    fn view_head(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>, layout: &Layout) {
        for slot in &layout.slots {
            let column = &self.columns[slot.column];
            let mark = match self.sort {
                Some((idx, Order::Ascending)) if idx == slot.column => look.glyphs.ascending(),
                Some((idx, Order::Descending)) if idx == slot.column => look.glyphs.descending(),
                _ => "",
            };
            let title = format!("{}{mark}", clip(&column.title, slot.width.saturating_sub(width(mark)), ""));
            put_cell(buffer, area, slot, column.align, &title, look.theme.heading, look);
        }
        if layout.has_more_left {
            put(buffer, area, area.x, area.y, look.glyphs.more_left(), look.theme.accent);
        }
        if layout.has_more_right && area.width > 0 {
            put(buffer, area, area.right() - 1, area.y, look.glyphs.more_right(), look.theme.accent);
        }
    }

    /// Cursor and mark change few cells, so that moving the cursor costs few bytes: the row itself stays as it is.
    fn view_row(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>, layout: &Layout, number: u64) {
        let is_selected = number == self.cursor;
        if is_selected {
            put(buffer, area, area.x, area.y, look.glyphs.cursor(), look.theme.accent);
        }
        let Some(row) = self.row(number) else {
            put(buffer, area, area.x + 2, area.y, look.glyphs.ellipsis(), look.theme.dim);
            return;
        };
        if self.marks.contains(&row.key) {
            put(buffer, area, area.x.saturating_add(1), area.y, look.glyphs.mark(), look.theme.accent);
        }
        for (place, slot) in layout.slots.iter().enumerate() {
            let Some(cell) = row.cells.get(slot.column) else { continue };
            let is_cursor = is_selected && place == 0;
            let style = if is_cursor { look.theme.cursor } else { look.theme.tone(cell.tone) };
            let column = &self.columns[slot.column];
            let is_open = look.privacy == Privacy::Open || !column.is_personal || cell.text.is_empty();
            let text = if is_open { &cell.text } else { look.glyphs.hidden() };
            put_cell(buffer, area, slot, column.align, text, style, look);
        }
    }

    /// Which columns stand where in so many cells.
    fn layout(&self, total: u16) -> Layout {
        let shown: Vec<usize> = (0..self.columns.len()).filter(|idx| !self.columns[*idx].is_hidden).collect();
        let Some((&frozen, rest)) = shown.split_first() else { return Layout::default() };
        let room = total.saturating_sub(GUTTER + EDGE);
        let left = self.left.min(rest.len().saturating_sub(1));
        let mut chosen: Vec<usize> = rest[left..].to_vec();
        if left == 0 {
            self.drop_by_rank(frozen, &mut chosen, room);
        }
        let n_wanted = chosen.len();
        while !chosen.is_empty() && self.needed(frozen, &chosen) > u32::from(room) {
            chosen.pop();
        }
        let has_more_right = chosen.len() < n_wanted || (left == 0 && n_wanted < rest.len());
        let mut widths: Vec<u16> =
            std::iter::once(&frozen).chain(&chosen).map(|idx| self.columns[*idx].width).collect();
        let mut spare = u32::from(room).saturating_sub(self.needed(frozen, &chosen));
        for (place, idx) in std::iter::once(&frozen).chain(&chosen).enumerate() {
            let growth = u32::from(self.columns[*idx].max_width.saturating_sub(widths[place])).min(spare);
            spare -= growth;
            widths[place] += u16::try_from(growth).unwrap_or(0);
        }
        let mut x = GUTTER;
        let slots = std::iter::once(frozen)
            .chain(chosen)
            .zip(widths)
            .map(|(column, width)| {
                let slot = LaidColumn { column, x, width: width.min(total.saturating_sub(x + EDGE)) };
                x = x.saturating_add(width).saturating_add(GAP);
                slot
            })
            .collect();
        Layout { slots, has_more_left: left > 0, has_more_right }
    }

    fn drop_by_rank(&self, frozen: usize, chosen: &mut Vec<usize>, room: u16) {
        while self.needed(frozen, chosen) > u32::from(room) {
            let last = chosen.iter().enumerate().filter(|(_, idx)| self.columns[**idx].rank > 0);
            let Some((place, _)) = last.max_by_key(|(_, idx)| self.columns[**idx].rank) else { return };
            chosen.remove(place);
        }
    }

    fn needed(&self, frozen: usize, chosen: &[usize]) -> u32 {
        let cells: u32 = chosen.iter().map(|idx| u32::from(self.columns[*idx].width + GAP)).sum();
        u32::from(self.columns[frozen].width) + cells
    }
}

/// Before the first column: the cursor's mark and the row's mark.
const GUTTER: u16 = 2;
/// At the right edge: the sign that there is more.
const EDGE: u16 = 1;
/// Between two columns.
const GAP: u16 = 2;

#[derive(Default)]
struct Layout {
    slots: Vec<LaidColumn>,
    has_more_left: bool,
    has_more_right: bool,
}

struct LaidColumn {
    column: usize,
    x: u16,
    width: u16,
}

fn put_cell(
    buffer: &mut Buffer,
    area: Rect,
    slot: &LaidColumn,
    align: Align,
    text: &str,
    style: Style,
    look: &Look<'_>,
) {
    let text = clip(text, slot.width, look.glyphs.ellipsis());
    let indent = match align {
        Align::Left => 0,
        Align::Right => slot.width.saturating_sub(width(&text)),
    };
    put(buffer, area, area.x.saturating_add(slot.x).saturating_add(indent), area.y, &text, style);
}
