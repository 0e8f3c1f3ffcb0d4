//! History out of six files: what goes in, what is refused, what goes in as the papers say and is told.

use jiff::civil::{Date, date};
use santun::domain::office::Office;
use santun::domain::period::Period;
use santun::domain::posting::{Posting, PostingKind};
use santun::domain::{ClaimId, Problem, ProcessState, Settlement, VoucherId, VoucherState};
use santun::intake::assemble::{AssembledClaim, AssembledVoucher, Assembler, HistoryMonths, Ids};
use santun::intake::history::{History, Options, read_sheets};
use santun::intake::read::{Limits, Sheet, from_bytes};

pub const TODAY: Date = date(2026, 10, 30);

pub const CLAIMS: &str = "\
claim_no,programme,segment,case_kind,worker,id_kind,id_no,kpj,birth_date,sex,npp,company,wage,wage_unit,event_date,event_time,reported_date,filed_date,complete_date,closed_date,closed_as,place,type,source,body_part,icd10,facility,outcome,outcome_date,days_off,status,notes
K-1,JKK,PU,KK,Budi,NIK,3273000101010001,12345678901,2001-01-01,L,A1234567,PT Semen,5000000,BULAN,2026-07-01,08:30,2026-07-02,2026-07-20,2026-07-22,2026-08-05,SELESAI,DI_TEMPAT,TERJEPIT,MESIN_PRODUKSI,JARI_TANGAN,S61.0,RS Harapan,SEMBUH,2026-07-15,14,SELESAI,
K-2,JKK,PU,KK,Ani,,,,,P,A1234567,PT Semen,5000000,BULAN,2026-09-01,,2026-09-02,2026-09-10,2026-09-11,,,LALU_LINTAS,TERPUKUL,KENDARAAN,KAKI,S82,RS Harapan,BEROBAT,2026-09-02,,DITETAPKAN,
K-3,JHT,PU,,Cici,NIK,3273007101010001,,,P,A1234567,PT Semen,,,2026-06-30,,,2026-08-01,2026-08-03,2026-08-12,SELESAI,,,,,,,,,,SELESAI,
";
pub const BENEFITS: &str = "\
claim_no,line,component,from,to,payee_kind,payee,bank,account,asked,determined,determined_date,voucher
K-1,1,STMB,2026-07-01,2026-07-14,PERUSAHAAN,PT Semen,BRI,1234567890,2333333,2333333,2026-07-25,V-1
K-1,2,PERAWATAN,,,FASKES,RS Harapan,BNI,9876543210,4000000,3500000,2026-07-26,V-2
K-2,1,PERAWATAN,,,FASKES,RS Harapan,BNI,9876543210,8000000,7000000,2026-09-15,V-3
K-2,2,STMB,2026-09-01,2026-09-30,PERUSAHAAN,PT Semen,BRI,1234567890,5000000,,,
K-3,1,SALDO_JHT,,,PESERTA,Cici,BCA,5550001112,60000000,60000000,2026-08-05,V-4
";
pub const VOUCHERS: &str = "\
code,kind,date,payee,gross,pph,rounding,net,status,void_date,void_reason,void_lines
V-1,CATAT,2026-07-28,PT Semen,2333333,0,0,2333333,DIBAYAR,,,
V-2,CATAT,2026-07-28,RS Harapan,3500000,0,0,3500000,DIBAYAR,,,
V-3,CATAT,2026-09-20,RS Harapan,7000000,0,0,7000000,DISETUJUI,,,
V-4,CATAT,2026-08-10,Cici,60000000,500000,0,59500000,DIBAYAR,,,
V-0,CATAT,2026-09-16,RS Harapan,7000000,0,0,7000000,BATAL,2026-09-18,salah rekening,K-2#1
";
pub const PAYMENTS: &str = "\
voucher,date,amount,reference,status,returned_date
V-1,2026-07-30,2333333,T1,DIBAYAR,
V-2,2026-07-30,3500000,T2,RETUR,2026-08-02
V-2,2026-08-05,3500000,T3,DIBAYAR,
V-4,2026-08-12,59500000,T4,DIBAYAR,
";
pub const COMPANIES: &str =
    "npp,company,segment,risk_group,workers,from,to\nA1234567,PT Semen,PU,IV,120,2025-01,\n";
pub const FACILITIES: &str =
    "facility,kind,partner_from,partner_to,bank,account\nRS Harapan,RS,2020-01-01,,BNI,9876543210\n";

pub fn office() -> Office {
    Office::new("J03", "Cabang Contoh", Period::new(2026, 10).expect("a month")).expect("a sound office")
}

pub fn sheet(name: &str, text: &str) -> Sheet {
    from_bytes(name, text.as_bytes().to_vec(), &Limits::default())
        .unwrap_or_else(|problem| panic!("{problem:?}"))
}

/// The branch with one file replaced.
pub fn branch(changes: &[(&str, &str)]) -> History {
    let files = [
        ("claims.csv", CLAIMS),
        ("benefits.csv", BENEFITS),
        ("vouchers.csv", VOUCHERS),
        ("payments.csv", PAYMENTS),
        ("companies.csv", COMPANIES),
        ("facilities.csv", FACILITIES),
    ];
    let text = |name: &str, own: &str| {
        changes.iter().find(|(file, _)| *file == name).map_or(own.to_owned(), |(_, text)| (*text).to_owned())
    };
    let sheets = files.iter().map(|(name, own)| sheet(name, &text(name, own))).collect();
    read_sheets(sheets, &Options::default(), &office(), TODAY)
}

pub fn assembled(history: &History, months: HistoryMonths) -> (Vec<AssembledClaim>, Vec<AssembledVoucher>) {
    let (office, ids) = (office(), Ids::counting(history, 1, 1));
    let mut assembler = Assembler::new(history, &office, months, &ids);
    let claims = (0..history.n_claims()).map(|place| assembler.claim(place)).collect();
    let vouchers = (0..history.n_vouchers()).map(|place| assembler.voucher(place)).collect();
    (claims, vouchers)
}

/// Codes with their rows, `claims.csv:2 nik-shape`.
fn told(problems: &[Problem]) -> Vec<String> {
    problems
        .iter()
        .map(|problem| format!("{}:{} {}", problem.spot.file, problem.spot.row, problem.code))
        .collect()
}

fn sum(postings: &[Posting], kind: PostingKind, month: u32) -> i64 {
    let found = postings.iter().filter(|posting| posting.kind == kind && posting.month.number() == month);
    found.map(|posting| posting.amount.get()).sum()
}

#[test]
fn a_sound_branch_goes_in_whole() {
    let history = branch(&[]);
    assert_eq!(told(&history.problems), Vec::<String>::new());
    assert_eq!((history.n_claims(), history.n_vouchers()), (3, 5));
    assert_eq!(
        (0..3).map(|place| history.home(place).number()).collect::<Vec<_>>(),
        [202_607, 202_608, 202_609]
    );
    let (claims, vouchers) = assembled(&history, HistoryMonths::PaperMonths);
    let [one, three, two] = &claims[..] else { panic!("three claims in the order of their months") };
    assert_eq!(one.claim.basics.claim_no.as_str(), "K-1");
    assert_eq!(one.claim.state(), ProcessState::Closed);
    assert_eq!(one.claim.sums().paid.get(), 5_833_333);
    assert_eq!(
        one.claim.lines[1].voucher.as_ref().map(|link| link.settlement),
        Some(Settlement::Paid(date(2026, 8, 5)))
    );
    let risk = one.claim.basics.company.as_ref().and_then(|company| company.risk_group);
    assert_eq!(risk.map(|risk| risk.code()), Some("IV"));
    assert_eq!(two.claim.state(), ProcessState::Determined);
    assert_eq!(two.claim.sums().waiting_payment.get(), 7_000_000);
    assert_eq!(two.claim.lines[0].voucher.as_ref().map(|link| link.code.as_str()), Some("V-3"));
    assert_eq!(three.claim.filed_date, Some(date(2026, 8, 1)));
    let states: Vec<VoucherState> = vouchers.iter().map(|voucher| voucher.voucher.state).collect();
    use VoucherState::{Approved, Paid, Void};
    assert_eq!(states, [Paid, Paid, Approved, Paid, Void]);
    assert_eq!(
        vouchers[1].voucher.payee.account.as_ref().map(|account| account.as_str()),
        Some("9876543210")
    );
}

#[test]
fn postings_stand_in_the_months_of_the_papers() {
    let history = branch(&[]);
    let (claims, vouchers) = assembled(&history, HistoryMonths::PaperMonths);
    let all: Vec<Posting> = claims
        .into_iter()
        .flat_map(|claim| claim.postings)
        .chain(vouchers.into_iter().flat_map(|voucher| voucher.postings))
        .collect();
    use PostingKind as K;
    let table = [
        (K::Determined, 202_607, 5_833_333),
        (K::Determined, 202_608, 60_000_000),
        (K::Determined, 202_609, 7_000_000),
        (K::VoucherRaised, 202_607, 5_833_333),
        (K::VoucherRaised, 202_609, 14_000_000),
        (K::VoucherVoided, 202_609, 7_000_000),
        (K::LineVouchered, 202_609, 14_000_000),
        (K::LineReleased, 202_609, 7_000_000),
        (K::PaymentMade, 202_607, 5_833_333),
        (K::PaymentMade, 202_608, 63_000_000),
        (K::PaymentReturned, 202_608, 3_500_000),
        (K::LinePaid, 202_607, 5_833_333),
        (K::LinePaid, 202_608, 63_500_000),
        (K::LineUnpaid, 202_608, 3_500_000),
        (K::Filed, 202_609, 13_000_000),
    ];
    for (kind, month, amount) in table {
        assert_eq!(sum(&all, kind, month), amount, "{kind:?} {month}");
    }
    let closed = all.iter().filter(|posting| posting.kind == K::CaseClosed).count();
    assert_eq!(closed, 2);
    let paid = all.iter().find(|posting| posting.kind == K::LinePaid && &*posting.by.claim_no == "K-3");
    let by = &paid.expect("K-3 is paid").by;
    assert_eq!((by.programme.code(), &*by.company, &*by.payee), ("JHT", "PT Semen", "Cici"));
}

#[test]
fn a_later_import_posts_in_the_open_month() {
    let history = branch(&[]);
    let (claims, vouchers) = assembled(&history, HistoryMonths::OpenMonth);
    let postings = claims.iter().flat_map(|claim| &claim.postings);
    let mut months: Vec<u32> = postings
        .chain(vouchers.iter().flat_map(|voucher| &voucher.postings))
        .map(|posting| posting.month.number())
        .collect();
    months.dedup();
    assert_eq!(months, [202_610]);
    assert_eq!(claims[0].claim.states[0].date, date(2026, 7, 2));
}

#[test]
fn ids_are_the_callers() {
    let history = branch(&[]);
    let (claims, vouchers) = assembled(&history, HistoryMonths::PaperMonths);
    assert_eq!(claims[2].claim.id, ClaimId::new(3));
    assert_eq!(vouchers[4].voucher.id, VoucherId::new(5));
    assert_eq!(vouchers[2].voucher.lines[0].claim, claims[2].claim.id);
    assert_eq!(claims[2].claim.lines[0].voucher.as_ref().map(|link| link.id), Some(vouchers[2].voucher.id));
}

/// What each change of a sound file is told as. `old` → `new` in one file.
#[test]
fn rows_that_are_refused() {
    let table: &[(&str, &str, &str, &str)] = &[
        ("claims.csv", "3273000101010001", "327300010101000", "claims.csv:2 nik-shape"),
        ("claims.csv", "JKK,PU,KK,Ani", "JKX,PU,KK,Ani", "claims.csv:3 value-unknown"),
        ("claims.csv", "JKK,PU,KK,Ani", ",PU,KK,Ani", "claims.csv:3 field-empty"),
        ("claims.csv", ",KK,Ani,", ",KK,,", "claims.csv:3 field-empty"),
        ("claims.csv", "JKK,PU,KK,Ani", "JKK,PU,,Ani", "claims.csv:3 field-empty"),
        (
            "claims.csv",
            "2026-09-01,,2026-09-02",
            "2026-11-01,,2026-11-02",
            "claims.csv:3 event-date-out-of-range",
        ),
        ("claims.csv", "2026-09-01,,2026-09-02", "2026-09-01,,2026-08-30", "claims.csv:3 date-before"),
        ("claims.csv", "2026-09-02,2026-09-10", "2026-09-02,2026-09-01", "claims.csv:3 date-before"),
        ("claims.csv", "08:30", "delapan", "claims.csv:2 time-malformed"),
        ("claims.csv", "K-3,JHT,PU,,", "K-3,JHT,PU,KK,", "claims.csv:4 accident-field-outside-jkk"),
        ("claims.csv", "K-3,JHT", "K-1,JHT", "claims.csv:4 claim-twice"),
        ("claims.csv", "S82,", "XX,", "claims.csv:3 icd10-shape"),
        (
            "benefits.csv",
            "K-2,2,STMB,2026-09-01,2026-09-30",
            "K-2,2,STMB,2026-09-30,2026-09-01",
            "benefits.csv:5 span-backwards",
        ),
        (
            "benefits.csv",
            "K-2,2,STMB,2026-09-01,2026-09-30",
            "K-2,2,STMB,,",
            "benefits.csv:5 stmb-without-days",
        ),
        (
            "benefits.csv",
            "K-2,2,STMB,2026-09-01,2026-09-30",
            "K-9,2,STMB,2026-09-01,2026-09-30",
            "benefits.csv:5 line-claim-unknown",
        ),
        ("benefits.csv", "K-2,2,", "K-2,1,", "benefits.csv:5 line-twice"),
        ("benefits.csv", "K-2,2,", "K-2,0,", "benefits.csv:5 line-no-zero"),
        ("benefits.csv", "K-3,1,SALDO_JHT", "K-3,1,STMB", "benefits.csv:6 component-not-of-programme"),
        ("benefits.csv", "5000000,,,", "5000000,4000000,,", "benefits.csv:5 determined-undated"),
        ("benefits.csv", "5000000,,,", "5000000,,2026-10-01,", "benefits.csv:5 determined-amountless"),
        ("benefits.csv", "7000000,2026-09-15", "7000000,2026-09-01", "benefits.csv:4 date-before"),
        ("benefits.csv", "BCA,5550001112", "BCA,12", "benefits.csv:6 account-shape"),
        ("vouchers.csv", "V-3,CATAT,2026-09-20", "V-3,CATAT,2026-11-20", "vouchers.csv:4 date-in-future"),
        ("vouchers.csv", "V-3,CATAT,2026-09-20", "V-1,CATAT,2026-09-20", "vouchers.csv:4 voucher-twice"),
        ("vouchers.csv", "7000000,DISETUJUI", "7000000,ENTAH", "vouchers.csv:4 value-unknown"),
        (
            "payments.csv",
            "V-4,2026-08-12,59500000",
            "V-4,2026-08-12,banyak",
            "payments.csv:5 amount-malformed",
        ),
        ("payments.csv", "V-4,2026-08-12,59500000", "V-4,,59500000", "payments.csv:5 field-empty"),
        ("companies.csv", "120,2025-01,", "120,entah,", "companies.csv:2 month-malformed"),
    ];
    for (file, old, new, expected) in table {
        let history = changed(file, old, new);
        let errors: Vec<String> = told(&history.problems);
        assert_eq!(errors.iter().filter(|text| text == expected).count(), 1, "{new}: {errors:?}");
    }
}

fn changed(file: &str, old: &str, new: &str) -> History {
    let own = match file {
        "claims.csv" => CLAIMS,
        "benefits.csv" => BENEFITS,
        "vouchers.csv" => VOUCHERS,
        "payments.csv" => PAYMENTS,
        _ => COMPANIES,
    };
    let text = own.replacen(old, new, 1);
    assert_ne!(text, own, "{old} is in {file}");
    branch(&[(file, &text)])
}

#[test]
fn faults_of_the_papers_go_in_and_are_told() {
    let table: &[(&str, &str, &str, &str)] = &[
        ("benefits.csv", "2026-09-15,V-3", "2026-09-15,", "vouchers.csv:4 voucher-no-lines"),
        ("benefits.csv", "2026-09-15,V-3", "2026-09-15,V-9", "benefits.csv:4 line-voucher-unknown"),
        ("benefits.csv", "5000000,,,", "5000000,,,V-3", "benefits.csv:5 line-not-determined"),
        ("benefits.csv", "2026-09-15,V-3", "2026-09-15,V-0", "vouchers.csv:6 line-on-void"),
        ("vouchers.csv", "Cici,60000000,500000", "Cici,60500000,1000000", "vouchers.csv:5 voucher-gross"),
        ("vouchers.csv", "500000,0,59500000", "500000,0,59500001", "vouchers.csv:5 voucher-net"),
        ("vouchers.csv", "59500000,DIBAYAR,,", "59500000,BATAL,2026-08-20,", "vouchers.csv:5 void-but-paid"),
        (
            "vouchers.csv",
            "59500000,DIBAYAR,,",
            "59500000,DIBAYAR,2026-08-20,",
            "vouchers.csv:5 void-date-live",
        ),
        ("vouchers.csv", "7000000,BATAL,2026-09-18", "7000000,BATAL,", "vouchers.csv:6 void-undated"),
        ("vouchers.csv", "7000000,DISETUJUI", "7000000,DIBAYAR", "vouchers.csv:4 paid-no-payment"),
        (
            "payments.csv",
            "V-4,2026-08-12,59500000",
            "V-4,2026-08-12,59000000",
            "vouchers.csv:5 payment-not-net",
        ),
        (
            "payments.csv",
            "V-4,2026-08-12,59500000",
            "V-4,2026-08-12,60000000",
            "vouchers.csv:5 payment-not-net",
        ),
        (
            "payments.csv",
            "V-4,2026-08-12,59500000",
            "V-7,2026-08-12,59500000",
            "payments.csv:5 payment-voucher-unknown",
        ),
        ("claims.csv", "BEROBAT,2026-09-02", "BEROBAT,", "claims.csv:3 outcome-undated"),
        ("claims.csv", "2026-08-12,SELESAI", ",SELESAI", "claims.csv:4 closed-undated"),
    ];
    for (file, old, new, expected) in table {
        let history = changed(file, old, new);
        assert_eq!(history.n_refused, 0, "{new}: {:?}", told(&history.problems));
        assert_eq!((history.n_claims(), history.n_vouchers()), (3, 5), "{new}");
        let found = told(&history.problems);
        assert!(found.iter().any(|text| text == expected), "{new}: {found:?}");
        assembled(&history, HistoryMonths::PaperMonths);
    }
}

#[test]
fn a_line_on_two_vouchers_is_on_both() {
    let twice = format!(
        "{BENEFITS}K-2,1,PERAWATAN,,,FASKES,RS Harapan,BNI,9876543210,8000000,7000000,2026-09-15,V-2\n"
    );
    let history = branch(&[("benefits.csv", &twice)]);
    let found = told(&history.problems);
    assert!(found.contains(&"benefits.csv:4 line-on-two-vouchers".to_owned()), "{found:?}");
    assert_eq!(history.n_refused, 0);
    let (_, vouchers) = assembled(&history, HistoryMonths::PaperMonths);
    assert_eq!(vouchers[1].voucher.lines.len(), 2);
    assert_eq!(vouchers[2].voucher.lines.len(), 1);
}

#[test]
fn a_row_for_the_void_voucher_is_no_fault() {
    let twice = format!(
        "{BENEFITS}K-2,1,PERAWATAN,,,FASKES,RS Harapan,BNI,9876543210,8000000,7000000,2026-09-15,V-0\n"
    );
    let vouchers = VOUCHERS.replace("K-2#1", "");
    let history = branch(&[("benefits.csv", &twice), ("vouchers.csv", &vouchers)]);
    assert_eq!(told(&history.problems), Vec::<String>::new());
    let (claims, _) = assembled(&history, HistoryMonths::PaperMonths);
    assert_eq!(claims[2].claim.lines[0].voucher.as_ref().map(|link| link.code.as_str()), Some("V-3"));
}

#[test]
fn money_sent_twice_stays_twice() {
    let twice = format!("{PAYMENTS}V-4,2026-08-13,59500000,T5,DIBAYAR,\n");
    let history = branch(&[("payments.csv", &twice)]);
    assert_eq!(told(&history.problems), ["vouchers.csv:5 payment-twice"]);
    let (_, vouchers) = assembled(&history, HistoryMonths::PaperMonths);
    assert_eq!(vouchers[3].voucher.paid().get(), 119_000_000);
    assert_eq!(sum(&vouchers[3].postings, PostingKind::LinePaid, 202_608), 60_000_000);
}

#[test]
fn paid_by_saying_so_settles_lines_without_money() {
    let history = changed("vouchers.csv", "7000000,DISETUJUI", "7000000,DIBAYAR");
    let (claims, vouchers) = assembled(&history, HistoryMonths::PaperMonths);
    let voucher = &vouchers[2];
    assert_eq!(voucher.voucher.state, VoucherState::Paid);
    assert!(voucher.voucher.payments.is_empty());
    assert_eq!(sum(&voucher.postings, PostingKind::LinePaid, 202_609), 7_000_000);
    assert_eq!(sum(&voucher.postings, PostingKind::PaymentMade, 202_609), 0);
    assert_eq!(claims[2].claim.sums().waiting_payment.get(), 0);
}

#[test]
fn a_line_kept_on_a_void_voucher_is_not_released() {
    let history = changed("benefits.csv", "2026-09-15,V-3", "2026-09-15,V-0");
    let (claims, vouchers) = assembled(&history, HistoryMonths::PaperMonths);
    assert_eq!(sum(&vouchers[4].postings, PostingKind::LineReleased, 202_609), 0);
    assert_eq!(sum(&vouchers[4].postings, PostingKind::VoucherVoided, 202_609), 7_000_000);
    assert_eq!(claims[2].claim.lines[0].voucher.as_ref().map(|link| link.code.as_str()), Some("V-0"));
}

#[test]
fn what_names_an_unknown_voucher_is_posted_by_its_code() {
    let history = changed("benefits.csv", "2026-09-15,V-3", "2026-09-15,V-9");
    let (claims, _) = assembled(&history, HistoryMonths::PaperMonths);
    let posting = claims[2].postings.iter().find(|posting| posting.kind == PostingKind::LineVouchered);
    let posting = posting.expect("the line says it is on a voucher");
    assert_eq!((posting.voucher, &*posting.by.code, posting.amount.get()), (None, "V-9", 7_000_000));

    let history = changed("payments.csv", "V-4,2026-08-12,59500000", "V-7,2026-08-12,59500000");
    let (office, ids) = (office(), Ids::counting(&history, 1, 1));
    let orphans = Assembler::new(&history, &office, HistoryMonths::PaperMonths, &ids)
        .orphan_postings(history.orphan_payments());
    assert_eq!(orphans.len(), 1);
    assert_eq!(
        (orphans[0].voucher, &*orphans[0].by.code, orphans[0].amount.get()),
        (None, "V-7", 59_500_000)
    );
}

#[test]
fn the_same_row_twice_counts_once() {
    let rows = |text: &str, row: usize| format!("{text}{}\n", text.lines().nth(row).expect("a row"));
    let table = [
        ("claims.csv", rows(CLAIMS, 2), "claims.csv:5 claim-row-twice"),
        ("benefits.csv", rows(BENEFITS, 1), "benefits.csv:7 line-row-twice"),
        ("vouchers.csv", rows(VOUCHERS, 1), "vouchers.csv:7 voucher-row-twice"),
    ];
    for (file, text, expected) in table {
        let history = branch(&[(file, &text)]);
        assert_eq!(told(&history.problems), [expected]);
        assert_eq!((history.n_claims(), history.n_vouchers()), (3, 5));
    }
}

#[test]
fn the_lines_of_a_refused_claim_go_with_it() {
    let history = changed("claims.csv", "3273000101010001", "1");
    let found = told(&history.problems);
    assert_eq!(found.iter().filter(|text| text.ends_with("line-claim-refused")).count(), 2, "{found:?}");
    assert_eq!(history.n_claims(), 2);
    // Its vouchers wait for it, with their transfers: without their lines they would be faults that never heal.
    assert!(found.contains(&"vouchers.csv:2 voucher-line-refused".to_owned()), "{found:?}");
    assert_eq!(found.iter().filter(|text| text.ends_with("payment-voucher-refused")).count(), 3, "{found:?}");
    assert_eq!((history.n_vouchers(), history.n_refused), (3, 8));
}

#[test]
fn files_of_one_kind_are_one() {
    let (head, rows) = CLAIMS.split_once('\n').expect("a heading");
    let mut rows = rows.lines();
    let first = format!("{head}\n{}\n", rows.next().expect("a row"));
    let rest = format!("{head}\n{}\n", rows.collect::<Vec<_>>().join("\n"));
    let others = [("p", PAYMENTS), ("v", VOUCHERS), ("b", BENEFITS), ("f", FACILITIES), ("c", COMPANIES)];
    let mut sheets: Vec<Sheet> = others.iter().map(|(name, text)| sheet(name, text)).collect();
    sheets.insert(1, sheet("rest.csv", &rest));
    sheets.push(sheet("first.csv", &first));
    let split = read_sheets(sheets, &Options::default(), &office(), TODAY);
    assert_eq!(told(&split.problems), Vec::<String>::new());
    let whole = branch(&[]);
    assert_eq!(
        assembled(&split, HistoryMonths::PaperMonths).0,
        assembled(&whole, HistoryMonths::PaperMonths).0
    );
}

#[test]
fn an_unknown_file_stops_no_other() {
    let sheets = vec![sheet("cuaca.csv", "kota,cuaca\nBandung,cerah\n"), sheet("claims.csv", CLAIMS)];
    let history = read_sheets(sheets, &Options::default(), &office(), TODAY);
    assert_eq!(told(&history.problems), ["cuaca.csv:1 table-unknown"]);
    assert_eq!(history.n_claims(), 3);
}

#[test]
fn indonesian_headings_and_dialects() {
    let claims = "No Klaim;Program;Jenis Kasus;Nama TK;NPP;Nama Perusahaan;Upah (Rp);Tgl Kejadian;Tgl Lapor;Status\n\
                  K-8;JKK;KK;Dedi;B7654321;CV Maju;Rp4.500.000,00;05/03/2026;06/03/2026;Tahap I\n\
                  K-9;JKK;KK;Eka;B7654321;CV Maju;Rp3.750.000,00;25/03/2026;26/03/2026;Diduga\n";
    let history = read_sheets(vec![sheet("data.csv", claims)], &Options::default(), &office(), TODAY);
    assert_eq!(told(&history.problems), Vec::<String>::new());
    let claim = history.reader().claim(0);
    assert_eq!(claim.basics.event_date, date(2026, 3, 5));
    assert_eq!(claim.basics.wage.map(|wage| wage.amount.get()), Some(4_500_000));
    let (claims, _) = assembled(&history, HistoryMonths::PaperMonths);
    assert_eq!(claims[1].claim.state(), ProcessState::Suspected);
}

#[test]
fn hostile_text_is_harmless_and_told() {
    let text = CLAIMS
        .replace("PU,KK,Budi", "PU,KK,\"=HYPERLINK(\"\"http://x\"\",\"\"Budi\"\")\"")
        .replace("KK,Ani", "KK,A\u{1b}[2Jn\u{202e}i");
    let history = branch(&[("claims.csv", &text)]);
    assert_eq!(told(&history.problems), ["claims.csv:2 text-formula", "claims.csv:3 text-unsafe"]);
    let names: Vec<String> = (0..3).map(|place| history.reader().claim(place).basics.worker.name).collect();
    assert_eq!(names, ["=HYPERLINK(\"http://x\",\"Budi\")", "Cici", "A\u{fffd}[2Jn\u{fffd}i"]);
}
