//! The marks of a series in a picture: lines, bounds, points, bars.

use std::fmt::Write as _;

use super::scale::written;
use super::svg::{Field, colour, dashes, escape, is_line, text};
use crate::report::chart::{Bounds, Chart, Draw, Hue, Point, Series};
use crate::words::Words;

/// Draws one series.
pub fn series(
    out: &mut String,
    chart: &Chart,
    (idx, series): (usize, &Series),
    field: &Field,
    words: &Words,
) {
    band(out, series, field);
    match series.draw {
        Draw::Steps | Draw::Line => line(out, series, field),
        Draw::Points => points(out, series, field),
        Draw::Bars => bars(out, chart, (idx, series), field, words),
    }
}

/// What the legend shows of a series.
pub fn sample(out: &mut String, (_, series): (usize, &Series), (x, y): (f64, f64)) {
    let ink = colour(series.hue);
    let middle = y - 4.0;
    if is_line(series.draw) {
        let _ = writeln!(
            out,
            "<path d=\"M{x:.1} {middle:.1}h20\" stroke=\"{ink}\" stroke-width=\"2\"{} fill=\"none\"/>",
            dashes(series.hue)
        );
    } else if series.draw == Draw::Points {
        out.push_str(&mark(series.hue, x + 10.0, middle, ""));
    } else {
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"18\" height=\"10\" fill=\"{ink}\"/>",
            middle - 5.0
        );
    }
}

fn line(out: &mut String, series: &Series, field: &Field) {
    let places = series.points.iter().map(|point| Some((field.across(point.x)?, field.down(point.y)?)));
    let path = path(places, series.draw);
    if !path.is_empty() {
        let width = if matches!(series.hue, Hue::Quiet | Hue::Faint) { "1" } else { "2" };
        let _ = writeln!(
            out,
            "<path d=\"{path}\" stroke=\"{}\" stroke-width=\"{width}\"{} fill=\"none\" stroke-linejoin=\"round\"/>",
            colour(series.hue),
            dashes(series.hue)
        );
    }
}

/// A path through places; a gap lifts the pen. What rounds to the same place is written once.
fn path(places: impl Iterator<Item = Option<(f64, f64)>>, draw: Draw) -> String {
    let mut path = String::new();
    let mut last: Option<(String, String)> = None;
    for place in places {
        let Some((x, y)) = place else {
            last = None;
            continue;
        };
        let here = (format!("{x:.1}"), format!("{y:.1}"));
        match &last {
            None => drop(write!(path, "M{} {}", here.0, here.1)),
            Some(before) if *before == here => continue,
            Some(_) if draw == Draw::Steps => drop(write!(path, "H{}V{}", here.0, here.1)),
            Some(_) => drop(write!(path, "L{} {}", here.0, here.1)),
        }
        last = Some(here);
    }
    path
}

fn band(out: &mut String, series: &Series, field: &Field) {
    let edge = |of: fn(&Bounds) -> f64| -> Vec<(f64, f64)> {
        let place = |bounds: &Bounds| {
            // Both bounds must be there, or neither edge has the place.
            field.down(bounds.low).and(field.down(bounds.high))?;
            Some((field.across(bounds.x)?, field.down(of(bounds))?))
        };
        let places: Vec<(f64, f64)> = series.band.iter().filter_map(place).collect();
        if series.draw == Draw::Steps { stepped(&places) } else { places }
    };
    let (upper, mut lower) = (edge(|bounds| bounds.high), edge(|bounds| bounds.low));
    if upper.len() < 2 {
        return;
    }
    lower.reverse();
    let outline = upper.into_iter().chain(lower).map(Some);
    let _ = writeln!(
        out,
        "<path d=\"{}Z\" fill=\"{}\" fill-opacity=\"0.14\"/>",
        path(outline, Draw::Line),
        colour(series.hue)
    );
}

fn stepped(places: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut corners = Vec::with_capacity(places.len() * 2);
    for pair in places.windows(2) {
        corners.extend([pair[0], (pair[1].0, pair[0].1)]);
    }
    corners.extend(places.last());
    corners
}

fn points(out: &mut String, series: &Series, field: &Field) {
    let mut last = String::new();
    for Point { x, y, label } in &series.points {
        let (Some(x), Some(y)) = (field.across(*x), field.down(*y)) else { continue };
        let inside =
            label.as_ref().map_or_else(String::new, |label| format!("<title>{}</title>", escape(label)));
        let mark = mark(series.hue, x, y, &inside);
        if mark != last {
            out.push_str(&mark);
            last = mark;
        }
    }
}

/// A point; its form is another for each colour, so that groups differ on black-and-white paper too.
fn mark(hue: Hue, x: f64, y: f64, inside: &str) -> String {
    let ink = format!("fill=\"{}\" fill-opacity=\"0.75\"", colour(hue));
    let form = match hue {
        Hue::Quiet | Hue::Faint => 4,
        Hue::Alarm => 2,
        Hue::Own(idx) => idx % 4,
    };
    let (open, name) = match form {
        0 => (format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" {ink}"), "circle"),
        1 => (
            format!("<rect x=\"{:.1}\" y=\"{:.1}\" width=\"5.4\" height=\"5.4\" {ink}", x - 2.7, y - 2.7),
            "rect",
        ),
        2 => (format!("<path d=\"M{x:.1} {:.1}l3.8 6.6h-7.6z\" {ink}", y - 4.2), "path"),
        3 => (format!("<path d=\"M{x:.1} {:.1}l3.8 3.8l-3.8 3.8l-3.8 -3.8z\" {ink}", y - 3.8), "path"),
        _ => (format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2\" {ink}"), "circle"),
    };
    if inside.is_empty() { format!("{open}/>\n") } else { format!("{open}>{inside}</{name}>\n") }
}

/// Bars of one series; those of several lie beside each other within the room of a name.
fn bars(out: &mut String, chart: &Chart, (idx, series): (usize, &Series), field: &Field, words: &Words) {
    let n_bars = chart.series.iter().filter(|other| other.draw == Draw::Bars).count().max(1) as f64;
    let nth = chart.series[..idx].iter().filter(|other| other.draw == Draw::Bars).count() as f64;
    let thick = field.height / field.names.max(1) as f64 * 0.8 / n_bars;
    let Some(zero) = field.across(0.0) else { return };
    let most = series.points.iter().map(|point| point.x.abs()).filter(|x| x.is_finite()).fold(0.0, f64::max);
    for point in &series.points {
        let (Some(end), Some(middle)) = (field.across(point.x), field.down(point.y)) else { continue };
        let y = middle + (nth - n_bars / 2.0) * thick;
        let (left, width) = (zero.min(end), (end - zero).abs());
        let title = point
            .label
            .as_ref()
            .map_or_else(String::new, |label| format!("<title>{}</title>", escape(label)));
        let _ = writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.1}\" fill=\"{}\">{title}</rect>",
            (thick * 0.92).max(0.5),
            colour(series.hue)
        );
        if thick >= 10.0 {
            let shown = written(point.x, most / 100.0, chart.x.unit, words);
            let room = field.left + field.width - end;
            // Beside the bar where there is room, else inside it.
            let (place, look) = match (point.x < 0.0, room > 60.0) {
                (false, true) => (end + 4.0, ""),
                (false, false) => (end - 4.0, " text-anchor=\"end\" fill=\"#ffffff\""),
                (true, _) => (zero + 4.0, ""),
            };
            text(out, (place, y + thick / 2.0 + 4.0), look, &shown, field.width);
        }
    }
}
