//! The real child on real files: a clean sheet, a trap, and a megabyte that inflates to two gigabytes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use santun::intake::read::xlsx::{SUBCOMMAND, WorkbookTrouble, parent_read};
use santun::intake::read::{Limits, open};

use crate::support::sources::root;

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_santun"))
}

fn sheet(name: &str) -> PathBuf {
    root().join("tests/data/sheets").join(name)
}

#[test]
fn the_child_reads_a_clean_sheet() {
    let read = open(&sheet("recap.xlsx"), Some(program()), &Limits::default());
    let read = read.unwrap_or_else(|problem| panic!("{problem:?}"));
    assert_eq!((read.encoding, read.heading_row, read.rows.len()), ("XLSX", 3, 2));
    assert_eq!(read.headings, ["No", "Kode Voucher", "Nama", "Jumlah (Rp)", "Tgl"]);
    let mut cells = read.cells();
    cells.go(1);
    assert_eq!(cells.iter().collect::<Vec<_>>(), ["2", "RB10030029", "Budi", "333333", "2026-10-06"]);
}

#[test]
fn the_child_says_why_not() {
    let table = [
        ("many-sheets.xlsx", WorkbookTrouble::ManySheets),
        ("no-sheet.xlsx", WorkbookTrouble::NoSheet),
        ("broken.xlsx", WorkbookTrouble::Broken),
        ("far-cell.xlsx", WorkbookTrouble::TooLarge),
    ];
    for (name, trouble) in table {
        assert_eq!(parent_read(program(), &sheet(name), &Limits::default()), Err(trouble), "{name}");
    }
}

/// The allocator reserves a gigabyte before `main`. A limit on the whole left it nothing for its own tables, and one
/// sound workbook in a hundred was refused on a busy machine. The child waits at a pipe nobody writes to, its limits set.
#[test]
fn the_limits_leave_the_child_room_beyond_what_it_begins_with() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pipe = folder.path().join("pipe.xlsx");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a named pipe");
    let mut child = Command::new(program()).arg(SUBCOMMAND).arg(&pipe).spawn().expect("the program");
    let about = |name: &str| std::fs::read_to_string(format!("/proc/{}/{name}", child.id())).expect("alive");
    let limited = (0..6_000).find_map(|_| {
        let told = about("limits");
        let most = told.lines().find_map(|line| line.strip_prefix("Max address space"))?;
        let most = most.split_whitespace().next()?.parse::<u64>().ok();
        most.or_else(|| {
            std::thread::sleep(Duration::from_millis(10));
            None
        })
    });
    let status = about("status");
    let had = status.lines().find_map(|line| line.strip_prefix("VmSize:")).expect("a size");
    let had: u64 = had.trim().strip_suffix(" kB").expect("in kB").parse().expect("a number");
    child.kill().and_then(|()| child.wait().map(drop)).expect("ours to end");
    let room = (limited.expect("limits within a minute") >> 20).saturating_sub(had >> 10);
    assert!((400..=600).contains(&room), "{room} MiB of room");
}

/// Two gigabytes of one letter in one cell.
const N_MEGABYTES: usize = 2_048;

#[test]
fn a_bomb_does_not_go_off() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("bomb.xlsx");
    // The control: the same file with one megabyte is a sheet like any other.
    std::fs::write(&path, bomb(1)).expect("room for a small file");
    let read = parent_read(program(), &path, &Limits::default());
    assert_eq!(read.map(|bytes| bytes.len()), Ok((1 << 20) + 1));
    std::fs::write(&path, bomb(N_MEGABYTES)).expect("room for two megabytes");
    assert!(std::fs::metadata(&path).expect("just written").len() < 3_000_000);
    let refused = parent_read(program(), &path, &Limits { child_seconds: 50, ..Limits::default() });
    let refused = refused.expect_err("two gigabytes are no cell");
    // Which limit bites first is the machine's affair; that one does is ours.
    assert!(
        matches!(refused, WorkbookTrouble::TooLarge | WorkbookTrouble::TooSlow | WorkbookTrouble::Broken),
        "{refused:?}"
    );
}

/// A workbook whose one sheet is packed a thousandfold.
fn bomb(n_megabytes: usize) -> Vec<u8> {
    let run = std::fs::read(sheet("megabyte.deflate")).expect("a packed megabyte");
    let head = concat!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>"
    );
    let tail = "</t></is></c></row></sheetData></worksheet>";
    let mut packed = stored_block(head.as_bytes(), 0);
    for _ in 0..n_megabytes {
        packed.extend_from_slice(&run);
    }
    packed.extend(stored_block(tail.as_bytes(), 1));
    let size = head.len() + (n_megabytes << 20) + tail.len();
    // Nobody gets as far as the checksum of a bomb.
    let sum =
        if n_megabytes == 1 { crc32(format!("{head}{}{tail}", "A".repeat(1 << 20)).as_bytes()) } else { 0 };
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"S1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let relation = |target: &str, kind: &str| {
        format!(
            "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let mut zip = Zip::default();
    zip.add("[Content_Types].xml", format!("<Types xmlns=\"{package}/content-types\"/>").as_bytes(), None);
    zip.add("_rels/.rels", relation("xl/workbook.xml", "officeDocument").as_bytes(), None);
    zip.add("xl/workbook.xml", workbook.as_bytes(), None);
    zip.add("xl/_rels/workbook.xml.rels", relation("worksheets/sheet1.xml", "worksheet").as_bytes(), None);
    zip.add("xl/worksheets/sheet1.xml", &packed, Some((size, sum)));
    zip.finish()
}

/// Bytes as they are, within a packed stream.
fn stored_block(bytes: &[u8], is_last: u8) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("a short text");
    let mut block = vec![is_last];
    block.extend(length.to_le_bytes());
    block.extend((!length).to_le_bytes());
    block.extend_from_slice(bytes);
    block
}

/// A zip archive, as little of it as a reader needs.
#[derive(Default)]
struct Zip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    n_entries: u16,
}

impl Zip {
    /// Adds an entry: as it is, or already packed, with the size and checksum it claims to inflate to.
    fn add(&mut self, name: &str, bytes: &[u8], inflated: Option<(usize, u32)>) {
        let u32_of = |length: usize| u32::try_from(length).expect("below 4 GiB").to_le_bytes();
        let mut fields = vec![20, 0, 0, 0];
        fields.extend(if inflated.is_some() { [8, 0] } else { [0, 0] });
        fields.extend([0; 4]);
        fields.extend(inflated.map_or_else(|| crc32(bytes), |(_, sum)| sum).to_le_bytes());
        fields.extend(u32_of(bytes.len()));
        fields.extend(u32_of(inflated.map_or(bytes.len(), |(size, _)| size)));
        fields.extend(u16::try_from(name.len()).expect("a short name").to_le_bytes());
        fields.extend([0; 2]);
        self.directory.extend(b"PK\x01\x02\x14\x00");
        self.directory.extend(&fields);
        self.directory.extend([0; 10]);
        self.directory.extend(u32_of(self.bytes.len()));
        self.directory.extend(name.as_bytes());
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&fields);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend_from_slice(bytes);
        self.n_entries += 1;
    }

    fn finish(mut self) -> Vec<u8> {
        let start = u32::try_from(self.bytes.len()).expect("below 4 GiB");
        self.bytes.extend(&self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.n_entries.to_le_bytes());
        self.bytes.extend(self.n_entries.to_le_bytes());
        self.bytes.extend(u32::try_from(self.directory.len()).expect("small").to_le_bytes());
        self.bytes.extend(start.to_le_bytes());
        self.bytes.extend([0; 2]);
        self.bytes
    }
}

/// The checksum of the zip format, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 },
        )
    })
}
