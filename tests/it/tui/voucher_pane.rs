//! The voucher desk by key scripts on a real store: issue, record, pay, return, void, print.

use std::sync::atomic::AtomicBool;

use santun::domain::code::{VoucherKind, VoucherState};
use santun::domain::voucher::check_holds;
use santun::store::VoucherFilter;
use santun::tui::effect::{Answer, Msg, Task};
use santun::tui::jobs::JobContext;
use santun::words::Lang;

use super::real::RealClerk;
use super::work_desk::store_to_pay;

fn n_waiting(clerk: &RealClerk) -> usize {
    clerk.bench.desk.queue(&AtomicBool::new(false)).expect("the queue can be read").bundles().len()
}

fn codes(clerk: &RealClerk) -> Vec<String> {
    let rows = clerk.bench.desk.vouchers(&VoucherFilter::default(), None).expect("vouchers can be read");
    rows.into_iter().map(|row| row.code).collect()
}

#[test]
fn the_queue_and_a_bundle() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2").shows("voucher-queue").sees("Antrean").sees("5 dari 5").sees("lewat");
    clerk.press("enter").shows("voucher-bundle").sees("Baris yang menunggu");
    clerk.press("esc / 'sehat' enter").sees("1 dari 5").sees("RS Contoh Sehat").sees("15.550.000");
}

#[test]
fn what_needs_a_voucher_says_where_they_are() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    for key in ["b", "x", "P"] {
        clerk.press("f2").press(key).sees("w menampilkan voucher yang sudah dibuat");
    }
    clerk.press("w v").sees("w kembali ke sana");
}

#[test]
fn the_queue_in_english() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::with(folder.path(), Lang::En, (80, 24));
    clerk.press("f2").shows("voucher-queue-english").sees("5 of 5");
}

#[test]
fn issuing_one_asks_once_and_shows_the_code_large() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2 / 'sehat' enter v").shows("voucher-confirm");
    clerk.sees("0099887766").sees("lima belas juta lima ratus lima puluh ribu rupiah").sees("terbitkan");
    clerk.press("v v");
    assert!(codes(&clerk).is_empty(), "the key that asked does not confirm");
    clerk.press("y").shows("voucher-issued").sees("J K K - J 0 3 - 2 6 1 0 - 0 0 0 0 1");
    let made = codes(&clerk);
    assert_eq!(made.len(), 1);
    assert!(check_holds(&made[0]), "{}", made[0]);
    clerk.press("x").sees("J K K - J 0 3");
    clerk.press("enter").misses("J K K - J 0 3").press("/ ctrl-u enter").sees("4 dari 4");
    clerk.press("L").sees(&made[0]).shows("voucher-last-codes");
    clerk.press("enter").sees("Dibayarkan kepada").sees("RS Contoh Sehat");
}

#[test]
fn issuing_all_marked_leaves_out_who_has_no_account() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2 I").sees("Belum ada yang ditandai");
    clerk.press("M I").shows("voucher-confirm-all").sees("Terbitkan 4 voucher");
    clerk.press("y").shows("voucher-issued-all");
    let made = codes(&clerk);
    assert_eq!(made.len(), 4, "{made:?}");
    for (idx, code) in made.iter().rev().enumerate() {
        assert!(code.starts_with(&format!("JKK-J03-2610-{:05}-", idx + 1)), "{made:?}");
    }
    assert_eq!(n_waiting(&clerk), 1);
    clerk.press("enter").sees("1 dari 1").sees("Agus Contoh").press("v").sees("Ditolak oleh aturan");
}

#[test]
fn marks_are_of_all_rows_and_stay_until_their_voucher_is_made() {
    let folder = store_to_pay();
    // Two rows are seen at this height, five are there.
    let mut clerk = RealClerk::with(folder.path(), Lang::Id, (80, 8));
    clerk.press("f2 M").sees("5 ditandai").press("M").misses("5 ditandai");
    clerk.press("m m").sees("2 ditandai");
    // Marked bundles are what v means, wherever the cursor is; a no leaves the marks.
    clerk.press("G v").sees("Terbitkan 2 voucher").press("esc").sees("2 ditandai");
    // From its own page one bundle is issued; the marks of others stay.
    clerk.press("G k enter v y end enter").sees("2 ditandai");
    assert_eq!(codes(&clerk).len(), 1);
    clerk.press("v y").press("end enter").misses("2 ditandai");
    assert_eq!(codes(&clerk).len(), 3);
}

#[test]
fn hints_are_those_of_the_list_that_is_shown() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2").sees("r catat kode").sees("w voucher dibuat").misses("b bayar");
    clerk.press("w").sees("b bayar").sees("x batalkan voucher").sees("w antrean").misses("r catat kode");
    clerk.press("w r").sees("enter catat & lanjut").sees("esc selesai mencatat").misses("enter pilih");
    clerk.press("esc / 'sehat'").sees("enter pilih");
}

#[test]
fn what_is_said_about_a_code_is_said_whole() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::with(folder.path(), Lang::Id, (48, 24));
    clerk.press("f2 r 'jkk-j03-2610-00001-zz' enter").shows("voucher-record-narrow");
    clerk.sees("K26-000103").sees("dengan berkas");
}

#[test]
fn codes_are_read_to_the_end_before_a_key_closes_them() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::with(folder.path(), Lang::Id, (80, 12));
    clerk.press("f2 M I").sees("baris 1–").press("y").shows("voucher-codes-page");
    clerk.sees("baris 1–8 dari").sees("15.550.000  RS Contoh Sehat").misses("0 0 0 0 4");
    clerk.press("enter").sees("0 0 0 0 4").sees("sudah dibaca").press("home").misses("0 0 0 0 4");
    clerk.press("pgdn").sees("0 0 0 0 4").press("home end").sees("0 0 0 0 4").press("esc").misses("0 0 0 0");
}

#[test]
fn a_confirmation_sent_twice_is_one_voucher() {
    let folder = store_to_pay();
    let clerk = RealClerk::new(folder.path());
    let context = JobContext::alone();
    let key = santun::tui::perform::vouchers::queue::key_of(
        &clerk.bench.desk.queue(&AtomicBool::new(false)).expect("the queue can be read").bundles()[0],
    );
    let plan = clerk.bench.perform(Task::PlanIssue { bundles: vec![key] }, &context);
    let Ok(Answer::IssuePlan { slip, .. }) = plan else { panic!("no plan: {plan:?}") };
    let once = clerk.bench.perform(Task::Commit(slip.clone()), &context).expect("it is issued");
    let twice = clerk.bench.perform(Task::Commit(slip), &context).expect("it is the same command");
    assert_eq!(once, twice);
    assert_eq!(codes(&clerk).len(), 1);
}

#[test]
fn recording_goes_from_code_to_code() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2 r").shows("voucher-record").sees("Kode:");
    clerk.press("'jkk-j03-2610-00001-zz'").sees("Huruf periksa tidak cocok").press("enter");
    assert!(codes(&clerk).is_empty(), "a misspelt code of our shape is not recorded");
    clerk.sees("JKK-J03-2610-00001-ZZ");
    clerk.press("ctrl-u 'RB10030028'").sees("Bukan bentuk kode").press("enter");
    assert_eq!(codes(&clerk), ["RB10030028"]);
    clerk.sees("dicatat untuk").sees("4 dari 4");
    clerk.press("'rb10030028'").sees("sudah dipakai").press("enter").sees("RB10030028");
    assert_eq!(codes(&clerk).len(), 1);
    clerk.press("ctrl-u 'RB10030029' enter").shows("voucher-recorded").press("esc").misses("Kode:");
    assert_eq!(n_waiting(&clerk), 3);
    let rows = clerk.bench.desk.vouchers(&VoucherFilter::default(), None).expect("vouchers can be read");
    assert!(rows.iter().all(|row| row.kind == VoucherKind::Recorded));
}

#[test]
fn a_code_is_not_recorded_for_a_bundle_that_moved_under_the_cursor() {
    let folder = store_to_pay();
    let mut mine = RealClerk::new(folder.path());
    let mut other = RealClerk::new(folder.path());
    mine.press("f2 r 'RB1003'").sees("RS Contoh Sehat");
    other.press("f2 v y enter");
    mine.bench.desk.refresh().expect("the store can be read");
    mine.send(Msg::Changed);
    mine.press("'0030' enter").sees("Antrean berubah").sees("PT Contoh Semen");
    assert_eq!(codes(&mine).len(), 1, "only the other clerk's");
    mine.press("enter").sees("dicatat untuk PT Contoh Semen");
}

#[test]
fn paying_returning_and_voiding() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2 / 'semen' enter v y enter w").shows("voucher-made").sees("28.800.000");
    clerk.press("b").shows("voucher-pay").sees("Referensi bank").press("'TRF-1' ctrl-x");
    clerk.sees("dibayar").shows("voucher-paid");
    let code = codes(&clerk)[0].clone();
    let state = |clerk: &RealClerk| clerk.bench.desk.find_voucher(&code).expect("it is there").state;
    assert_eq!(state(&clerk), VoucherState::Paid);
    clerk.press("x").sees("Sudah dibayar").press("b").sees("Tidak ada lagi");
    clerk.press("R").shows("voucher-return").press("'rekening ditutup' ctrl-x");
    assert_eq!(state(&clerk), VoucherState::Returned);
    clerk.press("x").sees("hangus").shows("voucher-void").press("ctrl-x").sees("Harus diisi");
    clerk.press("'salah penerima' ctrl-x").sees("salah penerima");
    assert_eq!(state(&clerk), VoucherState::Void);
    clerk.press("b").sees("sudah batal").press("esc w / ctrl-u enter").sees("PT Contoh Semen");
    clerk.press("w / 'batal' enter").sees("1 dari 1").press("/ ctrl-u 'dibayar' enter").sees("0 dari 1");
}

#[test]
fn a_part_paid_says_how_much_of_how_much() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2 / 'semen' enter v y enter w b shift-tab ctrl-u '800.000' ctrl-x");
    clerk.sees("dibayar sebagian 800.000 dari 28.800.000").sees("tanggal 30/10/2026 · buku Oktober 2026");
    clerk.sees("STMB JKK, K26-000101").press("esc").sees("  sebagian ");
}

#[test]
fn papers_go_to_files() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    let base = folder.path().join("cetak");
    let base = base.to_str().expect("a temporary path is text");
    clerk.press(&format!("f2 / 'medika' enter v y enter w P ctrl-u '{base}' enter")).sees("Ditulis");
    for (ending, holds) in [
        (".txt", "RS Contoh Medika"),
        (".html", "<html"),
        ("-kuitansi.txt", "KUITANSI"),
        ("-kuitansi.html", "<html"),
    ] {
        let text = std::fs::read_to_string(format!("{base}{ending}")).expect("the file is there");
        assert!(text.contains(holds), "{ending}: {text}");
    }
}

#[test]
fn guests_see_neither_payees_nor_accounts() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2 ctrl-g").misses("RS Contoh").press("enter").misses("PT Contoh").misses("1450099887700");
    clerk.press("esc r").misses("RS Contoh").misses("PT Contoh");
}

/// What the desk of vouchers, the report and the clusters can show, each at all sizes.
#[test]
fn no_size_breaks_a_pane() {
    let folder = store_to_pay();
    let scripts = [
        "f2",
        "f2 enter",
        "f2 r 'RB1'",
        "f2 v",
        "f2 M I y",
        "f2 w",
        "f2 w enter",
        "f2 w b",
        "f3",
        "f3 enter",
        "f4",
        "f4 c",
    ];
    for script in scripts {
        let mut clerk = RealClerk::new(folder.path());
        clerk.press(script);
        for (width, height) in
            [(1, 1), (2, 3), (7, 2), (39, 8), (40, 8), (41, 9), (80, 9), (160, 8), (200, 50), (80, 24)]
        {
            clerk.send(Msg::Resize { width, height });
            let (buffer, cursor) = clerk.buffer();
            if let Some(cursor) = cursor {
                assert!(buffer.area.contains(cursor), "{script}: {cursor:?} at {width}×{height}");
            }
            clerk.press("j k");
        }
    }
}

#[test]
fn a_date_is_not_recorded_as_a_code() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    let before = clerk.press("f2 r").screen().matches("dari 5").count();
    clerk.press("'29/10/2026' enter").sees("Itu tanggal, bukan kode");
    assert_eq!((before, clerk.screen().matches("dari 5").count()), (1, 1), "nothing was recorded");
}
