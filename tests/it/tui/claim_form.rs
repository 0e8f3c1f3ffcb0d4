//! Typing claims and their next steps, by key scripts on a real store.

use jiff::civil::date;
use santun::desk::{DeskError, IssueWish};
use santun::domain::code::{Component, Outcome, PayeeKind, ProcessState};
use santun::domain::command::SeenVoucher;
use santun::domain::{Rupiah, VoucherCommand};

use super::real::{RealClerk, store};

#[test]
fn a_new_claim_in_the_order_of_the_paper() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("a").shows("claim-form-empty");
    // Number, programme and segment stand; the company is found by its name.
    clerk.press("tab tab tab 'semen'").sees("21000456 PT Contoh Semen").press("tab");
    clerk.sees("PT Contoh Semen");
    clerk.press("tab 'Rini Contohwati' tab tab '3273024707920007' tab tab '070792' tab 'per' tab '5,4jt'");
    clerk.sees("lima juta empat ratus ribu rupiah").shows("claim-form-wage");
    clerk.press("tab tab tab '28/10' tab '1020' tab '29/10' tab '1405' tab 'di tempat' tab 'terjepit' tab 'mesin' tab 'jari t' tab 'S61.0' tab 'sehat' ctrl-s");
    clerk.shows("claim-form-saved").sees("K 2 6");
    clerk.press("enter");
    // The next paper of the stack: company, dates and facility stand.
    clerk.sees("Klaim baru").sees("PT Contoh Semen").sees("29/10/2026").misses("Rini");
    clerk.press(&"tab ".repeat(23)).sees("RS Contoh Sehat").press(&"shift-tab ".repeat(23));
    clerk.press("esc / ctrl-u 'contohwati' enter").sees("1 dari 8");
    let claim = clerk.bench.desk.find_claim("K26-000108").unwrap();
    assert_eq!(claim.basics.wage.unwrap().amount, Rupiah::new(5_400_000));
    assert_eq!(claim.npp(), "21000456");
}

#[test]
fn a_refusal_stands_at_its_field() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("a 'K26-000101' tab tab tab '21000456' tab tab 'Orang Lain' tab tab '123' tab tab tab tab tab tab tab '28/10/2026' ctrl-x");
    clerk.sees("NIK harus 16 angka").shows("claim-form-refused");
    clerk.press("ctrl-u ctrl-x").sees("Nomor klaim K26-000101 sudah dipakai");
}

#[test]
fn a_case_that_was_there_is_shown_while_typing_and_has_to_be_answered_for() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("a tab tab tab '21000456' tab tab 'Siti Aminah' tab tab '3273014107900001' tab tab tab tab tab tab tab '03/04/2026' tab");
    clerk.sees("K26-000101 Siti Aminah").shows("claim-form-duplicate");
    clerk.press("ctrl-x").shows("claim-form-duplicate-offer").sees("Tampaknya kasus yang sama dengan");
    clerk.sees("buka K26-000101").sees("Tulis alasannya").press("esc");
    assert_eq!(clerk.bench.desk.view().n_claims(), 7);
    clerk.press("'dua kejadian pada hari itu' ctrl-x").sees("K 2 6");
    assert_eq!(clerk.bench.desk.view().n_claims(), 8);
}

#[test]
fn a_case_that_was_there_is_one_key_away() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("a tab tab tab '21000456' tab tab 'Siti Aminah' tab tab '3273014107900001' tab tab tab tab tab tab tab '03/04/2026' ctrl-x");
    clerk.press("y").sees("── K26-000101").press("esc a").sees("Ada draf");
}

#[test]
fn a_half_typed_form_is_offered_back_after_a_restart() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("a tab tab tab tab tab 'Setengah Jadi' tab esc").sees("draf");
    let mut again = clerk.again(folder.path());
    again.press("a").sees("Setengah Jadi").press("y").sees("Setengah Jadi");
    again.press("esc q");
}

#[test]
fn stmb_is_determined_with_the_payee_the_desk_knows() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter d").shows("determine-empty");
    clerk.press("'stmb' tab").shows("determine-stmb").sees("PT Contoh Semen").sees("04/04/2026");
    // The company's account is not known yet; it is on the letter.
    clerk.press("tab tab tab tab 'BCA' tab '5220112233' tab tab '28.800.000' tab '28,8jt'");
    clerk.sees("Rp28.800.000 · dua puluh delapan juta delapan ratus").press("ctrl-x");
    let claim = clerk.bench.desk.find_claim("K26-000101").unwrap();
    let line = &claim.lines[0];
    assert_eq!((line.component, line.payee.kind), (Component::Stmb, PayeeKind::Company));
    assert_eq!(line.determined(), Rupiah::new(28_800_000));
    assert_eq!(claim.state(), ProcessState::Determined);
    clerk.sees("menunggu voucher");
    // The hospital's bill goes to the hospital, whose account the desk knows.
    clerk.press("d 'biaya perawatan' tab").sees("RS Contoh Sehat").sees("0099887766");
    clerk.press("tab tab tab tab tab tab tab '12.400.000' tab '12.400.000' ctrl-x");
    assert_eq!(clerk.bench.desk.find_claim("K26-000101").unwrap().sums().determined, Rupiah::new(41_200_000));
}

#[test]
fn save_and_next_goes_on_with_the_claim_as_it_is_then() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter d 'stmb' tab tab tab tab tab 'BCA' tab '5220112233'");
    clerk.press("tab tab '28.800.000' tab '28,8jt' ctrl-s").shows("determine-next");
    clerk.sees("baris baru").sees("30/10/2026");
    clerk.press("'biaya perawatan' tab tab tab tab tab tab tab tab '12.400.000' tab '12.400.000' ctrl-s");
    clerk.misses("baru saja diubah").sees("baris baru");
    let claim = clerk.bench.desk.find_claim("K26-000101").unwrap();
    assert_eq!((claim.lines.len(), claim.sums().determined), (2, Rupiah::new(41_200_000)));
    // A step that is taken once has no next: the form closes.
    clerk.press("esc o 'sembuh' tab '.' ctrl-s").sees("● sembuh").misses("simpan & tutup");
}

#[test]
fn the_other_steps() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    let state = |clerk: &RealClerk, no: &str| clerk.bench.desk.find_claim(no).unwrap().state();
    clerk.press("/ ctrl-u 'rahmat' enter enter f").sees("Tahap II").press("ctrl-x");
    assert_eq!(state(&clerk, "K26-000105"), ProcessState::Filed);
    clerk.press("o 'sembuh' tab '.' ctrl-x");
    assert_eq!(clerk.bench.desk.find_claim("K26-000105").unwrap().outcome(), Some(Outcome::Sembuh));
    clerk.press("r 'KK3 belum ditandatangani' ctrl-x");
    assert_eq!(state(&clerk, "K26-000105"), ProcessState::Returned);
    clerk.press("e ctrl-u 'Rahmat Hidayatullah' ctrl-x").sees("Rahmat Hidayatullah");
    clerk.press("x 'ditolak' tab 'bukan peserta' ctrl-x");
    assert_eq!(state(&clerk, "K26-000105"), ProcessState::Rejected);
    clerk.press("d").sees("sudah ditolak");
}

#[test]
fn another_number_for_a_claim_is_asked_about() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    // Who types at once amends the name, not the number.
    clerk.press("/ ctrl-u 'rahmat' enter enter e end 'ullah' ctrl-x").sees("Rahmat Hidayatullah");
    clerk.press("e shift-tab shift-tab shift-tab shift-tab shift-tab end '99' ctrl-x").shows("amend-number");
    clerk.sees("K26-000105 menjadi K26-00010599").press("esc");
    assert!(clerk.bench.desk.find_claim("K26-00010599").is_err());
    clerk.press("ctrl-x y");
    assert!(clerk.bench.desk.find_claim("K26-00010599").is_ok(), "{}", clerk.screen());
}

#[test]
fn what_cannot_be_determined_is_refused_before_a_form_is_filled() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'rahmat' enter enter d").sees("belum diajukan (tahap II)").misses("Jumlah diminta");
}

#[test]
fn what_is_wrong_is_said_when_the_field_is_left() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("a tab tab tab 'a' tab").sees("NPP “a” harus");
    clerk.press("tab tab tab tab tab tab tab tab tab tab '31/12/2026' tab");
    clerk.sees("31/12/2026 belum terjadi: hari ini 30/10/2026");
    clerk.press("esc / ctrl-u 'siti' enter enter d 'o' tab").sees("Beberapa cocok");
    clerk.press("shift-tab ctrl-u 'stmb' tab ctrl-u '01/08/2026' tab ctrl-u '01/07/2026' tab");
    clerk.sees("Lebih awal dari 01/08/2026").shows("determine-backwards");
}

#[test]
fn a_benefit_is_found_by_other_words_and_by_its_list() {
    for word in ["pelayanan kes", "obat", "rumah s", "kes"] {
        let folder = store();
        let mut clerk = RealClerk::new(folder.path());
        clerk.press(&format!("/ ctrl-u 'siti' enter enter d '{word}' tab"));
        clerk.sees("Manfaat         biaya perawatan");
    }
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk
        .press("/ ctrl-u 'siti' enter enter d")
        .sees("spasi untuk daftarnya")
        .press("space")
        .sees("lagi (panah")
        .shows("determine-choices");
}

#[test]
fn the_amount_the_rules_come_to_is_taken_over_by_one_key() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter d 'stmb' tab").sees("Menurut hitungan").misses("ctrl-t");
    clerk.press("tab tab tab tab tab tab tab").sees("ctrl-t pakai 29.280.000").press("ctrl-t");
    clerk.sees("Rp29.280.000 · dua puluh sembilan juta").misses("ctrl-t");
    clerk.press("tab ctrl-t tab").sees("29.280.000");
    // A bill is determined as it was asked: there is no rule to reckon it.
    clerk.press("esc d x y").press("'biaya perawatan' tab tab tab tab tab tab tab tab '12,4jt' tab");
    clerk.sees("ctrl-t pakai 12.400.000").press("ctrl-t tab").sees("Jumlah          12.400.000");
}

#[test]
fn what_is_typed_wrong_is_said_while_it_is_typed() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter d 'stmb' tab").press(&"tab ".repeat(7));
    // Typed in a row: what is said after each piece.
    for (keys, said) in [
        ("'1.5'", ""),
        ("'jt'", "1,5jt"),
        ("ctrl-u '1,5'", ""),
        ("'jt'", "Rp1.500.000 · satu juta lima ratus ribu rupiah"),
        ("ctrl-u 'x'", "bukan"),
    ] {
        clerk.press(keys).sees(said);
    }
    clerk
        .press(&"tab ".repeat(2))
        .press("'+3'")
        .sees("belum terjadi")
        .press("ctrl-u 'kem'")
        .misses("Bukan tanggal");
    clerk.press("'arin'").sees("29 Oktober 2026, Kamis").press("tab").sees("29/10/2026");
}

#[test]
fn a_new_claim_is_under_the_cursor_of_the_list() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("a tab tab tab '21000456' tab tab 'Rini Contohwati' tab tab tab tab tab tab tab tab tab '28/10' ctrl-x");
    clerk.press("enter").sees("▌ K26-000108");
}

#[test]
fn the_company_is_there_as_soon_as_its_number_is_left() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("a tab tab tab '21000456' tab").sees("▌ Perusahaan          PT Contoh Semen");
    // It stands there selected: typing replaces it.
    clerk.press("'CV Lain'").sees("▌ Perusahaan          CV Lain").misses("PT Contoh SemenCV");
}

#[test]
fn help_is_one_key_away_in_a_form() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk
        .press("a")
        .sees("f1 bantuan")
        .press("f1")
        .sees("Bantuan: ketik untuk mencari")
        .sees("simpan & lanjut");
    // Letters are typed in a form: they are no commands, and f1 is no tab.
    clerk.press("'perintah'").sees("Tidak ada yang cocok").press("ctrl-u 'tab'").misses("ke Klaim");
    clerk.press("ctrl-_ ctrl-_ ctrl-_").sees("1 dari ").sees("isian berikutnya");
}

#[test]
fn guests_see_nothing_of_a_person_in_a_form() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("ctrl-g / ctrl-u 'rahmat' enter enter e").misses("Rahmat").misses("3273012001790005");
    clerk.sees("PT Contoh Semen").press("ctrl-g").sees("Rahmat Hidayat");
}

#[test]
fn pressed_twice_is_one_claim() {
    let folder = store();
    let clerk = RealClerk::new(folder.path());
    let slip = santun::tui::effect::OrderSlip {
        key: clerk.bench.desk.new_key().as_str().to_owned(),
        ..santun::tui::effect::OrderSlip::new("claim-add", Vec::new())
    };
    let slip = slip
        .with("worker", "Sekali Saja")
        .with("npp", "21000456")
        .with("company", "PT Contoh Semen")
        .with("event_date", "28/10/2026");
    let first = santun::tui::perform::orders::commit(&clerk.bench, slip.clone()).unwrap();
    let second = santun::tui::perform::orders::commit(&clerk.bench, slip).unwrap();
    assert_eq!(first, second);
    assert_eq!(clerk.bench.desk.view().n_claims(), 8);
}

#[test]
fn a_word_of_two_benefits_is_asked_back() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter d 'perawatan' tab").sees("Beberapa cocok");
    clerk.press("shift-tab ctrl-u 'perawatan di' tab").misses("Beberapa cocok").sees("perawatan di rumah");
}

#[test]
fn a_number_that_is_none_is_told_when_it_is_left() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("a tab tab tab tab tab 'Rini' tab tab '327' tab").sees("NIK harus 16 angka (terbaca 3)");
    clerk.press("shift-tab ctrl-u '327302470792000X' tab").sees("X bukan angka");
    clerk.press("shift-tab ctrl-u '3273024707920007' tab '123' tab").misses("NIK harus").sees("KPJ harus 11");
}

#[test]
fn an_account_that_is_none_is_told_when_it_is_left() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter d 'stmb' tab").sees("04/04/2026");
    clerk.press("tab tab tab tab 'BCA' tab '12ab' tab").sees("harus 5–20 angka (terbaca 2 angka)");
    clerk.press("shift-tab ctrl-u '5220112233' tab").misses("harus 5–20 angka");
}

#[test]
fn a_claim_that_waits_for_stage_two_names_its_key() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'rahmat' enter enter").sees("Tekan f bila pengajuan tahap II datang");
    clerk.sees("f ajukan tahap II").press("f ctrl-x").sees("Tekan d untuk menetapkan");
}

#[test]
fn an_outcome_that_closes_the_case_says_so_before() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    let of_unpaid = "/ ctrl-u 'siti' enter enter o 'sembuh' tab";
    clerk.press(of_unpaid).misses("kasus ini selesai").press("esc esc");
    let desk = &clerk.bench.desk;
    let claim = desk.find_claim("K26-000102").unwrap().id;
    let wish = IssueWish { claims: vec![claim], only: Vec::new(), date: date(2026, 10, 30), pph: None };
    for issued in desk.issue(&wish, &mut |_| Ok::<(), DeskError>(())).unwrap() {
        let voucher = desk.find_voucher(&issued.code).unwrap();
        let pay = VoucherCommand::Pay {
            date: date(2026, 10, 30),
            amount: voucher.unpaid(),
            reference: String::new(),
        };
        desk.voucher(&desk.new_key(), voucher.id, SeenVoucher::of(&voucher), &pay).unwrap();
    }
    let mut clerk = clerk.again(folder.path());
    clerk.press("/ ctrl-u 'budi' enter enter o 'sembuh' tab").sees("Sesudah disimpan kasus ini selesai");
}

#[test]
fn more_than_was_asked_stands_on_the_page_of_its_voucher() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'siti' enter enter d 'biaya perawatan' tab").sees("0099887766");
    clerk.press("tab tab tab tab tab tab tab '5jt' tab '6jt' ctrl-x v");
    clerk.sees("! K26-000101 biaya perawatan: ditetapkan 6.000.000, melebihi yang").sees("diminta 5.000.000");
}
