//! The voucher desk: the queue of waiting lines, the vouchers made, issuing and recording, and what becomes of a voucher
//! afterwards.

pub mod issue;
pub mod made;
pub mod queue;
pub mod record;
pub mod sheet;

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::desk::cells::{self, Reader};
use crate::domain::code::PayeeKind;
use crate::tui::effect::{Answer, OrderSlip, Subject};
use crate::tui::jobs::Trouble;

use super::Bench;

/// The two lists as they were made last, for windows and for commands on their rows.
#[derive(Default)]
pub struct Held {
    queue: Mutex<queue::HeldQueue>,
    made: Mutex<Option<made::HeldMade>>,
}

impl Held {
    fn queue(&self) -> MutexGuard<'_, queue::HeldQueue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn made(&self) -> MutexGuard<'_, Option<made::HeldMade>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A command about vouchers; none if it is not one of this desk's.
pub fn commit(bench: &Bench, slip: OrderSlip) -> Result<Answer, Trouble> {
    match slip.what.as_str() {
        "voucher-raise" => issue::commit(bench, slip),
        "voucher-record" => record::commit(bench, slip),
        _ => sheet::commit(bench, slip),
    }
}

/// Whether a command is one of this desk's.
pub fn takes(what: &str) -> bool {
    matches!(
        what,
        "voucher-raise"
            | "voucher-record"
            | "voucher-pay"
            | "voucher-return"
            | "voucher-void"
            | "voucher-approve"
    )
}

/// The page of a bundle of the queue.
pub fn bundle_page(bench: &Bench, key: String) -> Result<Answer, Trouble> {
    let page = queue::page(bench, &key)?;
    Ok(Answer::Page { subject: Subject::Bundle(key), page })
}

/// A payee as it leaves the desk: of a person, only the first letters.
fn payee_outside(kind: PayeeKind, name: &str) -> String {
    cells::payee(kind, name, Reader::Outside)
}
