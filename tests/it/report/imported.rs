//! From files to the report: sound files tie out, and each of ten faults planted in a copy is listed by its record.

use santun::domain::Rupiah;
use santun::domain::posting::Posting;
use santun::domain::problem::Severity;
use santun::intake::assemble::{Assembler, HistoryMonths, Ids};
use santun::intake::history::{History, Options, read_sheets};
use santun::intake::read::{Limits, from_bytes};
use santun::report::monthly::Remainder;

use super::table::{office, report};

/// Twelve cases with a line and a voucher each; case 12's voucher is void and its line on the next one.
fn files() -> [(&'static str, String); 4] {
    let mut claims = "claim_no,programme,segment,case_kind,worker,npp,company,event_date,reported_date,filed_date,complete_date,outcome,outcome_date,status\n".to_owned();
    let mut benefits =
        "claim_no,line,component,payee_kind,payee,bank,account,asked,determined,determined_date,voucher\n"
            .to_owned();
    let mut vouchers =
        "code,kind,date,payee,gross,pph,rounding,net,status,void_date,void_reason\n".to_owned();
    let mut payments = "voucher,date,amount,reference,status\n".to_owned();
    for no in 1..=12 {
        claims += &format!(
            "K-{no},JKK,PU,KK,Pekerja {no},A1234567,PT Semen,2026-08-01,2026-08-02,2026-08-20,2026-08-21,BEROBAT,2026-08-02,DITETAPKAN\n"
        );
        benefits += &format!(
            "K-{no},1,PERAWATAN,FASKES,RS Harapan,BNI,9876543210,{no}100,{no}000,2026-09-0{},V-{no}\n",
            no % 9 + 1
        );
        vouchers += &format!("V-{no},CATAT,2026-09-15,RS Harapan,{no}000,100,0,{no}000,DIBAYAR,,\n")
            .replace(&format!("{no}000,DIBAYAR"), &format!("{},DIBAYAR", no * 1000 - 100));
        payments += &format!("V-{no},2026-09-20,{},T{no},DIBAYAR\n", no * 1000 - 100);
    }
    vouchers += "V-99,CATAT,2026-09-14,RS Harapan,12000,0,0,12000,BATAL,2026-09-14,salah rekening\n";
    [
        ("claims.csv", claims),
        ("benefits.csv", benefits),
        ("vouchers.csv", vouchers),
        ("payments.csv", payments),
    ]
}

/// The postings of files, by name and text.
pub fn postings(files: &[(&str, String)]) -> Vec<Posting> {
    let sheets = files
        .iter()
        .map(|(name, text)| {
            from_bytes(name, text.as_bytes().to_vec(), &Limits::default()).expect("a sheet is read")
        })
        .collect();
    let office = office();
    let today = jiff::civil::date(2026, 10, 30);
    let history: History = read_sheets(sheets, &Options::default(), &office, today);
    let wrong: Vec<_> = history.problems.iter().filter(|p| p.severity == Severity::Error).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let ids = Ids::counting(&history, 1, 1);
    let mut assembler = Assembler::new(&history, &office, HistoryMonths::PaperMonths, &ids);
    let mut postings: Vec<Posting> = Vec::new();
    (0..history.n_claims()).for_each(|place| postings.extend(assembler.claim(place).postings));
    (0..history.n_vouchers()).for_each(|place| postings.extend(assembler.voucher(place).postings));
    postings.extend(assembler.orphan_postings(history.orphan_payments()));
    postings
}

fn listed(files: &[(&str, String)]) -> Vec<String> {
    let report = report("2026-09", &postings(files));
    let tie = &report.tie_out;
    let moved = tie.unmatched.iter().map(|record| record.moves.payments_cash).sum::<Rupiah>();
    assert_eq!(moved, tie.remainder.payments_cash);
    tie.unmatched
        .iter()
        .map(|record| format!("{} {} {}", record.fault.code(), record.reference, record.amount.get()))
        .collect()
}

#[test]
fn sound_files_tie_out() {
    let report = report("2026-09", &postings(&files()));
    let tie = &report.tie_out;
    assert_eq!(tie.unmatched, []);
    assert_eq!((tie.difference, tie.remainder), (Rupiah::ZERO, Remainder::default()));
    assert_eq!(tie.benefits, Rupiah::new(78_000));
    assert_eq!(tie.payments, Rupiah::new(78_000));
    assert_eq!(tie.cash, Rupiah::new(78_000 - 1_200));
    assert_eq!((report.vouchers.count, report.vouchers.voided_here.count), (13, 1));
}

#[test]
fn ten_planted_faults_are_listed_by_their_records() {
    let mut files = files();
    let mut plant = |file: usize, old: &str, new: &str| {
        let text = files[file].1.replacen(old, new, 1);
        assert_ne!(text, files[file].1, "{old}");
        files[file].1 = text;
    };
    let (benefits, vouchers, payments) = (1, 2, 3);
    plant(vouchers, "V-99,", "V-98,CATAT,2026-09-15,RS Harapan,500,0,0,500,DISETUJUI,,\nV-99,");
    plant(
        benefits,
        "K-2,1,",
        "K-2,1,PERAWATAN,FASKES,RS Harapan,BNI,9876543210,2100,2000,2026-09-03,V-1\nK-2,1,",
    );
    plant(benefits, "2026-09-04,V-3", "2026-09-04,V-77");
    plant(benefits, "2026-09-05,V-4", "2026-09-05,V-99");
    plant(benefits, "5100,5000,2026-09-06", "5100,,");
    plant(
        vouchers,
        "V-6,CATAT,2026-09-15,RS Harapan,6000,100,0,5900",
        "V-6,CATAT,2026-09-15,RS Harapan,6050,100,0,5950",
    );
    plant(payments, "V-6,2026-09-20,5900", "V-6,2026-09-20,5950");
    plant(payments, "V-7,", "V-7,2026-09-21,6900,T77,DIBAYAR\nV-7,");
    plant(payments, "V-8,2026-09-20,7900", "V-8,2026-09-20,7400");
    plant(payments, "V-9,2026-09-20,8900,T9,DIBAYAR\n", "");
    plant(payments, "V-10,", "V-66,");
    plant(
        vouchers,
        "V-11,CATAT,2026-09-15,RS Harapan,11000,100,0,10900,DIBAYAR,,",
        "V-11,CATAT,2026-09-15,RS Harapan,11000,100,0,10900,BATAL,2026-09-25,salah",
    );
    let expected = [
        "voucher_without_line V-3 3000",
        "voucher_without_line V-4 4000",
        "voucher_without_line V-98 500",
        "line_on_two_vouchers K-2/1 2000",
        "line_on_unknown_voucher K-3/1 3000",
        "line_on_void_voucher K-4/1 4000",
        "line_not_determined K-5/1 0",
        "voucher_sum_differs V-1 2000",
        "voucher_sum_differs V-5 5000",
        "voucher_sum_differs V-6 50",
        "payment_twice V-7 6900",
        "payment_differs V-8 500",
        "paid_without_payment V-10 9900",
        "paid_without_payment V-9 8900",
        "payment_without_voucher V-66 9900",
        "void_but_paid V-11 11000",
    ];
    assert_eq!(listed(&files), expected);
}
