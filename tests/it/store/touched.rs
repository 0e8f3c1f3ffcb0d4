//! A compaction writes the files of the months that were touched, and no others.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use santun::domain::claim::OutcomeEntry;
use santun::domain::code::Outcome;
use santun::domain::{ClaimEvent, Event};
use santun::store::Store;

use super::batch::import;
use super::disks::MemDisk;
use super::make::{Dice, clerk, key, morning, office};

fn parquet(memory: &MemDisk) -> BTreeSet<PathBuf> {
    let paths = memory.paths().into_iter();
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "parquet")).collect()
}

/// The home month of a file, from its name.
fn month_of(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    name.split('.').next().unwrap().to_owned()
}

#[test]
fn a_compaction_writes_only_the_files_of_touched_months() {
    let memory = MemDisk::new();
    let store =
        Store::create_on(Arc::new(memory.clone()), Path::new("/s"), &office(), &clerk(), &morning()).unwrap();
    let mut dice = Dice(73);
    import(&store, &mut dice, "one", 150);
    let view = store.view();
    let before = parquet(&memory);
    let months: BTreeSet<String> = before.iter().map(|path| month_of(path)).collect();
    assert!(months.len() > 3, "claims of several months, and registers: {months:?}");
    let mut first = None;
    view.for_each_claim(&mut |claim| first = first.clone().or(Some(claim.clone()))).unwrap();
    let claim = first.unwrap();
    let posted = dice.month();
    let entry = OutcomeEntry { outcome: Outcome::Berobat, date: dice.day(), posted };
    let event = Event::Claim(claim.id, ClaimEvent::OutcomeSet(entry));
    store.commit(&key("one-outcome"), &clerk(), morning(), |_| Ok(vec![event])).unwrap();
    let done = store.compact(&clerk(), morning()).unwrap();
    let written: Vec<PathBuf> = parquet(&memory).difference(&before).cloned().collect();
    let tables: Vec<(String, String)> = written
        .iter()
        .map(|path| {
            let table = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
            (table.to_owned(), month_of(path))
        })
        .collect();
    let (home, posted) = (claim.registered.to_string(), posted.to_string());
    let wanted = vec![
        ("claim_detail".to_owned(), home.clone()),
        ("claims".to_owned(), home),
        ("posted".to_owned(), posted),
    ];
    assert_eq!(tables, wanted);
    assert_eq!(done.written, 3);
    let bytes = |paths: &[PathBuf]| {
        paths.iter().map(|path| memory.bytes(path.to_str().unwrap()).len()).sum::<usize>()
    };
    let all = bytes(&before.into_iter().collect::<Vec<_>>());
    assert!(bytes(&written) < all, "{} of {all} bytes", bytes(&written));
}
