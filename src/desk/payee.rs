//! Who is paid when the clerk does not say: the usual payee of a component, with the account the desk knows.

use crate::desk::Desk;
use crate::domain::code::{Component, PayeeKind};
use crate::domain::{AccountNo, Claim, LineNo, Payee};

/// What the clerk said of the payee.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PayeeWish {
    /// Kind; none: the usual one of the component.
    pub kind: Option<PayeeKind>,
    /// Name; none: the claim's company, worker or facility.
    pub name: Option<String>,
    /// Bank; none: as known.
    pub bank: Option<String>,
    /// Account; none: as known.
    pub account: Option<AccountNo>,
}

/// STMB goes to the employer who kept paying the wage, care to the facility, death to the heirs, the rest to the worker.
pub fn usual_kind(component: Component) -> PayeeKind {
    match component {
        Component::Stmb => PayeeKind::Company,
        Component::Medical | Component::HomeCare | Component::Rehabilitation => PayeeKind::Facility,
        Component::Death | Component::Funeral | Component::Periodic => PayeeKind::Heir,
        _ => PayeeKind::Participant,
    }
}

impl Desk {
    /// The payee of a new line: what was said, completed by what the desk knows.
    pub fn payee_for(&self, claim: &Claim, component: Component, wish: PayeeWish) -> Payee {
        let kind = wish.kind.unwrap_or_else(|| usual_kind(component));
        let name = wish.name.unwrap_or_else(|| match kind {
            PayeeKind::Company => claim.company_name().to_owned(),
            PayeeKind::Facility => claim.basics.facility.clone(),
            PayeeKind::Participant => claim.basics.worker.name.clone(),
            PayeeKind::Heir => String::new(),
        });
        let known = self.known_payee(claim, kind, &name);
        Payee {
            kind,
            bank: wish
                .bank
                .unwrap_or_else(|| known.as_ref().map_or(String::new(), |payee| payee.bank.clone())),
            account: wish.account.or_else(|| known.as_ref().and_then(|payee| payee.account.clone())),
            tax_number: known.and_then(|payee| payee.tax_number),
            name,
        }
    }

    /// A payee as a form has it. The form does not show the tax number: it stays with the name, on the line that is
    /// changed or as the desk knows it.
    pub fn payee_typed(&self, claim: &Claim, line: Option<LineNo>, typed: Payee) -> Payee {
        let on_line = line.and_then(|no| claim.line(no)).map(|line| line.payee.clone());
        let is_same = |payee: &Payee| payee.kind == typed.kind && payee.name == typed.name;
        let known = on_line
            .filter(|payee| is_same(payee) && payee.tax_number.is_some())
            .or_else(|| self.known_payee(claim, typed.kind, &typed.name));
        Payee { tax_number: typed.tax_number.or_else(|| known?.tax_number), ..typed }
    }

    /// The payee of this kind and name on the claim's earlier lines, on another claim of the company, or the
    /// facility's own record.
    fn known_payee(&self, claim: &Claim, kind: PayeeKind, name: &str) -> Option<Payee> {
        let on_claim = claim.lines.iter().rev().map(|line| &line.payee);
        if let Some(payee) = on_claim.into_iter().find(|payee| payee.kind == kind && payee.name == name) {
            return Some(payee.clone());
        }
        if kind == PayeeKind::Facility {
            let view = self.view();
            let facility = view.facility(name).ok()??;
            return Some(Payee {
                kind,
                name: facility.name.clone(),
                bank: facility.bank.clone(),
                account: facility.account.clone(),
                tax_number: facility.tax_number.clone(),
            });
        }
        if kind == PayeeKind::Company { self.company_payee(claim, name) } else { None }
    }

    /// The employer's account from the latest of its cases that has one.
    fn company_payee(&self, claim: &Claim, name: &str) -> Option<Payee> {
        let view = self.view();
        let filter = format!("npp = {} dan dibayar > 0", claim.npp());
        let expr = crate::domain::query::parse(&filter, self.today()).ok()?;
        let sort = crate::store::Sort {
            column: crate::domain::query::Field::EventDate,
            direction: crate::store::Direction::Descending,
        };
        let rows = view
            .select(&expr, sort, self.today(), &std::sync::atomic::AtomicBool::new(false), &|_, _| {})
            .ok()?;
        let found = rows.window(0..rows.len().min(50)).ok()?;
        found.iter().find_map(|row| {
            let other = view.claim(row.id).ok()??;
            let mut payees = other.lines.iter().rev().map(|line| &line.payee);
            payees.find(|payee| payee.kind == PayeeKind::Company && payee.name == name).cloned()
        })
    }
}
