//! Income tax on old age savings: withheld by the rule, said with its mark, or as the person says.

use super::branch::Office;

const CLAIMS: &str = "claim_no,programme,segment,worker,id_kind,id_no,npp,company,event_date,reported_date,filed_date,complete_date,status\n";
const BENEFITS: &str =
    "claim_no,line,component,payee_kind,payee,bank,account,asked,determined,determined_date\n";

/// A store with three old age claims of 100, 50 and 80 million.
fn office() -> Office {
    let office = Office::empty();
    let (mut claims, mut lines) = (CLAIMS.to_owned(), BENEFITS.to_owned());
    for (number, amount) in [(1, 100_000_000), (2, 50_000_000), (3, 80_000_000)] {
        claims.push_str(&format!(
            "T-{number},JHT,PU,Peserta {number},NIK,327301440491000{number},A1234567,PT Semen,2026-10-0{number},2026-10-05,2026-10-06,2026-10-07,DITETAPKAN\n"
        ));
        lines.push_str(&format!(
            "T-{number},1,SALDO_JHT,PESERTA,Peserta {number},BNI,987654321{number},{amount},{amount},2026-10-08\n"
        ));
    }
    let files = [office.file("claims.csv", &claims), office.file("benefits.csv", &lines)];
    office.run(&["import", &files[0], &files[1]]).ok();
    office
}

#[test]
fn old_age_savings_are_paid_less_the_tax_above_fifty_million() {
    let office = office();
    let shown = office.run(&["voucher", "issue", "T-1", "--dry-run"]);
    assert!(shown.stderr.contains("2.500.000") && shown.stderr.contains("belum diverifikasi"), "{shown:?}");
    for (claim, flags, pph, net) in [
        ("T-1", &[][..], 2_500_000, 97_500_000),
        ("T-2", &[], 0, 50_000_000),
        ("T-3", &["--pph", "1.000.000"], 1_000_000, 79_000_000),
    ] {
        let code = office.run(&[&["voucher", "issue", claim], flags].concat()).ok();
        let voucher = office.json(&["voucher", "show", code.trim()]);
        assert_eq!((voucher["pph"].as_i64(), voucher["net"].as_i64()), (Some(pph), Some(net)), "{voucher}");
    }
    let report = office.json(&["report", "2026-10"]);
    assert_eq!(report["vouchers"]["pph"], 3_500_000);
    assert_eq!(report["tie_out"]["difference"], 0);
}
