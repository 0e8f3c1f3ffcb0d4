//! The line to the clerk: frames go through our writer to a terminal emulator, each byte is counted, and after every
//! frame the emulator must show the frame cell by cell. So no saved byte ever lies.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use santun::tui::paint;
use santun::tui::writer::FrameWriter;

/// Keeps what is written.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The line.
pub struct Line {
    wire: Wire,
    writer: FrameWriter<Wire>,
    emulator: vt100::Parser,
    size: (u16, u16),
}

impl Line {
    /// A line to a terminal of this size, columns and rows.
    pub fn new(width: u16, height: u16) -> Self {
        let wire = Wire::default();
        let writer = FrameWriter::new(wire.clone());
        Line { wire, writer, emulator: vt100::Parser::new(height, width, 0), size: (width, height) }
    }

    /// Sends a frame; its bytes.
    #[track_caller]
    pub fn send(&mut self, frame: &Buffer, cursor: Option<Position>) -> Vec<u8> {
        let size = (frame.area.width, frame.area.height);
        if size != self.size {
            self.size = size;
            self.emulator.screen_mut().set_size(size.1, size.0);
        }
        self.wire.0.borrow_mut().clear();
        self.writer.show(frame, cursor).expect("memory takes all");
        let bytes = self.wire.0.borrow().clone();
        self.emulator.process(&bytes);
        assert_shows(self.emulator.screen(), frame, cursor);
        bytes
    }
}

/// Fails unless the emulator shows the frame: every symbol, every colour and modifier that can be seen, the cursor.
#[track_caller]
pub fn assert_shows(screen: &vt100::Screen, frame: &Buffer, cursor: Option<Position>) {
    assert_eq!(screen.hide_cursor(), cursor.is_none(), "the cursor is shown or hidden");
    if let Some(cursor) = cursor {
        assert_eq!(screen.cursor_position(), (cursor.y, cursor.x), "the cursor's place");
    }
    for y in frame.area.top()..frame.area.bottom() {
        let mut x = frame.area.left();
        while x < frame.area.right() {
            let mut cell = frame[(x, y)].clone();
            let mut width = paint::width(cell.symbol()).max(1);
            if width > 1 && (x + 1 == frame.area.right() || frame[(x + 1, y)].symbol() != " ") {
                // Half of it was painted over: no terminal shows the other half.
                cell.set_symbol(" ");
                width = 1;
            }
            let shown = screen.cell(y, x).expect("within the screen");
            assert_eq!(looks_of_shown(shown), looks_of_cell(&cell, shown), "at {x},{y}");
            x += width;
        }
    }
}

type Looks = (String, Option<Color>, Color, Modifier);

const ON_BLANKS: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED);

/// What can be seen of a cell: a blank has no colour of its own and is neither bold nor dim.
fn looks(symbol: &str, fg: Color, bg: Color, modifier: Modifier) -> Looks {
    let symbol = if symbol.is_empty() { " " } else { symbol };
    if symbol == " " {
        let seen = modifier & ON_BLANKS;
        return (symbol.to_owned(), (!seen.is_empty()).then_some(fg), bg, seen);
    }
    (symbol.to_owned(), Some(fg), bg, modifier)
}

fn looks_of_cell(cell: &Cell, shown: &vt100::Cell) -> Looks {
    const BOTH: Modifier = Modifier::BOLD.union(Modifier::DIM);
    let known = BOTH | Modifier::ITALIC | ON_BLANKS;
    assert!(known.contains(cell.modifier), "the emulator knows no {:?}", cell.modifier - known);
    // The emulator is bold or dim, never both: the last one counts.
    let is_either = cell.modifier.contains(BOTH) && (shown.bold() || shown.dim());
    let lost = if shown.bold() { Modifier::DIM } else { Modifier::BOLD };
    let modifier = if is_either { cell.modifier - lost } else { cell.modifier };
    looks(cell.symbol(), one_name(cell.fg), one_name(cell.bg), modifier)
}

fn looks_of_shown(cell: &vt100::Cell) -> Looks {
    let mut modifier = Modifier::empty();
    let flags = [
        (cell.bold(), Modifier::BOLD),
        (cell.dim(), Modifier::DIM),
        (cell.italic(), Modifier::ITALIC),
        (cell.inverse(), Modifier::REVERSED),
        (cell.underline(), Modifier::UNDERLINED),
    ];
    for (_, flag) in flags.iter().filter(|(is_set, _)| *is_set) {
        modifier |= *flag;
    }
    looks(cell.contents(), colour(cell.fgcolor()), colour(cell.bgcolor()), modifier)
}

fn colour(colour: vt100::Color) -> Color {
    match colour {
        vt100::Color::Default => Color::Reset,
        vt100::Color::Idx(idx) => one_name(Color::Indexed(idx)),
        vt100::Color::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}

/// The emulator does not tell the sixteen colours from the first of the 256.
fn one_name(colour: Color) -> Color {
    const SIXTEEN: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match colour {
        Color::Indexed(idx) => SIXTEEN.get(usize::from(idx)).copied().unwrap_or(colour),
        other => other,
    }
}
