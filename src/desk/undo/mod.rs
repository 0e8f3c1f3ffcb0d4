//! Taking back what one has just done: the last actions of this person today, out of the journal, each with the commands
//! that would take it back and what they will do, or the reason why there is no way back. Nothing is erased: what is
//! taken back is an event more, through the same rules and the same look at the revision as every command.
//!
//! The link between an action and its undo is the command's key (`undo.<number>.…`); so an undo is an action like others
//! and can be taken back itself.

mod back;
mod past;
mod say;

use jiff::civil::DateTime;

use crate::desk::{Desk, DeskError};
use crate::domain::code::CloseReason;
use crate::domain::command::SeenVoucher;
use crate::domain::{
    Claim, ClaimCommand, ClaimEvent, ClaimId, Event, Refusal, Voucher, VoucherCommand, VoucherEvent,
    VoucherId,
};
use crate::store::{Actor, IdempotencyKey, Past, View};
use crate::words::Words;

use past::Day;

pub use back::alike;
pub use say::{Change, Deed};

/// So many actions are listed.
const LISTED: usize = 8;

/// Whether something done can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It can, like this.
    Open(Box<UndoPlan>),
    /// It was, at this hour.
    Undone(DateTime),
    /// It cannot, and why.
    Stays(Refusal),
}

/// How something is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoPlan {
    /// Number of the transaction that it takes back.
    pub of: u64,
    /// The key that makes it one command however often it is given.
    pub key: IdempotencyKey,
    /// The commands, with the version they are based on.
    pub steps: Steps,
    /// What will differ afterwards.
    pub changes: Vec<Change>,
    /// What there is to know about it, as sentences.
    pub notes: Vec<String>,
}

/// The commands of an undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Steps {
    /// To a claim.
    Claim {
        /// Which.
        id: ClaimId,
        /// As it was seen.
        revision: u32,
        /// All or none.
        commands: Vec<ClaimCommand>,
    },
    /// To a voucher.
    Voucher {
        /// Which.
        id: VoucherId,
        /// As it was seen.
        seen: SeenVoucher,
        /// What is done to it.
        command: VoucherCommand,
    },
}

/// The last actions of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deeds {
    /// The newest first.
    pub deeds: Vec<Deed>,
    /// What this person did today up to this hour lies in the base: what was there before is not known any more.
    pub swallowed: Option<DateTime>,
}

impl Desk {
    /// What this person did last today, and how it would be taken back.
    pub fn deeds(&self, words: &Words) -> Result<Deeds, DeskError> {
        let day = Day::read(self)?;
        let view = self.view();
        let deeds = day.mine.iter().rev().take(LISTED).map(|past| {
            let standing = match day.undone(past.seq) {
                Some(at) => Standing::Undone(at),
                None => match self.way_back(&day, &view, past, words) {
                    Ok(plan) => Standing::Open(Box::new(plan)),
                    Err(DeskError::Refused(refusal)) => Standing::Stays(refusal),
                    Err(error) => return Err(error),
                },
            };
            Ok(say::deed(past, standing, words))
        });
        let deeds = deeds.collect::<Result<Vec<Deed>, DeskError>>()?;
        let is_mine = |actor: &Actor| past::person_of(actor).is_same(self.who());
        let swallowed = self.store().swallowed_since(self.today(), &is_mine)?;
        Ok(Deeds { deeds, swallowed: swallowed.map(|at| at.civil()) })
    }

    /// How many things were done today, by whomever, that could still be taken back: a compaction puts them beyond that.
    pub fn steps_of_today(&self) -> Result<u64, DeskError> {
        past::steps_of_today(self)
    }

    /// One of the last actions, by its number.
    pub fn deed(&self, seq: u64, words: &Words) -> Result<Deed, DeskError> {
        let deeds = self.deeds(words)?.deeds;
        let found = deeds.into_iter().find(|deed| deed.seq == seq);
        found.ok_or_else(|| Refusal::new("undo-unknown").with("id", seq).into())
    }

    /// Takes something back. If somebody was faster, the refusal says who and when.
    pub fn undo(&self, plan: &UndoPlan) -> Result<(), DeskError> {
        let done = match &plan.steps {
            Steps::Claim { id, revision, commands } => {
                self.claim_all(&plan.key, *id, Some(*revision), commands).map(drop)
            }
            Steps::Voucher { id, seen, command } => self.voucher(&plan.key, *id, *seen, command).map(drop),
        };
        match (done, &plan.steps) {
            (Err(DeskError::Refused(refusal)), Steps::Claim { id, .. })
                if refusal.code == "revision-moved" =>
            {
                Err(Day::read(self)?.claim_changed(plan.of, *id).into())
            }
            (Err(DeskError::Refused(refusal)), Steps::Voucher { id, .. })
                if refusal.code == "voucher-moved" =>
            {
                Err(Day::read(self)?.voucher_changed(plan.of, *id).into())
            }
            (done, _) => done,
        }
    }

    /// How a transaction is taken back, or why not.
    fn way_back(&self, day: &Day, view: &View, past: &Past, words: &Words) -> Result<UndoPlan, DeskError> {
        let mut vouchers = past.events.iter().filter_map(|event| match event {
            Event::Voucher(id, event) => Some((*id, event)),
            _ => None,
        });
        if let Some((id, event)) = vouchers.next() {
            return self.voucher_back(day, view, past, (id, event), words);
        }
        let claim = past.events.iter().find_map(|event| match event {
            Event::Claim(id, _) => Some(*id),
            _ => None,
        });
        match claim {
            Some(id) => self.claim_back(day, view, past, id, words),
            None => Err(Refusal::new("undo-series").into()),
        }
    }

    fn claim_back(
        &self,
        day: &Day,
        view: &View,
        past: &Past,
        id: ClaimId,
        words: &Words,
    ) -> Result<UndoPlan, DeskError> {
        let (Some(now), Some(after)) = (view.claim(id)?, past.after.claim(id)?) else {
            return Err(Refusal::new("undo-not-exact").into());
        };
        if !alike(&now, &after) {
            return Err(day.claim_changed(past.seq, id).into());
        }
        if day.is_restored(past.seq, &now) {
            return Err(Refusal::new("undo-restored").with("claim_no", &now.basics.claim_no).into());
        }
        let before = past.before.claim(id)?;
        let (commands, then) = match &before {
            Some(before) => self.claim_steps(view, &now, before)?,
            None => {
                let note = words.text("undo-reason");
                let (date, reason) = (self.today(), CloseReason::Mistake);
                let commands = vec![ClaimCommand::Cancel { date, reason, note }];
                let (then, _) = self.decide_all(view, &now, &commands)?;
                (commands, then)
            }
        };
        Ok(UndoPlan {
            of: past.seq,
            key: past::undo_key(past.seq, &self.new_key()),
            changes: say::claim_changes(&now, &then, words),
            notes: say::claim_notes(&now, &then, before.as_deref(), words),
            steps: Steps::Claim { id, revision: now.revision, commands },
        })
    }

    /// The commands that make a claim what it was, tried out: they must lead exactly there.
    fn claim_steps(
        &self,
        view: &View,
        now: &Claim,
        before: &Claim,
    ) -> Result<(Vec<ClaimCommand>, Claim), DeskError> {
        let (mut commands, mut then) = (Vec::new(), now.clone());
        for group in back::GROUPS {
            let steps = group(&then, before, self.today())?;
            then = self.decide_all(view, &then, &steps)?.0;
            commands.extend(steps);
        }
        if commands.is_empty() || !alike(&then, before) {
            return Err(Refusal::new("undo-not-exact").into());
        }
        Ok((commands, then))
    }

    fn voucher_back(
        &self,
        day: &Day,
        view: &View,
        past: &Past,
        (id, event): (VoucherId, &VoucherEvent),
        words: &Words,
    ) -> Result<UndoPlan, DeskError> {
        let why = match event {
            VoucherEvent::Raised(_) => None,
            VoucherEvent::Approved { .. } => Some("undo-approved"),
            VoucherEvent::Paid { .. } => Some("undo-paid"),
            VoucherEvent::PaymentReturned { .. } => Some("undo-returned"),
            VoucherEvent::Voided(_) => Some("undo-voided"),
        };
        let (Some(now), Some(after)) = (view.voucher(id)?, past.after.voucher(id)?) else {
            return Err(Refusal::new("undo-not-exact").into());
        };
        if let Some(why) = why {
            return Err(Refusal::new(why).with("code", &now.code).into());
        }
        if now.revision != after.revision {
            return Err(day.voucher_changed(past.seq, id).into());
        }
        let command = VoucherCommand::Void { date: self.today(), reason: words.text("undo-reason") };
        self.decide_voucher(view, &now, &command)?;
        Ok(UndoPlan {
            of: past.seq,
            key: past::undo_key(past.seq, &self.new_key()),
            changes: say::voucher_changes(&now, words),
            notes: say::voucher_notes(&now, words),
            steps: Steps::Voucher { id, seen: SeenVoucher::of(&now), command },
        })
    }
}

/// The voucher as a person refers to it, or the claim: number and whose it is.
fn subject_of(past: &Past) -> (String, String) {
    let of_voucher = |voucher: &Voucher| (voucher.code.as_str().to_owned(), voucher.payee.name.clone());
    let of_claim =
        |claim: &Claim| (claim.basics.claim_no.as_str().to_owned(), claim.basics.worker.name.clone());
    let voucher = past.events.iter().find_map(|event| match event {
        Event::Voucher(id, _) => past.after.voucher(*id).ok().flatten(),
        _ => None,
    });
    let claim = || {
        past.events.iter().find_map(|event| match event {
            Event::Claim(id, _) => past.after.claim(*id).ok().flatten(),
            _ => None,
        })
    };
    match voucher {
        Some(voucher) => of_voucher(&voucher),
        None => claim().map_or_else(Default::default, |claim| of_claim(&claim)),
    }
}

/// The event that says best what a transaction did to a claim: an ending goes before what it brings along.
fn main_event(past: &Past) -> Option<&ClaimEvent> {
    let mut events = past.events.iter().filter_map(|event| match event {
        Event::Claim(_, event) => Some(event),
        _ => None,
    });
    let ends = |event: &&ClaimEvent| {
        use crate::domain::ProcessState as S;
        matches!(event, ClaimEvent::StateSet(entry) if matches!(entry.state, S::Rejected | S::Cancelled))
    };
    events.clone().find(ends).or_else(|| events.next())
}
