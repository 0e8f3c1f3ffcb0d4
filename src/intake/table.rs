//! A recognised file, and several of one kind read as one.

use std::sync::Arc;

use jiff::civil::{Date, Time};

use crate::base::safe;
use crate::domain::code::codes_of;
use crate::domain::identity::normalise_number;
use crate::domain::money::Rupiah;
use crate::domain::problem::{Problem, Severity, Spot};
use crate::domain::refusal::Refusal;
use crate::intake::dates::read_time;
use crate::intake::dialect::{DateTrouble, Dialects};
use crate::intake::fields::Field;
use crate::intake::heads::Mapping;
use crate::intake::read::{Cells, Sheet};

/// A file with its columns and dialects.
#[derive(Debug)]
pub struct Known {
    /// Its rows.
    pub sheet: Sheet,
    /// Its columns.
    pub mapping: Mapping,
    /// How its columns are written.
    pub dialects: Dialects,
}

/// Several files of one kind, their rows numbered through.
#[derive(Debug, Default)]
pub struct Stack {
    files: Vec<Known>,
    starts: Vec<u32>,
    n_rows: u32,
}

impl Stack {
    /// Puts one more file on the stack; `false` when there are more rows than can be numbered.
    #[must_use]
    pub fn push(&mut self, known: Known) -> bool {
        let Some(total) =
            u32::try_from(known.sheet.rows.len()).ok().and_then(|rows| self.n_rows.checked_add(rows))
        else {
            return false;
        };
        self.starts.push(self.n_rows);
        self.files.push(known);
        self.n_rows = total;
        true
    }

    /// Rows of all files.
    pub fn n_rows(&self) -> u32 {
        self.n_rows
    }

    /// The files.
    pub fn files(&self) -> &[Known] {
        &self.files
    }

    /// The file of a row, and its place there.
    pub fn locate(&self, row: u32) -> (usize, usize) {
        let file = self.starts.partition_point(|start| *start <= row) - 1;
        (file, usize::try_from(row - self.starts[file]).expect("fits"))
    }

    /// A reader of rows.
    pub fn reader(&self) -> Rows<'_> {
        Rows { stack: self, cells: self.files.iter().map(|known| known.sheet.cells()).collect(), file: 0 }
    }
}

/// A reader of one row at a time out of a stack.
pub struct Rows<'a> {
    stack: &'a Stack,
    cells: Vec<Cells<'a>>,
    file: usize,
}

impl<'a> Rows<'a> {
    /// Goes to a row.
    pub fn go(&mut self, row: u32) -> Row<'_> {
        let (file, place) = self.stack.locate(row);
        self.file = file;
        self.cells[file].go(place);
        self.here()
    }

    /// The row it stands on.
    pub fn here(&self) -> Row<'_> {
        Row { known: &self.stack.files[self.file], cells: &self.cells[self.file] }
    }
}

/// One row of a recognised file.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    known: &'a Known,
    cells: &'a Cells<'a>,
}

/// What is wrong with a row, collected while it is read.
#[derive(Debug, Default)]
pub struct Faults {
    /// Everything found.
    pub problems: Vec<Problem>,
}

impl Faults {
    /// Whether the row must be refused.
    pub fn refuse(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// The value, or its problem is kept and there is none.
    pub fn take<T>(&mut self, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.problems.push(problem)).ok()
    }

    /// One more problem.
    pub fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

impl<'a> Row<'a> {
    /// The cell of a field as it stands, without the guard that a spreadsheet export puts before a formula.
    pub fn raw(&self, field: Field) -> &'a str {
        let cell = self.known.mapping.column(field).map_or("", |column| self.cells.get(column));
        safe::csv_cell_text(cell)
    }

    /// Whether the file has the column.
    pub fn has(&self, field: Field) -> bool {
        self.known.mapping.column(field).is_some()
    }

    /// The name of the file.
    pub fn file(&self) -> &'a Arc<str> {
        &self.known.sheet.file
    }

    /// Row number as a person counts.
    pub fn number(&self) -> u32 {
        self.cells.number()
    }

    /// Cells the row has more than the headings, and whether it has fewer.
    pub fn width_problem(&self) -> Option<Problem> {
        let (has, wanted) = (self.cells.len(), self.known.sheet.headings.len());
        let is_long = (wanted..has).any(|column| !self.cells.get(column).is_empty());
        // Spreadsheets leave out empty cells at the end of a row; but what the last known heading needs must be there.
        let last_known = self.known.mapping.heads.last().map_or(0, |head| head.column);
        let is_short = has <= last_known && has < wanted;
        (is_long || is_short)
            .then(|| {
                self.problem("row-width", Field::ClaimNo, "").with("cells", has).with("headings", wanted)
            })
            .map(|mut problem| {
                problem.spot.column.clear();
                problem
            })
    }

    /// The place of a field in this row.
    pub fn spot(&self, field: Field, key: &str) -> Spot {
        self.known.sheet.spot(self.cells.number(), self.known.mapping.heading(field), key)
    }

    /// A problem that refuses the row.
    pub fn problem(&self, code: &'static str, field: Field, key: &str) -> Problem {
        Problem::error(code, self.spot(field, key))
    }

    /// What a constructor of the domain says about the cell.
    pub fn ruled<T>(&self, field: Field, parsed: Result<T, Refusal>) -> Result<T, Problem> {
        parsed.map_err(|refusal| Problem::refused(refusal, self.spot(field, "")))
    }

    /// What the constructor makes of a cell, nothing of an empty one.
    pub fn parsed<T>(
        &self,
        field: Field,
        parse: impl FnOnce(&str) -> Result<T, Refusal>,
    ) -> Result<Option<T>, Problem> {
        match self.raw(field) {
            "" => Ok(None),
            cell => self.ruled(field, parse(cell)).map(Some),
        }
    }

    /// A value of a closed list, nothing of an empty cell.
    pub fn coded<T>(
        &self,
        field: Field,
        parse: impl FnOnce(&str) -> Option<T>,
        list: &str,
    ) -> Result<Option<T>, Problem> {
        match self.raw(field) {
            "" | "-" => Ok(None),
            cell => parse(cell).map(Some).ok_or_else(|| {
                let problem = self.problem("value-unknown", field, "").with("value", shown(cell));
                problem.with("choices", choices(list, cell))
            }),
        }
    }

    /// An amount, nothing of an empty cell.
    pub fn amount(&self, field: Field) -> Result<Option<Rupiah>, Problem> {
        let Some(column) = self.known.mapping.column(field) else { return Ok(None) };
        match self.raw(field) {
            "" => Ok(None),
            cell => self.ruled(field, self.known.dialects.number(column).read(cell)).map(Some),
        }
    }

    /// A date, nothing of an empty cell or a dash.
    pub fn date(&self, field: Field) -> Result<Option<Date>, Problem> {
        let Some(column) = self.known.mapping.column(field) else { return Ok(None) };
        let cell = self.raw(field);
        if matches!(cell, "" | "-") {
            return Ok(None);
        }
        self.known.dialects.date(column).read(cell).map(Some).map_err(|trouble| match trouble {
            DateTrouble::Malformed => self.problem("date-malformed", field, "").with("value", shown(cell)),
            DateTrouble::Mixed => self.problem("date-mixed", field, "").with("value", shown(cell)),
            DateTrouble::Ambiguous(a, b) => self
                .problem("date-ambiguous", field, "")
                .with("value", shown(cell))
                .with("first", a)
                .with("second", b),
            DateTrouble::OtherDialect(dialect) => self
                .problem("date-dialect", field, "")
                .with("value", shown(cell))
                .with("dialect", dialect.code()),
        })
    }

    /// An hour, nothing of an empty cell.
    pub fn time(&self, field: Field) -> Result<Option<Time>, Problem> {
        match self.raw(field) {
            "" | "-" => Ok(None),
            cell => read_time(cell)
                .map(Some)
                .ok_or_else(|| self.problem("time-malformed", field, "").with("value", shown(cell))),
        }
    }

    /// A whole number, nothing of an empty cell.
    pub fn count<T: std::str::FromStr>(&self, field: Field) -> Result<Option<T>, Problem> {
        match self.raw(field) {
            "" | "-" => Ok(None),
            cell => cell
                .parse()
                .map(Some)
                .map_err(|_| self.problem("number-malformed", field, "").with("value", shown(cell))),
        }
    }

    /// Free text: what steers a terminal or cannot be seen becomes `�`, and that is said.
    pub fn text(&self, field: Field, faults: &mut Faults) -> String {
        let cell = self.raw(field);
        let clean = safe::terminal(cell);
        if clean != cell {
            faults.add(Problem::warning("text-unsafe", self.spot(field, "")));
        }
        self.warn_of_formula(field, faults);
        clean.into_owned()
    }

    /// Says that a cell would be a formula in a spreadsheet.
    pub fn warn_of_formula(&self, field: Field, faults: &mut Faults) {
        let cell = self.raw(field);
        if cell.starts_with(['=', '+', '@']) {
            faults.add(Problem::warning("text-formula", self.spot(field, "")).with("value", shown(cell)));
        }
    }

    /// Whether two rows say the same in every known column but these.
    pub fn agrees(&self, other: &Row<'_>, but: &[Field]) -> bool {
        let fields = self
            .known
            .mapping
            .heads
            .iter()
            .map(|head| head.field)
            .chain(other.known.mapping.heads.iter().map(|head| head.field));
        fields.filter(|field| !but.contains(field)).all(|field| self.raw(field) == other.raw(field))
    }

    /// The form by which a number on paper is compared.
    pub fn key(&self, field: Field) -> String {
        normalise_number(self.raw(field))
    }
}

/// The values of a list that may have been meant: the likest first, not all of a long list.
fn choices(list: &str, cell: &str) -> String {
    const N_SHOWN: usize = 6;
    let mut codes = codes_of(list);
    let likeness = |code: &str| strsim::jaro_winkler(&cell.to_uppercase(), code);
    codes.sort_by(|one, other| likeness(other).total_cmp(&likeness(one)));
    let more = if codes.len() > N_SHOWN { ", …" } else { "" };
    format!("{}{more}", codes[..codes.len().min(N_SHOWN)].join(", "))
}

/// A cell as an argument of a sentence: safe, and short enough to be read.
pub fn shown(cell: &str) -> String {
    safe::cut(&safe::terminal(cell), 40).into_owned()
}
