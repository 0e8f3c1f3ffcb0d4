//! Dots on cells: eight braille dots a cell, or one sign a cell where the font or the colours are missing.

use super::cells::{Ink, Pen};

/// Where lines and points are drawn before they become text.
pub struct Canvas {
    pen: Pen,
    n_columns: usize,
    n_rows: usize,
    cells: Vec<Dots>,
}

#[derive(Clone, Copy)]
struct Dots {
    bits: u8,
    sign: char,
    ink: Ink,
}

/// The bit of each dot of a braille cell, by row and column (Unicode 16, chapter 21.1).
const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];

impl Canvas {
    /// An empty canvas of so many cells.
    pub fn new(n_columns: usize, n_rows: usize, pen: Pen) -> Canvas {
        let empty = Dots { bits: 0, sign: ' ', ink: Ink::Plain };
        Canvas { pen, n_columns, n_rows, cells: vec![empty; n_columns * n_rows] }
    }

    /// The dot of a place, whose parts go from 0 to 1, rightwards and upwards.
    pub fn dot(&self, across: f64, up: f64) -> (i64, i64) {
        let (width, height) = self.n_dots();
        let place = |part: f64, n_dots: usize| (part * n_dots.saturating_sub(1) as f64).round() as i64;
        (place(across, width), place(1.0 - up, height))
    }

    /// Draws a dot; later ones give a cell its colour.
    pub fn draw(&mut self, (x, y): (i64, i64), sign: char, ink: Ink) {
        let (per_x, per_y) = self.per_cell();
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        let (column, row) = (x / per_x, y / per_y);
        if column >= self.n_columns || row >= self.n_rows {
            return;
        }
        let cell = &mut self.cells[row * self.n_columns + column];
        cell.bits |= BITS[y % per_y][x % per_x];
        (cell.sign, cell.ink) = (sign, ink);
    }

    /// Draws a straight line (Bresenham 1965).
    pub fn line(&mut self, from: (i64, i64), to: (i64, i64), sign: char, ink: Ink) {
        let (dx, dy) = ((to.0 - from.0).abs(), -(to.1 - from.1).abs());
        let (step_x, step_y) = ((to.0 - from.0).signum(), (to.1 - from.1).signum());
        let (mut x, mut y) = from;
        let mut error = dx + dy;
        loop {
            self.draw((x, y), sign, ink);
            if (x, y) == to {
                return;
            }
            let twice = 2 * error;
            if twice >= dy {
                error += dy;
                x += step_x;
            }
            if twice <= dx {
                error += dx;
                y += step_y;
            }
        }
    }

    /// A line of one dot in four, across or down: a limit, not a curve.
    pub fn dotted(&mut self, from: (i64, i64), to: (i64, i64), sign: char, ink: Ink) {
        let every = match self.pen {
            Pen::Braille => 4,
            Pen::Signs => 2,
        };
        let (step_x, step_y) = ((to.0 - from.0).signum(), (to.1 - from.1).signum());
        let length = (to.0 - from.0).abs().max((to.1 - from.1).abs());
        for away in (0..=length).step_by(every) {
            self.draw((from.0 + away * step_x, from.1 + away * step_y), sign, ink);
        }
    }

    /// Puts a sign over a cell that has a dot, so that a line says which it is.
    pub fn name(&mut self, (x, y): (i64, i64), sign: char, ink: Ink) {
        let (per_x, per_y) = self.per_cell();
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        let (column, row) = (x / per_x, y / per_y);
        if column < self.n_columns && row < self.n_rows {
            self.cells[row * self.n_columns + column] = Dots { bits: 0, sign, ink };
        }
    }

    /// The sign and ink of a cell; nothing where nothing was drawn.
    pub fn cell(&self, column: usize, row: usize) -> Option<(char, Ink)> {
        let cell = self.cells.get(row * self.n_columns + column)?;
        match (self.pen, cell.bits, cell.sign) {
            (_, 0, ' ') => None,
            (_, 0, sign) | (Pen::Signs, _, sign) => Some((sign, cell.ink)),
            (Pen::Braille, bits, _) => char::from_u32(0x2800 + u32::from(bits)).map(|dots| (dots, cell.ink)),
        }
    }

    fn n_dots(&self) -> (usize, usize) {
        let (per_x, per_y) = self.per_cell();
        (self.n_columns * per_x, self.n_rows * per_y)
    }

    fn per_cell(&self) -> (usize, usize) {
        match self.pen {
            Pen::Braille => (2, 4),
            Pen::Signs => (1, 1),
        }
    }
}
