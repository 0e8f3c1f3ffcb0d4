//! Several handles on one store against a list: whatever they do in whatever order, everyone gets every transaction
//! once and in order.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use santun::store::disk::Disk;
use santun::store::error::CommitError;
use santun::store::ledger::{Committed, Ledger, Mode, Tuning};
use santun::store::record::{Stamp, Transaction};

use crate::support::MODEL_SEQUENCES;

use super::crash::{ROOT, verify_all};
use super::desk::{entry, key, keys, moment, new_store, open, siti};
use super::disks::MemDisk;

#[derive(Debug, Clone)]
enum Deed {
    Commit {
        handle: usize,
        key: usize,
        lines: u64,
    },
    Refuse {
        handle: usize,
    },
    CatchUp {
        handle: usize,
    },
    /// Anew, from the beginning.
    Reopen {
        handle: usize,
    },
    /// Anew, behind what the handle has read.
    Continue {
        handle: usize,
    },
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let handle = 0..3_usize;
    let deed = prop_oneof![
        5 => (handle.clone(), 0..12_usize, 1..4_u64).prop_map(|(handle, key, lines)| Deed::Commit { handle, key, lines }),
        1 => handle.clone().prop_map(|handle| Deed::Refuse { handle }),
        3 => handle.clone().prop_map(|handle| Deed::CatchUp { handle }),
        1 => handle.clone().prop_map(|handle| Deed::Reopen { handle }),
        1 => handle.prop_map(|handle| Deed::Continue { handle }),
    ];
    proptest::collection::vec(deed, 1..40)
}

/// A handle and how many transactions it was given.
struct Clerk {
    ledger: Ledger,
    n_given: usize,
}

impl Clerk {
    fn given(&mut self, news: &[Transaction], all: &[String]) {
        let expected = &all[self.n_given..self.n_given + news.len()];
        assert_eq!(keys(news), expected);
        self.n_given += news.len();
    }
}

fn play(deeds: &[Deed]) {
    let disk: Arc<dyn Disk> = Arc::new(MemDisk::new());
    let root = Path::new(ROOT);
    drop(new_store(&disk, root));
    let small = Tuning { segment_max_bytes: 1500, ..Tuning::default() };
    let fresh = || Clerk { ledger: open(&disk, root).with_tuning(small), n_given: 0 };
    let mut clerks = [fresh(), fresh(), fresh()];
    let mut all: Vec<String> = Vec::new();
    for deed in deeds {
        match deed {
            Deed::Commit { handle, key, lines } => commit(&mut clerks[*handle], &mut all, *key, *lines),
            Deed::Refuse { handle } => refuse(&mut clerks[*handle], &all),
            Deed::CatchUp { handle } => {
                let clerk = &mut clerks[*handle];
                let news = clerk.ledger.catch_up().expect("readable");
                clerk.given(&news, &all);
                assert_eq!(clerk.n_given, all.len());
            }
            Deed::Reopen { handle } => clerks[*handle] = fresh(),
            Deed::Continue { handle } => {
                let clerk = &mut clerks[*handle];
                let news = clerk.ledger.catch_up().expect("readable");
                clerk.given(&news, &all);
                let (cursor, known) = (clerk.ledger.cursor(), clerk.ledger.known_keys().collect::<Vec<_>>());
                let mut ledger = Ledger::open_at(Arc::clone(&disk), root, Mode::Write, cursor).expect("fits");
                ledger.remember(known);
                clerk.ledger = ledger.with_tuning(small);
            }
        }
    }
    assert_eq!(verify_all(&*disk).expect("readable").findings, []);
    assert_eq!(keys(&super::desk::read_all(&disk, root)), all);
}

fn commit(clerk: &mut Clerk, all: &mut Vec<String>, name: usize, lines: u64) {
    let name = format!("k{name}");
    let (by, key) = (siti(), key(&name));
    let stamp = Stamp { key: &key, by: &by, at: moment(0), secret: [7; 32] };
    let mut news = None;
    let done = clerk.ledger.commit(&stamp, |caught_up| {
        news = Some(caught_up.to_vec());
        Ok::<_, ()>((0..lines).map(entry).collect())
    });
    let is_known = all.contains(&name);
    match done.expect("committed") {
        Committed::Fresh(transaction) => {
            assert!(!is_known && transaction.records.len() as u64 == lines);
            let news = news.expect("the closure ran");
            clerk.given(&news, all);
            assert_eq!(clerk.n_given, all.len(), "a decision is made on everything that came before");
            all.push(name);
        }
        Committed::Repeated(transaction) => {
            assert!(is_known && news.is_none());
            assert_eq!(transaction.key.as_str(), name);
        }
    }
}

fn refuse(clerk: &mut Clerk, all: &[String]) {
    let (by, key) = (siti(), key("refused"));
    let stamp = Stamp { key: &key, by: &by, at: moment(0), secret: [7; 32] };
    let mut news = Vec::new();
    let refused = clerk.ledger.commit(&stamp, |caught_up| {
        news = caught_up.to_vec();
        Err("no")
    });
    assert!(matches!(refused, Err(CommitError::Refused("no"))));
    clerk.given(&news, all);
    assert_eq!(clerk.n_given, all.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: MODEL_SEQUENCES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everyone_gets_every_transaction_once_and_in_order(deeds in deeds()) {
        play(&deeds);
    }
}
