//! The month's report over a made-up branch in which ninety-seven of a hundred claims are paid and closed: from the first
//! posting on, from kept sums, with steps that came since, and after a compaction. Says each time, and the most memory
//! held in a process of its own.
//!
//! `cargo bench --bench books`, or `cargo bench --bench books -- 10000000` for one size; `-- report DIR` prints one report.

use std::path::Path;
use std::time::Instant;

use santun::desk::{Clock, Desk};
use santun::domain::claim::OutcomeEntry;
use santun::domain::code::Outcome;
use santun::domain::{ClaimEvent, ClaimId, Event, Period};
use santun::store::Store;

mod branch;

use branch::{TODAY, apart, clerk, key, milliseconds, now, peak_megabytes};

/// The program's own allocator, so that the figures are the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    if let Some(dir) = branch::argument("report") {
        return one_report(Path::new(&dir));
    }
    branch::sizes(&[100_000, 1_000_000]).into_iter().for_each(measure);
}

fn measure(n_claims: u64) {
    let (dir, _guard) = branch::store(n_claims);
    say("from the first posting on, and kept", &dir);
    say("from kept sums", &dir);
    for n_news in [100, 1_000, 5_000] {
        touch(&dir, n_claims, n_news);
        say(&format!("with steps on {n_news} more old claims since"), &dir);
    }
    let start = Instant::now();
    desk(&dir).compact().expect("compacted");
    println!("  compaction that carries them on: {:.0} ms", milliseconds(start.elapsed()));
    say("after it", &dir);
}

/// Steps on claims of the base: each an outcome in the open month.
fn touch(dir: &Path, n_claims: u64, n_news: u64) {
    let store = Store::open(dir).expect("a store");
    let entry = OutcomeEntry { outcome: Outcome::Sembuh, date: TODAY, posted: Period::of(TODAY) };
    let pick = |n: u64| ClaimId::new(1 + (n_claims - 1 - (n * 7_919) % (n_claims / 4)));
    let events: Vec<Event> =
        (0..n_news).map(|n| Event::Claim(pick(n), ClaimEvent::OutcomeSet(entry))).collect();
    // A store that is kept is measured again: the same key would be answered without a step.
    let name = key(&format!("news-{n_news}-{}", store.view().head().seq));
    store.commit(&name, &clerk(), now(), |_| Ok(events)).expect("committed");
}

fn desk(dir: &Path) -> Desk {
    Desk::open(dir, Clock::Frozen(TODAY.at(9, 0, 0, 0))).expect("a desk")
}

/// A report in a process of its own, so that memory is its own.
fn say(what: &str, dir: &Path) {
    apart(what, &["report", &dir.to_string_lossy()]);
}

fn one_report(dir: &Path) {
    let start = Instant::now();
    let desk = desk(dir);
    let opened = start.elapsed();
    let report = desk.monthly(Period::of(TODAY)).expect("a report");
    let all = start.elapsed();
    let again = Instant::now();
    desk.monthly(Period::of(TODAY)).expect("a report");
    println!(
        "open {:.0} ms, report {:.0} ms, again {:.0} ms, {} MB at most, {} records wait",
        milliseconds(opened),
        milliseconds(all - opened),
        milliseconds(again.elapsed()),
        peak_megabytes(),
        report.tie_out.waiting.len()
    );
}
