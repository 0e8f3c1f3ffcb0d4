//! Documents in files leave out what the columns beside them tell. A voucher's document names its code, payee, sums and dates
//! once more; in the file each such value is a sign, one control character, and whoever reads the document puts the column's
//! value back. JSON never has a raw control character, so that a document without signs is as it was written.

use std::ops::Range;

use super::columns::{Columns, Data, Texts, date_of};
use super::spec::{Column, Table};

/// The columns whose values are left out, each with its sign: the first is U+0001. New ones come only at the end.
const TOLD: &[&str] = &[
    "id",
    "revision",
    "code",
    "external_code",
    "series",
    "number",
    "date",
    "posted",
    "payee",
    "bank",
    "claim_nos",
    "gross",
    "pph",
    "rounding",
    "net",
    "paid",
    "void_date",
    "void_posted",
    "void_reason",
];

/// The columns that tell a part of a column's documents; none where that is no document, or one that stands for itself.
pub(super) fn tellers(table: Table, place: usize) -> Vec<usize> {
    match (table, table.columns()[place].name) {
        (Table::Vouchers, "doc") => TOLD.iter().map(|name| table.place(name)).collect(),
        _ => Vec::new(),
    }
}

/// The documents of some rows as the file has them.
pub(super) fn left_out(columns: &Columns, place: usize, rows: Range<usize>) -> Texts {
    let table = columns.table();
    let tellers = tellers(table, place);
    let mut texts = Texts::default();
    for row in rows {
        let token = |teller: &usize| token(&table.columns()[*teller], columns.data(*teller), row);
        let tokens: Vec<String> = tellers.iter().map(token).collect();
        texts.push(&leave_out(columns.texts(place).get(row), &tokens));
    }
    texts
}

/// The documents as they were, from those of a file and the columns beside them; none where a sign means nothing.
pub(super) fn put_back(table: Table, place: usize, docs: &Texts, read: &[Option<Data>]) -> Option<Texts> {
    let tellers = tellers(table, place);
    let mut texts = Texts::default();
    let mut whole = String::new();
    for row in 0..docs.len() {
        whole.clear();
        for piece in docs.get(row).split_inclusive(is_sign) {
            let Some(sign) = piece.chars().next_back().filter(|last| is_sign(*last)) else {
                whole.push_str(piece);
                continue;
            };
            whole.push_str(&piece[..piece.len() - 1]);
            let teller = *tellers.get(usize::try_from(u32::from(sign)).ok()?.checked_sub(1)?)?;
            whole.push_str(&token(&table.columns()[teller], read[teller].as_ref()?, row));
        }
        texts.push(&whole);
    }
    Some(texts)
}

fn is_sign(c: char) -> bool {
    c < ' '
}

/// A cell as JSON has it. A text with a character that JSON writes otherwise is found in no document, and stays in it.
fn token(column: &Column, data: &Data, row: usize) -> String {
    match data {
        Data::U32(values) if column.unit == "month" => {
            format!("\"{:04}-{:02}\"", values[row] / 100, values[row] % 100)
        }
        Data::U32(values) => values[row].to_string(),
        Data::U64(values) => values[row].to_string(),
        Data::I64(values) => values[row].to_string(),
        Data::Date(values) => date_of(values[row]).map_or(String::new(), |date| format!("\"{date}\"")),
        Data::Text(values) => format!("\"{}\"", values.get(row)),
        Data::U8(_) | Data::U16(_) => unreachable!("codes are words in a document"),
    }
}

/// Shorter values are not worth a sign.
const WORTH: usize = 3;

fn leave_out(doc: &str, tokens: &[String]) -> String {
    assert!(!doc.contains(is_sign), "JSON has no raw control character");
    let (bytes, mut at) = (doc.as_bytes(), 0);
    let mut out = String::with_capacity(doc.len());
    while at < bytes.len() {
        let end = token_end(bytes, at);
        let is_value = bytes.get(end) != Some(&b':') && end - at >= WORTH;
        let sign = tokens.iter().position(|token| is_value && *token == doc[at..end]);
        match sign.and_then(|sign| u32::try_from(sign + 1).ok()).and_then(char::from_u32) {
            Some(sign) => out.push(sign),
            None => out.push_str(&doc[at..end]),
        }
        at = end;
    }
    out
}

/// Behind the text or number that begins here, or behind this one character.
fn token_end(bytes: &[u8], at: usize) -> usize {
    let is_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'e' | b'E' | b'+');
    match bytes[at] {
        b'"' => {
            let mut end = at + 1;
            while bytes[end] != b'"' {
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            end + 1
        }
        b'-' | b'0'..=b'9' => at + bytes[at..].iter().take_while(|byte| is_number(byte)).count(),
        _ => at + 1,
    }
}

/// The account of a document's payee, as it stands there; empty where it has none. No other field of a voucher has the name,
/// and in a text its quotes would not stand bare.
pub(super) fn account_in(doc: &str) -> &str {
    const NAME: &str = "\"account\":\"";
    let Some(start) = doc.find(NAME).map(|at| at + NAME.len()) else { return "" };
    doc[start..].split('"').next().unwrap_or("")
}
