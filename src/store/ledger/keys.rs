//! The keys of the last thirty days, and where their transactions stand.

use std::collections::{BTreeMap, VecDeque};

use crate::store::journal::Place;
use crate::store::record::{IdempotencyKey, Moment};

/// How long a key is remembered, in days.
pub const KEY_MEMORY_DAYS: i64 = 30;
const KEY_MEMORY_MS: i64 = KEY_MEMORY_DAYS * 24 * 60 * 60 * 1000;

/// A key that was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownKey {
    /// The key.
    pub key: IdempotencyKey,
    /// When it was committed.
    pub at: Moment,
    /// Where its transaction stands.
    pub place: Place,
}

/// The memory of a handle. Only the place is kept, not the transaction: a month of them would fill the memory.
#[derive(Debug, Default)]
pub(super) struct Keys {
    places: BTreeMap<IdempotencyKey, (Moment, Place)>,
    /// The same keys in the order they came, to forget the old ones.
    order: VecDeque<(IdempotencyKey, Place)>,
}

impl Keys {
    pub(super) fn insert(&mut self, known: KnownKey) {
        self.forget_before(known.at);
        self.order.push_back((known.key.clone(), known.place));
        self.places.insert(known.key, (known.at, known.place));
    }

    /// The place of a key that is not too old at `now`.
    pub(super) fn place(&self, key: &IdempotencyKey, now: Moment) -> Option<Place> {
        let (at, place) = self.places.get(key)?;
        (!is_over(*at, now)).then_some(*place)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = KnownKey> + '_ {
        self.order.iter().filter_map(|(key, place)| {
            let (at, latest) = self.places.get(key)?;
            (latest == place).then(|| KnownKey { key: key.clone(), at: *at, place: *place })
        })
    }

    fn forget_before(&mut self, now: Moment) {
        while let Some((key, place)) = self.order.front() {
            match self.places.get(key) {
                // The key came again later and stands further behind.
                Some((_, latest)) if latest != place => {}
                Some((at, _)) if !is_over(*at, now) => return,
                _ => {
                    self.places.remove(key);
                }
            }
            self.order.pop_front();
        }
    }
}

fn is_over(at: Moment, now: Moment) -> bool {
    now.timestamp().as_millisecond() - at.timestamp().as_millisecond() > KEY_MEMORY_MS
}
