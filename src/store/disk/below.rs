//! Names below an open folder. They are looked up from that folder down and through no link, so that nobody can lead
//! the rights of whoever opens them astray with a link or a folder of their own.

use std::ffi::OsStr;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Component, Path};

use rustix::fs::{FileType, Mode, OFlags, ResolveFlags};
use rustix::io::Errno;

/// An open folder, and what lies below it.
#[derive(Debug)]
pub struct Below(OwnedFd);

/// How a name is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// In one call (`openat2`, Linux 5.6), all of it by the kernel.
    AtOnce,
    /// Folder by folder, where that call is not there or a sandbox forbids it.
    StepByStep,
}

impl Below {
    /// Of a folder that is open, if only as a place (`O_PATH`).
    pub fn of(folder: OwnedFd) -> Self {
        Self(folder)
    }

    /// The folder itself.
    pub fn folder(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }

    /// Opens a name: parts of plain names, or the folder itself as `.`.
    pub fn open(&self, name: &Path, flags: OFlags, mode: u32) -> io::Result<OwnedFd> {
        match self.open_by(Way::AtOnce, name, flags, mode) {
            // The second of them is what older sandboxes answer for calls they do not know. Where it is the kernel's own
            // word, the other way gets it too.
            Err(error) if is_any(&error, &[Errno::NOSYS, Errno::PERM]) => {
                self.open_by(Way::StepByStep, name, flags, mode)
            }
            opened => opened,
        }
    }

    /// The same in a given way.
    pub fn open_by(&self, way: Way, name: &Path, flags: OFlags, mode: u32) -> io::Result<OwnedFd> {
        let flags = flags | OFlags::CLOEXEC;
        let mode = Mode::from_raw_mode(mode);
        match way {
            Way::AtOnce => {
                let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
                Ok(rustix::fs::openat2(&self.0, name, flags, mode, resolve)?)
            }
            Way::StepByStep => self.walk(name, flags, mode),
        }
    }

    /// The folder a name stands in, as a place, and the name's last part.
    pub fn parent<'a>(&self, name: &'a Path) -> io::Result<(OwnedFd, &'a OsStr)> {
        let last = name.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        let above = name.parent().filter(|above| !above.as_os_str().is_empty());
        let above = above.unwrap_or_else(|| Path::new("."));
        Ok((self.open(above, OFlags::PATH | OFlags::DIRECTORY, 0)?, last))
    }

    fn walk(&self, name: &Path, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
        let mut parts = Vec::new();
        for part in name.components() {
            match part {
                Component::Normal(part) => parts.push(part),
                Component::CurDir => {}
                // What `openat2` says of a name that leads out.
                _ => return Err(Errno::XDEV.into()),
            }
        }
        let last = parts.pop().unwrap_or_else(|| OsStr::new("."));
        let step = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mut folder: Option<OwnedFd> = None;
        for part in parts {
            let at = folder.as_ref().unwrap_or(&self.0);
            folder = Some(rustix::fs::openat(at, part, step, Mode::empty())?);
        }
        let at = folder.as_ref().unwrap_or(&self.0);
        let opened = rustix::fs::openat(at, last, flags | OFlags::NOFOLLOW, mode)?;
        // Opened only as a place, a link would be the link itself.
        if flags.contains(OFlags::PATH) {
            let found = rustix::fs::fstat(&opened)?;
            if FileType::from_raw_mode(found.st_mode) == FileType::Symlink {
                return Err(Errno::LOOP.into());
            }
        }
        Ok(opened)
    }
}

fn is_any(error: &io::Error, ones: &[Errno]) -> bool {
    ones.iter().any(|one| error.raw_os_error() == Some(one.raw_os_error()))
}
