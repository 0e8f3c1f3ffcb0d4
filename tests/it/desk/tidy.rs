//! The store is tidied up when enough has gathered, and an import leaves it tidy.

use std::path::Path;

use santun::desk::{Desk, DeskError, ImportWish, Mode, Tidied};
use santun::domain::{ClaimId, Event};
use santun::intake::dialect::Said;
use santun::store::{Store, StoreError};
use santun::words::{Lang, Words};

use crate::store::make::{Dice, clerk, key, morning, office};
use crate::store::view::birth;
use crate::tui::real::clock;

/// A store with so many claims typed, five records each, that a new base is due.
fn due(folder: &Path) {
    let store = Store::create(folder, &office(), &clerk(), &morning()).expect("a new store");
    let mut dice = Dice(41);
    let events: Vec<Event> = (1..=2_000).flat_map(|id| birth(&mut dice, ClaimId::new(id))).collect();
    store.commit(&key("many"), &clerk(), morning(), |_| Ok(events)).expect("committed");
    assert!(store.wants_compaction());
}

fn desk(folder: &Path) -> Desk {
    Desk::open(folder, clock()).expect("a desk")
}

#[test]
fn a_store_is_tidied_when_it_is_due_and_told_when_it_may_not_be_written() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("s");
    due(&folder);
    let desk = desk(&folder);
    assert!(matches!(desk.tidy().expect("tidied"), Tidied::Done(compacted) if compacted.written >= 3));
    assert_eq!(desk.view().overlay_size(), 0);
    assert_eq!(desk.tidy().expect("looked"), Tidied::NotDue);
    assert_eq!(self::desk(&folder).view().overlay_size(), 0, "the next one opens on the base");
    std::fs::write(folder.join("lock/POISON"), "a test\n").expect("written");
    desk.refresh().expect("readable");
    assert!(matches!(desk.tidy(), Err(DeskError::Store(StoreError::Poisoned(_)))));
}

#[test]
fn an_import_leaves_the_store_tidy() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("s");
    due(&folder);
    let desk = desk(&folder);
    let mut wish = ImportWish { files: Vec::new(), mode: Mode::DryRun, rejects: None, said: Said::default() };
    let words = Words::new(Lang::Id);
    desk.import(&wish, Path::new("none"), &words).expect("looked");
    assert_eq!(desk.view().overlay_size(), 10_001, "a dry run writes nothing");
    wish.mode = Mode::OnlyNew;
    desk.import(&wish, Path::new("none"), &words).expect("imported");
    assert_eq!(desk.view().overlay_size(), 0);
}
