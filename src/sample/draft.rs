//! The branch while it is made: compact records that refer to each other by number.

use crate::domain::{
    AccidentType, BodyPart, CaseKind, CloseReason, Component, Outcome, PayeeKind, Place, ProcessState,
    Programme, Segment, Source, VoucherKind, VoucherState,
};
use crate::sample::days::Day;
use crate::sample::person::IdKind;
use crate::sample::wage::Pay;
use crate::sample::world::World;

/// No slip.
pub const NO_SLIP: u32 = u32::MAX;
/// No hour known, in minutes of the day.
pub const NO_MINUTE: i16 = -1;
/// Not determined.
pub const UNDETERMINED: i64 = -1;

/// A worker's claim.
#[derive(Debug, Clone)]
pub struct Case {
    /// Programme.
    pub programme: Programme,
    /// Kind of participant.
    pub segment: Segment,
    /// Accident or disease, for JKK.
    pub kind: Option<CaseKind>,
    /// The worker's ordinal.
    pub worker: u32,
    /// The worker's birth.
    pub birth: Day,
    /// Women among a hundred of this programme's workers: with the ordinal it tells the sex.
    pub women: u8,
    /// What stands for the identity.
    pub id_kind: IdKind,
    /// The employer.
    pub firm: u32,
    /// Wage as typed.
    pub pay: Pay,
    /// Day of the event.
    pub event: Day,
    /// Minute of the event.
    pub event_minute: i16,
    /// Day of the stage I report.
    pub reported: Day,
    /// Minute of it.
    pub reported_minute: i16,
    /// Day of the application.
    pub filed: Day,
    /// Day the bundle was complete.
    pub complete: Day,
    /// Day the desk wrote it down.
    pub registered: Day,
    /// Day it ended.
    pub closed: Day,
    /// How it stands.
    pub status: ProcessState,
    /// Why it was rejected or cancelled.
    pub reason: Option<CloseReason>,
    /// Place, type and source of an accident.
    pub accident: Option<(Place, AccidentType, Source)>,
    /// Body part and diagnosis.
    pub injury: Option<(BodyPart, &'static str)>,
    /// Where it is treated.
    pub clinic: u32,
    /// Outcome as known, with its day.
    pub outcome: Option<(Outcome, Day)>,
    /// Days off work so far.
    pub days_off: Option<u16>,
    /// Which note, if any.
    pub note: Option<u8>,
    /// Its first line.
    pub first_line: u32,
    /// How many lines.
    pub n_lines: u32,
    /// The sequence in the claim number.
    pub number: u32,
}

/// A payee by kind and number: company, facility, or the worker's ordinal (the participant, or the heirs).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PayeeRef {
    /// Kind.
    pub kind: PayeeKind,
    /// Which.
    pub index: u32,
}

/// A benefit line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Whose.
    pub case: u32,
    /// What it pays.
    pub component: Component,
    /// Days it covers, [`NONE`] where it covers none.
    pub span: (Day, Day),
    /// Who is paid.
    pub payee: PayeeRef,
    /// Asked.
    pub asked: i64,
    /// Determined, or [`UNDETERMINED`].
    pub determined: i64,
    /// Day its bundle came.
    pub filed: Day,
    /// Day its bundle was complete.
    pub complete: Day,
    /// Day of the determination.
    pub determined_on: Day,
    /// Day the voucher is due to be raised; may lie past today.
    pub voucher_on: Day,
    /// Its voucher.
    pub slip: u32,
}

/// A voucher.
#[derive(Debug, Clone)]
pub struct Slip {
    /// Programme.
    pub programme: Programme,
    /// Who is paid.
    pub payee: PayeeRef,
    /// Its date.
    pub date: Day,
    /// Ours, or recorded from older years.
    pub kind: VoucherKind,
    /// Number in its series.
    pub number: u32,
    /// Sum of its lines.
    pub gross: i64,
    /// Tax withheld.
    pub pph: i64,
    /// Rounding.
    pub rounding: i64,
    /// Where it stands.
    pub state: VoucherState,
    /// Day of the void.
    pub voided: Day,
    /// Lines it pays (or paid, before the void): a stretch of [`Draft::slip_lines`].
    pub lines: (u32, u32),
    /// Transfers, a stretch of [`Draft::transfers`].
    pub transfers: (u32, u32),
    /// Day on which the whole net had arrived.
    pub settled: Day,
}

impl Slip {
    /// What is transferred.
    pub fn net(&self) -> i64 {
        self.gross - self.pph + self.rounding
    }
}

/// A payment.
#[derive(Debug, Clone, Copy)]
pub struct Transfer {
    /// Its day.
    pub date: Day,
    /// Amount.
    pub amount: i64,
    /// Day it came back, or [`NONE`].
    pub returned: Day,
}

/// Everything, linked.
pub struct Draft {
    /// Claims.
    pub cases: Vec<Case>,
    /// Lines, those of one claim together.
    pub lines: Vec<Line>,
    /// Vouchers in the order of their numbers.
    pub slips: Vec<Slip>,
    /// Line numbers of the vouchers.
    pub slip_lines: Vec<u32>,
    /// Transfers of the vouchers.
    pub transfers: Vec<Transfer>,
    /// Planted pairs: the first claim and its duplicate.
    pub duplicates: Vec<(u32, u32)>,
    /// Claims in the order of their registration.
    pub order: Vec<u32>,
}

impl Draft {
    /// Nothing yet.
    pub fn new() -> Draft {
        Draft {
            cases: Vec::new(),
            lines: Vec::new(),
            slips: Vec::new(),
            slip_lines: Vec::new(),
            transfers: Vec::new(),
            duplicates: Vec::new(),
            order: Vec::new(),
        }
    }

    /// Adds a claim with its lines.
    pub fn push(&mut self, mut case: Case, lines: Vec<Line>) {
        let number = self.next_case();
        case.first_line = to_u32(self.lines.len());
        case.n_lines = to_u32(lines.len());
        self.lines.extend(lines.into_iter().map(|line| Line { case: number, ..line }));
        self.cases.push(case);
    }

    /// The number the next claim will have.
    pub fn next_case(&self) -> u32 {
        to_u32(self.cases.len())
    }

    /// A claim's lines.
    pub fn lines_of(&self, case: &Case) -> &[Line] {
        &self.lines[span(case.first_line, case.n_lines)]
    }

    /// A voucher's lines, by number.
    pub fn lines_on(&self, slip: &Slip) -> &[u32] {
        &self.slip_lines[span(slip.lines.0, slip.lines.1)]
    }

    /// A voucher's transfers.
    pub fn transfers_of(&self, slip: &Slip) -> &[Transfer] {
        &self.transfers[span(slip.transfers.0, slip.transfers.1)]
    }

    /// Orders the claims by registration and numbers them by programme and year, as a core system would. Of the years
    /// before the 24 months only the open cases are here, so their numbers have holes.
    pub fn number_claims(&mut self, world: &World) {
        self.order = (0..self.next_case()).collect();
        let cases = &mut self.cases;
        self.order.sort_by_key(|number| (cases[at(*number)].registered, *number));
        let mut counters = std::collections::BTreeMap::new();
        for place in &self.order {
            let case = &mut cases[at(*place)];
            let year = world.days.month(case.registered) / 12;
            let counter = counters.entry((case.programme, year)).or_insert(0u32);
            *counter += if case.registered < world.days.first { 23 + place % 17 } else { 1 };
            case.number = *counter;
        }
    }
}

/// A number as a place in a list.
pub fn at(number: u32) -> usize {
    usize::try_from(number).expect("32 bits fit")
}

/// A place in a list as a number.
pub fn to_u32(place: usize) -> u32 {
    u32::try_from(place).expect("fewer than four billion records")
}

fn span(first: u32, count: u32) -> std::ops::Range<usize> {
    at(first)..at(first) + at(count)
}
