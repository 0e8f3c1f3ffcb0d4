//! The disability table (Annex III of PP 82/2019): what part of the 80 wages a lost part or function is worth.

use crate::domain::money::BasisPoints;
use crate::domain::refusal::Refusal;
use crate::domain::rule::Mark;

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disability {
    /// Name, kebab-case; its words are `disability-<id>`.
    pub id: &'static str,
    /// What it is worth.
    pub degree: Degree,
    /// How sure it is.
    pub mark: Mark,
}

/// What a row is worth, in basis points of the 80 wages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Degree {
    /// Always the same.
    Fixed(i32),
    /// By side: the right one and the left one of a right-handed person; they swap for a left-handed one.
    Sided(i32, i32),
    /// The doctor states it, between these.
    Range(i32, i32),
    /// So much for each step the doctor counts; the step is named in the row's words (10 %, 10 dB).
    PerStep(i32),
}

/// Which side was hurt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Right.
    Right,
    /// Left.
    Left,
}

/// Which hand the person works with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hand {
    /// Right-handed.
    Right,
    /// Left-handed.
    Left,
}

/// Everything together beyond this is flagged for review: total disability may be meant.
pub const REVIEW_ABOVE: BasisPoints = BasisPoints::percent(70);

impl Disability {
    /// The row with this id.
    pub fn by_id(id: &str) -> Option<&'static Disability> {
        DISABILITIES.iter().find(|row| row.id == id)
    }

    /// The key of its words.
    pub fn key(&self) -> String {
        format!("disability-{}", self.id)
    }

    /// The degree of a row without sides and without a doctor's number; anything else is asked back, never guessed.
    pub fn fixed(&self) -> Result<BasisPoints, Refusal> {
        match self.degree {
            Degree::Fixed(points) => Ok(BasisPoints::new(points)),
            Degree::Sided(..) => Err(Refusal::new("disability-side-needed").with("disability", self.id)),
            Degree::Range(..) | Degree::PerStep(_) => Err(self.doctor_needed()),
        }
    }

    /// The degree of a row with sides; one without sides is the same on both.
    pub fn on_side(&self, side: Side, hand: Hand) -> Result<BasisPoints, Refusal> {
        let Degree::Sided(working, other) = self.degree else { return self.fixed() };
        let is_working = matches!((side, hand), (Side::Right, Hand::Right) | (Side::Left, Hand::Left));
        Ok(BasisPoints::new(if is_working { working } else { other }))
    }

    /// The degree of a row that needs the doctor's number: a percentage in basis points within the range, or how many
    /// steps were counted.
    pub fn by_doctor(&self, number: i32) -> Result<BasisPoints, Refusal> {
        let outside =
            || Refusal::new("disability-number-outside").with("disability", self.id).with("number", number);
        match self.degree {
            Degree::Range(least, most) if (least..=most).contains(&number) => Ok(BasisPoints::new(number)),
            Degree::PerStep(each) if (1..=10).contains(&number) => Ok(BasisPoints::new(each * number)),
            _ => Err(outside()),
        }
    }

    fn doctor_needed(&self) -> Refusal {
        Refusal::new("disability-doctor-needed").with("disability", self.id)
    }
}

/// Whether several partial disabilities together are worth a second look.
pub fn needs_review(degrees: &[BasisPoints]) -> bool {
    degrees.iter().map(|degree| i64::from(degree.get())).sum::<i64>() > i64::from(REVIEW_ABOVE.get())
}

/// Makes the table: `id degree mark`.
macro_rules! table {
    ($($id:literal $degree:expr, $mark:ident;)*) => {
        /// Every row, as the annex orders them.
        pub const DISABILITIES: &[Disability] =
            &[$(Disability { id: $id, degree: $degree, mark: Mark::$mark }),*];
    };
}

use Degree::{Fixed, PerStep, Range, Sided};

table! {
    "arm-from-shoulder" Sided(4000, 3500), OneSource;
    "arm-from-elbow" Sided(3500, 3000), Unverified;
    "hand-from-wrist" Sided(3200, 2800), Unverified;
    "both-legs-from-hip" Fixed(7000), Unverified;
    "one-leg-from-hip" Fixed(3500), Unverified;
    "both-feet" Fixed(5000), Unverified;
    "one-foot" Fixed(2500), Unverified;
    "both-eyes" Fixed(7000), OneSource;
    "one-eye" Fixed(3500), OneSource;
    "hearing-both" Fixed(4000), OneSource;
    "hearing-one" Fixed(2000), OneSource;
    "thumb" Sided(1500, 1200), Unverified;
    "index-finger" Sided(900, 700), Unverified;
    "other-finger" Sided(400, 300), Unverified;
    "index-first-joint" Sided(450, 350), Unverified;
    "other-first-joint" Sided(200, 150), Unverified;
    "big-toe" Fixed(500), Unverified;
    "second-toe" Fixed(300), Unverified;
    "other-toe" Fixed(200), Unverified;
    "scalp" Range(1000, 3000), OneSource;
    "impotence" Fixed(3000), Unverified;
    "leg-shorter-below-5-cm" Fixed(1000), Unverified;
    "leg-shorter-5-to-7-5-cm" Fixed(2000), Unverified;
    "leg-shorter-from-7-5-cm" Fixed(3000), Unverified;
    "hearing-loss-both-10-db" PerStep(600), OneSource;
    "hearing-loss-one-10-db" PerStep(300), OneSource;
    "sight-loss-10-percent" PerStep(700), OneSource;
    "field-of-vision-10-percent" PerStep(700), OneSource;
    "colour-vision" Fixed(1000), OneSource;
    "auricle-one" Fixed(500), OneSource;
    "auricle-both" Fixed(1000), OneSource;
    "nasal-alae" Fixed(3000), OneSource;
    "septum-perforation" Fixed(1500), OneSource;
    "smell" Fixed(1000), OneSource;
    "capacity-lost-10-to-25" Fixed(500), Unverified;
    "capacity-lost-26-to-50" Fixed(2000), Unverified;
    "capacity-lost-51-to-70" Fixed(4000), Unverified;
    "mental-capacity" Fixed(7000), Unverified;
}
