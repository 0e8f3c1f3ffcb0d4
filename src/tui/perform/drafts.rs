//! Half-typed forms on disk, and where the screen was left.
//!
//! Each form that is open has a draft of its own, named after the form, the sitting (this terminal's time with the
//! store) and a number. So two terminals of one person never write one file, and a new form never writes over a draft
//! that was left. Where the screen was left is one note for all of a person's terminals: the last one counts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::sync::{Mutex, PoisonError};

use crate::base::calendar::slashed;
use crate::desk::current_actor;
use crate::desk::drafts::KeptForm;
use crate::store::{Sitting, StoreError};
use crate::tui::effect::{Answer, Draft, LeftDraft};
use crate::tui::jobs::Trouble;
use crate::tui::list::is_screen_draft;

use super::Bench;

/// What this terminal keeps.
#[derive(Debug, Default)]
pub struct Shelf {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// It begins with the first draft, so that who only looks writes nothing.
    sitting: Option<Sitting>,
    n_begun: u32,
    /// The drafts of the forms that are open: form and name on disk.
    open: BTreeMap<String, String>,
}

impl Kept {
    fn name_of(&mut self, bench: &Bench, form: &str) -> Result<String, StoreError> {
        if let Some(name) = self.open.get(form) {
            return Ok(name.clone());
        }
        if self.sitting.is_none() {
            let key: String = bench.desk.new_key().as_str().replace('-', "");
            // The key's end is chance, its beginning the time.
            let name = &key[key.len().saturating_sub(12)..];
            self.sitting = Some(bench.desk.store().begin_sitting(current_actor().uid, name)?);
        }
        let sitting = self.sitting.as_ref().map_or("", Sitting::name);
        self.n_begun += 1;
        let name = format!("{}_{sitting}_{:04}", plain(form), self.n_begun);
        self.open.insert(form.to_owned(), name.clone());
        Ok(name)
    }
}

impl Shelf {
    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps the draft of a form that is open.
pub fn save(bench: &Bench, draft: Draft) -> Result<Answer, Trouble> {
    write(bench, &draft).map_err(|error| not_kept(bench, error))?;
    Ok(Answer::DraftKept { draft })
}

/// On a full disk the person is told where the typing is, and what to do.
fn not_kept(bench: &Bench, error: StoreError) -> Trouble {
    match &error {
        StoreError::Io { source, .. }
            if matches!(source.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) =>
        {
            Trouble::Failed { text: bench.words.text("tui-draft-disk-full") }
        }
        _ => bench.store_trouble(error),
    }
}

/// Keeps the draft of a form that is left: from now on nothing writes over it.
pub fn leave(bench: &Bench, draft: Draft) -> Result<Answer, Trouble> {
    let answer = save(bench, draft)?;
    if let Answer::DraftKept { draft } = &answer {
        bench.drafts.lock().open.remove(&draft.form);
    }
    Ok(answer)
}

/// Forgets the draft of the form that is open here; those that were left stay.
pub fn drop_draft(bench: &Bench, form: String) -> Result<Answer, Trouble> {
    match bench.drafts.lock().open.remove(&form) {
        Some(name) => discard(bench, form, &name),
        None => Ok(Answer::DraftDropped { form }),
    }
}

/// Throws a draft away.
pub fn discard(bench: &Bench, form: String, id: &str) -> Result<Answer, Trouble> {
    let thrown = bench.desk.store().delete_draft(current_actor().uid, id);
    thrown.map_err(|error| bench.store_trouble(error))?;
    Ok(Answer::DraftDropped { form })
}

/// A draft goes on in the form that is open here: kept under its new name first, then the old name goes.
pub fn take(bench: &Bench, id: &str, draft: Draft) -> Result<Answer, Trouble> {
    let answer = save(bench, draft)?;
    let thrown = bench.desk.store().delete_draft(current_actor().uid, id);
    thrown.map_err(|error| bench.store_trouble(error))?;
    Ok(answer)
}

/// The forms of which a draft was left, in words: `klaim baru`, `perbaikan K26-000105`.
pub fn all_left(bench: &Bench) -> Result<Answer, Trouble> {
    let left = bench.desk.left_forms().map_err(|error| bench.trouble(error))?;
    let mut names: Vec<String> = Vec::new();
    for draft in left {
        let (what, subject) = draft.kept.form.split_once(' ').unwrap_or((&draft.kept.form, ""));
        let key = format!("forms-left-{what}");
        let what = if bench.words.has(&key) { bench.words.text(&key) } else { what.to_owned() };
        let name = format!("{what} {subject}").trim_end().to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(Answer::DraftsWait(names))
}

/// The drafts of a form that were left: not those being typed, at whatever terminal.
pub fn find(bench: &Bench, form: String) -> Result<Answer, Trouble> {
    let drafts = left(bench, &form).map_err(|error| bench.store_trouble(error))?;
    Ok(Answer::DraftsFound { form, drafts })
}

fn left(bench: &Bench, form: &str) -> Result<Vec<LeftDraft>, StoreError> {
    let uid = current_actor().uid;
    let all = bench.desk.store().load_drafts(uid)?;
    let mut found: Vec<_> = all
        .into_iter()
        .filter_map(|kept| draft_of(&kept.text).map(|(draft, at)| (kept, draft, at)))
        .filter(|(_, draft, _)| draft.form == form)
        .collect();
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let (own, open) = {
        let kept = bench.drafts.lock();
        let own = kept.sitting.as_ref().map(|sitting| sitting.name().to_owned());
        (own, kept.open.values().cloned().collect::<BTreeSet<_>>())
    };
    let live = bench.desk.store().live_sittings(uid)?;
    found.retain(|(kept, _, _)| {
        let sitting = kept.name.rsplit('_').nth(1).unwrap_or_default();
        let is_elsewhere = own.as_deref() != Some(sitting) && live.contains(sitting);
        !is_elsewhere && !open.contains(&kept.name)
    });
    found.sort_by_key(|(kept, _, _)| Reverse((kept.modified_unix, kept.name.clone())));
    let drafts = found.into_iter().map(|(kept, draft, left_at)| LeftDraft { id: kept.name, left_at, draft });
    Ok(drafts.collect())
}

/// Writes a draft at once: also the last will of a screen whose line has dropped.
pub fn write(bench: &Bench, draft: &Draft) -> Result<(), StoreError> {
    let name = match draft.form.as_str() {
        form if is_screen_draft(form) => form.to_owned(),
        form => bench.drafts.lock().name_of(bench, form)?,
    };
    let now = bench.desk.clock().now(bench.desk.office().zone);
    let at = format!("{} {:02}.{:02}", slashed(now.date()), now.hour(), now.minute());
    bench.desk.store().save_draft(current_actor().uid, &name, &text_of(draft, &at))
}

/// The terminal is left: what was typed in it may be offered elsewhere.
pub fn end(bench: &Bench) {
    let mut kept = bench.drafts.lock();
    kept.open.clear();
    kept.sitting = None;
}

/// Where the screen was left: how each list stood.
pub fn read_screen(bench: &Bench) -> Result<Vec<Draft>, StoreError> {
    let drafts = bench.desk.store().load_drafts(current_actor().uid)?;
    let kept = drafts.iter().filter(|draft| is_screen_draft(&draft.name));
    Ok(kept.filter_map(|draft| draft_of(&draft.text)).map(|(draft, _)| draft).collect())
}

/// A form's name is for people, a file's name is letters, digits and hyphens.
fn plain(form: &str) -> String {
    form.chars().take(32).map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

fn text_of(draft: &Draft, at: &str) -> String {
    let Draft { form, values, stood, seen } = draft.clone();
    KeptForm { form, at: at.to_owned(), values, stood, seen }.to_text()
}

/// A draft and when it was kept.
fn draft_of(text: &str) -> Option<(Draft, String)> {
    let KeptForm { form, at, values, stood, seen } = KeptForm::from_text(text)?;
    Some((Draft { form, values, stood, seen }, at))
}
