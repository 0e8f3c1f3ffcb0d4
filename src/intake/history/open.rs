//! The files of an import: opened, recognised, stacked by kind.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::domain::office::Office;
use crate::domain::problem::Problem;
use crate::intake::dialect::decide;
use crate::intake::fields::{Field, Table};
use crate::intake::heads::{nearest, recognise};
use crate::intake::history::log::Log;
use crate::intake::history::rejected::BrokenRow;
use crate::intake::history::stand_in::{Lookup, fill};
use crate::intake::history::{FileFacts, History, Options, build};
use crate::intake::read::{Sheet, open};
use crate::intake::table::{Known, Stack};

/// Smaller sheets stay in memory.
const WORTH_SPILLING: usize = 8 << 20;

/// The files of an import by kind.
#[derive(Default)]
pub(super) struct Stacks {
    pub claims: Stack,
    pub lines: Stack,
    pub vouchers: Stack,
    pub payments: Stack,
    pub companies: Stack,
    pub facilities: Stack,
    pub files: Vec<FileFacts>,
    pub broken: Vec<BrokenRow>,
}

/// Reads files of any of the six kinds, in any order. `program` is this program itself, needed for workbooks only.
pub fn read_history(
    files: &[PathBuf],
    program: Option<&Path>,
    options: &Options,
    office: &Office,
    today: Date,
) -> History {
    read_history_beside(files, program, options, office, today, None, None)
}

/// The same beside a store, which knows what the files may leave out. Into `scratch`, a folder, the files' rows are put
/// meanwhile, where a folder is given and takes them: then they need no memory, whatever their number.
pub fn read_history_beside(
    files: &[PathBuf],
    program: Option<&Path>,
    options: &Options,
    office: &Office,
    today: Date,
    lookup: Lookup<'_>,
    scratch: Option<&Path>,
) -> History {
    let mut log = Log::default();
    let mut sheets = Vec::new();
    for path in files {
        match open(path, program, &options.limits) {
            Ok(mut sheet) => {
                // Two files of one name in two folders are told apart by their paths.
                if sheets.iter().any(|other: &Sheet| other.file == sheet.file) {
                    sheet.rename(&path.to_string_lossy());
                }
                if let Some(folder) = scratch.filter(|_| sheet.n_bytes() >= WORTH_SPILLING) {
                    // A folder that takes none leaves the rows in memory, as they were.
                    let _ = sheet.spill(folder);
                }
                sheets.push(sheet);
            }
            Err(problem) => log.add(problem),
        }
    }
    from_sheets(sheets, log, options, office, today, lookup)
}

/// The same from sheets that are already read.
pub fn read_sheets(sheets: Vec<Sheet>, options: &Options, office: &Office, today: Date) -> History {
    from_sheets(sheets, Log::default(), options, office, today, None)
}

fn from_sheets(
    sheets: Vec<Sheet>,
    mut log: Log,
    options: &Options,
    office: &Office,
    today: Date,
    lookup: Lookup<'_>,
) -> History {
    let mut stacks = Stacks::default();
    for sheet in sheets {
        stacks.take(sheet, options, &mut log);
    }
    let stand_ins = fill(&mut stacks, lookup);
    build(stacks, stand_ins, log, office, today)
}

impl Stacks {
    fn take(&mut self, mut sheet: Sheet, options: &Options, log: &mut Log) {
        log.extend(std::mem::take(&mut sheet.problems));
        let Some(mapping) = recognise(&sheet.headings) else {
            log.add(unknown(&sheet));
            return;
        };
        for head in mapping.heads.iter().filter(|head| head.score.is_guess()) {
            let spot = sheet.spot(sheet.heading_row, &head.heading, "");
            let problem = Problem::warning("heading-guessed", spot);
            log.add(problem.with("heading", &head.heading).with("field", head.field.name()));
        }
        for at in &sheet.broken {
            let text = String::from_utf8_lossy(&sheet.raw(*at)).into_owned();
            self.broken.push(BrokenRow { file: sheet.file.to_string(), row: at.number, text });
        }
        let (dialects, problems) = decide(&sheet, &mapping, options.said);
        log.extend(problems);
        self.files.push(FileFacts {
            file: sheet.file.to_string(),
            n_rows: sheet.rows.len(),
            encoding: sheet.encoding,
            mapping: mapping.clone(),
        });
        let spot = sheet.spot(0, "", "");
        let stack = match mapping.table {
            Table::Claims => &mut self.claims,
            Table::Benefits => &mut self.lines,
            Table::Vouchers => &mut self.vouchers,
            Table::Payments => &mut self.payments,
            Table::Companies => &mut self.companies,
            Table::Facilities => &mut self.facilities,
        };
        if !stack.push(Known { sheet, mapping, dialects }) {
            log.add(Problem::error("too-many-rows", spot));
        }
    }
}

/// A file whose headings mean nothing: what it is most like, and what that lacks.
fn unknown(sheet: &Sheet) -> Problem {
    let problem = Problem::error("table-unknown", sheet.spot(sheet.heading_row, "", ""));
    let (table, missing) = nearest(sheet).unwrap_or((Table::Claims, Table::Claims.needed().to_vec()));
    let missing: Vec<&str> = missing.iter().map(|field| Field::name(*field)).collect();
    problem.with("table", table.name()).with("missing", missing.join(", "))
}
