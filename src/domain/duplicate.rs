//! Records that may be the same: hard ones, which a new case has to answer for, and soft ones, scored. Every finding
//! says which record and why; the wording is "worth a look", never an accusation.
//!
//! What belongs to a running case never counts as a duplicate of it: stage II, the next STMB instalment and a hospital's
//! bill are further submissions, and the first offer for a hard match is to take the paper as one.

use jiff::civil::Date;

use crate::base::calendar::days_between;
use crate::domain::benefit::DateSpan;
use crate::domain::claim::Claim;
use crate::domain::code::{Component, Outcome, PayeeKind, ProcessState, Programme};
use crate::domain::id::{ClaimId, LineNo, VoucherId};
use crate::domain::identity::{Identity, normalise_number};
use crate::domain::money::Rupiah;
use crate::domain::voucher::Voucher;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Stops: has to be answered for.
    Hard,
    /// Worth a look before going on.
    Likely,
    /// Shown beside the record.
    Possible,
}

/// Why two records may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Same person, programme and event date, a day more or less.
    SameCase,
    /// The death of one person under work accident and under life insurance.
    TwoDeaths,
    /// Old age savings taken in full twice.
    FullTwice,
    /// Same membership number, events within a week.
    KpjNearby,
    /// Same name and birth date, events within a week.
    NameNearby,
    /// Two persons with one account.
    SharedAccount,
    /// A line on two live vouchers.
    LineTwice,
    /// STMB days of one case paid twice.
    StmbOverlap,
    /// Same account and amount within a month.
    SamePayment,
    /// Same facility and receipt number.
    SameReceipt,
}

impl Why {
    /// The band a reason belongs to.
    pub const fn band(self) -> Band {
        match self {
            Why::SameCase | Why::TwoDeaths | Why::FullTwice | Why::LineTwice | Why::StmbOverlap => Band::Hard,
            Why::KpjNearby | Why::SamePayment | Why::SameReceipt => Band::Likely,
            Why::NameNearby | Why::SharedAccount => Band::Possible,
        }
    }

    /// Points of a soft reason, 0–100; hard ones are always 100.
    pub const fn points(self) -> u8 {
        match self {
            Why::KpjNearby => 80,
            Why::SameReceipt => 75,
            Why::SamePayment => 60,
            Why::NameNearby => 50,
            Why::SharedAccount => 30,
            _ => 100,
        }
    }

    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Why::SameCase => "duplicate-same-case",
            Why::TwoDeaths => "duplicate-two-deaths",
            Why::FullTwice => "duplicate-full-twice",
            Why::KpjNearby => "duplicate-kpj-nearby",
            Why::NameNearby => "duplicate-name-nearby",
            Why::SharedAccount => "duplicate-shared-account",
            Why::LineTwice => "duplicate-line-twice",
            Why::StmbOverlap => "duplicate-stmb-overlap",
            Why::SamePayment => "duplicate-same-payment",
            Why::SameReceipt => "duplicate-same-receipt",
        }
    }
}

/// A record that may be the same, and every reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<Id> {
    /// Which record.
    pub which: Id,
    /// The strongest band among the reasons.
    pub band: Band,
    /// Points together, at most 100.
    pub score: u8,
    /// Why, strongest first.
    pub why: Vec<Why>,
}

impl<Id> Finding<Id> {
    /// A finding of these reasons; none without a reason.
    fn of(which: Id, mut why: Vec<Why>) -> Option<Finding<Id>> {
        why.sort_unstable();
        why.dedup();
        let band = why.iter().map(|reason| reason.band()).min()?;
        let score = why.iter().map(|reason| u32::from(reason.points())).sum::<u32>().min(100);
        why.sort_by_key(|reason| (reason.band(), u8::MAX - reason.points()));
        Some(Finding { which, band, score: u8::try_from(score).expect("at most 100"), why })
    }
}

/// Whether a case is about a death.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fatal {
    /// The worker died.
    Yes,
    /// Not as far as known.
    No,
}

/// How much of the old age savings a case takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Savings {
    /// All of them, as far as known.
    All,
    /// A part, once, after ten years of membership: the rest may be taken later.
    Part,
}

/// What of a case is compared: small, so that millions fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseKey {
    /// Which; none for one being typed.
    pub id: Option<ClaimId>,
    /// Programme.
    pub programme: Programme,
    /// The person's identity.
    pub identity: Identity,
    /// Membership number; empty none.
    pub kpj: String,
    /// Name, letters and digits in upper case.
    pub name: String,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Event date.
    pub event_date: Date,
    /// Whether it is about a death.
    pub fatal: Fatal,
    /// Of an old age case: what it takes.
    pub savings: Savings,
    /// Where it stands; a closed old age case has taken its savings.
    pub state: ProcessState,
    /// Accounts the worker or the heirs are paid to.
    pub accounts: Vec<String>,
}

impl CaseKey {
    /// Of a recorded case.
    pub fn of(claim: &Claim) -> CaseKey {
        let worker = &claim.basics.worker;
        let is_death = |component| matches!(component, Component::Death | Component::Funeral);
        let fatal = claim.basics.programme == Programme::Jkm
            || claim.outcome() == Some(Outcome::Meninggal)
            || claim.lines.iter().any(|line| is_death(line.component));
        let takes_part = !claim.lines.is_empty()
            && claim.lines.iter().all(|line| line.component == Component::OldAgeShare);
        let persons = claim
            .lines
            .iter()
            .filter(|line| matches!(line.payee.kind, PayeeKind::Participant | PayeeKind::Heir));
        let mut accounts: Vec<String> = persons
            .filter_map(|line| line.payee.account.as_ref())
            .map(|account| account.to_string())
            .collect();
        accounts.sort();
        accounts.dedup();
        CaseKey {
            id: Some(claim.id),
            programme: claim.basics.programme,
            identity: worker.identity.clone(),
            kpj: worker.kpj.as_ref().map_or(String::new(), |kpj| kpj.to_string()),
            name: normalise_number(&worker.name),
            birth_date: worker.birth_date,
            event_date: claim.basics.event_date,
            fatal: if fatal { Fatal::Yes } else { Fatal::No },
            savings: if takes_part { Savings::Part } else { Savings::All },
            state: claim.state(),
            accounts,
        }
    }

    /// Whether both are surely the same person: the same identity number, or the same membership number and birth date.
    pub fn is_same_person(&self, other: &CaseKey) -> bool {
        let same_identity = self.identity != Identity::Missing && self.identity == other.identity;
        let same_birth = self.birth_date.is_some() && self.birth_date == other.birth_date;
        same_identity || (self.is_same_kpj(other) && same_birth)
    }

    /// Whether both are surely different persons: two identity numbers of one kind that differ.
    fn is_other_person(&self, other: &CaseKey) -> bool {
        let known = self.identity != Identity::Missing && other.identity != Identity::Missing;
        known && self.identity.kind() == other.identity.kind() && self.identity != other.identity
    }

    fn is_same_kpj(&self, other: &CaseKey) -> bool {
        !self.kpj.is_empty() && self.kpj == other.kpj
    }

    fn is_same_name(&self, other: &CaseKey) -> bool {
        let same_birth = self.birth_date.is_some() && self.birth_date == other.birth_date;
        !self.name.is_empty() && self.name == other.name && same_birth
    }
}

/// Days within which a hard match's events lie.
pub const SAME_EVENT_DAYS: i64 = 1;
/// Days within which a soft match's events lie.
pub const NEARBY_DAYS: i64 = 7;
/// Days within which a soft match's payments lie.
pub const PAYMENT_DAYS: i64 = 30;

/// Why a new case may be an old one. Rejected and cancelled cases stand in nobody's way: what restores one is a link,
/// not a duplicate.
pub fn compare_cases(new: &CaseKey, old: &CaseKey) -> Option<Finding<ClaimId>> {
    let which = old.id.filter(|id| new.id != Some(*id))?;
    if matches!(old.state, ProcessState::Rejected | ProcessState::Cancelled) {
        return None;
    }
    let apart = days_between(new.event_date, old.event_date).abs();
    let mut why = Vec::new();
    let same_programme = new.programme == old.programme;
    if new.is_same_person(old) {
        if same_programme && apart <= SAME_EVENT_DAYS {
            why.push(Why::SameCase);
        }
        let both = [new.programme, old.programme];
        let both_fatal = new.fatal == Fatal::Yes && old.fatal == Fatal::Yes;
        if both_fatal && both.contains(&Programme::Jkk) && both.contains(&Programme::Jkm) {
            why.push(Why::TwoDeaths);
        }
        let took_all = old.state == ProcessState::Closed && old.savings == Savings::All;
        if same_programme && new.programme == Programme::Jht && took_all {
            why.push(Why::FullTwice);
        }
    }
    if same_programme && apart <= NEARBY_DAYS && !why.contains(&Why::SameCase) {
        if new.is_same_kpj(old) {
            why.push(Why::KpjNearby);
        }
        if new.is_same_name(old) && !new.is_other_person(old) {
            why.push(Why::NameNearby);
        }
    }
    let share = |mine: &[String], theirs: &[String]| mine.iter().any(|one| theirs.contains(one));
    if new.is_other_person(old) && share(&new.accounts, &old.accounts) {
        why.push(Why::SharedAccount);
    }
    Finding::of(which, why)
}

/// Every old case a new one may be, strongest first.
pub fn cases_like<'a>(new: &CaseKey, old: impl IntoIterator<Item = &'a CaseKey>) -> Vec<Finding<ClaimId>> {
    let mut found: Vec<_> = old.into_iter().filter_map(|old| compare_cases(new, old)).collect();
    found.sort_by_key(|finding| (finding.band, u8::MAX - finding.score, finding.which));
    found
}

/// What of a voucher is compared before it is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherKey {
    /// Which; none for one being proposed.
    pub id: Option<VoucherId>,
    /// Kind of the payee.
    pub payee_kind: PayeeKind,
    /// The payee's name, letters and digits in upper case.
    pub payee: String,
    /// Account.
    pub account: String,
    /// What is transferred.
    pub net: Rupiah,
    /// Date on the voucher.
    pub date: Date,
    /// Its lines.
    pub lines: Vec<(ClaimId, LineNo)>,
    /// Receipt numbers of its lines, letters and digits in upper case.
    pub receipts: Vec<String>,
    /// Whether it still holds its lines.
    pub live: Live,
}

/// Whether a voucher still holds its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// It does.
    Yes,
    /// It is void.
    No,
}

impl VoucherKey {
    /// Of a recorded voucher; `receipts` are those of its lines.
    pub fn of<'a>(voucher: &Voucher, receipts: impl IntoIterator<Item = &'a str>) -> VoucherKey {
        let receipts = receipts.into_iter().map(normalise_number).filter(|number| !number.is_empty());
        VoucherKey {
            id: Some(voucher.id),
            payee_kind: voucher.payee.kind,
            payee: normalise_number(&voucher.payee.name),
            account: voucher.payee.account.as_ref().map_or(String::new(), |account| account.to_string()),
            net: voucher.net,
            date: voucher.date,
            lines: voucher.lines.iter().map(|line| (line.claim, line.line)).collect(),
            receipts: receipts.collect(),
            live: if voucher.state.is_live() { Live::Yes } else { Live::No },
        }
    }
}

/// Why a voucher may pay what another has paid. A void one has paid nothing.
pub fn compare_vouchers(new: &VoucherKey, old: &VoucherKey) -> Option<Finding<VoucherId>> {
    let which = old.id.filter(|id| new.id != Some(*id))?;
    if old.live == Live::No {
        return None;
    }
    let mut why = Vec::new();
    if new.lines.iter().any(|line| old.lines.contains(line)) {
        why.push(Why::LineTwice);
    }
    let both_facility = new.payee_kind == PayeeKind::Facility && old.payee_kind == PayeeKind::Facility;
    let same_receipt = new.receipts.iter().any(|receipt| old.receipts.contains(receipt));
    if both_facility && same_receipt && new.payee == old.payee {
        why.push(Why::SameReceipt);
    }
    let same_account = !new.account.is_empty() && new.account == old.account;
    let apart = days_between(new.date, old.date).abs();
    // A hospital has hundreds of equal bills: its amount says nothing without the receipt.
    let tells = !both_facility || same_receipt;
    if same_account && new.net == old.net && apart <= PAYMENT_DAYS && tells {
        why.push(Why::SamePayment);
    }
    Finding::of(which, why)
}

/// Every old voucher a new one may repeat, strongest first.
pub fn vouchers_like<'a>(
    new: &VoucherKey,
    old: impl IntoIterator<Item = &'a VoucherKey>,
) -> Vec<Finding<VoucherId>> {
    let mut found: Vec<_> = old.into_iter().filter_map(|old| compare_vouchers(new, old)).collect();
    found.sort_by_key(|finding| (finding.band, u8::MAX - finding.score, finding.which));
    found
}

/// Pairs of STMB lines of one case that share a day.
pub fn stmb_overlaps(claim: &Claim) -> Vec<(LineNo, LineNo)> {
    let spans: Vec<(LineNo, DateSpan)> = claim
        .lines
        .iter()
        .filter(|line| line.component == Component::Stmb)
        .filter_map(|line| line.span.map(|span| (line.no, span)))
        .collect();
    let mut found = Vec::new();
    for (place, (no, span)) in spans.iter().enumerate() {
        let later = &spans[place + 1..];
        found.extend(later.iter().filter(|(_, other)| span.overlaps(*other)).map(|(other, _)| (*no, *other)));
    }
    found
}
