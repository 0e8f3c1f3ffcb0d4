//! Companies by claim rate, the best estimate first.

use super::funnel::{FunnelLimits, funnel_limits, overdispersion};
use super::poisson_gamma::{GammaPrior, Posterior};
use super::shares::{Interval, wilson};
use crate::analysis::cases::CompanyYear;
use crate::analysis::notes::{Argument, Note};
use std::collections::BTreeMap;

/// Which claims count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All but traffic: a quarter of cases are the commute, on which a company has little hold.
    #[default]
    WithoutTraffic,
    /// All.
    All,
    /// Traffic alone.
    Traffic,
}

/// What one line of the ranking is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// One NPP.
    #[default]
    Npp,
    /// All NPPs of one owner; an NPP without a group stands for itself.
    Group,
}

/// What rates are measured against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// Worker-years: the rate is claims per worker and year.
    #[default]
    WorkerYears,
    /// Claims expected from the risk group's rate: the rate is an index, 1 as expected.
    ExpectedByRiskGroup,
    /// Claims expected from the regulator's business group's rate: the rate is an index, 1 as expected.
    ExpectedByBusinessGroup,
}

/// What to rank and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RankOptions {
    /// Which claims count.
    pub which: Which,
    /// What a line is.
    pub by: By,
    /// What rates are measured against.
    pub basis: Basis,
}

/// One line of the ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct RankRow {
    /// NPP; the first one of a group.
    pub npp: String,
    /// Name of the company or group.
    pub company: String,
    /// The group, when the line is one of all its companies.
    pub group: Option<String>,
    /// Worker-years.
    pub exposure: f64,
    /// Claims that count.
    pub claims: u64,
    /// Events of these claims: one company, date and hour.
    pub events: u64,
    /// Claims expected from the rate of its risk group, or of its business group where that is the basis.
    pub expected: f64,
    /// Claims by expected claims, shrunk: 1 as its group.
    pub index: f64,
    /// Claims by exposure (or by expected claims).
    pub raw_rate: f64,
    /// The best estimate: the posterior mean.
    pub rate: f64,
    /// Credibility, 0 to 1.
    pub z: f64,
    /// Lower end of the 95 % credible interval.
    pub low: f64,
    /// Upper end of the 95 % credible interval.
    pub high: f64,
    /// Its 5 % bound: the rate is above it with a probability of 95 %.
    pub low_5: f64,
    /// Probability that the rate is more than twice that of all.
    pub above_double: f64,
    /// Whether the rate is above that of all with 95 % probability.
    pub sure: bool,
    /// Where the raw rate would lie by chance, 95 %.
    pub funnel_95: FunnelLimits,
    /// Where the raw rate would lie by chance, 99.8 %.
    pub funnel_998: FunnelLimits,
    /// Best estimates of all claims, those without traffic, and traffic alone, each fitted by itself.
    pub rates: [f64; 3],
    /// Mean cost of a closed claim, in rupiah.
    pub mean_cost_rupiah: Option<i64>,
    /// Mean days off of a closed claim.
    pub mean_days_off: Option<f64>,
    /// Share of claims that recovered, with Wilson's interval.
    pub recovered: Option<Interval>,
    /// Share of claims under treatment, with Wilson's interval.
    pub under_treatment: Option<Interval>,
}

/// A company that has claims or a registration but no headcount: it has no rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// NPP.
    pub npp: String,
    /// Name.
    pub company: String,
    /// PU, BPU, Jakon or PMI.
    pub segment: Option<String>,
    /// Claims that count.
    pub claims: u64,
}

/// Companies by claim rate.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// What was ranked and how.
    pub options: RankOptions,
    /// The rate of all: claims by exposure.
    pub overall: f64,
    /// How the rates are spread.
    pub prior: GammaPrior,
    /// φ, the over-dispersion that widens the funnel limits.
    pub phi: f64,
    /// Companies with headcount, best estimate first.
    pub rows: Vec<RankRow>,
    /// Companies without headcount, by claims.
    pub apart: Vec<Apart>,
    /// What must be known to read it.
    pub notes: Vec<Note>,
}

/// Ranks companies by the posterior mean of their claim rate.
///
/// Lines of one NPP (or group) are added up first, so years and months may come apart.
pub fn rank_companies(companies: &[CompanyYear], options: RankOptions) -> Ranking {
    let merged = merge(companies, options.by);
    let (with, without): (Vec<CompanyYear>, Vec<CompanyYear>) =
        merged.into_iter().partition(|company| company.exposure > 0.0);
    let fits = [Which::All, Which::WithoutTraffic, Which::Traffic]
        .map(|which| Fit::new(&with, which, options.basis));
    let chosen = match options.which {
        Which::All => &fits[0],
        Which::WithoutTraffic => &fits[1],
        Which::Traffic => &fits[2],
    };
    let by_group = match options.basis {
        Basis::ExpectedByBusinessGroup => Basis::ExpectedByBusinessGroup,
        Basis::WorkerYears | Basis::ExpectedByRiskGroup => Basis::ExpectedByRiskGroup,
    };
    let expected = Fit::new(&with, options.which, by_group);
    let phi = overdispersion(&chosen.data, chosen.overall);
    let mut rows: Vec<RankRow> = with
        .iter()
        .enumerate()
        .map(|(at, company)| RankRow {
            expected: expected.data[at].1,
            index: expected.posterior(at).mean(),
            group: company.group.clone().filter(|_| options.by == By::Group),
            ..rank_row(company, at, chosen, &fits, phi)
        })
        .collect();
    rows.sort_by(|a, b| {
        b.rate.total_cmp(&a.rate).then(b.raw_rate.total_cmp(&a.raw_rate)).then_with(|| a.npp.cmp(&b.npp))
    });
    let mut apart: Vec<Apart> = without
        .iter()
        .map(|company| Apart {
            npp: company.npp.clone(),
            company: company.company.clone(),
            segment: company.segment.clone(),
            claims: company.counted(options.which).0,
        })
        .collect();
    apart.sort_by(|a, b| b.claims.cmp(&a.claims).then_with(|| a.npp.cmp(&b.npp)));
    let notes = notes(&rows, &apart, chosen, options.basis, phi);
    Ranking { options, overall: chosen.overall, prior: chosen.prior, phi, rows, apart, notes }
}

impl CompanyYear {
    /// Claims and events that count.
    pub fn counted(&self, which: Which) -> (u64, u64) {
        let (claims, events) = match which {
            Which::All => (self.claims, self.events),
            Which::Traffic => (self.claims_traffic, self.events_traffic),
            Which::WithoutTraffic => (
                self.claims.saturating_sub(self.claims_traffic),
                self.events.saturating_sub(self.events_traffic),
            ),
        };
        (u64::from(claims), u64::from(events))
    }
}

/// One choice of claims, fitted.
struct Fit {
    which: Which,
    data: Vec<(u64, f64)>,
    overall: f64,
    prior: GammaPrior,
}

impl Fit {
    fn new(companies: &[CompanyYear], which: Which, basis: Basis) -> Self {
        let bases = bases(companies, which, basis);
        let data: Vec<(u64, f64)> =
            companies.iter().zip(bases).map(|(company, base)| (company.counted(which).0, base)).collect();
        let base: f64 = data.iter().map(|&(_, base)| base).sum();
        let claims: u64 = data.iter().map(|&(claims, _)| claims).sum();
        let overall = if base > 0.0 { claims as f64 / base } else { 0.0 };
        let prior = GammaPrior::fit(&data);
        Self { which, data, overall, prior }
    }

    fn posterior(&self, at: usize) -> Posterior {
        let (claims, base) = self.data[at];
        self.prior.posterior(claims, base)
    }
}

/// What each company's claims are measured against.
fn bases(companies: &[CompanyYear], which: Which, basis: Basis) -> Vec<f64> {
    if basis == Basis::WorkerYears {
        return companies.iter().map(|company| company.exposure).collect();
    }
    let group_of = |company: &CompanyYear| match basis {
        Basis::ExpectedByBusinessGroup => company.business_group.clone(),
        Basis::WorkerYears | Basis::ExpectedByRiskGroup => company.risk_group.clone(),
    };
    let mut groups: BTreeMap<Option<String>, (u64, f64)> = BTreeMap::new();
    for company in companies {
        let group = groups.entry(group_of(company)).or_default();
        group.0 += company.counted(which).0;
        group.1 += company.exposure;
    }
    companies
        .iter()
        .map(|company| {
            let (claims, exposure) = groups[&group_of(company)];
            company.exposure * claims as f64 / exposure
        })
        .collect()
}

fn merge(companies: &[CompanyYear], by: By) -> Vec<CompanyYear> {
    let mut merged: BTreeMap<String, CompanyYear> = BTreeMap::new();
    for company in companies {
        let (key, name) = match (&company.group, by) {
            (Some(group), By::Group) => (format!("group {group}"), group),
            _ => (format!("npp {}", company.npp), &company.company),
        };
        let whole = merged.entry(key).or_insert_with(|| CompanyYear {
            npp: company.npp.clone(),
            company: name.clone(),
            group: company.group.clone(),
            segment: company.segment.clone(),
            risk_group: company.risk_group.clone(),
            business_group: company.business_group.clone(),
            ..CompanyYear::default()
        });
        if company.npp < whole.npp {
            whole.npp.clone_from(&company.npp);
        }
        whole.exposure += company.exposure.max(0.0);
        whole.claims += company.claims;
        whole.claims_traffic += company.claims_traffic;
        whole.events += company.events;
        whole.events_traffic += company.events_traffic;
        whole.closed += company.closed;
        whole.closed_rupiah += company.closed_rupiah;
        whole.closed_days_off += company.closed_days_off;
        whole.recovered += company.recovered;
        whole.under_treatment += company.under_treatment;
    }
    merged.into_values().collect()
}

fn rank_row(company: &CompanyYear, at: usize, chosen: &Fit, fits: &[Fit; 3], phi: f64) -> RankRow {
    let (claims, base) = chosen.data[at];
    let posterior = chosen.posterior(at);
    let funnel = |level| {
        let limits = funnel_limits(base * chosen.overall, level, phi);
        if base > 0.0 {
            FunnelLimits { low: limits.low / base, high: limits.high / base }
        } else {
            FunnelLimits { low: 0.0, high: 0.0 }
        }
    };
    let closed = i64::from(company.closed);
    RankRow {
        npp: company.npp.clone(),
        company: company.company.clone(),
        group: None,
        exposure: company.exposure,
        claims,
        events: company.counted(chosen.which).1,
        expected: base,
        index: 1.0,
        raw_rate: if base > 0.0 { claims as f64 / base } else { 0.0 },
        rate: posterior.mean(),
        z: posterior.z(),
        low: posterior.quantile(0.025),
        high: posterior.quantile(0.975),
        low_5: posterior.quantile(0.05),
        above_double: if chosen.overall > 0.0 { posterior.above(2.0 * chosen.overall) } else { 0.0 },
        sure: posterior.z() > 0.0 && posterior.quantile(0.05) > chosen.overall,
        funnel_95: funnel(0.95),
        funnel_998: funnel(0.998),
        rates: [fits[0].posterior(at).mean(), fits[1].posterior(at).mean(), fits[2].posterior(at).mean()],
        mean_cost_rupiah: company.closed_rupiah.checked_div(closed),
        mean_days_off: (closed > 0).then(|| company.closed_days_off as f64 / closed as f64),
        recovered: wilson(u64::from(company.recovered), u64::from(company.claims)),
        under_treatment: wilson(u64::from(company.under_treatment), u64::from(company.claims)),
    }
}

fn notes(rows: &[RankRow], apart: &[Apart], chosen: &Fit, basis: Basis, phi: f64) -> Vec<Note> {
    let mut notes = Vec::new();
    match chosen.prior {
        GammaPrior::OneRate { .. } => notes.push(Note::new("analysis-note-one-rate")),
        GammaPrior::Spread { rate, .. } => {
            // What a company is measured against is also what its weight is counted in.
            let note = match basis {
                Basis::WorkerYears => Note::new("analysis-note-half-credibility"),
                Basis::ExpectedByRiskGroup | Basis::ExpectedByBusinessGroup => {
                    Note::new("analysis-note-half-credibility-expected")
                }
            };
            notes.push(note.with("exposure", Argument::Decimal(rate)));
        }
    }
    notes.push(Note::new("analysis-note-phi").with("phi", Argument::Decimal(phi)));
    if !apart.is_empty() {
        notes.push(Note::new("analysis-note-no-headcount").with("companies", Argument::Count(apart.len())));
    }
    let crowded = rows.iter().filter(|row| row.claims as f64 > row.exposure).count();
    if crowded > 0 {
        notes.push(
            Note::new("analysis-note-more-claims-than-workers").with("companies", Argument::Count(crowded)),
        );
    }
    notes.push(Note::new("analysis-note-last-months"));
    notes
}
