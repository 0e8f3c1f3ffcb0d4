//! The filter line of the claims: what it offers, what is wrong where it is wrong, and the filters typed before.

use std::io;

use santun::tui::writer::FrameWriter;
use santun::words::Lang;

use super::real::{RealClerk, store};

#[test]
fn what_can_stand_there_is_offered() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u").sees("belum selesai").press("'kon'").shows("filter-offers");
    clerk.press("tab").sees("/ kondisi").sees("sama dengan");
    clerk.press("tab").sees("/ kondisi =").misses("nilainya belum ditulis").sees("meninggal");
    clerk.press("down down enter").sees("/ kondisi = berobat").sees("keduanya harus cocok");
    clerk.press("enter").misses("keduanya").sees("3 dari 7").press("j").sees("2/3 dari 7");
}

#[test]
fn enter_without_going_into_the_list_filters() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk
        .press("/ 's'")
        .sees("sampai di mana kasusnya")
        .press("'emen' enter")
        .sees("/ semen")
        .sees("4 dari 7");
    clerk.press("j").sees("2/4 dari 7");
}

#[test]
fn esc_closes_the_list_then_the_line_and_what_is_typed_counts() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ 'st'").sees("sampai di mana kasusnya").sees("esc tutup daftar");
    clerk.press("esc").misses("sampai di mana kasusnya").sees("esc selesai, saringan tetap");
    clerk
        .press("'x' backspace backspace backspace 'terbu'")
        .misses("│ terbuka")
        .press("tab")
        .sees("/ terbuka");
    clerk.press("esc esc").sees("7 dari 7").press("j").sees("2/7 dari 7").sees("/ terbuka");
}

#[test]
fn the_store_offers_companies_facilities_and_workers() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk
        .press("/ 'perusahaan ~ meb'")
        .sees("21000789")
        .press("tab")
        .sees("/ perusahaan ~ \"CV Contoh Mebel\"");
    clerk.press("enter").sees("3 dari 7");
    clerk.press("/ 'npp = seme'").sees("PT Contoh Semen").press("tab").sees("/ npp = 21000456");
    clerk.press("ctrl-u 'pekerja = ami' tab").sees("/ pekerja = \"Siti Aminah\"");
    clerk.press("ctrl-u 'rs = med' tab enter").sees("RS Contoh Medika").sees("0 dari 7");
}

#[test]
fn offers_in_english() {
    let folder = store();
    let mut clerk = RealClerk::with(folder.path(), Lang::En, (80, 24));
    clerk.press("/ 'outc' tab tab").sees("/ outcome =").sees("under treatment");
    clerk.press("'under' tab enter").sees("/ outcome = BEROBAT").sees("3 of 7");
    clerk.press("/ 'due <'").sees("30 days").sees("29/11/2026");
}

#[test]
fn a_word_in_the_middle_is_completed_there() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk
        .press("/ 'menun dan terbuka' home right right right right right tab")
        .sees("/ menunggu dan terbuka");
}

#[test]
fn long_mistakes_are_read_whole_under_the_line() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ 'terbuka dan perusahaan ~ semen dan sumber = xyzzy'").shows("filter-long-mistake");
    clerk
        .press("enter")
        .sees("bukan nilai medan ini")
        .press("ctrl-u 'kondisi =' enter")
        .sees("belum ditulis");
}

#[test]
fn a_filter_that_cannot_be_read_does_not_begin_the_next_day() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ 'semen' enter / 'sumber = xx' esc").sees("/ sumber = xx").sees("bukan nilai");
    clerk.again(folder.path()).sees("/ sumber").misses("xx");
}

#[test]
fn filters_typed_before_come_back_by_the_arrows() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ 'semen' enter / 'mebel' enter / 'siti' enter");
    clerk.press("/ 'x' up").sees("/ siti").press("up").sees("/ mebel").press("up").sees("/ semen");
    clerk.press("down down").sees("/ siti").press("down").sees("/ x").press("up up enter").sees("3 dari 7");
    let mut again = clerk.again(folder.path());
    again.press("/ up").sees("/ siti").press("up").sees("/ semen");
}

/// A typed character that changes neither the list nor the rows costs what a character costs; one that changes the list
/// costs the list.
#[test]
fn a_typed_character_is_cheap() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    let mut writer = FrameWriter::new(io::sink());
    let mut cost = |clerk: &mut RealClerk, keys: &str| {
        let before = writer.bytes_written();
        clerk.press(keys);
        let (frame, cursor) = clerk.buffer();
        writer.show(&frame, cursor).expect("a sink takes all");
        writer.bytes_written() - before
    };
    cost(&mut clerk, "/ ctrl-u 'kond'");
    let same = cost(&mut clerk, "'i'");
    assert!(same <= 60, "a typed character costs {same} bytes");
    cost(&mut clerk, "ctrl-u 'perusahaan ~ conto'");
    let from_store = cost(&mut clerk, "'h'");
    assert!(from_store <= 60, "a typed character costs {from_store} bytes with values of the store");
    cost(&mut clerk, "ctrl-u 'kejadian = b'");
    let closed = cost(&mut clerk, "esc");
    assert!(closed <= 700, "a list that goes costs {closed} bytes");
}
