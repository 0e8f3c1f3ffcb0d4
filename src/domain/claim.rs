//! The claim: a case of one worker with its papers, histories and benefit lines.

use jiff::civil::{Date, Time};

use crate::domain::benefit::BenefitLine;
use crate::domain::code::{
    AccidentType, BodyPart, CaseKind, CloseReason, DocumentKind, Origin, Outcome, Place, ProcessState,
    Programme, RegulatorStatus, ReviewMark, Segment, Sex, Source, WageUnit,
};
use crate::domain::company::CompanySnapshot;
use crate::domain::id::{ClaimId, LineNo};
use crate::domain::identity::{ClaimNo, Icd10, Identity, Kpj};
use crate::domain::money::Rupiah;
use crate::domain::period::Period;

/// The worker as the paper says, a copy of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// Name.
    pub name: String,
    /// Identity number, or none known.
    pub identity: Identity,
    /// Membership number.
    pub kpj: Option<Kpj>,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
}

/// A wage as typed: the unit is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wage {
    /// Rupiah for one unit.
    pub amount: Rupiah,
    /// Month, day, piece-work mean, declared income.
    pub unit: WageUnit,
}

/// What a form or a file says about a case; everything here can be amended later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimBasics {
    /// Number on the paper.
    pub claim_no: ClaimNo,
    /// Programme.
    pub programme: Programme,
    /// Kind of participant.
    pub segment: Segment,
    /// Accident or disease; none outside JKK.
    pub case_kind: Option<CaseKind>,
    /// The worker.
    pub worker: Worker,
    /// The employer; none for non-wage earners.
    pub company: Option<CompanySnapshot>,
    /// Last wage reported before the event.
    pub wage: Option<Wage>,
    /// Event date: accident, diagnosis, death, layoff. It chooses the rule.
    pub event_date: Date,
    /// Hour of the event, in the zone of the place.
    pub event_time: Option<Time>,
    /// Paper date: stage I report.
    pub reported_date: Option<Date>,
    /// Hour of the stage I report.
    pub reported_time: Option<Time>,
    /// Where it happened.
    pub place: Option<Place>,
    /// Type of accident (*corak*).
    pub accident_type: Option<AccidentType>,
    /// Source.
    pub source: Option<Source>,
    /// Part of the body.
    pub body_part: Option<BodyPart>,
    /// Diagnosis.
    pub icd10: Option<Icd10>,
    /// Facility that treats, by name; empty none.
    pub facility: String,
    /// Days off work.
    pub days_off: Option<u16>,
    /// Notes.
    pub notes: String,
}

/// A dated entry of the outcome history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeEntry {
    /// What.
    pub outcome: Outcome,
    /// Date on the paper.
    pub date: Date,
    /// Month it is posted in.
    pub posted: Period,
}

/// A dated entry of the status history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateEntry {
    /// Where the case went.
    pub state: ProcessState,
    /// Date on the paper.
    pub date: Date,
    /// Month it is posted in.
    pub posted: Period,
    /// Why, where a reason is needed.
    pub reason: Option<CloseReason>,
    /// Said beside it.
    pub note: String,
}

/// Where something counts in the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booking {
    /// Date on the paper.
    pub date: Date,
    /// Month it is posted in.
    pub posted: Period,
}

/// A paper of the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Which paper.
    pub kind: DocumentKind,
    /// When it came.
    pub received: Date,
    /// Where it is archived; empty while in the bundle.
    pub archive: String,
}

/// A file that was attached to a claim, named by its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// Which paper it is of.
    pub kind: DocumentKind,
    /// What it was called, made safe; empty once personal data was erased.
    pub name: String,
    /// SHA-256 of its bytes, 64 hexadecimal digits: where it lies in the store.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
    /// When it was attached.
    pub date: Date,
    /// By whom.
    pub by: String,
}

/// A reviewer's mark, bound to the version seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Checked or a question.
    pub mark: ReviewMark,
    /// The claim's revision that was seen.
    pub revision: u32,
    /// Who.
    pub by: String,
    /// Said beside it.
    pub note: String,
}

/// A claim as it stands: a fold of its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Inner id.
    pub id: ClaimId,
    /// Number of events folded, from 1: what a form was based on.
    pub revision: u32,
    /// What the paper says.
    pub basics: ClaimBasics,
    /// Paper date: stage II, the benefit application.
    pub filed_date: Option<Date>,
    /// Paper date: the bundle of the latest submission is complete; each line keeps its own, from which its payment clock
    /// runs.
    pub complete_date: Option<Date>,
    /// Outcomes, oldest first.
    pub outcomes: Vec<OutcomeEntry>,
    /// States, oldest first; never empty.
    pub states: Vec<StateEntry>,
    /// Papers received, in the order of the list.
    pub documents: Vec<Document>,
    /// Files attached to it, oldest first.
    pub files: Vec<AttachedFile>,
    /// Benefit lines by number.
    pub lines: Vec<BenefitLine>,
    /// Latest mark of a reviewer.
    pub review: Option<Review>,
    /// Month in which the case was counted as registered; also its home in the store.
    pub registered: Period,
    /// Typed here, or imported history.
    pub origin: Origin,
    /// The rejected or cancelled case that this one restores.
    pub restores: Option<ClaimId>,
    /// Why it is a case of its own although it looks like another; empty: nobody had to say.
    pub despite_duplicate: String,
}

/// What a claim's lines add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClaimSums {
    /// Asked.
    pub asked: Rupiah,
    /// Determined.
    pub determined: Rupiah,
    /// Paid, gross.
    pub paid: Rupiah,
    /// Determined, on no voucher.
    pub waiting_voucher: Rupiah,
    /// On a voucher, not yet paid.
    pub waiting_payment: Rupiah,
}

impl ClaimSums {
    /// Determined and not paid.
    pub fn waiting(self) -> Rupiah {
        self.waiting_voucher + self.waiting_payment
    }
}

impl Claim {
    /// Where the case stands.
    pub fn state(&self) -> ProcessState {
        self.last_state().state
    }

    /// The latest entry of the status history.
    pub fn last_state(&self) -> &StateEntry {
        self.states.last().expect("a claim is born with a state")
    }

    /// The regulator's status, or none.
    pub fn regulator_status(&self) -> Option<RegulatorStatus> {
        self.state().regulator()
    }

    /// The outcome as known now.
    pub fn outcome(&self) -> Option<Outcome> {
        self.outcomes.last().map(|entry| entry.outcome)
    }

    /// Date of the outcome as known now.
    pub fn outcome_date(&self) -> Option<Date> {
        self.outcomes.last().map(|entry| entry.date)
    }

    /// Whether the case asks for work.
    pub fn is_open(&self) -> bool {
        self.state().is_open()
    }

    /// Whether nothing more is expected to happen to the worker: a final outcome, or a programme without outcomes.
    pub fn outcome_is_final(&self) -> bool {
        self.basics.programme != Programme::Jkk || self.outcome().is_some_and(Outcome::is_final)
    }

    /// The line with this number.
    pub fn line(&self, no: LineNo) -> Option<&BenefitLine> {
        self.lines.iter().find(|line| line.no == no)
    }

    /// Sums over the lines.
    pub fn sums(&self) -> ClaimSums {
        let mut sums = ClaimSums::default();
        for line in &self.lines {
            sums.asked += line.asked;
            sums.determined += line.determined();
            sums.paid += line.paid();
            if line.waits_for_voucher() {
                sums.waiting_voucher += line.determined();
            } else if line.waits_for_payment() {
                sums.waiting_payment += line.determined() - line.paid();
            }
        }
        sums
    }

    /// The day on which the papers of the longest-waiting unpaid line were complete: its payment clock runs from there.
    pub fn waiting_since(&self) -> Option<Date> {
        let waiting = self.lines.iter().filter(|line| line.waits_for_voucher() || line.waits_for_payment());
        waiting.filter_map(|line| line.complete_date).min()
    }

    /// The latest day on which papers were complete, of whichever submission.
    pub fn last_complete(&self) -> Option<Date> {
        self.lines.iter().map(|line| line.complete_date).fold(self.complete_date, Option::max)
    }

    /// The paper of this kind, if it came.
    pub fn document(&self, kind: DocumentKind) -> Option<&Document> {
        self.documents.iter().find(|document| document.kind == kind)
    }

    /// When and how the case was closed, rejected or cancelled.
    pub fn ended(&self) -> Option<&StateEntry> {
        self.states.last().filter(|entry| !entry.state.is_open())
    }

    /// The company's registration number, or nothing.
    pub fn npp(&self) -> &str {
        self.basics.company.as_ref().map_or("", |company| company.npp.as_str())
    }

    /// The company's name, or nothing.
    pub fn company_name(&self) -> &str {
        self.basics.company.as_ref().map_or("", |company| company.name.as_str())
    }
}
