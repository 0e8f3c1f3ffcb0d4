//! A copy of the truth in another folder, made while others work, and a store made of it again.
//!
//! A backup holds what cannot be made anew: the journal up to a watermark, batches, documents, seals, quarantine and the
//! settings for people. Parts, MANIFEST and locks are not in it. It lies in `DIR/<store id>/`: `data/` has a file for
//! every file of the store, named by the store's name and the beginning of its digest, so that nothing is ever written
//! over; `BACKUP` names them all and is replaced last. So a backup that was interrupted leaves the one before it whole,
//! and what has not changed is not copied again. Everything is 0600 and 0700: it is personal data of many people.

mod list;
mod mirror;
mod put;
mod restore;
mod take;

use std::path::{Path, PathBuf};

use super::record::Head;

pub use restore::{Restored, restore, restore_on};

pub(crate) use take::back_up;

/// What is wrong with a backup, or with where it shall go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupFault {
    /// There is no backup in the folder.
    None,
    /// Its list is not whole.
    List,
    /// A file of it is missing or not what was written.
    File,
    /// It would lie inside the store.
    Inside,
    /// The folder for the new store is not empty.
    Taken,
    /// The backup holds records that the store does not have, or has otherwise: the store's history was rewritten, or an
    /// older copy of the store is being backed up over a newer backup.
    Rewritten,
    /// The truth is damaged: what was copied of it is not kept.
    Source,
    /// An anchor does not hold.
    Anchor,
    /// The store changes so fast that no cut could be made, or somebody else backs up into the same folder.
    Busy,
}

impl BackupFault {
    /// The name of its words in the locales, behind `value-damage-`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "backup-none",
            Self::List => "backup-list",
            Self::File => "backup-file",
            Self::Inside => "backup-inside",
            Self::Taken => "backup-taken",
            Self::Rewritten => "backup-rewritten",
            Self::Source => "backup-source",
            Self::Anchor => "backup-anchor",
            Self::Busy => "backup-busy",
        }
    }

    /// Whether records are in danger, rather than a folder badly chosen.
    pub const fn is_grave(self) -> bool {
        matches!(self, Self::List | Self::File | Self::Rewritten | Self::Source | Self::Anchor)
    }
}

/// A backup that was made and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// Where it lies.
    pub home: PathBuf,
    /// The last record in it.
    pub head: Head,
    /// Files in it.
    pub files: usize,
    /// Their length together.
    pub bytes: u64,
    /// Of these, files that were copied now; the others lay there already and were read again.
    pub copied: usize,
    /// Their length together.
    pub copied_bytes: u64,
}

const LIST: &str = "BACKUP";
const DATA: &str = "data";

fn data_dir(home: &Path) -> PathBuf {
    home.join(DATA)
}
