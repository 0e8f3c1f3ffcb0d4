//! `santun course`: who recovers, who stays disabled, who dies, and how long treatment lasts.

use std::ops::RangeInclusive;
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use crate::analysis::course::{LONG_MONTHS, N_CAUSES};
use crate::analysis::rates::Test;
use crate::base::calendar::iso;
use crate::cli::args::{CourseArgs, CourseByName, Format, ObservedName};
use crate::cli::ask;
use crate::cli::commands::report::Over;
use crate::cli::commands::svg;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::progress;
use crate::cli::session::Session;
use crate::desk::Reading;
use crate::desk::charts::course_chart;
use crate::desk::course::{CourseBy, CourseGroup, CourseReport, CourseWish, Observed};
use crate::desk::course_text::{self, CAUSES, cause_name, group_name};
use crate::domain::Rupiah;
use crate::words::Words;

/// Days a chart shows at least.
const LEAST_HORIZON: i32 = 365;

/// Groups that can be asked for: the tests between them take the third power of their number.
const LIMITS: RangeInclusive<usize> = 1..=50;

/// Tells the course.
pub fn run(session: &Session, args: &CourseArgs, out: &mut Output) -> Result<Exit, CliError> {
    if !LIMITS.contains(&args.limit) {
        let (from, to) = (LIMITS.start(), LIMITS.end());
        return Err(session.usage("course-bad-limit", &[("from", (*from).into()), ("to", (*to).into())]));
    }
    let desk = session.desk_to_read()?;
    let filter = ask::filter(session, &args.filter, desk.today())?;
    let wish = CourseWish { by: args.by.map(by), observed: observed(args.observed), most_groups: args.limit };
    let never = AtomicBool::new(false);
    let report = progress::told(session, |hear| desk.course(&filter, wish, Reading::new(&never, hear)))?;
    let at: Vec<i32> = args.at.iter().map(|day| i32::from(*day)).collect();
    match args.format {
        Format::Json => out.json(&to_json(&report, &at, &session.words))?,
        Format::Csv => out.list(&csv(&report, &at, &session.words), Format::Csv)?,
        Format::Table => table(session, &report, &at, out)?,
    }
    if let Some(path) = &args.svg {
        let horizon = at.iter().copied().fold(LEAST_HORIZON, i32::max);
        svg::write(
            session,
            path,
            Over::of(args.force),
            &[course_chart(&report, 0, horizon, &session.words)],
        )?;
    }
    Ok(Exit::Done)
}

fn by(name: CourseByName) -> CourseBy {
    match name {
        CourseByName::Diagnosis => CourseBy::Diagnosis,
        CourseByName::BodyPart => CourseBy::BodyPart,
        CourseByName::Facility => CourseBy::Facility,
        CourseByName::Company => CourseBy::Company,
        CourseByName::Kind => CourseBy::Kind,
        CourseByName::Place => CourseBy::Place,
        CourseByName::Year => CourseBy::Year,
    }
}

fn observed(name: ObservedName) -> Observed {
    match name {
        ObservedName::Books => Observed::FromBooks,
        ObservedName::Report => Observed::FromReport,
    }
}

fn table(session: &Session, report: &CourseReport, at: &[i32], out: &mut Output) -> Result<(), CliError> {
    let words = &session.words;
    out.line(&course_text::head(report, words))?;
    if report.groups[0].course.n_cases == 0 {
        return out.line(&words.text("course-nothing"));
    }
    out.line("")?;
    out.list(&shares(report, at, words), Format::Table)?;
    out.line("")?;
    out.list(&treatment(report, words), Format::Table)?;
    let costs = costs(report, words);
    if let Some(costs) = costs {
        out.line("")?;
        out.list(&costs, Format::Table)?;
    }
    out.line("")?;
    for line in course_text::tests(report, words).iter().chain(&course_text::notes(report, words)) {
        out.line(line)?;
    }
    Ok(())
}

fn name(report: &CourseReport, group: &CourseGroup, words: &Words) -> String {
    group_name(&group.name, report.by, words)
}

/// Shares ended by each way, with bounds, on the days asked for.
fn shares(report: &CourseReport, at: &[i32], words: &Words) -> List {
    let heads = ["course-group", "course-outcome", "course-count"].map(|key| words.text(key));
    let days = at.iter().map(|day| words.format("course-at", &[("n", (*day).into())]));
    let mut list = List::new(heads.into_iter().chain(days)).right(2..3 + at.len()).whole(3..3 + at.len());
    for group in &report.groups {
        for cause in 0..N_CAUSES {
            let first = if cause == 0 { name(report, group, words) } else { String::new() };
            let n_ended = course_text::number(group.course.n_ended[cause], words);
            let curve = group.course.incidence.get(cause);
            let share = |day: &i32| {
                let step = curve.and_then(|curve| curve.at(*day));
                step.map_or_else(|| "–".to_owned(), |step| course_text::share(step.interval(), words))
            };
            list.push(
                [first, cause_name(cause, words), n_ended].into_iter().chain(at.iter().map(share)).collect(),
            );
        }
    }
    list
}

/// How long treatment lasts, and who is still under it.
fn treatment(report: &CourseReport, words: &Words) -> List {
    let heads = ["course-group", "course-cases", "course-open"].map(|key| words.text(key));
    let long = LONG_MONTHS.map(|months| words.format("course-over", &[("n", months.into())]));
    let median = words.text("course-median");
    let mut list = List::new(heads.into_iter().chain(long).chain([median])).right(1..7).whole([6]);
    for group in &report.groups {
        let course = &group.course;
        let counts = [course.n_cases, course.n_open].into_iter().chain(course.n_long);
        let counts = counts.map(|n| course_text::number(n, words));
        let median = course_text::days(course.survival.median(), course.survival.median_bounds());
        list.push([name(report, group, words)].into_iter().chain(counts).chain([median]).collect());
    }
    list
}

/// What closed cases cost; nothing when none is closed.
fn costs(report: &CourseReport, words: &Words) -> Option<List> {
    let heads =
        ["course-group", "course-outcome", "course-closed", "course-mean", "course-half", "course-p90"];
    let mut list = List::new(heads.map(|key| words.text(key))).right(2..6);
    let mut is_any = false;
    for group in &report.groups {
        let mut first = name(report, group, words);
        for (cause, cost) in group.course.costs.iter().enumerate() {
            let Some(cost) = cost else { continue };
            let rupiah = |amount: i64| Rupiah::new(amount).grouped();
            list.push(vec![
                std::mem::take(&mut first),
                cause_name(cause, words),
                course_text::number(cost.n_cases, words),
                rupiah(cost.mean),
                rupiah(cost.median),
                rupiah(cost.p90),
            ]);
            is_any = true;
        }
    }
    is_any.then_some(list)
}

/// For spreadsheets: a group, an outcome and a day a line, shares as parts of one.
fn csv(report: &CourseReport, at: &[i32], words: &Words) -> List {
    let heads = ["group", "outcome", "day", "cases", "ended", "open", "share", "low", "high", "mean_cost"];
    let mut list = List::new(heads.map(str::to_owned));
    for group in &report.groups {
        let course = &group.course;
        for (cause, outcome) in CAUSES.iter().enumerate() {
            for day in at {
                let step = course.incidence.get(cause).and_then(|curve| curve.at(*day));
                let interval = step.map(|step| step.interval());
                let bounds = interval.and_then(|interval| interval.bounds());
                let part = |part: Option<f64>| part.map_or_else(String::new, |part| format!("{part:.6}"));
                list.push(vec![
                    name(report, group, words),
                    (*outcome).to_owned(),
                    day.to_string(),
                    course.n_cases.to_string(),
                    course.n_ended[cause].to_string(),
                    course.n_open.to_string(),
                    part(interval.map(|interval| interval.share)),
                    part(bounds.map(|(low, _)| low)),
                    part(bounds.map(|(_, high)| high)),
                    course.costs[cause].map_or_else(String::new, |cost| cost.mean.to_string()),
                ]);
            }
        }
    }
    list
}

fn to_json(report: &CourseReport, at: &[i32], words: &Words) -> Value {
    json!({
        "until": iso(report.until),
        "by": report.by.map(CourseBy::name),
        "left_out": { "void": report.n_void, "undated": report.n_undated, "unseen": report.groups[0].course.n_unseen },
        "groups": report.groups.iter().map(|group| group_json(report, group, at, words)).collect::<Vec<_>>(),
        "tests": {
            "groups": report.n_tested,
            "recovered": report.tests.gray[0].map(test_json),
            "disabled": report.tests.gray[1].map(test_json),
            "dead": report.tests.gray[2].map(test_json),
            "end_of_treatment": report.tests.log_rank.map(test_json),
        },
    })
}

fn test_json(test: Test) -> Value {
    json!({ "chi_square": test.statistic, "degrees": test.degrees, "p": test.p })
}

fn group_json(report: &CourseReport, group: &CourseGroup, at: &[i32], words: &Words) -> Value {
    let course = &group.course;
    let outcomes: Vec<Value> = (0..N_CAUSES)
        .map(|cause| {
            let share = |day: &i32| {
                let interval = course.incidence.get(cause)?.at(*day)?.interval();
                let (low, high) = interval.bounds().unzip();
                Some(json!({ "day": day, "share": interval.share, "low": low, "high": high }))
            };
            let cost = course.costs[cause].map(|cost| {
                json!({ "cases": cost.n_cases, "mean": cost.mean, "median": cost.median, "p90": cost.p90 })
            });
            json!({
                "outcome": CAUSES[cause],
                "cases": course.n_ended[cause],
                "shares": at.iter().filter_map(share).collect::<Vec<_>>(),
                "cost": cost,
            })
        })
        .collect();
    let (low, high) = course.survival.median_bounds();
    json!({
        "name": name(report, group, words),
        "cases": course.n_cases,
        "open": course.n_open,
        "open_6_months": course.n_long[0],
        "open_12_months": course.n_long[1],
        "open_24_months": course.n_long[2],
        "median_days": course.survival.median(),
        "median_low": low,
        "median_high": high,
        "observed_until_day": course.gap,
        "outcomes": outcomes,
    })
}
