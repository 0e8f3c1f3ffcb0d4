//! Companies and facilities: few enough to be kept whole.

use std::collections::BTreeMap;

use crate::domain::code::{RiskGroup, Segment};
use crate::domain::company::{Company, Registration};
use crate::domain::facility::Facility;
use crate::domain::identity::{AccountNo, Npp, Npwp};
use crate::domain::period::Period;
use crate::domain::problem::Problem;
use crate::domain::refusal::Refusal;
use crate::intake::fields::Field;
use crate::intake::table::{Faults, Row, shown};

/// Companies by number and facilities by the key of their names.
#[derive(Debug, Default)]
pub struct References {
    companies: BTreeMap<String, Company>,
    facilities: BTreeMap<String, Facility>,
}

impl References {
    /// The company of a registration number.
    pub fn company(&self, npp: &str) -> Option<&Company> {
        self.companies.get(npp)
    }

    /// Every company, by number.
    pub fn companies(&self) -> impl ExactSizeIterator<Item = &Company> {
        self.companies.values()
    }

    /// Every facility, by name.
    pub fn facilities(&self) -> impl ExactSizeIterator<Item = &Facility> {
        self.facilities.values()
    }

    /// Takes one row of companies: a stretch of months of one registration.
    pub(super) fn add_company(&mut self, row: &Row<'_>, faults: &mut Faults) {
        if let Some(problem) = row.width_problem() {
            return faults.add(problem);
        }
        let npp = faults.take(row.ruled(Field::Npp, Npp::parse(row.raw(Field::Npp))));
        let segment = faults.take(row.coded(Field::Segment, Segment::parse, Segment::LIST)).flatten();
        let risk_group =
            faults.take(row.coded(Field::RiskGroup, RiskGroup::parse, RiskGroup::LIST)).flatten();
        let workers = faults.take(row.count::<u32>(Field::Workers)).flatten();
        let from = faults.take(month(row, Field::From)).flatten();
        let to = faults.take(month(row, Field::To)).flatten();
        let business_group = faults.take(row.count::<u8>(Field::BusinessGroup)).flatten();
        let name = row.text(Field::Company, faults);
        let (group, kbli) = (row.text(Field::Group, faults), row.text(Field::Kbli, faults));
        if name.is_empty() {
            let refusal = Refusal::new("field-empty").with("field", Field::Company.name());
            faults.add(Problem::refused(refusal, row.spot(Field::Company, "")));
        }
        let Some(npp) = npp.filter(|_| !faults.refuse()) else { return };
        let company = self.companies.entry(npp.as_str().to_owned()).or_insert_with(|| Company {
            npp,
            name,
            group,
            business_group: business_group.unwrap_or(0),
            kbli,
            segment: segment.unwrap_or(Segment::Pu),
            registrations: Vec::new(),
        });
        let Some(from) = from else { return };
        let registration = Registration {
            from,
            to,
            risk_group: risk_group.unwrap_or(RiskGroup::Medium),
            workers: workers.unwrap_or(0),
        };
        if risk_group.is_none() {
            faults.add(Problem::warning(
                "risk-group-missing",
                row.spot(Field::RiskGroup, company.npp.as_str()),
            ));
        }
        insert(company, registration, row, faults);
    }

    /// Takes one row of facilities: a stretch as a partner, or a facility that never was one.
    pub(super) fn add_facility(&mut self, row: &Row<'_>, faults: &mut Faults) {
        if let Some(problem) = row.width_problem() {
            return faults.add(problem);
        }
        let name = row.text(Field::Facility, faults);
        let account = faults.take(row.parsed(Field::Account, AccountNo::parse)).flatten();
        let tax_number = faults.take(row.parsed(Field::TaxNumber, Npwp::parse)).flatten();
        let from = faults.take(row.date(Field::PartnerFrom)).flatten();
        let to = faults.take(row.date(Field::PartnerTo)).flatten();
        let key = Facility::key_of(&name);
        if key.is_empty() {
            let refusal = Refusal::new("field-empty").with("field", Field::Facility.name());
            faults.add(Problem::refused(refusal, row.spot(Field::Facility, "")));
        }
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            faults.add(row.problem("span-backwards", Field::PartnerTo, "").with("from", from).with("to", to));
        }
        if faults.refuse() {
            return;
        }
        let (kind, bank) = (row.text(Field::FacilityKind, faults), row.text(Field::Bank, faults));
        let facility = self.facilities.entry(key).or_insert_with(|| Facility {
            name,
            kind,
            partner: Vec::new(),
            bank,
            account,
            tax_number,
        });
        if let Some(from) = from {
            facility.partner.push((from, to));
            facility.partner.sort();
            facility.partner.dedup();
        }
    }
}

/// Keeps a company's stretches in order; one that overlaps another is refused.
fn insert(company: &mut Company, new: Registration, row: &Row<'_>, faults: &mut Faults) {
    if new.to.is_some_and(|to| to < new.from) {
        let to = new.to.map_or_else(String::new, |to| to.to_string());
        faults.add(row.problem("span-backwards", Field::To, "").with("from", new.from).with("to", to));
        return;
    }
    if company.registrations.contains(&new) {
        return;
    }
    let overlaps = |other: &Registration| {
        other.to.is_none_or(|to| new.from <= to) && new.to.is_none_or(|to| other.from <= to)
    };
    if let Some(other) = company.registrations.iter().find(|other| overlaps(other)) {
        let problem = row.problem("registration-overlaps", Field::From, company.npp.as_str());
        faults.add(problem.with("from", other.from));
        return;
    }
    company.registrations.push(new);
    company.registrations.sort_by_key(|registration| registration.from);
}

/// A month: `2026-10`, `10/2026` or any date in it.
fn month(row: &Row<'_>, field: Field) -> Result<Option<Period>, Problem> {
    let cell = row.raw(field);
    if matches!(cell, "" | "-") {
        return Ok(None);
    }
    if let Ok(month) = cell.parse::<Period>() {
        return Ok(Some(month));
    }
    match row.date(field) {
        Ok(date) => Ok(date.map(Period::of)),
        Err(_) => Err(row.problem("month-malformed", field, "").with("value", shown(cell))),
    }
}
