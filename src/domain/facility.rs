//! Treatment facilities: own account, partner from–to.

use jiff::civil::Date;

use crate::domain::identity::{AccountNo, Npwp, normalise_number};

/// A hospital or clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facility {
    /// Name: the key, compared by letters and digits only.
    pub name: String,
    /// Kind as the desk writes it (`RS`, `KLINIK`, `PUSKESMAS`).
    pub kind: String,
    /// When it was a partner (*PLKK*): from, to or still.
    pub partner: Vec<(Date, Option<Date>)>,
    /// Bank.
    pub bank: String,
    /// Account.
    pub account: Option<AccountNo>,
    /// Tax number.
    pub tax_number: Option<Npwp>,
}

impl Facility {
    /// The key of a facility's name.
    pub fn key_of(name: &str) -> String {
        normalise_number(name)
    }
}
