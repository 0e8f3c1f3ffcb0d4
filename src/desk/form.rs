//! The claim form in the order of form 3 KK1: the same fields for the screen's form, the command line's flags and the
//! draft on disk. Text in, a typed claim or the refusal of one field out.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::desk::entry::{code, date, number, optional, required, time};
use crate::domain::amount::parse_amount;
use crate::domain::claim::{ClaimBasics, Wage, Worker};
use crate::domain::command::Numbering;
use crate::domain::{
    AccidentType, BodyPart, CaseKind, ClaimNo, CompanySnapshot, Icd10, Identity, Kpj, Npp, Place, Programme,
    Refusal, Segment, Sex, Source, WageUnit,
};

/// How a field is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Free text.
    Text,
    /// A day.
    Date,
    /// An hour.
    Time,
    /// Rupiah.
    Money,
    /// A small number.
    Number,
    /// One of a closed list, by the list's name.
    Code(&'static str),
}

/// One field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its name, as in files; its words are `field-<name>`.
    pub name: &'static str,
    /// Its flag on the command line: the name with hyphens.
    pub flag: &'static str,
    /// How it is typed.
    pub kind: FieldKind,
    /// Whether save-and-next keeps it.
    pub kept: Kept,
}

/// Whether a field's value stays for the next form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Every form has its own.
    Fresh,
    /// A stack of forms shares it.
    Stays,
}

const fn field(name: &'static str, flag: &'static str, kind: FieldKind) -> FieldSpec {
    FieldSpec { name, flag, kind, kept: Kept::Fresh }
}

const fn kept(name: &'static str, flag: &'static str, kind: FieldKind) -> FieldSpec {
    FieldSpec { name, flag, kind, kept: Kept::Stays }
}

/// The fields of a new claim, in the order of the paper.
pub const CLAIM_FIELDS: &[FieldSpec] = &[
    field("claim_no", "claim-no", FieldKind::Text),
    kept("programme", "programme", FieldKind::Code("programme")),
    kept("segment", "segment", FieldKind::Code("segment")),
    kept("npp", "npp", FieldKind::Text),
    kept("company", "company", FieldKind::Text),
    field("worker", "worker", FieldKind::Text),
    field("id_kind", "id-kind", FieldKind::Text),
    field("id_no", "id-no", FieldKind::Text),
    field("kpj", "kpj", FieldKind::Text),
    field("birth_date", "birth-date", FieldKind::Date),
    field("sex", "sex", FieldKind::Code("sex")),
    field("wage", "wage", FieldKind::Money),
    kept("wage_unit", "wage-unit", FieldKind::Code("wage-unit")),
    kept("case_kind", "case-kind", FieldKind::Code("case-kind")),
    field("event_date", "event-date", FieldKind::Date),
    field("event_time", "event-time", FieldKind::Time),
    kept("reported_date", "reported-date", FieldKind::Date),
    field("reported_time", "reported-time", FieldKind::Time),
    field("place", "place", FieldKind::Code("place")),
    field("type", "type", FieldKind::Code("type")),
    field("source", "source", FieldKind::Code("source")),
    field("body_part", "body-part", FieldKind::Code("body-part")),
    field("icd10", "icd10", FieldKind::Text),
    kept("facility", "facility", FieldKind::Text),
    field("days_off", "days-off", FieldKind::Number),
    field("notes", "notes", FieldKind::Text),
];

/// A field that cannot be taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRefusal {
    /// Which field.
    pub field: &'static str,
    /// Why.
    pub refusal: Refusal,
}

/// Typed values by field name; a missing one is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    /// Nothing typed yet.
    pub fn new() -> Typed {
        Typed::default()
    }

    /// The text in a field.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Types into a field.
    pub fn set(&mut self, name: &str, text: impl Into<String>) {
        self.0.insert(name.to_owned(), text.into());
    }

    /// Whether the form has a claim number of its own.
    pub fn numbering(&self) -> Numbering {
        if self.get("claim_no").trim().is_empty() { Numbering::Given } else { Numbering::Paper }
    }

    /// All fields that hold something, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The form of an existing claim, for amending.
    pub fn of_claim(basics: &ClaimBasics) -> Typed {
        let mut typed = Typed::new();
        let day = |date: Option<Date>| date.map_or(String::new(), crate::base::calendar::slashed);
        let hour = |time: Option<jiff::civil::Time>| {
            time.map_or(String::new(), |time| format!("{:02}:{:02}", time.hour(), time.minute()))
        };
        let worker = &basics.worker;
        typed.set("claim_no", basics.claim_no.as_str());
        typed.set("programme", basics.programme.code());
        typed.set("segment", basics.segment.code());
        if let Some(company) = &basics.company {
            typed.set("npp", company.npp.as_str());
            typed.set("company", company.name.as_str());
        }
        typed.set("worker", worker.name.as_str());
        typed.set("id_kind", worker.identity.kind());
        typed.set("id_no", worker.identity.number());
        typed.set("kpj", worker.kpj.as_ref().map_or("", Kpj::as_str));
        typed.set("birth_date", day(worker.birth_date));
        typed.set("sex", worker.sex.map_or("", Sex::code));
        if let Some(wage) = basics.wage {
            typed.set("wage", wage.amount.grouped());
            typed.set("wage_unit", wage.unit.code());
        }
        typed.set("case_kind", basics.case_kind.map_or("", CaseKind::code));
        typed.set("event_date", day(Some(basics.event_date)));
        typed.set("event_time", hour(basics.event_time));
        typed.set("reported_date", day(basics.reported_date));
        typed.set("reported_time", hour(basics.reported_time));
        typed.set("place", basics.place.map_or("", Place::code));
        typed.set("type", basics.accident_type.map_or("", AccidentType::code));
        typed.set("source", basics.source.map_or("", Source::code));
        typed.set("body_part", basics.body_part.map_or("", BodyPart::code));
        typed.set("icd10", basics.icd10.as_ref().map_or("", Icd10::as_str));
        typed.set("facility", basics.facility.as_str());
        typed.set("days_off", basics.days_off.map_or(String::new(), |days| days.to_string()));
        typed.set("notes", basics.notes.as_str());
        typed
    }

    /// The claim as typed. `given_no` is the number we give where the paper has none.
    pub fn claim(&self, today: Date, given_no: &ClaimNo) -> Result<ClaimBasics, FieldRefusal> {
        let programme = self.take("programme", |text| match text {
            "" => Ok(Programme::Jkk),
            text => code("programme", text, Programme::parse),
        })?;
        let jkk = programme == Programme::Jkk;
        let claim_no = self.take("claim_no", |text| optional(text, ClaimNo::parse))?;
        let case_kind =
            self.take("case_kind", |text| optional(text, |text| code("case-kind", text, CaseKind::parse)))?;
        Ok(ClaimBasics {
            claim_no: claim_no.unwrap_or_else(|| given_no.clone()),
            programme,
            segment: self.take("segment", |text| match text {
                "" => Ok(Segment::Pu),
                text => code("segment", text, Segment::parse),
            })?,
            case_kind: case_kind.or(jkk.then_some(CaseKind::Kk)),
            worker: self.worker(today)?,
            company: self.company()?,
            wage: self.wage()?,
            event_date: self
                .take("event_date", |text| required("event_date", text, |text| date(text, today)))?,
            event_time: self.take("event_time", |text| optional(text, time))?,
            reported_date: self.take("reported_date", |text| optional(text, |text| date(text, today)))?,
            reported_time: self.take("reported_time", |text| optional(text, time))?,
            place: self.take("place", |text| optional(text, |text| code("place", text, Place::parse)))?,
            accident_type: self
                .take("type", |text| optional(text, |text| code("type", text, AccidentType::parse)))?,
            source: self.take("source", |text| optional(text, |text| code("source", text, Source::parse)))?,
            body_part: self
                .take("body_part", |text| optional(text, |text| code("body-part", text, BodyPart::parse)))?,
            icd10: self.take("icd10", |text| optional(text, Icd10::parse))?,
            facility: self.get("facility").trim().to_owned(),
            days_off: self.take("days_off", |text| optional(text, number::<u16>))?,
            notes: self.get("notes").trim().to_owned(),
        })
    }

    fn take<T>(
        &self,
        field: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Refusal>,
    ) -> Result<T, FieldRefusal> {
        parse(self.get(field).trim()).map_err(|refusal| FieldRefusal { field, refusal })
    }

    fn worker(&self, today: Date) -> Result<Worker, FieldRefusal> {
        let name = self.take("worker", |text| required("worker", text, |text| Ok(text.to_owned())))?;
        let kind = self.get("id_kind").to_owned();
        Ok(Worker {
            name,
            identity: self.take("id_no", |text| Identity::parse(&kind, text))?,
            kpj: self.take("kpj", |text| optional(text, Kpj::parse))?,
            birth_date: self.take("birth_date", |text| optional(text, |text| date(text, today)))?,
            sex: self.take("sex", |text| optional(text, |text| code("sex", text, Sex::parse)))?,
        })
    }

    fn company(&self) -> Result<Option<CompanySnapshot>, FieldRefusal> {
        let Some(npp) = self.take("npp", |text| optional(text, Npp::parse))? else { return Ok(None) };
        let name = self.take("company", |text| required("company", text, |text| Ok(text.to_owned())))?;
        Ok(Some(CompanySnapshot { npp, name, risk_group: None }))
    }

    fn wage(&self) -> Result<Option<Wage>, FieldRefusal> {
        let Some(amount) = self.take("wage", |text| optional(text, parse_amount))? else { return Ok(None) };
        let unit = self.take("wage_unit", |text| match text {
            "" => Ok(WageUnit::Month),
            text => code("wage-unit", text, WageUnit::parse),
        })?;
        Ok(Some(Wage { amount, unit }))
    }
}
