//! Numbers that stand on paper: each parsed once, by one constructor.

use std::fmt;

use jiff::civil::{Date, date};

use crate::base::safe;
use crate::domain::code::Sex;
use crate::domain::refusal::Refusal;

/// Makes a text type that is read out by `as_str` and shown as it is.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text as kept.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    )*};
}

texts! {
    /// National identity number, 16 digits `PPKKCC DDMMYY SSSS`; women's day + 40; no check digit.
    Nik;
    /// Membership number of a worker, 11 characters, digits today.
    Kpj;
    /// Registration number of an employer, 6–12 of `0-9A-Z`; a company can have several.
    Npp;
    /// Tax number: 15 digits with Luhn over the first nine, or 16 or 22 digits (unverified).
    Npwp;
    /// Diagnosis `A00` or `A00.0` (ICD-10).
    Icd10;
    /// Bank account number: 5–20 digits.
    AccountNo;
    /// Claim number as the paper or the core system says it; unique per office.
    ClaimNo;
}

/// What stands for the person's identity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identity {
    /// National identity number.
    Nik(Nik),
    /// Passport, for migrants.
    Passport(String),
    /// Another old number, as the paper says.
    Other(String),
    /// None known: valid, and listed as incomplete; never an invented number.
    Missing,
}

impl Identity {
    /// The code of the kind, as in files: `NIK`, `PASPOR`, `LAIN` or nothing.
    pub fn kind(&self) -> &'static str {
        match self {
            Identity::Nik(_) => "NIK",
            Identity::Passport(_) => "PASPOR",
            Identity::Other(_) => "LAIN",
            Identity::Missing => "",
        }
    }

    /// The number, or nothing.
    pub fn number(&self) -> &str {
        match self {
            Identity::Nik(nik) => nik.as_str(),
            Identity::Passport(text) | Identity::Other(text) => text,
            Identity::Missing => "",
        }
    }

    /// From kind and number as they stand in a file or form.
    pub fn parse(kind: &str, number: &str) -> Result<Identity, Refusal> {
        let number = number.trim();
        if number.is_empty() {
            return Ok(Identity::Missing);
        }
        match kind.trim().to_uppercase().as_str() {
            "" | "NIK" | "KTP" => Nik::parse(number).map(Identity::Nik),
            "PASPOR" | "PASSPORT" => Ok(Identity::Passport(short(number, "passport")?)),
            "LAIN" | "LAINNYA" | "OTHER" => Ok(Identity::Other(short(number, "other-id")?)),
            other => Err(Refusal::new("id-kind-unknown").with("kind", other)),
        }
    }
}

/// A free text of at most 40 characters without control characters.
fn short(text: &str, what: &'static str) -> Result<String, Refusal> {
    if text.chars().count() > 40 || text.chars().any(char::is_control) {
        return Err(Refusal::new("text-malformed").with("field", what));
    }
    Ok(text.to_owned())
}

/// The digits and letters of a typed number, without blanks, dots, hyphens and slashes.
fn compact(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '/')).collect()
}

/// Whether the text is digits only.
fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number in two digits at `place`.
fn two(text: &str, place: usize) -> i16 {
    text[place..place + 2].parse().expect("checked to be digits")
}

impl Nik {
    /// Sixteen digits with a real birth date inside.
    pub fn parse(text: &str) -> Result<Nik, Refusal> {
        let digits = compact(text);
        if let Some(letter) = digits.chars().find(|letter| !letter.is_ascii_digit()) {
            return Err(Refusal::new("nik-letter").with("letter", letter));
        }
        if digits.len() != 16 {
            return Err(Refusal::new("nik-shape").with("digits", digits.len()));
        }
        let nik = Nik(digits);
        if nik.birth_in(1900).is_none() && nik.birth_in(2000).is_none() {
            return Err(Refusal::new("nik-date").with("tail", &nik.0[12..]));
        }
        Ok(nik)
    }

    /// Female when the day is 41–71.
    pub fn sex(&self) -> Sex {
        if two(&self.0, 6) > 40 { Sex::Female } else { Sex::Male }
    }

    /// The birth date in the century that is not later than `today`.
    pub fn birth_date(&self, today: Date) -> Option<Date> {
        self.birth_in(2000).filter(|birth| *birth <= today).or_else(|| self.birth_in(1900))
    }

    /// Whether the number says this birth date.
    pub fn agrees_with(&self, birth: Date) -> bool {
        self.birth_in(1900) == Some(birth) || self.birth_in(2000) == Some(birth)
    }

    fn birth_in(&self, century: i16) -> Option<Date> {
        let day = two(&self.0, 6);
        let day = if day > 40 { day - 40 } else { day };
        let month = i8::try_from(two(&self.0, 8)).ok()?;
        Date::new(century + two(&self.0, 10), month, i8::try_from(day).ok()?).ok()
    }
}

impl Kpj {
    /// Eleven letters or digits.
    pub fn parse(text: &str) -> Result<Kpj, Refusal> {
        let number = compact(text).to_uppercase();
        if number.len() != 11 || !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Refusal::new("kpj-shape").with("length", number.chars().count()));
        }
        Ok(Kpj(number))
    }

    /// Whether it holds letters: unusual today, worth a look.
    pub fn has_letters(&self) -> bool {
        !all_digits(&self.0)
    }
}

impl Npp {
    /// Six to twelve of `0-9A-Z`.
    pub fn parse(text: &str) -> Result<Npp, Refusal> {
        let number = compact(text).to_uppercase();
        if !(6..=12).contains(&number.len()) || !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Refusal::new("npp-shape").with("text", text.trim()));
        }
        Ok(Npp(number))
    }
}

impl Npwp {
    /// Fifteen digits whose first nine pass Luhn, or 16 or 22 digits.
    pub fn parse(text: &str) -> Result<Npwp, Refusal> {
        let digits = compact(text);
        if !all_digits(&digits) || !matches!(digits.len(), 15 | 16 | 22) {
            return Err(Refusal::new("npwp-shape").with("digits", digits.chars().count()));
        }
        if digits.len() == 15 && !luhn(&digits.as_bytes()[..9]) {
            return Err(Refusal::new("npwp-check"));
        }
        Ok(Npwp(digits))
    }
}

/// Luhn: every second digit from the right doubled, digit sums added, a multiple of ten.
fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            if place % 2 == 0 {
                digit
            } else if digit > 4 {
                digit * 2 - 9
            } else {
                digit * 2
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

impl Icd10 {
    /// A letter, two digits, and one or two more behind a dot.
    pub fn parse(text: &str) -> Result<Icd10, Refusal> {
        let code = text.trim().to_uppercase();
        let (head, tail) =
            code.split_once('.').map_or((code.as_str(), None), |(head, tail)| (head, Some(tail)));
        let head_holds = head.len() == 3
            && head.starts_with(|letter: char| letter.is_ascii_uppercase())
            && all_digits(&head[1..]);
        let tail_holds = tail.is_none_or(|tail| tail.len() <= 2 && all_digits(tail));
        if !head_holds || !tail_holds {
            return Err(Refusal::new("icd10-shape").with("text", text.trim()));
        }
        Ok(Icd10(code))
    }
}

impl AccountNo {
    /// Five to twenty digits.
    pub fn parse(text: &str) -> Result<AccountNo, Refusal> {
        let digits = compact(text);
        if !all_digits(&digits) || !(5..=20).contains(&digits.len()) {
            let n_digits = digits.chars().filter(char::is_ascii_digit).count();
            return Err(Refusal::new("account-shape").with("digits", n_digits));
        }
        Ok(AccountNo(digits))
    }
}

impl ClaimNo {
    /// Any text of one to forty visible characters; inner blanks are squeezed to one.
    pub fn parse(text: &str) -> Result<ClaimNo, Refusal> {
        let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = squeezed.chars().count();
        if length == 0 || length > 40 || safe::terminal(&squeezed) != squeezed {
            return Err(Refusal::new("claim-no-shape").with("length", length));
        }
        Ok(ClaimNo(squeezed))
    }

    /// The number we give where the paper has none: `K26-000412`.
    pub fn given(year: i16, number: u32) -> ClaimNo {
        ClaimNo(format!("K{:02}-{number:06}", year.rem_euclid(100)))
    }

    /// The form by which numbers are compared: upper case, without blanks, hyphens, dots and slashes.
    pub fn normalised(&self) -> String {
        normalise_number(&self.0)
    }
}

/// The form by which paper numbers and codes are looked up: upper case letters and digits only.
pub fn normalise_number(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// The earliest date a paper of the desk can carry: the first social security law for workers.
pub const EARLIEST: Date = date(1978, 1, 1);
