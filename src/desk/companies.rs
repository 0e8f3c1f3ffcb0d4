//! Companies beyond the ranking: whose claims rise, and what marks those at the top.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use crate::analysis::rates::{Lift, Rule, Traits, Trend, TwoSpans, lifts, rules, trends};
use crate::analysis::{ClaimCase, CompanyYear, Ranking};
use crate::base::calendar::slashed;
use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::desk::insight::Months;
use crate::domain::{Period, query};

/// Months that are looked at for a rise, and the months before them they are held against.
pub const RECENT_MONTHS: i32 = 6;
const BEFORE_MONTHS: i32 = 12;
/// Companies at the top that are described at most.
const MOST_TOP: usize = 20;
/// The last month but so many is complete: later ones still get reports.
const INCOMPLETE_MONTHS: i32 = 3;

/// What marks the companies at the top, and their claims.
#[derive(Debug, Clone, PartialEq)]
pub struct TopProfile {
    /// The companies: NPP and name, the best estimate first.
    pub top: Vec<(String, String)>,
    /// Their claims, of all claims of the months.
    pub n_claims: (usize, usize),
    /// Among companies: what is more frequent at the top.
    pub companies: Vec<Lift>,
    /// Among claims: what is more frequent in theirs.
    pub claims: Vec<Lift>,
    /// A short list of rules that lead to their claims.
    pub rules: Vec<Rule>,
}

impl Desk {
    /// Companies whose claims rise in the six months up to one, against the twelve before, the least likely first; and
    /// whether the last of them are still incomplete.
    pub fn rising_companies(
        &self,
        to: Period,
        cancel: &AtomicBool,
    ) -> Result<(Vec<Trend>, Months, bool), DeskError> {
        let recent = Months { from: to.plus(1 - RECENT_MONTHS), to };
        let before = Months { from: recent.from.plus(-BEFORE_MONTHS), to: recent.from.plus(-1) };
        let earlier: BTreeMap<String, CompanyYear> =
            self.company_years(before, cancel)?.into_iter().map(|year| (year.npp.clone(), year)).collect();
        let spans = self.company_years(recent, cancel)?.into_iter().filter_map(|now| {
            let then = earlier.get(&now.npp)?;
            Some(TwoSpans {
                recent: u64::from(now.claims),
                recent_exposure: now.exposure,
                before: u64::from(then.claims),
                before_exposure: then.exposure,
                npp: now.npp,
                company: now.company,
            })
        });
        let is_incomplete = to > Period::of(self.today()).plus(-1 - INCOMPLETE_MONTHS);
        Ok((trends(spans.collect()), recent, is_incomplete))
    }

    /// What marks the companies that are surely above the others, at most twenty, or the first `n` of the ranking.
    pub fn top_profile(
        &self,
        months: Months,
        ranking: &Ranking,
        n: Option<usize>,
        cancel: &AtomicBool,
    ) -> Result<TopProfile, DeskError> {
        let sure = ranking.rows.iter().take_while(|row| n.is_some() || row.sure);
        let top: Vec<(String, String)> =
            sure.take(n.unwrap_or(MOST_TOP)).map(|row| (row.npp.clone(), row.company.clone())).collect();
        let marked: BTreeSet<&str> = top.iter().map(|(npp, _)| npp.as_str()).collect();
        let companies = self.company_years(months, cancel)?;
        let with_workers: Vec<&CompanyYear> = companies.iter().filter(|year| year.exposure > 0.0).collect();
        let filter = format!(
            "program = jkk dan kejadian >= {} dan kejadian <= {} dan status != ditolak dan status != batal",
            slashed(months.from.first_day()),
            slashed(months.to.last_day())
        );
        let filter = query::parse(&filter, self.today()).expect("a filter of ours can be read");
        let cases = self.cases(&filter, cancel)?;
        let known: BTreeMap<&str, &CompanyYear> =
            companies.iter().map(|year| (year.npp.as_str(), year)).collect();
        let of_claims = claim_traits(&cases, &known, &marked);
        let n_claims = (of_claims.is_marked.iter().filter(|is| **is).count(), cases.len());
        Ok(TopProfile {
            companies: lifts(&company_traits(&with_workers, &marked)),
            claims: lifts(&of_claims),
            rules: rules(&of_claims),
            n_claims,
            top,
        })
    }
}

fn company_traits(companies: &[&CompanyYear], marked: &BTreeSet<&str>) -> Traits {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Traits {
        columns: vec!["risk_group", "business_group", "size"],
        rows: companies
            .iter()
            .map(|year| {
                vec![text(&year.risk_group), text(&year.business_group), size(year.exposure).to_owned()]
            })
            .collect(),
        is_marked: companies.iter().map(|year| marked.contains(year.npp.as_str())).collect(),
    }
}

/// Of a claim only what the accident was, with the risk group: the size of a company would name the company.
fn claim_traits(
    cases: &[ClaimCase],
    known: &BTreeMap<&str, &CompanyYear>,
    marked: &BTreeSet<&str>,
) -> Traits {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let npp = |case: &ClaimCase| case.npp.clone().unwrap_or_default();
    let risk = |case: &ClaimCase| {
        known.get(npp(case).as_str()).and_then(|year| year.risk_group.clone()).unwrap_or_default()
    };
    Traits {
        columns: vec!["kind", "source", "body_part", "place", "time_band", "risk_group"],
        rows: cases
            .iter()
            .map(|case| {
                vec![
                    text(&case.kind),
                    text(&case.source),
                    text(&case.body_part),
                    text(&case.place),
                    text(&case.time_band),
                    risk(case),
                ]
            })
            .collect(),
        is_marked: cases.iter().map(|case| marked.contains(npp(case).as_str())).collect(),
    }
}

/// Workers, in bands, from worker-years of a year.
fn size(exposure: f64) -> &'static str {
    match exposure {
        e if e < 50.0 => "<50",
        e if e < 250.0 => "50-249",
        e if e < 1_000.0 => "250-999",
        _ => ">=1000",
    }
}
