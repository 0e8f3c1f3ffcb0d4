//! Mutated input: a seeded loop over a corpus of what the store really writes. Half of the mutants get their checksums put
//! right again, so that they reach what stands behind the checksum. A person's file is never believed, and nothing a
//! file can hold makes the program panic, read outside the store or take acknowledged records for a torn tail.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use santun::store::disk::Disk;
use santun::store::ledger::Ledger;
use santun::store::record::{Entry, Head, Line, Stamp, parse_line};
use santun::store::recover::{Tail, judge_tail};
use santun::store::{Mode, Store};
use sha2::{Digest, Sha256};

use super::crash::{ROOT as PLAIN_ROOT, SEGMENT, journal_files, three_segments, verify_all};
use super::desk::{key, moment, siti};
use super::disks::{MemDisk, Recording, Twist, twisted};
use super::ops;
use super::sealed::sealed_store;
use super::together::ROOT;

/// How many inputs of each kind were tried.
#[derive(Debug, Default)]
pub struct Tried {
    pub lines: usize,
    pub tails: usize,
    pub manifests: usize,
    pub records: usize,
    pub journals: usize,
    pub sealed: usize,
}

/// Shows the input when a check of it panics.
struct Held<'a>(&'static str, &'a [u8]);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}: {}", self.0, String::from_utf8_lossy(self.1));
        }
    }
}

/// Numbers and texts at which readers go wrong.
const AWKWARD: &[&str] = &[
    "0",
    "-1",
    "1",
    "18446744073709551615",
    "18446744073709551616",
    "9223372036854775807",
    "-9223372036854775808",
    "4294967296",
    "1e9",
    "0.1",
    "null",
    "{}",
    "[]",
    "\"\"",
    "../../etc/passwd",
    "batches/../../x",
    "\\u0000",
    "\\ud800",
    "}",
    "{",
    "\"",
    ",",
    "\n",
    "\0",
    "2026-13",
    "9999-99-99",
    "202613",
    "Infinity",
];

struct Mutator {
    rng: Xoshiro256PlusPlus,
    corpus: Vec<Vec<u8>>,
}

impl Mutator {
    fn new(seed: u64, corpus: Vec<Vec<u8>>) -> Self {
        assert!(!corpus.is_empty());
        Self { rng: Xoshiro256PlusPlus::seed_from_u64(seed), corpus }
    }

    /// One of the corpus, changed in one to four places.
    fn next(&mut self) -> Vec<u8> {
        let mut bytes = self.corpus[self.rng.gen_range(0..self.corpus.len())].clone();
        for _ in 0..self.rng.gen_range(1..=4) {
            self.change(&mut bytes);
        }
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let len = bytes.len();
        let at = self.rng.gen_range(0..=len);
        let end = (at + self.rng.gen_range(1..=40)).min(len);
        match self.rng.gen_range(0..9) {
            0 if at < len => bytes[at] ^= 1 << self.rng.gen_range(0..8),
            1 if at < len => bytes[at] = self.rng.r#gen(),
            2 => drop(bytes.splice(at..end, std::iter::empty())),
            3 => {
                let twice = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, twice));
            }
            4 => {
                let other = &self.corpus[self.rng.gen_range(0..self.corpus.len())];
                let from = self.rng.gen_range(0..=other.len());
                let to = (from + 200).min(other.len());
                drop(bytes.splice(at..end, other[from..to].iter().copied()));
            }
            5 => {
                let awkward = AWKWARD[self.rng.gen_range(0..AWKWARD.len())];
                drop(bytes.splice(at..end, awkward.bytes()));
            }
            6 => self.number(bytes),
            7 => bytes.truncate(at),
            _ => bytes[at..end].fill(0),
        }
    }

    /// Another number in the place of one.
    fn number(&mut self, bytes: &mut Vec<u8>) {
        let starts: Vec<usize> = (0..bytes.len())
            .filter(|at| bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[*at - 1].is_ascii_digit()))
            .collect();
        if starts.is_empty() {
            return;
        }
        let start = starts[self.rng.gen_range(0..starts.len())];
        let len = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let awkward = AWKWARD[self.rng.gen_range(0..10)];
        drop(bytes.splice(start..start + len, awkward.bytes()));
    }
}

/// The same with the checksum that the line should have, if it has one at all.
fn with_checksum(bytes: &[u8]) -> Vec<u8> {
    let Some(at) = bytes.windows(5).rposition(|window| window == b",\"c\":") else { return bytes.to_vec() };
    let mut whole = bytes[..at].to_vec();
    whole.extend_from_slice(format!(",\"c\":\"{:08x}\"}}", crc32c::crc32c(&bytes[..at])).as_bytes());
    whole
}

/// The MANIFEST with the digest that its body should have.
fn with_sum(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\"body\":") else { return bytes.to_vec() };
    let body = body.trim_end().strip_suffix('}').unwrap_or(body);
    let digest: String = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect();
    let Some((version, _)) = head.split_once("\"sum\":") else { return bytes.to_vec() };
    format!("{version}\"sum\":\"{digest}\",\"body\":{body}}}\n").into_bytes()
}

fn lines_of(memory: &MemDisk, folder: &str) -> Vec<Vec<u8>> {
    let paths = memory.paths().into_iter().map(|path| path.display().to_string());
    let journals = paths.filter(|path| path.starts_with(folder) && path.ends_with(".jsonl"));
    let lines = journals.flat_map(|path| {
        let bytes = memory.bytes(&path);
        bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>()
    });
    lines.filter(|line| !line.is_empty()).collect()
}

/// A line is what was written, or none.
fn a_line(mutator: &mut Mutator) {
    let bytes = mutator.next();
    let _held = Held("line", &bytes);
    if let Ok(Line::Record(_) | Line::Header(_)) = parse_line(&bytes) {
        assert!(mutator.corpus.contains(&bytes), "a line that nobody wrote is believed");
    }
    let forged = with_checksum(&bytes);
    if let Ok(Line::Record(raw)) = parse_line(&forged) {
        // Whether it fits what came before is asked of the whole journal.
        let _ = raw.to_record();
    }
}

/// A tail that holds a valid line of another transaction than the one that was being written is never torn.
fn a_tail(mutator: &mut Mutator, head: Head) {
    let bytes = mutator.next();
    let _held = Held("tail", &bytes);
    if judge_tail(&bytes, 1000, head) != Tail::Torn {
        return;
    }
    for line in bytes.split(|byte| *byte == b'\n') {
        if let Ok(Line::Record(raw)) = parse_line(line) {
            assert_eq!(raw.tx, head.seq + 1, "records of another transaction would be cut off");
        }
    }
}

/// The bytes of a journal: whatever they are, fsck says what is wrong, or nothing is.
fn a_journal(mutator: &mut Mutator, memory: &MemDisk) {
    let bytes = mutator.next();
    let _held = Held("journal", &bytes);
    let is_whole = mutator.corpus.contains(&bytes);
    memory.put(SEGMENT, bytes.clone());
    let found = verify_all(memory);
    assert!(is_whole || found.map_or(true, |found| !found.findings.is_empty()), "nothing is said of it");
}

/// The bytes of a sealed segment: they are what was sealed, or fsck names the damage and nothing is read of them.
fn a_sealed_segment(mutator: &mut Mutator, memory: &MemDisk, path: &str) {
    let bytes = mutator.next();
    let _held = Held("sealed segment", &bytes);
    let is_whole = mutator.corpus.contains(&bytes);
    memory.put(path, bytes.clone());
    let found = verify_all(memory);
    assert!(
        is_whole || !found.is_ok_and(|found| !found.is_damaged()),
        "a changed sealed segment is believed"
    );
}

/// A store whose MANIFEST is changed opens as if there were none; a forged one is refused or read, and no more.
fn a_manifest(mutator: &mut Mutator, memory: &MemDisk, n_claims: u64) {
    let bytes = mutator.next();
    let _held = Held("manifest", &bytes);
    memory.put("/s/MANIFEST", bytes.clone());
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    let store = Store::open_on(Arc::clone(&disk), Path::new(ROOT), Mode::Read).expect("the truth is whole");
    assert_eq!(store.view().n_claims(), n_claims);
    memory.put("/s/MANIFEST", with_sum(&bytes));
    let _ = reads(&disk);
}

/// A record whose facts are changed and whose chain and checksum are right: decoded, or named as undecodable.
fn a_record(mutator: &mut Mutator, memory: &MemDisk, entries: &[Entry]) {
    let mut entry = entries[mutator.rng.gen_range(0..entries.len())].clone();
    mutator.corpus = vec![entry.data.clone().into_bytes(), entry.pii.clone().into_bytes()];
    let changed = mutator.next();
    let Ok(text) = String::from_utf8(changed.clone()) else { return };
    let _held = Held("record", &changed);
    if mutator.rng.gen_bool(0.7) {
        entry.data = text
    } else {
        entry.pii = text
    }
    let image = memory.copy();
    let disk: Arc<dyn Disk> = Arc::new(image);
    let mut ledger = Ledger::open(Arc::clone(&disk), Path::new(ROOT), Mode::Write).expect("a store");
    let (by, key) = (siti(), key("forged"));
    let stamp = Stamp { key: &key, by: &by, at: moment(0), secret: [7; 32] };
    if ledger.commit(&stamp, |_| Ok::<_, ()>(vec![entry])).is_ok() {
        let recording = Arc::new(Recording::default());
        let _ = reads(&twisted(disk, Arc::clone(&recording) as Arc<dyn Twist>));
        let outside = |path: &PathBuf| {
            !path.starts_with(ROOT) || path.components().any(|part| part.as_os_str() == "..")
        };
        let calls = recording.take();
        assert!(!calls.iter().any(|(_, path)| outside(path)), "it reads outside the store: {calls:?}");
    }
}

fn reads(disk: &Arc<dyn Disk>) -> Result<u64, santun::store::StoreError> {
    let store = Store::open_on(Arc::clone(disk), Path::new(ROOT), Mode::Read)?;
    let mut n = 0;
    store.view().for_each_claim(&mut |_| n += 1)?;
    Ok(n)
}

/// A store with claims, a batch, parts and a rest, and the entries of its journal.
fn a_store() -> (MemDisk, Vec<Entry>) {
    let memory = MemDisk::new();
    let of = ops::named("a compaction");
    let disk: Arc<dyn Disk> = Arc::new(memory.clone());
    (of.prepare)(&disk);
    let lines = lines_of(&memory, "/s/journal");
    let entries = lines.iter().filter_map(|line| match parse_line(line) {
        Ok(Line::Record(raw)) => Some(raw.to_record()),
        _ => None,
    });
    let entries = entries.map(|record| Entry {
        op: record.op,
        reference: record.reference,
        data: record.data,
        pii: match record.pii {
            santun::store::record::Personal::Fields(fields) => fields,
            _ => String::new(),
        },
    });
    let entries: Vec<Entry> = entries.collect();
    assert!(entries.iter().any(|entry| entry.op == "store.batch"), "a batch's line is mutated, too");
    (memory, entries)
}

/// Mutates for so long.
pub fn mutate_for(seed: u64, longest: Duration) -> Tried {
    let plain = three_segments();
    let lines = lines_of(&plain, PLAIN_ROOT);
    let genesis = Head::genesis(super::desk::STORE_ID);
    let tails: Vec<Vec<u8>> =
        (1..lines.len()).map(|n| [lines[1..=n].join(&b'\n'), b"\n".to_vec()].concat()).collect();
    let mut of_lines = Mutator::new(seed, lines);
    let mut of_tails = Mutator::new(seed + 1, tails);
    let mut of_journals = Mutator::new(seed + 2, vec![plain.bytes(SEGMENT)]);
    let (memory, entries) = a_store();
    let mut of_manifests = Mutator::new(seed + 3, vec![memory.bytes("/s/MANIFEST")]);
    let mut of_records = Mutator::new(seed + 4, vec![Vec::new()]);
    let n_claims = reads(&(Arc::new(memory.copy()) as Arc<dyn Disk>)).expect("a store");
    let spoiled = memory.copy();
    let packed = sealed_store();
    let path = journal_files(&packed).into_iter().find(|path| path.ends_with(".zst")).expect("sealed");
    let mut of_sealed = Mutator::new(seed + 5, vec![packed.bytes(&path)]);
    let (mut tried, began) = (Tried::default(), Instant::now());
    while began.elapsed() < longest {
        for _ in 0..50 {
            a_line(&mut of_lines);
            a_tail(&mut of_tails, genesis);
            tried.lines += 1;
            tried.tails += 1;
        }
        for _ in 0..10 {
            a_journal(&mut of_journals, &plain);
            a_sealed_segment(&mut of_sealed, &packed, &path);
            tried.journals += 1;
            tried.sealed += 1;
        }
        a_manifest(&mut of_manifests, &spoiled, n_claims);
        tried.manifests += 1;
        a_record(&mut of_records, &memory, &entries);
        tried.records += 1;
    }
    tried
}

#[test]
fn mutated_input_is_never_believed_and_never_a_panic() {
    let tried = mutate_for(1, Duration::from_secs(2));
    assert!(tried.lines > 0 && tried.records > 0, "{tried:?}");
}
