//! The calculation sheet as text of 80 columns.

use crate::base::calendar::Names;
use crate::base::safe;
use crate::domain::refusal::Refusal;
use crate::domain::rule::{Calculation, Quantity, Step};
use crate::report::calculation::{ByRule, CalculationSheet, SheetLine};
use crate::report::render::head::sample_mark;
use crate::report::render::page::{Page, Row};
use crate::words::{Value, Words};

/// Columns of the names at the head.
const HEAD_COLUMNS: usize = 22;

/// The calculation sheet of a claim.
pub fn calculation_text(sheet: &CalculationSheet, words: &Words) -> String {
    let mut page = Page::default();
    page.ends(&words.text("paper-agency"), &sheet.office);
    page.headline(&words.text("sheet-title"), &sample_mark(sheet.kind, words));
    let event = Names::of(words.lang().code()).long(sheet.event_date);
    let head = [
        ("sheet-claim", sheet.claim_no.clone()),
        ("paper-programme", sheet.programme.code().to_owned()),
        ("sheet-worker", sheet.worker.clone()),
        ("sheet-event", event),
    ];
    for (key, value) in head {
        let name = safe::fit(&words.text(key), HEAD_COLUMNS);
        page.entry(&format!("{name}: "), HEAD_COLUMNS + 2, &value);
    }
    if sheet.lines.is_empty() {
        page.gap();
        page.line(&words.text("report-nothing"));
    }
    for line in &sheet.lines {
        write_line(&mut page, line, words);
    }
    page.gap();
    let divisor = [("days", i64::from(sheet.stmb_divisor).into())];
    page.entry("-", 2, &words.format("sheet-divisor", &divisor));
    page.entry("-", 2, &words.text("sheet-no-replacement"));
    page.finish()
}

fn write_line(page: &mut Page, line: &SheetLine, words: &Words) {
    let names = Names::of(words.lang().code());
    let mut title = format!("{}. {}", line.no, words.text(&line.component.key()));
    if let Some(span) = line.span {
        title = format!("{title}, {} – {}", names.long(span.from), names.long(span.to));
    }
    page.title(&title);
    page.entry("", 0, &format!("{}: {}", words.text("paper-paid-to"), line.payee));
    let plain = |label: String, amount: String| Row { label, cells: vec![amount], ruled: false };
    let mut rows = Vec::new();
    if let ByRule::Sum(calculation) = &line.by_rule {
        rows.extend(calculation.steps.iter().map(|step| plain(sentence(step, words), step.amount.grouped())));
        let label = words.text("sheet-by-rule");
        rows.push(Row { label, cells: vec![calculation.amount.grouped()], ruled: true });
    }
    rows.push(plain(words.text("sheet-asked"), line.asked.grouped()));
    let determined = line.determined.map_or_else(|| "–".to_owned(), |amount| amount.grouped());
    rows.push(plain(words.text("sheet-determined"), determined));
    page.table(&[words.text("report-column-rupiah")], &rows);
    match &line.by_rule {
        ByRule::Sum(calculation) => write_rules(page, calculation, words),
        ByRule::NoSum => page.entry("", 0, &words.text("sheet-no-sum")),
        ByRule::Refused(refusal) => page.entry("! ", 2, &refused(refusal, words)),
    }
}

/// The rules a calculation rests on, and how sure each is.
fn write_rules(page: &mut Page, calculation: &Calculation, words: &Words) {
    for rule in &calculation.rules {
        let said = words.format(
            "sheet-rule",
            &[
                ("rule", words.text(&rule.key()).into()),
                ("source", rule.source_said(words).into()),
                ("mark", words.text(rule.mark.key()).into()),
            ],
        );
        page.entry(if rule.mark.is_verified() { "  " } else { "! " }, 2, &said);
    }
}

fn sentence(step: &Step, words: &Words) -> String {
    let args: Vec<(&str, Value)> = step.args.iter().map(|(name, value)| (*name, said(*value))).collect();
    words.format(step.key, &args)
}

fn said(quantity: Quantity) -> Value {
    quantity.to_string().into()
}

fn refused(refusal: &Refusal, words: &Words) -> String {
    let args: Vec<(&str, Value)> =
        refusal.args.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    words.format(&refusal.key(), &args)
}
