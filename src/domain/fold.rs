//! The fold: a claim and a voucher are what their events say. Folding never refuses: an event is history.

use crate::domain::benefit::{Determination, Settlement, VoucherLink};
use crate::domain::claim::Claim;
use crate::domain::code::{PaymentState, VoucherState};
use crate::domain::event::{ClaimEvent, VoucherEvent};
use crate::domain::id::ClaimId;
use crate::domain::money::Rupiah;
use crate::domain::voucher::Voucher;

impl Claim {
    /// The claim a `Registered` event makes; `None` for any other event.
    pub fn born(id: ClaimId, event: &ClaimEvent) -> Option<Claim> {
        let ClaimEvent::Registered { basics, state, origin, restores, .. } = event else { return None };
        Some(Claim {
            id,
            revision: 1,
            basics: (**basics).clone(),
            filed_date: None,
            complete_date: None,
            outcomes: Vec::new(),
            states: vec![state.clone()],
            documents: Vec::new(),
            lines: Vec::new(),
            review: None,
            registered: state.posted,
            origin: *origin,
            restores: *restores,
        })
    }

    /// Folds one more event of this claim.
    pub fn apply(&mut self, event: &ClaimEvent) {
        self.revision += 1;
        match event {
            ClaimEvent::Registered { .. } => self.revision -= 1,
            ClaimEvent::Amended { basics } => self.basics = (**basics).clone(),
            ClaimEvent::Filed(state) => {
                self.filed_date = Some(state.date);
                self.states.push(state.clone());
            }
            ClaimEvent::Completed { date, lines } => {
                self.complete_date = *date;
                for line in self.lines.iter_mut().filter(|line| lines.contains(&line.no)) {
                    line.complete_date = *date;
                }
            }
            ClaimEvent::DocumentReceived(document) => {
                self.documents.retain(|existing| existing.kind != document.kind);
                self.documents.push(document.clone());
                self.documents.sort_by_key(|document| document.kind);
            }
            ClaimEvent::DocumentRemoved(kind) => self.documents.retain(|existing| existing.kind != *kind),
            ClaimEvent::LineAdded { line, .. } => self.lines.push((**line).clone()),
            ClaimEvent::LineAmended { line, .. } => {
                if let Some(place) = self.lines.iter().position(|existing| existing.no == line.no) {
                    self.lines[place] = (**line).clone();
                }
            }
            ClaimEvent::LineDetermined { line, amount, date, number, posted } => {
                if let Some(line) = self.lines.iter_mut().find(|existing| existing.no == *line) {
                    line.determination = Some(Determination {
                        amount: *amount,
                        date: *date,
                        number: number.clone(),
                        posted: *posted,
                    });
                }
            }
            ClaimEvent::OutcomeSet(entry) => self.outcomes.push(*entry),
            ClaimEvent::StateSet(entry) => self.states.push(entry.clone()),
            ClaimEvent::Reviewed(review) => self.review = Some(review.clone()),
        }
    }

    /// Folds what happened to a voucher that holds lines of this claim; `voucher` is the voucher after the event.
    pub fn apply_voucher(&mut self, voucher: &Voucher, event: &VoucherEvent) {
        let mine: Vec<_> =
            voucher.lines.iter().filter(|line| line.claim == self.id).map(|line| line.line).collect();
        for line in self.lines.iter_mut().filter(|line| mine.contains(&line.no)) {
            match event {
                VoucherEvent::Raised(_) => {
                    line.voucher = Some(VoucherLink {
                        id: voucher.id,
                        code: voucher.code.clone(),
                        settlement: Settlement::Waiting,
                    });
                }
                VoucherEvent::Voided(_) => {
                    if line.voucher.as_ref().is_some_and(|link| link.id == voucher.id) {
                        line.voucher = None;
                    }
                }
                VoucherEvent::Paid { payment, .. } => {
                    let settled = voucher.state == VoucherState::Paid;
                    if let Some(link) = line.voucher.as_mut().filter(|link| settled && link.id == voucher.id)
                    {
                        link.settlement = Settlement::Paid(payment.date);
                    }
                }
                VoucherEvent::PaymentReturned { .. } => {
                    let owed = voucher.state != VoucherState::Paid;
                    if let Some(link) = line.voucher.as_mut().filter(|link| owed && link.id == voucher.id) {
                        link.settlement = Settlement::Waiting;
                    }
                }
                VoucherEvent::Approved { .. } => {}
            }
        }
        if !mine.is_empty() {
            self.revision += 1;
        }
    }
}

impl Voucher {
    /// The voucher a `Raised` event makes; `None` for any other event.
    pub fn born(event: &VoucherEvent) -> Option<Voucher> {
        match event {
            VoucherEvent::Raised(voucher) => Some((**voucher).clone()),
            _ => None,
        }
    }

    /// Folds one more event of this voucher.
    pub fn apply(&mut self, event: &VoucherEvent) {
        self.revision += 1;
        match event {
            VoucherEvent::Raised(_) => self.revision -= 1,
            VoucherEvent::Approved { by } => {
                self.state = VoucherState::Approved;
                self.approved_by = by.clone();
            }
            VoucherEvent::Paid { payment, .. } => {
                self.payments.push(payment.clone());
                if self.unpaid() <= Rupiah::ZERO && self.state.is_live() {
                    self.state = VoucherState::Paid;
                }
            }
            VoucherEvent::PaymentReturned { payment, date, .. } => {
                if let Some(entry) = self.payments.iter_mut().find(|entry| entry.no == *payment) {
                    entry.state = PaymentState::Returned;
                    entry.returned_date = Some(*date);
                }
                if self.unpaid() > Rupiah::ZERO && self.state.is_live() {
                    self.state = VoucherState::Returned;
                }
            }
            VoucherEvent::Voided(mark) => {
                self.state = VoucherState::Void;
                self.void = Some(mark.clone());
            }
        }
    }
}
