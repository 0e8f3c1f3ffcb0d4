//! `santun cluster … --group`: what one group is like, and its members, as the screen's page of a group.

use serde_json::json;

use crate::analysis::clustering::Clustering;
use crate::base::calendar::slashed;
use crate::cli::args::{ClusterArgs, Format, Subject};
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::cluster_text::{cluster_head, details};
use crate::domain::Npp;

/// Shows the group. `ids` names the rows that were grouped.
pub fn run(
    session: &Session,
    args: &ClusterArgs,
    found: &Clustering,
    ids: &[String],
    id: usize,
    out: &mut Output,
) -> Result<Exit, CliError> {
    let words = &session.words;
    let unknown = || session.usage("cli-group-unknown", &[("group", id.into()), ("k", found.k.into())]);
    let cluster = found.clusters.iter().find(|cluster| cluster.id == id).ok_or_else(unknown)?;
    let members = found.labels.iter().zip(ids).filter(|(label, _)| **label == id).map(|(_, member)| member);
    if args.format == Format::Json {
        let mut value = super::cluster::cluster_json(found.method, cluster, words);
        value["members"] = json!(members.collect::<Vec<_>>());
        out.json(&value)?;
        return Ok(Exit::Done);
    }
    if args.format == Format::Table {
        out.line(&cluster_head(cluster, words))?;
        for detail in details(found.method, cluster, words) {
            out.line(&detail)?;
        }
        out.line(&words.text("cluster-no-cause"))?;
        for note in &found.notes {
            out.line(&note.sentence(words))?;
        }
        out.line("")?;
    }
    let list = match args.subject {
        Some(Subject::Companies) => companies(session, members)?,
        _ => claims(session, members)?,
    };
    out.list(&list, args.format)?;
    Ok(Exit::Done)
}

fn claims<'a>(session: &Session, members: impl Iterator<Item = &'a String>) -> Result<List, CliError> {
    let desk = session.desk_to_read()?;
    let headings =
        ["claim", "event", "company", "outcome"].map(|key| session.words.text(&format!("cli-group-{key}")));
    let mut list = List::new(headings).whole([0]);
    for member in members {
        let claim = desk.find_claim(member)?;
        let outcome = claim.outcome().map_or_else(String::new, |outcome| session.words.text(&outcome.key()));
        let event = slashed(claim.basics.event_date);
        list.push(vec![member.clone(), event, claim.company_name().to_owned(), outcome]);
    }
    Ok(list)
}

fn companies<'a>(session: &Session, members: impl Iterator<Item = &'a String>) -> Result<List, CliError> {
    let desk = session.desk_to_read()?;
    let headings = ["npp", "company"].map(|key| session.words.text(&format!("cli-group-{key}")));
    let mut list = List::new(headings).whole([0]);
    for member in members {
        let known = match Npp::parse(member) {
            Ok(npp) => desk.view().company(&npp)?,
            Err(_) => None,
        };
        list.push(vec![member.clone(), known.map_or_else(String::new, |company| company.name.clone())]);
    }
    Ok(list)
}
