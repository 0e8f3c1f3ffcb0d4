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
        let ClaimEvent::Registered { basics, state, origin, restores, despite_duplicate } = event else {
            return None;
        };
        Some(Claim {
            id,
            revision: 1,
            basics: (**basics).clone(),
            filed_date: None,
            complete_date: None,
            outcomes: Vec::new(),
            states: vec![state.clone()],
            documents: Vec::new(),
            files: Vec::new(),
            lines: Vec::new(),
            review: None,
            registered: state.posted,
            origin: *origin,
            restores: *restores,
            despite_duplicate: despite_duplicate.clone(),
        })
    }

    /// Folds one more event of this claim.
    pub fn apply(&mut self, event: &ClaimEvent) {
        self.revision += 1;
        match event {
            ClaimEvent::Registered { .. } => self.revision -= 1,
            ClaimEvent::Amended { basics, .. } => self.basics = (**basics).clone(),
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
            ClaimEvent::FileAttached(file) => self.files.push(file.clone()),
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
            ClaimEvent::ToldApart { reason } => self.despite_duplicate.clone_from(reason),
            ClaimEvent::Reviewed(review) => self.review = Some(review.clone()),
            ClaimEvent::ReviewCleared => self.review = None,
            ClaimEvent::LineRestored { line, .. } => {
                self.lines.retain(|existing| existing.no != line.no);
                self.lines.push((**line).clone());
                self.lines.sort_by_key(|line| line.no);
            }
            ClaimEvent::LineWithdrawn { line, .. } => self.lines.retain(|existing| existing.no != *line),
        }
    }

    /// Folds what happened to a voucher that holds lines of this claim; `voucher` is the voucher after the event.
    pub fn apply_voucher(&mut self, voucher: &Voucher, event: &VoucherEvent) {
        let parts = voucher.parts(Rupiah::ZERO, voucher.settled());
        let part_of =
            |place| parts.iter().find(|(of, _)| *of == place).map_or(Rupiah::ZERO, |(_, part)| *part);
        let mut is_touched = false;
        for (place, entry) in voucher.lines.iter().enumerate().filter(|(_, entry)| entry.claim == self.id) {
            is_touched = true;
            let Some(line) = self.lines.iter_mut().find(|line| line.no == entry.line) else { continue };
            if let VoucherEvent::Raised(_) = event {
                let (id, code) = (voucher.id, voucher.code.clone());
                line.voucher = Some(VoucherLink { id, code, settlement: Settlement::Waiting });
                continue;
            }
            let Some(link) = line.voucher.as_mut().filter(|link| link.id == voucher.id) else { continue };
            match event {
                VoucherEvent::Voided(mark) => {
                    line.voucher = None;
                    line.free_since = Some(mark.date);
                }
                VoucherEvent::Paid { .. } | VoucherEvent::PaymentReturned { .. } => {
                    link.settlement = settlement(link.settlement, voucher, entry.amount, part_of(place));
                }
                VoucherEvent::Raised(_) | VoucherEvent::Approved { .. } => {}
            }
        }
        if is_touched {
            self.revision += 1;
        }
    }
}

/// How far a line is settled when this part of its amount has gone; the books post the same parts.
fn settlement(earlier: Settlement, voucher: &Voucher, amount: Rupiah, part: Rupiah) -> Settlement {
    // A line without rupiah is settled with its voucher.
    let is_whole = part >= amount && (amount > Rupiah::ZERO || voucher.state == VoucherState::Paid);
    match earlier {
        Settlement::Paid(_) if is_whole => earlier,
        _ if is_whole => Settlement::Paid(voucher.last_arrived().unwrap_or(voucher.date)),
        _ if part > Rupiah::ZERO => Settlement::Part(part),
        _ => Settlement::Waiting,
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
