//! Duplicates on the command line: what the screen says beside a voucher is said here too, and hard ones stand in the way.

use super::branch::Office;

const CLAIMS: &str = "claim_no,programme,segment,case_kind,worker,id_kind,id_no,npp,company,event_date,reported_date,filed_date,complete_date,outcome,outcome_date,status\n";
const BENEFITS: &str =
    "claim_no,line,component,from,to,payee_kind,payee,bank,account,asked,determined,determined_date\n";

/// A store with these claims (number, identity, day of the event) and lines.
fn office(claims: &[(&str, &str, &str)], lines: &[&str]) -> Office {
    let office = Office::empty();
    let claim = |(number, id_no, event): &(&str, &str, &str)| {
        format!(
            "{number},JKK,PU,KK,Pekerja {number},NIK,{id_no},A1234567,PT Semen,{event},2026-08-03,2026-08-20,2026-08-21,BEROBAT,2026-08-03,DITETAPKAN\n"
        )
    };
    let claims: String = claims.iter().map(claim).collect();
    let files = [
        office.file("claims.csv", &format!("{CLAIMS}{claims}")),
        office.file("benefits.csv", &format!("{BENEFITS}{}\n", lines.join("\n"))),
    ];
    office.run(&["import", &files[0], &files[1]]).ok();
    office
}

/// Two cases of one person a day apart used to be paid both, without a word.
#[test]
fn a_case_told_twice_is_not_paid_before_somebody_says_why() {
    let same = "3273014404910008";
    let office = office(
        &[("K-1", same, "2026-08-01"), ("K-2", same, "2026-08-02")],
        &[
            "K-1,1,TRANSPORT,,,PESERTA,Pekerja K-1,BNI,9876543210,250000,250000,2026-09-01",
            "K-2,1,TRANSPORT,,,PESERTA,Pekerja K-2,BNI,9876543211,300000,300000,2026-09-01",
        ],
    );
    for command in [&["voucher", "issue", "K-1"][..], &["voucher", "record", "K-2", "--code", "RB1"]] {
        let refused = office.run(command);
        assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{refused:?}");
        assert!(refused.stderr.contains("--despite-duplicate"), "{refused:?}");
    }
    let shown = office.run(&["voucher", "issue", "K-1", "--dry-run"]);
    assert!(shown.stdout.contains("Pekerja K-1, BNI, ****3210  250.000"), "{shown:?}");
    assert!(shown.stderr.contains("K-2"), "{shown:?}");
    office.run(&["claim", "amend", "K-2", "--despite-duplicate", "dua kecelakaan"]).ok();
    for claim in ["K-1", "K-2"] {
        office.run(&["voucher", "issue", claim]).ok();
    }
}

#[test]
fn a_payment_like_another_is_said_and_goes_on() {
    let office = office(
        &[("K-1", "3273014404910008", "2026-08-01"), ("K-2", "3273014404920009", "2026-03-01")],
        &[
            "K-1,1,TRANSPORT,,,PESERTA,Pekerja K-1,BNI,9876543210,250000,250000,2026-09-01",
            "K-2,1,TRANSPORT,,,PESERTA,Pekerja K-2,BNI,9876543210,250000,250000,2026-09-01",
        ],
    );
    let first = office.run(&["voucher", "issue", "K-1"]);
    let code = first.stdout.trim().to_owned();
    assert_eq!(first.code, 0, "{first:?}");
    assert!(first.stderr.contains("K-2") && first.stderr.contains("dua orang"), "{first:?}");
    let second = office.run(&["voucher", "record", "K-2", "--code", "RB1"]);
    assert_eq!((second.code, second.stdout.trim()), (0, "RB1"), "{second:?}");
    assert!(second.stderr.contains(&code), "{second:?}");
    let paid = office.run(&["voucher", "pay", &code]);
    assert_eq!(paid.code, 0, "{paid:?}");
    assert!(paid.stderr.contains("RB1"), "{paid:?}");
}
