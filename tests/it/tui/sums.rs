//! What a list adds up to: all of it and the marked rows, on the screen, in the store and on the command line.

use std::sync::atomic::AtomicBool;

use jiff::civil::date;
use santun::desk::current_actor;
use santun::domain::query::{Expr, parse};
use santun::domain::{ClaimId, Rupiah};
use santun::store::{ClaimRow, Sort, Totals, View};

use super::real::RealClerk;
use super::work_desk::store_to_pay;

fn never() -> AtomicBool {
    AtomicBool::new(false)
}

/// The sums as anybody would count them: row by row.
fn recount(rows: &[ClaimRow]) -> Totals {
    let sum = |amount: fn(&ClaimRow) -> Rupiah| rows.iter().map(amount).sum();
    Totals {
        count: rows.len() as u64,
        asked: sum(|row| row.asked),
        determined: sum(|row| row.determined),
        paid: sum(|row| row.paid),
        waiting_voucher: sum(|row| row.waiting_voucher),
        waiting_payment: sum(|row| row.waiting_payment),
    }
}

fn rows(view: &View, expr: &Expr) -> Vec<ClaimRow> {
    let rows = view.select(expr, Sort::default(), date(2026, 10, 30), &never(), &|_, _| {}).unwrap();
    rows.window(0..rows.len()).unwrap()
}

#[test]
fn sums_are_what_the_rows_add_up_to() {
    let folder = store_to_pay();
    let clerk = RealClerk::new(folder.path());
    let today = date(2026, 10, 30);
    // Once from the overlay, once from files.
    for round in ["overlay", "files"] {
        let view = clerk.bench.desk.view();
        for filter in
            ["", "terbuka", "menunggu > 0", "perusahaan ~ semen", "kondisi = berobat", "budi", "xyzzy"]
        {
            let expr = parse(filter, today).unwrap();
            let rows = rows(&view, &expr);
            let totals = view.totals(&expr, today, &never()).unwrap();
            assert_eq!(totals, recount(&rows), "{round}: {filter}");
            let ids: Vec<ClaimId> = rows.iter().map(|row| row.id).collect();
            assert_eq!(view.totals_of(&ids).unwrap(), totals, "{round}: {filter}, by ids");
            let twice: Vec<ClaimId> = ids.iter().chain(&ids).copied().collect();
            assert_eq!(view.totals_of(&twice).unwrap(), totals, "{round}: {filter}: each counts once");
        }
        drop(view);
        let now = clerk.bench.desk.clock().moment(santun::domain::Zone::Wib);
        clerk.bench.desk.store().compact(&current_actor(), now).unwrap();
        clerk.bench.desk.refresh().unwrap();
    }
}

#[test]
fn the_rule_below_the_list_says_what_is_shown_and_what_is_marked() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.sees("diminta 84 jt · ditetapkan 84 jt · dibayar 0 · menunggu 84 jt").shows("claims-sums");
    clerk.press("/ ctrl-u 'budi' enter").sees("ditetapkan 28.800.000");
    clerk.press("/ 'semen' enter m m").sees("✓ 2: ditetapkan ").shows("claims-sums-marked");
    clerk.press("M").misses("ditandai");
    clerk.press("/ 'tiada' enter").misses("diminta");
}

#[test]
fn a_large_window_says_both_to_the_rupiah() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::with(folder.path(), santun::words::Lang::En, (150, 40));
    clerk.press("g m").sees("determined 84.500.000").sees("✓ 1: asked ");
}

#[test]
fn the_voucher_desk_adds_up_its_lists() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("f2").sees("jumlah 84.500.000");
    clerk.press("m").sees("✓ 1: jumlah 15.550.000");
    clerk.press("m v y enter w").sees("bruto ").sees("neto ");
}
