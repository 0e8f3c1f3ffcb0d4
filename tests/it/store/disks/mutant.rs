//! The five broken stores that every harness is shown, made by what stands between the store and its disk: nothing of
//! them is in the product. A harness that finds nothing wrong with one it could see is no proof of anything.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use santun::store::disk::{Access, Disk, read_whole};

use super::twist::{Call, Deed, Twist, twisted};

/// What a broken store does differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutant {
    /// `fdatasync` and `fsync` of files do nothing.
    NoDataSync,
    /// Folders are never synced.
    NoDirSync,
    /// Every lock is granted at once.
    NoLock,
    /// A commit's sync comes after its acknowledgement: when somebody takes a lock the next time.
    AcknowledgeFirst,
    /// What is invalid at the end is cut off without asking the watermark: it always reads as that of the new store.
    CutWithoutMark,
}

impl Mutant {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::NoDataSync, Self::NoDirSync, Self::NoLock, Self::AcknowledgeFirst, Self::CutWithoutMark];

    /// Its name, also for the environment of a child.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoDataSync => "no-data-sync",
            Self::NoDirSync => "no-dir-sync",
            Self::NoLock => "no-lock",
            Self::AcknowledgeFirst => "acknowledge-first",
            Self::CutWithoutMark => "cut-without-mark",
        }
    }

    /// The mutant of a name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mutant| mutant.name() == name)
    }

    /// The disk as the broken store uses it; `fresh_mark` is the watermark of the store when it was new.
    pub fn disk(self, inner: Arc<dyn Disk>, fresh_mark: &[u8]) -> Arc<dyn Disk> {
        let late = Late { inner: Arc::clone(&inner), owed: Mutex::default() };
        let twist: Arc<dyn Twist> = match self {
            Self::NoDataSync => Arc::new(Skipped(&[Call::SyncData, Call::SyncAll])),
            Self::NoDirSync => Arc::new(Skipped(&[Call::SyncDir])),
            Self::NoLock => Arc::new(Skipped(&[Call::Lock])),
            Self::AcknowledgeFirst => Arc::new(late),
            Self::CutWithoutMark => Arc::new(OldMark(fresh_mark.to_vec())),
        };
        twisted(inner, twist)
    }

    /// The disk of a store as it is, or as this mutant has it. The store has to be new.
    pub fn on(mutant: Option<Self>, disk: &Arc<dyn Disk>, root: &Path) -> Arc<dyn Disk> {
        let Some(mutant) = mutant else { return Arc::clone(disk) };
        let mark = read_whole(&**disk, &root.join("lock/committed")).expect("a store's watermark");
        mutant.disk(Arc::clone(disk), &mark)
    }
}

/// Some calls do nothing and say that all is well.
#[derive(Debug)]
struct Skipped(&'static [Call]);

impl Twist for Skipped {
    fn decide(&self, call: Call, _path: &Path) -> Deed {
        if self.0.contains(&call) { Deed::Skip } else { Deed::Pass }
    }
}

/// Syncs of appended bytes are done when the next lock is taken.
struct Late {
    inner: Arc<dyn Disk>,
    owed: Mutex<Vec<PathBuf>>,
}

impl fmt::Debug for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Late")
    }
}

impl Twist for Late {
    fn decide(&self, call: Call, path: &Path) -> Deed {
        let mut owed = self.owed.lock().expect("no panic under the lock");
        match call {
            Call::SyncData => {
                owed.push(path.to_path_buf());
                Deed::Skip
            }
            Call::Lock => {
                for path in owed.drain(..) {
                    let _ = self.inner.open(&path, Access::Update).and_then(|file| file.sync_data());
                }
                Deed::Pass
            }
            _ => Deed::Pass,
        }
    }
}

/// Readers of the watermark see that of the new store.
#[derive(Debug)]
struct OldMark(Vec<u8>);

impl Twist for OldMark {
    fn decide(&self, _call: Call, _path: &Path) -> Deed {
        Deed::Pass
    }

    fn instead(&self, path: &Path) -> Option<Vec<u8>> {
        path.ends_with("lock/committed").then(|| self.0.clone())
    }
}
