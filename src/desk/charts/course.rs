//! The course of cases as a chart.

use crate::analysis::course::{Curve, N_CAUSES, Step};
use crate::desk::course::{CourseName, CourseReport};
use crate::desk::course_text::{by_name, cause_name, gaps, group_name};
use crate::report::chart::{Axis, Bounds, Chart, Draw, Hue, Point, Series, Unit};
use crate::words::Words;

/// Lines that can be told apart.
const MOST_LINES: usize = 7;

/// Without groups all three ways to end with their bounds, else one of them for each group; up to a day.
pub fn course_chart(report: &CourseReport, cause: usize, horizon: i32, words: &Words) -> Chart {
    let (title, note, series) = match report.by {
        None => (words.text("course-chart"), "course-chart-note", by_cause(report, horizon, words)),
        Some(by) => {
            let args = [("cause", cause_name(cause, words).into()), ("by", by_name(by, words).into())];
            let title = words.format("course-chart-by", &args);
            (title, "course-chart-note-by", by_group(report, cause, horizon, words))
        }
    };
    Chart {
        title,
        // A line that stops short wants a reason more than a definition.
        note: gaps(report, words).unwrap_or_else(|| words.text(note)),
        x: Axis {
            to: Some(f64::from(horizon)),
            ..Axis::new(words.text("course-days"), Unit::Days).from_zero()
        },
        y: Axis { to: Some(1.0), ..Axis::new(words.text("course-share"), Unit::Share).from_zero() },
        series,
        rules: Vec::new(),
    }
}

fn by_cause(report: &CourseReport, horizon: i32, words: &Words) -> Vec<Series> {
    let curves = &report.groups[0].course.incidence;
    let of = |cause: usize| {
        let curve = curves.get(cause)?;
        let mut series = line(cause_name(cause, words), cause, curve, horizon);
        series.band = steps(curve, horizon)
            .map(|(day, step)| {
                let interval = step.interval();
                Bounds { x: f64::from(day), low: interval.low, high: interval.high }
            })
            .collect();
        Some(series)
    };
    (0..N_CAUSES).filter_map(of).collect()
}

fn by_group(report: &CourseReport, cause: usize, horizon: i32, words: &Words) -> Vec<Series> {
    let named = report.groups.iter().filter(|group| matches!(group.name, CourseName::Value(_)));
    let of = |(place, group): (usize, &crate::desk::course::CourseGroup)| {
        let curve = group.course.incidence.get(cause)?;
        Some(line(group_name(&group.name, report.by, words), place, curve, horizon))
    };
    named.take(MOST_LINES).enumerate().filter_map(of).collect()
}

fn line(name: String, place: usize, curve: &Curve, horizon: i32) -> Series {
    let points = steps(curve, horizon).map(|(day, step)| Point::at(f64::from(day), step.value));
    Series::new(name, Draw::Steps, Hue::Own(place), points.collect())
}

/// The curve from the first day that is known to the horizon, or to the last.
fn steps(curve: &Curve, horizon: i32) -> impl Iterator<Item = (i32, Step)> + '_ {
    let last = if curve.is_complete { horizon } else { curve.last_day.unwrap_or(0).min(horizon) };
    let first = curve.first_day;
    let days = curve.steps.iter().map(|step| step.day).filter(move |day| *day > first && *day < last);
    (first <= last)
        .then_some(first)
        .into_iter()
        .chain(days)
        .chain((last > first).then_some(last))
        .filter_map(|day| Some((day, curve.at(day)?)))
}
