//! Erasing the personal data of a year on the command line: refused with its reasons, proposed by one, approved by another.

use super::branch::Office;

/// Two cases of 2014 that are closed and paid, one of 2014 that is rejected, one of 2016, one of today.
const CLAIMS: &str = "claim_no,programme,segment,case_kind,worker,id_kind,id_no,npp,company,event_date,reported_date,filed_date,complete_date,outcome,outcome_date,status,closed_date
L-1,JKK,PU,KK,Rahasiawan Satu,NIK,3273000101900011,A1234567,PT Semen,2014-03-01,2014-03-02,2014-03-20,2014-03-21,SEMBUH,2014-04-02,SELESAI,2014-06-01
L-2,JKK,PU,KK,Rahasiawan Dua,NIK,3273000101900022,A1234567,PT Semen,2014-05-01,2014-05-02,2014-05-20,2014-05-21,SEMBUH,2014-06-02,SELESAI,2014-07-01
L-3,JKK,PU,KK,Pekerja Tiga,NIK,3273000101900033,A1234567,PT Semen,2016-05-01,2016-05-02,2016-05-20,2016-05-21,SEMBUH,2016-06-02,SELESAI,2016-07-01
L-4,JKK,PU,KK,Pekerja Empat,NIK,3273000101900044,A1234567,PT Semen,2026-08-01,2026-08-02,2026-08-20,2026-08-21,BEROBAT,2026-08-02,DITETAPKAN,
";
const BENEFITS: &str =
    "claim_no,line,component,payee_kind,payee,bank,account,asked,determined,determined_date,voucher
L-1,1,PERAWATAN,PESERTA,Rahasiawan Satu,BRI,7700001111,250000,250000,2014-04-05,RB14040001
L-2,1,PERAWATAN,PESERTA,Rahasiawan Dua,BRI,7700002222,150000,150000,2014-06-05,RB14060001
L-3,1,PERAWATAN,PESERTA,Pekerja Tiga,BRI,7700003333,150000,150000,2016-06-05,RB16060001
L-4,1,PERAWATAN,FASKES,RS Harapan,BNI,9876543210,250000,250000,2026-09-01,
";
const VOUCHERS: &str = "code,kind,date,payee,gross,pph,rounding,net,status,programme,payee_kind,bank,account
RB14040001,CATAT,2014-04-10,Rahasiawan Satu,250000,0,0,250000,DIBAYAR,JKK,PESERTA,BRI,7700001111
RB14060001,CATAT,2014-06-10,Rahasiawan Dua,150000,0,0,150000,DIBAYAR,JKK,PESERTA,BRI,7700002222
RB16060001,CATAT,2016-06-10,Pekerja Tiga,150000,0,0,150000,DIBAYAR,JKK,PESERTA,BRI,7700003333
";
const PAYMENTS: &str = "voucher,date,amount,reference,status
RB14040001,2014-04-12,250000,A,DIBAYAR
RB14060001,2014-06-12,150000,B,DIBAYAR
RB16060001,2016-06-12,150000,C,DIBAYAR
";

fn office(claims: &str, payments: &str) -> Office {
    let office = Office::empty();
    import(&office, claims, payments).ok();
    office
}

fn import(office: &Office, claims: &str, payments: &str) -> crate::support::Output {
    import_with(office, claims, VOUCHERS, payments)
}

fn import_with(office: &Office, claims: &str, vouchers: &str, payments: &str) -> crate::support::Output {
    let texts = [
        ("claims.csv", claims),
        ("benefits.csv", BENEFITS),
        ("vouchers.csv", vouchers),
        ("payments.csv", payments),
    ];
    let files = texts.map(|(name, text)| office.file(name, text));
    let arguments: Vec<&str> = std::iter::once("import").chain(files.iter().map(String::as_str)).collect();
    office.run(&arguments)
}

fn erase(office: &Office, year: &str, more: &[&str]) -> crate::support::Output {
    office.run(&[&["store", "erase", year], more].concat())
}

/// What is said of a year that cannot be erased.
fn refused(office: &Office, year: &str) -> String {
    let said = erase(office, year, &[]);
    assert_eq!(said.code, 1, "{}{}", said.stdout, said.stderr);
    said.stdout
}

#[test]
fn a_year_that_may_not_be_erased_says_why() {
    let office = office(CLAIMS, PAYMENTS);
    let said = erase(&office, "2014", &[]).ok();
    assert!(said.contains("2 klaim dan 2 voucher") && said.contains("--reason"), "{said}");
    let young = refused(&office, "2016");
    assert!(young.contains("disimpan 10 tahun") && young.contains("2027"), "{young}");
    let open = refused(&office, "2026");
    assert!(open.contains("2026-10") && open.contains("3 klaim") && open.contains("L-4"), "{open}");
    assert!(refused(&office, "2010").contains("Tidak ada data pribadi"));
    assert!(erase(&office, "2014", &["--approve"]).fails(1).contains("Belum ada yang mengusulkan"));
    assert!(erase(&office, "2016", &["--reason", "x"]).fails(1).contains("2027"), "nothing is proposed");
    erase(&office, "2014", &["--reason", "masa simpan lewat"]).ok();
    assert!(erase(&office, "2014", &["--reason", "lagi"]).fails(1).contains("sudah diusulkan"));
    assert!(erase(&office, "2014", &["--approve"]).fails(1).contains("harus orang lain"));
    let list = office.json(&["store", "erase"]);
    assert_eq!(
        (&list[0]["year"], &list[0]["what"], list.as_array().map(Vec::len)),
        (&2014.into(), &"asked".into(), Some(1))
    );
    // A branch may keep its data for longer, not for a shorter time.
    assert!(office.run(&["config", "set", "retention", "9"]).fails(1).contains("paling sedikit 10"));
    office.run(&["config", "set", "retention", "12"]).ok();
    assert!(refused(&office, "2014").contains("2027"));
}

#[test]
fn what_is_not_at_its_end_is_not_erased() {
    // A voucher of 2014 of which nothing was ever paid; its case says that it is over, and another one does not.
    let unpaid = PAYMENTS.replace("RB14040001,2014-04-12,250000,A,DIBAYAR\n", "");
    let open = CLAIMS.replace("2014-06-02,SELESAI,2014-07-01", "2014-06-02,DITETAPKAN,");
    let vouchers = VOUCHERS.replacen("250000,DIBAYAR", "250000,DISETUJUI", 1);
    let office = Office::empty();
    let _ = import_with(&office, &open, &vouchers, &unpaid);
    let said = refused(&office, "2014");
    assert!(said.contains("1. 2 klaim") && said.contains("L-1"), "{said}");
    assert!(said.contains("2. 1 voucher") && said.contains("RB14040001") && !said.contains("3. "), "{said}");
    assert!(erase(&office, "2014", &["--reason", "x"]).fails(1).contains("L-"));
}

#[test]
fn two_people_erase_a_year() {
    let office = office(CLAIMS, PAYMENTS);
    let report = |office: &Office| office.run(&["report", "2014-06", "--format", "json"]).ok();
    let totals = report(&office);
    let voucher = office.json(&["voucher", "show", "RB14040001"]);
    erase(&office, "2014", &["--reason", "masa simpan lewat"]).ok();
    if !rustix::process::geteuid().is_root() {
        eprintln!("skipped: only root can be two people");
        return;
    }
    let give = |uid: u32| {
        let mut chown = std::process::Command::new("chown");
        chown.args(["-R", &uid.to_string()]).arg(office.frozen.home());
        assert!(chown.status().expect("chown is there").success());
    };
    let mut second = office.frozen.command_as(4711, &["store", "erase", "2014", "--approve"]);
    give(4711);
    let second = second.output().expect("everybody may run a copy");
    give(0);
    let said = String::from_utf8_lossy(&second.stdout).into_owned();
    assert!(second.status.success(), "{}{said}", String::from_utf8_lossy(&second.stderr));
    assert!(said.contains("Buat cadangan baru"), "{said}");

    assert_eq!(report(&office), totals, "the report says what it said");
    assert_eq!(office.json(&["fsck", "--full"])["ok"], true);
    let after = office.json(&["voucher", "show", "RB14040001"]);
    assert_eq!((&after["gross"], &after["date"]), (&voucher["gross"], &voucher["date"]));
    assert_ne!(after["payee"], voucher["payee"]);
    let shown = office.run(&["claim", "show", "L-1"]).ok();
    assert!(shown.contains("(dihapus)") && !shown.contains("Rahasiawan"), "{shown}");
    let json = office.json(&["claim", "show", "L-1"]);
    assert_eq!((&json["erased"], &json["id_no"]), (&true.into(), &"".into()));
    let everything = [
        office.run(&["claims"]).ok(),
        office.run(&["claims", "--format", "csv", "--unmask"]).ok(),
        office.run(&["voucher", "list"]).ok(),
        office.run(&["claim", "show", "L-2"]).ok(),
        office.run(&["log", "--limit", "100"]).ok(),
    ]
    .concat();
    assert!(!everything.contains("Rahasiawan") && everything.contains("(dihapus)"), "{everything}");
    assert!(everything.contains("Pekerja Tiga"), "others stay");
    assert!(!office.run(&["claims", "--where", "nik=3273000101900011"]).stdout.contains("L-1"));
    assert!(office.run(&["claims", "--where", "nik=3273000101900033"]).ok().contains("L-3"));
    // Nothing more is done to it, not by a command and not by a file.
    let scan = office.file("scan.pdf", "lampiran");
    for command in [
        &["document", "attach", "L-1", "KK3", &scan][..],
        &["claim", "amend", "L-1", "--worker", "Orang Lain"],
    ] {
        let said = office.run(command);
        assert!(said.stderr.contains("sudah dihapus"), "{command:?}: {}{}", said.stdout, said.stderr);
    }
    assert!(!office.store.join("documents").exists(), "a file that is refused is not kept");
    let again = import(&office, CLAIMS, PAYMENTS);
    assert!(!office.run(&["claim", "show", "L-1"]).ok().contains("Rahasiawan"), "{}", again.stdout);
    let list = office.json(&["store", "erase"]);
    let what: Vec<&str> =
        list.as_array().expect("a list").iter().filter_map(|deed| deed["what"].as_str()).collect();
    assert_eq!(what, ["asked", "approved", "finished"]);
    assert!(refused(&office, "2014").contains("Tidak ada data pribadi"));
}
