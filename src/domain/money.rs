//! Money: whole rupiah with checked arithmetic, and percentages as basis points.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An amount in whole rupiah; may be negative (corrections, returns).
///
/// Arithmetic that leaves the range of `i64` is a bug and panics: no claims desk pays nine quintillion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Rupiah(i64);

impl Rupiah {
    /// Nothing.
    pub const ZERO: Rupiah = Rupiah(0);
    /// The largest amount accepted from outside: one quadrillion rupiah, far above any branch's year.
    pub const LIMIT: Rupiah = Rupiah(1_000_000_000_000_000);

    /// The largest amount or sum that a record holds: 2⁵³, up to which every reader of JSON knows each whole number, and
    /// so far from the range's end that a thousand of them can be added.
    pub const RECORD_LIMIT: Rupiah = Rupiah(1 << 53);

    /// An amount of `rupiah` whole rupiah.
    pub const fn new(rupiah: i64) -> Self {
        Rupiah(rupiah)
    }

    /// The whole rupiah as an integer.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// `self + other`, or `None` outside the range.
    pub fn checked_add(self, other: Rupiah) -> Option<Rupiah> {
        self.0.checked_add(other.0).map(Rupiah)
    }

    /// `self × numerator ÷ denominator`, rounded half up (away from zero for negative amounts), computed in `i128` so
    /// that nothing is lost before the division. `None` when the result does not fit or the denominator is zero.
    pub fn times_ratio(self, numerator: i64, denominator: i64) -> Option<Rupiah> {
        if denominator == 0 {
            return None;
        }
        let product = i128::from(self.0) * i128::from(numerator);
        let divisor = i128::from(denominator);
        let (product, divisor) = if divisor < 0 { (-product, -divisor) } else { (product, divisor) };
        let half = divisor / 2;
        let rounded = if product >= 0 { (product + half) / divisor } else { -((-product + half) / divisor) };
        i64::try_from(rounded).ok().map(Rupiah)
    }

    /// The share of `self` given in basis points, rounded half up.
    pub fn share(self, points: BasisPoints) -> Option<Rupiah> {
        self.times_ratio(i64::from(points.get()), 10_000)
    }

    /// Whether nothing is owed either way.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The amount without its sign.
    pub fn abs(self) -> Rupiah {
        Rupiah(self.0.checked_abs().expect("no amount is i64::MIN"))
    }

    /// `18.000.000`: grouped by dots, as tables show it; the sign in front.
    pub fn grouped(self) -> String {
        group(self.0, '.')
    }

    /// `Rp18.000.000,00`: as paper shows it (a minus stands before `Rp`).
    pub fn on_paper(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}Rp{},00", group(self.abs().0, '.'))
    }
}

/// Groups a number by thousands.
fn group(number: i64, separator: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

impl fmt::Display for Rupiah {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.grouped())
    }
}

impl Add for Rupiah {
    type Output = Rupiah;
    fn add(self, other: Rupiah) -> Rupiah {
        self.checked_add(other).expect("rupiah sums stay within i64")
    }
}

impl AddAssign for Rupiah {
    fn add_assign(&mut self, other: Rupiah) {
        *self = *self + other;
    }
}

impl Neg for Rupiah {
    type Output = Rupiah;
    fn neg(self) -> Rupiah {
        Rupiah(self.0.checked_neg().expect("no amount is i64::MIN"))
    }
}

impl Sub for Rupiah {
    type Output = Rupiah;
    fn sub(self, other: Rupiah) -> Rupiah {
        Rupiah(self.0.checked_sub(other.0).expect("rupiah differences stay within i64"))
    }
}

impl SubAssign for Rupiah {
    fn sub_assign(&mut self, other: Rupiah) {
        *self = *self - other;
    }
}

impl Sum for Rupiah {
    fn sum<I: Iterator<Item = Rupiah>>(amounts: I) -> Rupiah {
        amounts.fold(Rupiah::ZERO, Add::add)
    }
}

/// A percentage in hundredths of a percent: 4.5 % is 450.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct BasisPoints(i32);

impl BasisPoints {
    /// `points` hundredths of a percent.
    pub const fn new(points: i32) -> Self {
        BasisPoints(points)
    }

    /// Whole percents.
    pub const fn percent(percent: i32) -> Self {
        BasisPoints(percent * 100)
    }

    /// The hundredths of a percent.
    pub const fn get(self) -> i32 {
        self.0
    }
}
