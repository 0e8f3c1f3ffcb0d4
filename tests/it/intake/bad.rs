//! One bad file for each message. The name of the file begins with the code it must get.

use santun::intake::dialect::{Said, decide};
use santun::intake::heads::recognise;
use santun::intake::read::{Limits, open};

use crate::support::sources::root;

/// Codes found by reading alone and by deciding the dialects of its columns.
fn codes(path: &std::path::Path) -> Vec<&'static str> {
    let sheet = match open(path, None, &Limits::default()) {
        Ok(sheet) => sheet,
        Err(problem) => return vec![problem.code],
    };
    let mut codes: Vec<&'static str> = sheet.problems.iter().map(|problem| problem.code).collect();
    if let Some(mapping) = recognise(&sheet.headings) {
        let (_, problems) = decide(&sheet, &mapping, Said::default());
        codes.extend(problems.iter().map(|problem| problem.code));
    }
    codes
}

#[test]
fn every_unreadable_file_gets_its_message() {
    let folder = root().join("tests/data/bad");
    let mut n_files = 0;
    for entry in std::fs::read_dir(folder).expect("the folder of bad files") {
        let path = entry.expect("a readable folder").path();
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let found = codes(&path);
        let by_reading = ["file-", "heading-", "row-wide", "quote-", "encoding-", "dates-"];
        if by_reading.iter().any(|start| stem.starts_with(start)) {
            assert!(found.iter().any(|code| stem.starts_with(code)), "{stem}: {found:?}");
            n_files += 1;
        } else {
            assert!(
                found.iter().all(|code| matches!(*code, "dates-unclear" | "dates-mixed")),
                "{stem}: {found:?}"
            );
        }
    }
    assert!(n_files >= 15, "{n_files}");
}
