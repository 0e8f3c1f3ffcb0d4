//! Kept sums in JSON: numbers and codes by their place in their list, so that reading them is quick. Whoever keeps them
//! guards their bytes; what means nothing here is read as nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::code::{Component, Outcome, Place, Programme, Segment};
use crate::domain::money::Rupiah;
use crate::domain::period::Period;
use crate::domain::posting::PostingKind;
use crate::report::monthly::flows::{Flows, Months, N_KINDS};
use crate::report::monthly::groups::{ClockSums, Groups, Named};
use crate::report::monthly::states::{OpenKey, States};
use crate::report::monthly::sums::MonthSums;
use crate::report::monthly::tie::Judged;
use crate::report::monthly::{CountAndSum, Fault, Remainder, Sums, Unmatched, WaitingFor, WaitingRecord};

/// Grows whenever kept sums would say something else of the same postings: older ones are then made anew.
const VERSION: u32 = 1;
/// The byte of a code that is not there.
const NO_CODE: u8 = 255;

/// Registered, lines, determined, corrected, paid, returned.
type SumsShape = (u64, u64, i64, i64, i64, i64);
/// Key, day and name of the latest paper, sums.
type NamedShape = (String, Option<(String, String)>, SumsShape);
/// In time, late, cannot tell, days late, cost.
type ClockShape = (u64, u64, u64, u64, i64);
/// Month, counts and amounts by kind, tax, rounding.
type MonthShape = (u32, Vec<i64>, Vec<i64>, i64, i64);
/// Place in the list of faults, reference, vouchers, amount, the three remainders.
type UnmatchedShape = (u8, String, Vec<String>, i64, [i64; 3]);

#[derive(Serialize, Deserialize)]
struct Shape {
    version: u32,
    program: String,
    period: u32,
    months: Vec<MonthShape>,
    programmes: Vec<(u8, SumsShape)>,
    components: Vec<(u8, SumsShape)>,
    segments: Vec<(u8, SumsShape)>,
    places: Vec<(u8, SumsShape)>,
    companies: Vec<NamedShape>,
    facilities: Vec<NamedShape>,
    stage_one: ClockShape,
    payment: ClockShape,
    late: Vec<(u8, u64, i64)>,
    history: u64,
    touched: [i64; 5],
    open: Vec<(u8, u8, Option<String>, i64)>,
    stated: Vec<(u8, i64)>,
    vouchers: i64,
    expected_cash: i64,
    waiting: Vec<(u8, String, i64)>,
    unmatched: Vec<UnmatchedShape>,
    voids: [(u64, i64); 2],
}

impl MonthSums {
    /// The sums as bytes to be kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(&shape_of(self)).expect("the shape has no map keys that are not text")
    }

    /// Kept sums; none when the bytes are of another version of the program or of another month, or mean nothing.
    pub fn from_bytes(bytes: &[u8], period: Period) -> Option<MonthSums> {
        let shape: Shape = serde_json::from_slice(bytes).ok()?;
        let is_ours = shape.version == VERSION && shape.program == env!("CARGO_PKG_VERSION");
        (is_ours && shape.period == period.number()).then(|| sums_from(shape, period))?
    }
}

fn shape_of(sums: &MonthSums) -> Shape {
    let MonthSums { period, months, groups, states } = sums;
    let judged = &states.judged;
    let waiting = judged.waiting.iter().map(|record| {
        (u8::from(record.waits_for == WaitingFor::Payment), record.reference.clone(), record.amount.get())
    });
    let open = states.open.iter().map(|(key, n)| {
        let outcome = key.outcome.map_or(NO_CODE, Outcome::index);
        (key.programme.index(), outcome, key.event_date.map(|date| date.to_string()), *n)
    });
    Shape {
        version: VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        period: period.number(),
        months: months.months.iter().map(month_of).collect(),
        programmes: groups.programmes.iter().map(|(key, sums)| (key.index(), sums_of(sums))).collect(),
        components: coded(&groups.components, Component::index),
        segments: coded(&groups.segments, Segment::index),
        places: coded(&groups.places, Place::index),
        companies: groups.companies.iter().map(named_of).collect(),
        facilities: groups.facilities.iter().map(named_of).collect(),
        stage_one: clock_of(&groups.stage_one),
        payment: clock_of(&groups.payment),
        late: groups.late.iter().map(|(kind, (n, sum))| (kind.index(), *n, sum.get())).collect(),
        history: groups.n_history,
        touched: states.touched,
        open: open.collect(),
        stated: states.stated.iter().map(|(outcome, n)| (outcome.index(), *n)).collect(),
        vouchers: judged.vouchers.get(),
        expected_cash: judged.expected_cash.get(),
        waiting: waiting.collect(),
        unmatched: judged.unmatched.iter().map(unmatched_of).collect(),
        voids: states.voids.map(|sum| (sum.count, sum.amount.get())),
    }
}

fn sums_from(shape: Shape, period: Period) -> Option<MonthSums> {
    let months = shape.months.into_iter().map(month_from).collect::<Option<BTreeMap<_, _>>>()?;
    let programme = |(code, sums)| Some((Programme::from_index(code)?, sums_back(sums)));
    let late = |(kind, n, sum)| Some((PostingKind::from_index(kind)?, (n, Rupiah::new(sum))));
    let groups = Groups {
        programmes: shape.programmes.into_iter().map(programme).collect::<Option<_>>()?,
        components: decoded(shape.components, Component::from_index)?,
        segments: decoded(shape.segments, Segment::from_index)?,
        places: decoded(shape.places, Place::from_index)?,
        companies: shape.companies.into_iter().map(named_from).collect::<Option<_>>()?,
        facilities: shape.facilities.into_iter().map(named_from).collect::<Option<_>>()?,
        stage_one: clock_from(shape.stage_one),
        payment: clock_from(shape.payment),
        late: shape.late.into_iter().map(late).collect::<Option<_>>()?,
        n_history: shape.history,
    };
    let open = |(programme, outcome, date, n): (u8, u8, Option<String>, i64)| {
        let key = OpenKey {
            programme: Programme::from_index(programme)?,
            outcome: Outcome::from_index(outcome),
            event_date: date_from(date.as_deref())?,
        };
        Some((key, n))
    };
    let waiting = |(what, reference, amount)| {
        let waits_for = if what == 1 { WaitingFor::Payment } else { WaitingFor::Voucher };
        WaitingRecord { waits_for, reference, amount: Rupiah::new(amount) }
    };
    let stated = |(outcome, n)| Some((Outcome::from_index(outcome)?, n));
    let states = States {
        touched: shape.touched,
        open: shape.open.into_iter().map(open).collect::<Option<_>>()?,
        stated: shape.stated.into_iter().map(stated).collect::<Option<_>>()?,
        judged: Judged {
            vouchers: Rupiah::new(shape.vouchers),
            expected_cash: Rupiah::new(shape.expected_cash),
            waiting: shape.waiting.into_iter().map(waiting).collect(),
            unmatched: shape.unmatched.into_iter().map(unmatched_from).collect::<Option<_>>()?,
        },
        voids: shape.voids.map(|(count, amount)| CountAndSum { count, amount: Rupiah::new(amount) }),
    };
    let mut counts = states.touched.iter().chain(states.open.values()).chain(states.stated.values());
    let is_whole = counts.all(|n| *n >= 0);
    is_whole.then_some(MonthSums { period, months: Months { months }, groups, states })
}

fn month_of((month, flows): (&Period, &Flows)) -> MonthShape {
    let amounts = flows.amounts.iter().map(|amount| amount.get()).collect();
    (month.number(), flows.counts.to_vec(), amounts, flows.pph.get(), flows.rounding.get())
}

fn month_from((month, counts, amounts, pph, rounding): MonthShape) -> Option<(Period, Flows)> {
    let amounts: Vec<Rupiah> = amounts.into_iter().map(Rupiah::new).collect();
    let flows = Flows {
        counts: <[i64; N_KINDS]>::try_from(counts).ok()?,
        amounts: <[Rupiah; N_KINDS]>::try_from(amounts).ok()?,
        pph: Rupiah::new(pph),
        rounding: Rupiah::new(rounding),
    };
    Some((Period::from_number(month)?, flows))
}

fn coded<K: Copy + Ord>(map: &BTreeMap<Option<K>, Sums>, index: fn(K) -> u8) -> Vec<(u8, SumsShape)> {
    map.iter().map(|(key, sums)| (key.map_or(NO_CODE, index), sums_of(sums))).collect()
}

fn decoded<K: Ord>(
    rows: Vec<(u8, SumsShape)>,
    from: fn(u8) -> Option<K>,
) -> Option<BTreeMap<Option<K>, Sums>> {
    let row = |(code, sums)| {
        let key = if code == NO_CODE { None } else { Some(from(code)?) };
        Some((key, sums_back(sums)))
    };
    rows.into_iter().map(row).collect()
}

fn sums_of(sums: &Sums) -> SumsShape {
    let [determined, corrected, paid, returned] =
        [sums.determined, sums.corrected, sums.paid, sums.returned].map(Rupiah::get);
    (sums.registered, sums.lines, determined, corrected, paid, returned)
}

fn sums_back((registered, lines, determined, corrected, paid, returned): SumsShape) -> Sums {
    let [determined, corrected, paid, returned] = [determined, corrected, paid, returned].map(Rupiah::new);
    Sums { registered, lines, determined, corrected, paid, returned }
}

fn named_of((key, named): (&Arc<str>, &Named)) -> NamedShape {
    let latest = named.named.as_ref().map(|(date, name)| (date.to_string(), name.to_string()));
    (key.to_string(), latest, sums_of(&named.sums))
}

fn named_from((key, latest, sums): NamedShape) -> Option<(Arc<str>, Named)> {
    let named = match latest {
        None => None,
        Some((date, name)) => Some((date.parse().ok()?, name.into())),
    };
    Some((key.into(), Named { named, sums: sums_back(sums) }))
}

fn clock_of(clock: &ClockSums) -> ClockShape {
    (clock.in_time, clock.late, clock.cannot_tell, clock.late_days, clock.cost.get())
}

fn clock_from((in_time, late, cannot_tell, late_days, cost): ClockShape) -> ClockSums {
    ClockSums { in_time, late, cannot_tell, late_days, cost: Rupiah::new(cost) }
}

fn unmatched_of(record: &Unmatched) -> UnmatchedShape {
    let fault =
        Fault::ALL.iter().position(|fault| *fault == record.fault).and_then(|at| u8::try_from(at).ok());
    let moves = &record.moves;
    let moves = [moves.benefits_vouchers, moves.vouchers_payments, moves.payments_cash].map(Rupiah::get);
    let vouchers = record.vouchers.iter().map(|code| code.to_string()).collect();
    (fault.unwrap_or(NO_CODE), record.reference.clone(), vouchers, record.amount.get(), moves)
}

fn unmatched_from((fault, reference, vouchers, amount, moves): UnmatchedShape) -> Option<Unmatched> {
    let [benefits_vouchers, vouchers_payments, payments_cash] = moves.map(Rupiah::new);
    Some(Unmatched {
        fault: Fault::ALL.get(usize::from(fault)).copied()?,
        reference,
        vouchers: vouchers.into_iter().map(Arc::from).collect(),
        amount: Rupiah::new(amount),
        moves: Remainder { benefits_vouchers, vouchers_payments, payments_cash },
    })
}

/// A date that may be missing; none where the text is no date.
fn date_from(text: Option<&str>) -> Option<Option<Date>> {
    match text {
        None => Some(None),
        Some(text) => text.parse().ok().map(Some),
    }
}
