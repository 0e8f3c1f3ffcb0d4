//! Some rows of a file without the rest of it: a page that is scattered over the table needs a group of rows of each of
//! fifty files, and reading all fifty whole takes longer than everything else.

use std::ops::Range;
use std::sync::Arc;

use crate::store::disk::{Access, DiskFile, read_full_at};
use crate::store::error::StoreError;
use crate::store::tables::group_ranges;

use super::{Base, Part, once};

/// Files up to this many bytes are read whole, and kept for a while.
pub(super) const SMALL: u64 = 64 << 10;

/// Where a file's groups of rows lie, and what describes them at its end.
#[derive(Debug)]
pub(super) struct Groups {
    /// For each group the row behind its last one, and its bytes.
    groups: Box<[(u32, Range<u64>)]>,
    /// Where the description begins.
    footer: u64,
}

impl Groups {
    fn of(bytes: &[u8]) -> Option<Groups> {
        let mut end = 0_u32;
        let mut footer = 0;
        let groups = group_ranges(bytes)?.into_iter().map(|(rows, range)| {
            end = end.checked_add(u32::try_from(rows).ok()?)?;
            footer = footer.max(range.end);
            Some((end, range))
        });
        let groups = groups.collect::<Option<Box<[_]>>>()?;
        (footer <= bytes.len() as u64).then_some(Groups { groups, footer })
    }

    /// The bytes that some rows lie in.
    fn of_rows(&self, start: usize, len: usize) -> Range<u64> {
        let end = start.saturating_add(len);
        let row = |row: u32| usize::try_from(row).unwrap_or(usize::MAX);
        let first = self.groups.partition_point(|(behind, _)| row(*behind) <= start);
        let behind = self.groups.partition_point(|(behind, _)| row(*behind) < end) + 1;
        let wanted = self.groups.get(first..behind.min(self.groups.len())).unwrap_or_default();
        let from = wanted.iter().map(|(_, range)| range.start).min().unwrap_or(self.footer);
        let to = wanted.iter().map(|(_, range)| range.end).max().unwrap_or(self.footer);
        from..to
    }
}

impl Base {
    /// The bytes of a file that some rows need, in their places: the others may be zeros. A file whose checksum was not yet
    /// found right by this process is read whole.
    pub(super) fn bytes_of_rows(
        &self,
        part: &Part,
        start: usize,
        len: usize,
    ) -> Result<Arc<Vec<u8>>, StoreError> {
        let is_whole = len >= usize::try_from(part.entry.rows).expect("rows fit");
        if is_whole || part.entry.bytes <= SMALL {
            return self.read(part);
        }
        if let Some(groups) = part.groups.get() {
            return self.sparse(part, groups, groups.of_rows(start, len)).map(Arc::new);
        }
        let bytes = self.read(part)?;
        once(&part.groups, || Groups::of(&bytes).ok_or_else(|| self.bad(part, "digest")))?;
        Ok(bytes)
    }

    fn sparse(&self, part: &Part, groups: &Groups, wanted: Range<u64>) -> Result<Vec<u8>, StoreError> {
        let place = |at: u64| usize::try_from(at).expect("a file that was read whole fits");
        let mut bytes = vec![0; place(part.entry.bytes)];
        let opened = self.disk.open(&part.path, Access::Read);
        let file: Box<dyn DiskFile> = opened.map_err(|error| self.unread(part, error))?;
        for range in [wanted, groups.footer..part.entry.bytes] {
            let into = &mut bytes[place(range.start)..place(range.end)];
            let n_wanted = into.len();
            let read = read_full_at(&*file, range.start, into).map_err(|error| self.unread(part, error))?;
            if read != n_wanted {
                return Err(self.bad(part, "digest"));
            }
        }
        Ok(bytes)
    }
}
