//! The sidecars of the base's files: which there are, written with their file, asked, made anew when they cannot answer.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::store::disk::Disk;
use crate::store::error::StoreError;
use crate::store::format::Layout;
use crate::store::manifest::FileEntry;
use crate::store::sidecar::{self, Label, Sidecar, Wrong};
use crate::store::tables::{Columns, Table};

use super::{Alarm, Base, Part, about, keys};

/// Bytes of sidecars that are kept in memory where they cannot be written down.
const MADE_MAX: usize = 32 << 20;

/// What sidecars say of their files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// Ids and keyed hashes, sorted: [`keys`].
    Keys,
    /// Row groups by what their postings are about: [`about`].
    About,
}

impl Kind {
    /// Every kind.
    pub(crate) const ALL: &'static [Kind] = &[Kind::Keys, Kind::About];

    /// The name of its folder under `parts/`, and the ending of its files.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Kind::Keys => "keys",
            Kind::About => "about",
        }
    }

    /// The version of its content; another one is made anew.
    const fn version(self) -> u32 {
        match self {
            Kind::Keys | Kind::About => 1,
        }
    }

    /// Whether files of a table have one.
    pub(crate) const fn is_of(self, table: Table) -> bool {
        match self {
            Kind::Keys => matches!(table, Table::Claims | Table::Vouchers),
            Kind::About => matches!(table, Table::Posted),
        }
    }

    /// The columns that it is made from.
    fn wanted(self, table: Table) -> Vec<usize> {
        match self {
            Kind::Keys => keys::wanted(table),
            Kind::About => about::wanted(),
        }
    }

    /// Its content for the rows of a whole file; at least the wanted columns are there.
    fn content(self, columns: &Columns) -> Vec<u8> {
        match self {
            Kind::Keys => keys::content(columns),
            Kind::About => about::content(columns),
        }
    }

    /// Its place beside a file with this digest.
    pub(crate) fn path(self, layout: &Layout, sha256: &str) -> PathBuf {
        layout.parts(self.name()).join(format!("{}.{}", &sha256[..16], self.name()))
    }

    /// The first sixteen digits of the digest of the file that a sidecar of this name is of.
    pub(crate) fn digits_of(self, name: &str) -> Option<&str> {
        name.strip_suffix(self.name())?.strip_suffix('.').filter(|digits| digits.len() == 16)
    }

    fn label(self, sha256: &str) -> Label<'_> {
        Label { kind: self.name(), version: self.version(), of: sha256 }
    }
}

/// Writes the sidecars of a file that was just written. They are a cache: what cannot be written now is made when it is
/// asked for.
pub(super) fn put_all(disk: &dyn Disk, layout: &Layout, entry: &FileEntry, columns: &Columns) {
    for kind in Kind::ALL.iter().filter(|kind| kind.is_of(entry.table)) {
        put(disk, layout, *kind, &entry.sha256, &kind.content(columns));
    }
}

fn put(disk: &dyn Disk, layout: &Layout, kind: Kind, sha256: &str, content: &[u8]) -> bool {
    let path = kind.path(layout, sha256);
    let placed = sidecar::put(disk, &path, kind.label(sha256), content);
    if let Err(error) = &placed {
        tracing::warn!(kind = kind.name(), %error, "a sidecar could not be written");
    }
    placed.is_ok()
}

/// Sidecars that were made but could not be written down: the handle only reads, or the disk is full.
#[derive(Debug, Default)]
pub(super) struct Made(VecDeque<(PathBuf, Arc<[u8]>)>);

impl Made {
    fn get(&self, path: &Path) -> Option<Arc<[u8]>> {
        self.0.iter().find(|(kept, _)| kept == path).map(|(_, content)| Arc::clone(content))
    }

    fn keep(&mut self, path: PathBuf, content: &Arc<[u8]>) {
        self.0.retain(|(kept, _)| *kept != path);
        self.0.push_back((path, Arc::clone(content)));
        while self.0.iter().map(|(_, content)| content.len()).sum::<usize>() > MADE_MAX {
            self.0.pop_front();
        }
    }
}

impl Base {
    /// Asks the sidecar of a file. One that is missing, or wrong in what is asked of it, is made anew from the file first.
    pub(crate) fn consult<Answer>(
        &self,
        part: &Part,
        kind: Kind,
        ask: impl Fn(&Sidecar) -> Result<Answer, Wrong>,
    ) -> Result<Answer, StoreError> {
        let sha256 = &part.entry.sha256;
        let path = kind.path(&self.layout, sha256);
        let made = self.made.lock().expect("no reader panics").get(&path);
        let asked = match made {
            Some(content) => ask(&Sidecar::of(content)),
            None => Sidecar::open(&*self.disk, &path, kind.label(sha256)).and_then(|sidecar| ask(&sidecar)),
        };
        let wrong = match asked {
            Ok(answer) => return Ok(answer),
            Err(wrong) => wrong,
        };
        if !matches!(wrong, Wrong::Missing) {
            tracing::warn!(kind = kind.name(), "a sidecar is wrong and is made anew");
        }
        let content = self.sidecar_content(part, kind)?;
        let is_put = self.alarm == Alarm::Poison && put(&*self.disk, &self.layout, kind, sha256, &content);
        if !is_put {
            self.made.lock().expect("no reader panics").keep(path.clone(), &content);
        }
        ask(&Sidecar::of(content)).map_err(|_| StoreError::Part { path, why: "sidecar".to_owned() })
    }

    /// What the sidecar of a file has to say, from the file itself.
    pub(crate) fn sidecar_content(&self, part: &Part, kind: Kind) -> Result<Arc<[u8]>, StoreError> {
        let columns = self.columns(part, &kind.wanted(part.entry.table), 0, usize::MAX / 2)?;
        Ok(kind.content(&columns).into())
    }

    /// The sidecar of a file as it lies on the disk, whole and checked.
    pub(crate) fn sidecar_on_disk(&self, part: &Part, kind: Kind) -> Result<Vec<u8>, Wrong> {
        let sha256 = &part.entry.sha256;
        Sidecar::open(&*self.disk, &kind.path(&self.layout, sha256), kind.label(sha256))?.whole()
    }
}
