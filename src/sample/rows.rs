//! The rows of the branch, made of the domain's own types, and the sink that takes them.

use jiff::civil::{Date, Time};

use crate::domain::{
    AccidentType, AccountNo, BodyPart, CaseKind, ClaimNo, CloseReason, Component, Icd10, Identity, Kpj, Npp,
    Npwp, Outcome, PayeeKind, PaymentState, Period, Place, ProcessState, Programme, RiskGroup, Rupiah,
    Segment, Sex, Source, VoucherCode, VoucherKind, VoucherState, WageUnit,
};

/// A row of claims.csv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// Number of the core system.
    pub claim_no: ClaimNo,
    /// Programme.
    pub programme: Programme,
    /// Kind of participant.
    pub segment: Segment,
    /// Accident or disease; JKK only.
    pub case_kind: Option<CaseKind>,
    /// Name of the worker.
    pub worker: String,
    /// Identity number, or none.
    pub identity: Identity,
    /// Membership number.
    pub kpj: Kpj,
    /// Birth date.
    pub birth_date: Date,
    /// Sex.
    pub sex: Sex,
    /// Registration number of the employer.
    pub npp: Option<Npp>,
    /// Name of the employer; empty none.
    pub company: String,
    /// Wage as typed.
    pub wage: Rupiah,
    /// Unit of the wage.
    pub wage_unit: WageUnit,
    /// Event date.
    pub event_date: Date,
    /// Hour of the event.
    pub event_time: Option<Time>,
    /// Stage I report; JKK only.
    pub reported_date: Option<Date>,
    /// Application (stage II, or the first benefit asked).
    pub filed_date: Option<Date>,
    /// The bundle of the first determined submission was complete.
    pub complete_date: Option<Date>,
    /// Closed, rejected or cancelled on.
    pub closed_date: Option<Date>,
    /// How it ended: closed, rejected, cancelled.
    pub closed_as: Option<ProcessState>,
    /// Where it happened.
    pub place: Option<Place>,
    /// Type of accident.
    pub accident_type: Option<AccidentType>,
    /// Source.
    pub source: Option<Source>,
    /// Part of the body.
    pub body_part: Option<BodyPart>,
    /// Diagnosis.
    pub icd10: Option<Icd10>,
    /// Facility; empty none.
    pub facility: String,
    /// Outcome as known today; JKK only.
    pub outcome: Option<Outcome>,
    /// Date of the outcome.
    pub outcome_date: Option<Date>,
    /// Days off work so far; JKK only.
    pub days_off: Option<u16>,
    /// Where it stands.
    pub status: ProcessState,
    /// Notes.
    pub notes: String,
    /// Hour of the stage I report.
    pub reported_time: Option<Time>,
    /// Why it was rejected or cancelled.
    pub close_reason: Option<CloseReason>,
    /// When the desk wrote it down; later than the paper for late entries.
    pub registered_date: Date,
}

/// A row of benefits.csv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BenefitRow {
    /// Whose.
    pub claim_no: ClaimNo,
    /// Number within the claim, from 1.
    pub line: u32,
    /// What it pays.
    pub component: Component,
    /// Days it covers.
    pub span: Option<(Date, Date)>,
    /// Kind of payee.
    pub payee_kind: PayeeKind,
    /// Name of the payee.
    pub payee: String,
    /// Bank.
    pub bank: String,
    /// Account.
    pub account: AccountNo,
    /// Asked.
    pub asked: Rupiah,
    /// Determined, with its date.
    pub determined: Option<(Rupiah, Date)>,
    /// Code of its voucher.
    pub voucher: Option<VoucherCode>,
    /// Receipt number of a bill; empty none.
    pub receipt: String,
    /// Number of the determination; empty none.
    pub determination_no: String,
    /// When this line's own papers came.
    pub filed_date: Date,
    /// When this line's own papers were complete.
    pub complete_date: Option<Date>,
}

/// A row of vouchers.csv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherRow {
    /// Code.
    pub code: VoucherCode,
    /// Issued or recorded.
    pub kind: VoucherKind,
    /// Its date.
    pub date: Date,
    /// Name of the payee.
    pub payee: String,
    /// Sum of its lines.
    pub gross: Rupiah,
    /// Tax withheld.
    pub pph: Rupiah,
    /// Rounding.
    pub rounding: Rupiah,
    /// Gross − tax + rounding.
    pub net: Rupiah,
    /// Where it stands.
    pub status: VoucherState,
    /// When it was voided.
    pub void_date: Option<Date>,
    /// Why; empty while it lives.
    pub void_reason: String,
    /// Programme of its lines.
    pub programme: Programme,
    /// Kind of payee.
    pub payee_kind: PayeeKind,
    /// Bank.
    pub bank: String,
    /// Account.
    pub account: AccountNo,
    /// Lines a void voucher held, as `claim_no#line` parted by blanks; empty while it lives.
    pub void_lines: String,
}

/// A row of payments.csv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRow {
    /// Code of the voucher.
    pub voucher: VoucherCode,
    /// Date of the transfer.
    pub date: Date,
    /// Amount.
    pub amount: Rupiah,
    /// The bank's reference.
    pub reference: String,
    /// Arrived or came back.
    pub status: PaymentState,
    /// When it came back.
    pub returned_date: Option<Date>,
    /// Why it came back; empty when it arrived.
    pub return_reason: String,
}

/// A row of companies.csv: one stretch of months of one registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyRow {
    /// Registration number.
    pub npp: Npp,
    /// Name.
    pub company: String,
    /// Group, or empty.
    pub group: String,
    /// The regulator's business group, 1–9.
    pub business_group: u8,
    /// KBLI with its version.
    pub kbli: String,
    /// Kind of participants.
    pub segment: Segment,
    /// Risk group.
    pub risk_group: RiskGroup,
    /// Workers in each of the months; 0 where no headcount is kept.
    pub workers: u32,
    /// First month.
    pub from: Period,
    /// Last month, or still.
    pub to: Option<Period>,
}

/// A row of facilities.csv: one stretch as a partner, or the facility that never was one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacilityRow {
    /// Name.
    pub facility: String,
    /// `RS`, `KLINIK`, `PUSKESMAS`.
    pub kind: String,
    /// Partner from.
    pub partner_from: Option<Date>,
    /// Partner to, or still.
    pub partner_to: Option<Date>,
    /// Bank.
    pub bank: String,
    /// Account.
    pub account: AccountNo,
    /// Tax number.
    pub tax_number: Option<Npwp>,
}

/// Takes the rows of a branch, one at a time.
pub trait SampleSink {
    /// What can go wrong; `std::convert::Infallible` for a sink in memory.
    type Error;
    /// A company's stretch of months.
    fn company(&mut self, row: &CompanyRow) -> Result<(), Self::Error>;
    /// A facility's stretch as a partner.
    fn facility(&mut self, row: &FacilityRow) -> Result<(), Self::Error>;
    /// A claim.
    fn claim(&mut self, row: &ClaimRow) -> Result<(), Self::Error>;
    /// A line of the claim before it.
    fn benefit(&mut self, row: &BenefitRow) -> Result<(), Self::Error>;
    /// A voucher.
    fn voucher(&mut self, row: &VoucherRow) -> Result<(), Self::Error>;
    /// A payment of the voucher before it.
    fn payment(&mut self, row: &PaymentRow) -> Result<(), Self::Error>;
}
