//! The course of cases in words, for the command line and the screen.

use crate::analysis::course::N_CAUSES;
use crate::analysis::rates::{Interval, Test};
use crate::base::calendar::slashed;
use crate::desk::cluster_text::said_value;
use crate::desk::course::{CourseBy, CourseGroup, CourseName, CourseReport, Observed};
use crate::words::{Value, Words, decimal, percent, probability};

/// The names of the ways a case ends, as JSON and CSV have them.
pub const CAUSES: [&str; N_CAUSES] = ["recovered", "disabled", "dead"];

/// How a way to end is called.
pub fn cause_name(cause: usize, words: &Words) -> String {
    words.text(&format!("course-{}", CAUSES[cause]))
}

/// By what cases are compared.
pub fn by_name(by: CourseBy, words: &Words) -> String {
    words.text(&format!("course-by-{}", by.name().replace('_', "-")))
}

/// The name of a group.
pub fn group_name(name: &CourseName, by: Option<CourseBy>, words: &Words) -> String {
    match (name, by) {
        (CourseName::All, _) => words.text("course-all"),
        (CourseName::Other, _) => words.text("course-other"),
        (CourseName::Unknown, _) => words.text("course-unknown"),
        (CourseName::Value(value), Some(by)) => said_value(by.name(), value, words),
        (CourseName::Value(value), None) => value.clone(),
    }
}

/// How many cases, up to when, how many still under treatment.
pub fn head(report: &CourseReport, words: &Words) -> String {
    let all = &report.groups[0].course;
    let args: [(&str, Value); 4] = [
        ("date", slashed(report.until).into()),
        ("cases", number(all.n_cases, words).into()),
        ("open", number(all.n_open, words).into()),
        ("long", number(all.n_long[1], words).into()),
    ];
    words.format("course-head", &args)
}

/// What must be known to read it.
pub fn notes(report: &CourseReport, words: &Words) -> Vec<String> {
    let mut lines = vec![words.text("course-note-competing")];
    let mut count = |key: &str, n: usize| {
        if n > 0 {
            lines.push(words.format(key, &[("n", number(n, words).into())]));
        }
    };
    count("course-note-void", report.n_void);
    count("course-note-undated", report.n_undated);
    let unseen = match report.observed {
        Observed::FromBooks => "course-note-unseen-books",
        Observed::FromReport => "course-note-unseen-report",
    };
    count(unseen, report.groups[0].course.n_unseen);
    lines.extend(gaps(report, words));
    if report.n_tested > 1 {
        lines.push(words.text("course-note-tests"));
    }
    lines
}

/// Whose observation breaks off, and when; nothing when nobody's does.
pub fn gaps(report: &CourseReport, words: &Words) -> Option<String> {
    let broken = |group: &CourseGroup| {
        let name = group_name(&group.name, report.by, words);
        Some(words.format("course-gap", &[("group", name.into()), ("day", group.course.gap?.into())]))
    };
    let broken: Vec<String> = report.groups.iter().filter_map(broken).collect();
    (!broken.is_empty()).then(|| words.format("course-note-gap", &[("groups", broken.join(", ").into())]))
}

/// Whether the groups differ, a line each; nothing without at least two groups.
pub fn tests(report: &CourseReport, words: &Words) -> Vec<String> {
    if report.n_tested < 2 {
        return Vec::new();
    }
    let tested = |group: &&CourseGroup| matches!(group.name, CourseName::Value(_));
    let is_broken = report.groups.iter().filter(tested).any(|group| group.course.gap.is_some());
    let line = |key: &str, name: String, test: Option<Test>| match test {
        Some(test) => words.format(
            key,
            &[
                ("name", name.into()),
                ("n", report.n_tested.into()),
                ("statistic", decimal(test.statistic, 1, words.lang()).into()),
                ("degrees", test.degrees.into()),
                ("p", probability(test.p, words.lang()).into()),
            ],
        ),
        None if key == "course-gray" && is_broken => {
            words.format("course-test-gap", &[("name", name.into())])
        }
        None => words.format("course-test-none", &[("name", name.into())]),
    };
    let by_cause =
        (0..N_CAUSES).map(|cause| line("course-gray", cause_name(cause, words), report.tests.gray[cause]));
    let ended = words.text("course-ended");
    by_cause.chain([line("course-log-rank", ended, report.tests.log_rank)]).collect()
}

/// `62 % (55–68)`; the value alone where its bounds are not known.
pub fn share(interval: Interval, words: &Words) -> String {
    let bound = |part: f64| decimal(part * 100.0, 0, words.lang());
    let bounds = |(low, high)| format!(" ({}–{})", bound(low), bound(high));
    let share = percent(interval.share, 0, words.lang());
    share + &interval.bounds().map_or_else(String::new, bounds)
}

/// Days with their bounds, `41 (35–52)`; where no upper bound is known, `186 (≥ 87)`.
pub fn days(median: Option<i32>, bounds: (Option<i32>, Option<i32>)) -> String {
    let bounds = match bounds {
        (Some(low), Some(high)) => format!("({low}–{high})"),
        (Some(low), None) => format!("(≥ {low})"),
        (None, _) => String::new(),
    };
    let median = median.map_or_else(|| "–".to_owned(), |days| days.to_string());
    format!("{median} {bounds}").trim_end().to_owned()
}

/// A whole number as people read it.
pub fn number(n: usize, words: &Words) -> String {
    words.number(i64::try_from(n).unwrap_or(i64::MAX))
}
