//! Postings: what an event means for the books, in the month it is posted in. The monthly report and the totals are
//! folds over postings and over nothing else, so a month that is printed again later says the same: a posting carries
//! its own copy of what it is reported by (programme, company, facility, …) and is never changed.

use std::sync::Arc;

use jiff::civil::Date;

use crate::domain::benefit::BenefitLine;
use crate::domain::claim::{Booking, Claim};
use crate::domain::clock::{ClockMark, payment_mark, stage_one_mark};
use crate::domain::code::{
    Component, Origin, Outcome, PayeeKind, PaymentState, Place, ProcessState, Programme, Segment,
};
use crate::domain::event::{ClaimEvent, VoucherEvent};
use crate::domain::id::{ClaimId, LineNo, PaymentNo, VoucherId};
use crate::domain::money::Rupiah;
use crate::domain::office::Office;
use crate::domain::period::Period;
use crate::domain::voucher::{Voucher, VoucherLine};

/// What a posting counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PostingKind {
    /// A case was registered.
    CaseRegistered,
    /// A case came back: a restored record, or one reopened.
    CaseRestored,
    /// A case was closed: outcome final, nothing waits.
    CaseClosed,
    /// A case was rejected; the amount is what was asked.
    CaseRejected,
    /// A case was cancelled.
    CaseCancelled,
    /// Stage II came in (*Diajukan*); the amount is what was asked by then. Once for a case: one that was returned and
    /// comes back stays *Diajukan*.
    Filed,
    /// A line was determined (*Ditetapkan*).
    Determined,
    /// A determined amount was changed; the amount is the difference.
    Corrected,
    /// An outcome was stated.
    OutcomeSet,
    /// A voucher was raised; the amount is its gross.
    VoucherRaised,
    /// A line went on a voucher.
    LineVouchered,
    /// A voucher was voided; the amount is its gross.
    VoucherVoided,
    /// A line left a voided voucher.
    LineReleased,
    /// A transfer went; the amount is what was sent, net.
    PaymentMade,
    /// The part of a line, gross, that a transfer settled (*Dibayarkan*).
    LinePaid,
    /// A transfer came back; the amount is what came back, net.
    PaymentReturned,
    /// The part of a line, gross, that is owed again.
    LineUnpaid,
    /// A line was added to a filed case (*Diajukan*); the amount is what it asks.
    LineFiled,
    /// What a line of a filed case asks was changed; the amount is the difference.
    AskedCorrected,
    /// The stage I report of a case that was registered without one; its clock is known now.
    StageOneReported,
}

impl PostingKind {
    /// Every kind, in the order of the list.
    pub const ALL: &'static [PostingKind] = &[
        PostingKind::CaseRegistered,
        PostingKind::CaseRestored,
        PostingKind::CaseClosed,
        PostingKind::CaseRejected,
        PostingKind::CaseCancelled,
        PostingKind::Filed,
        PostingKind::Determined,
        PostingKind::Corrected,
        PostingKind::OutcomeSet,
        PostingKind::VoucherRaised,
        PostingKind::LineVouchered,
        PostingKind::VoucherVoided,
        PostingKind::LineReleased,
        PostingKind::PaymentMade,
        PostingKind::LinePaid,
        PostingKind::PaymentReturned,
        PostingKind::LineUnpaid,
        PostingKind::LineFiled,
        PostingKind::AskedCorrected,
        PostingKind::StageOneReported,
    ];

    /// Its name in seals, reports and the words' keys.
    pub const fn code(self) -> &'static str {
        match self {
            PostingKind::CaseRegistered => "case-registered",
            PostingKind::CaseRestored => "case-restored",
            PostingKind::CaseClosed => "case-closed",
            PostingKind::CaseRejected => "case-rejected",
            PostingKind::CaseCancelled => "case-cancelled",
            PostingKind::Filed => "filed",
            PostingKind::Determined => "determined",
            PostingKind::Corrected => "corrected",
            PostingKind::OutcomeSet => "outcome-set",
            PostingKind::VoucherRaised => "voucher-raised",
            PostingKind::LineVouchered => "line-vouchered",
            PostingKind::VoucherVoided => "voucher-voided",
            PostingKind::LineReleased => "line-released",
            PostingKind::PaymentMade => "payment-made",
            PostingKind::LinePaid => "line-paid",
            PostingKind::PaymentReturned => "payment-returned",
            PostingKind::LineUnpaid => "line-unpaid",
            PostingKind::LineFiled => "line-filed",
            PostingKind::AskedCorrected => "asked-corrected",
            PostingKind::StageOneReported => "stage-one-reported",
        }
    }

    /// The byte of the store's column.
    pub const fn index(self) -> u8 {
        self as u8
    }

    /// The kind of a byte.
    pub fn from_index(index: u8) -> Option<PostingKind> {
        Self::ALL.get(usize::from(index)).copied()
    }
}

/// One entry of the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// What it counts.
    pub kind: PostingKind,
    /// The month it stands in.
    pub month: Period,
    /// Date of the paper.
    pub date: Date,
    /// Whose.
    pub claim: Option<ClaimId>,
    /// Which line.
    pub line: Option<LineNo>,
    /// Which voucher.
    pub voucher: Option<VoucherId>,
    /// Which transfer.
    pub payment: Option<PaymentNo>,
    /// Rupiah, signed only for the two kinds of corrections.
    pub amount: Rupiah,
    /// Tax withheld, on `VoucherRaised` and `VoucherVoided`.
    pub pph: Rupiah,
    /// Rounding, on `VoucherRaised` and `VoucherVoided`.
    pub rounding: Rupiah,
    /// What is to be transferred as the paper says, on `VoucherRaised` and `VoucherVoided`; a paper may have it wrong.
    pub net: Rupiah,
    /// How the clock of this step was met.
    pub clock: ClockMark,
    /// Typed here, or history.
    pub origin: Origin,
    /// What it is reported by.
    pub by: Dimensions,
}

/// What a posting is reported by: a copy of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimensions {
    /// Programme.
    pub programme: Programme,
    /// Kind of participant.
    pub segment: Option<Segment>,
    /// Component of the line.
    pub component: Option<Component>,
    /// Place of the accident.
    pub place: Option<Place>,
    /// Outcome as known then; on `OutcomeSet`, the new one.
    pub outcome: Option<Outcome>,
    /// Event date of the case.
    pub event_date: Option<Date>,
    /// Number of the claim as printed; empty for vouchers and transfers.
    pub claim_no: Arc<str>,
    /// Code of the voucher; empty where there is none.
    pub code: Arc<str>,
    /// The employer's registration number; may be empty.
    pub npp: Arc<str>,
    /// The employer's name; may be empty.
    pub company: Arc<str>,
    /// The facility's name; may be empty.
    pub facility: Arc<str>,
    /// The payee's name; may be empty.
    pub payee: Arc<str>,
    /// The payee's kind.
    pub payee_kind: Option<PayeeKind>,
}

impl Dimensions {
    /// Those of a case.
    pub fn of_claim(claim: &Claim) -> Dimensions {
        Dimensions {
            programme: claim.basics.programme,
            segment: Some(claim.basics.segment),
            component: None,
            place: claim.basics.place,
            outcome: claim.outcome(),
            event_date: Some(claim.basics.event_date),
            claim_no: claim.basics.claim_no.as_str().into(),
            code: "".into(),
            npp: claim.npp().into(),
            company: claim.company_name().into(),
            facility: claim.basics.facility.as_str().into(),
            payee: "".into(),
            payee_kind: None,
        }
    }

    /// Those of a voucher.
    pub fn of_voucher(voucher: &Voucher) -> Dimensions {
        Dimensions {
            programme: voucher.programme,
            segment: None,
            component: None,
            place: None,
            outcome: None,
            event_date: None,
            claim_no: "".into(),
            code: voucher.code.as_str().into(),
            npp: "".into(),
            company: "".into(),
            facility: "".into(),
            payee: voucher.payee.name.as_str().into(),
            payee_kind: Some(voucher.payee.kind),
        }
    }
}

/// A posting about a case, to be completed by the caller.
fn of_case(kind: PostingKind, month: Period, date: Date, claim: &Claim) -> Posting {
    Posting {
        kind,
        month,
        date,
        claim: Some(claim.id),
        line: None,
        voucher: None,
        payment: None,
        amount: Rupiah::ZERO,
        pph: Rupiah::ZERO,
        rounding: Rupiah::ZERO,
        net: Rupiah::ZERO,
        clock: ClockMark::None,
        origin: claim.origin,
        by: Dimensions::of_claim(claim),
    }
}

/// A posting about a line of a case.
fn of_own_line(
    kind: PostingKind,
    booked: Booking,
    claim: &Claim,
    line: &BenefitLine,
    amount: Rupiah,
) -> Posting {
    let mut posting =
        Posting { amount, line: Some(line.no), ..of_case(kind, booked.posted, booked.date, claim) };
    posting.by.component = Some(line.component);
    posting.by.payee = line.payee.name.as_str().into();
    posting.by.payee_kind = Some(line.payee.kind);
    posting
}

/// What an event of a claim posts. `before` is none at its birth, and may be where nothing depends on it.
pub fn of_claim_event(before: Option<&Claim>, after: &Claim, event: &ClaimEvent) -> Vec<Posting> {
    match event {
        ClaimEvent::Registered { state, restores, .. } => {
            let kind =
                if restores.is_some() { PostingKind::CaseRestored } else { PostingKind::CaseRegistered };
            // At the desk a missing report may still come and is counted then; of history nobody will tell.
            let is_awaited = after.origin == Origin::Desk && after.basics.reported_date.is_none();
            let clock = if is_awaited { ClockMark::None } else { stage_one_mark(&after.basics) };
            vec![Posting { clock, ..of_case(kind, state.posted, state.date, after) }]
        }
        ClaimEvent::Filed(_) if before.is_some_and(|claim| claim.filed_date.is_some()) => Vec::new(),
        ClaimEvent::Filed(state) => {
            let amount = after.sums().asked;
            vec![Posting { amount, ..of_case(PostingKind::Filed, state.posted, state.date, after) }]
        }
        ClaimEvent::LineDetermined { line, amount, date, posted, .. } => {
            let earlier =
                before.and_then(|claim| claim.line(*line)).and_then(|line| line.determination.as_ref());
            let (kind, amount) = match earlier {
                Some(earlier) => (PostingKind::Corrected, *amount - earlier.amount),
                None => (PostingKind::Determined, *amount),
            };
            let booked = Booking { date: *date, posted: *posted };
            vec![match after.line(*line) {
                Some(line) => of_own_line(kind, booked, after, line, amount),
                None => Posting { amount, line: Some(*line), ..of_case(kind, *posted, *date, after) },
            }]
        }
        ClaimEvent::Amended { booked: Some(booked), .. } => {
            let clock = stage_one_mark(&after.basics);
            vec![Posting {
                clock,
                ..of_case(PostingKind::StageOneReported, booked.posted, booked.date, after)
            }]
        }
        ClaimEvent::LineAdded { line, booked: Some(booked) } => {
            vec![of_own_line(PostingKind::LineFiled, *booked, after, line, line.asked)]
        }
        ClaimEvent::LineAmended { line, booked: Some(booked) } => {
            let asked_before = before.and_then(|claim| claim.line(line.no)).map(|line| line.asked);
            let difference = line.asked - asked_before.unwrap_or(line.asked);
            if difference.is_zero() {
                return Vec::new();
            }
            vec![of_own_line(PostingKind::AskedCorrected, *booked, after, line, difference)]
        }
        ClaimEvent::OutcomeSet(entry) => {
            vec![of_case(PostingKind::OutcomeSet, entry.posted, entry.date, after)]
        }
        ClaimEvent::StateSet(entry) => {
            let was_open = before.is_none_or(Claim::is_open);
            let kind = match (was_open, entry.state) {
                (true, ProcessState::Closed) => PostingKind::CaseClosed,
                (true, ProcessState::Rejected) => PostingKind::CaseRejected,
                (true, ProcessState::Cancelled) => PostingKind::CaseCancelled,
                (false, state) if state.is_open() => PostingKind::CaseRestored,
                _ => return Vec::new(),
            };
            vec![Posting { amount: after.sums().asked, ..of_case(kind, entry.posted, entry.date, after) }]
        }
        ClaimEvent::LineRestored { line, asked, determined } => {
            let earlier = before.and_then(|claim| claim.line(line.no));
            of_taking_back(after, line, [*asked, *determined], [earlier, Some(line)])
        }
        ClaimEvent::LineWithdrawn { line, asked, determined } => {
            let earlier = before.and_then(|claim| claim.line(*line));
            earlier.map_or_else(Vec::new, |line| {
                of_taking_back(after, line, [*asked, *determined], [Some(line), None])
            })
        }
        ClaimEvent::Amended { .. }
        | ClaimEvent::Completed { .. }
        | ClaimEvent::DocumentReceived(_)
        | ClaimEvent::DocumentRemoved(_)
        | ClaimEvent::FileAttached(_)
        | ClaimEvent::LineAdded { .. }
        | ClaimEvent::LineAmended { .. }
        | ClaimEvent::ToldApart { .. }
        | ClaimEvent::Reviewed(_)
        | ClaimEvent::ReviewCleared => Vec::new(),
    }
}

/// What it posts that something done to a line was taken back: the differences, as corrections. `from_to` is the line
/// before and after, none where it is not there.
fn of_taking_back(
    claim: &Claim,
    line: &BenefitLine,
    [asked, determined]: [Option<Booking>; 2],
    from_to: [Option<&BenefitLine>; 2],
) -> Vec<Posting> {
    let difference = |amount: fn(&BenefitLine) -> Rupiah| {
        let [from, to] = from_to.map(|line| line.map_or(Rupiah::ZERO, amount));
        to - from
    };
    [
        (PostingKind::AskedCorrected, asked, difference(|line| line.asked)),
        (PostingKind::Corrected, determined, difference(BenefitLine::determined)),
    ]
    .into_iter()
    .filter(|(_, _, amount)| !amount.is_zero())
    .filter_map(|(kind, booked, amount)| Some(of_own_line(kind, booked?, claim, line, amount)))
    .collect()
}

/// A posting about a whole voucher.
fn of_voucher(kind: PostingKind, month: Period, date: Date, voucher: &Voucher) -> Posting {
    Posting {
        kind,
        month,
        date,
        claim: None,
        line: None,
        voucher: Some(voucher.id),
        payment: None,
        amount: voucher.gross,
        pph: Rupiah::ZERO,
        rounding: Rupiah::ZERO,
        net: Rupiah::ZERO,
        clock: ClockMark::None,
        origin: voucher.origin,
        by: Dimensions::of_voucher(voucher),
    }
}

/// A posting about a voucher's line; `claim` is the case as it stood, none where a historic line has lost its claim.
fn of_line(
    base: &Posting,
    kind: PostingKind,
    line: &VoucherLine,
    amount: Rupiah,
    claim: Option<&Claim>,
) -> Posting {
    let mut by = claim.map_or_else(|| base.by.clone(), Dimensions::of_claim);
    by.claim_no = line.claim_no.as_str().into();
    by.code = base.by.code.clone();
    by.payee = base.by.payee.clone();
    by.payee_kind = base.by.payee_kind;
    by.component = claim.and_then(|claim| claim.line(line.line)).map(|line| line.component);
    Posting {
        kind,
        claim: Some(line.claim),
        line: Some(line.line),
        amount,
        pph: Rupiah::ZERO,
        rounding: Rupiah::ZERO,
        net: Rupiah::ZERO,
        by,
        ..base.clone()
    }
}

/// What an event of a voucher posts. `claim_of` gives a case as it stood before the event.
pub fn of_voucher_event<'a>(
    office: &Office,
    before: Option<&Voucher>,
    after: &Voucher,
    event: &VoucherEvent,
    claim_of: &dyn Fn(ClaimId) -> Option<&'a Claim>,
) -> Vec<Posting> {
    let whole_and_lines = |kind, line_kind, month, date| {
        let mut whole = of_voucher(kind, month, date, after);
        whole.pph = after.pph;
        whole.rounding = after.rounding;
        whole.net = after.net;
        let lines: Vec<Posting> = after
            .lines
            .iter()
            .map(|line| of_line(&whole, line_kind, line, line.amount, claim_of(line.claim)))
            .collect();
        std::iter::once(whole).chain(lines).collect::<Vec<_>>()
    };
    match event {
        VoucherEvent::Raised(_) => {
            whole_and_lines(PostingKind::VoucherRaised, PostingKind::LineVouchered, after.posted, after.date)
        }
        VoucherEvent::Voided(mark) => {
            whole_and_lines(PostingKind::VoucherVoided, PostingKind::LineReleased, mark.posted, mark.date)
        }
        VoucherEvent::Approved { .. } => Vec::new(),
        VoucherEvent::Paid { payment, posted } => {
            let (kind, line_kind) = (PostingKind::PaymentMade, PostingKind::LinePaid);
            let mut whole = of_voucher(kind, *posted, payment.date, after);
            whole.payment = Some(payment.no);
            whole.amount = payment.amount;
            let parts = after.parts(before.map_or(Rupiah::ZERO, Voucher::settled), after.settled());
            let mut postings = vec![whole];
            for (place, part) in parts {
                let line = &after.lines[place];
                let claim = claim_of(line.claim);
                let mut posting = of_line(&postings[0], line_kind, line, part, claim);
                posting.clock = claim.map_or(ClockMark::None, |claim| {
                    let own = claim.line(line.line).and_then(|line| line.complete_date);
                    payment_mark(own, payment.date, office)
                });
                postings.push(posting);
            }
            postings
        }
        VoucherEvent::PaymentReturned { payment, date, posted, .. } => {
            let Some(returned) = after.payments.iter().find(|entry| entry.no == *payment) else {
                return Vec::new();
            };
            debug_assert_eq!(returned.state, PaymentState::Returned);
            let mut whole = of_voucher(PostingKind::PaymentReturned, *posted, *date, after);
            whole.payment = Some(*payment);
            whole.amount = returned.amount;
            let parts = after.parts(after.settled(), before.map_or(Rupiah::ZERO, Voucher::settled));
            let lines: Vec<Posting> = parts
                .into_iter()
                .map(|(place, part)| {
                    let line = &after.lines[place];
                    of_line(&whole, PostingKind::LineUnpaid, line, part, claim_of(line.claim))
                })
                .collect();
            std::iter::once(whole).chain(lines).collect()
        }
    }
}
