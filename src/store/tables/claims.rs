//! The narrow row of a claim: what a list shows, a filter asks and a total adds.

use jiff::civil::{Date, Time};

use crate::domain::benefit::Settlement;
use crate::domain::claim::Claim;
use crate::domain::clock::{ClockMark, next_due, stage_one_mark};
use crate::domain::code::*;
use crate::domain::id::ClaimId;
use crate::domain::identity::normalise_number;
use crate::domain::money::Rupiah;
use crate::domain::office::Office;
use crate::domain::period::Period;

use super::NO_CODE;
use super::columns::{Cell, Columns};
use super::keyed::Keyed;
use super::spec::Table;

/// A claim in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// Id.
    pub id: ClaimId,
    /// Events folded, from 1.
    pub revision: u32,
    /// Number on the paper.
    pub claim_no: String,
    /// Programme.
    pub programme: Programme,
    /// Kind of participant.
    pub segment: Segment,
    /// Accident or disease.
    pub case_kind: Option<CaseKind>,
    /// The worker's name.
    pub worker: String,
    /// Membership number; may be empty.
    pub kpj: String,
    /// Identity number, whole; may be empty.
    pub identity: String,
    /// Its last four characters, as lists show it.
    pub identity_tail: String,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Registration number of the employer; may be empty.
    pub npp: String,
    /// The employer's name; may be empty.
    pub company: String,
    /// The employer's risk group, a copy of the day.
    pub risk_group: Option<RiskGroup>,
    /// Wage as typed, in rupiah for one unit.
    pub wage: Option<Rupiah>,
    /// What the wage is counted by.
    pub wage_unit: Option<WageUnit>,
    /// The treating facility; may be empty.
    pub facility: String,
    /// Date of the event.
    pub event_date: Date,
    /// Its hour, 0 to 23.
    pub event_hour: Option<u8>,
    /// Stage I report.
    pub reported_date: Option<Date>,
    /// Stage II report.
    pub filed_date: Option<Date>,
    /// The bundle was complete.
    pub complete_date: Option<Date>,
    /// The latest day on which a line's money was paid in full.
    pub paid_date: Option<Date>,
    /// Closed, rejected or cancelled.
    pub ended_date: Option<Date>,
    /// Posting month of the registration.
    pub registered: Period,
    /// Where the case stands.
    pub status: ProcessState,
    /// Outcome as known.
    pub outcome: Option<Outcome>,
    /// Its date.
    pub outcome_date: Option<Date>,
    /// Where it happened.
    pub place: Option<Place>,
    /// Type of accident.
    pub accident_type: Option<AccidentType>,
    /// Source of the accident.
    pub source: Option<Source>,
    /// Part of the body.
    pub body_part: Option<BodyPart>,
    /// Diagnosis; may be empty.
    pub icd10: String,
    /// Days off work.
    pub days_off: Option<u16>,
    /// Sum asked.
    pub asked: Rupiah,
    /// Sum determined.
    pub determined: Rupiah,
    /// Sum paid, gross.
    pub paid: Rupiah,
    /// Determined, on no voucher.
    pub waiting_voucher: Rupiah,
    /// On a voucher, not paid.
    pub waiting_payment: Rupiah,
    /// The papers of the longest-waiting unpaid line were complete.
    pub waiting_since: Option<Date>,
    /// Day on which the nearest running clock ends.
    pub due: Option<Date>,
    /// Required papers that are not there.
    pub papers_missing: u8,
    /// Codes of its live vouchers, joined by blanks, as lists show them.
    pub vouchers: String,
    /// The same, one by one.
    pub voucher_codes: Vec<String>,
    /// Accounts of its payees, as keyed hashes; for look-up only.
    pub(crate) account_keys: Vec<i64>,
    /// Latest mark of a reviewer.
    pub review: Option<ReviewMark>,
    /// How the stage I report met its clock.
    pub stage_one: ClockMark,
    /// Typed here or imported.
    pub origin: Origin,
}

impl ClaimRow {
    /// The row of a claim.
    pub(crate) fn of(claim: &Claim, office: &Office, keyed: &Keyed) -> ClaimRow {
        let basics = &claim.basics;
        let sums = claim.sums();
        let mut codes: Vec<String> = claim
            .lines
            .iter()
            .filter_map(|line| line.voucher.as_ref())
            .map(|link| link.code.as_str().to_owned())
            .collect();
        codes.sort();
        codes.dedup();
        let accounts = claim.lines.iter().filter_map(|line| line.payee.account.as_ref());
        let mut account_keys: Vec<i64> = accounts.map(|account| keyed.hash(account.as_str())).collect();
        account_keys.sort_unstable();
        account_keys.dedup();
        let identity = basics.worker.identity.number().to_owned();
        ClaimRow {
            id: claim.id,
            revision: claim.revision,
            claim_no: basics.claim_no.as_str().to_owned(),
            programme: basics.programme,
            segment: basics.segment,
            case_kind: basics.case_kind,
            worker: basics.worker.name.clone(),
            kpj: basics.worker.kpj.as_ref().map_or(String::new(), |kpj| kpj.as_str().to_owned()),
            identity_tail: tail(&identity),
            identity,
            birth_date: basics.worker.birth_date,
            sex: basics.worker.sex,
            npp: claim.npp().to_owned(),
            company: claim.company_name().to_owned(),
            risk_group: basics.company.as_ref().and_then(|company| company.risk_group),
            wage: basics.wage.map(|wage| wage.amount),
            wage_unit: basics.wage.map(|wage| wage.unit),
            facility: basics.facility.clone(),
            event_date: basics.event_date,
            event_hour: basics.event_time.map(hour_of),
            reported_date: basics.reported_date,
            filed_date: claim.filed_date,
            complete_date: claim.complete_date,
            paid_date: paid_date(claim),
            ended_date: claim.ended().map(|entry| entry.date),
            registered: claim.registered,
            status: claim.state(),
            outcome: claim.outcome(),
            outcome_date: claim.outcome_date(),
            place: basics.place,
            accident_type: basics.accident_type,
            source: basics.source,
            body_part: basics.body_part,
            icd10: basics.icd10.as_ref().map_or(String::new(), |icd10| icd10.as_str().to_owned()),
            days_off: basics.days_off,
            asked: sums.asked,
            determined: sums.determined,
            paid: sums.paid,
            waiting_voucher: sums.waiting_voucher,
            waiting_payment: sums.waiting_payment,
            waiting_since: claim.waiting_since(),
            due: next_due(claim, office),
            papers_missing: papers_missing(claim),
            vouchers: codes.join(" "),
            voucher_codes: codes,
            account_keys,
            review: claim.review.as_ref().map(|review| review.mark),
            stage_one: stage_one_mark(basics),
            origin: claim.origin,
        }
    }

    /// Whether its personal data was erased: a name is never empty otherwise.
    pub fn is_erased(&self) -> bool {
        self.worker.is_empty()
    }

    /// The part of the day in which it happened.
    pub fn event_band(&self) -> Option<TimeBand> {
        self.event_hour.map(TimeBand::of_hour)
    }

    /// Determined and not paid.
    pub fn waiting(&self) -> Rupiah {
        self.waiting_voucher + self.waiting_payment
    }

    /// Whether the case asks for work.
    pub fn is_open(&self) -> bool {
        self.status.is_open()
    }

    /// The regulator's status, or none.
    pub fn regulator_status(&self) -> Option<RegulatorStatus> {
        self.status.regulator()
    }
}

/// Required papers that are not there.
pub fn papers_missing(claim: &Claim) -> u8 {
    if claim.complete_date.is_some() {
        return 0;
    }
    u8::try_from(crate::domain::document::missing(claim).len()).unwrap_or(u8::MAX)
}

/// The last four characters.
pub(super) fn tail(text: &str) -> String {
    let count = text.chars().count();
    text.chars().skip(count.saturating_sub(4)).collect()
}

/// The byte of a clock's mark: the place in the list of report marks, or none.
pub fn mark_byte(mark: ClockMark) -> (u8, u16) {
    match mark {
        ClockMark::None => (NO_CODE, 0),
        ClockMark::InTime => (0, 0),
        ClockMark::Late(days) => (1, days),
        ClockMark::CannotTell => (2, 0),
    }
}

/// The mark of a byte and a number of days.
pub fn mark_of(byte: u8, days: u16) -> ClockMark {
    match byte {
        0 => ClockMark::InTime,
        1 => ClockMark::Late(days),
        2 => ClockMark::CannotTell,
        _ => ClockMark::None,
    }
}

/// The place of a column of `claims`.
pub(crate) fn claim_column(name: &str) -> usize {
    Table::Claims.place(name)
}

macro_rules! byte {
    ($value:expr) => {
        Cell::U8($value.map_or(NO_CODE, |value| value.index()))
    };
}

/// Gives a claim's cells, in the order of the columns, to `push`.
pub(crate) fn claim_cells(row: &ClaimRow, keyed: &Keyed, columns: &mut Columns) {
    let (stage_one, stage_one_days) = mark_byte(row.stage_one);
    let vouchers = row.voucher_codes.join("\n");
    let accounts: Vec<String> =
        row.account_keys.iter().map(|key| format!("{:016x}", key.cast_unsigned())).collect();
    let accounts = accounts.join(" ");
    columns.push(&[
        Cell::U64(row.id.get()),
        Cell::U32(row.revision),
        Cell::Text(&row.claim_no),
        Cell::I64(keyed.hash(&normalise_number(&row.claim_no))),
        Cell::U8(row.programme.index()),
        Cell::U8(row.segment.index()),
        byte!(row.case_kind),
        Cell::Text(&row.worker),
        Cell::Text(&row.identity),
        Cell::I64(keyed.hash(&normalise_number(&row.identity))),
        Cell::Text(&row.kpj),
        Cell::I64(keyed.hash(&row.kpj)),
        Cell::Date(row.birth_date),
        byte!(row.sex),
        Cell::Text(&row.npp),
        Cell::Text(&row.company),
        byte!(row.risk_group),
        Cell::I64(row.wage.map_or(-1, Rupiah::get)),
        byte!(row.wage_unit),
        Cell::Text(&row.facility),
        Cell::Date(Some(row.event_date)),
        Cell::U8(row.event_hour.unwrap_or(NO_CODE)),
        Cell::Date(row.reported_date),
        Cell::Date(row.filed_date),
        Cell::Date(row.complete_date),
        Cell::Date(row.paid_date),
        Cell::Date(row.ended_date),
        Cell::U32(row.registered.number()),
        Cell::U8(row.status.index()),
        byte!(row.outcome),
        Cell::Date(row.outcome_date),
        byte!(row.place),
        byte!(row.accident_type),
        byte!(row.source),
        byte!(row.body_part),
        Cell::Text(&row.icd10),
        Cell::U32(row.days_off.map_or(u32::MAX, u32::from)),
        Cell::I64(row.asked.get()),
        Cell::I64(row.determined.get()),
        Cell::I64(row.paid.get()),
        Cell::I64(row.waiting_voucher.get()),
        Cell::I64(row.waiting_payment.get()),
        Cell::Date(row.waiting_since),
        Cell::Date(row.due),
        Cell::U8(row.papers_missing),
        Cell::Text(&vouchers),
        Cell::Text(&accounts),
        byte!(row.review),
        Cell::U8(stage_one),
        Cell::U16(stage_one_days),
        Cell::U8(row.origin.index()),
    ]);
}

/// Reads the cells of one row, column by column in their order.
struct Reader<'a> {
    columns: &'a Columns,
    row: usize,
    column: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> usize {
        self.column += 1;
        self.column - 1
    }
    fn text(&mut self) -> String {
        let column = self.next();
        self.columns.texts(column).get(self.row).to_owned()
    }
    fn skip(&mut self) {
        self.next();
    }
    fn byte(&mut self) -> u8 {
        let column = self.next();
        self.columns.bytes_of(column)[self.row]
    }
    fn short(&mut self) -> u16 {
        let column = self.next();
        self.columns.shorts(column)[self.row]
    }
    fn word(&mut self) -> u32 {
        let column = self.next();
        self.columns.words(column)[self.row]
    }
    fn id(&mut self) -> u64 {
        let column = self.next();
        self.columns.ids(column)[self.row]
    }
    fn number(&mut self) -> i64 {
        let column = self.next();
        self.columns.numbers(column)[self.row]
    }
    fn money(&mut self) -> Rupiah {
        Rupiah::new(self.number())
    }
    fn date(&mut self) -> Option<Date> {
        let column = self.next();
        self.columns.date(column, self.row)
    }
}

/// The row at a place; all columns were read. None where a required code or date is not one: the part is damaged.
pub(crate) fn row_from(columns: &Columns, row: usize) -> Option<ClaimRow> {
    let mut at = Reader { columns, row, column: 0 };
    let (id, revision, claim_no) = (ClaimId::new(at.id()), at.word(), at.text());
    at.skip();
    let (programme, segment) = (Programme::from_index(at.byte())?, Segment::from_index(at.byte())?);
    let (case_kind, worker, identity) = (CaseKind::from_index(at.byte()), at.text(), at.text());
    at.skip();
    let kpj = at.text();
    at.skip();
    Some(ClaimRow {
        id,
        revision,
        claim_no,
        programme,
        segment,
        case_kind,
        worker,
        kpj,
        identity_tail: tail(&identity),
        identity,
        birth_date: at.date(),
        sex: Sex::from_index(at.byte()),
        npp: at.text(),
        company: at.text(),
        risk_group: RiskGroup::from_index(at.byte()),
        wage: Some(at.number()).filter(|wage| *wage >= 0).map(Rupiah::new),
        wage_unit: WageUnit::from_index(at.byte()),
        facility: at.text(),
        event_date: at.date()?,
        event_hour: Some(at.byte()).filter(|hour| *hour < 24),
        reported_date: at.date(),
        filed_date: at.date(),
        complete_date: at.date(),
        paid_date: at.date(),
        ended_date: at.date(),
        registered: Period::from_number(at.word())?,
        status: ProcessState::from_index(at.byte())?,
        outcome: Outcome::from_index(at.byte()),
        outcome_date: at.date(),
        place: Place::from_index(at.byte()),
        accident_type: AccidentType::from_index(at.byte()),
        source: Source::from_index(at.byte()),
        body_part: BodyPart::from_index(at.byte()),
        icd10: at.text(),
        days_off: u16::try_from(at.word()).ok(),
        asked: at.money(),
        determined: at.money(),
        paid: at.money(),
        waiting_voucher: at.money(),
        waiting_payment: at.money(),
        waiting_since: at.date(),
        due: at.date(),
        papers_missing: at.byte(),
        voucher_codes: {
            let joined = at.text();
            joined.split('\n').filter(|code| !code.is_empty()).map(str::to_owned).collect()
        },
        vouchers: columns.texts(claim_column("vouchers")).get(row).replace('\n', " "),
        account_keys: keys_of(&at.text()),
        review: ReviewMark::from_index(at.byte()),
        stage_one: mark_of(at.byte(), at.short()),
        origin: Origin::from_index(at.byte())?,
    })
}

/// The keys of an `accounts` column.
pub(crate) fn keys_of(accounts: &str) -> Vec<i64> {
    let key = |text: &str| u64::from_str_radix(text, 16).ok().map(u64::cast_signed);
    accounts.split(' ').filter_map(key).collect()
}

/// The hour of a time, 0 to 23.
fn hour_of(time: Time) -> u8 {
    u8::try_from(time.hour()).expect("hours are 0 to 23")
}

/// The latest day on which a line was paid in full.
fn paid_date(claim: &Claim) -> Option<Date> {
    let links = claim.lines.iter().filter_map(|line| line.voucher.as_ref());
    let paid = links.filter_map(|link| match link.settlement {
        Settlement::Paid(date) => Some(date),
        Settlement::Waiting | Settlement::Part(_) => None,
    });
    paid.max()
}
