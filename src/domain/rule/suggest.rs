//! What a line of a claim would come to by the rules: shown beside what is asked, never put in its place.

use jiff::civil::Date;

use crate::domain::benefit::BenefitLine;
use crate::domain::claim::Claim;
use crate::domain::code::{Component, Programme};
use crate::domain::money::Rupiah;
use crate::domain::office::Office;
use crate::domain::refusal::Refusal;
use crate::domain::rule::accident::{StmbFacts, accident_death, funeral, periodic, stmb, total_disability};
use crate::domain::rule::aid::{Aid, aid};
use crate::domain::rule::programme::life_death;
use crate::domain::rule::{Calculation, monthly_wage};

/// The calculation for a line; none where the rules name no sum (care by medical need, a balance) or need what the claim
/// does not hold (the degree of a disability, the way of transport).
pub fn suggest(claim: &Claim, line: &BenefitLine, office: &Office) -> Result<Option<Calculation>, Refusal> {
    let event = claim.basics.event_date;
    let capped = |what: Aid| aid(what, line.asked, determined_before(claim, line), event).map(Some);
    match (claim.basics.programme, line.component) {
        (Programme::Jkk, Component::Stmb) => {
            let Some(span) = line.span else { return Err(Refusal::new("stmb-without-days")) };
            with_wage(claim, event, |wage| {
                stmb(StmbFacts {
                    monthly_wage: wage,
                    days_before: stmb_days_before(claim, span.from),
                    days: i64::from(span.days()),
                    event,
                    divisor: office.stmb_divisor,
                })
            })
        }
        (Programme::Jkk, Component::Death) => with_wage(claim, event, |wage| accident_death(wage, event)),
        (Programme::Jkk, Component::TotalDisability) => {
            with_wage(claim, event, |wage| total_disability(wage, event))
        }
        (Programme::Jkm, Component::Death) => life_death(event).map(Some),
        (Programme::Jkk | Programme::Jkm, Component::Funeral) => funeral(event).map(Some),
        (Programme::Jkk | Programme::Jkm, Component::Periodic) => periodic(event).map(Some),
        (Programme::Jkk, Component::HomeCare) => capped(Aid::HomeCare),
        (Programme::Jkk, Component::Dentures) => capped(Aid::Dentures),
        (Programme::Jkk, Component::HearingAid) => capped(Aid::HearingAid),
        (Programme::Jkk, Component::Glasses) => capped(Aid::Glasses),
        _ => Ok(None),
    }
}

/// STMB days of a claim's lines that end before a day: the months of the next instalment go on from there.
pub fn stmb_days_before(claim: &Claim, day: Date) -> i64 {
    let spans =
        claim.lines.iter().filter(|line| line.component == Component::Stmb).filter_map(|line| line.span);
    spans.filter(|span| span.to < day).map(|span| i64::from(span.days())).sum()
}

/// What was determined on the claim's other lines of the same component.
fn determined_before(claim: &Claim, line: &BenefitLine) -> Rupiah {
    let others = claim.lines.iter().filter(|other| other.component == line.component && other.no != line.no);
    others.map(BenefitLine::determined).sum()
}

/// A calculation from the monthly wage, its steps behind those of the wage.
fn with_wage(
    claim: &Claim,
    event: Date,
    reckon: impl FnOnce(Rupiah) -> Result<Calculation, Refusal>,
) -> Result<Option<Calculation>, Refusal> {
    let wage = claim.basics.wage.ok_or_else(|| Refusal::new("wage-missing"))?;
    let wage = monthly_wage(wage, event)?;
    let mut benefit = reckon(wage.amount)?;
    benefit.steps.splice(0..0, wage.steps);
    benefit.rules.extend(wage.rules);
    Ok(Some(benefit))
}
