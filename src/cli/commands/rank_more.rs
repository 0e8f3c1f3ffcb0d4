//! `santun rank companies` with `--warnings`, `--profile` or `--apart`: whose claims rise, what marks those at the top,
//! and who has no headcount.

use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use crate::analysis::Ranking;
use crate::analysis::rates::{Lift, Rule, Trend, Warning};
use crate::cli::args::{Format, RankArgs};
use crate::cli::commands::rank::{list_that_fits, shown, which};
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::cluster_text::{feature_name, said_value, share};
use crate::desk::{Desk, TopProfile};
use crate::domain::Period;
use crate::words::{Words, decimal};

/// Columns of the rising ones that a narrow terminal does without: q, which the mark says, and the claims before.
const LEAST_WANTED: [usize; 2] = [6, 4];

/// Companies whose claims rise.
pub fn warnings(
    session: &Session,
    desk: &Desk,
    to: Period,
    args: &RankArgs,
    out: &mut Output,
) -> Result<Exit, CliError> {
    let (which, format) = (which(session, args)?, args.format);
    let (found, months, is_incomplete) = desk.rising_companies(to, which, &AtomicBool::new(false))?;
    let mut rising: Vec<&Trend> = found.iter().filter(|trend| trend.warning.is_some()).collect();
    rising.truncate(shown(args, rising.len()));
    if format == Format::Json {
        out.json(&rising.iter().map(|trend| trend_json(trend)).collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    let words = &session.words;
    let lang = words.lang();
    let keys = ["npp", "company", "recent", "expected", "before", "p", "q", "mark"];
    let headings = keys.map(|key| match format {
        Format::Csv => key.to_owned(),
        _ => words.text(&format!("rank-{key}")),
    });
    let mut list = List::new(headings).right(2..7).whole([0]).names([1]).spare(LEAST_WANTED);
    for trend in &rising {
        let number = |number: f64, decimals| match format {
            Format::Csv => number.to_string(),
            _ => decimal(number, decimals, lang),
        };
        list.push(vec![
            trend.spans.npp.clone(),
            trend.spans.company.clone(),
            trend.spans.recent.to_string(),
            number(trend.expected, 1),
            trend.spans.before.to_string(),
            number(trend.p, 4),
            number(trend.q, 3),
            match format {
                Format::Csv => mark(trend).to_owned(),
                _ => words.text(&format!("rank-mark-{}", mark(trend))),
            },
        ]);
    }
    if format == Format::Csv {
        out.list(&list, Format::Csv)?;
        return Ok(Exit::Done);
    }
    let head = [
        ("from", months.from.to_string().into()),
        ("to", months.to.to_string().into()),
        ("tested", found.len().into()),
    ];
    out.line(&session.say("rank-warn-head", &head))?;
    match rising.is_empty() {
        true => out.line(&words.text("rank-warn-none"))?,
        false => list_that_fits(session, &list, out)?,
    }
    if is_incomplete {
        out.line(&words.text("rank-incomplete"))?;
    }
    out.line(&words.text("levers-signal"))?;
    Ok(Exit::Done)
}

fn mark(trend: &Trend) -> &'static str {
    match trend.warning {
        Some(Warning::Sure) => "sure",
        Some(Warning::Watch) | None => "watch",
    }
}

fn trend_json(trend: &Trend) -> Value {
    json!({
        "npp": trend.spans.npp,
        "company": trend.spans.company,
        "recent": trend.spans.recent,
        "expected": trend.expected,
        "before": trend.spans.before,
        "p": trend.p,
        "q": trend.q,
        "mark": mark(trend),
    })
}

/// What marks the companies at the top.
pub fn profile(
    session: &Session,
    found: &TopProfile,
    format: Format,
    out: &mut Output,
) -> Result<Exit, CliError> {
    let words = &session.words;
    match format {
        Format::Json => out.json(&profile_json(found))?,
        Format::Csv => out.list(&profile_csv(found), Format::Csv)?,
        Format::Table => {
            let names: Vec<&str> = found.top.iter().map(|(_, name)| name.as_str()).collect();
            let head = [
                ("n", found.top.len().into()),
                ("claims", found.n_claims.0.into()),
                ("all", found.n_claims.1.into()),
                ("names", names.join(", ").into()),
            ];
            if found.top.is_empty() {
                out.line(&words.text("rank-profile-no-top"))?;
                return Ok(Exit::Done);
            }
            out.line(&session.say("rank-profile-head", &head))?;
            for (key, lifts) in
                [("rank-profile-companies", &found.companies), ("rank-profile-claims", &found.claims)]
            {
                out.line("")?;
                out.line(&words.text(key))?;
                if lifts.is_empty() {
                    out.line(&words.text("rank-profile-none"))?;
                } else {
                    out.list(&lift_list(lifts, words), Format::Table)?;
                }
            }
            out.line("")?;
            out.line(&words.text("rank-profile-rules"))?;
            for rule in &found.rules {
                out.line(&rule_sentence(rule, words))?;
            }
            if found.rules.is_empty() {
                out.line(&words.text("rank-profile-none"))?;
            }
            out.line("")?;
            out.line(&words.text("cluster-no-cause"))?;
        }
    }
    Ok(Exit::Done)
}

/// A column's name in the person's words.
fn column(name: &str, words: &Words) -> String {
    match name {
        "business_group" => words.text("rank-business-group"),
        "risk_group" => words.text("rank-risk-group"),
        "size" => words.text("rank-size"),
        _ => feature_name(name, words),
    }
}

fn lift_list(lifts: &[Lift], words: &Words) -> List {
    let headings = ["what", "value", "here", "all", "lift"].map(|key| words.text(&format!("rank-{key}")));
    let mut list = List::new(headings).right(2..5);
    for lift in lifts {
        list.push(vec![
            column(lift.column, words),
            said_value(lift.column, &lift.value, words),
            format!("{} ({})", lift.n_here, share(lift.share, words)),
            format!("{} ({})", lift.n_all, share(lift.share_all, words)),
            format!("×{}", decimal(lift.lift, 2, words.lang())),
        ]);
    }
    list
}

fn rule_sentence(rule: &Rule, words: &Words) -> String {
    let conditions: Vec<String> = rule
        .conditions
        .iter()
        .map(|(name, value)| format!("{} = {}", column(name, words), said_value(name, value, words)))
        .collect();
    let args = [
        ("conditions", conditions.join(&format!(" {} ", words.text("rank-and"))).into()),
        ("marked", rule.n_marked.into()),
        ("support", rule.support.into()),
        ("share", share(rule.share, words).into()),
        ("lift", decimal(rule.lift, 2, words.lang()).into()),
    ];
    words.format("rank-rule", &args)
}

fn profile_json(found: &TopProfile) -> Value {
    let lift = |lift: &Lift| {
        json!({
            "column": lift.column, "value": lift.value, "here": lift.n_here, "all": lift.n_all,
            "share": lift.share, "share_all": lift.share_all, "lift": lift.lift,
        })
    };
    let rule = |rule: &Rule| {
        json!({
            "conditions": rule.conditions.iter().map(|(column, value)| json!({ "column": column, "value": value })).collect::<Vec<_>>(),
            "support": rule.support, "marked": rule.n_marked, "share": rule.share, "lift": rule.lift,
        })
    };
    json!({
        "top": found.top.iter().map(|(npp, name)| json!({ "npp": npp, "company": name })).collect::<Vec<_>>(),
        "claims": found.n_claims.0,
        "all_claims": found.n_claims.1,
        "company_lifts": found.companies.iter().map(lift).collect::<Vec<_>>(),
        "claim_lifts": found.claims.iter().map(lift).collect::<Vec<_>>(),
        "rules": found.rules.iter().map(rule).collect::<Vec<_>>(),
    })
}

fn profile_csv(found: &TopProfile) -> List {
    let heads = ["kind", "what", "here", "all", "share", "lift"];
    let mut list = List::new(heads.map(str::to_owned));
    for (kind, lifts) in [("company", &found.companies), ("claim", &found.claims)] {
        for lift in lifts {
            list.push(vec![
                kind.to_owned(),
                format!("{} = {}", lift.column, lift.value),
                lift.n_here.to_string(),
                lift.n_all.to_string(),
                lift.share.to_string(),
                lift.lift.to_string(),
            ]);
        }
    }
    for rule in &found.rules {
        let conditions: Vec<String> =
            rule.conditions.iter().map(|(column, value)| format!("{column} = {value}")).collect();
        list.push(vec![
            "rule".to_owned(),
            conditions.join(" & "),
            rule.n_marked.to_string(),
            rule.support.to_string(),
            rule.share.to_string(),
            rule.lift.to_string(),
        ]);
    }
    list
}

/// Those without a headcount, who have no rate: by claims.
pub fn apart(
    session: &Session,
    ranking: &Ranking,
    args: &RankArgs,
    out: &mut Output,
) -> Result<Exit, CliError> {
    let (format, rows) = (args.format, &ranking.apart[..shown(args, ranking.apart.len())]);
    if format == Format::Json {
        let rows = rows.iter().map(|row| {
            json!({ "npp": row.npp, "company": row.company, "segment": row.segment, "claims": row.claims })
        });
        out.json(&rows.collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    let keys = ["npp", "company", "segment", "claims"];
    let headings = keys.map(|key| match format {
        Format::Csv => key.to_owned(),
        _ => session.words.text(&format!("rank-{key}")),
    });
    let mut list = List::new(headings).right(3..4).whole([0]).names([1]);
    for row in rows {
        let segment = row.segment.clone().unwrap_or_default();
        list.push(vec![row.npp.clone(), row.company.clone(), segment, row.claims.to_string()]);
    }
    if format == Format::Table {
        out.line(&session.words.text("rank-apart-head"))?;
    }
    out.list(&list, format)?;
    Ok(Exit::Done)
}
