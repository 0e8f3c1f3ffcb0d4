//! How a form looks: labels to the left, values to the right, messages and choices under their field.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::{Field, FieldKind, Form, Said};
use crate::tui::fuzzy::fitting_letters;
use crate::tui::paint::{clip, put, rule, width, wrap};
use crate::tui::screen::Look;
use crate::tui::theme::Privacy;
use crate::words::Value;

/// Choices shown at once under a field.
const MOST_CHOICES: usize = 6;
/// What is said under a field takes at most so many lines.
const MOST_NOTE_LINES: usize = 4;
/// A memo shows at most so many lines.
const MEMO_LINES: u16 = 4;

/// Widths of the two columns.
#[derive(Clone, Copy)]
struct Widths {
    label: u16,
    value: u16,
}

impl Form {
    /// Draws the form, scrolled so that the field with the focus is seen; where the text cursor is.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        if area.height == 0 || area.width == 0 {
            return None;
        }
        rule(buffer, area, area.y, &self.title, look);
        let body = Rect { y: area.y + 1, height: area.height - 1, ..area };
        let label = self.label_width(area.width);
        let widths = Widths { label, value: area.width.saturating_sub(label + 5) };
        let plain = &self.fields[..self.fields.len() - self.n_rows() * self.columns().len()];
        let heights: Vec<u16> = plain.iter().map(|field| self.height(field, widths.value, look)).collect();
        let mut cursor = None;
        let mut body = body;
        if !self.columns().is_empty() {
            // The rows keep what the fields above them do not need, and at least half.
            let needed = heights.iter().copied().fold(0, u16::saturating_add).min(body.height / 2);
            let rows = Rect { y: body.y + needed, height: body.height - needed, ..body };
            cursor = self.view_rows(rows, buffer, look);
            body = Rect { height: needed, ..body };
        }
        let mut y = body.y;
        for (idx, field) in plain.iter().enumerate().skip(self.first_shown(&heights, body.height)) {
            if y >= body.bottom() {
                break;
            }
            let room = Rect { y, height: heights[idx].min(body.bottom() - y), ..body };
            let place = self.view_field(field, room, widths, buffer, look);
            cursor = cursor.or(place);
            y = y.saturating_add(heights[idx]);
        }
        cursor
    }

    fn label_width(&self, total: u16) -> u16 {
        let widest = self.fields.iter().map(|field| width(&field.label)).max().unwrap_or(0);
        widest.min(total / 3)
    }

    pub(super) fn is_focused(&self, field: &Field) -> bool {
        std::ptr::eq(field, self.focused())
    }

    fn height(&self, field: &Field, value_width: u16, look: &Look<'_>) -> u16 {
        let text = match field.kind {
            FieldKind::Memo => {
                let n_lines = wrap(field.typed(), value_width).len();
                u16::try_from(n_lines).unwrap_or(MEMO_LINES).clamp(1, MEMO_LINES)
            }
            _ => 1,
        };
        let note = match self.saying(field, value_width, look) {
            Saying::Below(lines, _) => lines.len(),
            Saying::Nothing | Saying::Beside(_) => 0,
        };
        text + u16::try_from(note).unwrap_or(0) + self.n_choices(field)
    }

    pub(super) fn n_choices(&self, field: &Field) -> u16 {
        match field.open_choices() {
            Some((fitting, _)) if self.is_focused(field) => {
                // One more line says that there are more.
                u16::try_from(fitting.len().min(MOST_CHOICES + 1)).unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// What is said of a field, and where: beside a short one if it fits there, else under it.
    fn saying(&self, field: &Field, value_width: u16, look: &Look<'_>) -> Saying {
        let Some(said) = field.said(self.is_focused(field), self.today, look.words) else {
            return Saying::Nothing;
        };
        let room = value_width.saturating_sub(editor_width(field, value_width) + GAP);
        if width(said.text()) <= room {
            return Saying::Beside(said);
        }
        let mut lines = wrap(said.text(), value_width);
        lines.truncate(MOST_NOTE_LINES);
        Saying::Below(lines, said)
    }

    /// Scrolls by whole fields, as little as needed for the one with the focus.
    fn first_shown(&self, heights: &[u16], room: u16) -> usize {
        let focus = self.focus.min(heights.len().saturating_sub(1));
        (0..focus)
            .find(|first| {
                let needed: u32 = heights[*first..=focus].iter().map(|height| u32::from(*height)).sum();
                needed <= u32::from(room)
            })
            .unwrap_or(focus)
    }

    /// Draws one field; where the text cursor is, if it has the focus.
    fn view_field(
        &self,
        field: &Field,
        area: Rect,
        widths: Widths,
        buffer: &mut Buffer,
        look: &Look<'_>,
    ) -> Option<Position> {
        let is_focused = self.is_focused(field);
        if is_focused {
            put(buffer, area, area.x, area.y, look.glyphs.cursor(), look.theme.accent);
        }
        let label_style = if is_focused { look.theme.accent } else { look.theme.dim };
        let label = clip(&field.label, widths.label, look.glyphs.ellipsis());
        put(buffer, area, area.x.saturating_add(2), area.y, &label, label_style);
        let left = area.x.saturating_add(widths.label + 4).min(area.right());
        let value = Rect { x: left, width: widths.value.min(area.right() - left), ..area };
        let is_hidden = look.privacy == Privacy::Guest && field.is_personal && !field.typed().is_empty();
        let (cursor, y) = match field.kind {
            _ if is_hidden => {
                let end = put(buffer, value, value.x, value.y, look.glyphs.hidden(), look.theme.field);
                (Some(Position { x: end.min(value.right().saturating_sub(1)), y: value.y }), value.y + 1)
            }
            FieldKind::Memo => view_memo(field, value, buffer, look),
            _ => (view_line(field, value, is_focused, buffer, look), value.y + 1),
        };
        let mut y = if is_focused { view_choices(field, value, y, buffer, look) } else { y };
        match self.saying(field, value.width, look) {
            Saying::Nothing => {}
            Saying::Beside(said) => {
                let x = value.x.saturating_add(editor_width(field, value.width) + GAP);
                put(buffer, value, x, value.y, said.text(), style_of(&said, look));
            }
            Saying::Below(lines, said) => {
                for line in lines {
                    let line = clip(&line, value.width, look.glyphs.ellipsis());
                    put(buffer, value, value.x, y, &line, style_of(&said, look));
                    y = y.saturating_add(1);
                }
            }
        }
        cursor.filter(|place| is_focused && area.contains(*place))
    }
}

/// Where something is said of a field.
enum Saying {
    Nothing,
    Beside(Said),
    Below(Vec<String>, Said),
}

/// Cells between a field and what is said beside it.
const GAP: u16 = 2;
/// Dates and amounts are short: there is room beside them.
const DATE_CELLS: u16 = 12;
const AMOUNT_CELLS: u16 = 18;

/// The cells in which a field is typed.
fn editor_width(field: &Field, room: u16) -> u16 {
    match field.kind {
        FieldKind::Date => DATE_CELLS.min(room),
        FieldKind::Amount => AMOUNT_CELLS.min(room),
        _ => room,
    }
}

fn style_of(said: &Said, look: &Look<'_>) -> Style {
    match said {
        Said::Note(_) => look.theme.dim,
        Said::Wrong(_) => look.theme.bad,
    }
}

/// Underlines the letters of a text that fit what is typed, where the text stands at `x`.
pub fn underline_fitting(text: &str, typed: &str, area: Rect, x: u16, y: u16, buffer: &mut Buffer) {
    let places = fitting_letters(text, typed);
    let mut at = x;
    for (place, letter) in text.chars().enumerate() {
        let cells = width(letter.encode_utf8(&mut [0; 4]));
        if places.binary_search(&place).is_ok() && at.saturating_add(cells) <= area.right() {
            let letter = Rect { x: at, y, width: cells, height: 1 };
            let style = Style::new().add_modifier(Modifier::UNDERLINED);
            buffer.set_style(letter.intersection(area).intersection(buffer.area), style);
        }
        at = at.saturating_add(cells);
    }
}

/// The open list of choices under a field; the row after it.
pub fn view_choices(field: &Field, area: Rect, top: u16, buffer: &mut Buffer, look: &Look<'_>) -> u16 {
    let Some((choices, highlighted)) = field.open_choices() else { return top };
    let first = highlighted.saturating_sub(MOST_CHOICES - 1);
    let mut y = top;
    for (idx, choice) in choices.iter().enumerate().skip(first).take(MOST_CHOICES) {
        let style = if idx == highlighted { look.theme.cursor } else { look.theme.dim };
        let label = clip(&choice.label, area.width, look.glyphs.ellipsis());
        put(buffer, area, area.x, y, &label, style);
        underline_fitting(&label, field.typed(), area, area.x, y, buffer);
        y = y.saturating_add(1);
    }
    if choices.len() > MOST_CHOICES {
        let more = choices.len() - MOST_CHOICES;
        let text = look.words.format("tui-form-more-choices", &[("n", Value::from(more))]);
        put(buffer, area, area.x, y, &clip(&text, area.width, look.glyphs.ellipsis()), look.theme.accent);
        y = y.saturating_add(1);
    }
    y
}

/// One line, underlined over its whole width, scrolled so that the cursor is seen. What is selected shows it.
fn view_line(
    field: &Field,
    area: Rect,
    is_focused: bool,
    buffer: &mut Buffer,
    look: &Look<'_>,
) -> Option<Position> {
    let area = Rect { width: editor_width(field, area.width), ..area };
    put(buffer, area, area.x, area.y, &" ".repeat(usize::from(area.width)), look.theme.field);
    let cursor = line_editor(field.typed(), field.cursor_cells(), area, buffer, look);
    if is_focused && field.is_selected() {
        let cells = width(field.typed()).min(area.width);
        let selected = Rect { width: cells, height: 1, ..area };
        buffer.set_style(selected.intersection(buffer.area), look.theme.cursor);
    }
    cursor
}

/// Draws a line of edited text; where its cursor is. Popups and the filter line use it too.
pub fn line_editor(
    text: &str,
    cursor_cells: usize,
    area: Rect,
    buffer: &mut Buffer,
    look: &Look<'_>,
) -> Option<Position> {
    if area.width == 0 || area.height == 0 {
        return None;
    }
    let hidden = cursor_cells.saturating_sub(usize::from(area.width) - 1);
    let mut skipped = 0;
    let seen: String = text
        .chars()
        .skip_while(|letter| {
            let is_hidden = skipped < hidden;
            skipped += usize::from(width(letter.encode_utf8(&mut [0; 4])));
            is_hidden
        })
        .collect();
    put(buffer, area, area.x, area.y, &seen, look.theme.field);
    let x = area.x.saturating_add(u16::try_from(cursor_cells - hidden).unwrap_or(0));
    Some(Position { x: x.min(area.right() - 1), y: area.y })
}

/// The last lines of a memo, and the row after it; its cursor is shown at its end, where one types.
fn view_memo(field: &Field, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> (Option<Position>, u16) {
    let lines = wrap(field.typed(), area.width);
    let first = lines.len().saturating_sub(usize::from(MEMO_LINES));
    let mut y = area.y;
    let mut end = area.x;
    for line in &lines[first..] {
        put(buffer, area, area.x, y, &" ".repeat(usize::from(area.width)), look.theme.field);
        end = put(buffer, area, area.x, y, line, look.theme.field);
        y = y.saturating_add(1);
    }
    let last = area.right().saturating_sub(1).max(area.x);
    (Some(Position { x: end.min(last), y: y.saturating_sub(1) }), y)
}
