//! The branch looks like the published figures.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use santun::domain::code::TimeBand;
use santun::domain::{Outcome, Place, Programme, Segment};
use santun::sample::{Mix, Planted, SampleOptions};

use super::{COMMITTED, PLAIN, Rows, both, branch};

fn share(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).expect("small")) / f64::from(u32::try_from(whole).expect("small"))
}

fn near(what: &str, found: f64, wanted: f64, tolerance: f64) {
    assert!((found - wanted).abs() <= tolerance, "{what}: {found:.4}, wanted {wanted} ± {tolerance}");
}

fn jkk(rows: &Rows) -> Vec<&santun::sample::ClaimRow> {
    rows.claims.iter().filter(|claim| claim.programme == Programme::Jkk).collect()
}

#[test]
fn the_numbers_asked_for_are_there() {
    assert_eq!(jkk(&COMMITTED.rows).len(), 2_400);
    assert_eq!(COMMITTED.rows.claims.len(), 3_600);
    let options = SampleOptions { mix: Mix::Branch { claims: 3_000 }, seed: 3, planted: Planted::Yes };
    let rows = branch(&options).rows;
    assert_eq!(rows.claims.len(), 3_000);
    let count = |programme| rows.claims.iter().filter(|claim| claim.programme == programme).count();
    for (programme, wanted) in [
        (Programme::Jht, 0.488),
        (Programme::Jp, 0.256),
        (Programme::Jkk, 0.147),
        (Programme::Jkp, 0.087),
        (Programme::Jkm, 0.023),
    ] {
        near(programme.code(), share(count(programme), 3_000), wanted, 0.005);
    }
}

#[test]
fn even_an_empty_branch_and_a_tiny_one_can_be_made() {
    for (jkk, others) in [(0, 0), (1, 0), (0, 1), (7, 3)] {
        let options = SampleOptions { mix: Mix::Explicit { jkk, others }, seed: 1, planted: Planted::Yes };
        let made = branch(&options).rows.claims.len();
        assert_eq!(u64::try_from(made), Ok(jkk + others));
    }
}

#[test]
fn outcomes_of_the_latest_eight_months_are_as_published() {
    for (found, tolerance) in [(&*COMMITTED, 0.045), (&*PLAIN, 0.03)] {
        let recent: Vec<_> =
            jkk(&found.rows).into_iter().filter(|claim| claim.event_date >= date(2026, 3, 1)).collect();
        let count = |outcome| recent.iter().filter(|claim| claim.outcome == Some(outcome)).count();
        near("under treatment", share(count(Outcome::Berobat), recent.len()), 0.605, tolerance);
        near("recovered", share(count(Outcome::Sembuh), recent.len()), 0.356, tolerance);
    }
}

#[test]
fn places_and_hours_are_as_published() {
    for found in both() {
        let all = jkk(&found.rows);
        let place = |place| share(all.iter().filter(|claim| claim.place == Some(place)).count(), all.len());
        near("workplace", place(Place::Workplace), 0.659, 0.015);
        near("traffic", place(Place::Traffic), 0.258, 0.015);
        near("outside", place(Place::Outside), 0.083, 0.015);
        let mut bands = BTreeMap::new();
        for time in all.iter().filter_map(|claim| claim.event_time) {
            *bands.entry(TimeBand::of_hour(u8::try_from(time.hour()).expect("an hour"))).or_insert(0usize) +=
                1;
        }
        let peak = bands.iter().max_by_key(|(_, count)| **count).expect("hours are known").0;
        assert_eq!(*peak, TimeBand::Morning);
        assert!(all.iter().any(|claim| claim.event_time.is_none()), "some hours are missing");
    }
}

/// Determined amounts of the JKK cases, by claim.
fn amounts(rows: &Rows) -> Vec<(Option<Outcome>, i64)> {
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for line in &rows.benefits {
        if let Some((amount, _)) = line.determined {
            *sums.entry(line.claim_no.as_str()).or_insert(0) += amount.get();
        }
    }
    let all = jkk(rows).into_iter();
    all.map(|claim| (claim.outcome, sums.get(claim.claim_no.as_str()).copied().unwrap_or(0))).collect()
}

#[test]
fn few_deaths_carry_two_fifths_of_the_money() {
    for found in both() {
        let amounts = amounts(&found.rows);
        let dead: Vec<i64> = amounts
            .iter()
            .filter(|(outcome, _)| *outcome == Some(Outcome::Meninggal))
            .map(|(_, amount)| *amount)
            .collect();
        let millions =
            |amounts: &[i64]| usize::try_from(amounts.iter().sum::<i64>() / 1_000_000).expect("positive");
        let all: Vec<i64> = amounts.iter().map(|(_, amount)| *amount).collect();
        assert!(share(dead.len(), all.len()) < 0.04);
        near("money of deaths", share(millions(&dead), millions(&all)), 0.40, 0.08);
    }
}

#[test]
fn amounts_are_skewed() {
    let mut amounts: Vec<i64> =
        amounts(&PLAIN.rows).into_iter().map(|(_, amount)| amount).filter(|amount| *amount > 0).collect();
    amounts.sort_unstable();
    let count = i64::try_from(amounts.len()).expect("small");
    let mean = amounts.iter().sum::<i64>() / count;
    let median = amounts[amounts.len() / 2];
    assert!(mean > 3 * median, "mean {mean}, median {median}");
}

#[test]
fn eight_in_a_hundred_cases_wait_for_a_voucher() {
    for found in both() {
        let rows = &found.rows;
        let mut waiting: Vec<&str> = rows
            .benefits
            .iter()
            .filter(|line| line.determined.is_some() && line.voucher.is_none())
            .map(|line| line.claim_no.as_str())
            .collect();
        waiting.dedup();
        let cases = jkk(rows);
        let of_jkk = cases.iter().filter(|claim| waiting.contains(&claim.claim_no.as_str())).count();
        near("waiting", share(of_jkk, cases.len()), 0.08, 0.005);
    }
}

#[test]
fn company_sizes_follow_a_power_law() {
    let mut sizes: BTreeMap<&str, u32> = BTreeMap::new();
    for row in PLAIN.rows.companies.iter().filter(|row| row.segment == Segment::Pu) {
        let size = sizes.entry(row.npp.as_str()).or_insert(0);
        *size = row.workers.max(*size);
    }
    let over = |limit: u32| sizes.values().filter(|size| **size >= limit).count();
    // Ten times the size, about a tenth (10^-1.05) of the companies.
    near("tail", share(over(300), over(30)), 0.089, 0.04);
    assert!(over(1_000) > 0, "there are giants");
}

#[test]
fn the_24_months_and_some_open_cases_before_them_are_there() {
    let rows = &COMMITTED.rows;
    let first = date(2024, 11, 1);
    let old: Vec<_> = rows.claims.iter().filter(|claim| claim.event_date < date(2024, 10, 1)).collect();
    let old_jkk: Vec<_> = old.iter().filter(|claim| claim.programme == Programme::Jkk).collect();
    assert!(old_jkk.len() > 100 && old_jkk.iter().all(|claim| claim.closed_date.is_none()));
    let events = |from: Date, to: Date| {
        jkk(rows).iter().filter(|claim| claim.event_date >= from && claim.event_date < to).count()
    };
    for step in 0..24 {
        let from = first.saturating_add(jiff::Span::new().months(step));
        let to = from.saturating_add(jiff::Span::new().months(1));
        assert!(events(from, to) > 30, "{from}");
    }
}
