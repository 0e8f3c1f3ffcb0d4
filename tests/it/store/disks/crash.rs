//! What a power cut may leave: everything synced, and of the rest any part that a disk may have written on its own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rand::Rng;

use super::memory::{MemDisk, Step, World};

const SECTOR: usize = 512;

/// How the unsynced writes of one file fare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// None reached the disk.
    Dropped,
    /// All did.
    Kept,
    /// A prefix did, the last one cut at a sector.
    Cut,
    /// The length of all, but only a prefix of the bytes; the rest reads as NULs.
    ZeroFilled,
    /// Each sector on its own.
    Sectors,
}

impl Power {
    const ALL: [Self; 5] = [Self::Dropped, Self::Kept, Self::Cut, Self::ZeroFilled, Self::Sectors];
}

/// A disk at one moment: what is surely on it, and what is not yet.
#[derive(Debug, Clone, Default)]
pub struct CrashModel {
    files: Vec<FileModel>,
    names: BTreeMap<PathBuf, usize>,
    dirs: BTreeSet<PathBuf>,
    /// Changes of names that no folder sync has made durable, in order, by folder.
    pending: BTreeMap<PathBuf, Vec<Step>>,
    /// Commits acknowledged so far.
    pub n_acknowledged: usize,
}

#[derive(Debug, Clone, Default)]
struct FileModel {
    durable: Vec<u8>,
    pending: Vec<Step>,
}

impl CrashModel {
    /// A disk on which everything is durable.
    pub fn durable(world: &World) -> Self {
        let file = |bytes: &Vec<u8>| FileModel { durable: bytes.clone(), pending: Vec::new() };
        Self {
            files: world.inodes.iter().map(file).collect(),
            names: world.files.clone(),
            dirs: world.dirs.clone(),
            ..Self::default()
        }
    }

    /// Goes one change on.
    pub fn apply(&mut self, step: &Step) {
        match step {
            Step::Write { inode, .. } | Step::SetLen { inode, .. } => {
                self.files[*inode].pending.push(step.clone())
            }
            Step::Sync { inode } => {
                let file = &mut self.files[*inode];
                for step in std::mem::take(&mut file.pending) {
                    play(&mut file.durable, &step);
                }
            }
            Step::Link { path, inode } => {
                assert_eq!(*inode, self.files.len(), "inodes are numbered in order");
                self.files.push(FileModel::default());
                self.name_change(path, step);
            }
            Step::Rename { to, .. } => self.name_change(to, step),
            Step::Unlink { path } | Step::MakeDir { path } => self.name_change(path, step),
            Step::SyncDir { path } => {
                for step in self.pending.remove(path).unwrap_or_default() {
                    rename(&mut self.names, &mut self.dirs, &step);
                }
            }
            Step::Forget { inode } => self.files[*inode].pending.clear(),
            Step::Acknowledged(n) => self.n_acknowledged = *n,
        }
    }

    fn name_change(&mut self, path: &Path, step: &Step) {
        let dir = path.parent().expect("a folder").to_path_buf();
        self.pending.entry(dir).or_default().push(step.clone());
    }

    /// Whether there is anything that a crash could lose.
    pub fn is_durable(&self) -> bool {
        self.pending.is_empty() && self.files.iter().all(|file| file.pending.is_empty())
    }

    /// What the kernel does when a sync fails: it takes the unsynced pages for clean, and no later sync writes them.
    pub fn forget_unsynced(&mut self) {
        self.files.iter_mut().for_each(|file| file.pending.clear());
    }

    /// One disk that a power cut at this moment may leave.
    pub fn crash(&self, rng: &mut impl Rng) -> MemDisk {
        let (mut names, mut dirs) = (self.names.clone(), self.dirs.clone());
        for steps in self.pending.values() {
            let n = rng.gen_range(0..=steps.len());
            steps[..n].iter().for_each(|step| rename(&mut names, &mut dirs, step));
        }
        let inodes = self.files.iter().map(|file| file.crash(rng)).collect();
        MemDisk::of(World { inodes, files: names, dirs, ..World::default() })
    }
}

impl FileModel {
    fn crash(&self, rng: &mut impl Rng) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        if self.pending.is_empty() {
            return bytes;
        }
        match Power::ALL[rng.gen_range(0..Power::ALL.len())] {
            Power::Dropped => {}
            Power::Kept => self.pending.iter().for_each(|step| play(&mut bytes, step)),
            Power::Cut => {
                let n = rng.gen_range(0..self.pending.len());
                self.pending[..n].iter().for_each(|step| play(&mut bytes, step));
                if let Step::Write { inode, offset, bytes: written } = &self.pending[n] {
                    let cut = (offset + rng.gen_range(0..=written.len())) / SECTOR * SECTOR;
                    let kept = written[..cut.saturating_sub(*offset).min(written.len())].to_vec();
                    play(&mut bytes, &Step::Write { inode: *inode, offset: *offset, bytes: kept });
                }
            }
            Power::ZeroFilled => {
                let mut whole = bytes.clone();
                self.pending.iter().for_each(|step| play(&mut whole, step));
                if whole.len() > bytes.len() {
                    let cut = rng.gen_range(bytes.len()..=whole.len());
                    whole[cut..].fill(0);
                }
                bytes = whole;
            }
            Power::Sectors => {
                let mut whole = bytes.clone();
                self.pending.iter().for_each(|step| play(&mut whole, step));
                let old = bytes;
                bytes = vec![0; whole.len()];
                for (idx, sector) in bytes.chunks_mut(SECTOR).enumerate() {
                    let source = if rng.gen_bool(0.5) { &whole } else { &old };
                    for (at, byte) in sector.iter_mut().enumerate() {
                        *byte = source.get(idx * SECTOR + at).copied().unwrap_or(0);
                    }
                }
            }
        }
        bytes
    }
}

fn play(bytes: &mut Vec<u8>, step: &Step) {
    match step {
        Step::Write { offset, bytes: written, .. } => {
            let end = offset + written.len();
            if bytes.len() < end && !written.is_empty() {
                bytes.resize(end, 0);
            }
            if !written.is_empty() {
                bytes[*offset..end].copy_from_slice(written);
            }
        }
        Step::SetLen { len, .. } => bytes.resize(*len, 0),
        other => panic!("{other:?} is no change of a file's bytes"),
    }
}

fn rename(names: &mut BTreeMap<PathBuf, usize>, dirs: &mut BTreeSet<PathBuf>, step: &Step) {
    match step {
        Step::Link { path, inode } => drop(names.insert(path.clone(), *inode)),
        Step::Rename { from, to } => {
            if let Some(inode) = names.remove(from) {
                names.insert(to.clone(), inode);
            }
        }
        Step::Unlink { path } => drop(names.remove(path)),
        Step::MakeDir { path } => drop(dirs.insert(path.clone())),
        other => panic!("{other:?} is no change of a name"),
    }
}
