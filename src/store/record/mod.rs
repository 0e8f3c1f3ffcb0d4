//! One line of the journal: one event, pure JSON, chained to the line before it. Knows bytes, hashes and who wrote
//! when; what an event means is the business of those above.

mod erased;
mod line;
mod moment;
mod parse;
mod text;

use std::fmt;

use sha2::{Digest, Sha256};

pub(crate) use line::chain_anew;
pub use line::{BadEntry, check_entry, encode_segment_header, encode_transaction};
pub use moment::Moment;
pub use parse::{Line, LineFault, RawRecord, SegmentHeader, parse_line};
pub use text::{harden, is_hazardous, push_json_string};

/// The version of the line format that this program writes. It reads the lines of the versions before it as well: 0 had
/// the same form.
pub const LINE_VERSION: u64 = 1;

/// A SHA-256 value, written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads 64 lower-case hexadecimal digits; nothing else is a hash.
    pub fn from_hex(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
        }
        Some(Self(bytes))
    }
}

/// The value of one lower-case hexadecimal digit.
pub(crate) fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// The end of the chain: the last record's number and hash. `seq` 0 is the empty journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of the last record, counted from 1.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

impl Head {
    /// The head of an empty journal. It is the hash of the store's id, so that the lines of one store are not valid in
    /// another.
    pub fn genesis(store_id: &str) -> Self {
        Self { seq: 0, hash: Hash::of(store_id.as_bytes()) }
    }
}

/// Who did it, as the system knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Login name.
    pub user: String,
    /// Numeric user id.
    pub uid: u32,
    /// The id someone logged in with, which `su` does not change; 4294967295 when unset.
    pub loginuid: u32,
    /// Terminal, such as `pts/3`; empty when there is none.
    pub tty: String,
}

impl Actor {
    /// The kernel's "never set" login uid.
    pub const LOGINUID_UNSET: u32 = u32::MAX;
}

/// Names a command for ever: the same key twice is the same command. Up to 64 of `A–Z a–z 0–9 . _ : -`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Takes the text if it has the form of a key.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        let fits = (1..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b':' | b'-'));
        fits.then_some(Self(text))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What goes onto every line of a transaction and is not its content.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// The command's key.
    pub key: &'a IdempotencyKey,
    /// Who gives it.
    pub by: &'a Actor,
    /// When, with the office's offset.
    pub at: Moment,
    /// Fresh random bytes, a new value for each command. The salts of the personal fields are drawn from it; it is
    /// written nowhere.
    pub secret: [u8; 32],
}

/// One event on its way into the journal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// What happened, such as `claim.registered`. Names beginning with `store.` are the store's own.
    pub op: String,
    /// The aggregate it happened to, such as a claim number.
    pub reference: String,
    /// Its facts: a JSON object on one line.
    pub data: String,
    /// Its personal fields: a JSON object on one line, or empty.
    pub pii: String,
}

/// The personal fields of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Personal {
    /// The record never had any.
    None,
    /// The JSON object that was given.
    Fields(String),
    /// Its legal time is over: only the digest is left, so that the chain still holds.
    Erased,
}

/// One event as it stands in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number in the journal, from 1 without a gap.
    pub seq: u64,
    /// What happened.
    pub op: String,
    /// The aggregate it happened to.
    pub reference: String,
    /// Its facts: a JSON object.
    pub data: String,
    /// Its personal fields.
    pub pii: Personal,
    /// Its link in the chain.
    pub hash: Hash,
}

/// A record by itself, as its line had it, to be chained anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loose {
    pub(crate) seq: u64,
    pub(crate) at: Moment,
    pub(crate) tx: u64,
    pub(crate) i: u64,
    pub(crate) n: u64,
    pub(crate) op: String,
    pub(crate) by: Actor,
    pub(crate) key: IdempotencyKey,
    pub(crate) reference: String,
    pub(crate) data: String,
    /// The raw value of `pii`.
    pub(crate) pii: String,
    /// The hash its line claimed.
    pub(crate) hash: Hash,
}

/// The records of one command: all of them or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// The command's key.
    pub key: IdempotencyKey,
    /// Who gave it.
    pub by: Actor,
    /// When.
    pub at: Moment,
    /// The records, at least one, in order.
    pub records: Vec<Record>,
}

impl Transaction {
    /// Number of the first record, which is also the transaction's own number.
    pub fn first_seq(&self) -> u64 {
        self.records.first().expect("a transaction has records").seq
    }

    /// The head of the journal right after it.
    pub fn head(&self) -> Head {
        let last = self.records.last().expect("a transaction has records");
        Head { seq: last.seq, hash: last.hash }
    }
}
