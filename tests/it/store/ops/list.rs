//! The operations of a store, each with the store it is done to.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use santun::domain::claim::AttachedFile;
use santun::domain::month::{BookMark, MonthDeed, MonthStep};
use santun::domain::{ClaimEvent, DocumentKind, Event, OfficeEvent, Period, PersonId};
use santun::store::disk::{Access, Disk, Sharing, append_all, read_whole, replace_file};
use santun::store::documents::Found;
use santun::store::seals::{SealState, books_of};
use santun::store::{CommitError, Erased, ImportError, Moment, Store, StoreError};

use super::super::desk::moment;
use super::super::erase::approve;
use super::super::make::{clerk, key, morning, office};
use super::super::together::{ROOT, import, numbered, register};
use super::{Expect, Operation, Start, copies, no_more, open, open_unsettled};

const PLAIN: Operation = Operation {
    name: "",
    prepare: two_claims,
    run: |_| Ok(()),
    before: &["A-1", "A-2"],
    brings: &[],
    refused: Expect::Nothing,
    start: Start::Open,
    more: no_more,
};

/// Every operation.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        name: "init",
        prepare: |_| {},
        run: make,
        before: &[],
        start: Start::Make,
        refused: Expect::Either,
        ..PLAIN
    },
    Operation { name: "a claim", run: |disk| claim(disk, "B-1", morning()), brings: &["B-1"], ..PLAIN },
    Operation { name: "a new year", run: |disk| claim(disk, "B-1", new_year()), brings: &["B-1"], ..PLAIN },
    Operation { name: "settings", run: settings, more: settings_hold, ..PLAIN },
    Operation { name: "closing a month", run: closed, more: closed_holds, ..PLAIN },
    Operation { name: "attaching a file", run: attached, more: attached_holds, ..PLAIN },
    Operation {
        name: "the first import",
        prepare: nothing,
        run: imported,
        before: &[],
        brings: &["I-1", "I-2"],
        ..PLAIN
    },
    Operation { name: "an import", run: imported, brings: &["I-1", "I-2"], ..PLAIN },
    Operation { name: "the first compaction", run: compacted, ..PLAIN },
    Operation {
        name: "a compaction",
        prepare: a_base,
        run: compacted,
        before: &["A-1", "A-2", "I-1", "I-2"],
        ..PLAIN
    },
    Operation { name: "a draft", run: draft, more: draft_holds, refused: Expect::Either, ..PLAIN },
    Operation {
        name: "healing a torn tail",
        prepare: torn,
        run: |disk| claim(disk, "B-1", morning()),
        brings: &["B-1"],
        ..PLAIN
    },
    Operation {
        name: "publishing what a dead writer left",
        prepare: unpublished,
        run: |disk| claim(disk, "B-1", morning()),
        brings: &["B-1"],
        ..PLAIN
    },
    Operation {
        name: "sealing a year",
        prepare: two_years,
        run: sealed,
        more: sealing_goes_on,
        before: &["A-1", "A-2", "B-1"],
        ..PLAIN
    },
    Operation {
        name: "a further backup",
        prepare: copies::an_older_backup,
        run: copies::backed_up,
        before: &["A-1", "A-2", "A-3", "I-1", "I-2"],
        more: copies::a_backup_holds,
        ..PLAIN
    },
    Operation {
        name: "restoring a backup",
        prepare: copies::only_a_backup,
        run: copies::restored,
        before: &["A-1", "A-2", "A-3", "I-1", "I-2"],
        start: Start::WholeOrNone,
        refused: Expect::Either,
        ..PLAIN
    },
    Operation {
        name: "erasing a year",
        prepare: to_be_erased,
        run: erased,
        before: &["A-1", "A-2", "I-1", "I-2"],
        more: erasing_goes_on,
        ..PLAIN
    },
    Operation {
        name: "fsck --repair",
        prepare: broken,
        run: repaired,
        before: &["A-1", "A-2", "I-1", "I-2"],
        start: Start::Repair,
        ..PLAIN
    },
];

/// Claims in parts, in a batch and in the overlay, of each one whose time is over, by the decision of two people.
fn to_be_erased(disk: &Arc<dyn Disk>) {
    a_base(disk);
    attached(disk).expect("attached");
    let store = open(disk).expect("a store");
    let ids = OF_THE_YEAR.iter().map(|number| id_of(&store, number));
    approve(&store, &ids.collect::<Vec<_>>(), &[]);
}

const OF_THE_YEAR: [&str; 3] = ["A-1", "A-2", "I-1"];

fn id_of(store: &Store, number: &str) -> u64 {
    store.view().claim_by_no(number).expect("readable").expect("there").get()
}

fn erased(disk: &Arc<dyn Disk>) -> Result<(), StoreError> {
    open_unsettled(disk)?.carry_on_erasure(&clerk(), new_year()).map(drop)
}

/// What was interrupted is carried on, and then nothing is left of it.
fn erasing_goes_on(_: &Arc<dyn Disk>, store: &Store, _: Expect) -> Result<(), String> {
    let done = store.carry_on_erasure(&clerk(), new_year()).map_err(|error| format!("erasing: {error}"))?;
    let is_finished = store.view().erasures().last().is_some_and(|deed| deed.is_finished());
    if done == Erased::Busy || !is_finished {
        return Err(format!("not erased: {done:?}"));
    }
    let mut wrong = Vec::new();
    let mut each = |claim: &santun::domain::Claim| {
        let number = claim.basics.claim_no.as_str();
        if claim.is_erased() != OF_THE_YEAR.contains(&number) {
            wrong.push(number.to_owned());
        }
    };
    store.view().for_each_claim(&mut each).map_err(|error| error.to_string())?;
    if wrong.is_empty() { Ok(()) } else { Err(format!("erased or not: {wrong:?}")) }
}

/// A claim of each of two years, so that a segment of the journal is finished.
fn two_years(disk: &Arc<dyn Disk>) {
    two_claims(disk);
    claim(disk, "B-1", new_year()).expect("registered");
}

/// Packs the finished segment, as a part of making a new base.
fn sealed(disk: &Arc<dyn Disk>) -> Result<(), StoreError> {
    open(disk)?.compact(&clerk(), new_year()).map(drop)
}

/// Both forms of a segment may be left by a crash; the next base finishes what was begun.
fn sealing_goes_on(_: &Arc<dyn Disk>, store: &Store, _: Expect) -> Result<(), String> {
    store.compact(&clerk(), new_year()).map(drop).map_err(|error| format!("sealing goes on: {error}"))
}

fn nothing(disk: &Arc<dyn Disk>) {
    drop(
        Store::create_on(Arc::clone(disk), Path::new(ROOT), &office(), &clerk(), &morning())
            .expect("a store"),
    );
}

fn make(disk: &Arc<dyn Disk>) -> Result<(), StoreError> {
    Store::create_on(Arc::clone(disk), Path::new(ROOT), &office(), &clerk(), &morning()).map(drop)
}

fn two_claims(disk: &Arc<dyn Disk>) {
    nothing(disk);
    let store = open(disk).expect("a store");
    ["A-1", "A-2"].iter().for_each(|number| drop(register(&store, number).expect("registered")));
}

/// Two claims in parts, two in a batch, and then one of the parts is touched.
pub(super) fn a_base(disk: &Arc<dyn Disk>) {
    nothing(disk);
    let store = open(disk).expect("a store");
    register(&store, "A-1").expect("registered");
    store.compact(&clerk(), morning()).expect("compacted");
    import(&store, "i", &["I-1", "I-2"]).expect("imported");
    register(&store, "A-2").expect("registered");
}

fn new_year() -> Moment {
    Moment::parse("2027-01-02T09:00:00.000+07:00").expect("a moment")
}

pub(super) fn claim(disk: &Arc<dyn Disk>, number: &str, at: Moment) -> Result<(), StoreError> {
    let store = open(disk)?;
    let done = store.commit(&key(number), &clerk(), at, |view| Ok(numbered(view.next_claim_id(), number)));
    done.map(drop).map_err(of_commit)
}

fn of_commit(error: CommitError<santun::domain::Refusal>) -> StoreError {
    match error {
        CommitError::Store(error) => error,
        CommitError::Refused(refusal) => panic!("{refusal}"),
    }
}

fn settings(disk: &Arc<dyn Disk>) -> Result<(), StoreError> {
    let store = open(disk)?;
    let office = santun::domain::Office { name: "Cabang Baru".to_owned(), ..store.view().office().clone() };
    let event = Event::Office(OfficeEvent::Configured(Box::new(office)));
    store.commit(&key("settings"), &clerk(), morning(), |_| Ok(vec![event])).map(drop).map_err(of_commit)
}

fn settings_hold(_: &Arc<dyn Disk>, store: &Store, expect: Expect) -> Result<(), String> {
    let is_new = store.view().office().name == "Cabang Baru";
    match expect {
        Expect::All if !is_new => Err("the settings are lost".to_owned()),
        Expect::Nothing if is_new => Err("the settings were refused, and are there".to_owned()),
        _ => Ok(()),
    }
}

/// A month long before any claim, so that those that come later go in elsewhere.
fn closed(disk: &Arc<dyn Disk>) -> Result<(), StoreError> {
    let store = open(disk)?;
    let month = Period::new(2020, 1).expect("a month");
    let (books, head) = (books_of(&store.view(), month)?, store.view().head());
    let after = BookMark { seq: head.seq, hash: head.hash.to_string() };
    let step = MonthStep::Closed { note: String::new(), books: Box::new(books), after };
    let who = PersonId { uid: 1, loginuid: None };
    let deed = MonthDeed { month, date: month.last_day(), by: "rina".to_owned(), who, step };
    let event = Event::Office(OfficeEvent::Month(Box::new(deed)));
    store.commit(&key("close"), &clerk(), morning(), |_| Ok(vec![event])).map_err(of_commit)?;
    // A seal that cannot be written does not take the closing back: whoever opens the store next makes it.
    let _ = store.keep_seals();
    Ok(())
}

fn closed_holds(_: &Arc<dyn Disk>, store: &Store, expect: Expect) -> Result<(), String> {
    let n_closed = store.view().month_deeds().len();
    let is_right = match expect {
        Expect::All => n_closed == 1,
        Expect::Nothing => n_closed == 0,
        Expect::Either => n_closed <= 1,
    };
    let seals = store.seal_states().map_err(|error| format!("seals: {error}"))?;
    let are_whole = seals.len() == n_closed && seals.iter().all(|(_, state)| *state == SealState::Whole);
    if is_right && are_whole {
        Ok(())
    } else {
        Err(format!("{expect:?} of a closing: {n_closed}, {seals:?}"))
    }
}

fn attached(disk: &Arc<dyn Disk>) -> Result<(), StoreError> {
    let store = open(disk)?;
    let (sha256, _) = store.keep_file(SCAN)?;
    let id = store.view().claim_by_no("A-1")?.expect("it is there");
    let (kind, date) = (DocumentKind::Kk1, jiff::civil::date(2026, 10, 5));
    let bytes = SCAN.len() as u64;
    let file = AttachedFile { kind, name: "x.pdf".to_owned(), sha256, bytes, date, by: "rina".to_owned() };
    let event = Event::Claim(id, ClaimEvent::FileAttached(file));
    store.commit(&key("attach"), &clerk(), morning(), |_| Ok(vec![event])).map(drop).map_err(of_commit)
}

/// More than a sector, so that a part of it can be lost.
const SCAN: &[u8] = &[0x5a; 1_300];

fn attached_holds(_: &Arc<dyn Disk>, store: &Store, expect: Expect) -> Result<(), String> {
    let view = store.view();
    let told = |error: StoreError| format!("files: {error}");
    let id = view.claim_by_no("A-1").map_err(told)?.ok_or("A-1 is lost")?;
    let files = view.claim(id).map_err(told)?.map_or_else(Vec::new, |claim| claim.files.clone());
    let is_right = match expect {
        Expect::All => files.len() == 1,
        Expect::Nothing => files.is_empty(),
        Expect::Either => files.len() <= 1,
    };
    let are_whole = files.iter().all(|file| store.attached(file) == Found::Whole(SCAN.to_vec()));
    if is_right && are_whole { Ok(()) } else { Err(format!("{expect:?} of a file: {files:?}")) }
}

fn imported(disk: &Arc<dyn Disk>) -> Result<(), StoreError> {
    import(&open(disk)?, "i", &["I-1", "I-2"]).map(drop).map_err(|error| match error {
        ImportError::Stopped(error) | ImportError::Store(error) => error,
        ImportError::Taken(number) => panic!("{number} is taken"),
        ImportError::Months(month) => panic!("the first open month became {month}"),
    })
}

fn compacted(disk: &Arc<dyn Disk>) -> Result<(), StoreError> {
    open(disk)?.compact(&clerk(), moment(8_000)).map(drop)
}

fn draft(disk: &Arc<dyn Disk>) -> Result<(), StoreError> {
    let store = open(disk)?;
    store.save_draft(7, "form", "half")?;
    store.save_draft(7, "form", "half a form")
}

fn draft_holds(_: &Arc<dyn Disk>, store: &Store, expect: Expect) -> Result<(), String> {
    let drafts = store.load_drafts(7).map_err(|error| format!("drafts: {error}"))?;
    let texts: Vec<&str> = drafts.iter().map(|draft| draft.text.as_str()).collect();
    let is_right = match expect {
        Expect::All => texts == ["half a form"],
        _ => texts.is_empty() || texts == ["half"] || texts == ["half a form"],
    };
    if is_right { Ok(()) } else { Err(format!("drafts: {texts:?}")) }
}

fn segment(disk: &Arc<dyn Disk>) -> PathBuf {
    let dir = Path::new(ROOT).join("journal/2026");
    let last = disk.list(&dir).expect("a journal").pop().expect("a segment");
    dir.join(last.name)
}

fn torn(disk: &Arc<dyn Disk>) {
    two_claims(disk);
    let path = segment(disk);
    let whole = read_whole(&**disk, &path).expect("read");
    let file = disk.open(&path, Access::Append).expect("opened");
    // The beginning of a line as our version writes it.
    let opening = whole.split(|byte| *byte == b'\n').next_back().map_or(0, <[u8]>::len);
    assert_eq!(opening, 0, "it ends with a line feed");
    append_all(&*file, &whole[..6]).expect("appended");
}

fn unpublished(disk: &Arc<dyn Disk>) {
    nothing(disk);
    register(&open(disk).expect("a store"), "A-1").expect("registered");
    let mark = Path::new(ROOT).join("lock/committed");
    let before = read_whole(&**disk, &mark).expect("read");
    register(&open(disk).expect("a store"), "A-2").expect("registered");
    replace_file(&**disk, &mark, &before, Sharing::Group).expect("put back");
}

/// POISON stands, the MANIFEST is not whole, and a part is wrong.
fn broken(disk: &Arc<dyn Disk>) {
    a_base(disk);
    open(disk).expect("a store").compact(&clerk(), moment(1)).expect("compacted");
    let dir = Path::new(ROOT).join("parts/claims");
    let parts = disk.list(&dir).expect("parts");
    let damage = |path: PathBuf| {
        let mut bytes = read_whole(&**disk, &path).expect("read");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        replace_file(&**disk, &path, &bytes, Sharing::Group).expect("damaged");
    };
    parts.iter().filter(|item| item.name.ends_with(".parquet")).for_each(|item| damage(dir.join(&item.name)));
    damage(Path::new(ROOT).join("MANIFEST"));
    replace_file(&**disk, &Path::new(ROOT).join("lock/POISON"), b"a test\n", Sharing::Group)
        .expect("poisoned");
}

fn repaired(disk: &Arc<dyn Disk>) -> Result<(), StoreError> {
    let forward = &mut |_, _| std::ops::ControlFlow::Continue(());
    let repaired = santun::store::fsck::repair_on(disk, Path::new(ROOT), &clerk(), morning(), forward)?;
    match repaired {
        santun::store::Repaired::Yes => Ok(()),
        // What could not be read is told as a problem and not as an error: then nothing was repaired.
        santun::store::Repaired::No => Err(StoreError::Poisoned("it is left as it is".to_owned())),
    }
}
