//! What fsck says below the tables, beyond the cases that `recover` and `crash` bring up.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use santun::store::disk::Disk;
use santun::store::error::{Fault, Standing};
use santun::store::ledger::{Ledger, Mode};
use santun::store::record::{Actor, Hash, Line, SegmentHeader, Stamp, encode_segment_header, parse_line};
use santun::store::verify::{Code, Depth, Gravity, verify};

use super::crash::{ROOT, SEGMENT, journal_files, three_segments, verify_all};
use super::desk::{STORE_ID, commit, entry, key, moment, new_store, open, siti};
use super::disks::MemDisk;

fn codes(memory: &MemDisk) -> Vec<&'static str> {
    let found = verify_all(memory).expect("readable");
    found.findings.iter().map(|finding| finding.code.id()).collect()
}

fn small_store() -> (MemDisk, Ledger) {
    let memory = MemDisk::new();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let mut ledger = new_store(&disk, Path::new(ROOT));
    for name in ["a", "b", "c"] {
        commit(&mut ledger, name, 1).expect("committed");
    }
    (memory, ledger)
}

#[test]
fn a_sound_store_is_told_with_its_figures() {
    let (memory, ledger) = small_store();
    let found = verify_all(&memory).expect("readable");
    assert_eq!(
        (found.findings, found.n_records, found.end, found.is_complete),
        (vec![], 3, ledger.cursor(), true)
    );
}

#[test]
fn the_place_of_damage_is_its_lines_first_byte() {
    let (memory, _) = small_store();
    let whole = memory.bytes(SEGMENT);
    let starts: Vec<usize> =
        whole.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1).collect();
    let mut bytes = whole.clone();
    bytes[starts[1] + 50] ^= 1;
    bytes[starts[2] + 60] ^= 1;
    memory.put(SEGMENT, bytes);
    let found = verify_all(&memory).expect("readable").findings;
    let places: Vec<String> =
        found.iter().filter(|f| f.code == Code::Line).map(|f| f.place.clone()).collect();
    let expected = |at: usize| format!("journal/2026/000000000001.jsonl:{at}");
    assert_eq!(
        places,
        [expected(starts[1]), expected(starts[2])],
        "every damaged line is named, not only the first"
    );
    assert_eq!(found[0].args, [("fault", "checksum".to_owned()), ("seq", "2".to_owned())]);
}

#[test]
fn damage_is_told_once_and_what_follows_is_read_on() {
    let memory = three_segments();
    let files = journal_files(&memory);
    let mut bytes = memory.bytes(&files[0]);
    bytes[400] ^= 1;
    memory.put(&files[0], bytes);
    assert_eq!(codes(&memory), ["S101"]);
}

#[test]
fn a_line_written_anew_with_right_checksums_breaks_the_chain() {
    let (memory, _) = small_store();
    let text = String::from_utf8(memory.bytes(SEGMENT)).expect("text");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let forged = lines[2].replace("1250000", "9250000");
    let covered = &forged[..forged.rfind(",\"c\":").expect("a checksum")];
    lines[2] = format!("{covered},\"c\":\"{:08x}\"}}", crc32c::crc32c(covered.as_bytes()));
    memory.put(SEGMENT, (lines.join("\n") + "\n").into_bytes());
    assert_eq!(codes(&memory), ["S102"]);
}

#[test]
fn a_removed_line_a_doubled_line_and_two_swapped_lines_are_found() {
    let (memory, _) = small_store();
    let text = String::from_utf8(memory.bytes(SEGMENT)).expect("text");
    let lines: Vec<&str> = text.lines().collect();
    for order in [&[0, 1, 3][..], &[0, 1, 2, 2, 3], &[0, 2, 1, 3], &[1, 2, 3], &[0, 0, 1, 2, 3], &[0]] {
        let changed: String = order.iter().map(|at| format!("{}\n", lines[*at])).collect();
        memory.put(SEGMENT, changed.into_bytes());
        assert!(verify_all(&memory).expect("readable").is_damaged(), "{order:?}");
    }
}

#[test]
fn another_stores_journal_is_found() {
    let (memory, _) = small_store();
    let text = String::from_utf8(memory.bytes("/store/FORMAT")).expect("text");
    memory.put("/store/FORMAT", text.replace("0192f000", "0192f001").into_bytes());
    assert!(verify_all(&memory).expect("readable").is_damaged());
}

#[test]
fn erased_fields_and_unknown_logins_are_notes() {
    let memory = MemDisk::new();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let mut ledger = new_store(&disk, Path::new(ROOT));
    let by = Actor { loginuid: Actor::LOGINUID_UNSET, ..siti() };
    let key = key("a");
    let stamp = Stamp { key: &key, by: &by, at: moment(0), secret: [7; 32] };
    ledger.commit(&stamp, |_| Ok::<_, ()>(vec![entry(1), entry(2)])).expect("committed");
    let text = String::from_utf8(memory.bytes(SEGMENT)).expect("text");
    let erased: String = text.lines().map(|line| format!("{}\n", erase(line))).collect();
    memory.put(SEGMENT, erased.into_bytes());
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    // The watermark counts bytes, so a segment sealed anew needs a new one; here only the findings matter.
    let found = verify_all(&*disk).expect("readable").findings;
    let notes: Vec<(Code, String)> = found
        .iter()
        .filter(|f| f.code.gravity() == Gravity::Note)
        .map(|f| (f.code, f.args[0].1.clone()))
        .collect();
    assert_eq!(notes, [(Code::Erased, "2".to_owned()), (Code::LoginUnknown, "2".to_owned())]);
}

/// The line with its personal fields erased, if it has any.
fn erase(line: &str) -> String {
    let (Some(start), Some(end)) = (line.find(r#"{"salt""#), line.find(r#","h":"#)) else {
        return line.to_owned();
    };
    let digest = Hash::of(&line.as_bytes()[start..end]);
    let checksum = line.rfind(",\"c\":").expect("a checksum");
    let covered = format!(r#"{}{{"erased":"{digest}"}}{}"#, &line[..start], &line[end..checksum]);
    format!("{covered},\"c\":\"{:08x}\"}}", crc32c::crc32c(covered.as_bytes()))
}

#[test]
fn it_can_be_ended_early() {
    let memory = three_segments();
    let found =
        verify(&memory, Path::new(ROOT), Depth::Full, &mut |_, _| ControlFlow::Break(())).expect("readable");
    assert!(!found.is_complete && !found.is_damaged());
}

#[test]
fn progress_ends_at_the_whole() {
    let memory = three_segments();
    let total: usize = journal_files(&memory).iter().map(|path| memory.bytes(path).len()).sum();
    let mut told = Vec::new();
    let mut tell = |done, all| {
        told.push((done, all));
        ControlFlow::Continue(())
    };
    verify(&memory, Path::new(ROOT), Depth::Full, &mut tell).expect("readable");
    assert_eq!(told.last(), Some(&(total as u64, total as u64)));
    assert!(told.is_sorted());
}

#[test]
fn it_waits_for_a_commit_under_way() {
    // Between a commit's append and its watermark the journal looks torn to someone without the lock.
    let (memory, _) = small_store();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let mut writer = open(&disk, Path::new(ROOT));
    let (by, key_d) = (siti(), key("d"));
    let stamp = Stamp { key: &key_d, by: &by, at: moment(0), secret: [7; 32] };
    let looker = std::thread::scope(|scope| {
        let mut found = None;
        writer
            .commit(&stamp, |_| {
                found = Some(scope.spawn(|| verify_all(&memory).expect("readable")));
                Ok::<_, ()>(vec![entry(1)])
            })
            .expect("committed");
        found.expect("started").join().expect("no panic")
    });
    assert_eq!(looker.findings, []);
}

#[test]
fn a_wrong_segment_header_is_found_by_readers_and_by_fsck() {
    let memory = three_segments();
    let path = journal_files(&memory)[1].clone();
    let bytes = memory.bytes(&path);
    let end = bytes.iter().position(|b| *b == b'\n').expect("a header") + 1;
    let Ok(Line::Header(right)) = parse_line(&bytes[..end - 1]) else { panic!("a header") };
    let wrong = [
        SegmentHeader { first_seq: right.first_seq + 1, ..right.clone() },
        SegmentHeader { store_id: STORE_ID.replace("test", "best"), ..right.clone() },
        SegmentHeader { after: Hash::of(b"something else"), ..right.clone() },
    ];
    for header in wrong {
        let mut changed = encode_segment_header(&header);
        assert_eq!(changed.len(), end);
        changed.extend_from_slice(&bytes[end..]);
        memory.put(&path, changed);
        let mut reader =
            Ledger::open(Arc::new(memory.clone()), Path::new(ROOT), Mode::Read).expect("a store");
        reader.catch_up().expect("readable");
        assert!(
            matches!(reader.standing(), Standing::Damaged(d) if d.fault == Fault::Header),
            "{header:?}: {:?}",
            reader.standing()
        );
        assert_eq!(codes(&memory), ["S104"], "{header:?}");
    }
}

#[test]
fn a_reader_of_a_damaged_store_gets_what_stands_before() {
    let memory = three_segments();
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let files = journal_files(&memory);
    let mut bytes = memory.bytes(&files[1]);
    let at = bytes.len() - 100;
    bytes[at] ^= 1;
    memory.put(&files[1], bytes);
    let mut reader = Ledger::open(disk, Path::new(ROOT), Mode::Read).expect("a store");
    let before = reader.catch_up().expect("readable");
    assert!(!before.is_empty() && before.len() < 5);
    assert!(reader.catch_up().expect("readable").is_empty(), "asking again gives nothing twice");
}
