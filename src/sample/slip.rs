//! Vouchers and payments: lines of one payee and day meet on one voucher, numbers are given by date without a gap,
//! some vouchers are voided and made again, some transfers come back, and some lines still wait.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{PayeeKind, Programme, VoucherKind, VoucherState};
use crate::sample::days::{Day, FAR, NONE};
use crate::sample::dice::Dice;
use crate::sample::draft::{Draft, Line, PayeeRef, Slip, Transfer, at, to_u32};
use crate::sample::emit;
use crate::sample::world::World;

/// JKK cases with a determined line that waits for a voucher, in a thousand.
const WAITING_IN_THOUSAND: u64 = 80;
/// How likely a line of that age in days still waits, relative: many fresh ones, some old.
const WAITING_BY_AGE: &[(Day, f64)] = &[(14, 0.6), (30, 0.3), (60, 0.12), (100, 0.06), (200, 0.02)];
/// Old age savings are taxed above this, at five percent.
const TAX_FREE: i64 = 50_000_000;
const VOID_SHARE: f64 = 0.01;
const RETURN_SHARE: f64 = 0.012;
const PART_SHARE: f64 = 0.004;

/// Makes the vouchers and their transfers.
pub fn raise(world: &World, draft: &mut Draft) {
    let mut dice = Dice::new(world.seed, "slips");
    hold_back(world, &mut dice, draft);
    group(world, draft);
    void_some(world, &mut dice, draft);
    number(world, draft);
    pay(world, &mut dice, draft);
}

/// Leaves eight in a hundred JKK cases with a line that waits: fresh lines first, a few that were forgotten.
fn hold_back(world: &World, dice: &mut Dice, draft: &mut Draft) {
    let today = world.days.today;
    let n_jkk = draft.cases.iter().filter(|case| case.programme == Programme::Jkk).count();
    let target = n_jkk * usize::try_from(WAITING_IN_THOUSAND).expect("small") / 1_000;
    let (mut waiting, mut candidates) = (BTreeSet::new(), Vec::new());
    for (place, line) in draft.lines.iter().enumerate() {
        if line.determined < 0 || draft.cases[at(line.case)].programme != Programme::Jkk {
            continue;
        }
        if line.voucher_on > today {
            waiting.insert(line.case);
            continue;
        }
        let age = today - line.determined_on;
        if let Some((_, likely)) = WAITING_BY_AGE.iter().find(|(limit, _)| age <= *limit) {
            candidates.push((dice.unit() / likely, place));
        }
    }
    candidates.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    for (_, place) in candidates {
        if waiting.len() >= target {
            break;
        }
        let (case, payee, due) =
            (draft.lines[place].case, draft.lines[place].payee, draft.lines[place].voucher_on);
        let first = at(draft.cases[at(case)].first_line);
        let count = at(draft.cases[at(case)].n_lines);
        // Lines of one application to one payee wait together.
        for line in &mut draft.lines[first..first + count] {
            if line.payee == payee && line.voucher_on == due {
                line.voucher_on = FAR;
            }
        }
        waiting.insert(case);
    }
}

/// One voucher for each programme, day and payee.
fn group(world: &World, draft: &mut Draft) {
    let today = world.days.today;
    let key = |draft: &Draft, place: u32| {
        let line: &Line = &draft.lines[at(place)];
        (draft.cases[at(line.case)].programme, line.voucher_on, line.payee)
    };
    let is_due = |line: &Line| line.determined >= 0 && line.voucher_on <= today;
    let mut due: Vec<u32> =
        (0..to_u32(draft.lines.len())).filter(|place| is_due(&draft.lines[at(*place)])).collect();
    due.sort_by_key(|place| (key(draft, *place), *place));
    let mut start = 0;
    while start < due.len() {
        let this = key(draft, due[start]);
        let count = due[start..].iter().take_while(|place| key(draft, **place) == this).count();
        let gross: i64 =
            due[start..start + count].iter().map(|place| draft.lines[at(*place)].determined).sum();
        let (programme, date, payee) = this;
        let pph = if programme == Programme::Jht { (gross - TAX_FREE).max(0) * 5 / 100 } else { 0 };
        draft.slips.push(Slip {
            programme,
            payee,
            date,
            kind: if date < world.days.first { VoucherKind::Recorded } else { VoucherKind::Issued },
            number: 0,
            gross,
            pph,
            rounding: rounding(programme, payee, gross - pph),
            state: VoucherState::Proposed,
            voided: NONE,
            lines: (to_u32(start), to_u32(count)),
            transfers: (0, 0),
            settled: NONE,
        });
        start += count;
    }
    draft.slip_lines = due;
}

/// Old age savings sent through two of the banks are rounded to the nearest hundred rupiah.
fn rounding(programme: Programme, payee: PayeeRef, net: i64) -> i64 {
    let (bank, _) = emit::account_of(payee);
    if programme != Programme::Jht || !matches!(bank, "BRI" | "BTN") {
        return 0;
    }
    (net + 50) / 100 * 100 - net
}

/// Some vouchers were made once before, some days earlier, and voided.
fn void_some(world: &World, dice: &mut Dice, draft: &mut Draft) {
    let mut voids = Vec::new();
    for slip in &draft.slips {
        if slip.kind == VoucherKind::Recorded || !dice.chance(VOID_SHARE) {
            continue;
        }
        let determined = draft.lines_on(slip).iter().map(|place| draft.lines[at(*place)].determined_on).max();
        let earlier = world.days.before(slip.date, few(dice.between(0, 5)));
        let date = earlier.max(determined.expect("a voucher has lines")).max(world.days.first);
        if date > slip.date {
            continue;
        }
        let voided = world.days.on_working(dice.between(date, slip.date)).min(slip.date);
        voids.push(Slip { date, voided, state: VoucherState::Void, ..slip.clone() });
    }
    draft.slips.extend(voids);
}

/// Numbers by programme and month in the order of the dates: what an office does when it numbers by itself. The codes
/// recorded from older years have numbers of a core system, with holes.
fn number(world: &World, draft: &mut Draft) {
    draft.slips.sort_by_key(|slip| (slip.programme, slip.date));
    let mut last: BTreeMap<(Programme, i32), u32> = BTreeMap::new();
    for slip in &mut draft.slips {
        let counter = last.entry((slip.programme, world.days.month(slip.date))).or_insert(0);
        *counter +=
            if slip.kind == VoucherKind::Recorded { 11 + to_u32(at(slip.payee.index) % 9) } else { 1 };
        slip.number = *counter;
    }
    for (place, slip) in draft.slips.iter().enumerate() {
        if slip.state != VoucherState::Void {
            let lines = at(slip.lines.0)..at(slip.lines.0) + at(slip.lines.1);
            for line in &draft.slip_lines[lines] {
                draft.lines[at(*line)].slip = to_u32(place);
            }
        }
    }
}

/// Transfers: mostly the next days, one in a hundred comes back and is sent again, a few go in two parts.
fn pay(world: &World, dice: &mut Dice, draft: &mut Draft) {
    let (days, today) = (&world.days, world.days.today);
    for slip in &mut draft.slips {
        let first = to_u32(draft.transfers.len());
        if slip.state != VoucherState::Void {
            let slow = if dice.chance(0.04) { dice.between(3, 10) } else { 0 };
            let date = days.after(slip.date, few(dice.between(1, 2) + slow));
            let mut plan = transfers(world, dice, slip, date);
            plan.retain(|transfer| transfer.date <= today);
            slip.state = state(dice, slip, &plan);
            slip.settled = if slip.state == VoucherState::Paid {
                plan.last().map_or(NONE, |last| last.date)
            } else {
                NONE
            };
            draft.transfers.extend(plan);
        }
        slip.transfers = (first, to_u32(draft.transfers.len()) - first);
    }
}

fn transfers(world: &World, dice: &mut Dice, slip: &Slip, date: Day) -> Vec<Transfer> {
    let (days, net) = (&world.days, slip.net());
    let whole = Transfer { date, amount: net, returned: NONE };
    if date > days.today {
        return Vec::new();
    }
    if dice.chance(RETURN_SHARE) {
        let returned = days.after(date, few(dice.between(2, 5)));
        if returned > days.today {
            return vec![whole];
        }
        let again = days.after(returned, few(dice.between(3, 9)));
        return vec![Transfer { returned, ..whole }, Transfer { date: again, ..whole }];
    }
    if slip.payee.kind != PayeeKind::Participant && net > 4_000_000 && dice.chance(PART_SHARE * 4.0) {
        let part = net / 2_000 * 1_000;
        let rest = days.after(date, few(dice.between(4, 9)));
        return vec![
            Transfer { amount: part, ..whole },
            Transfer { date: rest, amount: net - part, ..whole },
        ];
    }
    vec![whole]
}

fn state(dice: &mut Dice, slip: &Slip, made: &[Transfer]) -> VoucherState {
    let arrived: i64 =
        made.iter().filter(|transfer| transfer.returned == NONE).map(|transfer| transfer.amount).sum();
    match made.last() {
        _ if arrived == slip.net() => VoucherState::Paid,
        Some(last) if last.returned != NONE => VoucherState::Returned,
        Some(_) => VoucherState::Approved,
        None if dice.chance(0.55) => VoucherState::Proposed,
        None => VoucherState::Approved,
    }
}

fn few(number: i32) -> u32 {
    u32::try_from(number).expect("few days")
}
