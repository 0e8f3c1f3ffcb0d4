//! The pen: where the terminal writes next and in which style, and the shortest way from there to what is wanted.
//!
//! Every frame begins with a place said outright, not counted from the last frame's end: what another program wrote onto
//! the terminal meanwhile then spoils its own place only.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// The modifiers that are seen where nothing stands.
pub const ON_BLANKS: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// A blank in the terminal's own background: what erasing leaves.
pub fn is_erased(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && (cell.modifier & ON_BLANKS).is_empty()
}

/// Colours and modifiers.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Ink {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// The state of the terminal's pen within one frame, which begins and ends plain.
#[derive(Default)]
pub struct Pen {
    place: Option<Position>,
    ink: Ink,
}

impl Pen {
    /// Draws a cell of the frame.
    pub fn draw(&mut self, out: &mut String, place: Position, frame: &Buffer) {
        self.go(out, place, frame);
        let cell = &frame[place];
        self.dip(out, self.ink_for(cell));
        out.push_str(cell.symbol());
        // Terminals do not agree on the width of what is put together, and the last column leaves the cursor between two
        // lines: rather say where we go next than count on it.
        let is_last = place.x + 1 >= frame.area.right();
        self.place = (is_narrow(cell) && !is_last).then(|| Position { x: place.x + 1, y: place.y });
    }

    /// Erases `n_cells` from this place on, or all to the right edge.
    pub fn erase(&mut self, out: &mut String, place: Position, n_cells: Option<u16>, frame: &Buffer) {
        self.go(out, place, frame);
        self.place = Some(place);
        // Many terminals erase in the present background.
        self.dip(out, self.ink_for(&Cell::EMPTY));
        match n_cells {
            None => out.push_str("\x1b[K"),
            Some(n_cells) => drop(write!(out, "\x1b[{n_cells}X")),
        }
    }

    /// Puts the terminal's cursor here.
    pub fn rest(&mut self, out: &mut String, place: Position) {
        if self.place != Some(place) {
            move_to(out, place);
            self.place = Some(place);
        }
    }

    /// Leaves the terminal's pen plain, so that nothing written by others takes our colours.
    pub fn lift(&mut self, out: &mut String) {
        self.dip(out, Ink::default());
    }

    /// Goes to a place. A few cells in between that need no other ink are written again where that is shorter.
    fn go(&mut self, out: &mut String, place: Position, frame: &Buffer) {
        let Some(from) = self.place.filter(|from| from.y == place.y && from.x <= place.x) else {
            move_to(out, place);
            return;
        };
        let between = (from.x..place.x).map(|x| &frame[(x, place.y)]);
        let n_cells = place.x - from.x;
        let forward = match n_cells {
            0 => String::new(),
            1 => "\x1b[C".to_owned(),
            _ => format!("\x1b[{n_cells}C"),
        };
        let can_write = |cell: &Cell| is_narrow(cell) && self.ink_for(cell) == self.ink;
        let n_bytes: usize = between.clone().map(|cell| cell.symbol().len()).sum();
        if n_bytes <= forward.len() && between.clone().all(can_write) {
            between.for_each(|cell| out.push_str(cell.symbol()));
        } else {
            out.push_str(&forward);
        }
    }

    /// The ink that a cell needs. A blank takes any, as far as it is not seen.
    fn ink_for(&self, cell: &Cell) -> Ink {
        if cell.symbol() == " " && (cell.modifier & ON_BLANKS).is_empty() {
            return Ink { fg: self.ink.fg, bg: cell.bg, modifier: self.ink.modifier - ON_BLANKS };
        }
        Ink { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Takes on an ink with as few bytes as may be: by what changes, or from the plain one.
    fn dip(&mut self, out: &mut String, ink: Ink) {
        if self.ink == ink {
            return;
        }
        let change = codes(self.ink, ink);
        let mut anew = codes(Ink::default(), ink);
        if !anew.is_empty() {
            anew.insert_str(0, "0;");
        }
        let shorter = if anew.len() < change.len() { anew } else { change };
        let _ = write!(out, "\x1b[{shorter}m");
        self.ink = ink;
    }
}

fn is_narrow(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    let is_one = symbol.chars().nth(1).is_none() && !symbol.is_empty();
    is_one && (symbol.len() == 1 || unicode_width::UnicodeWidthStr::width(symbol) == 1)
}

fn move_to(out: &mut String, place: Position) {
    let (row, column) = (u32::from(place.y) + 1, u32::from(place.x) + 1);
    let _ = if column == 1 { write!(out, "\x1b[{row}H") } else { write!(out, "\x1b[{row};{column}H") };
}

/// A modifier, the code that sets it and the one that takes it away.
const MODIFIERS: &[(Modifier, &str, &str)] = &[
    (Modifier::BOLD, "1", "22"),
    (Modifier::DIM, "2", "22"),
    (Modifier::ITALIC, "3", "23"),
    (Modifier::UNDERLINED, "4", "24"),
    (Modifier::SLOW_BLINK, "5", "25"),
    (Modifier::RAPID_BLINK, "6", "25"),
    (Modifier::REVERSED, "7", "27"),
    (Modifier::HIDDEN, "8", "28"),
    (Modifier::CROSSED_OUT, "9", "29"),
];

/// What leads from one ink to another.
fn codes(from: Ink, to: Ink) -> String {
    let mut codes: Vec<String> = Vec::new();
    let mut kept = from.modifier;
    for (modifier, _, off) in MODIFIERS {
        if (kept - to.modifier).contains(*modifier) {
            codes.push((*off).to_owned());
            // One code takes two away: bold and dim, the two kinds of blinking.
            let gone = MODIFIERS.iter().filter(|(_, _, other)| other == off);
            kept = gone.fold(kept, |kept, (modifier, _, _)| kept - *modifier);
        }
    }
    for (modifier, on, _) in MODIFIERS {
        if (to.modifier - kept).contains(*modifier) {
            codes.push((*on).to_owned());
        }
    }
    if to.fg != from.fg {
        codes.push(colour_code(to.fg, 30));
    }
    if to.bg != from.bg {
        codes.push(colour_code(to.bg, 40));
    }
    codes.join(";")
}

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
