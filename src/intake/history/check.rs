//! The typed pass over everything, in as many threads as there are cores: which rows are good, and what is odd.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;

use crate::base::calendar::days_between;
use crate::domain::code::{ProcessState, Programme, VoucherState};
use crate::domain::duplicate::SAME_EVENT_DAYS;
use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::domain::problem::{Problem, Spot};
use crate::domain::voucher::VoucherCode;
use crate::intake::fields::Field;
use crate::intake::history::claims::{self, Desk};
use crate::intake::history::link::{LineAt, count};
use crate::intake::history::reader::OddLines;
use crate::intake::history::{History, HistoryVoucher, Hold, Linked, lines, vouchers};
use crate::intake::table::{Faults, Row, Rows, shown};

/// Rows a thread takes at a time.
const N_ROWS_AT_ONCE: u32 = 16_384;

/// Does `work` on pieces of `0..n`, each result in its order.
pub(super) fn in_pieces<T: Send>(n: u32, work: impl Fn(Range<u32>) -> T + Sync) -> Vec<T> {
    let pieces: Vec<Range<u32>> =
        (0..n).step_by(count(N_ROWS_AT_ONCE)).map(|start| start..n.min(start + N_ROWS_AT_ONCE)).collect();
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from).min(pieces.len());
    if n_threads <= 1 {
        return pieces.into_iter().map(work).collect();
    }
    let next = std::sync::atomic::AtomicUsize::new(0);
    let (pieces, work, next) = (&pieces, &work, &next);
    let worker = move || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(piece) = pieces.get(place) else { return done };
            done.push((place, work(piece.clone())));
        }
    };
    let mut results: Vec<(usize, T)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads).map(|_| scope.spawn(worker)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a check does not panic")).collect()
    });
    results.sort_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}

/// What the check of some claims found.
#[derive(Default)]
pub(super) struct ClaimFindings {
    /// Good claims: row and home month.
    pub good: Vec<(u32, Period)>,
    /// Places of the lines that are refused.
    pub dead_lines: Vec<u32>,
    /// Whose they are, where the paper says.
    pub people: Vec<PersonAt>,
    /// What was found.
    pub problems: Vec<Problem>,
}

/// A person's case: a number made of the identity, the programme, the event, the row. Equal numbers are only a hint.
pub(super) type PersonAt = (u64, Programme, Date, u32);

/// A number for an identity: the same for the same digits on every machine (FNV-1a).
fn number_of_identity(identity: &str) -> u64 {
    identity.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Cases of one person and programme with events at most a day apart: worth a look, they may be one case written twice.
pub(super) fn same_cases(linked: &Linked, mut people: Vec<PersonAt>) -> Vec<Problem> {
    people.sort_unstable();
    let (mut ones, mut others) = (linked.claims.reader(), linked.claims.reader());
    let mut problems = Vec::new();
    for pair in people.windows(2) {
        let ((one, programme, day, first), (other, same, next, second)) = (pair[0], pair[1]);
        if one != other || programme != same || days_between(day, next).abs() > SAME_EVENT_DAYS {
            continue;
        }
        let (earlier, later) = (ones.go(first.min(second)), others.go(first.max(second)));
        if earlier.key(Field::IdNo) == later.key(Field::IdNo) {
            let key = later.raw(Field::ClaimNo);
            let problem = Problem::warning("claim-looks-same", later.spot(Field::ClaimNo, key));
            let problem = problem.with("claim_no", shown(key));
            problems.push(problem.with("other", shown(earlier.raw(Field::ClaimNo))));
        }
    }
    problems
}

/// Checks claims with their lines.
pub(super) fn claims(linked: &Linked, desk: Desk<'_>, range: Range<u32>) -> ClaimFindings {
    let mut found = ClaimFindings::default();
    let (mut claim_rows, mut line_rows) = (linked.claims.reader(), linked.lines.reader());
    for at in range {
        let own = linked.lines_of(at);
        if !linked.claim_alive[count(at)] {
            continue;
        }
        let row = claim_rows.go(at);
        let mut faults = Faults::default();
        let claim = claims::read(&row, desk, &mut faults);
        found.problems.append(&mut faults.problems);
        let Some(mut claim) = claim else {
            refuse_lines(linked, own, row.raw(Field::ClaimNo), &mut line_rows, &mut found);
            continue;
        };
        let mut shell = lines::shell(&claim);
        for place in own {
            let line_at = linked.line_rows[place];
            if !linked.line_alive[place] || linked.is_twin(place) {
                continue;
            }
            let row = line_rows.go(line_at.row);
            let mut faults = Faults::default();
            let line = lines::read(&row, line_at.line_no(), &mut faults);
            if let Some(line) = &line {
                lines::check(&row, &claim, &shell, line, desk.today, &mut faults);
            }
            match line.filter(|_| !faults.refuse()) {
                Some(line) => {
                    shell.lines.push(line.to_benefit());
                    claim.lines.push(line);
                }
                None => found.dead_lines.push(super::link::number_of(place)),
            }
            found.problems.append(&mut faults.problems);
        }
        let identity = claim.basics.worker.identity.number();
        let is_live = !matches!(claim.end_state(), Some(ProcessState::Rejected | ProcessState::Cancelled));
        if is_live && !identity.is_empty() {
            let person = number_of_identity(identity);
            found.people.push((person, claim.basics.programme, claim.basics.event_date, at));
        }
        found.good.push((at, Period::of(claim.registered)));
    }
    found
}

/// The lines of a refused claim go with it, so that claim and lines can be mended and read again together.
fn refuse_lines(
    linked: &Linked,
    own: Range<usize>,
    claim_no: &str,
    rows: &mut Rows<'_>,
    found: &mut ClaimFindings,
) {
    for place in own {
        found.dead_lines.push(super::link::number_of(place));
        if linked.line_alive[place] {
            let row = rows.go(linked.line_rows[place].row);
            let problem = row.problem("line-claim-refused", Field::ClaimNo, claim_no);
            found.problems.push(problem.with("claim_no", claim_no));
        }
    }
}

impl LineAt {
    /// The number of the line.
    pub(super) fn line_no(self) -> crate::domain::id::LineNo {
        crate::domain::id::LineNo::new(self.no)
    }
}

/// What is odd about the vouchers that lines name: they go in as the papers say, and the tie-out lists them. Looks at
/// the keys alone; the rows were typed before.
pub(super) fn line_links(history: &History, range: Range<u32>) -> Vec<Problem> {
    let (linked, mut problems) = (&history.linked, Vec::new());
    let mut rows = linked.lines.reader();
    for claim in range {
        let own = linked.lines_of(history.order[count(claim)]);
        for first in own.clone().filter(|place| linked.line_alive[*place] && !linked.is_twin(*place)) {
            let n_more = (first + 1..own.end).take_while(|place| linked.is_twin(*place)).count();
            let named = (first..=first + n_more).filter(|place| linked.line_alive[*place]);
            let links: Vec<(String, Standing)> = named
                .filter_map(|place| named_voucher(history, &rows.go(linked.line_rows[place].row)))
                .collect();
            if !links.is_empty() {
                odd_links(
                    &rows.go(linked.line_rows[first].row),
                    linked.line_rows[first].no,
                    &links,
                    &mut problems,
                );
            }
        }
    }
    problems
}

/// What the voucher that a line names is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Live,
    Void,
    Unknown,
}

/// The voucher that a row of lines names.
fn named_voucher(history: &History, row: &Row<'_>) -> Option<(String, Standing)> {
    let code = VoucherCode::parse(row.raw(Field::Voucher)).ok()?;
    let found = history.linked.voucher_index.find(&code.normalised());
    let place = found.map(|row| history.voucher_places[count(row)]);
    let standing = match place {
        None => Standing::Unknown,
        // It was refused by itself: the line waits for it.
        Some(u32::MAX) => return None,
        Some(place) if history.void[count(place)] => Standing::Void,
        Some(_) => Standing::Live,
    };
    Some((code.as_str().to_owned(), standing))
}

/// What is odd about the vouchers of one line, whose first row this is.
fn odd_links(row: &Row<'_>, no: u16, links: &[(String, Standing)], problems: &mut Vec<Problem>) {
    let key = format!("{}/{no}", row.raw(Field::ClaimNo));
    let warn = |code| Problem::warning(code, row.spot(Field::Voucher, &key)).with("line", &key);
    for (code, _) in links.iter().filter(|(_, standing)| *standing == Standing::Unknown) {
        problems.push(warn("line-voucher-unknown").with("code", code));
    }
    let live = links.iter().filter(|(_, standing)| *standing == Standing::Live);
    let mut live: Vec<&str> = live.map(|(code, _)| code.as_str()).collect();
    live.sort_unstable();
    live.dedup();
    if live.len() > 1 {
        problems.push(warn("line-on-two-vouchers").with("codes", live.join(", ")));
    }
    if matches!(row.amount(Field::Determined), Ok(None)) {
        problems.push(warn("line-not-determined").with("code", &links[0].0));
    }
}

/// Rows of vouchers that a refused row of lines names, with that line: such a voucher waits until the line is mended.
pub(super) fn short_vouchers(linked: &Linked, places: &[u32]) -> BTreeMap<u32, String> {
    let mut counts = vec![false; count(linked.lines.n_rows())];
    for (place, line) in linked.line_rows.iter().enumerate() {
        // A twin of a line that counts is no line of its own.
        counts[count(line.row)] = (linked.line_alive[place] && places[count(line.claim)] != u32::MAX)
            || (linked.is_twin(place) && counts[count(linked.line_rows[place - 1].row)]);
    }
    let mut short = BTreeMap::new();
    let mut rows = linked.lines.reader();
    for at in (0..linked.lines.n_rows()).filter(|at| !counts[count(*at)]) {
        let row = rows.go(at);
        let key = row.key(Field::Voucher);
        if let Some(voucher) = linked.voucher_index.find(&key).filter(|_| !key.is_empty()) {
            let line = format!("{}/{}", shown(row.raw(Field::ClaimNo)), shown(row.raw(Field::Line)));
            short.entry(voucher).or_insert(line);
        }
    }
    short
}

/// A voucher's row, typed, or why not.
pub(super) fn voucher_row(row: &Row<'_>, desk: Desk<'_>) -> (Option<HistoryVoucher>, Vec<Problem>) {
    let mut faults = Faults::default();
    let voucher = vouchers::read(row, desk.today, &mut faults);
    (voucher, faults.problems)
}

/// What is odd about a voucher: warnings, each by its record.
pub(super) fn voucher_faults(voucher: &HistoryVoucher, spot: &dyn Fn(Field) -> Spot) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut warn = |code: &'static str, field: Field, args: &[(&'static str, String)]| {
        let mut problem = Problem::warning(code, spot(field)).with("code", &voucher.code);
        problem.args.extend(args.iter().cloned());
        problems.push(problem);
    };
    let is_void = voucher.status == VoucherState::Void;
    let sum = voucher.line_sum();
    if voucher.lines.is_empty() {
        if !is_void {
            warn("voucher-no-lines", Field::Code, &[]);
        }
    } else if sum != voucher.gross {
        let args = [("gross", voucher.gross.to_string()), ("sum", sum.to_string())];
        warn("voucher-gross", Field::Gross, &args);
    }
    let net = voucher.gross - voucher.pph + voucher.rounding;
    if net != voucher.net {
        let args = [("net", voucher.net.to_string()), ("computed", net.to_string())];
        warn("voucher-net", Field::Net, &args);
    }
    let kept = voucher.lines.iter().filter(|line| line.hold == Hold::Kept);
    let kept: Vec<&str> = kept.map(|line| line.claim_no.as_str()).collect();
    if !kept.is_empty() {
        warn("line-on-void", Field::Status, &[("claims", kept.join(", "))]);
    }
    let arrived = voucher.arrived();
    let amount = ("amount", arrived.to_string());
    if is_void {
        if arrived > Rupiah::ZERO {
            warn("void-but-paid", Field::Status, &[amount]);
        }
        return problems;
    }
    let n_arrived = voucher.payments.iter().filter(|payment| payment.returned.is_none()).count();
    if arrived > voucher.net && n_arrived > 1 {
        warn("payment-twice", Field::Net, &[amount]);
    } else if arrived > voucher.net || (voucher.settled_unseen() > Rupiah::ZERO && n_arrived > 0) {
        warn("payment-not-net", Field::Net, &[amount, ("net", voucher.net.to_string())]);
    } else if voucher.settled_unseen() > Rupiah::ZERO {
        warn("paid-no-payment", Field::Status, &[]);
    } else if arrived == voucher.net && n_arrived > 0 && voucher.status != VoucherState::Paid {
        warn("voucher-status", Field::Status, &[("status", voucher.status.to_string())]);
    }
    problems
}

/// What is odd between a voucher and its lines: warnings. A form would refuse both.
pub(super) fn line_faults(
    voucher: &HistoryVoucher,
    odd: &OddLines,
    spot: &dyn Fn(Field) -> Spot,
) -> Vec<Problem> {
    let warn = |code, field, line: &String| {
        Problem::warning(code, spot(field)).with("code", &voucher.code).with("line", line)
    };
    let payee = odd.other_payee.iter().map(|(line, payee)| {
        let problem = warn("voucher-other-payee", Field::Payee, line);
        problem.with("payee", &voucher.payee.name).with("other", shown(payee))
    });
    let early = odd.determined_after.iter().map(|(line, date)| {
        let problem = warn("voucher-early", Field::Date, line);
        problem.with("date", voucher.date).with("determined", date)
    });
    payee.chain(early).collect()
}
