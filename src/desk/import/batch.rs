//! What is new goes in at once: one batch, named by one line of the journal.

use crate::base::ordered::in_order;
use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::desk::import::known::{InStore, Known};
use crate::desk::import::registers::Registers;
use crate::domain::{Office, Period, Posting, PostingKind};
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

/// What the batch is given.
enum Made {
    Claim(Box<AssembledClaim>),
    Voucher(Box<AssembledVoucher>),
    /// Every claim of the months up to this one is made.
    ClaimsUntil(Period),
    /// Every voucher too, and with them whatever those months post.
    BooksUntil(Period),
}

/// Records assembled at a time.
const HANDFUL: usize = 256;

/// A few records of one kind and month.
struct Handful<'a> {
    of: Of,
    places: &'a [u32],
    /// The month, behind its last records.
    ends: Option<Period>,
}

#[derive(Clone, Copy)]
enum Of {
    Claims,
    Vouchers,
}

/// The places of new records by their home months, as in the files within each.
struct Places {
    claims: Vec<u32>,
    vouchers: Vec<u32>,
}

impl Places {
    fn of(history: &History, known: &Known, ids: &Ids) -> Places {
        let number = |place| u32::try_from(place).expect("rows are numbered by 32 bits");
        let new = (0..history.n_claims()).filter(|place| known.claims[*place].is_none());
        let claims = new.map(number).collect();
        let new = (0..history.n_vouchers()).filter(|place| ids.vouchers[*place].is_some());
        let mut vouchers: Vec<u32> = new.map(number).collect();
        vouchers.sort_by_key(|place| history.voucher_home(index(*place)));
        Places { claims, vouchers }
    }

    /// The claims of a month, then its vouchers, then those of the next: what a month holds is soon whole and need not wait
    /// for the others.
    fn handfuls(&self, history: &History) -> Vec<Handful<'_>> {
        let claims = self.claims.chunk_by(|a, b| history.home(index(*a)) == history.home(index(*b)));
        let home = |place: &u32| history.voucher_home(index(*place));
        let vouchers = self.vouchers.chunk_by(|a, b| home(a) == home(b));
        let mut months: Vec<(Period, Of, &[u32])> = claims
            .map(|places| (history.home(index(places[0])), Of::Claims, places))
            .chain(vouchers.map(|places| (home(&places[0]), Of::Vouchers, places)))
            .collect();
        // Stable: claims come before vouchers.
        months.sort_by_key(|(month, _, _)| *month);
        let mut handfuls = Vec::new();
        for (month, of, places) in months {
            handfuls.extend(places.chunks(HANDFUL).map(|places| Handful { of, places, ends: None }));
            handfuls.extend([Handful { of, places: &[], ends: Some(month) }]);
        }
        handfuls
    }
}

fn index(place: u32) -> usize {
    usize::try_from(place).expect("indexes are at least 32 bits wide")
}

/// Assembles every new record, on all cores, and hands it over month by month. The order, and with it every byte written,
/// does not depend on their pace.
fn assembled(
    history: &History,
    office: &Office,
    known: &Known,
    ids: &Ids,
    take: &mut dyn FnMut(Made) -> Result<(), DeskError>,
) -> Result<(), DeskError> {
    let places = Places::of(history, known, ids);
    let handfuls = places.handfuls(history);
    in_order(
        handfuls.len(),
        || Assembler::new(history, office, MONTHS, ids),
        |assembler, handful| {
            let Handful { of, places, ends } = &handfuls[handful];
            let record = |place: &u32| match of {
                Of::Claims => Made::Claim(Box::new(assembler.claim(index(*place)))),
                Of::Vouchers => Made::Voucher(Box::new(assembler.voucher(index(*place)))),
            };
            let end = ends.map(|month| match of {
                Of::Claims => Made::ClaimsUntil(month),
                Of::Vouchers => Made::BooksUntil(month),
            });
            Ok(places.iter().map(record).chain(end).collect::<Vec<Made>>())
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
        Made::ClaimsUntil(month) => return Ok(batch.claims_are_whole(month)?),
        Made::BooksUntil(month) => return Ok(batch.books_are_whole(month)?),
    };
    for posting in &postings {
        batch.posting(posting)?;
    }
    Ok(())
}
