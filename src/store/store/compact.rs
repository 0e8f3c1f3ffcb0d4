//! Compaction: what has gathered in the overlay goes into parts, and a new MANIFEST says so. Only files with touched rows
//! are written anew; a batch that has one is replaced in the MANIFEST by a part, and stays on the disk, since it is truth.
//! Readers are never in the way: they keep their files, and files that were replaced stay for an hour.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crate::store::disk::{ItemKind, Sharing, exists, is_temporary, replace_file};
use crate::store::error::{Doing, StoreError};
use crate::store::journal::{FRAME_BYTES, seal_finished};
use crate::store::ledger::{KnownKey, Ledger, Mode};
use crate::store::manifest::{FileEntry, Manifest, Retired, Source};
use crate::store::parts::{Base, SidecarKind};
use crate::store::record::{Actor, IdempotencyKey, Moment, Stamp, Transaction};
use crate::store::tables::Table;
use crate::store::view::{BatchShape, OP_BATCH, State, View};
use crate::store::watermark::read_slots;

use super::erase::Without;
use super::rewrite::Rewriter;
use super::secret::fresh_secret;
use super::{Store, kept, open};

/// Files that were replaced stay for readers that hold them, in seconds.
const KEEP_RETIRED_SECONDS: i64 = 3_600;
/// Files that nobody names are swept after a day, in seconds.
const KEEP_STRANGERS_SECONDS: i64 = 86_400;
/// Records folded since the base after which whoever commits compacts.
pub const COMPACT_AFTER: u64 = 10_000;

/// What a compaction did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Compacted {
    /// Files written.
    pub written: usize,
    /// Files swept.
    pub swept: usize,
    /// Finished segments of the journal that were sealed.
    pub sealed: usize,
    /// Whether a new MANIFEST is in place.
    pub moved: Moved,
}

/// Whether a new MANIFEST is in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Moved {
    /// The base covers everything up to the view.
    Yes,
    /// Somebody else was faster, or is at it.
    #[default]
    No,
}

impl Store {
    /// Whether the overlay is so large that a compaction is due, or the MANIFEST was found wrong.
    pub fn wants_compaction(&self) -> bool {
        self.view().overlay_size() >= COMPACT_AFTER || self.distrusts_manifest()
    }

    /// Puts the overlay into parts and writes the MANIFEST. Takes as long as the touched files are large; commits of
    /// others go on meanwhile.
    pub fn compact(&self, actor: &Actor, now: Moment) -> Result<Compacted, StoreError> {
        if self.mode == Mode::Read {
            return Err(StoreError::ReadOnlyHandle);
        }
        let Some(_held) = self.compact_lock()? else { return Ok(Compacted::default()) };
        self.compact_held(actor, now, None)
    }

    /// The same for whoever holds the lock of compaction; what is erased is left out of the files.
    pub(super) fn compact_held(
        &self,
        actor: &Actor,
        now: Moment,
        without: Option<&Without<'_>>,
    ) -> Result<Compacted, StoreError> {
        self.refresh()?;
        // It is looked at again under the writer's lock; here, so that no work is begun in vain.
        if let Some(error) = self.standing().error() {
            return Err(error);
        }
        let sealed = self.seal_segments();
        let view = self.view();
        let mut rewriter = Rewriter::new(self, &view);
        let mut files = rewriter.files()?;
        let mut written = rewriter.written;
        if let Some(without) = without {
            written += without.in_files(&mut files, Source::Part)?.len();
        }
        let compacted = self.replace_manifest(&view, files, written, actor, now)?;
        Ok(Compacted { sealed, ..compacted })
    }

    /// Seals what can be sealed. It is tidiness: what does not succeed now is told in the log and tried again next time, and
    /// a base is made all the same.
    fn seal_segments(&self) -> usize {
        let sealed = || -> Result<usize, StoreError> {
            let Some(mark) = read_slots(&*self.disk, &self.layout)?.newest() else { return Ok(0) };
            let store_id = self.locked()?.format().store_id.clone();
            seal_finished(&*self.disk, &self.layout, &store_id, mark.position, FRAME_BYTES)
        };
        sealed().unwrap_or_else(|error| {
            tracing::warn!(%error, "a finished segment could not be sealed");
            0
        })
    }

    /// Writes a MANIFEST for a view whose overlay holds nothing.
    pub(super) fn checkpoint(&self, actor: &Actor, now: Moment) -> Result<Compacted, StoreError> {
        let Some(_held) = self.compact_lock()? else { return Ok(Compacted::default()) };
        let view = self.view();
        if !view.state().is_bare() {
            return Ok(Compacted::default());
        }
        let files = named_files(&view.state().base);
        self.replace_manifest(&view, files, 0, actor, now)
    }

    pub(super) fn compact_lock(&self) -> Result<Option<Box<dyn crate::store::disk::Held>>, StoreError> {
        let path = self.layout.compact_lock();
        if !exists(&*self.disk, &path).doing("look for", &path)? {
            replace_file(&*self.disk, &path, b"", Sharing::Group).doing("write", &path)?;
        }
        self.disk.lock(&path, Duration::from_millis(50)).doing("lock", &path)
    }

    /// Puts a MANIFEST in place that says what a view says. Under the writer's lock everything is looked at that a commit
    /// looks at, up to the journal's end: a base is never made on a journal that is damaged, poisoned or newer, and what
    /// is swept is named by no line at all.
    fn replace_manifest(
        &self,
        view: &View,
        files: Vec<FileEntry>,
        written: usize,
        actor: &Actor,
        now: Moment,
    ) -> Result<Compacted, StoreError> {
        let state = view.state();
        let keys: Vec<KnownKey> = {
            let ledger = self.locked()?;
            ledger.known_keys().filter(|known| known.place.seq <= state.cursor.head.seq).collect()
        };
        // A ledger of its own: commits of this process go on meanwhile.
        let mut own = match Ledger::open_at(Arc::clone(&self.disk), &self.root, self.mode, state.cursor) {
            Err(StoreError::CheckpointMismatch) => return Ok(Compacted { written, ..Compacted::default() }),
            opened => opened?,
        };
        let store_id = own.format().store_id.clone();
        let key = IdempotencyKey::new("compact").expect("this has the form of a key");
        let stamp = Stamp { key: &key, by: actor, at: now, secret: fresh_secret(&*self.disk, &key, now)? };
        let put =
            own.exclusively(&stamp, |news| -> Result<Option<(usize, Vec<Retired>)>, StoreError> {
                let older = Manifest::read(&*self.disk, &self.layout);
                if older.as_ref().is_some_and(|older| older.cursor.head.seq > state.cursor.head.seq) {
                    return Ok(None);
                }
                let (retired, over) = retired(state, older.as_ref(), &files, now);
                let manifest = Manifest {
                    store_id,
                    cursor: state.cursor,
                    office: view.office().clone(),
                    tally: state.tally.clone(),
                    months: state.months.to_vec(),
                    erasures: state.erasures.to_vec(),
                    replaced: state.replaced.as_ref().clone(),
                    files,
                    batches: state.batches.iter().cloned().collect(),
                    retired,
                    keys,
                };
                manifest.write(&*self.disk, &self.layout)?;
                Ok(Some((self.sweep_strangers(&manifest, news), over)))
            })??;
        let Some((strangers, over)) = put else {
            return Ok(Compacted { written, ..Compacted::default() });
        };
        // Only tidiness: what cannot be taken away now is taken away the next time.
        let over = over.iter().filter(|file| self.disk.unlink(&self.root.join(&file.path)).is_ok()).count();
        self.trust_manifest();
        self.reload(open::From::Manifest)?;
        Ok(Compacted { written, swept: strangers + over, moved: Moved::Yes, sealed: 0 })
    }

    /// Takes away files that no line of the journal names, a day after they were written. It runs under the writer's
    /// lock, so that no import names one meanwhile; `news` are the lines behind the MANIFEST.
    fn sweep_strangers(&self, manifest: &Manifest, news: &[Transaction]) -> usize {
        let Some(named_since) = batches_of(news) else { return 0 };
        let now_seconds = self.disk_seconds();
        let mut named: BTreeSet<&str> = manifest
            .files
            .iter()
            .chain(&manifest.batches)
            .chain(&named_since)
            .map(|entry| entry.path.as_str())
            .collect();
        named.extend(manifest.retired.iter().map(|file| file.path.as_str()));
        // An erasure takes these away itself, once no power cut can hide the line that replaces them.
        named.extend(manifest.replaced.keys().map(String::as_str));
        let mut swept = self.sweep_leftovers(now_seconds);
        let sums = self.layout.parts(kept::KEPT_SUMS);
        for item in self.disk.list(&sums).unwrap_or_default() {
            let is_old = now_seconds - item.modified_unix > KEEP_STRANGERS_SECONDS;
            if is_old && !kept::is_of(&item.name, manifest) {
                swept += usize::from(self.disk.unlink(&sums.join(&item.name)).is_ok());
            }
        }
        for table in Table::ALL {
            for folder in ["parts", "batches"] {
                let dir = self.root.join(folder).join(table.name());
                for item in self.disk.list(&dir).unwrap_or_default() {
                    let path = format!("{folder}/{}/{}", table.name(), item.name);
                    let is_old = now_seconds - item.modified_unix > KEEP_STRANGERS_SECONDS;
                    if is_old && !named.contains(path.as_str()) {
                        swept += usize::from(self.disk.unlink(&dir.join(&item.name)).is_ok());
                    }
                }
            }
        }
        swept + self.sweep_sidecars(&named, now_seconds)
    }

    /// Takes away the sidecars of files that nobody names.
    fn sweep_sidecars(&self, named: &BTreeSet<&str>, now_seconds: i64) -> usize {
        let digits: BTreeSet<&str> = named.iter().filter_map(|path| path.rsplit('.').nth(1)).collect();
        let mut swept = 0;
        for kind in SidecarKind::ALL {
            let dir = self.layout.parts(kind.name());
            for item in self.disk.list(&dir).unwrap_or_default() {
                let is_old = now_seconds - item.modified_unix > KEEP_STRANGERS_SECONDS;
                if is_old && kind.digits_of(&item.name).is_none_or(|of| !digits.contains(of)) {
                    swept += usize::from(self.disk.unlink(&dir.join(&item.name)).is_ok());
                }
            }
        }
        swept
    }

    /// Takes away the temporary files that a crash left beside the names they were to get, a day later.
    fn sweep_leftovers(&self, now_seconds: i64) -> usize {
        let (journal, drafts) = (self.layout.journal(), self.root.join("drafts"));
        let mut dirs = vec![self.root.clone(), self.layout.lock_dir(), self.layout.quarantine()];
        dirs.push(self.layout.parts("overlay"));
        for parent in [&journal, &drafts] {
            // Another user's drafts cannot be listed, and are theirs to sweep.
            let items = self.disk.list(parent).unwrap_or_default();
            dirs.extend(
                items.iter().filter(|item| item.kind == ItemKind::Dir).map(|item| parent.join(&item.name)),
            );
        }
        let mut swept = 0;
        for dir in dirs {
            for item in self.disk.list(&dir).unwrap_or_default() {
                let is_old = now_seconds - item.modified_unix > KEEP_STRANGERS_SECONDS;
                if is_old && item.kind == ItemKind::File && is_temporary(&item.name) {
                    swept += usize::from(self.disk.unlink(&dir.join(&item.name)).is_ok());
                }
            }
        }
        swept
    }

    /// Now by the disk's own clock, read off the MANIFEST that was just written: ages of files are reckoned by the clock
    /// that dated them, not by a desk whose today may be set.
    fn disk_seconds(&self) -> i64 {
        let items = self.disk.list(&self.root).unwrap_or_default();
        items.iter().filter(|item| item.name == "MANIFEST").map(|item| item.modified_unix).max().unwrap_or(0)
    }
}

/// The batches that some transactions name; none when one of them cannot be read, since then nothing may be swept.
fn batches_of(news: &[Transaction]) -> Option<Vec<FileEntry>> {
    let mut files = Vec::new();
    for record in news.iter().flat_map(|transaction| &transaction.records) {
        if record.op == OP_BATCH {
            let shape: BatchShape = serde_json::from_str(&record.data).ok()?;
            for file in shape.files {
                files.push(file.entry()?);
            }
        }
    }
    Some(files)
}

/// The parts that a new MANIFEST leaves behind: those that readers may still hold, and those whose hour is over.
fn retired(
    state: &State,
    older: Option<&Manifest>,
    files: &[FileEntry],
    now: Moment,
) -> (Vec<Retired>, Vec<Retired>) {
    let seconds = now.timestamp().as_second();
    let kept: BTreeSet<&str> = files.iter().map(|entry| entry.path.as_str()).collect();
    let mut retired: Vec<Retired> = older.map_or(Vec::new(), |older| older.retired.clone());
    let replaced = older.into_iter().flat_map(|older| &older.files).chain(&state.base_files);
    for entry in replaced.filter(|entry| entry.source() == Source::Part) {
        let is_known = retired.iter().any(|known| known.path == entry.path);
        if !kept.contains(entry.path.as_str()) && !is_known {
            retired.push(Retired { path: entry.path.clone(), at_unix: seconds });
        }
    }
    retired.retain(|file| !kept.contains(file.path.as_str()));
    retired.into_iter().partition(|file| seconds - file.at_unix <= KEEP_RETIRED_SECONDS)
}

/// The files of a base, table by table.
fn named_files(base: &Base) -> Vec<FileEntry> {
    let parts = Table::ALL.iter().flat_map(|table| base.parts(*table));
    parts.map(|part| part.entry.clone()).collect()
}
