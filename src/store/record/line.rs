//! From events to lines.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::parse::{erased_digest, personal};
use super::text::{harden, push_json_string};
use super::{
    Actor, Entry, Hash, Head, LINE_VERSION, Loose, Personal, Record, SegmentHeader, Stamp, Transaction,
};

/// Why an entry cannot be written. It is always a bug of the caller, told as an error because the journal must not
/// suffer from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadEntry {
    /// A transaction needs at least one record.
    #[error("a transaction without records")]
    Empty,
    /// `op` is not of the form `word.word`.
    #[error("the operation's name has a wrong form")]
    Op,
    /// `data` is not one JSON object on one line.
    #[error("the data are not one JSON object on one line")]
    Data,
    /// `pii` is neither empty nor one JSON object on one line.
    #[error("the personal fields are not one JSON object on one line")]
    Pii,
    /// The transaction is longer than a segment may be.
    #[error("the transaction is too large")]
    TooLarge,
}

/// Longest transaction, in bytes of lines.
const TRANSACTION_MAX_BYTES: usize = 32 << 20;

/// Whether an entry can become a line.
pub fn check_entry(entry: &Entry) -> Result<(), BadEntry> {
    let op_fits = (1..=64).contains(&entry.op.len())
        && entry.op.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    if !op_fits {
        return Err(BadEntry::Op);
    }
    if !is_one_line_object(&entry.data) {
        return Err(BadEntry::Data);
    }
    if !entry.pii.is_empty() && !is_one_line_object(&entry.pii) {
        return Err(BadEntry::Pii);
    }
    Ok(())
}

fn is_one_line_object(json: &str) -> bool {
    json.starts_with('{')
        && json.ends_with('}')
        && !json.bytes().any(|b| b < 0x20)
        && serde_json::from_str::<&serde_json::value::RawValue>(json).is_ok()
}

/// The lines of one transaction, each with its line feed, and the transaction as a reader will find it.
pub fn encode_transaction(
    after: Head,
    stamp: &Stamp<'_>,
    entries: &[Entry],
) -> Result<(Vec<u8>, Transaction), BadEntry> {
    if entries.is_empty() {
        return Err(BadEntry::Empty);
    }
    let mut head = after;
    let mut bytes = Vec::new();
    let mut records = Vec::with_capacity(entries.len());
    let frame = Frame { stamp, tx: after.seq + 1, n: entries.len() };
    for (idx, entry) in entries.iter().enumerate() {
        check_entry(entry)?;
        let (line, record) = frame.encode(head, idx + 1, entry);
        head = Head { seq: record.seq, hash: record.hash };
        bytes.extend_from_slice(line.as_bytes());
        records.push(record);
        if bytes.len() > TRANSACTION_MAX_BYTES {
            return Err(BadEntry::TooLarge);
        }
    }
    let transaction = Transaction { key: stamp.key.clone(), by: stamp.by.clone(), at: stamp.at, records };
    Ok((bytes, transaction))
}

/// What the lines of one transaction have in common.
struct Frame<'a> {
    stamp: &'a Stamp<'a>,
    tx: u64,
    n: usize,
}

impl Frame<'_> {
    fn encode(&self, after: Head, i: usize, entry: &Entry) -> (String, Record) {
        let seq = after.seq + 1;
        let data = harden(&entry.data).into_owned();
        let mut line = self.open(seq, i, &entry.op, &entry.reference, &data, entry.pii.len());
        let fields = harden(&entry.pii).into_owned();
        let pii = salted(&fields, self.stamp, seq);
        let hash = close(&mut line, &after.hash, &pii, &Hash::of(pii.as_bytes()));
        let pii = if fields.is_empty() { Personal::None } else { Personal::Fields(fields) };
        let (op, reference) = (entry.op.clone(), entry.reference.clone());
        (line, Record { seq, op, reference, data, pii, hash })
    }

    /// The line before `,"pii":`.
    fn open(&self, seq: u64, i: usize, op: &str, reference: &str, data: &str, more: usize) -> String {
        let Self { stamp, tx, n } = self;
        let mut line = String::with_capacity(512 + data.len() + more);
        push(&mut line, format_args!(r#"{{"v":{LINE_VERSION},"seq":{seq},"ts":"{}","tx":{tx}"#, stamp.at));
        push(&mut line, format_args!(r#","i":{i},"n":{n},"op":"{op}","by":"#));
        push_actor(&mut line, stamp.by);
        push(&mut line, format_args!(r#","key":"{}","ref":"#, stamp.key.as_str()));
        push_json_string(&mut line, reference);
        line.push_str(r#","data":"#);
        line.push_str(data);
        line
    }
}

/// Ends a line: personal fields, hash, checksum.
fn close(line: &mut String, previous: &Hash, pii: &str, pii_digest: &Hash) -> Hash {
    let hash = link(previous, line.as_bytes(), pii_digest);
    push(line, format_args!(r#","pii":{pii},"h":"{hash}""#));
    close_with_checksum(line);
    hash
}

/// The lines of a transaction of another journal in this one: all as it was but numbers and hashes. The value of `pii`
/// stays byte for byte, with its salt, also where it was erased.
pub(crate) fn chain_anew(after: Head, loose: &[Loose]) -> (Vec<u8>, Transaction) {
    let first = loose.first().expect("a transaction has records");
    let stamp = Stamp { key: &first.key, by: &first.by, at: first.at, secret: [0; 32] };
    let frame = Frame { stamp: &stamp, tx: after.seq + 1, n: loose.len() };
    let (mut head, mut bytes, mut records) = (after, Vec::new(), Vec::with_capacity(loose.len()));
    for (idx, old) in loose.iter().enumerate() {
        let seq = head.seq + 1;
        let mut line = frame.open(seq, idx + 1, &old.op, &old.reference, &old.data, old.pii.len());
        let digest = erased_digest(&old.pii).unwrap_or_else(|| Hash::of(old.pii.as_bytes()));
        let hash = close(&mut line, &head.hash, &old.pii, &digest);
        bytes.extend_from_slice(line.as_bytes());
        head = Head { seq, hash };
        let (op, reference, data) = (old.op.clone(), old.reference.clone(), old.data.clone());
        records.push(Record { seq, op, reference, data, pii: personal(&old.pii), hash });
    }
    (bytes, Transaction { key: first.key.clone(), by: first.by.clone(), at: first.at, records })
}

/// `h` = SHA-256(previous `h` ‖ the line before `,"pii":` ‖ SHA-256(the value of `pii`)).
pub(super) fn link(previous: &Hash, before_pii: &[u8], pii_digest: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(previous.0);
    hasher.update(before_pii);
    hasher.update(pii_digest.0);
    Hash(hasher.finalize().into())
}

/// The value of `pii`. It opens with a salt, so that nobody can find erased fields again by trying names against the
/// digest that stays.
fn salted(fields: &str, stamp: &Stamp<'_>, seq: u64) -> String {
    if fields.is_empty() {
        return "{}".to_owned();
    }
    let mut hasher = Sha256::new();
    hasher.update(stamp.secret);
    hasher.update(seq.to_le_bytes());
    let salt = Hash(hasher.finalize().into()).to_string();
    format!(r#"{{"salt":"{}","fields":{fields}}}"#, &salt[..32])
}

fn push_actor(line: &mut String, by: &Actor) {
    line.push_str(r#"{"user":"#);
    push_json_string(line, &by.user);
    push(line, format_args!(r#","uid":{},"loginuid":{},"tty":"#, by.uid, by.loginuid));
    push_json_string(line, &by.tty);
    line.push('}');
}

/// The first line of a segment: where the chain stood when it began.
pub fn encode_segment_header(header: &SegmentHeader) -> Vec<u8> {
    let mut line = String::new();
    push(&mut line, format_args!(r#"{{"v":{LINE_VERSION},"segment":{},"store":"#, header.first_seq));
    push_json_string(&mut line, &header.store_id);
    push(&mut line, format_args!(r#","after":"{}""#, header.after));
    close_with_checksum(&mut line);
    line.into_bytes()
}

pub(super) fn close_with_checksum(line: &mut String) {
    let checksum = crc32c::crc32c(line.as_bytes());
    push(line, format_args!(",\"c\":\"{checksum:08x}\"}}\n"));
}

fn push(line: &mut String, text: std::fmt::Arguments<'_>) {
    line.write_fmt(text).expect("a String takes any text");
}
