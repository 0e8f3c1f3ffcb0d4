//! What is done to columns before they are clustered.

use santun::analysis::notes::{Argument, Note};
use santun::analysis::prepare::{Coding, Label, Scale, Transform, prepare_codes, prepare_numbers, quantile};
use santun::analysis::table::{CategoryColumn, MISSING, NumberColumn, Role, Shape, Table, TableError, Unit};
use santun::words::{Lang, Words};

fn numbers(name: &str, values: &[f64], shape: Shape, unit: Unit) -> NumberColumn {
    NumberColumn { name: name.into(), values: values.to_vec(), unit, shape, role: Role::Feature }
}

fn table(columns: Vec<NumberColumn>) -> Table {
    let mut table = Table::new((0..columns[0].values.len()).map(|row| row.to_string()).collect());
    columns.into_iter().for_each(|column| table.add_numbers(column).unwrap());
    table
}

fn keys(notes: &[Note]) -> Vec<&str> {
    notes.iter().map(|note| note.key).collect()
}

#[test]
fn skewed_numbers_are_logged_and_brought_to_mean_zero_and_deviation_one() {
    let values = [0.0, 1.0, 3.0, 7.0, 100.0];
    let prepared =
        prepare_numbers(&table(vec![numbers("x", &values, Shape::Skewed, Unit::Days)]), Scale::Standard);
    let column = prepared.values.column(0);
    assert!(column.mean().unwrap().abs() < 1e-15 && (column.std(0.0) - 1.0).abs() < 1e-15);
    assert_eq!(prepared.columns[0].transform, Transform::Log1p);
    for (row, value) in values.into_iter().enumerate() {
        assert!((prepared.columns[0].original(column[row]) - value).abs() < 1e-12, "back to its own units");
    }
    let raw = prepare_numbers(&table(vec![numbers("x", &values, Shape::Skewed, Unit::Days)]), Scale::None);
    assert_eq!(raw.values.column(0).to_vec(), values);
}

#[test]
fn numbers_below_zero_keep_their_sign() {
    let values = [-7.0, 0.0, 1.0, 1000.0];
    let prepared =
        prepare_numbers(&table(vec![numbers("x", &values, Shape::Skewed, Unit::Plain)]), Scale::Standard);
    assert_eq!(prepared.columns[0].transform, Transform::SignedLog1p);
    let logs = [-(8.0_f64.ln()), 0.0, 2.0_f64.ln(), 1001.0_f64.ln()];
    let back =
        |row: usize| prepared.values[(row, 0)] * prepared.columns[0].deviation + prepared.columns[0].mean;
    (0..4).for_each(|row| assert!((back(row) - logs[row]).abs() < 1e-12, "row {row}"));
}

#[test]
fn the_most_extreme_thousandth_is_capped_and_counted() {
    let mut values: Vec<f64> = (0..2000).map(f64::from).collect();
    values[5] = 1e9;
    let prepared =
        prepare_numbers(&table(vec![numbers("x", &values, Shape::Even, Unit::Plain)]), Scale::Standard);
    let largest = prepared.values.column(0).iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // Two of 2,000 rows are above the 99.9 % point: the billion, and the largest of the others.
    assert!((prepared.columns[0].original(largest) - 1998.0).abs() < 1e-9);
    assert_eq!(keys(&prepared.notes), ["analysis-note-capped"]);
    assert_eq!(prepared.notes[0].arguments[1], ("rows", Argument::Count(2)));
}

#[test]
fn what_is_missing_gets_the_median_and_a_mark() {
    let values = [1.0, f64::NAN, 2.0, 9.0, f64::INFINITY];
    let prepared =
        prepare_numbers(&table(vec![numbers("x", &values, Shape::Even, Unit::Plain)]), Scale::None);
    assert_eq!(prepared.values.column(0).to_vec(), [1.0, 2.0, 2.0, 9.0, 2.0]);
    assert_eq!(prepared.values.column(1).to_vec(), [0.0, 1.0, 0.0, 0.0, 1.0]);
    assert_eq!(prepared.columns[1].transform, Transform::IsMissing);
    let scaled =
        prepare_numbers(&table(vec![numbers("x", &values, Shape::Even, Unit::Plain)]), Scale::Standard);
    assert_eq!(scaled.values.column(1), prepared.values.column(1), "the mark stays 0 or 1");
    assert_eq!(keys(&prepared.notes), ["analysis-note-missing"]);
}

#[test]
fn constant_columns_and_doubled_amounts_stay_out_with_a_note() {
    let amount = [100.0, 5000.0, 30.0, 70_000.0];
    let nearly: Vec<f64> = amount.iter().map(|x| x * 1.01 + 3.0).collect();
    let prepared = prepare_numbers(
        &table(vec![
            numbers("same", &[0.1; 4], Shape::Even, Unit::Plain),
            numbers("empty", &[f64::NAN; 4], Shape::Even, Unit::Plain),
            numbers("asked", &amount, Shape::Skewed, Unit::Rupiah),
            numbers("paid", &nearly, Shape::Skewed, Unit::Rupiah),
            numbers("days", &nearly, Shape::Skewed, Unit::Days),
        ]),
        Scale::Standard,
    );
    let names: Vec<&str> = prepared.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["asked", "days"]);
    assert_eq!(
        keys(&prepared.notes),
        ["analysis-note-constant", "analysis-note-constant", "analysis-note-same-amount"]
    );
}

fn categories(texts: &[Option<&str>]) -> Table {
    let mut table = Table::new((0..texts.len()).map(|row| row.to_string()).collect());
    table.add_categories(CategoryColumn::from_texts("c", Role::Feature, texts.iter().copied())).unwrap();
    table
}

#[test]
fn rare_values_are_joined_and_missing_ones_are_a_category() {
    let mut texts = vec![Some("a"); 600];
    texts.extend(vec![Some("b"); 396]);
    texts.extend([Some("rare"), Some("rarer"), None, Some("  ")]);
    let prepared = prepare_codes(&categories(&texts), Coding::Grouped);
    let value = |text: &str| Label::Value(text.into());
    assert_eq!(prepared.columns[0].labels, [value("a"), value("b"), Label::Other, Label::Missing]);
    assert_eq!(prepared.codes.column(0).iter().rev().take(5).copied().collect::<Vec<_>>(), [3, 3, 2, 2, 1]);
    assert_eq!(prepared.notes[0].arguments[1], ("values", Argument::Count(2)));
    let as_is = prepare_codes(&categories(&texts), Coding::AsIs);
    assert_eq!(as_is.columns[0].labels.len(), 5, "a, b, rare, rarer, missing");
}

#[test]
fn no_more_than_fifty_values_stand_alone() {
    let names: Vec<String> = (0..300).map(|n| format!("v{n:03}")).collect();
    let texts: Vec<Option<&str>> = names
        .iter()
        .enumerate()
        .flat_map(|(n, name)| vec![Some(name.as_str()); 1 + usize::from(n >= 250)])
        .collect();
    let mut table = categories(&texts);
    let grouped = prepare_codes(&table, Coding::Grouped);
    assert_eq!(grouped.columns[0].labels.len(), 51);
    assert_eq!(grouped.columns[0].labels[0], Label::Value("v250".into()));
    let as_is = prepare_codes(&table, Coding::AsIs);
    assert_eq!(as_is.columns[0].labels.len(), 255, "254 values and the rest");
    let band = numbers("n", &vec![1.0; texts.len()], Shape::Even, Unit::Plain);
    table.add_numbers(band).unwrap();
    assert_eq!(prepare_codes(&table, Coding::Grouped).columns.len(), 1, "one band is constant");
}

#[test]
fn numbers_enter_k_modes_by_their_quarters() {
    let values: Vec<f64> = (0..100).map(f64::from).chain([f64::NAN]).collect();
    let prepared =
        prepare_codes(&table(vec![numbers("x", &values, Shape::Even, Unit::Plain)]), Coding::Grouped);
    let count = |code: u8| prepared.codes.iter().filter(|&&other| other == code).count();
    assert_eq!([count(0), count(1), count(2), count(3), count(4)], [25, 25, 25, 25, 1]);
    assert_eq!(prepared.columns[0].labels[0], Label::Band(0.0, 24.75));
    assert_eq!(prepared.columns[0].labels[4], Label::Missing);
}

#[test]
fn tables_take_only_what_fits() {
    let mut table = Table::new(vec!["a".into(), "b".into()]);
    let column = |name: &str, n: usize| numbers(name, &vec![1.0; n], Shape::Even, Unit::Plain);
    assert_eq!(table.add_numbers(column("x", 3)), Err(TableError::Length("x".into())));
    table.add_numbers(column("x", 2)).unwrap();
    assert_eq!(table.add_numbers(column("x", 2)), Err(TableError::Twice("x".into())));
    let codes =
        |codes| CategoryColumn { name: "c".into(), codes, labels: vec!["l".into()], role: Role::Profile };
    assert_eq!(table.add_categories(codes(vec![0, 1])), Err(TableError::Code("c".into())));
    table.add_categories(codes(vec![0, MISSING])).unwrap();
    assert_eq!(table.set_weights(vec![1.0, f64::NAN]), Err(TableError::Weight));
    assert_eq!(table.set_weights(vec![1.0]), Err(TableError::Length("weights".into())));
    assert_eq!(table.set_money(vec![1]), Err(TableError::Length("money".into())));
}

/// numpy.quantile, its default method.
#[test]
fn quantiles_are_those_of_numpy() {
    let sorted = [1.0, 2.0, 4.0, 8.0];
    for (p, expected) in [(0.0, 1.0), (0.25, 1.75), (0.5, 3.0), (0.9, 6.8), (1.0, 8.0)] {
        assert!((quantile(&sorted, p) - expected).abs() < 1e-12, "{p}");
    }
    assert!(quantile(&[], 0.5).is_nan());
}

#[test]
fn notes_speak_both_languages() {
    let note = Note::new("analysis-note-phi").with("phi", Argument::Decimal(1.5));
    assert!(note.sentence(&Words::new(Lang::Id)).contains("1,50"));
    assert!(note.sentence(&Words::new(Lang::En)).contains("1,50"));
    let note = Note::new("analysis-note-sample").with("rows", Argument::Count(3000));
    assert!(note.sentence(&Words::new(Lang::Id)).contains("3.000"));
}
