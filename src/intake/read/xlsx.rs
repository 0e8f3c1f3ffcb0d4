//! Workbooks, read in a child process with limits: the parser aborts on some hostile files and inflates without bound.
//!
//! The parent starts this same program with [`SUBCOMMAND`]; the child limits itself, reads one sheet and writes it as
//! CSV. Whatever goes wrong there is an exit code or a signal here.

use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx};
use rustix::process::{Resource, Rlimit, setrlimit};

use super::{Limits, refuse};
use crate::domain::problem::Problem;

/// The hidden subcommand: `santun __read-xlsx FILE`.
pub const SUBCOMMAND: &str = "__read-xlsx";

/// Bytes of address space the child may take beyond what it begins with. The allocator has reserved a gigabyte by
/// then: a limit on the whole would leave it nothing to keep its own tables in, and sound workbooks would fail by chance.
const ADDRESS_SPACE: u64 = 512 << 20;

/// Seconds of processor the child may have.
const CPU_SECONDS: u64 = 20;

/// Bytes of CSV the parent takes.
const OUTPUT_BYTES: u64 = 256 << 20;

/// Cells of a row in a workbook; a cell further right is a trap.
const N_COLUMNS_MAX: u32 = 512;

/// Why a workbook was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkbookTrouble {
    /// It is no sound workbook.
    Broken,
    /// It has a password.
    Locked,
    /// No visible sheet holds anything.
    NoSheet,
    /// Several sheets hold something: nobody can know which is meant.
    ManySheets,
    /// It asked for more memory, cells or output than a sheet needs.
    TooLarge,
    /// It took too long.
    TooSlow,
    /// The child could not be started or spoke nonsense.
    NotStarted,
}

/// Exit codes of the child, beside 0.
const EXITS: &[(u8, WorkbookTrouble)] = &[
    (65, WorkbookTrouble::Broken),
    (66, WorkbookTrouble::Locked),
    (67, WorkbookTrouble::NoSheet),
    (68, WorkbookTrouble::ManySheets),
    (69, WorkbookTrouble::TooLarge),
    (70, WorkbookTrouble::NotStarted),
];

impl WorkbookTrouble {
    /// As a problem of the file.
    pub fn problem(self, name: &str) -> Problem {
        refuse(
            match self {
                WorkbookTrouble::Broken => "xlsx-broken",
                WorkbookTrouble::Locked => "xlsx-locked",
                WorkbookTrouble::NoSheet => "xlsx-no-sheet",
                WorkbookTrouble::ManySheets => "xlsx-many-sheets",
                WorkbookTrouble::TooLarge => "xlsx-too-large",
                WorkbookTrouble::TooSlow => "xlsx-too-slow",
                WorkbookTrouble::NotStarted => "xlsx-not-started",
            },
            name,
        )
    }
}

/// The child's whole life: limits itself, writes the sheet as CSV to `out`, says how it went by its exit code. Called
/// by `main` before anything else, since the limits are the process's own.
pub fn child_main(path: &Path, out: &mut dyn Write) -> u8 {
    let limit =
        |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).is_ok();
    let trouble = if address_space().is_some_and(|had| limit(Resource::As, had.saturating_add(ADDRESS_SPACE)))
        && limit(Resource::Cpu, CPU_SECONDS)
        && limit(Resource::Core, 0)
    {
        sheet_as_csv(path, out).err()
    } else {
        Some(WorkbookTrouble::NotStarted)
    };
    trouble
        .map_or(0, |trouble| EXITS.iter().find(|(_, known)| *known == trouble).map_or(70, |(code, _)| *code))
}

/// Bytes of address space this process has, as the kernel tells: `VmSize:   1234 kB`.
fn address_space() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/self/status").ok()?;
    let size = told.lines().find_map(|line| line.strip_prefix("VmSize:"))?;
    size.trim().strip_suffix(" kB")?.parse::<u64>().ok()?.checked_mul(1024)
}

/// The one sheet of a workbook that holds something, as CSV. Without limits: only for [`child_main`] and tests.
pub fn sheet_as_csv(path: &Path, out: &mut dyn Write) -> Result<(), WorkbookTrouble> {
    let file = File::open(path).map_err(|_| WorkbookTrouble::Broken)?;
    let mut book = Xlsx::new(BufReader::new(file)).map_err(|error| match error {
        calamine::XlsxError::Password => WorkbookTrouble::Locked,
        _ => WorkbookTrouble::Broken,
    })?;
    let visible: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut filled = Vec::new();
    for name in visible {
        if has_cells(&mut book, &name)? {
            filled.push(name);
        }
    }
    match &filled[..] {
        [] => Err(WorkbookTrouble::NoSheet),
        [only] => write_sheet(&mut book, only, out),
        _ => Err(WorkbookTrouble::ManySheets),
    }
}

type Book = Xlsx<BufReader<File>>;

fn has_cells(book: &mut Book, name: &str) -> Result<bool, WorkbookTrouble> {
    // A chart sheet has no cells to read.
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(false) };
    while let Some(cell) = cells.next_cell().map_err(|_| WorkbookTrouble::Broken)? {
        if !matches!(cell.get_value(), DataRef::Empty) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Cells come in order of rows; rows without cells become empty lines, so that row numbers stay those of the sheet.
fn write_sheet(book: &mut Book, name: &str, out: &mut dyn Write) -> Result<(), WorkbookTrouble> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| WorkbookTrouble::Broken)?;
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(out);
    let (mut row, mut record, mut n_empty_rows) = (0_u32, Vec::<String>::new(), 0_u32);
    while let Some(cell) = cells.next_cell().map_err(|_| WorkbookTrouble::Broken)? {
        let (at_row, column) = cell.get_position();
        if matches!(cell.get_value(), DataRef::Empty) {
            continue;
        }
        if column >= N_COLUMNS_MAX || at_row < row {
            return Err(WorkbookTrouble::TooLarge);
        }
        while row < at_row {
            n_empty_rows = if record.is_empty() { n_empty_rows + 1 } else { 0 };
            // A cell in the last row of an empty sheet would write a million lines for nothing.
            if n_empty_rows > 100_000 {
                return Err(WorkbookTrouble::TooLarge);
            }
            flush(&mut writer, &mut record)?;
            row += 1;
        }
        let column = usize::try_from(column).expect("checked to be small");
        record.resize(record.len().max(column + 1), String::new());
        record[column] = text_of(cell.get_value());
    }
    flush(&mut writer, &mut record)?;
    writer.flush().map_err(|_| WorkbookTrouble::TooLarge)
}

fn flush(writer: &mut csv::Writer<&mut dyn Write>, record: &mut Vec<String>) -> Result<(), WorkbookTrouble> {
    writer.write_record(&*record).map_err(|_| WorkbookTrouble::TooLarge)?;
    record.clear();
    Ok(())
}

/// A cell as text: numbers without exponent, dates as ISO.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => moment_text(*moment),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// `2026-12-31`, `14:05` or both.
fn moment_text(moment: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let has_time = (hour, minute, second) != (0, 0, 0);
    if moment.as_f64() < 1.0 {
        format!("{hour:02}:{minute:02}")
    } else if has_time {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// The CSV of a workbook's sheet, by a child of this program.
pub fn parent_read(program: &Path, file: &Path, limits: &Limits) -> Result<Vec<u8>, WorkbookTrouble> {
    let mut child = Command::new(program)
        .arg(SUBCOMMAND)
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| WorkbookTrouble::NotStarted)?;
    let out = child.stdout.take().expect("asked for a pipe");
    let (send, receive) = mpsc::channel();
    // The reader ends when the child closes its end: at the latest when it is killed below.
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = out.take(OUTPUT_BYTES + 1).read_to_end(&mut bytes).map(|_| bytes);
        // Nobody waits any more when the wall clock was faster.
        let _ = send.send(read);
    });
    let patience = Duration::from_secs(limits.child_seconds);
    let deadline = Instant::now() + patience;
    let read = receive.recv_timeout(patience);
    let status = match read {
        Ok(_) => wait(&mut child, deadline),
        Err(_) => kill(&mut child),
    };
    let bytes = match read {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return Err(WorkbookTrouble::NotStarted),
        Err(_) => return Err(WorkbookTrouble::TooSlow),
    };
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > OUTPUT_BYTES {
        return Err(WorkbookTrouble::TooLarge);
    }
    verdict(status.ok_or(WorkbookTrouble::TooSlow)?).map_or(Ok(bytes), Err)
}

/// The exit of a child that has closed its output; killed at the deadline.
fn wait(child: &mut Child, deadline: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(5)),
            _ => {
                kill(child);
                return None;
            }
        }
    }
}

/// Ends a child. One that is already gone is as good.
fn kill(child: &mut Child) -> Option<ExitStatus> {
    let _ = child.kill();
    let _ = child.wait();
    None
}

/// What an exit means: an abort is the allocator at its limit, a signal the kernel's processor limit.
fn verdict(status: ExitStatus) -> Option<WorkbookTrouble> {
    use std::os::unix::process::ExitStatusExt;
    const SIGABRT: i32 = 6;
    match (status.code(), status.signal()) {
        (Some(0), _) => None,
        (Some(code), _) => Some(
            EXITS
                .iter()
                .find(|(known, _)| i32::from(*known) == code)
                .map_or(WorkbookTrouble::Broken, |(_, trouble)| *trouble),
        ),
        (None, Some(SIGABRT)) => Some(WorkbookTrouble::TooLarge),
        _ => Some(WorkbookTrouble::TooSlow),
    }
}
