//! Half-typed forms, one folder a user, readable by that user alone. Not part of the ledger; lost with their folder.
//!
//! A user may sit at several terminals at once. Each is a sitting: a file of its own in the folder, locked as long as
//! the terminal lives, so that a form being typed there is told from one that was left behind.

use std::collections::BTreeSet;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::store::disk::{Access, Disk, Held, ItemKind, Sharing, ensure_dir, read_whole, replace_file};
use crate::store::error::{Doing, StoreError};

use super::Store;

/// A half-typed form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its name.
    pub name: String,
    /// What the form wrote.
    pub text: String,
    /// When it was last written, in seconds since 1970.
    pub modified_unix: i64,
}

/// One terminal's time with the store. The kernel gives its lock back however the program ends.
#[derive(Debug)]
pub struct Sitting {
    name: String,
    path: PathBuf,
    disk: Arc<dyn Disk>,
    _held: Box<dyn Held>,
}

impl Sitting {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Sitting {
    fn drop(&mut self) {
        // A file that stays is taken away by the next who looks who is there.
        let _ = self.disk.unlink(&self.path);
    }
}

/// A sitting's file that somebody took away while it was made is made again so often.
const MOST_TRIES: usize = 8;

impl Store {
    /// Begins a sitting of this user. The name has to be new: letters, digits and hyphens.
    pub fn begin_sitting(&self, uid: u32, name: &str) -> Result<Sitting, StoreError> {
        let dir = self.drafts_dir(uid)?;
        let path = dir.join(format!("{name}.sitting"));
        if !is_name(name) {
            return Err(Error::from(ErrorKind::InvalidInput)).doing("name", &dir);
        }
        for _ in 0..MOST_TRIES {
            match self.disk.create(&path, Sharing::Owner) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                    return Err(error).doing("make", &path);
                }
                _ => {}
            }
            // Whoever looks who is there may have held the lock first and taken the file away with it.
            let held = match self.disk.try_lock(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                tried => tried.doing("lock", &path)?,
            };
            let is_there = self.disk.open(&path, Access::Read).is_ok();
            if let Some(held) = held.filter(|_| is_there) {
                let disk = Arc::clone(&self.disk);
                return Ok(Sitting { name: name.to_owned(), path, disk, _held: held });
            }
        }
        Err(Error::from(ErrorKind::WouldBlock)).doing("lock", &path)
    }

    /// The sittings of this user that are alive; what dead ones left of themselves is taken away.
    pub fn live_sittings(&self, uid: u32) -> Result<BTreeSet<String>, StoreError> {
        let dir = self.layout.drafts(uid);
        let mut live = BTreeSet::new();
        for name in self.names_in(&dir, ".sitting")? {
            let path = dir.join(format!("{name}.sitting"));
            match self.disk.try_lock(&path) {
                Ok(None) => drop(live.insert(name)),
                // The name goes while the lock is held, so that nobody begins on a file without a name.
                Ok(Some(_held)) => drop(self.disk.unlink(&path)),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error).doing("lock", &path),
            }
        }
        Ok(live)
    }

    fn names_in(&self, dir: &Path, ending: &str) -> Result<Vec<String>, StoreError> {
        let items = match self.disk.list(dir) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            listed => listed.doing("list", dir)?,
        };
        let names = items.into_iter().filter(|item| item.kind == ItemKind::File);
        let names = names.filter_map(|item| item.name.strip_suffix(ending).map(str::to_owned));
        Ok(names.filter(|name| is_name(name)).collect())
    }

    fn drafts_dir(&self, uid: u32) -> Result<PathBuf, StoreError> {
        let dir = self.layout.drafts(uid);
        let parent = dir.parent().expect("a user's drafts lie in the drafts' folder");
        ensure_dir(&*self.disk, parent, Sharing::Group).doing("make", parent)?;
        ensure_dir(&*self.disk, &dir, Sharing::Owner).doing("make", &dir)?;
        Ok(dir)
    }

    /// Keeps a draft. A name is up to 64 letters, digits, hyphens and underscores.
    pub fn save_draft(&self, uid: u32, name: &str, text: &str) -> Result<(), StoreError> {
        let path = self.draft(uid, name)?;
        self.drafts_dir(uid)?;
        replace_file(&*self.disk, &path, text.as_bytes(), Sharing::Owner).doing("write", &path)
    }

    /// A user's drafts, by name.
    pub fn load_drafts(&self, uid: u32) -> Result<Vec<Draft>, StoreError> {
        let dir = self.layout.drafts(uid);
        let items = match self.disk.list(&dir) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            listed => listed.doing("list", &dir)?,
        };
        let mut drafts = Vec::new();
        for item in items.into_iter().filter(|item| item.kind == ItemKind::File) {
            let Some(name) = item.name.strip_suffix(".draft").filter(|name| is_name(name)) else { continue };
            let path = dir.join(&item.name);
            let bytes = read_whole(&*self.disk, &path).doing("read", &path)?;
            // A draft that was cut by a full disk is no text; it is nothing that was promised.
            if let Ok(text) = String::from_utf8(bytes) {
                drafts.push(Draft { name: name.to_owned(), text, modified_unix: item.modified_unix });
            }
        }
        Ok(drafts)
    }

    /// Throws a draft away; it need not be there.
    pub fn delete_draft(&self, uid: u32, name: &str) -> Result<(), StoreError> {
        let path = self.draft(uid, name)?;
        match self.disk.unlink(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error).doing("remove", &path),
            _ => Ok(()),
        }
    }

    fn draft(&self, uid: u32, name: &str) -> Result<PathBuf, StoreError> {
        let dir = self.layout.drafts(uid);
        if !is_name(name) {
            return Err(Error::from(ErrorKind::InvalidInput)).doing("name", &dir);
        }
        Ok(dir.join(format!("{name}.draft")))
    }
}

fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}
