//! One line of the journal, byte for byte.

use proptest::prelude::*;
use santun::store::record::{
    Actor, Entry, Hash, Head, IdempotencyKey, Line, LineFault, Moment, Personal, RawRecord, SegmentHeader,
    Stamp, encode_segment_header, encode_transaction, harden, is_hazardous, parse_line,
};
use sha2::{Digest, Sha256};

use super::desk::{STORE_ID, key, moment, siti};

/// The line of one entry, without its line feed.
fn line_of(entry: Entry, by: &Actor) -> String {
    let key = key("k-1");
    let stamp = Stamp { key: &key, by, at: moment(0), secret: [7; 32] };
    let (mut bytes, _) = encode_transaction(Head::genesis(STORE_ID), &stamp, &[entry]).expect("a good entry");
    assert_eq!(bytes.pop(), Some(b'\n'));
    String::from_utf8(bytes).expect("text")
}

fn entry(reference: &str, data: &str, pii: &str) -> Entry {
    Entry { op: "claim.registered".into(), reference: reference.into(), data: data.into(), pii: pii.into() }
}

fn record(line: &str) -> RawRecord<'_> {
    match parse_line(line.as_bytes()) {
        Ok(Line::Record(raw)) => raw,
        other => panic!("{other:?}: {line}"),
    }
}

/// Puts the right checksum onto a line whose fields were changed.
fn with_checksum(line: &str) -> String {
    let covered = &line[..line.rfind(",\"c\":").expect("a checksum")];
    format!("{covered},\"c\":\"{:08x}\"}}", crc32c::crc32c(covered.as_bytes()))
}

/// The hash of a first line, by the words of docs/format.md and nothing else.
fn hash_by_hand(line: &str) -> String {
    let (before, rest) = line.split_once(r#","pii":"#).expect("personal fields");
    let (pii, _) = rest.split_once(r#","h":""#).expect("a hash");
    let mut hasher = Sha256::new();
    hasher.update(Sha256::digest(STORE_ID));
    hasher.update(before);
    hasher.update(Sha256::digest(pii));
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn keys_stand_in_their_order() {
    let line = line_of(entry("K26-1", r#"{"asked":1}"#, r#"{"name":"Budi"}"#), &siti());
    let expected = concat!(
        r#"{"v":1,"seq":1,"ts":"2026-10-30T09:00:00.250+07:00","tx":1,"i":1,"n":1,"op":"claim.registered","#,
        r#""by":{"user":"siti","uid":1001,"loginuid":1001,"tty":"pts/3"},"key":"k-1","ref":"K26-1","#,
        r#""data":{"asked":1},"pii":{"salt":""#
    );
    let rest = line.strip_prefix(expected).unwrap_or_else(|| panic!("{line}"));
    let (salt, rest) = rest.split_at(32);
    assert!(salt.bytes().all(|b| b.is_ascii_hexdigit()));
    let hash = hash_by_hand(&line);
    let covered = &line[..line.len() - r#","c":"01234567"}"#.len()];
    let checksum = crc32c::crc32c(covered.as_bytes());
    assert_eq!(rest, format!(r#"","fields":{{"name":"Budi"}}}},"h":"{hash}","c":"{checksum:08x}"}}"#));
}

#[test]
fn every_record_has_its_own_salt() {
    let salt = |line: String| line.split(r#""salt":""#).nth(1).map(|rest| rest[..32].to_owned());
    let lines = |secret: [u8; 32]| {
        let (key, by) = (key("k-1"), siti());
        let stamp = Stamp { key: &key, by: &by, at: moment(0), secret };
        let entries = [entry("a", "{}", r#"{"x":1}"#), entry("b", "{}", r#"{"x":1}"#)];
        let (bytes, _) = encode_transaction(Head::genesis(STORE_ID), &stamp, &entries).expect("good entries");
        let text = String::from_utf8(bytes).expect("text");
        text.lines().map(|line| salt(line.to_owned()).expect("a salt")).collect::<Vec<_>>()
    };
    let (one, two) = (lines([1; 32]), lines([2; 32]));
    assert!(one[0] != one[1] && one[0] != two[0] && one[1] != two[1], "{one:?} {two:?}");
}

#[test]
fn text_that_looks_like_a_lines_end_stays_text() {
    for hostile in [
        r#","pii":{},"h":"00","c":"00000000"}"#,
        r#"{"pii":{"h":1}}"#,
        "\\\",\\\"pii\\\":",
        "}}}]]]",
        "{{{[[[\"",
    ] {
        let quoted = serde_json::to_string(hostile).expect("text");
        let data = format!(r#"{{"note":{quoted},"pii":{{"h":[{quoted}]}}}}"#);
        let pii = format!(r#"{{"name":{quoted}}}"#);
        let by = Actor { user: hostile.into(), tty: hostile.into(), ..siti() };
        let line = line_of(entry(hostile, &data, &pii), &by);
        let raw = record(&line);
        assert!(raw.follows(&Head::genesis(STORE_ID).hash));
        let read = raw.to_record();
        assert_eq!((read.reference.as_str(), read.data, read.pii), (hostile, data, Personal::Fields(pii)));
        assert_eq!((raw.by.user.as_str(), raw.by.tty.as_str()), (hostile, hostile));
    }
}

#[test]
fn control_bidi_and_invisible_characters_are_escaped() {
    for (raw, escaped) in [
        ("\u{1b}[31m", "\\u001b[31m"),
        ("a\u{7f}b", "a\\u007fb"),
        ("\u{9b}2J", "\\u009b2J"),
        ("\u{202e}gnp", "\\u202egnp"),
        ("\u{2066}x\u{2069}", "\\u2066x\\u2069"),
        ("nol\u{200b}lebar", "nol\\u200blebar"),
        ("\u{feff}bom", "\\ufeffbom"),
        ("\u{e0041}tag", "\\udb40\\udc41tag"),
        ("\u{2028}", "\\u2028"),
        ("Budi Çelik 漢字 é 🙂", "Budi Çelik 漢字 é 🙂"),
    ] {
        assert_eq!(harden(raw), escaped, "{raw:?}");
        let quoted = serde_json::to_string(raw).expect("text");
        let pairs = format!(r#"{{"note":{quoted}}}"#);
        let line = line_of(entry(raw, &pairs, &pairs), &Actor { user: raw.into(), ..siti() });
        assert!(!line.chars().any(is_hazardous), "{line:?}");
        let read = record(&line).to_record();
        assert_eq!(read.reference, raw);
        let back: serde_json::Value = serde_json::from_str(&read.data).expect("JSON");
        assert_eq!(back["note"], raw);
    }
}

#[test]
fn what_this_program_would_not_have_written_is_not_a_line() {
    let good = line_of(entry("K26-1", r#"{"asked":1}"#, r#"{"name":"Budi"}"#), &siti());
    record(&good);
    for (from, to) in [
        (r#""seq":1"#, r#""seq":01"#),
        (r#""seq":1"#, r#""seq":-1"#),
        (r#""seq":1"#, r#""seq":"1""#),
        (r#""seq":1"#, r#""seq":18446744073709551616"#),
        (r#"{"v":1,"#, r#"{"v":1, "#),
        (r#","tx":1,"i":1"#, r#","i":1,"tx":1"#),
        (r#","n":1"#, ""),
        ("+07:00", "+07:00:00"),
        (".250+07:00", ".25+07:00"),
        ("T09:", "T9:"),
        ("2026-10-30", "2026-02-30"),
        (r#""uid":1001"#, r#""uid":4294967296"#),
        (r#""key":"k-1""#, r#""key":"""#),
        (r#""key":"k-1""#, r#""key":"k 1""#),
        (r#""data":{"asked":1}"#, r#""data":[1]"#),
        (r#""data":{"asked":1}"#, r#""data":"#),
        (r#","pii":{"#, r#","pii": {"#),
        (r#","h":""#, r#","h":"0"#),
        (r#","h":""#, r#","g":1,"h":""#),
    ] {
        assert!(good.contains(from), "{from}");
        let changed = with_checksum(&good.replacen(from, to, 1));
        assert_eq!(parse_line(changed.as_bytes()), Err(LineFault::Fields), "{from} → {to}");
    }
    for (line, fault) in [
        (good.replacen("siti", "sita", 1), LineFault::Checksum),
        (format!("{good} "), LineFault::Frame),
        (format!(" {good}"), LineFault::Frame),
        (good.to_uppercase(), LineFault::Frame),
        (good[..good.len() - 1].to_owned(), LineFault::Frame),
        (String::new(), LineFault::Frame),
        ("{}".to_owned(), LineFault::Frame),
    ] {
        assert_eq!(parse_line(line.as_bytes()), Err(fault), "{line}");
    }
    assert_eq!(
        parse_line(with_checksum(&good.replacen("\"v\":1", "\"v\":3", 1)).as_bytes()),
        Ok(Line::Newer(3))
    );
}

#[test]
fn erased_personal_fields_keep_the_chain() {
    let line = line_of(entry("K26-1", r#"{"asked":1}"#, r#"{"name":"Budi"}"#), &siti());
    let (start, end) = (line.find(r#"{"salt""#).expect("a salt"), line.find(r#","h":"#).expect("a hash"));
    let digest = Hash::of(&line.as_bytes()[start..end]);
    let erased = with_checksum(&format!(r#"{}{{"erased":"{digest}"}}{}"#, &line[..start], &line[end..]));
    let raw = record(&erased);
    assert!(raw.follows(&Head::genesis(STORE_ID).hash));
    assert_eq!(raw.to_record().pii, Personal::Erased);
    let wrong = with_checksum(&erased.replacen(&digest.to_string()[..8], "00000000", 1));
    assert!(!record(&wrong).follows(&Head::genesis(STORE_ID).hash));
    assert_eq!(record(&line_of(entry("K26-1", "{}", ""), &siti())).to_record().pii, Personal::None);
}

#[test]
fn a_segment_header_reads_back() {
    let header = SegmentHeader { first_seq: 800, store_id: STORE_ID.into(), after: Hash::of(b"before") };
    let bytes = encode_segment_header(&header);
    let line = bytes.strip_suffix(b"\n").expect("a line");
    assert_eq!(parse_line(line), Ok(Line::Header(header)));
}

#[test]
fn moments_read_back_and_nothing_else_does() {
    for text in [
        "2026-10-30T09:15:00.250+07:00",
        "2026-12-31T23:59:59.999+09:00",
        "2027-01-01T00:00:00.000-03:30",
        "1999-02-28T12:00:00.001+00:00",
    ] {
        assert_eq!(Moment::parse(text).map(|moment| moment.to_string()).as_deref(), Some(text));
    }
    for text in [
        "",
        "2026-10-30",
        "2026-10-30T09:15:00.250+07:60",
        "2026-10-30T09:15:00.250-00:00",
        "2026-10-30T09:15:00.250+0a:00",
        "2026-10-30T09:15:60.250+07:00",
        "2026-13-30T09:15:00.250+07:00",
        "2026-10-30T09:15:00.250+99:00",
        "2026-10-30T09:15:00,250+07:00",
        "2026-10-30T24:00:00.000+07:00",
        "2026-10-30 09:15:00.250+07:00",
    ] {
        assert_eq!(Moment::parse(text), None, "{text}");
    }
}

#[test]
fn keys_have_a_form() {
    for good in ["a", "0192f3a4-7b1c-7d2e-8f90-123456789abc", "recovered:0a1b", &"x".repeat(64)] {
        assert!(IdempotencyKey::new(good).is_some(), "{good}");
    }
    for bad in ["", "a b", "a\"", "é", "a\n", &"x".repeat(65)] {
        assert!(IdempotencyKey::new(bad).is_none(), "{bad:?}");
    }
}

/// docs/format.md shows a journal of three lines; it must be what the program writes, and what the document says about
/// hashes must be true when only the document's words are followed.
#[test]
fn the_worked_example_of_the_format_document_is_true() {
    let document = include_str!("../../../docs/format.md");
    let block =
        document.split("```jsonl\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let lines: Vec<&str> = block.lines().collect();
    let id = "0192f3a4-7b1c-7d2e-8f90-123456789abc";
    let genesis = Head::genesis(id);
    let header = SegmentHeader { first_seq: 1, store_id: id.into(), after: genesis.hash };
    let mut expected = encode_segment_header(&header);
    let by = Actor { user: "siti".into(), uid: 1001, loginuid: 1001, tty: "pts/3".into() };
    let key = key("0192f3a5-0000-7000-8000-000000000001");
    let stamp = Stamp { key: &key, by: &by, at: moment(0), secret: [7; 32] };
    let entries = [
        entry("K26-000123", r#"{"programme":"JKK","asked":1250000}"#, r#"{"name":"Budi Santoso"}"#),
        Entry { op: "document.received".into(), ..entry("K26-000123", r#"{"kind":"KTP"}"#, "") },
    ];
    let (transaction, _) = encode_transaction(genesis, &stamp, &entries).expect("good entries");
    expected.extend_from_slice(&transaction);
    assert_eq!(block, String::from_utf8(expected).expect("text"), "the example is what the program writes");

    let mut previous: [u8; 32] = Sha256::digest(id).into();
    for line in &lines[1..] {
        let (before, rest) = line.split_once(r#","pii":"#).expect("personal fields");
        let (pii, rest) = rest.split_once(r#","h":""#).expect("a hash");
        let mut hasher = Sha256::new();
        hasher.update(previous);
        hasher.update(before);
        hasher.update(Sha256::digest(pii));
        previous = hasher.finalize().into();
        let hex: String = previous.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(&rest[..64], hex);
    }
}

/// The document's shell lines recompute the hash with `sha256sum` alone.
#[test]
fn the_shell_lines_of_the_format_document_recompute_a_hash() {
    let document = include_str!("../../../docs/format.md");
    let block =
        |name: &str| document.split(name).nth(1).and_then(|rest| rest.split("```").next()).expect("a block");
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("000000000001.jsonl"), block("```jsonl\n")).expect("written");
    let output = std::process::Command::new("bash")
        .args(["-euc", block("```bash\n")])
        .current_dir(dir.path())
        .output()
        .expect("bash is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = block("```jsonl\n").lines().nth(1).expect("a record");
    assert!(
        line.contains(&format!(r#""h":"{}""#, said.split_whitespace().next().expect("a hash"))),
        "{said}"
    );
}

proptest! {
    #[test]
    fn any_text_reads_back(reference in "\\PC*|[\\x00-\\u{2fff}]{0,40}", value in ".*", user in "[\\x00-\\u{ffff}]{0,12}") {
        let object = serde_json::json!({ "value": value, "deep": { "pii": [value, {}] } }).to_string();
        let line = line_of(entry(&reference, &object, &object), &Actor { user: user.clone(), ..siti() });
        prop_assert!(!line.chars().any(is_hazardous));
        let raw = record(&line);
        prop_assert!(raw.follows(&Head::genesis(STORE_ID).hash));
        prop_assert_eq!(&raw.by.user, &user);
        let read = raw.to_record();
        prop_assert_eq!(&read.reference, &reference);
        let back: serde_json::Value = serde_json::from_str(&read.data).expect("JSON");
        prop_assert_eq!(&back["value"], &value);
        let Personal::Fields(fields) = read.pii else { panic!("fields") };
        prop_assert_eq!(fields, read.data);
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(parse_line(&bytes).is_err());
        let mut framed = b"{\"v\":1,\"seq\":".to_vec();
        framed.extend_from_slice(&bytes);
        let checksum = format!(",\"c\":\"{:08x}\"}}", crc32c::crc32c(&framed));
        framed.extend_from_slice(checksum.as_bytes());
        prop_assert!(parse_line(&framed).is_err());
    }
}
