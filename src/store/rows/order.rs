//! Orders of ten million rows in little memory: the rows of each file are sorted by themselves, as soon as they are read, and
//! kept as plain numbers, or as texts one behind the other; then the files are merged. A row costs 20 bytes while a number
//! orders it, 28 and its text while a text does, and 4 afterwards.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::convert::Infallible as Never;
use std::sync::Mutex;

use crate::base::ordered::in_order;

use super::{Direction, SortKey};

/// So many runs are merged at once: ten million rows by month lie in fewer, and their heads fit into the near memory of a core.
/// More are merged in two steps, which takes more memory.
const FAN_IN: usize = 1024;

/// Rows of one file, sorted.
pub(super) struct Run {
    direction: Direction,
    keys: Keys,
    ids: Vec<u64>,
    places: Vec<u32>,
}

enum Keys {
    /// Each as a number that grows along the order; what is empty is the largest.
    Numbers(Vec<u64>),
    /// Texts one behind the other, and where each ends.
    Texts { bytes: String, ends: Vec<u32> },
}

/// Rows on their way into a run, as they lie in their file.
pub(super) struct Gathered {
    direction: Direction,
    numbers: Vec<u64>,
    bytes: String,
    ends: Vec<u32>,
    ids: Vec<u64>,
    places: Vec<u32>,
}

/// A number that grows along the order.
fn rank(number: Option<i64>, direction: Direction) -> u64 {
    let Some(number) = number else { return u64::MAX };
    let upwards = number.cast_unsigned() ^ (1 << 63);
    if direction == Direction::Descending { !upwards } else { upwards }
}

/// Letters of a text that are compared as one number. Names differ within these as a rule, and what differs in them need not be
/// looked up.
const RANKED: usize = size_of::<u128>();

/// The same of a text's beginning.
fn rank_of_text(text: &str, direction: Direction) -> u128 {
    if text.is_empty() {
        return u128::MAX;
    }
    let mut first = [0; RANKED];
    let len = text.len().min(RANKED);
    first[..len].copy_from_slice(&text.as_bytes()[..len]);
    let upwards = u128::from_be_bytes(first);
    if direction == Direction::Descending { !upwards } else { upwards }
}

fn compare_texts(a: &str, b: &str, direction: Direction) -> Ordering {
    let by_text = if direction == Direction::Descending { b.cmp(a) } else { a.cmp(b) };
    a.is_empty().cmp(&b.is_empty()).then(by_text)
}

fn text<'a>(bytes: &'a str, ends: &[u32], at: usize) -> &'a str {
    let place = |end: u32| usize::try_from(end).expect("a file's texts fit into memory");
    let start = if at == 0 { 0 } else { place(ends[at - 1]) };
    &bytes[start..place(ends[at])]
}

impl Gathered {
    pub(super) fn new(direction: Direction) -> Gathered {
        let (numbers, ends, ids, places) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Gathered { direction, numbers, bytes: String::new(), ends, ids, places }
    }

    pub(super) fn push(&mut self, key: SortKey, id: u64, place: u32) {
        match key {
            SortKey::Number(number) => self.numbers.push(rank(number, self.direction)),
            SortKey::Text(text) => {
                self.bytes.push_str(&text);
                self.ends.push(u32::try_from(self.bytes.len()).expect("a file's texts are few"));
            }
        }
        self.ids.push(id);
        self.places.push(place);
    }

    /// Sorts them.
    pub(super) fn run(self) -> Run {
        let Gathered { direction, numbers, bytes, ends, ids, places } = self;
        let mut sorted: Vec<u32> = (0..u32::try_from(ids.len()).expect("rows fit")).collect();
        let at = |row: &u32| usize::try_from(*row).expect("rows fit");
        let keys = if ends.is_empty() {
            sorted.sort_unstable_by_key(|row| (numbers[at(row)], ids[at(row)]));
            Keys::Numbers(sorted.iter().map(|row| numbers[at(row)]).collect())
        } else {
            let of = |row: &u32| text(&bytes, &ends, at(row));
            sorted.sort_unstable_by(|a, b| {
                compare_texts(of(a), of(b), direction).then(ids[at(a)].cmp(&ids[at(b)]))
            });
            let (mut moved, mut moved_ends) =
                (String::with_capacity(bytes.len()), Vec::with_capacity(ends.len()));
            for row in &sorted {
                moved.push_str(of(row));
                moved_ends.push(u32::try_from(moved.len()).expect("a file's texts are few"));
            }
            Keys::Texts { bytes: moved, ends: moved_ends }
        };
        Run {
            direction,
            keys,
            ids: sorted.iter().map(|row| ids[at(row)]).collect(),
            places: sorted.iter().map(|row| places[at(row)]).collect(),
        }
    }
}

impl Run {
    fn rank(&self, at: usize) -> u128 {
        match &self.keys {
            Keys::Numbers(numbers) => numbers[at].into(),
            Keys::Texts { bytes, ends } => rank_of_text(text(bytes, ends, at), self.direction),
        }
    }

    fn head(&self, at: usize) -> Option<Head<'_>> {
        let id = *self.ids.get(at)?;
        Some(Head { rank: self.rank(at), id, run: self, at })
    }
}

/// The first row of a run that is not taken yet.
struct Head<'a> {
    rank: u128,
    id: u64,
    run: &'a Run,
    at: usize,
}

impl Head<'_> {
    fn compare(&self, other: &Self) -> Ordering {
        let by_text = || match (&self.run.keys, &other.run.keys) {
            (Keys::Texts { bytes, ends }, Keys::Texts { bytes: bytes2, ends: ends2 }) => {
                let (a, b) = (text(bytes, ends, self.at), text(bytes2, ends2, other.at));
                compare_texts(a, b, self.run.direction)
            }
            _ => Ordering::Equal,
        };
        self.rank.cmp(&other.rank).then_with(by_text).then(self.id.cmp(&other.id))
    }
}

impl PartialEq for Head<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.compare(other) == Ordering::Equal
    }
}

impl Eq for Head<'_> {}

impl PartialOrd for Head<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Head<'_> {
    /// The heap gives the largest first, which is the first of the order.
    fn cmp(&self, other: &Self) -> Ordering {
        other.compare(self)
    }
}

/// Gives every row of these runs, by its run and its place there, in their order.
fn walk(runs: &[Run], mut take: impl FnMut(&Run, usize)) {
    let mut heads: BinaryHeap<Head<'_>> = runs.iter().filter_map(|run| run.head(0)).collect();
    while let Some(mut first) = heads.peek_mut() {
        take(first.run, first.at);
        match first.run.head(first.at + 1) {
            Some(next) => *first = next,
            None => {
                PeekMut::pop(first);
            }
        }
    }
}

/// One run of several.
fn joined(runs: &[Run]) -> Run {
    let n_rows = runs.iter().map(|run| run.ids.len()).sum();
    let is_text = runs.iter().any(|run| matches!(run.keys, Keys::Texts { .. }));
    let (n_numbers, n_bytes, n_ends) = runs.iter().fold((0, 0, 0), |sum, run| match &run.keys {
        Keys::Numbers(numbers) => (sum.0 + numbers.len(), sum.1, sum.2),
        Keys::Texts { bytes, ends } => (sum.0, sum.1 + bytes.len(), sum.2 + ends.len()),
    });
    // Room for all at once: what grows by doubling takes up to twice the memory.
    let (mut numbers, mut ends) = (Vec::with_capacity(n_numbers), Vec::with_capacity(n_ends));
    let mut bytes = String::with_capacity(n_bytes);
    let (mut ids, mut places) = (Vec::with_capacity(n_rows), Vec::with_capacity(n_rows));
    walk(runs, |run, at| {
        match &run.keys {
            Keys::Numbers(of_run) => numbers.push(of_run[at]),
            Keys::Texts { bytes: of_run, ends: ends_of_run } => {
                bytes.push_str(text(of_run, ends_of_run, at));
                ends.push(u32::try_from(bytes.len()).expect("a few files' texts are few"));
            }
        }
        ids.push(run.ids[at]);
        places.push(run.places[at]);
    });
    let direction = runs.first().map_or(Direction::default(), |run| run.direction);
    let keys = if is_text { Keys::Texts { bytes, ends } } else { Keys::Numbers(numbers) };
    Run { direction, keys, ids, places }
}

/// The places of all rows in their order. Of many files some are merged at a time first, on all cores: the heads of thousands
/// of runs lie all over the memory, and comparing two of them would wait for it each time. As many at a time as there are groups
/// then, so that only a small part of the rows lies in memory twice.
pub(super) fn merged(mut runs: Vec<Run>) -> Vec<u32> {
    if runs.len() > FAN_IN {
        let at_once = runs.len().isqrt();
        let mut groups = Vec::with_capacity(runs.len() / at_once + 1);
        while !runs.is_empty() {
            groups.push(Mutex::new(runs.split_off(runs.len().saturating_sub(at_once))));
        }
        let join = |_: &mut (), group: usize| {
            // Taken out, so that a group's rows lie in memory twice only while it is merged.
            Ok::<Run, Never>(joined(&std::mem::take(&mut *groups[group].lock().expect("no worker panics"))))
        };
        let take = |run| {
            runs.push(run);
            Ok(())
        };
        match in_order(groups.len(), || (), join, take) {
            Ok(()) => {}
            Err(never) => match never {},
        }
    }
    let mut order = Vec::with_capacity(runs.iter().map(|run| run.ids.len()).sum());
    walk(&runs, |run, at| order.push(run.places[at]));
    order
}
