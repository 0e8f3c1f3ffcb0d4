//! Files attached to claims: taken in, listed, given out, proven.

use std::path::Path;

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::desk::outfile::read_file;
use crate::domain::claim::AttachedFile;
use crate::domain::decide::{self, FILE_MAX_BYTES};
use crate::domain::{Claim, ClaimEvent, DocumentKind, Event, Refusal};
use crate::store::documents::{Found, Kept};

/// A file that is safe in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// What was written down.
    pub file: AttachedFile,
    /// Numbers of other claims that have the same file: worth a look, no accusation.
    pub also_on: Vec<String>,
}

impl Desk {
    /// Attaches a file to a claim: its bytes are on the disk before the record that names them.
    pub fn attach(&self, claim_no: &str, kind: DocumentKind, path: &Path) -> Result<Attached, DeskError> {
        let (name, bytes) = read_file(path, FILE_MAX_BYTES)?;
        let claim = self.find_claim(claim_no)?;
        let file = |sha256: String| AttachedFile {
            kind,
            name: name.clone(),
            sha256,
            bytes: bytes.len() as u64,
            date: self.today(),
            by: self.user().to_owned(),
        };
        // What the rules refuse is not written first.
        let event = decide::attach(&claim, file(crate::store::documents::digest(&bytes)))?;
        decide::check_not_erased(self.view().erasures(), &[Event::Claim(claim.id, event)])?;
        let (sha256, kept) = self.store.keep_file(&bytes)?;
        let mut also_on = match kept {
            Kept::Fresh => Vec::new(),
            Kept::There => self.store.claims_with_file(&sha256)?,
        };
        also_on.retain(|other| other != claim.basics.claim_no.as_str());
        let file = file(sha256);
        let committed = self.commit(&self.new_key(), |view| {
            let now = view.claim(claim.id)?;
            let now = now.ok_or_else(|| Refusal::new("claim-unknown").with("claim_no", claim_no))?;
            Ok(vec![Event::Claim(claim.id, decide::attach(&now, file.clone())?)])
        })?;
        let written = committed.events.iter().find_map(|event| match event {
            Event::Claim(_, ClaimEvent::FileAttached(file)) => Some(file.clone()),
            _ => None,
        });
        Ok(Attached { file: written.expect("an attached file is an event"), also_on })
    }

    /// The file of a claim that a person names: by its number in the list from 1, or by how its digest begins.
    pub fn attached_file(&self, claim: &Claim, named: &str) -> Result<AttachedFile, DeskError> {
        let unknown = || Refusal::new("file-unknown").with("file", named);
        let by_number = named.parse::<usize>().ok().and_then(|no| no.checked_sub(1));
        if let Some(file) = by_number.and_then(|place| claim.files.get(place)) {
            return Ok(file.clone());
        }
        let begins =
            |file: &&AttachedFile| named.len() >= 6 && file.sha256.starts_with(&named.to_lowercase());
        Ok(claim.files.iter().find(begins).cloned().ok_or_else(unknown)?)
    }

    /// The bytes of an attached file, proven against its digest.
    pub fn file_bytes(&self, file: &AttachedFile) -> Result<Vec<u8>, DeskError> {
        match self.store.attached(file) {
            Found::Whole(bytes) => Ok(bytes),
            Found::Missing => Err(Refusal::new("file-missing").with("file", &file.name).into()),
            Found::Damaged => Err(Refusal::new("file-damaged").with("file", &file.name).into()),
        }
    }

    /// How an attached file was found.
    pub fn file_state(&self, file: &AttachedFile) -> Found {
        self.store.attached(file)
    }
}
