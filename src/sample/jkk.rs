//! Work accident cases: each gets a fate, a course of treatment, the benefits asked on the way, and the papers' dates;
//! then it is cut at today, as a desk sees it.

use crate::domain::{CloseReason, Outcome, Period, ProcessState, Programme, Segment};
use crate::sample::accident::{self, Accident};
use crate::sample::days::{Day, FAR, NONE};
use crate::sample::dice::{Dice, whole};
use crate::sample::draft::{Case, Draft, Line, NO_MINUTE, UNDETERMINED, at};
use crate::sample::fate::Fate;
use crate::sample::person::IdKind;
use crate::sample::wage::Pay;
use crate::sample::world::{NOBODY, World};
use crate::sample::{course, plant};

/// Cases of the years before the 24 months that are still open, among all.
const OLD_OPEN_SHARE: f64 = 0.07;
/// Women among a hundred injured.
const WOMEN: u8 = 19;
/// A golden-ratio walk spreads fates and places evenly over the claims, so that small branches keep the shares too.
const GOLDEN: f64 = 0.618_033_988_749_894_9;

/// Makes all JKK claims but the planted duplicates.
pub fn fill(world: &World, draft: &mut Draft) {
    let mut dice = Dice::new(world.seed, "jkk");
    let n_cases = world.n_jkk - plant::n_duplicates(world).0;
    let n_cases = u32::try_from(n_cases).expect("fewer than four billion claims");
    let n_old = whole(f64::from(n_cases) * OLD_OPEN_SHARE);
    let mut latest_of_firm = vec![u32::MAX; world.firms.len()];
    let (fates, places) = (dice.unit(), dice.unit());
    for number in 0..n_cases {
        let evenly = |start: f64| (start + f64::from(number) * GOLDEN) % 1.0;
        let old = i32::try_from(number).expect("fewer than two billion claims") < n_old;
        let mut case = begin(world, &mut dice, old, number);
        maybe_same_worker(draft, &mut dice, &mut case, &mut latest_of_firm);
        let accident = accident::draw(&mut dice, evenly(places));
        set_accident(&mut case, &accident);
        report(world, &mut dice, &mut case);
        let fate = if old { Fate::LongTreatment } else { Fate::draw(evenly(fates), &accident) };
        let mut lines = course::run(world, &mut dice, &mut case, fate);
        if !old {
            maybe_refused(world, &mut dice, &mut case, &mut lines);
        }
        finish(world, &mut dice, &mut case, &mut lines);
        draft.push(case, lines);
    }
}

/// Worker, employer, wage and the day of the event.
fn begin(world: &World, dice: &mut Dice, old: bool, number: u32) -> Case {
    let (mut firm, month) = world.draw_accident(dice);
    let mut first_of_month = world.days.number(month.first_day());
    if old {
        // Old cases thin out: half of them are from the year before the window.
        let back = dice.days(420.0).min(world.days.first - world.days.oldest - 31);
        let day = world.days.first - 31 - back;
        let month = Period::of(world.days.date(day));
        first_of_month = world.days.number(month.first_day());
        firm = world.draw_earlier(dice, month);
    }
    let mut segment = world.segment(firm);
    match dice.between(0, 999) {
        0..=64 => (firm, segment) = (NOBODY, Segment::Bpu),
        65..=69 => (firm, segment) = (NOBODY, Segment::Pmi),
        _ => {}
    }
    let last = world.days.number(world.days.date(first_of_month).last_of_month()).min(world.days.today);
    let mut event = dice.between(first_of_month, last);
    if world.days.on_working(event) != event && dice.chance(0.55) {
        event = dice.between(first_of_month, last);
    }
    let id_kind = match (segment, dice.between(0, 999)) {
        (Segment::Pmi, _) => IdKind::Passport,
        (_, 0..=17) => IdKind::Missing,
        (_, 18..=21) => IdKind::Other,
        _ => IdKind::Nik,
    };
    Case {
        programme: Programme::Jkk,
        segment,
        kind: None,
        worker: number,
        birth: event - dice.between(18 * 366, 56 * 365),
        women: WOMEN,
        id_kind,
        firm,
        pay: Pay::draw(dice, segment),
        event,
        event_minute: NO_MINUTE,
        reported: NONE,
        reported_minute: NO_MINUTE,
        filed: NONE,
        complete: NONE,
        registered: NONE,
        closed: NONE,
        status: ProcessState::StageOne,
        reason: None,
        accident: None,
        injury: None,
        clinic: world.draw_clinic(dice, firm),
        outcome: None,
        days_off: None,
        note: None,
        first_line: 0,
        n_lines: 0,
        number: 0,
    }
}

/// Some workers are hurt again: the company's latest case lends its worker, when that one lives and healed a while ago.
fn maybe_same_worker(draft: &Draft, dice: &mut Dice, case: &mut Case, latest: &mut [u32]) {
    if case.firm == NOBODY {
        return;
    }
    let slot = &mut latest[at(case.firm)];
    let earlier = draft.cases.get(at(*slot)).filter(|_| dice.chance(0.04));
    let fits = |earlier: &&Case| {
        let lives = !matches!(earlier.outcome, Some((Outcome::Meninggal | Outcome::CacatTotal, _)));
        // A chain of cases of one worker goes forward only, so that no two of them come near each other.
        lives && earlier.segment == case.segment && case.event > earlier.event + 45
    };
    if let Some(earlier) = earlier.filter(fits) {
        case.worker = earlier.worker;
        case.birth = earlier.birth;
        case.id_kind = earlier.id_kind;
    }
    *slot = draft.next_case();
}

fn set_accident(case: &mut Case, accident: &Accident) {
    case.kind = Some(accident.kind);
    case.accident = Some(accident.how);
    case.injury = Some(accident.injury);
    case.event_minute = accident.minute;
}

/// The stage I report: most within two days, some late, those of late reporters mostly late.
fn report(world: &World, dice: &mut Dice, case: &mut Case) {
    let late_share = world.firm(case.firm).and_then(|firm| firm.late_share).unwrap_or(0.09);
    let lag = if dice.chance(late_share) {
        3 + dice.days(11.0)
    } else {
        dice.weighted(&[(0, 38), (1, 44), (2, 18)])
    };
    case.reported = (case.event + lag).min(world.days.today);
    if !dice.chance(0.06) {
        let earliest = if lag == 0 { i32::from(case.event_minute.max(0)) / 60 + 1 } else { 7 };
        let hour = dice.between(earliest.clamp(7, 22), 22);
        let after_event = hour * 60 + dice.between(0, 59);
        case.reported_minute = i16::try_from(after_event).expect("a minute of the day");
    }
    if case.reported == case.event
        && case.reported_minute != NO_MINUTE
        && case.reported_minute < case.event_minute
    {
        case.reported_minute = NO_MINUTE;
    }
}

/// Two in a hundred are no work accident or no participant's; a few are entered by mistake or withdrawn.
fn maybe_refused(world: &World, dice: &mut Dice, case: &mut Case, lines: &mut Vec<Line>) {
    let (state, reason, day) = match dice.between(0, 999) {
        0..=19 => {
            let reasons = [
                (CloseReason::NotWorkRelated, 5),
                (CloseReason::NotParticipant, 2),
                (CloseReason::Arrears, 2),
                (CloseReason::Incomplete, 1),
            ];
            (ProcessState::Rejected, dice.weighted(&reasons), case.reported + dice.between(8, 40))
        }
        20..=27 => {
            let reasons = [(CloseReason::Mistake, 5), (CloseReason::Withdrawn, 4)];
            (ProcessState::Cancelled, dice.weighted(&reasons), case.reported + dice.between(2, 30))
        }
        _ => return,
    };
    let day = world.days.on_working(day);
    if day > world.days.today {
        return;
    }
    lines.retain(|line| line.filed <= day);
    lines.truncate(1);
    for line in lines.iter_mut() {
        (line.complete, line.determined_on, line.voucher_on) = (NONE, FAR, FAR);
    }
    case.outcome = Some((Outcome::Berobat, case.reported));
    (case.status, case.reason, case.closed) = (state, Some(reason), day);
}

/// Cuts the case at today: what is not yet filed, complete or determined is not there.
fn finish(world: &World, dice: &mut Dice, case: &mut Case, lines: &mut Vec<Line>) {
    cut(world.days.today, case, lines);
    let today = world.days.today;
    if case.closed == NONE {
        case.status = match (case.filed, case.complete) {
            (NONE, _) if today - case.reported > 35 => ProcessState::Treatment,
            (NONE, _) => dice.weighted(&[
                (ProcessState::StageOne, 45),
                (ProcessState::Suspected, 12),
                (ProcessState::Treatment, 43),
            ]),
            (_, NONE) if dice.chance(0.3) && today - case.filed > 10 => ProcessState::Returned,
            _ => ProcessState::Filed,
        };
    }
    set_days_off(case, today);
    case.registered = registered(world, dice, case.reported);
    if dice.chance(0.05) {
        case.note = Some(u8::try_from(dice.between(0, 5)).expect("six notes"));
    }
}

/// Drops what lies past today and derives the claim's own filing and completeness from its lines.
pub fn cut(today: Day, case: &mut Case, lines: &mut Vec<Line>) {
    lines.retain(|line| line.filed <= today);
    lines.sort_by_key(|line| line.filed);
    for line in lines.iter_mut() {
        if line.complete > today {
            line.complete = NONE;
        }
        if line.determined_on > today {
            line.determined = UNDETERMINED;
            line.determined_on = NONE;
            line.voucher_on = FAR;
        }
    }
    case.filed = lines.iter().map(|line| line.filed).min().unwrap_or(NONE);
    case.complete = lines.iter().map(|line| line.complete).filter(|day| *day != NONE).min().unwrap_or(NONE);
}

/// Nobody is longer off work than the accident is ago.
fn set_days_off(case: &mut Case, today: Day) {
    if let Some(days) = case.days_off {
        let so_far = u16::try_from((today - case.event).max(0)).unwrap_or(u16::MAX);
        case.days_off = Some(days.min(so_far));
    }
}

/// The day the desk wrote a paper down: the same day or the next, some a month late (*susulan*).
pub fn registered(world: &World, dice: &mut Dice, paper: Day) -> Day {
    let lag =
        if dice.chance(0.015) { dice.between(15, 60) } else { dice.weighted(&[(0, 70), (1, 25), (2, 5)]) };
    world.days.on_working(paper + lag).min(world.days.today).max(paper)
}
