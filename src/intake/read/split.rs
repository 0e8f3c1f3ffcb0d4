//! The rows of a text: where each begins and ends. A quote that is never closed costs its own line, not the rest of
//! the file.

use std::sync::Arc;

use csv_core::{ReadRecordResult, Reader};
use memchr::{memchr, memchr_iter};

use super::sheet::{RowAt, Sheet, cut, parser, place};
use super::spill::Text;
use super::{Limits, refuse};
use crate::domain::problem::{Problem, Spot};

/// Rows among which the headings are looked for; titles and blank rows stand above them.
const N_ROWS_ABOVE: usize = 30;

/// After so many rows with an open quote the file is no table.
const N_BROKEN_MAX: usize = 10_000;

/// The sheet in this text, which is UTF-8.
pub(super) fn sheet(
    name: &str,
    bytes: Vec<u8>,
    encoding: &'static str,
    delimiter: u8,
    limits: &Limits,
) -> Result<Sheet, Problem> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(refuse("file-too-large", name).with("megabytes", u32::MAX / 1_000_000));
    }
    let mut splitter = Splitter::new(&bytes, delimiter, limits, name);
    splitter.run();
    let (mut rows, broken, mut problems) = (splitter.rows, splitter.broken, splitter.problems);
    if broken.len() >= N_BROKEN_MAX {
        return Err(refuse("file-no-table", name));
    }
    let (heading, headings) =
        find_heading(&bytes, &rows, delimiter).ok_or_else(|| refuse("heading-missing", name))?;
    let heading_row = rows[heading].number;
    rows.drain(..=heading);
    rows.shrink_to_fit();
    if rows.is_empty() {
        let spot = Spot { file: name.to_owned(), row: place(heading_row), ..Spot::default() };
        problems.push(Problem::warning("file-no-rows", spot));
    }
    let file: Arc<str> = Arc::from(name);
    Ok(Sheet {
        file,
        encoding,
        delimiter,
        headings,
        heading_row,
        rows,
        broken,
        problems,
        text: Text::Held(bytes),
    })
}

struct Splitter<'a> {
    bytes: &'a [u8],
    limits: &'a Limits,
    name: &'a str,
    reader: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    delimiter: u8,
    rows: Vec<RowAt>,
    broken: Vec<RowAt>,
    problems: Vec<Problem>,
}

/// How a row that begins with this line ends.
enum Row {
    /// At this byte.
    Ends(usize),
    /// It has more bytes or columns than any row may have; the line ends here.
    Refused(&'static str, usize),
}

impl<'a> Splitter<'a> {
    fn new(bytes: &'a [u8], delimiter: u8, limits: &'a Limits, name: &'a str) -> Splitter<'a> {
        Splitter {
            bytes,
            limits,
            name,
            reader: parser(delimiter),
            text: vec![0; 64 * 1024],
            ends: vec![0; limits.columns + 1],
            delimiter,
            rows: Vec::new(),
            broken: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn run(&mut self) {
        let (mut at, mut number) = (0, 1_u32);
        while at < self.bytes.len() && self.broken.len() < N_BROKEN_MAX {
            let line_end = self.line_end(at);
            let line = &self.bytes[at..line_end];
            if line.iter().all(|byte| byte.is_ascii_whitespace()) {
                at = line_end + 1;
                number += 1;
                continue;
            }
            let found = self.row(at, line_end);
            let end = match found {
                Row::Ends(end) | Row::Refused(_, end) => end,
            };
            let mut last = end;
            if last > at && self.bytes[last - 1] == b'\r' {
                last -= 1;
            }
            let row = RowAt { start: offset(at), end: offset(last), number };
            match found {
                Row::Ends(_) => self.rows.push(row),
                Row::Refused(code, _) => self.refuse(code, row),
            }
            // A row over several lines is one row of the spreadsheet.
            number += 1;
            at = end + 1;
        }
    }

    fn refuse(&mut self, code: &'static str, row: RowAt) {
        let spot = Spot { file: self.name.to_owned(), row: place(row.number), ..Spot::default() };
        let mut problem = Problem::error(code, spot);
        match code {
            "row-long" => problem = problem.with("kilobytes", self.limits.row_bytes / 1024),
            "row-wide" => problem = problem.with("columns", self.limits.columns),
            _ => {}
        }
        self.problems.push(problem);
        self.broken.push(row);
    }

    /// End of the physical line, line end excluded.
    fn line_end(&self, at: usize) -> usize {
        memchr(b'\n', &self.bytes[at..]).map_or(self.bytes.len(), |length| at + length)
    }

    fn row(&mut self, at: usize, line_end: usize) -> Row {
        if line_end - at > self.limits.row_bytes {
            return Row::Refused("row-long", line_end);
        }
        let line = &self.bytes[at..line_end];
        if memchr_iter(self.delimiter, line).count() >= self.limits.columns {
            return Row::Refused("row-wide", line_end);
        }
        // Nearly every line: without a quote it is a row by itself.
        if memchr(b'"', line).is_none() {
            return Row::Ends(line_end);
        }
        match self.quoted_end(at) {
            Some(end) => Row::Ends(end),
            None => Row::Refused("quote-open", line_end),
        }
    }

    /// Where a row with quotes ends; `None` when a quote in it was never closed.
    fn quoted_end(&mut self, at: usize) -> Option<usize> {
        let far = (at + self.limits.row_bytes).min(self.bytes.len());
        self.reader.reset();
        let (mut n_in, mut n_text) = (0, 0);
        loop {
            let input = &self.bytes[at + n_in..far];
            // The last line may lack its line end. An empty input would mean the end of the data, and a quote that is
            // still open would be forgiven; a line end in its place is not.
            let is_end = input.is_empty();
            let input = if is_end { b"\n" } else { input };
            let (result, read, written, _) =
                self.reader.read_record(input, &mut self.text[n_text..], &mut self.ends);
            if is_end {
                let is_whole = result == ReadRecordResult::Record && far == self.bytes.len();
                return (is_whole && self.is_sound(at, far)).then_some(far);
            }
            n_in += read;
            n_text += written;
            match result {
                ReadRecordResult::Record => {
                    let end = at + n_in - 1;
                    return self.is_sound(at, end).then_some(end);
                }
                ReadRecordResult::End | ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => n_text = 0,
                ReadRecordResult::OutputEndsFull => return None,
            }
        }
    }

    /// A row over several lines that holds an odd number of quotes, or more lines than any address has, began with a
    /// quote that was never closed and ended at one that belongs to a later row.
    fn is_sound(&self, at: usize, end: usize) -> bool {
        let raw = &self.bytes[at..end];
        let n_lines = memchr_iter(b'\n', raw).count() + 1;
        let is_even = memchr_iter(b'"', raw).count().is_multiple_of(2);
        n_lines == 1 || (is_even && n_lines <= self.limits.row_lines)
    }
}

/// An index as a byte offset; the file was checked to be small enough.
fn offset(index: usize) -> u32 {
    u32::try_from(index).expect("files are below 4 GiB")
}

/// The row of the headings: the first whose cells are words, distinct, and nearly as many as the widest row has.
fn find_heading(bytes: &[u8], rows: &[RowAt], delimiter: u8) -> Option<(usize, Vec<String>)> {
    let (mut reader, mut text, mut ends) = (parser(delimiter), Vec::new(), Vec::new());
    let mut heads: Vec<Vec<String>> = Vec::new();
    for row in rows.iter().take(N_ROWS_ABOVE) {
        cut(&mut reader, &bytes[place(row.start)..place(row.end)], &mut text, &mut ends);
        let mut start = 0;
        let mut cells = Vec::with_capacity(ends.len());
        for end in &ends {
            cells.push(String::from_utf8_lossy(&text[start..*end]).trim().to_owned());
            start = *end;
        }
        heads.push(cells);
    }
    let filled = |cells: &Vec<String>| cells.iter().filter(|cell| !cell.is_empty()).count();
    let widest = heads.iter().map(filled).max().unwrap_or(0);
    let is_heading = |cells: &Vec<String>| {
        let n_filled = filled(cells);
        let n_numbers = cells.iter().filter(|cell| is_number(cell)).count();
        let enough = n_filled * 5 >= widest * 3 && (n_filled >= 2 || widest <= 1);
        enough && n_filled > 0 && n_numbers * 5 <= n_filled
    };
    let place = heads.iter().position(is_heading)?;
    Some((place, heads.swap_remove(place)))
}

/// Whether a cell holds a number, an amount or a date rather than words.
fn is_number(cell: &str) -> bool {
    let n_digits = cell.chars().filter(char::is_ascii_digit).count();
    n_digits > 0 && n_digits * 2 >= cell.chars().filter(|c| c.is_alphanumeric()).count()
}
