//! What a filter means for one row. Plain and slow: the twin against which the store's compiler is tested.

use jiff::civil::Date;

use crate::domain::identity::normalise_number;
use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::domain::query::field::{Field, Kind};
use crate::domain::query::{Expr, Op, Operand, Test};

/// What a row says for a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// A text; an empty one is nothing.
    Text(String),
    /// Several texts (vouchers); none is nothing. A test holds if it holds for one, `!=` if it holds for all.
    Texts(Vec<String>),
    /// A place in the field's list; of a flag, 1 yes and 0 no.
    Code(u8),
    /// A day.
    Date(Date),
    /// A posting month.
    Month(Period),
    /// Rupiah.
    Money(Rupiah),
    /// A count, or days.
    Number(i64),
}

/// Anything that has a value for each field.
pub trait Row {
    /// The value of a field.
    fn value(&self, field: Field) -> Value;
}

impl<F: Fn(Field) -> Value> Row for F {
    fn value(&self, field: Field) -> Value {
        self(field)
    }
}

/// Where a bare word is looked for.
pub const SEARCHED: &[Field] =
    &[Field::ClaimNo, Field::Worker, Field::Kpj, Field::Nik, Field::Npp, Field::Company, Field::Voucher];

/// Where a bare number of five or more digits is looked for as well, as a whole amount.
pub const SEARCHED_AMOUNTS: &[Field] = &[
    Field::Asked,
    Field::Determined,
    Field::Paid,
    Field::Waiting,
    Field::WaitingVoucher,
    Field::WaitingPayment,
];

/// Whether the filter holds for the row.
pub fn eval(expr: &Expr, row: &dyn Row) -> bool {
    match expr {
        Expr::All => true,
        Expr::And(parts) => parts.iter().all(|part| eval(part, row)),
        Expr::Or(parts) => parts.iter().any(|part| eval(part, row)),
        Expr::Not(part) => !eval(part, row),
        Expr::Test(test) => holds(test, &row.value(test.field)),
        Expr::Words(words) => found(words, row),
    }
}

/// The form in which words are compared: lower case, blanks squeezed.
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The amount a bare word may be: five or more digits, dots between groups or none.
pub fn amount_in(words: &str) -> Option<Rupiah> {
    let digits: String = words.chars().filter(|character| *character != '.').collect();
    let is_number = (5..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok().map(Rupiah::new))?
}

fn found(words: &str, row: &dyn Row) -> bool {
    let (folded, bare) = (fold(words), normalise_number(words));
    let says = |text: &str| {
        fold(text).contains(&folded) || (!bare.is_empty() && normalise_number(text).contains(&bare))
    };
    let in_text = SEARCHED.iter().any(|field| match row.value(*field) {
        Value::Text(text) => says(&text),
        Value::Texts(texts) => texts.iter().any(|text| says(text)),
        _ => false,
    });
    let in_amounts = |amount| SEARCHED_AMOUNTS.iter().any(|field| row.value(*field) == Value::Money(amount));
    in_text || amount_in(words).is_some_and(in_amounts)
}

fn holds(test: &Test, value: &Value) -> bool {
    match (&test.operand, value) {
        (_, Value::Empty) => false,
        (Operand::Nothing, value) => is_present(value),
        (Operand::Text(wanted), Value::Text(text)) => {
            !text.is_empty() && text_holds(test.field, test.op, text, wanted)
        }
        (Operand::Text(wanted), Value::Texts(texts)) if test.op == Op::Ne => {
            !texts.is_empty() && texts.iter().all(|text| text_holds(test.field, Op::Ne, text, wanted))
        }
        (Operand::Text(wanted), Value::Texts(texts)) => {
            texts.iter().any(|text| text_holds(test.field, test.op, text, wanted))
        }
        (Operand::Code(wanted), Value::Code(code)) => compare(test.op, code, wanted, wanted),
        (Operand::Dates(from, to), Value::Date(date)) => compare(test.op, date, from, to),
        (Operand::Months(from, to), Value::Month(month)) => compare(test.op, month, from, to),
        (Operand::Money(wanted), Value::Money(amount)) => compare(test.op, amount, wanted, wanted),
        (Operand::Number(wanted), Value::Number(number)) => compare(test.op, number, wanted, wanted),
        _ => false,
    }
}

fn is_present(value: &Value) -> bool {
    match value {
        Value::Empty => false,
        Value::Text(text) => !text.is_empty(),
        Value::Texts(texts) => !texts.is_empty(),
        Value::Money(amount) => !amount.is_zero(),
        Value::Number(number) => *number != 0,
        Value::Code(_) | Value::Date(_) | Value::Month(_) => true,
    }
}

fn text_holds(field: Field, op: Op, text: &str, wanted: &str) -> bool {
    let form = if field.kind() == Kind::Paper { normalise_number } else { fold };
    let (text, wanted) = (form(text), form(wanted));
    match op {
        Op::Eq => text == wanted,
        Op::Ne => text != wanted,
        Op::Contains => text.contains(&wanted),
        _ => false,
    }
}

/// A value against a closed range.
fn compare<T: Ord>(op: Op, value: &T, from: &T, to: &T) -> bool {
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
