//! Columns that no file has, since another column says the same: keyed hashes of texts. They are rows' columns like all others
//! (the canonical bytes of a row have them), and are reckoned when a file is read; eight bytes that look like chance cannot be
//! packed, and look-ups read them from sidecars.

use crate::domain::identity::normalise_number;

use super::columns::Data;
use super::keyed::Keyed;
use super::spec::Table;
use super::told::account_in;

/// The columns of a table that lists read: without documents, and without what is reckoned.
pub(crate) fn narrow(table: Table) -> Vec<usize> {
    let is_one = |place: &usize| source(table, *place).is_none() && table.columns()[*place].unit != "JSON";
    (0..table.columns().len()).filter(is_one).collect()
}

/// The column that another one is reckoned from; none for a column that lies in the file.
pub(crate) fn source(table: Table, place: usize) -> Option<usize> {
    let name = match (table, table.columns()[place].name) {
        (Table::Claims, "claim_key") => "claim_no",
        (Table::Claims, "identity_key") => "identity",
        (Table::Claims, "kpj_key") => "kpj",
        (Table::Vouchers, "code_key") => "code",
        (Table::Vouchers, "account_key") => "doc",
        _ => return None,
    };
    Some(table.place(name))
}

/// The hash by which a column's value is looked up.
fn key_of(table: Table, name: &str, text: &str, keyed: &Keyed) -> i64 {
    match (table, name) {
        // A membership number is kept in its normal form.
        (Table::Claims, "kpj_key") => keyed.hash(text),
        (Table::Vouchers, "account_key") => keyed.hash(account_in(text)),
        _ => keyed.hash(&normalise_number(text)),
    }
}

/// The values of a reckoned column, from its source.
pub(super) fn reckoned(table: Table, place: usize, from: &Data, keyed: &Keyed) -> Data {
    let name = table.columns()[place].name;
    match from {
        Data::Text(texts) => Data::I64(texts.iter().map(|text| key_of(table, name, text, keyed)).collect()),
        other => panic!("{name} is reckoned from texts, not from {other:?}"),
    }
}
