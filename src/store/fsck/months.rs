//! Closed months: each seal says what the journal says, and what was sealed still stands in the books. A month that was
//! opened again is told for ever.

use crate::domain::month::reopenings;
use crate::store::error::StoreError;
use crate::store::seals::{SealState, changed_months, look, seals_of};
use crate::store::verify::Depth;
use crate::store::view::View;

use super::{Fsck, Look, Trouble};

impl Look<'_> {
    /// Seals, and in full the books of every closed month against what was sealed.
    pub(super) fn months(&self, view: &View, found: &mut Fsck) -> Result<(), StoreError> {
        for seal in seals_of(view.month_deeds(), &self.format.store_id) {
            let place = format!("seals/{}", seal.name);
            let args = vec![("period", seal.month.to_string())];
            match look(&**self.disk, &self.layout, &seal)? {
                SealState::Whole => {}
                SealState::Missing => found.add(Trouble::SealMissing.at(place, args)),
                SealState::Differs => found.add(Trouble::Seal.at(place, args)),
            }
        }
        for (asked, opened) in reopenings(view.month_deeds()) {
            let args = vec![("asked", asked.by.clone()), ("opened", opened.by.clone())];
            found.add(Trouble::Reopened.at(opened.month.to_string(), args));
        }
        if self.depth == Depth::Full {
            for month in changed_months(view)? {
                let args = vec![("period", month.to_string())];
                found.add(Trouble::Seal.at(format!("posted:{month}"), args));
            }
        }
        Ok(())
    }
}
