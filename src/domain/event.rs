//! Events: what happened, in the past tense; appended, never edited. State is a fold of them.

use jiff::civil::Date;

use crate::domain::benefit::BenefitLine;
use crate::domain::claim::{AttachedFile, Booking, ClaimBasics, Document, OutcomeEntry, Review, StateEntry};
use crate::domain::code::{DocumentKind, Origin};
use crate::domain::company::Company;
use crate::domain::erasure::ErasureDeed;
use crate::domain::facility::Facility;
use crate::domain::id::{ClaimId, LineNo, PaymentNo, VoucherId};
use crate::domain::money::Rupiah;
use crate::domain::month::MonthDeed;
use crate::domain::office::Office;
use crate::domain::period::Period;
use crate::domain::voucher::{Payment, SeriesKey, VoidMark, Voucher};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// To a claim.
    Claim(ClaimId, ClaimEvent),
    /// To a voucher.
    Voucher(VoucherId, VoucherEvent),
    /// A company was recorded or changed.
    Company(Company),
    /// A facility was recorded or changed.
    Facility(Facility),
    /// To the office.
    Office(OfficeEvent),
}

/// What happened to a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimEvent {
    /// It was born.
    Registered {
        /// What the form said.
        basics: Box<ClaimBasics>,
        /// Its first state.
        state: StateEntry,
        /// Typed or imported.
        origin: Origin,
        /// Restores this case.
        restores: Option<ClaimId>,
        /// Why a shown duplicate was passed over; empty: none was shown.
        despite_duplicate: String,
    },
    /// What the paper said was changed.
    Amended {
        /// What it says now.
        basics: Box<ClaimBasics>,
        /// Where the stage I report counts, when this is the first word of it.
        booked: Option<Booking>,
    },
    /// Stage II came in.
    Filed(StateEntry),
    /// The bundle was complete on a date, or no longer is.
    Completed {
        /// Paper date; none: papers are awaited again.
        date: Option<Date>,
        /// The lines whose papers are meant. Those of earlier submissions keep theirs.
        lines: Vec<LineNo>,
    },
    /// A paper came.
    DocumentReceived(Document),
    /// A file was attached.
    FileAttached(AttachedFile),
    /// A paper was unticked.
    DocumentRemoved(DocumentKind),
    /// A line was added (not yet determined).
    LineAdded {
        /// The line.
        line: Box<BenefitLine>,
        /// Where what it asks counts; none while the case is not filed, since filing counts it.
        booked: Option<Booking>,
    },
    /// A line on no voucher was changed.
    LineAmended {
        /// What it is now.
        line: Box<BenefitLine>,
        /// Where a difference of what it asks counts; none while the case is not filed.
        booked: Option<Booking>,
    },
    /// A line was determined, or its amount corrected.
    LineDetermined {
        /// Which.
        line: LineNo,
        /// Amount, gross.
        amount: Rupiah,
        /// Date of the letter.
        date: Date,
        /// Its number.
        number: String,
        /// Posting month.
        posted: Period,
    },
    /// An outcome was stated.
    OutcomeSet(OutcomeEntry),
    /// The state moved (determined, returned, rejected, cancelled, closed, reopened, …).
    StateSet(StateEntry),
    /// Somebody said why it is a case of its own although it looks like another.
    ToldApart {
        /// Why.
        reason: String,
    },
    /// A reviewer left a mark.
    Reviewed(Review),
    /// The mark was taken away.
    ReviewCleared,
    /// A line is again as it was, or is there again, because what was done to it was taken back.
    LineRestored {
        /// What it is now.
        line: Box<BenefitLine>,
        /// Where a difference of what it asks counts; none while the case is not filed.
        asked: Option<Booking>,
        /// Where a difference of what was determined counts; none without one.
        determined: Option<Booking>,
    },
    /// A line is there no more, because its adding was taken back. Its number may be given again.
    LineWithdrawn {
        /// Which.
        line: LineNo,
        /// Where what it asked counts; none while the case is not filed.
        asked: Option<Booking>,
        /// Where what was determined counts; none when nothing was.
        determined: Option<Booking>,
    },
}

/// What happened to a voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VoucherEvent {
    /// It was proposed, with its number.
    Raised(Box<Voucher>),
    /// A second person approved.
    Approved {
        /// Who.
        by: String,
    },
    /// Money went.
    Paid {
        /// The transfer.
        payment: Payment,
        /// Posting month.
        posted: Period,
    },
    /// Money came back.
    PaymentReturned {
        /// Which transfer.
        payment: PaymentNo,
        /// When.
        date: Date,
        /// Why.
        reason: String,
        /// Posting month.
        posted: Period,
    },
    /// It was voided; its lines wait again.
    Voided(VoidMark),
}

/// What happened to the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficeEvent {
    /// Settings were made or changed.
    Configured(Box<Office>),
    /// A series was told where to start.
    SeriesStarted {
        /// Which.
        series: SeriesKey,
        /// The next number to be given.
        next: u32,
    },
    /// Unmasked data left the desk.
    Exported {
        /// What, such as `claims.csv`.
        what: String,
        /// Rows.
        rows: u64,
    },
    /// A month was closed, or opened again.
    Month(Box<MonthDeed>),
    /// The personal data of a year is to be erased, or was.
    Erasure(Box<ErasureDeed>),
}
