//! A page that is scattered over a large file: it is what a walk over all rows says, and what it needs of the file is read
//! alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use jiff::civil::{Date, date};
use santun::domain::posting::{Posting, of_claim_event};
use santun::domain::query::{Expr, Field};
use santun::domain::subject::Subjects;
use santun::domain::{Claim, ClaimEvent, ClaimId, Event, Period};
use santun::store::codec::claim_to_json;
use santun::store::{Direction, Mode, Rows, Sort, Store, StoreError, View};

use super::disks::{Call, MemDisk, Recording, Twist, twisted};
use super::make::{Dice, clerk, key, morning, office};
use super::view::birth;

const TODAY: Date = date(2026, 10, 30);
/// More than two groups of rows of the narrow table, and more than four of documents.
const CLAIMS: u64 = 4_300;

/// Claims of one month, so that they lie in one file of each table.
fn filled(memory: &MemDisk) -> Store {
    let disk = Arc::new(memory.clone());
    let store = Store::create_on(disk, Path::new("/s"), &office(), &clerk(), &morning()).unwrap();
    let mut dice = Dice(81);
    let month = Period::new(2026, 10).unwrap();
    let done = store.import(&key("all"), &clerk(), morning(), |_, batch| {
        (0..CLAIMS).try_for_each(|_| {
            let mut events = birth(&mut dice, batch.next_claim_id());
            let Event::Claim(_, ClaimEvent::Registered { state, .. }) = &mut events[0] else {
                unreachable!()
            };
            state.posted = month;
            let Event::Claim(id, born) = &events[0] else { unreachable!() };
            let mut claim = Claim::born(*id, born).unwrap();
            for event in &events[1..] {
                let Event::Claim(_, event) = event else { unreachable!() };
                let before = claim.clone();
                claim.apply(event);
                for mut posting in of_claim_event(Some(&before), &claim, event) {
                    posting.month = month;
                    batch.posting(&posting)?;
                }
            }
            batch.claim(&claim)
        })?;
        Ok::<(), StoreError>(())
    });
    assert_eq!(done.unwrap().counts.claims, CLAIMS);
    store
}

fn opened(memory: &MemDisk) -> View {
    Store::open_on(Arc::new(memory.clone()), Path::new("/s"), Mode::Write).unwrap().view()
}

fn by_name(view: &View) -> Rows {
    let sort = Sort { column: Field::Worker, direction: Direction::Ascending };
    view.select(&Expr::All, sort, TODAY, &AtomicBool::new(false), &|_, _| {}).unwrap()
}

#[test]
fn scattered_pages_and_documents_say_what_a_walk_over_all_rows_says() {
    let memory = MemDisk::new();
    filled(&memory);
    let view = opened(&memory);
    let mut docs = BTreeMap::new();
    let mut rows = BTreeMap::new();
    view.for_each_claim(&mut |claim| drop(docs.insert(claim.id, claim_to_json(claim)))).unwrap();
    let heard = Mutex::new(Vec::new());
    let progress = |done: u64, of: u64| heard.lock().unwrap().push((done, of));
    view.for_each_row(&Expr::All, TODAY, &AtomicBool::new(false), &progress, &mut |row| {
        drop(rows.insert(row.id, row))
    })
    .unwrap();
    let heard = heard.into_inner().unwrap();
    assert!(heard.iter().zip(1..).all(|((done, _), file)| *done == file), "file by file: {heard:?}");
    assert_eq!(heard.last().map(|(done, of)| of - done), Some(0), "to the last");
    let list = by_name(&view);
    assert_eq!(list.len() as u64, CLAIMS);
    let mut dice = Dice(82);
    for _ in 0..40 {
        let from = usize::try_from(dice.below(CLAIMS)).unwrap();
        for row in list.window(from..from + 5).unwrap() {
            assert_eq!(rows[&row.id], row);
            assert_eq!(docs[&row.id], claim_to_json(&view.claim(row.id).unwrap().unwrap()));
        }
    }
}

#[test]
fn a_file_that_was_checked_is_not_read_whole_for_a_few_rows() {
    let memory = MemDisk::new();
    filled(&memory);
    let recording = Arc::new(Recording::default());
    let disk = twisted(Arc::new(memory.clone()), Arc::clone(&recording) as Arc<dyn Twist>);
    let view = Store::open_on(disk, Path::new("/s"), Mode::Write).unwrap().view();
    let list = by_name(&view);
    // The first page learns where the groups lie; others then ask for no length, as a whole read does.
    let first = list.window(0..50).unwrap();
    recording.take();
    let far = usize::try_from(CLAIMS).unwrap() - 50;
    let ids: Vec<_> = list.window(far..far + 50).unwrap().iter().map(|row| row.id).collect();
    assert_eq!((first.len(), ids.len()), (50, 50));
    let calls = recording.take();
    let count = |wanted: Call| {
        let is_one =
            |(call, path): &&(Call, PathBuf)| *call == wanted && path.to_string_lossy().contains("/claims/");
        calls.iter().filter(is_one).count()
    };
    assert_eq!(count(Call::Len), 0, "{calls:?}");
    assert!((1..=3).contains(&count(Call::Open)), "one open a group: {calls:?}");
    assert_eq!(count(Call::ReadAt), 2 * count(Call::Open), "the group and what describes it: {calls:?}");
}

#[test]
fn a_checked_file_that_was_cut_is_told() {
    let memory = MemDisk::new();
    filled(&memory);
    let view = opened(&memory);
    let list = by_name(&view);
    list.window(0..1).unwrap();
    let is_file = |path: &PathBuf| path.starts_with("/s/batches/claims");
    let path = memory.paths().into_iter().find(is_file).unwrap().to_string_lossy().into_owned();
    let bytes = memory.bytes(&path);
    memory.put(&path, bytes[..bytes.len() - 9].to_vec());
    let told = (0..list.len()).step_by(50).find_map(|from| list.window(from..from + 50).err());
    assert!(matches!(told, Some(StoreError::Part { .. })), "{told:?}");
}

/// A file of several groups of postings: those asked for are found in whichever group they stand.
#[test]
fn postings_about_some_claims_are_those_of_a_walk_over_all() {
    let memory = MemDisk::new();
    filled(&memory);
    let view = opened(&memory);
    let mut all: Vec<Posting> = Vec::new();
    view.for_each_posting_named(Period::LAST, Period::LAST, &mut |posting| all.push(posting.clone()))
        .unwrap();
    assert!(all.len() > 8_192, "more than a group of rows: {}", all.len());
    let (first, last) = (all[0].claim.unwrap(), all[all.len() - 1].claim.unwrap());
    let (middle, nobody) = (all[all.len() / 2].claim.unwrap(), ClaimId::new(1 << 40));
    let sets: [&[ClaimId]; 6] =
        [&[], &[first], &[last], &[first, last], &[first, middle, last, nobody], &[nobody]];
    for claims in sets {
        let asked = Subjects { claims: claims.iter().copied().collect(), ..Subjects::default() };
        let mut found = view.old_postings_about(&asked, Period::LAST).unwrap();
        found.retain(|posting| posting.claim.is_some_and(|id| claims.contains(&id)));
        let wanted = all.iter().filter(|posting| posting.claim.is_some_and(|id| claims.contains(&id)));
        let (mut found, mut wanted): (Vec<_>, Vec<_>) = (
            found.iter().map(|posting| format!("{posting:?}")).collect(),
            wanted.map(|posting| format!("{posting:?}")).collect(),
        );
        found.sort();
        wanted.sort();
        assert!(found == wanted, "{claims:?}: {} of {}", found.len(), wanted.len());
    }
}
