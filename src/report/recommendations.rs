//! *Rekomendasi*: the page for the branch head. What could be looked at again, how much money it is by which rule, the
//! evidence, and what one could do. It names claims, companies and facilities, and no person.

use jiff::civil::Date;

use crate::domain::Rupiah;
use crate::domain::rule::Used;
use crate::report::chart::{Axis, Chart, Hue, Series, Unit};
use crate::report::monthly::OfficeHead;
use crate::words::{Value, Words, decimal};

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendations {
    /// Whose.
    pub office: OfficeHead,
    /// First day of the span.
    pub from: Date,
    /// Last day of the span.
    pub to: Date,
    /// The day it was made for.
    pub as_of: Date,
    /// Work accident cases looked at.
    pub n_cases: u64,
    /// Of these, with an event in the span.
    pub n_events: u64,
    /// What was found, in the order in which it can be acted on.
    pub items: Vec<Recommendation>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// Its name, in JSON and in the keys of its words.
    pub code: &'static str,
    /// The number of its limit, as its sentences say it.
    pub limit: i64,
    /// On what the limit rests.
    pub ground: Ground,
    /// Cases.
    pub n_cases: u64,
    /// Rupiah by its rule.
    pub amount: Rupiah,
    /// Entries of dated rules the amount rests on.
    pub rules: Vec<Used>,
    /// Cases that cannot be told.
    pub untold: u64,
    /// Who stands out, the largest first.
    pub who: Vec<Who>,
    /// Some cases, the dearest first.
    pub cases: Vec<Evidence>,
}

/// On what a limit rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The regulations of work accident insurance.
    Regulation,
    /// A choice of ours.
    Ours,
}

/// A company or a facility; a worker only by the last four characters of a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Who {
    /// Registration number, or as the name.
    pub key: String,
    /// Name; empty for a worker.
    pub name: String,
    /// Cases found there.
    pub n_cases: u64,
    /// Of so many.
    pub of: Option<u64>,
    /// Against its like, shrunk: 1 is as usual; a share for late reports.
    pub index: Option<f64>,
    /// The 5 % bound of that.
    pub low: Option<f64>,
    /// Rupiah.
    pub amount: Rupiah,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Number of the claim.
    pub claim_no: String,
    /// Date of the event.
    pub event: Date,
    /// Employer; may be empty.
    pub company: String,
    /// Facility; may be empty.
    pub facility: String,
    /// How far it is over the limit, in the finding's unit.
    pub measure: i64,
    /// Rupiah.
    pub amount: Rupiah,
}

impl Recommendation {
    /// Its name.
    pub fn title(&self, words: &Words) -> String {
        self.said("title", words, &[("limit", self.limit.into())])
    }

    /// What was found: how many cases, how much money.
    pub fn finding(&self, words: &Words) -> String {
        let args: [(&str, Value); 3] = [
            ("cases", self.n_cases.into()),
            ("amount", self.amount.grouped().into()),
            ("limit", self.limit.into()),
        ];
        self.said("finding", words, &args)
    }

    /// The rule that computes the money.
    pub fn rule(&self, words: &Words) -> String {
        self.said("rule", words, &[("limit", self.limit.into())])
    }

    /// What one could do.
    pub fn advice(&self, words: &Words) -> String {
        self.said("advice", words, &[])
    }

    /// What a case's measure counts.
    pub fn measure(&self, words: &Words) -> String {
        self.said("measure", words, &[])
    }

    /// On what it rests: the regulations and dated rules with their sources, or a choice of ours.
    pub fn basis(&self, words: &Words) -> Vec<String> {
        let mut lines = vec![match self.ground {
            Ground::Regulation => words.text("levers-regulation"),
            Ground::Ours => words.text("levers-ours"),
        }];
        for used in &self.rules {
            let args: [(&str, Value); 3] = [
                ("name", words.text(&used.key()).into()),
                ("source", used.source_said(words).into()),
                ("mark", words.text(used.mark.key()).into()),
            ];
            lines.push(words.format("levers-rests-on", &args));
        }
        lines
    }

    /// How its companies or facilities are told apart: an index, a share, or nothing.
    pub fn index_head(&self, words: &Words) -> String {
        match self.who.first() {
            Some(Who { of: Some(_), .. }) => words.text("levers-who-share"),
            Some(Who { index: Some(_), .. }) => words.text("levers-who-index"),
            _ => String::new(),
        }
    }

    fn said(&self, what: &str, words: &Words, args: &[(&str, Value)]) -> String {
        words.format(&format!("lever-{}-{what}", self.code), args)
    }
}

impl Who {
    /// `2,31 (≥ 1,62)`, or nothing.
    pub fn index_said(&self, words: &Words) -> String {
        let number = |number: f64| decimal(number, 2, words.lang());
        match (self.index, self.low) {
            (Some(index), Some(low)) => format!("{} (≥ {})", number(index), number(low)),
            (Some(index), None) => number(index),
            _ => String::new(),
        }
    }

    /// `9`, or `9 / 14` where it is of so many.
    pub fn cases_said(&self) -> String {
        match self.of {
            Some(of) => format!("{} / {of}", self.n_cases),
            None => self.n_cases.to_string(),
        }
    }
}

impl Recommendations {
    /// Rupiah of each finding as bars, the first on top; none without findings.
    pub fn chart(&self, words: &Words) -> Option<Chart> {
        let items: Vec<&Recommendation> = self.items.iter().filter(|item| !item.amount.is_zero()).collect();
        if items.is_empty() {
            return None;
        }
        let lengths: Vec<f64> = items.iter().map(|item| item.amount.get() as f64).collect();
        Some(Chart {
            title: words.text("recommend-chart"),
            x: Axis::new(words.text("levers-amount"), Unit::Rupiah).from_zero(),
            y: Axis::of_names(items.iter().map(|item| item.title(words)).collect()),
            series: vec![Series::bars(String::new(), Hue::Own(0), &lengths)],
            ..Chart::default()
        })
    }
}
