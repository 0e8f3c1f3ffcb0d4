//! Seeded dice. Logarithm and exponential are our own: only additions, multiplications and divisions, which every
//! machine rounds alike, so that the same seed gives the same bytes everywhere.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

/// A stream of chance.
pub struct Dice(Xoshiro256PlusPlus);

impl Dice {
    /// The stream `name` of a seed: what one part of the branch draws does not move another part.
    pub fn new(seed: u64, name: &str) -> Dice {
        let mixed = name.bytes().fold(mix(seed), |state, byte| mix(state ^ u64::from(byte)));
        Dice(Xoshiro256PlusPlus::seed_from_u64(mixed))
    }

    /// Evenly in [0, 1).
    pub fn unit(&mut self) -> f64 {
        let top = u32::try_from(self.0.next_u64() >> 32).expect("32 bits");
        f64::from(top) / 4_294_967_296.0
    }

    /// Evenly in `from..=to`.
    pub fn between(&mut self, from: i32, to: i32) -> i32 {
        debug_assert!(from <= to);
        let width = u64::from(to.abs_diff(from)) + 1;
        let step = ((self.0.next_u64() >> 32) * width) >> 32;
        from + i32::try_from(step).expect("below the width")
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of a list.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let last = i32::try_from(list.len() - 1).expect("a short list");
        &list[usize::try_from(self.between(0, last)).expect("not negative")]
    }

    /// One of a list with weights.
    pub fn weighted<T: Copy>(&mut self, list: &[(T, u32)]) -> T {
        let total: u32 = list.iter().map(|(_, weight)| *weight).sum();
        let mut left = self.between(0, i32::try_from(total).expect("small weights") - 1);
        for (value, weight) in list {
            left -= i32::try_from(*weight).expect("small weights");
            if left < 0 {
                return *value;
            }
        }
        list[0].0
    }

    /// Standard normal, by the sum of twelve even draws (tails end at ±6).
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// Log-normal with this median.
    pub fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        median * exp(sigma * self.normal())
    }

    /// Exponential with this mean.
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * ln(1.0 - self.unit())
    }

    /// Gamma of a whole shape with mean 1: the heterogeneity of the Poisson–gamma model.
    pub fn gamma(&mut self, shape: i32) -> f64 {
        (0..shape).map(|_| self.exponential(1.0)).sum::<f64>() / f64::from(shape)
    }

    /// Pareto from `least`, cut at `most`.
    pub fn pareto(&mut self, least: f64, most: f64, alpha: f64) -> f64 {
        let tail = exp(-alpha * ln(most / least));
        let share = 1.0 - self.unit() * (1.0 - tail);
        least * exp(-ln(share) / alpha)
    }

    /// Whole days, exponential with this mean.
    pub fn days(&mut self, mean: f64) -> i32 {
        whole(self.exponential(mean))
    }
}

/// One round of SplitMix64: a number from a number, with no state between.
pub fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The whole part of a moderate number.
pub fn whole(number: f64) -> i32 {
    // Days and counts here are far inside the range; the cast saturates at its ends and never wraps.
    number as i32
}

/// Rupiah from a drawn amount, rounded to a step; drawn amounts are the only floats that become money, and only here.
pub fn rupiah(amount: f64, step: i64) -> i64 {
    debug_assert!((0.0..1e15).contains(&amount));
    (amount as i64 + step / 2) / step * step
}

/// Natural logarithm of a positive, normal number.
pub fn ln(number: f64) -> f64 {
    debug_assert!(number > 0.0);
    let bits = number.to_bits();
    let exponent = i32::try_from(bits >> 52).expect("eleven bits") - 1023;
    let mantissa = f64::from_bits((bits & ((1 << 52) - 1)) | (1023 << 52));
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    let series = (0..16).rev().fold(0.0, |sum, place| sum * square + 1.0 / f64::from(2 * place + 1));
    f64::from(exponent) * std::f64::consts::LN_2 + 2.0 * ratio * series
}

/// e to a moderate power.
pub fn exp(power: f64) -> f64 {
    let doublings = whole(power / std::f64::consts::LN_2 + if power < 0.0 { -0.5 } else { 0.5 });
    let rest = power - f64::from(doublings) * std::f64::consts::LN_2;
    let series = (1..18).rev().fold(1.0, |sum, place| 1.0 + sum * rest / f64::from(place));
    let scale = u64::try_from(doublings + 1023).expect("a moderate power") << 52;
    series * f64::from_bits(scale)
}
