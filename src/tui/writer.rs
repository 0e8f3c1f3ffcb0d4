//! The frame writer: a frame is compared with what the terminal shows, and the difference leaves in **one** write,
//! wrapped in synchronized output so that no half-drawn frame is ever seen. No difference, no byte.
//!
//! It writes the colour codes itself. crossterm 0.29 turns named colours into `38;5;n`, which old terminals do not
//! know, and with `NO_COLOR` set it writes a reset that also wipes bold and reverse, so that the cursor row vanishes.

use std::fmt::Write as _;
use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

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
        let next = whole_characters(next);
        let mut frame = String::new();
        let is_whole = !self.is_known || self.shown.area != next.area;
        if is_whole {
            frame.push_str("\x1b[0m\x1b[?25l\x1b[2J");
            self.shown = Buffer::empty(next.area);
            self.cursor = None;
        }
        let mut pen = Pen::default();
        for place in changes(&self.shown, &next) {
            pen.draw(&mut frame, place, &next[place]);
        }
        pen.lift(&mut frame);
        let has_drawn = !frame.is_empty();
        self.place_cursor(&mut frame, cursor, has_drawn);
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
    fn place_cursor(&self, frame: &mut String, cursor: Option<Position>, has_drawn: bool) {
        match (self.cursor, cursor) {
            (None, None) => {}
            (Some(_), None) => frame.push_str("\x1b[?25l"),
            (old, Some(place)) => {
                if has_drawn || old != cursor {
                    move_to(frame, place);
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

/// Marks the second halves of wide characters. One whose second half was painted over is gone: the terminal could not
/// show half of it.
fn whole_characters(frame: &Buffer) -> Buffer {
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
    frame
}

/// The places that change, in reading order. Where half of a wide character changes, all of it is drawn.
fn changes(shown: &Buffer, next: &Buffer) -> Vec<Position> {
    let mut places: Vec<Position> = Vec::new();
    for y in next.area.top()..next.area.bottom() {
        for x in next.area.left()..next.area.right() {
            let cell = &next[(x, y)];
            if *cell == shown[(x, y)] {
                continue;
            }
            let is_half = cell.symbol() == SECOND_HALF;
            let place = Position { x: if is_half { x - 1 } else { x }, y };
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }
    places
}

fn move_to(frame: &mut String, place: Position) {
    let _ = write!(frame, "\x1b[{};{}H", u32::from(place.y) + 1, u32::from(place.x) + 1);
}

/// The state of the terminal's pen within one frame.
#[derive(Default)]
struct Pen {
    place: Option<Position>,
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Pen {
    fn draw(&mut self, frame: &mut String, place: Position, cell: &Cell) {
        if self.place != Some(place) {
            move_to(frame, place);
        }
        self.dip(frame, cell);
        frame.push_str(cell.symbol());
        // A wide character moves the cursor by two: rather say where we go next than count on it.
        let is_narrow = cell.symbol().len() == 1 || unicode_width::UnicodeWidthStr::width(cell.symbol()) == 1;
        self.place = is_narrow.then(|| Position { x: place.x.saturating_add(1), y: place.y });
    }

    /// Takes on the cell's colours and modifiers with as few bytes as may be.
    fn dip(&mut self, frame: &mut String, cell: &Cell) {
        if (self.fg, self.bg, self.modifier) == (cell.fg, cell.bg, cell.modifier) {
            return;
        }
        let mut codes: Vec<String> = Vec::new();
        if !(self.modifier - cell.modifier).is_empty() {
            codes.push("0".to_owned());
            *self = Pen { place: self.place, ..Pen::default() };
        }
        for (modifier, code) in MODIFIERS {
            if (cell.modifier - self.modifier).contains(*modifier) {
                codes.push((*code).to_owned());
            }
        }
        if cell.fg != self.fg {
            codes.push(colour_code(cell.fg, 30));
        }
        if cell.bg != self.bg {
            codes.push(colour_code(cell.bg, 40));
        }
        let _ = write!(frame, "\x1b[{}m", codes.join(";"));
        (self.fg, self.bg, self.modifier) = (cell.fg, cell.bg, cell.modifier);
    }

    /// Leaves the terminal's pen plain, so that nothing written by others takes our colours.
    fn lift(&self, frame: &mut String) {
        if (self.fg, self.bg, self.modifier) != (Color::Reset, Color::Reset, Modifier::empty()) {
            frame.push_str("\x1b[0m");
        }
    }
}

const MODIFIERS: &[(Modifier, &str)] = &[
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::SLOW_BLINK, "5"),
    (Modifier::RAPID_BLINK, "6"),
    (Modifier::REVERSED, "7"),
    (Modifier::HIDDEN, "8"),
    (Modifier::CROSSED_OUT, "9"),
];

/// The code of a colour; `base` is 30 for the foreground and 40 for the background.
fn colour_code(colour: Color, base: u8) -> String {
    let plain = |n: u8| (base + n).to_string();
    let bright = |n: u8| (base + 60 + n).to_string();
    match colour {
        Color::Reset => plain(9),
        Color::Black => plain(0),
        Color::Red => plain(1),
        Color::Green => plain(2),
        Color::Yellow => plain(3),
        Color::Blue => plain(4),
        Color::Magenta => plain(5),
        Color::Cyan => plain(6),
        Color::Gray => plain(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(n) => format!("{};5;{n}", base + 8),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", base + 8),
    }
}
