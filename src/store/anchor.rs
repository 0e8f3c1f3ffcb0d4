//! Anchors: lines `number hash` that were written down outside the store. A hash chain alone does not stop someone who
//! can rewrite all files; a line that left the machine in time does, since the record it names must still have its hash.

use super::disk::Disk;
use super::error::StoreError;
use super::format::Layout;
use super::journal::{Cursor, Stop, Until, walk};
use super::record::{Hash, Head, Transaction};

/// The line of a head, as it is written down: `815 4b84cf40…`.
pub fn line_of(head: Head) -> String {
    format!("{} {}", head.seq, head.hash)
}

/// Reads the lines of an anchor file. Empty lines and lines that begin with `#` say nothing; for any other line that is
/// no anchor its number is given.
pub fn parse(text: &str) -> Result<Vec<Head>, usize> {
    let mut anchors = Vec::new();
    for (place, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        anchors.push(anchor_in(line).ok_or(place + 1)?);
    }
    anchors.sort_unstable_by_key(|anchor| anchor.seq);
    Ok(anchors)
}

fn anchor_in(line: &str) -> Option<Head> {
    let (seq, hash) = line.split_once(char::is_whitespace)?;
    let seq: u64 = seq.parse().ok().filter(|seq| *seq > 0)?;
    Some(Head { seq, hash: Hash::from_hex(hash.trim().as_bytes())? })
}

/// What became of an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchored {
    /// The record has another hash than was written down: history was rewritten, or the line is another store's.
    Differs,
    /// The journal ends before the record.
    Beyond,
}

/// Looks at every anchor; gives those that do not hold. The whole journal is read. Where it is damaged only what stands
/// before the damage is judged; the damage itself is found by others.
pub(crate) fn check(
    disk: &dyn Disk,
    layout: &Layout,
    store_id: &str,
    anchors: &[Head],
) -> Result<Vec<(Head, Anchored)>, StoreError> {
    let mut wrong = Vec::new();
    let mut next = anchors.iter().peekable();
    let mut cursor = Cursor::beginning(store_id);
    let mut take = |transaction: Transaction, _| {
        for record in &transaction.records {
            while let Some(anchor) = next.next_if(|anchor| anchor.seq <= record.seq) {
                if anchor.hash != record.hash {
                    wrong.push((*anchor, Anchored::Differs));
                }
            }
        }
    };
    let stop = walk(disk, layout, store_id, &mut cursor, Until::End, &mut take)?;
    if matches!(stop, Stop::Reached | Stop::Tail(_)) {
        wrong.extend(next.map(|anchor| (*anchor, Anchored::Beyond)));
    }
    Ok(wrong)
}
