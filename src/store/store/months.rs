//! The handle's part in the seals of closed months.

use crate::store::error::StoreError;
use crate::store::seals::{Seal, SealState, look, put_missing, seals_of};

use super::Store;

impl Store {
    /// Writes the seals that are missing; how many. The closing itself is in the journal, so that a seal that could not be
    /// written is written the next time.
    pub fn keep_seals(&self) -> Result<usize, StoreError> {
        put_missing(&*self.disk, &self.layout, &self.seals())
    }

    /// The seal of every closing, oldest first, and how its file was found.
    pub fn seal_states(&self) -> Result<Vec<(Seal, SealState)>, StoreError> {
        let with_state = |seal: Seal| look(&*self.disk, &self.layout, &seal).map(|state| (seal, state));
        self.seals().into_iter().map(with_state).collect()
    }

    fn seals(&self) -> Vec<Seal> {
        let store_id = self.ledger.lock().expect("no holder panics").format().store_id.clone();
        seals_of(self.view().month_deeds(), &store_id)
    }
}
