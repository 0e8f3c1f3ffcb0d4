//! Claims at the desk: a new case, a further step, and what looks like it.

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::Arc;

use crate::desk::Desk;
use crate::desk::duplicates::{Similar, hard_cases, refuse_new_twin, typed_key};
use crate::desk::error::DeskError;
use crate::desk::form::Typed;
use crate::domain::code::ReviewMark;
use crate::domain::command::{NewClaim, Numbering};
use crate::domain::decide::{self, ClaimFacts, NumberUse, RegisterFacts};
use crate::domain::{Claim, ClaimBasics, ClaimCommand, ClaimEvent, ClaimId, ClaimNo, Event, LineNo, Refusal};
use crate::store::{IdempotencyKey, View};

/// A case that was registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Its id.
    pub id: ClaimId,
    /// Its number.
    pub claim_no: String,
}

impl Desk {
    /// The number we would give next where the paper has none.
    pub fn next_claim_no(&self) -> ClaimNo {
        given_no(&self.view(), self.today().year())
    }

    /// Registers a case. A number that we give is given under the lock: the form's is the next one as it was read.
    pub fn register(&self, key: &IdempotencyKey, new: &NewClaim) -> Result<Registered, DeskError> {
        let today = self.today();
        // What the clerk was shown, and answered for; what came in between nobody has answered for.
        let shown = hard_cases(&self.view(), &typed_key(&new.basics, None))?;
        let committed = self.commit(key, |view| {
            let mut new = new.clone();
            if new.numbering == Numbering::Given {
                new.basics.claim_no = given_no(view, today.year());
            }
            fill_company(view, &mut new.basics)?;
            let number = number_use(view, &new.basics.claim_no, None)?;
            let hard = hard_cases(view, &typed_key(&new.basics, None))?;
            let is_shown =
                |twin: &&Similar| shown.iter().any(|known| known.finding.which == twin.finding.which);
            let fresh = hard.iter().find(|twin| !is_shown(twin));
            if fresh.is_some() {
                new.despite_duplicate = None;
            }
            let duplicate_of = fresh.or(hard.first()).map(Similar::said);
            let restored = new.restores.map(|id| claim_of(view, id)).transpose()?;
            let facts = RegisterFacts {
                office: view.office(),
                today,
                number,
                duplicate_of,
                restored: restored.as_deref(),
            };
            let id = view.next_claim_id();
            Ok(decide::register(&facts, &new)?.into_iter().map(|event| Event::Claim(id, event)).collect())
        })?;
        registered(&committed.events)
    }

    /// One command to an existing case, based on the revision the clerk saw.
    pub fn claim(
        &self,
        key: &IdempotencyKey,
        id: ClaimId,
        seen: Option<u32>,
        command: &ClaimCommand,
    ) -> Result<Arc<Claim>, DeskError> {
        self.claim_all(key, id, seen, std::slice::from_ref(command))
    }

    /// Several commands to one case as one: all or none.
    pub fn claim_all(
        &self,
        key: &IdempotencyKey,
        id: ClaimId,
        seen: Option<u32>,
        commands: &[ClaimCommand],
    ) -> Result<Arc<Claim>, DeskError> {
        self.claim_in_turn(key, id, seen, commands).map_err(|(_, error)| error)
    }

    /// The same; a refusal says at which of the commands it came, from 0.
    pub fn claim_in_turn(
        &self,
        key: &IdempotencyKey,
        id: ClaimId,
        seen: Option<u32>,
        commands: &[ClaimCommand],
    ) -> Result<Arc<Claim>, (usize, DeskError)> {
        let at = Cell::new(0);
        self.claim_counted(key, id, seen, commands, &at).map_err(|error| (at.get(), error))
    }

    fn claim_counted(
        &self,
        key: &IdempotencyKey,
        id: ClaimId,
        seen: Option<u32>,
        commands: &[ClaimCommand],
        at: &Cell<usize>,
    ) -> Result<Arc<Claim>, DeskError> {
        let committed = self.commit(key, |view| {
            let before = claim_of(view, id)?;
            if let Some(seen) = seen.filter(|seen| *seen != before.revision) {
                return Err(moved(&before, seen).into());
            }
            let (_, events) = self.decide_counted(view, &before, commands, at)?;
            Ok(events.into_iter().map(|event| Event::Claim(id, event)).collect())
        })?;
        claim_of(&committed.view, id)
    }

    /// What several commands make of a case, without doing them.
    pub(super) fn decide_all(
        &self,
        view: &View,
        before: &Claim,
        commands: &[ClaimCommand],
    ) -> Result<(Claim, Vec<ClaimEvent>), DeskError> {
        self.decide_counted(view, before, commands, &Cell::new(0))
    }

    /// The same; `at` says which of the commands is being decided.
    fn decide_counted(
        &self,
        view: &View,
        before: &Claim,
        commands: &[ClaimCommand],
        at: &Cell<usize>,
    ) -> Result<(Claim, Vec<ClaimEvent>), DeskError> {
        let mut claim = before.clone();
        let mut events = Vec::new();
        for (place, command) in commands.iter().enumerate() {
            at.set(place);
            let command = &*with_risk_group(view, &claim, command)?;
            let number = match command {
                ClaimCommand::Amend(basics) => number_use(view, &basics.claim_no, Some(claim.id))?,
                _ => NumberUse::Free,
            };
            let made = decide::claim(&self.facts(view, &claim, number), command)?;
            made.iter().for_each(|event| claim.apply(event));
            events.extend(made);
        }
        refuse_new_twin(view, before, &claim)?;
        Ok((claim, events))
    }

    /// The commands of an amended form: what the paper says, why the case is one of its own, or both. A form that says
    /// nothing new is an amendment all the same, and refused as one.
    pub fn amendment(&self, claim: &Claim, typed: ClaimBasics, reason: String) -> Vec<ClaimCommand> {
        let is_same = |typed: &ClaimBasics| Typed::of_claim(typed) == Typed::of_claim(&claim.basics);
        let apart =
            Some(reason).filter(|reason| !reason.trim().is_empty() && *reason != claim.despite_duplicate);
        let tell = apart.map(|reason| ClaimCommand::TellApart { reason });
        let amend = (tell.is_none() || !is_same(&typed)).then(|| ClaimCommand::Amend(Box::new(typed)));
        amend.into_iter().chain(tell).collect()
    }

    /// What a command would do, without doing it.
    pub fn preview(&self, id: ClaimId, command: &ClaimCommand) -> Result<Vec<ClaimEvent>, DeskError> {
        let view = self.view();
        let claim = claim_of(&view, id)?;
        Ok(decide::claim(&self.facts(&view, &claim, NumberUse::Free), command)?)
    }

    /// What a decision about a claim looks at.
    fn facts<'a>(&'a self, view: &'a View, claim: &'a Claim, number: NumberUse) -> ClaimFacts<'a> {
        ClaimFacts {
            office: view.office(),
            today: self.today(),
            claim,
            number,
            by: self.user(),
            who: self.who(),
        }
    }

    /// Marks a case as seen, bound to the version that was seen.
    pub fn review(
        &self,
        id: ClaimId,
        seen: u32,
        mark: ReviewMark,
        note: &str,
    ) -> Result<Arc<Claim>, DeskError> {
        let command = ClaimCommand::Review { mark, note: note.to_owned() };
        self.claim(&self.new_key(), id, Some(seen), &command)
    }

    /// The case with this number.
    pub fn find_claim(&self, claim_no: &str) -> Result<Arc<Claim>, DeskError> {
        let view = self.view();
        let id = view
            .claim_by_no(claim_no)?
            .ok_or_else(|| Refusal::new("claim-unknown").with("claim_no", claim_no.trim()))?;
        claim_of(&view, id)
    }

    /// The line of a case that a command names, or a refusal.
    pub fn line_no(&self, claim: &Claim, no: u16) -> Result<LineNo, DeskError> {
        let line = LineNo::new(no);
        if claim.line(line).is_none() {
            let refusal = Refusal::new("line-unknown").with("claim_no", &claim.basics.claim_no);
            return Err(refusal.with("line", no).into());
        }
        Ok(line)
    }
}

/// The case with this id; one that is gone is a refusal.
pub(super) fn claim_of(view: &View, id: ClaimId) -> Result<Arc<Claim>, DeskError> {
    view.claim(id)?.ok_or_else(|| Refusal::new("claim-unknown").with("claim_no", id).into())
}

/// A case that somebody has changed meanwhile: the version that was seen, and where it stands now.
fn moved(claim: &Claim, seen: u32) -> Refusal {
    let sums = claim.sums();
    Refusal::new("revision-moved")
        .with("claim_no", &claim.basics.claim_no)
        .with("seen", seen)
        .with("now", claim.revision)
        .with("state", claim.state())
        .with("determined", sums.determined.grouped())
        .with("waiting", sums.waiting().grouped())
}

fn given_no(view: &View, year: i16) -> ClaimNo {
    view.next_claim_no(year)
}

fn number_use(view: &View, claim_no: &ClaimNo, except: Option<ClaimId>) -> Result<NumberUse, DeskError> {
    match view.claim_by_no(claim_no.as_str())?.filter(|id| Some(*id) != except) {
        None => Ok(NumberUse::Free),
        Some(id) => Ok(NumberUse::Taken(claim_of(view, id)?.basics.worker.name.clone())),
    }
}

/// An amended form does not show the company's risk group: it stays while the company does, else it is the one of the
/// desk's own list.
fn with_risk_group<'a>(
    view: &View,
    claim: &Claim,
    command: &'a ClaimCommand,
) -> Result<Cow<'a, ClaimCommand>, DeskError> {
    let ClaimCommand::Amend(basics) = command else { return Ok(Cow::Borrowed(command)) };
    let Some(company) = basics.company.as_ref().filter(|company| company.risk_group.is_none()) else {
        return Ok(Cow::Borrowed(command));
    };
    let mut basics = basics.clone();
    match claim.basics.company.as_ref().filter(|known| known.npp == company.npp) {
        Some(known) => {
            let risk_group = known.risk_group;
            basics.company.iter_mut().for_each(|company| company.risk_group = risk_group);
        }
        None => fill_company(view, &mut basics)?,
    }
    Ok(Cow::Owned(ClaimCommand::Amend(basics)))
}

/// The company's risk group of the month, from the desk's own list.
fn fill_company(view: &View, basics: &mut ClaimBasics) -> Result<(), DeskError> {
    let month = crate::domain::Period::of(basics.event_date);
    if let Some(snapshot) = &mut basics.company
        && let Some(company) = view.company(&snapshot.npp)?
    {
        snapshot.risk_group = company.at(month).map(|entry| entry.risk_group);
    }
    Ok(())
}

fn registered(events: &[Event]) -> Result<Registered, DeskError> {
    let born = events.iter().find_map(|event| match event {
        Event::Claim(id, ClaimEvent::Registered { basics, .. }) => {
            Some(Registered { id: *id, claim_no: basics.claim_no.as_str().to_owned() })
        }
        _ => None,
    });
    Ok(born.expect("a registration says who was born"))
}
