//! Numbers that were given: series without gaps, no number and no code twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::voucher::SeriesKey;
use crate::store::error::StoreError;
use crate::store::view::View;

use super::{Fsck, LISTED_MAX, Look, Trouble};

impl Look<'_> {
    /// Series without gaps and twins.
    pub(super) fn series(&self, view: &View, found: &mut Fsck) -> Result<(), StoreError> {
        let mut given: BTreeMap<SeriesKey, Vec<u32>> = BTreeMap::new();
        let mut codes: Vec<(i64, u32, String)> = Vec::new();
        view.for_each_voucher_row(&mut |row| {
            if let Some((series, number)) = &row.series {
                given.entry(series.clone()).or_default().push(*number);
            }
            let bare = crate::domain::identity::normalise_number(&row.code);
            let year = u32::from(row.posted.year().unsigned_abs());
            codes.push((view.state().base.keyed.hash(&bare), year, row.code.clone()));
        })?;
        for (series, state) in view.all_series() {
            let mut numbers = given.remove(&series).unwrap_or_default();
            numbers.sort_unstable();
            for pair in numbers.windows(2).filter(|pair| pair[0] == pair[1]) {
                let args = vec![("number", pair[0].to_string())];
                found.add(Trouble::Twin.at(series.as_str(), args));
            }
            let there: BTreeSet<u32> = numbers.into_iter().collect();
            let missing = (state.before + 1..=state.last).filter(|number| !there.contains(number));
            for number in missing.take(LISTED_MAX) {
                found.add(Trouble::Gap.at(series.as_str(), vec![("number", number.to_string())]));
            }
        }
        codes.sort_unstable();
        for pair in codes.windows(2).filter(|pair| pair[0].0 == pair[1].0 && pair[0].1 == pair[1].1) {
            found.add(Trouble::Twin.at(pair[1].2.clone(), vec![("number", pair[1].1.to_string())]));
        }
        Ok(())
    }
}
