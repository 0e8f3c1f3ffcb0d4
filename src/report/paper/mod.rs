//! The papers of one voucher: the voucher itself and the receipt (*kuitansi*) its payee signs. Account and tax numbers
//! are whole here: people compare them digit by digit.

pub(crate) mod labels;

use jiff::civil::Date;

use crate::domain::claim::Claim;
use crate::domain::code::{Component, Programme, VoucherState};
use crate::domain::id::{ClaimId, LineNo};
use crate::domain::money::Rupiah;
use crate::domain::office::{Approval, Office, StoreKind};
use crate::domain::payee::Payee;
use crate::domain::voucher::{Voucher, VoucherLine};

/// Receipts above this may need a stamp (whether benefits do is not known: the paper says "if required").
const STAMP_ABOVE: Rupiah = Rupiah::new(5_000_000);

/// What a reader must not miss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaperMark {
    /// A sample office's paper is worth nothing.
    Sample,
    /// The voucher is void.
    Void,
    /// The second person has not approved.
    NotApproved,
}

/// A line on the voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLine {
    /// Number of the claim as printed.
    pub claim_no: String,
    /// Number of the line.
    pub line: LineNo,
    /// The worker's name; empty where the case is not at hand.
    pub worker: String,
    /// What it pays; none where the case is not at hand.
    pub component: Option<Component>,
    /// Rupiah, gross.
    pub amount: Rupiah,
}

/// A voucher ready to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherPaper {
    /// What must not be missed.
    pub marks: Vec<PaperMark>,
    /// Code of the office.
    pub office_code: String,
    /// Name of the office.
    pub office_name: String,
    /// Code on the bundle.
    pub code: String,
    /// Code of the core system; empty none.
    pub external_code: String,
    /// Date.
    pub date: Date,
    /// Programme.
    pub programme: Programme,
    /// Who is paid.
    pub payee: Payee,
    /// For what, as the desk wrote it; empty nothing.
    pub description: String,
    /// What it pays.
    pub lines: Vec<PaperLine>,
    /// Before tax and rounding.
    pub gross: Rupiah,
    /// Tax withheld.
    pub pph: Rupiah,
    /// Rounding, signed.
    pub rounding: Rupiah,
    /// What is transferred.
    pub net: Rupiah,
    /// Who made it.
    pub prepared_by: String,
    /// Who checked it; empty for a hand to fill in.
    pub checked_by: String,
    /// Who approved it; empty for a hand to fill in.
    pub approved_by: String,
    /// When and why it was voided.
    pub void: Option<(Date, String)>,
}

impl VoucherPaper {
    /// The paper of a voucher; `claim_of` gives the cases at hand, for names and components.
    pub fn of<'a>(
        voucher: &Voucher,
        office: &Office,
        claim_of: &dyn Fn(ClaimId) -> Option<&'a Claim>,
    ) -> VoucherPaper {
        let or = |said: &str, usual: &str| if said.is_empty() { usual.to_owned() } else { said.to_owned() };
        let approved_by = match office.approval {
            // Only the second person's own name may stand there.
            Approval::FourEyes => voucher.approved_by.clone(),
            Approval::NotNeeded => or(&voucher.approved_by, &office.signers.approved),
        };
        VoucherPaper {
            marks: marks(voucher, office),
            office_code: office.code.clone(),
            office_name: office.name.clone(),
            code: voucher.code.as_str().to_owned(),
            external_code: voucher.external_code.clone(),
            date: voucher.date,
            programme: voucher.programme,
            payee: voucher.payee.clone(),
            description: voucher.description.clone(),
            lines: voucher.lines.iter().map(|line| paper_line(line, claim_of(line.claim))).collect(),
            gross: voucher.gross,
            pph: voucher.pph,
            rounding: voucher.rounding,
            net: voucher.net,
            prepared_by: or(&voucher.prepared_by, &office.signers.prepared),
            checked_by: office.signers.checked.clone(),
            approved_by,
            void: voucher.void.as_ref().map(|mark| (mark.date, mark.reason.clone())),
        }
    }

    /// Code and name of the office.
    pub fn office_line(&self) -> String {
        format!("{} {}", self.office_code, self.office_name)
    }
}

/// A receipt ready to be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What must not be missed.
    pub marks: Vec<PaperMark>,
    /// Its number: the voucher's code.
    pub code: String,
    /// Code and name of the office that pays.
    pub office: String,
    /// Date of the voucher.
    pub date: Date,
    /// Programme.
    pub programme: Programme,
    /// For what, as the desk wrote it; empty: the claims say it.
    pub description: String,
    /// Numbers of the claims, each once, in the order of the voucher.
    pub claims: Vec<String>,
    /// Who is paid, with the account.
    pub payee: Payee,
    /// What the payee gets.
    pub amount: Rupiah,
    /// Who signs.
    pub signed_by: String,
}

impl Receipt {
    /// The receipt of a voucher.
    pub fn of(voucher: &Voucher, office: &Office) -> Receipt {
        let mut claims: Vec<String> = Vec::new();
        for line in &voucher.lines {
            if !claims.contains(&line.claim_no) {
                claims.push(line.claim_no.clone());
            }
        }
        Receipt {
            marks: marks(voucher, office),
            code: voucher.code.as_str().to_owned(),
            office: format!("{} {}", office.code, office.name),
            date: voucher.date,
            programme: voucher.programme,
            description: voucher.description.clone(),
            claims,
            payee: voucher.payee.clone(),
            amount: voucher.net,
            signed_by: voucher.payee.name.clone(),
        }
    }

    /// Whether the paper keeps a place for a stamp.
    pub fn wants_stamp(&self) -> bool {
        self.amount > STAMP_ABOVE
    }
}

fn marks(voucher: &Voucher, office: &Office) -> Vec<PaperMark> {
    let mut marks = Vec::new();
    if office.kind == StoreKind::Sample {
        marks.push(PaperMark::Sample);
    }
    if voucher.state == VoucherState::Void {
        marks.push(PaperMark::Void);
    }
    if office.approval == Approval::FourEyes && voucher.state == VoucherState::Proposed {
        marks.push(PaperMark::NotApproved);
    }
    marks
}

fn paper_line(line: &VoucherLine, claim: Option<&Claim>) -> PaperLine {
    PaperLine {
        claim_no: line.claim_no.clone(),
        line: line.line,
        worker: claim.map_or_else(String::new, |claim| claim.basics.worker.name.clone()),
        component: claim.and_then(|claim| claim.line(line.line)).map(|line| line.component),
        amount: line.amount,
    }
}
