//! The store over 10 k, 100 k and 1 M made-up claims: the batch, opening, paging, sorting, filtering, look-ups, a commit, a
//! long tail. Says the median of a few runs and the most memory held.
//!
//! `cargo bench --bench store`, or `cargo bench --bench store -- 10000000` for one size. With `SANTUN_BENCH_STORE=DIR` the
//! store is made in that folder once, kept, and used again by later runs; `-- only fill 10000000` makes it and no more.

use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use santun::domain::claim::OutcomeEntry;
use santun::domain::code::Outcome;
use santun::domain::query::{self, Expr, Field};
use santun::domain::{ClaimEvent, ClaimId, Event, Period};
use santun::store::{Direction, Sort, Store, View};

mod branch;

use branch::{TODAY, apart, clerk, key, milliseconds, now, peak_megabytes, status};

/// The program's own allocator, so that the figures are the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    if let Some(dir) = branch::argument("open") {
        return one_open(Path::new(&dir));
    }
    if let Some(dir) = branch::argument("sort") {
        return one_sort(Path::new(&dir));
    }
    for n_claims in branch::sizes(&[10_000, 100_000, 1_000_000]) {
        println!("{n_claims} claims");
        let (dir, _guard) = branch::store(n_claims);
        if branch::argument("only").is_some_and(|what| what == "fill") {
            continue;
        }
        look(&dir, n_claims);
    }
}

/// Opens a store in this process alone.
fn one_open(dir: &Path) {
    let start = Instant::now();
    let store = Store::open(dir).expect("a store");
    let opened = milliseconds(start.elapsed());
    let n_records = store.view().overlay_size();
    println!("{opened:.0} ms, {n_records} records behind the base, {} MB of its own", own_megabytes());
}

/// Sorts all in this process alone, and pages.
fn one_sort(dir: &Path) {
    let view = Store::open(dir).expect("a store").view();
    let start = Instant::now();
    let rows = select(&view, "", Sort { column: Field::Worker, direction: Direction::Ascending });
    let sorted = milliseconds(start.elapsed());
    let kept = own_megabytes();
    drop(rows.window(0..50).expect("rows"));
    println!("{sorted:.0} ms, {} MB at most, {kept} MB of its own afterwards", peak_megabytes());
}

fn look(dir: &Path, n_claims: u64) {
    let path = dir.to_string_lossy();
    say("open", 9, || drop(Store::open(dir).expect("a store")));
    apart("open, in a process of its own", &["open", &path]);
    apart("sort by name and a page, in a process of its own", &["sort", &path]);
    say("open, outcome = BEROBAT, five rows", 5, || {
        let view = Store::open(dir).expect("a store").view();
        assert!(select(&view, "outcome = BEROBAT", Sort::default()).window(0..5).expect("rows").len() == 5);
    });
    let store = Store::open(dir).expect("a store");
    println!("  open: {} MB of its own", own_megabytes());
    reads(&store.view());
    println!("  after reading: {} MB of its own", own_megabytes());
    raw(dir);
    say("first commit on a fresh handle", 5, || {
        let store = Store::open(dir).expect("a store");
        commit(&store, n_claims);
    });
    say("commit", 9, || commit(&store, n_claims));
    drop(store);
    tail(dir, n_claims);
    println!("  {} MB at most", peak_megabytes());
}

fn reads(view: &View) {
    let by = |column, direction| Sort { column, direction };
    say("all by nearest due date", 5, || drop(select(view, "", Sort::default())));
    say("all by name, downwards", 3, || drop(select(view, "", by(Field::Worker, Direction::Descending))));
    say("all by amount", 5, || drop(select(view, "", by(Field::Determined, Direction::Ascending))));
    say("words in names, numbers and codes", 5, || drop(select(view, "aminah", Sort::default())));
    say("berobat dan menunggu > 5jt", 5, || {
        drop(select(view, "kondisi = berobat dan menunggu > 5jt", Sort::default()));
    });
    say("totals of all", 5, || {
        black_box(view.totals(&Expr::All, TODAY, &AtomicBool::new(false)).expect("totals"));
    });
    let rows = select(view, "", by(Field::Worker, Direction::Ascending));
    let mut page = 0;
    say("a scattered page of 50", 9, || {
        page += rows.len() / 11;
        assert!(!rows.window(page..page + 50).expect("rows").is_empty());
    });
    let neighbours = select(view, "", by(Field::Registered, Direction::Ascending));
    say("a page of neighbours", 9, || drop(neighbours.window(0..50).expect("rows")));
    say("a claim by number", 9, || {
        let id = view.claim_by_no("J-0000077").expect("a look-up").expect("a claim");
        drop(view.claim(id).expect("a claim"));
    });
    let row = view.claim_by_no("J-0000077").expect("a look-up").expect("a claim");
    let identity = view.claim_row(row).expect("a row").expect("a claim").identity;
    say("the claims of a person", 5, || {
        assert!(!view.claims_by_identity(&identity).expect("a look-up").is_empty());
    });
    let month = Period::of(TODAY);
    say("every posting up to the month", 1, || {
        let mut sum = 0;
        view.for_each_posting(month, &mut |posting| sum += posting.amount.get()).expect("postings");
        assert!(sum > 0);
    });
}

/// Opens behind twenty thousand records that the base does not cover, on claims all over the store: first one after the other
/// as a commit would, then with the overlay that was kept, then folding them anew.
fn tail(dir: &Path, n_claims: u64) {
    const RECORDS: u64 = 20_000;
    const AT_ONCE: u64 = 100;
    let store = Store::open(dir).expect("a store");
    let mut number = 0;
    while store.view().overlay_size() < RECORDS {
        let ids: Vec<ClaimId> = (0..AT_ONCE)
            .map(|place| {
                ClaimId::new(1 + (number * AT_ONCE + place).wrapping_mul(0x9E37_79B9_7F4A_7C15) % n_claims)
            })
            .filter(|id| store.view().claim(*id).expect("a look-up").is_some())
            .collect();
        number += 1;
        let entry = || OutcomeEntry { outcome: Outcome::Sembuh, date: TODAY, posted: Period::of(TODAY) };
        let events = ids.into_iter().map(|id| Event::Claim(id, ClaimEvent::OutcomeSet(entry()))).collect();
        let name = key(&format!("t{}", store.view().head().seq));
        store.commit(&name, &clerk(), now(), |_| Ok(events)).expect("a commit");
    }
    let n_records = store.view().overlay_size();
    drop(store);
    drop(Store::open(dir).expect("a store"));
    say(&format!("open behind {n_records} records, kept"), 5, || drop(Store::open(dir).expect("a store")));
    apart("the same in a process of its own", &["open", &dir.to_string_lossy()]);
    let kept = dir.join("parts/overlay/latest.overlay");
    std::fs::remove_file(&kept).expect("it was kept");
    say(&format!("open behind {n_records} records, folded anew"), 1, || {
        drop(Store::open_read_only(dir).expect("a store"));
    });
}

/// The same disk without the store: what a read of all narrow rows, a page, and a durable kilobyte cost by themselves.
fn raw(dir: &Path) {
    let listed = std::fs::read_dir(dir.join("batches/claims")).expect("the batch's folder");
    let files: Vec<_> = listed.map(|item| item.expect("a file").path()).collect();
    say("raw: the bytes of all narrow rows", 3, || {
        files.iter().for_each(|file| drop(black_box(std::fs::read(file).expect("a file"))));
    });
    say("raw: the bytes of fifty files, or of all", 3, || {
        files.iter().take(50).for_each(|file| drop(black_box(std::fs::read(file).expect("a file"))));
    });
    let path = dir.join("raw.tmp");
    let mut file = std::fs::File::create(&path).expect("a file");
    say("raw: a kilobyte and fdatasync", 9, || {
        std::io::Write::write_all(&mut file, &[7; 1_024]).expect("room");
        file.sync_data().expect("a disk");
    });
    std::fs::remove_file(&path).expect("it was just made");
}

fn select(view: &View, text: &str, sort: Sort) -> santun::store::Rows {
    let expr = query::parse(text, TODAY).expect("a filter");
    view.select(&expr, sort, TODAY, &AtomicBool::new(false), &|_, _| {}).expect("rows")
}

fn commit(store: &Store, n_claims: u64) {
    store.refresh().expect("a store");
    let id = ClaimId::new(1 + store.view().head().seq % n_claims);
    let entry = OutcomeEntry { outcome: Outcome::Sembuh, date: TODAY, posted: Period::of(TODAY) };
    let name = key(&format!("c{}", store.view().head().seq));
    let event = Event::Claim(id, ClaimEvent::OutcomeSet(entry));
    store.commit(&name, &clerk(), now(), |_| Ok(vec![event])).expect("a commit");
}

/// Runs it a few times and says the median.
fn say(what: &str, runs: usize, mut run: impl FnMut()) {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("  {what}: {:.1} ms", milliseconds(times[runs / 2]));
}

/// The memory of its own that it holds now, without files in the page cache; 0 where the kernel does not say.
fn own_megabytes() -> u64 {
    status("RssAnon:") / 1024
}
