//! Columns as other engines like them: words for codes, null for what is not there.

use polars::prelude::*;

use crate::base::safe::{initials, mask_tail_ascii};
use crate::domain::code::{PayeeKind, codes_of};
use crate::domain::posting::PostingKind;
use crate::store::tables::{self, Columns, Data, NO_DATE, Table};

use super::Masking;

/// Look-up keys and documents: of no use outside, and more than lists show.
const NEVER: &[&str] = &[
    "doc",
    "claim_key",
    "identity_key",
    "kpj_key",
    "code_key",
    "account_key",
    "accounts",
    "due",
    "waiting_since",
    "papers_missing",
    "revision",
];
/// Not published masked: day of birth, diagnosis, free text.
const NOT_MASKED: &[&str] = &["birth_date", "icd10", "void_reason"];

/// The columns of a file, in the order of the table.
pub(super) fn published(columns: &Columns, masking: Masking) -> Vec<polars::prelude::Column> {
    let table = columns.table();
    let is_out =
        |name: &str| NEVER.contains(&name) || (masking == Masking::Masked && NOT_MASKED.contains(&name));
    let places = table.columns().iter().enumerate();
    places
        .filter(|(_, column)| !is_out(column.name))
        .map(|(place, column)| one(columns, place, column, masking))
        .collect()
}

fn one(
    columns: &Columns,
    place: usize,
    column: &tables::Column,
    masking: Masking,
) -> polars::prelude::Column {
    let name: PlSmallStr = column.name.into();
    match columns.data(place) {
        Data::U8(values) => match words_of(column.unit) {
            Some(words) => {
                let words = values.iter().map(|code| words.get(usize::from(*code)).copied());
                StringChunked::from_iter_options(name, words).into_column()
            }
            None => {
                let known = values.iter().map(|value| (*value != u8::MAX).then_some(u32::from(*value)));
                UInt32Chunked::from_iter_options(name, known).into_column()
            }
        },
        Data::U16(values) => {
            UInt32Chunked::from_iter_options(name, values.iter().map(|value| Some(u32::from(*value))))
                .into_column()
        }
        Data::U32(values) => {
            let is_none = |value: u32| match column.unit {
                "month" => value == 0,
                _ => value == u32::MAX,
            };
            let known = values.iter().map(|value| (!is_none(*value)).then_some(*value));
            UInt32Chunked::from_iter_options(name, known).into_column()
        }
        Data::U64(values) => {
            let known = values.iter().map(|value| (*value != 0).then_some(*value));
            UInt64Chunked::from_iter_options(name, known).into_column()
        }
        Data::I64(values) => {
            let is_wage = column.name == "wage";
            let known = values.iter().map(|value| (!is_wage || *value >= 0).then_some(*value));
            Int64Chunked::from_iter_options(name, known).into_column()
        }
        Data::Date(values) => {
            let days = values.iter().map(|day| (*day != NO_DATE).then_some(*day));
            Int32Chunked::from_iter_options(name, days).into_date().into_column()
        }
        Data::Text(values) => {
            let is_person = person_rows(columns, column.name);
            let mask = |row: usize, text: &str| match (masking, column.name) {
                (Masking::Masked, "identity" | "kpj") => mask_tail_ascii(text, 4),
                (Masking::Masked, "worker") => initials(text),
                (Masking::Masked, "payee") if is_person(row) => initials(text),
                _ => text.to_owned(),
            };
            let mut builder = StringChunkedBuilder::new(name, values.len());
            values.iter().enumerate().for_each(|(row, text)| builder.append_value(mask(row, text)));
            builder.finish().into_column()
        }
    }
}

/// Whether a row's payee is a person; one whose kind is not known is taken for one.
fn person_rows<'a>(columns: &'a Columns, name: &str) -> impl Fn(usize) -> bool + use<'a> {
    let kinds = match (name, columns.table()) {
        ("payee", table @ (Table::Posted | Table::Vouchers)) => {
            Some(columns.bytes_of(table.place("payee_kind")))
        }
        _ => None,
    };
    move |row| {
        let kind = kinds.and_then(|kinds| PayeeKind::from_index(kinds[row]));
        !matches!(kind, Some(PayeeKind::Company | PayeeKind::Facility))
    }
}

/// The words of a list of codes; none where the number is a number.
fn words_of(unit: &str) -> Option<Vec<&'static str>> {
    let words = match unit {
        "posting" => PostingKind::ALL.iter().map(|kind| kind.code()).collect(),
        list => codes_of(list),
    };
    (!words.is_empty()).then_some(words)
}
