//! What is said before money is paid, and how a refusal names its dates.

use super::branch::Office;

const CLAIMS: &str = "claim_no,programme,segment,case_kind,worker,npp,company,event_date,reported_date,filed_date,complete_date,outcome,outcome_date,status
K-1,JKK,PU,KK,Andi,A1234567,PT Semen,2026-08-01,2026-08-03,2026-08-20,2026-08-21,BEROBAT,2026-08-03,DITETAPKAN
";

/// The line's payee, asked, determined; what is said of it, parted by a semicolon, nothing of a line that is in order.
const LINES: &str = "
    PERAWATAN,,,FASKES,RS Entah,BNI,9876543210,5000000,6000000 | melebihi yang diminta 5.000.000; RS Entah belum dikenal
    PERAWATAN,,,PESERTA,Andi,BNI,9876543210,5000000,5000000    |
    PEMAKAMAN,,,PESERTA,Andi,BNI,9876543210,20000000,20000000  | melebihi hitungan menurut aturan 10.000.000";

fn office(line: &str) -> Office {
    let office = Office::empty();
    let heads =
        "claim_no,line,component,from,to,payee_kind,payee,bank,account,asked,determined,determined_date";
    let files = [
        office.file("claims.csv", CLAIMS),
        office.file("benefits.csv", &format!("{heads}\nK-1,1,{line},2026-09-01\n")),
    ];
    office.run(&["import", &files[0], &files[1]]).ok();
    office
}

#[test]
fn a_line_worth_a_second_look_is_told_before_its_voucher() {
    for row in LINES.lines().filter(|row| !row.trim().is_empty()) {
        let (line, expected) = row.split_once('|').expect("two cells");
        let said = office(line.trim()).run(&["voucher", "issue", "K-1", "--dry-run"]);
        assert_eq!(said.code, 0, "{said:?}");
        let expected: Vec<&str> =
            expected.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
        for part in &expected {
            assert!(said.stderr.contains(part), "{part}: {said:?}");
        }
        let n_said = said.stderr.lines().filter(|line| line.contains("K-1 ")).count();
        assert_eq!(n_said, expected.len(), "{said:?}");
    }
}

#[test]
fn a_date_that_comes_too_early_names_the_other_one() {
    let office = office("PERAWATAN,,,PESERTA,Andi,BNI,9876543210,5000000,5000000");
    let code = office.run(&["voucher", "issue", "K-1"]).ok();
    let refused = office.run(&["voucher", "pay", code.trim(), "--date", "01/10/2026"]).fails(1);
    assert!(refused.contains("tanggal 01/10/2026 mendahului tanggal voucher 30/10/2026"), "{refused}");
    let refused = office.run(&["claim", "outcome", "K-1", "sembuh", "--date", "01/07/2026"]).fails(1);
    assert!(refused.contains("mendahului kondisi yang tercatat sebelumnya 03/08/2026"), "{refused}");
}
