//! A sheet: the file's bytes as they came, and where each row begins. Cells are cut out when they are asked for, so a
//! million rows cost their own bytes, which may lie in a file, and twelve more a row.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};

use crate::domain::problem::{Problem, Spot};
use crate::intake::read::spill::{Block, Text};

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowAt {
    /// First byte.
    pub start: u32,
    /// Behind its last byte, line end excluded.
    pub end: u32,
    /// Number as a spreadsheet counts: the first line of the file is row 1, blank rows count.
    pub number: u32,
}

/// A table out of a file: headings and rows.
#[derive(Debug)]
pub struct Sheet {
    /// Name of the file.
    pub file: Arc<str>,
    /// Name of the encoding it came in.
    pub encoding: &'static str,
    /// What separates the cells.
    pub delimiter: u8,
    /// Headings, trimmed.
    pub headings: Vec<String>,
    /// Row of the headings.
    pub heading_row: u32,
    /// Rows of data.
    pub rows: Vec<RowAt>,
    /// Rows that could not be cut into cells, with the lines they stand on.
    pub broken: Vec<RowAt>,
    /// What was noticed while cutting.
    pub problems: Vec<Problem>,
    pub(super) text: Text,
}

impl Sheet {
    /// A reader of rows, to be used again and again.
    pub fn cells(&self) -> Cells<'_> {
        Cells {
            sheet: self,
            reader: parser(self.delimiter),
            text: Vec::new(),
            ends: Vec::new(),
            row: 0,
            number: 0,
            block: Block::default(),
            plain: None,
        }
    }

    /// The raw bytes of a row, quotes and all.
    pub fn raw(&self, at: RowAt) -> Cow<'_, [u8]> {
        self.text.bytes(place(at.start)..place(at.end))
    }

    /// Puts its bytes into a nameless file of a folder, so that they take no memory; where that cannot be, they stay.
    pub fn spill(&mut self, folder: &Path) -> std::io::Result<()> {
        self.text.spill(folder)
    }

    /// Why rows could not be read back from such a file, if any could not: they were blank.
    pub fn failure(&self) -> Option<&str> {
        self.text.failure()
    }

    /// A place in this file.
    pub fn spot(&self, row: u32, column: &str, key: &str) -> Spot {
        Spot {
            file: self.file.to_string(),
            row: usize::try_from(row).expect("a row number fits"),
            column: column.to_owned(),
            key: key.to_owned(),
        }
    }

    /// Another name for the file, also where problems name it.
    pub fn rename(&mut self, name: &str) {
        self.file = Arc::from(name);
        self.problems.iter_mut().for_each(|problem| problem.spot.file = name.to_owned());
    }

    /// Bytes kept for its rows.
    pub fn n_bytes(&self) -> usize {
        self.text.len()
    }
}

/// One row at a time, cut into cells in buffers that are kept.
pub struct Cells<'a> {
    sheet: &'a Sheet,
    reader: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    row: usize,
    number: u32,
    /// The piece of a spilled sheet around the row.
    block: Block,
    /// Where the row's own bytes lie in the sheet or in the block, where it has no quote: its cells are pieces of them,
    /// and nothing is copied.
    plain: Option<Range<usize>>,
}

impl<'a> Cells<'a> {
    /// Goes to a row by its place in `sheet.rows`.
    pub fn go(&mut self, row: usize) {
        let at = self.sheet.rows[row];
        self.row = row;
        self.number = at.number;
        let range = place(at.start)..place(at.end);
        let (range, raw) = match &self.sheet.text {
            Text::Held(bytes) => (range.clone(), &bytes[range]),
            Text::Spilled(spill) => {
                let range = spill.window(&mut self.block, range);
                (range.clone(), &self.block.bytes()[range])
            }
        };
        self.plain = memchr::memchr(b'"', raw).is_none().then_some(range);
        if self.plain.is_some() {
            self.ends.clear();
            self.ends.extend(memchr::memchr_iter(self.sheet.delimiter, raw).chain([raw.len()]));
        } else {
            cut(&mut self.reader, raw, &mut self.text, &mut self.ends);
        }
    }

    /// Place of this row in `sheet.rows`.
    pub fn row(&self) -> usize {
        self.row
    }

    /// Number of this row as a spreadsheet counts.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Cells in this row.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the row has no cell.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell of a column, without blanks around it; nothing behind the row's end.
    pub fn get(&self, column: usize) -> &str {
        let Some(end) = self.ends.get(column) else { return "" };
        let before = if column == 0 { None } else { Some(self.ends[column - 1]) };
        let cell = match &self.plain {
            // The delimiter stands between two pieces.
            Some(range) => {
                let bytes = match &self.sheet.text {
                    Text::Held(bytes) => bytes,
                    Text::Spilled(_) => self.block.bytes(),
                };
                &bytes[range.clone()][before.map_or(0, |end| end + 1)..*end]
            }
            None => &self.text[before.unwrap_or(0)..*end],
        };
        std::str::from_utf8(cell).expect("cut at ASCII from valid UTF-8").trim()
    }

    /// Every cell.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|column| self.get(column))
    }

    /// The sheet it reads.
    pub fn sheet(&self) -> &'a Sheet {
        self.sheet
    }
}

/// The CSV rules, for rows that are already cut out: a carriage return inside is text.
pub(super) fn parser(delimiter: u8) -> Reader {
    ReaderBuilder::new().delimiter(delimiter).terminator(Terminator::Any(b'\n')).build()
}

/// Cuts one row into cells.
pub(super) fn cut(reader: &mut Reader, row: &[u8], text: &mut Vec<u8>, ends: &mut Vec<usize>) {
    reader.reset();
    // A cell never grows, so the row's own length is room enough.
    text.resize(row.len().max(1), 0);
    ends.resize(ends.capacity().max(32), 0);
    let (mut n_in, mut n_text, mut n_ends) = (0, 0, 0);
    loop {
        let (result, read, written, ended) =
            reader.read_record(&row[n_in..], &mut text[n_text..], &mut ends[n_ends..]);
        n_in += read;
        n_text += written;
        n_ends += ended;
        match result {
            ReadRecordResult::Record | ReadRecordResult::End => break,
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::OutputFull => text.resize(text.len() * 2, 0),
            ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
        }
    }
    text.truncate(n_text);
    ends.truncate(n_ends);
}

/// A byte offset as an index.
pub(super) fn place(offset: u32) -> usize {
    usize::try_from(offset).expect("offsets are 32 bit")
}
