//! The disk of this machine, as this process may use it: what somebody has said that they trust holds for every store it
//! opens.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::group::disk_of_group;
use super::{Disk, RealDisk};

/// What somebody has said that they trust although it is refused by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trust {
    network: bool,
    owner: bool,
}

impl Trust {
    /// Also a network file system: somebody knows that theirs keeps its word about locks and syncs.
    #[must_use]
    pub fn network(self) -> Self {
        Self { network: true, ..self }
    }

    /// Also a folder that belongs to somebody else.
    #[must_use]
    pub fn owner(self) -> Self {
        Self { owner: true, ..self }
    }

    pub(super) fn is_of_network(self) -> bool {
        self.network
    }

    pub(super) fn is_of_owner(self) -> bool {
        self.owner
    }
}

static TRUST: OnceLock<Trust> = OnceLock::new();

/// Says for the whole process what is trusted: once, before the first store is opened. Later words are not heard.
pub fn trust(trust: Trust) {
    let _ = TRUST.set(trust);
}

/// The disk that a store in this folder is opened on: with the rights of the group that is kept where the folder is that
/// group's and nobody else's, with the user's own anywhere else.
pub fn machine(root: &Path) -> Arc<dyn Disk> {
    let own = RealDisk::trusting(TRUST.get().copied().unwrap_or_default()).at(root);
    match disk_of_group(root, own) {
        Some(disk) => Arc::new(disk),
        None => Arc::new(own),
    }
}
