//! Exit codes, messages, languages, settings: how the program behaves as a program.

use std::io::{BufRead, BufReader};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::Stdio;

use super::branch::{Office, text};

/// Arguments, exit code, a word of standard output or standard error. `¦` parts arguments.
const RUNS: &str = "
    claims¦--limit¦1                          | 0 | dari 180 klaim
    --lang¦en¦claims¦--limit¦1                | 0 | of 180 claims
    --version                                 | 0 | santun 0.1.0
    claims¦--help                             | 0 | --where
    claim¦show¦26-JKK-000047                  | 0 | Bayu Suryana
    claim¦show¦26-jkk-47                      | 1 | 26-jkk-47
    claim¦show¦TIDAK-ADA                      | 1 | TIDAK-ADA
    voucher¦show¦JKK-J03-2610-99999-AA        | 1 | JKK-J03-2610-99999-AA
    voucher¦check¦JKK-J03-2610-00001-AA       | 1 | huruf periksanya tidak cocok
    voucher¦check¦JP-J03-2610-00001-DH        | 0 | tercatat
    report¦2026-13                            | 2 | 2026-10 atau 10/2026
    report¦minggu lalu                        | 2 | bukan bulan
    report¦2027-01                            | 1 | belum dimulai
    voucher¦check¦JP-JO3-26IO-OOOO1-DH        | 0 | JP-J03-2610-00001-DH
    claim¦file¦26-JKK-000047¦--date¦besok lusa | 2 | bukan tanggal
    claim¦outcome¦26-JKK-000047¦waras         | 2 | Pilihan: sembuh, berobat
    claim¦determine¦26-JKK-000047¦--line¦1¦--amount¦5x | 2 | 5x
    claims¦--sort¦warna                       | 2 | kondisi
    claims¦--columns¦no_klaim,warna           | 2 | warna
    claims¦--format¦pdf                       | 2 | pdf
    report¦2026-09                            | 0 | tidak disegel
    cluster¦claims¦--preset¦foo               | 2 | circumstances
    cluster¦claims¦--k¦2¦--svg¦-              | 2 | sebut namanya
    claim¦show¦26-JKK-000047¦--format¦csv     | 2 | table atau json
    voucher¦show¦JP-J03-2610-00001-DH¦--format¦csv | 0 | code,kind,series
    --lang¦fr¦claims                          | 2 | id, en
    cluster¦claims¦--k¦0                      | 2 | auto
    cluster¦claims¦--k¦banyak                 | 2 | auto
    cluster¦claims¦--k¦2¦--runs¦0             | 2 | --runs
    cluster¦claims¦--k¦2¦--runs¦999999        | 2 | 999999
    cluster¦claims¦--preset¦foo               | 2 | circumstances, course
    cluster¦companies¦--preset¦course         | 2 | frequency, burden
    cluster¦companies¦--where¦kondisi = berobat | 2 | --where
    cluster¦--input¦x.csv¦--where¦kondisi = berobat | 2 | --where
    cluster¦--input¦x.csv¦--preset¦course     | 2 | --preset
    cluster¦--input¦/tidak/ada.csv            | 1 | ada.csv
    cluster¦claims¦--where¦kondisi = berobat¦--method¦k-means | 1 | belum selesai
    cluster¦claims¦--where¦kondisi = berobat¦--method¦k-means | 1 | k-modes
    cluster¦claims¦--where¦nama = tidakada    | 1 | Tidak ada klaim JKK yang cocok
    cluster¦claims¦--k¦2¦--runs¦1             | 0 | Ciri yang dipakai (Keadaan kecelakaan): Corak kecelakaan, Sumber cedera
    cluster¦companies¦--k¦2¦--runs¦1          | 0 | Angka klaim tanpa lalu lintas per 1.000 pekerja setahun: pusat
    report¦2026-10¦--out¦/tidak/ada/x.txt     | 1 | foldernya tidak ada
    levers                                    | 0 | Berobat 6–12 bulan
    rank¦companies¦--which¦warna              | 2 | without-traffic
    voucher¦print¦JP-J03-2610-00001-DH¦--format¦csv | 2 | html
    klaim                                     | 2 | claims
    claim                                     | 2 | determine
    inspect¦/tidak/ada.csv                    | 1 | ada.csv
    import¦/tidak/ada.csv                     | 1 | ada.csv
    fsck                                      | 0 | utuh
    today                                     | 0 | siap voucher
    log¦--limit¦1                             | 0 | store.batch
    --lang¦fr¦claims                          | 2 | fr";

#[test]
fn exit_codes_and_messages() {
    let office = Office::looking();
    let mut n_runs = 0;
    for row in RUNS.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let [arguments, code, said] = row.split(" | ").map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("{row}: three columns");
        };
        let output = office.run(&arguments.split('¦').collect::<Vec<_>>());
        assert_eq!(output.code.to_string(), code, "{row}: {output:?}");
        let place = if code == "0" { &output.stdout } else { &format!("{}{}", output.stderr, output.stdout) };
        assert!(place.contains(said), "{row}: {output:?}");
        assert!(code == "0" || code == "1" || output.stdout.is_empty(), "{row}: {output:?}");
        n_runs += 1;
    }
    assert_eq!(n_runs, RUNS.matches(" | ").count() / 2);
}

/// A filter, the message, and the column under which the mark stands.
#[test]
fn a_wrong_filter_shows_the_place_and_the_nearest_word() {
    let office = Office::looking();
    for (filter, nearest, column) in [
        ("perusahan ~ semen", "perusahaan", 1),
        ("programme = JKK dan kondisi = berobta", "berobat", 31),
        ("ditetapkan > 5jt dan kejadan < 2026-01-01", "kejadian", 22),
    ] {
        for lang in ["id", "en"] {
            let said = office.run(&["--lang", lang, "claims", "--where", filter]).fails(2);
            let lines: Vec<&str> = said.lines().collect();
            let [message, shown, mark] = lines[..] else { panic!("three lines: {said}") };
            assert!(message.contains(nearest), "{said}");
            assert_eq!(shown.trim_start(), filter);
            let offset = shown.len() - filter.len();
            assert_eq!(mark.find('^').map(|at| at + 1 - offset), Some(column), "{said}");
        }
    }
}

#[test]
fn both_languages_of_a_filter_give_the_same_rows() {
    let office = Office::looking();
    let mut n_rows = Vec::new();
    for (indonesian, english) in [
        ("kondisi = berobat dan menunggu > 0", "outcome = BEROBAT and waiting > 0"),
        ("kejadian >= 01/01/2026 dan program = JKK", "event_date >= 2026-01-01 and programme = jkk"),
        (
            "(perusahaan ~ pt atau ditetapkan > 5jt) dan bukan terbuka",
            "(company ~ PT or determined > 5jt) and not open",
        ),
        ("umur > 6 bln dan terbuka", "age > 6 mo and open"),
    ] {
        let rows = |filter: &str| office.run(&["claims", "--where", filter, "--format", "json"]).ok();
        assert_eq!(rows(indonesian), rows(english), "{indonesian}");
        n_rows.push(rows(indonesian).matches("claim_no").count());
    }
    assert!(n_rows.iter().all(|n| *n > 0 && *n < 180), "{n_rows:?}");
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let office = Office::looking();
    for arguments in [&["claims"][..], &["voucher", "list", "--format", "json"], &["report", "2026-09"]] {
        let mut child = office
            .frozen
            .command(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let mut reader = BufReader::with_capacity(16, child.stdout.take().expect("a pipe"));
        reader.read_line(&mut line).expect("a line");
        drop(reader);
        let output = child.wait_with_output().expect("our child");
        assert_eq!(
            (output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()),
            (Some(0), ""),
            "{arguments:?}"
        );
        assert!(!line.is_empty());
    }
}

/// Nobody hears what is said beside the answer: the exit code is what it would have been.
#[test]
fn a_closed_standard_error_changes_no_exit_code() {
    let office = Office::looking();
    for (arguments, code) in [
        (&["claim", "show", "TIDAK-ADA"][..], 1),
        (&["--as-of", "3", "claims"], 0),
        (&["klaim"], 2),
        (&["--lang", "fr", "claims"], 2),
        (&["claim"], 2),
        (&["report", "minggu lalu"], 2),
    ] {
        let (ours, theirs) = UnixStream::pair().expect("a pair");
        drop(ours);
        let output = office
            .frozen
            .command(arguments)
            .stdin(Stdio::null())
            .stderr(Stdio::from(OwnedFd::from(theirs)))
            .output()
            .expect("it starts");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn where_there_is_no_store_it_says_how_to_make_one() {
    let office = Office::unmade();
    let offer = office.run(&[]);
    assert_eq!(offer.code, 1, "{offer:?}");
    assert!(offer.stdout.contains("santun init") && offer.stdout.contains("santun demo"), "{offer:?}");
    assert!(office.run(&["claims"]).fails(1).contains("santun init"));
    assert!(office.run(&["--lang", "en", "claims"]).fails(1).contains("There is no store"));
    assert!(!office.store.exists(), "looking makes nothing");
    assert!(office.run(&["init"]).fails(2).contains("Kode kantor"));
    assert!(!office.store.exists(), "an unanswered question makes nothing");
}

#[test]
fn a_store_is_made_once() {
    let office = Office::empty();
    let answers = ["init", "--office", "J04", "--name", "Lain"];
    let said = office.run(&answers).fails(1);
    assert!(said.contains(&text(&office.store)), "{said}");
    let settings = office.run(&["config", "show"]).ok();
    assert!(settings.contains("J03") && !settings.contains("J04"), "{settings}");
}
