//! Closing a month, asking to open it again, and opening it as the second person: what it would do, and doing it.

use crate::desk::months::ClosePlan;
use crate::desk::sentence_of_refusal;
use crate::domain::decide::Passable;
use crate::domain::month::{MonthStanding, MonthStep, asked_to_reopen, standing};
use crate::domain::{Period, Refusal};
use crate::tui::cards::MonthCard;
use crate::tui::effect::{Answer, OrderSlip};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::page::{Line, Page};
use crate::tui::theme::Tone;
use crate::words::Value;

use super::Bench;

const CLOSE: &str = "month-close";
const ASK: &str = "month-ask";
const REOPEN: &str = "month-reopen";

/// What can be done to a month as it stands.
pub fn plan(bench: &Bench, period: &str, context: &JobContext) -> Result<Answer, Trouble> {
    let month = month_of(bench, period)?;
    let view = bench.desk.view();
    let card = match standing(view.office(), view.month_deeds(), month) {
        MonthStanding::Closed(_) => reopening(bench, month),
        MonthStanding::Open | MonthStanding::Before => {
            let plan = bench.desk.month_plan(month).map_err(|error| bench.trouble(error))?;
            context.check()?;
            closing(bench, &plan)
        }
    };
    Ok(Answer::MonthPlan(Box::new(card)))
}

/// What stands in the month and, numbered, what stands in the way.
fn closing(bench: &Bench, plan: &ClosePlan) -> MonthCard {
    let words = &bench.words;
    let period = plan.month.to_string();
    let args = [("period", period.as_str().into()), ("postings", plan.books.postings.to_string().into())];
    let mut lines = vec![Line::text(&words.format("months-page-books", &args))];
    for range in &plan.books.ranges {
        let args = [
            ("series", range.series.as_str().into()),
            ("first", range.first.to_string().into()),
            ("last", range.last.to_string().into()),
            ("n", Value::from(i64::from(range.count))),
        ];
        lines.push(Line::toned(&words.format("months-plan-series", &args), Tone::Dim));
    }
    for (place, hindrance) in (1..).zip(&plan.hindrances) {
        let said = sentence_of_refusal(&hindrance.refusal, words);
        let how = match hindrance.passable {
            Passable::No => "months-hindrance-first",
            Passable::WithNote => "months-page-explain",
        };
        lines.push(Line::toned(&format!("{place}. {said} {}", words.text(how)), Tone::Warn));
    }
    let stops = plan.hindrances.iter().any(|hindrance| hindrance.passable == Passable::No);
    let slip = (!stops).then(|| {
        lines.push(Line::text(&words.format("months-page-after", &args)));
        OrderSlip::new(CLOSE, vec![period.clone()]).with("digest", &plan.books.digest)
    });
    let question = plan.hindrances.first().filter(|_| slip.is_some()).map(|first| {
        let said = sentence_of_refusal(&first.refusal, words);
        format!("{said} {}", words.text("months-page-explain"))
    });
    let title = words.format("months-page-close", &[("period", period.as_str().into())]);
    MonthCard { period, page: Page { title, lines }, slip, question, yes: "months-yes-close".to_owned() }
}

/// A closed month: asked for by one person, opened by another.
fn reopening(bench: &Bench, month: Period) -> MonthCard {
    let words = &bench.words;
    let view = bench.desk.view();
    let period = month.to_string();
    let subjects = vec![period.clone()];
    let title = words.format("months-page-reopen", &[("period", period.as_str().into())]);
    let mut lines = vec![Line::text(&words.text("months-page-two-people"))];
    let asked = asked_to_reopen(view.month_deeds(), month);
    let is_last = month.plus(1) == view.office().first_open;
    let (slip, question, yes) = match asked {
        _ if !is_last => {
            let last = view.office().first_open.plus(-1);
            let refusal = Refusal::new("month-later-closed").with("period", month).with("last", last);
            lines.push(Line::toned(&sentence_of_refusal(&refusal, words), Tone::Warn));
            (None, None, "months-yes-ask")
        }
        None => {
            let question = words.text("months-page-why");
            (Some(OrderSlip::new(ASK, subjects)), Some(question), "months-yes-ask")
        }
        Some(asked) => {
            let reason = match &asked.step {
                MonthStep::ReopenAsked { reason } => reason.as_str(),
                MonthStep::Closed { .. } | MonthStep::Reopened => "",
            };
            let args = [("by", asked.by.as_str().into()), ("reason", reason.into())];
            lines.push(Line::text(&words.format("months-page-asked", &args)));
            if asked.who.is_same(bench.desk.who()) {
                let refusal = Refusal::new("month-two-people").with("period", month).with("by", &asked.by);
                lines.push(Line::toned(&sentence_of_refusal(&refusal, words), Tone::Warn));
                (None, None, "months-yes-reopen")
            } else {
                (Some(OrderSlip::new(REOPEN, subjects)), None, "months-yes-reopen")
            }
        }
    };
    MonthCard { period, page: Page { title, lines }, slip, question, yes: yes.to_owned() }
}

/// Does it as it was shown: a month whose books moved since is not closed.
pub fn commit(bench: &Bench, slip: OrderSlip) -> Result<Answer, Trouble> {
    let month = month_of(bench, slip.subjects.first().map_or("", String::as_str))?;
    let trouble = |error| bench.trouble(error);
    let period = Value::from(month.to_string());
    let text = match slip.what.as_str() {
        CLOSE => {
            let plan = bench.desk.month_plan(month).map_err(trouble)?;
            if plan.books.digest != slip.value("digest") {
                return Err(bench.refused(&Refusal::new("month-moved").with("period", month)));
            }
            bench.desk.close_month(&plan, slip.value("said")).map_err(trouble)?;
            let next = Value::from(month.plus(1).to_string());
            bench.words.format("months-closed", &[("period", period), ("next", next)])
        }
        ASK => {
            bench.desk.ask_reopening(month, slip.value("said")).map_err(trouble)?;
            bench.words.format("months-asked", &[("period", period)])
        }
        REOPEN => {
            bench.desk.reopen_month(month).map_err(trouble)?;
            bench.words.format("months-reopened", &[("period", period)])
        }
        other => return Err(bench.unknown(other)),
    };
    Ok(Answer::Committed { slip, codes: Vec::new(), text })
}

fn month_of(bench: &Bench, period: &str) -> Result<Period, Trouble> {
    period.parse().map_err(|_| bench.unknown("PlanMonth"))
}
