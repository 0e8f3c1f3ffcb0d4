//! What is paid against receipts up to a cap: transport, home care, aids; and the scholarship.

use jiff::civil::Date;

use crate::domain::money::{BasisPoints, Rupiah};
use crate::domain::refusal::Refusal;
use crate::domain::rule::{
    Basis, Calculation, Dated, Mark, Quantity, REGIME_2015, REGIME_2019, Step, Table, product,
};

/// How the injured worker was brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// By land, river or lake.
    Land,
    /// By sea.
    Sea,
    /// By air.
    Air,
}

/// What is paid at most by each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransportCaps {
    /// Land, river, lake.
    pub land: Rupiah,
    /// Sea.
    pub sea: Rupiah,
    /// Air.
    pub air: Rupiah,
}

/// Caps of transport.
pub const TRANSPORT: Table<TransportCaps> = Table {
    id: "transport",
    basis: Basis::Event,
    entries: &[
        Dated {
            from: REGIME_2015,
            value: TransportCaps {
                land: Rupiah::new(1_000_000),
                sea: Rupiah::new(1_500_000),
                air: Rupiah::new(2_500_000),
            },
            source: "PP 44/2015",
            mark: Mark::Unverified,
        },
        Dated {
            from: REGIME_2019,
            value: TransportCaps {
                land: Rupiah::new(5_000_000),
                sea: Rupiah::new(2_000_000),
                air: Rupiah::new(10_000_000),
            },
            source: "PP 82/2019",
            mark: Mark::TwoSources,
        },
    ],
};

/// Something paid against a receipt up to a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aid {
    /// Care at home: at most one year and this sum for a case.
    HomeCare,
    /// Dentures.
    Dentures,
    /// Hearing aid.
    HearingAid,
    /// Glasses.
    Glasses,
    /// Prosthesis or orthosis: the government rehabilitation centre's price, and a share more.
    Prosthesis,
}

/// Makes the caps that PP 82/2019 brought.
macro_rules! caps {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $amount:literal, $mark:ident;)*) => {$(
        $(#[$doc])*
        pub const $name: Table<Rupiah> = Table {
            id: $id,
            basis: Basis::Event,
            entries: &[Dated {
                from: REGIME_2019,
                value: Rupiah::new($amount),
                source: "PP 82/2019",
                mark: Mark::$mark,
            }],
        };
    )*};
}

caps! {
    /// Cap of home care for a case.
    HOME_CARE = "home-care", 20_000_000, OneSource;
    /// Cap of dentures.
    DENTURES = "dentures", 5_000_000, Unverified;
    /// Cap of a hearing aid.
    HEARING_AID = "hearing-aid", 2_500_000, Unverified;
    /// Cap of glasses.
    GLASSES = "glasses", 1_000_000, Unverified;
}

/// What is paid beyond the rehabilitation centre's price.
pub const PROSTHESIS: Table<BasisPoints> = Table {
    id: "prosthesis",
    basis: Basis::Event,
    entries: &[Dated {
        from: REGIME_2019,
        value: BasisPoints::percent(40),
        source: "PP 82/2019",
        mark: Mark::OneSource,
    }],
};

/// School levels of the scholarship.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SchoolLevel {
    /// Up to primary school (*SD*).
    Primary,
    /// Junior high school (*SMP*).
    JuniorHigh,
    /// Senior high school (*SMA*).
    SeniorHigh,
    /// Higher education or training.
    Higher,
}

/// What a child gets at a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchoolYear {
    /// Which level.
    pub level: SchoolLevel,
    /// For a year.
    pub yearly: Rupiah,
    /// Years at most.
    pub years: i64,
}

/// The scholarship: up to two children of one who died or is totally disabled.
pub const SCHOLARSHIP: Table<&'static [SchoolYear]> = Table {
    id: "scholarship",
    basis: Basis::Event,
    entries: &[Dated {
        from: REGIME_2019,
        value: &[
            SchoolYear { level: SchoolLevel::Primary, yearly: Rupiah::new(1_500_000), years: 8 },
            SchoolYear { level: SchoolLevel::JuniorHigh, yearly: Rupiah::new(2_000_000), years: 3 },
            SchoolYear { level: SchoolLevel::SeniorHigh, yearly: Rupiah::new(3_000_000), years: 3 },
            SchoolYear { level: SchoolLevel::Higher, yearly: Rupiah::new(12_000_000), years: 5 },
        ],
        source: "PP 82/2019",
        mark: Mark::TwoSources,
    }],
};

/// Transport by one or several ways: each way keeps its own cap, several receipts of one way share it.
pub fn transport(asked: &[(Transport, Rupiah)], event: Date) -> Result<Calculation, Refusal> {
    let (caps, rule) = TRANSPORT.on(event)?;
    let mut steps = Vec::new();
    let ways = [(Transport::Land, caps.land), (Transport::Sea, caps.sea), (Transport::Air, caps.air)];
    for (way, cap) in ways {
        let sum: Rupiah = asked.iter().filter(|(by, _)| *by == way).map(|(_, amount)| *amount).sum();
        if !sum.is_zero() {
            let key = match way {
                Transport::Land => "calc-transport-land",
                Transport::Sea => "calc-transport-sea",
                Transport::Air => "calc-transport-air",
            };
            let args = vec![("asked", Quantity::Money(sum)), ("cap", Quantity::Money(cap))];
            steps.push(Step { key, args, amount: sum.min(cap) });
        }
    }
    let amount = steps.iter().map(|step| step.amount).sum();
    Ok(Calculation { amount, steps, rules: vec![rule] })
}

/// An aid against its receipt; `used` is what the case has had of it before. Of a prosthesis, `asked` is the centre's
/// price.
pub fn aid(what: Aid, asked: Rupiah, used: Rupiah, event: Date) -> Result<Calculation, Refusal> {
    let table = match what {
        Aid::HomeCare => HOME_CARE,
        Aid::Dentures => DENTURES,
        Aid::HearingAid => HEARING_AID,
        Aid::Glasses => GLASSES,
        Aid::Prosthesis => {
            let (more, rule) = PROSTHESIS.on(event)?;
            let amount = product(asked, 10_000 + i64::from(more.get()), 10_000)?;
            let args = vec![("price", Quantity::Money(asked)), ("percent", Quantity::Percent(more))];
            return Ok(Calculation::of(Step { key: "calc-prosthesis", args, amount }, rule));
        }
    };
    let (cap, rule) = table.on(event)?;
    let left = (cap - used).max(Rupiah::ZERO);
    let args = vec![
        ("asked", Quantity::Money(asked)),
        ("cap", Quantity::Money(cap)),
        ("used", Quantity::Money(used)),
    ];
    Ok(Calculation::of(Step { key: "calc-capped", args, amount: asked.min(left) }, rule))
}

/// The scholarship of one child for some years at one level; more years than the level has are refused.
pub fn scholarship(level: SchoolLevel, years: i64, event: Date) -> Result<Calculation, Refusal> {
    let (levels, rule) = SCHOLARSHIP.on(event)?;
    let entry = levels.iter().find(|entry| entry.level == level).expect("every level is in the table");
    if !(1..=entry.years).contains(&years) {
        return Err(Refusal::new("scholarship-years").with("years", years).with("most", entry.years));
    }
    let amount = product(entry.yearly, years, 1)?;
    let args = vec![("years", Quantity::Number(years)), ("yearly", Quantity::Money(entry.yearly))];
    Ok(Calculation::of(Step { key: "calc-scholarship", args, amount }, rule))
}
