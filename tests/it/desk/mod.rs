//! Tests of `desk`.

pub mod books;
mod conflicts;
mod duplicates;
mod kept;
mod tidy;
mod today;
mod undo;

use std::io::{Error, ErrorKind};
use std::path::PathBuf;

use santun::desk::DeskError;
use santun::store::StoreError;
use santun::words::Words;

/// Who may not write is told what to ask for.
#[test]
fn a_right_that_is_missing_is_said_to_be_one() {
    for (kind, is_right) in [(ErrorKind::PermissionDenied, true), (ErrorKind::NotFound, false)] {
        let (path, source) = (PathBuf::from("lock/writer.lock"), Error::from(kind));
        let said =
            DeskError::Store(StoreError::Io { doing: "lock", path, source }).sentence(&Words::default());
        assert!(said.contains("lock/writer.lock"), "{said}");
        assert_eq!(said.contains("mintalah hak tulis"), is_right, "{said}");
    }
}
