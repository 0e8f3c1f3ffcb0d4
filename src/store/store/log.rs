//! The journal read as a log: every record from the first one on, in order.

use crate::domain::event::Event;
use crate::store::codec::event_of;
use crate::store::error::{Standing, StoreError};
use crate::store::journal::{Cursor, Stop, Until, found_again, walk};
use crate::store::record::{Actor, IdempotencyKey, Moment, Personal, Record, Transaction};

use super::Store;

/// A record as a log shows it.
#[derive(Debug)]
pub struct LogEntry<'a> {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: &'a Actor,
    /// The command's key.
    pub key: &'a IdempotencyKey,
    /// Number, operation, what it happened to, its facts.
    pub record: &'a Record,
    /// What happened; none for the store's own records.
    pub event: Option<Event>,
}

impl Store {
    /// Gives every record up to this handle's view, oldest first.
    pub fn log(&self, f: &mut dyn FnMut(&LogEntry<'_>)) -> Result<(), StoreError> {
        let store_id = {
            let ledger = self.ledger.lock().expect("no holder panics");
            ledger.format().store_id.clone()
        };
        let end = found_again(&*self.disk, &self.layout, self.view().state().cursor)?.position;
        let mut cursor = Cursor::beginning(&store_id);
        let mut failure = None;
        let mut take = |transaction: Transaction, _| {
            for record in &transaction.records {
                match event_in(record) {
                    Ok(event) => f(&LogEntry {
                        at: transaction.at,
                        by: &transaction.by,
                        key: &transaction.key,
                        record,
                        event,
                    }),
                    Err(error) => failure = failure.take().or(Some(error)),
                }
            }
        };
        let stop = walk(&*self.disk, &self.layout, &store_id, &mut cursor, Until::Place(end), &mut take)?;
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
}

/// The event of a record; none for the store's own.
fn event_in(record: &Record) -> Result<Option<Event>, StoreError> {
    if record.op.starts_with("store.") {
        return Ok(None);
    }
    let pii = match &record.pii {
        Personal::Fields(fields) => Some(fields.as_str()),
        Personal::None | Personal::Erased => None,
    };
    let event = event_of(&record.op, &record.data, pii);
    event.map(Some).map_err(|error| StoreError::Undecodable { seq: record.seq, why: error.to_string() })
}

/// The events of a transaction.
pub(super) fn events_of(transaction: &Transaction) -> Result<Vec<Event>, StoreError> {
    let mut events = Vec::with_capacity(transaction.records.len());
    for record in &transaction.records {
        events.extend(event_in(record)?);
    }
    Ok(events)
}
