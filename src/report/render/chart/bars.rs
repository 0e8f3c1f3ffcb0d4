//! Bars in a terminal: a row for each bar, its name before it and its number behind.

use super::cells::{Drawing, Ink, Pen, Piece, piece};
use super::harmless;
use super::scale::{Span, written};
use crate::base::safe;
use crate::report::chart::{Across, Chart, Draw, Series};
use crate::words::Words;

/// Parts of a cell, from one eighth to seven.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// The rows of the bars; the names that have no room are counted in the last.
pub fn rows(chart: &Chart, n_columns: usize, n_rows: usize, pen: Pen, words: &Words) -> Drawing {
    let span = Span::of(chart, Across::X);
    let series: Vec<(usize, &Series)> =
        chart.series.iter().enumerate().filter(|(_, series)| series.draw == Draw::Bars).collect();
    let widest = chart.y.names.iter().map(|name| safe::width(&harmless(name))).max().unwrap_or(0);
    let names = widest.min(n_columns * 2 / 5);
    let values: Vec<f64> =
        series.iter().flat_map(|(_, series)| series.points.iter().map(|point| point.x)).collect();
    let most = values
        .iter()
        .copied()
        .filter(|value| value.is_finite())
        .fold(0.0_f64, |most, value| most.max(value.abs()));
    let shown = |value: f64| written(value, most / 100.0, chart.x.unit, words);
    let finite = values.iter().filter(|value| value.is_finite());
    let numbers = finite.map(|value| safe::width(&shown(*value))).max().unwrap_or(0);
    // A place too narrow for names and numbers has only bars.
    let (names, numbers) = if names + numbers + 6 > n_columns { (0, 0) } else { (names, numbers) };
    let room = n_columns.saturating_sub(if numbers == 0 { 1 } else { names + numbers + 2 });
    let mut rows = Drawing::new();
    for (place, name) in chart.y.names.iter().enumerate() {
        let left = chart.y.names.len() - place;
        let here = |series: &Series| {
            let point = series.points.iter().find(|point| point.y == place as f64)?;
            Some(point.x).filter(|value| value.is_finite())
        };
        let bars: Vec<(usize, &Series, f64)> =
            series.iter().filter_map(|(idx, series)| Some((*idx, *series, here(series)?))).collect();
        let per_name = bars.len().max(1);
        if rows.len() + per_name > n_rows || (left > 1 && rows.len() + per_name == n_rows) {
            let rest = format!("+ {left}");
            rows.push(vec![piece(0, &rest, n_columns, Ink::Quiet)]);
            break;
        }
        let first = rows.len();
        rows.resize(first + per_name, Vec::new());
        if names > 0 {
            rows[first].push(piece(0, name, names, Ink::Plain));
        }
        for (row, (idx, series, value)) in rows[first..].iter_mut().zip(bars) {
            let look = (pen, series.sign(idx));
            row.extend(bar(span, value, (names + 1, room), look, Ink::Mark(series.hue)));
            if numbers > 0 {
                row.push(piece(names + 2 + room, &shown(value), numbers, Ink::Quiet));
            }
        }
    }
    rows
}

/// One bar between zero and its value.
fn bar(
    span: Span,
    value: f64,
    (left, room): (usize, usize),
    (pen, sign): (Pen, char),
    ink: Ink,
) -> Option<Piece> {
    let place = |value: f64| (span.at(value).unwrap_or(0.0) * (room * 8) as f64).round() as usize;
    let (from, to) = (place(0.0).min(place(value)), place(0.0).max(place(value)));
    if room == 0 || to == from {
        return None;
    }
    let (first, last) = (from.div_ceil(8).min(room.saturating_sub(1)), to / 8);
    let mut text: String = match pen {
        Pen::Braille => std::iter::repeat_n('█', last.saturating_sub(first)).collect(),
        Pen::Signs => {
            let sign = if sign == '1' { '#' } else { sign };
            std::iter::repeat_n(sign, last.saturating_sub(first).max(1)).collect()
        }
    };
    if pen == Pen::Braille && value > 0.0 && to % 8 > 0 && last >= first {
        text.push(EIGHTHS[to % 8 - 1]);
    }
    if text.is_empty() {
        text.push('▏');
    }
    Some(Piece { column: left + first, text, ink })
}
