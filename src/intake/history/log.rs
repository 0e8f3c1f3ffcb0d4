//! Problems of an import, in the order of files and rows.

use crate::domain::problem::{Problem, Severity, Spot};

/// Problems that are kept; beyond, they are only counted.
const N_KEPT_MAX: usize = 200_000;

/// Problems kept and counted.
#[derive(Debug, Default)]
pub struct Log {
    /// Those kept.
    pub problems: Vec<Problem>,
    /// Reasons why rows and files were refused.
    pub n_errors: u64,
    /// Things worth a look.
    pub n_warnings: u64,
}

impl Log {
    /// Keeps one more.
    pub fn add(&mut self, problem: Problem) {
        match problem.severity {
            Severity::Error => self.n_errors += 1,
            Severity::Warning => self.n_warnings += 1,
        }
        if self.problems.len() < N_KEPT_MAX {
            self.problems.push(problem);
        }
    }

    /// Rows and files refused: a row with three reasons is one row. To be asked when all is in its order.
    pub fn n_refused(&self) -> u64 {
        let errors = self.problems.iter().filter(|problem| problem.severity == Severity::Error);
        let mut places: Vec<(&str, usize)> =
            errors.map(|problem| (problem.spot.file.as_str(), problem.spot.row)).collect();
        let n_reasons = places.len();
        places.dedup();
        let count = |n: usize| u64::try_from(n).expect("a count fits");
        // Of those that were not kept only the reasons are known.
        count(places.len()) + (self.n_errors - count(n_reasons))
    }

    /// Keeps several more.
    pub fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        problems.into_iter().for_each(|problem| self.add(problem));
    }

    /// Puts them in the order of the files as they were given, and says if some were only counted.
    pub fn finish(&mut self, files: &[String]) {
        let rank = |spot: &Spot| files.iter().position(|file| *file == spot.file).unwrap_or(files.len());
        self.problems.sort_by_cached_key(|problem| {
            (
                rank(&problem.spot),
                problem.spot.row,
                problem.severity,
                problem.spot.column.clone(),
                problem.code,
            )
        });
        let n_all = self.n_errors + self.n_warnings;
        let n_kept = u64::try_from(self.problems.len()).expect("a count fits");
        if n_all > n_kept {
            let problem = Problem::warning("problems-many", Spot::default());
            self.problems.push(problem.with("kept", n_kept).with("all", n_all));
        }
    }
}
