//! Companies, facilities and the office as documents.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::code::{Programme, RiskGroup, Segment, VoucherMode, Zone};
use crate::domain::company::{Company, Registration};
use crate::domain::erasure::RETENTION_YEARS;
use crate::domain::facility::Facility;
use crate::domain::identity::{AccountNo, Npp, Npwp};
use crate::domain::office::{Approval, Office, Signers, StoreKind};
use crate::domain::period::Period;
use crate::domain::voucher::CodeTemplate;

use super::text::{T, is_zero};
use super::{CodecError, read, write};

/// A company.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CompanyShape {
    npp: T<Npp>,
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    group: String,
    #[serde(default, skip_serializing_if = "is_zero")]
    business_group: u8,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    kbli: String,
    segment: T<Segment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    registrations: Vec<RegistrationShape>,
}

#[derive(Debug, Serialize, Deserialize)]
struct RegistrationShape {
    from: T<Period>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<T<Period>>,
    risk_group: T<RiskGroup>,
    workers: u32,
}

impl CompanyShape {
    pub(super) fn of(company: &Company) -> CompanyShape {
        let shape = |entry: &Registration| RegistrationShape {
            from: T(entry.from),
            to: entry.to.map(T),
            risk_group: T(entry.risk_group),
            workers: entry.workers,
        };
        CompanyShape {
            npp: T(company.npp.clone()),
            name: company.name.clone(),
            group: company.group.clone(),
            business_group: company.business_group,
            kbli: company.kbli.clone(),
            segment: T(company.segment),
            registrations: company.registrations.iter().map(shape).collect(),
        }
    }

    pub(super) fn company(self) -> Company {
        let entry = |shape: RegistrationShape| Registration {
            from: shape.from.0,
            to: shape.to.map(|T(month)| month),
            risk_group: shape.risk_group.0,
            workers: shape.workers,
        };
        Company {
            npp: self.npp.0,
            name: self.name,
            group: self.group,
            business_group: self.business_group,
            kbli: self.kbli,
            segment: self.segment.0,
            registrations: self.registrations.into_iter().map(entry).collect(),
        }
    }
}

/// A facility.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FacilityShape {
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    kind: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    partner: Vec<(T<Date>, Option<T<Date>>)>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    bank: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<T<AccountNo>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tax_number: Option<T<Npwp>>,
}

impl FacilityShape {
    pub(super) fn of(facility: &Facility) -> FacilityShape {
        FacilityShape {
            name: facility.name.clone(),
            kind: facility.kind.clone(),
            partner: facility.partner.iter().map(|(from, to)| (T(*from), to.map(T))).collect(),
            bank: facility.bank.clone(),
            account: facility.account.clone().map(T),
            tax_number: facility.tax_number.clone().map(T),
        }
    }

    pub(super) fn facility(self) -> Facility {
        Facility {
            name: self.name,
            kind: self.kind,
            partner: self.partner.into_iter().map(|(from, to)| (from.0, to.map(|T(to)| to))).collect(),
            bank: self.bank,
            account: self.account.map(|T(value)| value),
            tax_number: self.tax_number.map(|T(value)| value),
        }
    }
}

/// The office.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OfficeShape {
    code: String,
    name: String,
    zone: T<Zone>,
    programmes: Vec<T<Programme>>,
    voucher_mode: T<VoucherMode>,
    template: T<CodeTemplate>,
    first_open: T<Period>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    begun: Option<T<Period>>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    prepared: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    checked: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    approved: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    holidays: Vec<T<Date>>,
    approval: T<Approval>,
    stmb_divisor: u16,
    #[serde(default = "usual_retention", skip_serializing_if = "is_usual_retention")]
    retention_years: u16,
    kind: T<StoreKind>,
}

fn usual_retention() -> u16 {
    RETENTION_YEARS
}

fn is_usual_retention(years: &u16) -> bool {
    *years == RETENTION_YEARS
}

impl OfficeShape {
    pub(super) fn of(office: &Office) -> OfficeShape {
        OfficeShape {
            code: office.code.clone(),
            name: office.name.clone(),
            zone: T(office.zone),
            programmes: office.programmes.iter().copied().map(T).collect(),
            voucher_mode: T(office.voucher_mode),
            template: T(office.template.clone()),
            first_open: T(office.first_open),
            begun: Some(T(office.begun)).filter(|begun| begun.0 != office.first_open),
            prepared: office.signers.prepared.clone(),
            checked: office.signers.checked.clone(),
            approved: office.signers.approved.clone(),
            holidays: office.holidays.iter().copied().map(T).collect(),
            approval: T(office.approval),
            stmb_divisor: office.stmb_divisor,
            retention_years: office.retention_years,
            kind: T(office.kind),
        }
    }

    pub(super) fn office(self) -> Office {
        Office {
            code: self.code,
            name: self.name,
            zone: self.zone.0,
            programmes: self.programmes.into_iter().map(|T(value)| value).collect(),
            voucher_mode: self.voucher_mode.0,
            template: self.template.0,
            first_open: self.first_open.0,
            begun: self.begun.map_or(self.first_open.0, |T(begun)| begun),
            signers: Signers { prepared: self.prepared, checked: self.checked, approved: self.approved },
            holidays: self.holidays.into_iter().map(|T(value)| value).collect(),
            approval: self.approval.0,
            stmb_divisor: self.stmb_divisor,
            retention_years: self.retention_years,
            kind: self.kind.0,
        }
    }
}

/// The canonical document of a company.
pub fn company_to_json(company: &Company) -> String {
    write(&CompanyShape::of(company))
}

/// The company of a document.
pub fn company_from_json(json: &str) -> Result<Company, CodecError> {
    read::<CompanyShape>("company", json).map(CompanyShape::company)
}

/// The canonical document of a facility.
pub fn facility_to_json(facility: &Facility) -> String {
    write(&FacilityShape::of(facility))
}

/// The facility of a document.
pub fn facility_from_json(json: &str) -> Result<Facility, CodecError> {
    read::<FacilityShape>("facility", json).map(FacilityShape::facility)
}

/// The document of an office.
pub fn office_to_json(office: &Office) -> String {
    write(&OfficeShape::of(office))
}

/// The office of a document.
pub fn office_from_json(json: &str) -> Result<Office, CodecError> {
    read::<OfficeShape>("office", json).map(OfficeShape::office)
}
