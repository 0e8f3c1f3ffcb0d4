//! *Hari ini*: the first line.

use std::sync::{Mutex, PoisonError};

use crate::desk::{DeskError, TodayCount, TodayLine};
use crate::domain::Rupiah;
use crate::tui::effect::{Answer, Today, TodayItem};
use crate::tui::jobs::{JobContext, Trouble};
use crate::tui::theme::Tone;
use crate::words::{Lang, Words};

use super::Bench;

/// The items as they were counted last, to be patched by what has changed since.
pub type Held = Mutex<Option<TodayCount>>;

/// The items with their counts and sums.
pub fn line(bench: &Bench, context: &JobContext) -> Result<Answer, Trouble> {
    let before = bench.today.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let counted = bench.desk.today_count(before.as_ref(), context.cancel_flag());
    let counted = counted.map_err(|error| bench.trouble(error))?;
    let (office, today) = (bench.desk.office(), bench.desk.today());
    let item = |line: &TodayLine| TodayItem {
        label: bench.words.text(line.item.key),
        short: bench.words.text(&format!("today-short-{}", line.item.key.trim_start_matches("today-"))),
        count: line.count,
        amount: (line.amount > Rupiah::ZERO).then(|| short(line.amount, &bench.words)),
        filter: line.item.filter(&office, today),
        tone: match line.item.key {
            "today-late" => Tone::Bad,
            "today-due" => Tone::Warn,
            _ => Tone::Plain,
        },
    };
    let items: Vec<TodayItem> = counted.lines().iter().map(item).collect();
    *bench.today.lock().unwrap_or_else(PoisonError::into_inner) = Some(counted);
    let note = if bench.desk.view().n_claims() == 0 {
        Some("today-no-claims")
    } else if items.iter().all(|item| item.count == 0) {
        Some("today-nothing")
    } else {
        None
    };
    let standing = bench.desk.store().standing().error();
    let alarm = standing.map(|error| DeskError::Store(error).sentence(&bench.words));
    Ok(Answer::Today(Today { items, note: note.map(|key| bench.words.text(key)), alarm }))
}

/// A sum in as few letters as the first line has, rounded: `Rp212 jt`, `Rp2,7 jt`, `Rp1,2 M`. Below ten with a decimal, where
/// the figure before the comma alone would say too little.
pub fn short(amount: Rupiah, words: &Words) -> String {
    let names = match words.lang() {
        Lang::Id => ["M", "jt", "rb"],
        Lang::En => ["bn", "m", "k"],
    };
    let (rupiah, sign) = (amount.get().unsigned_abs(), if amount < Rupiah::ZERO { "-" } else { "" });
    // What rounds to a thousand of a smaller unit is one of the next.
    let reaches = |unit: u64| rupiah.saturating_add(unit / 2_000) >= unit;
    let units = [1_000_000_000_u64, 1_000_000, 1_000].into_iter().zip(names);
    let Some((unit, name)) = units.into_iter().find(|(unit, _)| reaches(*unit)) else {
        return format!("Rp{sign}{rupiah}");
    };
    let tenths = rupiah.saturating_add(unit / 20) / (unit / 10);
    if tenths < 100 {
        let decimal = if tenths % 10 == 0 { String::new() } else { format!(",{}", tenths % 10) };
        return format!("Rp{sign}{}{decimal} {name}", tenths / 10);
    }
    let whole = i64::try_from(rupiah.saturating_add(unit / 2) / unit).unwrap_or(i64::MAX);
    format!("Rp{sign}{} {name}", words.number(whole))
}
