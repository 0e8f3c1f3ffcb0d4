//! Half-typed forms: nothing that was typed is lost, whoever types at how many terminals.

use santun::desk::current_actor;

use super::desk::Clerk;
use super::real::{RealClerk, store};

fn n_on_disk(clerk: &RealClerk) -> usize {
    let drafts = clerk.bench.desk.store().load_drafts(current_actor().uid).expect("drafts can be read");
    drafts.iter().filter(|draft| draft.name != "layar").count()
}

/// To the worker's name in a new claim.
const WORKER: &str = "tab tab tab tab tab";

#[test]
fn a_draft_that_is_not_taken_up_stays() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press(&format!("a 'K1' {WORKER} 'Setengah Jadi' tab esc"));
    clerk.press("a").sees("Ada draf").sees("Pekerja: Setengah Jadi").sees("nanti saja");
    clerk.press("esc 'X1' tab esc");
    assert_eq!(n_on_disk(&clerk), 2);
    clerk.press("a").sees("(1 dari 2)").sees("X1").press("n").sees("(2 dari 2)").sees("Setengah Jadi");
    clerk.press("y").sees("K1").sees("Setengah Jadi").press("esc");
    assert_eq!(n_on_disk(&clerk), 2, "a draft that goes on is one draft");
}

#[test]
fn a_draft_is_thrown_away_only_on_purpose() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press(&format!("a {WORKER} 'Setengah Jadi' tab esc a x")).sees("tidak dapat dikembalikan");
    clerk.press("x").sees("tidak dapat dikembalikan").press("esc").sees("Ada draf");
    assert_eq!(n_on_disk(&clerk), 1);
    clerk.press("x y").sees("Draf dibuang").misses("Ada draf");
    assert_eq!(n_on_disk(&clerk), 0);
    clerk.press("esc a").misses("Ada draf");
}

#[test]
fn two_terminals_of_one_person_do_not_share_a_form() {
    let folder = store();
    let mut mine = RealClerk::new(folder.path());
    let mut other = RealClerk::new(folder.path());
    mine.press("a tab tab tab '21000456' tab tab 'Rini' tab");
    other.press("a").misses("Ada draf").press(&format!("{WORKER} 'Budi' tab"));
    assert_eq!(n_on_disk(&mine), 2);
    // One saves: the other's draft is not touched.
    mine.press("tab tab tab tab tab tab tab tab '28/10/2026' ctrl-x").sees("K 2 6");
    assert_eq!(n_on_disk(&other), 1);
    // The terminal is killed: what was typed there is offered here.
    drop(other);
    mine.press("enter a").sees("Ada draf").sees("Budi");
}

#[test]
fn going_to_another_tab_leaves_the_form_as_escape_does() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press(&format!("a {WORKER} 'Rini' f2")).sees("Antrean").sees("draf");
    clerk.press("f1 a").sees("Ada draf").sees("Rini");
}

#[test]
fn who_types_before_the_offer_comes_is_told_and_loses_nothing() {
    let mut clerk = Clerk::new();
    clerk.press("a 'Siti' tab esc");
    clerk.press_ahead("a 'Budi'");
    assert!(clerk.line(23).contains("1 draf lama"), "{}", clerk.line(23));
    assert!(!clerk.app.has_popup(), "typing is not interrupted");
    clerk.press("tab esc");
    let names = |clerk: &Clerk| -> Vec<String> {
        clerk.claims().drafts.iter().map(|draft| draft.values[0].1.clone()).collect()
    };
    assert_eq!(names(&clerk), ["Siti", "Budi"]);
}

#[test]
fn the_start_tells_which_drafts_wait() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.misses("menunggu:").press(&format!("a {WORKER} 'Rini' tab esc"));
    clerk.press("/ ctrl-u 'lestari' enter enter e 'Lestari Ayu' tab");
    // The terminal is killed in the middle of a form: what was left of it is told at the next start.
    drop(clerk);
    let mut again = RealClerk::new(folder.path());
    again.sees("2 draf menunggu: perbaikan K26-000106, klaim baru");
    again.press("/ ctrl-u 'lestari' enter enter e").sees("Ada draf").sees("Lestari Ayu");
}
