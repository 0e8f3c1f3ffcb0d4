//! The form of one paper of the bundle: on which day it came and where it is archived, for when that is not simply today
//! and in the bundle.

use super::basis::Basis;
use super::fields;
use super::form::{Codes, FormScreen};
use crate::base::calendar::slashed;
use crate::tui::effect::{ClaimCard, PaperCard, Seen};
use crate::tui::forms::Form;
use crate::words::{Value, Words};

/// The command; the paper's code stands behind the claim's number among its subjects.
const WHAT: &str = "claim-document";

/// The day it came, by default today, and its archive place.
pub fn paper(card: &ClaimCard, paper: &PaperCard, words: &Words) -> FormScreen {
    let fields = vec![
        fields::date("received", words).required(),
        fields::text("archive", words).helped_by(words.text("panes-claims-help-archive")),
    ];
    let args = [("no", Value::Text(card.claim_no.clone())), ("paper", Value::Text(paper.name.clone()))];
    let title = words.format("panes-claim-document", &args);
    let mut form = Form::new(format!("{WHAT} {} {}", card.claim_no, paper.code), title, fields, card.today);
    let received = if paper.received.is_empty() { slashed(card.today) } else { paper.received.clone() };
    form.prefill(&[("received".to_owned(), received), ("archive".to_owned(), paper.archive.clone())]);
    let subjects = vec![card.claim_no.clone(), paper.code.clone()];
    FormScreen::new(form, WHAT, subjects, Codes::Quiet)
        .based_on(Basis::Paper(paper.code.clone()))
        .seeing(Seen::Claim(card.revision))
        .once()
}
