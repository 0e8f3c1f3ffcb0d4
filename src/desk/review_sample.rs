//! Samples for review: the cases of a filter, with what their peers cost.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;

use crate::analysis::levers::{Diagnoses, LeverCase, PeerCase, strata, usual_costs};
use crate::analysis::sampling::{DrawBy, Sample, Unit, draw};
use crate::base::calendar::slashed;
use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::desk::insight::Months;
use crate::domain::query::Expr;

/// A sample, and what its cases are, in the same order.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewSample {
    /// What was drawn.
    pub sample: Sample,
    /// Event, employer, facility.
    pub about: Vec<ReviewCase>,
}

/// A case of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewCase {
    /// Date of the event.
    pub event: Date,
    /// Employer; may be empty.
    pub company: String,
    /// Facility; may be empty.
    pub facility: String,
}

/// The filter when none is given: work accident cases with a determined amount, open or closed in the last twelve
/// complete months or since.
pub fn review_filter(today: Date) -> String {
    let from = Months::last_twelve(today).from.first_day();
    format!("program = jkk dan ditetapkan > 0 dan (terbuka atau berakhir >= {})", slashed(from))
}

impl Desk {
    /// Draws so many of the cases that pass a filter; rejected and cancelled ones have no chance.
    pub fn review_sample(
        &self,
        filter: &Expr,
        by: DrawBy,
        n: usize,
        seed: u64,
        cancel: &AtomicBool,
    ) -> Result<ReviewSample, DeskError> {
        let (mut units, mut about, mut peers) = (Vec::new(), BTreeMap::new(), Peers::default());
        self.each_lever_case(filter, &self.office(), cancel, &mut |case| {
            if !case.counts() {
                return;
            }
            let rupiah = case.determined(|_| true).get();
            peers.add(&case, rupiah);
            units.push(Unit { claim_no: case.claim_no.clone(), rupiah, usual_rupiah: None });
            let case_about = ReviewCase { event: case.event, company: case.company, facility: case.facility };
            about.insert(case.claim_no, case_about);
        })?;
        peers.fill(&mut units);
        let sample = draw(units, by, n, seed);
        let about = sample.drawn.iter().filter_map(|drawn| about.remove(&drawn.unit.claim_no)).collect();
        Ok(ReviewSample { sample, about })
    }
}

/// The cases as they are compared, in the order of the units.
#[derive(Default)]
struct Peers {
    facilities: BTreeMap<String, usize>,
    diagnoses: Diagnoses,
    cases: Vec<Option<PeerCase>>,
}

impl Peers {
    fn add(&mut self, case: &LeverCase, rupiah: i64) {
        let n = self.facilities.len();
        let who = *self.facilities.entry(case.facility.clone()).or_insert(n);
        let strata = strata(self.diagnoses.number(&case.diagnosis), case.outcome);
        let case = PeerCase { who, strata, ln_cost: (rupiah as f64).ln() };
        self.cases.push((rupiah > 0).then_some(case));
    }

    /// Tells each unit what its peers cost: the others' geometric mean, whole rupiah.
    fn fill(self, units: &mut [Unit]) {
        let cases: Vec<PeerCase> = self.cases.iter().flatten().cloned().collect();
        let mut usual = usual_costs(&cases).into_iter();
        for (unit, case) in units.iter_mut().zip(&self.cases) {
            if case.is_some() {
                let cost = usual.next().flatten().map(|ln| format!("{:.0}", ln.exp()));
                unit.usual_rupiah = cost.and_then(|cost| cost.parse().ok());
            }
        }
    }
}
