//! A sealed segment: the same lines in zstd frames of about one MiB, so that `zstdcat` gives them back and a place is
//! found without unpacking all of it. It reads as a file of the plain lines: every position stays what it was.
//!
//! Behind the frames stands an index in a skippable frame (whose lines these are, and a checksum of every frame), and behind
//! it the seek table of zstd's seekable format. Every byte of the file is covered by a checksum or has one possible value.

use std::io;
use std::sync::{Arc, Mutex};

use crate::store::disk::{DiskFile, read_full_at, write_all_at};
use crate::store::record::{Hash, Head};

/// A frame ends with the first line that takes it over this many bytes.
pub(crate) const FRAME_BYTES: usize = 1 << 20;
/// No frame unpacks to more: the longest transaction behind the bytes of a frame that was just not full.
const FRAME_MAX: u32 = 64 << 20;
/// How hard the compressor tries. The higher levels need several times the minutes for a twentieth of the bytes.
const LEVEL: i32 = 12;

const INDEX_FRAME: u32 = 0x184D_2A50;
const TABLE_FRAME: u32 = 0x184D_2A5E;
const TABLE_MAGIC: u32 = 0x8F92_EAB1;
const INDEX_MAGIC: [u8; 8] = *b"santunZ1";
const FRAME_HEADER: usize = 8;
const TABLE_FOOTER: usize = 9;
/// Magic, two numbers, two hashes, the length.
const INDEX_FIXED: usize = 8 + 8 + 8 + 32 + 32 + 8;

/// Whose lines a sealed segment holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seal {
    /// Hash of the last record before the segment.
    pub(crate) after: Hash,
    /// Number of its first record.
    pub(crate) first_seq: u64,
    /// Its last record.
    pub(crate) head: Head,
}

/// One frame: where it lies, and where its lines stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Frame {
    at: u64,
    stored: u32,
    from: u64,
    len: u32,
    crc32c: u32,
}

/// A sealed segment, read as the file of plain lines it was.
#[derive(Debug)]
pub(crate) struct SealedFile {
    file: Box<dyn DiskFile>,
    seal: Seal,
    frames: Vec<Frame>,
    /// The frame that was unpacked last: neighbours are read one after the other.
    last: Mutex<Option<(usize, Arc<Vec<u8>>)>>,
}

impl SealedFile {
    /// Reads the index and the seek table. Whatever is wrong with them is [`io::ErrorKind::InvalidData`].
    pub(crate) fn open(file: Box<dyn DiskFile>) -> io::Result<Self> {
        let stored = file.len()?;
        let mut footer = [0; TABLE_FOOTER];
        let footer_at = stored.checked_sub(TABLE_FOOTER as u64).ok_or_else(bad)?;
        read_all(&*file, footer_at, &mut footer)?;
        let n_entries = u64::from(u32::from_le_bytes(footer[..4].try_into().expect("four bytes")));
        let n_frames = n_entries.checked_sub(1).ok_or_else(bad)?;
        let index_len = (FRAME_HEADER + INDEX_FIXED + 4) as u64 + 4 * n_frames;
        let tail_len = index_len + (FRAME_HEADER + TABLE_FOOTER) as u64 + 8 * n_entries;
        let tail_at = stored.checked_sub(tail_len).ok_or_else(bad)?;
        let mut tail = vec![0; usize::try_from(tail_len).map_err(|_| bad())?];
        read_all(&*file, tail_at, &mut tail)?;
        let (index, table) = tail.split_at(usize::try_from(index_len).map_err(|_| bad())?);
        let (seal, len, crcs) = parse_index(index, table).ok_or_else(bad)?;
        let frames = parse_table(table, index.len(), &crcs, tail_at, len).ok_or_else(bad)?;
        Ok(Self { file, seal, frames, last: Mutex::new(None) })
    }

    /// Whose lines it holds.
    pub(crate) fn seal(&self) -> Seal {
        self.seal
    }

    /// How many frames it has.
    pub(crate) fn frames(&self) -> usize {
        self.frames.len()
    }

    /// Where the lines of a frame stood, and their length.
    pub(crate) fn place_of(&self, idx: usize) -> (u64, u64) {
        self.frames.get(idx).map_or((0, 0), |frame| (frame.from, u64::from(frame.len)))
    }

    /// The lines of one frame.
    pub(crate) fn unpack(&self, idx: usize) -> io::Result<Arc<Vec<u8>>> {
        let frame = self.frames.get(idx).ok_or_else(bad)?;
        let mut last = self.last.lock().expect("nobody panics with it in hand");
        if let Some((_, bytes)) = last.as_ref().filter(|(known, _)| *known == idx) {
            return Ok(Arc::clone(bytes));
        }
        let mut stored = vec![0; usize::try_from(frame.stored).map_err(|_| bad())?];
        read_all(&*self.file, frame.at, &mut stored)?;
        if crc32c::crc32c(&stored) != frame.crc32c {
            return Err(bad());
        }
        let len = usize::try_from(frame.len).map_err(|_| bad())?;
        let bytes = zstd::bulk::decompress(&stored, len).map_err(|_| bad())?;
        if bytes.len() != len {
            return Err(bad());
        }
        let bytes = Arc::new(bytes);
        *last = Some((idx, Arc::clone(&bytes)));
        Ok(bytes)
    }
}

/// The lines of every frame that can still be unpacked, each with its place among the plain bytes as far as those before
/// it are known. It asks neither index nor seek table, so that a broken frame or end loses only itself.
pub(crate) fn loose_frames(stored: &[u8]) -> Vec<(u64, Vec<u8>)> {
    const MAGIC: [u8; 4] = 0xFD2F_B528_u32.to_le_bytes();
    let max = usize::try_from(FRAME_MAX).expect("a frame fits into memory");
    let (mut at, mut from, mut frames) = (0, 0, Vec::new());
    while let Some(found) = stored[at..].windows(4).position(|four| four == MAGIC) {
        at += found;
        let rest = &stored[at..];
        let size = zstd::zstd_safe::find_frame_compressed_size(rest).ok().filter(|size| *size > 0);
        let size = size.map_or(rest.len(), |size| size.min(rest.len()));
        match zstd::bulk::decompress(&rest[..size], max) {
            Ok(lines) => {
                let len = lines.len() as u64;
                frames.push((from, lines));
                (at, from) = (at + size, from + len);
            }
            Err(_) => at += MAGIC.len(),
        }
    }
    frames
}

impl DiskFile for SealedFile {
    fn len(&self) -> io::Result<u64> {
        Ok(self.frames.last().map_or(0, |frame| frame.from + u64::from(frame.len)))
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let idx = self.frames.partition_point(|frame| frame.from + u64::from(frame.len) <= offset);
        let Some(frame) = self.frames.get(idx).filter(|_| !into.is_empty()) else { return Ok(0) };
        let start = usize::try_from(offset - frame.from).map_err(|_| bad())?;
        let bytes = self.unpack(idx)?;
        let rest = &bytes[start..];
        let len = rest.len().min(into.len());
        into[..len].copy_from_slice(&rest[..len]);
        Ok(len)
    }

    fn append(&self, _bytes: &[u8]) -> io::Result<usize> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    fn write_at(&self, _offset: u64, _bytes: &[u8]) -> io::Result<usize> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    fn set_len(&self, _len: u64) -> io::Result<()> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    fn sync_data(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn sync_all(&self) -> io::Result<()> {
        self.file.sync_all()
    }
}

/// Writes a sealed segment, frame by frame.
pub(crate) struct Packer<'a> {
    file: &'a dyn DiskFile,
    compressor: zstd::bulk::Compressor<'static>,
    frames: Vec<Frame>,
    at: u64,
    len: u64,
}

impl<'a> Packer<'a> {
    pub(crate) fn new(file: &'a dyn DiskFile) -> io::Result<Self> {
        let mut compressor = zstd::bulk::Compressor::new(LEVEL)?;
        // For `zstd --test`, which knows nothing of our index.
        compressor.set_parameter(zstd::zstd_safe::CParameter::ChecksumFlag(true))?;
        Ok(Self { file, compressor, frames: Vec::new(), at: 0, len: 0 })
    }

    /// Adds a frame of whole lines.
    pub(crate) fn frame(&mut self, lines: &[u8]) -> io::Result<()> {
        let packed = self.compressor.compress(lines)?;
        write_all_at(self.file, self.at, &packed)?;
        let small = |len: usize| u32::try_from(len).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge));
        let (stored, len) = (small(packed.len())?, small(lines.len())?);
        let crc32c = crc32c::crc32c(&packed);
        self.frames.push(Frame { at: self.at, stored, from: self.len, len, crc32c });
        self.at += u64::from(stored);
        self.len += u64::from(len);
        Ok(())
    }

    /// Adds index and seek table. The caller syncs.
    pub(crate) fn finish(self, seal: &Seal) -> io::Result<()> {
        let index_len = FRAME_HEADER + INDEX_FIXED + 4 * self.frames.len() + 4;
        let sizes = self.frames.iter().map(|frame| (frame.stored, frame.len));
        let table = table_bytes(sizes, index_len)?;
        let mut index = Vec::with_capacity(index_len);
        index.extend(INDEX_FRAME.to_le_bytes());
        index.extend(u32::try_from(index_len - FRAME_HEADER).map_err(io::Error::other)?.to_le_bytes());
        index.extend(INDEX_MAGIC);
        index.extend(seal.first_seq.to_le_bytes());
        index.extend(seal.head.seq.to_le_bytes());
        index.extend(seal.after.0);
        index.extend(seal.head.hash.0);
        index.extend(self.len.to_le_bytes());
        self.frames.iter().for_each(|frame| index.extend(frame.crc32c.to_le_bytes()));
        index.extend(tail_checksum(&index, &table).to_le_bytes());
        index.extend(table);
        write_all_at(self.file, self.at, &index)
    }
}

fn tail_checksum(index: &[u8], table: &[u8]) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c(index), table)
}

/// The seek table of frames by their two lengths; the index counts as a frame without lines.
fn table_bytes(sizes: impl Iterator<Item = (u32, u32)>, index_len: usize) -> io::Result<Vec<u8>> {
    let mut entries = Vec::new();
    for (stored, len) in sizes.chain([(u32::try_from(index_len).map_err(io::Error::other)?, 0)]) {
        entries.extend(stored.to_le_bytes());
        entries.extend(len.to_le_bytes());
    }
    let n_entries = u32::try_from(entries.len() / 8).map_err(io::Error::other)?;
    let mut table = Vec::with_capacity(FRAME_HEADER + entries.len() + TABLE_FOOTER);
    table.extend(TABLE_FRAME.to_le_bytes());
    table.extend(u32::try_from(entries.len() + TABLE_FOOTER).map_err(io::Error::other)?.to_le_bytes());
    table.extend(entries);
    table.extend(n_entries.to_le_bytes());
    table.push(0);
    table.extend(TABLE_MAGIC.to_le_bytes());
    Ok(table)
}

/// Seal, length of all lines, checksums of the frames.
fn parse_index(index: &[u8], table: &[u8]) -> Option<(Seal, u64, Vec<u32>)> {
    let (covered, checksum) = index.split_at_checked(index.len().checked_sub(4)?)?;
    if tail_checksum(covered, table) != u32::from_le_bytes(checksum.try_into().ok()?) {
        return None;
    }
    let number = |at: usize| Some(u64::from_le_bytes(covered.get(at..at + 8)?.try_into().ok()?));
    let hash = |at: usize| Some(Hash(covered.get(at..at + 32)?.try_into().ok()?));
    if covered.get(..4)? != INDEX_FRAME.to_le_bytes() || covered.get(8..16)? != INDEX_MAGIC {
        return None;
    }
    let head = Head { seq: number(24)?, hash: hash(64)? };
    let seal = Seal { first_seq: number(16)?, head, after: hash(32)? };
    let crcs = covered.get(FRAME_HEADER + INDEX_FIXED..)?.chunks_exact(4);
    let crcs = crcs.map(|crc| u32::from_le_bytes(crc.try_into().expect("four bytes"))).collect();
    Some((seal, number(96)?, crcs))
}

/// The frames, if the table is byte for byte the one that belongs to them.
fn parse_table(table: &[u8], index_len: usize, crcs: &[u32], tail_at: u64, len: u64) -> Option<Vec<Frame>> {
    let entries = table.get(FRAME_HEADER..table.len().checked_sub(TABLE_FOOTER)?)?;
    let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("four bytes"));
    let (mut at, mut from) = (0, 0);
    let mut frames = Vec::with_capacity(crcs.len());
    for (entry, crc32c) in entries.chunks_exact(8).zip(crcs) {
        let (stored, len) = (number(&entry[..4]), number(&entry[4..]));
        if len > FRAME_MAX || len == 0 {
            return None;
        }
        frames.push(Frame { at, stored, from, len, crc32c: *crc32c });
        (at, from) = (at + u64::from(stored), from + u64::from(len));
    }
    let ours = table_bytes(frames.iter().map(|frame| (frame.stored, frame.len)), index_len).ok()?;
    (ours == table && at == tail_at && from == len).then_some(frames)
}

fn read_all(file: &dyn DiskFile, offset: u64, into: &mut [u8]) -> io::Result<()> {
    if read_full_at(file, offset, into)? == into.len() { Ok(()) } else { Err(bad()) }
}

fn bad() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not what was sealed")
}
