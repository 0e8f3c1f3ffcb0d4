//! Four eyes on the command line: asked for at the start or later, never taken back by one person, never passed by a name.

use super::branch::Office;
use super::two::fill;

const INIT: [&str; 9] =
    ["init", "--office", "J03", "--name", "Contoh", "--vouchers", "both", "--first-open", "2026-10"];

fn approval_of(office: &Office) -> String {
    let settings = office.json(&["config", "show"]);
    let settings = settings.as_array().expect("an array");
    let found = settings.iter().find(|setting| setting["name"] == "office.approval").expect("it is shown");
    found["value"].as_str().expect("a text").to_owned()
}

#[test]
fn one_person_cannot_prepare_and_approve() {
    let office = Office::unmade();
    office.run(&[&INIT[..], &["--approval", "four-eyes"]].concat()).ok();
    assert_eq!(approval_of(&office), "four-eyes");
    let claims = fill(&office, 1);
    let code = office.run(&["voucher", "issue", &claims[0]]).ok().trim().to_owned();
    assert!(office.run(&["voucher", "pay", &code]).fails(1).contains("orang kedua"));
    // Another name in the environment is no other person.
    let boss = office.frozen.command(&["voucher", "approve", &code]).env("USER", "boss").output();
    let boss = boss.expect("the binary was built with the tests");
    assert_eq!(boss.status.code(), Some(1), "{boss:?}");
    assert!(String::from_utf8_lossy(&boss.stderr).contains("orang lain"), "{boss:?}");
    let back = office.run(&["config", "set", "approval", "not-needed"]).fails(1);
    assert!(back.contains("satu orang"), "{back}");
    assert_eq!(approval_of(&office), "four-eyes");
}

#[test]
fn an_office_asks_for_a_second_person_from_now_on() {
    let office = Office::empty();
    assert_eq!(approval_of(&office), "not-needed");
    office.run(&["config", "set", "approval", "empat-mata"]).ok();
    assert_eq!(approval_of(&office), "four-eyes");
    assert!(office.run(&["config", "set", "zone", "WIT"]).fails(2).contains("approval"));
    assert!(office.run(&["config", "set", "approval", "mungkin"]).fails(2).contains("four-eyes"));
}
