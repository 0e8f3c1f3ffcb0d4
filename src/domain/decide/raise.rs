//! The rules of a new voucher: one payee, one programme, lines that wait, and a number taken under the lock.

use jiff::civil::Date;

use crate::domain::benefit::BenefitLine;
use crate::domain::claim::Claim;
use crate::domain::code::{Origin, Programme, VoucherKind, VoucherMode, VoucherState};
use crate::domain::command::{RaiseVoucher, SeenLine};
use crate::domain::decide::paper::{check_paper_date, check_text};
use crate::domain::event::VoucherEvent;
use crate::domain::id::{ClaimId, LineNo, VoucherId};
use crate::domain::money::Rupiah;
use crate::domain::office::Office;
use crate::domain::payee::Payee;
use crate::domain::period::Period;
use crate::domain::person::PersonId;
use crate::domain::refusal::Refusal;
use crate::domain::voucher::{
    CheckMark, CodeParts, SeriesKey, SeriesState, Voucher, VoucherCode, VoucherLine,
};

/// Largest rounding accepted, either way, in rupiah.
const ROUNDING_LIMIT: Rupiah = Rupiah::new(1_000);

/// What the rules need to know for a new voucher.
pub struct RaiseFacts<'a> {
    /// The office.
    pub office: &'a Office,
    /// The desk's today.
    pub today: Date,
    /// The claims of the lines, as they stand.
    pub claims: &'a [&'a Claim],
    /// The id it will have.
    pub id: VoucherId,
    /// Where a series stands.
    pub series: &'a dyn Fn(&SeriesKey) -> SeriesState,
    /// Whether a normalised code is in use in the office and the year of the voucher.
    pub code_taken: &'a dyn Fn(&str, i16) -> bool,
    /// Who prepares it.
    pub by: &'a str,
    /// The same by the system's ids.
    pub who: PersonId,
}

/// A voucher, with its number.
pub fn raise(facts: &RaiseFacts<'_>, wish: &RaiseVoucher) -> Result<VoucherEvent, Refusal> {
    refuse_mode(facts.office.voucher_mode, wish.kind)?;
    check_text("description", &wish.description, 200)?;
    let lines = waiting_lines(facts, wish)?;
    let (first_claim, first) = lines[0];
    let payee = same_payee(&lines)?;
    let programme = first_claim.basics.programme;
    let gross: Rupiah = lines.iter().map(|(_, line)| line.determined()).sum();
    let net = net_of(gross, wish)?;
    let posted = facts.office.posting_month(wish.date, facts.today)?;
    let (code, external_code, series) = numbered(facts, wish, programme, posted, &payee)?;
    let year = posted.year();
    if (facts.code_taken)(&code.normalised(), year) {
        return Err(Refusal::new("code-taken").with("code", &code).with("year", year));
    }
    let voucher = Voucher {
        id: facts.id,
        revision: 1,
        code,
        external_code,
        kind: wish.kind,
        origin: Origin::Desk,
        series,
        programme,
        date: wish.date,
        posted,
        state: VoucherState::Proposed,
        payee,
        lines: lines.iter().map(|(claim, line)| printed(claim, line)).collect(),
        gross,
        pph: wish.pph,
        rounding: wish.rounding,
        net,
        description: description(wish, first_claim, first, lines.len()),
        prepared_by: facts.by.to_owned(),
        prepared_id: Some(facts.who),
        approved_by: String::new(),
        payments: Vec::new(),
        void: None,
    };
    Ok(VoucherEvent::Raised(Box::new(voucher)))
}

fn refuse_mode(mode: VoucherMode, kind: VoucherKind) -> Result<(), Refusal> {
    let allowed = match mode {
        VoucherMode::Both => true,
        VoucherMode::Issue => kind == VoucherKind::Issued,
        VoucherMode::Record => kind == VoucherKind::Recorded,
    };
    if allowed { Ok(()) } else { Err(Refusal::new("voucher-mode").with("mode", mode).with("kind", kind)) }
}

/// The lines by their claims, each determined, free, and determined no later than the voucher's date.
fn waiting_lines<'a>(
    facts: &RaiseFacts<'a>,
    wish: &RaiseVoucher,
) -> Result<Vec<(&'a Claim, &'a BenefitLine)>, Refusal> {
    if wish.lines.is_empty() {
        return Err(Refusal::new("voucher-without-lines"));
    }
    let mut lines = Vec::with_capacity(wish.lines.len());
    for (place, seen) in wish.lines.iter().enumerate() {
        let (claim, line) = find_line(facts, seen.claim, seen.line)?;
        let refusal =
            |code| Refusal::new(code).with("claim_no", &claim.basics.claim_no).with("line", seen.line);
        let same = |other: &SeenLine| (other.claim, other.line) == (seen.claim, seen.line);
        if wish.lines[..place].iter().any(same) {
            return Err(refusal("line-twice"));
        }
        if let Some(link) = &line.voucher {
            return Err(refusal("line-just-vouchered").with("code", &link.code));
        }
        if let Some(freed) = line.free_since {
            // Two live vouchers never hold one line, not even on paper.
            check_paper_date("date", wish.date, ("freed", freed), facts.today)?;
        }
        match &line.determination {
            Some(determination) if determination.amount > Rupiah::ZERO => {
                if determination.date > wish.date {
                    let refusal = refusal("voucher-before-determination");
                    return Err(refusal.with("date", wish.date).with("determined", determination.date));
                }
            }
            _ => return Err(refusal("line-not-determined")),
        }
        if line.determined() != seen.amount {
            let refusal = refusal("line-amount-moved").with("seen", seen.amount.grouped());
            return Err(refusal.with("now", line.determined().grouped()));
        }
        if line.payee != seen.payee {
            let refusal = refusal("line-payee-moved").with("seen", seen.payee.shown());
            return Err(refusal.with("now", line.payee.shown()));
        }
        lines.push((claim, line));
    }
    Ok(lines)
}

fn find_line<'a>(
    facts: &RaiseFacts<'a>,
    id: ClaimId,
    no: LineNo,
) -> Result<(&'a Claim, &'a BenefitLine), Refusal> {
    let claim = facts
        .claims
        .iter()
        .find(|claim| claim.id == id)
        .ok_or_else(|| Refusal::new("claim-unknown").with("claim_no", id))?;
    let line = claim.line(no).ok_or_else(|| {
        Refusal::new("line-unknown").with("claim_no", &claim.basics.claim_no).with("line", no)
    })?;
    Ok((claim, line))
}

/// The one payee of all lines, with an account.
fn same_payee(lines: &[(&Claim, &BenefitLine)]) -> Result<Payee, Refusal> {
    let (first_claim, first) = lines[0];
    for (claim, line) in lines {
        if line.payee.key() != first.payee.key() {
            let refusal = Refusal::new("payees-differ").with("claim_no", &claim.basics.claim_no);
            return Err(refusal.with("line", line.no).with("payee", &line.payee.name));
        }
        if claim.basics.programme != first_claim.basics.programme {
            let refusal = Refusal::new("programmes-differ").with("claim_no", &claim.basics.claim_no);
            return Err(refusal.with("programme", claim.basics.programme));
        }
    }
    if first.payee.account.is_none() {
        let refusal = Refusal::new("payee-account-missing").with("payee", &first.payee.name);
        return Err(refusal.with("claim_no", &first_claim.basics.claim_no));
    }
    Ok(first.payee.clone())
}

fn net_of(gross: Rupiah, wish: &RaiseVoucher) -> Result<Rupiah, Refusal> {
    if gross > Rupiah::LIMIT {
        return Err(Refusal::new("amount-out-of-range").with("field", "gross").with("amount", gross));
    }
    if wish.pph < Rupiah::ZERO || wish.pph > gross {
        return Err(Refusal::new("amount-out-of-range").with("field", "pph").with("amount", wish.pph));
    }
    if wish.rounding.abs() >= ROUNDING_LIMIT {
        return Err(Refusal::new("amount-out-of-range")
            .with("field", "rounding")
            .with("amount", wish.rounding));
    }
    let net = gross - wish.pph + wish.rounding;
    if net <= Rupiah::ZERO {
        return Err(Refusal::new("amount-out-of-range").with("field", "net").with("amount", net));
    }
    Ok(net)
}

/// A code, the core system's code beside it, and its place in a series of our shape.
type Numbered = (VoucherCode, String, Option<(SeriesKey, u32)>);

/// The code: the next of its series, or the one copied from the core system.
fn numbered(
    facts: &RaiseFacts<'_>,
    wish: &RaiseVoucher,
    programme: Programme,
    posted: Period,
    payee: &Payee,
) -> Result<Numbered, Refusal> {
    let template = &facts.office.template;
    let parts = CodeParts { programme, office: &facts.office.code, posted, date: wish.date, payee };
    let key = template.series(&parts);
    match wish.kind {
        VoucherKind::Issued => {
            let state = (facts.series)(&key);
            if let Some(last) = state.last_date.filter(|last| wish.date < *last) {
                let refusal = Refusal::new("series-date-backwards").with("series", &key);
                return Err(refusal.with("date", wish.date).with("last", last));
            }
            let number =
                state.last.checked_add(1).ok_or_else(|| Refusal::new("series-full").with("series", &key))?;
            let external = if wish.code.trim().is_empty() {
                String::new()
            } else {
                VoucherCode::parse(&wish.code)?.as_str().to_owned()
            };
            Ok((template.code(&parts, number), external, Some((key, number))))
        }
        VoucherKind::Recorded => {
            let code = VoucherCode::parse(&wish.code)?;
            let reading = template.read(&facts.office.code, &code);
            if let Some(reading) = reading.as_ref().filter(|reading| reading.check == CheckMark::Holds) {
                let place = (reading.series.clone(), reading.number);
                return Ok((reading.code.clone(), String::new(), Some(place)));
            }
            let head = key.as_str().split('#').next().unwrap_or_default();
            let begins_as_ours = !head.is_empty() && code.as_str().starts_with(head);
            let is_ours = begins_as_ours || (reading.is_some() && template.names_office());
            if template.has_check() && is_ours {
                return Err(Refusal::new("code-check-wrong").with("code", &code));
            }
            Ok((code, String::new(), None))
        }
    }
}

fn printed(claim: &Claim, line: &BenefitLine) -> VoucherLine {
    VoucherLine {
        claim: claim.id,
        claim_no: claim.basics.claim_no.as_str().to_owned(),
        line: line.no,
        amount: line.determined(),
    }
}

/// What the clerk said, or programme, component and claim.
fn description(wish: &RaiseVoucher, claim: &Claim, line: &BenefitLine, n_lines: usize) -> String {
    if !wish.description.trim().is_empty() {
        return wish.description.trim().to_owned();
    }
    let more = if n_lines > 1 { format!(" (+{})", n_lines - 1) } else { String::new() };
    format!("{} {} {}{more}", claim.basics.programme, line.component, claim.basics.claim_no)
}
