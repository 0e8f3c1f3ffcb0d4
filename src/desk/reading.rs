//! How a long reading of the books is stopped, and how it tells where it stands.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::desk::error::DeskError;

/// The two ends a caller holds: a flag that stops the reading, and who hears how far it is.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub(in crate::desk) cancel: &'a AtomicBool,
    /// Hears how many of how many parts have been read.
    pub(in crate::desk) progress: &'a (dyn Fn(u64, u64) + Sync),
}

impl<'a> Reading<'a> {
    /// A reading that stops when the flag is set and tells how many of how many parts are behind it.
    pub fn new(cancel: &'a AtomicBool, progress: &'a (dyn Fn(u64, u64) + Sync)) -> Self {
        Reading { cancel, progress }
    }

    /// Stops when the flag is set.
    pub(in crate::desk) fn check(self) -> Result<(), DeskError> {
        if self.cancel.load(Ordering::Relaxed) { Err(DeskError::Cancelled) } else { Ok(()) }
    }
}

/// A reading of which nobody hears how far it is.
impl<'a> From<&'a AtomicBool> for Reading<'a> {
    fn from(cancel: &'a AtomicBool) -> Self {
        Reading { cancel, progress: &|_, _| {} }
    }
}
