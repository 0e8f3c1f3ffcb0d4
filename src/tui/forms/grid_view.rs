//! How the rows of a form look: the numbers of the rows stay at the left, the columns scroll sideways by whole columns,
//! what is said of a cell stands under its row, and the sums stand at the foot.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::view::{line_editor, view_choices};
use super::{Field, FieldKind, Form};
use crate::domain::{Rupiah, parse_amount};
use crate::tui::paint::{clip, put, put_right, width, wrap};
use crate::tui::screen::Look;
use crate::tui::theme::Privacy;
use crate::words::Value;

/// Cells of the cursor's mark and the row's number.
const NUMBER: u16 = 6;
const GAP: u16 = 2;
/// Choices and notes under a row need so much room to be read.
const LEAST_UNDER: u16 = 30;
const MOST_NOTE_LINES: usize = 3;

/// The columns that are seen: each with its left edge and its width.
struct Seen {
    columns: Vec<(usize, u16, u16)>,
    is_cut_left: bool,
    is_cut_right: bool,
}

fn column_width(field: &Field) -> u16 {
    let usual = match field.kind {
        FieldKind::Date => 10,
        FieldKind::Amount => 13,
        FieldKind::YesNo => 6,
        FieldKind::Choice | FieldKind::Lookup => 16,
        FieldKind::Text | FieldKind::Memo => 14,
    };
    usual.max(width(&field.label).min(usual + 4))
}

impl Form {
    /// Draws the rows; where the text cursor is, if a cell has the focus.
    pub(super) fn view_rows(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        if area.height < 3 || area.width <= NUMBER {
            return None;
        }
        let focus = self.place(self.focus);
        let seen = self.seen_columns(area, focus.map_or(0, |(_, column)| column));
        self.view_heads(&seen, area, buffer, look);
        let rows = Rect { y: area.y + 1, height: area.height - 2, ..area };
        let under = self.under_height(rows, look);
        let row = focus.map_or(0, |(row, _)| row);
        let room = usize::from(rows.height.saturating_sub(under)).max(1);
        let first = (row + 1).saturating_sub(room);
        let mut y = rows.y;
        let mut cursor = None;
        for number in first..self.n_rows() {
            if y >= rows.bottom() {
                break;
            }
            let line = Rect { y, height: 1, ..rows };
            let place = self.view_row(number, &seen, line, buffer, look);
            cursor = cursor.or(place.map(|(_, cursor)| cursor));
            y = y.saturating_add(1);
            if let Some((x, _)) = place {
                let rest = Rect { y, height: rows.bottom().saturating_sub(y), ..rows };
                y = self.view_under(x, rest, buffer, look);
            }
        }
        self.view_sums(&seen, Rect { y: area.bottom() - 1, height: 1, ..area }, buffer, look);
        cursor
    }

    /// As many columns as fit, scrolled so that the one with the focus is seen.
    fn seen_columns(&self, area: Rect, focus: usize) -> Seen {
        let widths: Vec<u16> = self.columns().iter().map(column_width).collect();
        let room = area.width.saturating_sub(NUMBER);
        let needed = |first: usize| widths[first..=focus].iter().map(|cells| cells + GAP).sum::<u16>();
        let first = (0..focus).find(|first| needed(*first) <= room).unwrap_or(focus);
        let mut x = area.x + NUMBER;
        let mut columns = Vec::new();
        for (idx, cells) in widths.iter().enumerate().skip(first) {
            let cells = (*cells).min(room);
            if x.saturating_add(cells) > area.right() {
                break;
            }
            columns.push((idx, x, cells));
            x = x.saturating_add(cells + GAP);
        }
        let is_cut_right = columns.last().is_some_and(|(idx, ..)| idx + 1 < widths.len());
        Seen { columns, is_cut_left: first > 0, is_cut_right }
    }

    fn view_heads(&self, seen: &Seen, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        for (idx, x, cells) in &seen.columns {
            let field = &self.columns()[*idx];
            let label = clip(&field.label, *cells, look.glyphs.ellipsis());
            let column = Rect { x: *x, y: area.y, width: *cells, height: 1 };
            match field.kind {
                FieldKind::Amount => put_right(buffer, column, area.y, &label, look.theme.heading),
                _ => drop(put(buffer, column, *x, area.y, &label, look.theme.heading)),
            }
        }
        if seen.is_cut_left {
            put(buffer, area, area.x + NUMBER - 2, area.y, look.glyphs.more_left(), look.theme.accent);
        }
        if seen.is_cut_right {
            put_right(buffer, area, area.y, look.glyphs.more_right(), look.theme.accent);
        }
    }

    /// Draws a row; if it has the focus, the left edge of that cell and where the text cursor is.
    fn view_row(
        &self,
        row: usize,
        seen: &Seen,
        line: Rect,
        buffer: &mut Buffer,
        look: &Look<'_>,
    ) -> Option<(u16, Position)> {
        let has_focus = |idx: usize| self.place(self.focus) == Some((row, idx));
        let start = self.fields.len() - (self.n_rows() - row) * self.columns().len();
        let cell = |idx: usize| &self.fields[start + idx];
        let is_row_focused = (0..self.columns().len()).any(has_focus);
        if is_row_focused {
            put(buffer, line, line.x, line.y, look.glyphs.cursor(), look.theme.accent);
        }
        let is_wrong = (0..self.columns().len()).any(|idx| cell(idx).error.is_some());
        let (number, style) = match is_wrong {
            true => (format!("{} !", row + 1), look.theme.bad),
            false => ((row + 1).to_string(), if is_row_focused { look.theme.accent } else { look.theme.dim }),
        };
        put(buffer, line, line.x + 2, line.y, &number, style);
        let mut focus = None;
        for (idx, x, cells) in &seen.columns {
            let field = cell(*idx);
            let area = Rect { x: *x, y: line.y, width: *cells, height: 1 };
            if has_focus(*idx) {
                focus = view_focused(field, area, buffer, look).map(|cursor| (*x, cursor));
                focus = focus.or(Some((*x, Position { x: *x, y: line.y })));
            } else {
                view_cell(field, area, buffer, look);
            }
        }
        focus
    }

    /// The lines that choices and notes of the focused cell take.
    fn under_height(&self, area: Rect, look: &Look<'_>) -> u16 {
        if self.place(self.focus).is_none() {
            return 0;
        }
        let choices = self.n_choices(self.focused());
        let note = self.note_lines(area.width.saturating_sub(NUMBER), look).len();
        choices.saturating_add(u16::try_from(note).unwrap_or(0)).min(area.height.saturating_sub(1))
    }

    fn note_lines(&self, columns: u16, look: &Look<'_>) -> Vec<String> {
        let field = self.focused();
        let Some(said) = field.said(self.is_focused(field), self.today, look.words) else {
            return Vec::new();
        };
        let mut lines = wrap(&format!("{}: {}", field.label, said.text()), columns);
        lines.truncate(MOST_NOTE_LINES);
        lines
    }

    /// Choices and notes under the row with the focus; the line after them.
    fn view_under(&self, x: u16, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> u16 {
        let left = x.min(area.right().saturating_sub(LEAST_UNDER)).max(area.x);
        let choices = Rect { x: left, width: area.right().saturating_sub(left), ..area };
        let mut y = view_choices(self.focused(), choices, area.y, buffer, look);
        let style = if self.focused().error.is_some() { look.theme.bad } else { look.theme.dim };
        for line in self.note_lines(area.width.saturating_sub(NUMBER), look) {
            put(buffer, area, area.x + NUMBER, y, &line, style);
            y = y.saturating_add(1);
        }
        y
    }

    /// Under each column of amounts its sum, of what can be read.
    fn view_sums(&self, seen: &Seen, line: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let n_columns = self.columns().len();
        let rows = look.words.format("forms-rows", &[("n", Value::from(self.n_rows()))]);
        let mut end = put(buffer, line, line.x + 2, line.y, &rows, look.theme.dim);
        if self.n_left_out() > 0 {
            let args = [("n", Value::from(self.n_left_out()))];
            let left_out = look.words.format("forms-rows-left-out", &args);
            end = put(buffer, line, end + 1, line.y, &left_out, look.theme.warn);
        }
        for (idx, x, cells) in &seen.columns {
            if self.columns()[*idx].kind != FieldKind::Amount {
                continue;
            }
            let first = self.fields.len() - self.n_rows() * n_columns + idx;
            let amounts = self.fields[first..].iter().step_by(n_columns);
            let sum = amounts
                .filter_map(|field| parse_amount(field.typed()).ok())
                .try_fold(Rupiah::ZERO, Rupiah::checked_add);
            let Some(sum) = sum.filter(|sum| !sum.is_zero()) else { continue };
            let left = (*x).max(end);
            let column = Rect { x: left, width: x.saturating_add(*cells).saturating_sub(left), ..line };
            put_right(buffer, column, line.y, &sum.grouped(), look.theme.heading);
        }
    }
}

fn is_hidden(field: &Field, look: &Look<'_>) -> bool {
    look.privacy == Privacy::Guest && field.is_personal && !field.typed().is_empty()
}

fn view_focused(field: &Field, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
    put(buffer, area, area.x, area.y, &" ".repeat(usize::from(area.width)), look.theme.field);
    if is_hidden(field, look) {
        let x = put(buffer, area, area.x, area.y, look.glyphs.hidden(), look.theme.field);
        return Some(Position { x: x.min(area.right().saturating_sub(1)), y: area.y });
    }
    let cursor = line_editor(field.typed(), field.cursor_cells(), area, buffer, look);
    if field.is_selected() {
        let selected = Rect { width: width(field.typed()).min(area.width), ..area };
        buffer.set_style(selected.intersection(buffer.area), look.theme.cursor);
    }
    cursor
}

fn view_cell(field: &Field, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let style = if field.error.is_some() { look.theme.bad } else { look.theme.tone(Default::default()) };
    let text = match field.typed() {
        "" if field.error.is_some() => "!",
        "" => look.glyphs.dot(),
        _ if is_hidden(field, look) => look.glyphs.hidden(),
        text => text,
    };
    let style = if field.typed().is_empty() && field.error.is_none() { look.theme.dim } else { style };
    let text = clip(text, area.width, look.glyphs.ellipsis());
    match field.kind {
        FieldKind::Amount => put_right(buffer, area, area.y, &text, style),
        _ => drop(put(buffer, area, area.x, area.y, &text, style)),
    }
}
