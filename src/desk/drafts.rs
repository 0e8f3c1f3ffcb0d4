//! Half-typed forms as they lie on disk: the text of a draft, and those of this person that were left behind.

use std::cmp::Reverse;

use crate::desk::Desk;
use crate::desk::actor;
use crate::desk::error::DeskError;
use crate::desk::kept::is_filter;

/// What a draft holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptForm {
    /// Which form.
    pub form: String,
    /// When it was kept, as people write it.
    pub at: String,
    /// The fields that hold something, by name.
    pub values: Vec<(String, String)>,
    /// The fields that were typed over, as they stood before.
    pub stood: Vec<(String, String)>,
    /// The revision of the record that was seen; none for a form about nothing that was there.
    pub seen: Option<u32>,
}

/// A draft that was left behind: nobody is typing in it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftForm {
    /// Its name on disk.
    pub id: String,
    /// What it holds.
    pub kept: KeptForm,
}

impl KeptForm {
    /// The form's name on the first line, when on the second behind `@`, the revision that was seen behind `#`,
    /// `field=value`, and `~field=value` for what stood there before it was typed over; line ends and backslashes escaped.
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n@{}\n", escaped(&self.form), self.at);
        for (name, value) in self.values.iter().filter(|(_, value)| !value.is_empty()) {
            text.push_str(&format!("{name}={}\n", escaped(value)));
        }
        if let Some(seen) = self.seen {
            text.push_str(&format!("#{seen}\n"));
        }
        for (name, value) in &self.stood {
            text.push_str(&format!("~{name}={}\n", escaped(value)));
        }
        text
    }

    /// Reads the text again.
    pub fn from_text(text: &str) -> Option<KeptForm> {
        let mut lines = text.lines();
        let form = unescaped(lines.next()?);
        let mut kept = KeptForm { form, ..KeptForm::default() };
        for line in lines {
            if let Some(kept_at) = line.strip_prefix('@') {
                kept_at.clone_into(&mut kept.at);
            } else if let Some(seen) = line.strip_prefix('#') {
                kept.seen = seen.parse().ok();
            } else if let Some((name, value)) = line.split_once('=') {
                match name.strip_prefix('~') {
                    Some(name) => kept.stood.push((name.to_owned(), unescaped(value))),
                    None => kept.values.push((name.to_owned(), unescaped(value))),
                }
            }
        }
        // A field that was emptied has no line of its own.
        let is_there = |name: &String| kept.values.iter().any(|(known, _)| known == name);
        let stood = kept.stood.iter().map(|(name, _)| name);
        let emptied: Vec<String> = stood.filter(|name| !is_there(name)).cloned().collect();
        kept.values.extend(emptied.into_iter().map(|name| (name, String::new())));
        Some(kept)
    }
}

impl Desk {
    /// The drafts of this person that nobody is typing in, newest first. What says where the screen was left is no form,
    /// nor is a filter kept by name.
    pub fn left_forms(&self) -> Result<Vec<LeftForm>, DeskError> {
        let uid = actor::current().uid;
        let live = self.store().live_sittings(uid)?;
        let mut drafts = self.store().load_drafts(uid)?;
        drafts.retain(|draft| !is_filter(&draft.name));
        // A form's draft is named after form, sitting and number.
        drafts.retain(|draft| draft.name.rsplit('_').nth(1).is_some_and(|sitting| !live.contains(sitting)));
        drafts.sort_by_key(|draft| Reverse((draft.modified_unix, draft.name.clone())));
        let form = |draft: crate::store::Draft| {
            KeptForm::from_text(&draft.text).map(|kept| LeftForm { id: draft.name, kept })
        };
        Ok(drafts.into_iter().filter_map(form).collect())
    }

    /// Throws a draft away.
    pub fn drop_form(&self, id: &str) -> Result<(), DeskError> {
        Ok(self.store().delete_draft(actor::current().uid, id)?)
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        plain.push(match letters.next() {
            Some('n') => '\n',
            Some('r') => '\r',
            Some(other) => other,
            None => '\\',
        });
    }
    plain
}
