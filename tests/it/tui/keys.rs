//! Text forms of keys.

use santun::tui::key::{Key, KeyCode};

#[test]
fn every_text_reads_back() {
    let table = [
        ("j", Key::char('j')),
        ("G", Key::char('G')),
        ("?", Key::char('?')),
        ("-", Key::char('-')),
        ("f", Key::char('f')),
        ("space", Key::char(' ')),
        ("ctrl-s", Key::ctrl('s')),
        ("ctrl-space", Key::ctrl(' ')),
        ("enter", Key::plain(KeyCode::Enter)),
        ("f1", Key::plain(KeyCode::F(1))),
        ("f12", Key::plain(KeyCode::F(12))),
        ("shift-tab", Key::shift(KeyCode::Tab)),
        ("pgdn", Key::plain(KeyCode::PageDown)),
        ("é", Key::char('é')),
    ];
    for (text, key) in table {
        assert_eq!(text.parse(), Ok(key), "{text}");
        assert_eq!(key.to_string(), text);
    }
}

#[test]
fn what_names_no_key_is_refused() {
    for text in ["", "f0", "f13", "shift-a", "ctrl-", "jk", "escape", "fn", "\u{1b}"] {
        assert!(text.parse::<Key>().is_err(), "{text:?}");
    }
}
