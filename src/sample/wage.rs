//! Wages, and the amounts that follow from them by the rules since PP 82/2019: enough of the rules to make believable
//! lines; the rules themselves, dated and editable, live elsewhere.

use crate::domain::{Rupiah, Segment, WageUnit};
use crate::sample::dice::{Dice, rupiah};

/// Days of a month in STMB: the setting's default.
const STMB_DIVISOR: i64 = 30;
/// STMB days paid at the full wage: twelve months of the divisor.
const FULL_WAGE_DAYS: i32 = 360;
/// Working days that make a month of a daily wage.
const DAYS_A_MONTH: i64 = 25;

/// Percent × 100 of the disability table for a loss of one part: fingers, toes, an eye, a hand.
pub const ANATOMICAL: &[(i64, u32)] = &[
    (350, 12),
    (450, 10),
    (300, 14),
    (400, 14),
    (700, 8),
    (900, 8),
    (1_200, 6),
    (1_500, 5),
    (200, 10),
    (3_500, 2),
];
/// Percent × 100 for a loss of function: share lost × share of the part, already multiplied.
pub const FUNCTIONAL: &[(i64, u32)] =
    &[(400, 10), (800, 10), (1_000, 8), (1_600, 6), (500, 10), (2_000, 3), (2_800, 2)];

/// A wage as typed.
#[derive(Debug, Clone, Copy)]
pub struct Pay {
    /// Rupiah for one unit.
    pub amount: i64,
    /// Its unit.
    pub unit: WageUnit,
}

impl Pay {
    /// A believable wage of a segment.
    pub fn draw(dice: &mut Dice, segment: Segment) -> Pay {
        if matches!(segment, Segment::Bpu | Segment::Pmi) {
            let amount = rupiah(dice.log_normal(1_500_000.0, 0.4), 100_000).clamp(1_000_000, 6_000_000);
            return Pay { amount, unit: WageUnit::Declared };
        }
        let month = rupiah(dice.log_normal(4_300_000.0, 0.38), 1_000).clamp(2_200_000, 36_000_000);
        match dice.between(0, 99) {
            0..=5 => Pay { amount: month / DAYS_A_MONTH / 1_000 * 1_000, unit: WageUnit::Day },
            6..=8 => Pay { amount: month, unit: WageUnit::Piece },
            _ => Pay { amount: month, unit: WageUnit::Month },
        }
    }

    /// The wage of a month.
    pub fn monthly(self) -> Rupiah {
        match self.unit {
            WageUnit::Day => Rupiah::new(self.amount * DAYS_A_MONTH),
            WageUnit::Month | WageUnit::Piece | WageUnit::Declared => Rupiah::new(self.amount),
        }
    }

    /// STMB of the days `first..=last` of a case, counted from 1: the full wage for twelve months, then half.
    pub fn stmb(self, first: i32, last: i32) -> Rupiah {
        let days_until = |limit: i32| i64::from((last.min(limit) - first + 1).max(0));
        let full = days_until(FULL_WAGE_DAYS);
        let half = days_until(i32::MAX) - full;
        self.times(2 * full + half, 2 * STMB_DIVISOR)
    }

    /// A partial disability of so many hundredths of a percent: × 80 months.
    pub fn partial_disability(self, points: i64) -> Rupiah {
        self.times(80 * points, 10_000)
    }

    /// Total permanent disability: 56 months.
    pub fn total_disability(self) -> Rupiah {
        self.times(56, 1)
    }

    /// Death by accident: 48 months, at least twenty million.
    pub fn death(self) -> Rupiah {
        self.times(48, 1).max(Rupiah::new(20_000_000))
    }

    /// A month of job loss: 60 % of the wage up to five million.
    pub fn job_loss(self) -> Rupiah {
        self.monthly().min(Rupiah::new(5_000_000)).times_ratio(6, 10).expect("small")
    }

    fn times(self, numerator: i64, denominator: i64) -> Rupiah {
        self.monthly().times_ratio(numerator, denominator).expect("wages are far below the limit")
    }
}
