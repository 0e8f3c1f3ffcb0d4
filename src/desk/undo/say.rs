//! What was done and what an undo will do, in the person's words.

use jiff::civil::DateTime;

use super::{Standing, main_event, past, subject_of};
use crate::base::calendar::slashed;
use crate::desk::form::Typed;
use crate::domain::code::{ProcessState, VoucherKind, VoucherState};
use crate::domain::{BenefitLine, Claim, ClaimEvent, Event, OfficeEvent, Voucher, VoucherEvent};
use crate::store::Past;
use crate::words::{Value, Words};

/// Something this person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Number of its first record in the journal: by this it is named.
    pub seq: u64,
    /// When, in the office's time.
    pub at: DateTime,
    /// What, in a few words.
    pub what: String,
    /// On which claim or voucher; may be empty.
    pub on: String,
    /// Whose it is: the worker, the payee. Hidden from guests.
    pub whose: String,
    /// Whether it can be taken back.
    pub standing: Standing,
}

impl Deed {
    /// Hour and minute.
    pub fn clock(&self) -> String {
        past::clock(self.at)
    }
}

/// One thing that will differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What: a field, a paper, a line.
    pub label: String,
    /// As it is.
    pub from: String,
    /// As it will be.
    pub to: String,
    /// Whether it names a person or their account.
    pub is_personal: bool,
}

/// A transaction as a deed.
pub(super) fn deed(past: &Past, standing: Standing, words: &Words) -> Deed {
    let (on, whose) = subject_of(past);
    let what = match past::undone_by(&past.key) {
        Some(of) => words.format(
            "undo-did-undo",
            &[("id", Value::from(of.to_string())), ("what", what(past, words).into())],
        ),
        None => what(past, words),
    };
    Deed { seq: past.seq, at: past.at.civil(), what, on, whose, standing }
}

fn what(past: &Past, words: &Words) -> String {
    let voucher = past.events.iter().find_map(|event| match event {
        Event::Voucher(_, event) => Some(event),
        _ => None,
    });
    if let Some(event) = voucher {
        return voucher_what(event, words);
    }
    match (main_event(past), past.events.first()) {
        (Some(event), _) => claim_what(event, words),
        (None, Some(Event::Office(OfficeEvent::SeriesStarted { series, next }))) => {
            let args = [("series", Value::from(series.as_str())), ("next", next.to_string().into())];
            words.format("undo-did-series", &args)
        }
        (None, _) => String::new(),
    }
}

fn voucher_what(event: &VoucherEvent, words: &Words) -> String {
    match event {
        VoucherEvent::Raised(voucher) => {
            let key = match voucher.kind {
                VoucherKind::Issued => "undo-did-issued",
                VoucherKind::Recorded => "undo-did-recorded",
            };
            words.format(key, &[("amount", Value::from(voucher.net.grouped()))])
        }
        VoucherEvent::Approved { .. } => words.text("undo-did-approved"),
        VoucherEvent::Paid { payment, .. } => {
            words.format("undo-did-paid", &[("amount", Value::from(payment.amount.grouped()))])
        }
        VoucherEvent::PaymentReturned { payment, .. } => {
            words.format("undo-did-returned", &[("no", Value::from(payment.to_string()))])
        }
        VoucherEvent::Voided(_) => words.text("undo-did-voided"),
    }
}

fn claim_what(event: &ClaimEvent, words: &Words) -> String {
    let line = |key: &str, line: &BenefitLine| {
        let component = words.text(&line.component.key());
        words.format(key, &[("line", line.no.to_string().into()), ("component", component.into())])
    };
    match event {
        ClaimEvent::Registered { .. } => words.text("undo-did-registered"),
        ClaimEvent::Amended { .. } => words.text("undo-did-amended"),
        ClaimEvent::Filed(_) => words.text("undo-did-filed"),
        ClaimEvent::Completed { .. } => words.text("undo-did-completed"),
        ClaimEvent::DocumentReceived(document) => {
            words.format("undo-did-paper", &[("paper", words.text(&document.kind.key()).into())])
        }
        ClaimEvent::FileAttached(file) => {
            words.format("undo-did-file", &[("paper", words.text(&file.kind.key()).into())])
        }
        ClaimEvent::DocumentRemoved(kind) => {
            words.format("undo-did-no-paper", &[("paper", words.text(&kind.key()).into())])
        }
        ClaimEvent::LineAdded { line: added, .. } => line("undo-did-line-added", added),
        ClaimEvent::LineAmended { line: amended, .. } => line("undo-did-line-amended", amended),
        ClaimEvent::LineRestored { line: restored, .. } => line("undo-did-line-restored", restored),
        ClaimEvent::LineWithdrawn { line, .. } => {
            words.format("undo-did-line-withdrawn", &[("line", line.to_string().into())])
        }
        ClaimEvent::LineDetermined { line, amount, .. } => {
            let args = [("line", line.to_string().into()), ("amount", amount.grouped().into())];
            words.format("undo-did-determined", &args)
        }
        ClaimEvent::OutcomeSet(entry) => {
            words.format("undo-did-outcome", &[("outcome", words.text(&entry.outcome.key()).into())])
        }
        ClaimEvent::StateSet(entry) => {
            words.format("undo-did-state", &[("state", words.text(&entry.state.key()).into())])
        }
        ClaimEvent::ToldApart { .. } => words.text("undo-did-told-apart"),
        ClaimEvent::Reviewed(review) => {
            words.format("undo-did-reviewed", &[("mark", words.text(&review.mark.key()).into())])
        }
        ClaimEvent::ReviewCleared => words.text("undo-did-review-cleared"),
    }
}

/// The fields of the form that name a person.
const PERSONAL: &[&str] = &["worker", "id_no", "kpj", "birth_date"];

/// What differs between a claim and what it will be.
pub(super) fn claim_changes(now: &Claim, then: &Claim, words: &Words) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut say = |label: String, from: String, to: String, is_personal: bool| {
        if from != to {
            let named = |text: String| if text.is_empty() { words.text("undo-nothing") } else { text };
            changes.push(Change { label, from: named(from), to: named(to), is_personal });
        }
    };
    let (typed, typed_then) = (Typed::of_claim(&now.basics), Typed::of_claim(&then.basics));
    let names = typed.iter().chain(typed_then.iter()).map(|(name, _)| name);
    let names: std::collections::BTreeSet<&str> = names.collect();
    for name in names {
        let label = words.text(&format!("field-{}", name.replace('_', "-")));
        let value = |typed: &Typed| field_text(name, typed.get(name), words);
        say(label, value(&typed), value(&typed_then), PERSONAL.contains(&name));
    }
    let kinds = now.documents.iter().chain(&then.documents).map(|document| document.kind);
    for kind in kinds.collect::<std::collections::BTreeSet<_>>() {
        let state = |claim: &Claim| {
            claim.document(kind).map_or_else(String::new, |document| {
                format!("{} {}", slashed(document.received), document.archive).trim_end().to_owned()
            })
        };
        say(words.text(&kind.key()), state(now), state(then), false);
    }
    for no in
        now.lines.iter().chain(&then.lines).map(|line| line.no).collect::<std::collections::BTreeSet<_>>()
    {
        let label = words.format("undo-line", &[("no", no.to_string().into())]);
        let state = |claim: &Claim| claim.line(no).map_or_else(String::new, |line| line_text(line, words));
        say(label, state(now), state(then), true);
    }
    let outcome =
        |claim: &Claim| claim.outcome().map_or_else(String::new, |outcome| words.text(&outcome.key()));
    say(words.text("field-outcome"), outcome(now), outcome(then), false);
    let complete = |claim: &Claim| claim.complete_date.map_or_else(String::new, slashed);
    say(words.text("field-complete-date"), complete(now), complete(then), false);
    let state = |claim: &Claim| words.text(&claim.state().key());
    say(words.text("undo-state"), state(now), state(then), false);
    let mark = |claim: &Claim| {
        claim.review.as_ref().map_or_else(String::new, |review| {
            format!("{} {} {}", words.text(&review.mark.key()), review.by, review.note).trim_end().to_owned()
        })
    };
    say(words.text("undo-mark"), mark(now), mark(then), false);
    say(
        words.text("field-despite-duplicate"),
        now.despite_duplicate.clone(),
        then.despite_duplicate.clone(),
        false,
    );
    changes
}

/// A field's value as a person reads it: a code of a list by its name.
fn field_text(name: &str, text: &str, words: &Words) -> String {
    let spec = crate::desk::form::CLAIM_FIELDS.iter().find(|spec| spec.name == name);
    if let Some(crate::desk::form::FieldKind::Code(list)) = spec.map(|spec| spec.kind) {
        let key = format!("value-{list}-{}", text.to_lowercase().replace('_', "-"));
        if words.has(&key) {
            return words.text(&key);
        }
    }
    text.to_owned()
}

fn line_text(line: &BenefitLine, words: &Words) -> String {
    let component = words.text(&line.component.key());
    let account = line.payee.account.as_ref().map_or("", |account| account.as_str());
    let payee = format!("{} {} {account}", line.payee.name, line.payee.bank);
    let asked = words.format("undo-asked", &[("amount", line.asked.grouped().into())]);
    let determined = line.determination.as_ref().map(|letter| {
        let args = [("amount", Value::from(letter.amount.grouped())), ("date", slashed(letter.date).into())];
        format!(", {}", words.format("undo-determined", &args))
    });
    let payee = payee.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{component}, {asked}{}, {payee}", determined.unwrap_or_default())
}

/// What there is to know: what stays, what the month's report will say.
pub(super) fn claim_notes(now: &Claim, then: &Claim, before: Option<&Claim>, words: &Words) -> Vec<String> {
    let mut notes = Vec::new();
    if before.is_none() {
        let no = now.basics.claim_no.as_str();
        notes.push(words.format("undo-note-registered", &[("no", no.into())]));
    }
    let ended = |claim: &Claim| {
        matches!(claim.state(), ProcessState::Rejected | ProcessState::Cancelled | ProcessState::Closed)
    };
    if before.is_some() && ended(now) != ended(then) {
        notes.push(words.text("undo-note-ended"));
    }
    if now.sums().determined != then.sums().determined {
        notes.push(words.text("undo-note-corrected"));
    }
    if now.outcome() != then.outcome() {
        notes.push(words.text("undo-note-outcome"));
    }
    notes
}

/// What becomes of a voucher that is taken back.
pub(super) fn voucher_changes(now: &Voucher, words: &Words) -> Vec<Change> {
    let state = |state: VoucherState| words.text(&state.key());
    let lines: Vec<&str> = now.lines.iter().map(|line| line.claim_no.as_str()).collect();
    let mut claims = lines.clone();
    claims.dedup();
    vec![
        Change {
            label: words.text("undo-state"),
            from: state(now.state),
            to: state(VoucherState::Void),
            is_personal: false,
        },
        Change {
            label: words.format("undo-lines", &[("n", Value::from(lines.len()))]),
            from: now.code.as_str().to_owned(),
            to: words.format("undo-lines-wait", &[("claims", claims.join(", ").into())]),
            is_personal: false,
        },
    ]
}

/// What stays of it.
pub(super) fn voucher_notes(now: &Voucher, words: &Words) -> Vec<String> {
    let key = match now.kind {
        VoucherKind::Issued => "undo-note-number",
        VoucherKind::Recorded => "undo-note-code",
    };
    let code = Value::from(now.code.as_str());
    vec![words.format(key, &[("code", code)]), words.text("undo-note-void-stays")]
}
