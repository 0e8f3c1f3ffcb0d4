//! A chart as cells of a terminal: pieces of text with an ink each, in rows. Any width and height will do; what has no
//! room is left out, the drawing last.

use super::bars;
use super::canvas::Canvas;
use super::harmless;
use super::scale::Span;
use super::svg::wrapped;
use crate::base::safe;
use crate::report::chart::{Across, Chart, Draw, Hue, Series};
use crate::words::Words;

/// What the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pen {
    /// Dots of braille, told apart by colours.
    Braille,
    /// ASCII, told apart by signs: for plain fonts, and where there are no colours.
    Signs,
}

/// What a piece is; the screen decides what that looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Ordinary text.
    Plain,
    /// The heading.
    Heading,
    /// Axes, numbers, notes.
    Quiet,
    /// A mark of a series.
    Mark(Hue),
}

/// A text within a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Columns from the left edge.
    pub column: usize,
    /// What stands there.
    pub text: String,
    /// What it is.
    pub ink: Ink,
}

/// A drawn chart: for each row its pieces, from left to right, none over another.
pub type Drawing = Vec<Vec<Piece>>;

/// Draws a chart into so many columns and rows.
pub fn chart_cells(chart: &Chart, n_columns: usize, n_rows: usize, pen: Pen, words: &Words) -> Drawing {
    let mut rows: Drawing = Vec::new();
    if n_columns == 0 || n_rows == 0 {
        return rows;
    }
    heading(&mut rows, chart, (n_columns, n_rows), pen);
    let room = n_rows - rows.len();
    if chart.series.iter().all(|series| series.points.is_empty()) {
        rows.push(vec![piece(0, &words.text("chart-nothing"), n_columns, Ink::Quiet)]);
    } else if chart.y.names.is_empty() {
        rows.extend(plot(chart, n_columns, room, pen, words));
    } else {
        rows.extend(bars::rows(chart, n_columns, room, pen, words));
    }
    rows.truncate(n_rows);
    if pen == Pen::Signs {
        let plain = |text: &str| text.replace('…', "~").replace('·', "-");
        rows.iter_mut().flatten().for_each(|piece| piece.text = plain(&piece.text));
    }
    rows
}

/// A chart as lines of text.
pub fn chart_text(chart: &Chart, n_columns: usize, n_rows: usize, pen: Pen, words: &Words) -> String {
    let mut out = String::new();
    for row in chart_cells(chart, n_columns, n_rows, pen, words) {
        let mut used = 0;
        for piece in row {
            out.extend(std::iter::repeat_n(' ', piece.column.saturating_sub(used)));
            used = used.max(piece.column) + safe::width(&piece.text);
            out.push_str(&piece.text);
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    out
}

/// A text at a column, cut to its room.
pub(super) fn piece(column: usize, text: &str, room: usize, ink: Ink) -> Piece {
    Piece { column, text: safe::cut(&harmless(text), room).into_owned(), ink }
}

/// Title, note and legend take at most a third of the rows.
fn heading(rows: &mut Drawing, chart: &Chart, (n_columns, n_rows): (usize, usize), pen: Pen) {
    let most = n_rows / 3;
    if !chart.title.is_empty() && most > 0 {
        rows.push(vec![piece(0, &chart.title, n_columns, Ink::Heading)]);
    }
    let legend = legend(chart, n_columns, pen);
    if !chart.note.is_empty() {
        let room = most.saturating_sub(rows.len() + legend.len().min(1));
        let lines = wrapped(&harmless(&chart.note), n_columns);
        let has_more = lines.len() > room;
        for (place, line) in lines.iter().take(room).enumerate() {
            let text = if has_more && place + 1 == room { format!("{line} …") } else { line.clone() };
            rows.push(vec![piece(0, &text, n_columns, Ink::Quiet)]);
        }
    }
    let left = most.saturating_sub(rows.len());
    rows.extend(legend.into_iter().take(left));
}

fn legend(chart: &Chart, n_columns: usize, pen: Pen) -> Drawing {
    let mut rows: Drawing = Vec::new();
    let mut column = n_columns;
    for (idx, series) in chart.series.iter().enumerate().filter(|(_, series)| !series.name.is_empty()) {
        let sign = match (series.hue, pen) {
            // The mark that lists have for the same.
            (Hue::Alarm, Pen::Braille) => '●',
            _ => series.sign(idx),
        };
        let text = format!("{sign} {}", harmless(&series.name));
        let width = safe::width(&text);
        if column + width > n_columns {
            rows.push(Vec::new());
            column = 0;
        }
        if let Some(row) = rows.last_mut() {
            row.push(piece(column, &text, n_columns - column, Ink::Mark(series.hue)));
        }
        column = (column + width + 2).min(n_columns);
    }
    rows
}

/// Lines and points between two axes.
fn plot(chart: &Chart, n_columns: usize, n_rows: usize, pen: Pen, words: &Words) -> Drawing {
    let (x, y) = (Span::of(chart, Across::X), Span::of(chart, Across::Y));
    let mut rows = Drawing::new();
    // What the vertical axis counts stands above it.
    if n_rows >= 6 && !chart.y.label.is_empty() {
        rows.push(vec![piece(0, &chart.y.label, n_columns, Ink::Quiet)]);
    }
    let below = if n_rows < 4 { 0 } else { 2 };
    let height = n_rows.saturating_sub(rows.len() + below).max(1);
    let ticks = y.ticks(&chart.y, height.div_ceil(3).max(2), words);
    let widest = ticks.iter().map(|tick| safe::width(&tick.text)).max().unwrap_or(0);
    let left = if widest + 12 > n_columns { 0 } else { widest + 2 };
    let width = n_columns - left;
    let mut canvas = Canvas::new(width, height, pen);
    rules(&mut canvas, chart, (x, y));
    for (idx, series) in chart.series.iter().enumerate() {
        draw(&mut canvas, (idx, series), (x, y), pen);
    }
    let first = rows.len();
    for row in 0..height {
        rows.push(canvas_row(&canvas, row, left, width));
    }
    if left > 0 {
        beside(&mut rows[first..], &ticks, left, pen);
    }
    if below > 0 {
        let ticks = x.ticks(&chart.x, (width / 10).max(1), words);
        rows.extend(under(&ticks, &chart.x.label, left, width, pen));
    }
    rows
}

fn rules(canvas: &mut Canvas, chart: &Chart, (x, y): (Span, Span)) {
    for rule in &chart.rules {
        let ends = match rule.axis {
            Across::X => x.at(rule.at).map(|at| [(at, 0.0), (at, 1.0)]),
            Across::Y => y.at(rule.at).map(|at| [(0.0, at), (1.0, at)]),
        };
        if let Some([from, to]) = ends {
            let (from, to) = (canvas.dot(from.0, from.1), canvas.dot(to.0, to.1));
            canvas.dotted(from, to, '.', Ink::Quiet);
        }
    }
}

fn draw(canvas: &mut Canvas, (idx, series): (usize, &Series), (x, y): (Span, Span), pen: Pen) {
    let (sign, ink) = (series.sign(idx), Ink::Mark(series.hue));
    let mut last: Option<(i64, i64)> = None;
    for point in &series.points {
        let Some(dot) = x.at(point.x).zip(y.at(point.y)).map(|(across, up)| canvas.dot(across, up)) else {
            last = None;
            continue;
        };
        match (series.draw, last) {
            (Draw::Steps, Some(before)) => {
                canvas.line(before, (dot.0, before.1), sign, ink);
                canvas.line((dot.0, before.1), dot, sign, ink);
            }
            (Draw::Line, Some(before)) => canvas.line(before, dot, sign, ink),
            _ => canvas.draw(dot, sign, ink),
        }
        last = Some(dot);
    }
    let is_named = pen == Pen::Braille && !series.name.is_empty() && series.draw != Draw::Points;
    if let Some(end) = last.filter(|_| is_named) {
        canvas.name(end, sign, ink);
    }
}

/// Neighbouring cells of one ink become one piece.
fn canvas_row(canvas: &Canvas, row: usize, left: usize, width: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut end = usize::MAX;
    for column in 0..width {
        let Some((sign, ink)) = canvas.cell(column, row) else { continue };
        match pieces.last_mut().filter(|last| end == column && last.ink == ink) {
            Some(last) => last.text.push(sign),
            None => pieces.push(Piece { column: left + column, text: sign.to_string(), ink }),
        }
        end = column + 1;
    }
    pieces
}

/// The numbers and the line at the left.
fn beside(rows: &mut [Vec<Piece>], ticks: &[super::scale::Tick], left: usize, pen: Pen) {
    let last = rows.len().saturating_sub(1);
    let line = if pen == Pen::Braille { "│" } else { "|" };
    for (idx, row) in rows.iter_mut().enumerate() {
        row.insert(0, piece(left - 1, line, 1, Ink::Quiet));
        let here = ticks.iter().find(|tick| ((1.0 - tick.at) * last as f64).round() as usize == idx);
        if let Some(tick) = here {
            row.insert(0, piece(0, &safe::fit_right(&tick.text, left - 2), left - 2, Ink::Quiet));
        }
    }
}

/// The line and the numbers below, and what they count.
pub(super) fn under(
    ticks: &[super::scale::Tick],
    label: &str,
    left: usize,
    width: usize,
    pen: Pen,
) -> Drawing {
    let (line, notch, corner) = if pen == Pen::Braille { ('─', '┬', "└") } else { ('-', '+', "+") };
    let place = |at: f64| (at * width.saturating_sub(1) as f64).round() as usize;
    let mut across = vec![line; width];
    for tick in ticks {
        if let Some(cell) = across.get_mut(place(tick.at)) {
            *cell = notch;
        }
    }
    let across: String = across.into_iter().collect();
    let mut axis = vec![Piece { column: left, text: across, ink: Ink::Quiet }];
    if left > 0 {
        axis.insert(0, piece(left - 1, corner, 1, Ink::Quiet));
    }
    let n_columns = left + width;
    let label = harmless(label);
    let room_label = safe::width(&label).min(width / 2);
    let mut numbers: Vec<Piece> = Vec::new();
    let mut end = 0;
    for tick in ticks {
        let long = safe::width(&tick.text);
        let column = (left + place(tick.at)).saturating_sub(long / 2);
        if column >= end && column + long + room_label < n_columns {
            numbers.push(piece(column, &tick.text, long, Ink::Quiet));
            end = column + long + 1;
        }
    }
    if room_label > 0 && end + room_label <= n_columns {
        numbers.push(piece(n_columns - room_label, &label, room_label, Ink::Quiet));
    }
    vec![axis, numbers]
}
