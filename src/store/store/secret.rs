//! Fresh random bytes for the salts of personal fields: from the kernel, through the disk's door, so that a disk of a
//! test, which has no such file, gives the same bytes every time.

use std::io::ErrorKind;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::store::disk::{Access, Disk, read_full_at};
use crate::store::error::{Doing, StoreError};
use crate::store::record::{IdempotencyKey, Moment};

/// Thirty-two bytes that nobody knows.
pub(super) fn fresh_secret(
    disk: &dyn Disk,
    key: &IdempotencyKey,
    now: Moment,
) -> Result<[u8; 32], StoreError> {
    let source = Path::new("/dev/urandom");
    let mut secret = [0; 32];
    match disk.open(source, Access::Read) {
        Ok(file) => {
            let read = read_full_at(&*file, 0, &mut secret).doing("read", source)?;
            if read == secret.len() {
                return Ok(secret);
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error).doing("open", source),
    }
    let mut hasher = Sha256::new();
    hasher.update(key.as_str());
    hasher.update(now.to_string());
    Ok(hasher.finalize().into())
}
