//! Files attached to claims: kept once by their content, given out byte for byte, proven, found when they are damaged.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::branch::Office;
use super::two::fill;

/// Where the bytes of a digest lie.
fn path_of(office: &Office, sha256: &str) -> PathBuf {
    office.store.join("documents").join(&sha256[..2]).join(&sha256[2..])
}

fn codes(office: &Office, more: &[&str]) -> Vec<String> {
    let said = office.run(&[&["fsck", "--format", "json"], more].concat()).stdout;
    let said: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    let problems = said["problems"].as_array().expect("an array").iter();
    let codes = problems.map(|problem| problem["code"].as_str().expect("a text").to_owned());
    codes.filter(|code| !code.starts_with("S3")).collect()
}

#[test]
fn a_file_is_kept_by_its_content_and_comes_back_as_it_went() {
    let office = Office::empty();
    let claims = fill(&office, 2);
    let scan = office.file("Surat Dokter.pdf", "%PDF-1.7 isi surat");
    let said = office.run(&["document", "attach", &claims[0], "KK3", &scan]).ok();
    assert!(said.contains("Surat Dokter.pdf") && !said.contains("klaim lain"), "{said}");
    let listed = office.json(&["document", "list", &claims[0]]);
    let sha256 = listed[0]["sha256"].as_str().expect("a text").to_owned();
    assert_eq!((&listed[0]["bytes"], sha256.len()), (&18.into(), 64));
    let kept = path_of(&office, &sha256);
    assert_eq!(fs::metadata(&kept).expect("it lies there").permissions().mode() & 0o777, 0o440);
    // The same paper takes the same file once; another claim may, and it is told.
    office.run(&["document", "attach", &claims[0], "KK3", &scan]).fails(1);
    let other = office.file("salinan.pdf", "%PDF-1.7 isi surat");
    let told = office.run(&["document", "attach", &claims[1], "KK3", &other]).ok();
    assert!(told.contains("layak dilihat") && told.contains(&claims[0]), "{told}");
    assert_eq!(fs::read_dir(kept.parent().unwrap()).unwrap().count(), 1, "the bytes lie there once");
    for (named, name) in [("1", "a.pdf"), (&sha256[..8], "b.pdf")] {
        let out = office.frozen.path(name);
        let out = out.to_str().expect("plain");
        office.run(&["document", "get", &claims[0], named, "--out", out]).ok();
        assert_eq!(fs::read(out).expect("written"), b"%PDF-1.7 isi surat");
        office.run(&["document", "get", &claims[0], named, "--out", out]).fails(2);
    }
    let shown = office.run(&["claim", "show", &claims[0]]).ok();
    assert!(shown.contains("Surat Dokter.pdf"), "{shown}");
    // What a file is called may name a person: it stands with the personal fields, masked in what leaves the desk.
    assert!(!listed.to_string().contains("Surat"), "{listed}");
    let log = office.json(&["log", "--limit", "2"]).to_string();
    assert!(log.contains("claim.file_attached") && !log.contains("Surat"), "{log}");
    assert_eq!(codes(&office, &["--full"]), Vec::<String>::new());
    office.run(&["store", "compact", "--yes"]).ok();
    assert_eq!(office.json(&["document", "list", &claims[0]]), listed, "parts keep it too");
    assert_eq!(codes(&office, &["--full"]), Vec::<String>::new());
}

#[test]
fn what_cannot_be_attached_leaves_nothing() {
    let office = Office::empty();
    let claims = fill(&office, 1);
    let empty = office.file("kosong.pdf", "");
    assert!(office.run(&["document", "attach", &claims[0], "KK3", &empty]).fails(1).contains("kosong"));
    let long = office.frozen.path("besar.pdf");
    fs::File::create(&long).and_then(|file| file.set_len((32 << 20) + 1)).expect("a sparse file");
    let long = long.to_str().expect("plain");
    assert!(office.run(&["document", "attach", &claims[0], "KK3", long]).fails(1).contains("32 MiB"));
    let scan = office.file("x.pdf", "x");
    office.run(&["document", "attach", &claims[0], "tidak-ada", &scan]).fails(2);
    office.run(&["document", "attach", "K-999", "KK3", &scan]).fails(1);
    let folder = office.frozen.home().to_str().expect("plain").to_owned();
    office.run(&["document", "attach", &claims[0], "KK3", &folder]).fails(1);
    assert!(!office.store.join("documents").exists());
    assert_eq!(office.json(&["document", "list", &claims[0]]).as_array().map(Vec::len), Some(0));
}

#[test]
fn damage_is_found_and_the_same_file_puts_it_back() {
    let office = Office::empty();
    let claims = fill(&office, 1);
    let scan = office.file("x.pdf", "isi yang benar");
    office.run(&["document", "attach", &claims[0], "KK3", &scan]).ok();
    let sha256 = office.json(&["document", "list", &claims[0]])[0]["sha256"].as_str().unwrap().to_owned();
    let kept = path_of(&office, &sha256);
    office.run(&["document", "verify", &claims[0]]).ok();
    fs::remove_file(&kept).expect("removable");
    assert_eq!(codes(&office, &[]), ["S116"]);
    office.run(&["document", "verify", &claims[0]]).fails(3);
    fs::write(&kept, "isi yang salah").expect("writable");
    assert_eq!(codes(&office, &["--full"]), ["S116"], "of the same length: only its bytes tell");
    assert_eq!(office.run(&["fsck"]).code, 0, "a quick look sees its length");
    let out = office.frozen.path("out.pdf");
    let told = office.run(&["document", "get", &claims[0], "1", "--out", out.to_str().unwrap()]).fails(1);
    assert!(told.contains("cadangan") && !out.exists(), "{told}");
    // Attached again to another paper, its own bytes are put back.
    office.run(&["document", "attach", &claims[0], "KK2", &scan]).ok();
    assert_eq!(codes(&office, &["--full"]), Vec::<String>::new());
}
