//! Lines and vouchers as the postings leave them at the month's end: what the tie-out judges.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::domain::posting::{Posting, PostingKind};
use crate::report::monthly::slots::{Place, Slots, index};

/// The end of a chain.
const NONE: u32 = u32::MAX;

/// A benefit line.
#[derive(Debug)]
pub(super) struct LineSlot {
    /// Its number within the claim; 0 where the posting has none.
    pub(super) no: u16,
    /// How often it was determined: 0 for a line that never was.
    pub(super) n_determined: u16,
    /// Determined, corrections counted.
    pub(super) determined: Rupiah,
    next: u32,
    links: u32,
}

/// A line on a voucher.
#[derive(Debug)]
pub(super) struct Link {
    /// Which voucher.
    pub(super) voucher: Place,
    /// Times it went on less times it came off.
    pub(super) count: i32,
    /// What went on less what came off.
    pub(super) vouchered: Rupiah,
    /// Settled, gross, less what is owed again.
    pub(super) paid: Rupiah,
    next: u32,
}

/// A voucher, or a code that papers name and no voucher has.
#[derive(Debug, Default)]
pub(super) struct VoucherSlot {
    /// Its id; 0 for a code that no voucher has.
    pub(super) id: u64,
    /// Known only for what it says of others: not judged.
    pub(super) is_aside: bool,
    pub(super) code: Option<Arc<str>>,
    pub(super) n_raised: u32,
    pub(super) n_voided: u32,
    /// First month it was raised in.
    pub(super) raised: Option<Period>,
    pub(super) gross: Rupiah,
    pub(super) pph: Rupiah,
    pub(super) rounding: Rupiah,
    /// What is to be transferred, as the paper says.
    pub(super) written_net: Rupiah,
    /// Sent less come back.
    pub(super) cash: Rupiah,
    /// Transfers less those that came back.
    pub(super) n_payments: i32,
    /// Sum of its lines.
    pub(super) vouchered: Rupiah,
    /// Sum of what its lines had settled.
    pub(super) paid: Rupiah,
    /// Void in the report's month: how often and how much.
    pub(super) n_voided_now: u32,
    pub(super) voided_now: Rupiah,
}

/// Whether a voucher holds its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Raised and not void.
    Live,
    /// Raised and void.
    Void,
    /// Never raised: only named.
    Unknown,
}

impl VoucherSlot {
    pub(super) fn standing(&self) -> Standing {
        match (self.n_raised, self.n_voided) {
            (0, _) => Standing::Unknown,
            (_, 0) => Standing::Live,
            _ => Standing::Void,
        }
    }

    /// What should be transferred, by its own gross, tax and rounding.
    pub(super) fn net(&self) -> Rupiah {
        self.gross - self.pph + self.rounding
    }

    /// Whether money went for it and has not all come back.
    pub(super) fn has_money(&self) -> bool {
        !self.cash.is_zero() || !self.paid.is_zero()
    }

    pub(super) fn code(&self) -> Arc<str> {
        self.code.clone().unwrap_or_else(|| "?".into())
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// First line by place of the case.
    heads: Vec<u32>,
    lines: Vec<LineSlot>,
    links: Vec<Link>,
    vouchers: Slots<VoucherSlot>,
    /// Codes without a voucher.
    codes: BTreeMap<Arc<str>, Place>,
}

impl Ledger {
    /// Folds a posting; `case` is the place of its case, `in_month` whether it stands in the report's own month.
    /// `is_aside` is the same for all postings of a voucher.
    pub(super) fn add(&mut self, posting: &Posting, case: Option<Place>, in_month: bool, is_aside: bool) {
        use PostingKind as Kind;
        match posting.kind {
            Kind::Determined | Kind::Corrected => {
                let Some(line) = case.map(|case| self.line(case, posting)) else { return };
                let line = &mut self.lines[index(line)];
                line.determined += posting.amount;
                line.n_determined =
                    line.n_determined.saturating_add(u16::from(posting.kind == Kind::Determined));
            }
            Kind::LineVouchered => self.link_and(posting, case, is_aside, |link, voucher| {
                link.count += 1;
                link.vouchered += posting.amount;
                voucher.vouchered += posting.amount;
            }),
            Kind::LineReleased => self.link_and(posting, case, is_aside, |link, voucher| {
                link.count -= 1;
                link.vouchered -= posting.amount;
                voucher.vouchered -= posting.amount;
            }),
            Kind::LinePaid => self.link_and(posting, case, is_aside, |link, voucher| {
                link.paid += posting.amount;
                voucher.paid += posting.amount;
            }),
            Kind::LineUnpaid => self.link_and(posting, case, is_aside, |link, voucher| {
                link.paid -= posting.amount;
                voucher.paid -= posting.amount;
            }),
            Kind::VoucherRaised | Kind::VoucherVoided | Kind::PaymentMade | Kind::PaymentReturned => {
                let place = self.voucher(posting, is_aside);
                self.vouchers.at_mut(place).whole(posting, in_month);
            }
            _ => {}
        }
    }

    /// Goes on to a month of which nothing was added yet.
    pub(super) fn go_on(&mut self) {
        for voucher in self.vouchers.iter_mut() {
            (voucher.n_voided_now, voucher.voided_now) = (0, Rupiah::ZERO);
        }
    }

    fn voucher(&mut self, posting: &Posting, is_aside: bool) -> Place {
        let code = &posting.by.code;
        let place = match posting.voucher {
            Some(voucher) => self.vouchers.place(voucher.get()),
            None => match self.codes.get(code) {
                Some(place) => *place,
                None => {
                    let place = self.vouchers.push();
                    self.codes.insert(Arc::clone(code), place);
                    place
                }
            },
        };
        let slot = self.vouchers.at_mut(place);
        slot.id = posting.voucher.map_or(0, |voucher| voucher.get());
        slot.is_aside = is_aside;
        // One id has one code; should postings disagree, the choice does not hang on their order.
        if !code.is_empty() && slot.code.as_ref().is_none_or(|known| known < code) {
            slot.code = Some(Arc::clone(code));
        }
        place
    }

    fn line(&mut self, case: Place, posting: &Posting) -> u32 {
        let no = posting.line.map_or(0, |line| line.get());
        if self.heads.len() <= index(case) {
            self.heads.resize(index(case) + 1, NONE);
        }
        let mut at = self.heads[index(case)];
        while at != NONE {
            let line = &self.lines[index(at)];
            if line.no == no {
                return at;
            }
            at = line.next;
        }
        let made = u32::try_from(self.lines.len()).expect("a branch has fewer than four billion lines");
        let next = std::mem::replace(&mut self.heads[index(case)], made);
        self.lines.push(LineSlot { no, n_determined: 0, determined: Rupiah::ZERO, next, links: NONE });
        made
    }

    fn link_and(
        &mut self,
        posting: &Posting,
        case: Option<Place>,
        is_aside: bool,
        change: impl FnOnce(&mut Link, &mut VoucherSlot),
    ) {
        let Some(case) = case else { return };
        let voucher = self.voucher(posting, is_aside);
        let line = self.line(case, posting);
        let link = self.link(line, voucher);
        change(&mut self.links[index(link)], self.vouchers.at_mut(voucher));
    }

    fn link(&mut self, line: u32, voucher: Place) -> u32 {
        let mut at = self.lines[index(line)].links;
        while at != NONE {
            let link = &self.links[index(at)];
            if link.voucher == voucher {
                return at;
            }
            at = link.next;
        }
        let made = u32::try_from(self.links.len()).expect("a branch has fewer than four billion lines");
        let next = std::mem::replace(&mut self.lines[index(line)].links, made);
        self.links.push(Link { voucher, count: 0, vouchered: Rupiah::ZERO, paid: Rupiah::ZERO, next });
        made
    }

    /// Every line with the place of its case.
    pub(super) fn lines(&self) -> impl Iterator<Item = (Place, &LineSlot)> {
        self.heads.iter().enumerate().flat_map(move |(case, head)| {
            let case = Place::try_from(case).expect("places are made as Place");
            chain(*head, |at| self.lines[index(at)].next).map(move |at| (case, &self.lines[index(at)]))
        })
    }

    /// A line's vouchers.
    pub(super) fn links(&self, line: &LineSlot) -> impl Iterator<Item = &Link> {
        chain(line.links, |at| self.links[index(at)].next).map(|at| &self.links[index(at)])
    }

    /// A voucher.
    pub(super) fn voucher_at(&self, place: Place) -> &VoucherSlot {
        self.vouchers.at(place)
    }

    /// Every voucher by its place, each with the number of lines it holds.
    pub(super) fn vouchers(&self) -> impl Iterator<Item = (&VoucherSlot, u32)> {
        let mut n_lines: Vec<u32> = vec![0; self.vouchers.iter().count()];
        for link in self.links.iter().filter(|link| link.count > 0) {
            n_lines[index(link.voucher)] += 1;
        }
        self.vouchers.iter().zip(n_lines)
    }
}

impl VoucherSlot {
    fn whole(&mut self, posting: &Posting, in_month: bool) {
        match posting.kind {
            PostingKind::VoucherRaised => {
                self.n_raised += 1;
                self.gross += posting.amount;
                self.pph += posting.pph;
                self.rounding += posting.rounding;
                self.written_net += posting.net;
                self.raised = Some(self.raised.map_or(posting.month, |known| known.min(posting.month)));
            }
            PostingKind::VoucherVoided => {
                self.n_voided += 1;
                if in_month {
                    self.n_voided_now += 1;
                    self.voided_now += posting.amount;
                }
            }
            PostingKind::PaymentMade => {
                self.n_payments += 1;
                self.cash += posting.amount;
            }
            PostingKind::PaymentReturned => {
                self.n_payments -= 1;
                self.cash -= posting.amount;
            }
            _ => {}
        }
    }
}

/// The members of a chain from its head.
fn chain(head: u32, next: impl Fn(u32) -> u32) -> impl Iterator<Item = u32> {
    std::iter::successors((head != NONE).then_some(head), move |at| {
        let after = next(*at);
        (after != NONE).then_some(after)
    })
}
