//! A drawn screen as SVG, for the picture in the README: the picture is a build product, not a screenshot.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

const CELL_WIDTH: u32 = 9;
const CELL_HEIGHT: u32 = 19;
const MARGIN: u32 = 12;
const INK: &str = "#d8dee9";
const PAPER: &str = "#1c2128";

/// The SVG of a buffer. The same buffer gives the same text.
pub fn svg(buffer: &Buffer) -> String {
    let columns = u32::from(buffer.area.width);
    let rows = u32::from(buffer.area.height);
    let (width, height) = (columns * CELL_WIDTH + 2 * MARGIN, rows * CELL_HEIGHT + 2 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"15\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for row in 0..buffer.area.height {
        for run in runs(buffer, row) {
            run.write(&mut out, u32::from(row));
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Neighbouring cells of one look.
struct Run {
    column: u32,
    n_cells: u32,
    text: String,
    ink: String,
    paper: Option<String>,
    modifier: Modifier,
}

fn runs(buffer: &Buffer, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0_u16;
    while column < buffer.area.width {
        let cell = &buffer[(buffer.area.x + column, buffer.area.y + row)];
        let n_cells = super::paint::width(cell.symbol()).max(1);
        let run = Run::of(cell, u32::from(column), u32::from(n_cells));
        match runs.last_mut().filter(|last| last.continues(&run)) {
            Some(last) => {
                last.text.push_str(&run.text);
                last.n_cells += run.n_cells;
            }
            None => runs.push(run),
        }
        column = column.saturating_add(n_cells);
    }
    runs
}

impl Run {
    fn of(cell: &Cell, column: u32, n_cells: u32) -> Self {
        let ink = colour(cell.fg);
        let paper = colour(cell.bg);
        let is_reversed = cell.modifier.contains(Modifier::REVERSED);
        let (ink, paper) = if is_reversed {
            (paper.unwrap_or_else(|| PAPER.to_owned()), Some(ink.unwrap_or_else(|| INK.to_owned())))
        } else {
            (ink.unwrap_or_else(|| INK.to_owned()), paper)
        };
        Run { column, n_cells, text: cell.symbol().to_owned(), ink, paper, modifier: cell.modifier }
    }

    /// Only single-width text is joined, so that each wide character starts at its own place.
    fn continues(&self, next: &Run) -> bool {
        (&self.ink, &self.paper, self.modifier) == (&next.ink, &next.paper, next.modifier)
            && next.text.is_ascii() == self.text.is_ascii()
            && next.n_cells == 1
            && self.text.is_ascii()
    }

    fn write(&self, out: &mut String, row: u32) {
        let x = MARGIN + self.column * CELL_WIDTH;
        let y = MARGIN + row * CELL_HEIGHT;
        let width = self.n_cells * CELL_WIDTH;
        if let Some(paper) = &self.paper {
            let _ = writeln!(
                out,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{CELL_HEIGHT}\" fill=\"{paper}\"/>"
            );
        }
        if self.text.trim().is_empty() && !self.modifier.contains(Modifier::UNDERLINED) {
            return;
        }
        let mut style = String::new();
        if self.modifier.contains(Modifier::BOLD) {
            style.push_str(" font-weight=\"bold\"");
        }
        if self.modifier.contains(Modifier::DIM) {
            style.push_str(" opacity=\"0.6\"");
        }
        if self.modifier.contains(Modifier::UNDERLINED) {
            style.push_str(" text-decoration=\"underline\"");
        }
        let _ = writeln!(
            out,
            "<text x=\"{x}\" y=\"{}\" textLength=\"{width}\" fill=\"{}\"{style} xml:space=\"preserve\">{}</text>",
            y + 14,
            self.ink,
            escape(&self.text)
        );
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The usual colours of a terminal; `None` is the terminal's own.
fn colour(colour: Color) -> Option<String> {
    let index = match colour {
        Color::Reset => return None,
        Color::Rgb(red, green, blue) => return Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        Color::Indexed(index) => index,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    Some(indexed(index))
}

/// xterm's 256 colours: sixteen named ones, a cube of six by six by six, and greys.
fn indexed(index: u8) -> String {
    const NAMED: [&str; 16] = [
        "#2e3440", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#abb2bf", "#5c6370",
        "#ff7b86", "#b5e890", "#ffd68a", "#7cc4ff", "#d898ef", "#6fd3df", "#ffffff",
    ];
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match index {
        0..=15 => NAMED[usize::from(index)].to_owned(),
        16..=231 => {
            let cube = usize::from(index - 16);
            let (red, green, blue) = (STEPS[cube / 36], STEPS[cube / 6 % 6], STEPS[cube % 6]);
            format!("#{red:02x}{green:02x}{blue:02x}")
        }
        232..=255 => {
            let grey = 8 + (index - 232) * 10;
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
    }
}
