//! Duplicates at the desk: looked for again under the lock, and whenever a case becomes like another.

use jiff::civil::date;
use santun::desk::form::Typed;
use santun::desk::{Desk, DeskError};
use santun::domain::code::Outcome;
use santun::domain::command::{NewClaim, Numbering};
use santun::domain::{ClaimCommand, Refusal};

use crate::tui::real::{clock, store};

const NIK: &str = "3273014404910008";

fn desk_of(folder: &tempfile::TempDir) -> Desk {
    Desk::open(&folder.path().join("store"), clock()).expect("the store opens")
}

/// A new case: number, programme, identity, day of the event.
fn case(desk: &Desk, claim_no: &str, programme: &str, id_no: &str, event: &str) -> NewClaim {
    let mut typed = Typed::new();
    let values = [
        ("claim_no", claim_no),
        ("programme", programme),
        ("worker", "Dewi Contoh"),
        ("id_kind", "NIK"),
        ("id_no", id_no),
        ("npp", "21000456"),
        ("company", "PT Contoh Semen"),
        ("wage", "4.800.000"),
        ("event_date", event),
        ("reported_date", "20/10/2026"),
    ];
    values.iter().for_each(|(name, value)| typed.set(name, *value));
    let basics = typed.claim(desk.today(), &desk.next_claim_no()).expect("the case can be read");
    NewClaim { basics, numbering: Numbering::Paper, restores: None, despite_duplicate: None }
}

fn register(desk: &Desk, new: &NewClaim) -> Result<santun::desk::Registered, DeskError> {
    desk.register(&desk.new_key(), new)
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, DeskError>) -> Refusal {
    match answer {
        Err(DeskError::Refused(refusal)) => refusal,
        other => panic!("no refusal: {other:?}"),
    }
}

/// Two clerks with the same form used to register the case twice: only what was seen before the lock was compared.
#[test]
fn a_case_that_came_in_between_is_seen_under_the_lock() {
    let folder = store();
    let (mine, other) = (desk_of(&folder), desk_of(&folder));
    let new = case(&mine, "A-1", "JKK", NIK, "18/10/2026");
    register(&other, &case(&other, "B-1", "JKK", NIK, "19/10/2026")).expect("the first one is new");
    // What was answered for another case, or before anything was shown, is no answer to this one.
    let despite = NewClaim { despite_duplicate: Some("dua kecelakaan".to_owned()), ..new.clone() };
    assert_eq!(refusal(register(&mine, &despite)).to_string(), "duplicate-case other=B-1 (Dewi Contoh)");
    assert_eq!(refusal(register(&mine, &new)).to_string(), "duplicate-case other=B-1 (Dewi Contoh)");
    let id = register(&mine, &despite).expect("now it is answered for").id;
    let kept = mine.view().claim(id).expect("readable").expect("it is there");
    assert_eq!(kept.despite_duplicate, "dua kecelakaan");
}

#[test]
fn an_amendment_that_makes_a_twin_has_to_be_answered_for() {
    let folder = store();
    let desk = desk_of(&folder);
    register(&desk, &case(&desk, "A-1", "JKK", NIK, "18/10/2026")).expect("new");
    let second =
        register(&desk, &case(&desk, "A-2", "JKK", "", "19/10/2026")).expect("nobody knows who it is").id;
    let known = case(&desk, "A-2", "JKK", NIK, "19/10/2026").basics;
    let amend = ClaimCommand::Amend(Box::new(known));
    let refused = refusal(desk.claim(&desk.new_key(), second, None, &amend));
    assert_eq!(
        refused.to_string(),
        "duplicate-now claim_no=A-2 other=A-1 (Dewi Contoh) why=duplicate-same-case"
    );
    let tell = ClaimCommand::TellApart { reason: "jatuh dua hari berturut-turut".to_owned() };
    desk.claim_all(&desk.new_key(), second, None, &[amend, tell]).expect("it is answered for");
    // What does not change the person or the event is not asked about again.
    let mut notes = desk.find_claim("A-2").expect("it is there").basics.clone();
    notes.notes = "alamat baru".to_owned();
    desk.claim(&desk.new_key(), second, None, &ClaimCommand::Amend(Box::new(notes))).expect("only a note");
}

#[test]
fn a_death_under_two_programmes_is_seen_when_the_outcome_comes() {
    let folder = store();
    let desk = desk_of(&folder);
    let accident = register(&desk, &case(&desk, "A-1", "JKK", NIK, "18/10/2026")).expect("new").id;
    register(&desk, &case(&desk, "A-2", "JKM", NIK, "19/10/2026")).expect("another programme");
    let died = ClaimCommand::SetOutcome { outcome: Outcome::Meninggal, date: date(2026, 10, 19) };
    let refused = refusal(desk.claim(&desk.new_key(), accident, None, &died));
    assert_eq!(
        refused.to_string(),
        "duplicate-now claim_no=A-1 other=A-2 (Dewi Contoh) why=duplicate-two-deaths"
    );
    let tell = ClaimCommand::TellApart { reason: "JKM akan dibatalkan".to_owned() };
    desk.claim_all(&desk.new_key(), accident, None, &[died, tell]).expect("it is answered for");
}
