//! A problem: bad data from outside, with file, row, column and code. Reading goes on after it.

use std::fmt;

use crate::domain::refusal::Refusal;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look; the row goes in.
    Warning,
    /// The row is refused.
    Error,
}

/// Where in which file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Spot {
    /// File name as given.
    pub file: String,
    /// Row as a person counts, the heading being row 1; 0 when the whole file is meant.
    pub row: usize,
    /// Heading of the column; empty when the whole row is meant.
    pub column: String,
    /// Key of the record (claim number, voucher code), when known.
    pub key: String,
}

/// Bad data: what, where, how bad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Refused or only worth a look.
    pub severity: Severity,
    /// Which check, kebab-case: its sentence is `problem-<code>` (or `refusal-<code>` when a rule refused it).
    pub code: &'static str,
    /// Where.
    pub spot: Spot,
    /// What its sentence needs, by name.
    pub args: Vec<(&'static str, String)>,
    /// Whether the code names a rule of the domain rather than a check of the reader.
    pub from_rule: FromRule,
}

/// Which catalogue a problem's code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FromRule {
    /// A check of the reader: `problem-<code>`.
    Reader,
    /// A rule of the domain: `refusal-<code>`.
    Rule,
}

impl Problem {
    /// A refused row.
    pub fn error(code: &'static str, spot: Spot) -> Problem {
        Problem { severity: Severity::Error, code, spot, args: Vec::new(), from_rule: FromRule::Reader }
    }

    /// Something worth a look.
    pub fn warning(code: &'static str, spot: Spot) -> Problem {
        Problem { severity: Severity::Warning, ..Problem::error(code, spot) }
    }

    /// A row that a rule of the domain refused.
    pub fn refused(refusal: Refusal, spot: Spot) -> Problem {
        Problem {
            severity: Severity::Error,
            code: refusal.code,
            spot,
            args: refusal.args,
            from_rule: FromRule::Rule,
        }
    }

    /// The same with one more argument for its sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Problem {
        self.args.push((name, value.to_string()));
        self
    }

    /// The key of its sentence.
    pub fn key(&self) -> String {
        match self.from_rule {
            FromRule::Reader => format!("problem-{}", self.code),
            FromRule::Rule => format!("refusal-{}", self.code),
        }
    }
}
