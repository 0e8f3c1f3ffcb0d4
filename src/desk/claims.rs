//! Claims at the desk: a new case, a further step, and what looks like it.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Span;

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::domain::code::ReviewMark;
use crate::domain::command::{NewClaim, Numbering};
use crate::domain::decide::{self, ClaimFacts, NumberUse, RegisterFacts};
use crate::domain::duplicate::{Band, CaseKey, Fatal, Finding, NEARBY_DAYS, cases_like};
use crate::domain::identity::normalise_number;
use crate::domain::query::{Expr, Field, Op, Operand, Test};
use crate::domain::{
    Claim, ClaimBasics, ClaimCommand, ClaimEvent, ClaimId, ClaimNo, Event, Identity, LineNo, ProcessState,
    Programme, Refusal,
};
use crate::store::{IdempotencyKey, Sort, View};

/// More people of one name within a week than this are not looked through.
const MOST_NAMESAKES: usize = 100;

/// A case that looks like the one at hand, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// Number of the case.
    pub claim_no: String,
    /// Its worker.
    pub worker: String,
    /// The band, the score and the reasons.
    pub finding: Finding<ClaimId>,
}

impl Similar {
    /// Whether it blocks a new case until the clerk says why.
    pub fn is_hard(&self) -> bool {
        self.finding.band == Band::Hard
    }
}

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
        let hard = self.similar(&new.basics, None)?.into_iter().find(Similar::is_hard);
        let duplicate_of = hard.map(|similar| format!("{} ({})", similar.claim_no, similar.worker));
        let committed = self.commit(key, |view| {
            let mut new = new.clone();
            if new.numbering == Numbering::Given {
                new.basics.claim_no = given_no(view, today.year());
            }
            fill_company(view, &mut new.basics)?;
            let number = number_use(view, &new.basics.claim_no, None)?;
            let restored = new.restores.map(|id| claim_of(view, id)).transpose()?;
            let facts = RegisterFacts {
                office: view.office(),
                today,
                number,
                duplicate_of: duplicate_of.clone(),
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
        let today = self.today();
        let committed = self.commit(key, |view| {
            let mut claim = (*claim_of(view, id)?).clone();
            if let Some(seen) = seen.filter(|seen| *seen != claim.revision) {
                return Err(moved(&claim, seen).into());
            }
            let mut events = Vec::new();
            for command in commands {
                let command = &*with_risk_group(view, &claim, command)?;
                let number = match command {
                    ClaimCommand::Amend(basics) => number_use(view, &basics.claim_no, Some(id))?,
                    _ => NumberUse::Free,
                };
                let facts =
                    ClaimFacts { office: view.office(), today, claim: &claim, number, by: self.user() };
                let made = decide::claim(&facts, command)?;
                made.iter().for_each(|event| claim.apply(event));
                events.extend(made.into_iter().map(|event| Event::Claim(id, event)));
            }
            Ok(events)
        })?;
        claim_of(&committed.view, id)
    }

    /// What a command would do, without doing it.
    pub fn preview(&self, id: ClaimId, command: &ClaimCommand) -> Result<Vec<ClaimEvent>, DeskError> {
        let view = self.view();
        let claim = claim_of(&view, id)?;
        let number = NumberUse::Free;
        let facts =
            ClaimFacts { office: view.office(), today: self.today(), claim: &claim, number, by: self.user() };
        Ok(decide::claim(&facts, command)?)
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

    /// Cases that look like this one: hard ones first, then by score.
    pub fn similar(&self, basics: &ClaimBasics, except: Option<ClaimId>) -> Result<Vec<Similar>, DeskError> {
        let view = self.view();
        let key = case_key(basics, except);
        let mut ids = match &basics.worker.identity {
            Identity::Missing => Vec::new(),
            identity => view.claims_by_identity(identity.number())?,
        };
        if !key.kpj.is_empty() {
            ids.extend(view.claims_by_kpj(&key.kpj)?);
        }
        ids.extend(self.namesakes(&view, basics)?);
        ids.sort_unstable();
        ids.dedup();
        let claims: Vec<Arc<Claim>> = view.claims(&ids)?;
        let keys: Vec<CaseKey> = claims.iter().map(|claim| CaseKey::of(claim)).collect();
        let named = |finding: Finding<ClaimId>| {
            let claim = claims.iter().find(|claim| claim.id == finding.which)?;
            Some(Similar {
                claim_no: claim.basics.claim_no.as_str().to_owned(),
                worker: claim.basics.worker.name.clone(),
                finding,
            })
        };
        Ok(cases_like(&key, &keys).into_iter().filter_map(named).collect())
    }

    /// Cases of the same name with an event within a week.
    fn namesakes(&self, view: &View, basics: &ClaimBasics) -> Result<Vec<ClaimId>, DeskError> {
        if basics.worker.birth_date.is_none() {
            return Ok(Vec::new());
        }
        let week = Span::new().days(NEARBY_DAYS);
        let (from, to) = (basics.event_date.saturating_sub(week), basics.event_date.saturating_add(week));
        let near = Test { field: Field::EventDate, op: Op::Eq, operand: Operand::Dates(from, to) };
        let name = Operand::Text(basics.worker.name.trim().to_owned());
        let named = Test { field: Field::Worker, op: Op::Contains, operand: name };
        let expr = Expr::And(vec![Expr::Test(near), Expr::Test(named)]);
        let (today, cancel) = (self.today(), AtomicBool::new(false));
        let rows = view.select(&expr, Sort::default(), today, &cancel, &|_, _| {})?;
        Ok(rows.ids(0..rows.len().min(MOST_NAMESAKES))?)
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

/// What of a typed case is compared with the others.
fn case_key(basics: &ClaimBasics, id: Option<ClaimId>) -> CaseKey {
    let worker = &basics.worker;
    CaseKey {
        id,
        programme: basics.programme,
        identity: worker.identity.clone(),
        kpj: worker.kpj.as_ref().map_or(String::new(), |kpj| kpj.to_string()),
        name: normalise_number(&worker.name),
        birth_date: worker.birth_date,
        event_date: basics.event_date,
        fatal: if basics.programme == Programme::Jkm { Fatal::Yes } else { Fatal::No },
        state: ProcessState::StageOne,
        accounts: Vec::new(),
        files: Vec::new(),
    }
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
