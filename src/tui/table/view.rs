//! How a table looks: which columns stand where, and the visible rows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Align, Order, Table};
use crate::desk::config::CursorStyle;
use crate::tui::paint::{clip, put, width};
use crate::tui::screen::Look;
use crate::tui::theme::Privacy;

impl Table {
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
            let is_chosen = slot.column == self.chosen;
            let style = if is_chosen { look.theme.chosen } else { look.theme.heading };
            put_cell(buffer, area, slot, column.align, &title, style, look);
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
            put(buffer, area, area.x, area.y, look.glyphs.cursor(), look.theme.cursor_mark);
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
            let is_cursor = is_selected && place == 0 && look.cursor == CursorStyle::Row;
            let style = if is_cursor { look.theme.cursor } else { look.theme.tone(cell.tone) };
            let column = &self.columns[slot.column];
            let is_open = look.privacy == Privacy::Open || !column.is_personal || cell.text.is_empty();
            let text = if is_open { &cell.text } else { look.glyphs.hidden() };
            put_cell(buffer, area, slot, column.align, text, style, look);
        }
    }

    /// Which columns stand where in so many cells.
    pub(super) fn layout(&self, total: u16) -> Layout {
        let shown = self.shown();
        let Some((&frozen, rest)) = shown.split_first() else { return Layout::default() };
        let room = total.saturating_sub(GUTTER + EDGE);
        let left = self.scrolled.unwrap_or(0).min(rest.len().saturating_sub(1));
        let mut seen: Vec<usize> = rest[left..].to_vec();
        if self.scrolled.is_none() {
            self.drop_by_rank(frozen, &mut seen, room);
        }
        // The column that was scrolled to is seen, be it cut.
        let least = if self.scrolled.is_some() { 1 } else { 0 };
        while seen.len() > least && self.needed(frozen, &seen) > u32::from(room) {
            seen.pop();
        }
        let has_more_right = seen.len() < rest.len() - left;
        let mut widths: Vec<u16> =
            std::iter::once(&frozen).chain(&seen).map(|idx| self.columns[*idx].least()).collect();
        let mut spare = u32::from(room).saturating_sub(self.needed(frozen, &seen));
        for (place, idx) in std::iter::once(&frozen).chain(&seen).enumerate() {
            let growth = u32::from(self.columns[*idx].most().saturating_sub(widths[place])).min(spare);
            spare -= growth;
            widths[place] += u16::try_from(growth).unwrap_or(0);
        }
        let mut x = GUTTER;
        let slots = std::iter::once(frozen)
            .chain(seen)
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
        let cells: u32 = chosen.iter().map(|idx| u32::from(self.columns[*idx].least() + GAP)).sum();
        u32::from(self.columns[frozen].least()) + cells
    }
}

/// Before the first column: the cursor's mark and the row's mark.
const GUTTER: u16 = 2;
/// At the right edge: the sign that there is more.
const EDGE: u16 = 1;
/// Between two columns.
const GAP: u16 = 2;

#[derive(Default)]
pub(super) struct Layout {
    pub(super) slots: Vec<LaidColumn>,
    has_more_left: bool,
    has_more_right: bool,
}

pub(super) struct LaidColumn {
    pub(super) column: usize,
    x: u16,
    pub(super) width: u16,
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
