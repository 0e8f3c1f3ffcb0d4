//! The filter language of `--where` and of the filter line: one parser for both languages.
//!
//! [`parse`] turns text into an [`Expr`] in which everything that depends on the day (`bulan ini`, `> 6 bln`) is
//! already resolved; [`eval`] says what it means for one row, slowly and plainly; the store compiles the same tree for
//! its columns. docs/filter.md is the specification, and a test runs its tables.
//!
//! The logic has two values: a comparison with an empty value is false, also `!=`; `bukan` turns false into true.

mod complete;
mod dates;
mod display;
mod eval;
mod field;
mod lexer;
mod offer;
mod operand;
mod parse;
mod row;

use jiff::civil::Date;

use crate::domain::money::Rupiah;
use crate::domain::period::Period;

pub use complete::{Candidate, Completion, Wanted, complete};
pub use dates::{parse_dates, parse_day};
pub use display::{Tongue, value_text};
pub use eval::{Row, SEARCHED, SEARCHED_AMOUNTS, Value, amount_in, eval, fold};
pub use field::{Field, Kind, List};
pub use offer::{Answer, Means};
pub use parse::parse;
pub use row::ClaimRow;

/// A filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// Every row: the empty filter.
    All,
    /// Every part holds; two or more parts, none of them an `And`.
    And(Vec<Expr>),
    /// At least one part holds; two or more parts, none of them an `Or`.
    Or(Vec<Expr>),
    /// The part does not hold.
    Not(Box<Expr>),
    /// A field against a value.
    Test(Test),
    /// A word or a quoted phrase looked for in names, numbers and codes ([`SEARCHED`]); of five or more digits, also
    /// in the amounts ([`SEARCHED_AMOUNTS`]).
    Words(String),
}

/// A field against a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// What is looked at.
    pub field: Field,
    /// How it is compared.
    pub op: Op,
    /// With what.
    pub operand: Operand,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// `=`; of a range of days: within it.
    Eq,
    /// `!=`: not empty and not equal; of a range of days: outside it.
    Ne,
    /// `<`; of a range of days: before its first.
    Lt,
    /// `<=`; of a range of days: not after its last.
    Le,
    /// `>`; of a range of days: after its last.
    Gt,
    /// `>=`; of a range of days: not before its first.
    Ge,
    /// `~`: the text contains it, whatever the case.
    Contains,
    /// A bare field: not empty. An amount or a count, never empty, is present when it is not zero.
    Present,
}

/// What a field is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// Nothing: of [`Op::Present`] only.
    Nothing,
    /// Text, as typed, blanks squeezed.
    Text(String),
    /// The place in the field's [`List`]; of a flag, 1 yes and 0 no.
    Code(u8),
    /// A closed range of days: a day, a month, a year, `bulan ini`, `a..b`.
    Dates(Date, Date),
    /// A closed range of posting months.
    Months(Period, Period),
    /// Rupiah.
    Money(Rupiah),
    /// A count, or days.
    Number(i64),
}

/// Text that is no filter: where, what, and what may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// Which mistake; its sentence is `query-<code>`.
    pub code: &'static str,
    /// Byte at which the mistake begins.
    pub position: usize,
    /// Bytes of it; 0 at the end of the text.
    pub length: usize,
    /// The text there.
    pub found: String,
    /// The nearest right word, where one is near.
    pub nearest: Option<String>,
}

impl QueryError {
    /// The key of its sentence; its arguments are `found`, `nearest` (perhaps empty) and `column`.
    pub fn key(&self) -> String {
        format!("query-{}", self.code)
    }

    /// The column at which it begins, as a person counts characters of `text`, from 1.
    pub fn column(&self, text: &str) -> usize {
        text.get(..self.position).map_or(1, |before| before.chars().count() + 1)
    }
}
