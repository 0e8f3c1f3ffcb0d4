//! From a line back to an event. Strict and on raw bytes: what this program would not have written is not a line.

use super::line::link;
use super::{Actor, Hash, IdempotencyKey, LINE_VERSION, Loose, Moment, Personal, Record, hex_digit};

/// A line whose checksum is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line<'a> {
    /// An event.
    Record(RawRecord<'a>),
    /// The first line of a segment.
    Header(SegmentHeader),
    /// Written by a newer program: its version, nothing more is known.
    Newer(u64),
}

/// The first line of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentHeader {
    /// Number of the first record in the segment.
    pub first_seq: u64,
    /// The store it belongs to.
    pub store_id: String,
    /// Hash of the last record before the segment.
    pub after: Hash,
}

/// Why bytes are not a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// Not `{"v":` at its beginning and `,"c":"…"}` at its end.
    #[error("not framed as a line of the journal")]
    Frame,
    /// The checksum does not belong to these bytes.
    #[error("wrong checksum")]
    Checksum,
    /// The checksum is right but the fields are not those of the version it claims: a bug or a forgery.
    #[error("right checksum, wrong fields")]
    Fields,
}

/// An event as it stands in its line, not yet checked against the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRecord<'a> {
    /// Its number.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// Number of the transaction's first record.
    pub tx: u64,
    /// Its place in the transaction, from 1.
    pub i: u64,
    /// Records of the transaction.
    pub n: u64,
    /// What happened.
    pub op: &'a str,
    /// Who.
    pub by: Actor,
    /// The command's key.
    pub key: IdempotencyKey,
    /// The aggregate.
    pub reference: String,
    /// The raw JSON object of its facts.
    pub data: &'a str,
    /// The raw value of `pii`.
    pub pii: &'a str,
    /// The hash the line claims.
    pub hash: Hash,
    /// The bytes of the line before `,"pii":`.
    pub(super) before_pii: &'a [u8],
}

impl RawRecord<'_> {
    /// Whether the line's hash follows from the one before it.
    pub fn follows(&self, previous: &Hash) -> bool {
        let digest = erased_digest(self.pii).unwrap_or_else(|| Hash::of(self.pii.as_bytes()));
        link(previous, self.before_pii, &digest) == self.hash
    }

    /// The same, to be kept when its line is gone.
    pub(crate) fn to_loose(&self) -> Loose {
        Loose {
            seq: self.seq,
            at: self.at,
            tx: self.tx,
            i: self.i,
            n: self.n,
            op: self.op.to_owned(),
            by: self.by.clone(),
            key: self.key.clone(),
            reference: self.reference.clone(),
            data: self.data.to_owned(),
            pii: self.pii.to_owned(),
            hash: self.hash,
        }
    }

    /// The event by itself.
    pub fn to_record(&self) -> Record {
        let pii = personal(self.pii);
        Record {
            seq: self.seq,
            op: self.op.to_owned(),
            reference: self.reference.clone(),
            data: self.data.to_owned(),
            pii,
            hash: self.hash,
        }
    }
}

/// What the value of `pii` says.
pub(super) fn personal(pii: &str) -> Personal {
    match pii {
        "{}" => Personal::None,
        pii if erased_digest(pii).is_some() => Personal::Erased,
        pii => Personal::Fields(salted_fields(pii).unwrap_or(pii).to_owned()),
    }
}

/// `{"erased":"<digest>"}`: what is left when the legal time of personal fields is over.
pub(super) fn erased_digest(pii: &str) -> Option<Hash> {
    Hash::from_hex(pii.strip_prefix(r#"{"erased":""#)?.strip_suffix(r#""}"#)?.as_bytes())
}

/// `{"salt":"<32 digits>","fields":{…}}` → `{…}`.
fn salted_fields(pii: &str) -> Option<&str> {
    let salt = pii.strip_prefix(r#"{"salt":""#)?;
    salt.get(32..)?.strip_prefix(r#"","fields":"#)?.strip_suffix('}')
}

/// Reads one line, given without its line feed.
pub fn parse_line(line: &[u8]) -> Result<Line<'_>, LineFault> {
    let covered = check_frame(line)?;
    let text = std::str::from_utf8(covered).map_err(|_| LineFault::Fields)?;
    let mut fields = Fields { text, at: 0 };
    fields.literal(r#"{"v":"#).ok_or(LineFault::Frame)?;
    let version = fields.number().ok_or(LineFault::Fields)?;
    if version > LINE_VERSION {
        return Ok(Line::Newer(version));
    }
    let line = if fields.literal(r#","segment":"#).is_some() {
        fields.header().map(Line::Header)
    } else {
        fields.record().map(Line::Record)
    };
    line.filter(|_| fields.at == text.len()).ok_or(LineFault::Fields)
}

/// Checks frame and checksum; answers the bytes that the checksum covers.
fn check_frame(line: &[u8]) -> Result<&[u8], LineFault> {
    const TAIL: usize = r#","c":"01234567"}"#.len();
    let covered_len = line.len().checked_sub(TAIL).ok_or(LineFault::Frame)?;
    let (covered, tail) = line.split_at(covered_len);
    let digits = tail.strip_prefix(br#","c":""#).and_then(|rest| rest.strip_suffix(br#""}"#));
    let digits = digits.ok_or(LineFault::Frame)?;
    if !covered.starts_with(br#"{"v":"#) {
        return Err(LineFault::Frame);
    }
    let mut claimed = 0;
    for digit in digits {
        claimed = claimed << 4 | u32::from(hex_digit(*digit).ok_or(LineFault::Frame)?);
    }
    if crc32c::crc32c(covered) == claimed { Ok(covered) } else { Err(LineFault::Checksum) }
}

/// Walks over the fields of a line in their fixed order.
struct Fields<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Fields<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn literal(&mut self, expected: &str) -> Option<()> {
        self.rest().starts_with(expected).then(|| self.at += expected.len())
    }

    /// Decimal digits without a leading zero.
    fn number(&mut self) -> Option<u64> {
        let rest = self.rest();
        let len = rest.bytes().take_while(u8::is_ascii_digit).count();
        let digits = &rest[..len];
        if len > 1 && digits.starts_with('0') {
            return None;
        }
        self.at += len;
        digits.parse().ok()
    }

    fn number_u32(&mut self) -> Option<u32> {
        self.number()?.try_into().ok()
    }

    /// A JSON string that needs no escape: names, keys, hashes.
    fn plain(&mut self) -> Option<&'a str> {
        self.literal("\"")?;
        let rest = self.rest();
        let len = rest.find(['"', '\\'])?;
        self.at += len;
        self.literal("\"")?;
        Some(&rest[..len])
    }

    /// Any JSON string.
    fn string(&mut self) -> Option<String> {
        let rest = self.rest();
        let len = string_len(rest.as_bytes())?;
        self.at += len;
        let inside = &rest[1..len - 1];
        if !inside.contains('\\') {
            return Some(inside.to_owned());
        }
        serde_json::from_str(&rest[..len]).ok()
    }

    /// A JSON object, by its braces.
    fn object(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let len = object_len(rest.as_bytes())?;
        self.at += len;
        Some(&rest[..len])
    }

    fn hash(&mut self) -> Option<Hash> {
        Hash::from_hex(self.plain()?.as_bytes())
    }

    fn header(&mut self) -> Option<SegmentHeader> {
        let first_seq = self.number()?;
        self.literal(r#","store":"#)?;
        let store_id = self.string()?;
        self.literal(r#","after":"#)?;
        let after = self.hash()?;
        Some(SegmentHeader { first_seq, store_id, after })
    }

    fn record(&mut self) -> Option<RawRecord<'a>> {
        self.literal(r#","seq":"#)?;
        let seq = self.number()?;
        self.literal(r#","ts":"#)?;
        let at = Moment::parse(self.plain()?)?;
        self.literal(r#","tx":"#)?;
        let tx = self.number()?;
        self.literal(r#","i":"#)?;
        let i = self.number()?;
        self.literal(r#","n":"#)?;
        let n = self.number()?;
        self.literal(r#","op":"#)?;
        let op = self.plain()?;
        self.literal(r#","by":"#)?;
        let by = self.actor()?;
        self.literal(r#","key":"#)?;
        let key = IdempotencyKey::new(self.plain()?)?;
        self.literal(r#","ref":"#)?;
        let reference = self.string()?;
        self.literal(r#","data":"#)?;
        let data = self.object()?;
        let before_pii = &self.text.as_bytes()[..self.at];
        self.literal(r#","pii":"#)?;
        let pii = self.object()?;
        self.literal(r#","h":"#)?;
        let hash = self.hash()?;
        Some(RawRecord { seq, at, tx, i, n, op, by, key, reference, data, pii, hash, before_pii })
    }

    fn actor(&mut self) -> Option<Actor> {
        self.literal(r#"{"user":"#)?;
        let user = self.string()?;
        self.literal(r#","uid":"#)?;
        let uid = self.number_u32()?;
        self.literal(r#","loginuid":"#)?;
        let loginuid = self.number_u32()?;
        self.literal(r#","tty":"#)?;
        let tty = self.string()?;
        self.literal("}")?;
        Some(Actor { user, uid, loginuid, tty })
    }
}

/// Length of the JSON string at the beginning, with its quotes.
fn string_len(bytes: &[u8]) -> Option<usize> {
    if bytes.first() != Some(&b'"') {
        return None;
    }
    let mut at = 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Length of the JSON object at the beginning. Braces in strings do not count, so that a text with `"pii":` in it
/// cannot move the border between what is hashed and what can be erased.
fn object_len(bytes: &[u8]) -> Option<usize> {
    if bytes.first() != Some(&b'{') {
        return None;
    }
    let (mut at, mut depth) = (0, 0_u32);
    loop {
        match bytes.get(at)? {
            b'"' => at += string_len(&bytes[at..])?,
            b'{' | b'[' => (at, depth) = (at + 1, depth + 1),
            b'}' | b']' => {
                (at, depth) = (at + 1, depth - 1);
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => at += 1,
        }
    }
}
