//! Orders of a base of many files: merged in two steps, they are the order of all rows.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::{Date, date};
use santun::domain::query::{Expr, Field};
use santun::domain::{Claim, ClaimEvent, ClaimId, Event, Period};
use santun::store::{ClaimRow, Direction, Sort, Store, StoreError, View};

use super::disks::MemDisk;
use super::make::{Dice, clerk, key, morning, office};
use super::view::birth;

const TODAY: Date = date(2026, 10, 30);

/// A base of many more files than are merged at once: a month has one at least.
fn many_files(memory: &MemDisk) -> View {
    let disk = Arc::new(memory.clone());
    let store = Store::create_on(disk, Path::new("/s"), &office(), &clerk(), &morning()).unwrap();
    let mut dice = Dice(91);
    let done = store.import(&key("all"), &clerk(), morning(), |_, batch| {
        (0..2_200).try_for_each(|number: u32| {
            let mut events = birth(&mut dice, batch.next_claim_id());
            let Event::Claim(_, ClaimEvent::Registered { state, basics, .. }) = &mut events[0] else {
                unreachable!()
            };
            state.posted = Period::new(1930, 1).unwrap().plus(i32::try_from(number % 1_100).unwrap());
            // Names that are equal, and that differ only behind their sixteenth letter.
            basics.worker.name = format!("Siti Nur Aminah Putri {}", number * 7 % 50);
            let mut claim: Option<Claim> = None;
            for event in &events {
                let Event::Claim(id, event) = event else { unreachable!() };
                match &mut claim {
                    Some(claim) => claim.apply(event),
                    None => claim = Claim::born(*id, event),
                }
            }
            batch.claim(&claim.unwrap())
        })?;
        Ok::<(), StoreError>(())
    });
    assert_eq!(done.unwrap().counts.claims, 2_200);
    let files = memory.paths().into_iter().filter(|path| path.starts_with("/s/batches/claims"));
    assert!(files.count() > 1_024, "more files than are merged at once");
    store.view()
}

fn listed(view: &View, column: Field, direction: Direction) -> Vec<ClaimRow> {
    let rows = view
        .select(&Expr::All, Sort { column, direction }, TODAY, &AtomicBool::new(false), &|_, _| {})
        .unwrap();
    rows.window(0..rows.len()).unwrap()
}

#[test]
fn many_files_are_merged_into_the_order_of_all_rows() {
    let view = many_files(&MemDisk::new());
    let of = |row: &ClaimRow, column| match column {
        Field::Worker => row.worker.clone(),
        _ => format!("{:020}", row.determined.get()),
    };
    for column in [Field::Worker, Field::Determined] {
        for direction in [Direction::Ascending, Direction::Descending] {
            let rows = listed(&view, column, direction);
            let mut wanted: Vec<(String, ClaimId)> =
                rows.iter().map(|row| (of(row, column), row.id)).collect();
            let found = wanted.clone();
            wanted.sort_by(|a, b| {
                let by_value = if direction == Direction::Descending { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) };
                by_value.then(a.1.cmp(&b.1))
            });
            assert!(found == wanted, "{column:?} {direction:?}");
            assert_eq!(rows.iter().map(|row| row.id).collect::<BTreeSet<_>>().len(), 2_200);
        }
    }
}
