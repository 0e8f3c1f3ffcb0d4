//! Floor 2. Journal, commit, recovery, parts, views. Knows no business rule.
//!
//! The lower half, in order: [`disk`] the one door · [`record`] one line · [`journal`] the files and the walk over them ·
//! [`watermark`] how far it is acknowledged · [`lock`] one writer at a time · [`recover`] what a crash leaves ·
//! [`ledger`] open, catch up, commit · [`follow`] hear of others' commits · [`verify`] look at everything.
//!
//! The upper half: [`codec`] events and records as JSON · [`tables`] rows as columns and files · [`parts`] the files
//! that make the base · [`sidecar`] small checked files beside them · [`manifest`] what the base covers · [`view`] base and overlay as one immutable value · [`filter`]
//! a query over the columns · [`rows`] an ordered list and its windows · [`sums`] what claims and vouchers add up to · [`store`] the handle that the desk holds.
//!
//! Care: [`fsck`] looks at all of it · [`salvage`] a new store of what is left of a damaged one · [`backup`] a copy of the truth and a store made of it · [`anchor`] heads that were
//! written down elsewhere.

pub mod anchor;
pub mod backup;
pub mod ballast;
pub mod batch;
pub mod codec;
pub mod disk;
pub mod documents;
pub mod error;
pub mod filter;
pub mod follow;
pub mod format;
pub mod fsck;
pub mod journal;
pub mod ledger;
pub mod lock;
pub mod manifest;
pub mod mart;
pub mod parts;
pub mod place;
pub mod record;
pub mod recover;
pub mod rows;
pub mod salvage;
pub mod seals;
pub mod sidecar;
#[allow(clippy::module_inception, reason = "the handle is what the module is for")]
pub mod store;
pub mod sums;
pub mod tables;
pub mod totals;
pub mod verify;
pub mod view;
pub mod vouchers;
pub mod watermark;

pub use backup::{BackedUp, BackupFault, Restored, restore};
pub use ballast::Ballast;
pub use batch::{Batch, BatchCounts};
pub use error::{CommitError, StoreError};
pub use fsck::{Fsck, FsckProblem, Marked, Repaired, fsck, repair};
pub use ledger::Mode;
pub use mart::{Masking, Published};
pub use record::{Actor, Head, IdempotencyKey, Moment};
pub use rows::{Direction, Rows, Sort};
pub use seals::SealState;
pub use store::{
    Committed, Compacted, Draft, Entrance, Erased, Following, ImportError, Imported, Kind, LastBackup,
    LockState, LogEntry, Moved, Past, Sitting, Size, Status, Store,
};
pub use sums::{KeptTotals, Totals, VoucherTotals};
pub use tables::{ClaimRow, VoucherRow, papers_missing};
pub use totals::{MonthKey, MonthSum};
pub use verify::{Depth, Gravity};
pub use view::{BooksKey, View};
pub use vouchers::{SeriesNumbers, VoucherColumn, VoucherFilter, VoucherRows, VoucherSort};
