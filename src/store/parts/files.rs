//! Writes one file of the base: whole, durable, named by its content; its sidecars with it.

use sha2::{Digest, Sha256};

use crate::store::disk::{Disk, Sharing, ensure_dir, replace_file};
use crate::store::error::{Doing, StoreError};
use crate::store::format::Layout;
use crate::store::manifest::{FileEntry, Source};
use crate::store::record::Hash;
use crate::store::tables::{Columns, Packing, encode};

use super::beside;

/// Writes these rows as a batch or a part: temporary name, write, sync, rename, sync the folder.
pub(crate) fn put_file(
    disk: &dyn Disk,
    layout: &Layout,
    source: Source,
    month: u32,
    number: u32,
    columns: &Columns,
) -> Result<FileEntry, StoreError> {
    let table = columns.table();
    let (folder, dir) = match source {
        Source::Batch => ("batches", layout.batches(table.name())),
        Source::Part => ("parts", layout.parts(table.name())),
    };
    let bytes = encode(columns, Packing::Lasting)
        .map_err(|error| StoreError::Part { path: dir.clone(), why: error.to_string() })?;
    let sha256 = Hash(Sha256::digest(&bytes).into()).to_string();
    let home = match month {
        0 => "all".to_owned(),
        month => format!("{:04}-{:02}", month / 100, month % 100),
    };
    let name = format!("{home}.{number}.{}.parquet", &sha256[..16]);
    let path = dir.join(&name);
    ensure_dir(disk, &dir, Sharing::Group).doing("make", &dir)?;
    replace_file(disk, &path, &bytes, Sharing::Group).doing("write", &path)?;
    disk.make_read_only(&path).doing("protect", &path)?;
    let entry = FileEntry {
        table,
        path: format!("{folder}/{}/{name}", table.name()),
        month,
        rows: u32::try_from(columns.rows()).expect("a file has few rows"),
        bytes: bytes.len() as u64,
        sha256,
        crc32c: crc32c::crc32c(&bytes),
        sum: columns.sum(),
    };
    beside::put_all(disk, layout, &entry, columns);
    Ok(entry)
}
