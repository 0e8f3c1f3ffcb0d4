//! Undo: the last actions as a page, what each way back will do, and doing it.

use crate::desk::sentence_of_refusal;
use crate::desk::undo::{Change, Deed, Standing, Steps, UndoPlan};
use crate::domain::Refusal;
use crate::tui::cards::{DeedCard, DeedsCard};
use crate::tui::effect::{Answer, OrderSlip, Seen};
use crate::tui::jobs::Trouble;
use crate::tui::page::{Line, Page};
use crate::tui::theme::Tone;
use crate::words::Value;

use super::Bench;

/// The command's name.
pub const WHAT: &str = "undo";

/// The value that says on which claim or voucher, as it is called before.
const ON: &str = "on";

/// What this person did last today.
pub fn deeds(bench: &Bench) -> Result<Answer, Trouble> {
    let words = &bench.words;
    let found = bench.desk.deeds(words).map_err(|error| bench.trouble(error))?;
    let lead = if found.deeds.is_empty() { "panes-undo-empty" } else { "panes-undo-lead" };
    let mut lines = vec![Line::toned(&words.text(lead), Tone::Dim), Line::default()];
    lines.extend(found.deeds.iter().map(|deed| line(bench, deed)));
    if let Some(at) = found.swallowed {
        let at = Value::from(format!("{:02}:{:02}", at.hour(), at.minute()));
        lines.push(Line::default());
        lines.push(Line::toned(&words.format("panes-undo-swallowed", &[("at", at)]), Tone::Dim));
    }
    let deeds = found.deeds.iter().map(|deed| card(bench, deed)).collect();
    let page = Page { title: words.text("panes-undo-title"), lines };
    Ok(Answer::Deeds(Box::new(DeedsCard { page, deeds })))
}

fn link(deed: &Deed) -> String {
    format!("deed {}", deed.seq)
}

/// One action: hour, what, on what, whose; what is done with it already is dim and said by a word.
fn line(bench: &Bench, deed: &Deed) -> Line {
    let words = &bench.words;
    let (tone, said) = match &deed.standing {
        Standing::Open(_) => (Tone::Plain, String::new()),
        Standing::Undone(at) => {
            let at = Value::from(format!("{:02}:{:02}", at.hour(), at.minute()));
            (Tone::Dim, words.format("panes-undo-undone", &[("at", at)]))
        }
        Standing::Stays(why) if why.code == "undo-later-first" => (Tone::Dim, words.text("panes-undo-later")),
        Standing::Stays(_) => (Tone::Dim, words.text("panes-undo-stays")),
    };
    let line = Line::toned(&format!("{}  ", deed.clock()), Tone::Dim).then(&deed.what, tone);
    let line = if said.is_empty() { line } else { line.then(&format!("{}{said}", bench.dot()), Tone::Warn) };
    let line = line.then(&format!("{}{} ", bench.dot(), deed.on), Tone::Dim);
    line.then_personal(&deed.whose, Tone::Dim).leading_to(link(deed))
}

fn card(bench: &Bench, deed: &Deed) -> DeedCard {
    let words = &bench.words;
    let way = match &deed.standing {
        Standing::Open(plan) => Ok((page(bench, deed, plan), slip(deed, plan))),
        Standing::Undone(at) => {
            let at = Value::from(format!("{:02}:{:02}", at.hour(), at.minute()));
            Err(words.format("panes-undo-undone-already", &[("at", at)]))
        }
        Standing::Stays(refusal) => Err(sentence_of_refusal(refusal, words)),
    };
    DeedCard { link: link(deed), way }
}

fn slip(deed: &Deed, plan: &UndoPlan) -> OrderSlip {
    let seen = match &plan.steps {
        Steps::Claim { revision, .. } => Seen::Claim(*revision),
        Steps::Voucher { seen, .. } => Seen::Voucher(*seen),
    };
    let slip = OrderSlip::new(WHAT, vec![deed.seq.to_string()]).seeing(seen).with(ON, &deed.on);
    OrderSlip { key: plan.key.as_str().to_owned(), ..slip }
}

/// What will happen, before it happens: each thing as it is and as it will be.
fn page(bench: &Bench, deed: &Deed, plan: &UndoPlan) -> Page {
    let words = &bench.words;
    let mut lines =
        vec![Line::toned(&format!("{} ", deed.on), Tone::Heading).then_personal(&deed.whose, Tone::Heading)];
    lines.extend(plan.changes.iter().map(|change| change_line(bench, change)));
    lines.extend(plan.notes.iter().map(|note| Line::toned(note, Tone::Warn)));
    let title = words.format("panes-undo-confirm-title", &[("what", deed.what.as_str().into())]);
    Page { title, lines }
}

fn change_line(bench: &Bench, change: &Change) -> Line {
    let arrow = format!(" {} ", bench.arrow());
    let line = Line::toned(&format!("{}: ", change.label), Tone::Dim);
    if change.is_personal {
        let line = line.then_personal(&change.from, Tone::Plain).then(&arrow, Tone::Dim);
        return line.then_personal(&change.to, Tone::Accent);
    }
    line.then(&change.from, Tone::Plain).then(&arrow, Tone::Dim).then(&change.to, Tone::Accent)
}

/// Takes it back as it was shown: the version that was seen is the version it is about.
pub fn commit(bench: &Bench, slip: OrderSlip) -> Result<Answer, Trouble> {
    let subject = slip.subjects.first().map_or("", String::as_str);
    let unknown = || bench.refused(&Refusal::new("undo-unknown").with("id", subject));
    let seq: u64 = subject.parse().map_err(|_| unknown())?;
    let deed = bench.desk.deed(seq, &bench.words).map_err(|error| bench.trouble(error))?;
    let mut plan = match &deed.standing {
        Standing::Open(plan) => (**plan).clone(),
        Standing::Stays(refusal) => return Err(bench.refused(refusal)),
        Standing::Undone(_) => return Err(bench.refused(&Refusal::new("nothing-changed"))),
    };
    plan.key = bench.key_of(&slip);
    match (&mut plan.steps, &*slip.seen) {
        (Steps::Claim { revision, .. }, Seen::Claim(seen)) => *revision = *seen,
        (Steps::Voucher { seen: known, .. }, Seen::Voucher(seen)) => *known = *seen,
        _ => return Err(unknown()),
    }
    bench.desk.undo(&plan).map_err(|error| bench.trouble(error))?;
    let args = [("what", deed.what.as_str().into()), ("on", deed.on.as_str().into())];
    let text = bench.words.format("panes-undo-done", &args);
    // A number that was amended goes back too: who shows the claim must know how it is called now.
    let codes = match &plan.steps {
        Steps::Claim { id, .. } => {
            let claim = bench.desk.view().claim(*id).map_err(|error| bench.store_trouble(error))?;
            claim.map(|claim| claim.basics.claim_no.as_str().to_owned().into()).into_iter().collect()
        }
        Steps::Voucher { .. } => Vec::new(),
    };
    Ok(Answer::Committed { slip, codes, text })
}
