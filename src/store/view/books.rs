//! The books of a view: its postings, those of the base apart from those since, and those about a few records.

use crate::base::ordered::in_order;
use crate::domain::id::{ClaimId, VoucherId};
use crate::domain::period::Period;
use crate::domain::posting::Posting;
use crate::domain::subject::Subjects;
use crate::store::error::StoreError;
use crate::store::tables::{
    Columns, Names, Sum128, Table, posting_cells, postings_from, postings_of, row_group,
};

use super::View;

/// Names the postings up to a month by their content, however they lie in files: a compaction does not change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BooksKey {
    /// The month.
    pub month: Period,
    /// How many postings.
    pub postings: u64,
    /// The sum of their rows' hashes.
    pub sum: Sum128,
}

impl View {
    /// Gives every posting of the months up to `up_to`: those of the base month by month, then those since.
    pub fn for_each_posting(&self, up_to: Period, f: &mut dyn FnMut(&Posting)) -> Result<(), StoreError> {
        self.walk_postings(up_to, None, f)?;
        self.news_until(up_to).for_each(f);
        Ok(())
    }

    /// As [`View::for_each_posting`]; postings of the base of the months before `named_from` come without the names of
    /// company, facility and payee, which makes them much faster to read.
    pub fn for_each_posting_named(
        &self,
        named_from: Period,
        up_to: Period,
        f: &mut dyn FnMut(&Posting),
    ) -> Result<(), StoreError> {
        self.for_each_old_posting(named_from, up_to, f)?;
        self.news_until(up_to).for_each(f);
        Ok(())
    }

    /// As [`View::for_each_posting_named`], the postings of the base alone.
    pub fn for_each_old_posting(
        &self,
        named_from: Period,
        up_to: Period,
        f: &mut dyn FnMut(&Posting),
    ) -> Result<(), StoreError> {
        self.walk_postings(up_to, Some(named_from), f)
    }

    /// The postings since the base, up to a month.
    pub fn news(&self, up_to: Period) -> Vec<Posting> {
        self.news_until(up_to).cloned().collect()
    }

    fn news_until(&self, up_to: Period) -> impl Iterator<Item = &Posting> {
        self.0.postings.iter().map(AsRef::as_ref).filter(move |posting| posting.month <= up_to)
    }

    /// What names the postings of the base up to a month.
    pub fn old_books(&self, up_to: Period) -> BooksKey {
        let mut key = BooksKey { month: up_to, postings: 0, sum: Sum128::default() };
        for part in self.0.base.parts(Table::Posted) {
            if part.entry.month <= up_to.number() {
                key.postings += u64::from(part.entry.rows);
                key.sum.add(part.entry.sum.0);
            }
        }
        key
    }

    /// What names all postings up to a month.
    pub fn books(&self, up_to: Period) -> BooksKey {
        let mut news = Columns::new(Table::Posted);
        self.news_until(up_to).for_each(|posting| posting_cells(posting, &mut news));
        let mut key = self.old_books(up_to);
        key.postings += news.rows() as u64;
        key.sum.add(news.sum().0);
        key
    }

    /// The months that postings of the base stand in, in order.
    pub fn old_months(&self) -> Vec<Period> {
        let parts = self.0.base.parts(Table::Posted).iter();
        let mut months: Vec<Period> =
            parts.filter_map(|part| Period::from_number(part.entry.month)).collect();
        months.sort_unstable();
        months.dedup();
        months
    }

    /// The postings of the base up to a month that are about some records, without names; a few more may come with them.
    /// Files and groups of rows that hold none are passed over.
    pub fn old_postings_about(&self, asked: &Subjects, up_to: Period) -> Result<Vec<Posting>, StoreError> {
        let base = &self.0.base;
        let wanted = Ids::of(asked);
        let parts: Vec<_> =
            base.parts(Table::Posted).iter().filter(|part| part.entry.month <= up_to.number()).collect();
        let mut found = Vec::new();
        let (claim, voucher) = (Table::Posted.place("claim"), Table::Posted.place("voucher"));
        let read = |_: &mut (), place: usize| -> Result<Vec<Posting>, StoreError> {
            let part = parts[place];
            let mut postings = Vec::new();
            let size = row_group(Table::Posted);
            for group in base.groups_about(part, &wanted.claims, &wanted.vouchers)? {
                let all = base.columns(part, &Names::LeftOut.columns(), group * size, size)?;
                let (claims, vouchers) = (all.ids(claim), all.ids(voucher));
                let rows = (0..all.rows()).filter(|row| wanted.has(claims[*row], vouchers[*row]));
                let read = postings_of(&all, Names::LeftOut, rows);
                postings.extend(read.ok_or_else(|| base.bad(part, "a row is no posting"))?);
            }
            Ok(postings)
        };
        in_order(
            parts.len(),
            || (),
            read,
            |postings| {
                found.extend(postings);
                Ok(())
            },
        )?;
        Ok(found)
    }

    fn walk_postings(
        &self,
        up_to: Period,
        named_from: Option<Period>,
        f: &mut dyn FnMut(&Posting),
    ) -> Result<(), StoreError> {
        let base = &self.0.base;
        let mut parts: Vec<_> = base.parts(Table::Posted).iter().collect();
        parts.retain(|part| part.entry.month <= up_to.number());
        parts.sort_by_key(|part| part.entry.month);
        let read = |_: &mut (), place: usize| {
            let part = parts[place];
            let is_early = named_from.is_some_and(|month| part.entry.month < month.number());
            let names = if is_early { Names::LeftOut } else { Names::Read };
            let columns = base.columns(part, &names.columns(), 0, usize::MAX / 2)?;
            postings_from(&columns, names).ok_or_else(|| base.bad(part, "a row is no posting"))
        };
        in_order(
            parts.len(),
            || (),
            read,
            |postings| {
                postings.iter().for_each(&mut *f);
                Ok(())
            },
        )
    }
}

/// Records by the numbers of the columns.
struct Ids {
    claims: Vec<u64>,
    vouchers: Vec<u64>,
}

impl Ids {
    /// A record without an id has 0: all such rows are then taken, and looked at by their texts later.
    fn of(asked: &Subjects) -> Ids {
        let mut claims: Vec<u64> = asked.claims.iter().map(|id| ClaimId::get(*id)).collect();
        let mut vouchers: Vec<u64> = asked.vouchers.iter().map(|id| VoucherId::get(*id)).collect();
        if !asked.claim_nos.is_empty() {
            claims.insert(0, 0);
        }
        if !asked.codes.is_empty() {
            vouchers.insert(0, 0);
        }
        Ids { claims, vouchers }
    }

    fn has(&self, claim: u64, voucher: u64) -> bool {
        self.claims.binary_search(&claim).is_ok() || self.vouchers.binary_search(&voucher).is_ok()
    }
}
