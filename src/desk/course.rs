//! *Sembuh–berobat*: how work accident cases go on. The desk fills the plain days of the analysis from the books.
//!
//! A case begins on its event date. When its last outcome is final it ends by the date of this, or of its closing where the
//! outcome has no date; a case under treatment is followed up to today. Rejected and cancelled cases are left out. These books hold what was still open when they
//! began: a case of an earlier event is observed from their first day on.

use std::collections::BTreeMap;

use jiff::Unit;
use jiff::civil::Date;

use crate::analysis::course::{Case, Followed, GroupCourse, N_CAUSES, Tests, tests};
use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::desk::reading::Reading;
use crate::domain::query::Expr;
use crate::domain::{Outcome, ProcessState};
use crate::store::ClaimRow;

/// By what cases are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CourseBy {
    /// ICD-10 category: the first three characters.
    Diagnosis,
    /// Injured part of the body.
    BodyPart,
    /// Treating facility.
    Facility,
    /// Company.
    Company,
    /// Type of the accident, *corak*.
    Kind,
    /// Where it happened.
    Place,
    /// Year of the event.
    Year,
}

/// From when a case is observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Observed {
    /// From its event, or from the first day of these books when they begin later.
    #[default]
    FromBooks,
    /// From its report: what ended before it was reported is left out.
    FromReport,
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct CourseWish {
    /// By what cases are compared, if at all.
    pub by: Option<CourseBy>,
    /// From when a case is observed.
    pub observed: Observed,
    /// Groups shown by themselves at most.
    pub most_groups: usize,
}

impl Default for CourseWish {
    fn default() -> CourseWish {
        CourseWish { by: None, observed: Observed::FromBooks, most_groups: 8 }
    }
}

/// Whose course it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CourseName {
    /// All cases.
    All,
    /// Those with this value, a code or a name.
    Value(String),
    /// Those of groups that are too small or too many.
    Other,
    /// Those of which the value is not known.
    Unknown,
}

/// A group and its course.
#[derive(Debug, Clone)]
pub struct CourseGroup {
    /// Whose.
    pub name: CourseName,
    /// How it goes.
    pub course: GroupCourse,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct CourseReport {
    /// By what cases are compared.
    pub by: Option<CourseBy>,
    /// From when a case is observed.
    pub observed: Observed,
    /// The day up to which open cases are followed.
    pub until: Date,
    /// All cases first, then the groups, the largest first, then the rest.
    pub groups: Vec<CourseGroup>,
    /// Whether the named groups differ.
    pub tests: Tests,
    /// Groups that were tested.
    pub n_tested: usize,
    /// Rejected or cancelled cases, left out.
    pub n_void: usize,
    /// Cases whose end has no date or one before the event, left out.
    pub n_undated: usize,
}

/// Fewer cases than this are no group of their own.
const LEAST_CASES: usize = 10;

impl CourseBy {
    /// Everything by which cases can be compared.
    pub const ALL: [CourseBy; 7] = [
        CourseBy::Diagnosis,
        CourseBy::BodyPart,
        CourseBy::Facility,
        CourseBy::Company,
        CourseBy::Kind,
        CourseBy::Place,
        CourseBy::Year,
    ];

    /// Its name in JSON, in CSV and in the keys of its words.
    pub fn name(self) -> &'static str {
        match self {
            CourseBy::Diagnosis => "diagnosis",
            CourseBy::BodyPart => "body_part",
            CourseBy::Facility => "facility",
            CourseBy::Company => "company",
            CourseBy::Kind => "kind",
            CourseBy::Place => "place",
            CourseBy::Year => "year",
        }
    }

    fn value(self, row: &ClaimRow) -> Option<String> {
        let code = |code: Option<&'static str>| code.map(str::to_owned);
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        match self {
            CourseBy::Diagnosis => text(&row.icd10).map(|icd10| icd10.chars().take(3).collect()),
            CourseBy::BodyPart => code(row.body_part.map(|value| value.code())),
            CourseBy::Facility => text(&row.facility),
            CourseBy::Company => text(&row.company),
            CourseBy::Kind => code(row.accident_type.map(|value| value.code())),
            CourseBy::Place => code(row.place.map(|value| value.code())),
            CourseBy::Year => Some(row.event_date.year().to_string()),
        }
    }
}

/// Cases as they are read, each with the number of its value.
#[derive(Default)]
struct Gathered {
    followed: Vec<Followed>,
    values: BTreeMap<Option<String>, usize>,
    n_void: usize,
    n_undated: usize,
}

impl Desk {
    /// The course of the cases that pass a filter.
    pub fn course<'r>(
        &self,
        filter: &Expr,
        wish: CourseWish,
        reading: impl Into<Reading<'r>>,
    ) -> Result<CourseReport, DeskError> {
        let (today, begun) = (self.today(), self.first_day());
        let mut gathered = Gathered::default();
        self.each_jkk_row(filter, reading.into(), &mut |row| {
            if matches!(row.status, ProcessState::Rejected | ProcessState::Cancelled) {
                gathered.n_void += 1;
                return;
            }
            let Some(followed) = followed(row, today, begun, wish.observed) else {
                gathered.n_undated += 1;
                return;
            };
            let value = wish.by.and_then(|by| by.value(row));
            let next = gathered.values.len();
            let group = *gathered.values.entry(value).or_insert(next);
            let case = Case { group, ..followed.case };
            gathered.followed.push(Followed { case, ..followed });
        })?;
        Ok(gathered.report(wish, today))
    }

    /// The first day of these books, imported history counted.
    fn first_day(&self) -> Date {
        let view = self.view();
        let earliest = view.month_sums().into_keys().map(|(month, ..)| month).min();
        earliest.map_or(view.office().begun, |month| month.min(view.office().begun)).first_day()
    }
}

impl Gathered {
    fn report(self, wish: CourseWish, until: Date) -> CourseReport {
        let mut groups = vec![CourseGroup { name: CourseName::All, course: GroupCourse::of(&self.followed) }];
        let mut tests_found = Tests::default();
        let mut n_tested = 0;
        if wish.by.is_some() {
            let mut sizes = vec![0_usize; self.values.len()];
            self.followed.iter().for_each(|followed| sizes[followed.case.group] += 1);
            // The largest first; of equal ones the first by name.
            let mut named: Vec<(&String, usize)> =
                self.values.iter().filter_map(|(value, group)| Some((value.as_ref()?, *group))).collect();
            named.sort_by_key(|(name, group)| (std::cmp::Reverse(sizes[*group]), *name));
            named.retain(|(_, group)| sizes[*group] >= LEAST_CASES);
            named.truncate(wish.most_groups);
            n_tested = named.len();
            let unknown = self.values.get(&None).copied();
            // Places of the shown groups; the rest, then what is not known, stand behind them.
            let place = |group: usize| match named.iter().position(|(_, shown)| *shown == group) {
                Some(place) => place,
                None if Some(group) == unknown => n_tested + 1,
                None => n_tested,
            };
            let places: Vec<usize> = (0..sizes.len()).map(place).collect();
            let mut parts: Vec<Vec<Followed>> = vec![Vec::new(); n_tested + 2];
            for followed in &self.followed {
                let group = places[followed.case.group];
                parts[group].push(Followed { case: Case { group, ..followed.case }, ..*followed });
            }
            let names = named.iter().map(|(name, _)| CourseName::Value((*name).clone()));
            let names = names.chain([CourseName::Other, CourseName::Unknown]);
            let shown = names.zip(&parts).filter(|(_, part)| !part.is_empty());
            groups.extend(shown.map(|(name, part)| CourseGroup { name, course: GroupCourse::of(part) }));
            tests_found = tests(&parts[..n_tested].concat(), n_tested);
        }
        CourseReport {
            by: wish.by,
            observed: wish.observed,
            until,
            groups,
            tests: tests_found,
            n_tested,
            n_void: self.n_void,
            n_undated: self.n_undated,
        }
    }
}

/// A claim's days; nothing where they cannot be told.
fn followed(row: &ClaimRow, today: Date, begun: Date, observed: Observed) -> Option<Followed> {
    let days = |date: Date| (date - row.event_date).get_days();
    let ending = row.outcome.and_then(cause_of);
    let ended_on = match ending {
        Some(_) => Some(row.outcome_date.or(row.ended_date)?),
        None => None,
    };
    // What will have ended is not known today.
    let ended = ending.zip(ended_on).filter(|(_, date)| *date <= today);
    let exit = days(ended.map_or(today, |(_, date)| date));
    if exit < 0 {
        return None;
    }
    let first_seen = match observed {
        Observed::FromBooks => begun,
        Observed::FromReport => row.reported_date.unwrap_or(begun).max(begun),
    };
    let entry = Some(days(first_seen) - 1).filter(|entry| *entry >= 0);
    let open_months = match ended {
        Some(_) => None,
        None => row.event_date.until((Unit::Month, today)).ok().map(|span| span.get_months()),
    };
    let cost = (ended.is_some() && row.status == ProcessState::Closed).then(|| row.paid.get());
    let case = Case { entry, exit, cause: ended.map(|(cause, _)| cause), group: 0 };
    Some(Followed { case, open_months, cost })
}

/// The place of a final outcome among the curves.
fn cause_of(outcome: Outcome) -> Option<usize> {
    match outcome {
        Outcome::Sembuh => Some(0),
        Outcome::CacatAnatomis | Outcome::CacatFungsi | Outcome::CacatTotal => Some(1),
        Outcome::Meninggal => Some(N_CAUSES - 1),
        Outcome::Berobat => None,
    }
}
