//! What is missing between the lines that can be read, and which transactions are whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::store::record::Loose;

use super::lines::{Readable, Stretch};
use super::{Gap, LeftOut, LeftOutWhy};

/// Everything that was there and cannot be read. `acknowledged` is the last record that somebody was told of, as far as
/// that is known: what is torn behind it was never told to anybody.
pub(super) fn gaps(found: &Readable, acknowledged: Option<u64>) -> Vec<Gap> {
    let last = found.records.keys().next_back().copied().unwrap_or(0);
    let end = acknowledged.unwrap_or(last).max(last);
    let mut missing = missing(found, end);
    let mut gaps = Vec::new();
    for stretch in &found.stretches {
        let (from, to) = (stretch.before + 1, last_of(stretch, end));
        let records = missing.iter().position(|(a, b)| *a <= to && from <= *b && from <= to);
        let unknown_end = acknowledged.is_none() && stretch.behind.is_none() && stretch.next_file.is_none();
        let records = match records {
            Some(place) => Some(missing.remove(place)),
            None if unknown_end => None,
            // Another copy has its records, or nobody was told of them.
            None => continue,
        };
        let claims: BTreeSet<String> = stretch.claims.iter().cloned().collect();
        gaps.push(Gap {
            file: stretch.file.clone(),
            bytes: Some(stretch.bytes),
            records,
            claims: claims.into_iter().collect(),
        });
    }
    gaps.extend(missing.into_iter().map(|records| Gap {
        file: String::new(),
        bytes: None,
        records: Some(records),
        claims: Vec::new(),
    }));
    gaps.sort_by_key(|gap| gap.records.unwrap_or((u64::MAX, u64::MAX)));
    gaps
}

fn last_of(stretch: &Stretch, end: u64) -> u64 {
    stretch.behind.or(stretch.next_file).map_or(end, |next| next.saturating_sub(1))
}

/// Numbers that no line has.
fn missing(found: &Readable, end: u64) -> Vec<(u64, u64)> {
    let mut missing = Vec::new();
    let mut next = 1;
    for seq in found.records.keys() {
        if *seq > next {
            missing.push((next, seq - 1));
        }
        next = seq + 1;
    }
    if end >= next {
        missing.push((next, end));
    }
    missing
}

/// Transactions all of whose records are there, in order, and those of which some are not.
pub(super) fn transactions(found: &Readable) -> (Vec<Vec<Loose>>, Vec<LeftOut>) {
    let unchained: BTreeSet<u64> = found.unchained.iter().copied().collect();
    let mut by_tx: BTreeMap<u64, Vec<Loose>> = BTreeMap::new();
    for record in found.records.values() {
        by_tx.entry(record.tx).or_default().push(record.clone());
    }
    let (mut whole, mut left_out) = (Vec::new(), Vec::new());
    for (tx, records) in by_tx {
        let first = &records[0];
        let fits = records.len() as u64 == first.n
            && records.iter().zip(1..).all(|(record, i)| {
                (record.i, record.n) == (i, first.n)
                    && record.seq == tx + i - 1
                    && (&record.key, record.at, &record.by) == (&first.key, first.at, &first.by)
            });
        if !fits {
            left_out.push(left(&records, LeftOutWhy::Incomplete));
        } else if records.iter().any(|record| unchained.contains(&record.seq)) {
            left_out.push(left(&records, LeftOutWhy::Altered));
        } else {
            whole.push(records);
        }
    }
    (whole, left_out)
}

/// A transaction that is left out.
pub(super) fn left(records: &[Loose], why: LeftOutWhy) -> LeftOut {
    let ops = records.iter().map(|record| record.op.clone()).collect();
    let claims: BTreeSet<String> = records.iter().map(|record| record.reference.clone()).collect();
    let ends =
        (records.first().map_or(0, |record| record.seq), records.last().map_or(0, |record| record.seq));
    LeftOut { records: ends, ops, claims: claims.into_iter().collect(), why }
}
