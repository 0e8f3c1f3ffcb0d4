//! What was planted, for whoever wants to see whether it is found.

use serde::Serialize;

use crate::domain::{Programme, VoucherState};
use crate::sample::draft::{Case, Draft, at};
use crate::sample::firm::Firm;
use crate::sample::lists::relative_rate;
use crate::sample::world::World;
use crate::sample::{Planted, SampleOptions, TODAY, emit};

/// What is true of a branch, as `truth.json` has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Truth {
    /// The dice's seed.
    pub seed: u64,
    /// Today in the branch.
    pub today: String,
    /// Whether something was planted.
    pub planted: bool,
    /// Companies whose rate is a multiple of their risk group's.
    pub high_frequency: Vec<MarkedCompany>,
    /// Companies whose bills and absences are a multiple of the others'.
    pub high_severity: Vec<MarkedCompany>,
    /// Companies whose stage I reports mostly come late; the multiple is the share of late ones.
    pub late_reporters: Vec<MarkedCompany>,
    /// The facility whose bills are a multiple of the others'.
    pub expensive_facility: Option<ExpensiveFacility>,
    /// Pairs of claims that are one case.
    pub duplicates: Vec<DuplicatePair>,
    /// How many rows there are.
    pub counts: Counts,
}

/// A planted company.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarkedCompany {
    /// Registration number.
    pub npp: String,
    /// Name.
    pub company: String,
    /// The planted multiple (of rate or of cost) or share (of late reports).
    pub multiple: f64,
    /// Its true rate against the mean of all companies.
    pub rate_against_all: f64,
    /// Its JKK claims, of all years.
    pub claims: u64,
}

/// The planted facility.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExpensiveFacility {
    /// Name.
    pub facility: String,
    /// Its bills against the others'.
    pub multiple: f64,
    /// Its JKK claims.
    pub claims: u64,
}

/// A planted duplicate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DuplicatePair {
    /// The case.
    pub first: String,
    /// The same case again.
    pub second: String,
    /// Programme.
    pub programme: String,
    /// Days from the first event date to the second.
    pub days_apart: i32,
}

/// Rows of each file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Claims of all programmes.
    pub claims: u64,
    /// JKK claims.
    pub jkk: u64,
    /// Benefit lines.
    pub benefits: u64,
    /// Vouchers.
    pub vouchers: u64,
    /// Of these, void.
    pub void_vouchers: u64,
    /// Payments.
    pub payments: u64,
    /// Companies (registrations).
    pub companies: u64,
    /// Facilities.
    pub facilities: u64,
}

/// The truth of a branch.
pub fn tell(options: &SampleOptions, world: &World, draft: &Draft) -> Truth {
    let claims = claims_by(&draft.cases, world.firms.len(), |case| case.firm);
    let clinic_claims = claims_by(&draft.cases, world.clinics.len(), |case| case.clinic);
    let mean = world.firms.iter().map(Firm::weight).sum::<f64>()
        / world.firms.iter().map(Firm::exposure).sum::<f64>();
    let marked = |multiple: &dyn Fn(&Firm) -> Option<f64>| -> Vec<MarkedCompany> {
        let firms = world.firms.iter().enumerate();
        let marked = firms.filter_map(|(place, firm)| {
            let rate = relative_rate(firm.risk) * firm.frailty * firm.rate_multiple / mean;
            Some(MarkedCompany {
                npp: firm.npp.to_string(),
                company: firm.name.clone(),
                multiple: multiple(firm)?,
                rate_against_all: f64::from(crate::sample::dice::whole(rate * 100.0 + 0.5)) / 100.0,
                claims: claims[place],
            })
        });
        marked.collect()
    };
    let expensive = world.clinics.iter().position(|clinic| clinic.cost_multiple > 1.0);
    Truth {
        seed: options.seed,
        today: TODAY.to_string(),
        planted: options.planted == Planted::Yes,
        high_frequency: marked(&|firm| (firm.rate_multiple > 1.0).then_some(firm.rate_multiple)),
        high_severity: marked(&|firm| (firm.cost_multiple > 1.0).then_some(firm.cost_multiple)),
        late_reporters: marked(&|firm| firm.late_share),
        expensive_facility: expensive.map(|place| ExpensiveFacility {
            facility: world.clinics[place].name.clone(),
            multiple: world.clinics[place].cost_multiple,
            claims: clinic_claims[place],
        }),
        duplicates: draft.duplicates.iter().map(|pair| duplicate(world, draft, *pair)).collect(),
        counts: counts(world, draft),
    }
}

fn claims_by(cases: &[Case], n_keys: usize, key: impl Fn(&Case) -> u32) -> Vec<u64> {
    let mut counts = vec![0; n_keys];
    for case in cases.iter().filter(|case| case.programme == Programme::Jkk) {
        if let Some(count) = counts.get_mut(at(key(case))) {
            *count += 1;
        }
    }
    counts
}

fn duplicate(world: &World, draft: &Draft, (first, second): (u32, u32)) -> DuplicatePair {
    let (first, second) = (&draft.cases[at(first)], &draft.cases[at(second)]);
    DuplicatePair {
        first: emit::claim_no(world, first).to_string(),
        second: emit::claim_no(world, second).to_string(),
        programme: first.programme.code().to_owned(),
        days_apart: second.event - first.event,
    }
}

fn counts(world: &World, draft: &Draft) -> Counts {
    let count = |number: usize| u64::try_from(number).expect("fits");
    Counts {
        claims: count(draft.cases.len()),
        jkk: count(draft.cases.iter().filter(|case| case.programme == Programme::Jkk).count()),
        benefits: count(draft.lines.len()),
        vouchers: count(draft.slips.len()),
        void_vouchers: count(draft.slips.iter().filter(|slip| slip.state == VoucherState::Void).count()),
        payments: count(draft.transfers.len()),
        companies: count(world.firms.len()),
        facilities: count(world.clinics.len()),
    }
}
