//! The judgement over what stands behind the last whole transaction, before anything else: it is the only thing that
//! may shorten a journal.

use std::path::Path;
use std::sync::Arc;

use santun::store::disk::{Disk, RealDisk};
use santun::store::error::{CommitError, Fault, Standing, StoreError};
use santun::store::ledger::{Ledger, Mode};
use santun::store::record::{Entry, Hash, Head, Stamp, encode_transaction};
use santun::store::recover::{Tail, judge_tail};
use santun::store::verify::{Code, Depth, Gravity, mend, verify};

use super::desk::{STORE_ID, commit, entry, key, keys, moment, new_store, open, read_all, settle, siti};

/// The lines of transactions of so many records each, one after the other, and where each begins.
fn lines(counts: &[u64]) -> (Vec<u8>, Vec<usize>) {
    let (mut head, mut bytes, mut starts) = (Head::genesis(STORE_ID), Vec::new(), Vec::new());
    for (idx, n) in counts.iter().enumerate() {
        let (by, key) = (siti(), key(&format!("t{idx}")));
        let stamp = Stamp { key: &key, by: &by, at: moment(0), secret: [7; 32] };
        let entries: Vec<Entry> = (1..=*n).map(entry).collect();
        let (more, transaction) = encode_transaction(head, &stamp, &entries).expect("good entries");
        head = transaction.head();
        let mut at = bytes.len();
        for line in more.split_inclusive(|b| *b == b'\n') {
            starts.push(at);
            at += line.len();
        }
        bytes.extend_from_slice(&more);
    }
    (bytes, starts)
}

fn judge(tail: &[u8]) -> Tail {
    judge_tail(tail, 1000, Head::genesis(STORE_ID))
}

#[track_caller]
fn is_damage(tail: &[u8]) {
    assert!(matches!(judge(tail), Tail::Damage { .. }), "{:?}", judge(tail));
}

#[test]
fn nothing_is_clean_and_nuls_are_torn() {
    assert_eq!(judge(b""), Tail::Clean);
    assert_eq!(judge(b"\0"), Tail::Torn);
    assert_eq!(judge(&[0; 5000]), Tail::Torn);
}

#[test]
fn every_prefix_of_one_transaction_is_torn() {
    for n in [1, 3] {
        let (bytes, _) = lines(&[n]);
        for cut in 1..bytes.len() {
            assert_eq!(judge(&bytes[..cut]), Tail::Torn, "{n} lines cut at {cut}");
            let mut with_nuls = bytes[..cut].to_vec();
            with_nuls.resize(bytes.len() + 7, 0);
            assert_eq!(judge(&with_nuls), Tail::Torn, "{n} lines cut at {cut}, the rest NULs");
        }
    }
}

#[test]
fn a_flipped_bit_in_whole_lines_is_damage() {
    let (bytes, starts) = lines(&[3]);
    let last = starts[2];
    for at in 0..last {
        for bit in 0..8 {
            let mut flipped = bytes[..last + 20].to_vec();
            flipped[at] ^= 1 << bit;
            is_damage(&flipped);
        }
    }
}

#[test]
fn a_line_of_a_later_transaction_proves_that_the_earlier_was_acknowledged() {
    let (bytes, starts) = lines(&[1, 1, 1]);
    let second = starts[1];
    // Whatever is left of the first, once a whole line of the second or third follows, nothing is cut.
    for cut in 1..second {
        let mut tail = bytes[..cut].to_vec();
        tail.push(b'\n');
        tail.extend_from_slice(&bytes[second..]);
        is_damage(&tail);
        let mut holed = vec![0; cut];
        holed.extend_from_slice(&bytes[second..]);
        is_damage(&holed);
    }
    let mut zeroed = bytes.clone();
    zeroed[..second - 1].fill(0);
    is_damage(&zeroed);
}

#[test]
fn what_follows_a_whole_transaction_is_never_cut_with_it() {
    let (bytes, starts) = lines(&[2, 2]);
    // Also when what follows wants only its line feed, or is hardly begun.
    for cut in starts[2] + 1..bytes.len() {
        is_damage(&bytes[..cut]);
    }
    // A whole line of another transaction without its line feed is no beginning of ours.
    is_damage(&bytes[starts[2]..starts[3] - 1]);
}

#[test]
fn eight_hundred_records_survive_a_verifier_that_believes_none() {
    // The prototype of this design cut 800 of 800 records because its verifier was wrong. Here the chain is read
    // against the wrong start, as a wrong verifier would: nothing may be cut.
    let (bytes, _) = lines(&[1; 800]);
    let wrong = Head { seq: 0, hash: Hash::of(b"wrong") };
    assert!(matches!(judge_tail(&bytes, 0, wrong), Tail::Damage { fault: Fault::Chain, .. }));
    let every_checksum_wrong: Vec<u8> = {
        let text = String::from_utf8(bytes).expect("text");
        text.replace(r#"26-10-30"#, r#"26-10-31"#).into_bytes()
    };
    is_damage(&every_checksum_wrong);
}

#[test]
fn a_hole_must_have_the_shape_of_sectors() {
    let (bytes, starts) = lines(&[4]);
    // The tail begins at byte 1000 of its file: sectors begin at its bytes 24, 536, 1048.
    let mut holed = bytes.clone();
    holed[24..536].fill(0);
    assert_eq!(judge(&holed), Tail::Torn);
    holed[536] = 0;
    is_damage(&holed);
    let mut one_nul = bytes.clone();
    one_nul[starts[1] + 5] = 0;
    is_damage(&one_nul);
    let mut two_holes = bytes.clone();
    two_holes[..24].fill(0);
    two_holes[536..1048].fill(0);
    assert_eq!(judge(&two_holes), Tail::Torn);
}

#[test]
fn lines_behind_a_hole_must_still_be_in_order() {
    let (bytes, starts) = lines(&[4]);
    let line = |n: usize| bytes[starts[n - 1]..starts.get(n).copied().unwrap_or(bytes.len())].to_vec();
    // Twenty-four NULs reach to the next sector; the first line behind them is part of the holed one.
    let holed = |order: &[usize]| -> Vec<u8> {
        [vec![0; 24], order.iter().flat_map(|n| line(*n)).collect()].concat()
    };
    assert_eq!(judge(&holed(&[1, 3, 4])), Tail::Torn);
    is_damage(&holed(&[1, 4, 3]));
    is_damage(&holed(&[1, 2, 2]));
}

#[test]
fn foreign_bytes_are_not_a_torn_line() {
    for tail in [&b"hello"[..], b"{\"seq\":1}\n", b"\n", b"{\"v\":1,\"seq\":1}\n", b"{\"w", b" {\"v\":1"] {
        is_damage(tail);
    }
    // A whole transaction without its last line feed is an interrupted write, too.
    let (bytes, _) = lines(&[2]);
    assert_eq!(judge(&bytes[..bytes.len() - 1]), Tail::Torn);
}

#[test]
fn a_newer_programs_line_is_never_cut() {
    let body = br#"{"v":7,"unheard":"of""#;
    let line = format!("{},\"c\":\"{:08x}\"}}\n", String::from_utf8_lossy(body), crc32c::crc32c(body));
    assert_eq!(judge(line.as_bytes()), Tail::Newer(7));
    let (bytes, starts) = lines(&[2]);
    let mut tail = bytes[..starts[1]].to_vec();
    tail.extend_from_slice(line.as_bytes());
    assert_eq!(judge(&tail), Tail::Newer(7));
}

// From here on with a store on the disk.

struct Store {
    dir: tempfile::TempDir,
    disk: Arc<dyn Disk>,
}

impl Store {
    /// Three transactions "a" (1 line), "b" (3 lines), "c" (1 line).
    fn new() -> Self {
        let store = Self { dir: tempfile::tempdir().expect("a folder"), disk: Arc::new(RealDisk::new()) };
        let mut ledger = new_store(&store.disk, &store.root());
        for (name, n) in [("a", 1), ("b", 3), ("c", 1)] {
            commit(&mut ledger, name, n).expect("committed");
        }
        store
    }

    fn root(&self) -> std::path::PathBuf {
        self.dir.path().join("store")
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.root().join(name)
    }

    fn change(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = std::fs::read(self.path(name)).expect("there");
        change(&mut bytes);
        std::fs::write(self.path(name), bytes).expect("written");
    }

    fn journal(&self) -> Vec<u8> {
        std::fs::read(self.path(SEGMENT)).expect("there")
    }

    fn codes(&self) -> Vec<Code> {
        let go_on = &mut |_, _| std::ops::ControlFlow::Continue(());
        let found = verify(&*self.disk, &self.root(), Depth::Full, go_on).expect("readable");
        found.findings.iter().map(|finding| finding.code).collect()
    }

    fn commit(&self, name: &str) -> Result<(), StoreError> {
        match commit(&mut open(&self.disk, &self.root()), name, 1) {
            Ok(_) => Ok(()),
            Err(CommitError::Store(error)) => Err(error),
            Err(CommitError::Refused(())) => panic!("nobody refuses here"),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }
}

const SEGMENT: &str = "journal/2026/000000000001.jsonl";

#[test]
fn v_is_e_goes_on() {
    let store = Store::new();
    assert_eq!(store.codes(), []);
    store.commit("d").expect("committed");
    assert_eq!(keys(&read_all(&store.disk, &store.root())), ["a", "b", "c", "d"]);
}

#[test]
fn a_torn_tail_is_kept_in_quarantine_cut_and_recorded() {
    let store = Store::new();
    let whole = store.journal();
    let torn = br#"{"v":1,"seq":6,"ts":"2026-10"#;
    store.change(SEGMENT, |bytes| bytes.extend_from_slice(torn));
    assert_eq!(store.codes(), [Code::TornTail]);
    // A reader is not disturbed by it, and leaves it.
    assert_eq!(keys(&read_all(&store.disk, &store.root())), ["a", "b", "c"]);
    assert_eq!(store.journal().len(), whole.len() + torn.len());

    let mut ledger = open(&store.disk, &store.root());
    let healed = settle(&mut ledger).expect("healed").expect("there was a tail");
    assert_eq!((healed.bytes, healed.after_seq), (torn.len() as u64, 5));
    assert_eq!(std::fs::read(&healed.quarantine).expect("kept"), torn);
    assert!(store.journal().starts_with(&whole));
    let all = ledger.catch_up().expect("readable");
    let last = &all.last().expect("an event").records[0];
    assert_eq!((last.op.as_str(), last.seq), ("store.recovered", 6));
    assert!(last.data.contains(r#""bytes":28,"after":5,"quarantine":"000000000005-"#), "{}", last.data);
    assert_eq!(store.codes(), [Code::Quarantined]);
    assert_eq!(settle(&mut ledger).expect("nothing left"), None);
}

#[test]
fn a_whole_transaction_behind_the_watermark_is_published() {
    let store = Store::new();
    let before = std::fs::read(store.path("lock/committed")).expect("there");
    store.commit("d").expect("committed");
    std::fs::write(store.path("lock/committed"), before).expect("written");
    assert_eq!(store.codes(), [Code::Unpublished]);
    assert_eq!(keys(&read_all(&store.disk, &store.root())), ["a", "b", "c"]);
    assert_eq!(settle(&mut open(&store.disk, &store.root())).expect("settled"), None);
    assert_eq!(keys(&read_all(&store.disk, &store.root())), ["a", "b", "c", "d"]);
    assert_eq!(store.codes(), []);
}

#[test]
fn v_below_w_is_damage_and_poison() {
    let store = Store::new();
    store.change(SEGMENT, |bytes| bytes.truncate(bytes.len() - 1));
    let cut = store.journal();
    assert_eq!(store.codes(), [Code::Line, Code::Acknowledged]);
    let go_on = &mut |_, _| std::ops::ControlFlow::Continue(());
    let found = verify(&*store.disk, &store.root(), Depth::Full, go_on).expect("readable");
    let place = &found.findings[1].place;
    assert!(place.starts_with("journal/2026/000000000001.jsonl:"), "a place is a path in the store: {place}");
    let mut reader = Ledger::open(Arc::clone(&store.disk), &store.root(), Mode::Read).expect("a store");
    assert_eq!(keys(&reader.catch_up().expect("readable")), ["a", "b"]);
    assert!(matches!(reader.standing(), Standing::Damaged(_)), "{:?}", reader.standing());
    assert!(!store.has("lock/POISON"), "a reader writes nothing");

    assert!(matches!(store.commit("d"), Err(StoreError::Damaged(_))));
    assert!(store.has("lock/POISON"));
    assert!(matches!(store.commit("d"), Err(StoreError::Poisoned(_))));
    assert_eq!(store.journal(), cut, "not a byte was touched");
    let go_on = &mut |_, _| std::ops::ControlFlow::Continue(());
    assert!(mend(&*store.disk, &store.root(), go_on).expect("looked at").is_damaged());
    assert!(store.has("lock/POISON"), "what is damaged stays poisoned");
}

#[test]
fn an_invalid_line_before_a_valid_one_is_never_cut() {
    let store = Store::new();
    // Also without a watermark that protects it.
    let old_mark = {
        let other = Store { dir: tempfile::tempdir().expect("a folder"), disk: Arc::clone(&store.disk) };
        new_store(&other.disk, &other.root());
        std::fs::read(other.path("lock/committed")).expect("there")
    };
    std::fs::write(store.path("lock/committed"), old_mark).expect("written");
    store.change(SEGMENT, |bytes| bytes[400] ^= 4);
    let damaged = store.journal();
    assert!(matches!(store.commit("d"), Err(StoreError::Damaged(_))));
    assert_eq!(store.journal(), damaged);
    assert!(store.has("lock/POISON"));
    assert!(store.codes().iter().any(|code| code.gravity() == Gravity::Truth), "{:?}", store.codes());
}

#[test]
fn without_a_watermark_it_is_read_only_until_fsck() {
    let store = Store::new();
    store.change("lock/committed", |bytes| bytes.fill(0));
    let mut reader = Ledger::open(Arc::clone(&store.disk), &store.root(), Mode::Read).expect("a store");
    assert_eq!(keys(&reader.catch_up().expect("readable")), ["a", "b", "c"]);
    assert_eq!(reader.standing(), &Standing::NoWatermark);
    assert!(matches!(store.commit("d"), Err(StoreError::NoWatermark)));
    assert_eq!(store.codes(), [Code::WatermarkSlot, Code::WatermarkSlot, Code::NoWatermark]);
    let go_on = &mut |_, _| std::ops::ControlFlow::Continue(());
    mend(&*store.disk, &store.root(), go_on).expect("mended");
    assert_eq!(store.codes(), []);
    store.commit("d").expect("committed");
}

#[test]
fn one_bad_watermark_slot_is_only_worth_a_note() {
    for slot in [0, 4096] {
        let store = Store::new();
        store.change("lock/committed", |bytes| bytes[slot + 20] ^= 1);
        let codes = store.codes();
        assert!(codes.contains(&Code::WatermarkSlot), "{codes:?}");
        assert!(codes.iter().all(|code| code.gravity() != Gravity::Truth), "{codes:?}");
        store.commit("d").expect("committed");
        store.commit("e").expect("committed");
        assert_eq!(keys(&read_all(&store.disk, &store.root())), ["a", "b", "c", "d", "e"]);
        assert_eq!(store.codes(), []);
    }
}

#[test]
fn a_newer_line_makes_it_read_only_and_stays() {
    let store = Store::new();
    let body = br#"{"v":2,"seq":6"#;
    let line = format!("{},\"c\":\"{:08x}\"}}\n", String::from_utf8_lossy(body), crc32c::crc32c(body));
    store.change(SEGMENT, |bytes| bytes.extend_from_slice(line.as_bytes()));
    let before = store.journal();
    assert!(matches!(store.commit("d"), Err(StoreError::Newer(2))));
    assert_eq!(store.journal(), before);
    assert!(!store.has("lock/POISON"), "nothing is wrong with it");
    assert_eq!(store.codes(), [Code::Newer]);
    assert_eq!(keys(&read_all(&store.disk, &store.root())), ["a", "b", "c"]);
}

#[test]
fn poison_is_taken_away_by_mend_alone() {
    let store = Store::new();
    std::fs::write(store.path("lock/POISON"), "someone was careful\n").expect("written");
    assert!(
        matches!(store.commit("d"), Err(StoreError::Poisoned(reason)) if reason == "someone was careful")
    );
    assert_eq!(keys(&read_all(&store.disk, &store.root())), ["a", "b", "c"]);
    assert_eq!(store.codes(), [Code::Poison]);
    let go_on = &mut |_, _| std::ops::ControlFlow::Continue(());
    mend(&*store.disk, &store.root(), go_on).expect("mended");
    store.commit("d").expect("committed");
}

#[test]
fn another_record_where_the_watermark_says_is_damage() {
    // Two histories of one store, equally long, whose chains are right; only the watermark knows which one is true.
    let (store, other) = (Store::new(), Store::new());
    store.commit("true").expect("committed");
    other.commit("fake").expect("committed");
    assert_eq!(store.journal().len(), other.journal().len());
    std::fs::write(store.path(SEGMENT), other.journal()).expect("written");
    assert_eq!(store.codes(), [Code::Acknowledged]);
    let mut reader = Ledger::open(Arc::clone(&store.disk), &store.root(), Mode::Read).expect("a store");
    reader.catch_up().expect("readable");
    assert!(matches!(reader.standing(), Standing::Damaged(d) if d.fault == Fault::Watermark));
    assert!(matches!(store.commit("d"), Err(StoreError::Damaged(d)) if d.fault == Fault::Watermark));
}

#[test]
fn a_missing_segment_is_damage() {
    let store = Store::new();
    let away = store.path("journal/2026/away");
    std::fs::rename(store.path(SEGMENT), Path::new(&away)).expect("renamed");
    assert!(matches!(store.commit("d"), Err(StoreError::Damaged(d)) if d.fault == Fault::MissingSegment));
    assert_eq!(store.codes(), [Code::Segment, Code::Acknowledged, Code::Poison, Code::Stranger]);
}
