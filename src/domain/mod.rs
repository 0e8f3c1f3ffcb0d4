//! Floor 1. The business: pure values and rules. No disk, no clock, no serde, no float for money, no polars.
//!
//! The way through: a [`command`] is what someone wants; an aggregate's `decide` turns it and a few facts into
//! [`event`]s or a [`refusal`]; `apply` folds events into state; [`posting`] says in which month which rupiah and
//! which case count. A [`problem`] is bad data from outside, with its place.

pub mod amount;
pub mod benefit;
pub mod claim;
pub mod clock;
pub mod code;
pub mod command;
pub mod company;
pub mod decide;
pub mod document;
pub mod duplicate;
pub mod erasure;
pub mod event;
pub mod facility;
pub mod fold;
pub mod holidays;
pub mod id;
pub mod identity;
pub mod money;
pub mod month;
pub mod office;
pub mod payee;
pub mod period;
pub mod person;
pub mod posting;
pub mod problem;
pub mod query;
pub mod refusal;
pub mod rule;
pub mod subject;
pub mod voucher;

pub use amount::{NumberDialect, parse_amount};
pub use benefit::{BenefitLine, DateSpan, Determination, Settlement, VoucherLink};
pub use claim::{Claim, ClaimBasics};
pub use code::*;
pub use command::{ClaimCommand, VoucherCommand};
pub use company::{Company, CompanySnapshot, Registration};
pub use erasure::{ErasureDeed, ErasureStep};
pub use event::{ClaimEvent, Event, OfficeEvent, VoucherEvent};
pub use facility::Facility;
pub use id::{ClaimId, LineNo, PaymentNo, VoucherId};
pub use identity::{AccountNo, ClaimNo, Icd10, Identity, Kpj, Nik, Npp, Npwp};
pub use money::{BasisPoints, Rupiah};
pub use month::{MonthBooks, MonthDeed, MonthStanding, MonthStep};
pub use office::Office;
pub use payee::Payee;
pub use period::Period;
pub use person::PersonId;
pub use posting::{Posting, PostingKind};
pub use problem::Problem;
pub use refusal::Refusal;
pub use subject::Subjects;
pub use voucher::{Payment, Voucher, VoucherCode, VoucherLine};
