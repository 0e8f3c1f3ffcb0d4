//! The committed branch against a recount of its CSV files that knows nothing of postings: sums over columns, month by
//! month.

use std::collections::{BTreeMap, BTreeSet};

use santun::domain::posting::Posting;
use santun::domain::{Period, Rupiah};
use santun::report::monthly::{MonthlyReport, Remainder};

use super::imported::postings;
use super::table::report;
use crate::support::sources::root;

type Record = BTreeMap<String, String>;

pub struct Branch {
    claims: Vec<Record>,
    benefits: Vec<Record>,
    vouchers: Vec<Record>,
    payments: Vec<Record>,
}

fn text(name: &str) -> String {
    std::fs::read_to_string(root().join("sample-data").join(name)).expect("the branch is committed")
}

fn records(name: &str) -> Vec<Record> {
    let text = text(name);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|record| record.expect("a row")).collect()
}

pub fn branch() -> (Branch, Vec<Posting>) {
    let names = ["claims.csv", "benefits.csv", "vouchers.csv", "payments.csv"];
    let files: Vec<(&str, String)> = names.iter().map(|name| (*name, text(name))).collect();
    let [claims, benefits, vouchers, payments] = names.map(records);
    (Branch { claims, benefits, vouchers, payments }, postings(&files))
}

fn rupiah(record: &Record, column: &str) -> i64 {
    match record[column].as_str() {
        "" => 0,
        digits => digits.parse().expect("digits"),
    }
}

/// The sum of a column over the records that pass.
fn sum(records: &[Record], column: &str, passes: impl Fn(&Record) -> bool) -> Rupiah {
    Rupiah::new(records.iter().filter(|record| passes(record)).map(|record| rupiah(record, column)).sum())
}

/// Whether a date stands in a month, `2026-09`; ISO dates compare as text.
fn is_in(month: &str) -> impl Fn(&str) -> bool {
    move |date: &str| date.starts_with(month)
}

fn is_until(month: &str) -> impl Fn(&str) -> bool {
    let last = format!("{month}-31");
    move |date: &str| !date.is_empty() && date <= last.as_str()
}

impl Branch {
    fn flows(&self, month: &str, report: &MonthlyReport) {
        let (here, until) = (is_in(month), is_until(month));
        let determined = |record: &Record| here(&record["determined_date"]);
        assert_eq!(report.payable.determined, sum(&self.benefits, "determined", determined), "{month}");
        let claims: BTreeSet<&String> = self
            .benefits
            .iter()
            .filter(|record| determined(record))
            .map(|record| &record["claim_no"])
            .collect();
        assert_eq!(report.regulator[1].count, u64::try_from(claims.len()).unwrap(), "{month}");
        for row in &report.components {
            let code = row.key.expect("every line has a component").code();
            let of_row = |record: &Record| determined(record) && record["component"] == code;
            assert_eq!(row.sums.determined, sum(&self.benefits, "determined", of_row), "{month} {code}");
        }
        let sent = sum(&self.payments, "amount", |record| until(&record["date"]));
        let back = sum(&self.payments, "amount", |record| until(&record["returned_date"]));
        assert_eq!(report.tie_out.cash, sent - back, "{month}");
        let new = |code: &str| {
            let stated = |r: &&Record| r["outcome"] == code && here(&r["outcome_date"]);
            self.claims.iter().filter(stated).count()
        };
        for row in report.outcomes.iter().filter(|row| row.outcome.is_some_and(|o| o.is_final())) {
            let code = row.outcome.expect("filtered").code();
            assert_eq!(row.new, u64::try_from(new(code)).unwrap(), "{month} {code}");
        }
    }

    fn register(&self, month: &str, report: &MonthlyReport) {
        let here = is_in(month);
        let raised = |record: &Record| here(&record["date"]);
        let register = &report.vouchers;
        let count = self.vouchers.iter().filter(|record| raised(record)).count();
        assert_eq!(register.count, i64::try_from(count).unwrap(), "{month}");
        for (column, total) in [
            ("gross", register.gross),
            ("pph", register.pph),
            ("rounding", register.rounding),
            ("net", register.net),
        ] {
            assert_eq!(total, sum(&self.vouchers, column, raised), "{month} {column}");
        }
        let voided = |record: &Record| here(&record["void_date"]);
        let voids = register.voided_here.amount + register.void_of_earlier_months.amount;
        assert_eq!(voids, sum(&self.vouchers, "gross", voided), "{month}");
        let both = |record: &Record| voided(record) && raised(record);
        assert_eq!(register.voided_here.amount, sum(&self.vouchers, "gross", both), "{month}");
    }

    /// Lines that no voucher held at the month's end.
    fn waiting_voucher(&self, month: &str) -> Rupiah {
        let until = is_until(month);
        let mut held: BTreeSet<String> = BTreeSet::new();
        let mut raised: BTreeSet<&str> = BTreeSet::new();
        for voucher in self.vouchers.iter().filter(|record| until(&record["date"])) {
            if !until(&voucher["void_date"]) {
                raised.insert(&voucher["code"]);
                held.extend(voucher["void_lines"].split_whitespace().map(str::to_owned));
            }
        }
        sum(&self.benefits, "determined", |record| {
            let line = format!("{}#{}", record["claim_no"], record["line"]);
            until(&record["determined_date"])
                && !raised.contains(record["voucher"].as_str())
                && !held.contains(&line)
        })
    }

    fn tie_out(&self, month: &str, report: &MonthlyReport) {
        let until = is_until(month);
        let tie = &report.tie_out;
        assert_eq!(tie.unmatched, [], "{month}");
        assert_eq!((tie.difference, tie.remainder), (Rupiah::ZERO, Remainder::default()), "{month}");
        let determined = |record: &Record| until(&record["determined_date"]);
        assert_eq!(tie.benefits, sum(&self.benefits, "determined", determined), "{month}");
        let live = |record: &Record| until(&record["date"]) && !until(&record["void_date"]);
        assert_eq!(tie.vouchers, sum(&self.vouchers, "gross", live), "{month}");
        assert_eq!(tie.timing.voucher.amount, self.waiting_voucher(month), "{month}");
        assert_eq!(tie.timing.payment.amount, tie.vouchers - tie.payments, "{month}");
        assert_eq!(report.payable.end, tie.timing.voucher.amount + tie.timing.payment.amount, "{month}");
    }
}

#[test]
fn the_months_of_the_branch_equal_a_recount_of_its_files() {
    let (branch, postings) = branch();
    let first: Period = "2026-04".parse().unwrap();
    let mut end = None;
    for step in 0..7 {
        let month = first.plus(step).to_string();
        let report = report(&month, &postings);
        branch.flows(&month, &report);
        branch.register(&month, &report);
        branch.tie_out(&month, &report);
        // What one month leaves open the next one begins with.
        let start = (report.cases.open_start, report.payable.start);
        assert_eq!(end.unwrap_or(start), start, "{month}");
        end = Some((report.cases.open_end, report.payable.end));
    }
    let october = report("2026-10", &postings);
    assert!(october.cases.registered > 50 && october.vouchers.count > 50, "a branch is at work");
    assert!(october.tie_out.timing.voucher.count > 50, "lines wait for a voucher");
}
