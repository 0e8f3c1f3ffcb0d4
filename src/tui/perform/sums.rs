//! What a list adds up to: all that its filter lets through, or the marked rows.

use crate::domain::Rupiah;
use crate::store::{Totals, VoucherTotals};
use crate::tui::effect::{Answer, ListName, Sum, SumsOf};
use crate::tui::jobs::{JobContext, Trouble};

use super::vouchers::{made, queue};
use super::{Bench, claims};

/// The sums of a list as it was made last, or of the rows with these keys.
pub fn sums(
    bench: &Bench,
    list: ListName,
    marked: Option<&[String]>,
    context: &JobContext,
) -> Result<Answer, Trouble> {
    let sums = match (list, marked) {
        (ListName::Claims, None) => claims::totals(bench, context)?.map(|totals| of_claims(bench, totals)),
        (ListName::Claims, Some(keys)) => Some(of_claims(bench, claims::totals_of(bench, keys, context)?)),
        (ListName::Queue, keys) => Some(vec![sum(bench, "filter-sum-queue", queue::total(bench, keys))]),
        (ListName::Vouchers, None) => made::totals(bench, context)?.map(|totals| of_vouchers(bench, totals)),
        _ => None,
    };
    let of = marked.map_or(SumsOf::Shown, |keys| SumsOf::Marked(keys.len()));
    Ok(Answer::Sums { list, of, sums: sums.unwrap_or_default() })
}

fn of_claims(bench: &Bench, totals: Totals) -> Vec<Sum> {
    vec![
        sum(bench, "filter-sum-asked", totals.asked),
        sum(bench, "filter-sum-determined", totals.determined),
        sum(bench, "filter-sum-paid", totals.paid),
        sum(bench, "filter-sum-waiting", totals.waiting()),
    ]
}

fn of_vouchers(bench: &Bench, totals: VoucherTotals) -> Vec<Sum> {
    vec![
        sum(bench, "filter-sum-gross", totals.gross),
        sum(bench, "filter-sum-pph", totals.pph),
        sum(bench, "filter-sum-net", totals.net),
    ]
}

fn sum(bench: &Bench, key: &'static str, amount: Rupiah) -> Sum {
    let label = bench.words.text(key);
    let short = super::today::short(amount, &bench.words);
    let short = short.strip_prefix("Rp").unwrap_or(&short).to_owned();
    Sum { label, whole: amount.grouped(), short }
}
