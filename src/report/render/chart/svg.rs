//! A chart as SVG: one picture, looks said outright on each mark so that it can stand inside a page, no script, no
//! reference, no name that two pictures on one page could both have.

use std::fmt::Write as _;

use super::harmless;
use super::scale::{Span, Tick};
use super::svg_marks;
use crate::base::safe;
use crate::report::chart::{Across, Chart, Draw, Hue};
use crate::words::Words;

/// Width and height of a picture, in its own units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

impl Default for Size {
    fn default() -> Size {
        Size { width: 720, height: 420 }
    }
}

/// The colours of Okabe and Ito (2008), which people with any kind of colour vision can tell apart.
const COLOURS: [&str; 7] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#222222"];
const DASHES: [&str; 4] = ["", "7 3", "2 3", "8 3 2 3"];
const QUIET: &str = "#9a9a9a";
const ALARM: &str = "#C1121F";
const INK: &str = "#222222";
const GRID: &str = "#e3e3e3";
/// About the width of a letter at 12 units.
const LETTER: f64 = 6.6;
const LINE: f64 = 16.0;

/// What the drawing area is, and what it shows.
pub(super) struct Field {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Across.
    pub width: f64,
    /// Down.
    pub height: f64,
    /// The horizontal axis.
    pub x: Span,
    /// The vertical axis.
    pub y: Span,
    /// Names stand downwards: bars.
    pub names: usize,
}

impl Field {
    /// The place of a value across.
    pub fn across(&self, value: f64) -> Option<f64> {
        Some(self.left + self.x.at(value)? * self.width)
    }

    /// The place of a value down. The first name stands on top.
    pub fn down(&self, value: f64) -> Option<f64> {
        let part = self.y.at(value)?;
        Some(self.top + if self.names > 0 { part } else { 1.0 - part } * self.height)
    }
}

/// The picture. The same chart gives the same bytes.
pub fn chart_svg(chart: &Chart, size: Size, words: &Words) -> String {
    let (width, height) = (size.width.clamp(80, 8_000), size.height.clamp(60, 8_000));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"'DejaVu Sans', Arial, sans-serif\" \
         font-size=\"12\" fill=\"{INK}\">\n<title>{}</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        escape(&chart.title)
    );
    let (width, height) = (f64::from(width), f64::from(height));
    let top = heading(&mut out, chart, width, height);
    let field = field(chart, (width, height), top, words);
    axes(&mut out, chart, &field, words);
    rules(&mut out, chart, &field);
    for (idx, series) in chart.series.iter().enumerate() {
        svg_marks::series(&mut out, chart, (idx, series), &field, words);
    }
    if chart.series.iter().all(|series| series.points.is_empty()) {
        let (x, y) = (field.left + field.width / 2.0, field.top + field.height / 2.0);
        text(&mut out, (x, y), " text-anchor=\"middle\"", &words.text("chart-nothing"), width);
    }
    out.push_str("</svg>\n");
    out
}

/// Several charts below each other as one picture.
pub fn charts_svg(charts: &[Chart], size: Size, words: &Words) -> String {
    if let [chart] = charts {
        return chart_svg(chart, size, words);
    }
    let height = size.height.clamp(60, 8_000);
    let width = size.width.clamp(80, 8_000);
    let n_charts = u32::try_from(charts.len()).unwrap_or(u32::MAX);
    let total = height.saturating_mul(n_charts.max(1));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{total}\" viewBox=\"0 0 {width} {total}\">\n"
    );
    for (place, chart) in (0..n_charts).zip(charts) {
        let _ = writeln!(out, "<g transform=\"translate(0 {})\">", place.saturating_mul(height));
        out.push_str(&chart_svg(chart, size, words));
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

/// The colour of a look.
pub(super) fn colour(hue: Hue) -> &'static str {
    match hue {
        Hue::Own(idx) => COLOURS[idx % COLOURS.len()],
        Hue::Quiet | Hue::Faint => QUIET,
        Hue::Alarm => ALARM,
    }
}

/// The dashes of a line, so that lines differ on black-and-white paper too.
pub(super) fn dashes(hue: Hue) -> String {
    let dashes = match hue {
        Hue::Own(idx) => DASHES[idx % DASHES.len()],
        Hue::Quiet => "4 4",
        Hue::Faint => "1 4",
        Hue::Alarm => "",
    };
    if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dashes}\"") }
}

/// A text made harmless for XML.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in harmless(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Writes a text at a place, cut to a width.
pub(super) fn text(out: &mut String, (x, y): (f64, f64), look: &str, text: &str, room: f64) {
    let columns = (room / LETTER).max(0.0) as usize;
    let shown = safe::cut(&harmless(text), columns).into_owned();
    if !shown.is_empty() {
        let _ = writeln!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\"{look}>{}</text>", escape(&shown));
    }
}

/// Heading, note and legend; where the drawing may begin.
fn heading(out: &mut String, chart: &Chart, width: f64, height: f64) -> f64 {
    let mut y = 0.0;
    if !chart.title.is_empty() {
        y += LINE + 4.0;
        text(out, (8.0, y), " font-size=\"15\" font-weight=\"bold\"", &chart.title, (width - 16.0) * 0.8);
    }
    // The note takes two lines at most; what comes last is less to be missed than the drawing.
    for line in wrapped(&harmless(&chart.note), ((width - 16.0) / LETTER) as usize).into_iter().take(2) {
        if y + LINE < height / 3.0 {
            y += LINE;
            text(out, (8.0, y), " fill=\"#555555\"", &line, width - 16.0);
        }
    }
    legend(out, chart, width, height, y) + 8.0
}

fn legend(out: &mut String, chart: &Chart, width: f64, height: f64, above: f64) -> f64 {
    let mut y = above + LINE + 2.0;
    let mut x = 8.0;
    let mut is_any = false;
    for (idx, series) in chart.series.iter().enumerate().filter(|(_, series)| !series.name.is_empty()) {
        let room = safe::width(&harmless(&series.name)) as f64 * LETTER * 1.1 + 44.0;
        if x > 8.0 && x + room > width {
            (x, y) = (8.0, y + LINE);
        }
        if y > height / 2.0 {
            break;
        }
        svg_marks::sample(out, (idx, series), (x, y));
        text(out, (x + 26.0, y), "", &series.name, width - x - 30.0);
        (x, is_any) = (x + room, true);
    }
    if is_any { y } else { above }
}

pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut().filter(|line| safe::width(line) + 1 + safe::width(word) <= columns) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

fn field(chart: &Chart, (width, height): (f64, f64), top: f64, words: &Words) -> Field {
    let (x, y) = (Span::of(chart, Across::X), Span::of(chart, Across::Y));
    let below = if chart.x.label.is_empty() { 24.0 } else { 40.0 };
    let beside = match chart.y.names.is_empty() {
        true => {
            let ticks = y.ticks(&chart.y, ((height - top) / 40.0) as usize, words);
            let label = if chart.y.label.is_empty() { 0.0 } else { LINE };
            widest(ticks.iter().map(|tick| tick.text.as_str())) + label
        }
        false => widest(chart.y.names.iter().map(String::as_str)),
    };
    let left = (beside + 14.0).min(width * 0.45);
    Field {
        left,
        top,
        width: (width - left - 16.0).max(10.0),
        height: (height - top - below).max(10.0),
        x,
        y,
        names: chart.y.names.len(),
    }
}

fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> f64 {
    texts.map(|text| safe::width(&harmless(text))).max().unwrap_or(0) as f64 * LETTER
}

fn axes(out: &mut String, chart: &Chart, field: &Field, words: &Words) {
    let bottom = field.top + field.height;
    for Tick { at, text: shown } in field.x.ticks(&chart.x, (field.width / 70.0) as usize, words) {
        let x = field.left + at * field.width;
        let _ = writeln!(
            out,
            "<path d=\"M{x:.1} {:.1}V{bottom:.1}\" stroke=\"{GRID}\" fill=\"none\"/>",
            field.top
        );
        text(out, (x, bottom + LINE), " text-anchor=\"middle\"", &shown, field.width);
    }
    if field.names > 0 {
        names(out, chart, field);
    } else {
        for Tick { at, text: shown } in field.y.ticks(&chart.y, (field.height / 40.0) as usize, words) {
            let y = field.top + (1.0 - at) * field.height;
            let right = field.left + field.width;
            let _ = writeln!(
                out,
                "<path d=\"M{:.1} {y:.1}H{right:.1}\" stroke=\"{GRID}\" fill=\"none\"/>",
                field.left
            );
            text(out, (field.left - 6.0, y + 4.0), " text-anchor=\"end\"", &shown, field.left);
        }
    }
    let _ = writeln!(
        out,
        "<path d=\"M{0:.1} {1:.1}V{bottom:.1}H{2:.1}\" stroke=\"{INK}\" fill=\"none\"/>",
        field.left,
        field.top,
        field.left + field.width
    );
    let middle = field.left + field.width / 2.0;
    text(out, (middle, bottom + 33.0), " text-anchor=\"middle\"", &chart.x.label, field.width);
    let y = field.top + field.height / 2.0;
    let turned = format!(" text-anchor=\"middle\" transform=\"rotate(-90 12 {y:.1})\"");
    text(out, (12.0, y), &turned, &chart.y.label, field.height);
}

fn names(out: &mut String, chart: &Chart, field: &Field) {
    for (idx, name) in chart.y.names.iter().enumerate() {
        if let Some(y) = field.down(idx as f64) {
            text(out, (field.left - 6.0, y + 4.0), " text-anchor=\"end\"", name, field.left - 8.0);
        }
    }
}

fn rules(out: &mut String, chart: &Chart, field: &Field) {
    for rule in &chart.rules {
        let (bottom, right) = (field.top + field.height, field.left + field.width);
        let (path, place, look) = match rule.axis {
            Across::X => match field.across(rule.at) {
                Some(x) => (format!("M{x:.1} {:.1}V{bottom:.1}", field.top), (x + 4.0, field.top + 11.0), ""),
                None => continue,
            },
            Across::Y => match field.down(rule.at) {
                Some(y) => (
                    format!("M{:.1} {y:.1}H{right:.1}", field.left),
                    (right - 4.0, y - 4.0),
                    " text-anchor=\"end\"",
                ),
                None => continue,
            },
        };
        let _ =
            writeln!(out, "<path d=\"{path}\" stroke=\"{QUIET}\" stroke-dasharray=\"1 3\" fill=\"none\"/>");
        text(out, place, &format!("{look} fill=\"#555555\""), &rule.label, field.width / 2.0);
    }
}

/// Whether a series is drawn as a line.
pub(super) fn is_line(draw: Draw) -> bool {
    matches!(draw, Draw::Steps | Draw::Line)
}
