//! Persons and payees' accounts: everything about a worker follows from an ordinal, a birth date and a sex, so that
//! two claims of one worker agree without keeping the worker.

use jiff::civil::Date;

use crate::domain::{AccountNo, Identity, Kpj, Nik, Npwp, Sex};
use crate::sample::dice::mix;
use crate::sample::lists::{AREAS, BANKS};
use crate::sample::names;

/// What stands for the identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdKind {
    /// National number.
    Nik,
    /// Passport.
    Passport,
    /// Another old number.
    Other,
    /// None known.
    Missing,
}

/// Whose accounts: each kind of payee has its own numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountSpace {
    /// Workers.
    Worker = 0,
    /// Their heirs.
    Heir = 1,
    /// Companies.
    Company = 2,
    /// Facilities.
    Facility = 3,
}

/// Women among the workers of a programme are told by the ordinal alone.
pub fn sex(ordinal: u32, women_in_hundred: u64) -> Sex {
    if mix(u64::from(ordinal) ^ 0x5e78) % 100 < women_in_hundred { Sex::Female } else { Sex::Male }
}

/// The worker's name.
pub fn name(seed: u64, ordinal: u32, sex: Sex) -> String {
    names::person(mix(seed) ^ u64::from(ordinal), sex)
}

/// The heir's name.
pub fn heir_name(seed: u64, ordinal: u32) -> String {
    let number = mix(seed ^ 0x6865_6972) ^ u64::from(ordinal);
    names::person(number, if mix(number) % 100 < 78 { Sex::Female } else { Sex::Male })
}

/// The identity number: no two ordinals below 1.9 million share area and serial number.
pub fn identity(kind: IdKind, ordinal: u32, birth: Date, sex: Sex) -> Identity {
    match kind {
        IdKind::Nik => Identity::Nik(nik(ordinal, birth, sex)),
        IdKind::Passport => Identity::Passport(format!("C{:07}", u64::from(ordinal) * 7_919 % 10_000_000)),
        IdKind::Other => Identity::Other(format!("KP-{:08}", u64::from(ordinal) * 104_729 % 100_000_000)),
        IdKind::Missing => Identity::Missing,
    }
}

fn nik(ordinal: u32, birth: Date, sex: Sex) -> Nik {
    let serial = ordinal % 9_998 + 1;
    let place = ordinal / 9_998;
    let n_areas = u32::try_from(AREAS.len()).expect("a short list");
    let area = AREAS[usize::try_from(place % n_areas).expect("below the length")] + place / n_areas % 16 + 1;
    let day = birth.day() + if sex == Sex::Female { 40 } else { 0 };
    let year = birth.year().rem_euclid(100);
    let text = format!("{area:06}{day:02}{:02}{year:02}{serial:04}", birth.month());
    Nik::parse(&text).expect("made of a real date")
}

/// The membership number: eleven digits, none of them shared.
pub fn kpj(ordinal: u32) -> Kpj {
    let number = 10_000_000_000 + u64::from(ordinal) * 64_891_237_609 % 90_000_000_000;
    Kpj::parse(&number.to_string()).expect("eleven digits")
}

/// Bank and account of a payee: no two payees share a number.
pub fn account(space: AccountSpace, ordinal: u32) -> (&'static str, AccountNo) {
    let place = u64::from(ordinal) * 4
        + match space {
            AccountSpace::Worker => 0,
            AccountSpace::Heir => 1,
            AccountSpace::Company => 2,
            AccountSpace::Facility => 3,
        };
    let core = 1_000_000_000 + place * 6_700_417 % 9_000_000_000;
    let chance = mix(place);
    let (bank, length) = BANKS[usize::try_from(chance % 7).expect("seven banks")];
    let tail = format!("{:06}", (chance >> 8) % 1_000_000);
    let text = format!("{core}{}", &tail[..length - 10]);
    (bank, AccountNo::parse(&text).expect("ten to sixteen digits"))
}

/// A tax number of fifteen digits whose first nine pass Luhn.
pub fn tax_number(number: u64) -> Npwp {
    let body = 1_000_000 + mix(number ^ 0x0074_6178) % 90_000_000;
    let text = (0..10)
        .map(|check| format!("{body:08}{check}{:03}000", 400 + number % 50))
        .find(|text| Npwp::parse(text).is_ok());
    Npwp::parse(&text.expect("one of ten check digits passes")).expect("just tried")
}
