//! The voucher and its receipt, as they are printed.

use jiff::civil::date;
use santun::domain::claim::{StateEntry, Wage};
use santun::domain::code::{Component, Origin, ProcessState, VoucherState, WageUnit};
use santun::domain::id::{ClaimId, LineNo, VoucherId};
use santun::domain::office::{Approval, StoreKind};
use santun::domain::voucher::VoidMark;
use santun::domain::{
    BenefitLine, Claim, ClaimEvent, DateSpan, Npwp, Office, Period, Rupiah, Voucher, VoucherLine,
};
use santun::report::paper::PaperMark;
use santun::report::{CalculationSheet, Receipt, VoucherPaper, render};
use santun::words::{Lang, Words};

use super::golden::golden;
use super::pipeline::{basics, payee, voucher};
use super::table::office;

fn line(claim: u64, line: u16, amount: i64) -> VoucherLine {
    VoucherLine {
        claim: ClaimId::new(claim),
        claim_no: format!("K26-{claim:06}"),
        line: LineNo::new(line),
        amount: Rupiah::new(amount),
    }
}

fn example() -> Voucher {
    let money = (Rupiah::new(12_000_000), Rupiah::new(150_000), Rupiah::new(-333));
    let lines = vec![line(412, 1, 9_000_000), line(412, 2, 2_000_000), line(388, 1, 1_000_000)];
    let mut voucher = voucher(VoucherId::new(42), lines, money, date(2026, 10, 30));
    voucher.payee.tax_number = Some(Npwp::parse("013121660091000").unwrap());
    voucher
}

fn claim() -> Claim {
    let state = StateEntry {
        state: ProcessState::Filed,
        date: date(2026, 10, 1),
        posted: Period::of(date(2026, 10, 1)),
        reason: None,
        note: String::new(),
    };
    let event = ClaimEvent::Registered {
        basics: Box::new(basics("K26-000412")),
        state,
        origin: Origin::Desk,
        restores: None,
        despite_duplicate: String::new(),
    };
    let mut claim = Claim::born(ClaimId::new(412), &event).unwrap();
    claim.apply(&ClaimEvent::LineAdded {
        line: Box::new(BenefitLine {
            no: LineNo::new(1),
            component: Component::Stmb,
            span: None,
            payee: payee(),
            account_by: None,
            receipt: String::new(),
            asked: Rupiah::new(9_000_000),
            complete_date: None,
            determination: None,
            voucher: None,
            free_since: None,
        }),
        booked: None,
    });
    claim
}

fn paper(voucher: &Voucher, office: &Office) -> VoucherPaper {
    let claim = claim();
    VoucherPaper::of(voucher, office, &|id| (id == claim.id).then_some(&claim))
}

/// The words one after another, wherever the lines end.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_voucher_as_text_and_html() {
    let words = Words::new(Lang::Id);
    let paper = paper(&example(), &office());
    let text = render::voucher_text(&paper, &words);
    golden("voucher.id.txt", &text);
    golden("voucher.id.html", &render::voucher_html(&paper, &words));
    let text = one_line(&text);
    for expected in [
        "JKK-J03-2610-00042",
        "0123456789012",
        "013121660091000",
        "sebelas juta delapan ratus empat puluh sembilan ribu enam ratus enam puluh",
        "Rp11.849.667,00",
        "K26-000412/1",
        "Siti Aminah",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    golden("voucher.en.txt", &render::voucher_text(&paper, &Words::new(Lang::En)));
}

#[test]
fn a_signer_is_named_whole_and_codes_are_said_in_words() {
    let (words, mut office, mut voucher) = (Words::new(Lang::Id), office(), example());
    office.signers.checked = "Dra. Hj. Siti Nurhaliza Rahmawati, M.M.".to_owned();
    voucher.description = "JKK PERAWATAN 26-JKK-000263 (+2)".to_owned();
    let text = render::voucher_text(&paper(&voucher, &office), &words);
    for part in ["Rahmawati, M.M.", "biaya perawatan JKK, 26-JKK-000263 dan 2 baris lain"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn the_receipt_as_text_and_html() {
    let words = Words::new(Lang::Id);
    let receipt = Receipt::of(&example(), &office());
    let text = render::receipt_text(&receipt, &words);
    golden("receipt.id.txt", &text);
    golden("receipt.id.html", &render::receipt_html(&receipt, &words));
    assert_eq!(receipt.claims, ["K26-000412", "K26-000388"]);
    assert!(text.contains("# sebelas juta"), "{text}");
    assert!(text.contains("Meterai"), "above five million there is a place for the stamp");
    let mut small = example();
    small.net = Rupiah::new(5_000_000);
    assert!(!Receipt::of(&small, &office()).wants_stamp());
}

#[test]
fn marks_say_what_the_paper_is_worth() {
    let mut office = office();
    let mut voucher = example();
    assert_eq!(paper(&voucher, &office).marks, []);
    assert_eq!(paper(&voucher, &office).approved_by, "Pak Budi");
    office.approval = Approval::FourEyes;
    assert_eq!(paper(&voucher, &office).marks, [PaperMark::NotApproved]);
    assert_eq!(paper(&voucher, &office).approved_by, "", "the usual name is no approval");
    voucher.state = VoucherState::Approved;
    voucher.approved_by = "budi".to_owned();
    assert_eq!(paper(&voucher, &office).marks, []);
    office.kind = StoreKind::Sample;
    voucher.state = VoucherState::Void;
    let posted = Period::of(date(2026, 10, 30));
    voucher.void = Some(VoidMark { date: date(2026, 10, 30), reason: "salah payee".to_owned(), posted });
    assert_eq!(paper(&voucher, &office).marks, [PaperMark::Sample, PaperMark::Void]);
    for lang in Lang::ALL {
        let words = Words::new(lang);
        let (contoh, batal) = match lang {
            Lang::Id => ("CONTOH", "BATAL"),
            Lang::En => ("SAMPLE", "VOID"),
        };
        let printed = [
            render::voucher_text(&paper(&voucher, &office), &words),
            render::voucher_html(&paper(&voucher, &office), &words),
            render::receipt_text(&Receipt::of(&voucher, &office), &words),
            render::receipt_html(&Receipt::of(&voucher, &office), &words),
        ];
        for text in &printed {
            assert!(text.contains(contoh) && text.contains(batal), "{text}");
        }
        assert!(printed[0].contains("salah payee"));
    }
}

#[test]
fn many_claims_and_hostile_names_keep_the_page() {
    let mut voucher = example();
    voucher.lines = (1..400).map(|claim| line(claim, 1, 1)).collect();
    voucher.payee.name = "\u{1b}[31mPT \u{202e}".to_owned() + &"Panjang".repeat(30);
    voucher.description = "<b>uraian</b> ".repeat(40);
    let words = Words::new(Lang::Id);
    let texts = [
        render::voucher_text(&paper(&voucher, &office()), &words),
        render::receipt_text(&Receipt::of(&voucher, &office()), &words),
    ];
    for line in texts.iter().flat_map(|text| text.lines()) {
        assert!(santun::base::safe::width(line) <= 80, "{line}");
        assert!(!line.contains(['\u{1b}', '\u{202e}']), "{line}");
    }
    let html = render::voucher_html(&paper(&voucher, &office()), &words);
    assert!(!html.contains("<b>") && !html.contains('\u{1b}'));
    voucher.description = String::new();
    let receipt = render::receipt_text(&Receipt::of(&voucher, &office()), &words);
    assert!(receipt.contains("dan 394 klaim lain"), "{receipt}");
}

#[test]
fn the_calculation_sheet_shows_the_way_and_how_sure_it_is() {
    let mut claim = claim();
    claim.basics.wage = Some(Wage { amount: Rupiah::new(200_000), unit: WageUnit::Day });
    claim.lines[0].span = DateSpan::new(date(2026, 1, 1), date(2026, 7, 19));
    let mut bill = claim.lines[0].clone();
    (bill.no, bill.component, bill.span) = (LineNo::new(2), Component::Medical, None);
    claim.lines.push(bill);
    let words = Words::new(Lang::Id);
    let text = render::calculation_text(&CalculationSheet::of(&claim, &office()), &words);
    golden("calculation.id.txt", &text);
    // Two hundred days within the first year: the rule book's own example.
    assert!(text.contains("33.333.333") && text.contains("200 hari"), "{text}");
    assert!(text.contains("! ") && text.contains("Aturan tidak menyebut jumlahnya"), "{text}");
    claim.basics.wage = None;
    let refused = render::calculation_text(&CalculationSheet::of(&claim, &office()), &Words::new(Lang::En));
    assert!(refused.contains("! ") && !refused.contains("33.333.333"), "{refused}");
    assert!(!refused.contains("refusal-") && !refused.contains("sheet-"), "{refused}");
}
