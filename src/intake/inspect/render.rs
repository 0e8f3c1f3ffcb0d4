//! The look as text, for a terminal of any width.

use crate::base::safe;
use crate::domain::money::Rupiah;
use crate::intake::fields::Field;
use crate::intake::inspect::{Gap, Inspection, Sum, Unreadable, Who};
use crate::intake::say;
use crate::words::{Value, Words};

/// Findings of one kind that are listed; the rest are counted.
const N_LISTED: usize = 12;
/// Rows that are named behind a finding.
const N_ROWS: usize = 8;

/// The look as lines of text, none wider than `width` columns.
pub fn render(inspection: &Inspection, words: &Words, width: usize) -> String {
    let mut page = Page { words, width: width.max(20), lines: Vec::new() };
    page.head(inspection);
    page.columns(inspection);
    page.codes(inspection);
    page.cells(inspection);
    page.sums(inspection);
    if inspection.is_clean() {
        page.blank();
        page.say("intake-inspect-clean", &[]);
    }
    let mut text = page.lines.join("\n");
    text.push('\n');
    text
}

impl Inspection {
    /// Whether nothing is worth a look.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
            && self.twins.is_empty()
            && self.gaps.is_empty()
            && self.same_amounts.is_empty()
            && self.without_code.is_empty()
            && self.unreadable_amounts.is_empty()
            && self.unreadable_dates.is_empty()
            && self.future.is_empty()
    }
}

struct Page<'a> {
    words: &'a Words,
    width: usize,
    lines: Vec<String>,
}

impl Page<'_> {
    fn head(&mut self, found: &Inspection) {
        let table = match found.table {
            Some(table) => self.words.text(&format!("intake-table-{}", table.name())),
            None => self.words.text("intake-table-free"),
        };
        let delimiter = if found.delimiter == '\t' { "TAB".to_owned() } else { found.delimiter.to_string() };
        self.say(
            "intake-inspect-file",
            &[
                ("file", safe::terminal(&found.file).into_owned().into()),
                ("rows", found.n_rows.into()),
                ("table", table.into()),
                ("encoding", found.encoding.into()),
                ("delimiter", delimiter.into()),
            ],
        );
        if !found.total_rows.is_empty() {
            self.say("intake-inspect-totals-left", &[("rows", rows(&found.total_rows).into())]);
        }
    }

    fn columns(&mut self, found: &Inspection) {
        self.section("intake-inspect-columns", found.heads.len());
        for head in &found.heads {
            let sign = if head.score.is_guess() { "?" } else { "" };
            let heading = safe::terminal(&head.heading);
            self.push(&format!(
                "  {} → {}{sign}",
                safe::fit(&heading, 24),
                field_name(head.field, self.words)
            ));
        }
        if !found.unknown.is_empty() {
            let unknown: Vec<String> =
                found.unknown.iter().map(|heading| safe::terminal(heading).into_owned()).collect();
            self.say("intake-inspect-unknown", &[("headings", unknown.join(", ").into())]);
        }
        for problem in found.problems.iter().take(N_LISTED) {
            let line = say::line(problem, self.words);
            self.push(&format!("  ! {line}"));
        }
        self.more(found.problems.len());
        if found.roles.code.is_none() && found.table.is_none() {
            self.say("intake-inspect-no-code-column", &[]);
        }
    }

    fn codes(&mut self, found: &Inspection) {
        if !found.twins.is_empty() {
            self.section("intake-inspect-twins", found.twins.len());
            for twin in found.twins.iter().take(N_LISTED) {
                let code = safe::fit(&safe::terminal(&twin.code), 26);
                self.rows_of(&code, &twin.rows);
            }
            self.more(found.twins.len());
        }
        if !found.gaps.is_empty() {
            self.section("intake-inspect-gaps", found.gaps.len());
            for gap in found.gaps.iter().take(N_LISTED) {
                self.gap(gap);
            }
            self.more(found.gaps.len());
        }
        if !found.without_code.is_empty() {
            self.section("intake-inspect-without-code", found.without_code.len());
            self.rows_of("", &found.without_code);
        }
        if !found.same_amounts.is_empty() {
            self.section("intake-inspect-same-amount", found.same_amounts.len());
            for same in found.same_amounts.iter().take(N_LISTED) {
                let who = match &same.who {
                    Who::Account(account) => safe::mask_tail(account, 4),
                    Who::Name(name) => name.clone(),
                };
                let label = format!("{} {}", safe::fit(&who, 26), right(same.amount));
                self.rows_of(&label, &same.rows);
            }
            self.more(found.same_amounts.len());
        }
    }

    fn gap(&mut self, gap: &Gap) {
        let number = |number: u64| format!("{number:0width$}", width = gap.width);
        let ranges: Vec<String> = gap
            .missing
            .iter()
            .take(N_ROWS)
            .map(
                |(from, to)| {
                    if from == to { number(*from) } else { format!("{}–{}", number(*from), number(*to)) }
                },
            )
            .collect();
        let rest = if gap.missing.len() > N_ROWS { ", …" } else { "" };
        let prefix = safe::terminal(&gap.prefix).into_owned();
        self.say(
            "intake-inspect-gap",
            &[
                ("prefix", prefix.into()),
                ("from", number(gap.seen.0).into()),
                ("to", number(gap.seen.1).into()),
                ("count", gap.n_missing.into()),
                ("numbers", format!("{}{rest}", ranges.join(", ")).into()),
            ],
        );
    }

    fn cells(&mut self, found: &Inspection) {
        let kinds: [(&str, &Vec<Unreadable>); 2] = [
            ("intake-inspect-bad-amounts", &found.unreadable_amounts),
            ("intake-inspect-bad-dates", &found.unreadable_dates),
        ];
        for (key, cells) in kinds {
            if cells.is_empty() {
                continue;
            }
            self.section(key, cells.len());
            for cell in cells.iter().take(N_LISTED) {
                let column = safe::terminal(&cell.column);
                let label = format!("{} \"{}\"", safe::fit(&column, 18), cell.text);
                self.rows_of(&label, &[cell.row]);
            }
            self.more(cells.len());
        }
        if !found.future.is_empty() {
            self.section("intake-inspect-future", found.future.len());
            self.rows_of("", &found.future);
        }
    }

    fn sums(&mut self, found: &Inspection) {
        if found.roles.amount.is_some() || !found.months.is_empty() {
            self.section("intake-inspect-months", found.months.len());
            for month in &found.months {
                let name = format!("{:02}/{}", month.month.month(), month.month.year());
                self.sum(&name, month.sum);
            }
            if found.undated.n_rows > 0 {
                let name = self.words.text("intake-inspect-undated");
                self.sum(&name, found.undated);
            }
            let name = self.words.text("intake-inspect-total");
            self.sum(&name, found.total);
        }
        if !found.companies.is_empty() {
            self.section("intake-inspect-companies", found.companies.len());
            for company in found.companies.iter().take(N_LISTED) {
                self.sum(&company.name, company.sum);
            }
            self.more(found.companies.len());
        }
    }

    fn sum(&mut self, name: &str, sum: Sum) {
        let n_rows = self.words.number(i64::try_from(sum.n_rows).unwrap_or(i64::MAX));
        self.push(&format!(
            "  {} {} {}",
            safe::fit(name, 28),
            safe::fit_right(&n_rows, 9),
            right(sum.amount)
        ));
    }

    /// A finding and the rows it stands on.
    fn rows_of(&mut self, label: &str, found: &[u32]) {
        let named = self.words.format("intake-inspect-rows", &[("rows", rows(found).into())]);
        let gap = if label.is_empty() { "" } else { "  " };
        self.push(&format!("  {label}{gap}{named}"));
    }

    fn section(&mut self, key: &str, count: usize) {
        self.blank();
        let title = self.words.format(key, &[("count", count.into())]);
        self.push(&title);
    }

    fn more(&mut self, count: usize) {
        if count > N_LISTED {
            self.say("intake-inspect-more", &[("count", (count - N_LISTED).into())]);
        }
    }

    fn say(&mut self, key: &str, arguments: &[(&str, Value)]) {
        let line = self.words.format(key, arguments);
        self.push(&line);
    }

    fn blank(&mut self) {
        self.lines.push(String::new());
    }

    /// A line, broken at blanks where it is wider than the page.
    fn push(&mut self, line: &str) {
        if safe::width(line) <= self.width {
            self.lines.push(line.trim_end().to_owned());
            return;
        }
        let indent = line.len() - line.trim_start().len();
        let mut current = " ".repeat(indent);
        for word in line.split_whitespace() {
            let is_full = safe::width(&current) + 1 + safe::width(word) > self.width;
            if is_full && !current.trim().is_empty() {
                self.lines.push(std::mem::replace(&mut current, " ".repeat(indent + 2)));
            }
            if !current.trim().is_empty() {
                current.push(' ');
            }
            current.push_str(word);
        }
        let cut = safe::cut(&current, self.width).trim_end().to_owned();
        self.lines.push(cut);
    }
}

fn right(amount: Rupiah) -> String {
    safe::fit_right(&amount.grouped(), 20)
}

/// Row numbers, the first few of them.
fn rows(found: &[u32]) -> String {
    let named: Vec<String> = found.iter().take(N_ROWS).map(u32::to_string).collect();
    let rest = if found.len() > N_ROWS { format!(", … ({})", found.len()) } else { String::new() };
    format!("{}{rest}", named.join(", "))
}

/// The name of a column: in the person's words where there are any, else as our files have it.
fn field_name(field: Field, words: &Words) -> String {
    let key = format!("field-{}", field.name().replace('_', "-"));
    if words.has(&key) { words.text(&key) } else { field.name().to_owned() }
}
