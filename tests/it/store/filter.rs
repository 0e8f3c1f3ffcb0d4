//! The compiler of the filter language against its plain meaning.

use std::sync::atomic::AtomicBool;

use jiff::civil::date;
use proptest::prelude::*;
use santun::domain::clock::next_due;
use santun::domain::query::{self, Expr, Field, Kind, List, Op, Operand, Test};
use santun::domain::{Claim, ClaimId, Event};
use santun::store::{Direction, Sort, Store, View, VoucherFilter};
use tempfile::TempDir;

use super::make::{Dice, clerk, key, morning, office};
use super::view::{birth, raise};

const TODAY: jiff::civil::Date = date(2026, 10, 30);

/// A store with a few claims of every sort, some on vouchers.
pub fn varied(seed: u64, n: u64) -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::create(&dir.path().join("s"), &office(), &clerk(), &morning()).unwrap();
    let mut dice = Dice(seed);
    let happen = |name: String, events: Vec<Event>| {
        store.commit(&key(&name), &clerk(), morning(), |_| Ok(events)).unwrap();
    };
    for place in 0..n {
        let id = store.view().next_claim_id();
        happen(format!("b{place}"), birth(&mut dice, id));
        for which in [2, 3, 4, 9, 10, 11] {
            if dice.below(2) == 0
                && let Event::Claim(_, event) = dice.event(which)
            {
                happen(format!("e{place}.{which}"), vec![Event::Claim(id, event)]);
            }
        }
        if dice.below(2) == 0 {
            let claim = store.view().claim(id).unwrap().unwrap();
            let voucher = store.view().next_voucher_id();
            happen(format!("v{place}"), vec![raise(&mut dice, voucher, &claim)]);
        }
    }
    (dir, store)
}

fn all_claims(view: &View) -> Vec<Claim> {
    let mut claims = Vec::new();
    view.for_each_claim(&mut |claim| claims.push(claim.clone())).unwrap();
    claims.sort_by_key(|claim| claim.id);
    claims
}

/// What the filter means, said plainly.
fn naive(claims: &[Claim], view: &View, expr: &Expr) -> Vec<u64> {
    let holds = |claim: &&Claim| {
        let due = next_due(claim, view.office());
        let papers_missing = santun::store::papers_missing(claim).into();
        query::eval(expr, &query::ClaimRow { claim, today: TODAY, due, papers_missing })
    };
    claims.iter().filter(holds).map(|claim| claim.id.get()).collect()
}

fn selected(view: &View, expr: &Expr, sort: Sort) -> Vec<u64> {
    let rows = view.select(expr, sort, TODAY, &AtomicBool::new(false), &|_, _| {}).unwrap();
    rows.window(0..rows.len()).unwrap().iter().map(|row| row.id.get()).collect()
}

fn by_id() -> Sort {
    Sort { column: Field::Registered, direction: Direction::Ascending }
}

fn any_test(dice: &mut Dice) -> Expr {
    let field = dice.pick(Field::ALL);
    let ops = [Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge];
    let (op, operand) = match field.kind() {
        Kind::Text | Kind::Paper => {
            let text =
                dice.pick(&["a", "siti", "PT semen", "J-0000", "j00003", "NPP00001", "ß", "s61", "2610"]);
            (dice.pick(&[Op::Eq, Op::Ne, Op::Contains]), Operand::Text(text.to_owned()))
        }
        Kind::Code(list) => {
            let count = List::values(list).len() as u64;
            (dice.pick(&[Op::Eq, Op::Ne]), Operand::Code(u8::try_from(dice.below(count)).unwrap()))
        }
        Kind::Flag => (Op::Eq, Operand::Code(u8::try_from(dice.below(2)).unwrap())),
        Kind::Past | Kind::Due => {
            let (a, b) = (dice.day(), dice.day());
            (dice.pick(&ops), Operand::Dates(a.min(b), a.max(b)))
        }
        Kind::Month => {
            let (a, b) = (dice.month(), dice.month());
            (dice.pick(&ops), Operand::Months(a.min(b), a.max(b)))
        }
        Kind::Money => (dice.pick(&ops), Operand::Money(dice.money())),
        Kind::Count | Kind::Days | Kind::Age => {
            (dice.pick(&ops), Operand::Number(i64::try_from(dice.below(500)).unwrap()))
        }
    };
    if dice.below(5) == 0 {
        return Expr::Test(Test { field, op: Op::Present, operand: Operand::Nothing });
    }
    Expr::Test(Test { field, op, operand })
}

fn any_expr(dice: &mut Dice, depth: u64) -> Expr {
    match dice.below(if depth == 0 { 2 } else { 6 }) {
        0 => any_test(dice),
        1 => Expr::Words(
            dice.pick(&["siti", "J-00002", "semen timur", "12345678", "wibowo", "26 10"]).to_owned(),
        ),
        2 => Expr::Not(Box::new(any_expr(dice, depth - 1))),
        3 => Expr::Or(vec![any_expr(dice, depth - 1), any_expr(dice, depth - 1)]),
        _ => Expr::And(vec![any_expr(dice, depth - 1), any_expr(dice, depth - 1)]),
    }
}

#[test]
fn the_compiler_means_what_the_language_says() {
    let (_dir, store) = varied(11, 60);
    let view = store.view();
    let claims = all_claims(&view);
    let mut seen = (0, 0);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    runner
        .run(&any::<u64>(), |seed| {
            let expr = any_expr(&mut Dice(seed), 3);
            let mut found = selected(&view, &expr, by_id());
            found.sort_unstable();
            let wanted = naive(&claims, &view, &expr);
            prop_assert_eq!(&found, &wanted, "{:?}", expr);
            Ok(())
        })
        .unwrap();
    for place in 0..400 {
        let expr = any_expr(&mut Dice(place), 1);
        match naive(&claims, &view, &expr).len() {
            0 => seen.0 += 1,
            _ => seen.1 += 1,
        }
    }
    assert!(seen.0 > 20 && seen.1 > 100, "the expressions say something: {seen:?}");
}

#[test]
fn every_field_sorts_with_empties_last() {
    let (_dir, store) = varied(12, 40);
    let view = store.view();
    for field in Field::ALL {
        for direction in [Direction::Ascending, Direction::Descending] {
            let sort = Sort { column: *field, direction };
            let rows = view.select(&Expr::All, sort, TODAY, &AtomicBool::new(false), &|_, _| {}).unwrap();
            assert_eq!(rows.len(), 40);
            let present = Expr::Not(Box::new(Expr::Test(Test {
                field: *field,
                op: Op::Present,
                operand: Operand::Nothing,
            })));
            let is_number = matches!(field.kind(), Kind::Money | Kind::Count | Kind::Days | Kind::Age);
            if !is_number {
                let empty = naive(&all_claims(&view), &view, &present);
                let ids: Vec<u64> = rows.ids(0..40).unwrap().iter().map(|id| id.get()).collect();
                assert_eq!(ids[40 - empty.len()..], empty, "{field:?}: empties, the oldest first");
            }
        }
    }
}

#[test]
fn amounts_sort_and_add_up() {
    let (_dir, store) = varied(13, 50);
    let view = store.view();
    let sort = Sort { column: Field::Determined, direction: Direction::Descending };
    let rows = view.select(&Expr::All, sort, TODAY, &AtomicBool::new(false), &|_, _| {}).unwrap();
    let amounts: Vec<_> = rows.window(0..50).unwrap().iter().map(|row| row.determined).collect();
    assert!(amounts.is_sorted_by(|a, b| a >= b));
    let claims = all_claims(&view);
    let totals = view.totals(&Expr::All, TODAY, &AtomicBool::new(false)).unwrap();
    assert_eq!(totals.count, 50);
    assert_eq!(totals.determined, claims.iter().map(|claim| claim.sums().determined).sum());
    assert_eq!(totals.waiting_payment, claims.iter().map(|claim| claim.sums().waiting_payment).sum());
}

#[test]
fn a_newer_view_patches_the_list() {
    let (_dir, store) = varied(14, 30);
    let never = AtomicBool::new(false);
    let expr = query::parse("terbuka dan ditetapkan > 0", TODAY).unwrap();
    for field in [Field::Due, Field::Worker, Field::Determined, Field::Status] {
        for direction in [Direction::Ascending, Direction::Descending] {
            let sort = Sort { column: field, direction };
            let old = store.view().select(&expr, sort, TODAY, &never, &|_, _| {}).unwrap();
            let mut dice = Dice(u64::from(field as u8) * 2 + direction as u64);
            for turn in 0..4 {
                let id = santun::domain::ClaimId::new(1 + dice.below(30));
                let events = match (turn, dice.event(if turn == 1 { 10 } else { 9 })) {
                    (0, _) => birth(&mut dice, store.view().next_claim_id()),
                    (_, Event::Claim(_, event)) => vec![Event::Claim(id, event)],
                    _ => unreachable!(),
                };
                let name = key(&format!("{field:?}{direction:?}{turn}"));
                store.commit(&name, &clerk(), morning(), |_| Ok(events)).unwrap();
            }
            let view = store.view();
            let patched = old.patch(&view, &never).unwrap();
            let ids: Vec<u64> = patched.ids(0..patched.len()).unwrap().iter().map(|id| id.get()).collect();
            assert_eq!(ids, selected(&view, &expr, sort), "{field:?} {direction:?}");
            for (place, id) in ids.iter().enumerate() {
                let found = patched.position_of(santun::domain::ClaimId::new(*id)).unwrap();
                assert_eq!(found, Some(place));
            }
        }
    }
}

#[test]
fn a_cancelled_filter_stops() {
    let (_dir, store) = varied(15, 3);
    let rows = store.view().select(&Expr::All, Sort::default(), TODAY, &AtomicBool::new(false), &|_, _| {});
    assert_eq!(rows.unwrap().window(1..99).unwrap().len(), 2);
}

/// The store with half of it in tables, the other half as it came.
fn half_in_tables(seed: u64) -> (TempDir, Store) {
    let (dir, store) = varied(seed, 40);
    store.compact(&clerk(), morning()).unwrap();
    let mut dice = Dice(seed);
    for turn in 0..20 {
        let id = ClaimId::new(1 + dice.below(40));
        let events = match (turn % 2, dice.event(9)) {
            (0, _) => birth(&mut dice, store.view().next_claim_id()),
            (_, Event::Claim(_, event)) => vec![Event::Claim(id, event)],
            _ => unreachable!(),
        };
        store.commit(&key(&format!("t{turn}")), &clerk(), morning(), |_| Ok(events)).unwrap();
    }
    (dir, store)
}

#[test]
fn a_claim_is_found_in_a_list_or_its_neighbour_where_the_filter_leaves_it_out() {
    let (_dir, store) = half_in_tables(16);
    let (view, never) = (store.view(), AtomicBool::new(false));
    let expr = query::parse("terbuka dan ditetapkan > 0", TODAY).unwrap();
    for field in [Field::Due, Field::Worker, Field::Determined, Field::Registered] {
        for direction in [Direction::Ascending, Direction::Descending, Direction::Nearest] {
            let sort = Sort { column: field, direction };
            let all = view.select(&Expr::All, sort, TODAY, &never, &|_, _| {}).unwrap();
            let some = view.select(&expr, sort, TODAY, &never, &|_, _| {}).unwrap();
            let ids = all.ids(0..all.len()).unwrap();
            let kept = some.ids(0..some.len()).unwrap();
            assert!(!kept.is_empty() && kept.len() < ids.len(), "the filter says something");
            let rows = all.window(0..all.len()).unwrap();
            let positions = some.positions_of(&ids).unwrap();
            for (place, id) in ids.iter().enumerate() {
                assert_eq!(view.claim_row(*id).unwrap().as_ref(), Some(&rows[place]), "{id:?}");
                let position = kept.iter().position(|other| other == id);
                assert_eq!(
                    (positions[place], some.position_of(*id).unwrap()),
                    (position, position),
                    "{id:?}"
                );
                let n_before = ids[..place].iter().filter(|other| kept.contains(other)).count();
                let near = some.position_near(*id).unwrap();
                assert_eq!(near, Some(n_before), "{field:?} {direction:?} {id:?}");
            }
        }
    }
    assert_eq!(view.claim_row(ClaimId::new(9_999)).unwrap(), None);
}

#[test]
fn a_voucher_is_found_in_a_list_or_its_neighbour_where_the_filter_leaves_it_out() {
    let (_dir, store) = half_in_tables(17);
    for place in 0..6 {
        let mut dice = Dice(place);
        let view = store.view();
        let claim = view.claim(ClaimId::new(1 + place)).unwrap().unwrap();
        let voucher = raise(&mut dice, view.next_voucher_id(), &claim);
        store.commit(&key(&format!("w{place}")), &clerk(), morning(), |_| Ok(vec![voucher])).unwrap();
    }
    let view = store.view();
    let all = view.voucher_rows(&VoucherFilter::default()).unwrap();
    let rows = all.window(0..all.len()).unwrap();
    let filter = VoucherFilter { kind: Some(rows[0].kind), ..VoucherFilter::default() };
    let some = view.voucher_rows(&filter).unwrap();
    let kept: Vec<_> = some.window(0..some.len()).unwrap().iter().map(|row| row.id).collect();
    assert!(!kept.is_empty() && kept.len() < rows.len(), "the filter says something");
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let positions = some.positions_of(&ids).unwrap();
    for (place, id) in ids.iter().enumerate() {
        assert_eq!(view.voucher_row(*id).unwrap().as_ref(), Some(&rows[place]), "{id:?}");
        assert_eq!(positions[place], kept.iter().position(|other| other == id), "{id:?}");
        let n_before = ids[..place].iter().filter(|other| kept.contains(other)).count();
        assert_eq!(some.position_near(*id).unwrap(), Some(n_before), "{id:?}");
    }
}
