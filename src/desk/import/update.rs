//! Takes over what the files say otherwise: each record one transaction, by the rules of a form. A command that a rule
//! refuses is told and stops no other.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::desk::Desk;
use crate::desk::claims::claim_of;
use crate::desk::error::DeskError;
use crate::desk::import::plan::{Plan, What, voucher_of};
use crate::domain::decide::{self, ClaimFacts, Lines, NumberUse, TakeFacts, VoucherFacts};
use crate::domain::{
    Claim, ClaimCommand, ClaimId, Event, LineNo, Office, PersonId, Refusal, Voucher, VoucherCommand,
    VoucherEvent, VoucherId,
};
use crate::intake::assemble::{Assembler, HistoryMonths, Ids};
use crate::intake::compare::{changes_to_commands, compare_voucher, lines_of};
use crate::intake::history::{History, HistoryClaim, HistoryVoucher};
use crate::store::View;

/// What is erased is told like what a rule refuses, and stops no other record.
fn told(taken: Result<Vec<Refusal>, DeskError>) -> Result<Vec<Refusal>, DeskError> {
    match taken {
        Err(DeskError::Refused(refusal)) if matches!(refusal.code, "claim-erased" | "voucher-erased") => {
            Ok(vec![refusal])
        }
        taken => taken,
    }
}

impl Desk {
    /// Takes every change of the plan over; what a rule refuses stands with its record.
    pub(super) fn take_over(&self, history: &History, ids: &Ids, plan: &mut Plan) -> Result<(), DeskError> {
        let office = self.office();
        let mut assembler = Assembler::new(history, &office, HistoryMonths::OpenMonth, ids);
        let mut reader = history.reader();
        for place in plan.in_order(history) {
            let refusals = match &plan.what[place] {
                What::Claim(id, claim) => told(self.take_claim(*id, &reader.claim(*claim)))?,
                What::Voucher(id, commands) => told(self.take_money(*id, commands))?,
                What::Joint(voucher) => {
                    let (paper, source) = assembler.paper(*voucher);
                    let mut claims = BTreeMap::new();
                    for line in &source.lines {
                        claims.entry(ids.claims[line.claim]).or_insert_with(|| reader.claim(line.claim));
                    }
                    told(self.take_voucher(&paper, &source, &claims))?
                }
            };
            plan.shown[place].refusals = refusals;
        }
        Ok(())
    }

    /// One known claim.
    fn take_claim(&self, id: ClaimId, incoming: &HistoryClaim) -> Result<Vec<Refusal>, DeskError> {
        let today = self.today();
        let mut refusals = Vec::new();
        self.commit(&self.new_key(), |view| {
            let mut claim = (*claim_of(view, id)?).clone();
            let (mut events, mut lost) = (Vec::new(), Vec::<LineNo>::new());
            for command in changes_to_commands(&claim, incoming) {
                // The determination of a line that was not taken is of another line, or of none.
                if matches!(&command, ClaimCommand::Determine { line, .. } if lost.contains(line)) {
                    continue;
                }
                let facts = ClaimFacts {
                    office: view.office(),
                    today,
                    claim: &claim,
                    number: NumberUse::Free,
                    by: self.user(),
                    who: self.who(),
                };
                match decide::claim(&facts, &command) {
                    Ok(made) => {
                        made.iter().for_each(|event| claim.apply(event));
                        events.extend(made.into_iter().map(|event| Event::Claim(id, event)));
                    }
                    Err(refusal) => {
                        if let ClaimCommand::TakeLine { no, .. } = command {
                            lost.push(no);
                        }
                        refusals.push(refusal);
                    }
                }
            }
            Ok(events)
        })?;
        Ok(refusals)
    }

    /// Transfers, returns and the void of a known voucher.
    fn take_money(&self, id: VoucherId, commands: &[VoucherCommand]) -> Result<Vec<Refusal>, DeskError> {
        let today = self.today();
        let mut refusals = Vec::new();
        self.commit(&self.new_key(), |view| {
            let voucher = (*voucher_of(view, id)?).clone();
            let claims = claims_of(view, &voucher)?;
            let mut books =
                Books { office: view.office(), today, by: self.user(), who: self.who(), voucher, claims };
            Ok(books.all(commands, &mut refusals))
        })?;
        Ok(refusals)
    }

    /// A new voucher over known claims, with what became of it.
    fn take_voucher(
        &self,
        paper: &Voucher,
        source: &HistoryVoucher,
        incoming: &BTreeMap<ClaimId, HistoryClaim>,
    ) -> Result<Vec<Refusal>, DeskError> {
        let today = self.today();
        let mut refusals = Vec::new();
        self.commit(&self.new_key(), |view| {
            let id = view.next_voucher_id();
            let claims = claims_of(view, paper)?;
            let paper = numbered(Voucher { id, ..paper.clone() }, &claims, incoming);
            let taken = view.code_taken(&paper.code.normalised(), year_of(view, &paper))?;
            let facts = TakeFacts {
                office: view.office(),
                today,
                claims: &claims.iter().collect::<Vec<&Claim>>(),
                code_taken: &|_, _| taken,
            };
            let lines = if source.void.is_some() { Lines::WhatIsLeft } else { Lines::All };
            let raised = match decide::take_voucher(&facts, paper, lines) {
                Ok(raised) => raised,
                Err(refusal) => {
                    refusals.push(refusal);
                    return Ok(Vec::new());
                }
            };
            let voucher = Voucher::born(&raised).expect("what was raised is a voucher");
            let commands = compare_voucher(&voucher, source).commands;
            let mut books =
                Books { office: view.office(), today, by: self.user(), who: self.who(), voucher, claims };
            let mut events = books.fold(vec![Event::Voucher(id, raised)]);
            events.extend(books.all(&commands, &mut refusals));
            Ok(events)
        })?;
        Ok(refusals)
    }
}

/// A voucher and its claims on their way through several commands.
struct Books<'a> {
    office: &'a Office,
    today: jiff::civil::Date,
    by: &'a str,
    who: PersonId,
    voucher: Voucher,
    claims: Vec<Claim>,
}

impl Books<'_> {
    /// The events of each command that the rules accept; the others are told.
    fn all(&mut self, commands: &[VoucherCommand], refusals: &mut Vec<Refusal>) -> Vec<Event> {
        let mut events = Vec::new();
        for command in commands {
            let claims: Vec<&Claim> = self.claims.iter().collect();
            let facts = VoucherFacts {
                office: self.office,
                today: self.today,
                voucher: &self.voucher,
                claims: &claims,
                by: self.by,
                who: self.who,
            };
            match decide::voucher(&facts, command) {
                Ok(made) => events.extend(self.fold(made)),
                Err(refusal) => refusals.push(refusal),
            }
        }
        events
    }

    /// Folds events into the voucher and its claims, and hands them on.
    fn fold(&mut self, events: Vec<Event>) -> Vec<Event> {
        for event in &events {
            match event {
                Event::Voucher(_, event) => {
                    if !matches!(event, VoucherEvent::Raised(_)) {
                        self.voucher.apply(event);
                    }
                    self.claims.iter_mut().for_each(|claim| claim.apply_voucher(&self.voucher, event));
                }
                Event::Claim(id, event) => {
                    let claim = self.claims.iter_mut().find(|claim| claim.id == *id);
                    claim.into_iter().for_each(|claim| claim.apply(event));
                }
                Event::Company(_) | Event::Facility(_) | Event::Office(_) => {}
            }
        }
        events
    }
}

/// The numbers that the lines of a file have in the claims they belong to.
fn numbered(mut paper: Voucher, claims: &[Claim], incoming: &BTreeMap<ClaimId, HistoryClaim>) -> Voucher {
    for line in &mut paper.lines {
        let claim = claims.iter().find(|claim| claim.id == line.claim);
        let (Some(claim), Some(said)) = (claim, incoming.get(&line.claim)) else { continue };
        let place = said.lines.iter().position(|said| said.no == line.line);
        if let Some(no) = place.and_then(|place| lines_of(claim, &said.lines)[place].number()) {
            line.line = no;
        }
    }
    paper
}

fn year_of(view: &View, paper: &Voucher) -> i16 {
    crate::domain::Period::of(paper.date).max(view.office().first_open).year()
}

fn claims_of(view: &View, voucher: &Voucher) -> Result<Vec<Claim>, DeskError> {
    let claims: Vec<Arc<Claim>> = view.claims(&voucher.claims())?;
    Ok(claims.iter().map(|claim| (**claim).clone()).collect())
}
