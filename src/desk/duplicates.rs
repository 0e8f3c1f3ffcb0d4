//! Records that may be the same, looked up in the books: a case while it is typed, a voucher before it is raised and
//! before it is paid. Hard matches are looked up by identity and membership number alone, which is quick enough to be
//! done again under the writer's lock; the others are advice.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Span;
use jiff::civil::Date;

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::domain::command::SeenLine;
use crate::domain::duplicate::{
    Band, CaseKey, Fatal, Finding, Live, NEARBY_DAYS, Savings, VoucherKey, Why, cases_like, compare_cases,
    stmb_overlaps, vouchers_like,
};
use crate::domain::identity::normalise_number;
use crate::domain::query::{Expr, Field, Op, Operand, Test};
use crate::domain::{
    Claim, ClaimBasics, ClaimId, Identity, LineNo, Payee, PayeeKind, ProcessState, Programme, Refusal,
    Rupiah, Voucher, VoucherId,
};
use crate::store::{Sort, View};
use crate::words::Words;

/// More people of one name within a week than this are not looked through.
const MOST_NAMESAKES: usize = 100;
/// Of the claims of one account only so many of the newest are looked through.
const MOST_OF_ACCOUNT: usize = 200;

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

    fn of(claim: &Claim, finding: Finding<ClaimId>) -> Similar {
        Similar {
            claim_no: claim.basics.claim_no.as_str().to_owned(),
            worker: claim.basics.worker.name.clone(),
            finding,
        }
    }

    /// Number and worker, as a refusal names it.
    pub fn said(&self) -> String {
        format!("{} ({})", self.claim_no, self.worker)
    }
}

/// A record that a voucher may repeat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookalike {
    /// Its number or code.
    pub record: String,
    /// The strongest band among the reasons.
    pub band: Band,
    /// Why, strongest first.
    pub why: Vec<Why>,
}

impl Lookalike {
    /// Whether it stands in the way.
    pub fn is_hard(&self) -> bool {
        self.band == Band::Hard
    }

    fn of(record: &str, why: Why) -> Lookalike {
        Lookalike { record: record.to_owned(), band: why.band(), why: vec![why] }
    }

    /// Which record, and why.
    pub fn sentence(&self, words: &Words) -> String {
        let why: Vec<String> = self.why.iter().map(|why| words.text(why.key())).collect();
        let args = [("record", self.record.as_str().into()), ("why", why.join(", ").into())];
        words.format("desk-look-alike", &args)
    }

    /// The refusal of a voucher that it stands in the way of.
    pub fn refusal(&self) -> Refusal {
        let why = self.why.first().map_or("", |why| why.key());
        Refusal::new("voucher-look-alike").with("record", &self.record).with("why", why)
    }
}

/// A voucher that is to be raised or paid.
struct Asked<'a> {
    id: Option<VoucherId>,
    payee: &'a Payee,
    net: Rupiah,
    date: Date,
    lines: Vec<(ClaimId, LineNo)>,
}

impl Desk {
    /// Cases that look like this one: hard ones first, then by score.
    pub fn similar(&self, basics: &ClaimBasics, except: Option<ClaimId>) -> Result<Vec<Similar>, DeskError> {
        let view = self.view();
        let key = typed_key(basics, except);
        let mut ids = same_person(&view, &key)?;
        ids.extend(self.namesakes(&view, basics)?);
        ids.sort_unstable();
        ids.dedup();
        let claims: Vec<Arc<Claim>> = view.claims(&ids)?;
        let keys: Vec<CaseKey> = claims.iter().map(|claim| CaseKey::of(claim)).collect();
        let named = |finding: Finding<ClaimId>| {
            let claim = claims.iter().find(|claim| claim.id == finding.which)?;
            Some(Similar::of(claim, finding))
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

    /// Other persons' cases that are paid to this payee's account; nothing for a company or a facility.
    pub fn sharing(&self, claim: &Claim, payee: &Payee) -> Result<Vec<Similar>, DeskError> {
        let found = sharing(&self.view(), claim, payee)?;
        Ok(found.into_iter().map(|(claim, finding)| Similar::of(&claim, finding)).collect())
    }

    /// What is worth a look before a voucher over these lines is raised, hard ones first.
    pub fn before_raising(&self, lines: &[SeenLine], date: Date) -> Result<Vec<Lookalike>, DeskError> {
        let Some(first) = lines.first() else { return Ok(Vec::new()) };
        let asked = Asked {
            id: None,
            payee: &first.payee,
            net: lines.iter().map(|line| line.amount).sum(),
            date,
            lines: lines.iter().map(|line| (line.claim, line.line)).collect(),
        };
        look(&self.view(), &asked)
    }

    /// What is worth a look before a voucher is paid, hard ones first.
    pub fn before_paying(&self, voucher: &Voucher) -> Result<Vec<Lookalike>, DeskError> {
        let asked = Asked {
            id: Some(voucher.id),
            payee: &voucher.payee,
            net: voucher.net,
            date: voucher.date,
            lines: voucher.lines.iter().map(|line| (line.claim, line.line)).collect(),
        };
        look(&self.view(), &asked)
    }
}

/// Cases that are hard matches of this one.
pub(super) fn hard_cases(view: &View, key: &CaseKey) -> Result<Vec<Similar>, DeskError> {
    let mut ids = same_person(view, key)?;
    ids.retain(|id| key.id != Some(*id));
    let mut found = Vec::new();
    for claim in view.claims(&ids)? {
        if let Some(finding) =
            compare_cases(key, &CaseKey::of(&claim)).filter(|found| found.band == Band::Hard)
        {
            found.push(Similar::of(&claim, finding));
        }
    }
    Ok(found)
}

/// Refuses a change by which a case becomes a hard match of another, unless it was told apart with the change.
pub(super) fn refuse_new_twin(view: &View, before: &Claim, after: &Claim) -> Result<(), DeskError> {
    let (old, new) = (CaseKey::of(before), CaseKey::of(after));
    let compared =
        |key: &CaseKey| CaseKey { accounts: Vec::new(), state: ProcessState::Filed, ..key.clone() };
    if compared(&old) == compared(&new) || before.despite_duplicate != after.despite_duplicate {
        return Ok(());
    }
    let known: BTreeSet<ClaimId> = hard_cases(view, &old)?.iter().map(|twin| twin.finding.which).collect();
    match hard_cases(view, &new)?.iter().find(|twin| !known.contains(&twin.finding.which)) {
        None => Ok(()),
        Some(twin) => Err(Refusal::new("duplicate-now")
            .with("claim_no", &after.basics.claim_no)
            .with("other", twin.said())
            .with("why", twin.finding.why.first().map_or("", |why| why.key()))
            .into()),
    }
}

/// What stands in the way of a voucher: STMB days paid twice, and a case that another one repeats, as long as nobody has
/// said why they are two.
pub(super) fn blocking(view: &View, lines: &[(ClaimId, LineNo)]) -> Result<Vec<Lookalike>, DeskError> {
    let mut ids: Vec<ClaimId> = lines.iter().map(|(claim, _)| *claim).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut found = Vec::new();
    for claim in view.claims(&ids)? {
        let number = claim.basics.claim_no.as_str();
        let is_paid = |no: LineNo| lines.contains(&(claim.id, no));
        if stmb_overlaps(&claim).into_iter().any(|(one, other)| is_paid(one) || is_paid(other)) {
            found.push(Lookalike::of(number, Why::StmbOverlap));
        }
        if !claim.despite_duplicate.is_empty() {
            continue;
        }
        for twin in hard_cases(view, &CaseKey::of(&claim))? {
            let other = view.claim(twin.finding.which)?;
            if other.is_some_and(|other| other.despite_duplicate.is_empty()) {
                let Finding { band, why, .. } = twin.finding;
                found.push(Lookalike { record: twin.claim_no, band, why });
            }
        }
    }
    Ok(found)
}

/// What of a typed case is compared with the others.
pub(super) fn typed_key(basics: &ClaimBasics, id: Option<ClaimId>) -> CaseKey {
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
        savings: Savings::All,
        state: ProcessState::StageOne,
        accounts: Vec::new(),
    }
}

/// Cases with the same identity or membership number.
fn same_person(view: &View, key: &CaseKey) -> Result<Vec<ClaimId>, DeskError> {
    let mut ids = match &key.identity {
        Identity::Missing => Vec::new(),
        identity => view.claims_by_identity(identity.number())?,
    };
    if !key.kpj.is_empty() {
        ids.extend(view.claims_by_kpj(&key.kpj)?);
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// The newest claims one of whose lines goes to the payee's account.
fn of_account(view: &View, payee: &Payee) -> Result<Vec<Arc<Claim>>, DeskError> {
    let Some(account) = &payee.account else { return Ok(Vec::new()) };
    let ids = view.claims_by_account(account)?;
    Ok(view.claims(&ids[ids.len().saturating_sub(MOST_OF_ACCOUNT)..])?)
}

type Sharer = (Arc<Claim>, Finding<ClaimId>);

fn sharing(view: &View, claim: &Claim, payee: &Payee) -> Result<Vec<Sharer>, DeskError> {
    let is_person = matches!(payee.kind, PayeeKind::Participant | PayeeKind::Heir);
    let Some(account) = payee.account.as_ref().filter(|_| is_person) else { return Ok(Vec::new()) };
    let mine = CaseKey { accounts: vec![account.to_string()], ..CaseKey::of(claim) };
    let mut found = Vec::new();
    for other in of_account(view, payee)? {
        let finding = compare_cases(&mine, &CaseKey::of(&other));
        if let Some(finding) = finding.filter(|found| found.why.contains(&Why::SharedAccount)) {
            found.push((other, finding));
        }
    }
    Ok(found)
}

fn look(view: &View, asked: &Asked<'_>) -> Result<Vec<Lookalike>, DeskError> {
    let mut found = blocking(view, &asked.lines)?;
    let mut ids: Vec<ClaimId> = asked.lines.iter().map(|(claim, _)| *claim).collect();
    ids.dedup();
    let claims = view.claims(&ids)?;
    for claim in &claims {
        for (other, _) in sharing(view, claim, asked.payee)? {
            found.push(Lookalike::of(other.basics.claim_no.as_str(), Why::SharedAccount));
        }
    }
    found.extend(twins(view, asked, &claims)?);
    found.sort_by(|one, other| (one.band, &one.record).cmp(&(other.band, &other.record)));
    found.dedup();
    Ok(found)
}

/// Vouchers that may have paid the same.
fn twins(view: &View, asked: &Asked<'_>, claims: &[Arc<Claim>]) -> Result<Vec<Lookalike>, DeskError> {
    let receipt_of = |claims: &[Arc<Claim>], (id, no): (ClaimId, LineNo)| {
        let claim = claims.iter().find(|claim| claim.id == id)?;
        let number = normalise_number(&claim.line(no)?.receipt);
        (!number.is_empty()).then_some(number)
    };
    let receipts: Vec<String> = asked.lines.iter().filter_map(|line| receipt_of(claims, *line)).collect();
    if asked.payee.kind == PayeeKind::Facility && receipts.is_empty() {
        // A hospital has hundreds of equal bills: without a receipt there is nothing to tell them by.
        return Ok(Vec::new());
    }
    let new = VoucherKey {
        id: asked.id,
        payee_kind: asked.payee.kind,
        payee: normalise_number(&asked.payee.name),
        account: asked.payee.account.as_ref().map_or(String::new(), |account| account.to_string()),
        net: asked.net,
        date: asked.date,
        lines: asked.lines.clone(),
        receipts,
        live: Live::Yes,
    };
    let near = of_account(view, asked.payee)?;
    let lines = near.iter().flat_map(|claim| claim.lines.iter());
    let ids: BTreeSet<VoucherId> =
        lines.filter_map(|line| line.voucher.as_ref()).map(|link| link.id).collect();
    let mut old = Vec::new();
    for id in ids {
        let Some(voucher) = view.voucher(id)? else { continue };
        let of_lines = voucher.lines.iter().filter_map(|line| receipt_of(&near, (line.claim, line.line)));
        let receipts: Vec<String> = of_lines.collect();
        let key = VoucherKey::of(&voucher, receipts.iter().map(String::as_str));
        old.push((voucher.code.as_str().to_owned(), key));
    }
    let found = vouchers_like(&new, old.iter().map(|(_, key)| key));
    let named = found.into_iter().filter_map(|finding| {
        let (code, _) = old.iter().find(|(_, key)| key.id == Some(finding.which))?;
        Some(Lookalike { record: code.clone(), band: finding.band, why: finding.why })
    });
    Ok(named.collect())
}
