//! What a benefit line must satisfy.

use jiff::civil::Date;

use crate::domain::benefit::{BenefitLine, DateSpan};
use crate::domain::claim::Claim;
use crate::domain::code::{Component, Programme};
use crate::domain::command::NewLine;
use crate::domain::decide::paper::check_text;
use crate::domain::id::LineNo;
use crate::domain::money::Rupiah;
use crate::domain::refusal::Refusal;

/// Refuses a line that does not fit its claim. `except` is the line being changed.
pub fn check_line(claim: &Claim, new: &NewLine, except: Option<LineNo>, today: Date) -> Result<(), Refusal> {
    if !belongs(new.component, claim.basics.programme) {
        let refusal = Refusal::new("component-not-of-programme").with("component", new.component);
        return Err(refusal.with("programme", claim.basics.programme));
    }
    if new.asked <= Rupiah::ZERO || new.asked > Rupiah::LIMIT {
        return Err(Refusal::new("amount-out-of-range").with("field", "asked").with("amount", new.asked));
    }
    if new.payee.name.trim().is_empty() {
        return Err(Refusal::new("field-empty").with("field", "payee"));
    }
    check_text("payee", &new.payee.name, 100)?;
    check_text("bank", &new.payee.bank, 40)?;
    check_text("receipt", &new.receipt, 60)?;
    check_span(claim, new, except, today)
}

/// Whether a component is paid by a programme.
fn belongs(component: Component, programme: Programme) -> bool {
    use Component as C;
    match programme {
        Programme::Jkk => !matches!(component, C::OldAge | C::OldAgeShare | C::Pension | C::JobLossCash),
        Programme::Jkm => matches!(component, C::Death | C::Funeral | C::Periodic | C::Scholarship),
        Programme::Jht => matches!(component, C::OldAge | C::OldAgeShare),
        Programme::Jp => component == C::Pension,
        Programme::Jkp => component == C::JobLossCash,
    }
}

/// STMB has days; no two STMB lines of a case share one (hard duplicate).
fn check_span(claim: &Claim, new: &NewLine, except: Option<LineNo>, today: Date) -> Result<(), Refusal> {
    let Some(span) = new.span else {
        return if new.component == Component::Stmb {
            Err(Refusal::new("stmb-without-days"))
        } else {
            Ok(())
        };
    };
    if span.from < claim.basics.event_date {
        let refusal = Refusal::new("date-before").with("field", "from").with("date", span.from);
        return Err(refusal.with("what", "event_date").with("after", claim.basics.event_date));
    }
    if new.component == Component::Stmb && span.to > today {
        let refusal = Refusal::new("date-in-future").with("field", "to").with("date", span.to);
        return Err(refusal.with("today", today));
    }
    if new.component != Component::Stmb {
        return Ok(());
    }
    match overlapping(claim, span, except) {
        Some(line) => {
            Err(Refusal::new("stmb-overlaps").with("line", line.no).with("claim_no", &claim.basics.claim_no))
        }
        None => Ok(()),
    }
}

/// The STMB line that shares a day with `span`.
fn overlapping(claim: &Claim, span: DateSpan, except: Option<LineNo>) -> Option<&BenefitLine> {
    claim
        .lines
        .iter()
        .filter(|line| line.component == Component::Stmb && Some(line.no) != except)
        .find(|line| line.span.is_some_and(|other| other.overlaps(span)))
}
