//! The rules of a file that is attached to a claim.

use crate::domain::claim::{AttachedFile, Claim};
use crate::domain::event::ClaimEvent;
use crate::domain::refusal::Refusal;

/// The longest file that is taken: a scanned bundle of some hundred pages.
pub const FILE_MAX_BYTES: u64 = 32 << 20;

/// Longest name of a file.
const NAME_MAX: usize = 120;

/// A name as it is kept: the last part of a path, no control characters, not hidden, not too long.
pub fn safe_file_name(typed: &str) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_kept = |c: &char| !c.is_control() && !is_steering(*c);
    let name: String = last.chars().filter(is_kept).collect();
    let name = name.trim().trim_start_matches('.');
    let name: String = name.chars().take(NAME_MAX).collect();
    if name.is_empty() { "berkas".to_owned() } else { name }
}

/// Characters that turn the direction of text or are not seen.
fn is_steering(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Attaches a file. The same file once for each paper of a claim; an ended case takes papers that come late.
pub fn attach(claim: &Claim, file: AttachedFile) -> Result<ClaimEvent, Refusal> {
    if file.bytes == 0 {
        return Err(Refusal::new("file-empty").with("file", &file.name));
    }
    if file.bytes > FILE_MAX_BYTES {
        let refusal = Refusal::new("file-too-long").with("file", &file.name);
        return Err(refusal.with("mib", FILE_MAX_BYTES >> 20));
    }
    let is_same = |known: &&AttachedFile| known.sha256 == file.sha256 && known.kind == file.kind;
    match claim.files.iter().find(is_same) {
        Some(known) => Err(Refusal::new("file-attached").with("file", &known.name).with("date", known.date)),
        None => Ok(ClaimEvent::FileAttached(file)),
    }
}
