//! Four panes at once, one in the whole window, themes and languages while running.

use santun::tui::effect::{Answer, ListName, Msg};
use santun::tui::jobs::{JobEvent, Report};
use santun::tui::panes::claims::ORDER;
use santun::tui::theme::ThemeName;
use santun::words::Lang;

use super::real::RealClerk;
use super::work_desk::store_to_pay;

/// The headings of the four panes, as far as each shows what is in it.
const PANES: [&str; 4] = ["/ terbuka", "Antrean:", "Oktober 2026", "k-modes"];

fn seen(clerk: &RealClerk) -> Vec<bool> {
    let screen = clerk.screen();
    PANES.iter().map(|pane| screen.contains(pane)).collect()
}

#[test]
fn a_large_window_shows_all_four() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::with(folder.path(), Lang::Id, (200, 50));
    assert_eq!(seen(&clerk), [true; 4], "{}", clerk.screen());
    clerk.shows("four-panes").press("f3 j j").shows("four-panes-report");
    for (key, size, expected) in [
        ("f1", (80, 24), [true, false, false, false]),
        ("f3", (80, 24), [false, false, true, false]),
        ("f1", (200, 30), [true, false, true, false]),
        ("f4", (200, 30), [true, false, false, true]),
        ("f2", (200, 50), [true, true, true, true]),
    ] {
        clerk.press(key);
        clerk.send(Msg::Resize { width: size.0, height: size.1 });
        assert_eq!(seen(&clerk), expected, "{key} at {size:?}\n{}", clerk.screen());
    }
}

#[test]
fn each_pane_takes_the_whole_window_and_gives_it_back() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::with(folder.path(), Lang::Id, (200, 50));
    for (idx, key) in ["f1", "f2", "f3", "f4"].into_iter().enumerate() {
        clerk.press(key).press("z");
        let alone: Vec<bool> = (0..4).map(|pane| pane == idx).collect();
        assert_eq!(seen(&clerk), alone, "{key}\n{}", clerk.screen());
        clerk.press(if idx % 2 == 0 { "z" } else { "esc" });
        assert_eq!(seen(&clerk), [true; 4], "{key}\n{}", clerk.screen());
    }
    clerk.press("f1 enter z").misses("Antrean:").press("z").sees("/ terbuka");
    clerk.send(Msg::Resize { width: 80, height: 24 });
    clerk.press("z").sees("hanya memuat satu panel");
}

/// A pane beside the focus keeps its place; its cursor is not the one the keys move.
#[test]
fn one_cursor_is_bright() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::with(folder.path(), Lang::Id, (200, 50));
    let bright = |clerk: &RealClerk| {
        let (buffer, _) = clerk.buffer();
        let accent = clerk.app.look().theme.cursor_mark.fg;
        let marks = buffer.content().iter().filter(|cell| cell.symbol() == "▌");
        let all: Vec<bool> = marks.map(|cell| Some(cell.fg) == accent).collect();
        (all.len() > 2, all.iter().filter(|is_bright| **is_bright).count())
    };
    for key in ["f1", "f2", "f3"] {
        clerk.press(key);
        assert_eq!(bright(&clerk), (true, 1), "{key}\n{}", clerk.screen());
    }
}

#[test]
fn what_reads_a_million_claims_waits_to_be_gone_to() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::with(folder.path(), Lang::Id, (80, 24));
    let listed = Answer::Listed { list: ListName::Claims, n_rows: 0, of: 1_000_000, kept: None, near: None };
    clerk.send(Msg::Job(Report { slot: ORDER, generation: 0, event: JobEvent::Over(Ok(listed)) }));
    clerk.send(Msg::Resize { width: 200, height: 50 });
    clerk
        .sees("F3: hitung dari 1.000.000 klaim")
        .sees("F4: hitung dari 1.000.000 klaim")
        .misses("Utang Jaminan");
    clerk.press("f3").sees("Utang Jaminan").misses("F3: hitung");
    clerk.press("f1");
    clerk.send(Msg::Changed);
    // The change has the list read again, which tells how few claims there are; the note stands until the report is made anew.
    clerk.sees(" berubah").press("f3").misses(" berubah");
}

#[test]
fn the_theme_turns_while_running() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    for theme in [ThemeName::Light, ThemeName::Ansi16, ThemeName::Mono, ThemeName::Dark] {
        clerk.press("f9").sees(&format!("Tema {}.", theme.name()));
        assert_eq!(clerk.app.theme(), theme);
    }
}

#[test]
fn the_language_turns_while_running() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    clerk.press("/ 'contoh' enter j f9 f10").sees("F1 Claims").sees("/ contoh").sees("Today").misses("Klaim");
    assert_eq!(clerk.app.theme(), ThemeName::Light);
    clerk.press("f2 f10").sees("Antrean:");
    // What is typed in a form is not thrown away for another language.
    clerk.press("f1 a 'Siti' f10").sees("Tutup formulir dulu");
    clerk.press("esc f10").sees("F1 Claims");
}

/// Who is too late reads why, and sees what the other did: the refused command has read it, nothing else tells of it.
#[test]
fn a_refusal_shows_the_state_it_was_refused_for() {
    let folder = store_to_pay();
    let mut first = RealClerk::new(folder.path());
    let mut second = RealClerk::new(folder.path());
    first.press("f2 v");
    second.press("f2 v").sees("RS Contoh Sehat");
    first.press("y enter").sees("dari 4");
    second.press("y").sees("Ditolak").press("enter").sees("dari 4").sees("siap voucher 4");
}

#[test]
fn ascii_means_ascii_on_every_pane() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::looking(folder.path(), santun::tui::theme::Glyphs::Ascii, ThemeName::Mono);
    for keys in ["", "enter", "esc f2", "v", "esc f3", "f4", "f4 c", "f1 a", "esc ?", "esc F", "esc u"] {
        clerk.press(keys);
        let screen = clerk.screen();
        assert!(screen.is_ascii(), "{keys}: {screen}");
    }
}

#[test]
fn too_small_a_window_says_how_large_it_must_be() {
    let folder = store_to_pay();
    let mut clerk = RealClerk::new(folder.path());
    for (width, said) in [(60, "paling sedikit 40×8"), (30, "perlu 40×8"), (12, "perlu 40×8")] {
        clerk.send(Msg::Resize { width, height: 6 });
        clerk.sees(said);
    }
}
