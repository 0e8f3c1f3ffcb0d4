//! Reading tables written as text.

/// The cells of a text table: one line a case, cells between `|`, trimmed; empty lines and `#` lines are skipped.
pub fn rows<const N: usize>(table: &str) -> Vec<[String; N]> {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let rows: Vec<[String; N]> = lines
        .map(|line| {
            let cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
            let n_cells = cells.len();
            cells.try_into().unwrap_or_else(|_| panic!("{n_cells} cells, not {N}: {line}"))
        })
        .collect();
    assert!(!rows.is_empty(), "an empty table proves nothing");
    rows
}

/// The rows of the Markdown table under a heading of a document, without its head.
pub fn markdown<const N: usize>(document: &str, heading: &str) -> Vec<[String; N]> {
    let (_, section) =
        document.split_once(&format!("## {heading}\n")).unwrap_or_else(|| panic!("no section {heading}"));
    let section = section.split("\n## ").next().expect("a split has a first part");
    let lines: Vec<&str> = section.lines().filter(|line| line.starts_with('|')).skip(2).collect();
    let inner: Vec<&str> =
        lines.iter().map(|line| line.trim().trim_start_matches('|').trim_end_matches('|')).collect();
    rows(&inner.iter().map(|line| format!(" {line}\n").replace("\n", "\n")).collect::<String>())
}
