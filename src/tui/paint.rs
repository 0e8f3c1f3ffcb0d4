//! Drawing helpers that never panic, whatever the size: text, cut text, lines, boxes.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::screen::Look;

/// The width of a text in cells, as it is drawn: character by character, each with what combines with it. Taken whole,
/// some scripts count less, because a printer would join their letters; a screen does not.
pub fn width(text: &str) -> u16 {
    let cells: usize =
        if text.is_ascii() { text.width() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() };
    u16::try_from(cells).unwrap_or(u16::MAX)
}

/// The text cut to `max` cells, with `ellipsis` where something was cut off.
pub fn clip(text: &str, max: u16, ellipsis: &str) -> String {
    if width(text) <= max {
        return text.to_owned();
    }
    let room = max.saturating_sub(width(ellipsis));
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += width(grapheme);
        if used > room {
            break;
        }
        kept.push_str(grapheme);
    }
    if max > 0 {
        kept.push_str(ellipsis);
    }
    kept
}

/// Writes `text` from `x` in the row `y`, within `area`; the first column after it.
pub fn put(buffer: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
    let area = area.intersection(buffer.area);
    if y < area.y || y >= area.bottom() || x < area.x || x >= area.right() {
        return x;
    }
    let room = usize::from(area.right() - x);
    buffer.set_stringn(x, y, text, room, style).0
}

/// Writes `text` so that it ends at the right edge of `area`, in the row `y`.
pub fn put_right(buffer: &mut Buffer, area: Rect, y: u16, text: &str, style: Style) {
    let text = clip(text, area.width, "");
    put(buffer, area, area.right().saturating_sub(width(&text)), y, &text, style);
}

/// Empties an area, so that what lies under a popup does not shine through.
pub fn erase(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            buffer[(x, y)].reset();
        }
    }
}

/// A line across `area` in the row `y`, with a title in it.
pub fn rule(buffer: &mut Buffer, area: Rect, y: u16, title: &str, look: &Look<'_>) {
    let line = look.glyphs.line().repeat(usize::from(area.width));
    put(buffer, area, area.x, y, &line, look.theme.border);
    if !title.is_empty() {
        let title = clip(&format!(" {title} "), area.width.saturating_sub(4), look.glyphs.ellipsis());
        put(buffer, area, area.x.saturating_add(2), y, &title, look.theme.heading);
    }
}

/// An empty box with a title; what is left inside.
pub fn frame(buffer: &mut Buffer, area: Rect, title: &str, look: &Look<'_>) -> Rect {
    let area = area.intersection(buffer.area);
    erase(buffer, area);
    if area.width < 4 || area.height < 3 {
        return area;
    }
    let [top_left, top_right, bottom_left, bottom_right, across, down] = look.glyphs.frame();
    let style = look.theme.border;
    let across = across.repeat(usize::from(area.width - 2));
    put(buffer, area, area.x, area.y, &format!("{top_left}{across}{top_right}"), style);
    let bottom = area.bottom() - 1;
    put(buffer, area, area.x, bottom, &format!("{bottom_left}{across}{bottom_right}"), style);
    for y in area.y + 1..bottom {
        put(buffer, area, area.x, y, down, style);
        put(buffer, area, area.right() - 1, y, down, style);
    }
    if !title.is_empty() {
        let title = clip(&format!(" {title} "), area.width - 2, look.glyphs.ellipsis());
        put(buffer, area, area.x + 1, area.y, &title, look.theme.heading);
    }
    Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 }
}

/// A box of at most this size in the middle of `area`.
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// The text broken into lines of at most `width` cells, at spaces where there are any; line ends stay.
pub fn wrap(text: &str, width_cells: u16) -> Vec<String> {
    let room = width_cells.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            let mut word = word.to_owned();
            if !line.is_empty() && width(&line) + 1 + width(&word) > room {
                lines.push(std::mem::take(&mut line));
            } else if !line.is_empty() {
                line.push(' ');
            }
            while width(&line) + width(&word) > room {
                let head = head_that_fits(&word, room - width(&line));
                word = word[head.len()..].to_owned();
                line.push_str(&head);
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(&word);
        }
        lines.push(line);
    }
    lines
}

/// The head of a word that fits, at least one character so that wrapping always gets on.
fn head_that_fits(word: &str, room: u16) -> String {
    let mut head = String::new();
    for grapheme in word.graphemes(true) {
        if !head.is_empty() && width(&head) + width(grapheme) > room {
            break;
        }
        head.push_str(grapheme);
    }
    head
}
