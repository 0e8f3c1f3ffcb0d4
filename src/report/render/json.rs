//! JSON of a stable shape: keys may be added, none renamed; amounts are integers in rupiah, dates ISO, values of closed
//! lists their codes. The types here are the format; no business type is written as it happens to look.

mod shape;

use serde::Serialize;

use crate::base::safe;
use crate::report::monthly::MonthlyReport;

/// The monthly report.
pub fn monthly_json(report: &MonthlyReport) -> String {
    to_json(&shape::Monthly::of(report))
}

/// Indented JSON with a line end. Characters that could steer a terminal are written as escapes: the data stays the
/// same and printing it is harmless.
pub fn to_json(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value).expect("plain values are JSON");
    let mut out = String::with_capacity(text.len() + 1);
    for character in text.chars() {
        if is_harmless(character) {
            out.push(character);
        } else {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out.push('\n');
    out
}

/// Outside its strings JSON is plain ASCII, so a character can be judged without knowing where it stands.
fn is_harmless(character: char) -> bool {
    if character.is_ascii() {
        return character != '\u{7f}';
    }
    let mut bytes = [0; 4];
    let text: &str = character.encode_utf8(&mut bytes);
    safe::terminal(text) == text
}
