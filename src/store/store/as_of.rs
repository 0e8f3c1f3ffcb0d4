//! An older view: everything as it stood after a record, folded from the journal. Nothing is written and nobody is
//! followed: what is older does not change.

use std::path::Path;
use std::sync::{Arc, Mutex, RwLock};

use crate::store::disk::{Disk, machine};
use crate::store::error::StoreError;
use crate::store::format::{Format, Layout};
use crate::store::journal::Cursor;
use crate::store::ledger::{Ledger, Mode};
use crate::store::manifest::Manifest;
use crate::store::parts::{Alarm, Base};
use crate::store::place;
use crate::store::record::{Moment, Transaction};
use crate::store::tables::Keyed;
use crate::store::view::{OP_REPLACED, View};

use super::Store;
use super::open::are_there;
use super::reload::Seen;

impl Store {
    /// Opens the store in a folder as it stood after the last whole transaction up to record `seq`, and when that was
    /// written. None where there is no such record, or the store had no office then.
    pub fn open_as_of(dir: &Path, seq: u64) -> Result<Option<(Store, Moment)>, StoreError> {
        let (disk, layout) = (machine(dir), Layout::new(dir));
        place::check(&*disk, &layout, Mode::Read)?;
        let format = Format::read(&*disk, &layout)?;
        let keyed = Keyed::of_store(&format.store_id);
        let base_of =
            |files: &[_]| Base::new(Arc::clone(&disk), layout.clone(), keyed.clone(), files, Alarm::Told);
        // A view that is being made stands at its last record, at no place in the file.
        let beginning = Cursor::beginning(&format.store_id);
        let (mut ledger, start) = match covering(&disk, dir, &layout, seq)? {
            Some((ledger, manifest)) => {
                let base = base_of(&manifest.files);
                (ledger, View::of_manifest(manifest, base))
            }
            None => {
                let ledger = Ledger::open(Arc::clone(&disk), dir, Mode::Read)?;
                (ledger, knowing_replaced(&disk, dir, View::empty(base_of(&[]), beginning))?)
            }
        };
        let (mut view, mut at, mut end) = (start, None, 0);
        let mut waiting: Vec<Transaction> = Vec::new();
        let mut failure = None;
        ledger.catch_up_each(|transaction| {
            end = transaction.head().seq;
            if end <= seq {
                at = Some(transaction.at);
                waiting.push(transaction);
            }
            if waiting.len() >= AT_A_TIME {
                match view.after(&std::mem::take(&mut waiting), beginning) {
                    Ok(after) => view = after,
                    Err(error) => failure = failure.take().or(Some(error)),
                }
            }
        })?;
        if let Some(error) = failure {
            return Err(error);
        }
        let view = view.after(&waiting, beginning)?;
        let Some(at) = at.filter(|_| seq <= end && view.has_office()) else { return Ok(None) };
        let manifest =
            Mutex::new(Seen { looked_at: Manifest::mark(&*disk, &layout), distrusted: None, covers: 0 });
        let (root, ledger) = (dir.to_path_buf(), Mutex::new(ledger));
        let view = RwLock::new(view);
        Ok(Some((Store { disk, root, layout, mode: Mode::Read, ledger, view, manifest }, at)))
    }
}

/// The view, told which batches were replaced by ones without personal data: what came before is folded over those.
fn knowing_replaced(disk: &Arc<dyn Disk>, dir: &Path, start: View) -> Result<View, StoreError> {
    let mut ledger = Ledger::open(Arc::clone(disk), dir, Mode::Read)?;
    let mut saying: Vec<Transaction> = Vec::new();
    ledger.catch_up_each(|transaction| {
        if transaction.records.iter().any(|record| record.op == OP_REPLACED) {
            saying.push(transaction);
        }
    })?;
    Ok(start.foreknowing(&saying))
}

/// Transactions folded at a time.
const AT_A_TIME: usize = 1_000;

/// The MANIFEST, when the record asked for lies behind what it covers.
fn covering(
    disk: &Arc<dyn Disk>,
    dir: &Path,
    layout: &Layout,
    seq: u64,
) -> Result<Option<(Ledger, Manifest)>, StoreError> {
    let manifest = Manifest::read(&**disk, layout)
        .filter(|manifest| manifest.cursor.head.seq < seq && are_there(&**disk, layout, manifest));
    let Some(manifest) = manifest else { return Ok(None) };
    match Ledger::open_at(Arc::clone(disk), dir, Mode::Read, manifest.cursor) {
        Ok(ledger) => Ok(Some((ledger, manifest))),
        Err(StoreError::CheckpointMismatch) => Ok(None),
        Err(error) => Err(error),
    }
}
