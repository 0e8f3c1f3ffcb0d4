//! From compact records to rows, one at a time.

use jiff::civil::Time;

use crate::domain::voucher::CodeParts;
use crate::domain::voucher::CodeTemplate;
use crate::domain::{
    AccountNo, ClaimNo, Component, Icd10, Payee, PayeeKind, PaymentState, Period, ProcessState, Rupiah,
    Segment, Sex, VoucherCode, VoucherKind, VoucherState,
};
use crate::sample::OFFICE;
use crate::sample::days::{FAR, NONE};
use crate::sample::dice::mix;
use crate::sample::draft::{Case, Draft, Line, NO_MINUTE, NO_SLIP, PayeeRef, Slip, UNDETERMINED, at, to_u32};
use crate::sample::firm::Firm;
use crate::sample::lists::{INDUSTRIES, NOTES};
use crate::sample::person::{self, AccountSpace};
use crate::sample::rows::{
    BenefitRow, ClaimRow, CompanyRow, FacilityRow, PaymentRow, SampleSink, VoucherRow,
};
use crate::sample::world::World;

const VOID_REASONS: &[&str] =
    &["Nomor rekening salah", "Jumlah salah ketik", "Penerima salah", "Berkas dikembalikan pemeriksa"];
const RETURN_REASONS: &[&str] = &["Rekening tidak aktif", "Nama tidak sesuai", "Rekening ditutup"];

/// Hands every row to the sink.
pub fn emit<S: SampleSink + ?Sized>(world: &World, draft: &Draft, sink: &mut S) -> Result<(), S::Error> {
    for firm in &world.firms {
        for row in company_rows(firm) {
            sink.company(&row)?;
        }
    }
    for (place, _) in world.clinics.iter().enumerate() {
        for row in facility_rows(world, to_u32(place)) {
            sink.facility(&row)?;
        }
    }
    let emitter = Emitter::new(world, draft);
    for number in &draft.order {
        let case = &draft.cases[at(*number)];
        sink.claim(&emitter.claim(case))?;
        for place in 0..case.n_lines {
            sink.benefit(&emitter.benefit(case, place))?;
        }
    }
    for slip in &draft.slips {
        let row = emitter.voucher(slip);
        sink.voucher(&row)?;
        for place in 0..slip.transfers.1 {
            sink.payment(&emitter.payment(slip, &row.code, place))?;
        }
    }
    Ok(())
}

fn company_rows(firm: &Firm) -> Vec<CompanyRow> {
    let industry = &INDUSTRIES[firm.industry];
    let entries = firm.headcounts.iter();
    let rows = entries.map(|entry| CompanyRow {
        npp: firm.npp.clone(),
        company: firm.name.clone(),
        group: firm.group.clone(),
        business_group: industry.business_group,
        kbli: industry.kbli.to_owned(),
        segment: firm.segment,
        risk_group: firm.risk,
        workers: if firm.segment == Segment::Jakon { 0 } else { entry.workers },
        from: entry.from,
        to: entry.to,
    });
    rows.collect()
}

fn facility_rows(world: &World, number: u32) -> Vec<FacilityRow> {
    let clinic = &world.clinics[at(number)];
    let (bank, account) = person::account(AccountSpace::Facility, number);
    let row = |partner_from, partner_to| FacilityRow {
        facility: clinic.name.clone(),
        kind: clinic.kind.to_owned(),
        partner_from,
        partner_to,
        bank: bank.to_owned(),
        account: account.clone(),
        tax_number: clinic.tax_number.clone(),
    };
    if clinic.partner.is_empty() {
        return vec![row(None, None)];
    }
    let days = &world.days;
    let open = |to: i32| (to < FAR).then(|| days.date(to));
    clinic.partner.iter().map(|(from, to)| row(Some(days.date(*from)), open(*to))).collect()
}

/// Bank and account of a payee.
pub fn account_of(payee: PayeeRef) -> (&'static str, AccountNo) {
    let space = match payee.kind {
        PayeeKind::Company => AccountSpace::Company,
        PayeeKind::Participant => AccountSpace::Worker,
        PayeeKind::Facility => AccountSpace::Facility,
        PayeeKind::Heir => AccountSpace::Heir,
    };
    person::account(space, payee.index)
}

/// The number a core system would give.
pub fn claim_no(world: &World, case: &Case) -> ClaimNo {
    let year = world.days.month(case.registered) / 12 % 100;
    ClaimNo::parse(&format!("{year:02}-{}-{:06}", case.programme.code(), case.number))
        .expect("short and visible")
}

struct Emitter<'a> {
    world: &'a World,
    draft: &'a Draft,
    template: CodeTemplate,
    nobody: Payee,
}

impl<'a> Emitter<'a> {
    fn new(world: &'a World, draft: &'a Draft) -> Emitter<'a> {
        let template = CodeTemplate::parse(CodeTemplate::DEFAULT).expect("the default is a template");
        let nobody = Payee {
            kind: PayeeKind::Participant,
            name: String::new(),
            bank: String::new(),
            account: None,
            tax_number: None,
        };
        Emitter { world, draft, template, nobody }
    }

    fn sex(case: &Case) -> Sex {
        person::sex(case.worker, u64::from(case.women))
    }

    fn claim(&self, case: &Case) -> ClaimRow {
        let days = &self.world.days;
        let firm = self.world.firm(case.firm);
        let sex = Self::sex(case);
        let birth_date = days.date(case.birth);
        let ended =
            matches!(case.status, ProcessState::Closed | ProcessState::Rejected | ProcessState::Cancelled);
        ClaimRow {
            claim_no: claim_no(self.world, case),
            programme: case.programme,
            segment: case.segment,
            case_kind: case.kind,
            worker: person::name(self.world.seed, case.worker, sex),
            identity: person::identity(case.id_kind, case.worker, birth_date, sex),
            kpj: person::kpj(case.worker),
            birth_date,
            sex,
            npp: firm.map(|firm| firm.npp.clone()),
            company: firm.map_or_else(String::new, |firm| firm.name.clone()),
            wage: Rupiah::new(case.pay.amount),
            wage_unit: case.pay.unit,
            event_date: days.date(case.event),
            event_time: time(case.event_minute),
            reported_date: days.maybe(case.reported),
            filed_date: days.maybe(case.filed),
            complete_date: days.maybe(case.complete),
            closed_date: days.maybe(case.closed),
            closed_as: ended.then_some(case.status),
            place: case.accident.map(|how| how.0),
            accident_type: case.accident.map(|how| how.1),
            source: case.accident.map(|how| how.2),
            body_part: case.injury.map(|injury| injury.0),
            icd10: case.injury.map(|injury| Icd10::parse(injury.1).expect("a code of the list")),
            facility: self.world.clinic(case.clinic).map_or_else(String::new, |clinic| clinic.name.clone()),
            outcome: case.outcome.map(|outcome| outcome.0),
            outcome_date: case.outcome.map(|outcome| days.date(outcome.1)),
            days_off: case.days_off,
            status: case.status,
            notes: case.note.map_or_else(String::new, |note| NOTES[usize::from(note)].to_owned()),
            reported_time: time(case.reported_minute),
            close_reason: case.reason,
            registered_date: days.date(case.registered),
        }
    }

    fn benefit(&self, case: &Case, place: u32) -> BenefitRow {
        let days = &self.world.days;
        let line: &Line = &self.draft.lines_of(case)[at(place)];
        let (bank, account) = account_of(line.payee);
        let is_determined = line.determined != UNDETERMINED;
        let chance = mix(self.world.seed ^ u64::from(case.first_line + place));
        let receipt = if line.component == Component::Medical {
            format!("KW-{:06}", chance % 1_000_000)
        } else {
            String::new()
        };
        BenefitRow {
            claim_no: claim_no(self.world, case),
            line: place + 1,
            component: line.component,
            span: (line.span.0 != NONE).then(|| (days.date(line.span.0), days.date(line.span.1))),
            payee_kind: line.payee.kind,
            payee: self.payee_name(line.payee, Self::sex(case)),
            bank: bank.to_owned(),
            account,
            asked: Rupiah::new(line.asked),
            determined: is_determined.then(|| (Rupiah::new(line.determined), days.date(line.determined_on))),
            voucher: (line.slip != NO_SLIP).then(|| self.code(&self.draft.slips[at(line.slip)])),
            receipt,
            determination_no: if is_determined {
                format!("P-{}", case.first_line + place + 1)
            } else {
                String::new()
            },
            filed_date: days.date(line.filed),
            complete_date: days.maybe(line.complete),
        }
    }

    fn payee_name(&self, payee: PayeeRef, sex: Sex) -> String {
        match payee.kind {
            PayeeKind::Company => self.world.firms[at(payee.index)].name.clone(),
            PayeeKind::Facility => self.world.clinics[at(payee.index)].name.clone(),
            PayeeKind::Participant => person::name(self.world.seed, payee.index, sex),
            PayeeKind::Heir => person::heir_name(self.world.seed, payee.index),
        }
    }

    /// Ours by the template; those of older years in the form of an old archive list.
    fn code(&self, slip: &Slip) -> VoucherCode {
        let date = self.world.days.date(slip.date);
        if slip.kind == VoucherKind::Recorded {
            let letter = ["RA", "RB", "RC"][usize::from(date.month().unsigned_abs()) % 3];
            let text = format!("{letter}{:02}{:02}{:04}", date.year() % 100, date.month(), slip.number);
            return VoucherCode::parse(&text).expect("letters and digits");
        }
        let (programme, posted) = (slip.programme, Period::of(date));
        let parts = CodeParts { programme, office: OFFICE, posted, date, payee: &self.nobody };
        self.template.code(&parts, slip.number)
    }

    fn voucher(&self, slip: &Slip) -> VoucherRow {
        let days = &self.world.days;
        let (bank, account) = account_of(slip.payee);
        let lines = self.draft.lines_on(slip);
        let first = &self.draft.lines[at(lines[0])];
        let is_void = slip.state == VoucherState::Void;
        let reason = VOID_REASONS[usize::try_from(slip.gross.unsigned_abs() % 4).expect("below four")];
        VoucherRow {
            code: self.code(slip),
            kind: slip.kind,
            date: days.date(slip.date),
            payee: self.payee_name(slip.payee, Self::sex(&self.draft.cases[at(first.case)])),
            gross: Rupiah::new(slip.gross),
            pph: Rupiah::new(slip.pph),
            rounding: Rupiah::new(slip.rounding),
            net: Rupiah::new(slip.net()),
            status: slip.state,
            void_date: days.maybe(slip.voided),
            void_reason: if is_void { reason.to_owned() } else { String::new() },
            programme: slip.programme,
            payee_kind: slip.payee.kind,
            bank: bank.to_owned(),
            account,
            void_lines: if is_void { self.line_list(lines) } else { String::new() },
        }
    }

    fn line_list(&self, lines: &[u32]) -> String {
        let name = |place: &u32| {
            let case = &self.draft.cases[at(self.draft.lines[at(*place)].case)];
            format!("{}#{}", claim_no(self.world, case), place - case.first_line + 1)
        };
        lines.iter().map(name).collect::<Vec<_>>().join(" ")
    }

    fn payment(&self, slip: &Slip, code: &VoucherCode, place: u32) -> PaymentRow {
        let transfer = self.draft.transfers_of(slip)[at(place)];
        let date = self.world.days.date(transfer.date);
        let returned_date = self.world.days.maybe(transfer.returned);
        let reason = RETURN_REASONS[usize::try_from(slip.gross.unsigned_abs() % 3).expect("below three")];
        PaymentRow {
            voucher: code.clone(),
            date,
            amount: Rupiah::new(transfer.amount),
            reference: format!(
                "TRF{:02}{:02}{:07}",
                date.year() % 100,
                date.month(),
                slip.transfers.0 + place + 1
            ),
            status: if returned_date.is_some() { PaymentState::Returned } else { PaymentState::Paid },
            returned_date,
            return_reason: if returned_date.is_some() { reason.to_owned() } else { String::new() },
        }
    }
}

fn time(minute: i16) -> Option<Time> {
    if minute == NO_MINUTE {
        return None;
    }
    let part = |number: i16| i8::try_from(number).expect("below sixty");
    Some(Time::constant(part(minute / 60), part(minute % 60), 0, 0))
}
