//! What a list adds up to: all of it and the marked rows, on the screen, in the store and on the command line.

use std::sync::atomic::AtomicBool;

use jiff::civil::date;
use santun::desk::current_actor;
use santun::domain::query::{Expr, parse};
use santun::domain::{ClaimId, Rupiah};
use santun::store::{ClaimRow, Sort, Totals, View};
use santun::tui::effect::{Effect, Msg, Task};
use santun::tui::jobs::{JobContext, JobEvent, Report, Slot};
use santun::tui::perform::today::short;
use santun::words::{Lang, Words};

use super::desk::inputs;
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
    clerk.sees("diminta 85 jt · ditetapkan 85 jt · dibayar 0 · menunggu 85 jt").shows("claims-sums");
    // Nothing is owed on the first: its day is that of a further step, and no payment is late.
    clerk.sees("–  03/10/2026").sees("41.200.000  ! 15/10/26");
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

/// Types with no job answered; what the last key asks for.
fn typed(clerk: &mut RealClerk, script: &str) -> Vec<Effect> {
    let typed = inputs(script).into_iter().map(|input| clerk.app.update(Msg::Input(input)));
    typed.last().expect("a key")
}

/// Answers one job; what is asked for then.
fn answered(clerk: &mut RealClerk, slot: Slot, task: Task) -> Vec<Effect> {
    let event = JobEvent::Over(clerk.bench.perform(task, &JobContext::alone()));
    clerk.app.update(Msg::Job(Report { slot, generation: 1, event }))
}

/// Answers the jobs of these effects and what they ask for, but no sums.
fn all_but_sums(clerk: &mut RealClerk, mut effects: Vec<Effect>) {
    while let Some(effect) = effects.pop() {
        if let Effect::Run { slot, task, .. } = effect
            && !matches!(task, Task::Sums { .. })
        {
            effects.extend(answered(clerk, slot, task));
        }
    }
}

#[test]
fn sums_of_another_filter_are_not_shown_though_as_many_rows_pass() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ ctrl-u 'budi' enter").sees("1 dari 7").sees("ditetapkan 28.800.000");
    let effects = typed(&mut clerk, "/ ctrl-u 'lestari' enter");
    all_but_sums(&mut clerk, effects);
    clerk.sees("1 dari 7").sees("Lestari").misses("ditetapkan 28.800.000");
}

#[test]
fn sums_that_come_late_are_not_those_of_the_new_filter() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    let effects = typed(&mut clerk, "/ ctrl-u 'budi' enter");
    all_but_sums(&mut clerk, effects);
    let late = Task::Sums { list: santun::tui::effect::ListName::Claims, marked: None };
    let late = clerk.bench.perform(late, &JobContext::alone());
    for effect in typed(&mut clerk, "/ ctrl-u 'lestari' enter") {
        if let Effect::Run { slot, task: task @ Task::List { .. }, .. } = effect {
            drop(answered(&mut clerk, slot, task));
        }
    }
    let (slot, event) = (Slot::supersede("claims-sums"), JobEvent::Over(late));
    drop(clerk.app.update(Msg::Job(Report { slot, generation: 1, event })));
    clerk.sees("1 dari 7").misses("ditetapkan 28.800.000");
}

#[test]
fn marks_of_each_list_are_counted_in_a_place_of_their_own() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("m f2 m");
    let counted = |effects: Vec<Effect>| {
        let slot = |effect: Effect| match effect {
            Effect::Run { slot, task: Task::Outside { .. }, .. } => Some(slot),
            _ => None,
        };
        effects.into_iter().find_map(slot).expect("marks are counted")
    };
    let mut slots = Vec::new();
    for key in ["f1 ctrl-r", "f2 ctrl-r"] {
        for effect in typed(&mut clerk, key) {
            if let Effect::Run { slot, task: task @ Task::List { .. }, .. } = effect {
                let effects = answered(&mut clerk, slot, task);
                slots.push(counted(effects));
            }
        }
    }
    assert_eq!(slots.len(), 2);
    assert_ne!(slots[0], slots[1]);
}

/// Rupiah, in Indonesian, in English.
const SHORT: &str = "
    0             | Rp0       | Rp0
    999           | Rp999     | Rp999
    1000          | Rp1 rb    | Rp1 k
    1449          | Rp1,4 rb  | Rp1,4 k
    999499        | Rp999 rb  | Rp999 k
    999500        | Rp1 jt    | Rp1 m
    2679000       | Rp2,7 jt  | Rp2,7 m
    4579000       | Rp4,6 jt  | Rp4,6 m
    9949999       | Rp9,9 jt  | Rp9,9 m
    9950000       | Rp10 jt   | Rp10 m
    212499999     | Rp212 jt  | Rp212 m
    999600000     | Rp1 M     | Rp1 bn
    1250000000    | Rp1,3 M   | Rp1,3 bn
    12000000000   | Rp12 M    | Rp12 bn
    1234500000000 | Rp1.235 M | Rp1.235 bn
    -2679000      | Rp-2,7 jt | Rp-2,7 m";

#[test]
fn sums_are_rounded_and_not_cut() {
    for row in SHORT.lines().filter(|row| !row.trim().is_empty()) {
        let [amount, indonesian, english] = row.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            panic!("three cells: {row}");
        };
        let amount = Rupiah::new(amount.parse().unwrap());
        assert_eq!(short(amount, &Words::new(Lang::Id)), indonesian);
        assert_eq!(short(amount, &Words::new(Lang::En)), english);
    }
}
