//! What the first bytes say: which kind of file, which delimiter.

/// What a file is, by its content and never by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Text: read as a table with delimiters.
    Text,
    /// A workbook of today (XLSX).
    Workbook,
    /// A workbook of before 2007 (XLS).
    OldWorkbook,
    /// A web page, often under the name `.xls`.
    WebPage,
    /// PDF.
    Pdf,
    /// A picture.
    Picture,
    /// A packed file that is no workbook.
    Packed,
    /// Nothing in it.
    Empty,
    /// Anything else that is not text.
    Binary,
}

impl FileKind {
    /// The code of the problem with which this kind is refused.
    pub const fn refusal(self) -> &'static str {
        match self {
            FileKind::Text | FileKind::Binary => "file-not-text",
            FileKind::Workbook => "file-xlsx",
            FileKind::OldWorkbook => "file-old-xls",
            FileKind::WebPage => "file-web-page",
            FileKind::Pdf => "file-pdf",
            FileKind::Picture => "file-picture",
            FileKind::Packed => "file-packed",
            FileKind::Empty => "file-empty",
        }
    }
}

/// Beginnings that say what a file is.
const MAGIC: &[(&[u8], FileKind)] = &[
    (b"PK\x03\x04", FileKind::Workbook),
    (b"PK\x05\x06", FileKind::Packed),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileKind::OldWorkbook),
    (b"%PDF", FileKind::Pdf),
    (b"\x89PNG", FileKind::Picture),
    (b"\xFF\xD8\xFF", FileKind::Picture),
    (b"GIF8", FileKind::Picture),
    (b"\x1F\x8B", FileKind::Packed),
    (b"BZh", FileKind::Packed),
    (b"\xFD7zXZ", FileKind::Packed),
    (b"7z\xBC\xAF", FileKind::Packed),
    (b"Rar!", FileKind::Packed),
    (b"\x28\xB5\x2F\xFD", FileKind::Packed),
    (b"PAR1", FileKind::Binary),
    (b"\x7FELF", FileKind::Binary),
];

/// Delimiters tried, the likeliest first: ties go to it.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Lines looked at to find the delimiter.
const N_LINES_SNIFFED: usize = 40;

/// What these bytes are.
pub fn kind_of(bytes: &[u8]) -> FileKind {
    let head = &bytes[..bytes.len().min(4096)];
    if head.iter().all(u8::is_ascii_whitespace) && head.len() == bytes.len() {
        return FileKind::Empty;
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return *kind;
    }
    if is_web_page(head) {
        return FileKind::WebPage;
    }
    let n_control = head.iter().filter(|byte| matches!(byte, 1..=8 | 14..=26 | 28..=31)).count();
    // Of random bytes an eighth steers something; no text has one in twenty, and UTF-16 has its NULs beside letters.
    let n_allowed = head.len() / 20;
    if n_control > n_allowed.max(2) { FileKind::Binary } else { FileKind::Text }
}

/// Whether the text begins like a web page or a workbook saved as XML.
fn is_web_page(head: &[u8]) -> bool {
    let bare = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    // UTF-16 pages have a NUL in every letter: dropping them is enough to see the tag.
    let text: String = bare
        .iter()
        .filter(|byte| !matches!(byte, 0 | 0xFE | 0xFF))
        .take(512)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let text = text.trim_start();
    let tags = ["<html", "<!doctype", "<table", "<?xml", "<meta", "<head", "<body", "<div", "<style", "<!--"];
    tags.iter().any(|tag| text.starts_with(tag))
        || text.starts_with("mime-version:")
        || text.contains("<html") && text.contains('>')
}

/// Excel's first line `sep=;`: taken off, and its word for the delimiter taken.
pub(super) fn said_delimiter(bytes: Vec<u8>) -> (Vec<u8>, Option<u8>) {
    let end = memchr::memchr(b'\n', &bytes).unwrap_or(bytes.len());
    let line = bytes[..end].trim_ascii_end();
    let said = match line {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator] => Some(*separator),
        _ if line == b"sep=" && bytes.get(4) == Some(&b'\t') => Some(b'\t'),
        _ => None,
    };
    let is_possible = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'"';
    match said.filter(is_possible) {
        // The line is blanked, not removed: row numbers stay those of the file.
        Some(separator) => {
            let mut bytes = bytes;
            bytes[..end].fill(b' ');
            (bytes, Some(separator))
        }
        None => (bytes, None),
    }
}

/// The delimiter of a text: the one that cuts most lines into the same number of cells, at least two.
pub fn delimiter(bytes: &[u8]) -> u8 {
    let lines: Vec<&[u8]> = bytes
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty())
        .take(N_LINES_SNIFFED)
        .collect();
    let mut best = (0, b',');
    for candidate in DELIMITERS {
        let score = agreement(&lines, candidate);
        if score > best.0 {
            best = (score, candidate);
        }
    }
    best.1
}

/// How well a delimiter fits: lines that have the commonest number of cells, times the cells.
fn agreement(lines: &[&[u8]], delimiter: u8) -> usize {
    let counts: Vec<usize> = lines.iter().map(|line| count_outside_quotes(line, delimiter)).collect();
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| counts.iter().filter(|other| *other == count).count() * 1000 + (*count).min(999))
        .max()
        .unwrap_or(0)
}

/// Delimiters that stand outside quotes.
fn count_outside_quotes(line: &[u8], delimiter: u8) -> usize {
    let mut is_quoted = false;
    let mut n_found = 0;
    for byte in line {
        match *byte {
            b'"' => is_quoted = !is_quoted,
            byte if byte == delimiter && !is_quoted => n_found += 1,
            _ => {}
        }
    }
    n_found
}
