//! Claims of the other four programmes: no accident, few lines, the same papers and the same money.

use crate::domain::{CloseReason, Component, PayeeKind, ProcessState, Programme, Segment};
use crate::sample::course::{blank, pace};
use crate::sample::days::{Day, FAR, NONE};
use crate::sample::dice::{Dice, rupiah};
use crate::sample::draft::{Case, Draft, Line, NO_MINUTE, PayeeRef};
use crate::sample::jkk::{cut, registered};
use crate::sample::lists::PROGRAMMES;
use crate::sample::person::IdKind;
use crate::sample::plant;
use crate::sample::wage::Pay;
use crate::sample::world::{NOBODY, World};

/// Makes all claims of the other programmes but the planted duplicates.
pub fn fill(world: &World, draft: &mut Draft) {
    let mut dice = Dice::new(world.seed, "others");
    let mut left = world.n_others - plant::n_duplicates(world).1;
    let mut weights: u64 = PROGRAMMES[1..].iter().map(|(_, cases)| *cases).sum();
    let mut worker = u32::try_from(world.n_jkk).expect("fewer than four billion claims");
    for (programme, cases) in &PROGRAMMES[1..] {
        let share = left * cases / weights;
        for _ in 0..share {
            one(world, &mut dice, draft, *programme, worker);
            worker += 1;
        }
        (left, weights) = (left - share, weights - cases);
    }
}

fn one(world: &World, dice: &mut Dice, draft: &mut Draft, programme: Programme, worker: u32) {
    let mut case = begin(world, dice, programme, worker);
    let mut lines = match programme {
        Programme::Jkm => death(world, dice, &case),
        Programme::Jkp => job_loss(world, dice, &case),
        Programme::Jp => vec![pension(world, dice, &case)],
        _ => vec![old_age(world, dice, &case)],
    };
    let filed = case.filed;
    maybe_refused(world, dice, &mut case, &mut lines);
    cut(world.days.today, &mut case, &mut lines);
    case.filed = filed;
    if case.closed == NONE {
        let returned = case.complete == NONE && world.days.today - case.filed > 10 && dice.chance(0.4);
        case.status = if returned { ProcessState::Returned } else { ProcessState::Filed };
    }
    case.registered = registered(world, dice, case.filed);
    draft.push(case, lines);
}

/// Worker, employer and the days of event and application; the application comes on a working day of the window.
fn begin(world: &World, dice: &mut Dice, programme: Programme, worker: u32) -> Case {
    let (firm, month) = world.draw_employer(dice);
    let first = world.days.number(month.first_day());
    let last = world.days.number(month.last_day()).min(world.days.today);
    let drawn = dice.between(first, last);
    let filed = match world.days.on_working(drawn) {
        day if day > world.days.today => world.days.before(drawn, 1),
        day => day,
    };
    let (lag, age, women) = match programme {
        Programme::Jht => {
            (32 + dice.days(60.0), dice.weighted(&[(23, 25), (30, 40), (41, 20), (56, 15)]), 37)
        }
        Programme::Jp => (20 + dice.days(40.0), dice.weighted(&[(58, 70), (45, 30)]), 34),
        Programme::Jkp => (14 + dice.days(25.0), dice.weighted(&[(24, 40), (33, 60)]), 38),
        _ => (7 + dice.days(35.0), dice.weighted(&[(30, 20), (42, 40), (52, 40)]), 24),
    };
    let event = filed - lag;
    let without_firm = dice.chance(if programme == Programme::Jkm { 0.35 } else { 0.04 });
    let takes_bpu = without_firm && matches!(programme, Programme::Jht | Programme::Jkm);
    let (firm, segment) = if takes_bpu { (NOBODY, Segment::Bpu) } else { (firm, Segment::Pu) };
    Case {
        programme,
        segment,
        kind: None,
        worker,
        birth: event - age * 365 - dice.between(0, 8 * 365).min(if age >= 56 { 900 } else { 3_000 }),
        women,
        id_kind: if dice.chance(0.008) { IdKind::Missing } else { IdKind::Nik },
        firm,
        pay: Pay::draw(dice, segment),
        event,
        event_minute: NO_MINUTE,
        reported: NONE,
        reported_minute: NO_MINUTE,
        filed,
        complete: NONE,
        registered: NONE,
        closed: NONE,
        status: ProcessState::Filed,
        reason: None,
        accident: None,
        injury: None,
        clinic: NOBODY,
        outcome: None,
        days_off: None,
        note: None,
        first_line: 0,
        n_lines: 0,
        number: 0,
    }
}

fn line(
    world: &World,
    dice: &mut Dice,
    component: Component,
    payee: PayeeRef,
    amount: i64,
    filed: Day,
) -> Line {
    let (complete, determined_on, voucher_on) = pace(world, dice, filed);
    Line {
        component,
        asked: amount,
        determined: amount,
        filed,
        complete,
        determined_on,
        voucher_on,
        ..blank(payee)
    }
}

fn participant(case: &Case) -> PayeeRef {
    PayeeRef { kind: PayeeKind::Participant, index: case.worker }
}

/// Old age: the balance; the mean of what the two branches paid is about Rp18 million.
fn old_age(world: &World, dice: &mut Dice, case: &Case) -> Line {
    let amount = rupiah(dice.log_normal(8_800_000.0, 1.18).clamp(60_000.0, 1.6e9), 1);
    line(world, dice, Component::OldAge, participant(case), amount, case.filed)
}

/// Pension: mostly the first month of a monthly one, else a lump sum.
fn pension(world: &World, dice: &mut Dice, case: &Case) -> Line {
    let monthly = dice.chance(0.7);
    let drawn = if monthly {
        dice.log_normal(430_000.0, 0.2).clamp(393_000.0, 900_000.0)
    } else {
        dice.log_normal(3_000_000.0, 0.8).clamp(90_000.0, 60e6)
    };
    line(world, dice, Component::Pension, participant(case), rupiah(drawn, 100), case.filed)
}

/// Death without an accident: fixed amounts for the heirs, and a scholarship for some.
fn death(world: &World, dice: &mut Dice, case: &Case) -> Vec<Line> {
    let heirs = PayeeRef { kind: PayeeKind::Heir, index: case.worker };
    let first = line(world, dice, Component::Death, heirs, 20_000_000, case.filed);
    let mut parts = vec![(Component::Periodic, 12_000_000), (Component::Funeral, 10_000_000)];
    if dice.chance(0.2) {
        parts.push((Component::Scholarship, i64::from(dice.between(2, 12)) * 1_500_000));
    }
    let rest = parts.into_iter().map(|(component, amount)| Line {
        component,
        asked: amount,
        determined: amount,
        ..first.clone()
    });
    std::iter::once(first.clone()).chain(rest).collect()
}

/// Job loss: a month at a time, up to six; the next one is asked as soon as one is determined.
fn job_loss(world: &World, dice: &mut Dice, case: &Case) -> Vec<Line> {
    let n_months = dice.weighted(&[(6, 55), (5, 12), (4, 12), (3, 12), (2, 9)]);
    let amount = case.pay.job_loss().get();
    let mut lines: Vec<Line> = Vec::new();
    let mut from = case.event + 1;
    for month in 1..=n_months {
        let end = world.days.plus_months(case.event, month);
        let filed = lines.last().map_or(case.filed, |last| last.determined_on);
        if filed > world.days.today {
            break;
        }
        // The bundle of a month is complete when the month is over.
        let next = line(world, dice, Component::JobLossCash, participant(case), amount, filed.max(end));
        let span = if end > world.days.today { (NONE, NONE) } else { (from, end) };
        lines.push(Line { filed, span, ..next });
        from = end + 1;
    }
    lines
}

/// A few applications are refused or withdrawn.
fn maybe_refused(world: &World, dice: &mut Dice, case: &mut Case, lines: &mut Vec<Line>) {
    let (state, reason) = match dice.between(0, 999) {
        0..=7 => (
            ProcessState::Rejected,
            dice.weighted(&[(CloseReason::NotParticipant, 3), (CloseReason::Incomplete, 4)]),
        ),
        8..=13 => (
            ProcessState::Cancelled,
            dice.weighted(&[(CloseReason::Mistake, 3), (CloseReason::Withdrawn, 4)]),
        ),
        _ => return,
    };
    let day = world.days.on_working(case.filed + dice.between(2, 20));
    if day > world.days.today {
        return;
    }
    lines.truncate(1);
    for line in lines.iter_mut() {
        (line.complete, line.determined_on, line.voucher_on) = (NONE, FAR, FAR);
    }
    (case.status, case.reason, case.closed) = (state, Some(reason), day);
}
