//! The believable branch, read whole: nothing refused, nothing odd, and the sums of an independent count.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::civil::date;
use santun::domain::Problem;
use santun::domain::office::Office;
use santun::domain::period::Period;
use santun::domain::posting::{Posting, PostingKind};
use santun::intake::assemble::{Assembler, HistoryMonths, Ids};
use santun::intake::history::{History, Options, read_history};

use crate::support::sources::root;

fn read() -> (History, Office) {
    let office =
        Office::new("J03", "Contoh", Period::new(2026, 10).expect("a month")).expect("a sound office");
    let names = ["payments", "claims", "facilities", "benefits", "companies", "vouchers"];
    let files: Vec<PathBuf> =
        names.iter().map(|name| root().join(format!("sample-data/{name}.csv"))).collect();
    let history = read_history(&files, None, &Options::default(), &office, date(2026, 10, 30));
    (history, office)
}

/// Sums of a column by the month of another, by splitting lines at commas: the sample has no quoted cells there.
fn recount(file: &str, amount: &str, day: &str) -> BTreeMap<u32, i64> {
    let path = root().join(format!("sample-data/{file}.csv"));
    let mut rows = csv::Reader::from_path(path).expect("the sample");
    let heads = rows.headers().expect("headings").clone();
    let place = |name: &str| heads.iter().position(|head| head == name).expect("a heading of ours");
    let (amount, day) = (place(amount), place(day));
    let mut sums = BTreeMap::new();
    for row in rows.records() {
        let row = row.expect("a row");
        if let (Ok(amount), Some(month)) = (row[amount].parse::<i64>(), row[day].get(..7)) {
            *sums.entry(month.replace('-', "").parse().expect("a month")).or_default() += amount;
        }
    }
    sums
}

/// The pairs of claims that the sample has planted as one case.
fn planted_twice() -> BTreeSet<(&'static str, String, String)> {
    let text = std::fs::read_to_string(root().join("sample-data/truth.json")).expect("the sample");
    let truth: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let pairs = truth["duplicates"].as_array().expect("a list").iter();
    let part = |pair: &serde_json::Value, key: &str| pair[key].as_str().expect("a number").to_owned();
    pairs.map(|pair| ("claim-looks-same", part(pair, "first"), part(pair, "second"))).collect()
}

fn by_month(postings: &[Posting], kind: PostingKind) -> BTreeMap<u32, i64> {
    let mut sums = BTreeMap::new();
    for posting in postings.iter().filter(|posting| posting.kind == kind) {
        *sums.entry(posting.month.number()).or_default() += posting.amount.get();
    }
    sums
}

#[test]
fn the_sample_goes_in_whole() {
    let (history, office) = read();
    // Nothing is odd but the cases that were planted twice, and each of those is told.
    let arg = |problem: &Problem, name: &str| {
        let found = problem.args.iter().find(|(known, _)| *known == name);
        found.map_or(String::new(), |(_, value)| value.clone())
    };
    let told: BTreeSet<(&str, String, String)> = history
        .problems
        .iter()
        .map(|problem| (problem.code, arg(problem, "other"), arg(problem, "claim_no")))
        .collect();
    assert_eq!(told, planted_twice());
    let ids = Ids::counting(&history, 1, 1);
    let mut assembler = Assembler::new(&history, &office, HistoryMonths::PaperMonths, &ids);
    let mut postings = Vec::new();
    for place in 0..history.n_claims() {
        let made = assembler.claim(place);
        assert!(
            made.claim.registered == history.home(place)
                && made.claim.registered >= history.home(place.saturating_sub(1))
        );
        postings.extend(made.postings);
    }
    for place in 0..history.n_vouchers() {
        postings.extend(assembler.voucher(place).postings);
    }
    let table = [
        ("benefits", "determined", "determined_date", PostingKind::Determined),
        ("vouchers", "gross", "date", PostingKind::VoucherRaised),
        ("vouchers", "gross", "void_date", PostingKind::VoucherVoided),
        ("payments", "amount", "date", PostingKind::PaymentMade),
        ("payments", "amount", "returned_date", PostingKind::PaymentReturned),
    ];
    for (file, amount, day, kind) in table {
        assert_eq!(by_month(&postings, kind), recount(file, amount, day), "{kind:?}");
    }
    // What lines were vouchered for is what vouchers were raised for, month by month.
    assert_eq!(
        by_month(&postings, PostingKind::LineVouchered),
        by_month(&postings, PostingKind::VoucherRaised)
    );
    assert_eq!(
        by_month(&postings, PostingKind::LineReleased),
        by_month(&postings, PostingKind::VoucherVoided)
    );
}

#[test]
fn the_states_of_the_sample_are_those_of_its_papers() {
    let (history, office) = read();
    let ids = Ids::counting(&history, 1, 1);
    let mut assembler = Assembler::new(&history, &office, HistoryMonths::PaperMonths, &ids);
    for place in 0..history.n_claims() {
        let source = assembler.source(place);
        let claim = assembler.claim(place).claim;
        assert_eq!(Some(claim.state()), source.status, "{}", source.basics.claim_no);
        assert_eq!(claim.outcome(), source.outcome);
    }
    let mut reader = history.reader();
    for place in 0..history.n_vouchers() {
        let source = reader.voucher(place);
        let made = assembler.voucher(place).voucher;
        assert_eq!(made.state, source.status, "{}", source.code);
        assert_eq!(made.lines.len(), source.lines.len());
        let is_ours = source.kind == santun::domain::VoucherKind::Issued;
        assert_eq!(made.series.is_some(), is_ours, "{}", source.code);
    }
}
