//! A whole voucher as one document.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::code::{Origin, PaymentState, Programme, VoucherKind, VoucherState};
use crate::domain::id::{ClaimId, LineNo, PaymentNo, VoucherId};
use crate::domain::period::Period;
use crate::domain::voucher::{Payment, SeriesKey, VoidMark, Voucher, VoucherCode, VoucherLine};

use super::pieces::{PayeeShape, PersonIdShape};
use super::text::{Rp, T};
use super::{CodecError, read, write};

/// A voucher.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct VoucherShape {
    id: u64,
    revision: u32,
    code: T<VoucherCode>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    external_code: String,
    kind: T<VoucherKind>,
    origin: T<Origin>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    series: Option<T<SeriesKey>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    programme: T<Programme>,
    date: T<Date>,
    posted: T<Period>,
    state: T<VoucherState>,
    pub(super) payee: PayeeShape,
    lines: Vec<VoucherLineShape>,
    gross: Rp,
    #[serde(default, skip_serializing_if = "Rp::is_zero")]
    pph: Rp,
    #[serde(default, skip_serializing_if = "Rp::is_zero")]
    rounding: Rp,
    net: Rp,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    description: String,
    prepared_by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prepared_id: Option<PersonIdShape>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    approved_by: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    payments: Vec<PaymentShape>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    void: Option<VoidShape>,
}

#[derive(Debug, Serialize, Deserialize)]
struct VoucherLineShape {
    claim: u64,
    claim_no: String,
    line: u16,
    amount: Rp,
}

/// A transfer.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PaymentShape {
    no: u16,
    date: T<Date>,
    amount: Rp,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    reference: String,
    state: T<PaymentState>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    returned_date: Option<T<Date>>,
}

impl PaymentShape {
    pub(super) fn of(payment: &Payment) -> PaymentShape {
        PaymentShape {
            no: payment.no.get(),
            date: T(payment.date),
            amount: Rp(payment.amount),
            reference: payment.reference.clone(),
            state: T(payment.state),
            returned_date: payment.returned_date.map(T),
        }
    }

    pub(super) fn payment(self) -> Payment {
        Payment {
            no: PaymentNo::new(self.no),
            date: self.date.0,
            amount: self.amount.0,
            reference: self.reference,
            state: self.state.0,
            returned_date: self.returned_date.map(|T(date)| date),
        }
    }
}

/// Why and when it was voided.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct VoidShape {
    date: T<Date>,
    reason: String,
    posted: T<Period>,
}

impl VoidShape {
    pub(super) fn of(mark: &VoidMark) -> VoidShape {
        VoidShape { date: T(mark.date), reason: mark.reason.clone(), posted: T(mark.posted) }
    }

    pub(super) fn mark(self) -> VoidMark {
        VoidMark { date: self.date.0, reason: self.reason, posted: self.posted.0 }
    }
}

impl VoucherShape {
    pub(super) fn of(voucher: &Voucher) -> VoucherShape {
        VoucherShape {
            id: voucher.id.get(),
            revision: voucher.revision,
            code: T(voucher.code.clone()),
            external_code: voucher.external_code.clone(),
            kind: T(voucher.kind),
            origin: T(voucher.origin),
            series: voucher.series.as_ref().map(|(series, _)| T(series.clone())),
            number: voucher.series.as_ref().map(|(_, number)| *number),
            programme: T(voucher.programme),
            date: T(voucher.date),
            posted: T(voucher.posted),
            state: T(voucher.state),
            payee: PayeeShape::of(&voucher.payee),
            lines: voucher.lines.iter().map(VoucherLineShape::of).collect(),
            gross: Rp(voucher.gross),
            pph: Rp(voucher.pph),
            rounding: Rp(voucher.rounding),
            net: Rp(voucher.net),
            description: voucher.description.clone(),
            prepared_by: voucher.prepared_by.clone(),
            prepared_id: voucher.prepared_id.map(PersonIdShape::of),
            approved_by: voucher.approved_by.clone(),
            payments: voucher.payments.iter().map(PaymentShape::of).collect(),
            void: voucher.void.as_ref().map(VoidShape::of),
        }
    }

    pub(super) fn voucher(self) -> Result<Voucher, CodecError> {
        let series = match (self.series, self.number) {
            (None, None) => None,
            (Some(T(series)), Some(number)) => Some((series, number)),
            _ => return Err(CodecError::new("voucher", "series and number belong together")),
        };
        Ok(Voucher {
            id: VoucherId::new(self.id),
            revision: self.revision,
            code: self.code.0,
            external_code: self.external_code,
            kind: self.kind.0,
            origin: self.origin.0,
            series,
            programme: self.programme.0,
            date: self.date.0,
            posted: self.posted.0,
            state: self.state.0,
            payee: self.payee.payee(),
            lines: self.lines.into_iter().map(VoucherLineShape::line).collect(),
            gross: self.gross.0,
            pph: self.pph.0,
            rounding: self.rounding.0,
            net: self.net.0,
            description: self.description,
            prepared_by: self.prepared_by,
            prepared_id: self.prepared_id.map(PersonIdShape::person),
            approved_by: self.approved_by,
            payments: self.payments.into_iter().map(PaymentShape::payment).collect(),
            void: self.void.map(VoidShape::mark),
        })
    }
}

impl VoucherLineShape {
    fn of(line: &VoucherLine) -> VoucherLineShape {
        VoucherLineShape {
            claim: line.claim.get(),
            claim_no: line.claim_no.clone(),
            line: line.line.get(),
            amount: Rp(line.amount),
        }
    }

    fn line(self) -> VoucherLine {
        VoucherLine {
            claim: ClaimId::new(self.claim),
            claim_no: self.claim_no,
            line: LineNo::new(self.line),
            amount: self.amount.0,
        }
    }
}

/// The canonical document of a voucher: the same voucher, the same bytes.
pub fn voucher_to_json(voucher: &Voucher) -> String {
    write(&VoucherShape::of(voucher))
}

/// The voucher of a document.
pub fn voucher_from_json(json: &str) -> Result<Voucher, CodecError> {
    read::<VoucherShape>("voucher", json)?.voucher()
}
