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
        Ok(Some(self.insertion(&self.order, 0, &entry)?))
    }
}

/// Where some rows stand in an order, each at the place of its row; the order is gone through once.
pub(crate) fn positions(order: &[u32], places: &[Option<u32>]) -> Vec<Option<usize>> {
    let mut wanted: Vec<(u32, usize)> =
        places.iter().enumerate().filter_map(|(at, place)| Some(((*place)?, at))).collect();
    wanted.sort_unstable();
    let mut found = vec![None; places.len()];
    for position in places_found(order, wanted.iter().map(|(place, _)| *place).collect()) {
        let place = order[position];
        let first = wanted.partition_point(|(other, _)| *other < place);
        for (_, at) in wanted[first..].iter().take_while(|(other, _)| *other == place) {
            found[*at] = Some(position);
        }
    }
    found
}

/// The positions of an order at which one of these places stands, in their order. A bit for each place keeps the walk
/// over millions as cheap as reading them.
pub(super) fn places_found(order: &[u32], places: Vec<u32>) -> Vec<usize> {
    let Some(last) = places.iter().max() else { return Vec::new() };
    let word = |place: u32| usize::try_from(place / 64).expect("rows fit");
    let mut bits = vec![0_u64; word(*last) + 1];
    places.iter().for_each(|place| bits[word(*place)] |= 1 << (place % 64));
    let is_one = |place: u32| bits.get(word(place)).is_some_and(|bits| bits & (1 << (place % 64)) != 0);
    let positions = order.iter().enumerate().filter(|(_, place)| is_one(**place));
    positions.map(|(position, _)| position).collect()
}
