//! The keys of the monthly report, in their order.

use serde::Serialize;

use crate::domain::money::Rupiah;
use crate::domain::office::StoreKind;
use crate::report::monthly::{
    AgeRow, ClockRow, ComparisonRow, CountAndSum, GroupRow, LateRow, MonthlyReport, OutcomeRow, ProgrammeRow,
    Quantity, RankedRow, Ranking, RegulatorRow, Remainder, Sums, TieOut, VoucherRegister,
};
use crate::report::section::kind_code;

#[derive(Serialize)]
pub(super) struct Monthly<'a> {
    period: String,
    as_of: String,
    status: &'static str,
    sample: bool,
    office: Office<'a>,
    cases: Cases,
    payable: Payable,
    regulator: Vec<Regulator>,
    outcomes: Vec<Outcome>,
    scholarships: u64,
    ages: Vec<Age>,
    programmes: Vec<Programme>,
    components: Vec<Component>,
    companies: Vec<Company<'a>>,
    companies_rest: Rest,
    companies_none: Group,
    facilities: Vec<Facility<'a>>,
    facilities_rest: Rest,
    facilities_none: Group,
    segments: Vec<Segment>,
    places: Vec<Place>,
    vouchers: Vouchers<'a>,
    tie_out: Tie<'a>,
    clocks: Vec<Clock>,
    late_entries: Vec<Late>,
    comparison: Vec<Comparison>,
}

#[derive(Serialize)]
struct Office<'a> {
    code: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Cases {
    open_start: i64,
    registered: i64,
    restored: i64,
    closed_paid: i64,
    rejected: i64,
    cancelled: i64,
    open_end: i64,
}

#[derive(Serialize)]
struct Payable {
    start: i64,
    determined: i64,
    corrected: i64,
    paid: i64,
    returned: i64,
    end: i64,
}

#[derive(Serialize)]
struct Regulator {
    status: &'static str,
    count: u64,
    amount: i64,
}

#[derive(Serialize)]
struct Outcome {
    outcome: &'static str,
    new: u64,
    standing: u64,
}

#[derive(Serialize)]
struct Age {
    months: &'static str,
    open: u64,
    under_treatment: u64,
}

#[derive(Serialize)]
struct Group {
    registered: u64,
    lines: u64,
    determined: i64,
    corrected: i64,
    paid: i64,
    returned: i64,
}

#[derive(Serialize)]
struct Programme {
    programme: &'static str,
    open_end: u64,
    #[serde(flatten)]
    group: Group,
}

#[derive(Serialize)]
struct Component {
    component: Option<&'static str>,
    #[serde(flatten)]
    group: Group,
}

#[derive(Serialize)]
struct Segment {
    segment: Option<&'static str>,
    #[serde(flatten)]
    group: Group,
}

#[derive(Serialize)]
struct Place {
    place: Option<&'static str>,
    #[serde(flatten)]
    group: Group,
}

#[derive(Serialize)]
struct Company<'a> {
    npp: &'a str,
    company: &'a str,
    #[serde(flatten)]
    group: Group,
}

#[derive(Serialize)]
struct Facility<'a> {
    facility: &'a str,
    #[serde(flatten)]
    group: Group,
}

#[derive(Serialize)]
struct Rest {
    count: u64,
    #[serde(flatten)]
    group: Group,
}

#[derive(Serialize)]
struct Vouchers<'a> {
    count: i64,
    gross: i64,
    pph: i64,
    rounding: i64,
    net: i64,
    voided_here: u64,
    voided_here_gross: i64,
    void_of_earlier_months: u64,
    void_of_earlier_months_gross: i64,
    gaps: Vec<Gap<'a>>,
}

#[derive(Serialize)]
struct Gap<'a> {
    series: &'a str,
    missing: &'a [u32],
}

#[derive(Serialize)]
struct Tie<'a> {
    benefits: i64,
    vouchers: i64,
    payments: i64,
    cash: i64,
    timing: Timing,
    unmatched: Vec<Unmatched<'a>>,
    difference: i64,
    remainder: Left,
}

#[derive(Serialize)]
struct Timing {
    waiting_voucher: i64,
    waiting_voucher_count: u64,
    waiting_payment: i64,
    waiting_payment_count: u64,
}

#[derive(Serialize)]
struct Unmatched<'a> {
    kind: &'static str,
    #[serde(rename = "ref")]
    reference: &'a str,
    amount: i64,
    vouchers: Vec<&'a str>,
}

#[derive(Serialize)]
struct Left {
    benefits_vouchers: i64,
    vouchers_payments: i64,
    payments_cash: i64,
}

#[derive(Serialize)]
struct Clock {
    clock: &'static str,
    in_time: u64,
    late: u64,
    cannot_tell: u64,
    late_days: u64,
    cost: i64,
}

#[derive(Serialize)]
struct Late {
    kind: &'static str,
    count: u64,
    amount: i64,
}

#[derive(Serialize)]
struct Comparison {
    measure: &'static str,
    unit: &'static str,
    this_month: i64,
    last_month: i64,
    same_month_last_year: i64,
    year_to_date: i64,
}

impl<'a> Monthly<'a> {
    pub(super) fn of(report: &'a MonthlyReport) -> Monthly<'a> {
        Monthly {
            period: report.period.to_string(),
            as_of: report.as_of.to_string(),
            status: report.status.code(),
            sample: report.office.kind == StoreKind::Sample,
            office: Office { code: &report.office.code, name: &report.office.name },
            cases: cases(report),
            payable: payable(report),
            regulator: regulator(report),
            outcomes: outcomes(report),
            scholarships: report.scholarships,
            ages: ages(report),
            programmes: programmes(report),
            components: keyed(&report.components, |key, group| Component {
                component: key.map(|k| k.code()),
                group,
            }),
            companies: report.companies.named.iter().map(company).collect(),
            companies_rest: rest(&report.companies),
            companies_none: without(&report.companies),
            facilities: report.facilities.named.iter().map(facility).collect(),
            facilities_rest: rest(&report.facilities),
            facilities_none: without(&report.facilities),
            segments: keyed(&report.segments, |key, group| Segment { segment: key.map(|k| k.code()), group }),
            places: keyed(&report.places, |key, group| Place { place: key.map(|k| k.code()), group }),
            vouchers: vouchers(&report.vouchers),
            tie_out: tie(&report.tie_out),
            clocks: clocks(report),
            late_entries: late(report),
            comparison: report.comparison.iter().map(comparison).collect(),
        }
    }
}

fn cases(report: &MonthlyReport) -> Cases {
    let flow = &report.cases;
    Cases {
        open_start: flow.open_start,
        registered: flow.registered,
        restored: flow.restored,
        closed_paid: flow.closed_paid,
        rejected: flow.rejected,
        cancelled: flow.cancelled,
        open_end: flow.open_end,
    }
}

fn payable(report: &MonthlyReport) -> Payable {
    let flow = &report.payable;
    Payable {
        start: flow.start.get(),
        determined: flow.determined.get(),
        corrected: flow.corrected.get(),
        paid: flow.paid.get(),
        returned: flow.returned.get(),
        end: flow.end.get(),
    }
}

fn regulator(report: &MonthlyReport) -> Vec<Regulator> {
    let row = |row: &RegulatorRow| Regulator {
        status: row.status.code(),
        count: row.count,
        amount: row.amount.get(),
    };
    report.regulator.iter().map(row).collect()
}

fn outcomes(report: &MonthlyReport) -> Vec<Outcome> {
    let row = |row: &OutcomeRow| Outcome {
        outcome: row.outcome.map_or("BELUM", |outcome| outcome.code()),
        new: row.new,
        standing: row.standing,
    };
    report.outcomes.iter().map(row).collect()
}

fn ages(report: &MonthlyReport) -> Vec<Age> {
    let row =
        |row: &AgeRow| Age { months: row.band.code(), open: row.open, under_treatment: row.under_treatment };
    report.ages.iter().map(row).collect()
}

fn programmes(report: &MonthlyReport) -> Vec<Programme> {
    let row = |row: &ProgrammeRow| Programme {
        programme: row.programme.code(),
        open_end: row.open_end,
        group: group(&row.sums),
    };
    report.programmes.iter().map(row).collect()
}

fn keyed<K: Copy, T>(rows: &[GroupRow<K>], make: impl Fn(Option<K>, Group) -> T) -> Vec<T> {
    rows.iter().map(|row| make(row.key, group(&row.sums))).collect()
}

fn group(sums: &Sums) -> Group {
    Group {
        registered: sums.registered,
        lines: sums.lines,
        determined: sums.determined.get(),
        corrected: sums.corrected.get(),
        paid: sums.paid.get(),
        returned: sums.returned.get(),
    }
}

fn company(row: &RankedRow) -> Company<'_> {
    Company { npp: &row.key, company: &row.name, group: group(&row.sums) }
}

fn facility(row: &RankedRow) -> Facility<'_> {
    Facility { facility: &row.name, group: group(&row.sums) }
}

fn rest(ranking: &Ranking) -> Rest {
    Rest { count: ranking.n_rest, group: group(&ranking.rest) }
}

fn without(ranking: &Ranking) -> Group {
    group(&ranking.without.clone().unwrap_or_default())
}

fn vouchers(register: &VoucherRegister) -> Vouchers<'_> {
    let CountAndSum { count: voided_here, amount: here } = register.voided_here;
    let CountAndSum { count: void_of_earlier_months, amount: earlier } = register.void_of_earlier_months;
    let gaps = register.gaps.iter().map(|gap| Gap { series: &gap.series, missing: &gap.missing });
    Vouchers {
        count: register.count,
        gross: register.gross.get(),
        pph: register.pph.get(),
        rounding: register.rounding.get(),
        net: register.net.get(),
        voided_here,
        voided_here_gross: here.get(),
        void_of_earlier_months,
        void_of_earlier_months_gross: earlier.get(),
        gaps: gaps.collect(),
    }
}

fn tie(tie: &TieOut) -> Tie<'_> {
    let unmatched = tie.unmatched.iter().map(|record| Unmatched {
        kind: record.fault.code(),
        reference: &record.reference,
        amount: record.amount.get(),
        vouchers: record.vouchers.iter().map(|code| &**code).collect(),
    });
    let Remainder { benefits_vouchers, vouchers_payments, payments_cash } = tie.remainder;
    Tie {
        benefits: tie.benefits.get(),
        vouchers: tie.vouchers.get(),
        payments: tie.payments.get(),
        cash: tie.cash.get(),
        timing: Timing {
            waiting_voucher: tie.timing.voucher.amount.get(),
            waiting_voucher_count: tie.timing.voucher.count,
            waiting_payment: tie.timing.payment.amount.get(),
            waiting_payment_count: tie.timing.payment.count,
        },
        unmatched: unmatched.collect(),
        difference: tie.difference.get(),
        remainder: Left {
            benefits_vouchers: benefits_vouchers.get(),
            vouchers_payments: vouchers_payments.get(),
            payments_cash: payments_cash.get(),
        },
    }
}

fn clocks(report: &MonthlyReport) -> Vec<Clock> {
    let row = |row: &ClockRow| Clock {
        clock: row.clock.key().trim_start_matches("clock-"),
        in_time: row.in_time,
        late: row.late,
        cannot_tell: row.cannot_tell,
        late_days: row.late_days,
        cost: row.cost.get(),
    };
    report.clocks.iter().map(row).collect()
}

fn late(report: &MonthlyReport) -> Vec<Late> {
    let row = |row: &LateRow| Late { kind: kind_code(row.kind), count: row.count, amount: row.amount.get() };
    report.late_entries.iter().map(row).collect()
}

fn comparison(row: &ComparisonRow) -> Comparison {
    let bare = |quantity: Quantity| match quantity {
        Quantity::Count(count) => count,
        Quantity::Amount(amount) => Rupiah::get(amount),
    };
    Comparison {
        measure: row.measure.code(),
        unit: match row.this_month {
            Quantity::Count(_) => "count",
            Quantity::Amount(_) => "rupiah",
        },
        this_month: bare(row.this_month),
        last_month: bare(row.last_month),
        same_month_last_year: bare(row.same_month_last_year),
        year_to_date: bare(row.year_to_date),
    }
}
