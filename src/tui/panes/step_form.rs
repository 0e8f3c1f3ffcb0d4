//! The forms of a claim's next steps: file, determine, outcome, return, reject.

use super::basis::Basis;
use super::fields;
use super::form::{Codes, FormScreen};
use crate::base::calendar::slashed;
use crate::tui::effect::{ClaimCard, Seen};
use crate::tui::forms::{Choice, Field, Form, is_backwards};
use crate::words::{Value, Words};

/// The value of the line field that makes a new line.
pub const NEW_LINE: &str = "new";

/// A change of one of these asks the desk who is paid, where, and for which days.
const ASKS: &[&str] = &["line", "component", "from", "to", "payee_kind", "payee", "account"];

/// Stage II: the benefit application came in, and with it, if the clerk has them at hand, the lines that it asks for.
pub fn file(card: &ClaimCard, words: &Words) -> FormScreen {
    let fields =
        vec![fields::date("date", words).required().helped_by(words.text("panes-claims-help-filed"))];
    let mut form = form_of(card, "claim-file", fields, words).with_rows(columns(words));
    form.prefill(&[("date".to_owned(), slashed(card.today))]);
    form.focus_on("date");
    screen_of(card, "claim-file", form).based_on(Basis::File).advised_on(ASKS)
}

/// Determines several lines at once: those that are not determined yet, and new ones.
pub fn determine_lines(card: &ClaimCard, words: &Words) -> FormScreen {
    let fields = vec![fields::date("date", words).required(), fields::text("number", words)];
    let mut lines: Vec<Choice> =
        card.lines.iter().map(|line| Choice::new(line.no.clone(), &line.label)).collect();
    lines.push(Choice::new(NEW_LINE, &words.text("panes-claims-line-new")));
    let mut line = Field::choice("line", fields::label("line", words), lines);
    line.set(NEW_LINE);
    let mut row = vec![line];
    row.extend(columns(words));
    row.push(fields::amount("amount", words));
    let mut form = form_of(card, "claim-lines", fields, words).with_rows(row).rows_known_by("line");
    form.prefill(&[("date".to_owned(), slashed(card.today))]);
    let waiting = card.lines.iter().filter(|line| !line.is_determined);
    let records: Vec<Vec<(String, String)>> = waiting
        .map(|line| [vec![("line".to_owned(), line.no.clone())], line.values.clone()].concat())
        .collect();
    form.prefill_rows(&records);
    form.focus_on(if records.is_empty() { "1.component" } else { "1.amount" });
    screen_of(card, "claim-lines", form).based_on(Basis::Lines).advised_on(ASKS)
}

/// What is typed of a line, each a column.
fn columns(words: &Words) -> Vec<Field> {
    vec![
        fields::code("component", "component", words).required(),
        fields::code("payee_kind", "payee-kind", words).required(),
        fields::text("payee", words).required(),
        fields::text("bank", words),
        fields::account(words),
        fields::any_date("from", words),
        fields::any_date("to", words),
        fields::text("receipt", words),
        fields::amount("asked", words),
    ]
}

/// Determines a line: the one given, else the first that is not determined, else a new one.
pub fn determine(card: &ClaimCard, line: Option<&str>, words: &Words) -> FormScreen {
    let mut lines: Vec<Choice> =
        card.lines.iter().map(|line| Choice::new(line.no.clone(), &line.label)).collect();
    lines.push(Choice::new(NEW_LINE, &words.text("panes-claims-line-new")));
    let fields = vec![
        Field::choice("line", fields::label("line", words), lines).required(),
        fields::code("component", "component", words).required(),
        fields::any_date("from", words),
        fields::any_date("to", words),
        fields::code("payee_kind", "payee-kind", words).required(),
        fields::text("payee", words).required(),
        fields::text("bank", words),
        fields::account(words),
        fields::text("receipt", words),
        fields::amount("asked", words),
        fields::amount("amount", words).helped_by(words.text("panes-claims-help-amount")),
        fields::date("date", words).required(),
        fields::text("number", words),
    ];
    let known = |no: &str| card.lines.iter().find(|line| line.no == no);
    let chosen = match line {
        Some(no) => known(no),
        None => card.lines.iter().find(|line| !line.is_determined),
    };
    let no = chosen.map_or(NEW_LINE, |line| line.no.as_str());
    let mut form = form_of(card, "claim-determine", fields, words).checked_by(days_in_order);
    form.prefill(&[("line".to_owned(), no.to_owned()), ("date".to_owned(), slashed(card.today))]);
    form.prefill(chosen.map_or(&[][..], |line| line.values.as_slice()));
    form.focus_on(if chosen.is_some() { "amount" } else { "component" });
    let basis = Basis::Determine(no.to_owned());
    screen_of(card, "claim-determine", form).based_on(basis).advised_on(ASKS).renewed_by(determine_next)
}

/// The next line of the same claim, as it is by then.
fn determine_next(card: &ClaimCard, words: &Words) -> FormScreen {
    determine(card, None, words)
}

/// The last day is not before the first.
fn days_in_order(form: &Form, words: &Words) -> Option<(&'static str, String)> {
    let (from, to) = (form.value("from"), form.value("to"));
    let args = [("from", Value::Text(from.clone()))];
    is_backwards(&from, &to, form.today()).then(|| ("to", words.format("panes-claims-days-backwards", &args)))
}

/// What has become of the worker.
pub fn outcome(card: &ClaimCard, words: &Words) -> FormScreen {
    let fields =
        vec![fields::code("outcome", "outcome", words).required(), fields::date("date", words).required()];
    let form = step(card, "claim-outcome", fields, words, &[("date", slashed(card.today))]);
    form.based_on(Basis::Outcome).advised_on(&["outcome", "date"])
}

/// The bundle goes back to the applicant.
pub fn give_back(card: &ClaimCard, words: &Words) -> FormScreen {
    let fields = vec![
        fields::text("note", words).required().helped_by(words.text("panes-claims-help-return")),
        fields::date("date", words).required(),
    ];
    step(card, "claim-return", fields, words, &[("date", slashed(card.today))]).based_on(Basis::Return)
}

/// Closed by hand: why nothing more will come.
pub fn close(card: &ClaimCard, words: &Words) -> FormScreen {
    let fields = vec![
        fields::text("note", words).required().helped_by(words.text("panes-claims-help-close")),
        fields::date("date", words).required(),
    ];
    step(card, "claim-close", fields, words, &[("date", slashed(card.today))])
}

/// Rejected, or cancelled.
pub fn reject(card: &ClaimCard, words: &Words) -> FormScreen {
    let ways = [("DITOLAK", "value-status-ditolak"), ("BATAL", "value-status-batal")];
    let ways = ways.iter().map(|(value, key)| Choice::new(*value, &words.text(key))).collect();
    let fields = vec![
        Field::choice("how", words.text("panes-claims-how"), ways).required(),
        fields::code("reason", "reason", words).required(),
        fields::text("note", words),
        fields::date("date", words).required(),
    ];
    step(card, "claim-reject", fields, words, &[("date", slashed(card.today))]).based_on(Basis::Reject)
}

fn form_of(card: &ClaimCard, what: &str, fields: Vec<Field>, words: &Words) -> Form {
    let title = words.format(&format!("panes-{what}"), &[("no", Value::Text(card.claim_no.clone()))]);
    Form::new(format!("{what} {}", card.claim_no), title, fields, card.today)
}

fn screen_of(card: &ClaimCard, what: &str, form: Form) -> FormScreen {
    FormScreen::new(form, what, vec![card.claim_no.clone()], Codes::Quiet)
        .seeing(Seen::Claim(card.revision))
        .once()
}

fn step(
    card: &ClaimCard,
    what: &str,
    fields: Vec<Field>,
    words: &Words,
    known: &[(&str, String)],
) -> FormScreen {
    let mut form = form_of(card, what, fields, words);
    let known: Vec<(String, String)> =
        known.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    form.prefill(&known);
    form.focus_on_first_empty();
    screen_of(card, what, form)
}
