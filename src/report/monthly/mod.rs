//! The monthly report: a value made of postings and of nothing else.
//!
//! Flows are what is posted in the month; states are as they stood at its end. A posting of a later month changes
//! nothing here, so a month printed again is the same to the byte. What each number means is said on its field.

mod around;
mod builder;
mod cases;
mod drill;
mod flows;
mod groups;
mod ledger;
mod shape;
mod slots;
mod states;
mod sums;
mod tie;
mod tie_values;

use std::sync::Arc;

use jiff::civil::Date;

use crate::domain::code::{Component, Outcome, Place, Programme, RegulatorStatus, Segment};
use crate::domain::money::Rupiah;
use crate::domain::office::{Signers, StoreKind};
use crate::domain::period::Period;

pub use around::{ClockRow, ComparisonRow, LateRow, Measure, Note, Quantity};
pub use builder::{MonthlyBuilder, MonthlyHead};
pub use drill::{ClockTest, Drill, Narrow, PostingFilter};
pub use flows::FILED_KINDS;
pub use groups::{is_late_entry, late_cost};
pub use sums::{Look, MonthSums, SumsBuilder};
pub use tie_values::{Fault, Remainder, TieOut, Unmatched, Waiting, WaitingFor, WaitingRecord};

/// The report of one month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthlyReport {
    /// Whose.
    pub office: OfficeHead,
    /// Which month.
    pub period: Period,
    /// The day whose end it shows: the month's last day, or an earlier day in a month that still runs.
    pub as_of: Date,
    /// Whether the month's books can still change.
    pub status: BookStatus,
    /// Cases, counted.
    pub cases: CaseFlow,
    /// Rupiah owed, gross; tax and rounding settle with the payment.
    pub payable: PayableFlow,
    /// The regulator's four statuses as flows of the month.
    pub regulator: Vec<RegulatorRow>,
    /// The six outcomes and none, JKK only.
    pub outcomes: Vec<OutcomeRow>,
    /// Cases with a scholarship determined in the month.
    pub scholarships: u64,
    /// Open cases by months since the event.
    pub ages: Vec<AgeRow>,
    /// By programme, all five.
    pub programmes: Vec<ProgrammeRow>,
    /// By component.
    pub components: Vec<GroupRow<Component>>,
    /// By company.
    pub companies: Ranking,
    /// By facility.
    pub facilities: Ranking,
    /// By kind of participant.
    pub segments: Vec<GroupRow<Segment>>,
    /// By place of the accident.
    pub places: Vec<GroupRow<Place>>,
    /// The voucher register.
    pub vouchers: VoucherRegister,
    /// Line ↔ voucher ↔ payment at the month's end.
    pub tie_out: TieOut,
    /// Clocks and what missing them costs.
    pub clocks: Vec<ClockRow>,
    /// Entries of papers of other months (*susulan*).
    pub late_entries: Vec<LateRow>,
    /// This month against others.
    pub comparison: Vec<ComparisonRow>,
    /// What the reader should know.
    pub notes: Vec<Note>,
}

/// The office as the report's head shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHead {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// A sample office is marked CONTOH.
    pub kind: StoreKind,
    /// Who signs.
    pub signers: Signers,
}

/// Whether the month's books can still change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookStatus {
    /// Open: marked SEMENTARA.
    Provisional,
    /// Closed.
    Closed,
    /// Before the first month that was opened here: history that came in, sealed by nobody. A later import may add to it.
    History,
}

impl BookStatus {
    /// The code in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            BookStatus::Provisional => "provisional",
            BookStatus::Closed => "closed",
            BookStatus::History => "history",
        }
    }
}

/// Cases: start + registered + restored − paid − rejected − cancelled = end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFlow {
    /// Open when the month began.
    pub open_start: i64,
    /// Registered.
    pub registered: i64,
    /// Restored or reopened.
    pub restored: i64,
    /// Closed with everything paid.
    pub closed_paid: i64,
    /// Rejected.
    pub rejected: i64,
    /// Cancelled.
    pub cancelled: i64,
    /// Open at the end.
    pub open_end: i64,
}

/// Rupiah owed: start + determined + corrected − paid + returned = end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayableFlow {
    /// Owed when the month began.
    pub start: Rupiah,
    /// Determined.
    pub determined: Rupiah,
    /// Corrected, signed.
    pub corrected: Rupiah,
    /// Settled, gross.
    pub paid: Rupiah,
    /// Owed again because the transfer came back.
    pub returned: Rupiah,
    /// Owed at the end.
    pub end: Rupiah,
}

/// A status of the regulator as a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegulatorRow {
    /// Which.
    pub status: RegulatorStatus,
    /// Distinct cases with such a flow.
    pub count: u64,
    /// Its rupiah: asked, determined, settled gross, asked.
    pub amount: Rupiah,
}

/// An outcome; none is *belum*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeRow {
    /// Which.
    pub outcome: Option<Outcome>,
    /// Cases for which it was stated in the month, the last one of each case.
    pub new: u64,
    /// Open cases with it at the end.
    pub standing: u64,
}

/// Months since the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgeBand {
    /// Less than one.
    UnderOne,
    /// One to six.
    OneToSix,
    /// Over six, to twelve.
    SixToTwelve,
    /// Over twelve, to twenty-four.
    TwelveToTwentyFour,
    /// Over twenty-four.
    OverTwentyFour,
    /// The event date is not known.
    Unknown,
}

impl AgeBand {
    /// Every band, youngest first.
    pub const ALL: &'static [AgeBand] = &[
        AgeBand::UnderOne,
        AgeBand::OneToSix,
        AgeBand::SixToTwelve,
        AgeBand::TwelveToTwentyFour,
        AgeBand::OverTwentyFour,
        AgeBand::Unknown,
    ];

    /// The band of an event on a day, by months of the calendar counted back from that day, as filters count them.
    pub fn of(event: Option<Date>, as_of: Date) -> AgeBand {
        let Some(event) = event else { return AgeBand::Unknown };
        let back = |months: i64| as_of.saturating_sub(jiff::Span::new().months(months));
        if event > back(1) {
            AgeBand::UnderOne
        } else if event >= back(6) {
            AgeBand::OneToSix
        } else if event >= back(12) {
            AgeBand::SixToTwelve
        } else if event >= back(24) {
            AgeBand::TwelveToTwentyFour
        } else {
            AgeBand::OverTwentyFour
        }
    }

    /// The code in JSON and CSV.
    pub const fn code(self) -> &'static str {
        match self {
            AgeBand::UnderOne => "under-1",
            AgeBand::OneToSix => "1-6",
            AgeBand::SixToTwelve => "6-12",
            AgeBand::TwelveToTwentyFour => "12-24",
            AgeBand::OverTwentyFour => "over-24",
            AgeBand::Unknown => "unknown",
        }
    }
}

/// Open cases of an age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeRow {
    /// Months since the event.
    pub band: AgeBand,
    /// Open cases.
    pub open: u64,
    /// Of them under treatment.
    pub under_treatment: u64,
}

/// Flows of one group in the month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sums {
    /// Cases registered.
    pub registered: u64,
    /// Lines determined.
    pub lines: u64,
    /// Rupiah determined.
    pub determined: Rupiah,
    /// Corrected, signed.
    pub corrected: Rupiah,
    /// Settled, gross.
    pub paid: Rupiah,
    /// Owed again.
    pub returned: Rupiah,
}

/// A programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeRow {
    /// Which.
    pub programme: Programme,
    /// Open cases at the end.
    pub open_end: u64,
    /// Flows.
    pub sums: Sums,
}

/// A group by a closed list; no key where the paper did not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRow<K> {
    /// Which.
    pub key: Option<K>,
    /// Flows.
    pub sums: Sums,
}

/// Companies or facilities by what was determined: the first ten, the others, and none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranking {
    /// Largest first.
    pub named: Vec<RankedRow>,
    /// How many others.
    pub n_rest: u64,
    /// The others added up.
    pub rest: Sums,
    /// Flows without any, if there were some.
    pub without: Option<Sums>,
}

/// One of a ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankedRow {
    /// Registration number, or the facility's name.
    pub key: Arc<str>,
    /// Name on the latest paper.
    pub name: Arc<str>,
    /// Flows.
    pub sums: Sums,
}

/// Vouchers raised in the month, and voids made in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherRegister {
    /// Raised, void ones too: a void keeps its number.
    pub count: i64,
    /// Their gross.
    pub gross: Rupiah,
    /// Tax withheld.
    pub pph: Rupiah,
    /// Rounding, signed.
    pub rounding: Rupiah,
    /// Gross − tax + rounding.
    pub net: Rupiah,
    /// Voids made in the month of vouchers raised in it.
    pub voided_here: CountAndSum,
    /// Voids made in the month of vouchers of earlier months.
    pub void_of_earlier_months: CountAndSum,
    /// Numbers missing in the month's series.
    pub gaps: Vec<SeriesGap>,
}

/// Numbers missing in one series; given by the caller, since recorded codes reserve numbers that no posting shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeriesGap {
    /// The series.
    pub series: String,
    /// The numbers, ascending.
    pub missing: Vec<u32>,
}

/// How many and how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CountAndSum {
    /// How many.
    pub count: u64,
    /// How much.
    pub amount: Rupiah,
}
