//! The monthly report from a stream of postings: 10 k, 100 k and 1 M cases with eight postings each, over 24 months,
//! a tenth of them waiting for a voucher. The stream is made as the builder takes it, so its cost is in the figure; it
//! is measured alone beside it.
//!
//! `cargo bench --bench report`. Compare ratios within one session, not times between machines.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion};
use santun::domain::clock::ClockMark;
use santun::domain::code::{Component, Origin, Outcome, Programme, Segment};
use santun::domain::posting::{Dimensions, Posting, PostingKind};
use santun::domain::{ClaimId, LineNo, Office, PaymentNo, Period, Rupiah, VoucherId};
use santun::report::MonthlyBuilder;

const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];

/// What happens to a case, in order; the last four only where a voucher was made.
const KINDS: [PostingKind; 8] = [
    PostingKind::CaseRegistered,
    PostingKind::OutcomeSet,
    PostingKind::Filed,
    PostingKind::Determined,
    PostingKind::VoucherRaised,
    PostingKind::LineVouchered,
    PostingKind::PaymentMade,
    PostingKind::LinePaid,
];

fn period() -> Period {
    Period::new(2026, 9).expect("a month")
}

/// Gives the postings of `n_cases` cases to `f`, as a store would: fresh text for numbers, shared text for companies.
fn stream(n_cases: u64, mut f: impl FnMut(&Posting)) {
    let companies: Vec<Arc<str>> = (0..500).map(|no| format!("AB{no:06}").into()).collect();
    for case in 1..=n_cases {
        let month = period().plus(-i32::try_from(case % 24).expect("below 24"));
        let company = &companies[usize::try_from(case * case % 500).expect("below 500")];
        let n_kinds = if case % 10 == 0 { 4 } else { KINDS.len() };
        let claim_no: Arc<str> = format!("K26-{case:06}").into();
        let code: Arc<str> = format!("JKK-J03-2609-{case:05}-7K").into();
        for kind in &KINDS[..n_kinds] {
            let is_whole = matches!(kind, PostingKind::VoucherRaised | PostingKind::PaymentMade);
            f(&Posting {
                kind: *kind,
                month,
                date: month.first_day(),
                claim: (!is_whole).then(|| ClaimId::new(case)),
                line: (!is_whole).then(|| LineNo::new(1)),
                voucher: (n_kinds > 4).then(|| VoucherId::new(case)),
                payment: is_whole.then(|| PaymentNo::new(1)),
                amount: Rupiah::new(1_000_000),
                pph: Rupiah::ZERO,
                rounding: Rupiah::ZERO,
                net: Rupiah::new(if *kind == PostingKind::VoucherRaised { 1_000_000 } else { 0 }),
                clock: ClockMark::InTime,
                origin: Origin::History,
                by: Dimensions {
                    programme: Programme::Jkk,
                    segment: Some(Segment::Pu),
                    component: Some(Component::Medical),
                    place: None,
                    outcome: Some(Outcome::Berobat),
                    event_date: Some(month.first_day()),
                    claim_no: Arc::clone(&claim_no),
                    code: Arc::clone(&code),
                    npp: Arc::clone(company),
                    company: Arc::clone(company),
                    facility: Arc::clone(company),
                    payee: Arc::clone(company),
                    payee_kind: None,
                },
            });
        }
    }
}

fn monthly(criterion: &mut Criterion) {
    let office = Office::new("J03", "Contoh", period()).expect("an office");
    let mut group = criterion.benchmark_group("monthly");
    group.sample_size(10);
    for n_cases in SIZES {
        group.bench_function(BenchmarkId::new("stream", n_cases), |bencher| {
            bencher.iter(|| {
                stream(n_cases, |posting| {
                    black_box(posting);
                })
            });
        });
        group.bench_function(BenchmarkId::new("report", n_cases), |bencher| {
            bencher.iter(|| {
                let mut builder = MonthlyBuilder::new(&office, period(), period().last_day());
                stream(n_cases, |posting| builder.add(posting));
                let report = builder.finish();
                assert!(report.tie_out.unmatched.is_empty(), "the stream is sound");
                report
            });
        });
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    monthly(&mut criterion);
    criterion.final_summary();
}
