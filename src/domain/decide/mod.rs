//! The rules: a command and a few facts become events or a refusal. Pure; run once, under the writer lock; a preview
//! calls the same functions without committing.

mod back;
mod bundle;
mod claim;
mod ending;
mod erasure;
mod file;
mod line;
mod month;
mod paper;
mod raise;
mod take;
mod voucher;

pub use claim::{ClaimFacts, NumberUse, RegisterFacts, claim, register};
pub use ending::closing;
pub use erasure::{
    ErasureFacts, YearFound, approve_erasure, ask_erasure, check_not_erased, erasure_hindrances,
};
pub use file::{FILE_MAX_BYTES, attach, safe_file_name};
pub use line::check_line;
pub use month::{
    Findings, Hindrance, MonthFacts, Passable, ask_reopening, close_month, hindrances, reopen_month,
};
pub use paper::{advice, check_basics, check_paper_date};
pub use raise::{RaiseFacts, raise};
pub use take::{Lines, TakeFacts, take_voucher};
pub use voucher::{VoucherFacts, voucher};
