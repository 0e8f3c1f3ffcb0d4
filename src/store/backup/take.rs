//! Makes a backup, while others work.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::store::anchor;
use crate::store::disk::{Disk, ItemKind, Sharing, ensure_dir, exists, is_temporary, replace_file};
use crate::store::error::{Doing, StoreError};
use crate::store::format::{Format, Layout};
use crate::store::fsck::fsck_on;
use crate::store::record::{Hash, Head, Moment};
use crate::store::verify::{Depth, Gravity};
use crate::store::watermark::{Watermark, read_slots};

use super::list::{Item, List};
use super::mirror::Mirror;
use super::put::{copy, digest, is_there};
use super::{BackedUp, BackupFault, data_dir};

/// A segment may be sealed, a batch be replaced, between the look and the copy: then the cut is made anew.
const TRIES: usize = 5;

/// Folders of the store that are copied whole, besides the journal.
const FOLDERS: [&str; 4] = ["batches", "documents", "seals", "quarantine"];

/// Backs up the store into `into/<store id>/`.
pub(crate) fn back_up(
    disk: &Arc<dyn Disk>,
    root: &Path,
    into: &Path,
    at: Moment,
) -> Result<BackedUp, StoreError> {
    let layout = Layout::new(root);
    let format = Format::read(&**disk, &layout)?;
    let home = into.join(&format.store_id);
    if home.starts_with(root) {
        return Err(StoreError::Backup { path: home, fault: BackupFault::Inside });
    }
    ensure_dir(&**disk, &home, Sharing::Owner).doing("make", &home)?;
    let lock = home.join("lock");
    if !exists(&**disk, &lock).doing("look for", &lock)? {
        replace_file(&**disk, &lock, b"", Sharing::Owner).doing("write", &lock)?;
    }
    let busy = || StoreError::Backup { path: home.clone(), fault: BackupFault::Busy };
    let _held = disk.lock(&lock, Duration::from_millis(50)).doing("lock", &lock)?.ok_or_else(busy)?;
    let taking = Taking { disk, layout, format, home: home.clone() };
    for _ in 0..TRIES {
        if let Some(done) = taking.cut(at)? {
            return Ok(done);
        }
    }
    Err(busy())
}

/// Whether the store misses something beside its records, such as an attached file, that an earlier backup may still have:
/// then nothing of that backup is swept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gone {
    Nothing,
    Something,
}

/// A file by its name in the store, and where it is cut when it grows.
type Named = (String, Option<u64>);

struct Taking<'a> {
    disk: &'a Arc<dyn Disk>,
    layout: Layout,
    format: Format,
    home: PathBuf,
}

impl Taking<'_> {
    /// One cut at the watermark as it is now. None when a file went away under it.
    fn cut(&self, at: Moment) -> Result<Option<BackedUp>, StoreError> {
        let mark = read_slots(&**self.disk, &self.layout)?.newest().ok_or(StoreError::NoWatermark)?;
        let Some(names) = self.names(&mark)? else { return Ok(None) };
        let mut items = Vec::with_capacity(names.len());
        let (mut copied, mut copied_bytes) = (0, 0);
        for (path, cut) in names {
            let (item, is_new) = match self.put(&path, cut) {
                Err(StoreError::Io { source, path: at, .. })
                    if source.kind() == ErrorKind::NotFound && at.starts_with(self.layout.root()) =>
                {
                    return Ok(None);
                }
                put => put?,
            };
            if is_new {
                copied += 1;
                copied_bytes += item.bytes;
            }
            items.push(item);
        }
        let (list, gone) = self.checked(&mark, items, at)?;
        list.write(&**self.disk, &self.home)?;
        if gone == Gone::Nothing {
            self.sweep(&list);
        }
        let bytes = list.files.iter().map(|item| item.bytes).sum();
        let (home, files, head) = (self.home.clone(), list.files.len(), list.head);
        Ok(Some(BackedUp { home, head, files, bytes, copied, copied_bytes }))
    }

    /// The files of the truth, by their names in the store, with where the last segment of the journal is cut.
    fn names(&self, mark: &Watermark) -> Result<Option<Vec<Named>>, StoreError> {
        let mut segments: BTreeMap<u64, String> = BTreeMap::new();
        for path in self.below("journal")? {
            let name = path.rsplit('/').next().unwrap_or_default();
            let Some((digits, form)) = name.split_once('.') else { continue };
            let Ok(first) = digits.parse::<u64>() else { continue };
            // Where both forms lie, the plain one is on its way out; either is the segment.
            if first < mark.position.segment && matches!(form, "jsonl" | "jsonl.zst") {
                segments.entry(first).or_insert(path);
            } else if first == mark.position.segment && form == "jsonl" {
                segments.insert(first, path);
            }
        }
        if !segments.contains_key(&mark.position.segment) {
            return Ok(None);
        }
        let cut_of = |first| (first == mark.position.segment).then_some(mark.position.offset);
        let mut names: Vec<_> = segments.into_iter().map(|(first, path)| (path, cut_of(first))).collect();
        for folder in FOLDERS {
            names.extend(self.below(folder)?.into_iter().map(|path| (path, None)));
        }
        if exists(&**self.disk, &self.layout.settings()).doing("look for", &self.layout.settings())? {
            names.push(("store.toml".to_owned(), None));
        }
        Ok(Some(names))
    }

    /// Every file below a folder of the store, sorted; leftovers of a crash are none.
    fn below(&self, folder: &str) -> Result<Vec<String>, StoreError> {
        let mut files = files_below(&**self.disk, self.layout.root(), folder)?;
        files.retain(|path| !is_temporary(path.rsplit('/').next().unwrap_or_default()));
        Ok(files)
    }

    /// Sees that a file lies in the backup; tells whether it was copied.
    fn put(&self, path: &str, cut: Option<u64>) -> Result<(Item, bool), StoreError> {
        let from = self.layout.root().join(path);
        let (bytes, sha) = digest(&**self.disk, &from, cut).doing("read", &from)?;
        let sha256 = sha.to_string();
        let file = format!("{path}.{}", &sha256[..16]);
        let to = data_dir(&self.home).join(&file);
        let is_new = !is_there(&**self.disk, &to, bytes, &sha).doing("read", &to)?;
        if is_new {
            copy(&**self.disk, &from, &to, bytes, &sha, Sharing::Owner)?;
        }
        Ok((Item { path: path.to_owned(), file, bytes, sha256 }, is_new))
    }

    /// Looks at the copy as at a store: only a truth that is whole, and that continues what the last backup holds, takes
    /// its place.
    fn checked(&self, mark: &Watermark, files: Vec<Item>, at: Moment) -> Result<(List, Gone), StoreError> {
        let fault = |fault| StoreError::Backup { path: self.home.clone(), fault };
        let end = mark.position;
        let unknown = Head { seq: mark.seq, hash: Hash([0; 32]) };
        let mut list = List { format: self.format.clone(), at: at.to_string(), head: unknown, end, files };
        let root = data_dir(&self.home);
        let mirror: Arc<dyn Disk> = Arc::new(Mirror::with_mark(self.disk, &self.home, &list, mark));
        let found = fsck_on(&mirror, &root, Depth::Quick, &mut |_, _| ControlFlow::Continue(()))?;
        if let Some(problem) = found.problems.iter().find(|problem| problem.is_of_truth()) {
            let path = self.layout.root().join(&problem.place);
            return Err(StoreError::Backup { path, fault: BackupFault::Source });
        }
        if found.head.seq != mark.seq {
            return Err(fault(BackupFault::Source));
        }
        list.head = found.head;
        match List::read(&**self.disk, &self.home) {
            Ok(earlier) => {
                let layout = Layout::new(&root);
                let anchors = [earlier.head];
                let anchors = if earlier.head.seq == 0 { &[] } else { &anchors[..] };
                if !anchor::check(&*mirror, &layout, &self.format.store_id, anchors)?.is_empty() {
                    return Err(fault(BackupFault::Rewritten));
                }
            }
            // The first one, or a list that is not whole: there is nothing to continue.
            Err(StoreError::Backup { .. }) => {}
            Err(error) => return Err(error),
        }
        let is_less = found.problems.iter().any(|problem| problem.gravity == Gravity::Truth);
        Ok((list, if is_less { Gone::Something } else { Gone::Nothing }))
    }

    /// Takes away what the list does not name any more. Only tidiness: what cannot be taken away now is the next time.
    fn sweep(&self, list: &List) {
        let named: BTreeSet<&str> = list.files.iter().map(|item| item.file.as_str()).collect();
        let data = data_dir(&self.home);
        let Ok(there) = files_below(&**self.disk, &self.home, "data") else { return };
        for path in there {
            let file = path.strip_prefix("data/").unwrap_or(&path);
            if !named.contains(file) {
                let _ = self.disk.unlink(&data.join(file));
            }
        }
    }
}

/// Every file below a folder, by its name from `root` on, sorted.
fn files_below(disk: &dyn Disk, root: &Path, folder: &str) -> Result<Vec<String>, StoreError> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let dir = root.join(&folder);
        let items = match disk.list(&dir) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            listed => listed.doing("list", &dir)?,
        };
        for item in items {
            let path = format!("{folder}/{}", item.name);
            match item.kind {
                ItemKind::Dir => folders.push(path),
                ItemKind::File => files.push(path),
            }
        }
    }
    files.sort();
    Ok(files)
}
