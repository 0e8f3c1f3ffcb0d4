//! Values that stand in JSON as one short text: codes, dates, months, paper numbers. One wrapper for all of them.

use std::borrow::Cow;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::code::*;
use crate::domain::identity::{AccountNo, ClaimNo, Icd10, Kpj, Nik, Npp, Npwp};
use crate::domain::money::Rupiah;
use crate::domain::office::{Approval, StoreKind};
use crate::domain::period::Period;
use crate::domain::voucher::{CodeTemplate, SeriesKey, VoucherCode};

/// A value with one text.
pub(super) trait Text: Sized {
    /// Its text.
    fn text(&self) -> Cow<'_, str>;
    /// The value of a text that [`Text::text`] wrote.
    fn of(text: &str) -> Option<Self>;
}

/// A value written as its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct T<Value>(pub Value);

impl<Value: Text> Serialize for T<Value> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.text())
    }
}

impl<'de, Value: Text> Deserialize<'de> for T<Value> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let unknown = || {
            let name = std::any::type_name::<Value>();
            serde::de::Error::custom(format_args!(
                "{text:?} is no {}",
                name.rsplit("::").next().unwrap_or(name)
            ))
        };
        Value::of(&text).map(T).ok_or_else(unknown)
    }
}

/// Rupiah as an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Rp(pub Rupiah);

impl Rp {
    /// Whether it can be left out.
    pub(super) fn is_zero(&self) -> bool {
        self.0.is_zero()
    }
}

impl Serialize for Rp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0.get())
    }
}

impl<'de> Deserialize<'de> for Rp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rupiah = i64::deserialize(deserializer)?;
        if rupiah.unsigned_abs() > Rupiah::RECORD_LIMIT.get().unsigned_abs() {
            return Err(serde::de::Error::custom(format_args!("{rupiah} is no amount")));
        }
        Ok(Rp(Rupiah::new(rupiah)))
    }
}

/// Lists whose text is their code, exactly as the list writes it.
macro_rules! coded {
    ($($name:ident),* $(,)?) => {$(
        impl Text for $name {
            fn text(&self) -> Cow<'_, str> {
                self.code().into()
            }
            fn of(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == text)
            }
        }
    )*};
}

coded!(
    Programme,
    Segment,
    CaseKind,
    Sex,
    WageUnit,
    RiskGroup,
    Place,
    AccidentType,
    Source,
    BodyPart,
    Outcome,
    ProcessState,
    Component,
    PayeeKind,
    DocumentKind,
    VoucherKind,
    VoucherState,
    PaymentState,
    ReviewMark,
    CloseReason,
    Zone,
    VoucherMode,
    Origin
);

/// Paper numbers: the constructor is asked again, so that nothing malformed comes back from a file.
macro_rules! numbered {
    ($($name:ident),* $(,)?) => {$(
        impl Text for $name {
            fn text(&self) -> Cow<'_, str> {
                self.as_str().into()
            }
            fn of(text: &str) -> Option<Self> {
                $name::parse(text).ok().filter(|value| value.as_str() == text)
            }
        }
    )*};
}

numbered!(Nik, Kpj, Npp, Npwp, Icd10, AccountNo, ClaimNo, VoucherCode, CodeTemplate);

/// Values whose `Display` and `FromStr` agree.
macro_rules! displayed {
    ($($name:ident),* $(,)?) => {$(
        impl Text for $name {
            fn text(&self) -> Cow<'_, str> {
                self.to_string().into()
            }
            fn of(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )*};
}

displayed!(Date, Time, Period);

impl Text for SeriesKey {
    fn text(&self) -> Cow<'_, str> {
        self.as_str().into()
    }
    fn of(text: &str) -> Option<Self> {
        Some(SeriesKey::from_text(text))
    }
}

impl Text for StoreKind {
    fn text(&self) -> Cow<'_, str> {
        match self {
            StoreKind::Real => "real".into(),
            StoreKind::Sample => "sample".into(),
        }
    }
    fn of(text: &str) -> Option<Self> {
        [StoreKind::Real, StoreKind::Sample].into_iter().find(|value| value.text() == text)
    }
}

impl Text for Approval {
    fn text(&self) -> Cow<'_, str> {
        self.code().into()
    }
    fn of(text: &str) -> Option<Self> {
        Approval::ALL.into_iter().find(|value| value.code() == text)
    }
}

/// Whether a number can be left out.
pub(super) fn is_zero(number: &u8) -> bool {
    *number == 0
}
