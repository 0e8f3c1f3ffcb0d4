//! The forms of a voucher's next steps: pay, return of a transfer, void.

use super::fields;
use super::form::{Codes, FormScreen};
use crate::base::calendar::slashed;
use crate::tui::cards::VoucherCard;
use crate::tui::forms::{Choice, Field, FieldKind, Form};
use crate::words::{Value, Words};

/// A transfer went: all that is unpaid, today, unless the person says otherwise.
pub fn pay(card: &VoucherCard, words: &Words) -> FormScreen {
    let fields = vec![
        fields::date("date", words).required(),
        fields::amount("amount", words).required(),
        Field::new("reference", words.text("panes-work-reference"), FieldKind::Text)
            .helped_by(words.text("panes-work-help-reference")),
    ];
    let known = [("date", slashed(card.today)), ("amount", card.unpaid.clone())];
    step(card, "voucher-pay", fields, &known, "reference", words)
}

/// A transfer came back.
pub fn give_back(card: &VoucherCard, words: &Words) -> FormScreen {
    let payments = card.payments.iter().map(|(no, label)| Choice::new(no.clone(), label)).collect();
    let fields = vec![
        Field::choice("payment", words.text("panes-work-payment"), payments).required(),
        fields::date("date", words).required(),
        reason(words).helped_by(words.text("panes-work-help-return")),
    ];
    let last = card.payments.first().map_or_else(String::new, |(no, _)| no.clone());
    let known = [("payment", last), ("date", slashed(card.today))];
    step(card, "voucher-return", fields, &known, "note", words)
}

/// Void: the number is spent.
pub fn void(card: &VoucherCard, words: &Words) -> FormScreen {
    let fields = vec![
        reason(words).helped_by(words.text("panes-work-help-void")),
        fields::date("date", words).required(),
    ];
    step(card, "voucher-void", fields, &[("date", slashed(card.today))], "note", words)
}

fn reason(words: &Words) -> Field {
    Field::new("note", words.text("panes-work-reason"), FieldKind::Text).required()
}

fn step(
    card: &VoucherCard,
    what: &str,
    fields: Vec<Field>,
    known: &[(&str, String)],
    focus: &str,
    words: &Words,
) -> FormScreen {
    let title = words.format(&format!("panes-work-{what}"), &[("code", Value::from(&card.code))]);
    let mut form = Form::new(format!("{what} {}", card.code), title, fields, card.today);
    let known: Vec<(String, String)> =
        known.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    form.prefill(&known);
    form.focus_on(focus);
    FormScreen::new(form, what, vec![card.code.clone()], Codes::Quiet).seeing(card.seen.clone()).once()
}
