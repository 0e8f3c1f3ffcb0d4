//! A claim whole: its page, and what the forms of its next steps begin with.

use crate::base::calendar::slashed;
use crate::desk::form::Typed;
use crate::desk::{clock_words, sentence_of_refusal};
use crate::domain::claim::Review;
use crate::domain::clock::clocks;
use crate::domain::code::{CloseReason, ProcessState, Programme, ReviewMark};
use crate::domain::{BenefitLine, Claim, ClaimCommand, Refusal, Rupiah, Settlement, document};
use crate::tui::effect::{Answer, ClaimCard, LineCard, PaperCard, PaperState};
use crate::tui::jobs::Trouble;
use crate::tui::keymap::Action;
use crate::tui::page::{Line, Page};
use crate::tui::paint::wrap;
use crate::tui::theme::Tone;
use crate::words::Value;

use super::Bench;
use super::glance::{clock_tone, happened};

/// The card of a claim.
pub fn card(bench: &Bench, claim_no: &str) -> Result<Answer, Trouble> {
    let claim = bench.desk.find_claim(claim_no).map_err(|error| bench.trouble(error))?;
    let values = Typed::of_claim(&claim.basics);
    Ok(Answer::Claim(Box::new(ClaimCard {
        claim_no: claim.basics.claim_no.as_str().to_owned(),
        revision: claim.revision,
        today: bench.desk.today(),
        page: page(bench, &claim)?,
        papers: papers(&claim)
            .into_iter()
            .map(|(kind, state)| paper_card(bench, &claim, kind, state))
            .collect(),
        lines: claim
            .lines
            .iter()
            .filter(|line| line.voucher.is_none())
            .map(|line| line_card(bench, line))
            .collect(),
        values: values.iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect(),
        is_checked: is_checked(&claim),
        cannot: cannot(bench, &claim),
    })))
}

/// Whether somebody has looked it through as it stands.
fn is_checked(claim: &Claim) -> bool {
    let is_current = |review: &&Review| review.revision == claim.revision;
    claim.review.as_ref().filter(is_current).is_some_and(|review| review.mark == ReviewMark::Checked)
}

/// Every paper that is needed or has come, in the order of the list.
fn papers(claim: &Claim) -> Vec<(crate::domain::DocumentKind, PaperState)> {
    let mut kinds = document::required(claim);
    kinds.extend(claim.documents.iter().map(|document| document.kind));
    kinds.sort_unstable();
    kinds.dedup();
    kinds
        .into_iter()
        .map(|kind| {
            let state = match claim.document(kind) {
                Some(_) => PaperState::Received,
                None if document::is_stated_complete(claim) => PaperState::Stated,
                None => PaperState::Missing,
            };
            (kind, state)
        })
        .collect()
}

fn paper_card(
    bench: &Bench,
    claim: &Claim,
    kind: crate::domain::DocumentKind,
    state: PaperState,
) -> PaperCard {
    let document = claim.document(kind);
    let since = claim.complete_date.filter(|_| state == PaperState::Stated);
    PaperCard {
        code: kind.code().to_owned(),
        name: bench.paper(kind),
        state,
        received: document.map(|document| document.received).or(since).map_or_else(String::new, slashed),
        archive: document.map_or_else(String::new, |document| document.archive.clone()),
    }
}

/// The form's fields of a line.
pub fn line_values(line: &BenefitLine) -> Vec<(String, String)> {
    let payee = &line.payee;
    let day = |date: Option<jiff::civil::Date>| date.map_or_else(String::new, slashed);
    let money = |amount: Rupiah| if amount.is_zero() { String::new() } else { amount.grouped() };
    let values = [
        ("component", line.component.code().to_owned()),
        ("from", day(line.span.map(|span| span.from))),
        ("to", day(line.span.map(|span| span.to))),
        ("payee_kind", payee.kind.code().to_owned()),
        ("payee", payee.name.clone()),
        ("bank", payee.bank.clone()),
        ("account", payee.account.as_ref().map_or_else(String::new, |account| account.as_str().to_owned())),
        ("receipt", line.receipt.clone()),
        ("asked", money(line.asked)),
        ("amount", money(if line.determination.is_some() { line.determined() } else { line.asked })),
    ];
    values.map(|(name, value)| (name.to_owned(), value)).to_vec()
}

fn line_card(bench: &Bench, line: &BenefitLine) -> LineCard {
    let component = bench.words.text(&line.component.key());
    LineCard {
        no: line.no.to_string(),
        label: format!("{} {component} {}", line.no, line.asked.grouped()),
        values: line_values(line),
        is_determined: line.determination.is_some(),
    }
}

/// Why which step is not possible now, in the words of the rule.
fn cannot(bench: &Bench, claim: &Claim) -> Vec<(Action, String)> {
    let today = bench.desk.today();
    let number = &claim.basics.claim_no;
    let ended = matches!(claim.state(), ProcessState::Rejected | ProcessState::Cancelled);
    let over = Refusal::new("claim-ended").with("claim_no", number).with("state", claim.state());
    let mut cannot = Vec::new();
    if ended {
        for action in [Action::Amend, Action::Tick, Action::Determine, Action::Outcome] {
            cannot.push((action, over.clone()));
        }
    } else if claim.basics.programme != Programme::Jkk {
        let refusal = Refusal::new("outcome-outside-jkk").with("programme", claim.basics.programme);
        cannot.push((Action::Outcome, refusal));
    }
    if !ended && (claim.filed_date.is_none() || claim.state() == ProcessState::Returned) {
        // The rule would say so at the end of the form; it is said before anything is typed.
        cannot.push((Action::Determine, Refusal::new("not-filed").with("claim_no", number)));
    }
    let note = "…".to_owned();
    let tried = [
        (Action::File, ClaimCommand::File { date: today }),
        (Action::Return, ClaimCommand::Return { date: today, note: note.clone() }),
        (Action::CloseCase, ClaimCommand::Close { date: today, note: note.clone() }),
        (Action::Reject, ClaimCommand::Reject { date: today, reason: CloseReason::Other, note }),
    ];
    for (action, command) in tried {
        if let Err(crate::desk::DeskError::Refused(refusal)) = bench.desk.preview(claim.id, &command) {
            cannot.push((action, refusal));
        }
    }
    if !claim.lines.iter().any(BenefitLine::waits_for_voucher) {
        cannot.push((Action::Voucher, Refusal::new("voucher-without-lines")));
    }
    cannot
        .into_iter()
        .map(|(action, refusal)| (action, sentence_of_refusal(&refusal, &bench.words)))
        .collect()
}

fn page(bench: &Bench, claim: &Claim) -> Result<Page, Trouble> {
    let words = &bench.words;
    let state = words.text(&claim.state().key());
    let outcome = claim.outcome().map_or_else(String::new, |outcome| {
        format!("{}{} {}", bench.dot(), bench.outcome_mark(outcome), words.text(&outcome.key()))
    });
    let title = format!(
        "{}{}{}{}{state}{outcome}",
        claim.basics.claim_no,
        bench.dot(),
        claim.basics.programme,
        bench.dot()
    );
    let mut lines = head(bench, claim);
    lines.extend(review(bench, claim));
    lines.extend(further_submission(bench, claim));
    lines.extend(paper_lines(bench, claim));
    lines.extend(benefit_lines(bench, claim));
    lines.extend(clock_lines(bench, claim));
    lines.extend(history(bench, claim));
    lines.extend(similar(bench, claim)?);
    Ok(Page { title, lines })
}

/// Who, where, what happened.
fn head(bench: &Bench, claim: &Claim) -> Vec<Line> {
    let basics = &claim.basics;
    let worker = &basics.worker;
    let words = &bench.words;
    let identity = format!("{} {}", worker.identity.kind(), worker.identity.number());
    let kpj = worker.kpj.as_ref().map_or("", |kpj| kpj.as_str());
    let numbers = format!("   {}   KPJ {kpj}", identity.trim());
    let erased = claim.is_erased().then(|| words.text("erased-person"));
    let name = erased.as_ref().unwrap_or(&worker.name);
    let mut lines =
        vec![Line::default().then_personal(name, Tone::Heading).then_personal(&numbers, Tone::Plain)];
    // Who is not employed has no company.
    if !claim.company_name().is_empty() || !claim.npp().is_empty() {
        let npp = format!("   NPP {}", claim.npp());
        lines.push(Line::text(claim.company_name()).then(&npp, Tone::Dim));
    }
    lines.extend(wrapped(&happened(bench, claim), Tone::Plain));
    let day =
        |date: Option<jiff::civil::Date>| date.map_or_else(|| words.text("panes-claims-not-yet"), slashed);
    let dates = [
        ("field-event-date", Some(basics.event_date)),
        ("field-reported-date", basics.reported_date),
        ("field-filed-date", claim.filed_date),
        ("field-complete-date", claim.complete_date),
    ];
    let said: Vec<String> =
        dates.iter().map(|(key, date)| format!("{} {}", words.text(key), day(*date))).collect();
    lines.extend(said.chunks(2).map(|pair| Line::text(&pair.join(bench.dot()))));
    if let Some(wage) = basics.wage {
        let unit = words.text(&wage.unit.key());
        lines.push(Line::text(&format!("{} {} {unit}", words.text("field-wage"), wage.amount.grouped())));
    }
    if !basics.notes.trim().is_empty() {
        lines.extend(wrapped(&basics.notes, Tone::Dim));
    }
    lines
}

/// Longer texts over as many lines as the narrowest design needs.
pub fn wrapped(text: &str, tone: Tone) -> Vec<Line> {
    const CELLS: u16 = 74;
    wrap(text, CELLS).iter().map(|line| Line::toned(line, tone)).collect()
}

/// The reviewer's mark, and whether it is about what stands here now.
fn review(bench: &Bench, claim: &Claim) -> Option<Line> {
    let review = claim.review.as_ref()?;
    let words = &bench.words;
    let mark = words.text(&review.mark.key());
    let is_current = review.revision == claim.revision;
    let tone = match (review.mark, is_current) {
        (ReviewMark::Checked, true) => Tone::Good,
        _ => Tone::Warn,
    };
    let args = [("mark", Value::Text(mark)), ("by", Value::Text(review.by.clone()))];
    let key = if is_current { "panes-claims-review" } else { "panes-claims-review-old" };
    let line = Line::toned(&words.format(key, &args), tone);
    Some(if review.note.is_empty() { line } else { line.then(&format!(": {}", review.note), Tone::Plain) })
}

/// Why papers that were there are awaited again: a line that came after a voucher is a submission of its own.
fn further_submission(bench: &Bench, claim: &Claim) -> Option<Line> {
    let has_earlier = claim.lines.iter().any(|line| line.voucher.is_some() && line.complete_date.is_some());
    let waits = claim.lines.iter().any(|line| line.voucher.is_none() && line.complete_date.is_none());
    let is_further = has_earlier && waits && !document::missing(claim).is_empty();
    is_further.then(|| Line::toned(&bench.words.text("forms-further-submission"), Tone::Warn))
}

/// The papers, each to be ticked.
fn paper_lines(bench: &Bench, claim: &Claim) -> Vec<Line> {
    let words = &bench.words;
    let missing = document::missing(claim);
    let mut lines = vec![Line::section(&words.text("sheet-documents"))];
    for (kind, state) in papers(claim) {
        let name = bench.paper(kind);
        let line = match (state, claim.document(kind)) {
            (PaperState::Received, Some(document)) => {
                let date = slashed(document.received);
                Line::toned(&format!("[{}] ", bench.tick()), Tone::Good)
                    .then(&name, Tone::Plain)
                    .then(format!("  {date}  {}", document.archive).trim_end(), Tone::Dim)
            }
            // Of imported history it is only known that the bundle was complete.
            (PaperState::Stated, _) => Line::toned(&format!("[{}] ", bench.tick()), Tone::Dim)
                .then(&name, Tone::Plain)
                .then(&format!("  {}", words.text("panes-claims-paper-stated")), Tone::Dim),
            _ => {
                let tone = if missing.contains(&kind) { Tone::Warn } else { Tone::Dim };
                Line::toned("[ ] ", tone).then(&name, tone)
            }
        };
        lines.push(line.leading_to(format!("paper {}", kind.code())));
    }
    for file in &claim.files {
        let (name, kib) = (bench.paper(file.kind), file.bytes.div_ceil(1024));
        lines.push(
            Line::toned(&format!("    {name}  {}  ", slashed(file.date)), Tone::Dim)
                .then_personal(&file.name, Tone::Plain)
                .then(&format!("  {kib} KiB"), Tone::Dim),
        );
    }
    lines
}

/// The lines, each with payee, amounts and voucher.
fn benefit_lines(bench: &Bench, claim: &Claim) -> Vec<Line> {
    let words = &bench.words;
    let mut lines = vec![Line::section(&words.text("sheet-lines"))];
    if claim.lines.is_empty() {
        let is_filed = claim.filed_date.is_some() && claim.state() != ProcessState::Returned;
        let key = if is_filed { "panes-claims-no-lines" } else { "panes-claims-no-lines-yet" };
        lines.push(Line::toned(&words.text(key), Tone::Dim));
    }
    for line in &claim.lines {
        let component = words.text(&line.component.key());
        let span = line
            .span
            .map_or_else(String::new, |span| format!("  {} - {}", slashed(span.from), slashed(span.to)));
        let head = with_voucher(bench, line, Line::text(&format!("{}  {component}{span}", line.no)));
        lines.push(if line.voucher.is_none() { head.leading_to(format!("line {}", line.no)) } else { head });
        lines.push(amounts(bench, line));
        lines.push(payee(bench, claim, line));
    }
    lines
}

/// The voucher a line is on, or that it waits for one.
fn with_voucher(bench: &Bench, line: &BenefitLine, said: Line) -> Line {
    match &line.voucher {
        None if line.waits_for_voucher() => {
            said.then(&format!("   {}", bench.words.text("panes-claims-waits-voucher")), Tone::Accent)
        }
        None => said,
        Some(link) => match link.settlement {
            Settlement::Waiting => said.then(&format!("   {}", link.code), Tone::Plain),
            Settlement::Part(part) => {
                let (part, whole) = (part.grouped(), line.determined().grouped());
                said.then(&format!("   {} {part} / {whole}", link.code), Tone::Warn)
            }
            Settlement::Paid(date) => {
                said.then(&format!("   {} {} {}", link.code, bench.tick(), slashed(date)), Tone::Good)
            }
        },
    }
}

fn amounts(bench: &Bench, line: &BenefitLine) -> Line {
    let words = &bench.words;
    let asked = [("amount", Value::Text(line.asked.grouped()))];
    let said = Line::toned(&format!("   {}", words.format("panes-claims-asked", &asked)), Tone::Dim);
    match &line.determination {
        Some(entry) => {
            let args =
                [("amount", Value::Text(entry.amount.grouped())), ("date", Value::Text(slashed(entry.date)))];
            said.then(&format!("  {}", words.format("panes-claims-determined", &args)), Tone::Plain)
        }
        None => said.then(&format!("  {}", words.text("sheet-not-determined")), Tone::Warn),
    }
}

fn payee(bench: &Bench, claim: &Claim, line: &BenefitLine) -> Line {
    let kind = bench.words.text(&line.payee.kind.key());
    if claim.is_erased() && line.payee.is_erased() {
        return Line::toned(&format!("   {} ({kind})", bench.words.text("erased-person")), Tone::Dim);
    }
    let said = Line::toned("   ", Tone::Dim)
        .then_personal(&line.payee.name, Tone::Plain)
        .then(&format!(" ({kind}) "), Tone::Dim);
    match &line.payee.account {
        Some(account) => {
            said.then_personal(&format!("{} {}", line.payee.bank, account.as_str()), Tone::Plain)
        }
        None => said.then(&bench.words.text("panes-claims-no-account"), Tone::Warn),
    }
}

fn clock_lines(bench: &Bench, claim: &Claim) -> Vec<Line> {
    let words = &bench.words;
    let mut lines = vec![Line::section(&words.text("sheet-clocks"))];
    for clock in clocks(claim, bench.desk.view().office(), bench.desk.today()) {
        let label = words.text(clock.kind.key());
        let due = clock.due.map_or_else(|| "-".to_owned(), slashed);
        let (tone, said) = (clock_tone(&clock), clock_words(&clock, bench.desk.today(), words));
        lines.push(Line::text(&format!("{label:<34} {due:<10}  ")).then(&said, tone));
    }
    lines
}

/// What happened to the case, oldest first.
fn history(bench: &Bench, claim: &Claim) -> Vec<Line> {
    let words = &bench.words;
    let mut entries: Vec<(jiff::civil::Date, String)> = claim
        .states
        .iter()
        .map(|entry| {
            let reason = entry.reason.map_or_else(String::new, |reason| words.text(&reason.key()));
            let text = format!("{}  {reason} {}", words.text(&entry.state.key()), entry.note);
            (entry.date, text.trim_end().to_owned())
        })
        .collect();
    entries.extend(claim.outcomes.iter().map(|entry| {
        let text = format!("{} {}", bench.outcome_mark(entry.outcome), words.text(&entry.outcome.key()));
        (entry.date, text)
    }));
    entries.extend(claim.lines.iter().filter_map(|line| {
        let entry = line.determination.as_ref()?;
        let component = words.text(&line.component.key());
        Some((entry.date, format!("{component} {}", entry.amount.grouped())))
    }));
    entries.sort_by_key(|(date, _)| *date);
    let mut lines = vec![Line::section(&words.text("sheet-history"))];
    lines.extend(entries.into_iter().map(|(date, text)| {
        Line::toned(&format!("{}  ", slashed(date)), Tone::Dim).then(&text, Tone::Plain)
    }));
    lines
}

fn similar(bench: &Bench, claim: &Claim) -> Result<Vec<Line>, Trouble> {
    let words = &bench.words;
    let similar = bench.desk.similar(&claim.basics, Some(claim.id)).map_err(|error| bench.trouble(error))?;
    if similar.is_empty() {
        return Ok(Vec::new());
    }
    let mut lines = vec![Line::section(&words.text("panes-claims-alike"))];
    for case in similar {
        let why: Vec<String> = case.finding.why.iter().map(|why| words.text(why.key())).collect();
        lines.push(
            Line::text(&format!("{}  ", case.claim_no))
                .then_personal(&case.worker, Tone::Plain)
                .then(&format!("  ({})", case.finding.score), Tone::Warn)
                .leading_to(format!("claim {}", case.claim_no)),
        );
        lines.extend(wrapped(&why.join("; "), Tone::Dim));
    }
    Ok(lines)
}
