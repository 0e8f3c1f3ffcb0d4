//! The office: what is asked once, at `init`, and what the rules need to know of it.

use jiff::civil::Date;

use crate::domain::code::{Programme, VoucherMode, Zone};
use crate::domain::erasure::RETENTION_YEARS;
use crate::domain::period::Period;
use crate::domain::refusal::Refusal;
use crate::domain::voucher::CodeTemplate;

/// Whether a store is real or the demonstration, which is marked CONTOH everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreKind {
    /// A desk's own books.
    Real,
    /// A demonstration.
    Sample,
}

/// Whether a voucher needs a second person before it is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    /// A voucher may be paid as proposed.
    NotNeeded,
    /// Who prepares may not approve, and only approved vouchers are paid.
    FourEyes,
}

impl Approval {
    /// Both, the usual one first.
    pub const ALL: [Approval; 2] = [Approval::NotNeeded, Approval::FourEyes];

    /// The code in settings and the store.
    pub const fn code(self) -> &'static str {
        match self {
            Approval::NotNeeded => "not-needed",
            Approval::FourEyes => "four-eyes",
        }
    }

    /// The setting with this code or a word for it in either language.
    pub fn parse(text: &str) -> Option<Approval> {
        match text.trim().to_lowercase().replace([' ', '_'], "-").as_str() {
            "not-needed" | "none" | "tidak" | "tanpa" => Some(Approval::NotNeeded),
            "four-eyes" | "empat-mata" => Some(Approval::FourEyes),
            _ => None,
        }
    }
}

/// Names under *dibuat – diperiksa – disetujui*.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signers {
    /// Prepared by.
    pub prepared: String,
    /// Checked by.
    pub checked: String,
    /// Approved by.
    pub approved: String,
}

/// The office's settings; a change is an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Code, such as `J03`: letters and digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// Time zone of everything but event times.
    pub zone: Zone,
    /// Programmes the desk handles.
    pub programmes: Vec<Programme>,
    /// Whether codes are issued, recorded, or both.
    pub voucher_mode: VoucherMode,
    /// Template of issued codes.
    pub template: CodeTemplate,
    /// First open month; the months before it are closed.
    pub first_open: Period,
    /// The first month of these books: the first open one when the store was made. Imported history is posted in its own
    /// months before it; a month from here on that was closed takes nothing more.
    pub begun: Period,
    /// Who signs.
    pub signers: Signers,
    /// The desk's own public holidays beside the shipped list, sorted.
    pub holidays: Vec<Date>,
    /// Whether a second person approves.
    pub approval: Approval,
    /// Days of a month in STMB; no text found says it, so it is a setting and stands on the calculation sheet.
    pub stmb_divisor: u16,
    /// Years that personal data is kept after the end of the year it belongs to.
    pub retention_years: u16,
    /// Real or demonstration.
    pub kind: StoreKind,
}

impl Office {
    /// An office with the defaults of `init`.
    pub fn new(code: &str, name: &str, first_open: Period) -> Result<Office, Refusal> {
        let code = code.trim().to_uppercase();
        if code.is_empty() || code.len() > 8 || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Refusal::new("office-code-shape").with("code", code));
        }
        if name.trim().is_empty() {
            return Err(Refusal::new("field-empty").with("field", "office-name"));
        }
        Ok(Office {
            code,
            name: name.trim().to_owned(),
            zone: Zone::Wib,
            programmes: Programme::ALL.to_vec(),
            voucher_mode: VoucherMode::Issue,
            template: CodeTemplate::parse(CodeTemplate::DEFAULT)?,
            first_open,
            begun: first_open,
            signers: Signers::default(),
            holidays: Vec::new(),
            approval: Approval::NotNeeded,
            stmb_divisor: 30,
            retention_years: RETENTION_YEARS,
            kind: StoreKind::Real,
        })
    }

    /// Whether a month's books are open.
    pub fn is_open(&self, month: Period) -> bool {
        month >= self.first_open
    }

    /// The month in which a paper of this date is posted (*bulan buku*): its own month if that is open, else the first
    /// open one. A paper from the future is refused.
    pub fn posting_month(&self, paper: Date, today: Date) -> Result<Period, Refusal> {
        if paper > today {
            return Err(Refusal::new("date-in-future").with("date", paper).with("today", today));
        }
        Ok(Period::of(paper).max(self.first_open))
    }
}
