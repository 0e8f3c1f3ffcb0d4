//! The voucher queue: determined lines that wait for a voucher, by payee, oldest completeness first.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::domain::clock::payment_due;
use crate::domain::command::SeenLine;
use crate::domain::query::{self, Field};
use crate::domain::{ClaimId, Component, LineNo, Payee, Programme, Rupiah};
use crate::store::{Direction, Sort};

/// A line that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingLine {
    /// Whose.
    pub claim: ClaimId,
    /// Number of the claim.
    pub claim_no: String,
    /// The worker.
    pub worker: String,
    /// Which line.
    pub line: LineNo,
    /// What it pays.
    pub component: Component,
    /// Who is paid, as the line spells it.
    pub payee: Payee,
    /// Determined amount.
    pub amount: Rupiah,
    /// When it was determined.
    pub determined: Date,
    /// When its own papers were complete.
    pub complete: Option<Date>,
    /// Last day to pay in time.
    pub due: Option<Date>,
}

/// All waiting lines of one programme for one payee: what one voucher can pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Programme.
    pub programme: Programme,
    /// Who is paid.
    pub payee: Payee,
    /// The lines, oldest completeness first.
    pub lines: Vec<WaitingLine>,
    /// Their sum.
    pub total: Rupiah,
}

impl Bundle {
    /// The oldest completeness among its lines; bundles without one come last.
    pub fn oldest(&self) -> Option<Date> {
        self.lines.iter().filter_map(|line| line.complete).min()
    }

    /// The bundle with only some of its lines; none if none is left. The payee is spelt as on its first line, as the
    /// voucher will be.
    pub fn only(mut self, mut keep: impl FnMut(&WaitingLine) -> bool) -> Option<Bundle> {
        self.lines.retain(&mut keep);
        self.total = self.lines.iter().map(|line| line.amount).sum();
        self.payee = self.lines.first()?.payee.clone();
        Some(self)
    }

    /// The lines as they were read, for the voucher that pays them.
    pub fn seen(&self) -> Vec<SeenLine> {
        let seen = |line: &WaitingLine| SeenLine {
            claim: line.claim,
            line: line.line,
            payee: line.payee.clone(),
            amount: line.amount,
        };
        self.lines.iter().map(seen).collect()
    }

    /// The lines as a voucher names them.
    pub fn line_ids(&self) -> Vec<(ClaimId, LineNo)> {
        self.lines.iter().map(|line| (line.claim, line.line)).collect()
    }
}

impl Desk {
    /// The queue, oldest completeness first.
    pub fn queue(&self, cancel: &AtomicBool) -> Result<Vec<Bundle>, DeskError> {
        let view = self.view();
        let today = self.today();
        let waiting = query::parse("menunggu_voucher > 0", today).expect("our own filter is well formed");
        let sort = Sort { column: Field::CompleteDate, direction: Direction::Ascending };
        let rows = view.select(&waiting, sort, today, cancel, &|_, _| {})?;
        let mut bundles: BTreeMap<(Programme, String), Bundle> = BTreeMap::new();
        for row in rows.window(0..rows.len())? {
            let claim = super::claims::claim_of(&view, row.id)?;
            for line in claim.lines.iter().filter(|line| line.waits_for_voucher()) {
                let programme = claim.basics.programme;
                let bundle = bundles.entry((programme, line.payee.key())).or_insert_with(|| Bundle {
                    programme,
                    payee: line.payee.clone(),
                    lines: Vec::new(),
                    total: Rupiah::ZERO,
                });
                bundle.total += line.determined();
                bundle.lines.push(WaitingLine {
                    claim: claim.id,
                    claim_no: claim.basics.claim_no.as_str().to_owned(),
                    worker: claim.basics.worker.name.clone(),
                    line: line.no,
                    component: line.component,
                    payee: line.payee.clone(),
                    amount: line.determined(),
                    determined: line.determination.as_ref().map_or(today, |entry| entry.date),
                    complete: line.complete_date,
                    due: line.complete_date.map(|date| payment_due(date, view.office())),
                });
            }
        }
        let mut queue: Vec<Bundle> = bundles.into_values().collect();
        for bundle in &mut queue {
            bundle.lines.sort_by_key(|line| (line.complete.unwrap_or(Date::MAX), line.claim, line.line));
            bundle.payee.clone_from(&bundle.lines[0].payee);
        }
        queue.sort_by_key(|bundle| (bundle.oldest().unwrap_or(Date::MAX), bundle.payee.key()));
        Ok(queue)
    }
}
