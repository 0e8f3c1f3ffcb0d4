//! One command for each of many claims: first what it would do, claim by claim, by the same rules; then the commits, each
//! on its own and with a key of its own, so that the same command sent again does nothing twice.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::desk::DeskError;
use crate::domain::code::{Outcome, ReviewMark};
use crate::domain::command::TakeBack;
use crate::domain::{Claim, ClaimCommand};
use crate::store::IdempotencyKey;
use crate::tui::effect::{Answer, BulkDone, OrderSlip, Seen};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::page::{Line, Page};
use crate::tui::theme::Tone;
use crate::words::Value;

use super::{Bench, orders};

/// Claims named on the page; the others are counted.
const MOST_NAMED: usize = 60;
/// Claim numbers in a line of the page.
const IN_A_LINE: usize = 4;

/// What became of the last command for many claims. It is locked as long as one runs, so that whoever stopped it reads
/// what it had done by its end.
#[derive(Default)]
pub struct Held(Mutex<BulkDone>);

impl Held {
    fn lock(&self) -> MutexGuard<'_, BulkDone> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the command would do: to which claims, and why not to the others.
pub fn plan(bench: &Bench, slip: OrderSlip, context: &JobContext) -> Result<Answer, Trouble> {
    let (mut can, mut revisions, mut cannot) = (Vec::new(), Vec::new(), Vec::new());
    let n_subjects = count(slip.subjects.len());
    for (n, claim_no) in (0..).zip(&slip.subjects) {
        context.check()?;
        context.progress(n, n_subjects);
        match would(bench, &slip, claim_no)? {
            Would::Do(revision) => {
                can.push(claim_no.clone());
                revisions.push(revision);
            }
            Would::Not(why) => cannot.push((claim_no.clone(), why)),
        }
    }
    let page = page(bench, &slip, &can, &cannot);
    let key = bench.desk.new_key().as_str().to_owned();
    let slip = OrderSlip { subjects: can, key, ..slip }.seeing(Seen::Claims(revisions));
    Ok(Answer::BulkPlan { slip, page })
}

/// What a command would do with one claim.
enum Would {
    /// It can be given to the claim at this revision.
    Do(u32),
    /// It cannot.
    Not(String),
}

fn would(bench: &Bench, slip: &OrderSlip, claim_no: &str) -> Result<Would, Trouble> {
    let no = |error: DeskError| match error {
        DeskError::Refused(refusal) => match bench.refused(&refusal) {
            Trouble::Refused { text, .. } => Ok(Would::Not(text)),
            other => Err(other),
        },
        other => Err(bench.trouble(other)),
    };
    let claim = match bench.desk.find_claim(claim_no) {
        Ok(claim) => claim,
        Err(error) => return no(error),
    };
    let commands = orders::commands(bench, &claim, &of_one(slip, claim_no))?;
    if commands.iter().all(|command| is_so_already(&claim, command)) {
        return Ok(Would::Not(bench.words.text("filter-bulk-already")));
    }
    for command in &commands {
        if let Err(error) = bench.desk.preview(claim.id, command) {
            return no(error);
        }
    }
    Ok(Would::Do(claim.revision))
}

/// Whether the command would write down what stands there already: after a break the rest is done, not all again.
fn is_so_already(claim: &Claim, command: &ClaimCommand) -> bool {
    match command {
        ClaimCommand::Review { mark, note } => claim.review.as_ref().is_some_and(|review| {
            review.mark == *mark && review.note == *note && review.revision == claim.revision
        }),
        ClaimCommand::TakeBack(TakeBack::NoReview) => claim.review.is_none(),
        ClaimCommand::SetOutcome { outcome, date } => {
            claim.outcomes.last().is_some_and(|entry| entry.outcome == *outcome && entry.date == *date)
        }
        _ => false,
    }
}

/// The same command for one claim.
fn of_one(slip: &OrderSlip, claim_no: &str) -> OrderSlip {
    OrderSlip { subjects: vec![claim_no.to_owned()], ..slip.clone() }
}

/// Does it, claim after claim. Stopped between two claims, it says how far it came.
pub fn run(bench: &Bench, slip: &OrderSlip, context: &JobContext) -> Result<Answer, Trouble> {
    let mut held = bench.bulk.lock();
    *held = BulkDone { left: slip.subjects.clone(), ..BulkDone::default() };
    let revisions: &[u32] = match &*slip.seen {
        Seen::Claims(revisions) => revisions,
        _ => &[],
    };
    let n_subjects = count(slip.subjects.len());
    for (place, claim_no) in slip.subjects.iter().enumerate() {
        if context.is_cancelled() {
            break;
        }
        context.progress(count(place), n_subjects);
        match one(bench, slip, claim_no, revisions.get(place).copied()) {
            Ok(()) => held.done.push(claim_no.clone()),
            Err(Trouble::Refused { text, .. }) => held.refused.push((claim_no.clone(), text)),
            Err(Trouble::Failed { text } | Trouble::Crashed { text }) => {
                held.stopped = Some(text);
                break;
            }
            Err(Trouble::Cancelled) => break,
        }
        held.left.remove(0);
    }
    let n = Value::from(held.done.len());
    held.text = bench.words.format("filter-bulk-done", &[("n", n), ("what", what(bench, slip).into())]);
    Ok(Answer::BulkDone(held.clone()))
}

fn one(bench: &Bench, slip: &OrderSlip, claim_no: &str, seen: Option<u32>) -> Result<(), Trouble> {
    let claim = bench.desk.find_claim(claim_no).map_err(|error| bench.trouble(error))?;
    let commands = orders::commands(bench, &claim, &of_one(slip, claim_no))?;
    // The claim's id makes the page's key the key of this one commit.
    let key = IdempotencyKey::new(format!("{}:{}", slip.key, claim.id.get()));
    let key = key.unwrap_or_else(|| bench.desk.new_key());
    bench.desk.claim_all(&key, claim.id, seen, &commands).map_err(|error| bench.trouble(error))?;
    Ok(())
}

/// What the last one had done when it was stopped; waits for its last commit.
pub fn result(bench: &Bench) -> Answer {
    Answer::BulkDone(bench.bulk.lock().clone())
}

/// What the command does, in a few words: `kondisi sembuh pada 12/10/2026`.
fn what(bench: &Bench, slip: &OrderSlip) -> String {
    let words = &bench.words;
    let named = |key: Option<String>| Value::Text(key.map_or_else(String::new, |key| words.text(&key)));
    match slip.what.as_str() {
        "claim-outcome" => {
            let outcome = named(Outcome::parse(slip.value("outcome")).map(|outcome| outcome.key()));
            words.format("filter-bulk-outcome", &[("outcome", outcome), ("date", slip.value("date").into())])
        }
        _ if slip.value("mark").is_empty() => words.text("filter-bulk-no-review"),
        _ => {
            let mark = named(ReviewMark::parse(slip.value("mark")).map(|mark| mark.key()));
            words.format("filter-bulk-review", &[("mark", mark)])
        }
    }
}

fn page(bench: &Bench, slip: &OrderSlip, can: &[String], cannot: &[(String, String)]) -> Page {
    let words = &bench.words;
    let n = |n: usize| [("n", Value::from(n))];
    let mut lines = vec![Line::toned(&what(bench, slip), Tone::Accent)];
    if !slip.value("note").is_empty() {
        lines.push(Line::text(slip.value("note")));
    }
    lines.push(Line::section(&words.format("filter-bulk-will", &n(can.len()))));
    let named = can.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>();
    lines.extend(named.chunks(IN_A_LINE).map(|few| Line::text(&few.join("  "))));
    if can.len() > MOST_NAMED {
        lines.push(Line::toned(&words.format("filter-bulk-more", &n(can.len() - MOST_NAMED)), Tone::Dim));
    }
    if !cannot.is_empty() {
        lines.push(Line::section(&words.format("filter-bulk-not", &n(cannot.len()))));
        let reason =
            |(claim_no, why): &(String, String)| Line::toned(&format!("{claim_no}  {why}"), Tone::Warn);
        lines.extend(cannot.iter().take(MOST_NAMED).map(reason));
        if cannot.len() > MOST_NAMED {
            let more = words.format("filter-bulk-more", &n(cannot.len() - MOST_NAMED));
            lines.push(Line::toned(&more, Tone::Dim));
        }
    }
    let args = [("n", Value::from(can.len())), ("of", Value::from(can.len() + cannot.len()))];
    Page { title: words.format("filter-bulk-title", &args), lines }
}

fn count(n: usize) -> u64 {
    u64::try_from(n).expect("memory is smaller than 2^64")
}
