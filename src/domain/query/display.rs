//! A filter back into text, in either language: what the filter line shows after Enter. Reading it again gives the
//! same filter.

use jiff::civil::Date;

use crate::base::calendar::{iso, slashed};
use crate::domain::query::field::{Field, Kind, List};
use crate::domain::query::lexer::keyword;
use crate::domain::query::{Expr, Op, Operand, Test};

/// The language a filter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// `kondisi = berobat dan kejadian >= 01/01/2026`.
    Indonesian,
    /// `outcome = BEROBAT and event_date >= 2026-01-01`.
    English,
}

impl Expr {
    /// The filter as text; nothing for [`Expr::All`].
    pub fn display(&self, tongue: Tongue) -> String {
        let (and, or, not) = match tongue {
            Tongue::Indonesian => (" dan ", " atau ", "bukan "),
            Tongue::English => (" and ", " or ", "not "),
        };
        let inner = |part: &Expr| match part {
            Expr::And(_) | Expr::Or(_) => format!("({})", part.display(tongue)),
            _ => part.display(tongue),
        };
        match self {
            Expr::All => String::new(),
            Expr::And(parts) => parts.iter().map(inner).collect::<Vec<_>>().join(and),
            Expr::Or(parts) => parts.iter().map(inner).collect::<Vec<_>>().join(or),
            Expr::Not(part) => format!("{not}{}", inner(part)),
            Expr::Test(test) => test.display(tongue),
            Expr::Words(words) => quote_unless(is_plain_word(words) && Field::parse(words).is_none(), words),
        }
    }
}

impl Test {
    fn display(&self, tongue: Tongue) -> String {
        let name = self.field.name(tongue);
        if self.op == Op::Present || (self.field.kind() == Kind::Flag && self.operand == Operand::Code(1)) {
            return name.to_owned();
        }
        format!("{name} {} {}", self.op.sign(), self.operand.display(self.field, tongue))
    }
}

impl Op {
    /// The sign, the same in both languages; nothing for a bare field.
    pub const fn sign(self) -> &'static str {
        match self {
            Op::Eq => "=",
            Op::Ne => "!=",
            Op::Lt => "<",
            Op::Le => "<=",
            Op::Gt => ">",
            Op::Ge => ">=",
            Op::Contains => "~",
            Op::Present => "",
        }
    }
}

impl Operand {
    fn display(&self, field: Field, tongue: Tongue) -> String {
        match self {
            Operand::Nothing => String::new(),
            Operand::Text(text) => value_text(text),
            Operand::Code(code) => code_word(field, *code, tongue),
            Operand::Dates(from, to) => range(*from, *to, tongue),
            Operand::Months(from, to) => range(from.first_day(), to.last_day(), tongue),
            Operand::Money(amount) => amount.grouped(),
            Operand::Number(number) => match (field.kind(), tongue) {
                (Kind::Count, _) => number.to_string(),
                (_, Tongue::Indonesian) => format!("{number} hari"),
                (_, Tongue::English) => format!("{number} days"),
            },
        }
    }
}

/// A text as a value: in quotes where it would be read otherwise.
pub fn value_text(text: &str) -> String {
    let is_word = is_plain_word(text) && !matches!(text.to_lowercase().as_str(), "kosong" | "empty");
    quote_unless(is_word, text)
}

fn code_word(field: Field, code: u8, tongue: Tongue) -> String {
    let list: List = match field.kind() {
        Kind::Code(list) => list,
        _ => return if tongue == Tongue::Indonesian { "tidak" } else { "no" }.to_owned(),
    };
    let word = list.code(code).unwrap_or("?");
    match tongue {
        Tongue::Indonesian => word.to_lowercase(),
        Tongue::English => word.to_owned(),
    }
}

/// A day, a whole month, a whole year, or `a..b`.
fn range(from: Date, to: Date, tongue: Tongue) -> String {
    let day = |date: Date| match tongue {
        Tongue::Indonesian => slashed(date),
        Tongue::English => iso(date),
    };
    let is_from_first = from.day() == 1 && to == to.last_of_month();
    if from == to {
        day(from)
    } else if is_from_first && from.last_of_month() == to {
        match tongue {
            Tongue::Indonesian => format!("{:02}/{:04}", from.month(), from.year()),
            Tongue::English => format!("{:04}-{:02}", from.year(), from.month()),
        }
    } else if is_from_first && from.year() == to.year() && from.month() == 1 && to.month() == 12 {
        format!("{:04}", from.year())
    } else {
        format!("{}..{}", day(from), day(to))
    }
}

/// A word that is read again as one word and nothing else.
fn is_plain_word(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '/' | '_' | ',' | '&' | '@' | '#');
    !text.is_empty()
        && text.chars().all(plain)
        && keyword(text).is_none()
        && !matches!(text.to_lowercase().as_str(), "memuat" | "contains")
}

fn quote_unless(plain: bool, text: &str) -> String {
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}
