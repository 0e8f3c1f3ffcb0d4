//! The end of every test whether groups differ: χ² with its degrees of freedom becomes a probability.

use super::special::gamma_upper;

/// A test of whether groups differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Test {
    /// χ².
    pub statistic: f64,
    /// Degrees of freedom: groups less one.
    pub degrees: usize,
    /// The probability of differences as large or larger when there are none.
    pub p: f64,
}

impl Test {
    /// The test whose statistic is χ² distributed where groups do not differ.
    pub fn chi_square(statistic: f64, degrees: usize) -> Test {
        Test { statistic, degrees, p: gamma_upper(degrees as f64 / 2.0, statistic / 2.0) }
    }
}
