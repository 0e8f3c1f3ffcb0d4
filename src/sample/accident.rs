//! How an accident looks: place, hour, type, source, body part and diagnosis, drawn so that they fit each other.

use crate::domain::{AccidentType, BodyPart, CaseKind, Place, Source};
use crate::sample::dice::Dice;
use crate::sample::draft::NO_MINUTE;
use crate::sample::lists::{DISEASES, INJURIES};

/// Cases of occupational disease among all.
const DISEASE_SHARE: f64 = 0.006;
/// Published shares of the places (eight months of 2021).
const IN_WORKPLACE: f64 = 0.659;
const IN_TRAFFIC: f64 = 0.258;
/// Hours of accidents by band, the peak 06–12 as published; the shares of the other bands are ours.
const BANDS: &[((i32, i32), u32)] = &[((6, 11), 42), ((12, 17), 31), ((18, 23), 17), ((0, 5), 10)];
/// Cases whose hour nobody wrote down.
const HOUR_MISSING: f64 = 0.02;

/// How it happened.
pub struct Accident {
    /// Accident or disease.
    pub kind: CaseKind,
    /// Place, type, source.
    pub how: (Place, AccidentType, Source),
    /// Body part and diagnosis.
    pub injury: (BodyPart, &'static str),
    /// Minute of the day, or none.
    pub minute: i16,
}

/// Draws one; `evenly` in [0, 1) decides the place, so that a caller may keep the published shares exactly.
pub fn draw(dice: &mut Dice, evenly: f64) -> Accident {
    if dice.chance(DISEASE_SHARE) {
        let (body_part, icd10) = *dice.pick(DISEASES);
        let how = match icd10 {
            "L23.5" => (AccidentType::Exposure, Source::Chemicals),
            "J45.0" | "J68.0" => (AccidentType::Inhalation, Source::Dust),
            _ => (AccidentType::Exposure, Source::Environment),
        };
        let how = (Place::Workplace, how.0, how.1);
        return Accident { kind: CaseKind::Pak, how, injury: (body_part, icd10), minute: NO_MINUTE };
    }
    let place = match evenly {
        share if share < IN_WORKPLACE => Place::Workplace,
        share if share < IN_WORKPLACE + IN_TRAFFIC => Place::Traffic,
        _ => Place::Outside,
    };
    let (accident_type, source) = match place {
        Place::Traffic => (dice.weighted(TRAFFIC_TYPES), Source::Vehicle),
        Place::Workplace => workplace(dice),
        Place::Outside => dice.weighted(OUTSIDE),
    };
    let body_part = body_part(dice, accident_type, place);
    let (_, _, codes) =
        INJURIES.iter().find(|(part, _, _)| *part == body_part).expect("every part has injuries");
    let injury = (body_part, *dice.pick(codes));
    Accident { kind: CaseKind::Kk, how: (place, accident_type, source), injury, minute: minute(dice) }
}

const TRAFFIC_TYPES: &[(AccidentType, u32)] = &[
    (AccidentType::StruckBy, 46),
    (AccidentType::StruckAgainst, 28),
    (AccidentType::FallSame, 18),
    (AccidentType::Slip, 8),
];
const OUTSIDE: &[((AccidentType, Source), u32)] = &[
    ((AccidentType::FallSame, Source::Floor), 30),
    ((AccidentType::StruckBy, Source::Other), 20),
    ((AccidentType::Slip, Source::Environment), 20),
    ((AccidentType::StruckAgainst, Source::Vehicle), 15),
    ((AccidentType::Exposure, Source::Animal), 8),
    ((AccidentType::Other, Source::Other), 7),
];
const WORKPLACE: &[((AccidentType, Source), u32)] = &[
    ((AccidentType::CaughtIn, Source::Machine), 22),
    ((AccidentType::StruckBy, Source::HandTool), 14),
    ((AccidentType::StruckAgainst, Source::HandTool), 9),
    ((AccidentType::FallSame, Source::Floor), 9),
    ((AccidentType::Slip, Source::Floor), 9),
    ((AccidentType::StruckBy, Source::Machine), 8),
    ((AccidentType::FallHeight, Source::Other), 5),
    ((AccidentType::CaughtIn, Source::Conveyor), 4),
    ((AccidentType::CaughtIn, Source::Transmission), 3),
    ((AccidentType::StruckBy, Source::Crane), 3),
    ((AccidentType::StruckBy, Source::Vehicle), 4),
    ((AccidentType::Exposure, Source::Flammable), 3),
    ((AccidentType::Exposure, Source::Boiler), 1),
    ((AccidentType::Electric, Source::Electric), 2),
    ((AccidentType::Inhalation, Source::Chemicals), 1),
    ((AccidentType::Exposure, Source::Chemicals), 1),
    ((AccidentType::StruckBy, Source::PrimeMover), 1),
    ((AccidentType::CaughtIn, Source::Lift), 1),
    ((AccidentType::Other, Source::Other), 4),
];

fn workplace(dice: &mut Dice) -> (AccidentType, Source) {
    dice.weighted(WORKPLACE)
}

fn body_part(dice: &mut Dice, accident_type: AccidentType, place: Place) -> BodyPart {
    let favoured: &[(BodyPart, u32)] = match (accident_type, place) {
        (AccidentType::CaughtIn, _) => {
            &[(BodyPart::Finger, 55), (BodyPart::Hand, 22), (BodyPart::Arm, 8), (BodyPart::Toe, 8)]
        }
        (_, Place::Traffic) => {
            &[(BodyPart::Leg, 30), (BodyPart::Head, 24), (BodyPart::Arm, 16), (BodyPart::Trunk, 10)]
        }
        (AccidentType::Inhalation, _) => &[(BodyPart::Eye, 4), (BodyPart::Trunk, 6)],
        (AccidentType::FallHeight, _) => {
            &[(BodyPart::Trunk, 30), (BodyPart::Leg, 25), (BodyPart::Head, 20), (BodyPart::Organ, 5)]
        }
        _ => &[],
    };
    if !favoured.is_empty() && dice.chance(0.75) {
        return dice.weighted(favoured);
    }
    let all: Vec<(BodyPart, u32)> = INJURIES.iter().map(|(part, weight, _)| (*part, *weight)).collect();
    dice.weighted(&all)
}

fn minute(dice: &mut Dice) -> i16 {
    if dice.chance(HOUR_MISSING) {
        return NO_MINUTE;
    }
    let (from, to) = dice.weighted(BANDS);
    // People write the nearest five minutes.
    i16::try_from(dice.between(from, to) * 60 + dice.between(0, 11) * 5).expect("a minute of the day")
}
