//! Undo at the screen: the page of the last actions, what each way back will do, and the key that does it.

use santun::words::Lang;

use super::real::{RealClerk, empty_store, store};
use super::work_desk::store_to_pay;

#[test]
fn the_last_action_is_taken_back_after_saying_what_will_happen() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter space").sees("[✓] KK3");
    clerk.press("u").shows("undo-list").sees("KK3").press("enter").shows("undo-confirm");
    // Neither the key that led here nor Enter confirms.
    clerk.press("u enter").sees("Urungkan:").press("esc esc").sees("[✓] KK3");
    clerk.press("u enter y").sees("Diurungkan").sees("[ ] KK3");
    // The undo is an action like others.
    clerk.press("u").sees("mengurungkan").press("enter y").sees("[✓] KK3");
}

#[test]
fn one_key_opens_it_in_every_pane() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    for tab in ["f1", "f2", "f3", "f4"] {
        clerk.press(tab).press("u").sees("Tindakan Anda hari ini").press("u").press("esc");
        clerk.misses("Tindakan Anda hari ini");
    }
}

#[test]
fn a_voucher_just_issued_is_voided_and_the_number_is_said_to_be_spent() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2 v y enter u").sees("voucher terbit").press("enter");
    clerk.sees("tetap terpakai").sees("menunggu voucher lagi").press("y").sees("Diurungkan");
    clerk.press("w").sees("batal   ");
    // A void is final, and the page says so.
    clerk.press("u g down down enter").sees("Tidak diurungkan").sees("sudah mati");
}

#[test]
fn money_stays_and_it_is_said_what_to_do_instead() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2 v y enter w enter b ctrl-x esc u g").press("down down enter").sees("Tidak diurungkan");
    clerk.sees("pembukuan uang tidak dihapus");
}

#[test]
fn a_guest_sees_no_names() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter e end 'x' ctrl-x u").sees("Siti Aminahx");
    clerk.press("ctrl-g").misses("Siti").press("enter").sees("Urungkan:").misses("Siti");
}

#[test]
fn an_empty_day_says_so_and_so_does_it_in_english() {
    let folder = empty_store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("u").sees("Belum ada tindakan Anda hari ini");
    let mut clerk = RealClerk::with(folder.path(), Lang::En, (80, 24));
    clerk.press("u").sees("Nothing of yours today");
}

#[test]
fn an_amended_number_goes_back_under_the_open_claim() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter e shift-tab shift-tab shift-tab shift-tab shift-tab");
    clerk.press("ctrl-u 'K26-000199' ctrl-x y").sees("K26-000199");
    assert!(clerk.bench.desk.find_claim("K26-000199").is_ok());
    clerk
        .press("u enter")
        .sees("K26-000199 → K26-000101")
        .press("y")
        .sees("K26-000101")
        .misses("K26-000199 ·");
    assert!(clerk.bench.desk.find_claim("K26-000101").is_ok());
}

#[test]
fn codes_of_yesterday_are_recorded_with_yesterdays_date() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2 r").sees("Tanggal hari ini").press("'LAMA1' tab '29/10' enter").sees("LAMA1");
    let date =
        |clerk: &RealClerk, code: &str| clerk.bench.desk.find_voucher(code).map(|voucher| voucher.date);
    assert_eq!(date(&clerk, "LAMA1").unwrap(), jiff::civil::date(2026, 10, 29));
    // It stays for the next of the stack.
    clerk.sees("29/10").press("'LAMA2' enter");
    assert_eq!(date(&clerk, "LAMA2").unwrap(), jiff::civil::date(2026, 10, 29));
    clerk.press("'LAMA3' tab ctrl-u '32/10' enter").sees("32/10");
    assert!(date(&clerk, "LAMA3").is_err());
}

#[test]
fn who_got_no_voucher_is_named_beside_the_codes() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2 M v y").press("pgdn").sees("Tidak terbit 9.600.000").sees("Agus Contoh");
    clerk.press("ctrl-g");
}
