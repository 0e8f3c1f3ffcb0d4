//! Which row belongs to which: lines to claims, lines and payments to vouchers. By keys, before anything is typed.

use crate::domain::identity::normalise_number;
use crate::domain::problem::Problem;
use crate::intake::fields::Field;
use crate::intake::history::log::Log;
use crate::intake::index::KeyIndex;
use crate::intake::table::{Row, Stack};

/// A row of lines, found to belong to a row of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LineAt {
    /// Row of the claim.
    pub claim: u32,
    /// Number of the line.
    pub no: u16,
    /// Row of the line.
    pub row: u32,
}

/// That a voucher holds a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tie {
    /// Row of the voucher.
    pub voucher: u32,
    /// Place of the line's first row among the lines.
    pub line: u32,
    /// Who says so.
    pub told: Told,
}

/// Who says that a voucher holds a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    /// The line's own row.
    ByLine,
    /// The list of a void voucher: it held the line once.
    ByVoidList,
}

/// Rows of a stack by the key of a column. Rows with the key of an earlier row are refused, or dropped with a warning
/// when they say the same.
pub(super) struct Keyed {
    /// Rows by key.
    pub index: KeyIndex,
    /// Whether each row counts.
    pub alive: Vec<bool>,
}

/// Codes of the two findings about twin rows.
pub(super) struct TwinCodes {
    /// The same row again.
    pub same: &'static str,
    /// The same key with another content.
    pub other: &'static str,
}

/// Rows by the key in `field`; rows without one are refused by the typed check and are not in the index.
pub(super) fn keyed(stack: &Stack, field: Field, codes: &TwinCodes, log: &mut Log) -> Keyed {
    let (mut index, mut alive) = (KeyIndex::default(), vec![true; count(stack.n_rows())]);
    let mut rows = stack.reader();
    for row in 0..stack.n_rows() {
        let key = rows.go(row).key(field);
        if !key.is_empty() {
            index.push(&key, row);
        }
    }
    index.sort();
    let mut first_rows = stack.reader();
    for (first, later) in index.twins() {
        let (earlier, twin) = (first_rows.go(first), rows.go(later));
        let is_same = earlier.agrees(&twin, &[]);
        alive[count(later)] = false;
        let key = twin.raw(field).to_owned();
        let spot = twin.spot(field, &key);
        let problem =
            if is_same { Problem::warning(codes.same, spot) } else { Problem::error(codes.other, spot) };
        log.add(problem.with("key", &key).with("row", earlier.number()));
    }
    Keyed { index, alive }
}

/// The lines by claim and number. A row without a number gets the next of its claim.
pub(super) fn lines(stack: &Stack, claims: &KeyIndex, log: &mut Log) -> Vec<LineAt> {
    let mut found = Vec::with_capacity(count(stack.n_rows()));
    let mut rows = stack.reader();
    for at in 0..stack.n_rows() {
        let row = rows.go(at);
        match (claims.find(&row.key(Field::ClaimNo)), line_no(&row)) {
            (Some(claim), Ok(no)) => found.push(LineAt { claim, no, row: at }),
            (_, Err(problem)) => log.add(problem),
            (None, _) => {
                let claim_no = row.raw(Field::ClaimNo);
                log.add(
                    row.problem("line-claim-unknown", Field::ClaimNo, claim_no).with("claim_no", claim_no),
                );
            }
        }
    }
    found.sort_unstable();
    let mut start = 0;
    while start < found.len() {
        let claim = found[start].claim;
        let end = start + found[start..].partition_point(|line| line.claim == claim);
        number(&mut found[start..end]);
        start = end;
    }
    found
}

/// Gives the rows without a number the next ones, in the order of the file.
fn number(lines: &mut [LineAt]) {
    let n_bare = lines.iter().filter(|line| line.no == 0).count();
    if n_bare > 0 {
        let mut next = lines.last().map_or(0, |line| line.no);
        for line in &mut lines[..n_bare] {
            next = next.saturating_add(1);
            line.no = next;
        }
        lines.sort_unstable();
    }
}

/// The number of a line, 0 where the row has none.
fn line_no(row: &Row<'_>) -> Result<u16, Problem> {
    match row.count::<u16>(Field::Line)? {
        Some(0) => Err(row.problem("line-no-zero", Field::Line, row.raw(Field::ClaimNo))),
        other => Ok(other.unwrap_or(0)),
    }
}

/// Refuses rows that give a line another content; rows that only name another voucher stay, as further links of the
/// first row. Says for each line row whether it counts.
pub(super) fn line_twins(stack: &Stack, lines: &[LineAt], log: &mut Log) -> Vec<bool> {
    let mut alive = vec![true; lines.len()];
    let (mut rows, mut first_rows) = (stack.reader(), stack.reader());
    let mut first = 0;
    for place in 1..lines.len() {
        if (lines[place].claim, lines[place].no) != (lines[first].claim, lines[first].no) {
            first = place;
            continue;
        }
        let (earlier, twin) = (first_rows.go(lines[first].row), rows.go(lines[place].row));
        let key = format!("{}/{}", twin.raw(Field::ClaimNo), lines[place].no);
        let problem = if !earlier.agrees(&twin, &[Field::Voucher]) {
            Problem::error("line-twice", twin.spot(Field::Line, &key))
        } else if earlier.key(Field::Voucher) == twin.key(Field::Voucher)
            || twin.key(Field::Voucher).is_empty()
        {
            Problem::warning("line-row-twice", twin.spot(Field::Line, &key))
        } else {
            continue;
        };
        alive[place] = false;
        log.add(problem.with("key", &key).with("row", earlier.number()));
    }
    alive
}

/// The ties of lines and vouchers: what the lines name, what the void vouchers list.
pub(super) fn ties(
    (line_stack, lines, alive): (&Stack, &[LineAt], &[bool]),
    (voucher_stack, vouchers): (&Stack, &KeyIndex),
    claims: &KeyIndex,
    log: &mut Log,
) -> Vec<Tie> {
    let mut found = Vec::new();
    let mut rows = line_stack.reader();
    let mut first = 0;
    for (place, line) in lines.iter().enumerate() {
        if (line.claim, line.no) != (lines[first].claim, lines[first].no) {
            first = place;
        }
        let key = rows.go(line.row).key(Field::Voucher);
        if let Some(voucher) = vouchers.find(&key).filter(|_| alive[place] && !key.is_empty()) {
            found.push(Tie { voucher, line: number_of(first), told: Told::ByLine });
        }
    }
    let mut rows = voucher_stack.reader();
    for voucher in 0..voucher_stack.n_rows() {
        let row = rows.go(voucher);
        for name in row.raw(Field::VoidLines).split_whitespace() {
            match find_line(name, claims, lines) {
                Some(line) => found.push(Tie { voucher, line, told: Told::ByVoidList }),
                None => {
                    let problem = Problem::warning(
                        "void-line-unknown",
                        row.spot(Field::VoidLines, row.raw(Field::Code)),
                    );
                    log.add(problem.with("line", name));
                }
            }
        }
    }
    found.sort_unstable();
    // A line's own word comes first and counts.
    found.dedup_by_key(|tie| (tie.voucher, tie.line));
    found.shrink_to_fit();
    found
}

/// The line named `claim number#line`.
fn find_line(name: &str, claims: &KeyIndex, lines: &[LineAt]) -> Option<u32> {
    let (claim_no, no) = name.rsplit_once('#')?;
    let claim = claims.find(&normalise_number(claim_no))?;
    let no: u16 = no.parse().ok()?;
    let place = lines.partition_point(|line| (line.claim, line.no) < (claim, no));
    let line = lines.get(place)?;
    ((line.claim, line.no) == (claim, no)).then(|| number_of(place))
}

/// Payments by voucher, and those whose voucher no file has.
pub(super) fn payments(stack: &Stack, vouchers: &KeyIndex) -> (Vec<(u32, u32)>, Vec<u32>) {
    let (mut found, mut orphans) = (Vec::new(), Vec::new());
    let mut rows = stack.reader();
    for at in 0..stack.n_rows() {
        match vouchers.find(&rows.go(at).key(Field::Voucher)) {
            Some(voucher) => found.push((voucher, at)),
            None => orphans.push(at),
        }
    }
    found.sort_unstable();
    (found, orphans)
}

/// A row number as an index.
pub(super) fn count(number: u32) -> usize {
    usize::try_from(number).expect("indexes are at least 32 bits wide")
}

/// An index as a row number.
pub(super) fn number_of(index: usize) -> u32 {
    u32::try_from(index).expect("rows are numbered by 32 bits")
}
