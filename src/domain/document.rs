//! Which papers a bundle needs, which are missing, and since when it is complete: the payment clock runs from there.

use jiff::civil::Date;

use crate::domain::claim::Claim;
use crate::domain::code::{CaseKind, Component, DocumentKind, Origin, Outcome, PayeeKind, Place, Programme};
use crate::domain::rule::Mark;

/// When a paper is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// From the first day.
    Always,
    /// Once stage II, the benefit application, is in.
    Filed,
    /// When it is an occupational disease.
    Disease,
    /// When it happened in traffic.
    Traffic,
    /// When the worker died.
    Death,
    /// When a line pays one of these.
    Pays(&'static [Component]),
    /// When care or an aid was paid by someone who wants it back: a facility that is a partner bills the agency itself.
    Reimbursed,
    /// When a line goes to the worker or the heirs.
    PaidToPerson,
}

/// A paper and when it is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// For which programme.
    pub programme: Programme,
    /// Which paper.
    pub document: DocumentKind,
    /// When.
    pub condition: Condition,
    /// How sure this is.
    pub mark: Mark,
}

const fn need(programme: Programme, document: DocumentKind, condition: Condition, mark: Mark) -> Need {
    Need { programme, document, condition, mark }
}

/// Components that are reckoned from the wage.
const WAGE_BASED: &[Component] = &[
    Component::Stmb,
    Component::PartialAnatomical,
    Component::PartialFunctional,
    Component::TotalDisability,
    Component::Death,
];

/// Components that pay a receipt.
const RECEIPTS: &[Component] = &[
    Component::Medical,
    Component::HomeCare,
    Component::Prosthesis,
    Component::Dentures,
    Component::HearingAid,
    Component::Glasses,
    Component::Rehabilitation,
];

/// Every need, as data: the source is domain knowledge of stage II documents and of the programmes' forms.
pub const NEEDS: &[Need] = &[
    need(Programme::Jkk, DocumentKind::Kk1, Condition::Always, Mark::Law),
    need(Programme::Jkk, DocumentKind::Kk2, Condition::Filed, Mark::Law),
    need(Programme::Jkk, DocumentKind::Kk3, Condition::Filed, Mark::Law),
    need(Programme::Jkk, DocumentKind::MemberCard, Condition::Filed, Mark::Law),
    need(Programme::Jkk, DocumentKind::IdCard, Condition::Filed, Mark::Law),
    need(Programme::Jkk, DocumentKind::Diagnosis, Condition::Disease, Mark::Unverified),
    need(Programme::Jkk, DocumentKind::PoliceReport, Condition::Traffic, Mark::Law),
    need(Programme::Jkk, DocumentKind::DeathCertificate, Condition::Death, Mark::Law),
    need(Programme::Jkk, DocumentKind::HeirPapers, Condition::Death, Mark::Law),
    need(Programme::Jkk, DocumentKind::WageRecord, Condition::Pays(WAGE_BASED), Mark::Unverified),
    need(Programme::Jkk, DocumentKind::Attendance, Condition::Pays(&[Component::Stmb]), Mark::Unverified),
    need(
        Programme::Jkk,
        DocumentKind::TransportReceipts,
        Condition::Pays(&[Component::Transport]),
        Mark::Law,
    ),
    need(Programme::Jkk, DocumentKind::MedicalReceipts, Condition::Reimbursed, Mark::Law),
    need(Programme::Jkk, DocumentKind::BankBook, Condition::PaidToPerson, Mark::Unverified),
    need(Programme::Jkm, DocumentKind::MemberCard, Condition::Always, Mark::Unverified),
    need(Programme::Jkm, DocumentKind::IdCard, Condition::Always, Mark::Unverified),
    need(Programme::Jkm, DocumentKind::DeathCertificate, Condition::Always, Mark::Unverified),
    need(Programme::Jkm, DocumentKind::HeirPapers, Condition::Always, Mark::Unverified),
    need(Programme::Jkm, DocumentKind::BankBook, Condition::PaidToPerson, Mark::Unverified),
    need(Programme::Jht, DocumentKind::MemberCard, Condition::Always, Mark::Unverified),
    need(Programme::Jht, DocumentKind::IdCard, Condition::Always, Mark::Unverified),
    need(Programme::Jht, DocumentKind::EmploymentEnd, Condition::Always, Mark::Unverified),
    need(Programme::Jht, DocumentKind::BankBook, Condition::PaidToPerson, Mark::Unverified),
    need(Programme::Jp, DocumentKind::MemberCard, Condition::Always, Mark::Unverified),
    need(Programme::Jp, DocumentKind::IdCard, Condition::Always, Mark::Unverified),
    need(Programme::Jp, DocumentKind::BankBook, Condition::PaidToPerson, Mark::Unverified),
    need(Programme::Jkp, DocumentKind::IdCard, Condition::Always, Mark::Unverified),
    need(Programme::Jkp, DocumentKind::EmploymentEnd, Condition::Always, Mark::Unverified),
    need(Programme::Jkp, DocumentKind::BankBook, Condition::PaidToPerson, Mark::Unverified),
];

/// The papers the bundle needs as the case stands, in the order of the list.
pub fn required(claim: &Claim) -> Vec<DocumentKind> {
    let mut kinds: Vec<DocumentKind> = NEEDS
        .iter()
        .filter(|need| need.programme == claim.basics.programme && holds(need.condition, claim))
        .map(|need| need.document)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Whether imported history says since when the bundle is complete. Its file names no papers, so that this stands for
/// all of them, also when single ones are written down here afterwards.
pub fn is_stated_complete(claim: &Claim) -> bool {
    claim.origin == Origin::History && claim.complete_date.is_some()
}

/// The needed papers that have not come. A case that is over misses nothing; neither does imported history whose file
/// said when it was complete.
pub fn missing(claim: &Claim) -> Vec<DocumentKind> {
    if !claim.is_open() || is_stated_complete(claim) {
        return Vec::new();
    }
    required(claim).into_iter().filter(|kind| claim.document(*kind).is_none()).collect()
}

/// The day on which the bundle was complete: the last of the days its needed papers came, and not before stage II.
/// None while a paper or, for a work accident, stage II is missing.
pub fn complete_date(claim: &Claim) -> Option<Date> {
    if claim.basics.programme == Programme::Jkk && claim.filed_date.is_none() {
        return None;
    }
    let required = required(claim);
    let received: Option<Vec<Date>> =
        required.iter().map(|kind| claim.document(*kind).map(|document| document.received)).collect();
    received?.into_iter().chain(claim.filed_date).max()
}

fn holds(condition: Condition, claim: &Claim) -> bool {
    let pays = |components: &[Component]| claim.lines.iter().any(|line| components.contains(&line.component));
    let basics = &claim.basics;
    match condition {
        Condition::Always => true,
        Condition::Filed => claim.filed_date.is_some(),
        Condition::Disease => basics.case_kind == Some(CaseKind::Pak),
        Condition::Traffic => basics.place == Some(Place::Traffic),
        Condition::Death => {
            claim.outcome() == Some(Outcome::Meninggal) || pays(&[Component::Death, Component::Funeral])
        }
        Condition::Pays(components) => pays(components),
        Condition::Reimbursed => claim
            .lines
            .iter()
            .any(|line| RECEIPTS.contains(&line.component) && line.payee.kind != PayeeKind::Facility),
        Condition::PaidToPerson => {
            claim.lines.iter().any(|line| matches!(line.payee.kind, PayeeKind::Participant | PayeeKind::Heir))
        }
    }
}
