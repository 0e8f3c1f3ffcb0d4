//! A backup seen as the store it was taken from, for reading only: so all that can look at a store can look at a backup.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::store::disk::{Access, DirItem, Disk, DiskFile, FileSystem, Held, ItemKind, Locality, Sharing};
use crate::store::journal::Cursor;
use crate::store::watermark::Watermark;

use super::data_dir;
use super::list::List;

#[derive(Debug, Clone)]
enum Content {
    File(PathBuf, u64),
    Bytes(Arc<[u8]>),
}

impl Content {
    fn len(&self) -> u64 {
        match self {
            Content::File(_, len) => *len,
            Content::Bytes(bytes) => bytes.len() as u64,
        }
    }
}

/// The disk on which a backup is a store.
#[derive(Debug)]
pub(super) struct Mirror {
    inner: Arc<dyn Disk>,
    files: BTreeMap<PathBuf, Content>,
}

impl Mirror {
    /// The backup in `home`, as the store that would lie in `home/data`.
    pub(super) fn of(inner: &Arc<dyn Disk>, home: &Path, list: &List) -> Mirror {
        let cursor = Cursor { position: list.end, head: list.head };
        Mirror::with_mark(inner, home, list, &Watermark::at(1, &cursor))
    }

    /// The same with a watermark that is known before the last record's hash is.
    pub(super) fn with_mark(inner: &Arc<dyn Disk>, home: &Path, list: &List, mark: &Watermark) -> Mirror {
        let root = data_dir(home);
        let mut files = BTreeMap::new();
        for item in &list.files {
            files.insert(root.join(&item.path), Content::File(root.join(&item.file), item.bytes));
        }
        let mut format = serde_json::to_vec(&list.format).expect("text keys only");
        format.push(b'\n');
        files.insert(root.join("FORMAT"), Content::Bytes(format.into()));
        files.insert(root.join("lock/committed"), Content::Bytes(mark.file().into()));
        Mirror { inner: Arc::clone(inner), files }
    }
}

fn never<T>() -> io::Result<T> {
    Err(io::Error::from(io::ErrorKind::ReadOnlyFilesystem))
}

impl Disk for Mirror {
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>> {
        let content = self.files.get(path).ok_or(io::ErrorKind::NotFound)?;
        match (access, content) {
            (Access::Append | Access::Update, _) => never(),
            (Access::Read, Content::File(file, len)) => {
                let inner = self.inner.open(file, Access::Read)?;
                Ok(Box::new(Shown { inner: Some(inner), bytes: Arc::from([]), len: *len }))
            }
            (Access::Read, Content::Bytes(bytes)) => {
                let len = content.len();
                Ok(Box::new(Shown { inner: None, bytes: Arc::clone(bytes), len }))
            }
        }
    }

    fn create(&self, _path: &Path, _sharing: Sharing) -> io::Result<Box<dyn DiskFile>> {
        never()
    }

    fn make_dir(&self, _path: &Path, _sharing: Sharing) -> io::Result<()> {
        never()
    }

    fn rename(&self, _from: &Path, _to: &Path) -> io::Result<()> {
        never()
    }

    fn unlink(&self, _path: &Path) -> io::Result<()> {
        never()
    }

    fn sync_dir(&self, _path: &Path) -> io::Result<()> {
        never()
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<DirItem>> {
        let mut items: BTreeMap<String, DirItem> = BTreeMap::new();
        for (path, content) in &self.files {
            let Ok(rest) = path.strip_prefix(dir) else { continue };
            let mut names = rest.components();
            let Some(name) = names.next() else { continue };
            let name = name.as_os_str().to_string_lossy().into_owned();
            let (kind, len) = match names.next() {
                Some(_) => (ItemKind::Dir, 0),
                None => (ItemKind::File, content.len()),
            };
            items.insert(name.clone(), DirItem { name, kind, len, modified_unix: 0 });
        }
        if items.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(items.into_values().collect()) }
    }

    fn lock(&self, _path: &Path, _patience: Duration) -> io::Result<Option<Box<dyn Held>>> {
        never()
    }

    fn file_system(&self, _dir: &Path) -> io::Result<FileSystem> {
        Ok(FileSystem { free_bytes: u64::MAX, locality: Locality::Local })
    }

    fn make_read_only(&self, _path: &Path) -> io::Result<()> {
        never()
    }
}

/// A file of the backup, as long as the list says.
#[derive(Debug)]
struct Shown {
    inner: Option<Box<dyn DiskFile>>,
    bytes: Arc<[u8]>,
    len: u64,
}

impl DiskFile for Shown {
    fn len(&self) -> io::Result<u64> {
        match &self.inner {
            Some(inner) => Ok(inner.len()?.min(self.len)),
            None => Ok(self.len),
        }
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.len.saturating_sub(offset)).unwrap_or(usize::MAX).min(into.len());
        match &self.inner {
            Some(inner) => inner.read_at(offset, &mut into[..left]),
            None => {
                let from = usize::try_from(offset).unwrap_or(usize::MAX).min(self.bytes.len());
                into[..left].copy_from_slice(&self.bytes[from..from + left]);
                Ok(left)
            }
        }
    }

    fn append(&self, _bytes: &[u8]) -> io::Result<usize> {
        never()
    }

    fn write_at(&self, _offset: u64, _bytes: &[u8]) -> io::Result<usize> {
        never()
    }

    fn set_len(&self, _len: u64) -> io::Result<()> {
        never()
    }

    fn sync_data(&self) -> io::Result<()> {
        never()
    }

    fn sync_all(&self) -> io::Result<()> {
        never()
    }
}
