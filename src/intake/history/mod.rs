//! History out of files: several at once, in any order, recognised by their headings.
//!
//! Good rows go in, each bad row is a problem. What is wrong with the papers themselves (a voucher without a line, money
//! sent twice) is not refused: it goes in as the papers say, is told as a warning, and the monthly tie-out lists it by its
//! record. A million claims cost the bytes of their files and some twenty bytes a row; typed values are made one claim
//! at a time, by a [`Reader`].

mod check;
mod claims;
mod lines;
mod link;
mod log;
mod open;
mod reader;
mod record;
mod reference;
mod rejected;
mod stand_in;
mod vouchers;

use std::ops::Range;

use jiff::civil::Date;

use crate::domain::office::Office;
use crate::domain::period::Period;
use crate::domain::problem::Problem;
use crate::intake::dialect::Said;
use crate::intake::fields::{Field, Table};
use crate::intake::heads::Mapping;
use crate::intake::history::check::{ClaimFindings, in_pieces};
use crate::intake::history::claims::Desk;
use crate::intake::history::link::{LineAt, Tie, TwinCodes, count, number_of};
use crate::intake::history::log::Log;
use crate::intake::history::stand_in::StandIns;
use crate::intake::index::KeyIndex;
use crate::intake::read::Limits;
use crate::intake::table::{Faults, Stack};

pub use open::{read_history, read_history_beside, read_sheets};
pub use reader::Reader;
pub use record::{
    Fate, HistoryClaim, HistoryDetermination, HistoryLine, HistoryPayment, HistoryVoucher,
    HistoryVoucherLine, Hold, LineLink, Numbering,
};
pub use reference::References;
pub use stand_in::{KnownClaim, Lookup};

/// What the person said about the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Limits of the readers.
    pub limits: Limits,
    /// Dialects, where they were said.
    pub said: Said,
}

/// A file as it was understood: shown to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// Its name.
    pub file: String,
    /// Its rows.
    pub n_rows: usize,
    /// Its encoding.
    pub encoding: &'static str,
    /// Its columns.
    pub mapping: Mapping,
}

/// Rows joined by their keys.
pub(super) struct Linked {
    claims: Stack,
    lines: Stack,
    vouchers: Stack,
    payments: Stack,
    /// Whether each row of claims counts.
    claim_alive: Vec<bool>,
    /// Vouchers by code.
    voucher_index: KeyIndex,
    /// Rows of lines by claim and number.
    line_rows: Vec<LineAt>,
    /// Whether each of them counts.
    line_alive: Vec<bool>,
    /// Vouchers and their lines.
    ties: Vec<Tie>,
    /// Vouchers and their payments.
    payment_rows: Vec<(u32, u32)>,
}

impl Linked {
    /// Places of the lines of a row of claims.
    fn lines_of(&self, claim: u32) -> Range<usize> {
        let start = self.line_rows.partition_point(|line| line.claim < claim);
        let length = self.line_rows[start..].partition_point(|line| line.claim == claim);
        start..start + length
    }

    /// Whether a row of lines is a further row of the line before it.
    fn is_twin(&self, place: usize) -> bool {
        let key = |place: usize| (self.line_rows[place].claim, self.line_rows[place].no);
        place > 0 && key(place - 1) == key(place)
    }
}

/// Everything the files hold.
pub struct History {
    linked: Linked,
    /// Rows of the good claims, by home month and then as in the files.
    order: Vec<u32>,
    homes: Vec<Period>,
    /// Place in `order` by row; `u32::MAX` for refused ones.
    places: Vec<u32>,
    /// Rows of the good vouchers.
    vouchers: Vec<u32>,
    /// Place in `vouchers` by row; `u32::MAX` for refused ones.
    voucher_places: Vec<u32>,
    /// Whether each voucher is void.
    void: Vec<bool>,
    /// The month of each voucher's date.
    voucher_homes: Vec<Period>,
    /// Payments that no file has a voucher for.
    orphans: Vec<(crate::domain::voucher::VoucherCode, HistoryPayment)>,
    /// Companies and facilities.
    pub references: References,
    /// The files as they were understood.
    pub files: Vec<FileFacts>,
    /// What was found, by file and row.
    pub problems: Vec<Problem>,
    /// Rows and files refused, each once.
    pub n_refused: u64,
    /// Things worth a look.
    pub n_warnings: u64,
    references_raw: [Stack; 2],
    broken: Vec<rejected::BrokenRow>,
    today: Date,
    office: Office,
    /// Known claims whose rows leave out what is needed.
    stand_ins: StandIns,
    /// Rows of claims that no file has.
    n_alone: u32,
}

impl History {
    /// Claims that may go in.
    pub fn n_claims(&self) -> usize {
        self.order.len()
    }

    /// Vouchers that may go in.
    pub fn n_vouchers(&self) -> usize {
        self.vouchers.len()
    }

    /// Whether any file has claims, or only lines of known ones.
    pub fn has_claims(&self) -> bool {
        self.linked.claims.n_rows() > self.n_alone
    }

    /// Whether any file has lines: without them a voucher cannot be seen to be without one.
    pub fn has_lines(&self) -> bool {
        self.linked.lines.n_rows() > 0
    }

    /// Whether any file has vouchers: without them a transfer cannot be seen to be without one.
    pub fn has_vouchers(&self) -> bool {
        self.linked.vouchers.n_rows() > 0
    }

    /// The month of the date on which a claim came to the desk. Claims are in the order of these months.
    pub fn home(&self, claim: usize) -> Period {
        self.homes[claim]
    }

    /// The month of a voucher's date. Vouchers are in the order of their files.
    pub fn voucher_home(&self, voucher: usize) -> Period {
        self.voucher_homes[voucher]
    }

    /// Why rows could not be read back from the folder they were put into, if any could not: then nothing that was read
    /// may be believed.
    pub fn failure(&self) -> Option<&str> {
        let linked = &self.linked;
        let [companies, facilities] = &self.references_raw;
        let stacks =
            [&linked.claims, &linked.lines, &linked.vouchers, &linked.payments, companies, facilities];
        stacks.into_iter().flat_map(|stack| stack.files()).find_map(|known| known.sheet.failure())
    }

    /// A reader of typed records; one for each thread.
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(self)
    }

    /// Payments whose voucher is in none of the files: of a voucher that the store knows, or a fault of the papers.
    pub fn orphan_payments(&self) -> &[(crate::domain::voucher::VoucherCode, HistoryPayment)] {
        &self.orphans
    }
}

/// Joins and checks the sheets of an import.
fn build(
    stacks: open::Stacks,
    (stand_ins, n_alone): (StandIns, u32),
    log: Log,
    office: &Office,
    today: Date,
) -> History {
    let open::Stacks { claims, lines, vouchers, payments, companies, facilities, files, broken } = stacks;
    let mut log = log;
    let references = references(&companies, &facilities, &mut log);
    let claim_twins = TwinCodes { same: "claim-row-twice", other: "claim-twice" };
    let claim_keys = link::keyed(&claims, Field::ClaimNo, &claim_twins, &mut log);
    let line_rows = link::lines(&lines, &claim_keys.index, &mut log);
    let line_alive = link::line_twins(&lines, &line_rows, &mut log);
    let voucher_twins = TwinCodes { same: "voucher-row-twice", other: "voucher-twice" };
    let voucher_keys = link::keyed(&vouchers, Field::Code, &voucher_twins, &mut log);
    let ties = link::ties(
        (&lines, &line_rows, &line_alive),
        (&vouchers, &voucher_keys.index),
        &claim_keys.index,
        &mut log,
    );
    let (payment_rows, orphan_rows) = link::payments(&payments, &voucher_keys.index);
    let linked = Linked {
        claim_alive: claim_keys.alive,
        voucher_index: voucher_keys.index,
        claims,
        lines,
        vouchers,
        payments,
        line_rows,
        line_alive,
        ties,
        payment_rows,
    };
    let mut history = History {
        order: Vec::new(),
        homes: Vec::new(),
        places: vec![u32::MAX; count(linked.claims.n_rows())],
        vouchers: Vec::new(),
        voucher_places: vec![u32::MAX; count(linked.vouchers.n_rows())],
        void: Vec::new(),
        voucher_homes: Vec::new(),
        orphans: Vec::new(),
        references,
        files,
        problems: Vec::new(),
        n_refused: 0,
        n_warnings: 0,
        references_raw: [companies, facilities],
        broken,
        today,
        office: office.clone(),
        stand_ins,
        n_alone,
        linked,
    };
    history.check_claims(&mut log);
    history.check_vouchers(&voucher_keys.alive, &orphan_rows, &mut log);
    history.check_links(&mut log);
    let names: Vec<String> = history.files.iter().map(|facts| facts.file.clone()).collect();
    log.finish(&names);
    history.n_refused = log.n_refused();
    (history.problems, history.n_warnings) = (log.problems, log.n_warnings);
    history
}

fn references(companies: &Stack, facilities: &Stack, log: &mut Log) -> References {
    let mut references = References::default();
    let mut rows = companies.reader();
    for at in 0..companies.n_rows() {
        let mut faults = Faults::default();
        references.add_company(&rows.go(at), &mut faults);
        log.extend(faults.problems);
    }
    let mut rows = facilities.reader();
    for at in 0..facilities.n_rows() {
        let mut faults = Faults::default();
        references.add_facility(&rows.go(at), &mut faults);
        log.extend(faults.problems);
    }
    references
}

impl History {
    fn desk(&self) -> Desk<'_> {
        Desk {
            office: &self.office,
            today: self.today,
            references: &self.references,
            stand_ins: &self.stand_ins,
        }
    }

    /// Types every claim with its lines, and puts the good ones in order.
    fn check_claims(&mut self, log: &mut Log) {
        let n_rows = self.linked.claims.n_rows();
        let found: Vec<ClaimFindings> =
            in_pieces(n_rows, |range| check::claims(&self.linked, self.desk(), range));
        let (mut good, mut people) = (Vec::new(), Vec::new());
        for piece in found {
            good.extend(piece.good);
            people.extend(piece.people);
            log.extend(piece.problems);
            piece.dead_lines.iter().for_each(|place| self.linked.line_alive[count(*place)] = false);
        }
        log.extend(check::same_cases(&self.linked, people));
        // A line whose first row is refused has no further rows either.
        for place in 1..self.linked.line_rows.len() {
            if self.linked.is_twin(place) && !self.linked.line_alive[place - 1] && self.is_first_dead(place) {
                self.linked.line_alive[place] = false;
            }
        }
        good.sort_by_key(|(row, home)| (*home, *row));
        self.order = good.iter().map(|(row, _)| *row).collect();
        self.homes = good.iter().map(|(_, home)| *home).collect();
        for (place, row) in self.order.iter().enumerate() {
            self.places[count(*row)] = number_of(place);
        }
    }

    /// Whether the first row of the line that this row repeats is refused.
    fn is_first_dead(&self, place: usize) -> bool {
        let first = (0..place).rev().take_while(|earlier| self.linked.is_twin(earlier + 1)).last();
        first.is_some_and(|first| !self.linked.line_alive[first])
    }

    /// Types every voucher and payment; a payment's fault does not touch its voucher.
    fn check_vouchers(&mut self, alive: &[bool], orphan_rows: &[u32], log: &mut Log) {
        let n_rows = self.linked.vouchers.n_rows();
        let short = check::short_vouchers(&self.linked, &self.places);
        let found = in_pieces(n_rows, |range| {
            let mut rows = self.linked.vouchers.reader();
            let (mut good, mut problems) = (Vec::new(), Vec::new());
            for at in range.filter(|at| alive[count(*at)]) {
                let row = rows.go(at);
                let (voucher, mut found) = check::voucher_row(&row, self.desk());
                let missing = short.get(&at).filter(|_| voucher.is_some());
                let voucher = voucher.filter(|_| missing.is_none());
                problems.extend(missing.map(|line| {
                    let code = row.raw(Field::Code);
                    row.problem("voucher-line-refused", Field::Code, code)
                        .with("code", code)
                        .with("line", line)
                }));
                good.extend(voucher.map(|voucher| (at, voucher.void.is_some(), Period::of(voucher.date))));
                problems.append(&mut found);
            }
            (good, problems)
        });
        for (good, problems) in found {
            log.extend(problems);
            for (row, is_void, home) in good {
                self.voucher_places[count(row)] = number_of(self.vouchers.len());
                self.vouchers.push(row);
                self.void.push(is_void);
                self.voucher_homes.push(home);
            }
        }
        self.check_payments(orphan_rows, log);
    }

    fn check_payments(&mut self, orphan_rows: &[u32], log: &mut Log) {
        let mut rows = self.linked.payments.reader();
        for at in orphan_rows {
            let row = rows.go(*at);
            let mut faults = Faults::default();
            if let Some((code, payment)) = vouchers::read_payment(&row, self.today, &mut faults) {
                let spot = row.spot(Field::Voucher, code.as_str());
                faults.add(Problem::warning("payment-voucher-unknown", spot).with("code", &code));
                self.orphans.push((code, payment));
            }
            log.extend(faults.problems);
        }
        let payments = std::mem::take(&mut self.linked.payment_rows);
        let mut good = Vec::with_capacity(payments.len());
        for (voucher, at) in payments {
            let row = rows.go(at);
            let mut faults = Faults::default();
            let is_good = vouchers::read_payment(&row, self.today, &mut faults).is_some();
            if is_good && self.voucher_places[count(voucher)] == u32::MAX {
                let code = row.raw(Field::Voucher);
                faults.add(row.problem("payment-voucher-refused", Field::Voucher, code).with("code", code));
            } else if is_good {
                good.push((voucher, at));
            }
            log.extend(faults.problems);
        }
        self.linked.payment_rows = good;
    }

    /// What is odd between lines, vouchers and payments.
    fn check_links(&self, log: &mut Log) {
        let of_lines = in_pieces(number_of(self.order.len()), |range| check::line_links(self, range));
        of_lines.into_iter().for_each(|problems| log.extend(problems));
        let of_vouchers = in_pieces(number_of(self.vouchers.len()), |range| {
            let (mut reader, mut problems) = (self.reader(), Vec::new());
            for place in range {
                let voucher = reader.voucher(count(place));
                let odd = reader.odd_lines(count(place), &voucher);
                let spot = |field| reader.voucher_spot(count(place), &voucher, field);
                problems.extend(check::voucher_faults(&voucher, &spot));
                problems.extend(check::line_faults(&voucher, &odd, &spot));
            }
            problems
        });
        of_vouchers.into_iter().for_each(|problems| log.extend(problems));
    }
}

/// The table of a fact, in the words of the person.
pub fn table_key(table: Table) -> String {
    format!("intake-table-{}", table.name())
}
