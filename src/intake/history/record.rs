//! What the files say about one claim, one voucher: typed, checked, and not yet anybody's record.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::domain::claim::ClaimBasics;
use crate::domain::code::{CloseReason, Outcome, ProcessState, Programme, VoucherKind, VoucherState};
use crate::domain::command::NewLine;
use crate::domain::id::LineNo;
use crate::domain::money::Rupiah;
use crate::domain::payee::Payee;
use crate::domain::voucher::VoucherCode;

/// A claim as the files have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryClaim {
    /// What the paper says.
    pub basics: ClaimBasics,
    /// Date on which the case came to the desk: of the report, else of the application, else of the entry, else of the
    /// event.
    pub registered: Date,
    /// Stage II.
    pub filed_date: Option<Date>,
    /// First complete bundle.
    pub complete_date: Option<Date>,
    /// End of the case.
    pub closed_date: Option<Date>,
    /// How it ended.
    pub closed_as: Option<ProcessState>,
    /// Why it was rejected or cancelled.
    pub close_reason: Option<CloseReason>,
    /// Outcome as known.
    pub outcome: Option<Outcome>,
    /// Date of the outcome.
    pub outcome_date: Option<Date>,
    /// Where it stands.
    pub status: Option<ProcessState>,
    /// Its lines, by number.
    pub lines: Vec<HistoryLine>,
    /// File it stands in.
    pub file: Arc<str>,
    /// Row as a person counts.
    pub row: u32,
}

/// A benefit line as the files have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// Number within the claim.
    pub no: LineNo,
    /// Whose number that is.
    pub numbering: Numbering,
    /// Component, days, payee, receipt, asked.
    pub new: NewLine,
    /// What was determined.
    pub determination: Option<HistoryDetermination>,
    /// When this line's own papers came, where the file says.
    pub filed_date: Option<Date>,
    /// When this line's own papers were complete, where the file says.
    pub complete_date: Option<Date>,
    /// Vouchers that the line's rows name: none, one, or by mistake several.
    pub links: Vec<LineLink>,
    /// Row as a person counts.
    pub row: u32,
}

/// Who numbered a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// The file.
    Told,
    /// We, in the order of the file: of a known claim it need not be the number the line has there.
    Given,
}

/// A determination as the files have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryDetermination {
    /// Amount, gross.
    pub amount: Rupiah,
    /// Date of the letter.
    pub date: Date,
    /// Its number; may be empty.
    pub number: String,
}

/// A voucher that a line names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineLink {
    /// The code.
    pub code: VoucherCode,
    /// Its place among the vouchers of these files; none where no file has it, or its row is refused.
    pub voucher: Option<usize>,
    /// Whether a file has it and its row is refused: the line waits until it is mended.
    pub fate: Fate,
}

/// What became of the voucher that a line names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is there, or no file has it.
    Plain,
    /// Its row is refused.
    Refused,
}

/// A voucher as the files have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryVoucher {
    /// Code on the bundle.
    pub code: VoucherCode,
    /// Issued or recorded.
    pub kind: VoucherKind,
    /// Date on it.
    pub date: Date,
    /// Programme, where the file says.
    pub programme: Option<Programme>,
    /// Payee as the voucher says; what it leaves out is its first line's.
    pub payee: Payee,
    /// Whether the file says the payee's kind.
    pub payee_told: bool,
    /// Gross.
    pub gross: Rupiah,
    /// Income tax withheld.
    pub pph: Rupiah,
    /// Rounding, signed.
    pub rounding: Rupiah,
    /// Net, as the paper says.
    pub net: Rupiah,
    /// Where it stands, as the paper says.
    pub status: VoucherState,
    /// Date and reason of its void.
    pub void: Option<(Date, String)>,
    /// For what; may be empty.
    pub description: String,
    /// Code of the core system beside ours; may be empty.
    pub external_code: String,
    /// Who made it; may be empty.
    pub prepared_by: String,
    /// Who approved it; may be empty.
    pub approved_by: String,
    /// Lines it pays, by claim and number.
    pub lines: Vec<HistoryVoucherLine>,
    /// Transfers, by date.
    pub payments: Vec<HistoryPayment>,
    /// File it stands in.
    pub file: Arc<str>,
    /// Row as a person counts.
    pub row: u32,
}

/// A line of a voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryVoucherLine {
    /// Place of the claim among the claims of these files.
    pub claim: usize,
    /// Number of the claim as printed.
    pub claim_no: String,
    /// Which line.
    pub line: LineNo,
    /// Its determined amount.
    pub amount: Rupiah,
    /// Whether it left the voucher when that was voided.
    pub hold: Hold,
}

/// What a void does to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// The line leaves a voided voucher, as it should.
    Released,
    /// The papers still show the line on the void voucher: a fault that the tie-out lists.
    Kept,
}

/// A transfer as the files have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryPayment {
    /// Date.
    pub date: Date,
    /// Amount.
    pub amount: Rupiah,
    /// The bank's reference; may be empty.
    pub reference: String,
    /// When it came back.
    pub returned: Option<Date>,
    /// Why it came back; may be empty.
    pub reason: String,
    /// Row as a person counts.
    pub row: u32,
}

impl HistoryClaim {
    /// The state in which the case ended, if it did.
    pub fn end_state(&self) -> Option<ProcessState> {
        let told = self.closed_as.or(self.status.filter(|status| !status.is_open()));
        // A date of its end without a word how: closed, unless a reason says it was turned down.
        told.or_else(|| {
            self.closed_date?;
            Some(if self.close_reason.is_some() { ProcessState::Rejected } else { ProcessState::Closed })
        })
    }

    /// The date on which the case ended, if it did.
    pub fn end_day(&self) -> Option<Date> {
        self.end_state().map(|_| self.closed_date.unwrap_or_else(|| self.last_paper()))
    }

    /// The date of the application: outside JKK the report is the application.
    pub fn filed_day(&self) -> Option<Date> {
        let is_at_once = self.basics.programme != Programme::Jkk;
        self.filed_date.or_else(|| is_at_once.then_some(self.registered))
    }

    /// The date of the outcome: as the paper says, else for a case under treatment the day it came, else its last paper.
    pub fn outcome_day(&self) -> Date {
        self.outcome_date.unwrap_or_else(|| match self.outcome {
            Some(Outcome::Berobat) | None => self.registered,
            Some(_) => self.last_paper(),
        })
    }

    /// The latest date on the case's own papers.
    pub fn last_paper(&self) -> Date {
        let own = [self.filed_date, self.complete_date, self.outcome_date, self.closed_date];
        let lines =
            self.lines.iter().filter_map(|line| line.determination.as_ref().map(|letter| letter.date));
        own.into_iter().flatten().chain(lines).fold(self.registered, Date::max)
    }

    /// The day on which a line's papers were complete: its own, else the claim's, unless the line cannot have been in that
    /// bundle because it was asked later or covers later days.
    fn complete_of(&self, line: &HistoryLine) -> Option<Date> {
        let asked = line.filed_date.into_iter().chain(line.new.span.map(|span| span.to)).max();
        let of_claim = || self.complete_date.filter(|complete| asked.is_none_or(|asked| asked <= *complete));
        line.complete_date.or_else(of_claim)
    }

    /// The days on which papers were complete, each with the lines they are of.
    pub fn bundles(&self) -> BTreeMap<Date, Vec<LineNo>> {
        let mut bundles: BTreeMap<Date, Vec<LineNo>> = BTreeMap::new();
        if let Some(date) = self.complete_date {
            bundles.entry(date).or_default();
        }
        for line in &self.lines {
            if let Some(date) = self.complete_of(line) {
                bundles.entry(date).or_default().push(line.no);
            }
        }
        bundles
    }

    /// The last complete bundle: of the claim or of one of its lines.
    pub fn last_complete(&self) -> Option<Date> {
        self.lines.iter().map(|line| line.complete_date).fold(self.complete_date, Option::max)
    }
}

impl HistoryVoucher {
    /// What has arrived.
    pub fn arrived(&self) -> Rupiah {
        self.payments.iter().filter(|payment| payment.returned.is_none()).map(|payment| payment.amount).sum()
    }

    /// What its lines add up to.
    pub fn line_sum(&self) -> Rupiah {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// What the paper says is settled though no transfer shows it: the rest up to the net, if it says paid.
    pub fn settled_unseen(&self) -> Rupiah {
        let rest = self.net - self.arrived();
        if self.status == VoucherState::Paid && rest > Rupiah::ZERO { rest } else { Rupiah::ZERO }
    }
}
