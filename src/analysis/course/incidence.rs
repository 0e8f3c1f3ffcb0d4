//! Kaplan and Meier's curve with Greenwood's variance, and Aalen and Johansen's cumulative incidences.

use super::curve::{Curve, Step};
use super::risk::RiskTable;

/// The share still under treatment (Kaplan & Meier 1958), with Greenwood's variance (1926), up to where it is known.
pub fn survival(table: &RiskTable) -> Curve {
    let (mut value, mut sum) = (1.0, 0.0);
    let mut steps = Vec::new();
    let (known, last_day) = table.known();
    for step in known.iter().filter(|step| step.all_ended() > 0.0) {
        let (ended, at_risk) = (step.all_ended(), step.at_risk);
        value *= (at_risk - ended) / at_risk;
        if at_risk > ended {
            sum += ended / (at_risk * (at_risk - ended));
        }
        steps.push(Step { day: step.day, value, variance: value * value * sum });
    }
    Curve { start: 1.0, steps, first_day: table.first_day, last_day, is_complete: value <= 0.0 }
}

/// The share that has ended by each cause, one curve a cause (Aalen & Johansen 1978). The variance is the one that
/// follows from the counting processes (Dinse & Larson 1986, formula 6; Marubini & Valsecchi 1995, chapter 10).
pub fn incidence(table: &RiskTable) -> Vec<Curve> {
    let n_causes = table.steps.first().map_or(0, |step| step.ended.len());
    let mut sums = vec![Sums::default(); n_causes];
    let mut curves = vec![Vec::new(); n_causes];
    let mut remaining = 1.0;
    let (known, last_day) = table.known();
    for step in known.iter().filter(|step| step.all_ended() > 0.0) {
        for (cause, ended) in step.ended.iter().enumerate() {
            let sums = &mut sums[cause];
            sums.add(remaining, step.at_risk, *ended, step.all_ended());
            if *ended > 0.0 {
                curves[cause].push(Step { day: step.day, value: sums.value, variance: sums.variance() });
            } else if let Some(last) = curves[cause].last().copied() {
                // The height stays, what is known of it does not.
                let variance = sums.variance();
                if variance != last.variance {
                    curves[cause].push(Step { day: step.day, variance, ..last });
                }
            }
        }
        remaining *= (step.at_risk - step.all_ended()) / step.at_risk;
    }
    let curve = |steps| Curve {
        start: 0.0,
        steps,
        first_day: table.first_day,
        last_day,
        is_complete: remaining <= 0.0,
    };
    curves.into_iter().map(curve).collect()
}

/// What the variance of F(t) is made of: Σ (F(t) − F(tᵢ))² gᵢ + Σ Sᵢ² dᵢ (nᵢ − dᵢ) / nᵢ³ − 2 Σ (F(t) − F(tᵢ)) Sᵢ dᵢ / nᵢ²,
/// where gᵢ is Greenwood's term of the day. The squares are multiplied out, so that one pass is enough.
#[derive(Clone, Copy, Default)]
struct Sums {
    value: f64,
    greenwood: f64,
    greenwood_value: f64,
    greenwood_square: f64,
    own: f64,
    cross: f64,
    cross_value: f64,
}

impl Sums {
    fn add(&mut self, remaining: f64, at_risk: f64, ended: f64, all_ended: f64) {
        self.value += remaining * ended / at_risk;
        if at_risk > all_ended {
            let term = all_ended / (at_risk * (at_risk - all_ended));
            self.greenwood += term;
            self.greenwood_value += term * self.value;
            self.greenwood_square += term * self.value * self.value;
        }
        self.own += remaining * remaining * ended * (at_risk - ended) / (at_risk * at_risk * at_risk);
        let cross = remaining * ended / (at_risk * at_risk);
        self.cross += cross;
        self.cross_value += cross * self.value;
    }

    fn variance(&self) -> f64 {
        let squares =
            self.value * (self.value * self.greenwood - 2.0 * self.greenwood_value) + self.greenwood_square;
        (squares + self.own - 2.0 * (self.value * self.cross - self.cross_value)).max(0.0)
    }
}
