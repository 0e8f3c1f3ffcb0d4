//! Lines out of a file, read in large pieces, with their places.

use std::io;

use crate::store::disk::{DiskFile, read_full_at};

/// Bytes read at once.
const CHUNK: usize = 1 << 20;
/// No line is longer: more bytes without a line feed are not looked through.
const LINE_MAX: usize = 64 << 20;

/// What stands at a place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A line, without its line feed.
    Line {
        /// Where it begins.
        offset: u64,
        /// Its bytes.
        bytes: &'a [u8],
    },
    /// Bytes up to the end without a line feed.
    Unfinished {
        /// Where they begin.
        offset: u64,
    },
    /// Nothing more.
    End,
}

/// Walks over the lines between two places of a file.
#[derive(Debug)]
pub(crate) struct LineReader<'a> {
    file: &'a dyn DiskFile,
    /// Where the next byte to be read from the file stands.
    next_read: u64,
    /// Where to stop.
    end: u64,
    buffer: Vec<u8>,
    /// The next line begins here in the buffer.
    start: usize,
    /// Nothing before this place in the buffer is a line feed of the next line.
    searched: usize,
}

impl<'a> LineReader<'a> {
    pub(crate) fn new(file: &'a dyn DiskFile, offset: u64, end: u64) -> Self {
        Self { file, next_read: offset, end, buffer: Vec::new(), start: 0, searched: 0 }
    }

    pub(crate) fn next(&mut self) -> io::Result<Piece<'_>> {
        loop {
            if let Some(found) = self.buffer[self.searched..].iter().position(|b| *b == b'\n') {
                let (from, to) = (self.start, self.searched + found);
                let offset = self.offset_of(from);
                (self.start, self.searched) = (to + 1, to + 1);
                return Ok(Piece::Line { offset, bytes: &self.buffer[from..to] });
            }
            self.searched = self.buffer.len();
            if self.buffer.len() - self.start > LINE_MAX || !self.fill()? {
                let offset = self.offset_of(self.start);
                let empty = self.start == self.buffer.len();
                return Ok(if empty { Piece::End } else { Piece::Unfinished { offset } });
            }
        }
    }

    fn offset_of(&self, in_buffer: usize) -> u64 {
        self.next_read - (self.buffer.len() - in_buffer) as u64
    }

    /// Reads on; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        let want = usize::try_from(self.end.saturating_sub(self.next_read)).unwrap_or(CHUNK).min(CHUNK);
        if want == 0 {
            return Ok(false);
        }
        self.buffer.drain(..self.start);
        (self.searched, self.start) = (self.searched - self.start, 0);
        let old_len = self.buffer.len();
        self.buffer.resize(old_len + want, 0);
        let read = read_full_at(self.file, self.next_read, &mut self.buffer[old_len..]);
        self.buffer.truncate(old_len + *read.as_ref().unwrap_or(&0));
        let read = read?;
        self.next_read += read as u64;
        Ok(read > 0)
    }
}
