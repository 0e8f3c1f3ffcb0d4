//! The first line and the head: every item with its rupiah on a digit, at the design size and below.

use santun::tui::app::{AppSettings, TODAY};
use santun::tui::effect::{Answer, Msg, Today, TodayItem};
use santun::tui::jobs::{JobEvent, Report};
use santun::tui::theme::Tone;

use super::desk::{Claims, Clerk, settings};

fn item(label: &str, short: &str, count: u64, amount: &str) -> TodayItem {
    TodayItem {
        label: label.to_owned(),
        short: short.to_owned(),
        count,
        amount: Some(amount.to_owned()),
        filter: String::new(),
        tone: Tone::Plain,
    }
}

/// A branch with much to do.
fn busy() -> Today {
    let items = vec![
        item("bayar ≤ 3 hari", "bayar ≤3hr", 123, "Rp212 jt"),
        item("lewat waktu", "lewat", 44, "Rp1,2 M"),
        item("berkas kurang", "berkas kurang", 167, "Rp999 jt"),
        item("siap voucher", "voucher", 96, "Rp1,4 M"),
        item("berobat > 6 bln", "berobat >6bln", 1_213, "Rp9,2 M"),
    ];
    Today { items, note: None, alarm: None }
}

fn say(clerk: &mut Clerk, today: Today) {
    let event = JobEvent::Over(Ok(Answer::Today(today)));
    clerk.send(Msg::Job(Report { slot: TODAY, generation: 1, event }));
}

#[test]
fn every_item_has_its_rupiah_at_80_columns() {
    let mut clerk = Clerk::new();
    say(&mut clerk, busy());
    let lines = format!("{}\n{}", clerk.line(1), clerk.line(2));
    assert_eq!(lines.matches("Rp").count(), 5, "{lines}");
    for digit in ["1 bayar", "2 lewat", "3 berkas", "4 voucher", "5 berobat"] {
        assert!(lines.contains(digit), "{digit}: {lines}");
    }
    assert!(clerk.line(3).starts_with(" / "), "the list moves down: {}", clerk.line(3));
}

#[test]
fn a_wide_window_says_all_in_one_line() {
    let mut clerk = Clerk::at(200, 50);
    say(&mut clerk, busy());
    assert!(clerk.line(1).contains("5 berobat > 6 bln 1.213 (Rp9,2 M)"), "{}", clerk.line(1));
}

#[test]
fn a_low_window_keeps_one_line() {
    let mut clerk = Clerk::at(80, 12);
    say(&mut clerk, busy());
    assert!(clerk.line(2).starts_with(" / "), "{}", clerk.screen());
}

#[test]
fn where_nothing_is_to_do_it_says_so() {
    let mut clerk = Clerk::new();
    say(&mut clerk, Today { note: Some("tidak ada yang mendesak.".to_owned()), ..busy() });
    assert!(clerk.line(1).contains("Hari ini: tidak ada yang mendesak."), "{}", clerk.line(1));
}

#[test]
fn a_demonstration_says_so_on_the_narrowest_window() {
    let settings = AppSettings { office: "CONTOH J03 Kantor Cabang Contoh".to_owned(), ..settings() };
    for (width, height) in [(40, 8), (60, 12), (80, 24), (200, 50)] {
        let clerk = Clerk::with(settings.clone(), Claims::new(40), width, height);
        assert!(clerk.line(0).contains("CONTOH"), "{width}: {}", clerk.line(0));
        assert!(clerk.line(0).contains("Klaim"), "{width}: {}", clerk.line(0));
    }
}

#[test]
fn a_store_that_needs_attention_stands_before_everything_else() {
    let mut clerk = Clerk::new();
    say(&mut clerk, Today { alarm: Some("Catatan 30 rusak. Jalankan santun fsck.".to_owned()), ..busy() });
    let line = clerk.line(1).to_owned();
    assert!(line.contains("! Catatan 30 rusak") && !line.contains("lewat"), "{line}");
}
