//! What the files say otherwise of what the store knows: shown, and taken over when asked.

use crate::base::safe;
use crate::desk::claims::claim_of;
use crate::desk::error::DeskError;
use crate::desk::import::known::{InStore, Known};
use crate::desk::import::{ChangedRecord, Counts, Told};
use crate::domain::{Claim, ClaimId, Refusal, Voucher, VoucherCommand, VoucherId};
use crate::intake::compare::{
    Change, LineIs, Update, VoucherDifference, compare, compare_payments, compare_voucher, lines_of,
};
use crate::intake::fields::Field;
use crate::intake::history::{History, HistoryClaim, HistoryVoucher, LineLink, Reader};
use crate::store::View;

/// Lines of a voucher that are named where it is shown.
const N_LINES_SHOWN: usize = 5;

/// What a changed record is, and what takes the change over.
#[derive(Debug)]
pub(super) enum What {
    /// A known claim, by its id and its place among the files' claims.
    Claim(ClaimId, usize),
    /// A known voucher.
    Voucher(VoucherId, Vec<VoucherCommand>),
    /// A new voucher over known claims, by its place.
    Joint(usize),
}

impl What {
    /// Order in which changes are taken over: voids release lines, then the claims, then the vouchers that need their
    /// lines, then the money that may close the claims.
    fn rank(&self) -> u8 {
        match self {
            What::Voucher(_, commands) if is_void(commands) => 0,
            What::Claim(..) => 1,
            What::Joint(_) => 2,
            What::Voucher(..) => 3,
        }
    }
}

fn is_void(commands: &[VoucherCommand]) -> bool {
    commands.iter().any(|command| matches!(command, VoucherCommand::Void { .. }))
}

/// Everything that differs, with the counts of what does not.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub claims: Counts,
    pub vouchers: Counts,
    /// What is shown, in the order of the files.
    pub shown: Vec<ChangedRecord>,
    /// What takes each of them over.
    pub what: Vec<What>,
}

impl Plan {
    /// Compares; nothing is written.
    pub fn of(view: &View, history: &History, known: &Known) -> Result<Plan, DeskError> {
        let mut plan = Plan::default();
        let mut reader = history.reader();
        for (place, id) in known.claims.iter().enumerate() {
            match id {
                None => plan.claims.new += 1,
                Some(id) => plan.claim(view, known, &mut reader, place, *id)?,
            }
        }
        for (place, is) in known.vouchers.iter().enumerate() {
            match is {
                InStore::HeldBack => {}
                InStore::New => plan.vouchers.new += 1,
                InStore::Joint => {
                    plan.vouchers.new += 1;
                    plan.add(joint(&reader.voucher(place)), What::Joint(place));
                }
                InStore::Known(id) => {
                    let existing = voucher_of(view, *id)?;
                    plan.voucher(&existing, compare_voucher(&existing, &reader.voucher(place)));
                }
            }
        }
        for (id, payments) in &known.late {
            let existing = voucher_of(view, *id)?;
            plan.voucher(&existing, compare_payments(&existing, payments, existing.code.as_str()));
        }
        Ok(plan)
    }

    /// Places in the order in which they are taken over.
    pub fn in_order(&self, history: &History) -> Vec<usize> {
        let mut reader = history.reader();
        let mut places: Vec<usize> = (0..self.what.len()).collect();
        places.sort_by_cached_key(|place| {
            let what = &self.what[*place];
            let joint = match what {
                What::Joint(voucher) => {
                    let voucher = reader.voucher(*voucher);
                    Some((voucher.void.is_none(), voucher.date))
                }
                _ => None,
            };
            (what.rank(), joint, *place)
        });
        places
    }

    fn add(&mut self, shown: ChangedRecord, what: What) {
        self.shown.push(shown);
        self.what.push(what);
    }

    fn claim(
        &mut self,
        view: &View,
        known: &Known,
        reader: &mut Reader<'_>,
        place: usize,
        id: ClaimId,
    ) -> Result<(), DeskError> {
        let (existing, incoming) = (claim_of(view, id)?, reader.claim(place));
        let difference = compare(&existing, &incoming);
        let mut changes = difference.changes().to_vec();
        changes.extend(links(view, known, &existing, &incoming)?);
        if changes.is_empty() {
            self.claims.same += 1;
            return Ok(());
        }
        self.claims.changed += 1;
        let name = existing.basics.claim_no.as_str().to_owned();
        self.add(ChangedRecord::new(name, changes.into_iter().map(told).collect()), What::Claim(id, place));
        Ok(())
    }

    fn voucher(&mut self, existing: &Voucher, found: VoucherDifference) {
        let changes = found.difference.changes().to_vec();
        if changes.is_empty() {
            self.vouchers.same += 1;
            return;
        }
        self.vouchers.changed += 1;
        let name = existing.code.as_str().to_owned();
        let shown = ChangedRecord::new(name, changes.into_iter().map(told).collect());
        self.add(shown, What::Voucher(existing.id, found.commands));
    }
}

pub(super) fn voucher_of(view: &View, id: VoucherId) -> Result<std::sync::Arc<Voucher>, DeskError> {
    view.voucher(id)?.ok_or_else(|| Refusal::new("voucher-unknown").with("code", id).into())
}

/// A new voucher over known claims, with the lines it pays.
fn joint(voucher: &HistoryVoucher) -> ChangedRecord {
    let lines = voucher.lines.iter().map(|line| format!("{}/{}", line.claim_no, line.line));
    let mut new: Vec<String> = lines.take(N_LINES_SHOWN).collect();
    if voucher.lines.len() > N_LINES_SHOWN {
        new.push(format!("+{}", voucher.lines.len() - N_LINES_SHOWN));
    }
    new.push(voucher.gross.grouped());
    let (old, field) = (String::new(), Field::Voucher.name().to_owned());
    let told = Told { field, old, new: new.join(" "), update: Update::Taken };
    ChangedRecord::new(voucher.code.as_str().to_owned(), vec![told])
}

/// Vouchers of the store on which a file sees a line that is not there: a voucher's lines never change.
fn links(
    view: &View,
    known: &Known,
    existing: &Claim,
    incoming: &HistoryClaim,
) -> Result<Vec<Change>, DeskError> {
    let mut changes = Vec::new();
    for (line, is) in incoming.lines.iter().zip(lines_of(existing, &incoming.lines)) {
        let own = match is {
            LineIs::Known(no) => existing.line(no).and_then(|line| line.voucher.as_ref()),
            LineIs::New(_) | LineIs::Another(_) => None,
        };
        for link in &line.links {
            if own.is_some_and(|own| own.code.normalised() == link.code.normalised()) {
                continue;
            }
            if live_in_store(view, known, link)? {
                changes.push(Change {
                    line: is.number(),
                    field: Field::Voucher,
                    old: own.map_or_else(String::new, |own| own.code.as_str().to_owned()),
                    new: link.code.as_str().to_owned(),
                    update: Update::ByHand,
                });
            }
        }
    }
    Ok(changes)
}

/// Whether the voucher that a line names is one of the store, and not void.
fn live_in_store(view: &View, known: &Known, link: &LineLink) -> Result<bool, DeskError> {
    let id = match link.voucher.map(|place| known.vouchers[place]) {
        Some(InStore::Known(id)) => Some(id),
        Some(_) => None,
        None => view.voucher_by_code(link.code.as_str())?,
    };
    let Some(id) = id else { return Ok(false) };
    Ok(voucher_of(view, id)?.state.is_live())
}

/// A difference for the person: line and field, old, new; personal numbers masked.
pub(super) fn told(change: Change) -> Told {
    let line = change.line.map_or(String::new(), |line| format!("{line}/"));
    let shown =
        |text: String| if change.field.is_personal() { safe::mask_tail_ascii(&text, 4) } else { text };
    Told {
        field: format!("{line}{}", change.field.name()),
        old: shown(change.old),
        new: shown(change.new),
        update: change.update,
    }
}
