//! How work accident cases end, how often, and how long they are treated until then.

use crate::domain::{BodyPart, Outcome, Place};
use crate::sample::accident::Accident;
use crate::sample::dice::{Dice, whole};

/// Deaths among a thousand, in traffic and elsewhere: few, with two fifths of the money.
const DEADLY_TRAFFIC: f64 = 0.045;
const DEADLY_ELSEWHERE: f64 = 0.0255;
/// Cases that end in a disability, total and partial.
const TOTAL: f64 = 0.0025;
const PARTIAL: f64 = 0.036;
/// Cases that heal within weeks or few months; together with the means below they give the published shares of cases
/// of the latest eight months: 60.5 % under treatment, 35.6 % recovered.
const SHORT: f64 = 0.468;
const SHORT_MEAN_DAYS: f64 = 47.0;
const LONG_MEAN_DAYS: f64 = 1_000.0;

/// How a case ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Death.
    Death,
    /// Total permanent disability.
    Total,
    /// A part lost.
    Anatomical,
    /// A function lost.
    Functional,
    /// Recovery within weeks.
    ShortTreatment,
    /// Recovery after months or years.
    LongTreatment,
}

impl Fate {
    /// By an even draw and the kind of accident.
    pub fn draw(evenly: f64, accident: &Accident) -> Fate {
        let deadly = if accident.how.0 == Place::Traffic { DEADLY_TRAFFIC } else { DEADLY_ELSEWHERE };
        let severable = matches!(
            accident.injury.0,
            BodyPart::Finger | BodyPart::Hand | BodyPart::Toe | BodyPart::Eye | BodyPart::Arm
        );
        match evenly {
            share if share < deadly => Fate::Death,
            share if share < deadly + TOTAL => Fate::Total,
            share if share < deadly + TOTAL + PARTIAL && severable => Fate::Anatomical,
            share if share < deadly + TOTAL + PARTIAL => Fate::Functional,
            share if share < deadly + TOTAL + PARTIAL + SHORT => Fate::ShortTreatment,
            _ => Fate::LongTreatment,
        }
    }

    /// The outcome it ends in.
    pub fn outcome(self) -> Outcome {
        match self {
            Fate::Death => Outcome::Meninggal,
            Fate::Total => Outcome::CacatTotal,
            Fate::Anatomical => Outcome::CacatAnatomis,
            Fate::Functional => Outcome::CacatFungsi,
            Fate::ShortTreatment | Fate::LongTreatment => Outcome::Sembuh,
        }
    }

    /// Days from the event to the end of treatment.
    pub fn treatment(self, dice: &mut Dice) -> i32 {
        match self {
            Fate::Death if dice.chance(0.65) => 0,
            Fate::Death => 1 + dice.days(8.0),
            Fate::Total => 150 + dice.days(120.0),
            Fate::Anatomical | Fate::Functional => 35 + whole(dice.log_normal(70.0, 0.6)),
            Fate::ShortTreatment => 2 + dice.days(SHORT_MEAN_DAYS),
            Fate::LongTreatment => 30 + dice.days(LONG_MEAN_DAYS),
        }
    }

    /// The median of its bills.
    pub fn bill_median(self) -> f64 {
        match self {
            Fate::Death => 9_000_000.0,
            Fate::Total => 14_000_000.0,
            Fate::Anatomical | Fate::Functional => 6_500_000.0,
            Fate::ShortTreatment => 1_250_000.0,
            Fate::LongTreatment => 1_700_000.0,
        }
    }
}
