//! How a long run is stopped and how it tells where it stands.
//!
//! The flag is tested between parts of the work, so a cancelled run ends within a part. Neither the flag nor
//! the listener can change a result.

use std::sync::atomic::{AtomicBool, Ordering};

/// Which part of the work is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Columns are cleaned, scaled and coded.
    Prepare,
    /// Restarts of the clustering itself.
    Fit,
    /// One fit for each k of the curve.
    Curve,
    /// Reference sets of the gap statistic.
    Gap,
    /// Bootstrap samples of the stability.
    Stability,
    /// Cluster profiles.
    Summary,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The part under way.
    pub stage: Stage,
    /// Steps of this part that are done.
    pub done: usize,
    /// Steps this part has.
    pub total: usize,
}

impl Progress {
    /// How much of the whole run is done, 0 to 1,000: stages in the order they run, each with the share of the time it takes.
    pub fn permille(self) -> u64 {
        let (start, share) = match self.stage {
            Stage::Prepare => (0, 20),
            Stage::Curve => (20, 280),
            Stage::Gap => (300, 300),
            Stage::Stability => (600, 250),
            Stage::Fit => (850, 100),
            Stage::Summary => (950, 50),
        };
        let (done, total) = (self.done.min(self.total), self.total.max(1));
        start + u64::try_from(done * share / total).unwrap_or(0)
    }
}

/// The run was stopped by its flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// The two ends a caller may hold: a flag to stop the run, a listener for its progress.
#[derive(Clone, Copy, Default)]
pub struct Watch<'a> {
    cancel: Option<&'a AtomicBool>,
    listener: Option<&'a (dyn Fn(Progress) + Sync)>,
}

impl<'a> Watch<'a> {
    /// Nobody watches: the run goes to its end.
    pub fn silent() -> Self {
        Self::default()
    }

    /// A run that stops when the flag is set and tells the listener each step.
    pub fn new(cancel: &'a AtomicBool, listener: &'a (dyn Fn(Progress) + Sync)) -> Self {
        Self { cancel: Some(cancel), listener: Some(listener) }
    }

    /// The same flag without the listener, for a fit inside a larger part that counts its own steps.
    pub fn quiet(self) -> Self {
        Self { listener: None, ..self }
    }

    /// Says that `done` of `total` steps are behind, and stops the run when the flag is set.
    ///
    /// # Errors
    /// [`Cancelled`] when the flag is set.
    pub fn step(&self, stage: Stage, done: usize, total: usize) -> Result<(), Cancelled> {
        self.check()?;
        if let Some(listener) = self.listener {
            listener(Progress { stage, done, total });
        }
        Ok(())
    }

    /// Stops the run when the flag is set.
    ///
    /// # Errors
    /// [`Cancelled`] when the flag is set.
    pub fn check(&self) -> Result<(), Cancelled> {
        match self.cancel {
            Some(flag) if flag.load(Ordering::Relaxed) => Err(Cancelled),
            _ => Ok(()),
        }
    }
}
