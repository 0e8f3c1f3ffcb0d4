//! The app's update: what keys, answers and troubles do.

use santun::tui::effect::{Effect, Msg};
use santun::tui::jobs::{JobEvent, Progress, Report, Stage, Trouble};
use santun::tui::screen::Tab;

use super::desk::{Clerk, ORDER, PAGE};

#[test]
fn tabs_by_function_keys_and_by_tab() {
    let table = [
        ("", Tab::Claims),
        ("f2", Tab::Vouchers),
        ("f3", Tab::Report),
        ("f4", Tab::Clusters),
        ("f4 f1", Tab::Claims),
        ("tab", Tab::Vouchers),
        ("shift-tab", Tab::Clusters),
        ("tab tab tab tab", Tab::Claims),
        ("j enter f3", Tab::Report),
    ];
    for (keys, tab) in table {
        assert_eq!(Clerk::new().press(keys).app.tab(), tab, "{keys}");
    }
}

#[test]
fn digits_are_filters_of_the_first_line() {
    let mut clerk = Clerk::new();
    clerk.press("f3 3");
    assert_eq!(clerk.app.tab(), Tab::Claims);
    assert!(clerk.line(2).contains("/ mebel"), "{}", clerk.line(2));
    let before = clerk.screen();
    assert_eq!(clerk.press("9").screen(), before, "a digit without an item does nothing");
    clerk.press("0");
    assert!(clerk.line(2).contains("2.400 dari 2.400"), "{}", clerk.line(2));
}

#[test]
fn esc_goes_back_and_never_quits() {
    let mut clerk = Clerk::new();
    let list = clerk.screen();
    clerk.press("enter");
    assert_ne!(clerk.screen(), list);
    assert_eq!(clerk.press("esc").screen(), list);
    assert_eq!(clerk.press("esc esc esc").screen(), list);
    assert!(clerk.effects.is_empty());
}

#[test]
fn quitting_asks_only_when_something_is_unsaved() {
    assert_eq!(Clerk::new().press("q").effects, [Effect::Quit]);
    assert_eq!(Clerk::new().press("a ctrl-q").effects, [Effect::Quit]);
    let mut clerk = Clerk::new();
    clerk.press("a 'Siti' ctrl-q");
    assert!(clerk.app.has_popup());
    clerk.press("q");
    assert!(!clerk.effects.contains(&Effect::Quit), "the key that asked does not confirm");
    clerk.press("y");
    assert!(clerk.effects.contains(&Effect::Quit));
}

#[test]
fn letters_typed_are_letters() {
    let mut clerk = Clerk::new();
    clerk.press("/ 'q?:1'");
    assert!(clerk.effects.is_empty() && !clerk.app.has_popup());
    assert!(clerk.line(2).contains("/ q?:1"), "{}", clerk.line(2));
    clerk.press("esc");
    assert!(clerk.line(2).contains("/ q?:1"), "esc leaves the line and keeps what was typed");
}

#[test]
fn what_cannot_be_done_says_so() {
    let mut clerk = Clerk::new();
    clerk.press("v");
    assert!(clerk.line(23).contains("Tidak bisa di sini: voucher"), "{}", clerk.line(23));
    assert!(clerk.line(23).contains("Bisa di: Rincian, Meja voucher"), "{}", clerk.line(23));
    clerk.press("j");
    assert!(clerk.line(23).contains("enter buka"), "a toast goes with the next key: {}", clerk.line(23));
}

#[test]
fn troubles_are_boxes_and_the_screen_lives_on() {
    let mut clerk = Clerk::new();
    // The thirteenth claim crashes its job.
    clerk.press("j j j j j j j j j j j j j enter");
    assert!(clerk.app.has_popup());
    assert!(clerk.screen().contains("with K26-000013"), "{}", clerk.screen());
    clerk.press("enter esc j enter");
    assert!(clerk.screen().contains("Jari telunjuk"));
    let mut clerk = Clerk::new();
    clerk.press("e enter");
    assert!(clerk.screen().contains("Cakram penuh."), "{}", clerk.screen());
}

#[test]
fn two_boxes_come_one_after_the_other() {
    let mut clerk = Clerk::new();
    for text in ["satu", "dua"] {
        let event = JobEvent::Over(Err(Trouble::Failed { text: text.into() }));
        clerk.send(Msg::Job(Report { slot: PAGE, generation: 1, event }));
    }
    assert!(clerk.screen().contains("satu"));
    clerk.press("enter");
    assert!(clerk.screen().contains("dua"));
    clerk.press("enter");
    assert!(!clerk.app.has_popup());
}

#[test]
fn hostile_text_in_a_message_is_harmless() {
    let mut clerk = Clerk::new();
    let event = JobEvent::Over(Err(Trouble::Failed { text: "a\u{1b}[31mb\u{202e}c".into() }));
    clerk.send(Msg::Job(Report { slot: PAGE, generation: 1, event }));
    let screen = clerk.screen();
    assert!(!screen.contains('\u{1b}') && !screen.contains('\u{202e}'));
}

#[test]
fn a_short_job_shows_nothing_and_a_long_one_its_progress() {
    let mut clerk = Clerk::new();
    let still = clerk.screen();
    clerk.send(Msg::AtWork(vec![(ORDER, Stage::At(Progress { done: 3, total: 4 }))]));
    assert_eq!(clerk.screen(), still);
    clerk.send(Msg::Tick);
    assert!(clerk.line(23).contains("75 %"), "{}", clerk.line(23));
    let mut cancelled = Clerk::new();
    cancelled.send(Msg::AtWork(vec![(ORDER, Stage::Running)]));
    cancelled.press("ctrl-c");
    assert_eq!(cancelled.effects, [Effect::CancelJobs]);
    clerk.send(Msg::AtWork(Vec::new()));
    assert_eq!(clerk.screen(), still);
}

#[test]
fn only_what_is_seen_is_read() {
    let mut clerk = Clerk::new();
    let count = |clerk: &Clerk| clerk.claims().tasks.iter().filter(|task| *task == "Window").count();
    let first = count(&clerk);
    clerk.press("j j j j");
    assert_eq!(count(&clerk), first, "rows that are here are not asked for again");
    clerk.press("G");
    assert_eq!(count(&clerk), first + 1);
}

#[test]
fn another_clerks_work_is_read_again() {
    let mut clerk = Clerk::new();
    clerk.press("j j");
    clerk.claims().tasks.clear();
    clerk.send(Msg::Changed);
    assert_eq!(clerk.claims().tasks, ["Today", "List", "Window", "Sums"]);
    assert!(clerk.screen().contains("▌ K26-000002"), "{}", clerk.screen());
}

#[test]
fn suspend_copy_and_redraw_leave_for_the_loop() {
    let mut clerk = Clerk::new();
    clerk.press("ctrl-z ctrl-l y enter");
    assert_eq!(clerk.effects, [Effect::Suspend, Effect::Redraw, Effect::Copy("K26-000000".into())]);
}

#[test]
fn the_store_is_tidied_after_opening_and_after_a_commit_and_never_stands_in_the_way() {
    let mut clerk = Clerk::new();
    let tidied = |clerk: &Clerk| clerk.claims().tasks.iter().filter(|task| *task == "Tidy").count();
    assert_eq!(tidied(&clerk), 1);
    clerk.press("j j enter esc 3");
    assert_eq!(tidied(&clerk), 1, "looking is no reason");
    clerk.press("a 'Dory' tab '.' tab tab 'sem' ctrl-x enter");
    assert_eq!(clerk.claims().committed.len(), 1);
    assert_eq!(tidied(&clerk), 2);
    let event = JobEvent::Over(Err(Trouble::Failed { text: "Cakram penuh.".into() }));
    clerk.send(Msg::Job(Report { slot: santun::tui::app::TIDY, generation: 1, event }));
    assert!(!clerk.app.has_popup());
    assert!(clerk.screen().contains("Cakram penuh."));
}

#[test]
fn help_and_quit_are_said_on_the_narrowest_window() {
    for (width, height) in [(40, 8), (60, 20), (80, 24), (120, 40), (200, 50)] {
        let clerk = Clerk::at(width, height);
        let foot = clerk.line(usize::from(height) - 1);
        assert!(foot.contains("? bantuan  q keluar"), "{width}: {foot}");
        assert_eq!(foot.contains("z satu panel"), width >= 160, "{width}: {foot}");
    }
    let mut clerk = Clerk::new();
    assert!(!clerk.press("/").line(23).contains("q keluar"), "q is a letter there");
}
