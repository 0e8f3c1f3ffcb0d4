//! Which records of the files the store knows, and what that makes of the problems the readers found.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::calendar::days_between;
use crate::desk::error::DeskError;
use crate::domain::duplicate::SAME_EVENT_DAYS;
use crate::domain::problem::{Severity, Spot};
use crate::domain::{ClaimId, Problem, ProcessState, Voucher, VoucherCode, VoucherId};
use crate::intake::history::{History, HistoryPayment, HistoryVoucher};
use crate::store::View;

/// What a voucher of the files is to the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InStore {
    /// It is there.
    Known(VoucherId),
    /// It is new and pays new claims only: it goes in with them.
    New,
    /// It is new and pays a line of a known claim: a change of that claim.
    Joint,
    /// No file says which lines it pays: it waits for the files that do.
    HeldBack,
}

/// Which records of the files the store knows.
#[derive(Debug)]
pub(super) struct Known {
    /// By place; none for a new one.
    pub claims: Vec<Option<ClaimId>>,
    /// By place.
    pub vouchers: Vec<InStore>,
    /// Transfers for vouchers that the store knows and no file has.
    pub late: BTreeMap<VoucherId, Vec<HistoryPayment>>,
    /// Transfers for codes that nobody knows.
    pub strays: Vec<(VoucherCode, HistoryPayment)>,
}

impl Known {
    /// Looks every record of the files up. Problems that the store settles are taken off the list; what only other
    /// files could show becomes a refusal.
    pub fn look_up(view: &View, history: &mut History) -> Result<Known, DeskError> {
        let is_bare = view.n_claims() == 0 && view.n_vouchers() == 0;
        let mut known = Known {
            claims: vec![None; history.n_claims()],
            vouchers: vec![InStore::New; history.n_vouchers()],
            late: BTreeMap::new(),
            strays: Vec::new(),
        };
        let mut settled = Settled::default();
        let mut reader = history.reader();
        if !is_bare {
            for (place, id) in known.claims.iter_mut().enumerate() {
                *id = view.claim_by_no(reader.claim(place).basics.claim_no.as_str())?;
            }
        }
        // On a first import of whole files there is nothing to ask of a voucher, and there may be a million.
        let is_plain = is_bare && history.has_lines();
        for place in (0..history.n_vouchers()).filter(|_| !is_plain) {
            let voucher = reader.voucher(place);
            let is = known.in_store(view, history, &voucher)?;
            match is {
                InStore::Known(_) => settled.known.insert(voucher.code.as_str().to_owned()),
                InStore::HeldBack => settled.held.insert(voucher.code.as_str().to_owned()),
                InStore::New | InStore::Joint => false,
            };
            known.vouchers[place] = is;
        }
        for (code, payment) in history.orphan_payments() {
            match payee_of(view, code, payment)? {
                Some(voucher) => {
                    settled.known.insert(code.as_str().to_owned());
                    known.late.entry(voucher.id).or_default().push(payment.clone());
                }
                None if history.has_vouchers() => known.strays.push((code.clone(), payment.clone())),
                None => {}
            }
        }
        drop(reader);
        settled.lines_of(view, history)?;
        if !is_bare {
            known.same_cases(view, history)?;
        }
        settled.put(history);
        Ok(known)
    }

    /// New claims of a person that the store has with the same programme and an event at most a day apart; what the
    /// files said of known ones was said when they came in.
    fn same_cases(&self, view: &View, history: &mut History) -> Result<(), DeskError> {
        let (mut problems, mut named) = (Vec::new(), BTreeSet::new());
        let mut reader = history.reader();
        for place in (0..self.claims.len()).filter(|place| self.claims[*place].is_none()) {
            let claim = reader.claim(place);
            let (basics, identity) = (&claim.basics, claim.basics.worker.identity.number());
            named.insert(basics.claim_no.as_str().to_owned());
            let others = if identity.is_empty() { Vec::new() } else { view.claims_by_identity(identity)? };
            for other in view.claims(&others)? {
                let is_turned_down =
                    matches!(other.state(), ProcessState::Rejected | ProcessState::Cancelled);
                let apart = days_between(other.basics.event_date, basics.event_date).abs();
                let is_same = other.basics.programme == basics.programme && apart <= SAME_EVENT_DAYS;
                if is_same && !is_turned_down {
                    let (file, key) = (claim.file.to_string(), basics.claim_no.as_str().to_owned());
                    let row = usize::try_from(claim.row).expect("rows fit");
                    let spot = Spot { file, row, column: String::new(), key: key.clone() };
                    let problem = Problem::warning("claim-looks-same", spot).with("claim_no", key);
                    problems.push(problem.with("other", &other.basics.claim_no));
                }
            }
        }
        drop(reader);
        let is_known = |problem: &Problem| !named.contains(&problem.spot.key);
        history.problems.retain(|problem| problem.code != "claim-looks-same" || !is_known(problem));
        history.problems.extend(problems);
        Ok(())
    }

    fn in_store(
        &self,
        view: &View,
        history: &History,
        voucher: &HistoryVoucher,
    ) -> Result<InStore, DeskError> {
        if let Some(known) = find(view, voucher)? {
            return Ok(InStore::Known(known.id));
        }
        if !history.has_lines() && voucher.void.is_none() {
            return Ok(InStore::HeldBack);
        }
        let is_joint = voucher.lines.iter().any(|line| self.claims[line.claim].is_some());
        Ok(if is_joint { InStore::Joint } else { InStore::New })
    }
}

/// The voucher of the store with this code and of this year. A code is unique in a year: last year's is another one.
fn find(view: &View, said: &HistoryVoucher) -> Result<Option<Arc<Voucher>>, DeskError> {
    let found = view.vouchers_by_code(said.code.as_str())?;
    Ok(found.into_iter().find(|voucher| voucher.date.year() == said.date.year()))
}

/// The voucher of the store that a transfer is for: the latest with the code that was there on that day.
fn payee_of(
    view: &View,
    code: &VoucherCode,
    payment: &HistoryPayment,
) -> Result<Option<Arc<Voucher>>, DeskError> {
    let found = view.vouchers_by_code(code.as_str())?;
    let on_the_day = found.iter().filter(|voucher| voucher.date <= payment.date);
    Ok(on_the_day.max_by_key(|voucher| voucher.date).or(found.first()).cloned())
}

/// Codes about which the readers could not know what the store knows.
#[derive(Default)]
struct Settled {
    known: BTreeSet<String>,
    held: BTreeSet<String>,
}

impl Settled {
    /// Codes that lines name, that no file has and that the store knows.
    fn lines_of(&mut self, view: &View, history: &History) -> Result<(), DeskError> {
        let of_lines = history.problems.iter().filter(|problem| problem.code == "line-voucher-unknown");
        for code in of_lines.map(code_of) {
            if !self.known.contains(code) && view.voucher_by_code(code)?.is_some() {
                self.known.insert(code.to_owned());
            }
        }
        Ok(())
    }

    fn put(self, history: &mut History) {
        let has_vouchers = history.has_vouchers();
        let mut n_refused = 0;
        history.problems.retain_mut(|problem| {
            let is_known = self.known.contains(code_of(problem));
            match problem.code {
                "payment-voucher-unknown" | "voucher-no-lines" | "line-voucher-unknown" if is_known => {
                    return false;
                }
                "payment-voucher-unknown" if !has_vouchers => problem.severity = Severity::Error,
                "voucher-no-lines" if self.held.contains(code_of(problem)) => {
                    problem.severity = Severity::Error;
                    problem.code = "voucher-lines-absent";
                }
                _ => return true,
            }
            n_refused += 1;
            true
        });
        history.n_refused += n_refused;
    }
}

fn code_of(problem: &Problem) -> &str {
    problem.args.iter().find(|(name, _)| *name == "code").map_or("", |(_, code)| code)
}
