//! What is new goes in at once: one batch, named by one line of the journal.

use crate::base::ordered::in_order;
use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::desk::import::known::{InStore, Known};
use crate::desk::import::registers::Registers;
use crate::domain::{Office, Posting, PostingKind};
use crate::intake::assemble::{AssembledClaim, AssembledVoucher, Assembler, HistoryMonths, Ids};
use crate::intake::history::History;
use crate::store::{Batch, View};

/// New claims and vouchers are history: each paper is posted in its own month, also before the first open one.
const MONTHS: HistoryMonths = HistoryMonths::PaperMonths;

impl Known {
    fn has_new(&self) -> bool {
        self.claims.contains(&None) || self.vouchers.contains(&InStore::New)
    }

    /// Known claims keep their ids; new claims, and the new vouchers that pay no other, get the batch's.
    fn ids(&self, batch: &mut Batch) -> Ids {
        let claims = self.claims.iter().map(|id| id.unwrap_or_else(|| batch.next_claim_id())).collect();
        let vouchers = self.vouchers.iter().map(|is| match is {
            InStore::New => Some(batch.next_voucher_id()),
            InStore::Known(_) | InStore::Joint | InStore::HeldBack => None,
        });
        Ids { claims, vouchers: vouchers.collect() }
    }

    /// The ids when there is nothing new.
    fn known_ids(&self) -> Ids {
        Ids {
            claims: self.claims.iter().copied().flatten().collect(),
            vouchers: vec![None; self.vouchers.len()],
        }
    }
}

impl Desk {
    /// Writes what is new, and tells the ids.
    pub(super) fn take_in(
        &self,
        history: &History,
        known: &Known,
        registers: &Registers,
    ) -> Result<Ids, DeskError> {
        if !known.has_new() && !registers.has_new() && known.strays.is_empty() {
            return Ok(known.known_ids());
        }
        let office = self.office();
        let strays =
            new_strays(&self.view(), known, Assembler::new(history, &office, MONTHS, &no_ids(known)))?;
        if !known.has_new() && !registers.has_new() && strays.is_empty() {
            return Ok(known.known_ids());
        }
        let now = self.clock.moment(office.zone);
        let key = self.new_key();
        let mut given = None;
        self.store.import(
            &key,
            &self.actor,
            now,
            |_: &View, batch: &mut Batch| -> Result<(), DeskError> {
                registers.new_companies.iter().try_for_each(|company| batch.company(company))?;
                registers.new_facilities.iter().try_for_each(|facility| batch.facility(facility))?;
                let ids = known.ids(batch);
                assembled(history, &office, known, &ids, &mut |made| put(batch, made))?;
                strays.iter().try_for_each(|posting| batch.posting(posting))?;
                // Looked at last: the batch is named by no line yet.
                self.check_whole(history)?;
                given = Some(ids);
                Ok(())
            },
        )?;
        Ok(given.unwrap_or_else(|| known.known_ids()))
    }
}

/// For an assembler that makes postings of no record.
fn no_ids(known: &Known) -> Ids {
    let claims = known.claims.iter().map(|id| id.unwrap_or(crate::domain::ClaimId::new(0))).collect();
    Ids { claims, vouchers: vec![None; known.vouchers.len()] }
}

/// Postings of transfers for unknown vouchers, those that an earlier import has not posted.
fn new_strays(view: &View, known: &Known, assembler: Assembler<'_>) -> Result<Vec<Posting>, DeskError> {
    let mut postings = assembler.orphan_postings(&known.strays);
    let Some(last) = postings.iter().map(|posting| posting.month).max() else { return Ok(postings) };
    // No names are looked at, which makes the books much faster to read.
    view.for_each_posting_named(last.plus(1), last, &mut |posting| {
        let is_stray = posting.voucher.is_none()
            && matches!(posting.kind, PostingKind::PaymentMade | PostingKind::PaymentReturned);
        let is_same = |other: &Posting| {
            (other.kind, other.date, other.amount, &other.by.code)
                == (posting.kind, posting.date, posting.amount, &posting.by.code)
        };
        if is_stray && let Some(place) = postings.iter().position(is_same) {
            postings.remove(place);
        }
    })?;
    Ok(postings)
}

/// A record ready for the batch.
enum Made {
    Claim(Box<AssembledClaim>),
    Voucher(Box<AssembledVoucher>),
}

/// Records assembled at a time.
const HANDFUL: usize = 256;

/// Assembles every new record, on all cores, and hands it over in the order of the files. The order, and with it every
/// byte written, does not depend on their pace.
fn assembled(
    history: &History,
    office: &Office,
    known: &Known,
    ids: &Ids,
    take: &mut dyn FnMut(Made) -> Result<(), DeskError>,
) -> Result<(), DeskError> {
    let claims = (0..history.n_claims()).filter(|place| known.claims[*place].is_none()).map(Ok);
    let vouchers = (0..history.n_vouchers()).filter(|place| ids.vouchers[*place].is_some()).map(Err);
    let places: Vec<Result<usize, usize>> = claims.chain(vouchers).collect();
    let handfuls: Vec<&[Result<usize, usize>]> = places.chunks(HANDFUL).collect();
    in_order(
        handfuls.len(),
        || Assembler::new(history, office, MONTHS, ids),
        |assembler, handful| {
            let made = handfuls[handful].iter().map(|place| match place {
                Ok(claim) => Made::Claim(Box::new(assembler.claim(*claim))),
                Err(voucher) => Made::Voucher(Box::new(assembler.voucher(*voucher))),
            });
            Ok(made.collect::<Vec<Made>>())
        },
        |made| made.into_iter().try_for_each(&mut *take),
    )
}

/// Puts a record and its postings into the batch.
fn put(batch: &mut Batch, made: Made) -> Result<(), DeskError> {
    let postings = match made {
        Made::Claim(made) => {
            batch.claim(&made.claim)?;
            made.postings
        }
        Made::Voucher(made) => {
            batch.voucher(&made.voucher)?;
            made.postings
        }
    };
    for posting in &postings {
        batch.posting(posting)?;
    }
    Ok(())
}
