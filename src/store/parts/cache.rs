//! A few files' bytes and a few row groups, the latest used ones.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::store::tables::Columns;

/// Bytes of small files that are kept.
const BYTES_MAX: usize = 16 << 20;
/// Row groups that are kept: a page that is scattered over the whole table touches one a row.
const GROUPS_MAX: usize = 24;

/// File, row group, columns.
pub(super) type GroupKey = (PathBuf, usize, Vec<usize>);

/// The latest used, newest at the back.
#[derive(Debug, Default)]
pub(super) struct Cache {
    files: VecDeque<(PathBuf, Arc<Vec<u8>>)>,
    n_bytes: usize,
    groups: VecDeque<(GroupKey, Arc<Columns>)>,
}

impl Cache {
    pub(super) fn bytes(&mut self, path: &Path) -> Option<Arc<Vec<u8>>> {
        let place = self.files.iter().position(|(kept, _)| kept == path)?;
        let found = self.files.remove(place).expect("it was just found");
        let bytes = Arc::clone(&found.1);
        self.files.push_back(found);
        Some(bytes)
    }

    pub(super) fn keep_bytes(&mut self, path: &Path, bytes: &Arc<Vec<u8>>) {
        if self.files.iter().any(|(kept, _)| kept == path) {
            return;
        }
        self.n_bytes += bytes.len();
        self.files.push_back((path.to_path_buf(), Arc::clone(bytes)));
        while self.n_bytes > BYTES_MAX {
            let Some((_, oldest)) = self.files.pop_front() else { return };
            self.n_bytes -= oldest.len();
        }
    }

    pub(super) fn group(&mut self, key: &GroupKey) -> Option<Arc<Columns>> {
        let place = self.groups.iter().position(|(kept, _)| kept == key)?;
        let found = self.groups.remove(place).expect("it was just found");
        let columns = Arc::clone(&found.1);
        self.groups.push_back(found);
        Some(columns)
    }

    pub(super) fn keep_group(&mut self, key: GroupKey, columns: &Arc<Columns>) {
        if self.groups.len() >= GROUPS_MAX {
            self.groups.pop_front();
        }
        self.groups.push_back((key, Arc::clone(columns)));
    }
}
