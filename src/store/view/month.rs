//! The postings of one month.

use crate::base::ordered::in_order;
use crate::domain::period::Period;
use crate::domain::posting::Posting;
use crate::store::error::StoreError;
use crate::store::tables::{Names, Table, postings_from};

use super::View;

impl View {
    /// Gives every posting of a month: those of the base, then those since. Reads the files of that month alone.
    pub fn for_each_posting_of(&self, month: Period, f: &mut dyn FnMut(&Posting)) -> Result<(), StoreError> {
        let base = &self.state().base;
        let parts: Vec<_> =
            base.parts(Table::Posted).iter().filter(|part| part.entry.month == month.number()).collect();
        let read = |_: &mut (), place: usize| {
            let part = parts[place];
            let columns = base.columns(part, &Names::Read.columns(), 0, usize::MAX / 2)?;
            postings_from(&columns, Names::Read).ok_or_else(|| base.bad(part, "a row is no posting"))
        };
        in_order(
            parts.len(),
            || (),
            read,
            |postings| {
                postings.iter().for_each(&mut *f);
                Ok(())
            },
        )?;
        self.state().postings.iter().filter(|posting| posting.month == month).for_each(|posting| f(posting));
        Ok(())
    }
}
