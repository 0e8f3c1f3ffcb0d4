//! What postings are about: cases and vouchers, by id or, where a paper names one that is not there, by what it prints.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::id::{ClaimId, VoucherId};
use crate::domain::posting::{Posting, PostingKind};

/// A set of cases and vouchers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subjects {
    /// Cases.
    pub claims: BTreeSet<ClaimId>,
    /// Cases known only by the number on a paper.
    pub claim_nos: BTreeSet<Arc<str>>,
    /// Vouchers.
    pub vouchers: BTreeSet<VoucherId>,
    /// Codes that papers name and no voucher has.
    pub codes: BTreeSet<Arc<str>>,
}

/// Whether a posting is about a case; one of a whole voucher or transfer is not.
pub fn has_case(kind: PostingKind) -> bool {
    use PostingKind as Kind;
    !matches!(kind, Kind::VoucherRaised | Kind::VoucherVoided | Kind::PaymentMade | Kind::PaymentReturned)
}

/// Whether a posting is about a voucher.
pub fn has_voucher(kind: PostingKind) -> bool {
    use PostingKind as Kind;
    let is_of_line =
        matches!(kind, Kind::LineVouchered | Kind::LineReleased | Kind::LinePaid | Kind::LineUnpaid);
    is_of_line || !has_case(kind)
}

impl Subjects {
    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.claims.is_empty()
            && self.claim_nos.is_empty()
            && self.vouchers.is_empty()
            && self.codes.is_empty()
    }

    /// Takes in the case of a posting, if it is about one.
    pub fn add_case_of(&mut self, posting: &Posting) {
        if !has_case(posting.kind) || self.has_case_of(posting) {
            return;
        }
        match posting.claim {
            Some(claim) => self.claims.insert(claim),
            None => self.claim_nos.insert(Arc::clone(&posting.by.claim_no)),
        };
    }

    /// Takes in the voucher of a posting, if it is about one.
    pub fn add_voucher_of(&mut self, posting: &Posting) {
        if !has_voucher(posting.kind) || self.has_voucher_of(posting) {
            return;
        }
        match posting.voucher {
            Some(voucher) => self.vouchers.insert(voucher),
            None => self.codes.insert(Arc::clone(&posting.by.code)),
        };
    }

    /// Whether the posting is about one of the cases.
    pub fn has_case_of(&self, posting: &Posting) -> bool {
        has_case(posting.kind)
            && match posting.claim {
                Some(claim) => self.claims.contains(&claim),
                None => self.claim_nos.contains(&posting.by.claim_no),
            }
    }

    /// Whether the posting is about one of the vouchers.
    pub fn has_voucher_of(&self, posting: &Posting) -> bool {
        has_voucher(posting.kind)
            && match posting.voucher {
                Some(voucher) => self.vouchers.contains(&voucher),
                None => self.codes.contains(&posting.by.code),
            }
    }

    /// Whether the posting is about any of them.
    pub fn has_any_of(&self, posting: &Posting) -> bool {
        self.has_case_of(posting) || self.has_voucher_of(posting)
    }

    /// Takes in all of another set.
    pub fn extend(&mut self, other: &Subjects) {
        self.claims.extend(&other.claims);
        self.claim_nos.extend(other.claim_nos.iter().cloned());
        self.vouchers.extend(&other.vouchers);
        self.codes.extend(other.codes.iter().cloned());
    }

    /// What is in this set and not in another.
    #[must_use]
    pub fn without(&self, other: &Subjects) -> Subjects {
        Subjects {
            claims: &self.claims - &other.claims,
            claim_nos: &self.claim_nos - &other.claim_nos,
            vouchers: &self.vouchers - &other.vouchers,
            codes: &self.codes - &other.codes,
        }
    }
}
