//! What is planted is there, and a plain branch has nothing of it.

use std::collections::BTreeMap;

use santun::domain::Programme;
use santun::sample::{ClaimRow, Mix, Planted, SampleOptions};

use super::{COMMITTED, PLAIN, Rows, branch};

/// Pairs of one person, one programme and event dates at most a day apart: what the duplicate rule calls hard.
fn hard_duplicates(rows: &Rows) -> Vec<(String, String)> {
    let mut by_person: BTreeMap<(&str, Programme), Vec<&ClaimRow>> = BTreeMap::new();
    for claim in &rows.claims {
        by_person.entry((claim.kpj.as_str(), claim.programme)).or_default().push(claim);
    }
    let mut pairs = Vec::new();
    for claims in by_person.values() {
        for (place, one) in claims.iter().enumerate() {
            for other in &claims[place + 1..] {
                if (other.event_date - one.event_date).get_days().abs() <= 1 {
                    let mut pair = [one.claim_no.to_string(), other.claim_no.to_string()];
                    pair.sort();
                    pairs.push((pair[0].clone(), pair[1].clone()));
                }
            }
        }
    }
    pairs.sort();
    pairs
}

#[test]
fn the_duplicates_are_exactly_the_planted_ones() {
    let mut planted: Vec<(String, String)> = COMMITTED
        .truth
        .duplicates
        .iter()
        .map(|pair| {
            assert!(pair.days_apart.abs() <= 1);
            let mut sorted = [pair.first.clone(), pair.second.clone()];
            sorted.sort();
            (sorted[0].clone(), sorted[1].clone())
        })
        .collect();
    planted.sort();
    assert!(planted.len() >= 15);
    assert_eq!(hard_duplicates(&COMMITTED.rows), planted);
}

#[test]
fn plain_plants_nothing() {
    let truth = &PLAIN.truth;
    assert!(!truth.planted && truth.duplicates.is_empty() && truth.expensive_facility.is_none());
    assert!(
        truth.high_frequency.is_empty() && truth.high_severity.is_empty() && truth.late_reporters.is_empty()
    );
    assert_eq!(hard_duplicates(&PLAIN.rows), Vec::new());
}

/// Claims for 1,000 worker-months of each company with so many of them.
fn rates(rows: &Rows, at_least: u32) -> Vec<(String, f64)> {
    let mut months: BTreeMap<&str, u32> = BTreeMap::new();
    let first = santun::domain::Period::new(2024, 11).expect("a month");
    for row in &rows.companies {
        let covered = (0..24).filter(|step| {
            let month = first.plus(*step);
            row.from <= month && row.to.is_none_or(|to| month <= to)
        });
        let covered = u32::try_from(covered.count()).expect("24");
        *months.entry(row.npp.as_str()).or_default() += row.workers * covered;
    }
    let mut claims: BTreeMap<&str, u32> = BTreeMap::new();
    let recent =
        |claim: &&ClaimRow| claim.programme == Programme::Jkk && claim.event_date >= first.first_day();
    for npp in rows.claims.iter().filter(recent).filter_map(|claim| claim.npp.as_ref()) {
        *claims.entry(npp.as_str()).or_default() += 1;
    }
    let known = months.into_iter().filter(|(_, months)| *months >= at_least);
    known
        .map(|(npp, months)| {
            let count = f64::from(claims.get(npp).copied().unwrap_or(0));
            (npp.to_owned(), count * 1_000.0 / f64::from(months))
        })
        .collect()
}

#[test]
fn frequent_companies_stand_out_by_their_rate() {
    let mut rates = rates(&COMMITTED.rows, 1_500);
    rates.sort_by(|one, other| other.1.total_cmp(&one.1));
    let planted = &COMMITTED.truth.high_frequency;
    assert!(planted.len() >= 3);
    for company in planted {
        let place = rates.iter().position(|(npp, _)| *npp == company.npp).expect("large enough to be ranked");
        assert!(place < 2 * planted.len() + 4, "{} is number {place}", company.company);
        assert!(company.rate_against_all > 3.0);
    }
}

/// The median bill of a company, a facility or all.
fn median_bill(rows: &Rows, of: &dyn Fn(&ClaimRow) -> bool) -> i64 {
    let claims: BTreeMap<&str, &ClaimRow> =
        rows.claims.iter().map(|claim| (claim.claim_no.as_str(), claim)).collect();
    let bills = rows
        .benefits
        .iter()
        .filter(|line| line.component.code() == "PERAWATAN" && of(claims[line.claim_no.as_str()]));
    let mut amounts: Vec<i64> = bills.map(|line| line.asked.get()).collect();
    amounts.sort_unstable();
    amounts[amounts.len() / 2]
}

#[test]
fn costly_companies_and_the_expensive_facility_have_higher_bills() {
    let rows = &COMMITTED.rows;
    let all = median_bill(rows, &|_| true);
    let severe = &COMMITTED.truth.high_severity;
    let is_severe =
        |claim: &ClaimRow| claim.npp.as_ref().is_some_and(|npp| severe.iter().any(|s| s.npp == npp.as_str()));
    let found = median_bill(rows, &is_severe);
    assert!(found > 2 * all, "{found} against {all}");
    let facility = COMMITTED.truth.expensive_facility.as_ref().expect("planted");
    let found = median_bill(rows, &|claim| claim.facility == facility.facility);
    assert!(found > all * 3 / 2, "{found} against {all}");
}

#[test]
fn late_reporters_report_late() {
    let late = |claim: &ClaimRow| (claim.reported_date.expect("JKK") - claim.event_date).get_days() > 2;
    let reporters = &COMMITTED.truth.late_reporters;
    assert!(reporters.len() >= 3);
    let is_reporter = |claim: &&&ClaimRow| {
        claim.npp.as_ref().is_some_and(|npp| reporters.iter().any(|r| r.npp == npp.as_str()))
    };
    let jkk: Vec<&ClaimRow> =
        COMMITTED.rows.claims.iter().filter(|claim| claim.programme == Programme::Jkk).collect();
    let share = |claims: &[&ClaimRow]| {
        let count = u32::try_from(claims.iter().filter(|claim| late(claim)).count()).expect("small");
        f64::from(count) / f64::from(u32::try_from(claims.len()).expect("small"))
    };
    let theirs: Vec<&ClaimRow> = jkk.iter().filter(is_reporter).copied().collect();
    assert!(share(&theirs) > 0.5 && share(&jkk) < 0.2, "{} against {}", share(&theirs), share(&jkk));
}

#[test]
fn another_seed_is_another_branch() {
    let mix = Mix::Explicit { jkk: 200, others: 50 };
    let made = |seed| branch(&SampleOptions { mix, seed, planted: Planted::Yes }).rows;
    assert_eq!(made(1), made(1));
    assert_ne!(made(1).claims, made(2).claims);
}
