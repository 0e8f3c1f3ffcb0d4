//! Benefit lines: the unit money hangs on.

use jiff::civil::Date;

use crate::domain::code::Component;
use crate::domain::id::{LineNo, VoucherId};
use crate::domain::money::Rupiah;
use crate::domain::payee::Payee;
use crate::domain::period::Period;
use crate::domain::person::PersonId;
use crate::domain::voucher::VoucherCode;

/// Days from–to, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateSpan {
    /// First day.
    pub from: Date,
    /// Last day, not before the first.
    pub to: Date,
}

impl DateSpan {
    /// A span; `None` when it ends before it begins.
    pub fn new(from: Date, to: Date) -> Option<DateSpan> {
        (from <= to).then_some(DateSpan { from, to })
    }

    /// Days, both ends counted.
    pub fn days(self) -> i32 {
        (self.to - self.from).get_days() + 1
    }

    /// Whether both share a day.
    pub fn overlaps(self, other: DateSpan) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

/// One benefit of one claim for one payee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BenefitLine {
    /// Number within the claim, from 1.
    pub no: LineNo,
    /// What it pays.
    pub component: Component,
    /// Days it covers (STMB always has them).
    pub span: Option<DateSpan>,
    /// Who is paid.
    pub payee: Payee,
    /// Who typed the payee's account; none: it came with an import.
    pub account_by: Option<PersonId>,
    /// Receipt number or patient reference of a bill, where given.
    pub receipt: String,
    /// What was asked.
    pub asked: Rupiah,
    /// Paper date: its own papers were complete; its payment clock runs from here. A further submission of the same case
    /// has a date of its own.
    pub complete_date: Option<Date>,
    /// What was determined.
    pub determination: Option<Determination>,
    /// The voucher that pays it.
    pub voucher: Option<VoucherLink>,
    /// Paper date: the void that took it off its last voucher. Nothing is determined or vouchered before it.
    pub free_since: Option<Date>,
}

/// A determination (*penetapan*).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Determination {
    /// Amount, gross.
    pub amount: Rupiah,
    /// Date of the determination.
    pub date: Date,
    /// Number of the letter, where given.
    pub number: String,
    /// Month it is posted in.
    pub posted: Period,
}

/// A line's voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherLink {
    /// Which voucher.
    pub id: VoucherId,
    /// Its code.
    pub code: VoucherCode,
    /// Whether its money has gone.
    pub settlement: Settlement,
}

/// Whether a vouchered line's money has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// Waits for payment.
    Waiting,
    /// A part, this much gross, has gone; part payments fill the lines of a voucher in their order.
    Part(Rupiah),
    /// Paid in full on this date.
    Paid(Date),
}

impl BenefitLine {
    /// The determined amount, or nothing.
    pub fn determined(&self) -> Rupiah {
        self.determination.as_ref().map_or(Rupiah::ZERO, |determination| determination.amount)
    }

    /// Determined and on no voucher: what waits for one.
    pub fn waits_for_voucher(&self) -> bool {
        self.voucher.is_none() && self.determination.as_ref().is_some_and(|d| d.amount > Rupiah::ZERO)
    }

    /// On a voucher, and not all of its money has gone.
    pub fn waits_for_payment(&self) -> bool {
        self.voucher.as_ref().is_some_and(|link| !matches!(link.settlement, Settlement::Paid(_)))
    }

    /// Nothing more is to be done for it: determined, and no money waits.
    pub fn is_settled(&self) -> bool {
        self.determination.is_some() && !self.waits_for_voucher() && !self.waits_for_payment()
    }

    /// The amount paid, gross.
    pub fn paid(&self) -> Rupiah {
        match self.voucher.as_ref().map(|link| link.settlement) {
            Some(Settlement::Paid(_)) => self.determined(),
            Some(Settlement::Part(part)) => part.min(self.determined()),
            Some(Settlement::Waiting) | None => Rupiah::ZERO,
        }
    }
}
