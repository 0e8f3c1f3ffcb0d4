//! The clerk's day, as one key script through the whole screen on a real store.

use jiff::civil::date;
use santun::desk::{Clock, Desk, IssueWish, Issued};
use santun::domain::code::{DocumentKind, VoucherState};
use santun::domain::{Period, Rupiah};

use super::real::{RealClerk, store};

/// Yesterday a colleague issued the voucher that is paid today.
fn yesterday(folder: &std::path::Path) -> Issued {
    let clock = Clock::Frozen(date(2026, 10, 29).at(15, 0, 0, 0));
    let desk = Desk::open(&folder.join("store"), clock).expect("the store opens");
    let claim = desk.find_claim("K26-000102").expect("the claim is there").id;
    let wish = IssueWish { claims: vec![claim], only: Vec::new(), date: date(2026, 10, 29), pph: None };
    let issued =
        desk.issue(&wish, &mut |_| Ok::<(), santun::desk::DeskError>(())).expect("the voucher can be issued");
    issued.into_iter().next().expect("one payee, one voucher")
}

#[test]
fn a_whole_day_by_keyboard() {
    let folder = store();
    let paid_today = yesterday(folder.path());
    let mut clerk = RealClerk::new(folder.path());

    // What today asks for.
    clerk.sees("Hari ini:").press("3").sees("berkas_kurang > 0").press("0").sees("7 dari 7");

    // A claim from a paper form.
    clerk
        .press("a tab tab tab 'semen' tab tab 'Rini Contohwati' tab tab '3273024707920007' tab tab '070792'");
    clerk
        .press("tab 'per' tab '5,4jt' tab tab tab '28/10' tab '1020' tab '29/10' tab '1405' tab 'di tempat'");
    clerk.press("tab 'terjepit' tab 'mesin' tab 'jari t' tab 'S61.0' tab 'sehat' ctrl-x");
    clerk.sees("K 2 6 - 0 0 0 1 0 8").press("enter").sees("8 dari 8");

    // Those still under treatment; one of them opened, its last paper ticked.
    clerk.press("/ ctrl-u 'kondisi = berobat' enter").sees("3 dari 8");
    clerk.press("s 'no' enter g enter").sees("Siti Aminah").sees("[ ] KK3");
    clerk.press("space").sees("[✓] KK3");

    // This half-year's STMB for the company, and the hospital's bill.
    clerk.press("d 'stmb' tab").sees("Menurut hitungan");
    clerk.press("tab tab tab tab 'BCA' tab '5220112233' tab tab '28.800.000' tab '28,8jt' ctrl-x");
    clerk.press("d 'biaya perawatan' tab").sees("RS Contoh Sehat");
    clerk.press("tab tab tab tab tab tab tab '12,4jt' tab '12,4jt' ctrl-x");

    // Both vouchers at once; their codes are written on the bundle.
    clerk.press("v").sees("5220112233").sees("0099887766").sees("41.200.000");
    clerk.press("y").shows("day-codes");
    let claim = clerk.bench.desk.find_claim("K26-000101").unwrap();
    let codes: Vec<String> =
        claim.lines.iter().map(|line| line.voucher.as_ref().unwrap().code.to_string()).collect();
    assert_eq!(codes.len(), 2);
    for code in &codes {
        let spaced: String = code.chars().flat_map(|letter| [letter, ' ']).collect();
        clerk.sees(spaced.trim_end());
    }
    clerk.sees("2 voucher terbit.").press("enter").sees(&codes[1]).press("esc");

    rest_of_the_day(&mut clerk, &paid_today);

    // Home, and the next morning everything is still there.
    let mut again = clerk.again(folder.path());
    again.sees("/ kondisi = berobat").sees("▌ K26-000101");
    again.press("enter").sees("[✓] KK3").sees(&codes[0]).press("G").press("esc");
    again.press("/ ctrl-u 'contohwati' enter").sees("1 dari 8").sees("K26-000108");
    let desk = &again.bench.desk;
    assert_eq!(desk.find_voucher(&paid_today.code).unwrap().state, VoucherState::Paid);
    assert!(desk.find_claim("K26-000101").unwrap().document(DocumentKind::Kk3).is_some());
    let report = desk.monthly(Period::new(2026, 10).unwrap()).unwrap();
    assert_eq!(report.vouchers.count, 3);
    assert_eq!(report.payable.paid, Rupiah::new(28_800_000));
}

/// Yesterday's payment, the month's report, the groups and the companies.
fn rest_of_the_day(clerk: &mut RealClerk, paid_today: &Issued) {
    // The voucher of yesterday is found among those made, and its transfer written down.
    clerk.press("f2 w / 'mebel' enter").sees(&paid_today.code).press("b").sees("28.800.000");
    clerk.press("'TRF-0001' ctrl-x").sees("dibayar").press("esc");
    // October holds what was done today.
    clerk.press("f3").sees("2026").sees("28.800.000").shows("day-report");
    // What the claims have in common, and who claims most.
    clerk.press("f4").shows("day-clusters").press("c").sees("PT Contoh Semen").press("f1");
}
