//! `santun cluster claims --consensus`: k-means and k-modes on the same claims, side by side.

use serde_json::json;

use crate::analysis::clustering::{Method, Request};
use crate::analysis::consensus::Meeting;
use crate::cli::args::{ClusterArgs, Format};
use crate::cli::ask;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::TwoWays;

/// Groups the claims both ways and shows where they agree.
pub fn run(
    session: &Session,
    args: &ClusterArgs,
    request: Request,
    out: &mut Output,
) -> Result<Exit, CliError> {
    let desk = session.desk_to_read()?;
    let filter = ask::filter(session, &args.filter, desk.today())?;
    let found = desk.two_ways(&filter, request)?;
    if args.format == Format::Json {
        out.json(&json!({
            "rows": found.consensus.rows,
            "left_out": found.consensus.left_out,
            "agreement": found.consensus.agreement,
            "agreed_rows": found.consensus.agreed_rows(),
            Method::KMeans.name(): { "k": found.course.k, "seed": found.course.seed },
            Method::KModes.name(): { "k": found.circumstances.k, "seed": found.circumstances.seed },
            "pairs": found.consensus.meetings.iter().map(pair).collect::<Vec<_>>(),
        }))?;
        return Ok(Exit::Done);
    }
    let words = &session.words;
    let mut list = List::new(TwoWays::headings(words)).right(2..5);
    found.rows(words).into_iter().for_each(|row| list.push(row));
    if args.format == Format::Table {
        for line in found.lines(words) {
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

fn pair(meeting: &Meeting) -> serde_json::Value {
    json!({
        "kmeans": meeting.first,
        "kmodes": meeting.second,
        "rows": meeting.rows,
        "expected": meeting.expected,
        "lift": meeting.lift(),
        "residual": meeting.residual,
        "chance": meeting.chance,
        "agreed": meeting.is_agreed(),
    })
}
