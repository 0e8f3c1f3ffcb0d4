//! How far the journal is acknowledged: two slots of 64 bytes in two blocks of 4 KiB, written in turn with one `pwrite`.
//! It is the one file overwritten in place. It is not synced: after a power cut it may be older than the journal, never
//! newer, since it is written only after the journal's `fdatasync`.

use super::disk::{Access, Disk, DiskFile, Sharing, read_full_at, replace_file, write_all_at};
use super::error::{Doing, StoreError};
use super::format::Layout;
use super::journal::{Cursor, Position};
use super::record::{Hash, Head};

const BLOCK: usize = 4096;
const SLOT: usize = 64;
const MAGIC: [u8; 8] = *b"santunW0";

/// One slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watermark {
    /// Counts the writes; the valid slot with the higher number counts.
    pub number: u64,
    /// End of the last acknowledged transaction.
    pub position: Position,
    /// Its last record.
    pub seq: u64,
    /// The first twenty bytes of that record's hash.
    pub hash_start: [u8; 20],
}

impl Watermark {
    /// The watermark at a place of the journal.
    pub fn at(number: u64, cursor: &Cursor) -> Self {
        Self {
            number,
            position: cursor.position,
            seq: cursor.head.seq,
            hash_start: start_of(&cursor.head.hash),
        }
    }

    /// Whether it names this record.
    pub fn names(&self, head: &Head) -> bool {
        self.seq == head.seq && self.hash_start == start_of(&head.hash)
    }

    /// The whole file, with this watermark in both slots.
    pub(crate) fn file(&self) -> Vec<u8> {
        let mut bytes = vec![0; 2 * BLOCK];
        for number in [self.number, self.number + 1] {
            let at = slot_offset(number) as usize;
            bytes[at..at + SLOT].copy_from_slice(&Watermark { number, ..*self }.encode());
        }
        bytes
    }

    fn encode(&self) -> [u8; SLOT] {
        let mut slot = [0; SLOT];
        slot[..8].copy_from_slice(&MAGIC);
        slot[8..16].copy_from_slice(&self.number.to_le_bytes());
        slot[16..24].copy_from_slice(&self.position.segment.to_le_bytes());
        slot[24..32].copy_from_slice(&self.position.offset.to_le_bytes());
        slot[32..40].copy_from_slice(&self.seq.to_le_bytes());
        slot[40..60].copy_from_slice(&self.hash_start);
        let checksum = crc32c::crc32c(&slot[..60]);
        slot[60..].copy_from_slice(&checksum.to_le_bytes());
        slot
    }

    fn decode(slot: &[u8]) -> Option<Self> {
        let number = |at: usize| Some(u64::from_le_bytes(slot.get(at..at + 8)?.try_into().ok()?));
        let checksum = u32::from_le_bytes(slot.get(60..64)?.try_into().ok()?);
        if slot[..8] != MAGIC || crc32c::crc32c(&slot[..60]) != checksum {
            return None;
        }
        Some(Self {
            number: number(8)?,
            position: Position { segment: number(16)?, offset: number(24)? },
            seq: number(32)?,
            hash_start: slot[40..60].try_into().ok()?,
        })
    }
}

fn start_of(hash: &Hash) -> [u8; 20] {
    hash.0[..20].try_into().expect("a hash has 32 bytes")
}

/// Both slots as they were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slots(pub [Option<Watermark>; 2]);

impl Slots {
    /// The one that counts.
    pub fn newest(&self) -> Option<Watermark> {
        self.0.into_iter().flatten().max_by_key(|slot| slot.number)
    }
}

/// Reads both slots. A missing file has no valid slot.
pub fn read_slots(disk: &dyn Disk, layout: &Layout) -> Result<Slots, StoreError> {
    let path = layout.committed();
    let file = match disk.open(&path, Access::Read) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Slots([None; 2])),
        opened => opened.doing("open", &path)?,
    };
    let mut slots = [None; 2];
    for (slot, at) in slots.iter_mut().zip([0, BLOCK]) {
        // A reader can meet a writer half-way through this very slot: then it looks again, and only what stays wrong is
        // wrong.
        for _ in 0..3 {
            let mut bytes = [0; SLOT];
            let read = read_full_at(&*file, at as u64, &mut bytes).doing("read", &path)?;
            *slot = Watermark::decode(&bytes[..read]);
            if slot.is_some() {
                break;
            }
        }
    }
    Ok(Slots(slots))
}

/// Puts a watermark into its slot: the one that does not hold the number before it.
pub(crate) fn write_slot(disk: &dyn Disk, layout: &Layout, watermark: &Watermark) -> std::io::Result<()> {
    let file: Box<dyn DiskFile> = disk.open(&layout.committed(), Access::Update)?;
    write_all_at(&*file, slot_offset(watermark.number), &watermark.encode())
}

/// Makes the file anew with the same watermark in both slots, durably: for a new store and for fsck.
pub(crate) fn write_both(
    disk: &dyn Disk,
    layout: &Layout,
    cursor: &Cursor,
    number: u64,
) -> Result<(), StoreError> {
    let path = layout.committed();
    replace_file(disk, &path, &Watermark::at(number, cursor).file(), Sharing::Group).doing("write", &path)
}

fn slot_offset(number: u64) -> u64 {
    number % 2 * BLOCK as u64
}
