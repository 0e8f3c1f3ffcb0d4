//! What was done to a claim last, by whom and when: read from the journal when two clerks meet on one record.

use std::collections::{BTreeSet, VecDeque};

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::domain::{ClaimId, Event, VoucherEvent, VoucherId};
use crate::store::{LogEntry, Moment};

/// One thing that was done to a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimChange {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// The operation as the journal calls it: `claim.amended`.
    pub op: String,
}

impl Desk {
    /// The last `n` changes of a claim, oldest first. The whole journal is read: this is for the rare moment in which two
    /// clerks meet.
    pub fn last_changes(&self, claim: ClaimId, n: usize) -> Result<Vec<ClaimChange>, DeskError> {
        let mut vouchers: BTreeSet<VoucherId> = BTreeSet::new();
        let mut changes: VecDeque<ClaimChange> = VecDeque::new();
        self.store().log(&mut |entry: &LogEntry<'_>| {
            let is_about = match &entry.event {
                Some(Event::Claim(id, _)) => *id == claim,
                Some(Event::Voucher(id, VoucherEvent::Raised(voucher))) => {
                    let holds = voucher.lines.iter().any(|line| line.claim == claim);
                    holds && vouchers.insert(*id)
                }
                Some(Event::Voucher(id, _)) => vouchers.contains(id),
                _ => false,
            };
            if is_about {
                if changes.len() == n {
                    changes.pop_front();
                }
                let (by, op) = (entry.by.user.clone(), entry.record.op.clone());
                changes.push_back(ClaimChange { at: entry.at, by, op });
            }
        })?;
        // With none asked for, the one that came in before the test is too much.
        changes.truncate(n);
        Ok(changes.into())
    }
}
