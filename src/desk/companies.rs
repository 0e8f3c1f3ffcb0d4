//! Companies beyond the ranking: whose claims rise, and what marks those at the top.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use crate::analysis::rates::{Lift, Rule, Traits, Trend, TwoSpans, lifts, npps_of, rules, size_band, trends};
use crate::analysis::{CompanyYear, Ranking, Which};
use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::desk::insight::{Months, counted_claims};
use crate::domain::Period;
use crate::domain::query::{self, Expr};

/// Months that are looked at for a rise, and the months before them they are held against.
pub const RECENT_MONTHS: i32 = 6;
const BEFORE_MONTHS: i32 = 12;
/// The last month but so many is complete: later ones still get reports.
const INCOMPLETE_MONTHS: i32 = 3;

/// What marks the companies at the top, and their claims.
#[derive(Debug, Clone, PartialEq)]
pub struct TopProfile {
    /// The lines at the top: NPP and name, the best estimate first.
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
        which: Which,
        cancel: &AtomicBool,
    ) -> Result<(Vec<Trend>, Months, bool), DeskError> {
        let recent = Months { from: to.plus(1 - RECENT_MONTHS), to };
        let before = Months { from: recent.from.plus(-BEFORE_MONTHS), to: recent.from.plus(-1) };
        let earlier: BTreeMap<String, CompanyYear> =
            self.company_years(before, cancel)?.into_iter().map(|year| (year.npp.clone(), year)).collect();
        let spans = self.company_years(recent, cancel)?.into_iter().filter_map(|now| {
            let then = earlier.get(&now.npp)?;
            Some(TwoSpans {
                recent: now.counted(which).0,
                recent_exposure: now.exposure,
                before: then.counted(which).0,
                before_exposure: then.exposure,
                npp: now.npp,
                company: now.company,
            })
        });
        let is_incomplete = to > Period::of(self.today()).plus(-1 - INCOMPLETE_MONTHS);
        Ok((trends(spans.collect()), recent, is_incomplete))
    }

    /// What marks the companies that are surely above the others, at most twenty, or the first `n` of the ranking, made of
    /// these companies over these months. The claims are read once, and those that the ranking counts.
    pub fn top_profile(
        &self,
        months: Months,
        companies: &[CompanyYear],
        ranking: &Ranking,
        n: Option<usize>,
        cancel: &AtomicBool,
    ) -> Result<TopProfile, DeskError> {
        let top = ranking.top(n);
        let marked = npps_of(&top, companies);
        let filter = format!("npp != kosong dan {}", counted_claims(months, ranking.options.which));
        let filter = query::parse(&filter, self.today()).expect("a filter of ours can be read");
        let claims = self.claim_traits(&filter, companies, &marked, cancel)?;
        Ok(TopProfile {
            companies: lifts(&company_traits(companies, months, &marked)),
            claims: lifts(&claims),
            rules: rules(&claims),
            n_claims: (claims.n_marked(), claims.n_rows()),
            top: top.iter().map(|row| (row.npp.clone(), row.company.clone())).collect(),
        })
    }

    /// Of a claim only what the accident was, with the risk group: the size of a company would name the company.
    fn claim_traits(
        &self,
        filter: &Expr,
        companies: &[CompanyYear],
        marked: &BTreeSet<&str>,
        cancel: &AtomicBool,
    ) -> Result<Traits, DeskError> {
        let risk_groups: BTreeMap<&str, &str> = companies
            .iter()
            .filter_map(|year| Some((year.npp.as_str(), year.risk_group.as_deref()?)))
            .collect();
        let mut traits = Traits::new(&["kind", "source", "body_part", "place", "time_band", "risk_group"]);
        self.each_jkk_row(filter, cancel.into(), &mut |row| {
            let values = [
                row.accident_type.map_or("", |value| value.code()),
                row.source.map_or("", |value| value.code()),
                row.body_part.map_or("", |value| value.code()),
                row.place.map_or("", |value| value.code()),
                row.event_band().map_or("", |value| value.code()),
                risk_groups.get(row.npp.as_str()).copied().unwrap_or_default(),
            ];
            traits.push(&values, marked.contains(row.npp.as_str()));
        })?;
        Ok(traits)
    }
}

fn company_traits(companies: &[CompanyYear], months: Months, marked: &BTreeSet<&str>) -> Traits {
    let mut traits = Traits::new(&["risk_group", "business_group", "size"]);
    for year in companies.iter().filter(|year| year.exposure > 0.0) {
        let values = [
            year.risk_group.as_deref().unwrap_or_default(),
            year.business_group.as_deref().unwrap_or_default(),
            size_band(year.exposure, months.count()),
        ];
        traits.push(&values, marked.contains(year.npp.as_str()));
    }
    traits
}
