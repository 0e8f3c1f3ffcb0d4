//! Who is paid, and where the money goes.

use crate::base::safe;
use crate::domain::code::PayeeKind;
use crate::domain::identity::{AccountNo, Npwp, normalise_number};

/// A payee as it stands on the line and the voucher: a copy, so that later changes do not alter history.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Payee {
    /// Company, participant, facility or heir.
    pub kind: PayeeKind,
    /// Name of the payee and account holder.
    pub name: String,
    /// Bank, as the desk writes it.
    pub bank: String,
    /// Account number; none yet while papers are missing (then no voucher can be made).
    pub account: Option<AccountNo>,
    /// Tax number, where given.
    pub tax_number: Option<Npwp>,
}

impl Payee {
    /// Name, bank and the account's last four, as a refusal says them.
    pub fn shown(&self) -> String {
        let account =
            self.account.as_ref().map_or(String::new(), |account| safe::mask_tail_ascii(account.as_str(), 4));
        let parts = [self.name.as_str(), self.bank.as_str(), account.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// What makes two payees the same for one voucher: kind, name and account.
    pub fn key(&self) -> String {
        let account = self.account.as_ref().map_or("", AccountNo::as_str);
        format!(
            "{}|{}|{}|{account}",
            self.kind.code(),
            normalise_number(&self.name),
            normalise_number(&self.bank)
        )
    }
}
