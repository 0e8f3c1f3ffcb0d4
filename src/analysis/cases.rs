//! Plain claims and companies, as the desk fills them from its store, and the tables made of them.

use super::features::{FEATURES, Kind, Level, Maturity, Preset};
use super::notes::{Argument, Note};
use super::rates::{self, GammaPrior};
use super::table::{CategoryColumn, NumberColumn, Role, Table, Unit};
use jiff::ToSpan;
use jiff::civil::Date;

/// How far a case has come, for the recovered / under treatment shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Course {
    /// *Sembuh*.
    Recovered,
    /// *Berobat*.
    UnderTreatment,
    /// *Cacat*, of any kind.
    Disabled,
    /// *Meninggal*.
    Dead,
}

/// One claim with what an analysis may look at. Categories are short labels; `None` means not known.
#[derive(Clone, Debug)]
pub struct ClaimCase {
    /// The claim's number, the id of its row.
    pub claim_no: String,
    /// NPP of the company.
    pub npp: Option<String>,
    /// Name of the company.
    pub company: Option<String>,
    /// Treating facility.
    pub facility: Option<String>,
    /// In the workplace, outside it, or in traffic.
    pub place: Option<String>,
    /// Type of the accident, *corak*.
    pub kind: Option<String>,
    /// Source of the injury.
    pub source: Option<String>,
    /// Injured part of the body.
    pub body_part: Option<String>,
    /// Part of the day.
    pub time_band: Option<String>,
    /// PU, BPU, Jakon or PMI.
    pub segment: Option<String>,
    /// Final or present condition, *kondisi akhir*.
    pub outcome: Option<String>,
    /// The same condition, sorted for the shares.
    pub course: Option<Course>,
    /// Days from the event to the report.
    pub days_to_report: Option<i32>,
    /// Days from the report to complete papers.
    pub days_to_complete: Option<i32>,
    /// Days from complete papers to the last payment.
    pub days_to_pay: Option<i32>,
    /// Days off work.
    pub days_off: Option<i32>,
    /// Rupiah paid, or determined where nothing is paid yet.
    pub paid_or_determined_rupiah: i64,
    /// Whether the case is closed with its final cost: a final outcome and nothing waiting. A rejected or cancelled
    /// case has none.
    pub closed: bool,
    /// Day of the accident or diagnosis.
    pub event_date: Date,
}

/// One company (one NPP) in a time span, with the headcount of the same months.
#[derive(Clone, Debug, Default)]
pub struct CompanyYear {
    /// NPP.
    pub npp: String,
    /// Name.
    pub company: String,
    /// The name that several NPPs of one owner share.
    pub group: Option<String>,
    /// PU, BPU, Jakon or PMI.
    pub segment: Option<String>,
    /// JKK risk group.
    pub risk_group: Option<String>,
    /// The regulator's business group, 1 to 9.
    pub business_group: Option<String>,
    /// Worker-years; 0 when the headcount is not known.
    pub exposure: f64,
    /// Claims with an event in the span.
    pub claims: u32,
    /// Of these, in traffic.
    pub claims_traffic: u32,
    /// Events: claims of one company, date and hour are one.
    pub events: u32,
    /// Of these, in traffic.
    pub events_traffic: u32,
    /// Claims closed with their final cost.
    pub closed: u32,
    /// What the closed claims cost, in rupiah.
    pub closed_rupiah: i64,
    /// Days off work of the closed claims.
    pub closed_days_off: u64,
    /// Claims that ended recovered.
    pub recovered: u32,
    /// Claims still under treatment.
    pub under_treatment: u32,
}

/// A table with what else its profile needs.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The rows.
    pub table: Table,
    /// How far each row's case has come; empty for companies.
    pub courses: Vec<Option<Course>>,
    /// Which preset chose the features; none for a table from elsewhere.
    pub preset: Option<&'static Preset>,
    /// What was left out, and why.
    pub notes: Vec<Note>,
}

impl Prepared {
    /// A table from elsewhere, such as a file.
    pub fn plain(table: Table, notes: Vec<Note>) -> Self {
        Self { table, courses: Vec::new(), preset: None, notes }
    }
}

/// How far back an event must lie before its numbers count as finished.
const MATURE_MONTHS: i32 = 12;

/// The table of claims for a preset, as of a day.
///
/// When a feature of the preset grows while a case is open, only mature cases become rows: closed, with an
/// event at least twelve months before. The number left out is in the notes. Otherwise all cases are rows and
/// unfinished numbers are missing from the profile.
pub fn claim_table(cases: &[ClaimCase], preset: &'static Preset, as_of: Date) -> Prepared {
    let horizon = as_of.saturating_sub(MATURE_MONTHS.months());
    let is_mature = |case: &ClaimCase| case.closed && case.event_date <= horizon;
    let needs_mature = FEATURES.iter().any(|feature| {
        feature.level == Level::Claim
            && preset.features.contains(&feature.name)
            && matches!(feature.kind, Kind::Number { maturity: Maturity::WhenClosed, .. })
    });
    let rows: Vec<&ClaimCase> = cases.iter().filter(|case| !needs_mature || is_mature(case)).collect();
    let mut notes = vec![chosen(preset)];
    if rows.len() < cases.len() {
        let n_open = cases.iter().filter(|case| !case.closed).count();
        notes.push(
            Note::new("analysis-note-immature")
                .with("left", Argument::Count(cases.len() - rows.len()))
                .with("open", Argument::Count(n_open))
                .with("young", Argument::Count(cases.len() - rows.len() - n_open)),
        );
    }
    let mut table = Table::new(rows.iter().map(|case| case.claim_no.clone()).collect());
    for feature in FEATURES.iter().filter(|feature| feature.level == Level::Claim) {
        let role = role_in(preset, feature.name);
        match feature.kind {
            Kind::Category => {
                let texts = rows.iter().map(|case| claim_category(case, feature.name));
                table.add_categories(CategoryColumn::from_texts(feature.name, role, texts))
            }
            Kind::Number { unit, shape, maturity } => {
                let known = |case: &ClaimCase| maturity == Maturity::FromTheStart || is_mature(case);
                let value = |case: &&ClaimCase| {
                    if known(case) { claim_number(case, feature.name) } else { f64::NAN }
                };
                let values = rows.iter().map(value).collect();
                table.add_numbers(NumberColumn { name: feature.name.into(), values, unit, shape, role })
            }
        }
        .expect("the features have one value a row and names of their own");
    }
    table
        .set_money(rows.iter().map(|case| case.paid_or_determined_rupiah).collect())
        .expect("one amount a row");
    Prepared { table, courses: rows.iter().map(|case| case.course).collect(), preset: Some(preset), notes }
}

/// The table of companies for a preset: rates shrunk by credibility, rows weighted by worker-years.
///
/// Companies without headcount stay out: their number is in the notes.
pub fn company_table(companies: &[CompanyYear], preset: &'static Preset) -> Prepared {
    let rows: Vec<&CompanyYear> = companies.iter().filter(|company| company.exposure > 0.0).collect();
    let mut notes = vec![chosen(preset)];
    if rows.len() < companies.len() {
        let without = Argument::Count(companies.len() - rows.len());
        notes.push(Note::new("analysis-note-no-headcount").with("companies", without));
    }
    let shrunk = |claims: fn(&CompanyYear) -> u32| -> Vec<f64> {
        let counts: Vec<(u64, f64)> =
            rows.iter().map(|company| (u64::from(claims(company)), company.exposure)).collect();
        let prior = GammaPrior::fit(&counts);
        counts.iter().map(|&(count, exposure)| prior.posterior(count, exposure).mean()).collect()
    };
    let recovered: Vec<(u64, u64)> =
        rows.iter().map(|company| (u64::from(company.recovered), u64::from(company.claims))).collect();
    let mut table = Table::new(rows.iter().map(|company| company.npp.clone()).collect());
    for feature in FEATURES.iter().filter(|feature| feature.level == Level::Company) {
        let role = role_in(preset, feature.name);
        match feature.kind {
            Kind::Category => {
                let texts = rows.iter().map(|company| match feature.name {
                    "risk_group" => company.risk_group.as_deref(),
                    _ => company.segment.as_deref(),
                });
                table.add_categories(CategoryColumn::from_texts(feature.name, role, texts))
            }
            Kind::Number { unit, shape, .. } => {
                let values = match feature.name {
                    "rate_without_traffic" => {
                        shrunk(|company| company.claims.saturating_sub(company.claims_traffic))
                    }
                    "rate_traffic" => shrunk(|company| company.claims_traffic),
                    "recovered_share" => rates::shrunk_shares(&recovered),
                    "mean_days_off" => {
                        rows.iter().map(|company| mean(company.closed_days_off as f64, company)).collect()
                    }
                    _ => rows.iter().map(|company| mean(company.closed_rupiah as f64, company)).collect(),
                };
                table.add_numbers(NumberColumn { name: feature.name.into(), values, unit, shape, role })
            }
        }
        .expect("the features have one value a row and names of their own");
    }
    table.set_weights(rows.iter().map(|company| company.exposure).collect()).expect("exposures are positive");
    table.set_money(rows.iter().map(|company| company.closed_rupiah).collect()).expect("one amount a row");
    Prepared { table, courses: Vec::new(), preset: Some(preset), notes }
}

fn mean(total: f64, company: &CompanyYear) -> f64 {
    if company.closed == 0 { f64::NAN } else { total / f64::from(company.closed) }
}

fn chosen(preset: &Preset) -> Note {
    Note::new("analysis-note-features")
        .with("preset", Argument::Words(preset.key))
        .with("features", Argument::Columns(preset.features.iter().map(|name| (*name).to_owned()).collect()))
}

fn role_in(preset: &Preset, name: &str) -> Role {
    if preset.features.contains(&name) { Role::Feature } else { Role::Profile }
}

fn claim_category<'a>(case: &'a ClaimCase, name: &str) -> Option<&'a str> {
    match name {
        "kind" => &case.kind,
        "source" => &case.source,
        "body_part" => &case.body_part,
        "place" => &case.place,
        "time_band" => &case.time_band,
        "segment" => &case.segment,
        "outcome" => &case.outcome,
        "facility" => &case.facility,
        "company" => &case.company,
        _ => unreachable!("no category of claims is called {name}"),
    }
    .as_deref()
}

fn claim_number(case: &ClaimCase, name: &str) -> f64 {
    let days = match name {
        "days_to_report" => case.days_to_report,
        "days_to_complete" => case.days_to_complete,
        "days_to_pay" => case.days_to_pay,
        "days_off" => case.days_off,
        "cost" => return case.paid_or_determined_rupiah as f64,
        _ => unreachable!("no number of claims is called {name}"),
    };
    days.map_or(f64::NAN, f64::from)
}

/// The unit of a feature, for showing its values; plain when it is not one of ours.
pub fn unit_of(level: Level, name: &str) -> Unit {
    match super::features::feature(level, name).map(|feature| feature.kind) {
        Some(Kind::Number { unit, .. }) => unit,
        _ => Unit::Plain,
    }
}
