//! A line without its personal fields: what is left when their legal time is over. The hash stays, since it was made of the
//! fields' digest, and the digest stays.

use super::line::close_with_checksum;
use super::parse::erased_digest;
use super::{Hash, RawRecord};

impl RawRecord<'_> {
    /// Whether there are personal fields in the line.
    pub(crate) fn has_person(&self) -> bool {
        self.pii != "{}" && erased_digest(self.pii).is_none()
    }

    /// The line with the digest in the place of its personal fields, with its line feed.
    pub(crate) fn without_person(&self) -> Vec<u8> {
        let digest = Hash::of(self.pii.as_bytes());
        let mut line = String::from_utf8_lossy(self.before_pii).into_owned();
        line.push_str(&format!(r#","pii":{{"erased":"{digest}"}},"h":"{}""#, self.hash));
        close_with_checksum(&mut line);
        line.into_bytes()
    }

    /// Whether another line is this one, or this one without its personal fields.
    pub(crate) fn is_kept_by(&self, other: &RawRecord<'_>) -> bool {
        let same_facts = self.before_pii == other.before_pii && self.hash == other.hash;
        let erased = || erased_digest(other.pii) == Some(Hash::of(self.pii.as_bytes()));
        same_facts && (self.pii == other.pii || erased())
    }
}
