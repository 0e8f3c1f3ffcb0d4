//! The claims list and one claim, by key scripts on a real store.

use santun::desk::Desk;
use santun::domain::code::{DocumentKind, ReviewMark};
use santun::domain::{ClaimEvent, Event};
use santun::tui::effect::Msg;
use santun::words::Lang;

use super::real::{RealClerk, clock, empty_store, store};

#[test]
fn the_list_opens_on_open_cases_by_nearest_due_date() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.shows("claims-list").sees("/ terbuka").sees("7 dari 7");
    clerk.press("/ ctrl-u 'kondisi = berobat' enter").sees("3 dari 7").shows("claims-filtered");
    clerk.press("0").sees("/ terbuka").sees("7 dari 7");
    clerk.press("/ ctrl-u 'kodnisi = berobat'").sees("Maksudnya kondisi?").shows("claims-filter-refused");
}

#[test]
fn the_same_in_english() {
    let folder = store();
    let mut clerk = RealClerk::with(folder.path(), Lang::En, (80, 24));
    clerk.shows("claims-list-english").sees("/ open");
}

#[test]
fn a_wide_window_shows_the_list_and_the_claim() {
    let folder = store();
    let mut clerk = RealClerk::with(folder.path(), Lang::Id, (200, 50));
    clerk.press("/ ctrl-u 'budi' enter").shows("claims-wide").press("enter").shows("claims-wide-detail");
    clerk.sees("/ budi").sees("── Berkas");
}

#[test]
fn ascii_marks_and_no_colour() {
    use santun::tui::theme::{Glyphs, ThemeName};
    let folder = store();
    let mut clerk = RealClerk::looking(folder.path(), Glyphs::Ascii, ThemeName::Mono);
    clerk.press("/ ctrl-u 'budi' enter").shows("claims-ascii");
    let drawn = clerk.screen();
    assert!(drawn.replace(['–', '≤'], "").is_ascii(), "{drawn}");
}

#[test]
fn guests_see_no_person() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter ctrl-g").misses("Siti Aminah");
    clerk.press("enter").misses("Siti Aminah").misses("3273014107900001").press("ctrl-g").sees("Siti Aminah");
}

#[test]
fn digits_show_what_today_asks_for() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("4").sees("siap_voucher > 0").sees("1 dari 7").sees("▌ K26-000102");
    clerk.press("5").sees("umur > 6 bln");
}

#[test]
fn sorting_keeps_the_row_under_the_cursor_and_g_goes_to_the_greatest() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("g s 'no' enter g j j").sees("▌ K26-000103");
    clerk.press("s 'pekerja' enter").sees("Pekerja▲").sees("▌ K26-000103").sees("4/7 dari 7");
    clerk.press("S").sees("Pekerja▼").sees("▌ K26-000103").sees("4/7 dari 7");
    clerk.press("s 'menunggu' enter").sees("▌ K26-000103").press("g").sees("▌ K26-000102").sees("1/7 dari 7");
    clerk.press("0").sees("1/7 dari 7");
}

#[test]
fn a_filter_keeps_the_row_or_gives_its_place_to_the_neighbour() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("s 'no' enter g j j j j").sees("▌ K26-000105");
    clerk.press("/ 'semen' enter").sees("▌ K26-000105").sees("3/4 dari 7");
    clerk.press("/ 'mebel' enter").sees("▌ K26-000106").sees("3/3 dari 7");
    clerk.press("/ ctrl-u enter").sees("▌ K26-000106").sees("6/7 dari 7");
    // Letter by letter the row falls out and comes back: the last word counts.
    clerk
        .press("k / 'rahmax' backspace 't' enter")
        .sees("▌ K26-000105")
        .press("/ ctrl-u enter")
        .sees("5/7 dari 7");
}

#[test]
fn a_bad_filter_stays_in_its_line() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ 'kodnisi = x' enter").sees("Maksudnya kondisi?").press("'q'").sees("/ kodnisi = xq");
    assert!(clerk.effects.is_empty(), "a letter typed on is no command");
    clerk.press("ctrl-u 'siti' enter").sees("/ siti").sees("1 dari 7");
}

#[test]
fn typing_takes_the_place_of_an_old_filter_and_up_brings_it_back() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ 'semen' enter").sees("/ semen").misses("terbuka");
    clerk.press("/ 'x' up").sees("/ semen").press("enter").sees("4 dari 7");
    clerk.press("/ left ' siti' enter").misses("/ semen ").sees("0 dari 7");
    clerk.press("/ esc").sees("seme sitin");
}

#[test]
fn the_list_goes_to_a_file_masked_and_never_over_another_unasked() {
    let folder = store();
    let file = folder.path().join("a.csv");
    let mut clerk = RealClerk::new(folder.path());
    let write = format!("e ctrl-u '{}' enter", file.to_str().unwrap());
    clerk.press("/ 'semen' enter").press(&write).sees("Ditulis: /").sees("a.csv");
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text.lines().count(), 5, "{text}");
    assert!(text.starts_with("claim_no,worker,company,event_date,outcome,status,waiting,due,"), "{text}");
    assert!(text.contains("K26-000101,S.A.,PT Contoh Semen,2026-04-03,BEROBAT,"), "{text}");
    assert!(!text.contains("Siti"), "{text}");
    std::fs::write(&file, "mine").unwrap();
    clerk.press(&write).sees("sudah ada. Isinya akan diganti.").press("esc");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    clerk.press(&write).press("y").sees("Ditulis");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn what_is_due_now_stands_before_what_was_due_years_ago() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    register(&clerk.bench.desk, "K20-000001", "03/04/2020");
    clerk.send(Msg::Changed);
    clerk.press("g").sees("▌ K26-000103").press("G").sees("▌ K20-000001");
    clerk.press("s 'tempo' enter").sees("▌ K20-000001").sees("1/8 dari 8");
}

/// Another process makes a new base while a clerk works on a marked list: rows are held by their place in the base, and
/// yet the list, what is selected and what is marked stay as they were.
#[test]
fn a_new_base_keeps_list_selection_and_marks() {
    let folder = store();
    let other = Desk::open(&folder.path().join("store"), clock()).unwrap();
    other.compact().unwrap();
    let mut mine = RealClerk::new(folder.path());
    mine.press("m m").sees("2 ditandai");
    let selected = |clerk: &RealClerk| {
        let screen = clerk.screen();
        let line = screen.lines().find(|line| line.contains('▌')).expect("a row is selected").to_owned();
        line.split_whitespace().find(|word| word.starts_with("K2")).expect("a number").to_owned()
    };
    let before = selected(&mine);
    // A claim of each home month is touched, so that every part is written anew and the old ones are retired.
    let claims = [("K20-000001", "03/04/2020"), ("K20-000002", "07/05/2020")];
    for (n, (no, event)) in claims.into_iter().enumerate() {
        register(&other, no, event);
        let known = other.find_claim(["K26-000101", "K26-000102"][n]).unwrap();
        let (actor, key) = (santun::desk::current_actor(), other.new_key());
        let now = other.clock().moment(other.office().zone);
        other
            .store()
            .commit(&key, &actor, now, |_| Ok(vec![Event::Claim(known.id, ClaimEvent::ReviewCleared)]))
            .unwrap();
        other.compact().unwrap();
        let old = mine.bench.desk.view();
        mine.bench.desk.refresh().unwrap();
        assert_eq!(mine.bench.desk.view().claims_changed_since(&old), None, "the base is another one");
        mine.send(Msg::Changed);
        mine.sees(&format!("{} dari {}", 8 + n, 8 + n)).sees("2 ditandai");
        assert_eq!(selected(&mine), before);
    }
}

/// Registers a claim of a worker who is on no other.
pub fn register(desk: &Desk, claim_no: &str, event: &str) {
    let mut typed = santun::desk::form::Typed::new();
    for (name, value) in [
        ("claim_no", claim_no),
        ("worker", "Lama Sekali"),
        ("npp", "21000456"),
        ("company", "PT Contoh Semen"),
        ("event_date", event),
        ("reported_date", event),
    ] {
        typed.set(name, value);
    }
    let basics = typed.claim(desk.today(), &desk.next_claim_no()).unwrap();
    let numbering = typed.numbering();
    let new =
        santun::domain::command::NewClaim { basics, numbering, restores: None, despite_duplicate: None };
    desk.register(&desk.new_key(), &new).unwrap();
}

#[test]
fn an_empty_store_says_how_to_begin() {
    let folder = empty_store();
    let mut clerk = RealClerk::new(folder.path());
    clerk
        .sees("Hari ini: belum ada klaim. Tekan a")
        .sees("Belum ada klaim. Tekan a untuk mengetik yang pertama.");
    clerk.press("f2").sees("Tidak ada yang menunggu voucher.");
    clerk.press("f4").sees("Tidak ada klaim JKK yang cocok");
    assert!(!clerk.app.has_popup(), "nothing to group is no failure");
}

#[test]
fn refusals_write_dates_as_people_do() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ 'lestari' enter enter f ctrl-u '1/1/2026' ctrl-x").sees("01/01/2026").misses("2026-01-01");
}

#[test]
fn filter_and_place_survive_a_restart() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'semen' enter s 'pekerja' enter g j").sees("▌ K26-000103");
    let mut again = clerk.again(folder.path());
    again.sees("/ semen").sees("▌ K26-000103").sees("Pekerja▲");
}

#[test]
fn another_clerks_claim_appears() {
    let folder = store();
    let mut mine = RealClerk::new(folder.path());
    let mut other = RealClerk::new(folder.path());
    other.press("a tab tab tab '21000456' tab tab 'Putri Lain' tab tab '3273014505000009' tab tab tab tab tab tab tab '29/10/2026' ctrl-x");
    other.sees("K 2 6").press("enter");
    mine.misses("Putri Lain");
    assert!(mine.bench.desk.refresh().unwrap());
    mine.send(Msg::Changed);
    mine.sees("Putri Lain").sees("8 dari 8");
}

#[test]
fn a_claim_is_read_ticked_and_marked() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter").shows("claim-detail").sees("[ ] KK3");
    clerk.press("space").sees("[✓] KK3");
    let claim = clerk.bench.desk.find_claim("K26-000101").unwrap();
    assert_eq!(claim.document(DocumentKind::Kk3).unwrap().received, jiff::civil::date(2026, 10, 30));
    assert!(claim.complete_date.is_some(), "that was the last paper");
    clerk.press("space").sees("Hapus centang KK3").sees("30/10/2026").press("esc").sees("[✓] KK3");
    clerk.press("space y").sees("[ ] KK3");
    assert!(clerk.bench.desk.find_claim("K26-000101").unwrap().document(DocumentKind::Kk3).is_none());
    clerk.press("i").sees("diperiksa oleh").sees("K26-000101 ditandai diperiksa.");
    clerk
        .press("t 'mana surat dokter?' enter")
        .sees("tanya oleh")
        .sees("ditandai tanya")
        .sees("mana surat dokter?");
    let review = clerk.bench.desk.find_claim("K26-000101").unwrap().review.clone().unwrap();
    assert_eq!(review.mark, ReviewMark::Question);
    clerk.press("space").sees("data berubah sesudahnya");
}

#[test]
fn enter_on_a_paper_changes_nothing_and_asks_for_its_day_and_place() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk
        .press("/ ctrl-u 'siti' enter enter space enter")
        .sees("Tempat arsip")
        .sees("30/10/2026")
        .press("esc");
    let paper = |clerk: &RealClerk| {
        clerk.bench.desk.find_claim("K26-000101").unwrap().document(DocumentKind::Kk3).cloned()
    };
    assert_eq!(paper(&clerk).unwrap().received, jiff::civil::date(2026, 10, 30));
    clerk.press("enter ctrl-u '28/10/2026' tab 'Map 7' ctrl-x").sees("28/10/2026  Map 7");
    assert_eq!(paper(&clerk).unwrap().archive, "Map 7");
}

#[test]
fn one_key_marks_as_looked_through_and_takes_the_mark_away() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter i").sees("diperiksa oleh").press("i").sees("dilepas");
    let review = |clerk: &RealClerk| clerk.bench.desk.find_claim("K26-000101").unwrap().review.clone();
    assert_eq!(review(&clerk), None);
    // A mark about an earlier version is renewed, not taken away.
    clerk.press("i space i").sees("diperiksa oleh");
    assert_eq!(review(&clerk).map(|review| review.mark), Some(ReviewMark::Checked));
}

#[test]
fn a_case_is_closed_by_hand_with_a_word_why() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'lestari' enter enter c").sees("tidak dapat langsung diubah");
    clerk.press("o 'sembuh' tab ctrl-x c").sees("Tutup kasus K26-000106").press("ctrl-x");
    clerk.press("'tidak ada tagihan' ctrl-x").sees("JKK · selesai");
    let claim = clerk.bench.desk.find_claim("K26-000106").unwrap();
    assert_eq!(claim.last_state().note, "tidak ada tagihan");
}

#[test]
fn n_and_p_go_through_the_filtered_list() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'mebel' enter s 'no' enter g enter").sees("K26-000102");
    clerk.press("n").sees("Yohana Tefa").press("n").sees("Lestari Ningsih");
    clerk.press("n").sees("Sudah di ujung daftar.");
    clerk.press("p p").sees("Budi Hartono").press("n esc").sees("▌ K26-000104");
}

#[test]
fn what_cannot_be_done_says_why() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter f").sees("sudah diajukan");
    clerk.press("v").sees("Tidak ada baris yang menunggu voucher.");
    clerk.press("esc / ctrl-u 'lestari' enter enter r").sees("tidak dapat langsung diubah");
}

#[test]
fn a_voucher_is_issued_after_one_confirmation() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("4 v").shows("issue-confirm").sees("1370011223344").sees("28.800.000");
    clerk.press("v").misses("voucher terbit");
    clerk.press("y").shows("issue-codes").sees("J K K");
    clerk.press("x").sees("J K K");
    clerk.press("enter").misses("J K K");
    let claim = clerk.bench.desk.find_claim("K26-000102").unwrap();
    assert!(claim.lines[0].voucher.is_some());
    clerk.press("0 4").sees("0 dari 7");
}

#[test]
fn every_size_is_fine() {
    let folder = store();
    let lists = ["c", "c G } > space", "y", "m V e", "l l l l > > > > o", "l { > > > > > > > > > > > > > >"];
    for script in ["", "enter", "enter d", "a 'x' tab", "4 v", "/ 'x ='"].into_iter().chain(lists) {
        let mut clerk = RealClerk::new(folder.path());
        clerk.press(script);
        for width in [1, 2, 8, 39, 40, 41, 60, 80, 120, 159, 160, 200] {
            for height in [1, 2, 7, 8, 9, 12, 13, 24, 50] {
                clerk.send(Msg::Resize { width, height });
                let (buffer, cursor) = clerk.buffer();
                if let Some(cursor) = cursor {
                    assert!(buffer.area.contains(cursor), "{script}: {cursor:?} at {width}×{height}");
                }
            }
        }
    }
}
