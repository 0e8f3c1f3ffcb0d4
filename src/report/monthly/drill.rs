//! From a number to its records: every cell of the report says which postings or cases it counts.

use std::sync::Arc;

use crate::domain::clock::ClockMark;
use crate::domain::code::{Component, Outcome, Place, Programme, Segment};
use crate::domain::period::Period;
use crate::domain::posting::{Posting, PostingKind};
use crate::report::monthly::groups::is_late_entry;

/// Where a number's records are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Drill {
    /// Nowhere: a sum of other lines, or text.
    #[default]
    None,
    /// The postings this lets through; their amounts add up to the number, or their count is it.
    Postings(PostingFilter),
    /// The cases this filter finds (the language of `--where`).
    Claims(String),
    /// The case with this number.
    Claim(Arc<str>),
    /// The voucher with this code.
    Voucher(Arc<str>),
}

/// Which postings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingFilter {
    /// Posted in this month.
    pub period: Period,
    /// Of one of these kinds.
    pub kinds: Vec<PostingKind>,
    /// And of this group.
    pub narrow: Narrow,
}

/// One group of postings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Narrow {
    /// All of them.
    All,
    /// A programme.
    Programme(Programme),
    /// A component, or none stated.
    Component(Option<Component>),
    /// A kind of participant, or none stated.
    Segment(Option<Segment>),
    /// A place, or none stated.
    Place(Option<Place>),
    /// An outcome.
    Outcome(Option<Outcome>),
    /// A company's registration number, or empty.
    Npp(Arc<str>),
    /// A facility's name, or empty.
    Facility(Arc<str>),
    /// How the clock was met.
    Clock(ClockTest),
    /// Posted in another month than its paper (*susulan*).
    LateEntry,
}

/// How a clock was met, whatever the days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockTest {
    /// Kept.
    InTime,
    /// Missed.
    Late,
    /// A date or hour is missing.
    CannotTell,
}

impl Drill {
    /// The postings of these kinds in this month, narrowed to a group.
    pub fn postings(period: Period, kinds: &[PostingKind], narrow: Narrow) -> Drill {
        Drill::Postings(PostingFilter { period, kinds: kinds.to_vec(), narrow })
    }
}

impl PostingFilter {
    /// Whether this posting is one of them.
    pub fn matches(&self, posting: &Posting) -> bool {
        let by = &posting.by;
        posting.month == self.period
            && self.kinds.contains(&posting.kind)
            && match &self.narrow {
                Narrow::All => true,
                Narrow::Programme(programme) => by.programme == *programme,
                Narrow::Component(component) => by.component == *component,
                Narrow::Segment(segment) => by.segment == *segment,
                Narrow::Place(place) => by.place == *place,
                Narrow::Outcome(outcome) => by.outcome == *outcome,
                Narrow::Npp(npp) => by.npp == *npp,
                Narrow::Facility(facility) => by.facility == *facility,
                Narrow::Clock(test) => test.matches(posting.clock),
                Narrow::LateEntry => is_late_entry(posting),
            }
    }
}

impl ClockTest {
    fn matches(self, mark: ClockMark) -> bool {
        match self {
            ClockTest::InTime => mark == ClockMark::InTime,
            ClockTest::Late => matches!(mark, ClockMark::Late(_)),
            ClockTest::CannotTell => mark == ClockMark::CannotTell,
        }
    }
}
