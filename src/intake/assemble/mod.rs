//! History as records: the same events a desk would have made, folded by the domain, with the postings they make. What
//! the papers got wrong stays wrong here, so that the tie-out finds it.
//!
//! A line that names a voucher which no file has posts [`PostingKind::LineVouchered`] with the code and without an id; a
//! transfer for such a voucher posts [`PostingKind::PaymentMade`] in the same way. A voucher that the paper calls paid
//! though its transfers do not reach the net posts the settlement of its lines without a transfer. A line that is still
//! shown on a void voucher is not released.

mod claim;
mod voucher;

use jiff::civil::Date;

use crate::domain::claim::Claim;
use crate::domain::clock::ClockMark;
use crate::domain::code::{Origin, Programme};
use crate::domain::id::{ClaimId, VoucherId};
use crate::domain::money::Rupiah;
use crate::domain::office::Office;
use crate::domain::period::Period;
use crate::domain::posting::{Dimensions, Posting, PostingKind};
use crate::domain::voucher::{Voucher, VoucherCode};
use crate::intake::history::{Fate, History, HistoryClaim, HistoryPayment, LineLink, Reader};

pub use claim::ClaimSteps;

/// In which months history is posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryMonths {
    /// A first import: each paper in its own month, also before the first month of these books; but in none that was
    /// closed here.
    PaperMonths,
    /// A later import: what belongs to a closed month goes into the first open one.
    OpenMonth,
}

impl HistoryMonths {
    /// The month in which a paper of this date is posted.
    pub fn month(self, office: &Office, paper: Date) -> Period {
        match self {
            // A month that was closed here is sealed; what a file brings for it is late.
            HistoryMonths::PaperMonths if Period::of(paper) >= office.begun => {
                Period::of(paper).max(office.first_open)
            }
            HistoryMonths::PaperMonths => Period::of(paper),
            HistoryMonths::OpenMonth => Period::of(paper).max(office.first_open),
        }
    }
}

/// The ids the records get, by their places in the history. Claims that the store knows keep theirs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ids {
    /// Of the claims.
    pub claims: Vec<ClaimId>,
    /// Of the vouchers; none for one that is not assembled with the claims: the store knows it, or it pays a known claim.
    pub vouchers: Vec<Option<VoucherId>>,
}

impl Ids {
    /// Ids counted from here on, for an import into a store that knows none of the records.
    pub fn counting(history: &History, first_claim: u64, first_voucher: u64) -> Ids {
        Ids {
            claims: (first_claim..).take(history.n_claims()).map(ClaimId::new).collect(),
            vouchers: (first_voucher..).take(history.n_vouchers()).map(VoucherId::new).map(Some).collect(),
        }
    }
}

/// A claim ready for the store, with the postings of its own papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssembledClaim {
    /// The record.
    pub claim: Claim,
    /// What its papers post; what its vouchers post is with them.
    pub postings: Vec<Posting>,
}

/// A voucher ready for the store, with its postings and those of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssembledVoucher {
    /// The record.
    pub voucher: Voucher,
    /// What it posts.
    pub postings: Vec<Posting>,
}

/// Makes records of a history, one at a time. One for each thread.
pub struct Assembler<'a> {
    reader: Reader<'a>,
    office: &'a Office,
    months: HistoryMonths,
    ids: &'a Ids,
}

impl<'a> Assembler<'a> {
    /// An assembler; `ids` has one id for each claim and voucher of the history.
    pub fn new(
        history: &'a History,
        office: &'a Office,
        months: HistoryMonths,
        ids: &'a Ids,
    ) -> Assembler<'a> {
        assert_eq!(ids.claims.len(), history.n_claims(), "one id for each claim");
        assert_eq!(ids.vouchers.len(), history.n_vouchers(), "one id for each voucher");
        Assembler { reader: history.reader(), office, months, ids }
    }

    /// What the files say of a claim, before it becomes a record: to be compared with what is known.
    pub fn source(&mut self, place: usize) -> HistoryClaim {
        self.reader.claim(place)
    }

    /// The claim at this place.
    pub fn claim(&mut self, place: usize) -> AssembledClaim {
        let source = self.reader.claim(place);
        let steps = ClaimSteps::new(&source, self.office, self.months);
        let (mut claim, mut postings) = steps.fold(self.ids.claims[place]);
        for line in &source.lines {
            let unknown = |link: &&LineLink| link.voucher.is_none() && link.fate == Fate::Plain;
            for link in line.links.iter().filter(unknown) {
                let date = line.determination.as_ref().map_or(source.registered, |letter| letter.date);
                let month = self.months.month(self.office, date);
                let mut posting = bare(PostingKind::LineVouchered, month, date, Dimensions::of_claim(&claim));
                posting.claim = Some(claim.id);
                posting.line = Some(line.no);
                posting.amount = line.determination.as_ref().map_or(Rupiah::ZERO, |letter| letter.amount);
                posting.by.component = Some(line.new.component);
                posting.by.code = link.code.as_str().into();
                posting.by.payee = line.new.payee.name.as_str().into();
                posting.by.payee_kind = Some(line.new.payee.kind);
                postings.push(posting);
            }
        }
        self.fold_vouchers(place, &source, &mut claim);
        AssembledClaim { claim, postings }
    }

    /// Postings of transfers whose voucher no file has and the store does not know either.
    pub fn orphan_postings(&self, orphans: &[(VoucherCode, HistoryPayment)]) -> Vec<Posting> {
        orphans.iter().flat_map(|(code, payment)| self.orphan(code, payment)).collect()
    }

    fn orphan(&self, code: &VoucherCode, payment: &HistoryPayment) -> Vec<Posting> {
        let fallback = self.office.programmes.first().copied().unwrap_or(Programme::Jkk);
        let by = Dimensions {
            programme: programme_in(code.as_str()).unwrap_or(fallback),
            segment: None,
            component: None,
            place: None,
            outcome: None,
            event_date: None,
            claim_no: "".into(),
            code: code.as_str().into(),
            npp: "".into(),
            company: "".into(),
            facility: "".into(),
            payee: "".into(),
            payee_kind: None,
        };
        let made = |kind, date: Date| {
            let month = self.months.month(self.office, date);
            Posting { amount: payment.amount, ..bare(kind, month, date, by.clone()) }
        };
        let went = made(PostingKind::PaymentMade, payment.date);
        let came_back = payment.returned.map(|date| made(PostingKind::PaymentReturned, date));
        std::iter::once(went).chain(came_back).collect()
    }
}

/// A posting of history, to be completed.
fn bare(kind: PostingKind, month: Period, date: Date, by: Dimensions) -> Posting {
    Posting {
        kind,
        month,
        date,
        claim: None,
        line: None,
        voucher: None,
        payment: None,
        amount: Rupiah::ZERO,
        pph: Rupiah::ZERO,
        rounding: Rupiah::ZERO,
        net: Rupiah::ZERO,
        clock: ClockMark::None,
        origin: Origin::History,
        by,
    }
}

/// The programme with whose code a voucher's code begins.
fn programme_in(code: &str) -> Option<Programme> {
    let head: String = code.chars().take_while(char::is_ascii_alphabetic).collect();
    Programme::ALL.iter().copied().find(|programme| programme.code() == head)
}
