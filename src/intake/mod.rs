//! Floor 3. Files in: readers, recognised headings, dialects of columns, checks, history put together, comparison with
//! what is known, and a look at a sheet that writes nothing. Gives typed values and problems; knows no store.
//!
//! The way through: [`read`] makes a [`read::Sheet`] of a file, [`heads`] says which column is which, [`dialect`] how
//! each is written, [`table`] reads typed cells.

#![allow(
    clippy::result_large_err,
    reason = "a problem is made once for a bad cell and kept as it is; boxing it would cost every reader a star for nothing"
)]

pub mod assemble;
pub mod compare;
pub mod dates;
pub mod dialect;
pub mod fields;
pub mod heads;
pub mod history;
mod index;
pub mod inspect;
pub mod read;
pub mod say;
pub mod table;
