//! Look-ups by id: they say the same before and after the store has learnt which file each id lies in, and ask one file then.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use santun::domain::subject::Subjects;
use santun::domain::{ClaimId, Period};
use santun::store::{Mode, Store};

use super::batch::import;
use super::disks::{Call, MemDisk, Recording, Twist, twisted};
use super::make::{Dice, clerk, morning, office};

fn opened(calls: &[(Call, PathBuf)], ending: &str) -> usize {
    let is_one = |(call, path): &&(Call, PathBuf)| {
        *call == Call::Open && path.extension().is_some_and(|found| found == ending)
    };
    calls.iter().filter(is_one).count()
}

#[test]
fn a_look_up_by_id_asks_one_file_once_it_was_worth_learning_which() {
    let memory = MemDisk::new();
    let store =
        Store::create_on(Arc::new(memory.clone()), Path::new("/s"), &office(), &clerk(), &morning()).unwrap();
    let mut dice = Dice(71);
    for batch in ["one", "two", "three"] {
        import(&store, &mut dice, batch, 40);
    }
    let recording = Arc::new(Recording::default());
    let disk = twisted(Arc::new(memory.clone()), Arc::clone(&recording) as Arc<dyn Twist>);
    let view = Store::open_on(disk, Path::new("/s"), Mode::Write).unwrap().view();
    let mut ids = Vec::new();
    view.for_each_claim(&mut |claim| ids.push(claim.id)).unwrap();
    assert_eq!(ids.len(), 120);
    let look = || -> Vec<_> { ids.iter().map(|id| view.claim(*id).unwrap().unwrap()).collect() };
    let first = look();
    recording.take();
    let again = look();
    let calls = recording.take();
    assert_eq!(first, again);
    assert!(first.iter().zip(&ids).all(|(claim, id)| claim.id == *id));
    assert_eq!(opened(&calls, "keys"), ids.len(), "one file an id");
    let last = ids.iter().max().unwrap().get();
    let strangers = [last + 1, last + 9_000, 1 << 40];
    assert!(strangers.iter().all(|id| view.claim(ClaimId::new(*id)).unwrap().is_none()));
    assert_eq!(opened(&recording.take(), "keys"), 0, "an id that is nowhere asks none");
}

#[test]
fn the_postings_of_a_record_are_found_without_opening_the_files_of_others() {
    let memory = MemDisk::new();
    let store =
        Store::create_on(Arc::new(memory.clone()), Path::new("/s"), &office(), &clerk(), &morning()).unwrap();
    let mut dice = Dice(72);
    for batch in ["one", "two", "three"] {
        import(&store, &mut dice, batch, 40);
    }
    let mut all = Vec::new();
    store
        .view()
        .for_each_posting_named(Period::LAST, Period::LAST, &mut |posting| all.push(posting.clone()))
        .unwrap();
    let n_files = memory.paths().iter().filter(|path| path.starts_with("/s/batches/posted")).count();
    for id in all.iter().filter_map(|posting| posting.claim).take(9) {
        let recording = Arc::new(Recording::default());
        let disk = twisted(Arc::new(memory.clone()), Arc::clone(&recording) as Arc<dyn Twist>);
        let view = Store::open_on(disk, Path::new("/s"), Mode::Write).unwrap().view();
        recording.take();
        let asked = Subjects { claims: [id].into(), ..Subjects::default() };
        let mut found = view.old_postings_about(&asked, Period::LAST).unwrap();
        let calls = recording.take();
        found.retain(|posting| posting.claim == Some(id));
        let wanted: Vec<_> = all.iter().filter(|posting| posting.claim == Some(id)).cloned().collect();
        assert_eq!(found.len(), wanted.len(), "{id:?}");
        assert!(wanted.iter().all(|posting| found.contains(posting)), "{id:?}");
        assert_eq!(opened(&calls, "about"), n_files, "the sidecars lie beside every file");
        assert!(opened(&calls, "parquet") <= wanted.len() && wanted.len() < n_files, "{calls:?}");
    }
}
