//! The sections that must add up: cases, rupiah owed, voucher register, tie-out.

use crate::domain::money::Rupiah;
use crate::domain::posting::PostingKind;
use crate::report::monthly::{CountAndSum, Drill, MonthlyReport, Narrow, SeriesGap, Unmatched};
use crate::report::section::{Cell, Line, Table, number};
use crate::words::Words;

/// The cases whose lines wait, as they stand today.
const WAITING: &str = "menunggu > 0";

fn records(report: &MonthlyReport, kind: PostingKind) -> Drill {
    Drill::postings(report.period, &[kind], Narrow::All)
}

pub(super) fn cases(report: &MonthlyReport, words: &Words) -> Table {
    use PostingKind as Kind;
    let flow = &report.cases;
    let label = |key: &str| words.text(&format!("report-case-{key}"));
    let plain =
        |key: &str, count, kind| Line::new(label(key), vec![Cell::count(count, records(report, kind))]);
    let lines = vec![
        Line::total(label("open-start"), vec![Cell::count(flow.open_start, Drill::None)]),
        plain("registered", flow.registered, Kind::CaseRegistered),
        plain("restored", flow.restored, Kind::CaseRestored),
        plain("closed-paid", flow.closed_paid, Kind::CaseClosed),
        plain("rejected", flow.rejected, Kind::CaseRejected),
        plain("cancelled", flow.cancelled, Kind::CaseCancelled),
        Line::total(label("open-end"), vec![Cell::count(flow.open_end, Drill::Claims("terbuka".to_owned()))]),
    ];
    (&["count"], lines)
}

pub(super) fn payable(report: &MonthlyReport, words: &Words) -> Table {
    use PostingKind as Kind;
    let flow = &report.payable;
    let label = |key: &str| words.text(&format!("report-payable-{key}"));
    let plain =
        |key: &str, amount, kind| Line::new(label(key), vec![Cell::amount(amount, records(report, kind))]);
    let lines = vec![
        Line::total(label("start"), vec![Cell::amount(flow.start, Drill::None)]),
        plain("determined", flow.determined, Kind::Determined),
        plain("corrected", flow.corrected, Kind::Corrected),
        plain("paid", flow.paid, Kind::LinePaid),
        plain("returned", flow.returned, Kind::LineUnpaid),
        Line::total(label("end"), vec![Cell::amount(flow.end, Drill::Claims(WAITING.to_owned()))]),
    ];
    (&["rupiah"], lines)
}

pub(super) fn vouchers(report: &MonthlyReport, words: &Words) -> Table {
    use PostingKind as Kind;
    let register = &report.vouchers;
    let label = |key: &str| words.text(&format!("report-register-{key}"));
    let raised = || records(report, Kind::VoucherRaised);
    let part = |key: &str, amount: Rupiah| {
        Line::new(label(key), vec![Cell::empty(), Cell::amount(amount, Drill::None)])
    };
    let void = |key: &str, sum: CountAndSum| {
        let cells = vec![Cell::count(number(sum.count), Drill::None), Cell::amount(sum.amount, Drill::None)];
        Line::new(label(key), cells)
    };
    let gross = vec![Cell::count(register.count, raised()), Cell::amount(register.gross, raised())];
    let mut lines = vec![
        Line::new(label("gross"), gross),
        part("pph", register.pph),
        part("rounding", register.rounding),
        Line::total(label("net"), vec![Cell::empty(), Cell::amount(register.net, Drill::None)]),
        void("voided-here", register.voided_here),
        void("void-of-earlier", register.void_of_earlier_months),
    ];
    let n_missing: usize = register.gaps.iter().map(|gap| gap.missing.len()).sum();
    let n_missing = i64::try_from(n_missing).unwrap_or(i64::MAX);
    lines.push(Line::new(label("gaps"), vec![Cell::count(n_missing, Drill::None), Cell::empty()]));
    lines.extend(register.gaps.iter().map(|gap| {
        Line::new(format!("  {}: {}", gap.series, ranges(gap)), vec![Cell::empty(), Cell::empty()])
    }));
    (&["count", "rupiah"], lines)
}

/// `3, 7–9`: missing numbers, runs drawn together.
fn ranges(gap: &SeriesGap) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in &gap.missing {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*number) => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let said =
        runs.iter().map(|(from, to)| if from == to { from.to_string() } else { format!("{from}–{to}") });
    said.collect::<Vec<_>>().join(", ")
}

pub(super) fn tie_out(report: &MonthlyReport, words: &Words) -> Table {
    let tie = &report.tie_out;
    let label = |key: &str| words.text(&format!("report-tie-{key}"));
    let sum = |key: &str, amount: Rupiah| {
        Line::total(label(key), vec![Cell::empty(), Cell::amount(amount, Drill::None)])
    };
    let part = |key: &str, amount: Rupiah| {
        Line::new(label(key), vec![Cell::empty(), Cell::amount(amount, Drill::None)])
    };
    let waiting = |key: &str, filter: &str, sum: CountAndSum| {
        let drill = || Drill::Claims(filter.to_owned());
        Line::new(
            label(key),
            vec![Cell::count(number(sum.count), drill()), Cell::amount(sum.amount, drill())],
        )
    };
    let lines = vec![
        sum("benefits", tie.benefits),
        waiting("waiting-voucher", "siap_voucher > 0", tie.timing.voucher),
        part("left-vouchers", tie.remainder.benefits_vouchers),
        sum("vouchers", tie.vouchers),
        waiting("waiting-payment", "menunggu_bayar > 0", tie.timing.payment),
        part("left-payments", tie.remainder.vouchers_payments),
        sum("payments", tie.payments),
        part("cash", tie.cash),
        part("left-cash", tie.remainder.payments_cash),
        Line::total(
            label("difference"),
            vec![
                Cell::count(i64::try_from(tie.unmatched.len()).unwrap_or(i64::MAX), Drill::None),
                Cell::amount(tie.difference, Drill::None),
            ],
        ),
    ];
    (&["count", "rupiah"], lines)
}

pub(super) fn unmatched(report: &MonthlyReport, words: &Words) -> Table {
    let line = |record: &Unmatched| {
        let fault = words.text(&format!("report-fault-{}", record.fault.code().replace('_', "-")));
        let drill = || match record.reference.rsplit_once('/') {
            Some((claim_no, _)) if record.fault.is_about_line() => Drill::Claim(claim_no.into()),
            _ => Drill::Voucher(record.reference.as_str().into()),
        };
        let named = if record.vouchers.is_empty() {
            record.reference.clone()
        } else {
            format!("{} ({})", record.reference, record.vouchers.join(" + "))
        };
        let reference = Cell { drill: drill(), ..Cell::text(named) };
        Line::new(fault, vec![reference, Cell::amount(record.amount, drill())])
    };
    (&["record", "rupiah"], report.tie_out.unmatched.iter().map(line).collect())
}
