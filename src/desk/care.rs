//! Care for the store: looking at it, copying it away, making it anew, and writing its head down elsewhere.

use std::ops::ControlFlow;
use std::path::Path;

use crate::desk::clock::{self, Clock};
use crate::desk::error::DeskError;
use crate::desk::{Desk, actor, outfile, whole_path};
use crate::domain::{Refusal, Zone};
use crate::store::anchor;
use crate::store::backup::{BackedUp, Restored, restore};
use crate::store::disk::{Sharing, machine, replace_file};
use crate::store::fsck::{Fsck, Marked, alarm, fsck_with};
use crate::store::salvage::{Salvaged, salvage};
use crate::store::verify::Depth;
use crate::store::{Head, StoreError};

/// A backup, and whether the journal could say so.
#[derive(Debug)]
pub struct Backup {
    /// What was made.
    pub done: BackedUp,
    /// Why it was not noted in the journal, if it was not.
    pub unnoted: Option<StoreError>,
}

/// Looks at a store, and marks it read-only when its truth is damaged.
pub fn check_store(folder: &Path, depth: Depth, anchors: &[Head]) -> Result<(Fsck, Marked), DeskError> {
    let found = fsck_with(&machine(folder), folder, depth, anchors, &mut |_, _| ControlFlow::Continue(()))?;
    let marked = alarm(folder, &found);
    Ok((found, marked))
}

/// Makes a store of a backup, in a new folder.
pub fn restore_store(
    backup: &Path,
    into: &Path,
    anchors: &[Head],
    clock: &Clock,
) -> Result<Restored, DeskError> {
    let (backup, into) = (whole_path(backup), whole_path(into));
    Ok(restore(&backup, &into, anchors, &actor::current(), clock.moment(Zone::Wib))?)
}

/// Makes a store of what can still be read of a damaged one, in a new folder; none when that is nothing.
pub fn salvage_store(from: &Path, into: &Path, clock: &Clock) -> Result<Option<Salvaged>, DeskError> {
    let (from, into) = (outfile::real_path(from), outfile::real_path(into));
    Ok(salvage(&from, &into, &actor::current(), clock.moment(Zone::Wib))?)
}

/// Writes the report of a salvage into the new store's folder.
pub fn write_salvage_report(into: &Path, text: &str) -> Result<(), DeskError> {
    // As the store's other files: where the folder is a group's, this person's rights do not reach it.
    let path = whole_path(into).join("SALVAGE.txt");
    replace_file(&*machine(&whole_path(into)), &path, text.as_bytes(), Sharing::Group)
        .map_err(|error| DeskError::File { path: path.display().to_string(), reason: error.to_string() })
}

/// Reads the lines of an anchor file.
pub fn read_anchors(path: &Path) -> Result<Vec<Head>, DeskError> {
    let text = outfile::read_text(path)?;
    anchor::parse(&text).map_err(|line| {
        let path = path.display().to_string();
        Refusal::new("anchor-line").with("path", path).with("line", line.to_string()).into()
    })
}

impl Desk {
    /// Copies the truth into a folder while others work, and notes it in the journal.
    pub fn back_up(&self, into: &Path) -> Result<Backup, DeskError> {
        let now = self.clock.moment(self.view().office().zone);
        let into = whole_path(into);
        let (done, noted) = self.store.back_up(&into, &clock::new_key(), &self.actor, now)?;
        Ok(Backup { done, unnoted: noted.err() })
    }

    /// The line of the last record, to be written down elsewhere. Of a store that needs attention there is none.
    pub fn anchor(&self) -> Result<String, DeskError> {
        match self.store.standing().error() {
            Some(error) => Err(error.into()),
            None => Ok(anchor::line_of(self.view().head())),
        }
    }

    /// Adds the line of the last record to a file, unless it is the file's last line already.
    pub fn append_anchor(&self, path: &Path) -> Result<String, DeskError> {
        let line = self.anchor()?;
        let before = if outfile::is_there(path) { outfile::read_text(path)? } else { String::new() };
        if before.lines().last() != Some(line.as_str()) {
            let head =
                if before.is_empty() { format!("# santun {}\n", self.store.id()) } else { String::new() };
            let feed = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
            outfile::append(path, format!("{feed}{head}{line}\n").as_bytes())?;
        }
        Ok(line)
    }
}
