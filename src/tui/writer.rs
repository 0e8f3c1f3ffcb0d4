//! The frame writer: a frame is compared with what the terminal shows, and the difference leaves in **one** write,
//! wrapped in synchronized output so that no half-drawn frame is ever seen. No difference, no byte. What cannot be seen is
//! no difference: a blank has no colour of its own.
//!
//! It writes the colour codes itself. crossterm 0.29 turns named colours into `38;5;n`, which old terminals do not
//! know, and with `NO_COLOR` set it writes a reset that also wipes bold and reverse, so that the cursor row vanishes.

use std::io::{self, Write};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;

use super::pen::{ON_BLANKS, Pen, is_erased};

const BEGIN: &str = "\x1b[?2026h";
const END: &str = "\x1b[?2026l";

/// What the terminal shows, and the way to it.
#[derive(Debug)]
pub struct FrameWriter<W> {
    out: W,
    shown: Buffer,
    cursor: Option<Position>,
    is_known: bool,
    bytes_written: u64,
}

impl<W: Write> FrameWriter<W> {
    /// A writer whose terminal shows nothing we know of: the first frame clears it.
    pub fn new(out: W) -> Self {
        FrameWriter { out, shown: Buffer::empty(Rect::ZERO), cursor: None, is_known: false, bytes_written: 0 }
    }

    /// Forgets what the terminal shows (after a resize or a suspension): the next frame is drawn whole.
    pub fn forget(&mut self) {
        self.is_known = false;
    }

    /// Bytes written since the start.
    pub fn bytes_written(&self) -> u64 {
        self.bytes_written
    }

    /// Makes the terminal show `next`, with the text cursor at `cursor` or hidden.
    pub fn show(&mut self, next: &Buffer, cursor: Option<Position>) -> io::Result<()> {
        let next = as_seen(next);
        let mut frame = String::new();
        let is_whole = !self.is_known || self.shown.area != next.area;
        if is_whole {
            frame.push_str("\x1b[0m\x1b[?25l\x1b[2J");
            self.shown = Buffer::empty(next.area);
            self.cursor = None;
        }
        let mut pen = Pen::default();
        for y in next.area.top()..next.area.bottom() {
            draw_row(&mut pen, &mut frame, y, &self.shown, &next);
        }
        pen.lift(&mut frame);
        self.place_cursor(&mut frame, cursor, &mut pen);
        if frame.is_empty() {
            return Ok(());
        }
        // Should the write fail half-way, nobody knows what the terminal shows.
        self.is_known = false;
        let bytes = format!("{BEGIN}{frame}{END}");
        self.out.write_all(bytes.as_bytes())?;
        self.out.flush()?;
        self.bytes_written += bytes.len() as u64;
        self.shown = next;
        self.cursor = cursor;
        self.is_known = true;
        Ok(())
    }

    /// Drawing moved the terminal's cursor, so a visible one goes back to its place after each frame.
    fn place_cursor(&self, frame: &mut String, cursor: Option<Position>, pen: &mut Pen) {
        let has_drawn = !frame.is_empty();
        match (self.cursor, cursor) {
            (None, None) => {}
            (Some(_), None) => frame.push_str("\x1b[?25l"),
            (old, Some(place)) => {
                if has_drawn || old != cursor {
                    pen.rest(frame, place);
                }
                if old.is_none() {
                    frame.push_str("\x1b[?25h");
                }
            }
        }
    }
}

/// The symbol of the second half of a wide character. A frame never has it; it makes the halves comparable.
const SECOND_HALF: &str = "";

/// The frame as it is seen: the second halves of wide characters are marked, and one whose second half was painted over
/// is gone, since the terminal could not show half of it. Blanks lose what is not seen of their style.
fn as_seen(frame: &Buffer) -> Buffer {
    let mut frame = frame.clone();
    let area = frame.area;
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let symbol = frame[(x, y)].symbol();
            let is_wide = !symbol.is_ascii() && unicode_width::UnicodeWidthStr::width(symbol) > 1;
            if is_wide && x + 1 < area.right() && frame[(x + 1, y)].symbol() == " " {
                frame[(x + 1, y)].set_symbol(SECOND_HALF);
                x += 1;
            } else if is_wide {
                frame[(x, y)].set_symbol(" ");
            }
            x += 1;
        }
    }
    for cell in frame.content.iter_mut().filter(|cell| cell.symbol() == " ") {
        cell.modifier &= ON_BLANKS;
        if cell.modifier.is_empty() {
            cell.fg = Color::Reset;
        }
    }
    frame
}

/// Blanks that are fewer are written.
const LEAST_ERASED: u16 = 12;
/// As long as the code that erases to the right edge.
const ERASE_BYTES: u16 = 3;

/// Draws what changes in a row. Where half of a wide character changes, all of it is drawn.
fn draw_row(pen: &mut Pen, out: &mut String, y: u16, shown: &Buffer, next: &Buffer) {
    let is_changed = |x: &u16| next[(*x, y)] != shown[(*x, y)];
    let (left, right) = (next.area.left(), next.area.right());
    let Some(last) = (left..right).rev().find(is_changed) else { return };
    let blank_from = (left..right).rev().take_while(|x| is_erased(&next[(*x, y)])).last().unwrap_or(right);
    let mut x = left;
    while let Some(changed) = (x..=last).find(is_changed) {
        let place = Position { x: changed, y };
        if changed >= blank_from && last - changed >= ERASE_BYTES {
            pen.erase(out, place, None, next);
            return;
        }
        let blanks = (changed..=last).take_while(|x| is_erased(&next[(*x, y)]));
        let n_blanks = blanks.filter(is_changed).last().map_or(0, |end| end - changed + 1);
        if n_blanks >= LEAST_ERASED {
            pen.erase(out, place, Some(n_blanks), next);
            x = changed + n_blanks;
            continue;
        }
        let is_half = next[place].symbol() == SECOND_HALF;
        pen.draw(out, Position { x: if is_half { changed - 1 } else { changed }, y }, next);
        // The second half of what was just drawn came with it.
        let is_wide = !is_half && changed < last && next[(changed + 1, y)].symbol() == SECOND_HALF;
        x = changed + if is_wide { 2 } else { 1 };
    }
}
