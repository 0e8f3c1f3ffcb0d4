//! Workbooks: what the child writes, and what the parent makes of a child that fails.

use std::path::{Path, PathBuf};

use santun::intake::read::xlsx::{WorkbookTrouble, parent_read, sheet_as_csv};
use santun::intake::read::{Limits, open};

use crate::support::sources::root;

fn sheet(name: &str) -> PathBuf {
    root().join("tests/data/sheets").join(name)
}

fn csv_of(name: &str) -> Result<String, WorkbookTrouble> {
    let mut out = Vec::new();
    sheet_as_csv(&sheet(name), &mut out).map(|()| String::from_utf8(out).expect("CSV is UTF-8"))
}

#[test]
fn one_sheet_becomes_csv() {
    let expected = "REKAP VOUCHER OKTOBER 2026\n\"\"\nNo,Kode Voucher,Nama,Jumlah (Rp),Tgl\n\
                    1,RB10030028,Siti Aminah,1250000,2026-10-05\n2,RB10030029,Budi,333333,2026-10-06\n";
    assert_eq!(csv_of("recap.xlsx").as_deref(), Ok(expected));
}

#[test]
fn what_is_no_clean_sheet_says_why() {
    let table = [
        ("many-sheets.xlsx", WorkbookTrouble::ManySheets),
        ("no-sheet.xlsx", WorkbookTrouble::NoSheet),
        ("broken.xlsx", WorkbookTrouble::Broken),
        ("far-cell.xlsx", WorkbookTrouble::TooLarge),
        ("not-there.xlsx", WorkbookTrouble::Broken),
    ];
    for (name, trouble) in table {
        assert_eq!(csv_of(name), Err(trouble), "{name}");
    }
}

/// A program that does as the child might: the arguments are ignored.
fn fake(folder: &Path, script: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("child");
    std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a writable folder");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("our own file");
    path
}

#[test]
fn the_parent_believes_no_child() {
    let table = [
        ("printf 'a,b\\n1,2\\n'", Ok("a,b\n1,2\n")),
        ("exit 68", Err(WorkbookTrouble::ManySheets)),
        ("exit 101", Err(WorkbookTrouble::Broken)),
        ("printf 'a,b\\n'; kill -ABRT $$", Err(WorkbookTrouble::TooLarge)),
        ("kill -XCPU $$", Err(WorkbookTrouble::TooSlow)),
        ("exec sleep 600", Err(WorkbookTrouble::TooSlow)),
        ("exec 1>&-; exec sleep 600", Err(WorkbookTrouble::TooSlow)),
    ];
    let limits = Limits { child_seconds: 1, ..Limits::default() };
    for (script, expected) in table {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let program = fake(folder.path(), script);
        let read = parent_read(&program, &sheet("recap.xlsx"), &limits);
        assert_eq!(
            read.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
            expected.map(str::to_owned),
            "{script}"
        );
    }
    let missing = parent_read(Path::new("/no/such/program"), &sheet("recap.xlsx"), &limits);
    assert_eq!(missing, Err(WorkbookTrouble::NotStarted));
}

#[test]
fn without_a_program_a_workbook_is_refused() {
    let refused = open(&sheet("recap.xlsx"), None, &Limits::default()).expect_err("no program to read it");
    assert_eq!(refused.code, "file-xlsx");
}
