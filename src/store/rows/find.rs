//! A claim in a list: its row, where it stands, and where it would stand.

use crate::domain::id::ClaimId;
use crate::store::error::StoreError;
use crate::store::tables::{ClaimRow, Table, row_from};
use crate::store::view::View;

use super::Rows;

impl View {
    /// A claim as lists show it, whatever they are filtered by.
    pub fn claim_row(&self, id: ClaimId) -> Result<Option<ClaimRow>, StoreError> {
        let state = self.state();
        if let Some(touched) = state.claims.get(&id) {
            return Ok(Some((*touched.row).clone()));
        }
        let Some(place) = self.claim_row_in_base(id)? else { return Ok(None) };
        let (columns, row) = state.base.group(Table::Claims, place)?;
        Ok(row_from(&columns, row))
    }
}

impl Rows {
    /// Where a claim stands in the list.
    pub fn position_of(&self, id: ClaimId) -> Result<Option<usize>, StoreError> {
        let Some(place) = self.place_of(id)? else { return Ok(None) };
        Ok(self.order.iter().position(|other| *other == place))
    }

    /// Where some claims stand in the list, each at the place of its id; the list is gone through once.
    pub fn positions_of(&self, ids: &[ClaimId]) -> Result<Vec<Option<usize>>, StoreError> {
        let places: Vec<Option<u32>> = ids.iter().map(|id| self.place_of(*id)).collect::<Result<_, _>>()?;
        Ok(positions(&self.order, &places))
    }

    /// Where a claim would stand in the list if the filter let it through: the position of its next neighbour.
    pub fn position_near(&self, id: ClaimId) -> Result<Option<usize>, StoreError> {
        let Some(place) = self.place_of(id)? else { return Ok(None) };
        let entry = self.entry(place)?;
        Ok(Some(self.insertion(&self.order, &entry)?))
    }
}

/// Where some rows stand in an order, each at the place of its row; the order is gone through once.
pub(crate) fn positions(order: &[u32], places: &[Option<u32>]) -> Vec<Option<usize>> {
    let mut wanted: Vec<(u32, usize)> =
        places.iter().enumerate().filter_map(|(at, place)| Some(((*place)?, at))).collect();
    wanted.sort_unstable();
    let mut found = vec![None; places.len()];
    for (position, place) in order.iter().enumerate() {
        let first = wanted.partition_point(|(other, _)| other < place);
        for (_, at) in wanted[first..].iter().take_while(|(other, _)| other == place) {
            found[*at] = Some(position);
        }
    }
    found
}
