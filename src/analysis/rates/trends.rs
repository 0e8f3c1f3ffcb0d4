//! Companies whose claims rise: the last months against those before, beside what all companies did in the same months.

use super::discovery::{FALSE_SHARE, corrected};
use super::special::ln_gamma;

/// Claims and worker-years of one company in two spans.
#[derive(Clone, Debug, PartialEq)]
pub struct TwoSpans {
    /// NPP.
    pub npp: String,
    /// Name.
    pub company: String,
    /// Claims of the last months.
    pub recent: u64,
    /// Worker-years of the last months.
    pub recent_exposure: f64,
    /// Claims of the months before.
    pub before: u64,
    /// Worker-years of the months before.
    pub before_exposure: f64,
}

/// How sure a rise is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// It stays when all companies that were tested are thought of: of those named so, about one in ten by chance.
    Sure,
    /// Alone it would be one chance in a hundred.
    Watch,
}

/// A company's rise.
#[derive(Clone, Debug, PartialEq)]
pub struct Trend {
    /// The company and its claims.
    pub spans: TwoSpans,
    /// Claims expected in the last months, had its share of them been that of all companies.
    pub expected: f64,
    /// The chance of so many or more without a rise of its own.
    pub p: f64,
    /// The same, corrected for how many companies were tested (Benjamini and Hochberg 1995).
    pub q: f64,
    /// Whether it is worth a look; none: it is not.
    pub warning: Option<Warning>,
}

/// The chance below which a company is worth a look although others were tested too.
const WATCH_CHANCE: f64 = 0.01;
/// Claims in the last months below which nothing is said.
const LEAST_RECENT: u64 = 3;

/// Every company with a claim in either span and worker-years in both, the least likely first.
///
/// Given all its claims of both spans, those of the last months are binomial: their chance is exposure × rate of all in
/// these months, over the sum of the same of both. So growth, season, and what is not yet reported, which touch all
/// companies, are no rise. *All* are those with worker-years in both spans, with a claim or without: claims whose workers
/// are not known would raise the rate of one span alone. The test is exact and one-sided.
pub fn trends(companies: Vec<TwoSpans>) -> Vec<Trend> {
    let has_both = |c: &TwoSpans| c.recent_exposure > 0.0 && c.before_exposure > 0.0;
    let companies: Vec<TwoSpans> = companies.into_iter().filter(has_both).collect();
    let sum = |part: fn(&TwoSpans) -> f64| companies.iter().map(part).sum::<f64>();
    let recent_rate = sum(|c| c.recent as f64) / sum(|c| c.recent_exposure);
    let before_rate = sum(|c| c.before as f64) / sum(|c| c.before_exposure);
    let mut found: Vec<Trend> = companies
        .into_iter()
        .filter(|c| c.recent + c.before > 0)
        .map(|spans| {
            let recent = spans.recent_exposure * recent_rate;
            let chance = recent / (recent + spans.before_exposure * before_rate);
            let n = spans.recent + spans.before;
            let p = at_least(spans.recent, n, chance);
            Trend { expected: n as f64 * chance, p, q: 1.0, warning: None, spans }
        })
        .collect();
    found.sort_by(|a, b| a.p.total_cmp(&b.p).then_with(|| a.spans.npp.cmp(&b.spans.npp)));
    let chances: Vec<f64> = found.iter().map(|trend| trend.p).collect();
    for (trend, q) in found.iter_mut().zip(corrected(&chances)) {
        trend.q = q;
        let is_enough = trend.spans.recent >= LEAST_RECENT;
        trend.warning = match (is_enough, trend.q <= FALSE_SHARE, trend.p <= WATCH_CHANCE) {
            (true, true, _) => Some(Warning::Sure),
            (true, false, true) => Some(Warning::Watch),
            _ => None,
        };
    }
    found
}

/// P(X > k) + ½ P(X = k) of a binomial variable: the mid-p value of Lancaster (1961), which many tests of small counts
/// together need, because P(X ≥ k) of counts is larger on average than a chance is.
pub fn mid_p_at_least(k: u64, n: u64, chance: f64) -> f64 {
    0.5 * (at_least(k, n, chance) + at_least(k + 1, n, chance))
}

/// P(X ≥ k) of a binomial variable.
pub fn at_least(k: u64, n: u64, chance: f64) -> f64 {
    if k == 0 {
        return 1.0;
    }
    if chance <= 0.0 || k > n {
        return 0.0;
    }
    if chance >= 1.0 {
        return 1.0;
    }
    let ln_choose = |x: f64, n: f64| ln_gamma(n + 1.0) - ln_gamma(x + 1.0) - ln_gamma(n - x + 1.0);
    let all = n as f64;
    let term = |x: u64| {
        let x = x as f64;
        (ln_choose(x, all) + x * chance.ln() + (all - x) * (-chance).ln_1p()).exp()
    };
    (k..=n).map(term).sum::<f64>().min(1.0)
}
