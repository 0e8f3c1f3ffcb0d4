//! A claim as JSON: whole in its money and dates, personal numbers masked unless asked for.

use serde::Serialize;

use crate::base::safe;
use crate::desk::cells::{self, Reader};
use crate::domain::claim::AttachedFile;
use crate::domain::{BenefitLine, Claim, Settlement};

/// A claim in JSON.
#[derive(Debug, Serialize)]
pub struct ClaimJson {
    claim_no: String,
    revision: u32,
    programme: &'static str,
    segment: &'static str,
    status: &'static str,
    outcome: Option<&'static str>,
    /// Whether name and numbers were erased, since their legal time is over.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    erased: bool,
    worker: String,
    id_kind: &'static str,
    id_no: String,
    kpj: String,
    npp: String,
    company: String,
    event_date: String,
    reported_date: Option<String>,
    filed_date: Option<String>,
    complete_date: Option<String>,
    registered: String,
    documents: Vec<DocumentJson>,
    files: Vec<FileJson>,
    lines: Vec<LineJson>,
}

#[derive(Debug, Serialize)]
struct DocumentJson {
    document: &'static str,
    received: String,
    archive: String,
}

/// An attached file in JSON. What it was called may name a person.
#[derive(Debug, Serialize)]
pub struct FileJson {
    document: &'static str,
    name: String,
    sha256: String,
    bytes: u64,
    date: String,
}

/// An attached file as JSON.
pub fn file_of(file: &AttachedFile, whole: bool) -> FileJson {
    FileJson {
        document: file.kind.code(),
        name: if whole { file.name.clone() } else { safe::mask_tail_ascii(&file.name, 4) },
        sha256: file.sha256.clone(),
        bytes: file.bytes,
        date: file.date.to_string(),
    }
}

#[derive(Debug, Serialize)]
struct LineJson {
    line: u16,
    component: &'static str,
    from: Option<String>,
    to: Option<String>,
    payee_kind: &'static str,
    payee: String,
    bank: String,
    account: String,
    asked: i64,
    complete_date: Option<String>,
    determined: Option<i64>,
    determined_date: Option<String>,
    paid: i64,
    voucher: Option<String>,
    paid_date: Option<String>,
}

/// The claim as JSON; `whole` leaves names and numbers unmasked.
pub fn of(claim: &Claim, whole: bool) -> ClaimJson {
    let reader = if whole { Reader::OutsideWhole } else { Reader::Outside };
    let number = |text: &str| if whole { text.to_owned() } else { safe::mask_tail_ascii(text, 4) };
    let worker = &claim.basics.worker;
    ClaimJson {
        claim_no: claim.basics.claim_no.as_str().to_owned(),
        revision: claim.revision,
        programme: claim.basics.programme.code(),
        segment: claim.basics.segment.code(),
        status: claim.state().code(),
        outcome: claim.outcome().map(|outcome| outcome.code()),
        erased: claim.is_erased(),
        worker: if whole { worker.name.clone() } else { safe::mask_tail_ascii(&worker.name, 0) },
        id_kind: worker.identity.kind(),
        id_no: number(worker.identity.number()),
        kpj: number(worker.kpj.as_ref().map_or("", |kpj| kpj.as_str())),
        npp: claim.npp().to_owned(),
        company: claim.company_name().to_owned(),
        event_date: claim.basics.event_date.to_string(),
        reported_date: claim.basics.reported_date.map(|date| date.to_string()),
        filed_date: claim.filed_date.map(|date| date.to_string()),
        complete_date: claim.complete_date.map(|date| date.to_string()),
        registered: claim.registered.to_string(),
        documents: claim
            .documents
            .iter()
            .map(|document| DocumentJson {
                document: document.kind.code(),
                received: document.received.to_string(),
                archive: document.archive.clone(),
            })
            .collect(),
        files: claim.files.iter().map(|file| file_of(file, whole)).collect(),
        lines: claim.lines.iter().map(|line| line_json(line, &number, reader)).collect(),
    }
}

fn line_json(line: &BenefitLine, number: &dyn Fn(&str) -> String, reader: Reader) -> LineJson {
    LineJson {
        line: line.no.get(),
        component: line.component.code(),
        from: line.span.map(|span| span.from.to_string()),
        to: line.span.map(|span| span.to.to_string()),
        payee_kind: line.payee.kind.code(),
        payee: cells::payee(line.payee.kind, &line.payee.name, reader),
        bank: line.payee.bank.clone(),
        account: number(line.payee.account.as_ref().map_or("", |account| account.as_str())),
        asked: line.asked.get(),
        complete_date: line.complete_date.map(|date| date.to_string()),
        determined: line.determination.as_ref().map(|entry| entry.amount.get()),
        determined_date: line.determination.as_ref().map(|entry| entry.date.to_string()),
        paid: line.paid().get(),
        voucher: line.voucher.as_ref().map(|link| link.code.as_str().to_owned()),
        paid_date: line.voucher.as_ref().and_then(|link| match link.settlement {
            Settlement::Paid(date) => Some(date.to_string()),
            Settlement::Part(_) | Settlement::Waiting => None,
        }),
    }
}
