//! The only compiler of the filter language: a query becomes a test of rows over column slices, part by part. What it
//! means is said by [`crate::domain::query::eval`], plainly and slowly; a property test holds the two together.

use std::cell::RefCell;

use jiff::civil::Date;

use crate::domain::code::{Outcome, ProcessState};
use crate::domain::identity::normalise_number;
use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::domain::query::{
    Expr, Field, Kind, Op, Operand, SEARCHED, SEARCHED_AMOUNTS, Test, amount_in, fold,
};

use super::tables::{Columns, NO_CODE, NO_DATE, Texts, claim_column, day_number};

/// Says whether a row holds.
pub(crate) type Holds<'a> = Box<dyn Fn(usize) -> bool + 'a>;

/// Where a field's values lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Text(usize),
    /// Several texts, one a line.
    Lines(usize),
    Code(usize),
    /// From the status: the regulator's status, or whether it is open.
    Regulator(usize),
    Open(usize),
    Date(usize),
    Month(usize),
    Money(usize),
    /// The sum of two amounts.
    Sum(usize, usize),
    Count(usize),
    Days(usize),
    /// Days from the event to today.
    Age(usize),
    /// The same, while the outcome says under treatment.
    TreatmentAge(usize, usize),
}

/// Where a field's values lie.
pub(crate) fn place_of(field: Field) -> Place {
    let at = claim_column;
    match field {
        Field::ClaimNo => Place::Text(at("claim_no")),
        Field::Programme => Place::Code(at("programme")),
        Field::Segment => Place::Code(at("segment")),
        Field::CaseKind => Place::Code(at("case_kind")),
        Field::Worker => Place::Text(at("worker")),
        Field::Kpj => Place::Text(at("kpj")),
        Field::Nik => Place::Text(at("identity")),
        Field::Npp => Place::Text(at("npp")),
        Field::Company => Place::Text(at("company")),
        Field::Facility => Place::Text(at("facility")),
        Field::EventDate => Place::Date(at("event_date")),
        Field::ReportedDate => Place::Date(at("reported_date")),
        Field::FiledDate => Place::Date(at("filed_date")),
        Field::CompleteDate => Place::Date(at("complete_date")),
        Field::EndedDate => Place::Date(at("ended_date")),
        Field::Registered => Place::Month(at("registered")),
        Field::Status => Place::Code(at("status")),
        Field::RegulatorStatus => Place::Regulator(at("status")),
        Field::Outcome => Place::Code(at("outcome")),
        Field::OutcomeDate => Place::Date(at("outcome_date")),
        Field::Place => Place::Code(at("place")),
        Field::Type => Place::Code(at("type")),
        Field::Source => Place::Code(at("source")),
        Field::BodyPart => Place::Code(at("body_part")),
        Field::Icd10 => Place::Text(at("icd10")),
        Field::DaysOff => Place::Days(at("days_off")),
        Field::Asked => Place::Money(at("asked")),
        Field::Determined => Place::Money(at("determined")),
        Field::Paid => Place::Money(at("paid")),
        Field::Waiting => Place::Sum(at("waiting_voucher"), at("waiting_payment")),
        Field::WaitingVoucher => Place::Money(at("waiting_voucher")),
        Field::WaitingPayment => Place::Money(at("waiting_payment")),
        Field::WaitingSince => Place::Date(at("waiting_since")),
        Field::Due => Place::Date(at("due")),
        Field::PapersMissing => Place::Count(at("papers_missing")),
        Field::Voucher => Place::Lines(at("vouchers")),
        Field::Review => Place::Code(at("review")),
        Field::Open => Place::Open(at("status")),
        Field::Age => Place::Age(at("event_date")),
        Field::TreatmentAge => Place::TreatmentAge(at("event_date"), at("outcome")),
        Field::StageOne => Place::Code(at("stage_one")),
    }
}

impl Place {
    /// The columns it needs.
    pub(crate) fn columns(self) -> Vec<usize> {
        match self {
            Place::Text(a)
            | Place::Lines(a)
            | Place::Code(a)
            | Place::Regulator(a)
            | Place::Open(a)
            | Place::Date(a)
            | Place::Month(a)
            | Place::Money(a)
            | Place::Count(a)
            | Place::Days(a)
            | Place::Age(a) => vec![a],
            Place::Sum(a, b) | Place::TreatmentAge(a, b) => vec![a, b],
        }
    }

    /// The value as a number, none when it is empty; not of texts.
    pub(crate) fn number(self, columns: &Columns, row: usize, today: i64) -> Option<i64> {
        match self {
            Place::Code(a) => Some(columns.bytes_of(a)[row]).filter(|code| *code != NO_CODE).map(i64::from),
            Place::Regulator(a) => {
                let status = ProcessState::from_index(columns.bytes_of(a)[row])?;
                status.regulator().map(|status| i64::from(status.index()))
            }
            Place::Open(a) => {
                let status = ProcessState::from_index(columns.bytes_of(a)[row])?;
                Some(i64::from(status.is_open()))
            }
            Place::Date(a) => Some(columns.dates(a)[row]).filter(|day| *day != NO_DATE).map(i64::from),
            Place::Month(a) => Some(i64::from(columns.words(a)[row])),
            Place::Money(a) => Some(columns.numbers(a)[row]),
            Place::Sum(a, b) => Some(columns.numbers(a)[row] + columns.numbers(b)[row]),
            Place::Count(a) => Some(i64::from(columns.bytes_of(a)[row])),
            Place::Days(a) => Some(columns.words(a)[row]).filter(|days| *days != u32::MAX).map(i64::from),
            Place::Age(a) => Some(today - i64::from(columns.dates(a)[row])),
            Place::TreatmentAge(a, b) => (columns.bytes_of(b)[row] == Outcome::Berobat.index())
                .then(|| today - i64::from(columns.dates(a)[row])),
            Place::Text(_) | Place::Lines(_) => None,
        }
    }
}

/// The columns a filter needs.
pub(crate) fn columns_of(expr: &Expr) -> Vec<usize> {
    match expr {
        Expr::All => Vec::new(),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().flat_map(columns_of).collect(),
        Expr::Not(part) => columns_of(part),
        Expr::Test(test) => place_of(test.field).columns(),
        Expr::Words(words) => {
            let amounts: &[Field] = if amount_in(words).is_some() { SEARCHED_AMOUNTS } else { &[] };
            SEARCHED.iter().chain(amounts).flat_map(|field| place_of(*field).columns()).collect()
        }
    }
}

/// The test of a filter over the rows of `columns`.
pub(crate) fn compile<'a>(expr: &'a Expr, columns: &'a Columns, today: Date) -> Holds<'a> {
    match expr {
        Expr::All => Box::new(|_| true),
        Expr::And(parts) => {
            let parts: Vec<Holds<'a>> = parts.iter().map(|part| compile(part, columns, today)).collect();
            Box::new(move |row| parts.iter().all(|part| part(row)))
        }
        Expr::Or(parts) => {
            let parts: Vec<Holds<'a>> = parts.iter().map(|part| compile(part, columns, today)).collect();
            Box::new(move |row| parts.iter().any(|part| part(row)))
        }
        Expr::Not(part) => {
            let part = compile(part, columns, today);
            Box::new(move |row| !part(row))
        }
        Expr::Test(test) => compile_test(test, columns, today),
        Expr::Words(words) => compile_words(words, columns, today),
    }
}

fn compile_test<'a>(test: &'a Test, columns: &'a Columns, today: Date) -> Holds<'a> {
    let place = place_of(test.field);
    match place {
        Place::Text(column) => text_test(test, columns.texts(column)),
        Place::Lines(column) => lines_test(test, columns.texts(column)),
        _ => number_test(test, place, columns, today),
    }
}

/// A value that is a number underneath, against a closed range of numbers.
fn number_test<'a>(test: &'a Test, place: Place, columns: &'a Columns, today: Date) -> Holds<'a> {
    let today = i64::from(day_number(today));
    let range = match (&test.operand, place) {
        (Operand::Nothing, Place::Money(_) | Place::Sum(..) | Place::Count(_) | Place::Days(_)) => {
            return Box::new(move |row| place.number(columns, row, today).is_some_and(|value| value != 0));
        }
        (Operand::Nothing, Place::Age(_) | Place::TreatmentAge(..)) => {
            return Box::new(move |row| place.number(columns, row, today).is_some_and(|value| value != 0));
        }
        (Operand::Nothing, _) => {
            return Box::new(move |row| place.number(columns, row, today).is_some());
        }
        (Operand::Code(code), Place::Code(_) | Place::Regulator(_) | Place::Open(_)) => {
            (i64::from(*code), i64::from(*code))
        }
        (Operand::Dates(from, to), Place::Date(_)) => {
            (i64::from(day_number(*from)), i64::from(day_number(*to)))
        }
        (Operand::Months(from, to), Place::Month(_)) => (month(*from), month(*to)),
        (Operand::Money(wanted), Place::Money(_) | Place::Sum(..)) => (wanted.get(), wanted.get()),
        (
            Operand::Number(wanted),
            Place::Count(_) | Place::Days(_) | Place::Age(_) | Place::TreatmentAge(..),
        ) => (*wanted, *wanted),
        _ => return Box::new(|_| false),
    };
    let (op, (from, to)) = (test.op, range);
    Box::new(move |row| place.number(columns, row, today).is_some_and(|value| compare(op, value, from, to)))
}

fn month(period: Period) -> i64 {
    i64::from(period.number())
}

fn compare(op: Op, value: i64, from: i64, to: i64) -> bool {
    match op {
        Op::Eq => from <= value && value <= to,
        Op::Ne => value < from || to < value,
        Op::Lt => value < from,
        Op::Le => value <= to,
        Op::Gt => value > to,
        Op::Ge => value >= from,
        Op::Contains | Op::Present => false,
    }
}

fn text_test<'a>(test: &'a Test, texts: &'a Texts) -> Holds<'a> {
    match &test.operand {
        Operand::Nothing => Box::new(move |row| !texts.get(row).is_empty()),
        Operand::Text(wanted) => {
            let form = Form::of(test.field, wanted);
            let op = test.op;
            Box::new(move |row| {
                let text = texts.get(row);
                !text.is_empty() && form.holds(op, text)
            })
        }
        _ => Box::new(|_| false),
    }
}

fn lines_test<'a>(test: &'a Test, texts: &'a Texts) -> Holds<'a> {
    match &test.operand {
        Operand::Nothing => Box::new(move |row| !texts.get(row).is_empty()),
        Operand::Text(wanted) => {
            let form = Form::of(test.field, wanted);
            let op = test.op;
            Box::new(move |row| {
                let text = texts.get(row);
                if text.is_empty() {
                    return false;
                }
                let mut lines = text.split('\n');
                if op == Op::Ne {
                    lines.all(|line| form.holds(op, line))
                } else {
                    lines.any(|line| form.holds(op, line))
                }
            })
        }
        _ => Box::new(|_| false),
    }
}

/// A wanted text in the form in which a field's texts are compared.
struct Form {
    is_paper: bool,
    wanted: String,
    buffer: RefCell<String>,
}

impl Form {
    fn of(field: Field, wanted: &str) -> Form {
        let is_paper = field.kind() == Kind::Paper;
        let wanted = if is_paper { normalise_number(wanted) } else { fold(wanted) };
        Form { is_paper, wanted, buffer: RefCell::new(String::new()) }
    }

    fn holds(&self, op: Op, text: &str) -> bool {
        let mut buffer = self.buffer.borrow_mut();
        if self.is_paper {
            bare_into(text, &mut buffer)
        } else {
            fold_into(text, &mut buffer)
        }
        match op {
            Op::Eq => *buffer == self.wanted,
            Op::Ne => *buffer != self.wanted,
            Op::Contains => buffer.contains(&self.wanted),
            _ => false,
        }
    }
}

/// [`fold`] without an allocation for plain text.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    out.clear();
    if !text.is_ascii() {
        out.push_str(&fold(text));
        return;
    }
    let mut blank = false;
    for byte in text.bytes() {
        if matches!(byte, 9..=13 | b' ') {
            blank = !out.is_empty();
            continue;
        }
        if blank {
            out.push(' ');
            blank = false;
        }
        out.push(char::from(byte.to_ascii_lowercase()));
    }
}

/// [`normalise_number`] without an allocation for plain text.
fn bare_into(text: &str, out: &mut String) {
    out.clear();
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        out.extend(letters.map(|byte| char::from(byte.to_ascii_uppercase())));
    } else {
        out.push_str(&normalise_number(text));
    }
}

/// A text that is looked for in others: as words, or by letters and digits alone.
pub(crate) struct Needle {
    folded: String,
    bare: String,
    buffer: RefCell<String>,
}

impl Needle {
    /// What is looked for.
    pub(crate) fn new(text: &str) -> Needle {
        Needle { folded: fold(text), bare: normalise_number(text), buffer: RefCell::new(String::new()) }
    }

    /// Whether a text has it.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let mut buffer = self.buffer.borrow_mut();
        fold_into(text, &mut buffer);
        if buffer.contains(&self.folded) {
            return true;
        }
        bare_into(text, &mut buffer);
        !self.bare.is_empty() && buffer.contains(&self.bare)
    }
}

/// Words in names, numbers and codes; of five or more digits, also in the amounts.
fn compile_words<'a>(words: &'a str, columns: &'a Columns, today: Date) -> Holds<'a> {
    let needle = Needle::new(words);
    let amount = amount_in(words).map(Rupiah::get);
    let texts: Vec<Place> = SEARCHED.iter().map(|field| place_of(*field)).collect();
    let amounts: Vec<Place> = SEARCHED_AMOUNTS.iter().map(|field| place_of(*field)).collect();
    let today = i64::from(day_number(today));
    let says = move |text: &str| needle.is_in(text);
    Box::new(move |row| {
        let in_text = texts.iter().any(|place| match place {
            Place::Text(column) => {
                let text = columns.texts(*column).get(row);
                !text.is_empty() && says(text)
            }
            Place::Lines(column) => {
                let text = columns.texts(*column).get(row);
                !text.is_empty() && text.split('\n').any(&says)
            }
            _ => false,
        });
        let in_amounts =
            |wanted| amounts.iter().any(|place| place.number(columns, row, today) == Some(wanted));
        in_text || amount.is_some_and(in_amounts)
    })
}
