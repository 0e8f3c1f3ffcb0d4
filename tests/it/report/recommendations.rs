//! The page of recommendations against files; names from outside stay text.

use jiff::civil::date;
use santun::domain::Rupiah;
use santun::domain::office::StoreKind;
use santun::domain::rule::late_payment;
use santun::report::monthly::OfficeHead;
use santun::report::recommendations::{Evidence, Ground, Recommendation, Recommendations, Who};
use santun::report::render;
use santun::words::{Lang, Words};

use super::golden::golden;
use super::table::office;

fn page(name: &str) -> Recommendations {
    let office = office();
    let late = late_payment(Rupiah::new(3_000_000), 4, date(2026, 9, 1)).expect("a rule of today");
    let case = |claim_no: &str, measure: i64, amount: i64| Evidence {
        claim_no: claim_no.to_owned(),
        event: date(2026, 3, 4),
        company: name.to_owned(),
        facility: "RS Contoh".to_owned(),
        measure,
        amount: Rupiah::new(amount),
    };
    let finding = |code, limit, ground, amount| Recommendation {
        code,
        limit,
        ground,
        n_cases: 12,
        amount: Rupiah::new(amount),
        rules: Vec::new(),
        untold: 0,
        who: Vec::new(),
        cases: vec![case("26-JKK-000001", 4, 120_000), case("26-JKK-000002", 1, 9_000)],
    };
    let who = Who {
        key: "AA000001".to_owned(),
        name: name.to_owned(),
        n_cases: 9,
        of: None,
        index: Some(2.314),
        low: Some(1.62),
        amount: Rupiah::new(55_000_000),
    };
    Recommendations {
        office: OfficeHead {
            code: office.code,
            name: office.name,
            kind: StoreKind::Sample,
            signers: office.signers,
        },
        from: date(2025, 10, 1),
        to: date(2026, 9, 30),
        as_of: date(2026, 10, 30),
        n_cases: 1_950,
        n_events: 1_190,
        items: vec![
            Recommendation {
                rules: late.rules,
                untold: 2,
                ..finding("late-payment", 7, Ground::Regulation, 129_000)
            },
            Recommendation { who: vec![who], ..finding("frequent-company", 150, Ground::Ours, 55_000_000) },
        ],
    }
}

#[test]
fn the_page_is_as_printed() {
    let (id, en) = (Words::new(Lang::Id), Words::new(Lang::En));
    let page = page("PT Satu Dua Tiga");
    golden("recommendations.id.txt", &render::recommendations_text(&page, &id));
    golden("recommendations.en.txt", &render::recommendations_text(&page, &en));
    golden("recommendations.id.html", &render::recommendations_html(&page, &id));
    golden("recommendations.csv", &render::recommendations_csv(&page));
    golden("recommendations.json", &render::recommendations_json(&page));
}

#[test]
fn no_name_breaks_out_of_the_page() {
    let words = Words::new(Lang::Id);
    let page = page("=HYPERLINK(\"x\")\u{1b}[31m\u{202e}<script>alert(1)</script>");
    let html = render::recommendations_html(&page, &words);
    assert!(!html.contains("<script") && !html.contains('\u{1b}') && !html.contains('\u{202e}'));
    assert!(
        html.contains("<svg")
            && html.contains("default-src 'none'")
            && !html.contains("http-equiv=\"refresh")
    );
    // The name space of the picture is a name, nothing that is fetched.
    let fetched = html.replace("http://www.w3.org/2000/svg", "");
    assert!(!fetched.contains("http://") && !fetched.contains("https://") && !fetched.contains("src="));
    let text = render::recommendations_text(&page, &words);
    assert!(!text.contains('\u{1b}') && text.lines().all(|line| line.chars().count() <= 80));
    assert!(!render::recommendations_csv(&page).contains(",=HYPER"));
}

#[test]
fn nothing_found_is_said() {
    let words = Words::new(Lang::Id);
    let page = Recommendations { items: Vec::new(), ..page("x") };
    assert!(render::recommendations_text(&page, &words).contains("Tidak ditemukan apa pun."));
    let html = render::recommendations_html(&page, &words);
    assert!(html.contains("Tidak ditemukan apa pun.") && !html.contains("<svg"));
}
