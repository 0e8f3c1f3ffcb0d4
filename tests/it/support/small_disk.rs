//! A real file system that is really full: a tmpfs of a few megabytes. Needs root.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// A small tmpfs, gone when dropped.
pub struct SmallDisk {
    dir: TempDir,
}

impl SmallDisk {
    /// Mounts one, or says why that cannot be done here.
    pub fn new(mebibytes: u32) -> Result<Self, String> {
        if !rustix::process::geteuid().is_root() {
            return Err("only root mounts a small disk".into());
        }
        let disk = Self { dir: tempfile::tempdir().map_err(|error| error.to_string())? };
        fs::create_dir(disk.path()).map_err(|error| error.to_string())?;
        let size = format!("size={mebibytes}m,mode=0755");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(disk.path()).output();
        let mounted = mounted.map_err(|error| error.to_string())?;
        if mounted.status.success() {
            Ok(disk)
        } else {
            Err(String::from_utf8_lossy(&mounted.stderr).trim().to_owned())
        }
    }

    /// Where it is mounted.
    pub fn path(&self) -> PathBuf {
        self.dir.path().join("mnt")
    }

    /// Takes all its room but so many bytes.
    pub fn fill(&self, but_bytes: u64) {
        let facts = rustix::fs::statvfs(self.path()).expect("mounted");
        let taken = (facts.f_bavail * facts.f_frsize).saturating_sub(but_bytes);
        let file = File::create(self.filler()).expect("a name takes no room");
        let no_flags = rustix::fs::FallocateFlags::empty();
        rustix::fs::fallocate(&file, no_flags, 0, taken.max(1)).expect("there was room");
    }

    /// Gives the room back.
    pub fn free(&self) {
        fs::remove_file(self.filler()).expect("it was full");
    }

    fn filler(&self) -> PathBuf {
        self.path().join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).output();
    }
}
