//! A small desk for tests: the rules and the fold without a store, every posting kept.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use santun::domain::claim::Worker;
use santun::domain::command::{NewClaim, NewLine, Numbering, RaiseVoucher, SeenLine};
use santun::domain::decide::{
    ClaimFacts, NumberUse, RaiseFacts, RegisterFacts, VoucherFacts, claim, raise, register, voucher,
};
use santun::domain::posting::{of_claim_event, of_voucher_event};
use santun::domain::voucher::{SeriesKey, SeriesState};
use santun::domain::{
    AccountNo, CaseKind, Claim, ClaimBasics, ClaimCommand, ClaimEvent, ClaimId, ClaimNo, CompanySnapshot,
    Component, DateSpan, Event, Identity, LineNo, Npp, Office, Payee, PayeeKind, Period, PersonId, Posting,
    PostingKind, Programme, Refusal, Rupiah, Segment, Voucher, VoucherCommand, VoucherEvent, VoucherId,
    VoucherKind,
};

/// The desk's day.
pub const TODAY: Date = date(2026, 10, 30);
/// The accident of the usual case.
pub const EVENT: Date = date(2026, 9, 1);

/// An office whose books are open from September 2026.
pub fn office() -> Office {
    Office::new("J03", "Cabang Contoh", Period::new(2026, 9).expect("a month")).expect("a good office")
}

/// The usual work accident.
pub fn basics() -> ClaimBasics {
    ClaimBasics {
        claim_no: ClaimNo::parse("K26-000001").expect("a number"),
        programme: Programme::Jkk,
        segment: Segment::Pu,
        case_kind: Some(CaseKind::Kk),
        worker: Worker {
            name: "Budi Santoso".to_owned(),
            identity: Identity::parse("NIK", "3273000101010001").expect("a number"),
            kpj: None,
            birth_date: Some(date(2001, 1, 1)),
            sex: None,
        },
        company: Some(CompanySnapshot {
            npp: Npp::parse("AB123456").expect("a number"),
            name: "PT Semen Contoh".to_owned(),
            risk_group: None,
        }),
        wage: None,
        event_date: EVENT,
        event_time: None,
        reported_date: Some(date(2026, 9, 2)),
        reported_time: None,
        place: None,
        accident_type: None,
        source: None,
        body_part: None,
        icd10: None,
        facility: "RS Contoh".to_owned(),
        days_off: None,
        notes: String::new(),
    }
}

/// A payee with an account.
pub fn payee(kind: PayeeKind, name: &str, account: &str) -> Payee {
    Payee {
        kind,
        name: name.to_owned(),
        bank: "BRI".to_owned(),
        account: Some(AccountNo::parse(account).expect("an account")),
        tax_number: None,
    }
}

/// A line to the company.
pub fn line(component: Component, asked: i64) -> NewLine {
    NewLine {
        component,
        span: None,
        payee: payee(PayeeKind::Company, "PT Semen Contoh", "1234567890"),
        receipt: String::new(),
        asked: Rupiah::new(asked),
    }
}

/// An STMB line with its days.
pub fn stmb(from: Date, to: Date, asked: i64) -> NewLine {
    NewLine { span: DateSpan::new(from, to), ..line(Component::Stmb, asked) }
}

/// What the desk knows.
#[derive(Clone)]
pub struct Desk {
    pub office: Office,
    pub today: Date,
    pub claims: BTreeMap<ClaimId, Claim>,
    pub vouchers: BTreeMap<VoucherId, Voucher>,
    pub postings: Vec<Posting>,
    /// Who works at claims and raises vouchers.
    pub clerk: PersonId,
    /// Who takes vouchers further.
    pub second: PersonId,
}

impl Desk {
    pub fn new() -> Desk {
        Desk {
            office: office(),
            today: TODAY,
            claims: BTreeMap::new(),
            vouchers: BTreeMap::new(),
            postings: Vec::new(),
            clerk: PersonId { uid: 1_001, loginuid: Some(1_001) },
            second: PersonId { uid: 1_002, loginuid: Some(1_002) },
        }
    }

    pub fn register(&mut self, basics: ClaimBasics) -> Result<ClaimId, Refusal> {
        self.register_for(basics, None)
    }

    /// A new case that restores this one.
    pub fn restore(&mut self, basics: ClaimBasics, id: ClaimId) -> Result<ClaimId, Refusal> {
        self.register_for(basics, Some(id))
    }

    fn register_for(&mut self, basics: ClaimBasics, restores: Option<ClaimId>) -> Result<ClaimId, Refusal> {
        let id = ClaimId::new(u64::try_from(self.claims.len()).expect("few") + 1);
        let facts = RegisterFacts {
            office: &self.office,
            today: self.today,
            number: NumberUse::Free,
            duplicate_of: None,
            restored: restores.map(|id| &self.claims[&id]),
        };
        let new = NewClaim { basics, numbering: Numbering::Paper, restores, despite_duplicate: None };
        for event in register(&facts, &new)? {
            self.fold_claim(id, &event);
        }
        Ok(id)
    }

    pub fn claim(&mut self, id: ClaimId, command: &ClaimCommand) -> Result<(), Refusal> {
        let facts = ClaimFacts {
            office: &self.office,
            today: self.today,
            claim: &self.claims[&id],
            number: NumberUse::Free,
            by: "sari",
            who: self.clerk,
        };
        for event in claim(&facts, command)? {
            self.fold_claim(id, &event);
        }
        Ok(())
    }

    pub fn raise(&mut self, lines: &[(ClaimId, LineNo)], pph: i64, date: Date) -> Result<VoucherId, Refusal> {
        let id = VoucherId::new(u64::try_from(self.vouchers.len()).expect("few") + 1);
        let claims: Vec<&Claim> = self.claims.values().collect();
        let series = |key: &SeriesKey| self.series(key);
        let facts = RaiseFacts {
            office: &self.office,
            today: self.today,
            claims: &claims,
            id,
            series: &series,
            code_taken: &|code, _| self.vouchers.values().any(|voucher| voucher.code.normalised() == code),
            by: "sari",
            who: self.clerk,
        };
        let wish = RaiseVoucher {
            kind: VoucherKind::Issued,
            code: String::new(),
            date,
            lines: lines.iter().map(|(id, no)| self.seen(*id, *no)).collect(),
            pph: Rupiah::new(pph),
            rounding: Rupiah::ZERO,
            description: String::new(),
        };
        let event = raise(&facts, &wish)?;
        self.fold_voucher(id, &event);
        Ok(id)
    }

    pub fn voucher(&mut self, id: VoucherId, command: &VoucherCommand) -> Result<(), Refusal> {
        let claims: Vec<&Claim> = self.claims.values().collect();
        let facts = VoucherFacts {
            office: &self.office,
            today: self.today,
            voucher: &self.vouchers[&id],
            claims: &claims,
            by: "rini",
            who: self.second,
        };
        for event in voucher(&facts, command)? {
            match event {
                Event::Claim(id, event) => self.fold_claim(id, &event),
                Event::Voucher(id, event) => self.fold_voucher(id, &event),
                other => panic!("a voucher's command made {other:?}"),
            }
        }
        Ok(())
    }

    /// A line as it stands; of one that is not there, what nobody can have seen.
    fn seen(&self, id: ClaimId, no: LineNo) -> SeenLine {
        let line = self.claims.get(&id).and_then(|claim| Some(SeenLine::of(claim, claim.line(no)?)));
        line.unwrap_or(SeenLine {
            claim: id,
            line: no,
            payee: payee(PayeeKind::Company, "PT Semen Contoh", "1234567890"),
            amount: Rupiah::ZERO,
        })
    }

    fn series(&self, key: &SeriesKey) -> SeriesState {
        let mut state = SeriesState::default();
        for voucher in self.vouchers.values() {
            if let Some((_, number)) = voucher.series.as_ref().filter(|(series, _)| series == key) {
                state.last = state.last.max(*number);
                state.last_date = state.last_date.max(Some(voucher.date));
            }
        }
        state
    }

    pub fn fold_claim(&mut self, id: ClaimId, event: &ClaimEvent) {
        let before = self.claims.get(&id).cloned();
        let mut after = before.clone().unwrap_or_else(|| Claim::born(id, event).expect("born first"));
        after.apply(event);
        self.postings.extend(of_claim_event(before.as_ref(), &after, event));
        self.claims.insert(id, after);
    }

    fn fold_voucher(&mut self, id: VoucherId, event: &VoucherEvent) {
        let before = self.vouchers.get(&id).cloned();
        let mut after = before.clone().unwrap_or_else(|| Voucher::born(event).expect("born first"));
        after.apply(event);
        let claims = self.claims.clone();
        self.postings
            .extend(of_voucher_event(&self.office, before.as_ref(), &after, event, &|id| claims.get(&id)));
        for claim in self.claims.values_mut() {
            claim.apply_voucher(&after, event);
        }
        self.vouchers.insert(id, after);
    }

    /// Sum of the postings of one kind.
    pub fn sum(&self, kind: PostingKind) -> Rupiah {
        self.postings.iter().filter(|posting| posting.kind == kind).map(|posting| posting.amount).sum()
    }

    /// The same of one case.
    pub fn sum_of(&self, id: ClaimId, kind: PostingKind) -> Rupiah {
        let own = self.postings.iter().filter(|posting| posting.kind == kind && posting.claim == Some(id));
        own.map(|posting| posting.amount).sum()
    }

    /// Number of postings of one kind.
    pub fn count(&self, kind: PostingKind) -> usize {
        self.postings.iter().filter(|posting| posting.kind == kind).count()
    }

    /// What is owed by the books: determined ± corrected − paid + returned.
    pub fn payable(&self) -> Rupiah {
        self.sum(PostingKind::Determined) + self.sum(PostingKind::Corrected) - self.sum(PostingKind::LinePaid)
            + self.sum(PostingKind::LineUnpaid)
    }
}
