//! The rules of a voucher that a file brings for cases the desk knows. Its code, its amounts and its dates are history
//! and stand as its paper says, so that the tie-out can list what is wrong with them; its lines must be free, as on a form.

use jiff::civil::Date;

use crate::domain::benefit::BenefitLine;
use crate::domain::claim::Claim;
use crate::domain::event::VoucherEvent;
use crate::domain::money::Rupiah;
use crate::domain::office::Office;
use crate::domain::refusal::Refusal;
use crate::domain::voucher::{Voucher, VoucherLine};

/// What the rules need to know for a voucher out of a file.
pub struct TakeFacts<'a> {
    /// The office.
    pub office: &'a Office,
    /// The desk's today.
    pub today: Date,
    /// The claims of the lines, as they stand.
    pub claims: &'a [&'a Claim],
    /// Whether a normalised code is in use in the office and the year of the voucher.
    pub code_taken: &'a dyn Fn(&str, i16) -> bool,
}

/// The voucher as it is raised; `paper` is what the file says, with the id it will have. A void one keeps its number
/// and none of its lines that have moved on since.
pub fn take_voucher(facts: &TakeFacts<'_>, paper: Voucher, lines: Lines) -> Result<VoucherEvent, Refusal> {
    let mut voucher = paper;
    voucher.posted = facts.office.posting_month(voucher.date, facts.today)?;
    let (code, year) = (&voucher.code, voucher.posted.year());
    if (facts.code_taken)(&code.normalised(), year) {
        return Err(Refusal::new("code-taken").with("code", code).with("year", year));
    }
    let mut taken = Vec::with_capacity(voucher.lines.len());
    for named in std::mem::take(&mut voucher.lines) {
        match (free(facts, &voucher, &named), lines) {
            (Ok(amount), _) => taken.push(VoucherLine { amount, ..named }),
            (Err(_), Lines::WhatIsLeft) => {}
            (Err(refusal), Lines::All) => return Err(refusal),
        }
    }
    voucher.lines = taken;
    Ok(VoucherEvent::Raised(Box::new(voucher)))
}

/// Which of its lines a voucher must find free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// Every one.
    All,
    /// Those that still are: it is void.
    WhatIsLeft,
}

/// The determined amount of a line that no voucher holds.
fn free(facts: &TakeFacts<'_>, voucher: &Voucher, named: &VoucherLine) -> Result<Rupiah, Refusal> {
    let refusal = |code| Refusal::new(code).with("claim_no", &named.claim_no).with("line", named.line);
    let claim = facts.claims.iter().find(|claim| claim.id == named.claim);
    let claim = claim.ok_or_else(|| Refusal::new("claim-unknown").with("claim_no", &named.claim_no))?;
    let line: &BenefitLine = claim.line(named.line).ok_or_else(|| refusal("line-unknown"))?;
    if let Some(link) = &line.voucher {
        return Err(refusal("line-on-voucher").with("code", &link.code));
    }
    match &line.determination {
        Some(letter) if letter.date > voucher.date => {
            let refusal = refusal("voucher-before-determination").with("date", voucher.date);
            Err(refusal.with("determined", letter.date))
        }
        Some(letter) if letter.amount > Rupiah::ZERO => Ok(letter.amount),
        _ => Err(refusal("line-not-determined")),
    }
}
