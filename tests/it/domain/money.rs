//! Whole rupiah, basis points, months of the books.

use proptest::prelude::*;
use santun::domain::{BasisPoints, Period, Rupiah};

use super::table::rows;

#[test]
fn ratios_are_rounded_half_away_from_zero() {
    // amount | numerator | denominator | result
    let table = "
        1         | 1   | 2  | 1
        1         | 1   | 3  | 0
        2         | 1   | 3  | 1
        -1        | 1   | 2  | -1
        -1        | 1   | 3  | 0
        -2        | 1   | 3  | -1
        1         | -1  | 2  | -1
        1         | 1   | -2 | -1
        -1        | -1  | 2  | 1
        5         | 1   | 10 | 1
        4         | 1   | 10 | 0
        5000000   | 200 | 30 | 33333333
        9000000000000000000 | 9 | 9 | 9000000000000000000
        9000000000000000000 | 2 | 1 | none
        1         | 1   | 0  | none";
    for [amount, numerator, denominator, expected] in rows::<4>(table) {
        let number = |text: &str| text.parse::<i64>().expect("a number");
        let result = Rupiah::new(number(&amount)).times_ratio(number(&numerator), number(&denominator));
        let said = result.map_or("none".to_owned(), |rupiah| rupiah.get().to_string());
        assert_eq!(said, expected, "{amount} × {numerator} ÷ {denominator}");
    }
}

#[test]
fn shares_in_basis_points() {
    for (amount, points, expected) in
        [(10_000, 450, 450), (1, 5_000, 1), (1, 4_999, 0), (-1, 5_000, -1), (0, 10_000, 0)]
    {
        let share = Rupiah::new(amount).share(BasisPoints::new(points));
        assert_eq!(share, Some(Rupiah::new(expected)), "{amount} {points}");
    }
    assert_eq!(BasisPoints::percent(70), BasisPoints::new(7000));
}

#[test]
fn as_tables_and_paper_show_it() {
    let table = "
        0          | 0           | Rp0,00
        7          | 7           | Rp7,00
        999        | 999         | Rp999,00
        1000       | 1.000       | Rp1.000,00
        18000000   | 18.000.000  | Rp18.000.000,00
        -1234567   | -1.234.567  | -Rp1.234.567,00";
    for [number, grouped, paper] in rows::<3>(table) {
        let amount = Rupiah::new(number.parse().expect("a number"));
        assert_eq!((amount.grouped(), amount.on_paper()), (grouped, paper), "{number}");
    }
}

#[test]
fn months_of_the_books() {
    let table = "
        2026-10  | 2026-10
        10/2026  | 2026-10
        1/2026   | 2026-01
        2026-1   | 2026-01
        13/2026  | no
        0/2026   | no
        2026-13  | no
        1899-12  | no
        2026     | no
        2026-10-01 | no
        26-10    | no
        2026-+1  | no
        +202-10  | no";
    for [text, expected] in rows::<2>(table) {
        let said = text.parse::<Period>().map_or("no".to_owned(), |period| period.to_string());
        assert_eq!(said, expected, "{text}");
    }
    let october = Period::new(2026, 10).expect("a month");
    assert_eq!(october.number(), 202_610);
    assert_eq!(Period::from_number(202_610), Some(october));
    assert_eq!((Period::from_number(202_613), Period::from_number(0)), (None, None));
    assert_eq!(october.plus(3).to_string(), "2027-01");
    assert_eq!(october.plus(-10).to_string(), "2025-12");
    assert_eq!(october.plus(3).since(october), 3);
    assert_eq!(october.last_day().to_string(), "2026-10-31");
    assert_eq!(Period::of(october.last_day()), october);
}

proptest! {
    /// Against the definition: twice the distance from the exact quotient is never more than one unit.
    #[test]
    fn a_ratio_is_the_nearest_whole(amount in -1_000_000_000_i64..1_000_000_000, numerator in -10_000_i64..10_000, denominator in 1_i64..10_000) {
        let result = i128::from(Rupiah::new(amount).times_ratio(numerator, denominator).expect("small").get());
        let exact = i128::from(amount) * i128::from(numerator);
        let distance = (result * i128::from(denominator) - exact).abs() * 2;
        prop_assert!(distance <= i128::from(denominator));
    }

    #[test]
    fn months_come_back_from_their_numbers(months in 0_i32..3_600) {
        let period = Period::new(1900, 1).expect("the first month").plus(months);
        prop_assert_eq!(Period::from_number(period.number()), Some(period));
        prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
    }
}
