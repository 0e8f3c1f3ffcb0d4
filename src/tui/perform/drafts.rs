//! Half-typed forms on disk, and where the screen was left.

use std::fmt::Write;

use crate::desk::{Desk, current_actor};
use crate::store::StoreError;
use crate::tui::effect::{Answer, Draft};
use crate::tui::jobs::Trouble;

use super::Bench;

/// Keeps a draft.
pub fn save(bench: &Bench, draft: Draft) -> Result<Answer, Trouble> {
    write(&bench.desk, &draft).map_err(|error| bench.store_trouble(error))?;
    Ok(Answer::DraftKept { draft })
}

/// Forgets a draft.
pub fn drop_draft(bench: &Bench, form: String) -> Result<Answer, Trouble> {
    let uid = current_actor().uid;
    bench.desk.store().delete_draft(uid, &file_name(&form)).map_err(|error| bench.store_trouble(error))?;
    Ok(Answer::DraftDropped { form })
}

/// The draft of a form.
pub fn find(bench: &Bench, form: &str) -> Result<Answer, Trouble> {
    read(&bench.desk, form).map(Answer::DraftFound).map_err(|error| bench.store_trouble(error))
}

/// Writes a draft at once: also the last will of a screen whose line has dropped.
pub fn write(desk: &Desk, draft: &Draft) -> Result<(), StoreError> {
    desk.store().save_draft(current_actor().uid, &file_name(&draft.form), &text_of(draft))
}

/// Reads the draft of a form.
pub fn read(desk: &Desk, form: &str) -> Result<Option<Draft>, StoreError> {
    let name = file_name(form);
    let drafts = desk.store().load_drafts(current_actor().uid)?;
    let found = drafts.iter().find(|draft| draft.name == name).and_then(|draft| draft_of(&draft.text));
    Ok(found.filter(|draft| draft.form == form))
}

/// A form's name is for people, a file's name is letters, digits and hyphens; the sum keeps two names apart.
fn file_name(form: &str) -> String {
    let plain: String =
        form.chars().take(40).map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    if plain == form { plain } else { format!("{plain}-{:016x}", sum(form)) }
}

/// FNV-1a.
fn sum(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The form's name on the first line, then `field=value`, line ends and backslashes escaped.
fn text_of(draft: &Draft) -> String {
    let mut text = escaped(&draft.form);
    text.push('\n');
    for (name, value) in draft.values.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(text, "{name}={}", escaped(value)).expect("a string takes all text");
    }
    text
}

fn draft_of(text: &str) -> Option<Draft> {
    let mut lines = text.lines();
    let form = unescaped(lines.next()?);
    let values = lines
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.to_owned(), unescaped(value)))
        .collect();
    Some(Draft { form, values })
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        plain.push(match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            (letter, false) => letter,
        });
    }
    plain
}
