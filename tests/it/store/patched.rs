//! Lists that follow a store: an order patched step by step is the order made anew, for claims and vouchers, whatever is
//! committed between; the register's filter and orders against their plain meaning.

use std::sync::atomic::AtomicBool;

use jiff::civil::date;
use santun::domain::code::{Origin, Programme, VoucherKind, VoucherState};
use santun::domain::query::{self, Expr, Field};
use santun::domain::{ClaimEvent, ClaimId, Event, LineNo, Period, Rupiah, VoucherEvent, VoucherId};
use santun::store::{
    Direction, KeptTotals, Rows, Sort, Store, VoucherColumn, VoucherFilter, VoucherRow, VoucherRows,
    VoucherSort, VoucherTotals,
};

use super::filter::varied;
use super::make::{Dice, clerk, key, morning};
use super::view::{birth, raise};

const TODAY: jiff::civil::Date = date(2026, 10, 30);
static NEVER: AtomicBool = AtomicBool::new(false);

const COLUMNS: [VoucherColumn; 11] = [
    VoucherColumn::Date,
    VoucherColumn::Code,
    VoucherColumn::Payee,
    VoucherColumn::Net,
    VoucherColumn::Gross,
    VoucherColumn::Unpaid,
    VoucherColumn::State,
    VoucherColumn::Kind,
    VoucherColumn::Claims,
    VoucherColumn::Account,
    VoucherColumn::Void,
];

/// Something happens: a claim is born, changed, put on a voucher; a voucher is paid or voided.
fn happen(store: &Store, dice: &mut Dice, name: &str) {
    let view = store.view();
    let claim = ClaimId::new(1 + dice.below(view.n_claims()));
    let voucher = VoucherId::new(1 + dice.below(view.n_vouchers().max(1)));
    let events = match dice.below(7) {
        0 => birth(dice, view.next_claim_id()),
        1 => {
            let mut line = dice.line(9);
            line.determination = None;
            let letter = dice.determination();
            let (amount, date) = (letter.amount + Rupiah::new(1), letter.date);
            let (no, number, posted) = (LineNo::new(9), letter.number, letter.posted);
            let determined = ClaimEvent::LineDetermined { line: no, amount, date, number, posted };
            let found = view.claim(claim).unwrap().unwrap();
            let mut events = vec![determined];
            if found.line(no).is_none() {
                events.insert(0, ClaimEvent::LineAdded { line: Box::new(line), booked: None });
            }
            events.into_iter().map(|event| Event::Claim(claim, event)).collect()
        }
        2 => match view.claim(claim).unwrap() {
            Some(found) if found.lines.iter().any(|line| line.waits_for_voucher()) => {
                vec![raise(dice, view.next_voucher_id(), &found)]
            }
            _ => Vec::new(),
        },
        3 | 4 => match view.voucher(voucher).unwrap() {
            Some(found) if found.unpaid() > Rupiah::ZERO => {
                let half = Rupiah::new(found.unpaid().get() / 2 + 1);
                let no = u16::try_from(found.payments.len() + 1).unwrap();
                let (payment, posted) = (dice.payment(no, half), dice.month());
                vec![Event::Voucher(voucher, VoucherEvent::Paid { payment, posted })]
            }
            _ => Vec::new(),
        },
        which => match dice.event(4 + which) {
            Event::Claim(_, event) => vec![Event::Claim(claim, event)],
            _ => unreachable!(),
        },
    };
    store.commit(&key(name), &clerk(), morning(), |_| Ok(events)).unwrap();
}

fn ids(rows: &Rows) -> Vec<ClaimId> {
    rows.ids(0..rows.len()).unwrap()
}

fn vouchers(rows: &VoucherRows) -> Vec<VoucherRow> {
    rows.window(0..rows.len()).unwrap()
}

fn any_sort(dice: &mut Dice) -> (Sort, VoucherSort) {
    let fields = [Field::Due, Field::Worker, Field::Determined, Field::Status, Field::Paid, Field::Voucher];
    let direction = dice.pick(&[Direction::Ascending, Direction::Descending, Direction::Nearest]);
    let sort = Sort { column: dice.pick(&fields), direction };
    (sort, VoucherSort { column: dice.pick(&COLUMNS), direction })
}

fn any_filter(dice: &mut Dice) -> VoucherFilter {
    let month = |number: i8| Period::new(2026, number).unwrap();
    let mut filter = VoucherFilter::default();
    match dice.below(8) {
        0 => filter.states = vec![VoucherState::Paid, VoucherState::Void],
        1 => filter.states = vec![VoucherState::Proposed],
        2 => filter.kind = Some(dice.pick(VoucherKind::ALL)),
        3 => filter.origin = Some(dice.pick(Origin::ALL)),
        4 => filter.programme = Some(dice.pick(Programme::ALL)),
        5 => filter.posted = Some((month(9), month(9))),
        6 => filter.text = dice.pick(&["a", "J-000", "j 0001", "ITI"]).to_owned(),
        _ => {}
    }
    filter
}

#[test]
fn a_patched_order_is_the_order_made_anew() {
    for seed in 0..3 {
        let (_dir, store) = varied(100 + seed, 25);
        let mut dice = Dice(seed);
        if seed % 2 == 0 {
            store.compact(&clerk(), morning()).unwrap();
        }
        let expr = match seed % 3 {
            0 => Expr::All,
            1 => query::parse("terbuka dan ditetapkan > 0", TODAY).unwrap(),
            _ => query::parse("menunggu > 0", TODAY).unwrap(),
        };
        let view = store.view();
        let mut lists: Vec<(Rows, VoucherFilter, VoucherRows)> = Vec::new();
        for _ in 0..6 {
            let ((sort, voucher_sort), filter) = (any_sort(&mut dice), any_filter(&mut dice));
            let rows = view.select(&expr, sort, TODAY, &NEVER, &|_, _| {}).unwrap();
            let made = view.voucher_list(&filter, voucher_sort, &NEVER).unwrap();
            lists.push((rows, filter, made));
        }
        let mut n_moved = 0;
        for turn in 0..14 {
            (0..=dice.below(3)).for_each(|n| happen(&store, &mut dice, &format!("p{seed}.{turn}.{n}")));
            if turn == 7 {
                // Another base under the lists: they are made again, and go on from there.
                store.compact(&clerk(), morning()).unwrap();
            }
            let view = store.view();
            for (rows, filter, made) in &mut lists {
                let patched = rows.patch(&view, &NEVER).unwrap();
                let anew = view.select(&expr, rows.sort(), TODAY, &NEVER, &|_, _| {}).unwrap();
                let whole = |rows: &Rows| rows.window(0..rows.len()).unwrap();
                assert_eq!(whole(&patched), whole(&anew), "{seed} {turn} {:?}", rows.sort());
                n_moved += usize::from(ids(&patched) != ids(rows));
                *rows = patched;
                let patched = made.patch(&view, &NEVER).unwrap();
                let anew = view.voucher_list(filter, made.sort(), &NEVER).unwrap();
                assert_eq!(vouchers(&patched), vouchers(&anew), "{seed} {turn} {:?} {filter:?}", made.sort());
                let all: Vec<VoucherId> = vouchers(&anew).iter().map(|row| row.id).collect();
                let places: Vec<Option<usize>> = (0..all.len()).map(Some).collect();
                assert_eq!(patched.positions_of(&all).unwrap(), places);
                *made = patched;
            }
        }
        assert!(n_moved > 10, "the lists moved: {n_moved}");
    }
}

#[test]
fn kept_totals_are_those_counted_anew() {
    let (_dir, store) = varied(41, 30);
    store.compact(&clerk(), morning()).unwrap();
    let filters = ["terbuka", "menunggu > 0", "ditetapkan > 1.000.000", "lunas", "berkas_kurang > 0"];
    let filters = filters.map(|text| query::parse(text, TODAY).unwrap_or(Expr::All));
    let count =
        |older: Option<&KeptTotals>| KeptTotals::of(&store.view(), &filters, TODAY, older, &NEVER).unwrap();
    let (mut dice, mut kept, mut n_moved) = (Dice(8), count(None), 0);
    for turn in 0..40 {
        (0..=dice.below(3)).for_each(|n| happen(&store, &mut dice, &format!("k{turn}.{n}")));
        if turn == 20 {
            store.compact(&clerk(), morning()).unwrap();
        }
        let patched = count(Some(&kept));
        for (filter, totals) in filters.iter().zip(patched.totals()) {
            assert_eq!(*totals, store.view().totals(filter, TODAY, &NEVER).unwrap(), "{turn} {filter:?}");
        }
        n_moved += usize::from(patched.totals() != kept.totals());
        kept = patched;
    }
    assert!(n_moved > 20, "the totals moved: {n_moved}");
}

#[test]
fn an_older_view_or_another_base_is_no_patch() {
    let (_dir, store) = varied(3, 6);
    let old = store.view();
    happen(&store, &mut Dice(1), "x");
    store
        .commit(&key("y"), &clerk(), morning(), |view| Ok(birth(&mut Dice(7), view.next_claim_id())))
        .unwrap();
    let new = store.view();
    assert_eq!(new.claims_changed_since(&new), Some(Vec::new()));
    assert!(new.claims_changed_since(&old).unwrap().contains(&ClaimId::new(7)));
    assert_eq!((old.claims_changed_since(&new), old.vouchers_changed_since(&new)), (None, None));
    store.compact(&clerk(), morning()).unwrap();
    assert_eq!(store.view().claims_changed_since(&new), None);
}

#[test]
fn the_registers_filter_and_orders_mean_what_they_say() {
    let (_dir, store) = varied(21, 60);
    let mut dice = Dice(5);
    for turn in 0..60 {
        if turn == 40 {
            store.compact(&clerk(), morning()).unwrap();
        }
        happen(&store, &mut dice, &format!("r{turn}"));
    }
    let view = store.view();
    let all = vouchers(&view.voucher_rows(&VoucherFilter::default()).unwrap());
    let newest = |one: &VoucherRow, other: &VoucherRow| (other.date, other.id).cmp(&(one.date, one.id));
    assert!(all.len() > 20 && all.is_sorted_by(|one, other| newest(one, other).is_lt()));
    let mut n_found = [0, 0];
    for _ in 0..200 {
        let filter = any_filter(&mut dice);
        let kept: Vec<VoucherRow> = all.iter().filter(|row| filter.holds(row)).cloned().collect();
        let rows = view.voucher_rows(&filter).unwrap();
        assert_eq!(vouchers(&rows), kept, "{filter:?}");
        assert_eq!(rows.totals(&NEVER).unwrap(), VoucherTotals::of(kept.iter()), "{filter:?}");
        n_found[usize::from(kept.is_empty())] += 1;
    }
    assert!(n_found[0] > 50 && n_found[1] > 0, "some filters find something, some nothing: {n_found:?}");
    for column in COLUMNS {
        for direction in [Direction::Ascending, Direction::Descending] {
            let mut plain = all.clone();
            plain.sort_by(|one, other| {
                let by_key = plain_key(one, column).cmp(&plain_key(other, column));
                let by_key = if direction == Direction::Descending { by_key.reverse() } else { by_key };
                by_key.then(newest(one, other))
            });
            let sort = VoucherSort { column, direction };
            let rows = view.voucher_list(&VoucherFilter::default(), sort, &NEVER).unwrap();
            assert_eq!(vouchers(&rows), plain, "{sort:?}");
        }
    }
}

/// The key of a row, said plainly.
fn plain_key(row: &VoucherRow, column: VoucherColumn) -> (i64, String) {
    let text = |text: &str| (0, text.to_owned());
    match column {
        VoucherColumn::Date => (0, row.date.to_string()),
        VoucherColumn::Code => text(&row.code),
        VoucherColumn::Payee => text(&query::fold(&row.payee)),
        VoucherColumn::Net => (row.net.get(), String::new()),
        VoucherColumn::Gross => (row.gross.get(), String::new()),
        VoucherColumn::Unpaid => (row.unpaid().get(), String::new()),
        VoucherColumn::State => text(row.state.code()),
        VoucherColumn::Kind => text(row.kind.code()),
        VoucherColumn::Claims => text(&row.claim_nos.join("\n")),
        VoucherColumn::Account => text(&format!("{}\n{}", row.bank, row.account_tail)),
        VoucherColumn::Void => text(&query::fold(&row.void_reason)),
    }
}

#[test]
fn claims_are_read_whole_in_the_order_of_the_files() {
    let (_dir, store) = varied(31, 40);
    store.compact(&clerk(), morning()).unwrap();
    let mut dice = Dice(9);
    (0..12).for_each(|turn| happen(&store, &mut dice, &format!("m{turn}")));
    let (view, expr) = (store.view(), query::parse("menunggu_voucher > 0", TODAY).unwrap());
    let mut found = Vec::new();
    view.map_claims(&expr, TODAY, &NEVER, |claim| claim.clone(), &mut |claim| found.push(claim)).unwrap();
    found.sort_by_key(|claim| claim.id);
    let mut wanted = ids(&view.select(&expr, Sort::default(), TODAY, &NEVER, &|_, _| {}).unwrap());
    wanted.sort_unstable();
    assert!(wanted.len() > 5 && u64::try_from(wanted.len()).unwrap() < view.n_claims());
    assert_eq!(found.iter().map(|claim| claim.id).collect::<Vec<_>>(), wanted);
    for claim in &found {
        assert_eq!(view.claim(claim.id).unwrap().as_deref(), Some(claim));
    }
    let stopped = view.map_claims(&expr, TODAY, &AtomicBool::new(true), |_| (), &mut |()| {});
    assert!(stopped.is_err(), "a cancelled walk stops");
}
