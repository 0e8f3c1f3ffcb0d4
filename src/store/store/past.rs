//! What was done since the base was made, transaction by transaction, each with the books before and after it: whoever
//! wants to take something back must know what was there.

use jiff::civil::Date;

use crate::domain::event::Event;
use crate::store::error::{Standing, StoreError};
use crate::store::journal::{Stop, Until, found_again, read_transaction_at, walk};
use crate::store::ledger::KnownKey;
use crate::store::record::{Actor, IdempotencyKey, Moment, Record, Transaction};
use crate::store::view::{State, View};

use super::Store;
use super::log::events_of;

/// A transaction with what it changed.
#[derive(Debug)]
pub struct Past {
    /// Number of its first record.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Actor,
    /// The command's key.
    pub key: IdempotencyKey,
    /// What happened.
    pub events: Vec<Event>,
    /// Everything as it stood before.
    pub before: View,
    /// Everything as it stood after.
    pub after: View,
}

impl Store {
    /// Gives every transaction behind the base, up to this handle's view, oldest first. What the base has swallowed is
    /// not given: its state before is not there any more.
    pub fn since_base(&self, f: &mut dyn FnMut(Past)) -> Result<(), StoreError> {
        let store_id = {
            let ledger = self.ledger.lock().expect("no holder panics");
            ledger.format().store_id.clone()
        };
        let now = self.view();
        let mut state = now.state().bare();
        let mut cursor = state.cursor;
        let mut failure = None;
        let mut take = |transaction: Transaction, _| {
            if failure.is_none() {
                match fold(&mut state, transaction) {
                    Ok(past) => f(past),
                    Err(error) => failure = Some(error),
                }
            }
        };
        let until = Until::Place(found_again(&*self.disk, &self.layout, now.state().cursor)?.position);
        let stop = walk(&*self.disk, &self.layout, &store_id, &mut cursor, until, &mut take)?;
        match (stop, failure) {
            (_, Some(error)) => Err(error),
            (Stop::Damage(damage), _) => Err(StoreError::Damaged(damage)),
            (Stop::Newer(version), _) => Err(StoreError::Newer(version)),
            _ => match self.standing() {
                Standing::Damaged(damage) => Err(StoreError::Damaged(damage)),
                _ => Ok(()),
            },
        }
    }

    /// When the last work on a claim or voucher was done, by such an actor and no earlier than a day, that the base has
    /// swallowed.
    pub fn swallowed_since(
        &self,
        day: Date,
        is_meant: &dyn Fn(&Actor) -> bool,
    ) -> Result<Option<Moment>, StoreError> {
        let covered = self.view().state().covered.head.seq;
        let mut swallowed: Vec<KnownKey> = {
            let ledger = self.ledger.lock().expect("no holder panics");
            let of_day = |known: &KnownKey| known.place.seq <= covered && known.at.civil().date() >= day;
            ledger.known_keys().filter(of_day).collect()
        };
        swallowed.sort_by_key(|known| std::cmp::Reverse(known.place.seq));
        for known in swallowed {
            let transaction = read_transaction_at(&*self.disk, &self.layout, known.place, &known.key)?;
            let is_work =
                |record: &Record| record.op.starts_with("claim.") || record.op.starts_with("voucher.");
            if is_meant(&transaction.by) && transaction.records.iter().any(is_work) {
                return Ok(Some(known.at));
            }
        }
        Ok(None)
    }
}

/// Folds a transaction. The base has every batch already, so that the store's own records change nothing.
fn fold(state: &mut State, transaction: Transaction) -> Result<Past, StoreError> {
    let events = events_of(&transaction)?;
    let before = View::from_state(state.clone());
    for event in &events {
        state.event(event).map_err(|error| error.at(transaction.first_seq()))?;
    }
    state.cursor.head = transaction.head();
    let after = View::from_state(state.clone());
    let seq = transaction.first_seq();
    Ok(Past { seq, at: transaction.at, by: transaction.by, key: transaction.key, events, before, after })
}
