//! Two clerks on one claim: nothing is overwritten, nothing that was typed is lost.

use std::path::Path;

use santun::domain::Rupiah;
use santun::domain::code::{Outcome, ProcessState};
use santun::tui::effect::Msg;

use super::real::{RealClerk, store};

const CLAIM: &str = "K26-000106";

fn two(folder: &Path) -> (RealClerk, RealClerk) {
    let at_claim = |mut clerk: RealClerk| {
        clerk.press("/ ctrl-u 'lestari' enter enter").sees(CLAIM);
        clerk
    };
    (at_claim(RealClerk::new(folder)), at_claim(RealClerk::new(folder)))
}

/// As the follower does: the books are read, then the screen hears of it.
fn hears(clerk: &mut RealClerk) -> &mut RealClerk {
    clerk.bench.desk.refresh().expect("the store can be read");
    clerk.send(Msg::Changed);
    clerk
}

/// From the worker's name, where amending begins, to the notes.
fn to_notes(clerk: &mut RealClerk) -> &mut RealClerk {
    clerk.press(&"tab ".repeat(20))
}

#[test]
fn what_two_clerks_change_in_different_fields_goes_together() {
    let folder = store();
    let (mut mine, mut other) = two(folder.path());
    mine.press("e 'Lestari Ningrum' tab");
    other.press("e");
    to_notes(&mut other).sees("Catatan").press("'jatuh dari tangga' ctrl-x");
    hears(&mut mine).sees("mengubah klaim ini").sees("ctrl-o").sees("Lestari Ningrum");
    mine.press("ctrl-x").shows("moved-merge").sees("jatuh dari tangga").sees("Tidak ada yang bertabrakan");
    assert_eq!(
        mine.bench.desk.find_claim(CLAIM).unwrap().basics.worker.name,
        "Lestari Ningsih",
        "only looked"
    );
    mine.press("enter").sees("Digabung").sees("Lestari Ningrum").press("ctrl-x");
    let basics = mine.bench.desk.find_claim(CLAIM).unwrap().basics.clone();
    assert_eq!(
        (basics.worker.name.as_str(), basics.notes.as_str()),
        ("Lestari Ningrum", "jatuh dari tangga")
    );
}

#[test]
fn what_both_changed_is_decided_field_by_field() {
    // What is pressed in the comparison, and whose name stands then.
    for (key, name) in [("m", "Lestari Saya"), ("t", "Lestari Rekan")] {
        let folder = store();
        let (mut mine, mut other) = two(folder.path());
        mine.press("e 'Lestari Saya' tab");
        other.press("e 'Lestari Rekan' ctrl-x");
        // Here nobody has told the screen yet: the books refuse, and nothing is overwritten.
        mine.press("ctrl-x").sees("Lestari Ningsih").sees("Lestari Saya").sees("Lestari Rekan").sees("?");
        if key == "m" {
            mine.shows("moved-conflict");
        }
        mine.press("enter").sees("Masih 1 isian").press("esc").sees("Lestari Saya").sees("ctrl-o");
        mine.press("ctrl-o enter").sees("Masih 1 isian").press(key).sees("Tidak ada yang bertabrakan");
        mine.press("enter ctrl-x");
        let found = mine.bench.desk.find_claim(CLAIM);
        match key {
            "m" => assert_eq!(found.unwrap().basics.worker.name, name),
            // Nothing of one's own is left: an amendment that says nothing new is none.
            _ => {
                assert_eq!(found.unwrap().basics.worker.name, name);
                mine.sees(name);
            }
        }
    }
}

#[test]
fn a_form_in_which_nothing_is_typed_shows_what_stands_now() {
    let folder = store();
    let (mut mine, mut other) = two(folder.path());
    mine.press("e");
    other.press("e 'Lestari Rekan' ctrl-x");
    hears(&mut mine).sees("Pekerja             Lestari Rekan").sees("memakai isi yang baru");
    mine.press("end ' Ayu' ctrl-x").sees("Lestari Rekan Ayu");
}

#[test]
fn what_does_not_touch_an_amendment_does_not_stop_it() {
    let folder = store();
    let (mut mine, mut other) = two(folder.path());
    mine.press("e 'Lestari Ayu' tab");
    other.press("i").sees("diperiksa oleh");
    hears(&mut mine).sees("tidak terganggu").misses("ctrl-o");
    mine.press("ctrl-x").sees("Lestari Ayu").sees("diperiksa");
}

#[test]
fn a_step_goes_on_after_a_look_at_what_changed() {
    let folder = store();
    let (mut mine, mut other) = two(folder.path());
    mine.press("o 'berobat' tab '.'");
    other.press("i").sees("diperiksa oleh");
    hears(&mut mine).sees("memberi tanda periksa").sees("ctrl-o");
    mine.press("ctrl-x").sees("memberi tanda periksa").shows("moved-step").press("enter ctrl-x");
    assert_eq!(mine.bench.desk.find_claim(CLAIM).unwrap().outcome(), Some(Outcome::Berobat));
}

#[test]
fn a_step_that_is_no_longer_possible_says_so_and_keeps_the_draft() {
    let folder = store();
    let (mut mine, mut other) = two(folder.path());
    mine.press("o 'berobat' tab '.'");
    other.press("x 'ditolak' tab 'bukan peserta' ctrl-x");
    mine.press("ctrl-x").sees("tidak bisa lagi").sees("sudah ditolak").press("enter").sees("tidak bisa lagi");
    mine.press("esc").sees("berobat").press("esc").sees("draf");
    let claim = mine.bench.desk.find_claim(CLAIM).unwrap();
    assert_eq!((claim.state(), claim.outcome()), (ProcessState::Rejected, None));
}

#[test]
fn a_draft_of_an_older_state_is_compared_before_it_goes_on() {
    let folder = store();
    let (mut mine, mut other) = two(folder.path());
    mine.press("e 'Lestari Draf' tab");
    to_notes(&mut mine).press("shift-tab shift-tab 'x' ctrl-u esc").sees("draf");
    other.press("e 'Lestari Rekan' ctrl-x");
    mine.press("esc");
    hears(&mut mine).press("enter e").sees("Ada draf").sees("Lestari Draf").press("y");
    mine.sees("Waktu dibuka").sees("Lestari Ningsih").sees("Lestari Rekan").sees("Lestari Draf");
    mine.press("m enter ctrl-x");
    assert_eq!(mine.bench.desk.find_claim(CLAIM).unwrap().basics.worker.name, "Lestari Draf");
}

#[test]
fn a_second_change_during_the_comparison_is_compared_too() {
    let folder = store();
    let (mut mine, mut other) = two(folder.path());
    mine.press("e 'Lestari Saya' tab");
    other.press("e 'Lestari Rekan' ctrl-x");
    mine.press("ctrl-x m").sees("Tidak ada yang bertabrakan");
    other.press("e 'Lestari Lain' ctrl-x");
    // What was decided was decided about another text.
    hears(&mut mine).sees("Lestari Lain").sees("1 isian diubah keduanya");
    mine.press("t enter").sees("Lestari Lain");
}

#[test]
fn an_emptied_field_stays_empty_in_its_draft() {
    let folder = store();
    let (mut mine, _) = two(folder.path());
    mine.press("e")
        .press(&"tab ".repeat(18))
        .sees("RS Contoh Sehat")
        .press("ctrl-u tab esc e")
        .sees("Ada draf");
    mine.press("y ctrl-x");
    assert_eq!(mine.bench.desk.find_claim(CLAIM).unwrap().basics.facility, "");
}

const LINES_CLAIM: &str = "K26-000101";

/// Two clerks at a claim with two lines that are not determined, `12.400.000` and `600.000`.
fn two_at_lines(folder: &Path) -> (RealClerk, RealClerk) {
    let at_claim = |mut clerk: RealClerk| {
        clerk.press("/ ctrl-u 'siti' enter enter").sees(LINES_CLAIM);
        clerk
    };
    let mut mine = at_claim(RealClerk::new(folder));
    mine.press("D 'biaya perawatan' tab").press(OVER_TO_ASKED).press("'12,4jt' tab tab");
    mine.press("tab 'transport' tab").press(OVER_TO_ASKED).press("'600rb' ctrl-x").sees("2 baris");
    assert_eq!(determined(&mine), [None, None]);
    (mine, at_claim(RealClerk::new(folder)))
}

/// From the kind of payee to what is asked.
const OVER_TO_ASKED: &str = "tab tab tab tab tab tab tab";

fn determined(clerk: &RealClerk) -> Vec<Option<Rupiah>> {
    let claim = clerk.bench.desk.find_claim(LINES_CLAIM).unwrap();
    claim.lines.iter().map(|line| line.determination.as_ref().map(|made| made.amount)).collect()
}

/// The other clerk determines the first line.
fn determines_first(other: &mut RealClerk) {
    hears(other).press("D").sees("2 baris").press("down ctrl-d y").sees("1 baris").press("'12jt' ctrl-x");
    assert_eq!(determined(other), [Some(Rupiah::new(12_000_000)), None]);
}

#[test]
fn an_amount_stays_at_its_line_when_another_clerk_determines_that_line() {
    // What is decided about the row whose line is gone, and what stands then.
    for (key, first, rows) in [("t", 12_000_000, "1 baris"), ("m", 11_000_000, "2 baris")] {
        let folder = store();
        let (mut mine, mut other) = two_at_lines(folder.path());
        mine.press("D").sees("2 baris").press("'11jt' down '500rb' shift-tab");
        determines_first(&mut other);
        hears(&mut mine).press("ctrl-x").sees("11.000.000").sees("?").press("enter").sees("harus dipilih");
        if key == "m" {
            mine.shows("moved-lines");
        }
        mine.press(key).sees("Tidak ada yang bertabrakan").press("enter").sees(rows).press("ctrl-x");
        let amounts = [Some(Rupiah::new(first)), Some(Rupiah::new(500_000))];
        assert_eq!(determined(&mine), amounts, "{key}");
    }
}

#[test]
fn an_amount_in_a_draft_stays_at_its_line() {
    let folder = store();
    let (mut mine, mut other) = two_at_lines(folder.path());
    mine.press("D").sees("2 baris").press("'11jt' tab esc").sees("draf").press("esc");
    determines_first(&mut other);
    hears(&mut mine).press("enter D").sees("Ada draf").press("y").sees("11.000.000").sees("?");
    mine.press("t").sees("Tidak ada yang bertabrakan").press("enter").sees("1 baris").misses("11.000.000");
    assert_eq!(determined(&mine), [Some(Rupiah::new(12_000_000)), None]);
}

#[test]
fn a_row_taken_out_stays_out_of_the_draft() {
    let folder = store();
    let (mut mine, _) = two_at_lines(folder.path());
    mine.press("D").sees("2 baris").press("ctrl-d y").sees("1 baris").press("esc").sees("draf").press("D");
    mine.sees("Ada draf").press("y").sees("1 baris").misses("12.400.000");
}
