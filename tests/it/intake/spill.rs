//! Sheets whose bytes lie in a file instead of in memory: they say the same, whatever is asked in whatever order.

use std::path::Path;

use santun::intake::history::{History, Options, read_sheets};
use santun::intake::read::{Limits, Sheet, from_bytes};

use super::history::{BENEFITS, CLAIMS, PAYMENTS, TODAY, VOUCHERS, office, sheet};

/// Rows of every length, some with quotes, some broken, far longer together than a block.
fn wild() -> Vec<u8> {
    let mut bytes = b"a,b,c\n".to_vec();
    for n in 0..4_000_usize {
        let long = "x".repeat(n * 37 % 800);
        bytes.extend(
            match n % 7 {
                0 => format!("{n},\"{long}, \"\"{n}\"\"\",é\n"),
                1 => format!("{n},{},{long}\n", "y".repeat(40_000 * usize::from(n % 700 == 1))),
                2 => "\n".to_owned(),
                3 => format!("{n},\"open\n"),
                _ => format!("{n}, {long} ,é{n}\n"),
            }
            .into_bytes(),
        );
    }
    bytes
}

fn cells(sheet: &Sheet, rows: impl Iterator<Item = usize>) -> Vec<Vec<String>> {
    let mut cells = sheet.cells();
    rows.map(|row| {
        cells.go(row);
        cells.iter().map(str::to_owned).collect()
    })
    .collect()
}

#[test]
fn a_spilled_sheet_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let held = from_bytes("a.csv", wild(), &Limits::default()).unwrap();
    let mut spilled = from_bytes("a.csv", wild(), &Limits::default()).unwrap();
    spilled.spill(folder.path()).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the file has no name");
    assert!(held.rows.len() > 2_000 && !held.broken.is_empty());
    let n = held.rows.len();
    assert_eq!(cells(&held, 0..n), cells(&spilled, 0..n));
    // Back and forth over the whole sheet.
    let jumps = || (0..n).map(|at| at * 7_919 % n);
    assert_eq!(cells(&held, jumps()), cells(&spilled, jumps()));
    assert_eq!(cells(&held, (0..n).rev()), cells(&spilled, (0..n).rev()));
    for at in held.broken.iter().chain(&held.rows) {
        assert_eq!(held.raw(*at), spilled.raw(*at));
    }
    assert_eq!((held.n_bytes(), spilled.failure()), (spilled.n_bytes(), None));
}

#[test]
fn a_folder_that_takes_none_leaves_it_in_memory() {
    let mut sheet = from_bytes("a.csv", wild(), &Limits::default()).unwrap();
    let before = cells(&sheet, 0..sheet.rows.len());
    assert!(sheet.spill(Path::new("/nowhere/at/all")).is_err());
    assert_eq!(cells(&sheet, 0..sheet.rows.len()), before);
}

#[test]
fn a_history_of_spilled_sheets_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    // A fault in each file, so that rows are refused from both.
    let claims = format!("{CLAIMS}K-X,JKK,tanpa tanggal\n");
    let files = [("claims.csv", &*claims), ("benefits.csv", BENEFITS), ("vouchers.csv", VOUCHERS)];
    let read = |is_spilled: bool| {
        let sheets = files.iter().chain(&[("payments.csv", PAYMENTS)]).map(|(name, text)| {
            let mut sheet = sheet(name, text);
            if is_spilled {
                sheet.spill(folder.path()).unwrap();
            }
            sheet
        });
        read_sheets(sheets.collect(), &Options::default(), &office(), TODAY)
    };
    let said = |history: &History| {
        let mut reader = history.reader();
        let claims: Vec<String> =
            (0..history.n_claims()).map(|at| format!("{:?}", reader.claim(at))).collect();
        let vouchers: Vec<String> =
            (0..history.n_vouchers()).map(|at| format!("{:?}", reader.voucher(at))).collect();
        let problems: Vec<String> = history.problems.iter().map(|problem| format!("{problem:?}")).collect();
        (claims, vouchers, problems, history.n_refused)
    };
    let (held, spilled) = (read(false), read(true));
    assert_eq!(said(&held), said(&spilled));
    assert!(held.n_claims() > 2 && held.n_vouchers() > 1 && held.n_refused > 0);
    assert_eq!(spilled.failure(), None);
}
