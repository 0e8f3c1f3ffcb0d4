//! Which row groups of a file of postings are about which claims and vouchers: what the `about` sidecar of the file holds. A
//! report after a day's work needs the old postings of a few hundred records; without it the ids of every posting are read.
//!
//! First the claims, then the vouchers: how many, then each in the order of the ids as what its id is larger than the one
//! before by, and a byte with a bit for each row group that has a posting of it, the lowest for the first. Numbers are cut into
//! sevens of bits, lowest first, each but the last with its highest bit set. Id 0 stands for none.

use std::collections::BTreeMap;

use crate::store::error::StoreError;
use crate::store::sidecar::Wrong;
use crate::store::tables::{Columns, FILE_ROWS, Table, row_group};

use super::beside::Kind;
use super::{Base, Part};

/// Every row group has a bit of a byte.
const _: () = assert!(FILE_ROWS <= 8 * row_group(Table::Posted));

/// The columns that the sidecar is made from.
pub(super) fn wanted() -> Vec<usize> {
    ["claim", "voucher"].map(|name| Table::Posted.place(name)).to_vec()
}

/// The content of the sidecar for the rows of a file.
pub(super) fn content(columns: &Columns) -> Vec<u8> {
    let mut out = Vec::new();
    for column in wanted() {
        let mut groups: BTreeMap<u64, u8> = BTreeMap::new();
        for (row, id) in columns.ids(column).iter().enumerate() {
            *groups.entry(*id).or_default() |= 1 << (row / row_group(Table::Posted));
        }
        put(&mut out, groups.len() as u64);
        let mut before = 0;
        for (id, groups) in groups {
            put(&mut out, id - before);
            out.push(groups);
            before = id;
        }
    }
    out
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let seven = u8::try_from(number & 0x7f).expect("seven bits");
        number >>= 7;
        if number == 0 {
            return out.push(seven);
        }
        out.push(seven | 0x80);
    }
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// The row groups about any of these records, each list sorted, as bits; none where the content is not one.
fn groups(mut content: &[u8], claims: &[u64], vouchers: &[u64]) -> Option<u8> {
    let mut found = 0;
    for mut asked in [claims, vouchers] {
        let mut id = 0_u64;
        for _ in 0..take(&mut content)? {
            id = id.checked_add(take(&mut content)?)?;
            let (groups, rest) = content.split_first()?;
            content = rest;
            while asked.first().is_some_and(|first| *first < id) {
                asked = &asked[1..];
            }
            if asked.first() == Some(&id) {
                found |= groups;
            }
        }
    }
    content.is_empty().then_some(found)
}

impl Base {
    /// The row groups of a file of postings that have one about any of these records, in order. The lists are sorted.
    pub(crate) fn groups_about(
        &self,
        part: &Part,
        claims: &[u64],
        vouchers: &[u64],
    ) -> Result<Vec<usize>, StoreError> {
        let found = self.consult(part, Kind::About, |sidecar| {
            groups(&sidecar.read(0, sidecar.len())?, claims, vouchers).ok_or(Wrong::Damaged)
        })?;
        Ok((0..8).filter(|group| found & (1 << group) != 0).collect())
    }
}
