//! The rules of erasing the personal data of whole years.

use jiff::civil::Date;

use crate::domain::decide::paper::check_text;
use crate::domain::erasure::{
    ErasureDeed, ErasureStep, Ids, asked_to_erase, is_claim_erased, is_voucher_erased, unfinished,
};
use crate::domain::event::Event;
use crate::domain::office::Office;
use crate::domain::period::Period;
use crate::domain::person::PersonId;
use crate::domain::refusal::Refusal;

/// What the rules need to know for a year.
pub struct ErasureFacts<'a> {
    /// The office.
    pub office: &'a Office,
    /// What was done about all years, oldest first.
    pub deeds: &'a [ErasureDeed],
    /// The desk's today.
    pub today: Date,
    /// The year.
    pub year: i16,
    /// Who asks.
    pub by: &'a str,
    /// The same by the system's ids.
    pub who: PersonId,
}

/// What belongs to a year and to the years before it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct YearFound {
    /// Claims whose personal data would go.
    pub claims: Ids,
    /// Vouchers whose payee would go.
    pub vouchers: Ids,
    /// Numbers of claims whose last posting lies there and that are not closed, rejected or cancelled, or wait for money.
    pub open_claims: Vec<String>,
    /// Codes of vouchers whose last posting lies there and that are neither paid nor void.
    pub unpaid_vouchers: Vec<String>,
}

impl ErasureFacts<'_> {
    fn deed(&self, step: ErasureStep) -> ErasureDeed {
        ErasureDeed { year: self.year, date: self.today, by: self.by.to_owned(), who: self.who, step }
    }

    fn refusal(&self, code: &'static str) -> Refusal {
        Refusal::new(code).with("year", self.year)
    }

    /// The first year in which the year may be erased: its legal time is counted from the year's end.
    fn free_in(&self) -> i32 {
        i32::from(self.year) + i32::from(self.office.retention_years) + 1
    }
}

/// Everything that stands in the way of erasing a year, in the order in which it is best done.
pub fn erasure_hindrances(facts: &ErasureFacts<'_>, found: &YearFound) -> Vec<Refusal> {
    let mut all = Vec::new();
    if i32::from(facts.today.year()) < facts.free_in() {
        let refusal = facts.refusal("erase-too-young").with("years", facts.office.retention_years);
        all.push(refusal.with("from", facts.free_in()));
    }
    let last = Period::new(facts.year, 12);
    if last.is_none_or(|last| facts.office.first_open <= last) {
        all.push(facts.refusal("erase-months-open").with("first", facts.office.first_open));
    }
    if let Some(claim_no) = found.open_claims.first() {
        let refusal = facts.refusal("erase-claims-open").with("n", found.open_claims.len());
        all.push(refusal.with("claim_no", claim_no));
    }
    if let Some(code) = found.unpaid_vouchers.first() {
        let refusal = facts.refusal("erase-vouchers-unpaid").with("n", found.unpaid_vouchers.len());
        all.push(refusal.with("code", code));
    }
    if found.claims.is_empty() && found.open_claims.is_empty() && found.unpaid_vouchers.is_empty() {
        all.push(facts.refusal("erase-nothing"));
    }
    all
}

/// Proposes to erase a year.
pub fn ask_erasure(
    facts: &ErasureFacts<'_>,
    found: &YearFound,
    reason: &str,
) -> Result<ErasureDeed, Refusal> {
    check_none_under_way(facts)?;
    if let Some(asked) = asked_to_erase(facts.deeds, facts.year) {
        return Err(facts.refusal("erase-asked").with("by", &asked.by));
    }
    if let Some(refusal) = erasure_hindrances(facts, found).into_iter().next() {
        return Err(refusal);
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::new("reason-missing"));
    }
    check_text("reason", reason, 200)?;
    Ok(facts.deed(ErasureStep::Asked { reason: reason.to_owned() }))
}

/// Approves it: by another person than the one who asked, by number and not by name, with nothing in the way.
pub fn approve_erasure(facts: &ErasureFacts<'_>, found: &YearFound) -> Result<ErasureDeed, Refusal> {
    check_none_under_way(facts)?;
    let asked = asked_to_erase(facts.deeds, facts.year).ok_or_else(|| facts.refusal("erase-not-asked"))?;
    if asked.who.is_same(facts.who) {
        return Err(facts.refusal("erase-two-people").with("by", &asked.by));
    }
    if let Some(refusal) = erasure_hindrances(facts, found).into_iter().next() {
        return Err(refusal);
    }
    let (claims, vouchers) = (found.claims.clone(), found.vouchers.clone());
    Ok(facts.deed(ErasureStep::Approved { claims, vouchers }))
}

fn check_none_under_way(facts: &ErasureFacts<'_>) -> Result<(), Refusal> {
    match unfinished(facts.deeds) {
        Some((deed, ..)) => Err(Refusal::new("erase-under-way").with("year", deed.year)),
        None => Ok(()),
    }
}

/// Whether events leave erased claims and vouchers alone: nothing happens to them any more.
pub fn check_not_erased(deeds: &[ErasureDeed], events: &[Event]) -> Result<(), Refusal> {
    if deeds.is_empty() {
        return Ok(());
    }
    for event in events {
        match event {
            Event::Claim(id, _) if is_claim_erased(deeds, id.get()) => {
                return Err(Refusal::new("claim-erased"));
            }
            Event::Voucher(id, _) if is_voucher_erased(deeds, id.get()) => {
                return Err(Refusal::new("voucher-erased"));
            }
            Event::Voucher(_, crate::domain::event::VoucherEvent::Raised(voucher))
                if voucher.claims().iter().any(|id| is_claim_erased(deeds, id.get())) =>
            {
                return Err(Refusal::new("claim-erased"));
            }
            _ => {}
        }
    }
    Ok(())
}
