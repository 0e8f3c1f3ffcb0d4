//! Who is at risk on which day.

/// One case in days since its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// The last day on which it was not yet observed; nothing when it is observed from its event on, day 0 included.
    pub entry: Option<i32>,
    /// The day it ended, or was last known.
    pub exit: i32,
    /// How it ended, from 0; nothing when it had not ended yet.
    pub cause: Option<usize>,
    /// Its group, from 0.
    pub group: usize,
}

impl Case {
    /// Whether it is ever seen: one that ended before its observation began tells nothing.
    pub fn is_seen(&self) -> bool {
        self.entry.is_none_or(|entry| entry < self.exit)
    }
}

/// A day on which a case ended or was last known.
#[derive(Clone, Debug, PartialEq)]
pub struct RiskStep {
    /// Days since the event.
    pub day: i32,
    /// Cases under observation that had not ended before the day.
    pub at_risk: f64,
    /// How many ended on the day, by cause.
    pub ended: Vec<f64>,
}

impl RiskStep {
    /// How many ended, by whatever cause.
    pub fn all_ended(&self) -> f64 {
        self.ended.iter().sum()
    }
}

/// The days in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RiskTable {
    /// The days.
    pub steps: Vec<RiskStep>,
    /// Cases that are seen.
    pub n_cases: usize,
    /// Of these, ended.
    pub n_ended: usize,
    /// Cases that ended before they were under observation.
    pub n_unseen: usize,
    /// The first day on which one of them is under observation; 0 of none.
    pub first_day: i32,
    /// The first day on which all who were under observation ended, or after which nobody is, although cases come under
    /// observation later.
    pub gap: Option<i32>,
}

impl RiskTable {
    /// The table of some cases on each day on which one ended or was last known; causes are below `n_causes`. An end
    /// counts before a last sight of the same day.
    pub fn of(cases: &[Case], n_causes: usize) -> RiskTable {
        let mut days: Vec<i32> = cases.iter().filter(|case| case.is_seen()).map(|case| case.exit).collect();
        days.sort_unstable();
        days.dedup();
        RiskTable::on(cases, n_causes, &days)
    }

    /// The same on these days, in order, whether or not something happened.
    pub fn on(cases: &[Case], n_causes: usize, days: &[i32]) -> RiskTable {
        let seen = || cases.iter().filter(|case| case.is_seen());
        let mut entries: Vec<Option<i32>> = seen().map(|case| case.entry).collect();
        let mut exits: Vec<(i32, Option<usize>)> = seen().map(|case| (case.exit, case.cause)).collect();
        entries.sort_unstable();
        exits.sort_unstable();
        let (mut entered, mut left) = (0, 0);
        let mut steps = Vec::with_capacity(days.len());
        for &day in days {
            // No entry at all sorts first: such cases are in from the start.
            entered +=
                entries[entered..].iter().take_while(|entry| entry.is_none_or(|entry| entry < day)).count();
            left += exits[left..].iter().take_while(|(exit, _)| *exit < day).count();
            let mut ended = vec![0.0; n_causes];
            for (_, cause) in exits[left..].iter().take_while(|(exit, _)| *exit == day) {
                if let Some(cause) = cause {
                    ended[*cause] += 1.0;
                }
            }
            steps.push(RiskStep { day, at_risk: (entered - left) as f64, ended });
        }
        RiskTable {
            steps,
            n_cases: exits.len(),
            n_ended: exits.iter().filter(|(_, cause)| cause.is_some()).count(),
            n_unseen: cases.len() - exits.len(),
            // No entry at all sorts first.
            first_day: entries.first().copied().flatten().map_or(0, |entry| (entry + 1).max(0)),
            gap: gap(&entries, &exits),
        }
    }

    /// The days that a curve can be made of, and the last day it is known on.
    ///
    /// A product of shares that remain cannot be carried over days on which nobody is observed: who comes later has
    /// lived through them unseen. Where everybody under observation ended at once and others came later, the share that
    /// remained would be none, which those others disprove: such a day is left out.
    pub fn known(&self) -> (&[RiskStep], Option<i32>) {
        let last_day = |steps: &[RiskStep]| steps.last().map(|step| step.day);
        let Some(gap) = self.gap else { return (&self.steps, last_day(&self.steps)) };
        let (steps, _) = self.steps.split_at(self.steps.partition_point(|step| step.day <= gap));
        match steps.split_last() {
            Some((last, before)) if last.day == gap && last.all_ended() >= last.at_risk => {
                (before, (gap > 0).then(|| gap - 1))
            }
            _ => (steps, Some(gap)),
        }
    }
}

/// The first day after which nobody is at risk, or on which everybody ended who was, though others enter later; both lists
/// in their order.
fn gap(entries: &[Option<i32>], exits: &[(i32, Option<usize>)]) -> Option<i32> {
    let (mut entered, mut left) = (0, 0);
    for of_day in exits.chunk_by(|one, next| one.0 == next.0) {
        let day = of_day.first()?.0;
        entered +=
            entries[entered..].iter().take_while(|entry| entry.is_none_or(|entry| entry < day)).count();
        let n_on_day =
            entries[entered..].iter().take_while(|entry| entry.is_some_and(|entry| entry <= day)).count();
        let have_all_ended = of_day.iter().filter(|(_, cause)| cause.is_some()).count() == entered - left;
        left += of_day.len();
        let is_nobody_left = entered + n_on_day == left;
        if entered < entries.len() && have_all_ended || entered + n_on_day < entries.len() && is_nobody_left {
            return Some(day);
        }
    }
    None
}

/// The tables of the groups that have cases, all on the same days: those on which a case of any group ended. Causes are
/// put together by `cause`.
pub fn side_by_side(
    cases: &[Case],
    n_groups: usize,
    cause: impl Fn(usize) -> usize,
    n_causes: usize,
) -> Vec<RiskTable> {
    let mut groups: Vec<Vec<Case>> = vec![Vec::new(); n_groups];
    let mut days = Vec::new();
    for case in cases.iter().filter(|case| case.is_seen()) {
        groups[case.group].push(Case { cause: case.cause.map(&cause), ..*case });
        days.extend(case.cause.map(|_| case.exit));
    }
    days.sort_unstable();
    days.dedup();
    let filled = groups.iter().filter(|group| !group.is_empty());
    filled.map(|group| RiskTable::on(group, n_causes, &days)).collect()
}
