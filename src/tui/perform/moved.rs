//! What has become of a claim since a form about it was opened.

use crate::base::calendar::slashed;
use crate::desk::ClaimChange;
use crate::tui::effect::{Answer, Change};
use crate::tui::jobs::Trouble;

use super::Bench;
use super::card::card;

/// The claim as it is now and what was done to it, if it no longer stands as it was seen.
pub fn moved(bench: &Bench, form: String, claim_no: &str, seen: u32) -> Result<Answer, Trouble> {
    let claim = bench.desk.find_claim(claim_no).map_err(|error| bench.trouble(error))?;
    let n_changes = usize::try_from(claim.revision.saturating_sub(seen)).unwrap_or(usize::MAX);
    if n_changes == 0 {
        return Ok(Answer::Moved { form, card: None, changes: Vec::new() });
    }
    let card = match card(bench, claim_no)? {
        Answer::Claim(card) => Some(card),
        _ => None,
    };
    // Who it was is worth knowing; what was changed is seen without it.
    let changes = bench.desk.last_changes(claim.id, n_changes).unwrap_or_default();
    let changes = changes.into_iter().map(|change| said(bench, change)).collect();
    Ok(Answer::Moved { form, card, changes })
}

fn said(bench: &Bench, change: ClaimChange) -> Change {
    let at = change.at.civil();
    let op = change.op.replace(['.', '_'], "-");
    let key = format!("forms-did-{op}");
    let what = if bench.words.has(&key) { bench.words.text(&key) } else { change.op };
    Change { at: format!("{} {:02}.{:02}", slashed(at.date()), at.hour(), at.minute()), by: change.by, what }
}
