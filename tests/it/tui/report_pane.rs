//! The report by key scripts on a real store: months, sections, ways to the records, files.

use jiff::civil::date;
use santun::desk::Clock;
use santun::words::Lang;

use super::real::RealClerk;
use super::work_desk::store_to_pay;

#[test]
fn the_oldest_open_month_comes_first() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f3").shows("report").sees("Oktober 2026").sees("SEMENTARA");
    clerk.press("] ]").shows("report-section");
    clerk.press("h").sees("September 2026").misses("SEMENTARA").press("l l").sees("Oktober 2026");
}

#[test]
fn the_report_in_english() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::with(folder.path(), Lang::En, (80, 24));
    clerk.press("f3").shows("report-english").sees("October 2026");
}

#[test]
fn a_month_is_picked_by_name() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f3 p").shows("report-months").press("'juli 2025' enter").sees("Juli 2025");
}

#[test]
fn a_number_leads_to_its_records() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f3 enter").sees("tidak punya catatan");
    // The cases that were registered this month.
    clerk.press("j j j j j enter").shows("report-postings").sees("7 catatan").sees("K26-000101");
    clerk.press("j enter").sees("Siti Aminah").press("esc esc").sees("Oktober 2026");
}

#[test]
fn the_report_is_what_the_command_prints() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    let period = clerk.bench.desk.month_to_report();
    let report = clerk.bench.desk.monthly(period).expect("the report can be made");
    for (pick, ending, expected) in [
        ("'teks'", "txt", santun::report::render::monthly_text(&report, &clerk.bench.words)),
        ("'html'", "html", santun::report::render::monthly_html(&report, &clerk.bench.words)),
        ("'csv'", "csv", santun::report::render::monthly_csv(&report, &clerk.bench.words)),
        ("'json'", "json", santun::report::render::monthly_json(&report)),
    ] {
        let path = folder.path().join(format!("laporan.{ending}"));
        let typed = path.to_str().expect("a temporary path is text");
        clerk.press(&format!("f3 e {pick} enter ctrl-u '{typed}' enter")).sees("Ditulis");
        let written = std::fs::read_to_string(&path).expect("the file is there");
        assert!(written == expected, "{ending}");
    }
}

#[test]
fn the_report_follows_the_work() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f3 f2 / 'semen' enter v y enter w b 'TRF-1' ctrl-x f3");
    clerk.press("] ]").sees("28.800.000").shows("report-after-payment");
}

/// The key that closes the month says first what stands in the way; another key does it.
#[test]
fn a_month_is_closed_after_saying_what_that_does() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f3 T").sees("belum berakhir").sees("selesaikan dahulu").press("T").press("esc");
    clerk.sees("SEMENTARA").press("h T").sees("Bulan 2026-09").press("esc");
}

/// The first press says what it does, the second one does it; then the key asks to open the month again, which one
/// person cannot do alone.
#[test]
fn a_closed_month_is_final_and_opened_again_by_two() {
    let folder = store_to_pay();
    let november = Clock::Frozen(date(2026, 11, 2).at(9, 0, 0, 0));
    let mut clerk = RealClerk::on(folder.path(), november);
    clerk.press("f3 T").shows("report-month-close").press("T").sees("tutup buku").press("y").sees("ditutup");
    clerk.press("p 'oktober 2026' enter").sees("Oktober 2026").misses("SEMENTARA").press("T");
    clerk
        .shows("report-month-reopen")
        .press("'salah bulan' enter y")
        .press("T")
        .sees("orang lain")
        .press("y");
    let deeds = clerk.bench.desk.view().month_deeds().len();
    assert_eq!(deeds, 2, "closed, and asked for: the same person does not open it");
}
