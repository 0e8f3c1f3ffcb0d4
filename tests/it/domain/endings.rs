//! How a case ends by itself, and what a person must say; what a determined line keeps.

use santun::domain::{ClaimCommand, Component, LineNo, Payee, PayeeKind};

use super::fixtures::{line, payee};
use super::script::{after, step};
use super::table::rows;

/// steps | where the case stands, or the last one's refusal
const ENDS: &str = "
    file 09-10, outcome SEMBUH 09-20                                                              | DIAJUKAN
    outcome SEMBUH 09-20, close 09-21                                                             | SELESAI
    file 09-10, outcome SEMBUH 09-20, close 09-21                                                 | SELESAI
    file 09-10, outcome BEROBAT 09-20, close 09-21                                                | state-move-refused
    file 09-10, close 09-21                                                                       | state-move-refused
    file 09-10, outcome SEMBUH 09-20, close 09-19                                                 | date-before
    file 09-10, outcome SEMBUH 09-20, line 100, close 09-21                                       | state-move-refused
    file 09-10, outcome SEMBUH 09-20, line 100, determine 1 09-21, close 09-22                    | state-move-refused
    file 09-10, outcome SEMBUH 09-20, line 100, determine 1 0 09-21                               | SELESAI
    file 09-10, outcome BEROBAT 09-20, line 100, determine 1 0 09-21                              | DITETAPKAN
    file 09-10, outcome BEROBAT 09-20, line 100, determine 1 0 09-21, outcome SEMBUH 09-25        | SELESAI
    file 09-10, outcome SEMBUH 09-20, line 100, determine 1 0 09-21, line 50                      | DIAJUKAN
    file 09-10, outcome SEMBUH 09-20, line 100, line 50, determine 1 0 09-21                      | DITETAPKAN
    file 09-10, outcome SEMBUH 09-20, close 09-21, line 50                                        | DIAJUKAN
    file 09-10, outcome SEMBUH 09-20, close 09-21, close 09-22                                    | state-move-refused";

/// A recovered case that cost nothing used to stay open for ever.
#[test]
fn a_case_with_nothing_to_pay_can_end() {
    for [steps, expected] in rows::<2>(ENDS) {
        let (before, last) = steps.rsplit_once(", ").expect("several steps");
        let (mut desk, id) = after(before);
        let found = match step(&mut desk, id, last) {
            Ok(()) => desk.claims[&id].state().code(),
            Err(refusal) => refusal.code,
        };
        assert_eq!(found, expected, "{steps}");
    }
}

/// component | payee's kind, name, account | once it is determined
const CHANGES: &str = "
    TRANSPORT    | PERUSAHAAN | PT Semen Contoh | 1234567891 | taken
    TRANSPORT    | PERUSAHAAN | PT Semen Cth    | 1234567890 | taken
    TRANSPORT    | PESERTA    | Budi Santoso    | 1234567890 | line-determined
    PERAWATAN    | PERUSAHAAN | PT Semen Contoh | 1234567890 | line-determined";

/// The books had the determination under the old component and the payment under the new one.
#[test]
fn a_determined_line_keeps_its_component_and_kind_of_payee() {
    for [component, kind, name, account, expected] in rows::<5>(CHANGES) {
        let component = Component::parse(&component).unwrap_or_else(|| panic!("{component}"));
        let kind = PayeeKind::parse(&kind).unwrap_or_else(|| panic!("{kind}"));
        let payee: Payee = payee(kind, &name, &account);
        let new = santun::domain::command::NewLine { payee, ..line(component, 100) };
        let amend = ClaimCommand::AmendLine { line: LineNo::new(1), new: Box::new(new) };
        let (mut desk, id) = after("file 09-10, line 100");
        desk.claim(id, &amend).expect("not determined yet");
        let (mut desk, id) = after("file 09-10, line 100, determine 1 09-12");
        let found = desk.claim(id, &amend).map_or_else(|refusal| refusal.code, |()| "taken");
        assert_eq!(found, expected, "{component} {kind} {name} {account}");
    }
}
