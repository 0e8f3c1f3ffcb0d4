//! Sealing: a segment that another one follows is packed, proven equal, and put in the place of the plain one. It is a job
//! beside the commits: nothing that is still written to is touched.
//!
//! At every moment either form holds all lines: the sealed one is written under a temporary name, synced, read back and
//! compared, renamed, and its folder synced, before the plain one goes. Both forms at once are what a crash in between
//! leaves; the next job finishes it.

use std::path::{Path, PathBuf};

use crate::store::disk::{Access, Disk, DiskFile, Sharing, read_full_at, temporary_beside};
use crate::store::error::{Damage, Doing, Fault, StoreError};
use crate::store::format::Layout;
use crate::store::record::{Hash, Head, Line, parse_line};

use super::sealed::{FRAME_BYTES, Packer, Seal, SealedFile};
use super::{Assembler, Form, LineReader, Piece, Position, Segment, segments};

/// Seals every segment before the one the watermark stands in; answers how many plain files went.
pub(crate) fn seal_finished(
    disk: &dyn Disk,
    layout: &Layout,
    store_id: &str,
    mark: Position,
    frame_bytes: usize,
) -> Result<usize, StoreError> {
    let listed = segments(disk, layout)?;
    let mut n_sealed = 0;
    for pair in listed.windows(2).filter(|pair| pair[1].first_seq <= mark.segment) {
        let (segment, next) = (&pair[0], &pair[1]);
        match (segment.form, &segment.plain_twin) {
            (Form::Plain, _) => {
                let goal = header_of(disk, next)?;
                let goal = Head { seq: next.first_seq - 1, hash: goal };
                seal_one(disk, segment, store_id, goal, frame_bytes)?;
                n_sealed += 1;
            }
            (Form::Sealed, Some(plain)) => {
                if are_equal(disk, segment, plain)? {
                    take_away(disk, plain)?;
                    n_sealed += 1;
                }
            }
            (Form::Sealed, None) => {}
        }
    }
    Ok(n_sealed)
}

/// Whether a sealed segment and the plain file beside it hold the same lines.
pub(crate) fn are_equal(disk: &dyn Disk, sealed: &Segment, plain: &Path) -> Result<bool, StoreError> {
    let one = sealed.open(disk)?;
    let other = disk.open(plain, Access::Read).doing("open", plain)?;
    same_bytes(&*one, &*other).doing("compare", plain)
}

fn seal_one(
    disk: &dyn Disk,
    segment: &Segment,
    store_id: &str,
    goal: Head,
    frame_bytes: usize,
) -> Result<(), StoreError> {
    let (path, target) = (&segment.path, sealed_path(&segment.path));
    let plain = disk.open(path, Access::Read).doing("open", path)?;
    let after = header_of(disk, segment)?;
    let seal = Seal { after, first_seq: segment.first_seq, head: goal };
    replace_sealed(
        disk,
        &target,
        &seal,
        &mut |packer| pack_lines(&*plain, path, frame_bytes, packer),
        &mut |sealed| {
            check_lines(sealed, path, store_id, &seal)?;
            if same_bytes(sealed, &*plain).doing("compare", path)? {
                Ok(())
            } else {
                Err(damaged(segment.first_seq, Fault::Sealed))
            }
        },
    )?;
    take_away(disk, path)
}

/// Puts a sealed segment in place: write, sync, read back and let it be proven, rename, sync the folder.
pub(super) fn replace_sealed(
    disk: &dyn Disk,
    target: &Path,
    seal: &Seal,
    pack: &mut dyn FnMut(&mut Packer<'_>) -> Result<(), StoreError>,
    prove: &mut dyn FnMut(&SealedFile) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let (dir, temporary) = temporary_beside(target).doing("name", target)?;
    let mut put = || -> Result<(), StoreError> {
        let file = disk.create(&temporary, Sharing::Group).doing("make", &temporary)?;
        let mut packer = Packer::new(&*file).doing("pack", &temporary)?;
        pack(&mut packer)?;
        packer.finish(seal).doing("write", &temporary)?;
        disk.make_read_only(&temporary).doing("protect", &temporary)?;
        file.sync_all().doing("sync", &temporary)?;
        let written = disk.open(&temporary, Access::Read).doing("open", &temporary)?;
        let sealed = SealedFile::open(written).doing("read back", &temporary)?;
        if sealed.seal() != *seal {
            return Err(damaged(seal.first_seq, Fault::Sealed));
        }
        prove(&sealed)?;
        disk.rename(&temporary, target).doing("rename", target)
    };
    if let Err(error) = put() {
        // The first error is the one to tell; a leftover is only a name beginning with a dot.
        let _ = disk.unlink(&temporary);
        return Err(error);
    }
    disk.sync_dir(&dir).doing("sync", &dir)
}

/// Packs the lines of a plain segment, each frame full with whole lines.
fn pack_lines(
    plain: &dyn DiskFile,
    path: &Path,
    frame_bytes: usize,
    packer: &mut Packer<'_>,
) -> Result<(), StoreError> {
    let end = plain.len().doing("measure", path)?;
    let mut lines = LineReader::new(plain, 0, end);
    let mut frame = Vec::with_capacity(2 * frame_bytes);
    // The proof afterwards finds what has no end.
    while let Piece::Line { bytes, .. } = lines.next().doing("read", path)? {
        frame.extend_from_slice(bytes);
        frame.push(b'\n');
        if frame.len() >= frame_bytes {
            packer.frame(&frame).doing("pack", path)?;
            frame.clear();
        }
    }
    if frame.is_empty() { Ok(()) } else { packer.frame(&frame).doing("pack", path) }
}

/// Reads all lines of a segment: header, numbers, chain, and the last record must be the one its seal names.
pub(super) fn check_lines(
    file: &dyn DiskFile,
    path: &Path,
    store_id: &str,
    seal: &Seal,
) -> Result<(), StoreError> {
    let bad = |fault| damaged(seal.first_seq, fault);
    let end = file.len().doing("measure", path)?;
    let mut lines = LineReader::new(file, 0, end);
    let mut assembler = Assembler::new(Head { seq: seal.first_seq - 1, hash: seal.after });
    let mut is_first = true;
    loop {
        let bytes = match lines.next().doing("read", path)? {
            Piece::Line { bytes, .. } => bytes,
            Piece::Unfinished { .. } => return Err(bad(Fault::Unfinished)),
            Piece::End => break,
        };
        match parse_line(bytes).map_err(|fault| bad(Fault::Line(fault)))? {
            Line::Header(header) => {
                let fits = header.first_seq == seal.first_seq && header.after == seal.after;
                if !is_first || !fits || header.store_id != store_id {
                    return Err(bad(Fault::Header));
                }
            }
            Line::Record(raw) if !is_first => drop(assembler.take(&raw).map_err(bad)?),
            Line::Record(_) => return Err(bad(Fault::Header)),
            Line::Newer(version) => return Err(StoreError::Newer(version)),
        }
        is_first = false;
    }
    let is_whole = assembler.is_between_transactions() && assembler.head() == seal.head;
    if is_whole { Ok(()) } else { Err(bad(Fault::Chain)) }
}

/// The chain's state that a segment's header says it begins at.
pub(super) fn header_of(disk: &dyn Disk, segment: &Segment) -> Result<Hash, StoreError> {
    let file = segment.open(disk)?;
    let end = file.len().doing("measure", &segment.path)?;
    let mut lines = LineReader::new(&*file, 0, end.min(4096));
    match lines.next().doing("read", &segment.path)? {
        Piece::Line { bytes, .. } => match parse_line(bytes) {
            Ok(Line::Header(header)) => Ok(header.after),
            Ok(Line::Newer(version)) => Err(StoreError::Newer(version)),
            _ => Err(damaged(segment.first_seq, Fault::Header)),
        },
        Piece::Unfinished { .. } | Piece::End => Err(damaged(segment.first_seq, Fault::Header)),
    }
}

fn same_bytes(one: &dyn DiskFile, other: &dyn DiskFile) -> std::io::Result<bool> {
    let len = one.len()?;
    if other.len()? != len {
        return Ok(false);
    }
    let mut at = 0;
    let (mut left, mut right) = (vec![0; FRAME_BYTES], vec![0; FRAME_BYTES]);
    while at < len {
        let (n, m) = (read_full_at(one, at, &mut left)?, read_full_at(other, at, &mut right)?);
        if n == 0 || n != m || left[..n] != right[..m] {
            return Ok(false);
        }
        at += n as u64;
    }
    Ok(true)
}

fn take_away(disk: &dyn Disk, path: &Path) -> Result<(), StoreError> {
    disk.unlink(path).doing("remove", path)?;
    let dir = path.parent().expect("a segment lies in its year's folder");
    disk.sync_dir(dir).doing("sync", dir)
}

fn sealed_path(plain: &Path) -> PathBuf {
    let mut name = plain.as_os_str().to_owned();
    name.push(".zst");
    PathBuf::from(name)
}

pub(super) fn damaged(segment: u64, fault: Fault) -> StoreError {
    let at = Position { segment, offset: 0 };
    StoreError::Damaged(Damage { at, seq: segment, fault })
}
