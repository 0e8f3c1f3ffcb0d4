//! Two ways to group the same rows: agreement, pairs beyond chance, rows that only one way has.

use santun::analysis::consensus::{Consensus, consensus};
use santun::analysis::features::TakesNumbers;
use santun::analysis::input::{InputChoice, table_from_texts};
use santun::analysis::{Checks, Clustering, Groups, Method, Prepared, Request, Watch, cluster};

/// A clustering of rows whose one value is the label.
fn labelled(labels: &[usize]) -> (Clustering, Vec<String>) {
    let rows: Vec<Vec<String>> = labels.iter().map(|label| vec![format!("g{label}")]).collect();
    let (table, notes) =
        table_from_texts(&["g".to_owned()], &rows, &InputChoice::default(), TakesNumbers::No).unwrap();
    let n_labels = labels.iter().max().unwrap() + 1;
    let request = Request { checks: Checks::Few, ..Request::new(Method::KModes, Groups::Fixed(n_labels)) };
    let prepared = Prepared::plain(table, notes);
    (cluster(&prepared, request, Watch::silent()).unwrap(), prepared.table.ids().to_vec())
}

fn of(first: &[usize], second: &[usize]) -> Consensus {
    let (one, ids) = labelled(first);
    let (two, others) = labelled(second);
    consensus((&one, &ids), (&two, &others)).unwrap()
}

#[test]
fn the_same_groups_agree_wholly_whatever_they_are_called() {
    let found = of(&[0, 0, 0, 1, 1, 2, 2, 2, 2], &[2, 2, 2, 0, 0, 1, 1, 1, 1]);
    assert_eq!((found.rows, found.left_out, found.agreement), (9, 0, 1.0));
    assert_eq!(found.meetings.len(), 3);
    assert!(found.meetings.iter().all(|meeting| meeting.lift() > 1.9));
}

/// Counts, expectation and adjusted residuals of a table of 2 × 2 by hand: 30 10 / 10 50.
#[test]
fn residuals_are_those_of_the_table() {
    let table = [((0, 0), 30), ((0, 1), 10), ((1, 0), 10), ((1, 1), 50)];
    let pairs: Vec<(usize, usize)> =
        table.iter().flat_map(|(pair, n)| std::iter::repeat_n(*pair, *n)).collect();
    let (first, second): (Vec<usize>, Vec<usize>) = pairs.into_iter().unzip();
    let found = of(&first, &second);
    // Groups are numbered by size: 1 is the larger one.
    let at = |one, two| {
        found.meetings.iter().find(|meeting| (meeting.first, meeting.second) == (one, two)).unwrap()
    };
    assert_eq!((at(1, 1).rows, at(2, 2).rows, at(1, 2).rows), (50, 30, 10));
    assert!((at(1, 1).expected - 36.0).abs() < 1e-12 && (at(2, 2).expected - 16.0).abs() < 1e-12);
    // (50 - 36) / sqrt(36 * 0.4 * 0.4), by hand 5.8333…; in a table of 2 × 2 all four have the same size.
    let by_hand = 14.0 / (36.0_f64 * 0.16).sqrt();
    for (one, two, sign) in [(1, 1, 1.0), (2, 2, 1.0), (1, 2, -1.0), (2, 1, -1.0)] {
        assert!((at(one, two).residual - sign * by_hand).abs() < 1e-12, "{one} {two}");
        assert_eq!(at(one, two).is_agreed(), sign > 0.0);
    }
    assert_eq!(found.agreed_rows(), 80);
}

/// One claim in both, where a tenth of one is expected, lies 3.3 deviations off and is still no more than chance.
#[test]
fn a_single_claim_agrees_by_chance() {
    // Group 1 of either has ten claims and eleven, group 2 two and one.
    let first = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1];
    let second = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    let found = of(&first, &second);
    let pair = found.meetings.iter().find(|meeting| (meeting.first, meeting.second) == (2, 2)).unwrap();
    assert_eq!((pair.rows, pair.is_agreed()), (1, false));
    // Two of twelve are marked, and one is drawn.
    assert!((pair.chance - 1.0 / 6.0).abs() < 1e-12, "{pair:?}");
    assert_eq!(found.agreed_rows(), 0);
}

#[test]
fn ways_that_have_nothing_to_do_with_each_other_agree_by_chance_only() {
    let first: Vec<usize> = (0..240).map(|row| row % 3).collect();
    let second: Vec<usize> = (0..240).map(|row| row / 3 % 4).collect();
    let found = of(&first, &second);
    assert!(found.agreement.abs() < 0.02, "{}", found.agreement);
    assert_eq!((found.meetings.len(), found.agreed_rows()), (12, 0));
}

#[test]
fn rows_of_one_way_alone_are_counted_and_nothing_in_common_is_no_consensus() {
    let (one, ids) = labelled(&[0, 0, 1, 1, 1]);
    let (two, mut others) = labelled(&[0, 0, 1, 1, 1]);
    others[0] = "elsewhere".to_owned();
    let found = consensus((&one, &ids), (&two, &others)).unwrap();
    assert_eq!((found.rows, found.left_out), (4, 2));
    let strangers: Vec<String> = (0..5).map(|row| format!("x{row}")).collect();
    assert_eq!(consensus((&one, &ids), (&two, &strangers)), None);
}
