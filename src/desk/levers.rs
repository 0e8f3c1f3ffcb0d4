//! Levers, from the books: the work accident cases that are open or were closed since the span began, one by one.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;

use crate::analysis::levers::{LeverBuilder, LeverCase, LeverKind, LeverLine, LeverSpan, Levers, Partner};
use crate::analysis::rates::Basis;
use crate::analysis::{CompanyYear, RankOptions, Which, rank_companies};
use crate::base::calendar::slashed;
use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::desk::insight::Months;
use crate::domain::benefit::BenefitLine;
use crate::domain::clock::{ClockMark, payment_mark, stage_one_mark};
use crate::domain::identity::normalise_number;
use crate::domain::query::{self, Expr, Tongue};
use crate::domain::{Claim, Facility, Office, Settlement};
use crate::store::StoreError;

/// Months before the span whose closed cases are compared as well.
const MORE_MONTHS: i32 = 12;

/// The facilities of the register by their keys.
type Register = BTreeMap<String, Arc<Facility>>;

impl Desk {
    /// Every lever over some months, as of today, each with at most so many of its cases, the dearest.
    pub fn levers(
        &self,
        months: Months,
        most_cases: usize,
        cancel: &AtomicBool,
    ) -> Result<Levers, DeskError> {
        let (office, today) = (self.office(), self.today());
        let span = LeverSpan {
            from: months.from.first_day(),
            to: months.to.last_day(),
            compared_from: months.from.plus(-MORE_MONTHS).first_day(),
            today,
            stmb_divisor: office.stmb_divisor,
        };
        let mut builder = LeverBuilder::new(span, most_cases);
        let filter = format!("program = jkk dan {}", of_span(span.compared_from));
        let filter = query::parse(&filter, today).expect("a filter of ours can be read");
        self.each_lever_case(&filter, &office, cancel, &mut |case| builder.add(&case))?;
        // Every claim of the span has passed by, so that companies are ranked without reading the books again.
        let mut companies = self.companies_over(months)?;
        for (npp, claims) in builder.claims_by_company() {
            if let Some(company) = companies.get_mut(npp) {
                company.claims = claims;
            }
        }
        let companies: Vec<CompanyYear> = companies.into_values().collect();
        let options =
            RankOptions { which: Which::All, basis: Basis::ExpectedByRiskGroup, ..RankOptions::default() };
        Ok(builder.finish(&rank_companies(&companies, options)))
    }

    /// Gives the cases that a filter of ours lets through, as levers and samples look at them.
    pub(super) fn each_lever_case(
        &self,
        filter: &Expr,
        office: &Office,
        cancel: &AtomicBool,
        take: &mut dyn FnMut(LeverCase),
    ) -> Result<(), DeskError> {
        let (view, today) = (self.view(), self.today());
        let facilities = view.facilities()?;
        let register: Register =
            facilities.into_iter().map(|facility| (Facility::key_of(&facility.name), facility)).collect();
        let make = |claim: &Claim| case_of(claim, &register, office, today);
        view.map_claims(filter, today, cancel, make, take).map_err(|error| match error {
            StoreError::Cancelled => DeskError::Cancelled,
            error => error.into(),
        })
    }
}

/// The filter of the claims behind a lever, in the person's language: where the list of cases alone can say which,
/// none.
pub fn lever_filter(kind: LeverKind, today: Date, tongue: Tongue) -> Option<String> {
    let text = kind.filter()?;
    Some(query::parse(text, today).map_or_else(|_| text.to_owned(), |filter| filter.display(tongue)))
}

/// Open, or closed since a day: whatever happened, was determined or was paid since then belongs to such a case.
fn of_span(from: Date) -> String {
    format!("(terbuka atau berakhir >= {})", slashed(from))
}

fn case_of(claim: &Claim, register: &Register, office: &Office, today: Date) -> LeverCase {
    let basics = &claim.basics;
    let known = register.get(&Facility::key_of(&basics.facility));
    let kpj = basics.worker.kpj.as_ref().map_or("", |kpj| kpj.as_str());
    let identity = basics.worker.identity.number();
    LeverCase {
        claim_no: basics.claim_no.as_str().to_owned(),
        person: normalise_number(if identity.is_empty() { kpj } else { identity }),
        npp: claim.npp().to_owned(),
        company: claim.company_name().to_owned(),
        facility: known.map_or_else(|| basics.facility.clone(), |facility| facility.name.clone()),
        partner: match known {
            Some(facility) if is_partner(facility, basics.event_date) => Partner::Yes,
            Some(_) => Partner::No,
            None => Partner::Unknown,
        },
        diagnosis: basics.icd10.as_ref().map_or_else(String::new, |icd10| icd10.as_str().to_owned()),
        outcome: claim.outcome(),
        state: claim.state(),
        event: basics.event_date,
        ended: claim.ended().map(|entry| entry.date),
        filed: claim.filed_date,
        stage_one: stage_one_mark(basics),
        wage: basics.wage,
        lines: claim.lines.iter().map(|line| line_of(line, office, today)).collect(),
    }
}

fn is_partner(facility: &Facility, day: Date) -> bool {
    facility.partner.iter().any(|(from, to)| *from <= day && to.is_none_or(|to| day <= to))
}

fn line_of(line: &BenefitLine, office: &Office, today: Date) -> LeverLine {
    let paid_on = line.voucher.as_ref().and_then(|link| match link.settlement {
        Settlement::Paid(day) => Some(day),
        Settlement::Waiting | Settlement::Part(_) => None,
    });
    LeverLine {
        component: line.component,
        span: line.span,
        asked: line.asked,
        determined: line.determined(),
        determined_on: line.determination.as_ref().map(|determination| determination.date),
        paid: line.paid(),
        paid_on,
        payment: match (paid_on, line.determination.is_some()) {
            (Some(day), _) => payment_mark(line.complete_date, day, office),
            (None, true) => payment_mark(line.complete_date, today, office),
            (None, false) => ClockMark::None,
        },
    }
}
