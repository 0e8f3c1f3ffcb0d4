//! Vouchers at the desk: issue, record, pay, void. The number is taken under the writer's lock and nowhere else.

use std::cell::RefCell;
use std::sync::Arc;

use crate::desk::Desk;
use crate::desk::claims::claim_of;
use crate::desk::duplicates::{Lookalike, blocking};
use crate::desk::error::DeskError;
use crate::domain::command::{RaiseVoucher, SeenLine, SeenVoucher};
use crate::domain::decide::{self, RaiseFacts, VoucherFacts};
use crate::domain::voucher::{SeriesKey, SeriesState};
use crate::domain::{
    Claim, ClaimId, Event, LineNo, OfficeEvent, Payee, Programme, Refusal, Rupiah, Voucher, VoucherCommand,
    VoucherEvent, VoucherId, VoucherKind,
};
use crate::store::{IdempotencyKey, View, VoucherFilter, VoucherRow};

/// What `voucher issue` is asked: the waiting lines of some claims, one voucher for each payee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueWish {
    /// The claims.
    pub claims: Vec<ClaimId>,
    /// Only these lines of a single claim; empty: all that wait.
    pub only: Vec<LineNo>,
    /// Date on the vouchers.
    pub date: jiff::civil::Date,
    /// Tax withheld from the one voucher that this makes; none: what the rule says.
    pub pph: Option<Rupiah>,
}

/// What one voucher would pay, as it was read: what is raised from it is this, or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Programme of its lines.
    pub programme: Programme,
    /// Who is paid.
    pub payee: Payee,
    /// The lines as they were read.
    pub lines: Vec<SeenLine>,
}

impl Proposal {
    /// The sum of its lines.
    pub fn gross(&self) -> Rupiah {
        self.lines.iter().map(|line| line.amount).sum()
    }
}

/// A voucher that is safe on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Its id.
    pub id: VoucherId,
    /// The code to write on the bundle.
    pub code: String,
    /// Who is paid.
    pub payee: String,
    /// What is transferred.
    pub net: Rupiah,
}

impl Desk {
    /// Raises one voucher: issues our own number or records a code.
    pub fn raise(&self, key: &IdempotencyKey, wish: &RaiseVoucher) -> Result<Issued, DeskError> {
        let today = self.today();
        let lines: Vec<(ClaimId, LineNo)> = wish.lines.iter().map(|line| (line.claim, line.line)).collect();
        let head = self.view().head();
        refuse_blocked(&blocking(&self.view(), &lines)?)?;
        let committed = self.commit(key, |view| {
            if view.head() != head {
                refuse_blocked(&blocking(view, &lines)?)?;
            }
            let owned = claims_of(view, wish.lines.iter().map(|line| line.claim))?;
            let claims: Vec<&Claim> = owned.iter().map(Arc::as_ref).collect();
            let id = view.next_voucher_id();
            // A code that cannot be looked up counts as taken, and the store's own trouble is told instead.
            let trouble = RefCell::new(None);
            let code_taken = |code: &str, year: i16| {
                view.code_taken(code, year).unwrap_or_else(|error| {
                    trouble.replace(Some(error));
                    true
                })
            };
            let facts = RaiseFacts {
                office: view.office(),
                today,
                claims: &claims,
                id,
                series: &|series| view.series(series),
                code_taken: &code_taken,
                by: self.user(),
                who: self.who(),
            };
            let raised = decide::raise(&facts, wish);
            match trouble.take() {
                Some(error) => Err(error.into()),
                None => Ok(vec![Event::Voucher(id, raised?)]),
            }
        })?;
        let born = committed.events.iter().find_map(|event| match event {
            Event::Voucher(id, VoucherEvent::Raised(voucher)) => Some(Issued {
                id: *id,
                code: voucher.code.as_str().to_owned(),
                payee: voucher.payee.name.clone(),
                net: voucher.net,
            }),
            _ => None,
        });
        Ok(born.expect("a raised voucher says its code"))
    }

    /// Issues a voucher for each payee of the waiting lines of some claims; a transaction each, and `shown` is told of
    /// each as soon as it is safe.
    pub fn issue<E: From<DeskError>>(
        &self,
        wish: &IssueWish,
        shown: &mut dyn FnMut(&Issued) -> Result<(), E>,
    ) -> Result<Vec<Issued>, E> {
        let mut issued = Vec::new();
        let proposals = self.proposals(wish)?;
        if wish.pph.is_some() && proposals.len() > 1 {
            return Err(DeskError::from(Refusal::new("tax-of-several").with("n", proposals.len())).into());
        }
        for proposal in proposals {
            let tax = self.withheld(&proposal.lines, wish.date)?.map_or(Rupiah::ZERO, |tax| tax.amount);
            let pph = wish.pph.unwrap_or(tax);
            let voucher = self.raise(&self.new_key(), &issue_of(proposal.lines, wish.date, pph))?;
            shown(&voucher)?;
            issued.push(voucher);
        }
        Ok(issued)
    }

    /// The waiting lines of some claims, apart by programme and payee: one voucher each.
    pub fn proposals(&self, wish: &IssueWish) -> Result<Vec<Proposal>, DeskError> {
        let view = self.view();
        let mut found: Vec<Proposal> = Vec::new();
        for id in &wish.claims {
            let claim = claim_of(&view, *id)?;
            let wanted = |no: LineNo| wish.only.is_empty() || wish.only.contains(&no);
            for line in claim.lines.iter().filter(|line| wanted(line.no)) {
                if !line.waits_for_voucher() && wish.only.is_empty() {
                    continue;
                }
                let (programme, seen) = (claim.basics.programme, SeenLine::of(&claim, line));
                let fits = |known: &&mut Proposal| {
                    known.programme == programme && known.payee.key() == line.payee.key()
                };
                match found.iter_mut().find(fits) {
                    Some(proposal) => proposal.lines.push(seen),
                    None => {
                        found.push(Proposal { programme, payee: line.payee.clone(), lines: vec![seen] });
                    }
                }
            }
        }
        if found.is_empty() {
            return Err(Refusal::new("voucher-without-lines").into());
        }
        Ok(found)
    }

    /// One command to an existing voucher, as the person saw it.
    pub fn voucher(
        &self,
        key: &IdempotencyKey,
        id: VoucherId,
        seen: SeenVoucher,
        command: &VoucherCommand,
    ) -> Result<Arc<Voucher>, DeskError> {
        let pays = matches!(command, VoucherCommand::Pay { .. });
        let head = self.view().head();
        if pays {
            let voucher = voucher_of(&self.view(), id)?;
            refuse_blocked(&self.before_paying(&voucher)?)?;
        }
        let committed = self.commit(key, |view| {
            let voucher = voucher_of(view, id)?;
            refuse_moved(&voucher, seen)?;
            if pays && view.head() != head {
                let lines: Vec<_> = voucher.lines.iter().map(|line| (line.claim, line.line)).collect();
                refuse_blocked(&blocking(view, &lines)?)?;
            }
            self.decide_voucher(view, &voucher, command)
        })?;
        voucher_of(&committed.view, id)
    }

    /// What a command makes of a voucher, without doing it.
    pub(super) fn decide_voucher(
        &self,
        view: &View,
        voucher: &Voucher,
        command: &VoucherCommand,
    ) -> Result<Vec<Event>, DeskError> {
        let owned = claims_of(view, voucher.claims().into_iter())?;
        let claims: Vec<&Claim> = owned.iter().map(Arc::as_ref).collect();
        let facts = VoucherFacts {
            office: view.office(),
            today: self.today(),
            voucher,
            claims: &claims,
            by: self.user(),
            who: self.who(),
        };
        Ok(decide::voucher(&facts, command)?)
    }

    /// The voucher with this code.
    pub fn find_voucher(&self, code: &str) -> Result<Arc<Voucher>, DeskError> {
        let view = self.view();
        let id = view
            .voucher_by_code(code)?
            .ok_or_else(|| Refusal::new("voucher-unknown").with("code", code.trim()))?;
        voucher_of(&view, id)
    }

    /// What the journal calls a claim or a voucher that a person names: its number or code as kept, else the text.
    pub fn references_of(&self, text: &str) -> Vec<String> {
        if let Ok(claim) = self.find_claim(text) {
            return vec![claim.basics.claim_no.as_str().to_owned()];
        }
        match self.find_voucher(text) {
            Ok(voucher) => vec![voucher.code.as_str().to_owned()],
            Err(_) => vec![text.trim().to_owned()],
        }
    }

    /// Vouchers that pass a filter, newest first.
    pub fn vouchers(
        &self,
        filter: &VoucherFilter,
        limit: Option<usize>,
    ) -> Result<Vec<VoucherRow>, DeskError> {
        let rows = self.view().voucher_rows(filter)?;
        Ok(rows.window(0..limit.unwrap_or(usize::MAX).min(rows.len()))?)
    }

    /// Tells a series where to start, for a desk that begins in mid-month.
    pub fn start_series(&self, series: &SeriesKey, next: u32) -> Result<SeriesState, DeskError> {
        let key = self.new_key();
        let committed = self.commit(&key, |view| {
            let last = view.series(series).last;
            if next <= last {
                return Err(Refusal::new("series-behind").with("series", series).with("last", last).into());
            }
            Ok(vec![Event::Office(OfficeEvent::SeriesStarted { series: series.clone(), next })])
        })?;
        Ok(committed.view.series(series))
    }
}

/// The wish to issue our own number for some lines.
fn issue_of(lines: Vec<SeenLine>, date: jiff::civil::Date, pph: Rupiah) -> RaiseVoucher {
    RaiseVoucher {
        kind: VoucherKind::Issued,
        code: String::new(),
        date,
        lines,
        pph,
        rounding: Rupiah::ZERO,
        description: String::new(),
    }
}

/// Nothing is raised or paid over a hard match that nobody has answered for.
fn refuse_blocked(found: &[Lookalike]) -> Result<(), Refusal> {
    found.iter().find(|found| found.is_hard()).map_or(Ok(()), |found| Err(found.refusal()))
}

/// A voucher that somebody has changed meanwhile is shown as it was seen and as it is; whoever asked decides anew.
fn refuse_moved(voucher: &Voucher, seen: SeenVoucher) -> Result<(), Refusal> {
    let now = SeenVoucher::of(voucher);
    if now.revision == seen.revision {
        return Ok(());
    }
    let refusal = Refusal::new("voucher-moved").with("code", &voucher.code);
    let refusal = refusal.with("from", seen.state).with("seen", seen.unpaid.grouped());
    Err(refusal.with("to", now.state).with("now", now.unpaid.grouped()))
}

fn voucher_of(view: &View, id: VoucherId) -> Result<Arc<Voucher>, DeskError> {
    view.voucher(id)?.ok_or_else(|| Refusal::new("voucher-unknown").with("code", id).into())
}

fn claims_of(view: &View, ids: impl Iterator<Item = ClaimId>) -> Result<Vec<Arc<Claim>>, DeskError> {
    let mut ids: Vec<ClaimId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().filter_map(|id| view.claim(id).map_err(DeskError::from).transpose()).collect()
}
