//! Erasing the personal data of whole years whose legal time is over.

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::domain::decide::{self, ErasureFacts, YearFound};
use crate::domain::erasure::{RETENTION_YEARS, RETENTION_YEARS_MAX, unfinished};
use crate::domain::{ErasureDeed, ErasureStep, Event, Office, OfficeEvent, Refusal};
use crate::store::{Erased, View};

/// What erasing a year would do, and what stands in the way.
#[derive(Debug, Clone)]
pub struct ErasePlan {
    /// The year: it and all before it.
    pub year: i16,
    /// What belongs to it.
    pub found: YearFound,
    /// What stands in the way, in the order in which it is best done.
    pub hindrances: Vec<Refusal>,
    view: View,
}

impl Desk {
    /// Looks at a year that is to be erased. Reads the books, so that nothing slow is left for the writer's lock.
    pub fn erase_plan(&self, year: i16) -> Result<ErasePlan, DeskError> {
        let view = self.view();
        let found = view.year_found(year)?;
        let hindrances = decide::erasure_hindrances(&self.erasure_facts(&view, year), &found);
        Ok(ErasePlan { year, found, hindrances, view })
    }

    /// Proposes to erase a year; a second person approves it.
    pub fn ask_erasure(&self, plan: &ErasePlan, reason: &str) -> Result<(), DeskError> {
        self.erasure_deed(plan, |facts| decide::ask_erasure(facts, &plan.found, reason))
    }

    /// Approves it, as the second person, and carries it out.
    pub fn approve_erasure(&self, plan: &ErasePlan) -> Result<Erased, DeskError> {
        self.erasure_deed(plan, |facts| decide::approve_erasure(facts, &plan.found))?;
        self.carry_on_erasure()
    }

    /// Whether this year's erasure was approved and is not finished.
    pub fn is_erasing(&self, year: i16) -> bool {
        unfinished(self.view().erasures()).is_some_and(|(deed, ..)| deed.year == year)
    }

    /// Carries on what was interrupted.
    pub fn carry_on_erasure(&self) -> Result<Erased, DeskError> {
        let now = self.clock.moment(self.view().office().zone);
        Ok(self.store.carry_on_erasure(&self.actor, now)?)
    }

    /// Everything that was done about the personal data of years, oldest first.
    pub fn erasures(&self) -> Vec<ErasureDeed> {
        self.view().erasures().to_vec()
    }

    /// Changes for how many years personal data is kept: never for fewer than the law says.
    pub fn set_retention(&self, years: u16) -> Result<(), DeskError> {
        if !(RETENTION_YEARS..=RETENTION_YEARS_MAX).contains(&years) {
            let refusal = Refusal::new("retention-years").with("least", RETENTION_YEARS);
            return Err(refusal.with("most", RETENTION_YEARS_MAX).into());
        }
        self.commit(&self.new_key(), |view| {
            if view.office().retention_years == years {
                return Err(Refusal::new("nothing-changed").into());
            }
            let office = Office { retention_years: years, ..view.office().clone() };
            Ok(vec![Event::Office(OfficeEvent::Configured(Box::new(office)))])
        })?;
        Ok(())
    }

    fn erasure_deed(
        &self,
        plan: &ErasePlan,
        decide: impl FnOnce(&ErasureFacts<'_>) -> Result<ErasureDeed, Refusal>,
    ) -> Result<(), DeskError> {
        self.commit(&self.new_key(), |view| {
            let deed = decide(&self.erasure_facts(view, plan.year))?;
            let is_approval = matches!(deed.step, ErasureStep::Approved { .. });
            if is_approval && view.has_moved_in(&plan.found, &plan.view) {
                return Err(Refusal::new("erase-moved").with("year", plan.year).into());
            }
            Ok(vec![Event::Office(OfficeEvent::Erasure(Box::new(deed)))])
        })?;
        Ok(())
    }

    fn erasure_facts<'a>(&'a self, view: &'a View, year: i16) -> ErasureFacts<'a> {
        ErasureFacts {
            office: view.office(),
            deeds: view.erasures(),
            today: self.today(),
            year,
            by: self.user(),
            who: self.who(),
        }
    }
}
