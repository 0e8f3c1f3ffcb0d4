//! Cash benefits of work accident insurance: unable to work, disability, death. U is the monthly wage last reported
//! before the event.

use jiff::civil::Date;

use crate::domain::code::Component;
use crate::domain::money::{BasisPoints, Rupiah};
use crate::domain::refusal::Refusal;
use crate::domain::rule::{
    Basis, Calculation, Dated, Mark, Quantity, REGIME_2015, REGIME_2019, Step, Table, Used, product,
};

/// Share of the wage up to a month of STMB; the last one has no end.
pub type StmbSteps = &'static [(Option<u16>, BasisPoints)];

/// What share of the wage is paid in which month of being unable to work.
pub const STMB: Table<StmbSteps> = Table {
    id: "stmb",
    basis: Basis::Event,
    entries: &[
        Dated {
            from: REGIME_2015,
            value: &[
                (Some(6), BasisPoints::percent(100)),
                (Some(12), BasisPoints::percent(75)),
                (None, BasisPoints::percent(50)),
            ],
            source: "PP 44/2015",
            mark: Mark::TwoSources,
        },
        Dated {
            from: REGIME_2019,
            value: &[(Some(12), BasisPoints::percent(100)), (None, BasisPoints::percent(50))],
            source: "PP 82/2019",
            mark: Mark::TwoSources,
        },
    ],
};

/// Monthly wages that disability and death are reckoned in.
pub const WAGES: Table<i64> = Table {
    id: "disability-wages",
    basis: Basis::Event,
    entries: &[
        Dated { from: REGIME_2015, value: 80, source: "PP 44/2015", mark: Mark::Unverified },
        Dated { from: REGIME_2019, value: 80, source: "PP 82/2019", mark: Mark::TwoSources },
    ],
};

/// A partial disability of a function; the share of function lost multiplies the table's percentage.
pub const FUNCTIONAL: Table<i64> = Table {
    id: "disability-functional",
    basis: Basis::Event,
    entries: &[
        Dated { from: REGIME_2015, value: 80, source: "PP 44/2015", mark: Mark::Unverified },
        Dated { from: REGIME_2019, value: 80, source: "PP 82/2019", mark: Mark::OneSource },
    ],
};

/// Share of the wages for total permanent disability.
pub const TOTAL: Table<BasisPoints> = Table {
    id: "disability-total",
    basis: Basis::Event,
    entries: &[
        Dated {
            from: REGIME_2015,
            value: BasisPoints::percent(70),
            source: "PP 44/2015",
            mark: Mark::Unverified,
        },
        Dated {
            from: REGIME_2019,
            value: BasisPoints::percent(70),
            source: "PP 82/2019",
            mark: Mark::TwoSources,
        },
    ],
};

/// Share of the wages for death, and the least that is paid.
pub const DEATH: Table<(BasisPoints, Rupiah)> = Table {
    id: "accident-death",
    basis: Basis::Event,
    entries: &[
        Dated {
            from: REGIME_2015,
            value: (BasisPoints::percent(60), Rupiah::new(16_200_000)),
            source: "PP 44/2015",
            mark: Mark::Unverified,
        },
        Dated {
            from: REGIME_2019,
            value: (BasisPoints::percent(60), Rupiah::new(20_000_000)),
            source: "PP 82/2019",
            mark: Mark::TwoSources,
        },
    ],
};

/// Funeral, also of the life programme (JKM).
pub const FUNERAL: Table<Rupiah> = Table {
    id: "funeral",
    basis: Basis::Event,
    entries: &[
        Dated {
            from: REGIME_2015,
            value: Rupiah::new(3_000_000),
            source: "PP 44/2015",
            mark: Mark::Unverified,
        },
        Dated {
            from: REGIME_2019,
            value: Rupiah::new(10_000_000),
            source: "PP 82/2019",
            mark: Mark::TwoSources,
        },
    ],
};

/// Periodic compensation, paid at once on death or total disability, also of the life programme (JKM).
pub const PERIODIC: Table<Rupiah> = Table {
    id: "periodic",
    basis: Basis::Event,
    entries: &[
        Dated {
            from: REGIME_2015,
            value: Rupiah::new(4_800_000),
            source: "PP 44/2015",
            mark: Mark::Unverified,
        },
        Dated {
            from: REGIME_2019,
            value: Rupiah::new(12_000_000),
            source: "PP 82/2019",
            mark: Mark::TwoSources,
        },
    ],
};

/// What an STMB instalment is reckoned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StmbFacts {
    /// U.
    pub monthly_wage: Rupiah,
    /// STMB days already covered by earlier instalments: the month steps count STMB days, not calendar months since
    /// the accident (our reading, to be confirmed).
    pub days_before: i64,
    /// Days of this instalment.
    pub days: i64,
    /// Date of the accident or diagnosis.
    pub event: Date,
    /// Days of a month: in no text, a setting, 30 unless changed.
    pub divisor: u16,
}

/// Temporarily unable to work: each month step is a line of its own, rounded to whole rupiah.
pub fn stmb(facts: StmbFacts) -> Result<Calculation, Refusal> {
    let (month_steps, rule) = STMB.on(facts.event)?;
    let divisor = i64::from(facts.divisor);
    if facts.days < 1 || facts.days_before < 0 || divisor < 1 || facts.days > 40_000 {
        return Err(Refusal::new("stmb-days").with("days", facts.days));
    }
    let (first, last) = (facts.days_before, facts.days_before + facts.days);
    let mut steps = Vec::new();
    let mut begins = 0;
    for (until_month, share) in month_steps {
        let ends = until_month.map_or(i64::MAX, |month| i64::from(month) * divisor);
        let days = last.min(ends) - first.max(begins);
        if days > 0 {
            let amount = product(facts.monthly_wage, days * i64::from(share.get()), 10_000 * divisor)?;
            let args = vec![
                ("days", Quantity::Number(days)),
                ("divisor", Quantity::Number(divisor)),
                ("percent", Quantity::Percent(*share)),
                ("wage", Quantity::Money(facts.monthly_wage)),
            ];
            steps.push(Step { key: "calc-stmb", args, amount });
        }
        begins = ends;
    }
    let amount = steps.iter().map(|step| step.amount).sum();
    Ok(Calculation { amount, steps, rules: vec![rule] })
}

/// After how many months of STMB the last and lowest share begins, for an accident of this day, and which entry says so.
pub fn stmb_lowest_after(event: Date) -> Result<(u16, Used), Refusal> {
    let (steps, rule) = STMB.on(event)?;
    let month = steps.iter().filter_map(|(until, _)| *until).max().unwrap_or(0);
    Ok((month, rule))
}

/// Partial anatomical disability: table % × 80 × U.
pub fn partial_anatomical(
    monthly_wage: Rupiah,
    degree: BasisPoints,
    event: Date,
) -> Result<Calculation, Refusal> {
    let (wages, rule) = WAGES.on(event)?;
    let amount = product(monthly_wage, i64::from(degree.get()) * wages, 10_000)?;
    Ok(Calculation::of(share_of_wages(degree, wages, monthly_wage, amount), rule))
}

/// Partial disability of a function: % lost × table % × 80 × U.
pub fn partial_functional(
    monthly_wage: Rupiah,
    lost: BasisPoints,
    degree: BasisPoints,
    event: Date,
) -> Result<Calculation, Refusal> {
    let (wages, rule) = FUNCTIONAL.on(event)?;
    let numerator = i64::from(lost.get()) * i64::from(degree.get()) * wages;
    let amount = product(monthly_wage, numerator, 100_000_000)?;
    let args = vec![
        ("lost", Quantity::Percent(lost)),
        ("percent", Quantity::Percent(degree)),
        ("wages", Quantity::Number(wages)),
        ("wage", Quantity::Money(monthly_wage)),
    ];
    Ok(Calculation::of(Step { key: "calc-functional", args, amount }, rule))
}

/// Total permanent disability: 70 % × 80 × U.
pub fn total_disability(monthly_wage: Rupiah, event: Date) -> Result<Calculation, Refusal> {
    let (share, rule) = TOTAL.on(event)?;
    let (wages, wages_rule) = WAGES.on(event)?;
    let amount = product(monthly_wage, i64::from(share.get()) * wages, 10_000)?;
    let step = share_of_wages(share, wages, monthly_wage, amount);
    Ok(Calculation { amount, steps: vec![step], rules: vec![rule, wages_rule] })
}

/// Death by a work accident: 60 % × 80 × U, and not less than the minimum.
pub fn accident_death(monthly_wage: Rupiah, event: Date) -> Result<Calculation, Refusal> {
    let ((share, least), rule) = DEATH.on(event)?;
    let (wages, wages_rule) = WAGES.on(event)?;
    let reckoned = product(monthly_wage, i64::from(share.get()) * wages, 10_000)?;
    let mut steps = vec![share_of_wages(share, wages, monthly_wage, reckoned)];
    if reckoned < least {
        steps.push(Step { key: "calc-at-least", args: Vec::new(), amount: least });
    }
    Ok(Calculation { amount: reckoned.max(least), steps, rules: vec![rule, wages_rule] })
}

/// Funeral.
pub fn funeral(event: Date) -> Result<Calculation, Refusal> {
    fixed(&FUNERAL, event)
}

/// Periodic compensation paid at once.
pub fn periodic(event: Date) -> Result<Calculation, Refusal> {
    fixed(&PERIODIC, event)
}

/// Everything that death by a work accident pays, by component.
pub fn death_package(monthly_wage: Rupiah, event: Date) -> Result<Vec<(Component, Calculation)>, Refusal> {
    Ok(vec![
        (Component::Death, accident_death(monthly_wage, event)?),
        (Component::Periodic, periodic(event)?),
        (Component::Funeral, funeral(event)?),
    ])
}

/// Everything that total permanent disability pays, by component.
pub fn total_package(monthly_wage: Rupiah, event: Date) -> Result<Vec<(Component, Calculation)>, Refusal> {
    Ok(vec![
        (Component::TotalDisability, total_disability(monthly_wage, event)?),
        (Component::Periodic, periodic(event)?),
    ])
}

/// An amount that is simply said.
pub(super) fn fixed(table: &Table<Rupiah>, day: Date) -> Result<Calculation, Refusal> {
    let (amount, rule) = table.on(day)?;
    Ok(Calculation::of(Step { key: "calc-fixed", args: Vec::new(), amount }, rule))
}

fn share_of_wages(share: BasisPoints, wages: i64, monthly_wage: Rupiah, amount: Rupiah) -> Step {
    let args = vec![
        ("percent", Quantity::Percent(share)),
        ("wages", Quantity::Number(wages)),
        ("wage", Quantity::Money(monthly_wage)),
    ];
    Step { key: "calc-share-of-wages", args, amount }
}
