//! What was done to a month, as documents.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::month::{BookMark, KindSum, MonthBooks, MonthDeed, MonthStep, VoucherRange};
use crate::domain::period::Period;
use crate::domain::person::PersonId;
use crate::domain::posting::PostingKind;
use crate::domain::voucher::SeriesKey;

use super::text::{Rp, T};
use super::{CodecError, read, write};

/// The name of a deed in the journal.
pub(super) fn op_of(deed: &MonthDeed) -> &'static str {
    match deed.step {
        MonthStep::Closed { .. } => "office.month_closed",
        MonthStep::ReopenAsked { .. } => "office.month_reopen_asked",
        MonthStep::Reopened => "office.month_reopened",
    }
}

/// A deed of any kind: what only some have is left out of the others.
#[derive(Debug, Serialize, Deserialize)]
struct DeedShape {
    month: T<Period>,
    date: T<Date>,
    by: String,
    uid: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    loginuid: Option<u32>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed: Option<ClosedShape>,
}

/// What stood in a month that was closed.
#[derive(Debug, Serialize, Deserialize)]
struct ClosedShape {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    after_seq: u64,
    after_hash: String,
    #[serde(flatten)]
    books: BooksShape,
}

/// The books of a month, in the journal as in a seal.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::store) struct BooksShape {
    postings: u64,
    sums: Vec<SumShape>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    vouchers: Vec<RangeShape>,
    #[serde(default, skip_serializing_if = "is_none_of_them")]
    vouchers_without_number: u64,
    digest: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct SumShape {
    kind: String,
    count: u64,
    amount: Rp,
}

#[derive(Debug, Serialize, Deserialize)]
struct RangeShape {
    series: T<SeriesKey>,
    first: u32,
    last: u32,
    count: u32,
}

fn is_none_of_them(number: &u64) -> bool {
    *number == 0
}

impl BooksShape {
    pub(in crate::store) fn of(books: &MonthBooks) -> BooksShape {
        let sum = |sum: &KindSum| SumShape {
            kind: sum.kind.code().to_owned(),
            count: sum.count,
            amount: Rp(sum.amount),
        };
        let range = |range: &VoucherRange| RangeShape {
            series: T(range.series.clone()),
            first: range.first,
            last: range.last,
            count: range.count,
        };
        BooksShape {
            postings: books.postings,
            sums: books.sums.iter().map(sum).collect(),
            vouchers: books.ranges.iter().map(range).collect(),
            vouchers_without_number: books.unnumbered,
            digest: books.digest.clone(),
        }
    }

    fn books(self) -> Result<MonthBooks, CodecError> {
        let sum = |shape: SumShape| {
            let kind = PostingKind::ALL.iter().copied().find(|kind| kind.code() == shape.kind);
            let kind =
                kind.ok_or_else(|| CodecError::new("month", format_args!("no kind {}", shape.kind)))?;
            Ok(KindSum { kind, count: shape.count, amount: shape.amount.0 })
        };
        let range = |shape: RangeShape| VoucherRange {
            series: shape.series.0,
            first: shape.first,
            last: shape.last,
            count: shape.count,
        };
        Ok(MonthBooks {
            postings: self.postings,
            sums: self.sums.into_iter().map(sum).collect::<Result<_, CodecError>>()?,
            ranges: self.vouchers.into_iter().map(range).collect(),
            unnumbered: self.vouchers_without_number,
            digest: self.digest,
        })
    }
}

/// A deed as it stands in the journal.
pub(super) fn to_json(deed: &MonthDeed) -> String {
    let (reason, closed) = match &deed.step {
        MonthStep::Closed { note, books, after } => {
            let shape = ClosedShape {
                note: note.clone(),
                after_seq: after.seq,
                after_hash: after.hash.clone(),
                books: BooksShape::of(books),
            };
            (String::new(), Some(shape))
        }
        MonthStep::ReopenAsked { reason } => (reason.clone(), None),
        MonthStep::Reopened => (String::new(), None),
    };
    write(&DeedShape {
        month: T(deed.month),
        date: T(deed.date),
        by: deed.by.clone(),
        uid: deed.who.uid,
        loginuid: deed.who.loginuid,
        reason,
        closed,
    })
}

/// The deed of a record whose operation is `office.<what>`; none for another operation.
pub(super) fn from_json(what: &str, data: &str) -> Result<Option<MonthDeed>, CodecError> {
    if !matches!(what, "month_closed" | "month_reopen_asked" | "month_reopened") {
        return Ok(None);
    }
    let shape: DeedShape = read("month", data)?;
    let step = match (what, shape.closed) {
        ("month_closed", Some(closed)) => MonthStep::Closed {
            note: closed.note,
            after: BookMark { seq: closed.after_seq, hash: closed.after_hash },
            books: Box::new(closed.books.books()?),
        },
        ("month_closed", None) => return Err(CodecError::new("month", "closed without its books")),
        ("month_reopen_asked", _) => MonthStep::ReopenAsked { reason: shape.reason },
        _ => MonthStep::Reopened,
    };
    let who = PersonId { uid: shape.uid, loginuid: shape.loginuid };
    Ok(Some(MonthDeed { month: shape.month.0, date: shape.date.0, by: shape.by, who, step }))
}
