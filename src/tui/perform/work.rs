//! The tasks of the voucher desk, the report and the clusters, each to the function that does it.

use std::path::Path;

use crate::desk::{is_there, whole_path};
use crate::tui::effect::{Answer, ListName, Over, Subject, Task};
use crate::tui::jobs::{JobContext, Trouble};

use super::vouchers::{issue, made, queue, record, sheet};
use super::{Bench, ListAsk, clusters, levers, report, vouchers};

/// Does a task of these panes.
pub fn perform(bench: &Bench, task: Task, context: &JobContext) -> Result<Answer, Trouble> {
    match task {
        Task::List { list, filter, sort, keep } => {
            let ask = ListAsk { filter, sort, keep };
            match list {
                ListName::Queue => queue::list(bench, &ask, context),
                ListName::Vouchers => made::list(bench, &ask, context),
                ListName::Companies => clusters::companies::list(bench, &ask, context),
                ListName::Claims | ListName::Clusters => Err(bench.unknown("List")),
            }
        }
        Task::Window { list, from, n_rows } => match list {
            ListName::Queue => queue::window(bench, from, n_rows),
            ListName::Vouchers => made::window(bench, from, n_rows),
            ListName::Companies => clusters::companies::window(bench, from, n_rows),
            ListName::Claims | ListName::Clusters => Err(bench.unknown("Window")),
        },
        Task::Page(Subject::Bundle(key)) => vouchers::bundle_page(bench, key),
        Task::Page(Subject::Report(period)) => report::page(bench, &period, context),
        Task::Page(Subject::Postings(period, place)) => report::postings(bench, period, place, context),
        Task::Page(Subject::Levers(code)) => levers::page(bench, &code, context),
        Task::Page(Subject::Clusters(asked)) => clusters::run(bench, asked, context),
        Task::Page(Subject::Cluster(id)) => clusters::profile(bench, id, context),
        Task::Page(Subject::Chart(asked)) => clusters::charts::card(bench, asked, context),
        Task::PlanMonth { period } => super::months::plan(bench, &period, context),
        Task::Commit(slip) if slip.what.starts_with("month-") => super::months::commit(bench, slip),
        Task::PlanIssue { bundles } => issue::plan(bench, &bundles, context),
        Task::Voucher { code } => sheet::card(bench, &code),
        Task::LastCodes => made::last_codes(bench),
        Task::Advise { form, slip } if slip.what == "voucher-record" => record::advise(bench, form, &slip),
        Task::Commit(slip) if vouchers::takes(&slip.what) => vouchers::commit(bench, slip),
        Task::Write { subject: Subject::Shown { list, columns, only }, path, .. } => {
            super::lists::write(bench, list, &columns, only, &path, context)
        }
        Task::Write { subject: Subject::Voucher(code), path, .. } => sheet::print(bench, &code, &path),
        Task::Write { subject: Subject::Report(period), format, path, .. } => {
            report::write(bench, &period, &format, &path)
        }
        Task::Write { subject: Subject::Chart(asked), path, .. } => {
            clusters::charts::write(bench, &asked, &path, context)
        }
        Task::Write { subject: Subject::Clusters(_), path, .. } => clusters::write(bench, &path),
        Task::Write { subject: Subject::Cluster(id), path, .. } => {
            clusters::write_group(bench, id, &path, context)
        }
        Task::Write { subject: Subject::Levers(_), path, .. } => levers::write(bench, &path, context),
        other => Err(bench.unknown(name_of(&format!("{other:?}")))),
    }
}

/// A file is replaced only when the person has said so.
pub fn ask_before_replacing(task: &Task) -> Option<Answer> {
    let Task::Write { subject, format, path, over: Over::Ask } = task else { return None };
    // Of the four files of a voucher the text bears the name that was typed.
    let file = if format == "paper" { format!("{path}.txt") } else { path.clone() };
    let (subject, format, path) = (subject.clone(), format.clone(), path.clone());
    let task = Box::new(Task::Write { subject, format, path, over: Over::Replace });
    is_there(Path::new(&file)).then(|| Answer::FileThere { file: shown_path(&file), task })
}

/// Where a file lies, as a person reads it.
pub fn shown_path(path: &str) -> String {
    whole_path(Path::new(path)).display().to_string()
}

/// The task's own name, without what it carries.
fn name_of(what: &str) -> &str {
    what.split([' ', '(', '{']).next().unwrap_or_default()
}
