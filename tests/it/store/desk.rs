//! A desk for the tests of the lower half: frozen people, moments and secrets, and short ways to commit.

#![allow(dead_code, reason = "each test module takes what it needs")]

use std::path::Path;
use std::sync::Arc;

use santun::store::disk::Disk;
use santun::store::error::CommitError;
use santun::store::ledger::{Committed, Ledger, Mode, create};
use santun::store::record::{Actor, Entry, IdempotencyKey, Moment, Stamp, Transaction};

/// The id of every test store.
pub const STORE_ID: &str = "0192f000-test-store";

/// Siti at the first counter.
pub fn siti() -> Actor {
    Actor { user: "siti".into(), uid: 1001, loginuid: 1001, tty: "pts/3".into() }
}

/// 30 October 2026, nine o'clock and `n` seconds, in Jakarta.
pub fn moment(n: u64) -> Moment {
    let start: jiff::Timestamp = "2026-10-30T09:00:00.250+07:00".parse().expect("a timestamp");
    let seconds = i64::try_from(n).expect("few seconds");
    Moment::new(start + jiff::SignedDuration::from_secs(seconds), jiff::tz::Offset::constant(7))
}

/// A key.
pub fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::new(text).expect("a key")
}

/// An event with some facts and some personal fields.
pub fn entry(n: u64) -> Entry {
    Entry {
        op: "claim.registered".into(),
        reference: format!("K26-{n}"),
        data: format!(r#"{{"n":{n},"asked":1250000}}"#),
        pii: format!(r#"{{"name":"Budi {n}"}}"#),
    }
}

/// A new store and a handle for writing it.
pub fn new_store(disk: &Arc<dyn Disk>, root: &Path) -> Ledger {
    create(&**disk, root, STORE_ID, moment(0)).expect("a new store");
    open(disk, root)
}

/// A handle for writing.
pub fn open(disk: &Arc<dyn Disk>, root: &Path) -> Ledger {
    Ledger::open(Arc::clone(disk), root, Mode::Write).expect("a store")
}

/// Commits `lines` records under a key; the first record is numbered by the head, so that the content shows the order.
pub fn commit(ledger: &mut Ledger, name: &str, lines: u64) -> Result<Committed, CommitError<()>> {
    commit_at(ledger, name, lines, moment(0))
}

/// The same at a moment.
pub fn commit_at(
    ledger: &mut Ledger,
    name: &str,
    lines: u64,
    at: Moment,
) -> Result<Committed, CommitError<()>> {
    let (by, key) = (siti(), key(name));
    let stamp = Stamp { key: &key, by: &by, at, secret: [7; 32] };
    ledger.commit(&stamp, |_| Ok((1..=lines).map(entry).collect()))
}

/// Takes a torn tail off, as opening for work does.
pub fn settle(
    ledger: &mut Ledger,
) -> Result<Option<santun::store::recover::Healed>, santun::store::error::StoreError> {
    let (by, key) = (siti(), key("settle"));
    ledger.settle(&Stamp { key: &key, by: &by, at: moment(0), secret: [7; 32] })
}

/// Everything in the store, read anew.
pub fn read_all(disk: &Arc<dyn Disk>, root: &Path) -> Vec<Transaction> {
    let mut ledger = Ledger::open(Arc::clone(disk), root, Mode::Read).expect("a store");
    ledger.catch_up().expect("a readable store")
}

/// The keys of transactions, in order.
pub fn keys(transactions: &[Transaction]) -> Vec<String> {
    transactions.iter().map(|t| t.key.as_str().to_owned()).collect()
}
