//! State by id: ids are dense counters, so a vector answers faster than a tree. An id far beyond the others, which
//! only a damaged store would give, goes to a tree instead of growing the vector.

use std::collections::BTreeMap;

/// An id's place may lie this many times farther out than there are slots.
const SPARSENESS: usize = 64;
/// Places that are always worth a vector.
const FREE_PLACES: usize = 1 << 16;

/// Where a slot lies; stays valid as slots are added.
pub(super) type Place = u32;

/// Slots found by id.
#[derive(Debug, Default)]
pub(super) struct Slots<T> {
    /// Place + 1 by id; 0 where there is none.
    near: Vec<Place>,
    far: BTreeMap<u64, Place>,
    slots: Vec<T>,
}

impl<T: Default> Slots<T> {
    /// The place of an id, made if it has none yet.
    pub(super) fn place(&mut self, id: u64) -> Place {
        let near = usize::try_from(id).ok().filter(|id| *id < SPARSENESS * self.slots.len() + FREE_PLACES);
        if let Some(place) = self.find(id, near) {
            return place;
        }
        let place = self.push();
        match near {
            Some(near) => {
                if self.near.len() <= near {
                    self.near.resize(near + 1, 0);
                }
                self.near[near] = place + 1;
            }
            None => {
                self.far.insert(id, place);
            }
        }
        place
    }

    fn find(&self, id: u64, near: Option<usize>) -> Option<Place> {
        let found = near.and_then(|near| self.near.get(near)).and_then(|place| place.checked_sub(1));
        found.or_else(|| if self.far.is_empty() { None } else { self.far.get(&id).copied() })
    }
}

impl<T> Slots<T> {
    /// A slot without an id.
    pub(super) fn push(&mut self) -> Place
    where
        T: Default,
    {
        let place = Place::try_from(self.slots.len()).expect("a branch has fewer than four billion records");
        self.slots.push(T::default());
        place
    }

    /// The slot at a place.
    pub(super) fn at(&self, place: Place) -> &T {
        &self.slots[index(place)]
    }

    /// The slot at a place, to change it.
    pub(super) fn at_mut(&mut self, place: Place) -> &mut T {
        &mut self.slots[index(place)]
    }

    /// Every slot, to change it.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.slots.iter_mut()
    }

    /// Every slot in the order of its making.
    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.slots.iter()
    }
}

/// A place as an index of a vector.
pub(super) fn index(place: Place) -> usize {
    usize::try_from(place).expect("addresses have at least 32 bits")
}
