//! Keyed hashes: numbers of persons are looked up by a hash that differs from store to store, so that a table of hashes
//! from one store says nothing about another.

use sha2::{Digest, Sha256};

/// Hashes the numbers of one store.
#[derive(Debug, Clone)]
pub(crate) struct Keyed {
    key: [u8; 32],
}

impl Keyed {
    /// The key of a store.
    pub(crate) fn of_store(store_id: &str) -> Keyed {
        let mut hasher = Sha256::new();
        hasher.update(b"santun look-up key\0");
        hasher.update(store_id.as_bytes());
        Keyed { key: hasher.finalize().into() }
    }

    /// The hash of a number in its normal form; 0 for none.
    pub(crate) fn hash(&self, text: &str) -> i64 {
        if text.is_empty() {
            return 0;
        }
        let mut hasher = Sha256::new();
        hasher.update(self.key);
        hasher.update(text.as_bytes());
        let digest = hasher.finalize();
        let hash = i64::from_le_bytes(digest[..8].try_into().expect("a digest has 32 bytes"));
        // 0 means none.
        if hash == 0 { 1 } else { hash }
    }
}
