//! The refused rows of an import, with their cells as they were and the reasons in sentences.

use std::collections::BTreeMap;

use crate::domain::problem::{Problem, Severity};
use crate::intake::history::History;
use crate::intake::read::Sheet;
use crate::intake::read::rejects::{Reject, Rejects};
use crate::intake::say;
use crate::words::Words;

/// A row that could not be cut into cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BrokenRow {
    /// Its file.
    pub file: String,
    /// Row as a person counts.
    pub row: u32,
    /// As it stands.
    pub text: String,
}

impl History {
    /// The refused rows, by file and row, for [`crate::intake::read::rejects::write`].
    pub fn rejects(&self, words: &Words) -> Vec<Rejects> {
        let mut reasons: BTreeMap<(&str, u32), Vec<&Problem>> = BTreeMap::new();
        for problem in self.problems.iter().filter(|problem| problem.severity == Severity::Error) {
            let row = u32::try_from(problem.spot.row).unwrap_or(0);
            reasons.entry((&problem.spot.file, row)).or_default().push(problem);
        }
        let linked = &self.linked;
        let [companies, facilities] = &self.references_raw;
        let stacks =
            [&linked.claims, &linked.lines, &linked.vouchers, &linked.payments, companies, facilities];
        let sheets = stacks.into_iter().flat_map(|stack| stack.files());
        sheets
            .map(|known| self.of_sheet(&known.sheet, known.mapping.table.name(), &reasons, words))
            .filter(|block| !block.rows.is_empty())
            .collect()
    }

    fn of_sheet(
        &self,
        sheet: &Sheet,
        table: &'static str,
        reasons: &BTreeMap<(&str, u32), Vec<&Problem>>,
        words: &Words,
    ) -> Rejects {
        let mut rows = Vec::new();
        let mut cells = sheet.cells();
        let from = (&*sheet.file, 1);
        let own = reasons.range(from..).take_while(|((file, _), _)| *file == &*sheet.file);
        for ((_, row), problems) in own {
            let texts = match sheet.rows.binary_search_by_key(row, |at| at.number) {
                Ok(place) => {
                    cells.go(place);
                    cells.iter().map(str::to_owned).collect()
                }
                Err(_) => {
                    let mut broken = self.broken.iter();
                    let broken = broken.find(|broken| broken.file == *sheet.file && broken.row == *row);
                    match broken {
                        Some(broken) => vec![broken.text.clone()],
                        None => continue,
                    }
                }
            };
            let reasons = problems.iter().map(|problem| say::sentence(problem, words)).collect();
            rows.push(Reject { file: sheet.file.to_string(), row: *row, cells: texts, reasons });
        }
        Rejects { table, headings: sheet.headings.clone(), rows }
    }
}
