//! Erased years: no record has lost its personal fields but by the decision of two people, and what was decided is done.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::erasure::{is_claim_erased, is_voucher_erased, unfinished};
use crate::domain::event::Event;
use crate::store::codec::event_of;
use crate::store::error::StoreError;
use crate::store::ledger::{Ledger, Mode};
use crate::store::record::Personal;
use crate::store::view::View;

use super::{Fsck, LISTED_MAX, Look, Trouble};

impl Look<'_> {
    /// Looks at them; tells whether one is under way: parts may still hold then what the truth has no more.
    pub(super) fn erasures(&self, view: &View, found: &mut Fsck) -> Result<bool, StoreError> {
        let deeds = view.erasures();
        let mut unasked: BTreeMap<u64, String> = BTreeMap::new();
        let mut ledger = Ledger::open(Arc::clone(self.disk), self.dir, Mode::Read)?;
        ledger.catch_up_each(|transaction| {
            for record in transaction.records.iter().filter(|record| record.pii == Personal::Erased) {
                let is_allowed = match event_of(&record.op, &record.data, None) {
                    Ok(Event::Claim(id, _)) => is_claim_erased(deeds, id.get()),
                    Ok(Event::Voucher(id, _)) => is_voucher_erased(deeds, id.get()),
                    _ => false,
                };
                if !is_allowed {
                    unasked.insert(record.seq, record.reference.clone());
                }
            }
        })?;
        let count = unasked.len().to_string();
        for (seq, reference) in unasked.into_iter().take(LISTED_MAX) {
            let args = vec![("reference", reference), ("count", count.clone())];
            found.add(Trouble::Erased.at(format!("journal:{seq}"), args));
        }
        let Some((deed, claims, _)) = unfinished(deeds) else { return Ok(false) };
        let args = vec![("year", deed.year.to_string()), ("n", claims.count().to_string())];
        found.add(Trouble::Erasing.at("journal", args));
        Ok(true)
    }
}
