//! `santun cluster claims --against FILTER`: groups of some claims, and how others fall into them.

use serde_json::json;

use crate::analysis::clustering::Request;
use crate::cli::args::{ClusterArgs, Format};
use crate::cli::ask;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{comparison_headings, comparison_lines, comparison_rows};

/// Groups the claims of one filter and puts those of the other beside them.
pub fn run(
    session: &Session,
    args: &ClusterArgs,
    against: &str,
    request: Request,
    out: &mut Output,
) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let here = ask::filter(session, &args.filter, desk.today())?;
    let there = ask::filter(session, against, desk.today())?;
    let found = desk.compare_claims(&here, &there, args.preset.as_deref(), request)?;
    if args.format == Format::Json {
        let group = |group: &crate::analysis::compare::Moved| {
            json!({
                "id": group.id,
                "here": group.here,
                "there": group.there,
                "difference": group.difference.share,
                "low": group.difference.low,
                "high": group.difference.high,
                "sure": group.is_sure(),
            })
        };
        out.json(&json!({
            "method": found.clustering.method.name(),
            "k": found.clustering.k,
            "seed": found.clustering.seed,
            "here": found.here,
            "there": found.there,
            "chi_square": found.test.map(|test| test.statistic),
            "freedom": found.test.map(|test| test.degrees),
            "p": found.test.map(|test| test.p),
            "groups": found.groups.iter().map(group).collect::<Vec<_>>(),
        }))?;
        return Ok(Exit::Done);
    }
    let words = &session.words;
    let mut list = List::new(comparison_headings(words)).right(1..6);
    comparison_rows(&found, words).into_iter().for_each(|row| list.push(row));
    if args.format == Format::Table {
        for line in comparison_lines(&found, words) {
            out.line(&line)?;
        }
        out.line("")?;
    }
    out.list(&list, args.format)?;
    if args.format == Format::Table {
        out.line(&words.text("cluster-no-cause"))?;
    }
    Ok(Exit::Done)
}
