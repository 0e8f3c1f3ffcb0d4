//! What a form about a claim is made from, so that it can be made again from the claim as it is later.

use super::form::FormScreen;
use super::step_form::NEW_LINE;
use super::{claim_form, paper_form, step_form};
use crate::tui::effect::ClaimCard;
use crate::tui::keymap::Action;
use crate::words::Words;

/// A form about a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// What the paper said is corrected.
    Amend,
    /// Stage II.
    File,
    /// A line is determined, by its number, or a new one.
    Determine(String),
    /// Several lines are determined at once.
    Lines,
    /// The outcome.
    Outcome,
    /// Back to the applicant.
    Return,
    /// Rejected or cancelled.
    Reject,
    /// A paper of the bundle, by its code.
    Paper(String),
}

impl Basis {
    /// The form as it would be opened on this state of the claim; none when there is nothing left to open it on.
    pub fn form(&self, card: &ClaimCard, words: &Words) -> Option<FormScreen> {
        Some(match self {
            Basis::Amend => claim_form::amend_claim(card, words),
            Basis::File => step_form::file(card, words),
            Basis::Determine(no) => {
                let is_there = *no == NEW_LINE || card.lines.iter().any(|line| line.no == *no);
                is_there.then(|| step_form::determine(card, Some(no), words))?
            }
            Basis::Lines => step_form::determine_lines(card, words),
            Basis::Outcome => step_form::outcome(card, words),
            Basis::Return => step_form::give_back(card, words),
            Basis::Reject => step_form::reject(card, words),
            Basis::Paper(code) => {
                paper_form::paper(card, card.papers.iter().find(|paper| paper.code == *code)?, words)
            }
        })
    }

    /// Whether it corrects what stands there: then what others changed elsewhere does not concern it.
    pub fn is_amendment(&self) -> bool {
        *self == Basis::Amend
    }

    /// Why the step cannot be taken any more on this state of the claim.
    pub fn why_not<'c>(&self, card: &'c ClaimCard) -> Option<&'c str> {
        let action = match self {
            Basis::Amend => Action::Amend,
            Basis::File => Action::File,
            Basis::Determine(_) | Basis::Lines => Action::Determine,
            Basis::Outcome => Action::Outcome,
            Basis::Return => Action::Return,
            Basis::Reject => Action::Reject,
            Basis::Paper(_) => Action::Tick,
        };
        card.cannot.iter().find(|(known, _)| *known == action).map(|(_, why)| why.as_str())
    }
}
