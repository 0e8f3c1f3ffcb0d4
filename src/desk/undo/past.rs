//! What this person did today, out of the journal, and what has happened since to the same claims and vouchers.

use std::collections::{BTreeMap, VecDeque};

use jiff::civil::DateTime;

use crate::desk::{Desk, DeskError};
use crate::domain::{Claim, ClaimEvent, ClaimId, Event, PersonId, Refusal, VoucherId};
use crate::store::{Actor, IdempotencyKey, Past};

/// So many of one's own transactions are kept; the page shows fewer.
const KEPT: usize = 24;

/// The beginning of the key of an undo; behind it the number of what it takes back, and something unique.
const UNDO_KEY: &str = "undo.";

/// Every transaction of the day, in short: who touched what.
#[derive(Debug)]
pub struct Touch {
    /// Number of its first record.
    pub seq: u64,
    /// When, in the office's time.
    pub at: DateTime,
    /// Who.
    pub by: String,
    /// Whether by the person at this desk.
    pub is_mine: bool,
    /// The claims it changed.
    claims: Vec<ClaimId>,
    /// The vouchers it changed.
    vouchers: Vec<VoucherId>,
    /// The claim that a new case restores.
    restores: Option<ClaimId>,
    /// The transaction that it takes back.
    pub undoes: Option<u64>,
}

/// The day as undo needs it.
#[derive(Debug, Default)]
pub struct Day {
    /// One's own transactions with the books before and after, oldest first.
    pub mine: VecDeque<Past>,
    touches: Vec<Touch>,
    /// What is taken back, by which undo; an undo that was itself taken back does not count.
    undone: BTreeMap<u64, (u64, DateTime)>,
}

/// A key for taking back the transaction with this number.
pub fn undo_key(of: u64, unique: &IdempotencyKey) -> IdempotencyKey {
    IdempotencyKey::new(format!("{UNDO_KEY}{of}.{}", unique.as_str())).expect("a number and a UUID fit a key")
}

/// The number of what a command takes back, by its key.
pub fn undone_by(key: &IdempotencyKey) -> Option<u64> {
    key.as_str().strip_prefix(UNDO_KEY)?.split('.').next()?.parse().ok()
}

/// A person by the numbers of whoever wrote a record.
pub fn person_of(actor: &Actor) -> PersonId {
    let loginuid = Some(actor.loginuid).filter(|id| *id != Actor::LOGINUID_UNSET);
    PersonId { uid: actor.uid, loginuid }
}

impl Day {
    /// Reads the day.
    pub fn read(desk: &Desk) -> Result<Day, DeskError> {
        let (today, who) = (desk.today(), desk.who());
        let mut day = Day::default();
        desk.store().since_base(&mut |past| {
            if past.at.civil().date() != today {
                return;
            }
            let is_mine = person_of(&past.by).is_same(who);
            day.touches.push(touch(&past, is_mine));
            if is_mine && past.events.iter().any(is_work) {
                if day.mine.len() == KEPT {
                    day.mine.pop_front();
                }
                day.mine.push_back(past);
            }
        })?;
        for touch in day.touches.iter().rev() {
            if let Some(of) = touch.undoes.filter(|_| !day.undone.contains_key(&touch.seq)) {
                day.undone.insert(of, (touch.seq, touch.at));
            }
        }
        Ok(day)
    }

    /// When a transaction was taken back.
    pub fn undone(&self, seq: u64) -> Option<DateTime> {
        self.undone.get(&seq).map(|(_, at)| *at)
    }

    /// Who has changed the claim since a transaction, as a refusal; another clerk goes before oneself.
    pub fn claim_changed(&self, since: u64, id: ClaimId) -> Refusal {
        self.changed(since, |touch| touch.claims.contains(&id))
    }

    /// Who has changed the voucher since.
    pub fn voucher_changed(&self, since: u64, id: VoucherId) -> Refusal {
        self.changed(since, |touch| touch.vouchers.contains(&id))
    }

    fn changed(&self, since: u64, concerns: impl Fn(&Touch) -> bool) -> Refusal {
        let later = || self.touches.iter().rev().filter(|touch| touch.seq > since && concerns(touch));
        if let Some(other) = later().find(|touch| !touch.is_mine) {
            return Refusal::new("undo-changed-by").with("by", &other.by).with("at", clock(other.at));
        }
        let stands = |touch: &&Touch| touch.undoes.is_none() && !self.undone.contains_key(&touch.seq);
        match later().find(stands) {
            Some(own) => Refusal::new("undo-later-first").with("id", own.seq).with("at", clock(own.at)),
            None => Refusal::new("undo-not-exact"),
        }
    }

    /// A case that was registered since to restore an ended one.
    pub fn is_restored(&self, since: u64, claim: &Claim) -> bool {
        self.touches.iter().any(|touch| touch.seq > since && touch.restores == Some(claim.id))
    }
}

/// Transactions of the day that changed a case or a voucher and lie behind the base.
pub fn steps_of_today(desk: &Desk) -> Result<u64, DeskError> {
    let (today, mut n) = (desk.today(), 0);
    desk.store().since_base(&mut |past| {
        let is_step = past.at.civil().date() == today && past.events.iter().any(is_work);
        n += u64::from(is_step);
    })?;
    Ok(n)
}

/// Hour and minute.
pub fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// What a clerk does; settings, lists and exports are no work on a case.
fn is_work(event: &Event) -> bool {
    use crate::domain::OfficeEvent as Office;
    matches!(event, Event::Claim(..) | Event::Voucher(..) | Event::Office(Office::SeriesStarted { .. }))
}

fn touch(past: &Past, is_mine: bool) -> Touch {
    let (mut claims, mut vouchers, mut restores) = (Vec::new(), Vec::new(), None);
    for event in &past.events {
        match event {
            Event::Claim(id, event) => {
                claims.push(*id);
                if let ClaimEvent::Registered { restores: Some(other), .. } = event {
                    restores = Some(*other);
                }
            }
            Event::Voucher(id, _) => {
                vouchers.push(*id);
                if let Ok(Some(voucher)) = past.after.voucher(*id) {
                    claims.extend(voucher.claims());
                }
            }
            Event::Company(_) | Event::Facility(_) | Event::Office(_) => {}
        }
    }
    let (by, at) = (past.by.user.clone(), past.at.civil());
    Touch { seq: past.seq, at, by, is_mine, claims, vouchers, restores, undoes: undone_by(&past.key) }
}
