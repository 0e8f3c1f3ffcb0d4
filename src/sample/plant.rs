//! What is hidden in the branch to be found: none of it in a plain one.

use crate::domain::{Outcome, ProcessState, Programme, RiskGroup, Segment};
use crate::sample::Planted;
use crate::sample::clinic::Clinic;
use crate::sample::days::{FAR, NONE};
use crate::sample::dice::Dice;
use crate::sample::draft::{Case, Draft, Line, NO_MINUTE, NO_SLIP, UNDETERMINED, at};
use crate::sample::firm::Firm;
use crate::sample::jkk::registered;
use crate::sample::person::IdKind;
use crate::sample::world::World;

/// Rates of the companies of high frequency against their risk groups.
const RATE_MULTIPLES: &[f64] = &[5.0, 6.5, 5.5, 8.0, 6.0];
/// Costs of the companies of high severity against the others.
const COST_MULTIPLES: &[f64] = &[4.0, 3.0, 5.0];
/// Late stage I reports of a late reporter; elsewhere it is nine in a hundred.
const LATE_SHARES: &[f64] = &[0.7, 0.6, 0.8];
/// Bills of the expensive facility against the others' for the same cases.
const FACILITY_MULTIPLE: f64 = 2.6;
/// The facility that is expensive: among the largest, so that it has bills enough.
const EXPENSIVE: usize = 2;

/// Marks companies: each at most one way.
pub fn companies(seed: u64, firms: &mut [Firm]) {
    let mut dice = Dice::new(seed, "plant");
    let n_each = (firms.len() / 130).clamp(3, 40);
    let mut taken = Vec::new();
    let mut choose = |firms: &[Firm], from: u32, to: u32, count: usize| {
        let fits = |place: &usize| {
            let firm = &firms[*place];
            let usual = matches!(firm.risk, RiskGroup::Medium | RiskGroup::High);
            let lasts = firm.exposure() > 20.0 * f64::from(from) && (from..=to).contains(&firm.peak());
            usual && lasts && firm.segment == Segment::Pu
        };
        let mut free: Vec<usize> =
            (0..firms.len()).filter(fits).filter(|place| !taken.contains(place)).collect();
        let mut chosen = Vec::new();
        while chosen.len() < count && !free.is_empty() {
            let last = i32::try_from(free.len() - 1).expect("fewer than two billion");
            let place = usize::try_from(dice.between(0, last)).expect("not negative");
            chosen.push(free.swap_remove(place));
        }
        taken.extend(chosen.iter().copied());
        chosen
    };
    for (round, place) in choose(firms, 120, 250, n_each).into_iter().enumerate() {
        firms[place].rate_multiple = RATE_MULTIPLES[round % RATE_MULTIPLES.len()];
        firms[place].frailty = 1.0;
    }
    for (round, place) in choose(firms, 300, 1_500, n_each).into_iter().enumerate() {
        firms[place].cost_multiple = COST_MULTIPLES[round % COST_MULTIPLES.len()];
        firms[place].frailty = 1.0;
    }
    for (round, place) in choose(firms, 250, 1_200, n_each).into_iter().enumerate() {
        firms[place].late_share = Some(LATE_SHARES[round % LATE_SHARES.len()]);
        firms[place].frailty = 1.0;
    }
}

/// Makes one of the large facilities expensive.
pub fn facility(clinics: &mut [Clinic]) {
    clinics[EXPENSIVE].cost = 1.0;
    clinics[EXPENSIVE].cost_multiple = FACILITY_MULTIPLE;
}

/// Planted duplicates among the JKK claims and among the others.
pub fn n_duplicates(world: &World) -> (u64, u64) {
    match world.planted {
        Planted::Plain => (0, 0),
        Planted::Yes => ((world.n_jkk / 150).min(400), (world.n_others / 400).min(100)),
    }
}

/// Enters some cases a second time, under another number, a few weeks later.
pub fn duplicates(world: &World, draft: &mut Draft) {
    let mut dice = Dice::new(world.seed, "duplicates");
    let (n_jkk, n_others) = n_duplicates(world);
    let today = world.days.today;
    let known = |case: &Case| case.id_kind == IdKind::Nik && case.closed == NONE;
    let hurt = |case: &Case| {
        let dead = matches!(case.outcome, Some((Outcome::Meninggal, _)));
        case.programme == Programme::Jkk
            && known(case)
            && !dead
            && case.event >= world.days.first
            && case.reported < today - 40
    };
    let saved = |case: &Case| case.programme == Programme::Jht && known(case) && case.filed < today - 50;
    let sources = pick(&mut dice, draft, n_jkk, &hurt);
    let other_sources = pick(&mut dice, draft, n_others, &saved);
    for source in sources.into_iter().chain(other_sources) {
        let (case, lines) = again(world, &mut dice, draft, source);
        draft.duplicates.push((source, draft.next_case()));
        draft.push(case, lines);
    }
}

/// Different cases that fit, drawn.
fn pick(dice: &mut Dice, draft: &Draft, count: u64, fits: &dyn Fn(&Case) -> bool) -> Vec<u32> {
    let mut free: Vec<u32> =
        (0..draft.next_case()).filter(|number| fits(&draft.cases[at(*number)])).collect();
    let mut chosen = Vec::new();
    for _ in 0..count {
        assert!(!free.is_empty(), "there are far more cases than duplicates");
        let last = i32::try_from(free.len() - 1).expect("fewer than two billion");
        chosen.push(free.swap_remove(usize::try_from(dice.between(0, last)).expect("not negative")));
    }
    chosen
}

/// The same case as somebody else reported it.
fn again(world: &World, dice: &mut Dice, draft: &Draft, source: u32) -> (Case, Vec<Line>) {
    let (earlier, today) = (&draft.cases[at(source)], world.days.today);
    let mut case = earlier.clone();
    (case.filed, case.complete, case.closed, case.note) = (NONE, NONE, NONE, None);
    if case.programme == Programme::Jkk {
        case.event += dice.between(-1, 1);
        if case.event != earlier.event {
            case.event_minute = NO_MINUTE;
        }
        case.reported = (earlier.reported.max(case.event) + dice.between(2, 25)).min(today);
        case.reported_minute = NO_MINUTE;
        case.registered = registered(world, dice, case.reported);
        case.outcome = Some((Outcome::Berobat, case.reported));
        case.status = ProcessState::StageOne;
        return (case, Vec::new());
    }
    case.filed = world.days.on_working(earlier.filed + dice.between(5, 40));
    case.registered = case.filed;
    case.status = ProcessState::Filed;
    let lines = draft.lines_of(earlier).iter().take(1).map(|line| Line {
        determined: UNDETERMINED,
        filed: case.filed,
        complete: NONE,
        determined_on: NONE,
        voucher_on: FAR,
        slip: NO_SLIP,
        ..line.clone()
    });
    let lines = lines.collect();
    (case, lines)
}
