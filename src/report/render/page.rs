//! Lines of 80 columns: titles, tables, wrapped text, rows of signatures.

use crate::base::safe;

/// Columns of a printed page.
pub(super) const COLUMNS: usize = 80;
/// Between two cells.
const GAP: usize = 2;
/// A label narrower than this stands on a line of its own.
const LABEL_MIN: usize = 22;

/// A page being written; every line is safe for a terminal and without blanks at its end.
#[derive(Default)]
pub(super) struct Page {
    text: String,
}

/// A table row: its label, its cells, and whether a rule stands above.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) cells: Vec<String>,
    pub(super) ruled: bool,
}

impl Page {
    /// A line; what comes from outside is made harmless and what is too long is cut.
    pub(super) fn line(&mut self, line: &str) {
        let safe = safe::terminal(line);
        self.text.push_str(safe::cut(safe.trim_end(), COLUMNS).trim_end());
        self.text.push('\n');
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A line with something at its right end.
    pub(super) fn ends(&mut self, left: &str, right: &str) {
        let right = safe::terminal(right);
        let room = COLUMNS.saturating_sub(safe::width(&right) + 1);
        self.line(&format!("{} {right}", safe::fit(&safe::terminal(left), room)));
    }

    /// A rule across the page.
    pub(super) fn rule(&mut self, stroke: &str) {
        self.line(&stroke.repeat(COLUMNS));
    }

    /// The paper's name between rules, its marks to the right: `*** CONTOH *** SEMENTARA ***`.
    pub(super) fn headline(&mut self, title: &str, marks: &[String]) {
        let marks = if marks.is_empty() { String::new() } else { format!("*** {} ***", marks.join(" *** ")) };
        self.rule("═");
        self.ends(&title.to_uppercase(), &marks);
        self.rule("═");
    }

    /// A section's title with its rule.
    pub(super) fn title(&mut self, title: &str) {
        self.gap();
        self.line(title);
        self.line(&"─".repeat(safe::width(title).min(COLUMNS)));
    }

    /// `head` in a column of its own, the text wrapped beside it.
    pub(super) fn entry(&mut self, head: &str, head_columns: usize, text: &str) {
        let room = COLUMNS - head_columns;
        for (line_idx, line) in wrap(&safe::terminal(text), room).iter().enumerate() {
            let head = if line_idx == 0 { head } else { "" };
            self.line(&format!("{}{line}", safe::fit(&safe::terminal(head), head_columns)));
        }
    }

    /// A table: labels to the left, cells to the right, under their heads.
    pub(super) fn table(&mut self, heads: &[String], rows: &[Row]) {
        let rows: Vec<Row> = rows.iter().map(made_safe).collect();
        let widths: Vec<usize> = heads
            .iter()
            .enumerate()
            .map(|(column, head)| {
                let cells = rows.iter().filter_map(|row| row.cells.get(column)).map(|cell| safe::width(cell));
                cells.chain([safe::width(head)]).max().unwrap_or(0)
            })
            .collect();
        let taken: usize = widths.iter().map(|width| width + GAP).sum();
        let label_columns = COLUMNS.saturating_sub(taken);
        let longest = rows.iter().map(|row| safe::width(&row.label)).max().unwrap_or(0);
        let is_stacked = label_columns < LABEL_MIN.min(longest);
        let indent = if is_stacked { label_columns } else { 0 };
        if heads.iter().any(|head| !head.is_empty()) {
            self.line(&format!("{}{}", " ".repeat(label_columns), cells(heads, &widths)));
        }
        for row in &rows {
            if row.ruled {
                self.line(&format!("{}{}", " ".repeat(label_columns), rules(&row.cells, &widths)));
            }
            if is_stacked {
                self.line(&row.label);
                self.line(&format!("{}{}", " ".repeat(indent), cells(&row.cells, &widths)));
            } else {
                self.line(&format!("{}{}", safe::fit(&row.label, label_columns), cells(&row.cells, &widths)));
            }
        }
    }

    /// Signatures side by side: what each does, room for the hand, the name.
    pub(super) fn signatures(&mut self, signers: &[(String, String)]) {
        let width = COLUMNS / signers.len().max(1);
        let row = |texts: Vec<&str>| {
            texts.iter().map(|text| safe::fit(&safe::terminal(text), width - 2) + "  ").collect::<String>()
        };
        self.line(&row(signers.iter().map(|(what, _)| what.as_str()).collect()));
        (0..3).for_each(|_| self.gap());
        let under = "_".repeat(width - 4);
        // A name is written whole, over as many lines as it takes.
        let names: Vec<Vec<String>> = signers
            .iter()
            .map(|(_, name)| match name.is_empty() {
                true => vec![under.clone()],
                false => wrap(&safe::terminal(name), width - 2),
            })
            .collect();
        for line in 0..names.iter().map(Vec::len).max().unwrap_or(0) {
            self.line(&row(names.iter().map(|name| name.get(line).map_or("", String::as_str)).collect()));
        }
    }

    /// The page.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

fn made_safe(row: &Row) -> Row {
    Row {
        label: safe::terminal(&row.label).into_owned(),
        cells: row.cells.iter().map(|cell| safe::terminal(cell).into_owned()).collect(),
        ruled: row.ruled,
    }
}

fn cells(cells: &[String], widths: &[usize]) -> String {
    let gap = " ".repeat(GAP);
    cells.iter().zip(widths).map(|(cell, width)| format!("{gap}{}", safe::fit_right(cell, *width))).collect()
}

/// Rules above the cells that hold something.
fn rules(cells: &[String], widths: &[usize]) -> String {
    let gap = " ".repeat(GAP);
    let rule = |cell: &String, width: &usize| {
        if cell.is_empty() { " ".repeat(*width) } else { "─".repeat(*width) }
    };
    cells.iter().zip(widths).map(|(cell, width)| format!("{gap}{}", rule(cell, width))).collect()
}

/// Words filled into lines; a word longer than a line is broken.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() {
            line.push_str(&word);
        } else if safe::width(line) + 1 + safe::width(&word) <= columns {
            line.push(' ');
            line.push_str(&word);
        } else {
            lines.push(std::mem::take(&mut word));
        }
        while safe::width(lines.last().expect("there is always a line")) > columns {
            let long = lines.pop().expect("there is always a line");
            let (fits, rest) = broken(&long, columns);
            lines.push(fits);
            lines.push(rest);
        }
    }
    lines
}

/// A text's longest beginning that fits, at least one character, and what is left.
fn broken(text: &str, columns: usize) -> (String, String) {
    let mut end = text.chars().next().map_or(0, char::len_utf8);
    for (place, character) in text.char_indices() {
        let next = place + character.len_utf8();
        if safe::width(&text[..next]) > columns {
            break;
        }
        end = end.max(next);
    }
    (text[..end].to_owned(), text[end..].to_owned())
}
