//! The voucher queue: determined lines that wait for a voucher, by payee, oldest completeness first.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::domain::clock::payment_due;
use crate::domain::command::SeenLine;
use crate::domain::{
    BenefitLine, Claim, ClaimId, Component, LineNo, Office, Payee, Programme, Rupiah, query,
};
use crate::store::View;

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
    /// Who is paid, as the line spells it; lines of one spelling share it.
    pub payee: Arc<Payee>,
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
    pub payee: Arc<Payee>,
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
            payee: Payee::clone(&line.payee),
            amount: line.amount,
        };
        self.lines.iter().map(seen).collect()
    }

    /// The lines as a voucher names them.
    pub fn line_ids(&self) -> Vec<(ClaimId, LineNo)> {
        self.lines.iter().map(|line| (line.claim, line.line)).collect()
    }
}

/// The queue as one view has it.
#[derive(Debug, Clone)]
pub struct Queue {
    view: View,
    bundles: Vec<Arc<Bundle>>,
}

impl Queue {
    /// The bundles, oldest completeness first.
    pub fn bundles(&self) -> &[Arc<Bundle>] {
        &self.bundles
    }
}

/// Bundles by programme and payee.
type ByPayee = BTreeMap<(Programme, String), Arc<Bundle>>;

impl Desk {
    /// The queue, oldest completeness first.
    pub fn queue(&self, cancel: &AtomicBool) -> Result<Queue, DeskError> {
        let view = self.view();
        let waiting =
            query::parse("menunggu_voucher > 0", self.today()).expect("our own filter is well formed");
        let mut bundles = ByPayee::new();
        let office = view.office();
        let lines = |claim: &Claim| waiting_lines(claim, office);
        view.map_claims(&waiting, self.today(), cancel, lines, &mut |lines| add(&mut bundles, lines))?;
        let bundles = in_order(bundles);
        Ok(Queue { view, bundles })
    }

    /// The queue as it is now, made of an older one: only claims that were touched since are read.
    pub fn queue_since(&self, older: &Queue, cancel: &AtomicBool) -> Result<Queue, DeskError> {
        let view = self.view();
        // Each line's last day is reckoned by the office's holidays.
        let is_same_office = view.office() == older.view.office();
        let Some(changed) = view.claims_changed_since(&older.view).filter(|_| is_same_office) else {
            return self.queue(cancel);
        };
        let stays = |line: &WaitingLine| changed.binary_search(&line.claim).is_err();
        let mut bundles = ByPayee::new();
        for bundle in &older.bundles {
            let left = if bundle.lines.iter().all(stays) {
                Some(Arc::clone(bundle))
            } else {
                Bundle::clone(bundle).only(stays).map(Arc::new)
            };
            bundles.extend(left.map(|left| ((left.programme, left.payee.key()), left)));
        }
        for claim in view.claims(&changed)? {
            add(&mut bundles, waiting_lines(&claim, view.office()));
        }
        let bundles = in_order(bundles);
        Ok(Queue { view, bundles })
    }
}

/// The lines of a claim that wait for a voucher.
fn waiting_lines(claim: &Claim, office: &Office) -> Vec<(Programme, WaitingLine)> {
    let waiting = claim.lines.iter().filter(|line| line.waits_for_voucher());
    let line = |line: &BenefitLine| WaitingLine {
        claim: claim.id,
        claim_no: claim.basics.claim_no.as_str().to_owned(),
        worker: claim.basics.worker.name.clone(),
        line: line.no,
        component: line.component,
        payee: Arc::new(line.payee.clone()),
        amount: line.determined(),
        determined: line.determination.as_ref().map_or(Date::MIN, |entry| entry.date),
        complete: line.complete_date,
        due: line.complete_date.map(|date| payment_due(date, office)),
    };
    waiting.map(|waiting| (claim.basics.programme, line(waiting))).collect()
}

fn add(bundles: &mut ByPayee, lines: Vec<(Programme, WaitingLine)>) {
    for (programme, mut line) in lines {
        let bundle = bundles.entry((programme, line.payee.key())).or_insert_with(|| {
            let payee = Arc::clone(&line.payee);
            Arc::new(Bundle { programme, payee, lines: Vec::new(), total: Rupiah::ZERO })
        });
        let bundle = Arc::make_mut(bundle);
        bundle.total += line.amount;
        // Of a hospital's ten thousand lines nearly all spell it alike: they share one.
        if line.payee == bundle.payee {
            line.payee = Arc::clone(&bundle.payee);
        }
        bundle.lines.push(line);
    }
}

/// Oldest completeness first, the lines of each bundle as well.
fn in_order(bundles: ByPayee) -> Vec<Arc<Bundle>> {
    let mut queue: Vec<((Date, String), Arc<Bundle>)> = Vec::with_capacity(bundles.len());
    for ((_, payee), mut bundle) in bundles {
        let order = |line: &WaitingLine| (line.complete.unwrap_or(Date::MAX), line.claim, line.line);
        if !bundle.lines.is_sorted_by_key(order) || bundle.payee != bundle.lines[0].payee {
            let bundle = Arc::make_mut(&mut bundle);
            bundle.lines.sort_by_key(order);
            bundle.payee.clone_from(&bundle.lines[0].payee);
        }
        queue.push(((bundle.oldest().unwrap_or(Date::MAX), payee), bundle));
    }
    queue.sort_by(|(one, _), (other, _)| one.cmp(other));
    queue.into_iter().map(|(_, bundle)| bundle).collect()
}
