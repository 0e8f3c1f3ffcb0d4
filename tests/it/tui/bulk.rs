//! Something with all marked claims: the page before, the commits one by one, and what became of them.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::civil::date;
use santun::domain::code::ReviewMark;
use santun::domain::{Claim, ClaimCommand, Outcome};
use santun::tui::effect::{Answer, Effect, Msg, OrderSlip, Task};
use santun::tui::jobs::{JobContext, JobEvent, Report};

use super::desk::inputs;
use super::real::{RealClerk, store};

fn claim(clerk: &RealClerk, claim_no: &str) -> Arc<Claim> {
    clerk.bench.desk.find_claim(claim_no).expect("the claim is there")
}

/// The page's command for these claims.
fn planned(clerk: &RealClerk, slip: OrderSlip) -> OrderSlip {
    match clerk.bench.perform(Task::PlanBulk(slip), &JobContext::alone()) {
        Ok(Answer::BulkPlan { slip, .. }) => slip,
        other => panic!("{other:?}"),
    }
}

fn checked(claims: &[&str]) -> OrderSlip {
    let claims = claims.iter().map(|claim_no| (*claim_no).to_owned()).collect();
    OrderSlip::new("claim-review", claims).with("mark", "DIPERIKSA")
}

#[test]
fn all_marked_are_checked_after_one_page() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press(".").sees("Belum ada yang ditandai");
    clerk.press("M .").sees("7 klaim ditandai: apa yang dikerjakan?").shows("bulk-what");
    clerk.press("enter").shows("bulk-plan").press(".").sees("Dikerjakan: 7");
    clerk.press("y").sees("7 klaim selesai.").misses("ditandai");
    for n in 101..=107 {
        let review = claim(&clerk, &format!("K26-000{n}")).review.clone().expect("it is marked");
        assert_eq!(review.mark, ReviewMark::Checked);
    }
    // What is so already is not done again.
    clerk.press("M . enter").sees("Tidak ada yang dapat dikerjakan").sees("sudah begitu");
    // The marks go as they came, and of a claim without one nothing is taken away.
    clerk.press("enter . 'hapus tanda' enter").sees("Dikerjakan: 7").press("y").sees("7 klaim selesai.");
    assert!(claim(&clerk, "K26-000101").review.is_none());
    clerk.press("M . 'hapus tanda' enter").sees("sudah begitu");
}

#[test]
fn an_outcome_goes_to_those_that_can_take_it() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ 'mebel' enter M . 'kondisi' enter 'sembuh' enter").sees("Sejak tanggal berapa?");
    clerk.press("ctrl-u '20/10/2026' enter").sees("1 dari 3 klaim").sees("Dilewati: 2").shows("bulk-outcome");
    clerk.press("y").sees("1 klaim selesai.");
    let outcome =
        |claim_no: &str| claim(&clerk, claim_no).outcomes.last().map(|entry| (entry.outcome, entry.date));
    assert_eq!(outcome("K26-000102"), Some((Outcome::Sembuh, date(2026, 10, 20))));
    assert_eq!(outcome("K26-000106"), None, "it happened after that day");
}

#[test]
fn a_question_needs_its_words_and_a_date_that_is_none_says_so() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk
        .press("g m . 'tanya' enter")
        .sees("Apa yang ditanyakan?")
        .press("'mana KK3?' enter")
        .sees("mana KK3?");
    clerk.press("y").sees("1 klaim selesai.");
    clerk.press("m . 'kondisi' enter enter ctrl-u 'kapan' enter").misses("Dikerjakan");
    assert!(clerk.app.has_popup(), "what is wrong is said");
}

#[test]
fn what_changed_meanwhile_is_refused_and_keeps_its_mark() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("M . enter").sees("Dikerjakan: 7");
    let (id, key) = (claim(&clerk, "K26-000104").id, clerk.bench.desk.new_key());
    let command = ClaimCommand::SetOutcome { outcome: Outcome::Berobat, date: date(2026, 10, 25) };
    clerk.bench.desk.claim(&key, id, None, &command).expect("another clerk may");
    clerk.press("y").sees("6 klaim selesai").sees("1 ditolak").sees("K26-000104: ");
    clerk.press("enter").sees("1 ditandai");
}

#[test]
fn sent_twice_it_is_done_once() {
    let folder = store();
    let clerk = RealClerk::new(folder.path());
    let slip = planned(&clerk, checked(&["K26-000101", "K26-000105"]));
    let run = || clerk.bench.perform(Task::Bulk(slip.clone()), &JobContext::alone()).expect("it is done");
    let first = run();
    let head = clerk.bench.desk.view().head();
    assert_eq!(run(), first);
    assert_eq!(clerk.bench.desk.view().head(), head, "nothing was written again");
}

#[test]
fn stopped_it_says_how_far_it_came() {
    let folder = store();
    let clerk = RealClerk::new(folder.path());
    let slip = planned(&clerk, checked(&["K26-000101", "K26-000105"]));
    let context = JobContext::alone();
    context.cancel_flag().store(true, Ordering::Release);
    let stopped = clerk.bench.perform(Task::Bulk(slip), &context).expect("it says how far it came");
    let Answer::BulkDone(done) = &stopped else { panic!("{stopped:?}") };
    assert_eq!((done.done.len(), done.left.len()), (0, 2));
    assert_eq!(clerk.bench.perform(Task::BulkResult, &JobContext::alone()), Ok(stopped.clone()));
    assert!(claim(&clerk, "K26-000101").review.is_none());
}

/// Presses a key whose jobs are not answered yet; what gives their answers.
fn held(clerk: &mut RealClerk, key: &str) -> Vec<Effect> {
    let input = inputs(key).into_iter().next().expect("a key");
    clerk.app.update(Msg::Input(input))
}

/// The jobs are done now.
fn answered(clerk: &mut RealClerk, effects: Vec<Effect>) {
    for effect in effects {
        let Effect::Run { slot, task, .. } = effect else { continue };
        let event = JobEvent::Over(clerk.bench.perform(task, &JobContext::alone()));
        clerk.send(Msg::Job(Report { slot, generation: 1, event }));
    }
}

#[test]
fn what_runs_is_not_broken_off_without_a_word() {
    let folder = store();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("M . enter").sees("Dikerjakan: 7");
    let running = held(&mut clerk, "y");
    clerk.press("f2 f10").sees("tunggu selesai");
    clerk.press("ctrl-q").sees("sisanya tidak dikerjakan").press("esc");
    assert!(!clerk.effects.contains(&Effect::Quit));
    answered(&mut clerk, running);
    clerk.sees("7 klaim selesai.").press("ctrl-q");
    assert!(clerk.effects.contains(&Effect::Quit), "nothing runs any more");
}

#[test]
fn a_page_that_comes_when_another_screen_is_open_waits_for_its_own() {
    for (away, back) in [("f2", "f1"), ("enter", "esc")] {
        let folder = store();
        let mut clerk = RealClerk::new(folder.path());
        clerk.press("M .");
        let planning = held(&mut clerk, "enter");
        clerk.press(away);
        answered(&mut clerk, planning);
        assert!(!clerk.app.has_popup(), "{away}: {}", clerk.screen());
        clerk.press(back).sees("Dikerjakan: 7").press("y").sees("7 klaim selesai.");
    }
}
