//! The queue: bundles of determined lines that wait for a voucher, oldest completeness first.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::base::calendar::{days_between, slashed};
use crate::base::safe;
use crate::desk::{Bundle, Queue};
use crate::domain::query::fold;
use crate::domain::{Payee, Refusal, Rupiah};
use crate::store::{Head, StoreError};
use crate::tui::effect::{Answer, ListName};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::page::{Line, Page};
use crate::tui::perform::lists::{Listed, Wanted, near, places_in};
use crate::tui::perform::{Bench, ListAsk};
use crate::tui::table::{Cell, Order, Row};
use crate::tui::theme::Tone;
use crate::words::Value;

use super::payee_outside;

/// Claim numbers named in a row; the others are counted.
const MOST_NAMED: usize = 3;

/// The queue as it was read last, and as it is shown.
#[derive(Default)]
pub struct HeldQueue {
    /// What it was read from: as long as neither moves, it need not be read again.
    read_at: Option<(Head, Date)>,
    /// To be patched by what has changed since.
    queue: Option<Queue>,
    all: Vec<Arc<Bundle>>,
    shown: Vec<Arc<Bundle>>,
}

/// What names a bundle as long as it waits: programme and payee.
pub fn key_of(bundle: &Bundle) -> String {
    format!("{} {}", bundle.programme, bundle.payee.key())
}

fn keys_of(bundles: &[Arc<Bundle>]) -> Vec<String> {
    bundles.iter().map(|bundle| key_of(bundle)).collect()
}

/// Filters and sorts the queue.
pub fn list(bench: &Bench, ask: &ListAsk, context: &JobContext) -> Result<Answer, Trouble> {
    let mut shown = bundles(bench, context)?;
    let of = shown.len();
    let wanted: Vec<String> = fold(&ask.filter).split_whitespace().map(str::to_owned).collect();
    if !wanted.is_empty() {
        shown.retain(|bundle| {
            let text = fold(&searched(bench, bundle));
            wanted.iter().all(|word| text.contains(word))
        });
    }
    if let Some((column, order)) = &ask.sort {
        sort(&mut shown, column, *order);
    }
    context.check()?;
    let mut held = bench.vouchers.queue();
    let (before, now) = (keys_of(&held.shown), keys_of(&shown));
    let kept = ask.keep.as_ref().and_then(|key| now.iter().position(|other| other == key));
    let near = ask.keep.as_ref().and_then(|key| near(&before, &now, key));
    let answer = Answer::Listed {
        list: ListName::Queue,
        n_rows: count(shown.len()),
        of: count(of),
        kept: kept.map(count),
        near: near.map(count),
    };
    held.shown = shown;
    Ok(answer)
}

/// Some rows of the queue as it was listed.
pub fn window(bench: &Bench, from: u64, n_rows: u16) -> Result<Answer, Trouble> {
    let start = usize::try_from(from).unwrap_or(usize::MAX);
    let shown: Vec<Arc<Bundle>> =
        bench.vouchers.queue().shown.iter().skip(start).take(usize::from(n_rows)).cloned().collect();
    let today = bench.desk.today();
    let rows = shown.iter().map(|bundle| row(bench, bundle, today)).collect();
    Ok(Answer::Window { list: ListName::Queue, from, rows })
}

/// What the queue as it was listed adds up to, or those bundles of it.
pub fn total(bench: &Bench, keys: Option<&[String]>) -> Rupiah {
    let held = bench.vouchers.queue();
    match keys {
        None => held.shown.iter().map(|bundle| bundle.total).sum(),
        Some(keys) => {
            held.all.iter().filter(|bundle| keys.contains(&key_of(bundle))).map(|bundle| bundle.total).sum()
        }
    }
}

/// The bundles of these keys as they wait now, in the order of the queue; one that waits no more is refused. A key
/// `claim ` and a number means what waits of that claim, whoever is paid.
pub fn find(bench: &Bench, keys: &[String], context: &JobContext) -> Result<Vec<Arc<Bundle>>, Trouble> {
    let all = bundles(bench, context)?;
    let claims: Vec<&str> = keys.iter().filter_map(|key| key.strip_prefix("claim ")).collect();
    if !claims.is_empty() {
        let found: Vec<Arc<Bundle>> = all.iter().filter_map(|bundle| only(bundle, &claims)).collect();
        let none = Refusal::new("voucher-without-lines");
        return if found.is_empty() { Err(bench.refused(&none)) } else { Ok(found) };
    }
    let found: Vec<Arc<Bundle>> = all.into_iter().filter(|bundle| keys.contains(&key_of(bundle))).collect();
    if found.is_empty() || found.len() < keys.len() {
        return Err(bench.refused(&Refusal::new("voucher-without-lines")));
    }
    Ok(found)
}

/// The lines of a bundle that are of these claims.
fn only(bundle: &Bundle, claims: &[&str]) -> Option<Arc<Bundle>> {
    bundle.clone().only(|line| claims.contains(&line.claim_no.as_str())).map(Arc::new)
}

/// The bundle of this key as it was last shown: what a person looks at is what a code is written down for.
pub fn shown(bench: &Bench, key: &str) -> Result<Arc<Bundle>, Trouble> {
    let found = bench.vouchers.queue().shown.iter().find(|bundle| key_of(bundle) == key).cloned();
    found.ok_or_else(|| bench.refused(&Refusal::new("voucher-without-lines")))
}

/// The lines of a bundle; Enter on one leads to its claim.
pub fn page(bench: &Bench, key: &str) -> Result<Page, Trouble> {
    let found = find(bench, std::slice::from_ref(&key.to_owned()), &JobContext::alone())?;
    let bundle = &found[0];
    let today = bench.desk.today();
    let words = &bench.words;
    let mut lines = head(bench, bundle);
    lines.push(Line::section(&words.text("panes-work-bundle-lines")));
    for line in &bundle.lines {
        let component = words.text(&line.component.key());
        let (mark, tone) = line.due.map_or_else(Default::default, |due| due_mark(bench, due, today));
        let said = Line::text(&format!("{:<12} ", line.claim_no))
            .then_personal(&safe::fit(&line.worker, 20), Tone::Plain)
            .then(&format!(" {} {:>13}", safe::fit(&component, 14), line.amount.grouped()), Tone::Plain)
            .then(&format!("  {mark}"), tone);
        lines.push(said.leading_to(format!("claim {}", line.claim_no)));
    }
    let args = [("n", Value::from(bundle.lines.len())), ("amount", bundle.total.grouped().into())];
    let title = words.format("panes-work-bundle-title", &args);
    Ok(Page { title, lines })
}

/// Payee, account in full and sum: it is compared with the bank book digit by digit.
pub fn head(bench: &Bench, bundle: &Bundle) -> Vec<Line> {
    let words = &bench.words;
    let kind = words.text(&bundle.payee.kind.key());
    let name = format!("{} ({kind}, {})", bundle.payee.name, bundle.programme);
    vec![
        Line::default().then_personal(&name, Tone::Heading),
        account(bench, &bundle.payee),
        Line::toned(&sum_in_words(bench, bundle.total), Tone::Accent),
    ]
}

/// `18.000.000 · delapan belas juta rupiah`.
pub fn sum_in_words(bench: &Bench, amount: Rupiah) -> String {
    let said = crate::base::terbilang::in_words(bench.words.lang().code(), amount.get());
    format!("  {} ({said} rupiah)", amount.grouped())
}

fn account(bench: &Bench, payee: &Payee) -> Line {
    match &payee.account {
        Some(account) => {
            Line::default().then_personal(&format!("  {} {}", payee.bank, account.as_str()), Tone::Plain)
        }
        None => Line::toned(&format!("  {}", bench.words.text("panes-work-no-account")), Tone::Bad),
    }
}

/// The last day to pay in time among the lines.
pub fn due_of(bundle: &Bundle) -> Option<Date> {
    bundle.lines.iter().filter_map(|line| line.due).min()
}

/// How near the last day is, and how much that matters.
pub fn due_mark(bench: &Bench, due: Date, today: Date) -> (String, Tone) {
    let days = days_between(today, due);
    let args = [("n", Value::Int(days.abs()))];
    match days {
        ..=-1 => (bench.words.format("panes-work-late", &args), Tone::Bad),
        0 => (bench.words.text("panes-work-due-today"), Tone::Warn),
        1..=3 => (bench.words.format("panes-work-days-left", &args), Tone::Warn),
        _ => (bench.words.format("panes-work-days-left", &args), Tone::Dim),
    }
}

fn bundles(bench: &Bench, context: &JobContext) -> Result<Vec<Arc<Bundle>>, Trouble> {
    let read_at = (bench.desk.view().head(), bench.desk.today());
    let before = {
        let held = bench.vouchers.queue();
        if held.read_at.as_ref() == Some(&read_at) {
            return Ok(held.all.clone());
        }
        held.queue.clone()
    };
    let cancel = context.cancel_flag();
    let queue = match &before {
        Some(before) => bench.desk.queue_since(before, cancel),
        None => bench.desk.queue(cancel),
    };
    let queue = queue.map_err(|error| bench.trouble(error))?;
    context.check()?;
    let all = queue.bundles().to_vec();
    let mut held = bench.vouchers.queue();
    held.read_at = Some(read_at);
    held.all.clone_from(&all);
    held.queue = Some(queue);
    Ok(all)
}

fn searched(bench: &Bench, bundle: &Bundle) -> String {
    let mut text = format!("{} {} ", bundle.payee.name, bundle.programme);
    text.push_str(&bench.words.text(&bundle.payee.kind.key()));
    for line in &bundle.lines {
        text.push(' ');
        text.push_str(&line.claim_no);
        text.push(' ');
        text.push_str(&line.worker);
        text.push(' ');
        text.push_str(&bench.words.text(&line.component.key()));
    }
    text
}

fn sort(bundles: &mut [Arc<Bundle>], column: &str, order: Order) {
    let last = |date: Option<Date>| date.unwrap_or(Date::MAX);
    match column {
        "payee" => bundles.sort_by_key(|bundle| fold(&bundle.payee.name)),
        "total" => bundles.sort_by_key(|bundle| bundle.total),
        "lines" => bundles.sort_by_key(|bundle| bundle.lines.len()),
        "due" | "mark" => bundles.sort_by_key(|bundle| last(due_of(bundle))),
        "programme" => bundles.sort_by_key(|bundle| bundle.programme.code()),
        "account" => bundles.sort_by_key(|bundle| bundle.payee.account.clone()),
        "claims" => bundles.sort_by_key(|bundle| bundle.lines.first().map(|line| line.claim_no.clone())),
        _ => bundles.sort_by_key(|bundle| last(bundle.oldest())),
    }
    if order == Order::Descending {
        bundles.reverse();
    }
}

/// A row in the order of the pane's columns.
fn row(bench: &Bench, bundle: &Bundle, today: Date) -> Row {
    let due = due_of(bundle);
    let (mark, tone) = due.map_or_else(Default::default, |due| due_mark(bench, due, today));
    let account = bundle.payee.account.as_ref().map_or_else(
        || Cell::toned(&bench.words.text("panes-work-no-account-short"), Tone::Bad),
        |account| Cell::new(&safe::mask_tail(account.as_str(), 4)),
    );
    let mut claims: Vec<&str> = bundle.lines.iter().map(|line| line.claim_no.as_str()).collect();
    claims.dedup();
    let more = claims.len().saturating_sub(MOST_NAMED);
    let mut named = claims.into_iter().take(MOST_NAMED).collect::<Vec<_>>().join(" ");
    if more > 0 {
        named.push_str(&format!(" +{more}"));
    }
    let cells = vec![
        Cell::new(&bundle.payee.name),
        Cell::new(&bundle.total.grouped()),
        Cell::new(&bundle.lines.len().to_string()),
        Cell::new(&bundle.oldest().map_or_else(String::new, slashed)),
        Cell::toned(&due.map_or_else(String::new, slashed), tone),
        Cell::toned(&mark, tone),
        Cell::new(bundle.programme.code()),
        account,
        Cell::new(&named),
    ];
    Row { key: key_of(bundle), cells }
}

/// The queue as it was listed last.
pub struct Shown<'a> {
    bench: &'a Bench,
    all: Vec<Arc<Bundle>>,
    shown: Vec<Arc<Bundle>>,
}

impl<'a> Shown<'a> {
    /// As the bench holds it.
    pub fn of(bench: &'a Bench) -> Self {
        let held = bench.vouchers.queue();
        Shown { bench, all: held.all.clone(), shown: held.shown.clone() }
    }

    fn records(&self, wanted: &Wanted<'_>) -> Vec<Arc<Bundle>> {
        match wanted {
            Wanted::Range(range) => self.shown.get(range.clone()).unwrap_or_default().to_vec(),
            Wanted::Keys(keys) => {
                let found = |key: &String| self.all.iter().find(|bundle| key_of(bundle) == *key).cloned();
                keys.iter().filter_map(found).collect()
            }
        }
    }
}

impl Listed for Shown<'_> {
    fn n_rows(&self) -> usize {
        self.shown.len()
    }

    fn keys(&self, range: Range<usize>) -> Result<Vec<String>, StoreError> {
        Ok(keys_of(&self.records(&Wanted::Range(range))))
    }

    fn places(&self, keys: &[String]) -> Result<Vec<Option<usize>>, StoreError> {
        Ok(places_in(&keys_of(&self.shown), keys))
    }

    fn rows(&self, keys: &[String]) -> Result<Vec<Row>, StoreError> {
        let today = self.bench.desk.today();
        let row = |bundle: &Arc<Bundle>| {
            let mut bundle = Bundle::clone(bundle);
            let name = payee_outside(bundle.payee.kind, &bundle.payee.name);
            Arc::make_mut(&mut bundle.payee).name = name;
            row(self.bench, &bundle, today)
        };
        Ok(self.records(&Wanted::Keys(keys)).iter().map(row).collect())
    }

    fn heads(&self, columns: &[String]) -> Vec<String> {
        columns.iter().map(|id| if id == "mark" { "days_left".to_owned() } else { id.clone() }).collect()
    }

    fn cells(&self, wanted: &Wanted<'_>, columns: &[String]) -> Result<Vec<Vec<String>>, StoreError> {
        let today = self.bench.desk.today();
        let line = |bundle: &Arc<Bundle>| columns.iter().map(|id| written(bundle, id, today)).collect();
        Ok(self.records(wanted).iter().map(line).collect())
    }
}

/// A cell of a written queue.
fn written(bundle: &Bundle, column: &str, today: Date) -> String {
    let day = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    match column {
        "payee" => payee_outside(bundle.payee.kind, &bundle.payee.name),
        "total" => bundle.total.get().to_string(),
        "lines" => bundle.lines.len().to_string(),
        "complete" => day(bundle.oldest()),
        "due" => day(due_of(bundle)),
        "mark" => due_of(bundle).map_or_else(String::new, |due| days_between(today, due).to_string()),
        "programme" => bundle.programme.code().to_owned(),
        "account" => {
            bundle.payee.account.as_ref().map_or_else(String::new, |no| safe::mask_tail_ascii(no.as_str(), 4))
        }
        _ => {
            let mut claims: Vec<&str> = bundle.lines.iter().map(|line| line.claim_no.as_str()).collect();
            claims.dedup();
            claims.join(" ")
        }
    }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).expect("memory is smaller than 2^64")
}
