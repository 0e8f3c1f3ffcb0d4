//! The findings: one pass over the rows, then what their keys show.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::base::safe;
use crate::domain::identity::normalise_number;
use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::domain::voucher::check_holds;
use crate::intake::inspect::{
    CompanySum, Gap, Inspection, Looked, MonthSum, SameAmount, Sum, Twin, Unreadable, Who,
};
use crate::intake::read::{Cells, Sheet};
use crate::intake::table::shown;

/// A number is the running one by its last digits; what stands before them is a date or an office.
const N_RUNNING_DIGITS: usize = 4;
/// Runs of digits up to this length are one number.
const N_WHOLE_DIGITS: usize = 6;
/// Numbers seen before a row of numbers is taken for a series.
const N_SERIES: usize = 3;

/// What is gathered row by row.
#[derive(Default)]
struct Gathered {
    /// Normalised code → first writing and rows.
    codes: BTreeMap<String, (String, Vec<u32>)>,
    /// Person or account with amount → rows.
    amounts: BTreeMap<(Who, Rupiah), Vec<u32>>,
    /// Month → sum.
    months: BTreeMap<Period, Sum>,
    /// Normalised company → name and sum.
    companies: BTreeMap<String, (String, Sum)>,
}

/// Fills in the findings.
pub(super) fn find(sheet: &Sheet, looked: &Looked, today: Date, inspection: &mut Inspection) {
    let mut gathered = Gathered::default();
    let mut cells = sheet.cells();
    for row in 0..sheet.rows.len() {
        cells.go(row);
        gathered.take(&cells, looked, today, inspection);
    }
    inspection.months = gathered.months.into_iter().map(|(month, sum)| MonthSum { month, sum }).collect();
    inspection.companies =
        gathered.companies.into_values().map(|(name, sum)| CompanySum { name, sum }).collect();
    inspection.companies.sort_by(|a, b| b.sum.n_rows.cmp(&a.sum.n_rows).then_with(|| a.name.cmp(&b.name)));
    let same = gathered.amounts.into_iter().filter(|(_, rows)| rows.len() > 1);
    inspection.same_amounts = same.map(|((who, amount), rows)| SameAmount { who, amount, rows }).collect();
    inspection.same_amounts.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.rows.cmp(&b.rows)));
    inspection.gaps = gaps(gathered.codes.values().map(|(code, _)| code.as_str()));
    let twins = gathered.codes.into_values().filter(|(_, rows)| rows.len() > 1);
    inspection.twins = twins.map(|(code, rows)| Twin { code, rows }).collect();
    inspection.twins.sort_by(|a, b| a.rows.cmp(&b.rows));
}

impl Gathered {
    fn take(&mut self, cells: &Cells<'_>, looked: &Looked, today: Date, inspection: &mut Inspection) {
        let columns = &looked.columns;
        let cell = |column: Option<usize>| column.map_or("", |column| cells.get(column));
        let (code, row) = (cell(columns.code), cells.number());
        if is_total(cells, code) {
            inspection.total_rows.push(row);
            return;
        }
        inspection.n_rows += 1;
        unreadable(cells, looked, inspection);
        if columns.code.is_some() {
            match normalise_number(code).as_str() {
                "" => inspection.without_code.push(row),
                key => {
                    let entry = self.codes.entry(key.to_owned());
                    entry.or_insert_with(|| (shown(code), Vec::new())).1.push(row);
                }
            }
        }
        let amount = columns.amount.and_then(|column| {
            let cell = cells.get(column);
            if cell.is_empty() { None } else { looked.dialects.number(column).read(cell).ok() }
        });
        let sum = Sum { n_rows: 1, amount: amount.unwrap_or(Rupiah::ZERO) };
        inspection.total.add(sum);
        let date = columns.date.and_then(|column| looked.dialects.date(column).read(cells.get(column)).ok());
        match date {
            Some(date) => self.months.entry(Period::of(date)).or_default().add(sum),
            None => inspection.undated.add(sum),
        }
        if date.is_some_and(|date| date > today) {
            inspection.future.push(row);
        }
        if let Some(amount) = amount.filter(|amount| !amount.is_zero())
            && let Some(who) = who(cell(columns.account), cell(columns.person))
        {
            self.amounts.entry((who, amount)).or_default().push(row);
        }
        let company = cell(columns.company);
        if !company.is_empty() {
            let entry = self.companies.entry(normalise_number(company));
            entry.or_insert_with(|| (safe::terminal(company).into_owned(), Sum::default())).1.add(sum);
        }
    }
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.n_rows += other.n_rows;
        self.amount += other.amount;
    }
}

/// A row of totals: no code, and a cell that says so.
fn is_total(cells: &Cells<'_>, code: &str) -> bool {
    let says_so = |cell: &str| {
        let lower = cell.to_lowercase();
        ["total", "jumlah", "grand total", "subtotal", "sub total"]
            .iter()
            .any(|word| lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
    };
    let is_code = !normalise_number(code).is_empty() && !says_so(code);
    !is_code && cells.iter().any(says_so)
}

/// Amounts and dates of a row that cannot be read.
fn unreadable(cells: &Cells<'_>, looked: &Looked, inspection: &mut Inspection) {
    for head in &looked.mapping.heads {
        let cell = cells.get(head.column);
        if matches!(cell, "" | "-") {
            continue;
        }
        let is_bad_amount = head.field.is_amount() && looked.dialects.number(head.column).read(cell).is_err();
        let is_month = cell.parse::<Period>().is_ok();
        let is_bad_date =
            head.field.is_date() && !is_month && looked.dialects.date(head.column).read(cell).is_err();
        let found = || Unreadable { row: cells.number(), column: head.heading.clone(), text: shown(cell) };
        if is_bad_amount {
            inspection.unreadable_amounts.push(found());
        }
        if is_bad_date {
            inspection.unreadable_dates.push(found());
        }
    }
}

/// Who a row is about: by account where it has one, else by name.
fn who(account: &str, name: &str) -> Option<Who> {
    let digits = normalise_number(account);
    if !digits.is_empty() {
        return Some(Who::Account(digits));
    }
    let name = safe::terminal(name).to_uppercase();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(Who::Name(name))
}

/// The holes of the series that these codes are in.
fn gaps<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<Gap> {
    // Prefixes are compared without blanks and hyphens, and shown as they were first written.
    let mut series: BTreeMap<String, (String, usize, Vec<u64>)> = BTreeMap::new();
    for code in codes {
        if let Some((prefix, number, width)) = running_number(code) {
            let entry =
                series.entry(normalise_number(&prefix)).or_insert_with(|| (prefix, width, Vec::new()));
            entry.1 = entry.1.max(width);
            entry.2.push(number);
        }
    }
    let stretches = |(prefix, width, mut numbers): (String, usize, Vec<u64>)| {
        numbers.sort_unstable();
        numbers.dedup();
        in_stretches(numbers).into_iter().map(move |numbers| (prefix.clone(), width, numbers))
    };
    let gap = |(prefix, width, numbers): (String, usize, Vec<u64>)| {
        let missing: Vec<(u64, u64)> = numbers
            .windows(2)
            .filter(|pair| pair[1] - pair[0] > 1)
            .map(|pair| (pair[0] + 1, pair[1] - 1))
            .collect();
        let n_missing: u64 = missing.iter().map(|(from, to)| to - from + 1).sum();
        let n_seen = u64::try_from(numbers.len()).unwrap_or(u64::MAX);
        // Numbers with more holes than members are no series of this desk.
        let is_series = numbers.len() >= N_SERIES && n_missing <= n_seen;
        let seen = (*numbers.first()?, *numbers.last()?);
        (is_series && n_missing > 0).then_some(Gap { prefix, seen, missing, n_missing, width })
    };
    series.into_values().flat_map(stretches).filter_map(gap).collect()
}

/// Cuts a series where more numbers are missing than stand before or behind: a number far off is a slip of the pen or
/// another stretch, and hides no gap of its neighbours.
fn in_stretches(numbers: Vec<u64>) -> Vec<Vec<u64>> {
    let n_all = u64::try_from(numbers.len()).unwrap_or(u64::MAX);
    let mut stretches: Vec<Vec<u64>> = Vec::new();
    for number in numbers {
        match stretches.last_mut() {
            Some(stretch) if stretch.last().is_some_and(|last| number - last <= n_all.max(2)) => {
                stretch.push(number);
            }
            _ => stretches.push(vec![number]),
        }
    }
    stretches
}

/// Prefix, running number and its width. Two check characters at the end, if they hold, are no part of it.
fn running_number(code: &str) -> Option<(String, u64, usize)> {
    let code = code.trim().to_uppercase();
    let body = match code.rsplit_once(['-', '/', '.', ' ']) {
        Some((body, check)) if check.chars().count() == 2 && check_holds(&code) => body.to_owned(),
        _ => code,
    };
    let n_digits = body.chars().rev().take_while(char::is_ascii_digit).count();
    if n_digits == 0 {
        return None;
    }
    let width = if n_digits > N_WHOLE_DIGITS { N_RUNNING_DIGITS } else { n_digits };
    let (prefix, number) = body.split_at(body.len() - width);
    Some((prefix.to_owned(), number.parse().ok()?, width))
}
