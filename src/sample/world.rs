//! What stands before the first claim: calendar, employers, facilities, and how they are drawn.

use crate::domain::{Period, Segment};
use crate::sample::clinic::{self, Clinic};
use crate::sample::days::Days;
use crate::sample::dice::{Dice, mix};
use crate::sample::firm::{self, Firm};
use crate::sample::{Planted, SampleOptions, plant};

/// No company, no facility.
pub const NOBODY: u32 = u32::MAX;

/// The branch before its claims.
pub struct World {
    /// The dice's seed.
    pub seed: u64,
    /// Whether something is planted.
    pub planted: Planted,
    /// JKK claims to make.
    pub n_jkk: u64,
    /// Others to make.
    pub n_others: u64,
    /// Calendar.
    pub days: Days,
    /// Employers.
    pub firms: Vec<Firm>,
    /// Facilities.
    pub clinics: Vec<Clinic>,
    /// Running sums of the employers' weights for accidents.
    accident_sums: Vec<f64>,
    /// Running sums of their worker-months, for the other programmes.
    worker_sums: Vec<f64>,
    /// Running sums of the facilities' weights.
    clinic_sums: Vec<f64>,
}

impl World {
    /// Builds it, with what is planted.
    pub fn build(options: &SampleOptions) -> World {
        let (n_jkk, n_others) = options.mix.split();
        let days = Days::build();
        let mut firms = firm::build(options.seed, n_jkk, n_others);
        let mut clinics = clinic::build(options.seed, &days, n_jkk);
        if options.planted == Planted::Yes {
            plant::companies(options.seed, &mut firms);
            plant::facility(&mut clinics);
        }
        World {
            seed: options.seed,
            planted: options.planted,
            n_jkk,
            n_others,
            accident_sums: sums(firms.iter().map(Firm::weight)),
            worker_sums: sums(firms.iter().map(Firm::exposure)),
            clinic_sums: sums(clinics.iter().map(|clinic| clinic.weight)),
            days,
            firms,
            clinics,
        }
    }

    /// The employer of an accident in one of the 24 months, and the month.
    pub fn draw_accident(&self, dice: &mut Dice) -> (u32, Period) {
        let firm = draw(dice, &self.accident_sums);
        (index(firm), self.draw_month(dice, firm))
    }

    /// The employer of any worker, and a month in which it had workers.
    pub fn draw_employer(&self, dice: &mut Dice) -> (u32, Period) {
        let firm = draw(dice, &self.worker_sums);
        (index(firm), self.draw_month(dice, firm))
    }

    /// An employer that existed in an earlier month.
    pub fn draw_earlier(&self, dice: &mut Dice, month: Period) -> u32 {
        for _ in 0..50 {
            let firm = draw(dice, &self.accident_sums);
            if self.firms[firm].workers(month) > 0 {
                return index(firm);
            }
        }
        NOBODY
    }

    /// A month by growth and headcount.
    fn draw_month(&self, dice: &mut Dice, firm: usize) -> Period {
        let firm = &self.firms[firm];
        let (peak, most) = (f64::from(firm.peak()), 1.0 + firm::MONTHLY_GROWTH * 23.0);
        let all: Vec<(Period, f64)> = firm::months().collect();
        for _ in 0..400 {
            let (month, growth) = *dice.pick(&all);
            if dice.unit() * peak * most < f64::from(firm.workers(month)) * growth {
                return month;
            }
        }
        all.iter().map(|(month, _)| *month).find(|month| firm.workers(*month) > 0).unwrap_or(all[0].0)
    }

    /// A facility: mostly the one the company uses.
    pub fn draw_clinic(&self, dice: &mut Dice, firm: u32) -> u32 {
        if firm != NOBODY && dice.chance(0.7) {
            let chance = mix(self.seed ^ u64::from(firm)) >> 32;
            let share = f64::from(u32::try_from(chance).expect("32 bits")) / 4_294_967_296.0;
            return index(place(&self.clinic_sums, share));
        }
        index(draw(dice, &self.clinic_sums))
    }

    /// The segment of an employer's worker.
    pub fn segment(&self, firm: u32) -> Segment {
        self.firm(firm).map_or(Segment::Bpu, |firm| firm.segment)
    }

    /// The employer, if there is one.
    pub fn firm(&self, firm: u32) -> Option<&Firm> {
        self.firms.get(usize::try_from(firm).expect("32 bits fit"))
    }

    /// The facility, if there is one.
    pub fn clinic(&self, clinic: u32) -> Option<&Clinic> {
        self.clinics.get(usize::try_from(clinic).expect("32 bits fit"))
    }
}

fn sums(weights: impl Iterator<Item = f64>) -> Vec<f64> {
    weights
        .scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        })
        .collect()
}

fn draw(dice: &mut Dice, sums: &[f64]) -> usize {
    place(sums, dice.unit())
}

fn place(sums: &[f64], share: f64) -> usize {
    let wanted = share * sums.last().expect("never empty");
    sums.partition_point(|sum| *sum <= wanted).min(sums.len() - 1)
}

fn index(place: usize) -> u32 {
    u32::try_from(place).expect("fewer than four billion")
}
