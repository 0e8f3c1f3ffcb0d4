//! Half-typed forms, one folder a user, readable by that user alone. Not part of the ledger; lost with their folder.

use std::io::{Error, ErrorKind};
use std::path::PathBuf;

use crate::store::disk::{ItemKind, Sharing, ensure_dir, read_whole, replace_file};
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

impl Store {
    /// Keeps a draft. A name is up to 64 letters, digits, hyphens and underscores.
    pub fn save_draft(&self, uid: u32, name: &str, text: &str) -> Result<(), StoreError> {
        let path = self.draft(uid, name)?;
        let dir = self.layout.drafts(uid);
        let parent = dir.parent().expect("a user's drafts lie in the drafts' folder");
        ensure_dir(&*self.disk, parent, Sharing::Group).doing("make", parent)?;
        ensure_dir(&*self.disk, &dir, Sharing::Owner).doing("make", &dir)?;
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
