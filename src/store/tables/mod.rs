//! The tables that lie in Parquet files: their columns, plain vectors of their values, and the canonical bytes of a row.
//! A table is described once, in [`spec`]; the files, docs/format.md and the checks follow from that.
//!
//! `claims` is narrow: what lists, filters, totals and clustering read. `claim_detail` has the whole claim as one JSON
//! document, in the same order of rows. `posted` has one column for each field of a posting. `vouchers` has narrow
//! columns and the document; `companies` and `facilities` a key and the document. Benefit lines, payments and headcounts
//! by month live inside the documents.

mod claims;
mod columns;
mod keyed;
mod parquet;
mod posted;
mod reckoned;
mod spec;
mod told;
mod vouchers;

pub(crate) use claims::keys_of;
pub use claims::{ClaimRow, mark_byte, mark_of, papers_missing};
pub(crate) use claims::{claim_cells, claim_column, row_from};
pub use columns::Sum128;
pub(crate) use columns::{Cell, Columns, Data, NO_DATE, Texts, day_number};
pub(crate) use keyed::Keyed;
pub(crate) use parquet::{FILE_ROWS, Packing, decode, encode, group_ranges, row_group};
pub(crate) use posted::{Names, posting_cells, postings_from, postings_of};
pub(crate) use reckoned::narrow;
pub use spec::{Column, ColumnKind, Table};
pub use vouchers::VoucherRow;
pub(crate) use vouchers::{voucher_cells, voucher_row_cells, voucher_row_from};

/// The byte of a code that is not there.
pub const NO_CODE: u8 = 255;
