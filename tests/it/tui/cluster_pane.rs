//! The clusters by key scripts on a real store: runs, profiles, companies.

use santun::words::Lang;

use super::real::RealClerk;
use super::work_desk::store_to_pay;

#[test]
fn groups_are_made_when_the_tab_is_first_seen() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4").shows("clusters").sees("k-modes").sees("otomatis").sees("Ciri");
    clerk.press("+").misses("otomatis").press("A").sees("otomatis");
}

#[test]
fn no_clear_groups_are_said_first() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4");
    let screen = clerk.screen();
    let first = screen.lines().nth(4).unwrap_or_default();
    assert!(first.contains("Tidak ada kelompok yang jelas"), "{screen}");
    clerk.sees(&clerk.bench.words.text("cluster-no-cause"));
}

#[test]
fn method_seed_preset_and_filter_are_chosen() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4 b ctrl-u '7' enter").sees("benih 7");
    clerk.press("b ctrl-u 'x' enter").sees("bilangan bulat");
    clerk
        .press("/ 'semen' enter")
        .sees("semen")
        .press("/ ctrl-u 'kodnisi = x' enter")
        .sees("tidak ada medan");
    clerk.press("enter / ctrl-u '-' enter p").shows("cluster-presets").press("esc");
}

#[test]
fn a_group_opens_on_its_profile_and_its_claims() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4 enter").shows("cluster-profile").sees("Klaster 1");
    clerk.press("] enter").press("j enter").sees("K26-0001");
}

/// No case of this desk is closed a year ago: by course there is nothing to group, and the groups by circumstances are not
/// the answer.
#[test]
fn a_run_without_groups_leaves_none_of_the_old_ones() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk
        .press("f4 + enter")
        .sees("Klaster 1")
        .press("esc m")
        .sees("kasus yang cocok")
        .sees("k-modes dengan ciri");
    clerk.misses("Siluet").press("enter").misses("Klaster 1").sees("kasus yang cocok");
    clerk.press("d").sees("Sebaran kelompok").sees("kasus yang cocok").misses("komponen 1").press("esc");
    clerk.press("m m").sees("Klaster").press("enter").sees("Klaster 1");
}

#[test]
fn an_empty_filter_is_all_claims() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4 / 'tidakadayangbegini' enter").sees("Tidak ada klaim JKK yang cocok");
    clerk.press("/ ctrl-u enter").misses("tidakadayangbegini").sees("Siluet");
}

#[test]
fn recommendations_and_groups_go_to_files() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    let (page, group) = (folder.path().join("rekomendasi.html"), folder.path().join("kelompok.csv"));
    let typed = |path: &std::path::Path| path.to_str().expect("a temporary path is text").to_owned();
    clerk.press(&format!("f4 + enter e ctrl-u '{}' enter", typed(&group))).sees("Ditulis");
    clerk.press(&format!("esc R e ctrl-u '{}' enter", typed(&page))).sees("Ditulis");
    let text = std::fs::read_to_string(&page).expect("the file is there");
    assert!(text.contains("<html") && text.contains("Rekomendasi"), "{text}");
    let text = std::fs::read_to_string(&group).expect("the file is there");
    assert!(text.contains("K26-0001") && !text.contains("Siti"), "{text}");
    // One finding has no file of its own.
    clerk.press("esc R ] j enter e").sees("Kembali dulu");
}

#[test]
fn help_says_what_keys_do_in_what_is_open() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4 d ?").sees("grafik berikutnya").sees("ragam berikutnya").misses("tambah klaster");
    clerk
        .press("esc esc R ?")
        .sees("tulis halaman ini sebagai HTML")
        .misses("grafik berikutnya")
        .misses("urutkan");
}

#[test]
fn a_command_of_another_tab_is_found_and_done_there() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press(": 'rekomendasi'").sees("Laporan: rekomendasi").press("enter").sees("bukan tuduhan");
    clerk
        .press("f2 : 'metode' enter")
        .sees("k-means")
        .press("f1 : 'tetapkan' enter")
        .sees("Bisa di: Rincian");
}

#[test]
fn companies_by_claim_rate() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4 c").shows("cluster-companies").sees("tanpa lalu lintas").sees("PT Contoh Semen");
    clerk.press("t").sees("semua klaim").sees("semua-klaim").press("t").sees("lalu lintas saja");
    clerk.press("t s 'klaim' enter S enter").sees("npp = 2100").sees("No klaim");
}

#[test]
fn a_company_leads_to_the_claims_that_its_line_counts() {
    let folder = store_to_pay();
    // Four claims in all, one of them in the month that is not complete yet.
    for (which, counted, tail) in [
        ("", 3, "bukan tempat = lalu_lintas"),
        ("t ", 3, "status != batal "),
        ("t t ", 0, "dan tempat = lalu_lintas"),
    ] {
        let mut clerk = RealClerk::with(folder.path(), Lang::Id, (400, 24));
        clerk.press(&format!("f4 c {which}")).sees("▌ PT Contoh Semen").press("enter").sees("npp = 21000456");
        clerk.sees(&format!("{counted} dari 7")).sees(tail);
    }
}

#[test]
fn keys_of_the_other_list_say_so() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4 s").sees("Hanya pada perusahaan: c ke sana.").press("]").sees("enter membukanya");
    clerk.press("c m").sees("Hanya pada klaster").press("j").misses("m metode");
}

#[test]
fn groups_and_companies_go_to_files() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    let (groups, companies) = (folder.path().join("klaster.txt"), folder.path().join("angka.csv"));
    let typed = |path: &std::path::Path| path.to_str().expect("a temporary path is text").to_owned();
    clerk.press(&format!("f4 e ctrl-u '{}' enter", typed(&groups))).sees("Ditulis");
    clerk.press(&format!("c e ctrl-u '{}' enter", typed(&companies))).sees("Ditulis");
    let text = std::fs::read_to_string(&groups).expect("the file is there");
    assert!(text.contains("bukan membuktikan sebab"), "{text}");
    let text = std::fs::read_to_string(&companies).expect("the file is there");
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.starts_with("company,rate,low,high,sure,z,claims,exposure,raw_rate,npp\n"), "{text}");
    assert!(text.contains("PT Contoh Semen,") && text.contains(",3,120.00,"), "{text}");
}

#[test]
fn companies_in_english() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::with(folder.path(), Lang::En, (100, 24));
    clerk.press("f4 c").shows("cluster-companies-english").sees("1.000 workers");
}

#[test]
fn a_change_of_the_books_is_said_and_begins_no_run() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4 f2 / 'semen' enter v y enter f4").sees("Data sudah berubah");
    clerk.press("ctrl-r").misses("Data sudah berubah");
}

#[test]
fn recommendations_lead_to_their_cases() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f4 R").shows("recommendations").sees("bukan tuduhan").sees("Menunggu bayar dan sudah lewat");
    // Past the head to the first of the list, then into its cases and to the case itself.
    clerk.press("] j enter").sees("Bayar lebih dulu").sees("K26-000101");
    clerk.press("] ] j enter").sees("Siti Aminah").press("esc esc").sees("Ringkasan");
    clerk.press("esc f3 R").sees("Menunggu bayar dan sudah lewat");
}
