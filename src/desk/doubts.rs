//! What is worth a second look before money is paid: more than was asked, more than the rule comes to, a facility that nobody
//! knows. No refusal: a decision may be right for reasons that stand on paper.

use std::collections::BTreeSet;

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::domain::code::{Component, PayeeKind};
use crate::domain::command::SeenLine;
use crate::domain::rule::suggest;
use crate::domain::{ClaimId, Rupiah};
use crate::words::Words;

/// A line that is worth a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Number of the claim.
    claim_no: String,
    /// Which benefit.
    component: Component,
    /// What was determined, whole rupiah.
    amount: Rupiah,
    /// Why.
    why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Why {
    /// So much was asked.
    Asked(Rupiah),
    /// So much the rules come to.
    Rule(Rupiah),
    /// No such facility is known.
    Facility(String),
}

impl Doubt {
    /// The sentence.
    pub fn sentence(&self, words: &Words) -> String {
        let (key, against) = match &self.why {
            Why::Asked(asked) => ("doubt-above-asked", asked.grouped()),
            Why::Rule(most) => ("doubt-above-rule", most.grouped()),
            Why::Facility(name) => ("doubt-facility-unknown", name.clone()),
        };
        let args = [
            ("no", self.claim_no.as_str().into()),
            ("component", words.text(&self.component.key()).into()),
            ("amount", self.amount.grouped().into()),
            ("against", against.into()),
        ];
        words.format(key, &args)
    }
}

impl Desk {
    /// What is worth a second look about lines that are to be paid, line by line.
    pub fn doubts(&self, lines: &[SeenLine]) -> Result<Vec<Doubt>, DeskError> {
        let view = self.view();
        let ids: BTreeSet<ClaimId> = lines.iter().map(|line| line.claim).collect();
        let claims = view.claims(&ids.into_iter().collect::<Vec<_>>())?;
        let mut doubts = Vec::new();
        for seen in lines {
            let Some(claim) = claims.iter().find(|claim| claim.id == seen.claim) else { continue };
            let Some(line) = claim.line(seen.line) else { continue };
            let amount = line.determined();
            let mut doubt = |why: Why| {
                let claim_no = claim.basics.claim_no.as_str().to_owned();
                doubts.push(Doubt { claim_no, component: line.component, amount, why });
            };
            // Nothing asked is nothing stated.
            if line.asked > Rupiah::ZERO && amount > line.asked {
                doubt(Why::Asked(line.asked));
            }
            if let Ok(Some(rule)) = suggest(claim, line, view.office())
                && amount > rule.amount
            {
                doubt(Why::Rule(rule.amount));
            }
            if line.payee.kind == PayeeKind::Facility && view.facility(&line.payee.name)?.is_none() {
                doubt(Why::Facility(line.payee.name.clone()));
            }
        }
        Ok(doubts)
    }
}
