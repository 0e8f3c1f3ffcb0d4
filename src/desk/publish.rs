//! The books for other engines, in a folder of their own.

use std::path::{Path, PathBuf};

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::desk::outfile::whole_path;
use crate::domain::Refusal;
use crate::store::{Masking, Published};

impl Desk {
    /// Publishes claims, postings and vouchers as Parquet into a folder, the store's own `mart/` unless another is said;
    /// the folder, and what was written. Whole persons are published only when asked for, and the journal says so before
    /// the first byte leaves the desk.
    pub fn publish(&self, dir: Option<&Path>, masking: Masking) -> Result<(PathBuf, Published), DeskError> {
        let (root, mart) = (whole_path(self.store.root()), whole_path(&self.store.root().join("mart")));
        let dir = dir.map_or_else(|| mart.clone(), whole_path);
        if dir != mart && (dir.starts_with(&root) || root.starts_with(&dir)) {
            return Err(Refusal::new("publish-in-store").with("path", dir.display()).into());
        }
        self.refresh()?;
        if masking == Masking::Whole {
            let n_claims = usize::try_from(self.view().n_claims()).unwrap_or(usize::MAX);
            self.note_export("mart", n_claims)?;
        }
        let published = self.store.publish(&dir, masking)?;
        Ok((dir, published))
    }
}
