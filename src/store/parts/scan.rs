//! A walk over a table, file by file, with only the columns that are needed; two threads at most, so that memory stays
//! at a few files' columns whatever the table's size.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::store::error::StoreError;
use crate::store::tables::{Columns, Table};

use super::Base;

/// Threads of a scan.
const THREADS: usize = 2;

/// A walk to be done.
pub(crate) struct Scan<'a> {
    base: &'a Base,
    table: Table,
    wanted: Vec<usize>,
    cancel: Option<&'a AtomicBool>,
    progress: Option<&'a (dyn Fn(u64, u64) + Sync)>,
    months: Option<&'a (dyn Fn(u32) -> bool + Sync)>,
}

impl<'a> Scan<'a> {
    /// Over these columns of a table.
    pub(crate) fn new(base: &'a Base, table: Table, mut wanted: Vec<usize>) -> Scan<'a> {
        wanted.sort_unstable();
        wanted.dedup();
        if wanted.is_empty() {
            // The number of rows has to come from somewhere.
            wanted.push(0);
        }
        Scan { base, table, wanted, cancel: None, progress: None, months: None }
    }

    /// Stops between files when the flag is set.
    pub(crate) fn cancel(mut self, cancel: &'a AtomicBool) -> Scan<'a> {
        self.cancel = Some(cancel);
        self
    }

    /// Tells how many of how many files are done.
    pub(crate) fn progress(mut self, progress: &'a (dyn Fn(u64, u64) + Sync)) -> Scan<'a> {
        self.progress = Some(progress);
        self
    }

    /// Leaves out the files whose home month, `YYYYMM`, is none of these; only of [`Scan::map`].
    pub(crate) fn months(mut self, months: &'a (dyn Fn(u32) -> bool + Sync)) -> Scan<'a> {
        self.months = Some(months);
        self
    }

    /// The files to be walked.
    fn files(&self) -> Vec<usize> {
        let parts = self.base.parts(self.table).iter().enumerate();
        let wanted = parts.filter(|(_, part)| self.months.is_none_or(|months| months(part.entry.month)));
        wanted.map(|(file, _)| file).collect()
    }

    fn check(&self) -> Result<(), StoreError> {
        match self.cancel {
            Some(cancel) if cancel.load(Ordering::Relaxed) => Err(StoreError::Cancelled),
            _ => Ok(()),
        }
    }

    fn file(&self, file: usize) -> Result<(u32, Columns), StoreError> {
        self.check()?;
        let part = &self.base.parts(self.table)[file];
        let columns = self.base.columns(part, &self.wanted, 0, usize::MAX / 2)?;
        Ok((self.base.start(self.table, file), columns))
    }

    /// Gives every file's first row and columns, in order, on this thread.
    pub(crate) fn each(&self, mut f: impl FnMut(u32, &Columns)) -> Result<(), StoreError> {
        let files = self.base.parts(self.table).len();
        for file in 0..files {
            let (start, columns) = self.file(file)?;
            f(start, &columns);
            if let Some(progress) = self.progress {
                progress(file as u64 + 1, files as u64);
            }
        }
        Ok(())
    }

    /// Makes something of every file, on two threads; the answers come in the order of the files.
    pub(crate) fn map<Answer: Send>(
        &self,
        f: impl Fn(u32, &Columns) -> Answer + Sync,
    ) -> Result<Vec<Answer>, StoreError> {
        let chosen = self.files();
        let files = chosen.len();
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let answers: Mutex<Vec<Option<Result<Answer, StoreError>>>> =
            Mutex::new((0..files).map(|_| None).collect());
        let work = || loop {
            let file = next.fetch_add(1, Ordering::Relaxed);
            if file >= files {
                return;
            }
            let answer = self.file(chosen[file]).map(|(start, columns)| f(start, &columns));
            let failed = answer.is_err();
            answers
                .lock()
                .expect("no worker panics")
                .get_mut(file)
                .expect("one place a file")
                .replace(answer);
            if failed {
                next.store(files, Ordering::Relaxed);
            }
            if let Some(progress) = self.progress {
                progress(done.fetch_add(1, Ordering::Relaxed) as u64 + 1, files as u64);
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..THREADS.min(files) {
                scope.spawn(work);
            }
            work();
        });
        let answers = answers.into_inner().expect("no worker panics");
        // An error stops the others, so that what is missing stands behind it or beside it.
        let mut all = Vec::with_capacity(files);
        let mut failure = None;
        for answer in answers {
            match answer {
                Some(Ok(answer)) => all.push(answer),
                Some(Err(error)) => failure = failure.or(Some(error)),
                None => {}
            }
        }
        failure.map_or(Ok(all), Err)
    }
}
