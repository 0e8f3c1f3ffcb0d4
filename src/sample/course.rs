//! The course of a work accident case: how long it is treated, how it ends, and which benefits are asked when.

use crate::domain::{Component, Outcome, PayeeKind, Segment};
use crate::sample::days::{Day, FAR, NONE};
use crate::sample::dice::{Dice, rupiah, whole};
use crate::sample::draft::{Case, Line, NO_SLIP, PayeeRef};
use crate::sample::fate::Fate;
use crate::sample::wage::{ANATOMICAL, FUNCTIONAL};
use crate::sample::world::{NOBODY, World};

/// A case on its way.
struct Course<'a> {
    world: &'a World,
    dice: &'a mut Dice,
    case: &'a Case,
    fate: Fate,
    lines: Vec<Line>,
}

/// Runs the case to its end, today or not; sets the outcome as known today and the days off work.
pub fn run(world: &World, dice: &mut Dice, case: &mut Case, fate: Fate) -> Vec<Line> {
    let today = world.days.today;
    let old = case.event < world.days.first - 30;
    let mut treated = fate.treatment(dice);
    if old {
        treated = today - case.event + 20 + dice.days(200.0);
    }
    let healed = case.event + treated;
    let off = days_off(dice, fate, treated, case_severity(world, case), old);
    let mut course = Course { world, dice, case, fate, lines: Vec::new() };
    if fate == Fate::Death {
        course.death(healed);
    } else {
        course.bills(healed);
        course.stmb(off);
        course.disability(healed);
        course.transport();
    }
    let statement = healed.max(course.case.reported) + 3 + course.dice.days(10.0);
    let statement = course.working(statement);
    let lines = course.lines;
    let everything_in = statement <= today && lines.iter().all(|line| line.filed <= today);
    let known = everything_in || (fate == Fate::Death && healed <= today);
    case.outcome = Some(if known { (fate.outcome(), healed) } else { (Outcome::Berobat, case.reported) });
    case.days_off = Some(u16::try_from(off).unwrap_or(u16::MAX));
    lines
}

fn case_severity(world: &World, case: &Case) -> f64 {
    world.firm(case.firm).map_or(1.0, |firm| firm.cost_multiple)
}

/// Days off work: none for many, weeks for most, the whole treatment for some.
fn days_off(dice: &mut Dice, fate: Fate, treated: i32, severity: f64, old: bool) -> i32 {
    let some_weeks =
        |dice: &mut Dice, median| whole(dice.log_normal(median, 0.85) * severity.min(2.0)).min(treated);
    match fate {
        Fate::Death => treated,
        Fate::Total => treated,
        Fate::Anatomical | Fate::Functional => whole(f64::from(treated) * (0.4 + 0.5 * dice.unit())),
        Fate::ShortTreatment if dice.chance(0.45) => 0,
        Fate::ShortTreatment => some_weeks(dice, 8.0),
        Fate::LongTreatment if old && dice.chance(0.10) => treated,
        Fate::LongTreatment if dice.chance(0.03) => treated,
        Fate::LongTreatment if dice.chance(0.55) => some_weeks(dice, 22.0),
        Fate::LongTreatment => 0,
    }
}

impl Course<'_> {
    fn working(&self, day: Day) -> Day {
        self.world.days.on_working(day)
    }

    /// Bills of the treatment: one for a short one, one every few months for a long one.
    fn bills(&mut self, healed: Day) {
        let today = self.world.days.today;
        let first = (self.case.event + 3 + self.dice.days(12.0)).min(healed);
        self.bill(first, None);
        let mut service = first;
        while self.lines.len() < 7 && self.fate != Fate::ShortTreatment {
            service += 55 + self.dice.days(70.0);
            if service >= healed || service > today || self.dice.chance(0.5) {
                break;
            }
            self.bill(service, None);
        }
        if self.fate != Fate::ShortTreatment && self.dice.chance(0.2) {
            self.bill(healed, None);
        }
    }

    /// A bill: a partner facility sends it with its bundle of the month, another is reimbursed. `filed` is given where
    /// the bill comes with other papers.
    fn bill(&mut self, service: Day, filed: Option<Day>) {
        let Some(clinic) = self.world.clinic(self.case.clinic) else { return };
        if service > self.world.days.today {
            return self.far_bill();
        }
        let severity = case_severity(self.world, self.case) * clinic.cost * clinic.cost_multiple;
        let drawn = self.dice.log_normal(self.fate.bill_median() * severity, 0.95).clamp(35_000.0, 900e6);
        let amount = rupiah(drawn, *self.dice.pick(&[1, 100, 500, 1_000]));
        let asked = self.asked(amount);
        if !clinic.is_partner(self.case.event) {
            let payee = if self.case.firm != NOBODY && self.dice.chance(0.6) {
                self.company()
            } else {
                self.participant()
            };
            let came = filed.unwrap_or_else(|| service.max(self.case.reported) + 4 + self.dice.days(12.0));
            return self.ask(Component::Medical, (NONE, NONE), payee, (asked, amount), came);
        }
        let days = &self.world.days;
        let earliest = filed.unwrap_or(self.case.reported);
        let mut complete = days.day_in_month(service, 1, clinic.billing_day);
        while complete < earliest {
            complete = days.day_in_month(complete, 1, clinic.billing_day);
        }
        let came = filed.unwrap_or_else(|| {
            days.before(complete, u32::try_from(self.dice.between(0, 3)).expect("few"))
                .max(earliest)
                .max(service)
        });
        if self.dice.chance(0.06) {
            complete = days.day_in_month(complete, self.dice.between(1, 2), clinic.billing_day);
        }
        let payee = PayeeRef { kind: PayeeKind::Facility, index: self.case.clinic };
        let pace = if complete > days.today { (1, 0) } else { clinic.pace(days.month(complete)) };
        let determined_on = days.after(complete, pace.0);
        self.lines.push(Line {
            component: Component::Medical,
            span: (NONE, NONE),
            payee,
            asked,
            determined: amount,
            filed: came,
            complete,
            determined_on,
            voucher_on: days.after(determined_on, pace.1),
            ..self.blank()
        });
    }

    /// A bill of a service that lies past today only says that more is to come.
    fn far_bill(&mut self) {
        let blank = self.blank();
        self.lines.push(Line { filed: FAR, ..blank });
    }

    /// STMB every six months (every month for those without an employer), to the employer who kept paying.
    fn stmb(&mut self, off: i32) {
        if off < 3 {
            return;
        }
        let (event, last) = (self.case.event, self.case.event + off);
        let monthly = matches!(self.case.segment, Segment::Bpu | Segment::Pmi);
        let payee = if self.case.firm == NOBODY { self.participant() } else { self.company() };
        // An instalment never comes before the one it follows.
        let (mut from, mut instalment, mut came) = (event + 1, 0, event);
        while from <= last && instalment < 14 {
            instalment += 1;
            let end = self.world.days.plus_months(event, instalment * if monthly { 1 } else { 6 }).min(last);
            if end < from {
                continue;
            }
            let amount = self.case.pay.stmb(from - event, end - event).get();
            came = came.max(end.max(self.case.reported) + 2 + self.dice.days(9.0));
            if end > self.world.days.today {
                return self.far_bill();
            }
            self.ask(Component::Stmb, (from, end), payee, (amount, amount), came);
            from = end + 1;
        }
    }

    fn disability(&mut self, healed: Day) {
        let pay = self.case.pay;
        let (component, amount) = match self.fate {
            Fate::Anatomical => {
                (Component::PartialAnatomical, pay.partial_disability(self.dice.weighted(ANATOMICAL)))
            }
            Fate::Functional => {
                (Component::PartialFunctional, pay.partial_disability(self.dice.weighted(FUNCTIONAL)))
            }
            Fate::Total => (Component::TotalDisability, pay.total_disability()),
            _ => return,
        };
        if healed > self.world.days.today {
            return self.far_bill();
        }
        let came = healed.max(self.case.reported) + 6 + self.dice.days(14.0);
        let payee = self.participant();
        self.ask(component, (NONE, NONE), payee, (amount.get(), amount.get()), came);
        if self.fate == Fate::Total {
            self.ask_with_last(Component::Periodic, payee, 12_000_000);
        }
    }

    fn transport(&mut self) {
        if self.dice.chance(0.16) {
            let payee = self.participant();
            let amount = rupiah(self.dice.log_normal(220_000.0, 0.8), 5_000).clamp(25_000, 5_000_000);
            let came = self.case.event.max(self.case.reported) + 5 + self.dice.days(20.0);
            let asked = self.asked(amount);
            self.ask(Component::Transport, (NONE, NONE), payee, (asked, amount), came);
        }
    }

    /// Everything about a death comes as one application of the heirs.
    fn death(&mut self, died: Day) {
        let heirs = PayeeRef { kind: PayeeKind::Heir, index: self.case.worker };
        if died > self.world.days.today {
            return self.far_bill();
        }
        let came = died.max(self.case.reported) + 6 + self.dice.days(16.0);
        let came = self.working(came);
        let amount = self.case.pay.death().get();
        self.ask(Component::Death, (NONE, NONE), heirs, (amount, amount), came);
        self.ask_with_last(Component::Periodic, heirs, 12_000_000);
        self.ask_with_last(Component::Funeral, heirs, 10_000_000);
        if self.dice.chance(0.4) {
            let years = i64::from(self.dice.between(2, 14));
            self.ask_with_last(Component::Scholarship, heirs, years * 1_500_000);
        }
        if died > self.case.event || self.dice.chance(0.35) {
            self.bill(died, Some(came));
        }
    }

    /// Another component of the application asked last, on the same dates.
    fn ask_with_last(&mut self, component: Component, payee: PayeeRef, amount: i64) {
        let last = self.lines.last().expect("asked before").clone();
        self.lines.push(Line { component, payee, asked: amount, determined: amount, ..last });
    }

    /// What is asked for an amount that will be determined: sometimes more than that.
    fn asked(&mut self, amount: i64) -> i64 {
        if self.dice.chance(0.08) {
            amount + amount / 100 * i64::from(self.dice.between(3, 28))
        } else {
            amount
        }
    }

    /// A line whose bundle came on this day, with the desk's usual pace.
    fn ask(
        &mut self,
        component: Component,
        span: (Day, Day),
        payee: PayeeRef,
        (asked, amount): (i64, i64),
        came: Day,
    ) {
        let filed = self.working(came);
        let (complete, determined_on, voucher_on) = pace(self.world, self.dice, filed);
        let blank = self.blank();
        self.lines.push(Line {
            component,
            span,
            payee,
            asked,
            determined: amount,
            filed,
            complete,
            determined_on,
            voucher_on,
            ..blank
        });
    }

    fn company(&self) -> PayeeRef {
        PayeeRef { kind: PayeeKind::Company, index: self.case.firm }
    }

    fn participant(&self) -> PayeeRef {
        PayeeRef { kind: PayeeKind::Participant, index: self.case.worker }
    }

    fn blank(&self) -> Line {
        blank(self.participant())
    }
}

/// A line with nothing in it.
pub fn blank(payee: PayeeRef) -> Line {
    Line {
        case: 0,
        component: Component::Medical,
        span: (NONE, NONE),
        payee,
        asked: 0,
        determined: 0,
        filed: NONE,
        complete: NONE,
        determined_on: NONE,
        voucher_on: NONE,
        slip: NO_SLIP,
    }
}

/// The desk's pace from an application: complete, determined, voucher. Mostly within the seven working days that end
/// with the payment; some bundles stay incomplete for weeks, and some determinations are late.
pub fn pace(world: &World, dice: &mut Dice, filed: Day) -> (Day, Day, Day) {
    let days = &world.days;
    let missing = if dice.chance(0.09) {
        5 + whole(dice.log_normal(24.0, 0.8))
    } else {
        dice.weighted(&[(0, 62), (1, 22), (3, 16)])
    };
    let complete = days.on_working(filed + missing);
    let slow = if dice.chance(0.07) { 3 + dice.between(0, 9) } else { 0 };
    let few = |number: i32| u32::try_from(number).expect("few days");
    let determined = days.after(complete, few(dice.between(1, 2) + slow));
    let voucher = days.after(determined, few(dice.weighted(&[(0, 50), (1, 40), (2, 10)])));
    (complete, determined, voucher)
}
