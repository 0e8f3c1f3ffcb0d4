//! The calculation sheet of a claim: each line with what the rules would give, step by step, the rules it rests on and
//! how sure they are. What was determined stands beside it and is never replaced by it.

use jiff::civil::Date;

use crate::domain::benefit::{BenefitLine, DateSpan};
use crate::domain::claim::Claim;
use crate::domain::code::{Component, Programme};
use crate::domain::id::LineNo;
use crate::domain::money::Rupiah;
use crate::domain::office::{Office, StoreKind};
use crate::domain::refusal::Refusal;
use crate::domain::rule::{Calculation, suggest};

/// The sheet of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalculationSheet {
    /// A sample office is marked CONTOH.
    pub kind: StoreKind,
    /// Code and name of the office.
    pub office: String,
    /// Number of the claim.
    pub claim_no: String,
    /// Programme.
    pub programme: Programme,
    /// The worker's name.
    pub worker: String,
    /// The day that chooses the rules.
    pub event_date: Date,
    /// Days of a month in STMB: in no text, a setting of the office.
    pub stmb_divisor: u16,
    /// Its lines.
    pub lines: Vec<SheetLine>,
}

/// A line of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLine {
    /// Number within the claim.
    pub no: LineNo,
    /// What it pays.
    pub component: Component,
    /// Days it covers.
    pub span: Option<DateSpan>,
    /// Who is paid.
    pub payee: String,
    /// Asked.
    pub asked: Rupiah,
    /// Determined, if it is.
    pub determined: Option<Rupiah>,
    /// What the rules say.
    pub by_rule: ByRule,
}

/// What the rules say of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ByRule {
    /// A sum, with the way to it.
    Sum(Calculation),
    /// No sum: care by medical need, a balance, a degree that only a doctor states.
    NoSum,
    /// Not to be reckoned as the claim stands.
    Refused(Refusal),
}

impl CalculationSheet {
    /// The sheet of a claim as it stands.
    pub fn of(claim: &Claim, office: &Office) -> CalculationSheet {
        CalculationSheet {
            kind: office.kind,
            office: format!("{} {}", office.code, office.name),
            claim_no: claim.basics.claim_no.as_str().to_owned(),
            programme: claim.basics.programme,
            worker: claim.basics.worker.name.clone(),
            event_date: claim.basics.event_date,
            stmb_divisor: office.stmb_divisor,
            lines: claim.lines.iter().map(|line| sheet_line(claim, line, office)).collect(),
        }
    }
}

fn sheet_line(claim: &Claim, line: &BenefitLine, office: &Office) -> SheetLine {
    let by_rule = match suggest(claim, line, office) {
        Ok(Some(calculation)) => ByRule::Sum(calculation),
        Ok(None) => ByRule::NoSum,
        Err(refusal) => ByRule::Refused(refusal),
    };
    SheetLine {
        no: line.no,
        component: line.component,
        span: line.span,
        payee: line.payee.name.clone(),
        asked: line.asked,
        determined: line.determination.as_ref().map(|letter| letter.amount),
        by_rule,
    }
}
