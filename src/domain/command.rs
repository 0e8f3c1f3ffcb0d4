//! Commands: what someone wants. `decide` turns them into events or a refusal.

use jiff::civil::Date;

use crate::domain::benefit::{BenefitLine, DateSpan};
use crate::domain::claim::{Claim, ClaimBasics, Review};
use crate::domain::code::{
    CloseReason, Component, DocumentKind, Outcome, ProcessState, ReviewMark, VoucherKind, VoucherState,
};
use crate::domain::id::{ClaimId, LineNo, PaymentNo};
use crate::domain::money::Rupiah;
use crate::domain::payee::Payee;
use crate::domain::voucher::Voucher;

/// Where a new case's number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// The paper has it.
    Paper,
    /// The paper has none: we give the next one, whatever was the next one when the form was read.
    Given,
}

/// A new case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewClaim {
    /// What the form says.
    pub basics: ClaimBasics,
    /// Where its number comes from.
    pub numbering: Numbering,
    /// The rejected or cancelled case that this one restores.
    pub restores: Option<ClaimId>,
    /// Said by the clerk when a hard duplicate was shown: it is a new case all the same.
    pub despite_duplicate: Option<String>,
}

/// A new benefit line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    /// What it pays.
    pub component: Component,
    /// Days it covers; needed for STMB.
    pub span: Option<DateSpan>,
    /// Who is paid.
    pub payee: Payee,
    /// Receipt number of a bill; may be empty.
    pub receipt: String,
    /// What is asked.
    pub asked: Rupiah,
}

/// What someone wants of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimCommand {
    /// Change what the paper said.
    Amend(Box<ClaimBasics>),
    /// Take in the stage II report: the benefit application.
    File {
        /// Paper date.
        date: Date,
    },
    /// Say on which date the bundle was complete.
    Complete {
        /// Paper date.
        date: Date,
    },
    /// Tick a paper.
    ReceiveDocument {
        /// Which paper.
        kind: DocumentKind,
        /// When it came.
        received: Date,
        /// Where it is archived; may be empty.
        archive: String,
    },
    /// Untick a paper.
    RemoveDocument {
        /// Which paper.
        kind: DocumentKind,
    },
    /// Add a benefit line.
    AddLine(Box<NewLine>),
    /// Add a benefit line under the number that a file gives it.
    TakeLine {
        /// Its number.
        no: LineNo,
        /// What it is.
        new: Box<NewLine>,
    },
    /// Change a line that is on no voucher.
    AmendLine {
        /// Which.
        line: LineNo,
        /// What it shall be.
        new: Box<NewLine>,
    },
    /// Determine a line; of an already determined one, correct the amount.
    Determine {
        /// Which.
        line: LineNo,
        /// Amount, gross.
        amount: Rupiah,
        /// Date of the letter.
        date: Date,
        /// Number of the letter; may be empty.
        number: String,
    },
    /// Set the outcome.
    SetOutcome {
        /// What.
        outcome: Outcome,
        /// Paper date.
        date: Date,
    },
    /// Move within the open states (suspected, in treatment).
    SetState {
        /// Where to.
        state: ProcessState,
        /// Paper date.
        date: Date,
    },
    /// Return the bundle to the applicant.
    Return {
        /// Paper date.
        date: Date,
        /// What is missing.
        note: String,
    },
    /// Close a work accident with a final outcome for which nothing more will come.
    Close {
        /// Paper date.
        date: Date,
        /// Why nothing will come.
        note: String,
    },
    /// Reject the case.
    Reject {
        /// Paper date.
        date: Date,
        /// Why.
        reason: CloseReason,
        /// Said beside it.
        note: String,
    },
    /// Cancel the case.
    Cancel {
        /// Paper date.
        date: Date,
        /// Why.
        reason: CloseReason,
        /// Said beside it.
        note: String,
    },
    /// Say why it is a case of its own although it looks like another.
    TellApart {
        /// Why.
        reason: String,
    },
    /// Mark as seen.
    Review {
        /// Checked or a question.
        mark: ReviewMark,
        /// Said beside it.
        note: String,
    },
    /// Take something back that was done by mistake.
    TakeBack(TakeBack),
}

/// One step back of a claim, to where it has been: what the plain commands cannot do. Undo alone uses it, for what its
/// own log says was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakeBack {
    /// To a state in which it has been: it has not ended, its only determination is gone.
    State(ProcessState),
    /// A line to what it was.
    Line(Box<BenefitLine>),
    /// A line that was added: away with it.
    NoLine(LineNo),
    /// When its papers were complete, for these lines.
    Complete {
        /// Paper date; none: papers are awaited.
        date: Option<Date>,
        /// The lines it is about.
        lines: Vec<LineNo>,
    },
    /// A reviewer's mark: away with it.
    NoReview,
    /// A reviewer's mark to the one before.
    Review {
        /// As it was.
        review: Box<Review>,
        /// Whether it was about what stands here now.
        about: MarkAbout,
    },
}

/// Which version of a claim a mark that comes back was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkAbout {
    /// What stands now.
    Now,
    /// An earlier one.
    Earlier,
}

/// A new voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaiseVoucher {
    /// Issue our own number, or record a code.
    pub kind: VoucherKind,
    /// The code to record; for issued vouchers, the core system's code beside ours. May be empty when issuing.
    pub code: String,
    /// Date on the voucher.
    pub date: Date,
    /// The lines it pays, as they were seen: all waiting, of one programme and one payee.
    pub lines: Vec<SeenLine>,
    /// Income tax withheld.
    pub pph: Rupiah,
    /// Rounding, signed.
    pub rounding: Rupiah,
    /// For what, in words; empty: made from the lines.
    pub description: String,
}

/// A line as it stood when its voucher was asked for: on the page that a person confirmed, or as it was read. What is
/// committed is what was seen, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenLine {
    /// Whose line.
    pub claim: ClaimId,
    /// Which line.
    pub line: LineNo,
    /// Who was to be paid, and where.
    pub payee: Payee,
    /// Its determined amount, gross.
    pub amount: Rupiah,
}

impl SeenLine {
    /// The line as it stands.
    pub fn of(claim: &Claim, line: &BenefitLine) -> SeenLine {
        SeenLine { claim: claim.id, line: line.no, payee: line.payee.clone(), amount: line.determined() }
    }
}

/// A voucher as it stood when something was asked of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenVoucher {
    /// Events folded.
    pub revision: u32,
    /// Where it stood.
    pub state: VoucherState,
    /// What was still to be sent.
    pub unpaid: Rupiah,
}

impl SeenVoucher {
    /// The voucher as it stands.
    pub fn of(voucher: &Voucher) -> SeenVoucher {
        SeenVoucher { revision: voucher.revision, state: voucher.state, unpaid: voucher.unpaid() }
    }
}

/// What someone wants of a voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VoucherCommand {
    /// Approve, as a second person.
    Approve,
    /// Record a transfer.
    Pay {
        /// Date of the transfer.
        date: Date,
        /// Amount sent.
        amount: Rupiah,
        /// The bank's reference; may be empty.
        reference: String,
    },
    /// A transfer came back.
    ReturnPayment {
        /// Which.
        payment: PaymentNo,
        /// When.
        date: Date,
        /// Why.
        reason: String,
    },
    /// Void: keeps the number, releases the lines.
    Void {
        /// Date of the void.
        date: Date,
        /// Why.
        reason: String,
    },
}
