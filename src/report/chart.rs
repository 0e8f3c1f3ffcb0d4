//! A chart as a value: what is drawn, not how. The same value becomes an SVG picture and a drawing of terminal cells.
//!
//! Numbers that are not finite are gaps; no value makes a renderer fail.

/// A chart of two axes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// What the chart shows, as a heading.
    pub title: String,
    /// One sentence under the heading, or empty.
    pub note: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis. Its [`Axis::names`] make it a list of bars, the first on top.
    pub y: Axis,
    /// What is drawn, later over earlier.
    pub series: Vec<Series>,
    /// Lines across the whole chart.
    pub rules: Vec<Rule>,
}

/// One axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// What is counted, with its unit.
    pub label: String,
    /// How its numbers are written.
    pub unit: Unit,
    /// How values become lengths.
    pub scale: Scale,
    /// Where it begins; by the data when not given.
    pub from: Option<f64>,
    /// Where it ends; by the data when not given.
    pub to: Option<f64>,
    /// Names of the places 0, 1, 2 and so on, for bars.
    pub names: Vec<String>,
}

/// How the numbers of an axis are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// As they are.
    #[default]
    Number,
    /// Whole numbers.
    Count,
    /// Parts of one, written as percent.
    Share,
    /// Days; the steps are months and years where they are long.
    Days,
    /// Rupiah, written short: `1,5 jt`.
    Rupiah,
}

/// How values become lengths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Evenly.
    #[default]
    Linear,
    /// By the logarithm; values of zero and below are gaps.
    Log,
}

/// What belongs together: one look, one entry of the legend.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name in the legend; without one it has no entry.
    pub name: String,
    /// How its points are drawn.
    pub draw: Draw,
    /// Its look.
    pub hue: Hue,
    /// Its points, those of lines in the order of x.
    pub points: Vec<Point>,
    /// The bounds around a line, in the order of x.
    pub band: Vec<Bounds>,
}

/// How points are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// A line that keeps its height until the next point.
    Steps,
    /// A line from point to point.
    Line,
    /// Points.
    Points,
    /// Bars from zero: x is the length, y the place among the names.
    Bars,
}

/// The look of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hue {
    /// One of the colours, which repeat when there are more series than colours.
    Own(usize),
    /// In the background: limits, everything else.
    Quiet,
    /// Quieter still: what lies beyond the quiet, such as the outer of two limits.
    Faint,
    /// To be seen first.
    Alarm,
}

/// One point.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Place on the horizontal axis.
    pub x: f64,
    /// Place on the vertical axis.
    pub y: f64,
    /// What stands here, shown where a picture can be pointed at.
    pub label: Option<String>,
}

/// Bounds at a place of the horizontal axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The place.
    pub x: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// A line across the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Which axis has the value.
    pub axis: Across,
    /// The value.
    pub at: f64,
    /// What it means, or empty.
    pub label: String,
}

/// The axis a line stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Across {
    /// A value of the horizontal axis: the line is vertical.
    X,
    /// A value of the vertical axis: the line is horizontal.
    Y,
}

impl Axis {
    /// An axis with a label and a unit, its ends by the data.
    pub fn new(label: String, unit: Unit) -> Axis {
        Axis { label, unit, ..Axis::default() }
    }

    /// The same from zero up.
    #[must_use]
    pub fn from_zero(self) -> Axis {
        Axis { from: Some(0.0), ..self }
    }

    /// The same with logarithmic lengths.
    #[must_use]
    pub fn log(self) -> Axis {
        Axis { scale: Scale::Log, ..self }
    }

    /// An axis of names, for bars.
    pub fn of_names(names: Vec<String>) -> Axis {
        Axis { names, ..Axis::default() }
    }
}

impl Point {
    /// A point without a label.
    pub fn at(x: f64, y: f64) -> Point {
        Point { x, y, label: None }
    }
}

impl Series {
    /// A series without bounds.
    pub fn new(name: String, draw: Draw, hue: Hue, points: Vec<Point>) -> Series {
        Series { name, draw, hue, points, band: Vec::new() }
    }

    /// Bars of these lengths, beside the names of the vertical axis.
    pub fn bars(name: String, hue: Hue, lengths: &[f64]) -> Series {
        let points = lengths.iter().enumerate().map(|(idx, length)| Point::at(*length, idx as f64));
        Series::new(name, Draw::Bars, hue, points.collect())
    }

    /// The sign of the series where there are no colours: `1` to `9`, then letters.
    pub fn sign(&self, idx: usize) -> char {
        const SIGNS: &[u8] = b"123456789abcdefghijklmnopqrstuvwxyz";
        match self.hue {
            Hue::Quiet => '.',
            Hue::Faint => ':',
            Hue::Alarm => '*',
            Hue::Own(own) => {
                let idx = if self.draw == Draw::Bars { idx } else { own };
                char::from(SIGNS[idx % SIGNS.len()])
            }
        }
    }
}
