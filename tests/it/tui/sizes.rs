//! No size breaks anything.

use santun::tui::effect::Msg;
use santun::tui::theme::{Glyphs, ThemeName};

use super::desk::{Claims, Clerk, settings};
use super::hostile;
use super::places::PLACES;
use super::real::RealClerk;

const SIZES: [u16; 8] = [0, 1, 2, 7, 8, 39, 80, 200];

/// Every place of the engine: lists, pages, forms, and each popup over them.
const SCRIPTS: [&str; 14] = [
    "",
    "G m",
    "l l l",
    "/ 'semen'",
    "/ 'x = y'",
    "s",
    "?",
    ": 'a'",
    "enter ] j j",
    "a 'Siti' tab '3/4' tab 'm'",
    "a tab tab tab space",
    "a tab tab tab tab tab 'Catatan yang panjang sekali untuk beberapa baris'",
    "e",
    "a 'Siti' ctrl-q",
];

#[test]
fn every_screen_at_every_size() {
    for script in SCRIPTS {
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            let settings = santun::tui::app::AppSettings { glyphs, theme: ThemeName::Ansi16, ..settings() };
            let mut clerk = Clerk::with(settings, Claims::new(300), 80, 24);
            clerk.press(script);
            for width in SIZES {
                for height in SIZES {
                    clerk.send(Msg::Resize { width, height });
                    let (buffer, cursor) = clerk.buffer();
                    if let Some(cursor) = cursor {
                        assert!(buffer.area.contains(cursor), "{script}: {cursor:?} at {width}×{height}");
                    }
                    if width > 0 && height > 0 && (width < 40 || height < 8) {
                        assert!(
                            clerk.screen().starts_with("Je") || clerk.screen().starts_with("pe") || width < 3,
                            "{}",
                            clerk.screen()
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn keys_at_any_size_break_nothing() {
    for (width, height) in [(0, 0), (1, 1), (40, 8), (41, 9), (160, 8), (200, 200)] {
        let mut clerk = Clerk::at(width, height);
        clerk.press("j j G pgup pgdn m M l h / 'a' enter s enter ? esc : esc enter ] j esc a 'x' tab tab tab space esc");
        clerk.press("f2 f3 j ] f4 f1 e 'abc' esc 3 0");
        clerk.send(Msg::Resize { width: 80, height: 24 });
        assert!(clerk.screen().contains("▌ K26-"), "{width}×{height}: {}", clerk.screen());
    }
}

/// Each line of the table leads to a screen of its own, or it tests nothing.
#[test]
fn every_place_is_another_one() {
    let folder = hostile::store();
    let mut seen: std::collections::BTreeMap<String, &str> = std::collections::BTreeMap::new();
    for (name, keys) in PLACES {
        hostile::without_drafts(folder.path());
        let mut clerk = RealClerk::new(folder.path());
        clerk.press(keys);
        if let Some(other) = seen.insert(clerk.screen(), name) {
            panic!("{name} and {other} are one screen:\n{}", clerk.screen());
        }
    }
}

/// Every pane, form and popup of the real desk, with the widest and strangest texts in it; and keys in a window that has
/// just become too small, or large again.
#[test]
fn every_place_at_every_size() {
    let folder = hostile::store();
    for (name, keys) in PLACES {
        hostile::without_drafts(folder.path());
        let mut clerk = RealClerk::new(folder.path());
        clerk.press(keys);
        for (width, height) in [0, 1, 2, 39, 80, 200]
            .into_iter()
            .flat_map(|width| [0, 1, 2, 39, 80, 200].map(|height| (width, height)))
        {
            clerk.send(Msg::Resize { width, height });
            let (buffer, cursor) = clerk.buffer();
            let is_inside = cursor.is_none_or(|cursor| buffer.area.contains(cursor));
            assert!(is_inside, "{name}: {cursor:?} at {width}×{height}");
        }
        for (width, height) in [(39, 2), (200, 8), (0, 0), (80, 24)] {
            clerk.send(Msg::Resize { width, height });
            clerk.press("down up pgdn end home left");
            drop(clerk.buffer());
        }
    }
}
