//! A new store: what `init` asks, once.

use std::ops::ControlFlow;
use std::path::Path;

use crate::desk::actor;
use crate::desk::clock::Clock;
use crate::desk::error::DeskError;
use crate::domain::holidays;
use crate::domain::office::{Approval, Signers, StoreKind};
use crate::domain::voucher::CodeTemplate;
use crate::domain::{Office, Period, Programme, VoucherMode, Zone};
use crate::store::{Repaired, Store, fsck};

/// The answers to the questions of `init`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InitAnswers {
    /// Office code, such as `J03`.
    pub code: String,
    /// Office name.
    pub name: String,
    /// Time zone.
    pub zone: Zone,
    /// Programmes; empty: all five.
    pub programmes: Vec<Programme>,
    /// Issue, record or both.
    pub voucher_mode: VoucherMode,
    /// Template of issued codes; empty: the default.
    pub template: String,
    /// First open month; none: the current one.
    pub first_open: Option<Period>,
    /// Who signs.
    pub signers: Signers,
    /// Whether a second person approves.
    pub approval: Approval,
    /// Real or demonstration.
    pub kind: StoreKind,
}

impl InitAnswers {
    /// The office these answers describe, on this day.
    pub fn office(&self, today: jiff::civil::Date) -> Result<Office, DeskError> {
        let first_open = self.first_open.unwrap_or_else(|| Period::of(today));
        let mut office = Office::new(&self.code, &self.name, first_open)?;
        office.zone = self.zone;
        if !self.programmes.is_empty() {
            office.programmes = self.programmes.clone();
        }
        office.voucher_mode = self.voucher_mode;
        if !self.template.trim().is_empty() {
            office.template = CodeTemplate::parse(&self.template)?;
        }
        office.signers = self.signers.clone();
        office.approval = self.approval;
        office.kind = self.kind;
        office.holidays = holidays::all();
        Ok(office)
    }
}

/// Makes a store in `folder`.
pub fn init(folder: &Path, answers: &InitAnswers, clock: &Clock) -> Result<(), DeskError> {
    let office = answers.office(clock.today(answers.zone))?;
    let actor = actor::current();
    Store::create(folder, &office, &actor, &clock.moment(answers.zone))?;
    Ok(())
}

/// Rebuilds what can be rebuilt from the truth, and looks at the truth first.
pub fn repair_store(folder: &Path, clock: &Clock) -> Result<Repaired, DeskError> {
    Ok(fsck::repair(folder, &actor::current(), clock.moment(Zone::Wib), &mut |_, _| {
        ControlFlow::Continue(())
    })?)
}
