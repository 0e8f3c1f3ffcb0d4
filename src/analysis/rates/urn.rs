//! Draws without putting back: how often chance alone would bring so many of the marked ones.

use super::special::ln_gamma;

/// Rows of which some are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Urn {
    /// All rows.
    pub all: u64,
    /// The marked ones among them.
    pub marked: u64,
}

/// A term this small against the sum changes no digit of it any more.
const NEGLIGIBLE: f64 = 1e-18;

impl Urn {
    /// The chance that at least `hits` of so many rows are marked, when these are drawn blindly (hypergeometric tail; the
    /// one-sided exact test of Fisher).
    pub fn at_least(self, hits: u64, drawn: u64) -> f64 {
        let drawn = drawn.min(self.all);
        let least = (drawn + self.marked).saturating_sub(self.all);
        if hits <= least {
            return 1.0;
        }
        if hits > drawn.min(self.marked) {
            return 0.0;
        }
        // Away from the mean terms only get smaller, so each side is summed from where it is largest.
        if hits as f64 * self.all as f64 > drawn as f64 * self.marked as f64 {
            self.upwards(hits, drawn).min(1.0)
        } else {
            (1.0 - self.downwards(hits - 1, drawn)).max(0.0)
        }
    }

    fn upwards(self, from: u64, drawn: u64) -> f64 {
        let (mut term, mut sum) = (self.chance(from, drawn), 0.0);
        for hits in from..=drawn.min(self.marked) {
            sum += term;
            if term <= sum * NEGLIGIBLE {
                break;
            }
            term *= self.ratio(hits, drawn);
        }
        sum
    }

    fn downwards(self, from: u64, drawn: u64) -> f64 {
        let least = (drawn + self.marked).saturating_sub(self.all);
        let (mut term, mut sum) = (self.chance(from, drawn), 0.0);
        for hits in (least..=from).rev() {
            sum += term;
            if term <= sum * NEGLIGIBLE || hits == least {
                break;
            }
            term /= self.ratio(hits - 1, drawn);
        }
        sum
    }

    /// The chance of exactly so many.
    fn chance(self, hits: u64, drawn: u64) -> f64 {
        let ln = |n: u64| ln_gamma(n as f64 + 1.0);
        let choose = |n: u64, k: u64| ln(n) - ln(k) - ln(n - k);
        (choose(self.marked, hits) + choose(self.all - self.marked, drawn - hits) - choose(self.all, drawn))
            .exp()
    }

    /// The chance of one more, by the chance of so many.
    fn ratio(self, hits: u64, drawn: u64) -> f64 {
        let plain_left = self.all - self.marked + hits + 1 - drawn;
        (self.marked - hits) as f64 * (drawn - hits) as f64 / ((hits + 1) as f64 * plain_left as f64)
    }
}
