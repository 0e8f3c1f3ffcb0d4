//! Printed reports against files. `SANTUN_WRITE_GOLDEN=1` writes them anew: read the difference before it is committed.

use std::path::PathBuf;

use santun::domain::office::StoreKind;
use santun::domain::posting::Posting;
use santun::report::monthly::SeriesGap;
use santun::report::{MonthlyBuilder, MonthlyReport, render};
use santun::words::{Lang, Words};

use super::month::books;
use super::table::{office, postings};
use crate::support::sources::root;

/// Compares with a file of `tests/data/reports`.
#[track_caller]
pub fn golden(name: &str, actual: &str) {
    let path: PathBuf = root().join("tests/data/reports").join(name);
    if std::env::var_os("SANTUN_WRITE_GOLDEN").is_some() {
        std::fs::write(&path, actual).expect("the folder is there");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    if let Some(line) = expected.lines().zip(actual.lines()).position(|(one, other)| one != other) {
        let of = |text: &str| text.lines().nth(line).unwrap_or("").to_owned();
        panic!("{name}:{}\nexpected: {}\nactual:   {}", line + 1, of(&expected), of(actual));
    }
    assert_eq!(expected.len(), actual.len(), "{name} is longer or shorter");
}

fn month(period: &str, postings: &[Posting], kind: StoreKind) -> MonthlyReport {
    let mut office = office();
    office.kind = kind;
    let gaps = vec![SeriesGap { series: "JKK-J03-2610-#".to_owned(), missing: vec![2] }];
    let mut builder = MonthlyBuilder::new(&office, period.parse().unwrap(), jiff::civil::date(2026, 10, 30));
    if period == "2026-10" {
        builder = builder.with_gaps(gaps);
    }
    postings.iter().for_each(|posting| builder.add(posting));
    builder.finish()
}

#[test]
fn a_closed_month() {
    let report = month("2026-09", &books(), StoreKind::Real);
    let words = Words::new(Lang::Id);
    golden("september.id.txt", &render::monthly_text(&report, &words));
    golden("september.id.html", &render::monthly_html(&report, &words));
    golden("september.id.csv", &render::monthly_csv(&report, &words));
    golden("september.json", &render::monthly_json(&report));
}

#[test]
fn an_open_month_of_a_sample_office_with_faults() {
    let report = month("2026-10", &books(), StoreKind::Sample);
    assert!(!report.tie_out.unmatched.is_empty());
    let words = Words::new(Lang::En);
    golden("october.en.txt", &render::monthly_text(&report, &words));
    golden("october.json", &render::monthly_json(&report));
}

#[test]
fn an_empty_month() {
    let report = month("2026-09", &[], StoreKind::Real);
    golden("empty.id.txt", &render::monthly_text(&report, &Words::new(Lang::Id)));
}

/// Names that would steer a terminal, become a formula or break out of HTML.
fn hostile() -> Vec<Posting> {
    let mut postings = postings(
        "2026-09 2026-09-02 case-registered c=1 npp=AB12345 event=2026-09-01
         2026-09 2026-09-03 determined c=1 l=1 rp=1000 npp=AB12345
         2026-09 2026-09-03 line-vouchered c=1 l=1 code=X rp=1000",
    );
    for posting in &mut postings {
        posting.by.company = "=HYPERLINK(\"x\")\u{1b}[31m\u{202e}<script>".into();
        posting.by.facility = "@SUM(A1)\u{9b}2J\r\n=1".into();
        posting.by.claim_no = "+K\u{1b}]0;x\u{7}".into();
        posting.by.code = "-X\u{7f}&\"<b>".into();
    }
    postings
}

#[test]
fn hostile_text_stays_text_everywhere() {
    let mut report = month("2026-09", &hostile(), StoreKind::Real);
    report.office.name = "\u{1b}[2J<i>".to_owned();
    report.office.signers.approved = "\u{202e}</style><script>".to_owned();
    let words = Words::new(Lang::Id);
    let printed = [
        render::monthly_text(&report, &words),
        render::monthly_html(&report, &words),
        render::monthly_csv(&report, &words),
        render::monthly_json(&report),
    ];
    for text in &printed {
        let steering =
            |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{9b}' | '\u{7f}');
        assert!(!text.contains(steering), "{text}");
    }
    let [text, html, csv, json] = &printed;
    assert!(text.contains("HYPERLINK") && text.lines().all(|line| line.chars().count() <= 80));
    assert!(html.contains("=HYPERLINK") && !html.contains("<script") && !html.contains("<b>"));
    assert!(!html.contains("//") && !html.contains("src=") && !html.contains("style=\""));
    let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(csv.as_bytes());
    for record in reader.records() {
        for cell in record.unwrap().iter() {
            let is_formula = cell.starts_with(['=', '+', '@', '\t', '\r'])
                || (cell.starts_with('-') && cell.parse::<i64>().is_err());
            assert!(!is_formula, "{cell:?}");
        }
    }
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(value["companies"][0]["company"], "=HYPERLINK(\"x\")\u{1b}[31m\u{202e}<script>");
    assert_eq!(value["tie_out"]["unmatched"][0]["kind"], "line_on_unknown_voucher");
}

#[test]
fn no_line_is_wider_than_the_page() {
    let wide = postings(
        "2026-09 2026-09-02 case-registered c=1 npp=AB12345 firm=PT_Nama_Yang_Sangat_Panjang_Sekali_Untuk_Sebuah_Perusahaan_Contoh_Di_Mana_Mana
         2026-09 2026-09-03 determined c=1 l=1 rp=1.040.000.000.000 npp=AB12345 comp=STMB
         2026-09 2026-09-03 voucher-raised v=1 rp=1.040.000.000.000 code=JKK-J03-2609-00001-ABCDEFGHIJKLMNOPQRSTUVWXYZ-7K
         2026-09 2026-09-04 line-paid c=1 l=1 v=1 rp=1.040.000.000.000 clock=late:400",
    );
    for lang in Lang::ALL {
        let text = render::monthly_text(&month("2026-09", &wide, StoreKind::Sample), &Words::new(lang));
        for line in text.lines() {
            assert!(santun::base::safe::width(line) <= 80, "{line}");
            assert_eq!(line, line.trim_end());
        }
        assert!(text.contains("1.040.000.000.000"), "an amount is never cut\n{text}");
        assert!(!text.contains("report-") && !text.contains("value-"), "a key without its words\n{text}");
    }
}
