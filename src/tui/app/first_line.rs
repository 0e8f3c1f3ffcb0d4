//! The first line, *Hari ini*: every item with its digit and its rupiah. Where one line is too narrow it takes two, then
//! shorter words; items that count nothing leave first. What still does not fit is left out whole, and its digit works all the same.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::App;
use crate::base::safe;
use crate::tui::effect::TodayItem;
use crate::tui::paint::{clip, put, width};
use crate::tui::screen::Look;
use crate::tui::theme::Tone;

/// From this height on the first line may take two.
const TWO_LINES_FROM: u16 = 16;
/// Cells between two items.
const GAP: u16 = 2;
/// Items lie on the digits 1 to 9.
const MOST_ITEMS: usize = 9;

/// How much an item says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Saying {
    /// Its name, count, and sum in brackets.
    All,
    /// The same without brackets.
    Tight,
    /// A shorter name and a shorter sum.
    Short,
    /// Name and count.
    CountOnly,
}

/// An item as it is drawn.
struct Piece {
    digit: String,
    text: String,
    tone: Tone,
}

impl Piece {
    fn width(&self) -> u16 {
        width(&self.digit).saturating_add(width(&self.text))
    }
}

impl App {
    /// How many lines the first line takes.
    pub(super) fn today_height(&self) -> u16 {
        u16::try_from(self.today_rows().len()).unwrap_or(1).max(1).min(self.area.height)
    }

    pub(super) fn view_today(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        if let Some(alarm) = &self.today.alarm {
            let text = format!(" ! {}", safe::terminal(alarm));
            put(
                buffer,
                area,
                area.x,
                area.y,
                &clip(&text, area.width, look.glyphs.ellipsis()),
                look.theme.bad,
            );
            return;
        }
        let heading = self.today_heading();
        put(buffer, area, area.x, area.y, &heading, look.theme.heading);
        if let Some(note) = &self.today.note {
            let left = area.x.saturating_add(width(&heading));
            let room = area.right().saturating_sub(left);
            let text = clip(&safe::terminal(note), room, look.glyphs.ellipsis());
            put(buffer, area, left, area.y, &text, look.theme.dim);
            return;
        }
        for (line, row) in (0..area.height).zip(self.today_rows()) {
            let y = area.y + line;
            let mut x = area.x.saturating_add(if line == 0 { width(&heading) } else { 1 });
            for piece in row {
                x = put(buffer, area, x, y, &piece.digit, look.theme.accent);
                x = put(buffer, area, x, y, &piece.text, look.theme.tone(piece.tone)).saturating_add(GAP);
            }
        }
    }

    fn today_heading(&self) -> String {
        format!(" {} ", self.words.text("tui-today"))
    }

    /// The items in their lines: the fullest way of saying them that fits whole.
    fn today_rows(&self) -> Vec<Vec<Piece>> {
        if self.today.note.is_some() || self.today.alarm.is_some() {
            return Vec::new();
        }
        // A form or a record on top needs its lines more; the digits work there all the same.
        let has_room = self.area.height >= TWO_LINES_FROM && self.stack.is_empty();
        let most_lines = if has_room { 2 } else { 1 };
        let all = |_: &TodayItem| true;
        let counting = |item: &TodayItem| item.count > 0;
        let ways = [
            (self.pieces(Saying::All, all), 1),
            (self.pieces(Saying::Tight, all), most_lines),
            (self.pieces(Saying::Tight, counting), most_lines),
            (self.pieces(Saying::Short, counting), most_lines),
            (self.pieces(Saying::CountOnly, all), most_lines),
        ];
        for (pieces, lines) in ways {
            let (rows, has_all) = self.broken(pieces, lines);
            if has_all {
                return rows;
            }
        }
        self.broken(self.pieces(Saying::CountOnly, counting), most_lines).0
    }

    fn pieces(&self, saying: Saying, is_wanted: impl Fn(&TodayItem) -> bool) -> Vec<Piece> {
        let items = self.today.items.iter().take(MOST_ITEMS).enumerate().filter(|(_, item)| is_wanted(item));
        items
            .map(|(idx, item)| Piece {
                digit: format!("{} ", idx + 1),
                text: self.piece_text(item, saying),
                tone: if item.count == 0 { Tone::Dim } else { item.tone },
            })
            .collect()
    }

    fn piece_text(&self, item: &TodayItem, saying: Saying) -> String {
        let count = self.words.number(i64::try_from(item.count).unwrap_or(i64::MAX));
        let label = if saying == Saying::Short { &item.short } else { &item.label };
        let amount = item.amount.as_deref().unwrap_or_default();
        let amount = match saying {
            _ if amount.is_empty() => String::new(),
            Saying::All => format!(" ({amount})"),
            Saying::Tight => format!(" {amount}"),
            Saying::Short => format!(" {}", amount.replace(' ', "")),
            Saying::CountOnly => String::new(),
        };
        format!("{} {count}{amount}", safe::terminal(label))
    }

    /// Pieces broken into at most so many lines, and whether all found room.
    fn broken(&self, pieces: Vec<Piece>, most_lines: usize) -> (Vec<Vec<Piece>>, bool) {
        let mut rows: Vec<Vec<Piece>> = vec![Vec::new()];
        let mut x = width(&self.today_heading());
        for piece in pieces {
            if x.saturating_add(piece.width()) > self.area.width {
                if rows.len() == most_lines {
                    return (rows, false);
                }
                rows.push(Vec::new());
                x = 1;
                if x.saturating_add(piece.width()) > self.area.width {
                    return (rows, false);
                }
            }
            x = x.saturating_add(piece.width()).saturating_add(GAP);
            rows.last_mut().expect("there is a first line").push(piece);
        }
        (rows, true)
    }
}
