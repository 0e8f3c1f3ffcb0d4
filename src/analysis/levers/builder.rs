//! Takes the cases one by one, sorts each into the levers that concern it, and keeps what the comparisons at the end need.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::case::{LeverCase, LeverLine, Partner};
use super::hits::Hits;
use super::kinds::{LeverKind, NEAR_DAYS};
use super::peers::Diagnoses;
use super::{Lever, LeverGroup, LeverHit, LeverSpan, Levers, companies, facilities, late_reports, repeats};
use crate::analysis::rates::Ranking;
use crate::base::calendar::days_between;
use crate::domain::clock::{ClockMark, LAPSE_YEARS};
use crate::domain::rule::{self, StmbFacts, Used};
use crate::domain::{Component, Outcome, Rupiah};

/// A case of the span, kept for the comparisons.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) claim_no: String,
    pub(super) event: Date,
    pub(super) in_span: Occurred,
    pub(super) company: usize,
    pub(super) facility: usize,
    pub(super) person: usize,
    pub(super) diagnosis: Option<u32>,
    pub(super) outcome: Option<Outcome>,
    pub(super) stage_one: ClockMark,
    /// All that was determined.
    pub(super) determined: Rupiah,
    /// Care, of a case that was closed and is compared; none of others.
    pub(super) care: Option<Rupiah>,
    /// Care and STMB of such a case: what goes up with severity, without the sums that the rules fix.
    pub(super) severity: Option<Rupiah>,
    /// Whether it was closed in the span: only then its cost counts as money.
    pub(super) closed: Closed,
}

/// When a case was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closed {
    InSpan,
    Otherwise,
}

/// Whether the event lies in the span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occurred {
    InSpan,
    Before,
}

/// Names with numbers from 0; the first is the empty one.
#[derive(Debug)]
pub(super) struct Names {
    numbers: BTreeMap<String, usize>,
    names: Vec<(String, String)>,
}

impl Names {
    fn new() -> Names {
        Names { numbers: BTreeMap::from([(String::new(), 0)]), names: vec![Default::default()] }
    }

    fn number(&mut self, key: &str, name: &str) -> usize {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = self.names.len();
        self.numbers.insert(key.to_owned(), number);
        self.names.push((key.to_owned(), name.to_owned()));
        number
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    pub(super) fn key(&self, number: usize) -> &str {
        &self.names[number].0
    }

    pub(super) fn name(&self, number: usize) -> &str {
        &self.names[number].1
    }
}

/// A lever on its way.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) hits: Hits,
    /// Who stands out, where that is found by comparison.
    pub(super) groups: Vec<LeverGroup>,
    rules: Vec<Used>,
    untold: u64,
}

impl Finding {
    fn finish(self, kind: LeverKind) -> Lever {
        let (n_cases, amount) = (self.hits.n_cases, self.hits.amount);
        let (cases, gathered) = self.hits.finish();
        let is_compared = kind.is_by_comparison() || !self.groups.is_empty();
        let groups = if is_compared { self.groups } else { gathered };
        Lever { kind, amount, rules: self.rules, groups, n_cases, cases, untold: self.untold }
    }
}

/// What the levers found so far.
#[derive(Debug)]
pub struct LeverBuilder {
    pub(super) span: LeverSpan,
    pub(super) kept: Vec<Kept>,
    pub(super) companies: Names,
    pub(super) facilities: Names,
    pub(super) persons: Names,
    diagnoses: Diagnoses,
    levers: BTreeMap<LeverKind, Finding>,
    n_cases: u64,
}

impl LeverBuilder {
    /// Nothing yet. Of each lever's cases so many are kept at most, the dearest; all are counted.
    pub fn new(span: LeverSpan, most_cases: usize) -> LeverBuilder {
        let empty = |kind: &LeverKind| {
            let hits = Hits::new(*kind, most_cases);
            (*kind, Finding { hits, groups: Vec::new(), rules: Vec::new(), untold: 0 })
        };
        LeverBuilder {
            span,
            kept: Vec::new(),
            companies: Names::new(),
            facilities: Names::new(),
            persons: Names::new(),
            diagnoses: Diagnoses::default(),
            levers: LeverKind::ALL.iter().map(empty).collect(),
            n_cases: 0,
        }
    }

    /// Looks at a case.
    pub fn add(&mut self, case: &LeverCase) {
        if !case.counts() {
            return;
        }
        self.n_cases += 1;
        self.report(case);
        self.stmb(case);
        self.treatment(case);
        self.non_partner(case);
        self.payments(case);
        self.limit(case);
        self.keep(case);
    }

    /// Claims with an event in the span, by the employer's registration number; those without one are not counted.
    pub fn claims_by_company(&self) -> BTreeMap<&str, u32> {
        let mut claims = BTreeMap::new();
        for case in self.kept.iter().filter(|case| case.in_span == Occurred::InSpan && case.company != 0) {
            *claims.entry(self.companies.key(case.company)).or_default() += 1;
        }
        claims
    }

    /// Everything that was found. The ranking is that of the span's companies against what their risk groups expect.
    pub fn finish(mut self, ranking: &Ranking) -> Levers {
        // The same cases give the same levers, in whatever order they came.
        self.kept.sort_unstable_by(|a, b| a.claim_no.cmp(&b.claim_no));
        let peers = facilities::compare(&self);
        facilities::find(&mut self, &peers);
        companies::find(&mut self, ranking, &peers);
        late_reports::find(&mut self);
        repeats::find(&mut self);
        let n_events = self.kept.iter().filter(|case| case.in_span == Occurred::InSpan).count();
        let n_events = u64::try_from(n_events).expect("memory is smaller than 2^64");
        let mut levers = Vec::new();
        for kind in LeverKind::ALL {
            levers.extend(self.levers.remove(kind).map(|finding| finding.finish(*kind)));
        }
        Levers { span: self.span, n_cases: self.n_cases, n_events, levers }
    }

    pub(super) fn lever(&mut self, kind: LeverKind) -> &mut Finding {
        self.levers.get_mut(&kind).expect("every kind has its lever")
    }

    /// A kept case as a lever shows it.
    pub(super) fn hit_of(&self, case: &Kept, amount: Rupiah, measure: i64) -> LeverHit {
        LeverHit {
            claim_no: case.claim_no.clone(),
            event: case.event,
            company: self.companies.name(case.company).to_owned(),
            facility: self.facilities.name(case.facility).to_owned(),
            amount,
            measure,
        }
    }

    fn hit(&mut self, kind: LeverKind, case: &LeverCase, amount: Rupiah, measure: i64) {
        let hit = LeverHit {
            claim_no: case.claim_no.clone(),
            event: case.event,
            company: case.company.clone(),
            facility: case.facility.clone(),
            amount,
            measure,
        };
        self.lever(kind).hits.push(hit);
    }

    fn rests_on(&mut self, kind: LeverKind, rules: &[Used]) {
        let known = &mut self.lever(kind).rules;
        for rule in rules {
            if !known.contains(rule) {
                known.push(*rule);
            }
        }
        known.sort_by_key(|rule| (rule.id, rule.from));
    }

    /// Reported after the 2 × 24 hours: all that was determined is first the employer's.
    fn report(&mut self, case: &LeverCase) {
        if !self.span.contains(case.event) {
            return;
        }
        match case.stage_one {
            ClockMark::Late(days) => {
                self.hit(LeverKind::LateReport, case, case.determined(|_| true), i64::from(days))
            }
            ClockMark::CannotTell => self.lever(LeverKind::LateReport).untold += 1,
            ClockMark::None | ClockMark::InTime => {}
        }
    }

    /// STMB days beyond the months of the higher shares, on lines determined in the span; what the rule pays for them.
    fn stmb(&mut self, case: &LeverCase) {
        let Ok((months, used)) = rule::stmb_lowest_after(case.event) else { return };
        let divisor = self.span.stmb_divisor;
        let border = i64::from(months) * i64::from(divisor);
        let mut lines: Vec<(Date, i64, &LeverLine)> = case
            .lines
            .iter()
            .filter(|line| line.component == Component::Stmb)
            .filter_map(|line| line.span.map(|span| (span.from, i64::from(span.days()), line)))
            .collect();
        lines.sort_by_key(|(from, days, _)| (*from, *days));
        let (mut before, mut amount, mut is_found, mut is_told) = (0_i64, Rupiah::ZERO, false, true);
        for (_, days, line) in lines {
            let beyond = (before + days - border).clamp(0, days);
            if beyond > 0 && line.determined_on.is_some_and(|day| self.span.contains(day)) {
                is_found = true;
                let facts = |monthly_wage| StmbFacts {
                    monthly_wage,
                    days_before: before.max(border),
                    days: beyond,
                    event: case.event,
                    divisor,
                };
                let wage = case.wage.and_then(|wage| rule::monthly_wage(wage, case.event).ok());
                match wage.and_then(|wage| rule::stmb(facts(wage.amount)).ok()) {
                    Some(sum) => amount += sum.amount,
                    None => is_told = false,
                }
            }
            before += days;
        }
        match (is_found, is_told) {
            (true, true) => {
                self.rests_on(LeverKind::LongStmb, &[used]);
                self.hit(LeverKind::LongStmb, case, amount, before);
            }
            (true, false) => self.lever(LeverKind::LongStmb).untold += 1,
            (false, _) => {}
        }
    }

    /// Under treatment for long; what was determined for the case so far.
    fn treatment(&mut self, case: &LeverCase) {
        if !case.is_open() || case.outcome != Some(Outcome::Berobat) {
            return;
        }
        let is_over = |months: i64| case.event.saturating_add(Span::new().months(months)) < self.span.today;
        let kinds = [LeverKind::Treatment24, LeverKind::Treatment12, LeverKind::Treatment6];
        if let Some(kind) = kinds.into_iter().find(|kind| is_over(kind.limit())) {
            let days = days_between(case.event, self.span.today);
            self.hit(kind, case, case.determined(|_| true), days);
        }
    }

    /// Bills of care that were determined in the span, of a facility that was no partner on the day of the event.
    fn non_partner(&mut self, case: &LeverCase) {
        let span = self.span;
        let is_bill = |line: &LeverLine| {
            line.component == Component::Medical && line.determined_on.is_some_and(|day| span.contains(day))
        };
        let n_bills = case.lines.iter().filter(|line| is_bill(line)).count();
        if n_bills == 0 {
            return;
        }
        match case.partner {
            Partner::Yes => {}
            Partner::Unknown => self.lever(LeverKind::NonPartner).untold += 1,
            Partner::No => {
                let bills = i64::try_from(n_bills).unwrap_or(i64::MAX);
                self.hit(LeverKind::NonPartner, case, case.determined(is_bill), bills);
            }
        }
    }

    /// Lines paid late in the span, and lines that wait and are late today: 1 % of the amount for each day.
    fn payments(&mut self, case: &LeverCase) {
        for (kind, is_paid) in [(LeverKind::LatePayment, true), (LeverKind::LateWaiting, false)] {
            let (mut amount, mut longest, mut is_told) = (Rupiah::ZERO, 0, true);
            for line in &case.lines {
                let day = match (is_paid, line.paid_on) {
                    (true, Some(day)) if self.span.contains(day) => day,
                    (false, None) if case.is_open() && line.determined > line.paid => self.span.today,
                    _ => continue,
                };
                let sum = if is_paid { line.determined } else { line.determined - line.paid };
                match line.payment {
                    ClockMark::Late(days) => {
                        if let Ok(cost) = rule::late_payment(sum, days, day) {
                            amount += cost.amount;
                            longest = longest.max(i64::from(days));
                            self.rests_on(kind, &cost.rules);
                        }
                    }
                    ClockMark::CannotTell => is_told = false,
                    ClockMark::None | ClockMark::InTime => {}
                }
            }
            // A case is counted once: one line that is late is enough to find it.
            if longest > 0 {
                self.hit(kind, case, amount, longest);
            } else if !is_told {
                self.lever(kind).untold += 1;
            }
        }
    }

    /// Nothing was applied for and the right lapses soon, or has lapsed; what the lines ask.
    fn limit(&mut self, case: &LeverCase) {
        if !case.is_open() || case.filed.is_some() {
            return;
        }
        let left = days_between(self.span.today, case.event.saturating_add(LAPSE_YEARS.years()));
        if left <= NEAR_DAYS {
            let asked = case.lines.iter().map(|line| line.asked).sum();
            self.hit(LeverKind::NearLimit, case, asked, left);
        }
    }

    fn keep(&mut self, case: &LeverCase) {
        let is_in_span = self.span.contains(case.event);
        let ended = case.ended.filter(|_| !case.is_open());
        let is_compared = ended.is_some_and(|day| self.span.compares(day));
        if !is_in_span && !is_compared {
            return;
        }
        let care = |line: &LeverLine| line.component == Component::Medical;
        let severe = |line: &LeverLine| matches!(line.component, Component::Medical | Component::Stmb);
        self.kept.push(Kept {
            claim_no: case.claim_no.clone(),
            event: case.event,
            in_span: if is_in_span { Occurred::InSpan } else { Occurred::Before },
            company: self.companies.number(&case.npp, &case.company),
            facility: self.facilities.number(&case.facility, &case.facility),
            person: self.persons.number(&case.person, ""),
            diagnosis: self.diagnoses.number(&case.diagnosis),
            outcome: case.outcome,
            stage_one: case.stage_one,
            determined: case.determined(|_| true),
            care: is_compared.then(|| case.determined(care)),
            severity: is_compared.then(|| case.determined(severe)),
            closed: match ended {
                Some(day) if self.span.contains(day) => Closed::InSpan,
                _ => Closed::Otherwise,
            },
        });
    }
}
