//! What stands above and below every printed report, said once for text and HTML.

use crate::base::calendar::Names;
use crate::base::safe;
use crate::domain::office::StoreKind;
use crate::report::monthly::{BookStatus, MonthlyReport};
use crate::words::Words;

/// The head's lines and marks.
pub(super) struct Head {
    /// Name of the paper.
    pub(super) title: String,
    /// CONTOH, SEMENTARA.
    pub(super) marks: Vec<String>,
    /// Office, period, date, status.
    pub(super) lines: Vec<String>,
}

impl Head {
    pub(super) fn of(report: &MonthlyReport, words: &Words) -> Head {
        let names = Names::of(words.lang().code());
        let office = words.format(
            "report-office",
            &[
                ("code", safe::terminal(&report.office.code).into()),
                ("name", safe::terminal(&report.office.name).into()),
            ],
        );
        let period = names.month_and_year(report.period.year(), report.period.month());
        let status = match report.status {
            BookStatus::Provisional => words.text("report-status-provisional"),
            BookStatus::Closed => words.text("report-status-closed"),
            BookStatus::History => words.text("report-status-history"),
        };
        let mut marks = sample_mark(report.office.kind, words);
        if report.status == BookStatus::Provisional {
            marks.push(words.text("report-mark-provisional"));
        }
        Head {
            title: words.text("report-title"),
            marks,
            lines: vec![
                office,
                words.format("report-period", &[("period", period.into())]),
                words.format("report-as-of", &[("date", names.long(report.as_of).into())]),
                status,
            ],
        }
    }
}

/// CONTOH, on everything a sample office prints.
pub(super) fn sample_mark(kind: StoreKind, words: &Words) -> Vec<String> {
    match kind {
        StoreKind::Sample => vec![words.text("report-mark-sample")],
        StoreKind::Real => Vec::new(),
    }
}

/// Who signs the report: what they do and their name.
pub(super) fn signatures(report: &MonthlyReport, words: &Words) -> Vec<(String, String)> {
    let signers = &report.office.signers;
    [
        (words.text("paper-prepared"), &signers.prepared),
        (words.text("paper-checked"), &signers.checked),
        (words.text("paper-approved"), &signers.approved),
    ]
    .into_iter()
    .map(|(what, name)| (what, safe::terminal(name).into_owned()))
    .collect()
}
