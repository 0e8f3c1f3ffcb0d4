//! The filters a person keeps by name. They are the person's, not the office's: each is a file of its own beside the
//! drafts, so that several terminals of one person never lose each other's.

use crate::base::safe;
use crate::desk::Desk;
use crate::desk::current_actor;
use crate::desk::error::DeskError;
use crate::domain::Refusal;
use crate::domain::query::{self, fold};

/// The beginning of the files' names, and what their first line says.
const KIND: &str = "saringan";

/// Letters of a name.
const NAME_MAX: usize = 40;

/// A filter with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFilter {
    /// The name, as it was typed.
    pub name: String,
    /// The expression, as it was typed: `bulan ini` stays this month.
    pub filter: String,
}

impl Desk {
    /// The filters this person keeps, by name.
    pub fn kept_filters(&self) -> Result<Vec<KeptFilter>, DeskError> {
        let drafts = self.store().load_drafts(current_actor().uid)?;
        let mut kept: Vec<KeptFilter> = drafts.iter().filter_map(|draft| read(&draft.text)).collect();
        kept.sort_by_key(|filter| fold(&filter.name));
        Ok(kept)
    }

    /// The filter of this name; case and blanks at the ends do not matter.
    pub fn kept_filter(&self, name: &str) -> Result<Option<KeptFilter>, DeskError> {
        let wanted = fold(name.trim());
        Ok(self.kept_filters()?.into_iter().find(|kept| fold(&kept.name) == wanted))
    }

    /// Keeps a filter under a name, in the place of one that had it. What cannot be read is not kept.
    pub fn keep_filter(&self, name: &str, filter: &str) -> Result<KeptFilter, DeskError> {
        let plain = |text: &str| safe::terminal(text.trim()).into_owned();
        let kept = KeptFilter { name: plain(name), filter: plain(filter) };
        let n_letters = kept.name.chars().count();
        if n_letters == 0 || n_letters > NAME_MAX {
            return Err(Refusal::new("filter-name").with("most", NAME_MAX).into());
        }
        if let Err(error) = query::parse(&kept.filter, self.today()) {
            return Err(DeskError::Filter { filter: kept.filter, error });
        }
        let text = format!("{KIND}\nname={}\nfilter={}\n", kept.name, kept.filter);
        self.store().save_draft(current_actor().uid, &file_of(&kept.name), &text)?;
        Ok(kept)
    }

    /// Forgets the filter of this name; whether there was one.
    pub fn drop_filter(&self, name: &str) -> Result<bool, DeskError> {
        let Some(kept) = self.kept_filter(name)? else { return Ok(false) };
        self.store().delete_draft(current_actor().uid, &file_of(&kept.name))?;
        Ok(true)
    }
}

/// Whether the file of this name, beside the drafts, keeps a filter: it is no form that was left.
pub(super) fn is_filter(file: &str) -> bool {
    file.strip_prefix(KIND).is_some_and(|rest| rest.starts_with('_'))
}

fn read(text: &str) -> Option<KeptFilter> {
    let mut lines = text.lines();
    lines.next().filter(|kind| *kind == KIND)?;
    let name = lines.next()?.strip_prefix("name=")?;
    let filter = lines.next()?.strip_prefix("filter=")?;
    Some(KeptFilter { name: name.to_owned(), filter: filter.to_owned() })
}

/// The file of a name, which may hold any letter: names that are the same but for their case share it. The sum is
/// FNV-1a, which is the same on every machine.
fn file_of(name: &str) -> String {
    let sum = fold(name).bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{KIND}_{sum:016x}")
}
