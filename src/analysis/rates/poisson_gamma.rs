//! Poisson counts with gamma rates, fitted by marginal likelihood.
//!
//! y ~ Poisson(λ·e), λ ~ Gamma(a, b). The marginal is negative binomial; the posterior of a company is
//! Gamma(a + y, b + e), whose mean is Bühlmann's credibility estimate with K = b.

use super::special::{gamma_lower, gamma_quantile, gamma_upper};

/// How the rates are spread over all companies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GammaPrior {
    /// Rates differ: Gamma(shape a, rate b).
    Spread {
        /// Shape a.
        shape: f64,
        /// Rate b, in worker-years: the exposure at which a company's own number weighs one half.
        rate: f64,
    },
    /// The numbers show no difference between the companies beyond chance: one rate for all.
    OneRate {
        /// All claims.
        count: u64,
        /// All worker-years.
        exposure: f64,
    },
}

/// What is known of one company's rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Posterior {
    shape: f64,
    rate: f64,
    mean: f64,
    z: f64,
}

/// Shapes looked through, as powers of e: from rates that differ wildly to rates that hardly differ.
const LN_SHAPES: (f64, f64) = (-7.0, 16.0);

/// Steps of the first look.
const N_STEPS: u32 = 46;

/// A likelihood that is not at least this much above the one-rate likelihood shows no spread.
const LEAST_GAIN: f64 = 1e-6;

impl GammaPrior {
    /// Fits to (count, exposure) pairs; pairs without exposure are passed over.
    pub fn fit(data: &[(u64, f64)]) -> Self {
        let likelihood = Likelihood::new(data);
        let one_rate = Self::OneRate { count: likelihood.count, exposure: likelihood.exposure };
        if likelihood.count == 0 {
            return one_rate;
        }
        let step = (LN_SHAPES.1 - LN_SHAPES.0) / f64::from(N_STEPS);
        let profile = |ln_shape: f64| likelihood.at_best_mean(ln_shape.exp()).0;
        let looks = (0..=N_STEPS).map(|n| LN_SHAPES.0 + step * f64::from(n));
        let best = looks.max_by(|&a, &b| profile(a).total_cmp(&profile(b))).expect("there are steps");
        let shape = golden_maximum(best - step, best + step, profile).exp();
        let (value, mean) = likelihood.at_best_mean(shape);
        if best >= LN_SHAPES.1 - step / 2.0 || value < likelihood.of_one_rate() + LEAST_GAIN {
            return one_rate;
        }
        Self::Spread { shape, rate: shape / mean }
    }

    /// The rate of all: the mean a / b.
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Spread { shape, rate } => shape / rate,
            Self::OneRate { count, exposure } if exposure > 0.0 => count as f64 / exposure,
            Self::OneRate { .. } => 0.0,
        }
    }

    /// What is known of a company with this count and exposure.
    pub fn posterior(&self, count: u64, exposure: f64) -> Posterior {
        match *self {
            Self::Spread { shape, rate } => {
                let (shape, z) = (shape + count as f64, exposure / (exposure + rate));
                let rate = rate + exposure;
                Posterior { shape, rate, mean: shape / rate, z }
            }
            // The common rate has its own uncertainty: Jeffreys' posterior for one Poisson rate.
            Self::OneRate { count, exposure } => {
                Posterior { shape: count as f64 + 0.5, rate: exposure, mean: self.mean(), z: 0.0 }
            }
        }
    }
}

impl Posterior {
    /// The best estimate.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Credibility: the weight of the company's own number, 0 to 1.
    pub fn z(&self) -> f64 {
        self.z
    }

    /// The value the rate stays below with this probability.
    pub fn quantile(&self, probability: f64) -> f64 {
        if self.rate > 0.0 { gamma_quantile(self.shape, probability) / self.rate } else { 0.0 }
    }

    /// The probability that the rate is above this value.
    pub fn above(&self, value: f64) -> f64 {
        gamma_upper(self.shape, value * self.rate)
    }

    /// The probability that the rate is at most this value.
    pub fn at_most(&self, value: f64) -> f64 {
        gamma_lower(self.shape, value * self.rate)
    }
}

/// The marginal likelihood without its constant terms, in a form that stays exact for large shapes:
/// Σ_j n(y > j)·ln(1 + j/a) − Σ (a + y)·ln(1 + e·m/a) + Y·ln m, with m = a/b.
struct Likelihood {
    data: Vec<(f64, f64)>,
    n_above: Vec<f64>,
    count: u64,
    exposure: f64,
}

impl Likelihood {
    fn new(data: &[(u64, f64)]) -> Self {
        let used: Vec<(u64, f64)> = data.iter().copied().filter(|&(_, exposure)| exposure > 0.0).collect();
        let largest = used.iter().map(|&(count, _)| count).max().unwrap_or(0);
        let mut n_above = vec![0.0; usize::try_from(largest).expect("counts fit memory")];
        for &(count, _) in &used {
            if count > 0 {
                n_above[usize::try_from(count).expect("counts fit memory") - 1] += 1.0;
            }
        }
        for j in (1..n_above.len()).rev() {
            n_above[j - 1] += n_above[j];
        }
        Self {
            n_above,
            count: used.iter().map(|&(count, _)| count).sum(),
            exposure: used.iter().map(|&(_, exposure)| exposure).sum(),
            data: used.into_iter().map(|(count, exposure)| (count as f64, exposure)).collect(),
        }
    }

    /// The likelihood at a shape and the mean that suits it best, and this mean.
    fn at_best_mean(&self, shape: f64) -> (f64, f64) {
        let mean = self.best_mean(shape);
        let spread: f64 = self.n_above.iter().enumerate().map(|(j, n)| n * (j as f64 / shape).ln_1p()).sum();
        let fits: f64 = self
            .data
            .iter()
            .map(|&(count, exposure)| (shape + count) * (exposure * mean / shape).ln_1p())
            .sum();
        (spread - fits + self.count as f64 * mean.ln(), mean)
    }

    fn of_one_rate(&self) -> f64 {
        let mean = self.count as f64 / self.exposure;
        self.count as f64 * mean.ln() - self.count as f64
    }

    /// The root of Σ (y − m·e)/(1 + m·e/a), which falls in m: Newton, kept in its bracket.
    fn best_mean(&self, shape: f64) -> f64 {
        let (mut low, mut high) = (0.0, 0.0_f64);
        for &(count, exposure) in &self.data {
            high = high.max(count / exposure);
        }
        let mut mean = self.count as f64 / self.exposure;
        for _ in 0..100 {
            let (mut value, mut slope) = (0.0, 0.0);
            for &(count, exposure) in &self.data {
                let scale = 1.0 + mean * exposure / shape;
                value += (count - mean * exposure) / scale;
                slope -= exposure * (1.0 + count / shape) / (scale * scale);
            }
            if value > 0.0 {
                low = mean;
            } else {
                high = mean;
            }
            let newton = mean - value / slope;
            let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
            if (next - mean).abs() <= 1e-14 * mean {
                return next;
            }
            mean = next;
        }
        mean
    }
}

/// The place of the maximum of a function with one hill between two places.
fn golden_maximum(mut low: f64, mut high: f64, value: impl Fn(f64) -> f64) -> f64 {
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut a, mut b) = (high - ratio * (high - low), low + ratio * (high - low));
    let (mut value_a, mut value_b) = (value(a), value(b));
    while high - low > 1e-7 {
        if value_a >= value_b {
            high = b;
            (b, value_b) = (a, value_a);
            a = high - ratio * (high - low);
            value_a = value(a);
        } else {
            low = a;
            (a, value_a) = (b, value_b);
            b = low + ratio * (high - low);
            value_b = value(b);
        }
    }
    0.5 * (low + high)
}
