//! Typed records out of checked rows, one at a time.

use crate::domain::benefit::BenefitLine;
use crate::domain::code::VoucherState;
use crate::domain::identity::normalise_number;
use crate::domain::money::Rupiah;
use crate::domain::problem::Spot;
use crate::domain::voucher::VoucherCode;
use crate::intake::fields::Field;
use crate::intake::history::link::{Told, count};
use crate::intake::history::{
    Fate, History, HistoryClaim, HistoryLine, HistoryVoucher, HistoryVoucherLine, Hold, LineLink, claims,
    lines, vouchers,
};
use crate::intake::table::{Faults, Rows};

/// A reader of the good records of a history.
pub struct Reader<'a> {
    history: &'a History,
    claims: Rows<'a>,
    lines: Rows<'a>,
    vouchers: Rows<'a>,
    payments: Rows<'a>,
}

/// Whose lines of a voucher are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    All,
    OfClaim(usize),
}

/// What is odd about the lines of a voucher, each by its name.
#[derive(Debug, Default)]
pub(super) struct OddLines {
    /// A line with another payee, and that payee.
    pub other_payee: Option<(String, String)>,
    /// A line determined after the voucher's date, and when.
    pub determined_after: Option<(String, jiff::civil::Date)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(history: &'a History) -> Reader<'a> {
        let linked = &history.linked;
        Reader {
            history,
            claims: linked.claims.reader(),
            lines: linked.lines.reader(),
            vouchers: linked.vouchers.reader(),
            payments: linked.payments.reader(),
        }
    }

    /// The history it reads.
    pub fn history(&self) -> &'a History {
        self.history
    }

    /// A claim with its lines, by its place in the order of home months.
    pub fn claim(&mut self, place: usize) -> HistoryClaim {
        let row = self.history.order[place];
        let mut faults = Faults::default();
        let read = claims::read(&self.claims.go(row), self.history.desk(), &mut faults);
        let mut claim = read.expect("checked to be good");
        for line in self.history.linked.lines_of(row) {
            self.take_line(line, &mut claim);
        }
        claim
    }

    /// Adds a row of lines to its claim: a new line, or one more voucher of the line before.
    fn take_line(&mut self, place: usize, claim: &mut HistoryClaim) {
        let linked = &self.history.linked;
        if !linked.line_alive[place] {
            return;
        }
        let at = linked.line_rows[place];
        let row = self.lines.go(at.row);
        let cell = row.raw(Field::Voucher);
        let link = VoucherCode::parse(cell).ok().filter(|_| !cell.is_empty()).map(|code| {
            let found = linked.voucher_index.find(&code.normalised());
            let voucher =
                found.map(|row| self.history.voucher_places[count(row)]).filter(|at| *at != u32::MAX);
            let fate = if found.is_some() && voucher.is_none() { Fate::Refused } else { Fate::Plain };
            LineLink { code, voucher: voucher.map(count), fate }
        });
        if linked.is_twin(place) {
            let line = claim.lines.last_mut().filter(|line| line.no == at.line_no());
            let links = line.map(|line| &mut line.links);
            if let (Some(links), Some(link)) = (links, link)
                && !links.contains(&link)
            {
                links.push(link);
            }
            return;
        }
        let read = lines::read(&row, at.line_no(), &mut Faults::default());
        let mut line: HistoryLine = read.expect("checked to be good");
        line.links.extend(link);
        claim.lines.push(line);
    }

    /// A voucher with its lines and payments.
    pub fn voucher(&mut self, place: usize) -> HistoryVoucher {
        self.voucher_with(place, Wanted::All)
    }

    /// A voucher with its payments and only the lines of one claim: enough to fold it into that claim.
    pub fn voucher_of(&mut self, place: usize, claim: usize) -> HistoryVoucher {
        self.voucher_with(place, Wanted::OfClaim(claim))
    }

    fn voucher_with(&mut self, place: usize, wanted: Wanted) -> HistoryVoucher {
        let row = self.history.vouchers[place];
        let read = vouchers::read(&self.vouchers.go(row), self.history.today, &mut Faults::default());
        let mut voucher = read.expect("checked to be good");
        self.add_lines(row, &mut voucher, wanted);
        self.add_payments(row, &mut voucher);
        voucher
    }

    fn add_lines(&mut self, row: u32, voucher: &mut HistoryVoucher, wanted: Wanted) {
        let linked = &self.history.linked;
        let start = linked.ties.partition_point(|tie| tie.voucher < row);
        let is_void = voucher.status == VoucherState::Void;
        let mut needs_payee = !voucher.payee_told || voucher.payee.account.is_none();
        for tie in linked.ties[start..].iter().take_while(|tie| tie.voucher == row) {
            let first = count(tie.line);
            let at = linked.line_rows[first];
            let claim = self.history.places[count(at.claim)];
            if claim == u32::MAX || !linked.line_alive[first] {
                continue;
            }
            let is_mine = wanted == Wanted::All || wanted == Wanted::OfClaim(count(claim));
            if !is_mine && !needs_payee {
                continue;
            }
            let line_row = self.lines.go(at.row);
            if needs_payee {
                let read = lines::read(&line_row, at.line_no(), &mut Faults::default());
                fill_payee(voucher, &read.expect("checked to be good"));
                needs_payee = false;
            }
            let amount =
                line_row.amount(Field::Determined).expect("checked to be good").unwrap_or(Rupiah::ZERO);
            if is_mine {
                let kept = is_void && tie.told == Told::ByLine && !self.is_elsewhere(first, row);
                let claim_no = claims::claim_no(&self.claims.go(at.claim)).expect("checked to be good");
                voucher.lines.push(HistoryVoucherLine {
                    claim: count(claim),
                    claim_no: claim_no.as_str().to_owned(),
                    line: at.line_no(),
                    amount,
                    hold: if kept { Hold::Kept } else { Hold::Released },
                });
            }
        }
    }

    /// Whether another row of the line names another voucher: then the void one has let it go.
    fn is_elsewhere(&mut self, first: usize, voucher_row: u32) -> bool {
        let linked = &self.history.linked;
        let n_rows = (first + 1..linked.line_rows.len()).take_while(|place| linked.is_twin(*place)).count();
        (first..=first + n_rows).filter(|place| linked.line_alive[*place]).any(|place| {
            let key = self.lines.go(linked.line_rows[place].row).key(Field::Voucher);
            !key.is_empty() && linked.voucher_index.find(&key) != Some(voucher_row)
        })
    }

    fn add_payments(&mut self, row: u32, voucher: &mut HistoryVoucher) {
        let rows = &self.history.linked.payment_rows;
        let start = rows.partition_point(|(voucher, _)| *voucher < row);
        for (_, at) in rows[start..].iter().take_while(|(voucher, _)| *voucher == row) {
            let read =
                vouchers::read_payment(&self.payments.go(*at), self.history.today, &mut Faults::default());
            voucher.payments.push(read.expect("checked to be good").1);
        }
        voucher.payments.sort_by_key(|payment| (payment.date, payment.row));
    }

    /// The first line of a live voucher with another payee, and the first that was determined after it.
    pub(super) fn odd_lines(&mut self, place: usize, voucher: &HistoryVoucher) -> OddLines {
        let (linked, row) = (&self.history.linked, self.history.vouchers[place]);
        let mut odd = OddLines::default();
        if voucher.status == VoucherState::Void {
            return odd;
        }
        let start = linked.ties.partition_point(|tie| tie.voucher < row);
        let own = linked.ties[start..].iter().take_while(|tie| tie.voucher == row);
        for tie in own.filter(|tie| linked.line_alive[count(tie.line)]) {
            let at = linked.line_rows[count(tie.line)];
            let line = self.lines.go(at.row);
            let name = line.raw(Field::Payee);
            let key = || format!("{}/{}", line.raw(Field::ClaimNo), at.no);
            let is_other =
                name != voucher.payee.name && normalise_number(name) != normalise_number(&voucher.payee.name);
            if is_other && odd.other_payee.is_none() {
                odd.other_payee = Some((key(), name.to_owned()));
            }
            if let (Ok(Some(date)), None) = (line.date(Field::DeterminedDate), &odd.determined_after)
                && date > voucher.date
            {
                odd.determined_after = Some((key(), date));
            }
        }
        odd
    }

    /// Whether a voucher is void.
    pub fn is_void(&self, place: usize) -> bool {
        self.history.void[place]
    }

    /// The place of a voucher's cell.
    pub(super) fn voucher_spot(&self, place: usize, voucher: &HistoryVoucher, field: Field) -> Spot {
        let (file, _) = self.history.linked.vouchers.locate(self.history.vouchers[place]);
        let known = &self.history.linked.vouchers.files()[file];
        known.sheet.spot(voucher.row, known.mapping.heading(field), voucher.code.as_str())
    }
}

/// What the voucher's own row leaves out about its payee is its first line's.
fn fill_payee(voucher: &mut HistoryVoucher, line: &HistoryLine) {
    let theirs = &line.new.payee;
    let own = &mut voucher.payee;
    if !voucher.payee_told {
        own.kind = theirs.kind;
    }
    if own.name.is_empty() {
        own.name.clone_from(&theirs.name);
    }
    if own.account.is_none() {
        own.bank.clone_from(&theirs.bank);
        own.account.clone_from(&theirs.account);
    }
    if own.tax_number.is_none() {
        own.tax_number.clone_from(&theirs.tax_number);
    }
}

impl HistoryLine {
    /// The line as the domain has it, not yet determined and on no voucher.
    pub fn to_benefit(&self) -> BenefitLine {
        BenefitLine {
            no: self.no,
            component: self.new.component,
            span: self.new.span,
            payee: self.new.payee.clone(),
            account_by: None,
            receipt: self.new.receipt.clone(),
            asked: self.new.asked,
            complete_date: None,
            determination: None,
            voucher: None,
            free_since: None,
        }
    }
}
