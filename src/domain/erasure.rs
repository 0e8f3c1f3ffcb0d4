//! Erasing the personal data of whole years whose legal time is over: asked for by one person, approved by another, and
//! carried out by the store. Facts, money and counts stay; whose they were does not.
//!
//! A claim belongs to the year of the last month in which anything of it was posted: its whole life, from registration to
//! last payment, lies in that year or before. Erasing a year takes every claim that belongs to it or to an earlier one.

use jiff::civil::Date;

use crate::domain::claim::{Claim, Worker};
use crate::domain::code::PayeeKind;
use crate::domain::identity::Identity;
use crate::domain::payee::Payee;
use crate::domain::person::PersonId;
use crate::domain::voucher::Voucher;

/// Years that personal data is kept after the end of the year it belongs to, unless the branch keeps it longer. Law 8 of
/// 1997 on company documents, article 11: records, vouchers and what supports them are kept for ten years from the end of
/// the financial year. Law 27 of 2022, articles 43 and 44, asks that personal data goes when its time is over.
pub const RETENTION_YEARS: u16 = 10;

/// No branch keeps personal data for longer than this many years: a longer time is a slip of the finger.
pub const RETENTION_YEARS_MAX: u16 = 99;

/// Some ids, as ranges in ascending order that do not touch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ids(Vec<(u64, u64)>);

impl Ids {
    /// These ids, in whatever order.
    pub fn of(mut ids: Vec<u64>) -> Ids {
        ids.sort_unstable();
        let mut ranges: Vec<(u64, u64)> = Vec::new();
        for id in ids {
            match ranges.last_mut() {
                Some((_, to)) if id <= to.saturating_add(1) => *to = id,
                _ => ranges.push((id, id)),
            }
        }
        Ids(ranges)
    }

    /// Whether an id is among them.
    pub fn has(&self, id: u64) -> bool {
        let after = self.0.partition_point(|(from, _)| *from <= id);
        self.0[..after].last().is_some_and(|(_, to)| id <= *to)
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.0.iter().map(|(from, to)| to - from + 1).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Such as `1-5,9`.
    pub fn text(&self) -> String {
        let one = |(from, to): &(u64, u64)| {
            if from == to { from.to_string() } else { format!("{from}-{to}") }
        };
        self.0.iter().map(one).collect::<Vec<_>>().join(",")
    }

    /// From what [`Ids::text`] writes, and from nothing else.
    pub fn parse(text: &str) -> Option<Ids> {
        let mut ranges: Vec<(u64, u64)> = Vec::new();
        for part in text.split(',').filter(|_| !text.is_empty()) {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let (from, to): (u64, u64) = (from.parse().ok()?, to.parse().ok()?);
            let is_behind = ranges.last().is_none_or(|(_, last)| from > last.saturating_add(1));
            if from > to || !is_behind {
                return None;
            }
            ranges.push((from, to));
        }
        Some(Ids(ranges)).filter(|ids| ids.text() == text)
    }
}

/// What was done about a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErasureStep {
    /// Somebody proposes it.
    Asked {
        /// Why.
        reason: String,
    },
    /// A second person approved it: from here on nothing happens to these any more.
    Approved {
        /// The claims whose personal data goes.
        claims: Ids,
        /// The vouchers whose payee goes, where that is a person.
        vouchers: Ids,
    },
    /// The store has carried it out: nothing of it is left in its files.
    Finished {
        /// Records whose personal fields were erased.
        records: u64,
        /// Attached files that were removed.
        documents: u64,
    },
}

/// Something that was done about a year, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureDeed {
    /// The year: it and all before it.
    pub year: i16,
    /// The desk's day.
    pub date: Date,
    /// Who, by name.
    pub by: String,
    /// Who, by the system's ids.
    pub who: PersonId,
    /// What.
    pub step: ErasureStep,
}

impl ErasureDeed {
    /// Whether the store says that it is done.
    pub fn is_finished(&self) -> bool {
        matches!(self.step, ErasureStep::Finished { .. })
    }
}

/// The wish to erase a year that still waits for a second person.
pub fn asked_to_erase(deeds: &[ErasureDeed], year: i16) -> Option<&ErasureDeed> {
    let last = deeds.iter().rfind(|deed| deed.year == year)?;
    matches!(last.step, ErasureStep::Asked { .. }).then_some(last)
}

/// An erasure that was approved, and is not finished: the deed, with its claims and vouchers.
pub fn unfinished(deeds: &[ErasureDeed]) -> Option<(&ErasureDeed, &Ids, &Ids)> {
    let last = deeds.iter().rfind(|deed| !matches!(deed.step, ErasureStep::Asked { .. }))?;
    match &last.step {
        ErasureStep::Approved { claims, vouchers } => Some((last, claims, vouchers)),
        _ => None,
    }
}

/// Whether the personal data of a claim was approved to be erased, now or earlier.
pub fn is_claim_erased(deeds: &[ErasureDeed], id: u64) -> bool {
    let has =
        |deed: &ErasureDeed| matches!(&deed.step, ErasureStep::Approved { claims, .. } if claims.has(id));
    deeds.iter().any(has)
}

/// Whether the payee of a voucher was approved to be erased, now or earlier.
pub fn is_voucher_erased(deeds: &[ErasureDeed], id: u64) -> bool {
    let has =
        |deed: &ErasureDeed| matches!(&deed.step, ErasureStep::Approved { vouchers, .. } if vouchers.has(id));
    deeds.iter().any(has)
}

impl PayeeKind {
    /// Whether such a payee is a person, whose name and account are personal data.
    pub const fn is_person(self) -> bool {
        matches!(self, PayeeKind::Participant | PayeeKind::Heir)
    }
}

impl Payee {
    /// The payee without the person: only the kind stays. A company or facility stays as it is.
    pub fn without_person(&self) -> Payee {
        if !self.kind.is_person() {
            return self.clone();
        }
        let (name, bank) = (String::new(), String::new());
        Payee { kind: self.kind, name, bank, account: None, tax_number: None }
    }

    /// Whether it was a person whose name was erased.
    pub fn is_erased(&self) -> bool {
        self.kind.is_person() && self.name.is_empty() && self.account.is_none()
    }
}

impl Claim {
    /// The claim without the person: what folding its records gives once their personal fields are erased.
    pub fn without_person(&self) -> Claim {
        let mut claim = self.clone();
        let sex = claim.basics.worker.sex;
        claim.basics.worker =
            Worker { name: String::new(), identity: Identity::Missing, kpj: None, birth_date: None, sex };
        claim.basics.icd10 = None;
        claim.basics.notes.clear();
        claim.lines.iter_mut().for_each(|line| line.payee = line.payee.without_person());
        claim.files.iter_mut().for_each(|file| file.name.clear());
        claim
    }

    /// Whether its personal data was erased. A name is never empty otherwise.
    pub fn is_erased(&self) -> bool {
        self.basics.worker.name.is_empty()
    }
}

impl Voucher {
    /// The voucher without the person who was paid.
    pub fn without_person(&self) -> Voucher {
        Voucher { payee: self.payee.without_person(), ..self.clone() }
    }
}
