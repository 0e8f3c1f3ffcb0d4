//! Rows as points: against scikit-learn's PCA on the irises, seeded, and sound whatever the table holds.

use proptest::prelude::*;
use santun::analysis::scatter::scatter;
use santun::analysis::table::{CategoryColumn, MISSING, NumberColumn, Role, Shape, Table, Unit};

use super::data::iris;

fn number(name: &str, values: Vec<f64>, shape: Shape) -> NumberColumn {
    NumberColumn { name: name.to_owned(), values, unit: Unit::Plain, shape, role: Role::Feature }
}

fn irises() -> Table {
    let values = iris();
    let mut table = Table::new((0..values.nrows()).map(|row| row.to_string()).collect());
    for (idx, column) in values.columns().into_iter().enumerate() {
        table.add_numbers(number(&idx.to_string(), column.to_vec(), Shape::Even)).unwrap();
    }
    table
}

/// scikit-learn 1.x: `PCA(2).fit_transform(StandardScaler().fit_transform(iris))`, rows 0, 50 and 149.
#[test]
fn components_as_in_scikit_learn() {
    let found = scatter(&irises(), &[1; 150], 1_000, 0);
    for (share, known) in found.explained.iter().zip(EXPLAINED) {
        assert!((share - known).abs() < 1e-9, "{share} is not {known}");
    }
    for (row, known) in ROWS {
        for (place, known) in found.places[row].iter().zip(known) {
            assert!((place.abs() - f64::abs(known)).abs() < 1e-6, "{row}: {place} is not {known}");
        }
    }
}

#[test]
fn a_sample_has_a_seed_and_keeps_the_order() {
    let (table, labels) = (irises(), vec![1; 150]);
    let found = scatter(&table, &labels, 40, 7);
    assert_eq!((found.ids.len(), found.n_rows), (40, 150));
    assert_eq!(found, scatter(&table, &labels, 40, 7));
    assert_ne!(found.ids, scatter(&table, &labels, 40, 8).ids);
    assert!(found.ids.windows(2).all(|pair| pair[0].parse::<u32>().unwrap() < pair[1].parse().unwrap()));
}

#[test]
fn rows_that_differ_in_more_values_lie_further_apart() {
    let mut table = Table::new(["a", "b", "c"].map(str::to_owned).to_vec());
    for (name, codes) in [("x", [0, 0, 1]), ("y", [0, 0, 1]), ("z", [0, 1, 1])] {
        let labels = vec!["l".to_owned(), "m".to_owned()];
        let column =
            CategoryColumn { name: name.to_owned(), codes: codes.to_vec(), labels, role: Role::Feature };
        table.add_categories(column).unwrap();
    }
    let places = scatter(&table, &[1, 1, 2], 10, 0).places;
    let apart = |one: usize, other: usize| {
        f64::hypot(places[one][0] - places[other][0], places[one][1] - places[other][1])
    };
    // Three points span a plane: distances are kept, the square counts each differing value twice.
    assert!(
        (apart(0, 1).powi(2) - 2.0).abs() < 1e-9 && (apart(0, 2).powi(2) - 6.0).abs() < 1e-9,
        "{places:?}"
    );
}

#[test]
fn what_hardly_is_a_table() {
    let none = scatter(&Table::new(Vec::new()), &[], 10, 0);
    assert_eq!((none.places.len(), none.explained), (0, [0.0, 0.0]));
    let mut equal = Table::new(vec!["a".to_owned(), "b".to_owned()]);
    equal.add_numbers(number("n", vec![3.0, 3.0], Shape::Skewed)).unwrap();
    equal.add_numbers(number("gone", vec![f64::NAN, f64::NAN], Shape::Even)).unwrap();
    assert_eq!(scatter(&equal, &[1, 1], 10, 0).places, [[0.0, 0.0]; 2]);
}

proptest! {
    #[test]
    fn places_are_numbers(rows in prop::collection::vec((prop_oneof![-1e9..1e9_f64, Just(f64::NAN)], 0..4_u32), 0..30)) {
        let mut table = Table::new((0..rows.len()).map(|row| row.to_string()).collect());
        table.add_numbers(number("n", rows.iter().map(|row| row.0).collect(), Shape::Skewed)).unwrap();
        let codes = rows.iter().map(|row| if row.1 == 3 { MISSING } else { row.1 }).collect();
        let labels = ["a", "b", "c"].map(str::to_owned).to_vec();
        table.add_categories(CategoryColumn { name: "c".to_owned(), codes, labels, role: Role::Feature }).unwrap();
        let found = scatter(&table, &vec![1; rows.len()], 20, 3);
        prop_assert_eq!(found.places.len(), rows.len().min(20));
        prop_assert!(found.places.iter().flatten().all(|place| place.is_finite()), "{:?}", found.places);
        prop_assert!(found.explained[0] + found.explained[1] <= 1.0 + 1e-9, "{:?}", found.explained);
    }
}

const EXPLAINED: [f64; 2] = [0.729624454132999, 0.2285076178670174];

const ROWS: [(usize, [f64; 2]); 3] = [
    (0, [-2.2647028088075873, 0.4800265965209897]),
    (50, [1.1017811830529478, 0.862972418262159]),
    (149, [0.960656030037128, -0.02433166816939969]),
];
