//! Closed months below the desk: what was sealed is compared with what stands there, and nothing more goes in.

use santun::domain::month::{BookMark, MonthDeed, MonthStep};
use santun::domain::{Event, OfficeEvent, Period, PersonId};
use santun::store::seals::{books_of, changed_months};
use santun::store::verify::Depth;
use santun::store::{Store, fsck};
use tempfile::TempDir;

use super::make::{Dice, clerk, key, morning, office};
use super::view::birth;

/// A store with two claims, whose postings lie in several months.
fn store() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(&dir.path().join("s"), &office(), &clerk(), &morning()).unwrap();
    let mut dice = Dice(7);
    for name in ["a", "b"] {
        let born =
            store.commit(&key(name), &clerk(), morning(), |view| Ok(birth(&mut dice, view.next_claim_id())));
        born.unwrap();
    }
    (dir, store)
}

/// A month with postings.
fn busy(store: &Store) -> Period {
    let sums = store.view().month_sums();
    sums.keys().map(|(month, ..)| *month).max().expect("something was posted")
}

fn closing(store: &Store, month: Period, digest: Option<&str>) -> Event {
    let view = store.view();
    let mut books = books_of(&view, month).unwrap();
    if let Some(digest) = digest {
        digest.clone_into(&mut books.digest);
    }
    let head = view.head();
    let after = BookMark { seq: head.seq, hash: head.hash.to_string() };
    let step = MonthStep::Closed { note: String::new(), books: Box::new(books), after };
    let who = PersonId { uid: 1, loginuid: None };
    let deed = MonthDeed { month, date: month.last_day(), by: "rina".to_owned(), who, step };
    Event::Office(OfficeEvent::Month(Box::new(deed)))
}

fn close(store: &Store, month: Period, digest: Option<&str>) {
    let event = closing(store, month, digest);
    store.commit(&key("close"), &clerk(), morning(), |_| Ok(vec![event])).unwrap();
    assert_eq!(store.keep_seals().unwrap(), 1);
    assert_eq!(store.keep_seals().unwrap(), 0, "a seal is made once");
}

fn codes(dir: &TempDir, depth: Depth) -> Vec<&'static str> {
    let found = fsck(&dir.path().join("s"), depth, &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    found.problems.iter().map(|problem| problem.code).filter(|code| !code.starts_with("S3")).collect()
}

#[test]
fn books_that_are_not_what_was_sealed_are_found() {
    for (digest, expected) in [(None, Vec::new()), (Some("00".repeat(32)), vec!["S115"])] {
        let (dir, store) = store();
        let month = busy(&store);
        close(&store, month, digest.as_deref());
        let changed = changed_months(&store.view()).unwrap();
        assert_eq!(changed.len(), expected.len());
        assert_eq!(codes(&dir, Depth::Full), expected);
        // The seal says what the journal says; only reading the books tells.
        assert_eq!(codes(&dir, Depth::Quick), Vec::<&str>::new());
        // The same from parts.
        store.compact(&clerk(), morning()).unwrap();
        assert_eq!(changed_months(&store.view()).unwrap(), changed);
        assert_eq!(store.view().month_deeds().len(), 1, "MANIFEST knows what was closed");
        assert_eq!(Store::open(&dir.path().join("s")).unwrap().view().month_deeds().len(), 1);
    }
}

#[test]
fn the_store_itself_lets_nothing_into_a_sealed_month() {
    let (_dir, store) = store();
    let month = busy(&store);
    let mut dice = Dice(9);
    let into = |store: &Store, dice: &mut Dice, name: &str| {
        store.commit(&key(name), &clerk(), morning(), |view| {
            let id = view.next_claim_id();
            let mut events = birth(dice, id);
            events.truncate(1);
            if let Event::Claim(_, santun::domain::ClaimEvent::Registered { state, .. }) = &mut events[0] {
                state.posted = month;
            }
            Ok(events)
        })
    };
    into(&store, &mut dice, "before").unwrap();
    close(&store, month, None);
    let head = store.view().head();
    let refused = into(&store, &mut dice, "after").expect_err("the month is sealed");
    assert!(format!("{refused:?}").contains("is closed"), "{refused:?}");
    assert_eq!(store.view().head(), head, "nothing was written");
    assert_eq!(changed_months(&store.view()).unwrap(), []);
}

/// Whatever the order in which the lines lie, a digest is the same; any other amount is another one.
#[test]
fn a_digest_is_of_the_lines_and_not_of_their_places() {
    let (_dir, store) = store();
    let month = busy(&store);
    let before = books_of(&store.view(), month).unwrap();
    store.compact(&clerk(), morning()).unwrap();
    assert_eq!(books_of(&store.view(), month).unwrap(), before);
    let other = books_of(&store.view(), month.plus(-1)).unwrap();
    assert_ne!(other.digest, before.digest);
    let empty = books_of(&store.view(), month.plus(600)).unwrap();
    assert_eq!((empty.postings, empty.digest.len()), (0, 64));
}
