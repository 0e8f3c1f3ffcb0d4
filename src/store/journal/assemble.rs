//! From verified lines to transactions: numbers without a gap, an unbroken chain, all lines of a transaction or none.

use crate::store::error::Fault;
use crate::store::record::{Head, RawRecord, Transaction};

/// Takes one record after the other.
#[derive(Debug, Clone)]
pub(crate) struct Assembler {
    /// The last record taken, also inside a transaction.
    head: Head,
    /// Lines of the transaction that is not whole yet.
    open: Option<(u64, Transaction)>,
}

impl Assembler {
    pub(crate) fn new(head: Head) -> Self {
        Self { head, open: None }
    }

    /// The last record taken.
    pub(crate) fn head(&self) -> Head {
        self.head
    }

    /// Whether no transaction is half taken.
    pub(crate) fn is_between_transactions(&self) -> bool {
        self.open.is_none()
    }

    /// Takes the next record; answers the transaction when it is whole.
    pub(crate) fn take(&mut self, raw: &RawRecord<'_>) -> Result<Option<Transaction>, Fault> {
        if !self.is_next(raw) {
            return Err(Fault::Sequence);
        }
        if !raw.follows(&self.head.hash) {
            return Err(Fault::Chain);
        }
        let record = raw.to_record();
        self.head = Head { seq: record.seq, hash: record.hash };
        let (_, transaction) = self.open.get_or_insert_with(|| {
            let (key, by) = (raw.key.clone(), raw.by.clone());
            (raw.n, Transaction { key, by, at: raw.at, records: Vec::new() })
        });
        transaction.records.push(record);
        if raw.i < raw.n {
            return Ok(None);
        }
        Ok(self.open.take().map(|(_, transaction)| transaction))
    }

    fn is_next(&self, raw: &RawRecord<'_>) -> bool {
        if raw.seq != self.head.seq + 1 {
            return false;
        }
        match &self.open {
            None => raw.i == 1 && raw.n >= 1 && raw.tx == raw.seq,
            Some((n, open)) => {
                raw.n == *n
                    && raw.i == open.records.len() as u64 + 1
                    && raw.tx == open.first_seq()
                    && raw.key == open.key
                    && raw.by == open.by
                    && raw.at == open.at
            }
        }
    }
}
