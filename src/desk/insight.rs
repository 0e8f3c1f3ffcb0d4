//! Clusters and rankings: the desk fills the plain inputs of the analysis from the books.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;

use crate::analysis::compare::{Comparison, compare};
use crate::analysis::consensus::consensus;
use crate::analysis::features::{Level, PRESETS, Preset, default_preset, preset};
use crate::analysis::notes::Argument;
use crate::analysis::{
    ClaimCase, ClusterError, Clustering, CompanyYear, Course, Method, Prepared, RankOptions, Ranking,
    Request, Watch, Which, claim_table, cluster, company_table, rank_companies,
};
use crate::base::calendar::slashed;
use crate::desk::Desk;
use crate::desk::consensus_text::TwoWays;
use crate::desk::error::DeskError;
use crate::desk::reading::Reading;
use crate::domain::clock::ClockMark;
use crate::domain::query::{self, Expr, Tongue};
use crate::domain::{Outcome, Period, Place, ProcessState, Programme, Refusal};
use crate::store::ClaimRow;

/// A span of months, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months {
    /// First.
    pub from: Period,
    /// Last.
    pub to: Period,
}

impl Months {
    /// The twelve complete months before the current one.
    pub fn last_twelve(today: Date) -> Months {
        let to = Period::of(today).plus(-1);
        Months { from: to.plus(-11), to }
    }

    /// How many, at least one.
    pub fn count(self) -> u32 {
        u32::try_from(self.to.since(self.from) + 1).unwrap_or(0).max(1)
    }

    fn contains(self, date: Date) -> bool {
        let month = Period::of(date);
        self.from <= month && month <= self.to
    }
}

impl Desk {
    /// Claims that pass a filter, as the analysis wants them; work accidents only.
    pub fn cases<'r>(
        &self,
        filter: &Expr,
        reading: impl Into<Reading<'r>>,
    ) -> Result<Vec<ClaimCase>, DeskError> {
        let mut cases = Vec::new();
        self.each_jkk_row(filter, reading.into(), &mut |row| cases.push((row.id, case_of(row))))?;
        // What was touched last comes last from the store; the same claims give the same groups whatever was touched.
        cases.sort_unstable_by_key(|(id, _)| *id);
        Ok(cases.into_iter().map(|(_, case)| case).collect())
    }

    pub(in crate::desk) fn each_jkk_row(
        &self,
        filter: &Expr,
        reading: Reading<'_>,
        take: &mut dyn FnMut(&ClaimRow),
    ) -> Result<(), DeskError> {
        self.view().for_each_row(filter, self.today(), reading.cancel, reading.progress, &mut |row| {
            if row.programme == Programme::Jkk {
                take(&row);
            }
        })?;
        reading.check()
    }

    /// The companies of the register by NPP with the headcount of some months, still without claims.
    pub(in crate::desk) fn companies_over(
        &self,
        months: Months,
    ) -> Result<BTreeMap<String, CompanyYear>, DeskError> {
        let mut years: BTreeMap<String, CompanyYear> = BTreeMap::new();
        for company in self.view().companies()? {
            let worker_months = company.worker_months(months.from, months.to);
            let year = CompanyYear {
                npp: company.npp.as_str().to_owned(),
                company: company.name.clone(),
                group: (!company.group.is_empty()).then(|| company.group.clone()),
                segment: Some(company.segment.code().to_owned()),
                risk_group: company.at(months.to).map(|entry| entry.risk_group.code().to_owned()),
                business_group: (company.business_group > 0).then(|| company.business_group.to_string()),
                exposure: worker_years(worker_months),
                ..CompanyYear::default()
            };
            years.insert(year.npp.clone(), year);
        }
        Ok(years)
    }

    /// Companies over some months: claims by event date beside the headcount of the same months.
    pub fn company_years<'r>(
        &self,
        months: Months,
        reading: impl Into<Reading<'r>>,
    ) -> Result<Vec<CompanyYear>, DeskError> {
        let mut years = self.companies_over(months)?;
        // Claims of one company, date and hour are one event; it is a traffic event when any of them is.
        let mut events: BTreeMap<(String, Date, Option<u8>), bool> = BTreeMap::new();
        let everything = Expr::All;
        self.each_jkk_row(&everything, reading.into(), &mut |row| {
            let counts = months.contains(row.event_date)
                && !row.npp.is_empty()
                && !matches!(row.status, ProcessState::Rejected | ProcessState::Cancelled);
            if counts {
                let event = (row.npp.clone(), row.event_date, row.event_hour);
                *events.entry(event).or_default() |= is_traffic(row);
                count(years.entry(row.npp.clone()).or_default(), row);
            }
        })?;
        for ((npp, ..), traffic) in events {
            let year = years.entry(npp).or_default();
            year.events += 1;
            year.events_traffic += u32::from(traffic);
        }
        Ok(years.into_values().collect())
    }

    /// Ranks companies by claim rate over some months.
    pub fn rank<'r>(
        &self,
        months: Months,
        options: RankOptions,
        reading: impl Into<Reading<'r>>,
    ) -> Result<Ranking, DeskError> {
        Ok(rank_companies(&self.company_years(months, reading)?, options))
    }

    /// The table of the claims that pass a filter, before they are grouped.
    pub fn prepared_claims<'r>(
        &self,
        filter: &Expr,
        preset_name: Option<&str>,
        request: Request,
        reading: impl Into<Reading<'r>>,
    ) -> Result<Prepared, DeskError> {
        let chosen = preset_of(Level::Claim, preset_name, request)?;
        Ok(claim_table(&self.cases(filter, reading)?, chosen, self.today()))
    }

    /// The table of the companies of the last twelve complete months, before they are grouped.
    pub fn prepared_companies(
        &self,
        preset_name: Option<&str>,
        request: Request,
        cancel: &AtomicBool,
    ) -> Result<Prepared, DeskError> {
        let chosen = preset_of(Level::Company, preset_name, request)?;
        let years = self.company_years(Months::last_twelve(self.today()), cancel)?;
        Ok(company_table(&years, chosen))
    }

    /// Groups claims that pass a filter.
    pub fn cluster_claims(
        &self,
        filter: &Expr,
        preset_name: Option<&str>,
        request: Request,
        watch: Watch<'_>,
        cancel: &AtomicBool,
    ) -> Result<Clustering, DeskError> {
        run(&self.prepared_claims(filter, preset_name, request, cancel)?, request, watch)
    }

    /// Groups the claims that pass a filter by how they run (k-means) and by what happened (k-modes), each with the preset
    /// of its method, and tells how far the two agree.
    pub fn two_ways(&self, filter: &Expr, request: Request) -> Result<TwoWays, DeskError> {
        let cases = self.cases(filter, &AtomicBool::new(false))?;
        let way = |method| -> Result<(Clustering, Vec<String>), DeskError> {
            let asked = Request { method, ..request };
            let prepared = claim_table(&cases, preset_of(Level::Claim, None, asked)?, self.today());
            let found = run(&prepared, asked, Watch::silent())?;
            Ok((found, prepared.table.ids().to_vec()))
        };
        let (course, in_course) = way(Method::KMeans)?;
        let (circumstances, in_circumstances) = way(Method::KModes)?;
        match consensus((&course, &in_course), (&circumstances, &in_circumstances)) {
            Some(consensus) => Ok(TwoWays { course, circumstances, consensus }),
            None => Err(DeskError::Analysis { key: "consensus-none", reason: String::new() }),
        }
    }

    /// Groups the claims that pass the first filter, and puts those that pass the second beside them.
    pub fn compare_claims(
        &self,
        here: &Expr,
        there: &Expr,
        preset_name: Option<&str>,
        request: Request,
    ) -> Result<Comparison, DeskError> {
        let silent = AtomicBool::new(false);
        let mut cases = self.cases(here, &silent)?;
        let first: BTreeSet<String> = cases.iter().map(|case| case.claim_no.clone()).collect();
        let others = self.cases(there, &silent)?;
        let n_both = others.iter().filter(|case| first.contains(&case.claim_no)).count();
        if n_both > 0 {
            return Err(Refusal::new("compare-overlap").with("n", n_both).into());
        }
        cases.extend(others);
        let prepared = claim_table(&cases, preset_of(Level::Claim, preset_name, request)?, self.today());
        let is_here: Vec<bool> = prepared.table.ids().iter().map(|id| first.contains(id)).collect();
        compare(&prepared, &is_here, request, Watch::silent()).map_err(|error| refused(&prepared, error))
    }

    /// Groups companies of the last twelve complete months.
    pub fn cluster_companies(
        &self,
        preset_name: Option<&str>,
        request: Request,
        watch: Watch<'_>,
        cancel: &AtomicBool,
    ) -> Result<Clustering, DeskError> {
        run(&self.prepared_companies(preset_name, request, cancel)?, request, watch)
    }

    /// The claims filter of everything, for callers that have none.
    pub fn everything(&self) -> Expr {
        query::parse("", self.today()).expect("the empty filter is well formed")
    }
}

/// The filter of the claims that a company's line in the ranking counts: of the twelve complete months, in the ranking's
/// choice, without those that were rejected or cancelled.
pub fn ranked_claims(npp: &str, which: Which, today: Date, tongue: Tongue) -> String {
    let months = Months::last_twelve(today);
    let text = format!("npp = {npp} dan {}", counted_claims(months, which));
    // A number that is no NPP cannot be asked for; then the words are looked for.
    query::parse(&text, today).map_or(text, |filter| filter.display(tongue))
}

/// The filter of the claims that count in a ranking of some months, in Indonesian.
pub(in crate::desk) fn counted_claims(months: Months, which: Which) -> String {
    let (from, to) = (slashed(months.from.first_day()), slashed(months.to.last_day()));
    let place = match which {
        Which::All => "",
        Which::WithoutTraffic => " dan bukan tempat = lalu_lintas",
        Which::Traffic => " dan tempat = lalu_lintas",
    };
    format!(
        "program = jkk dan kejadian >= {from} dan kejadian <= {to} \
         dan status != ditolak dan status != batal{place}"
    )
}

/// Runs a clustering on a prepared table.
pub fn run(prepared: &Prepared, request: Request, watch: Watch<'_>) -> Result<Clustering, DeskError> {
    cluster(prepared, request, watch).map_err(|error| refused(prepared, error))
}

/// Why there are no groups. Where no row is left, what became of them is said instead of that there is nothing.
fn refused(prepared: &Prepared, error: ClusterError) -> DeskError {
    if !matches!(error, ClusterError::Nothing) || prepared.table.n_rows() > 0 {
        return analysis_error(error);
    }
    let is_of_claims = prepared.preset.is_some_and(|preset| preset.level == Level::Claim);
    match nothing_left(prepared) {
        Some(refusal) => refusal.into(),
        None if is_of_claims => Refusal::new("groups-no-claims").into(),
        None => analysis_error(error),
    }
}

/// Why no row is left, where there were some: their numbers are not finished, or they have no headcount.
fn nothing_left(prepared: &Prepared) -> Option<Refusal> {
    let keys = [
        ("analysis-note-immature", "groups-immature"),
        ("analysis-note-no-headcount", "groups-no-headcount"),
    ];
    let (note, code) = prepared
        .notes
        .iter()
        .find_map(|note| Some((note, keys.iter().find(|(key, _)| *key == note.key)?.1)))?;
    let counts = note.arguments.iter().filter_map(|(name, argument)| match argument {
        Argument::Count(n) => Some((*name, n)),
        _ => None,
    });
    Some(counts.fold(Refusal::new(code), |refusal, (name, n)| refusal.with(name, n)))
}

fn analysis_error(error: ClusterError) -> DeskError {
    match error {
        ClusterError::Cancelled(_) => DeskError::Cancelled,
        other => DeskError::Analysis { key: other.key(), reason: other.to_string() },
    }
}

fn preset_of(level: Level, name: Option<&str>, request: Request) -> Result<&'static Preset, DeskError> {
    match name {
        None => Ok(default_preset(level, request.method.takes())),
        Some(name) => {
            let known = PRESETS.iter().filter(|preset| preset.level == level).map(|preset| preset.name);
            let unknown = || {
                let refusal = Refusal::new("preset-unknown").with("preset", name);
                refusal.with("choices", known.collect::<Vec<_>>().join(", ")).into()
            };
            preset(level, name).ok_or_else(unknown)
        }
    }
}

/// Worker-months as years.
fn worker_years(months: u64) -> f64 {
    let whole = u32::try_from(months.min(u64::from(u32::MAX))).unwrap_or(u32::MAX);
    f64::from(whole) / 12.0
}

fn is_traffic(row: &ClaimRow) -> bool {
    row.place == Some(Place::Traffic)
}

fn count(year: &mut CompanyYear, row: &ClaimRow) {
    if year.npp.is_empty() {
        year.npp = row.npp.clone();
        year.company = row.company.clone();
        year.segment = Some(row.segment.code().to_owned());
    }
    year.claims += 1;
    year.claims_traffic += u32::from(is_traffic(row));
    if row.status == ProcessState::Closed {
        year.closed += 1;
        year.closed_rupiah += row.paid.get();
        year.closed_days_off += u64::from(row.days_off.unwrap_or(0));
    }
    year.recovered += u32::from(row.outcome == Some(Outcome::Sembuh));
    year.under_treatment += u32::from(row.outcome == Some(Outcome::Berobat));
}

fn case_of(row: &ClaimRow) -> ClaimCase {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let code = |code: Option<&'static str>| code.map(str::to_owned);
    let lag = |from: Option<Date>, to: Option<Date>| Some((to? - from?).get_days());
    ClaimCase {
        claim_no: row.claim_no.clone(),
        npp: text(&row.npp),
        company: text(&row.company),
        facility: text(&row.facility),
        place: code(row.place.map(|value| value.code())),
        kind: code(row.accident_type.map(|value| value.code())),
        source: code(row.source.map(|value| value.code())),
        body_part: code(row.body_part.map(|value| value.code())),
        time_band: code(row.event_band().map(|value| value.code())),
        segment: Some(row.segment.code().to_owned()),
        outcome: code(row.outcome.map(|value| value.code())),
        course: row.outcome.map(course),
        days_to_report: match row.stage_one {
            ClockMark::None => None,
            _ => lag(Some(row.event_date), row.reported_date),
        },
        days_to_complete: lag(row.reported_date, row.complete_date),
        days_to_pay: lag(row.complete_date, row.paid_date).filter(|days| *days >= 0),
        days_off: row.days_off.map(i32::from),
        paid_or_determined_rupiah: if row.paid.is_zero() { row.determined.get() } else { row.paid.get() },
        closed: row.status == ProcessState::Closed,
        event_date: row.event_date,
    }
}

fn course(outcome: Outcome) -> Course {
    match outcome {
        Outcome::Sembuh => Course::Recovered,
        Outcome::Berobat => Course::UnderTreatment,
        Outcome::CacatAnatomis | Outcome::CacatFungsi | Outcome::CacatTotal => Course::Disabled,
        Outcome::Meninggal => Course::Dead,
    }
}
