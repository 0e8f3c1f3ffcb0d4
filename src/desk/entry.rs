//! Typed text becomes values: dates, hours, amounts, names of lists, as forms and flags take them.

use jiff::civil::{Date, Time};

use crate::domain::Refusal;
use crate::domain::code::codes_of;
use crate::domain::office::Approval;
use crate::domain::query::parse_day;

/// A day: `30/10/2026`, `2026-10-30`, `30102026`, `30/10` (this year), `hari ini`/`today`, `kemarin`/`yesterday`.
pub fn date(text: &str, today: Date) -> Result<Date, Refusal> {
    let typed = text.trim().to_lowercase();
    let fail = || Refusal::new("date-malformed").with("text", text.trim());
    match typed.as_str() {
        "hari ini" | "today" | "." => return Ok(today),
        "kemarin" | "yesterday" => return today.yesterday().map_err(|_| fail()),
        _ => {}
    }
    if typed.len() == 8 && typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return parse_day(&format!("{}/{}/{}", &typed[..2], &typed[2..4], &typed[4..])).ok_or_else(fail);
    }
    if typed.matches('/').count() == 1 {
        return parse_day(&format!("{typed}/{:04}", today.year())).ok_or_else(fail);
    }
    parse_day(&typed).ok_or_else(fail)
}

/// An hour of the day: `10:20`, `10.20`, `1020`.
pub fn time(text: &str) -> Result<Time, Refusal> {
    let typed = text.trim();
    let fail = || Refusal::new("time-malformed").with("text", typed);
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let shape_is_right = typed.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    if !shape_is_right || !(3..=4).contains(&digits.len()) {
        return Err(fail());
    }
    let (hour, minute) = digits.split_at(digits.len() - 2);
    let (hour, minute) = (hour.parse().map_err(|_| fail())?, minute.parse().map_err(|_| fail())?);
    Time::new(hour, minute, 0, 0).map_err(|_| fail())
}

/// A value that may be left empty.
pub fn optional<T>(text: &str, parse: impl FnOnce(&str) -> Result<T, Refusal>) -> Result<Option<T>, Refusal> {
    if text.trim().is_empty() { Ok(None) } else { parse(text.trim()).map(Some) }
}

/// A value that must be there.
pub fn required<T>(
    field: &'static str,
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::new("field-empty").with("field", field));
    }
    parse(text.trim())
}

/// A value of a closed list; the refusal names what the list has.
pub fn code<T>(list: &'static str, text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, Refusal> {
    parse(text).ok_or_else(|| {
        let choices = codes_of(list).join(", ").to_lowercase();
        Refusal::new("code-unknown").with("text", text.trim()).with("choices", choices)
    })
}

/// Whether a second person approves.
pub fn approval(text: &str) -> Result<Approval, Refusal> {
    Approval::parse(text).ok_or_else(|| {
        let choices = Approval::ALL.map(Approval::code).join(", ");
        Refusal::new("code-unknown").with("text", text.trim()).with("choices", choices)
    })
}

/// A small whole number.
pub fn number<T: std::str::FromStr>(text: &str) -> Result<T, Refusal> {
    text.trim().parse().map_err(|_| Refusal::new("number-malformed").with("text", text.trim()))
}
