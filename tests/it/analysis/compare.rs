//! Two periods on the same centres: the second moves no centre, shares and bounds are those of the counts.

use santun::analysis::compare::{Comparison, compare};
use santun::analysis::features::TakesNumbers;
use santun::analysis::input::{InputChoice, table_from_texts};
use santun::analysis::prepare::Coding;
use santun::analysis::quality::ChoiceLimits;
use santun::analysis::{Checks, ClusterError, Clustering, Groups, Method, Prepared, Request, Watch, cluster};

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Rows of two traits which go together: kinds of case, so many of each.
fn table(kinds: &[(&str, usize)]) -> Prepared {
    let rows: Vec<Vec<String>> = kinds
        .iter()
        .flat_map(|(kind, n)| std::iter::repeat_n(vec![format!("{kind}1"), format!("{kind}2")], *n))
        .collect();
    let heads = ["one".to_owned(), "two".to_owned()];
    let (table, notes) = table_from_texts(&heads, &rows, &InputChoice::default(), TakesNumbers::No).unwrap();
    Prepared::plain(table, notes)
}

fn request(k: usize) -> Request {
    Request { checks: Checks::Few, ..Request::new(Method::KModes, Groups::Fixed(k)) }
}

fn compared(kinds: &[(&str, usize)], n_here: usize, k: usize) -> Comparison {
    let prepared = table(kinds);
    let is_here: Vec<bool> = (0..prepared.table.n_rows()).map(|row| row < n_here).collect();
    compare(&prepared, &is_here, request(k), Watch::silent()).unwrap()
}

#[test]
fn shares_bounds_and_test_are_those_of_the_counts() {
    // 60 and 40 of the first period, 30 and 70 of the second.
    let found = compared(&[("a", 60), ("b", 40), ("a", 30), ("b", 70)], 100, 2);
    assert_eq!((found.here, found.there), (100, 100));
    let of = |here: usize| found.groups.iter().find(|group| group.here == here).unwrap();
    let (a, b) = (of(60), of(40));
    assert_eq!((a.there, b.there), (30, 70));
    // Newcombe's method 10 for 30/100 less 60/100, reckoned by another program: -0.3 (-0.42156, -0.16292).
    assert!((a.difference.share + 0.3).abs() < 1e-12);
    assert!(
        (a.difference.low + 0.421_562_392_8).abs() < 1e-9
            && (a.difference.high + 0.162_921_785_7).abs() < 1e-9,
        "{a:?}"
    );
    assert!(a.is_sure() && b.is_sure());
    assert!((a.difference.low + b.difference.high).abs() < 1e-12, "two groups mirror each other");
    // 2 · 15²/45 + 2 · 15²/55 and the chi-square distribution's tail at it.
    let test = found.test.unwrap();
    assert!((test.statistic - (2.0 * 225.0 / 45.0 + 2.0 * 225.0 / 55.0)).abs() < 1e-12 && test.degrees == 1);
    assert!((test.p - 2.007_865_612e-5).abs() < 1e-12, "{test:?}");
}

#[test]
fn the_second_period_moves_no_centre() {
    let alone = cluster(&table(&[("a", 30), ("b", 30)]), request(2), Watch::silent()).unwrap();
    // A third kind, far more frequent, comes with the second period.
    let found = compared(&[("a", 30), ("b", 30), ("c", 500)], 60, 2);
    let centres = |clusters: &[santun::analysis::summary::ClusterSummary]| {
        let mut all: Vec<String> = clusters.iter().map(|cluster| format!("{:?}", cluster.centre)).collect();
        all.sort();
        all
    };
    assert_eq!(centres(&found.clustering.clusters), centres(&alone.clusters));
    assert_eq!(found.clustering.cost, 0.0, "rows of the second cost nothing");
    let one = compared(&[("a", 30), ("b", 10), ("c", 500)], 40, 1);
    assert!(
        (one.clustering.cost - 20.0).abs() < 1e-3,
        "ten rows differ in two values: {}",
        one.clustering.cost
    );
    assert_eq!(found.groups.iter().map(|group| group.there).sum::<usize>(), 500);
}

#[test]
fn periods_that_are_alike_show_no_change() {
    let found = compared(&[("a", 50), ("b", 50), ("a", 25), ("b", 25)], 100, 2);
    assert!(found.groups.iter().all(|group| !group.is_sure() && group.difference.share == 0.0));
    assert!(found.test.unwrap().p > 0.99);
}

#[test]
fn a_period_without_rows_is_refused() {
    let prepared = table(&[("a", 5), ("b", 5)]);
    for is_here in [vec![true; 10], vec![false; 10]] {
        let refused = compare(&prepared, &is_here, request(2), Watch::silent());
        assert!(matches!(refused, Err(ClusterError::Nothing)));
    }
}

/// Two kinds of which a fifth of the values are chance: groups that can be found again, but not always.
fn blurred(n_rows: usize) -> Vec<Vec<String>> {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(11);
    let value = |row: usize, random: &mut Xoshiro256PlusPlus| {
        let own = row % 2;
        if random.gen_bool(0.8) { own.to_string() } else { random.gen_range(0..4).to_string() }
    };
    (0..n_rows).map(|row| (0..6).map(|_| value(row, &mut random)).collect()).collect()
}

fn of_rows(rows: &[Vec<String>]) -> Prepared {
    let heads = ["a", "b", "c", "d", "e", "f"].map(str::to_owned);
    let (table, notes) = table_from_texts(&heads, rows, &InputChoice::default(), TakesNumbers::No).unwrap();
    Prepared::plain(table, notes)
}

/// The checks are those of the first period, whatever the second is like and however much larger it is.
#[test]
fn the_second_period_has_no_say_in_the_checks() {
    let first = blurred(60);
    let others = (0..5_940).map(|row| (0..6).map(|column| (row * column % 7).to_string()).collect());
    let both: Vec<Vec<String>> = first.iter().cloned().chain(others).collect();
    let is_here: Vec<bool> = (0..both.len()).map(|row| row < first.len()).collect();
    for groups in [Groups::Fixed(2), Groups::Auto] {
        let limits = ChoiceLimits { most_clusters: 4, ..ChoiceLimits::default() };
        let request = Request { coding: Coding::AsIs, limits, ..Request::new(Method::KModes, groups) };
        let alone = cluster(&of_rows(&first), request, Watch::silent()).unwrap();
        let beside = compare(&of_rows(&both), &is_here, request, Watch::silent()).unwrap().clustering;
        assert_eq!((beside.k, beside.verdict), (alone.k, alone.verdict));
        let scores = |found: &Clustering| [Some(found.scores.silhouette), found.scores.stability];
        for (beside, alone) in scores(&beside).into_iter().zip(scores(&alone)) {
            assert!((beside.unwrap() - alone.unwrap()).abs() < 1e-9, "{beside:?}, alone {alone:?}");
        }
        let choice = |found: &Clustering| found.choice.as_ref().map(|choice| choice.n_rows);
        assert_eq!(choice(&beside), choice(&alone));
    }
}

/// A sample of all rows would hold hardly one of the first period.
#[test]
fn a_small_first_period_can_be_checked() {
    let rows = blurred(2_000);
    let is_here: Vec<bool> = (0..rows.len()).map(|row| row < 20).collect();
    let limits = ChoiceLimits { most_clusters: 3, most_rows: 20, ..ChoiceLimits::default() };
    for groups in [Groups::Fixed(2), Groups::Auto] {
        let request = Request { limits, ..Request::new(Method::KModes, groups) };
        let found = compare(&of_rows(&rows), &is_here, request, Watch::silent()).unwrap();
        assert!(found.clustering.scores.stability.is_some_and(f64::is_finite));
        assert!(found.clustering.clusters.iter().all(|cluster| cluster.silhouette.is_finite()));
    }
}
