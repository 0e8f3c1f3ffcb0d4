//! Companies and facilities of the files: new ones go in, known ones are compared, and an old list never replaces a
//! newer one by itself.

use crate::desk::Desk;
use crate::desk::error::DeskError;
use crate::desk::import::{ChangedRecord, Counts, Told};
use crate::domain::{Company, Event, Facility, Registration};
use crate::intake::compare::Update;
use crate::intake::history::History;
use crate::store::View;

/// Events written at a time.
const AT_ONCE: usize = 500;

/// The companies and facilities of some files, against those of the store.
#[derive(Debug, Default)]
pub(super) struct Registers {
    pub counts: Counts,
    pub new_companies: Vec<Company>,
    pub new_facilities: Vec<Facility>,
    /// What is shown of those that differ.
    pub shown: Vec<ChangedRecord>,
    /// What they would become.
    merged: Vec<Event>,
}

impl Registers {
    /// Compares; nothing is written.
    pub fn of(view: &View, history: &History) -> Result<Registers, DeskError> {
        let mut found = Registers::default();
        for said in history.references.companies() {
            match view.company(&said.npp)? {
                None => found.new_companies.push(said.clone()),
                Some(known) => {
                    let merged = merge_company(&known, said);
                    found.compared(company_cells(&known), company_cells(&merged), Event::Company(merged));
                }
            }
        }
        for said in history.references.facilities() {
            match view.facility(&said.name)? {
                None => found.new_facilities.push(said.clone()),
                Some(known) => {
                    let merged = merge_facility(&known, said);
                    found.compared(facility_cells(&known), facility_cells(&merged), Event::Facility(merged));
                }
            }
        }
        let n_new = found.new_companies.len() + found.new_facilities.len();
        found.counts.new = u64::try_from(n_new).expect("counts fit");
        Ok(found)
    }

    /// Whether there is any that the store does not know.
    pub fn has_new(&self) -> bool {
        self.counts.new > 0
    }

    /// One known record: its cells as they are and as they would be. The first is its name.
    fn compared(&mut self, known: Cells, merged: Cells, event: Event) {
        let name = known[0].1.clone();
        let pairs = known.into_iter().zip(merged).filter(|((_, old), (_, new))| old != new);
        let told = |((field, old), (_, new)): ((&str, String), (&str, String))| Told {
            field: field.to_owned(),
            old,
            new,
            update: Update::Taken,
        };
        let changes: Vec<Told> = pairs.map(told).collect();
        if changes.is_empty() {
            self.counts.same += 1;
            return;
        }
        self.counts.changed += 1;
        self.shown.push(ChangedRecord::new(name, changes));
        self.merged.push(event);
    }
}

impl Desk {
    /// Takes over what the files say otherwise of companies and facilities.
    pub(super) fn take_registers(&self, registers: &Registers) -> Result<(), DeskError> {
        for events in registers.merged.chunks(AT_ONCE) {
            self.commit(&self.new_key(), |_| Ok(events.to_vec()))?;
        }
        Ok(())
    }
}

type Cells = Vec<(&'static str, String)>;

/// What is said, or what is known where nothing is said.
fn filled(said: &str, known: &str) -> String {
    if said.is_empty() { known.to_owned() } else { said.to_owned() }
}

/// The stretches of the file, and those known beside which it says nothing.
fn merge_stretches<T: Clone>(known: &[T], said: &[T], overlap: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let kept = known.iter().filter(|one| !said.iter().any(|other| overlap(one, other)));
    kept.chain(said).cloned().collect()
}

fn merge_company(known: &Company, said: &Company) -> Company {
    let overlap = |one: &Registration, other: &Registration| {
        one.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| one.from <= to)
    };
    let mut registrations = merge_stretches(&known.registrations, &said.registrations, overlap);
    registrations.sort_by_key(|entry| entry.from);
    Company {
        npp: known.npp.clone(),
        name: filled(&said.name, &known.name),
        group: filled(&said.group, &known.group),
        business_group: if said.business_group == 0 { known.business_group } else { said.business_group },
        kbli: filled(&said.kbli, &known.kbli),
        segment: said.segment,
        registrations,
    }
}

fn merge_facility(known: &Facility, said: &Facility) -> Facility {
    let overlap = |one: &Stretch, other: &Stretch| {
        one.1.is_none_or(|to| other.0 <= to) && other.1.is_none_or(|to| one.0 <= to)
    };
    let mut partner = merge_stretches(&known.partner, &said.partner, overlap);
    partner.sort();
    Facility {
        name: filled(&said.name, &known.name),
        kind: filled(&said.kind, &known.kind),
        partner,
        bank: filled(&said.bank, &known.bank),
        account: said.account.clone().or_else(|| known.account.clone()),
        tax_number: said.tax_number.clone().or_else(|| known.tax_number.clone()),
    }
}

/// From a day to a day, or still.
type Stretch = (jiff::civil::Date, Option<jiff::civil::Date>);

fn company_cells(company: &Company) -> Cells {
    let stretch = |entry: &Registration| {
        let to = entry.to.map_or_else(String::new, |to| to.to_string());
        format!("{}–{to} {} {}", entry.from, entry.risk_group, entry.workers)
    };
    let stretches: Vec<String> = company.registrations.iter().map(stretch).collect();
    vec![
        ("npp", company.npp.as_str().to_owned()),
        ("company", company.name.clone()),
        ("group", company.group.clone()),
        ("business_group", company.business_group.to_string()),
        ("kbli", company.kbli.clone()),
        ("segment", company.segment.to_string()),
        ("workers", stretches.join(", ")),
    ]
}

fn facility_cells(facility: &Facility) -> Cells {
    let masked = |number: Option<&str>| {
        number.map_or_else(String::new, |number| crate::base::safe::mask_tail_ascii(number, 4))
    };
    let stretch =
        |(from, to): &Stretch| format!("{from}–{}", to.map_or_else(String::new, |to| to.to_string()));
    let stretches: Vec<String> = facility.partner.iter().map(stretch).collect();
    vec![
        ("facility", facility.name.clone()),
        ("kind", facility.kind.clone()),
        ("partner_from", stretches.join(", ")),
        ("bank", facility.bank.clone()),
        ("account", masked(facility.account.as_ref().map(|account| account.as_str()))),
        ("tax_number", masked(facility.tax_number.as_ref().map(|number| number.as_str()))),
    ]
}
