//! Orders of ten million rows in little memory: the rows of each file are sorted by themselves, as soon as they are read, and
//! kept as plain numbers, or as texts one behind the other; then the files are merged. A row costs 20 bytes while a number
//! orders it, 28 and its text while a text does, and 4 afterwards.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use super::{Direction, SortKey};

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

/// The same of a text's beginning: what differs in it need not be compared further.
fn rank_of_text(text: &str, direction: Direction) -> u64 {
    if text.is_empty() {
        return u64::MAX;
    }
    let mut first = [0; 8];
    let len = text.len().min(8);
    first[..len].copy_from_slice(&text.as_bytes()[..len]);
    let upwards = u64::from_be_bytes(first);
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
    fn rank(&self, at: usize) -> u64 {
        match &self.keys {
            Keys::Numbers(numbers) => numbers[at],
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
    rank: u64,
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

/// The places of all rows in their order.
pub(super) fn merged(runs: Vec<Run>) -> Vec<u32> {
    let mut order = Vec::with_capacity(runs.iter().map(|run| run.ids.len()).sum());
    let mut heads: BinaryHeap<Head<'_>> = runs.iter().filter_map(|run| run.head(0)).collect();
    while let Some(mut first) = heads.peek_mut() {
        order.push(first.run.places[first.at]);
        match first.run.head(first.at + 1) {
            Some(next) => *first = next,
            None => {
                PeekMut::pop(first);
            }
        }
    }
    order
}
