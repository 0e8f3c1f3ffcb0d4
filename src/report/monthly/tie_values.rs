//! The tie-out as a value: what waits, what does not fit, what the sums leave over.

use std::sync::Arc;

use crate::domain::money::Rupiah;
use crate::report::monthly::CountAndSum;

/// Line ↔ voucher ↔ payment at the month's end, from the first posting on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieOut {
    /// Determined and corrected.
    pub benefits: Rupiah,
    /// Gross of the vouchers that are not void.
    pub vouchers: Rupiah,
    /// Settled, gross.
    pub payments: Rupiah,
    /// Money sent less money that came back: payments − tax + rounding.
    pub cash: Rupiah,
    /// What waits, added up.
    pub timing: Waiting,
    /// What waits, one by one.
    pub waiting: Vec<WaitingRecord>,
    /// Records that do not fit.
    pub unmatched: Vec<Unmatched>,
    /// Sum of the unmatched amounts.
    pub difference: Rupiah,
    /// What is left over of the sums alone.
    pub remainder: Remainder,
}

/// Timing items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Lines that wait for a voucher.
    pub voucher: CountAndSum,
    /// Vouchers that wait for payment.
    pub payment: CountAndSum,
}

/// What a record waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaitingFor {
    /// A line, for its voucher.
    Voucher,
    /// A voucher, for its money.
    Payment,
}

/// A record that waits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct WaitingRecord {
    /// For what.
    pub waits_for: WaitingFor,
    /// `claim number/line` or the voucher's code.
    pub reference: String,
    /// Rupiah, gross.
    pub amount: Rupiah,
}

/// What does not fit about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A voucher holds no line.
    VoucherWithoutLine,
    /// A line stands on two live vouchers.
    LineOnTwoVouchers,
    /// A line names a voucher that was never raised.
    LineOnUnknownVoucher,
    /// A line still stands on a void voucher.
    LineOnVoidVoucher,
    /// A line on a voucher was never determined.
    LineNotDetermined,
    /// A line's amount on the voucher is not what was determined.
    LineAmountDiffers,
    /// A voucher's gross is not the sum of its lines.
    VoucherSumDiffers,
    /// The net on a voucher is not its gross − PPh + rounding.
    VoucherNetDiffers,
    /// More than the net was sent in several transfers.
    PaymentTwice,
    /// What was sent is not the net, or not what was settled.
    PaymentDiffers,
    /// Settled without any transfer.
    PaidWithoutPayment,
    /// A transfer for a voucher that was never raised.
    PaymentWithoutVoucher,
    /// A void voucher whose money has gone.
    VoidButPaid,
}

impl Fault {
    /// Every kind, in the order of the list.
    pub const ALL: &'static [Fault] = &[
        Fault::VoucherWithoutLine,
        Fault::LineOnTwoVouchers,
        Fault::LineOnUnknownVoucher,
        Fault::LineOnVoidVoucher,
        Fault::LineNotDetermined,
        Fault::LineAmountDiffers,
        Fault::VoucherSumDiffers,
        Fault::VoucherNetDiffers,
        Fault::PaymentTwice,
        Fault::PaymentDiffers,
        Fault::PaidWithoutPayment,
        Fault::PaymentWithoutVoucher,
        Fault::VoidButPaid,
    ];

    /// The code in JSON and CSV.
    pub const fn code(self) -> &'static str {
        match self {
            Fault::VoucherWithoutLine => "voucher_without_line",
            Fault::LineOnTwoVouchers => "line_on_two_vouchers",
            Fault::LineOnUnknownVoucher => "line_on_unknown_voucher",
            Fault::LineOnVoidVoucher => "line_on_void_voucher",
            Fault::LineNotDetermined => "line_not_determined",
            Fault::LineAmountDiffers => "line_amount_differs",
            Fault::VoucherSumDiffers => "voucher_sum_differs",
            Fault::VoucherNetDiffers => "voucher_net_differs",
            Fault::PaymentTwice => "payment_twice",
            Fault::PaymentDiffers => "payment_differs",
            Fault::PaidWithoutPayment => "paid_without_payment",
            Fault::PaymentWithoutVoucher => "payment_without_voucher",
            Fault::VoidButPaid => "void_but_paid",
        }
    }

    /// Whether the record is a line (`claim number/line`) or a voucher's code.
    pub const fn is_about_line(self) -> bool {
        matches!(
            self,
            Fault::LineOnTwoVouchers
                | Fault::LineOnUnknownVoucher
                | Fault::LineOnVoidVoucher
                | Fault::LineNotDetermined
                | Fault::LineAmountDiffers
        )
    }
}

/// A record that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unmatched {
    /// What is wrong.
    pub fault: Fault,
    /// `claim number/line` or the voucher's code.
    pub reference: String,
    /// Vouchers a faulty line stands on.
    pub vouchers: Vec<Arc<str>>,
    /// Rupiah in question, never negative.
    pub amount: Rupiah,
    /// By how much it moves each remainder.
    pub moves: Remainder,
}

/// What the sums leave over when all that waits is taken off; nothing on sound books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Remainder {
    /// Benefits − waiting for a voucher − vouchers.
    pub benefits_vouchers: Rupiah,
    /// Vouchers − waiting for payment − payments.
    pub vouchers_payments: Rupiah,
    /// Money sent − what should have been sent for the payments.
    pub payments_cash: Rupiah,
}
