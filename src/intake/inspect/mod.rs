//! A look at any desk's sheet: which columns it has and what is worth a look. Writes nothing and judges nobody: every
//! finding is a place in the sheet.

mod find;
mod render;

use jiff::civil::Date;

use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::domain::problem::Problem;
use crate::intake::dialect::{Dialects, Said, decide};
use crate::intake::fields::{Field, Table};
use crate::intake::heads::{Head, Mapping, assign, recognise};
use crate::intake::read::Sheet;

pub use render::render;

/// What a look at a sheet shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// Name of the file.
    pub file: String,
    /// Encoding it came in.
    pub encoding: &'static str,
    /// What separates its cells.
    pub delimiter: char,
    /// Row of the headings.
    pub heading_row: u32,
    /// Rows of data, without rows of totals.
    pub n_rows: usize,
    /// Rows of totals, left out of every count.
    pub total_rows: Vec<u32>,
    /// Which of our tables it is, if it is one.
    pub table: Option<Table>,
    /// Recognised headings.
    pub heads: Vec<Head>,
    /// Headings nobody knows.
    pub unknown: Vec<String>,
    /// What reading it showed.
    pub problems: Vec<Problem>,
    /// Columns that the findings are about.
    pub roles: Roles,
    /// Codes that stand on several rows.
    pub twins: Vec<Twin>,
    /// Holes in running numbers.
    pub gaps: Vec<Gap>,
    /// The same person or account with the same amount.
    pub same_amounts: Vec<SameAmount>,
    /// Rows without a code.
    pub without_code: Vec<u32>,
    /// Amounts that cannot be read.
    pub unreadable_amounts: Vec<Unreadable>,
    /// Dates that cannot be read.
    pub unreadable_dates: Vec<Unreadable>,
    /// Rows whose date is after today.
    pub future: Vec<u32>,
    /// Rows and rupiah by month.
    pub months: Vec<MonthSum>,
    /// Rows and rupiah without a readable date.
    pub undated: Sum,
    /// Companies, most rows first.
    pub companies: Vec<CompanySum>,
    /// All rows.
    pub total: Sum,
}

/// The columns that the findings are about, by their headings; none where the sheet has no such column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roles {
    /// Code of the voucher or number of the claim.
    pub code: Option<String>,
    /// Who is paid, or the worker.
    pub person: Option<String>,
    /// Account.
    pub account: Option<String>,
    /// Amount.
    pub amount: Option<String>,
    /// Date.
    pub date: Option<String>,
    /// Company.
    pub company: Option<String>,
}

/// A code on several rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// As its first row writes it.
    pub code: String,
    /// The rows.
    pub rows: Vec<u32>,
}

/// A running number with holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What stands before the number.
    pub prefix: String,
    /// Lowest and highest number seen.
    pub seen: (u64, u64),
    /// Numbers that are missing between them, as ranges.
    pub missing: Vec<(u64, u64)>,
    /// How many are missing.
    pub n_missing: u64,
    /// Digits a number is written with.
    pub width: usize,
}

/// The same person or account with the same amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameAmount {
    /// The person, or the account.
    pub who: Who,
    /// The amount.
    pub amount: Rupiah,
    /// The rows.
    pub rows: Vec<u32>,
}

/// By what rows are thought to be of one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// By account.
    Account(String),
    /// By name.
    Name(String),
}

/// A cell that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Row as a person counts.
    pub row: u32,
    /// Heading of the column.
    pub column: String,
    /// The cell, made safe and short.
    pub text: String,
}

/// Rows and their rupiah.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// Rows.
    pub n_rows: usize,
    /// Rupiah of the rows whose amount can be read.
    pub amount: Rupiah,
}

/// A month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthSum {
    /// Which.
    pub month: Period,
    /// Its rows.
    pub sum: Sum,
}

/// A company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanySum {
    /// Its name, or its number where the sheet has no name.
    pub name: String,
    /// Its rows.
    pub sum: Sum,
}

/// Columns of recaps that are none of our tables, likeliest meaning first.
const FREE: &[Field] = &[
    Field::Code,
    Field::ClaimNo,
    Field::Worker,
    Field::Payee,
    Field::Account,
    Field::Bank,
    Field::Company,
    Field::Npp,
    Field::Amount,
    Field::Net,
    Field::Gross,
    Field::Pph,
    Field::Determined,
    Field::Asked,
    Field::Date,
    Field::DeterminedDate,
    Field::FiledDate,
    Field::ReportedDate,
    Field::EventDate,
    Field::Programme,
    Field::Component,
    Field::Facility,
    Field::Outcome,
    Field::Status,
    Field::IdNo,
    Field::Kpj,
    Field::Notes,
];

/// Looks at a sheet.
pub fn inspect(sheet: &Sheet, said: Said, today: Date) -> Inspection {
    let known = recognise(&sheet.headings).filter(Mapping::is_ours);
    let table = known.as_ref().map(|mapping| mapping.table);
    let mapping = known.unwrap_or_else(|| {
        // Any table gives the mapping its shape; the columns are those of free recaps.
        Mapping::free(Table::Vouchers, &sheet.headings, assign(&sheet.headings, FREE))
    });
    let (dialects, found) = decide(sheet, &mapping, said);
    let columns = Columns::of(&mapping, table);
    let mut problems = sheet.problems.clone();
    problems.extend(found);
    let heading = |column: Option<usize>| column.map(|column| sheet.headings[column].clone());
    let mut inspection = Inspection {
        file: sheet.file.to_string(),
        encoding: sheet.encoding,
        delimiter: char::from(sheet.delimiter),
        heading_row: sheet.heading_row,
        n_rows: 0,
        total_rows: Vec::new(),
        table,
        heads: mapping.heads.clone(),
        unknown: mapping.unknown.iter().map(|(_, heading)| heading.clone()).collect(),
        problems,
        roles: Roles {
            code: heading(columns.code),
            person: heading(columns.person),
            account: heading(columns.account),
            amount: heading(columns.amount),
            date: heading(columns.date),
            company: heading(columns.company),
        },
        twins: Vec::new(),
        gaps: Vec::new(),
        same_amounts: Vec::new(),
        without_code: Vec::new(),
        unreadable_amounts: Vec::new(),
        unreadable_dates: Vec::new(),
        future: Vec::new(),
        months: Vec::new(),
        undated: Sum::default(),
        companies: Vec::new(),
        total: Sum::default(),
    };
    find::find(sheet, &Looked { mapping, dialects, columns }, today, &mut inspection);
    inspection
}

/// What is looked at, and how it is written.
struct Looked {
    mapping: Mapping,
    dialects: Dialects,
    columns: Columns,
}

/// The columns that the findings are about.
#[derive(Debug, Clone, Copy, Default)]
struct Columns {
    code: Option<usize>,
    person: Option<usize>,
    account: Option<usize>,
    amount: Option<usize>,
    date: Option<usize>,
    company: Option<usize>,
}

impl Columns {
    fn of(mapping: &Mapping, table: Option<Table>) -> Columns {
        use Field as F;
        let first = |fields: &[Field]| fields.iter().find_map(|field| mapping.column(*field));
        // In these tables a code on several rows is as it should be.
        let repeats =
            matches!(table, Some(Table::Benefits | Table::Payments | Table::Companies | Table::Facilities));
        Columns {
            code: if repeats { None } else { first(&[F::Code, F::Voucher, F::ClaimNo]) },
            person: first(&[F::Payee, F::Worker]),
            account: first(&[F::Account]),
            amount: first(&[F::Amount, F::Net, F::Gross, F::Determined, F::Asked]),
            date: first(&[F::Date, F::DeterminedDate, F::FiledDate, F::ReportedDate, F::EventDate]),
            company: first(&[F::Company, F::Npp]),
        }
    }
}
