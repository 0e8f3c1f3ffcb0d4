//! The view that the truth alone gives: batches and events, without MANIFEST and parts.

use std::sync::Arc;

use crate::store::error::{Standing, StoreError};
use crate::store::journal::Cursor;
use crate::store::ledger::{Ledger, Mode};
use crate::store::manifest::Manifest;
use crate::store::parts::{Alarm, Base};
use crate::store::tables::Keyed;
use crate::store::view::View;

use super::{Fsck, Look, Trouble};

impl Look<'_> {
    /// The view from the truth alone: as MANIFEST should have it, and as it is now. None when a record does not fit.
    #[allow(clippy::type_complexity, reason = "two views, one of them perhaps none")]
    pub(super) fn truth(
        &self,
        manifest: Option<&Manifest>,
        found: &mut Fsck,
    ) -> Result<Option<(Option<View>, View)>, StoreError> {
        let mut ledger = Ledger::open(Arc::clone(self.disk), self.dir, Mode::Read)?;
        let transactions = ledger.catch_up()?;
        if let Standing::Damaged(damage) = ledger.standing() {
            return Err(StoreError::Damaged(*damage));
        }
        let keyed = Keyed::of_store(&self.format.store_id);
        let base = Base::new(Arc::clone(self.disk), self.layout.clone(), keyed, &[], Alarm::Told);
        let start = View::empty(base, Cursor::beginning(&self.format.store_id)).foreknowing(&transactions);
        let covered = manifest.map_or(0, |manifest| manifest.cursor.head.seq);
        let split = transactions.partition_point(|transaction| transaction.head().seq <= covered);
        let middle = start.after(&transactions[..split], ledger.cursor());
        let end = middle.and_then(|middle| {
            let end = middle.after(&transactions[split..], ledger.cursor())?;
            Ok((middle, end))
        });
        match end {
            Ok((middle, end)) => Ok(Some((manifest.map(|_| middle), end))),
            Err(StoreError::Undecodable { seq, why }) => {
                let args = vec![("seq", seq.to_string()), ("reason", why)];
                found.add(Trouble::Record.at(format!("journal:{seq}"), args));
                Ok(None)
            }
            Err(StoreError::Part { path, why }) => {
                let place = path.strip_prefix(self.dir).unwrap_or(&path).display().to_string();
                found.add(Trouble::Batch.at(place, vec![("reason", why)]));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}
