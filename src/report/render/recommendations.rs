//! The page of recommendations as text of 80 columns, HTML with its picture, CSV and JSON.

use askama::Template;
use serde_json::{Value, json};

use crate::base::calendar::{Names, iso, slashed};
use crate::base::safe;
use crate::report::recommendations::{Evidence, Recommendation, Recommendations, Who};
use crate::report::render::chart::{Size, chart_svg};
use crate::report::render::csv::Table;
use crate::report::render::head::sample_mark;
use crate::report::render::json::to_json;
use crate::report::render::page::{Page, Row};
use crate::words::Words;

/// The lines above the findings: office, span, what was looked at, how to read it.
fn head(page: &Recommendations, words: &Words) -> Vec<String> {
    let office = [
        ("code", safe::terminal(&page.office.code).into()),
        ("name", safe::terminal(&page.office.name).into()),
    ];
    let names = Names::of(words.lang().code());
    let seen = [
        ("from", slashed(page.from).into()),
        ("to", slashed(page.to).into()),
        ("today", names.long(page.as_of).into()),
        ("cases", page.n_cases.into()),
        ("events", page.n_events.into()),
    ];
    vec![
        words.format("report-office", &office),
        words.format("levers-head", &seen),
        words.text("levers-signal"),
        words.text("recommend-overlap"),
        words.text("levers-months"),
    ]
}

/// A finding's sentences: what, by which rule, on what it rests, what cannot be told, what to do.
fn sentences(item: &Recommendation, words: &Words) -> Vec<String> {
    let mut said =
        vec![item.finding(words), words.format("levers-rule", &[("rule", item.rule(words).into())])];
    said.extend(item.basis(words));
    if item.untold > 0 {
        said.push(words.format("levers-untold", &[("untold", item.untold.into())]));
    }
    said.push(words.format("levers-advice", &[("advice", item.advice(words).into())]));
    said
}

fn shown(item: &Recommendation, words: &Words) -> Option<String> {
    let shown = u64::try_from(item.cases.len()).unwrap_or(u64::MAX);
    let args = [("shown", shown.into()), ("cases", item.n_cases.into()), ("code", item.code.into())];
    (shown < item.n_cases).then(|| words.format("recommend-shown", &args))
}

/// As text of 80 columns.
pub fn recommendations_text(page: &Recommendations, words: &Words) -> String {
    let mut out = Page::default();
    out.headline(&words.text("recommend-title"), &sample_mark(page.office.kind, words));
    head(page, words).iter().for_each(|line| out.entry("", 0, line));
    if page.items.is_empty() {
        out.gap();
        out.line(&words.text("levers-nothing"));
    } else {
        out.title(&words.text("recommend-summary"));
        let rows: Vec<Row> = page
            .items
            .iter()
            .map(|item| row(item.title(words), vec![item.n_cases.to_string(), item.amount.grouped()]))
            .collect();
        out.table(&[words.text("levers-cases"), words.text("levers-amount")], &rows);
    }
    for item in &page.items {
        out.title(&item.title(words));
        sentences(item, words).iter().for_each(|line| out.entry("- ", 2, line));
        if !item.who.is_empty() {
            out.gap();
            let heads = [words.text("levers-cases"), item.index_head(words), words.text("levers-amount")];
            let rows: Vec<Row> = item
                .who
                .iter()
                .map(|who| {
                    row(name_of(who), vec![who.cases_said(), who.index_said(words), who.amount.grouped()])
                })
                .collect();
            out.table(&heads, &rows);
        }
        if !item.cases.is_empty() {
            out.gap();
            let heads = [words.text("levers-event"), item.measure(words), words.text("levers-amount")];
            let rows: Vec<Row> = item
                .cases
                .iter()
                .map(|case| {
                    let cells = vec![slashed(case.event), case.measure.to_string(), case.amount.grouped()];
                    row(format!("{}  {}", case.claim_no, place_of(case)), cells)
                })
                .collect();
            out.table(&heads, &rows);
        }
        if let Some(line) = shown(item, words) {
            out.entry("", 0, &line);
        }
    }
    out.finish()
}

fn row(label: String, cells: Vec<String>) -> Row {
    Row { label, cells, ruled: false }
}

/// Name and number, where they are two things.
fn name_of(who: &Who) -> String {
    match (who.name.is_empty(), who.key == who.name) {
        (true, _) => who.key.clone(),
        (false, true) => who.name.clone(),
        (false, false) => format!("{} ({})", who.name, who.key),
    }
}

/// Where it happened, or where it was treated.
fn place_of(case: &Evidence) -> &str {
    if case.company.is_empty() { &case.facility } else { &case.company }
}

#[derive(Template)]
#[template(path = "recommendations.html")]
struct RecommendPage {
    lang: &'static str,
    title: String,
    marks: Vec<String>,
    lines: Vec<String>,
    picture: String,
    nothing: String,
    heads: Vec<String>,
    items: Vec<HtmlItem>,
}

struct HtmlItem {
    code: &'static str,
    title: String,
    n_cases: String,
    amount: String,
    sentences: Vec<String>,
    who_heads: Vec<String>,
    who: Vec<Vec<String>>,
    case_heads: Vec<String>,
    cases: Vec<Vec<String>>,
    shown: String,
}

/// As one HTML file that prints on A4, with its picture inside and nothing fetched.
pub fn recommendations_html(page: &Recommendations, words: &Words) -> String {
    let n_bars = u32::try_from(page.items.len()).unwrap_or(0);
    let size = Size { width: 680, height: 90 + 24 * n_bars };
    let picture = page.chart(words).map_or_else(String::new, |chart| chart_svg(&chart, size, words));
    let made = RecommendPage {
        lang: words.lang().code(),
        title: words.text("recommend-title"),
        marks: sample_mark(page.office.kind, words),
        lines: head(page, words),
        picture,
        nothing: if page.items.is_empty() { words.text("levers-nothing") } else { String::new() },
        heads: ["what", "cases", "amount"].map(|key| words.text(&format!("levers-{key}"))).to_vec(),
        items: page.items.iter().map(|item| html_item(item, words)).collect(),
    };
    let mut html = made.render().expect("a template writes to memory");
    html.push('\n');
    html
}

fn html_item(item: &Recommendation, words: &Words) -> HtmlItem {
    let text = |text: &str| safe::terminal(text).into_owned();
    let who = item
        .who
        .iter()
        .map(|who| vec![text(&name_of(who)), who.cases_said(), who.index_said(words), who.amount.grouped()]);
    let cases = item.cases.iter().map(|case| {
        vec![
            text(&case.claim_no),
            slashed(case.event),
            text(&case.company),
            text(&case.facility),
            case.measure.to_string(),
            case.amount.grouped(),
        ]
    });
    let head = |key: &str| words.text(&format!("levers-{key}"));
    HtmlItem {
        code: item.code,
        title: item.title(words),
        n_cases: item.n_cases.to_string(),
        amount: item.amount.grouped(),
        sentences: sentences(item, words),
        who_heads: vec![head("who"), head("cases"), item.index_head(words), head("amount")],
        who: who.collect(),
        case_heads: vec![
            head("claim"),
            head("event"),
            head("company"),
            head("facility"),
            item.measure(words),
            head("amount"),
        ],
        cases: cases.collect(),
        shown: shown(item, words).unwrap_or_default(),
    }
}

/// For spreadsheets: a row a finding, then a row a company or facility, then a row a case, told apart by the first column.
pub fn recommendations_csv(page: &Recommendations) -> String {
    let mut table = Table::default();
    let (from, to, as_of) = (iso(page.from), iso(page.to), iso(page.as_of));
    table.row(["recommendations", &page.office.code, &page.office.name, &from, &to, &as_of]);
    for item in &page.items {
        let amount = item.amount.get().to_string();
        table.row(["finding", item.code, &item.n_cases.to_string(), &amount, &item.untold.to_string()]);
        for who in &item.who {
            let number = |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
            let cells =
                [who.n_cases.to_string(), number(who.index), number(who.low), who.amount.get().to_string()];
            let cells = cells.iter().map(String::as_str);
            table.row(["who", item.code, &who.key, &who.name].into_iter().chain(cells));
        }
        for case in &item.cases {
            let cells = [iso(case.event), case.measure.to_string(), case.amount.get().to_string()];
            let names =
                [case.claim_no.as_str(), &cells[0], &case.company, &case.facility, &cells[1], &cells[2]];
            table.row(["case", item.code].into_iter().chain(names));
        }
    }
    table.finish()
}

/// JSON of a stable shape.
pub fn recommendations_json(page: &Recommendations) -> String {
    to_json(&json!({
        "office": { "code": page.office.code, "name": page.office.name },
        "from": iso(page.from),
        "to": iso(page.to),
        "as_of": iso(page.as_of),
        "cases": page.n_cases,
        "events": page.n_events,
        "findings": page.items.iter().map(item_json).collect::<Vec<_>>(),
    }))
}

fn item_json(item: &Recommendation) -> Value {
    let who = item.who.iter().map(|who| {
        json!({
            "key": who.key, "name": who.name, "cases": who.n_cases, "of": who.of,
            "index": who.index, "low": who.low, "rupiah": who.amount.get(),
        })
    });
    let cases = item.cases.iter().map(|case| {
        json!({
            "claim_no": case.claim_no, "event_date": iso(case.event), "company": case.company,
            "facility": case.facility, "measure": case.measure, "rupiah": case.amount.get(),
        })
    });
    let rules = item.rules.iter().map(|used| {
        json!({
            "id": used.id, "from": iso(used.from), "source": used.source, "verified": used.mark.is_verified(),
        })
    });
    json!({
        "finding": item.code,
        "cases": item.n_cases,
        "rupiah": item.amount.get(),
        "cannot_tell": item.untold,
        "rules": rules.collect::<Vec<_>>(),
        "who": who.collect::<Vec<_>>(),
        "evidence": cases.collect::<Vec<_>>(),
    })
}
