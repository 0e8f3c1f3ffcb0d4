//! The lines of a claim, typed as a table.

use santun::domain::code::{Component, PayeeKind, ProcessState};
use santun::domain::command::NewLine;
use santun::domain::{ClaimCommand, Payee, Rupiah};

use super::real::{RealClerk, store};

/// From the kind of payee to what is asked.
const TO_ASKED: &str = "tab tab tab tab tab tab tab";

#[test]
fn an_application_is_filed_with_its_lines() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'rahmat' enter enter f").sees("Tahap II").sees("1 baris");
    clerk.press("tab 'biaya perawatan' tab").sees("RS Contoh").press(&format!("{TO_ASKED} '12,4jt' tab"));
    clerk.sees("2 baris").press(&format!("'transport' tab {TO_ASKED} '600rb'")).sees("12.400.000");
    clerk.shows("lines-filed").press("tab ctrl-x").sees("2 baris, diminta 13.000.000");
    let claim = clerk.bench.desk.find_claim("K26-000105").unwrap();
    assert_eq!(claim.state(), ProcessState::Filed);
    let lines: Vec<_> = claim.lines.iter().map(|line| (line.component, line.asked)).collect();
    let transport = claim.lines[1].component;
    assert_eq!(lines, [(Component::Medical, Rupiah::new(12_400_000)), (transport, Rupiah::new(600_000))]);
}

#[test]
fn several_lines_are_determined_at_once() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter D").sees("Tetapkan beberapa").press("'biaya perawatan' tab");
    clerk.press(&format!("{TO_ASKED} '12,4jt' tab")).sees("ctrl-t pakai 12.400.000").press("ctrl-t tab");
    // The new row begins with the line it is about; the account of the company stands on the letter.
    clerk.press("tab 'stmb' tab").sees("Menurut hitungan").press("tab tab 'BCA' tab '5220112233' tab");
    clerk.press("tab tab tab '28,8jt' tab").sees("ctrl-t pakai 29.280.000").press("'28,8jt' up");
    clerk.sees("41.200.000").shows("lines-determined").press("ctrl-x").sees("2 baris");
    let claim = clerk.bench.desk.find_claim("K26-000101").unwrap();
    assert_eq!((claim.lines.len(), claim.sums().determined), (2, Rupiah::new(41_200_000)));
    // What is determined is no row any more.
    clerk.press("D").sees("1 baris").misses("12.400.000");
}

#[test]
fn one_wrong_cell_stops_all_rows_and_is_shown() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter D 'biaya perawatan' tab");
    clerk.press(&format!("{TO_ASKED} '12,4jt' tab '12,4jt' tab tab 'transport' tab"));
    clerk.press("ctrl-x").sees("2 !").sees("Jumlah diminta: Jumlah 0");
    assert_eq!(clerk.bench.desk.find_claim("K26-000101").unwrap().lines.len(), 0);
    clerk.press("esc").sees("draf").press("D").sees("Ada draf").press("y").sees("2 baris");
}

#[test]
fn cells_are_reached_by_arrows_and_rows_go_after_asking() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter D 'biaya perawatan' tab").sees("faskes");
    clerk.press("down").sees("2 baris").press("left 'transport' tab up left").sees("biaya perawatan");
    clerk.press("ctrl-d").sees("keluarkan baris").press("esc").sees("2 baris");
    clerk.press("ctrl-d y").sees("1 baris").misses("biaya perawatan").sees("transport");
    clerk.press("ctrl-n").sees("2 baris").press("ctrl-d y ctrl-d y").sees("1 baris").misses("transport");
    clerk.press("ctrl-x").sees("Belum ada baris");
}

#[test]
fn a_wide_table_scrolls_by_columns_at_every_size() {
    let folder = store();
    for size in [(80, 24), (200, 50), (40, 8), (41, 12)] {
        let mut clerk = RealClerk::with(folder.path(), santun::words::Lang::Id, size);
        clerk.press("/ ctrl-u 'siti' enter enter D 'x'").press(&"right tab ".repeat(12)).press("esc");
    }
}

#[test]
fn lines_that_find_no_row_are_counted() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    let line = |number: i64| {
        ClaimCommand::AddLine(Box::new(NewLine {
            component: Component::Medical,
            span: None,
            payee: Payee {
                kind: PayeeKind::Facility,
                name: "RS Contoh Sehat".to_owned(),
                bank: String::new(),
                account: None,
                tax_number: None,
            },
            receipt: format!("KW-{number}"),
            asked: Rupiah::new(100_000 + number),
        }))
    };
    let desk = &clerk.bench.desk;
    let claim = desk.find_claim("K26-000101").unwrap();
    let lines: Vec<_> = (1..=43).map(line).collect();
    desk.claim_in_turn(&desk.new_key(), claim.id, None, &lines).unwrap();
    clerk.press("/ ctrl-u 'siti' enter enter D").sees("40 baris (+3 belum tampil)");
    // When the first forty are done, the others have their turn.
    clerk.press("ctrl-x").sees("40 baris, diminta").press("D").sees("3 baris").misses("belum tampil");
}
