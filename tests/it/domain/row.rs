//! A real case as the row that filters look at: the same filter on the same day gives the same answer through its whole
//! life.

use jiff::civil::{Date, date};
use santun::domain::query::{ClaimRow, eval, parse};
use santun::domain::{
    ClaimBasics, ClaimCommand, ClaimId, Component, Icd10, LineNo, Outcome, Place, ReviewMark, Rupiah,
    VoucherCommand,
};

use super::fixtures::{Desk, TODAY, basics, stmb};
use super::table::rows;

const PAPER: Date = date(2026, 10, 5);

/// step | filter | answer after that step
const LIFE: &str = "
    registered | klaim = k26000001 dan budi dan semen               | yes
    registered | nik = 3273000101010001 dan npp = AB123456          | yes
    registered | program = jkk dan segmen = pu dan jenis kasus = kk | yes
    registered | status = tahap 1 dan status_resmi = kosong         | yes
    registered | terbuka dan bukan berakhir                         | yes
    registered | kondisi                                            | no
    registered | umur = 59                                          | yes
    registered | umur berobat                                       | no
    registered | lapor = tepat                                      | yes
    registered | tempo = 02/10/2026                                 | yes
    registered | buku = 09/2026                                     | yes
    registered | berkas kurang = 1                                  | yes
    registered | tempat = lalin dan icd10 ~ s8 dan hari_hilang = 30 | yes
    registered | diminta = 0 dan bukan menunggu                     | yes
    treated    | kondisi = berobat dan tanggal kondisi = 10/09/2026 | yes
    treated    | umur berobat > 1 bln                               | yes
    treated    | diajukan = 10/09/2026 dan status_resmi = diajukan  | yes
    treated    | tempo = 01/03/2027                                 | yes
    treated    | lengkap                                            | no
    treated    | berkas kurang = 5                                  | yes
    lined      | diminta = 5jt dan ditetapkan = 0                   | yes
    lined      | berkas kurang = 7                                  | yes
    determined | menunggu = 4,5jt dan siap voucher = 4,5jt          | yes
    determined | 4500000                                            | yes
    determined | menunggu_bayar                                     | no
    vouchered  | voucher ~ 00001 dan menunggu_bayar = 4,5jt         | yes
    vouchered  | jkkj03261000001                                    | yes
    vouchered  | siap voucher                                       | no
    paid       | dibayar = 4,5jt dan bukan menunggu dan terbuka     | yes
    recovered  | kondisi = sembuh dan status = selesai              | yes
    recovered  | berakhir = 05/10/2026 dan status_resmi = dibayarkan | yes
    recovered  | terbuka                                            | no
    recovered  | tempo atau berkas kurang                           | no
    reviewed   | tinjauan = diperiksa                               | yes";

/// The next step of the case's life.
fn step(desk: &mut Desk, id: ClaimId, name: &str) {
    let commands = match name {
        "treated" => vec![
            ClaimCommand::File { date: date(2026, 9, 10) },
            ClaimCommand::SetOutcome { outcome: Outcome::Berobat, date: date(2026, 9, 10) },
        ],
        "lined" => {
            vec![ClaimCommand::AddLine(Box::new(stmb(date(2026, 9, 1), date(2026, 9, 30), 5_000_000)))]
        }
        "determined" => vec![ClaimCommand::Determine {
            line: LineNo::new(1),
            amount: Rupiah::new(4_500_000),
            date: PAPER,
            number: String::new(),
        }],
        "vouchered" => {
            desk.raise(&[(id, LineNo::new(1))], 0, PAPER).expect("a voucher");
            Vec::new()
        }
        "paid" => {
            let voucher = *desk.vouchers.keys().next().expect("raised before");
            let amount = Rupiah::new(4_500_000);
            let pay = VoucherCommand::Pay { date: PAPER, amount, reference: String::new() };
            desk.voucher(voucher, &pay).expect("paid");
            Vec::new()
        }
        "recovered" => vec![ClaimCommand::SetOutcome { outcome: Outcome::Sembuh, date: PAPER }],
        "reviewed" => vec![ClaimCommand::Review { mark: ReviewMark::Checked, note: String::new() }],
        other => panic!("{other} is no step"),
    };
    for command in commands {
        desk.claim(id, &command).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    }
}

#[test]
fn a_case_through_its_life() {
    let mut desk = Desk::new();
    let form = ClaimBasics {
        place: Some(Place::Traffic),
        icd10: Some(Icd10::parse("S82.1").expect("a code")),
        days_off: Some(30),
        ..basics()
    };
    let id = desk.register(form).expect("registered");
    let mut reached = "registered".to_owned();
    for [name, filter, answer] in rows::<3>(LIFE) {
        if name != reached {
            step(&mut desk, id, &name);
            reached = name;
        }
        let expr = parse(&filter, TODAY).unwrap_or_else(|error| panic!("{filter}: {error:?}"));
        let row = ClaimRow::of(&desk.claims[&id], &desk.office, TODAY);
        assert_eq!(eval(&expr, &row), answer == "yes", "{reached}: {filter}");
    }
    assert_eq!(reached, "reviewed");
    assert!(desk.claims[&id].lines.iter().all(|line| line.component == Component::Stmb));
}
