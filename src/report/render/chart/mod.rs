//! The renderers of charts: an SVG picture without script or reference, and cells of a terminal.

mod bars;
mod canvas;
mod cells;
mod scale;
mod svg;
mod svg_marks;

pub use self::cells::{Drawing, Ink, Pen, Piece, chart_cells, chart_text};
pub use self::svg::{Size, chart_svg, charts_svg};

use crate::base::safe;

/// A text from outside, on one line and harmless.
fn harmless(text: &str) -> String {
    safe::terminal(text).into_owned()
}
