//! A step curve with its variance, and what is read off it.

use crate::analysis::rates::{Interval, NORMAL_95};

/// One step of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Days since the event.
    pub day: i32,
    /// The curve from this day on.
    pub value: f64,
    /// The variance of the value.
    pub variance: f64,
}

/// A curve that keeps its height between its steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Its height before the first step: 0 for what has come, 1 for what remains.
    pub start: f64,
    /// Its steps, those days only on which something ended.
    pub steps: Vec<Step>,
    /// The first day on which a case is under observation: before it nothing is known.
    pub first_day: i32,
    /// The last day anything is known of.
    pub last_day: Option<i32>,
    /// Whether nothing is left to happen after the last day.
    pub is_complete: bool,
}

impl Step {
    /// The value with its bounds by ln(−ln), which keeps them between 0 and 1 (Kalbfleisch and Prentice 1980).
    pub fn interval(&self) -> Interval {
        let share = self.value.clamp(0.0, 1.0);
        if share <= 0.0 || share >= 1.0 || self.variance <= 0.0 {
            return Interval { share, low: share, high: share };
        }
        let spread = (NORMAL_95 * self.variance.sqrt() / (share * share.ln()).abs()).exp();
        Interval { share, low: share.powf(spread), high: share.powf(1.0 / spread) }
    }
}

impl Curve {
    /// The curve on a day; nothing outside of what is known, unless nothing is left to happen.
    pub fn at(&self, day: i32) -> Option<Step> {
        if day < self.first_day || self.last_day.is_none_or(|last| day > last && !self.is_complete) {
            return None;
        }
        let n_before = self.steps.partition_point(|step| step.day <= day);
        let start = Step { day: 0, value: self.start, variance: 0.0 };
        Some(n_before.checked_sub(1).map_or(start, |idx| self.steps[idx]))
    }

    /// Of a falling curve: the first day on which at most half remains.
    pub fn median(&self) -> Option<i32> {
        self.first_at_half(|step| step.value)
    }

    /// The 95 % bounds of the median (Brookmeyer and Crowley 1982); each may be unknown.
    pub fn median_bounds(&self) -> (Option<i32>, Option<i32>) {
        (self.first_at_half(|step| step.interval().low), self.first_at_half(|step| step.interval().high))
    }

    fn first_at_half(&self, of: impl Fn(&Step) -> f64) -> Option<i32> {
        // A half that was summed up of thirds may come out a bit above.
        self.steps.iter().find(|step| of(step) <= 0.5 + 1e-12).map(|step| step.day)
    }
}
