//! Issuing vouchers: the page to confirm, and one transaction a voucher.

use crate::base::terbilang::in_words;
use crate::desk::{DeskError, IssueWish};
use crate::domain::{BenefitLine, Claim, LineNo, Payee, Programme, Refusal, Rupiah, document};
use crate::tui::effect::{Answer, OrderSlip, Subject};
use crate::tui::jobs::Trouble;
use crate::tui::page::{Line, Page};
use crate::tui::theme::Tone;
use crate::words::Value;
use std::sync::Arc;

use super::Bench;

/// The lines of one voucher to be.
struct Group {
    programme: Programme,
    payee: Payee,
    lines: Vec<(Arc<Claim>, LineNo, Rupiah)>,
}

/// What would be issued: payees with their account in full, lines, warnings, the total.
pub fn page(bench: &Bench, subjects: Vec<String>) -> Result<Answer, Trouble> {
    let groups = groups(bench, &subjects).map_err(|error| bench.trouble(error))?;
    let words = &bench.words;
    let mut lines = Vec::new();
    let mut total = Rupiah::ZERO;
    for group in &groups {
        let sum: Rupiah = group.lines.iter().map(|(_, _, amount)| *amount).sum();
        total += sum;
        let kind = words.text(&group.payee.kind.key());
        let name = format!("{} ({kind}, {})", group.payee.name, group.programme);
        lines.push(Line::default().then_personal(&name, Tone::Heading));
        lines.push(account_line(bench, &group.payee));
        for (claim, no, amount) in &group.lines {
            lines.push(benefit_line(bench, claim, *no, *amount));
        }
        let args = [("amount", Value::Text(sum.grouped()))];
        lines.push(Line::toned(&words.format("panes-claims-issue-sum", &args), Tone::Accent));
        lines.push(Line::toned(&format!("  {} rupiah", in_words(words.lang().code(), sum.get())), Tone::Dim));
    }
    lines.extend(warnings(bench, &groups));
    let count = i64::try_from(groups.len()).unwrap_or(i64::MAX);
    let args = [("n", Value::Int(count)), ("amount", Value::Text(total.grouped()))];
    let title = words.format("panes-claims-issue-title", &args);
    Ok(Answer::Page { subject: Subject::Issue(subjects), page: Page { title, lines } })
}

/// Issues them, one voucher a payee.
pub fn commit(bench: &Bench, slip: OrderSlip) -> Result<Answer, Trouble> {
    let date = bench.desk.today();
    let mut codes = Vec::new();
    let issued = wishes(bench, &slip.subjects, date).and_then(|wishes| {
        for wish in &wishes {
            bench.desk.issue(wish, &mut |voucher| {
                codes.push(voucher.code.clone());
                Ok::<(), DeskError>(())
            })?;
        }
        Ok(())
    });
    match issued {
        // What was issued before the trouble is safe and has to be written down all the same.
        Err(error) if codes.is_empty() => return Err(bench.trouble(error)),
        Err(error) => {
            let args = [("why", Value::Text(error.sentence(&bench.words)))];
            let text = bench.words.format("panes-claims-issued-partly", &args);
            return Ok(Answer::Committed { slip, codes, text });
        }
        Ok(()) => {}
    }
    let count = i64::try_from(codes.len()).unwrap_or(i64::MAX);
    let text = bench.words.format("panes-claims-issued", &[("n", Value::Int(count))]);
    Ok(Answer::Committed { slip, codes, text })
}

/// Subjects are claim numbers, or `number#line` for one line.
fn parts(subject: &str) -> (&str, Option<LineNo>) {
    match subject.rsplit_once('#') {
        Some((claim_no, line)) => match line.parse::<u16>() {
            Ok(no) => (claim_no, Some(LineNo::new(no))),
            Err(_) => (subject, None),
        },
        None => (subject, None),
    }
}

/// Whole claims together, so that one payee gets one voucher; single lines claim by claim.
fn wishes(bench: &Bench, subjects: &[String], date: jiff::civil::Date) -> Result<Vec<IssueWish>, DeskError> {
    let mut whole = IssueWish { claims: Vec::new(), only: Vec::new(), date };
    let mut wishes: Vec<IssueWish> = Vec::new();
    for subject in subjects {
        let (claim_no, line) = parts(subject);
        let id = bench.desk.find_claim(claim_no)?.id;
        match line {
            None => whole.claims.push(id),
            Some(no) => match wishes.iter_mut().find(|wish| wish.claims == [id]) {
                Some(wish) => wish.only.push(no),
                None => wishes.push(IssueWish { claims: vec![id], only: vec![no], date }),
            },
        }
    }
    if !whole.claims.is_empty() {
        wishes.push(whole);
    }
    Ok(wishes)
}

fn groups(bench: &Bench, subjects: &[String]) -> Result<Vec<Group>, DeskError> {
    let mut groups: Vec<Group> = Vec::new();
    for subject in subjects {
        let (claim_no, only) = parts(subject);
        let claim = bench.desk.find_claim(claim_no)?;
        let programme = claim.basics.programme;
        let waits = |line: &&BenefitLine| line.waits_for_voucher() && only.is_none_or(|no| no == line.no);
        for line in claim.lines.iter().filter(waits) {
            let entry = (Arc::clone(&claim), line.no, line.determined());
            let same =
                |group: &&mut Group| group.programme == programme && group.payee.key() == line.payee.key();
            match groups.iter_mut().find(same) {
                Some(group) => group.lines.push(entry),
                None => groups.push(Group { programme, payee: line.payee.clone(), lines: vec![entry] }),
            }
        }
    }
    if groups.is_empty() { Err(Refusal::new("voucher-without-lines").into()) } else { Ok(groups) }
}

/// The account in full: it is compared with the bank book digit by digit.
fn account_line(bench: &Bench, payee: &Payee) -> Line {
    match &payee.account {
        Some(account) => {
            Line::default().then_personal(&format!("  {} {}", payee.bank, account.as_str()), Tone::Plain)
        }
        None => Line::toned(&format!("  {}", bench.words.text("panes-claims-no-account")), Tone::Bad),
    }
}

fn benefit_line(bench: &Bench, claim: &Claim, no: LineNo, amount: Rupiah) -> Line {
    let component = claim.line(no).map_or_else(String::new, |line| bench.words.text(&line.component.key()));
    Line::text(&format!("  {} {component}  ", claim.basics.claim_no))
        .then_personal(&claim.basics.worker.name, Tone::Plain)
        .then(&format!("  {}", amount.grouped()), Tone::Plain)
}

/// What is worth a look before the numbers are taken.
fn warnings(bench: &Bench, groups: &[Group]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut seen = Vec::new();
    for (claim, _, _) in groups.iter().flat_map(|group| &group.lines) {
        if seen.contains(&claim.id) {
            continue;
        }
        seen.push(claim.id);
        let missing: Vec<String> =
            document::missing(claim).into_iter().map(|kind| bench.paper(kind)).collect();
        if !missing.is_empty() {
            let args = [
                ("no", Value::Text(claim.basics.claim_no.as_str().to_owned())),
                ("papers", Value::Text(missing.join(", "))),
            ];
            lines.push(Line::toned(&bench.words.format("panes-claims-issue-papers", &args), Tone::Warn));
        }
    }
    lines
}
