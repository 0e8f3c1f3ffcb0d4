//! How a column writes its amounts and dates, decided from the whole column and never from one cell.

use jiff::civil::Date;

use crate::domain::amount::NumberDialect;
use crate::domain::money::Rupiah;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::intake::dates::{DateCell, DateDialect, read_date};
use crate::intake::fields::Field;
use crate::intake::heads::Mapping;
use crate::intake::read::Sheet;

/// What the person said about a file's writing; what is not said is decided from the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Said {
    /// Of its amounts.
    pub numbers: Option<NumberDialect>,
    /// Of its dates.
    pub dates: Option<DateDialect>,
}

/// How a column of amounts is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberMode {
    /// In this dialect.
    In(NumberDialect),
    /// The column does not say: only cells that every dialect reads alike.
    Unclear,
}

/// How a column of dates is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateMode {
    /// In this dialect; ISO dates and months in words are always read.
    In(DateDialect),
    /// The column does not say: only cells with one reading.
    Unclear,
    /// The column shows both orders: no cell of numbers says which it is in.
    Mixed,
}

/// The dialects of a file's columns, by place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialects {
    numbers: Vec<NumberMode>,
    dates: Vec<DateMode>,
}

impl Dialects {
    /// How the amounts of a column are read.
    pub fn number(&self, column: usize) -> NumberMode {
        self.numbers.get(column).copied().unwrap_or(NumberMode::Unclear)
    }

    /// How the dates of a column are read.
    pub fn date(&self, column: usize) -> DateMode {
        self.dates.get(column).copied().unwrap_or(DateMode::Unclear)
    }
}

impl NumberMode {
    /// Reads one cell.
    pub fn read(self, cell: &str) -> Result<Rupiah, Refusal> {
        if let Some(amount) = plain(cell) {
            return Ok(amount);
        }
        match self {
            NumberMode::In(dialect) => dialect.read(cell),
            NumberMode::Unclear => {
                let readings: Vec<Rupiah> =
                    NumberDialect::ALL.iter().filter_map(|dialect| dialect.read(cell).ok()).collect();
                match readings[..] {
                    [] => NumberDialect::IndonesianDots.read(cell),
                    [first, ref rest @ ..] if rest.iter().all(|other| *other == first) => Ok(first),
                    _ => Err(Refusal::new("amount-ambiguous").with("text", cell).with(
                        "meant",
                        readings.iter().map(|amount| amount.grouped()).collect::<Vec<_>>().join(" / "),
                    )),
                }
            }
        }
    }
}

/// What is wrong with a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateTrouble {
    /// No date.
    Malformed,
    /// Two readings, and the column does not say which.
    Ambiguous(Date, Date),
    /// A date in the other dialect than the column's.
    OtherDialect(DateDialect),
    /// A date in numbers, in a column that shows both orders.
    Mixed,
}

impl DateMode {
    /// Reads one cell.
    pub fn read(self, cell: &str) -> Result<Date, DateTrouble> {
        match (read_date(cell), self) {
            (DateCell::Clear(date), _) => Ok(date),
            (DateCell::Malformed, _) => Err(DateTrouble::Malformed),
            (_, DateMode::Mixed) => Err(DateTrouble::Mixed),
            (_, DateMode::In(dialect @ DateDialect::YearFirst)) => Err(DateTrouble::OtherDialect(dialect)),
            (DateCell::Either(day_first, _), DateMode::In(DateDialect::DayFirst)) => Ok(day_first),
            (DateCell::Either(_, month_first), DateMode::In(DateDialect::MonthFirst)) => Ok(month_first),
            (DateCell::Either(a, b), DateMode::Unclear) => Err(DateTrouble::Ambiguous(a, b)),
            (DateCell::OnlyDayFirst(_), DateMode::In(dialect @ DateDialect::MonthFirst))
            | (DateCell::OnlyMonthFirst(_), DateMode::In(dialect @ DateDialect::DayFirst)) => {
                Err(DateTrouble::OtherDialect(dialect))
            }
            (DateCell::OnlyDayFirst(date) | DateCell::OnlyMonthFirst(date), _) => Ok(date),
        }
    }
}

/// Digits only, the shape of nearly every amount: the same in every dialect.
fn plain(cell: &str) -> Option<Rupiah> {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    if digits.is_empty() || digits.len() > 15 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    cell.parse().ok().map(Rupiah::new)
}

/// What the amounts of a column say.
#[derive(Debug, Clone, Default)]
pub struct NumberEvidence {
    n_readable: u64,
    /// For each dialect, cells that some dialect reads and this one does not.
    n_missed: [u64; 3],
    /// For each pair of dialects, whether a cell means something else in each.
    differ: [[Differ; 3]; 3],
}

/// Whether two dialects were seen to read one cell as two amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Differ {
    #[default]
    Never,
    Once,
}

impl NumberEvidence {
    /// Takes one cell into account.
    pub fn see(&mut self, cell: &str) {
        if cell.is_empty() || plain(cell).is_some() {
            return;
        }
        let readings: Vec<Option<Rupiah>> =
            NumberDialect::ALL.iter().map(|dialect| dialect.read(cell).ok()).collect();
        if readings.iter().all(Option::is_none) {
            return;
        }
        self.n_readable += 1;
        for (place, reading) in readings.iter().enumerate() {
            if reading.is_none() {
                self.n_missed[place] += 1;
            }
            for (other, twin) in readings.iter().enumerate() {
                if reading.is_some() && twin.is_some() && reading != twin {
                    self.differ[place][other] = Differ::Once;
                }
            }
        }
    }

    /// The dialect that reads every readable cell, if any other that does so reads the same amounts.
    pub fn verdict(&self) -> NumberMode {
        let fit: Vec<usize> = (0..3).filter(|place| self.n_missed[*place] == 0).collect();
        if self.n_readable == 0 {
            return NumberMode::In(NumberDialect::Plain);
        }
        match fit.first() {
            Some(first) if fit.iter().all(|other| self.differ[*first][*other] == Differ::Never) => {
                NumberMode::In(NumberDialect::ALL[*first])
            }
            _ => NumberMode::Unclear,
        }
    }
}

/// What the dates of a column say.
#[derive(Debug, Clone, Default)]
pub struct DateEvidence {
    n_day_first: u64,
    n_month_first: u64,
    n_either: u64,
}

impl DateEvidence {
    /// Takes one cell into account.
    pub fn see(&mut self, cell: &str) {
        match read_date(cell) {
            DateCell::OnlyDayFirst(_) => self.n_day_first += 1,
            DateCell::OnlyMonthFirst(_) => self.n_month_first += 1,
            DateCell::Either(..) => self.n_either += 1,
            DateCell::Clear(_) | DateCell::Malformed => {}
        }
    }

    /// The dialect the column shows; `None` when it shows none or both.
    pub fn shown(&self) -> Option<DateDialect> {
        match (self.n_day_first, self.n_month_first) {
            (1.., 0) => Some(DateDialect::DayFirst),
            (0, 1..) => Some(DateDialect::MonthFirst),
            _ => None,
        }
    }

    /// Cells that have two readings.
    pub fn n_either(&self) -> u64 {
        self.n_either
    }

    /// Whether the column shows both dialects.
    pub fn is_mixed(&self) -> bool {
        self.n_day_first > 0 && self.n_month_first > 0
    }
}

/// The dialects of a sheet's columns, and what could not be decided.
///
/// A column of dates that does not say is read as the other columns of its file are, if those agree: one program wrote
/// them all. That is said as a warning. Where nothing says, cells with two readings are refused one by one.
pub fn decide(sheet: &Sheet, mapping: &Mapping, said: Said) -> (Dialects, Vec<Problem>) {
    let n_columns = sheet.headings.len();
    let amounts: Vec<usize> = columns(mapping, Field::is_amount);
    let dates: Vec<usize> = columns(mapping, Field::is_date);
    let mut number_evidence = vec![NumberEvidence::default(); n_columns];
    let mut date_evidence = vec![DateEvidence::default(); n_columns];
    let mut cells = sheet.cells();
    for row in 0..sheet.rows.len() {
        cells.go(row);
        amounts.iter().for_each(|column| number_evidence[*column].see(cells.get(*column)));
        dates.iter().for_each(|column| date_evidence[*column].see(cells.get(*column)));
    }
    let mut dialects =
        Dialects { numbers: vec![NumberMode::Unclear; n_columns], dates: vec![DateMode::Unclear; n_columns] };
    let mut problems = Vec::new();
    let at = |column: usize| sheet.spot(sheet.heading_row, &sheet.headings[column], "");
    for column in amounts {
        dialects.numbers[column] = said.numbers.map_or(number_evidence[column].verdict(), NumberMode::In);
        if dialects.numbers[column] == NumberMode::Unclear {
            problems.push(Problem::warning("amounts-unclear", at(column)));
        }
    }
    let shown: Vec<DateDialect> = dates.iter().filter_map(|column| date_evidence[*column].shown()).collect();
    let common = shown.first().copied().filter(|first| shown.iter().all(|other| other == first));
    for column in dates {
        let evidence = &date_evidence[column];
        let own = said.dates.or(evidence.shown());
        if own.is_none() && evidence.is_mixed() {
            dialects.dates[column] = DateMode::Mixed;
            problems.push(Problem::warning("dates-mixed", at(column)));
            continue;
        }
        let lent = common;
        dialects.dates[column] = own.or(lent).map_or(DateMode::Unclear, DateMode::In);
        if let (None, Some(lent), true) = (own, lent, evidence.n_either() > 0) {
            problems.push(Problem::warning("dates-lent", at(column)).with("dialect", lent.code()));
        }
        if dialects.dates[column] == DateMode::Unclear && evidence.n_either() > 0 {
            problems.push(Problem::warning("dates-unclear", at(column)).with("cells", evidence.n_either()));
        }
    }
    (dialects, problems)
}

fn columns(mapping: &Mapping, wanted: fn(Field) -> bool) -> Vec<usize> {
    mapping.heads.iter().filter(|head| wanted(head.field)).map(|head| head.column).collect()
}
