//! Batches of a damaged store in the new one. Keys in the files are hashed with the store's id, so that every row is
//! written anew from its document; sums and next numbers are counted from what could be read.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::domain::office::Office;
use crate::store::codec::{claim_from_json, voucher_from_json};
use crate::store::disk::{Disk, read_whole};
use crate::store::error::StoreError;
use crate::store::format::Layout;
use crate::store::manifest::{FileEntry, FileShape, Source};
use crate::store::parts::put_file;
use crate::store::record::Hash;
use crate::store::tables::{
    Cell, ClaimRow, Columns, Keyed, Names, Table, claim_cells, decode, postings_from, voucher_cells,
};
use crate::store::totals::{Tally, TallyShape};
use crate::store::view::{BatchShape, Replaced};

use super::LostFile;

/// Carries batches over.
pub(super) struct Carrier<'a> {
    pub(super) old: (&'a dyn Disk, &'a Layout),
    pub(super) new: (&'a dyn Disk, &'a Layout),
    pub(super) keyed: Keyed,
    /// What became of a file that was met already: its new entries and what it adds up to.
    pub(super) carried: BTreeMap<String, (Vec<FileEntry>, Tally)>,
    pub(super) lost: BTreeMap<String, LostFile>,
    pub(super) n_carried: usize,
    /// Batches that were replaced by ones without personal data, by their old names.
    pub(super) replaced: Replaced,
}

impl Carrier<'_> {
    /// The line of a batch with what is left of it; none where the line means nothing.
    pub(super) fn line(&mut self, data: &str, office: &Office) -> Result<Option<String>, StoreError> {
        let Ok(shape) = serde_json::from_str::<BatchShape>(data) else { return Ok(None) };
        let files: Option<Vec<FileEntry>> = shape.files.into_iter().map(FileShape::entry).collect();
        let (Some(files), Some(told)) = (files, shape.tally.tally()) else { return Ok(None) };
        let files: Vec<FileEntry> = files.into_iter().map(|file| self.standing_for(file)).collect();
        let (entries, tally) = self.files(&files, told, office)?;
        let shape =
            BatchShape { files: entries.iter().map(FileShape::of).collect(), tally: TallyShape::of(&tally) };
        Ok(Some(serde_json::to_string(&shape).expect("text keys only")))
    }

    fn standing_for(&self, mut file: FileEntry) -> FileEntry {
        while let Some(newer) = self.replaced.get(&file.path) {
            file = newer.clone();
        }
        file
    }

    fn files(
        &mut self,
        files: &[FileEntry],
        told: Tally,
        office: &Office,
    ) -> Result<(Vec<FileEntry>, Tally), StoreError> {
        let mut entries = Vec::new();
        let mut tally =
            Tally { next_claim: told.next_claim, next_voucher: told.next_voucher, ..Tally::default() };
        let n_lost = self.lost.len();
        // Narrow rows of claims are made of their documents.
        for (place, file) in files.iter().enumerate().filter(|(_, file)| file.table != Table::Claims) {
            if !self.carried.contains_key(&file.path) && !self.lost.contains_key(&file.path) {
                self.carry(file, place, office)?;
            }
            if let Some((made, sums)) = self.carried.get(&file.path) {
                entries.extend(made.iter().cloned());
                tally.merge(sums);
            }
        }
        if self.lost.len() > n_lost || files.iter().any(|file| self.lost.contains_key(&file.path)) {
            // Numbers of what is lost are not given again; that they are missing was told.
            tally.merge(&given(&told));
        }
        entries.sort_by_key(|entry| (entry.table, entry.month, number_of(&entry.path)));
        Ok((entries, tally))
    }

    fn carry(&mut self, file: &FileEntry, place: usize, office: &Office) -> Result<(), StoreError> {
        let made = self
            .rows_of(file)
            .and_then(|columns| self.anew(&columns, office).ok_or_else(|| "rows".to_owned()));
        let (made, tally) = match made {
            Ok(made) => made,
            Err(reason) => {
                let lost = LostFile { path: file.path.clone(), rows: file.rows, reason };
                self.lost.insert(file.path.clone(), lost);
                return Ok(());
            }
        };
        let number = Some(number_of(&file.path)).filter(|number| *number > 0);
        let number = number.unwrap_or_else(|| u32::try_from(place).unwrap_or(0));
        let (disk, layout) = self.new;
        let mut entries = Vec::new();
        for columns in &made {
            entries.push(put_file(disk, layout, Source::Batch, file.month, number, columns)?);
        }
        self.n_carried += entries.len();
        self.carried.insert(file.path.clone(), (entries, tally));
        Ok(())
    }

    /// The rows with the new store's keys, and what they add up to.
    fn anew(&self, columns: &Columns, office: &Office) -> Option<(Vec<Columns>, Tally)> {
        let mut tally = Tally::default();
        let table = columns.table();
        let mut made = vec![Columns::new(table)];
        match table {
            Table::ClaimDetail => {
                let mut narrow = Columns::new(Table::Claims);
                for doc in columns.texts(table.place("doc")).iter() {
                    let claim = claim_from_json(doc).ok()?;
                    claim_cells(&ClaimRow::of(&claim, office, &self.keyed), &self.keyed, &mut narrow);
                    made[0].push(&[Cell::U64(claim.id.get()), Cell::Text(doc)]);
                    tally.claim(&claim);
                }
                made.insert(0, narrow);
            }
            Table::Vouchers => {
                for doc in columns.texts(table.place("doc")).iter() {
                    let voucher = voucher_from_json(doc).ok()?;
                    voucher_cells(&voucher, &self.keyed, &mut made[0]);
                    tally.voucher(&voucher);
                }
            }
            Table::Posted => {
                postings_from(columns, Names::Read)?.iter().for_each(|posting| tally.posting(posting));
                (0..columns.rows()).for_each(|row| made[0].push_row(columns, row));
            }
            Table::Claims | Table::Companies | Table::Facilities => {
                (0..columns.rows()).for_each(|row| made[0].push_row(columns, row));
            }
        }
        Some((made, tally))
    }

    /// The rows of a file that is what its line says, or why there are none.
    fn rows_of(&self, file: &FileEntry) -> Result<Columns, String> {
        let bytes = match read_whole(self.old.0, &self.old.1.root().join(&file.path)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err("missing".to_owned()),
            read => read.map_err(|error| error.to_string())?,
        };
        if Hash(Sha256::digest(&bytes).into()).to_string() != file.sha256 {
            return Err("digest".to_owned());
        }
        let all: Vec<usize> = (0..file.table.columns().len()).collect();
        decode(&bytes, &self.keyed, file.table, &all, 0, usize::MAX / 2).map_err(|_| "digest".to_owned())
    }
}

/// Numbers that were given out, so that they are not given again; the holes below are from before.
pub(super) fn given(told: &Tally) -> Tally {
    let mut tally =
        Tally { next_claim: told.next_claim, next_voucher: told.next_voucher, ..Tally::default() };
    tally.serials = told.serials.clone();
    for (series, state) in &told.series {
        let mut state = state.clone();
        state.before = state.last;
        tally.series.insert(series.clone(), state);
    }
    tally
}

/// The number in a file's name.
fn number_of(path: &str) -> u32 {
    path.rsplit('/').next().and_then(|name| name.split('.').nth(1)).and_then(|n| n.parse().ok()).unwrap_or(0)
}
