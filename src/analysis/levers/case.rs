//! A work accident case as the levers look at it.

use jiff::civil::Date;

use crate::domain::claim::Wage;
use crate::domain::clock::ClockMark;
use crate::domain::{Component, DateSpan, Outcome, ProcessState, Rupiah};

/// Whether the facility was a partner on the day of the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partner {
    /// It was.
    Yes,
    /// It was not.
    No,
    /// It stands in no register, or the case names none.
    Unknown,
}

/// A case, filled by the desk. Rejected and cancelled ones are handed in like the others; no lever takes them.
#[derive(Clone, Debug)]
pub struct LeverCase {
    /// Number of the claim.
    pub claim_no: String,
    /// Identity or membership number in its normal form; empty where none is known.
    pub person: String,
    /// Registration number of the employer; may be empty.
    pub npp: String,
    /// Its name; may be empty.
    pub company: String,
    /// The facility's name as in the register; may be empty.
    pub facility: String,
    /// Whether it was a partner on the day of the event: what is not known of later days.
    pub partner: Partner,
    /// Diagnosis, ICD-10; may be empty.
    pub diagnosis: String,
    /// Outcome as known.
    pub outcome: Option<Outcome>,
    /// Where the case stands.
    pub state: ProcessState,
    /// Date of the event.
    pub event: Date,
    /// Closed on.
    pub ended: Option<Date>,
    /// Stage II came in on.
    pub filed: Option<Date>,
    /// How the stage I report met its clock.
    pub stage_one: ClockMark,
    /// Wage as typed.
    pub wage: Option<Wage>,
    /// Benefit lines.
    pub lines: Vec<LeverLine>,
}

/// A benefit line of a case.
#[derive(Clone, Copy, Debug)]
pub struct LeverLine {
    /// What it pays.
    pub component: Component,
    /// Days it covers.
    pub span: Option<DateSpan>,
    /// Asked.
    pub asked: Rupiah,
    /// Determined; nothing before.
    pub determined: Rupiah,
    /// When.
    pub determined_on: Option<Date>,
    /// Gross, of what was determined.
    pub paid: Rupiah,
    /// When the last of it was paid.
    pub paid_on: Option<Date>,
    /// The payment clock: at the payment, or, while money waits, today.
    pub payment: ClockMark,
}

impl LeverCase {
    /// Whether it counts as a case: not rejected, not cancelled.
    pub fn counts(&self) -> bool {
        !matches!(self.state, ProcessState::Rejected | ProcessState::Cancelled)
    }

    /// Whether it still asks for work.
    pub fn is_open(&self) -> bool {
        self.state.is_open()
    }

    /// What was determined on lines that pass.
    pub fn determined(&self, wanted: impl Fn(&LeverLine) -> bool) -> Rupiah {
        self.lines.iter().filter(|line| wanted(line)).map(|line| line.determined).sum()
    }
}
