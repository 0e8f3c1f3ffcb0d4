//! What a form does not show stays as it is: the payee's tax number, the company's risk group.

use santun::desk::form::Typed;
use santun::domain::code::RiskGroup;
use santun::domain::command::NewLine;
use santun::domain::{Claim, ClaimCommand, LineNo, Npwp, Payee};
use santun::tui::effect::{OrderSlip, Task};
use santun::tui::jobs::JobContext;

use crate::tui::real::RealClerk;
use crate::tui::work_desk::store_to_pay;

const CLAIM: &str = "K26-000101";
const NPWP: &str = "013121660091000";

fn claim(clerk: &RealClerk) -> std::sync::Arc<Claim> {
    clerk.bench.desk.find_claim(CLAIM).expect("the claim is there")
}

fn commit(clerk: &RealClerk, slip: OrderSlip) {
    clerk.bench.perform(Task::Commit(slip), &JobContext::alone()).expect("it is done");
}

/// Every determination on the screen used to lose the payee's tax number.
#[test]
fn a_determination_keeps_the_tax_number() {
    let folder = store_to_pay();
    let clerk = RealClerk::new(folder.path());
    let desk = &clerk.bench.desk;
    let line = claim(&clerk).lines[0].clone();
    let new = NewLine {
        component: line.component,
        span: line.span,
        payee: Payee { tax_number: Npwp::parse(NPWP).ok(), ..line.payee },
        receipt: line.receipt,
        asked: line.asked,
    };
    let command = ClaimCommand::AmendLine { line: LineNo::new(1), new: Box::new(new) };
    desk.claim(&desk.new_key(), claim(&clerk).id, None, &command).expect("it has a tax number");
    let slip = |line: &str, amount: &str| {
        OrderSlip::new("claim-determine", vec![CLAIM.to_owned()])
            .with("line", line)
            .with("component", "PERAWATAN")
            .with("payee_kind", "FASKES")
            .with("payee", "RS Contoh Sehat")
            .with("bank", "BRI")
            .with("account", "0099887766")
            .with("asked", "12.400.000")
            .with("amount", amount)
            .with("date", "30/10/2026")
    };
    let tax = |no: u16| {
        let claim = claim(&clerk);
        let line = claim.line(LineNo::new(no)).expect("the line is there");
        line.payee.tax_number.as_ref().map(ToString::to_string)
    };
    commit(&clerk, slip("1", "12.000.000"));
    assert_eq!(tax(1).as_deref(), Some(NPWP));
    commit(&clerk, slip("", "500.000"));
    assert_eq!(tax(3).as_deref(), Some(NPWP), "a further line of the same payee has it too");
}

#[test]
fn an_amendment_keeps_the_risk_group() {
    let folder = store_to_pay();
    let clerk = RealClerk::new(folder.path());
    let group = || claim(&clerk).basics.company.as_ref().and_then(|company| company.risk_group);
    assert_eq!(group(), Some(RiskGroup::Medium));
    let mut form = Typed::of_claim(&claim(&clerk).basics);
    form.set("notes", "alamat baru");
    let slip = OrderSlip::new("claim-amend", vec![CLAIM.to_owned()]);
    commit(&clerk, form.iter().fold(slip.clone(), |slip, (name, text)| slip.with(name, text)));
    assert_eq!((claim(&clerk).basics.notes.as_str(), group()), ("alamat baru", Some(RiskGroup::Medium)));
    // Another company brings its own, as the desk's list has it.
    form.set("npp", "21000789");
    form.set("company", "CV Contoh Mebel");
    commit(&clerk, form.iter().fold(slip, |slip, (name, text)| slip.with(name, text)));
    assert_eq!(group(), Some(RiskGroup::Medium));
}
