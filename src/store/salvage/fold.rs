//! Folds what is whole, transaction by transaction, and chains anew what still fits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::event::{Event, OfficeEvent};
use crate::domain::period::Period;
use crate::domain::voucher::SeriesKey;
use crate::store::codec::{event_of, op_of, parts_of};
use crate::store::disk::Disk;
use crate::store::error::StoreError;
use crate::store::format::Layout;
use crate::store::journal::{Cursor, Position};
use crate::store::manifest::{FileShape, Manifest};
use crate::store::parts::{Alarm, Base};
use crate::store::record::{Actor, Hash, Head, IdempotencyKey, Loose, Moment, chain_anew};
use crate::store::seals::changed_months;
use crate::store::tables::Keyed;
use crate::store::totals::{Tally, TallyShape};
use crate::store::view::{BatchShape, OP_BATCH, OP_REPLACED, Replaced, ReplacedShape, View, replaced_by};

use super::batches::{Carrier, given};
use super::gaps::left;
use super::{LeftOut, LeftOutWhy, LostFile};

/// What is needed to fold.
pub(super) struct Folder<'a> {
    pub(super) disk: &'a Arc<dyn Disk>,
    pub(super) layout: &'a Layout,
    /// The new store's id.
    pub(super) id: &'a str,
    pub(super) manifest: Option<&'a Manifest>,
    pub(super) actor: &'a Actor,
    pub(super) now: Moment,
    /// Whether something is missing already.
    pub(super) is_lossy: bool,
}

/// What came of it.
pub(super) struct Folded {
    /// The lines of each transaction, and the year it happened in.
    pub(super) lines: Vec<(Vec<u8>, Head, i16)>,
    pub(super) kept: Vec<Loose>,
    pub(super) taken: u64,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) lost_files: Vec<LostFile>,
    pub(super) files: usize,
    pub(super) numbers: Vec<(String, u32)>,
    pub(super) office_from_manifest: bool,
}

/// One run over the transactions.
struct Run {
    view: View,
    head: Head,
    folded: Folded,
}

impl Folder<'_> {
    /// Folds all; none when nothing is left.
    pub(super) fn fold(
        &self,
        whole: Vec<Vec<Loose>>,
        mut carrier: Carrier<'_>,
    ) -> Result<Option<Folded>, StoreError> {
        if whole.is_empty() && self.manifest.is_none() {
            return Ok(None);
        }
        let mut closed_before = None;
        loop {
            let Some(mut run) = self.run(&whole, closed_before, &mut carrier)? else { return Ok(None) };
            let changed = changed_months(&run.view)?.into_iter().min();
            if let Some(month) = changed.filter(|month| closed_before.is_none_or(|before| *month < before)) {
                closed_before = Some(month);
                continue;
            }
            run.folded.lost_files = carrier.lost.values().cloned().collect();
            run.folded.files = carrier.n_carried;
            let is_lossy =
                self.is_lossy || !run.folded.left_out.is_empty() || !run.folded.lost_files.is_empty();
            if is_lossy {
                self.reserve_numbers(&mut run)?;
            }
            return Ok(Some(run.folded));
        }
    }

    fn run(
        &self,
        whole: &[Vec<Loose>],
        closed_before: Option<Period>,
        carrier: &mut Carrier<'_>,
    ) -> Result<Option<Run>, StoreError> {
        let keyed = Keyed::of_store(self.id);
        let base = Base::new(Arc::clone(self.disk), self.layout.clone(), keyed, &[], Alarm::Told);
        let folded = Folded {
            lines: Vec::new(),
            kept: Vec::new(),
            taken: 0,
            left_out: Vec::new(),
            lost_files: Vec::new(),
            files: 0,
            numbers: Vec::new(),
            office_from_manifest: false,
        };
        let start = Cursor::beginning(self.id);
        let mut run = Run { view: View::empty(base, start), head: start.head, folded };
        let configured = whole.iter().position(|records| records.iter().any(is_configured));
        if configured != Some(0) {
            self.begin(whole, &mut run, carrier)?;
        }
        for records in whole {
            self.transaction(records, closed_before, &mut run, carrier)?;
        }
        Ok(if run.view.state().office.is_some() { Some(run) } else { None })
    }

    /// The office as MANIFEST has it, and the batches it names that no line names any more.
    fn begin(
        &self,
        whole: &[Vec<Loose>],
        run: &mut Run,
        carrier: &mut Carrier<'_>,
    ) -> Result<(), StoreError> {
        let Some(manifest) = self.manifest else { return Ok(()) };
        let at = whole.first().map_or(self.now, |records| records[0].at);
        let event = Event::Office(OfficeEvent::Configured(Box::new(manifest.office.clone())));
        let office = self.own("office", op_of(&event), "office", parts_of(&event).0, at);
        run.folded.office_from_manifest = run.add(&[office])?.is_ok();
        let mut named = BTreeSet::new();
        for record in whole.iter().flatten().filter(|record| record.op == OP_BATCH) {
            if let Ok(shape) = serde_json::from_str::<BatchShape>(&record.data) {
                named.extend(shape.files.into_iter().filter_map(FileShape::entry).map(|file| file.path));
            }
        }
        let files: Vec<_> = manifest.batches.iter().filter(|file| !named.contains(&file.path)).collect();
        if files.is_empty() {
            return Ok(());
        }
        let shape = BatchShape {
            files: files.into_iter().map(FileShape::of).collect(),
            tally: TallyShape::of(&Tally::default()),
        };
        let data = serde_json::to_string(&shape).expect("text keys only");
        if let Some(data) = carrier.line(&data, &manifest.office)? {
            let batch = self.own("batches", OP_BATCH, "store", data, at);
            let _ = run.add(&[batch])?;
        }
        Ok(())
    }

    fn transaction(
        &self,
        records: &[Loose],
        closed_before: Option<Period>,
        run: &mut Run,
        carrier: &mut Carrier<'_>,
    ) -> Result<(), StoreError> {
        if closed_before.is_some_and(|before| records.iter().any(|record| is_of_closed(record, before))) {
            run.folded.left_out.push(left(records, LeftOutWhy::Books));
            return Ok(());
        }
        let mut anew = records.to_vec();
        for record in anew.iter_mut().filter(|record| record.op == OP_REPLACED) {
            // The batches of the new store are the new ones from the beginning.
            if let Ok(mut shape) = serde_json::from_str::<ReplacedShape>(&record.data) {
                shape.files.clear();
                record.data = serde_json::to_string(&shape).expect("text keys only");
            }
        }
        for record in anew.iter_mut().filter(|record| record.op == OP_BATCH) {
            let office = run.view.state().office.clone();
            let data = match &office {
                Some(office) => carrier.line(&record.data, office)?,
                None => None,
            };
            let Some(data) = data else {
                run.folded.left_out.push(left(records, LeftOutWhy::Misfit("store.batch".to_owned())));
                return Ok(());
            };
            record.data = data;
        }
        match run.add(&anew)? {
            Ok(()) => {
                run.folded.taken += records.len() as u64;
                run.folded.kept.extend(anew.into_iter().filter(|record| record.op == "claim.file_attached"));
            }
            Err(why) => run.folded.left_out.push(left(records, LeftOutWhy::Misfit(why))),
        }
        Ok(())
    }

    /// Numbers that were given out and that no voucher has any more are not given again: one line without files says so.
    fn reserve_numbers(&self, run: &mut Run) -> Result<(), StoreError> {
        let mut known = run.view.state().tally.clone();
        if let Some(manifest) = self.manifest {
            known.merge(&manifest.tally);
        }
        let mut there: BTreeMap<SeriesKey, BTreeSet<u32>> = BTreeMap::new();
        run.view.for_each_voucher_row(&mut |row| {
            if let Some((series, number)) = &row.series {
                there.entry(series.clone()).or_default().insert(*number);
            }
        })?;
        for (series, state) in &known.series {
            let before = run.view.state().tally.series.get(series).map_or(0, |state| state.before);
            let told = self.manifest.and_then(|manifest| manifest.tally.series.get(series));
            let before = told.map_or(before, |told| told.before);
            let given = there.remove(series).unwrap_or_default();
            let lost = (before + 1..=state.last).filter(|number| !given.contains(number));
            run.folded.numbers.extend(lost.map(|number| (series.as_str().to_owned(), number)));
        }
        let shape = BatchShape { files: Vec::new(), tally: TallyShape::of(&given(&known)) };
        let data = serde_json::to_string(&shape).expect("text keys only");
        let line = self.own("numbers", OP_BATCH, "store", data, self.now);
        run.add(&[line])?.map_err(|why| StoreError::Undecodable { seq: run.head.seq + 1, why })
    }

    /// A record of our own.
    fn own(&self, what: &str, op: &str, reference: &str, data: String, at: Moment) -> Loose {
        let digest = Hash::of(format!("{what}{}", self.id).as_bytes()).to_string();
        let key =
            IdempotencyKey::new(format!("salvage:{}", &digest[..32])).expect("it has the form of a key");
        Loose {
            seq: 0,
            at,
            tx: 0,
            i: 1,
            n: 1,
            op: op.to_owned(),
            by: self.actor.clone(),
            key,
            reference: reference.to_owned(),
            data,
            pii: "{}".to_owned(),
            hash: Hash([0; 32]),
        }
    }
}

impl Run {
    /// Adds a transaction if it folds; else says why not.
    fn add(&mut self, records: &[Loose]) -> Result<Result<(), String>, StoreError> {
        let (bytes, transaction) = chain_anew(self.head, records);
        let head = transaction.head();
        let end = Cursor { position: Position { segment: 1, offset: 0 }, head };
        let year = transaction.at.civil().year();
        match self.view.after(std::slice::from_ref(&transaction), end) {
            Ok(view) => {
                self.view = view;
                self.head = head;
                self.folded.lines.push((bytes, head, year));
                Ok(Ok(()))
            }
            Err(StoreError::Undecodable { why, .. }) => Ok(Err(why)),
            Err(error) => Err(error),
        }
    }
}

fn is_configured(record: &Loose) -> bool {
    matches!(event_of(&record.op, &record.data, None), Ok(Event::Office(OfficeEvent::Configured(_))))
}

/// Whether a record does something to a month that cannot stay closed, or to one behind it.
fn is_of_closed(record: &Loose, before: Period) -> bool {
    match event_of(&record.op, &record.data, None) {
        Ok(Event::Office(OfficeEvent::Month(deed))) => deed.month >= before,
        _ => false,
    }
}

/// The batches that were replaced by ones without personal data, as whole lines and MANIFEST say.
pub(super) fn replaced_in<'a>(
    records: impl Iterator<Item = &'a Loose>,
    manifest: Option<&Manifest>,
) -> Replaced {
    let mut replaced = manifest.map_or_else(Replaced::new, |manifest| manifest.replaced.clone());
    for record in records.filter(|record| record.op == OP_REPLACED) {
        replaced.extend(replaced_by(&record.data).unwrap_or_default());
    }
    replaced
}
