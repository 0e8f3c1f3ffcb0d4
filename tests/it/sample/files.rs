//! The folder: the columns promised, the same bytes again, and `sample-data/` is what the program makes today.

use std::fs;
use std::path::Path;

use santun::sample::{Mix, Planted, SampleOptions, write_folder};

const FILES: &[(&str, &str)] = &[
    (
        "claims.csv",
        "claim_no,programme,segment,case_kind,worker,id_kind,id_no,kpj,birth_date,sex,npp,company,wage,wage_unit,\
         event_date,event_time,reported_date,filed_date,complete_date,closed_date,closed_as,place,type,source,\
         body_part,icd10,facility,outcome,outcome_date,days_off,status,notes",
    ),
    (
        "benefits.csv",
        "claim_no,line,component,from,to,payee_kind,payee,bank,account,asked,determined,determined_date,voucher",
    ),
    ("vouchers.csv", "code,kind,date,payee,gross,pph,rounding,net,status,void_date,void_reason"),
    ("payments.csv", "voucher,date,amount,reference,status,returned_date"),
    ("companies.csv", "npp,company,group,business_group,kbli,segment,risk_group,workers,from,to"),
    ("facilities.csv", "facility,kind,partner_from,partner_to,bank,account,npwp"),
];

fn sample_data() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data"))
}

#[test]
fn columns_are_those_promised_and_more_come_only_after_them() {
    for (name, heads) in FILES {
        let text = fs::read_to_string(sample_data().join(name)).expect("committed");
        let first = text.lines().next().expect("a heading");
        assert!(first.starts_with(heads), "{name}: {first}");
        let width = first.split(',').count();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut n_rows = 0;
        for row in reader.records() {
            assert_eq!(row.expect("every row has all fields").len(), width, "{name}");
            n_rows += 1;
        }
        assert!(n_rows > 10, "{name}");
    }
}

#[test]
fn the_committed_branch_is_what_the_program_makes() {
    let folder = tempfile::tempdir().expect("a folder");
    write_folder(folder.path(), &SampleOptions::COMMITTED).expect("written");
    let mut size = 0;
    for name in FILES.iter().map(|(name, _)| *name).chain(["truth.json"]) {
        let made = fs::read(folder.path().join(name)).expect("made");
        let committed = fs::read(sample_data().join(name)).expect("committed");
        size += committed.len();
        assert!(made == committed, "{name} differs: make it again with the sample command and seed 2026");
    }
    assert!(size < 3_000_000, "{size} bytes");
}

#[test]
fn truth_can_be_read_and_counts_the_rows() {
    let text = fs::read_to_string(sample_data().join("truth.json")).expect("committed");
    let truth: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let lines =
        |name: &str| fs::read_to_string(sample_data().join(name)).expect("committed").lines().count() - 1;
    assert_eq!(truth["counts"]["claims"], lines("claims.csv"));
    assert_eq!(truth["counts"]["benefits"], lines("benefits.csv"));
    assert_eq!(truth["counts"]["vouchers"], lines("vouchers.csv"));
    assert_eq!(truth["counts"]["payments"], lines("payments.csv"));
    assert_eq!(truth["today"], "2026-10-30");
    assert_eq!(truth["planted"], true);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let blocked = folder.path().join("file");
    fs::write(&blocked, "").expect("written");
    let options =
        SampleOptions { mix: Mix::Explicit { jkk: 5, others: 5 }, seed: 1, planted: Planted::Plain };
    let error = write_folder(&blocked, &options).expect_err("a file is in the way");
    assert_eq!(error.path, blocked);
}
