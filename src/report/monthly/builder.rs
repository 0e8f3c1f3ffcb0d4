//! Postings in, report out.

use jiff::civil::Date;

use crate::domain::code::{Programme, RegulatorStatus};
use crate::domain::office::Office;
use crate::domain::period::Period;
use crate::domain::posting::{Posting, PostingKind};
use crate::report::monthly::cases::Touch;
use crate::report::monthly::flows::Flows;
use crate::report::monthly::sums::{MonthSums, SumsBuilder};
use crate::report::monthly::{
    BookStatus, CaseFlow, ComparisonRow, Measure, MonthlyReport, Note, OfficeHead, PayableFlow, ProgrammeRow,
    Quantity, RegulatorRow, SeriesGap, VoucherRegister,
};

/// Makes a [`MonthlyReport`] from the postings of its month and of all months before, in any order.
#[derive(Debug)]
pub struct MonthlyBuilder {
    head: MonthlyHead,
    sums: SumsBuilder,
}

/// What a report says that stands in no posting.
#[derive(Debug, Clone)]
pub struct MonthlyHead {
    office: OfficeHead,
    first_open: Period,
    period: Period,
    as_of: Date,
    gaps: Vec<SeriesGap>,
    said: Vec<String>,
}

impl MonthlyBuilder {
    /// A report of `period` as it stands on `as_of`. A month that is over is shown as of its last day, so that the
    /// bytes do not change with the day on which it is printed.
    pub fn new(office: &Office, period: Period, as_of: Date) -> MonthlyBuilder {
        MonthlyBuilder { head: MonthlyHead::new(office, period, as_of), sums: SumsBuilder::new(period) }
    }

    /// Numbers missing in the month's series, which only the desk's counters know.
    #[must_use]
    pub fn with_gaps(mut self, gaps: Vec<SeriesGap>) -> MonthlyBuilder {
        self.head = self.head.with_gaps(gaps);
        self
    }

    /// A note of the desk's own.
    #[must_use]
    pub fn with_note(mut self, said: String) -> MonthlyBuilder {
        self.head.said.push(said);
        self
    }

    /// Counts a posting; see [`SumsBuilder::add`].
    pub fn add(&mut self, posting: &Posting) {
        self.sums.add(posting);
    }

    /// The report.
    pub fn finish(self) -> MonthlyReport {
        self.head.report(&self.sums.finish())
    }
}

impl MonthlyHead {
    /// See [`MonthlyBuilder::new`].
    pub fn new(office: &Office, period: Period, as_of: Date) -> MonthlyHead {
        MonthlyHead {
            office: OfficeHead {
                code: office.code.clone(),
                name: office.name.clone(),
                kind: office.kind,
                signers: office.signers.clone(),
            },
            first_open: office.first_open,
            period,
            as_of: as_of.min(period.last_day()),
            gaps: Vec::new(),
            said: Vec::new(),
        }
    }

    /// Numbers missing in the month's series, which only the desk's counters know.
    #[must_use]
    pub fn with_gaps(mut self, mut gaps: Vec<SeriesGap>) -> MonthlyHead {
        gaps.retain(|gap| !gap.missing.is_empty());
        gaps.sort();
        self.gaps = gaps;
        self
    }

    /// The report of the month's sums.
    pub fn report(self, sums: &MonthSums) -> MonthlyReport {
        let MonthSums { months, groups, states, .. } = sums;
        let month = months.of(self.period);
        let before = months.sum(None, self.period.plus(-1));
        let until = months.sum(None, self.period);
        let status = if self.period < self.first_open { BookStatus::Closed } else { BookStatus::Provisional };
        let programmes = Programme::ALL.iter().map(|programme| ProgrammeRow {
            programme: *programme,
            open_end: states.open_of(*programme),
            sums: groups.programme(*programme),
        });
        let mut report = MonthlyReport {
            period: self.period,
            as_of: self.as_of,
            status,
            cases: case_flow(&before, &month),
            payable: payable_flow(&before, &month),
            regulator: regulator(sums, &month),
            outcomes: states.outcomes(),
            scholarships: states.touched(Touch::Scholarship),
            ages: states.ages(self.as_of),
            programmes: programmes.collect(),
            components: groups.components(),
            companies: groups.companies(),
            facilities: groups.facilities(),
            segments: groups.segments(),
            places: groups.places(),
            vouchers: register(sums, &month, self.gaps),
            tie_out: states.judged.tie_out(&until),
            clocks: groups.clocks(),
            late_entries: groups.late(),
            comparison: comparison(sums, self.period),
            notes: Vec::new(),
            office: self.office,
        };
        report.notes = notes(&report, groups.n_history(), self.said);
        report
    }
}

fn regulator(sums: &MonthSums, month: &Flows) -> Vec<RegulatorRow> {
    use PostingKind as Kind;
    let row = |status, touch, amount| RegulatorRow { status, count: sums.states.touched(touch), amount };
    vec![
        row(RegulatorStatus::Diajukan, Touch::Filed, month.filed()),
        row(RegulatorStatus::Ditetapkan, Touch::Determined, month.amount(Kind::Determined)),
        row(RegulatorStatus::Dibayarkan, Touch::Paid, month.amount(Kind::LinePaid)),
        row(RegulatorStatus::Ditolak, Touch::Rejected, month.amount(Kind::CaseRejected)),
    ]
}

fn register(sums: &MonthSums, month: &Flows, gaps: Vec<SeriesGap>) -> VoucherRegister {
    let gross = month.amount(PostingKind::VoucherRaised);
    let [voided_here, void_of_earlier_months] = sums.states.voids;
    VoucherRegister {
        count: month.count(PostingKind::VoucherRaised),
        gross,
        pph: month.pph,
        rounding: month.rounding,
        net: gross - month.pph + month.rounding,
        voided_here,
        void_of_earlier_months,
        gaps,
    }
}

fn comparison(sums: &MonthSums, period: Period) -> Vec<ComparisonRow> {
    let january = Period::new(period.year(), 1).unwrap_or(period);
    let months = &sums.months;
    let spans = [
        months.of(period),
        months.of(period.plus(-1)),
        months.of(period.plus(-12)),
        months.sum(Some(january), period),
    ];
    let row = |measure: &Measure| {
        let [this_month, last_month, same_month_last_year, year_to_date] =
            spans.each_ref().map(|flows| quantity(*measure, flows));
        ComparisonRow { measure: *measure, this_month, last_month, same_month_last_year, year_to_date }
    };
    Measure::ALL.iter().map(row).collect()
}

fn quantity(measure: Measure, flows: &Flows) -> Quantity {
    use PostingKind as Kind;
    let dropped = flows.count(Kind::CaseRejected) + flows.count(Kind::CaseCancelled);
    match measure {
        Measure::Registered => Quantity::Count(flows.count(Kind::CaseRegistered)),
        Measure::Closed => Quantity::Count(flows.count(Kind::CaseClosed)),
        Measure::Dropped => Quantity::Count(dropped),
        Measure::Filed => Quantity::Amount(flows.filed()),
        Measure::Determined => Quantity::Amount(flows.benefits()),
        Measure::Paid => Quantity::Amount(flows.amount(Kind::LinePaid)),
        Measure::Returned => Quantity::Amount(flows.amount(Kind::LineUnpaid)),
        Measure::Vouchers => Quantity::Count(flows.count(Kind::VoucherRaised)),
        Measure::VoucherGross => Quantity::Amount(flows.amount(Kind::VoucherRaised)),
    }
}

fn case_flow(before: &Flows, month: &Flows) -> CaseFlow {
    use PostingKind as Kind;
    CaseFlow {
        open_start: before.open_cases(),
        registered: month.count(Kind::CaseRegistered),
        restored: month.count(Kind::CaseRestored),
        closed_paid: month.count(Kind::CaseClosed),
        rejected: month.count(Kind::CaseRejected),
        cancelled: month.count(Kind::CaseCancelled),
        open_end: before.open_cases() + month.open_cases(),
    }
}

fn payable_flow(before: &Flows, month: &Flows) -> PayableFlow {
    let start = before.benefits() - before.settled();
    PayableFlow {
        start,
        determined: month.amount(PostingKind::Determined),
        corrected: month.amount(PostingKind::Corrected),
        paid: month.amount(PostingKind::LinePaid),
        returned: month.amount(PostingKind::LineUnpaid),
        end: start + month.benefits() - month.settled(),
    }
}

fn notes(report: &MonthlyReport, n_history: u64, said: Vec<String>) -> Vec<Note> {
    let n_late: u64 = report.late_entries.iter().map(|row| row.count).sum();
    let n_gaps = report.vouchers.gaps.iter().map(|gap| gap.missing.len()).sum::<usize>();
    let n_unmatched = report.tie_out.unmatched.len();
    let mut notes = vec![Note::RowsNotAdded, Note::GrossBasis];
    if report.status == BookStatus::Provisional {
        notes.push(Note::Provisional);
    }
    let count = |n: usize| u64::try_from(n).expect("counts fit");
    let counted = [
        Note::LateEntries(n_late),
        Note::History(n_history),
        Note::Gaps(count(n_gaps)),
        Note::Unmatched(count(n_unmatched)),
    ];
    notes.extend(counted.into_iter().filter(|note| !note.is_about_nothing()));
    notes.extend(said.into_iter().map(Note::Said));
    notes
}
