//! Values for the store's tests, each made from a number: the same number, the same value.

use jiff::civil::{Date, Time, date, time};
use santun::domain::claim::{
    AttachedFile, Booking, Document, OutcomeEntry, Review, StateEntry, Wage, Worker,
};
use santun::domain::code::*;
use santun::domain::company::{Company, CompanySnapshot, Registration};
use santun::domain::identity::{AccountNo, ClaimNo, Icd10, Identity, Kpj, Nik, Npp, Npwp};
use santun::domain::month::{BookMark, KindSum, MonthBooks, MonthDeed, MonthStep, VoucherRange};
use santun::domain::office::{Approval, Office, Signers, StoreKind};
use santun::domain::posting::PostingKind;
use santun::domain::voucher::{CodeTemplate, SeriesKey, VoidMark};
use santun::domain::{
    BenefitLine, ClaimBasics, ClaimEvent, ClaimId, DateSpan, Determination, Event, Facility, LineNo,
    OfficeEvent, Payee, Payment, PaymentNo, Period, PersonId, Rupiah, Settlement, Voucher, VoucherCode,
    VoucherEvent, VoucherId, VoucherLine, VoucherLink,
};
use santun::store::{Actor, IdempotencyKey, Moment};

/// A source of numbers (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.roll() % n
    }

    /// One of these.
    pub fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        let place = usize::try_from(self.below(of.len() as u64)).unwrap();
        of[place].clone()
    }

    /// Something, or nothing.
    pub fn maybe<T>(&mut self, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        (self.below(3) > 0).then(|| make(self))
    }

    /// A day of some years.
    pub fn day(&mut self) -> Date {
        let days = i64::try_from(self.below(1_400)).unwrap();
        date(2023, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap()
    }

    /// A time of the day, in minutes.
    pub fn time(&mut self) -> Time {
        time(i8::try_from(self.below(24)).unwrap(), i8::try_from(self.below(60)).unwrap(), 0, 0)
    }

    /// One of a few months: each is a file of its own in every table.
    pub fn month(&mut self) -> Period {
        self.pick(&[(2024, 11), (2026, 9), (2026, 10)].map(|(year, month)| Period::new(year, month).unwrap()))
    }

    /// An amount.
    pub fn money(&mut self) -> Rupiah {
        Rupiah::new(i64::try_from(self.below(50_000_000)).unwrap())
    }

    /// Words, some of them awkward.
    pub fn words(&mut self) -> String {
        let all = [
            "",
            "Siti  Aminah",
            "budi",
            "PT Semen Timur",
            "O'Neil \"x\"",
            "tab\there",
            "línea",
            "ß Straße",
            "\u{202e}kebalik",
            "a\\b",
            "RS. Harapan",
            "CV Maju-Jaya",
            "=1+1",
            "日本",
        ];
        self.pick(&all).to_owned()
    }

    /// A name.
    pub fn name(&mut self) -> String {
        let first = self.pick(&["Siti", "Budi", "Agus", "Dewi", "I Made", "Élodie"]);
        let last = self.pick(&["Aminah", "Santoso", "Wibowo", "Lestari", "Ginting"]);
        format!("{first} {last}")
    }

    /// Digits.
    pub fn digits(&mut self, n: usize) -> String {
        (0..n).map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap())).collect()
    }

    /// A payee.
    pub fn payee(&mut self) -> Payee {
        Payee {
            kind: self.pick(PayeeKind::ALL),
            name: self.name(),
            bank: self.pick(&["", "BRI", "Mandiri"]).to_owned(),
            account: self.maybe(|dice| AccountNo::parse(&dice.digits(10)).unwrap()),
            tax_number: self.maybe(|_| Npwp::parse("013121660091000").unwrap()),
        }
    }

    /// An identity.
    pub fn identity(&mut self) -> Identity {
        match self.below(5) {
            0 => Identity::Missing,
            1 => Identity::Passport(format!("A{}", self.digits(7))),
            2 => Identity::Other(self.digits(6)),
            _ => Identity::Nik(Nik::parse(&format!("327300010101{}", self.digits(4))).unwrap()),
        }
    }

    /// What a form says of the claim with a number.
    pub fn basics(&mut self, number: u64) -> ClaimBasics {
        ClaimBasics {
            claim_no: ClaimNo::parse(&format!("JKK/{number:05}-{}", self.below(10))).unwrap(),
            programme: self.pick(Programme::ALL),
            segment: self.pick(Segment::ALL),
            case_kind: self.maybe(|dice| dice.pick(CaseKind::ALL)),
            worker: Worker {
                name: self.name(),
                identity: self.identity(),
                kpj: self.maybe(|dice| Kpj::parse(&dice.digits(11)).unwrap()),
                birth_date: self.maybe(|_| date(1990, 2, 3)),
                sex: self.maybe(|dice| dice.pick(Sex::ALL)),
            },
            company: self.maybe(|dice| CompanySnapshot {
                npp: Npp::parse(&format!("NPP0000{}", dice.below(4))).unwrap(),
                name: dice.words(),
                risk_group: dice.maybe(|dice| dice.pick(RiskGroup::ALL)),
            }),
            wage: self.maybe(|dice| Wage { amount: dice.money(), unit: dice.pick(WageUnit::ALL) }),
            event_date: self.day(),
            event_time: self.maybe(Dice::time),
            reported_date: self.maybe(Dice::day),
            reported_time: self.maybe(Dice::time),
            place: self.maybe(|dice| dice.pick(Place::ALL)),
            accident_type: self.maybe(|dice| dice.pick(AccidentType::ALL)),
            source: self.maybe(|dice| dice.pick(Source::ALL)),
            body_part: self.maybe(|dice| dice.pick(BodyPart::ALL)),
            icd10: self.maybe(|_| Icd10::parse("S61.0").unwrap()),
            facility: self.words(),
            days_off: self.maybe(|dice| u16::try_from(dice.below(300)).unwrap()),
            notes: self.words(),
        }
    }

    /// An entry of the status history.
    pub fn state(&mut self, state: ProcessState) -> StateEntry {
        StateEntry {
            state,
            date: self.day(),
            posted: self.month(),
            reason: self.maybe(|dice| dice.pick(CloseReason::ALL)),
            note: self.words(),
        }
    }

    /// A person, or nobody.
    pub fn person(&mut self) -> Option<PersonId> {
        self.maybe(|dice| PersonId { uid: 1_001, loginuid: dice.maybe(|_| 1_002) })
    }

    /// A benefit line on no voucher.
    pub fn line(&mut self, no: u16) -> BenefitLine {
        BenefitLine {
            no: LineNo::new(no),
            component: self.pick(Component::ALL),
            span: self.maybe(|dice| {
                let from = dice.day();
                DateSpan::new(from, from.saturating_add(jiff::Span::new().days(9))).unwrap()
            }),
            payee: self.payee(),
            account_by: self.person(),
            receipt: self.words(),
            asked: self.money(),
            complete_date: self.maybe(Dice::day),
            determination: self.maybe(Dice::determination),
            voucher: None,
            free_since: self.maybe(Dice::day),
        }
    }

    /// A place in the books.
    pub fn booking(&mut self) -> Booking {
        Booking { date: self.day(), posted: self.month() }
    }

    /// A determination.
    pub fn determination(&mut self) -> Determination {
        Determination { amount: self.money(), date: self.day(), number: self.words(), posted: self.month() }
    }

    /// A voucher over these lines.
    pub fn voucher(&mut self, id: u64, lines: Vec<VoucherLine>) -> Voucher {
        let gross: Rupiah = lines.iter().map(|line| line.amount).sum();
        let number = u32::try_from(id).unwrap();
        let kind = self.pick(VoucherKind::ALL);
        // Recorded codes reserve their numbers and leave holes that are no gaps.
        let is_ours = kind == VoucherKind::Recorded && self.below(3) > 0;
        Voucher {
            id: VoucherId::new(id),
            revision: 1,
            code: VoucherCode::parse(&format!("JKK-J03-2610 {id:05}")).unwrap(),
            external_code: self.words(),
            kind,
            origin: self.pick(Origin::ALL),
            series: is_ours.then(|| (SeriesKey::from_text("JKK-J03-2610-#"), number)),
            programme: self.pick(Programme::ALL),
            date: self.day(),
            posted: self.month(),
            state: VoucherState::Proposed,
            payee: self.payee(),
            gross,
            pph: Rupiah::ZERO,
            rounding: Rupiah::ZERO,
            net: gross,
            lines,
            description: self.words(),
            prepared_by: "rina".to_owned(),
            prepared_id: self.person(),
            approved_by: String::new(),
            payments: Vec::new(),
            void: None,
        }
    }

    /// A transfer.
    pub fn payment(&mut self, no: u16, amount: Rupiah) -> Payment {
        Payment {
            no: PaymentNo::new(no),
            date: self.day(),
            amount,
            reference: self.words(),
            state: PaymentState::Paid,
            returned_date: None,
        }
    }

    /// A company.
    pub fn company(&mut self) -> Company {
        Company {
            npp: Npp::parse(&format!("NPP0000{}", self.below(9))).unwrap(),
            name: self.words(),
            group: self.words(),
            business_group: u8::try_from(self.below(10)).unwrap(),
            kbli: self.words(),
            segment: self.pick(Segment::ALL),
            registrations: vec![Registration {
                from: self.month(),
                to: self.maybe(Dice::month),
                risk_group: self.pick(RiskGroup::ALL),
                workers: u32::try_from(self.below(9_000)).unwrap(),
            }],
        }
    }

    /// A facility.
    pub fn facility(&mut self) -> Facility {
        Facility {
            name: format!("RS {}", self.name()),
            kind: self.words(),
            partner: vec![(self.day(), self.maybe(Dice::day))],
            bank: self.words(),
            account: self.maybe(|dice| AccountNo::parse(&dice.digits(12)).unwrap()),
            tax_number: None,
        }
    }

    /// An office with everything set.
    pub fn office(&mut self) -> Office {
        Office {
            code: "J03".to_owned(),
            name: "Cabang Contoh".to_owned(),
            zone: self.pick(Zone::ALL),
            programmes: Programme::ALL.to_vec(),
            voucher_mode: self.pick(VoucherMode::ALL),
            template: CodeTemplate::parse(CodeTemplate::DEFAULT).unwrap(),
            first_open: Period::new(2026, 10).unwrap(),
            begun: Period::new(2026, 9).unwrap(),
            signers: Signers { prepared: self.name(), checked: String::new(), approved: self.name() },
            holidays: vec![self.day()],
            approval: self.pick(&[Approval::NotNeeded, Approval::FourEyes]),
            stmb_divisor: 30,
            retention_years: self.pick(&[10, 15]),
            kind: self.pick(&[StoreKind::Real, StoreKind::Sample]),
        }
    }

    /// Any event; of kind `which` below [`EVENT_KINDS`].
    pub fn event(&mut self, which: u64) -> Event {
        let claim = ClaimId::new(1 + self.below(1_000));
        let voucher = VoucherId::new(1 + self.below(1_000));
        let of_claim = |event| Event::Claim(claim, event);
        let of_voucher = |event| Event::Voucher(voucher, event);
        match which {
            0 => of_claim(ClaimEvent::Registered {
                basics: Box::new(self.basics(claim.get())),
                state: self.state(ProcessState::StageOne),
                origin: self.pick(Origin::ALL),
                restores: self.maybe(|_| ClaimId::new(7)),
                despite_duplicate: self.words(),
            }),
            1 => of_claim(ClaimEvent::Amended {
                basics: Box::new(self.basics(claim.get())),
                booked: self.maybe(Dice::booking),
            }),
            2 => of_claim(ClaimEvent::Filed(self.state(ProcessState::Filed))),
            3 => of_claim(ClaimEvent::Completed {
                date: self.maybe(Dice::day),
                lines: self.maybe(|_| LineNo::new(1)).into_iter().collect(),
            }),
            4 => of_claim(ClaimEvent::DocumentReceived(Document {
                kind: self.pick(DocumentKind::ALL),
                received: self.day(),
                archive: self.words(),
            })),
            5 => of_claim(ClaimEvent::DocumentRemoved(self.pick(DocumentKind::ALL))),
            6 => of_claim(ClaimEvent::LineAdded {
                line: Box::new(self.line(1)),
                booked: self.maybe(Dice::booking),
            }),
            7 => {
                let mut line = self.line(2);
                line.voucher = self.maybe(|dice| VoucherLink {
                    id: voucher,
                    code: VoucherCode::parse("A 1").unwrap(),
                    settlement: match dice.maybe(Dice::day) {
                        Some(day) => Settlement::Paid(day),
                        None => dice.maybe(Dice::money).map_or(Settlement::Waiting, Settlement::Part),
                    },
                });
                of_claim(ClaimEvent::LineAmended { line: Box::new(line), booked: self.maybe(Dice::booking) })
            }
            8 => {
                let letter = self.determination();
                of_claim(ClaimEvent::LineDetermined {
                    line: LineNo::new(3),
                    amount: letter.amount,
                    date: letter.date,
                    number: letter.number,
                    posted: letter.posted,
                })
            }
            9 => of_claim(ClaimEvent::OutcomeSet(OutcomeEntry {
                outcome: self.pick(Outcome::ALL),
                date: self.day(),
                posted: self.month(),
            })),
            10 => {
                let state = self.pick(ProcessState::ALL);
                of_claim(ClaimEvent::StateSet(self.state(state)))
            }
            11 => of_claim(ClaimEvent::Reviewed(Review {
                mark: self.pick(ReviewMark::ALL),
                revision: 3,
                by: "rina".to_owned(),
                note: self.words(),
            })),
            12 => {
                let lines = vec![VoucherLine {
                    claim,
                    claim_no: self.words(),
                    line: LineNo::new(1),
                    amount: self.money(),
                }];
                let mut raised = self.voucher(voucher.get(), lines);
                raised.payments = vec![Payment {
                    state: PaymentState::Returned,
                    returned_date: Some(self.day()),
                    ..self.payment(1, Rupiah::new(5))
                }];
                raised.void = self.maybe(|dice| VoidMark {
                    date: dice.day(),
                    reason: dice.words(),
                    posted: dice.month(),
                });
                of_voucher(VoucherEvent::Raised(Box::new(raised)))
            }
            13 => of_voucher(VoucherEvent::Approved { by: self.name() }),
            14 => {
                let amount = self.money();
                of_voucher(VoucherEvent::Paid { payment: self.payment(2, amount), posted: self.month() })
            }
            15 => of_voucher(VoucherEvent::PaymentReturned {
                payment: PaymentNo::new(2),
                date: self.day(),
                reason: self.words(),
                posted: self.month(),
            }),
            16 => of_voucher(VoucherEvent::Voided(VoidMark {
                date: self.day(),
                reason: self.words(),
                posted: self.month(),
            })),
            17 => Event::Company(self.company()),
            18 => Event::Facility(self.facility()),
            19 => Event::Office(OfficeEvent::Configured(Box::new(self.office()))),
            20 => Event::Office(OfficeEvent::SeriesStarted {
                series: SeriesKey::from_text("JKK-J03-2611-#"),
                next: 42,
            }),
            21 => of_claim(ClaimEvent::ToldApart { reason: self.words() }),
            22 => of_claim(ClaimEvent::ReviewCleared),
            23 => of_claim(ClaimEvent::LineRestored {
                line: Box::new(self.line(1)),
                asked: self.maybe(Dice::booking),
                determined: self.maybe(Dice::booking),
            }),
            24 => of_claim(ClaimEvent::LineWithdrawn {
                line: LineNo::new(2),
                asked: self.maybe(Dice::booking),
                determined: self.maybe(Dice::booking),
            }),
            26 => of_claim(ClaimEvent::FileAttached(self.file())),
            25 => Event::Office(OfficeEvent::Month(Box::new(self.month_deed()))),
            _ => Event::Office(OfficeEvent::Exported { what: self.words(), rows: 12 }),
        }
    }

    /// An attached file.
    fn file(&mut self) -> AttachedFile {
        AttachedFile {
            kind: self.pick(DocumentKind::ALL),
            name: self.name(),
            sha256: "5c".repeat(32),
            bytes: 1 + self.below(1_000),
            date: self.day(),
            by: "rina".to_owned(),
        }
    }

    /// Something done to a month.
    fn month_deed(&mut self) -> MonthDeed {
        let reason = self.words();
        let books = MonthBooks {
            postings: self.below(100),
            sums: vec![KindSum { kind: PostingKind::Corrected, count: 2, amount: Rupiah::new(-5) }],
            ranges: vec![VoucherRange {
                series: SeriesKey::from_text("JKK-J03-2611-#"),
                first: 3,
                last: 9,
                count: 6,
            }],
            unnumbered: self.below(2),
            digest: "ab".repeat(32),
        };
        let after = BookMark { seq: 1 + self.below(1_000), hash: "0f".repeat(32) };
        let step = match self.below(3) {
            0 => MonthStep::Closed { note: reason, books: Box::new(books), after },
            1 => MonthStep::ReopenAsked { reason },
            _ => MonthStep::Reopened,
        };
        let who = PersonId { uid: 1000, loginuid: self.maybe(|_| 1001) };
        MonthDeed { month: self.month(), date: self.day(), by: self.name(), who, step }
    }
}

/// Kinds of events that [`Dice::event`] makes.
pub const EVENT_KINDS: u64 = 28;

/// The clerk of the tests.
pub fn clerk() -> Actor {
    Actor { user: "rina".to_owned(), uid: 1000, loginuid: 1000, tty: "pts/1".to_owned() }
}

/// The morning of the tests' day.
pub fn morning() -> Moment {
    Moment::parse("2026-10-30T09:00:00.000+07:00").unwrap()
}

/// A key.
pub fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::new(text).unwrap()
}

/// A plain office.
pub fn office() -> Office {
    Office::new("J03", "Cabang Contoh", Period::new(2026, 10).unwrap()).unwrap()
}
