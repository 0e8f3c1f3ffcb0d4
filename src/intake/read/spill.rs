//! The bytes of a sheet: in memory, or in a file without a name, so that an import of millions does not hold its files in
//! memory. Such a file is gone when nobody has it open any more, also after a crash, and nobody else can open it.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::OnceLock;

use rustix::fs::{Mode, OFlags};

/// What is read at once around a row: neighbours are mostly asked for next.
const BLOCK: u64 = 16 << 10;

/// The bytes of a sheet.
#[derive(Debug)]
pub(super) enum Text {
    Held(Vec<u8>),
    Spilled(Spill),
}

/// Bytes in a file without a name.
#[derive(Debug)]
pub(super) struct Spill {
    file: File,
    len: u64,
    /// Why something could not be read back; what was asked for is blank then.
    failure: OnceLock<String>,
}

/// A piece of a spilled text, and where it begins.
#[derive(Debug, Default)]
pub(super) struct Block {
    bytes: Vec<u8>,
    at: u64,
}

impl Text {
    /// Number of bytes.
    pub(super) fn len(&self) -> usize {
        match self {
            Text::Held(bytes) => bytes.len(),
            Text::Spilled(spill) => usize::try_from(spill.len).expect("a file's length fits"),
        }
    }

    /// Some of the bytes.
    pub(super) fn bytes(&self, range: Range<usize>) -> Cow<'_, [u8]> {
        match self {
            Text::Held(bytes) => Cow::Borrowed(&bytes[range]),
            Text::Spilled(spill) => {
                let mut block = Block::default();
                let range = spill.window(&mut block, range);
                Cow::Owned(block.bytes[range].to_vec())
            }
        }
    }

    /// Puts the bytes into a file of a folder. What cannot be put there stays in memory.
    pub(super) fn spill(&mut self, folder: &Path) -> io::Result<()> {
        let Text::Held(bytes) = self else { return Ok(()) };
        let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        let mut file = File::from(rustix::fs::open(folder, flags, Mode::RUSR | Mode::WUSR)?);
        file.write_all(bytes)?;
        let len = bytes.len() as u64;
        *self = Text::Spilled(Spill { file, len, failure: OnceLock::new() });
        Ok(())
    }

    /// Why something could not be read back, if anything could not.
    pub(super) fn failure(&self) -> Option<&str> {
        match self {
            Text::Held(_) => None,
            Text::Spilled(spill) => spill.failure.get().map(String::as_str),
        }
    }
}

impl Spill {
    /// Has these bytes in the block, and tells where they lie in it.
    pub(super) fn window(&self, block: &mut Block, range: Range<usize>) -> Range<usize> {
        let (start, end) = (range.start as u64, range.end as u64);
        if start < block.at || end > block.at + block.bytes.len() as u64 {
            block.at = start / BLOCK * BLOCK;
            let until = (end.div_ceil(BLOCK) * BLOCK).min(self.len);
            block.bytes.resize(usize::try_from(until - block.at).expect("a block fits"), 0);
            if let Err(error) = self.file.read_exact_at(&mut block.bytes, block.at) {
                block.bytes.fill(b' ');
                let _ = self.failure.set(error.to_string());
            }
        }
        let before = usize::try_from(block.at).expect("a file's length fits");
        range.start - before..range.end - before
    }
}

impl Block {
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
