//! The table of keys.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use santun::tui::key::Key;
use santun::tui::keymap::{Action, Context, Keymap, KeymapError, TABLE, keys_markdown};
use santun::words::{Lang, Words};

#[test]
fn keys_page() {
    let page = keys_markdown(&Words::new(Lang::Id), &Words::new(Lang::En));
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    super::snapshot::check_file(path, &page, "UPDATE_DOCS");
}

#[test]
fn every_action_has_a_key_a_name_and_words() {
    let words = [Words::new(Lang::Id), Words::new(Lang::En)];
    let mut names = BTreeSet::new();
    for action in Action::ALL {
        assert!(names.insert(action.name()), "{action:?} shares its name");
        assert!(TABLE.iter().any(|row| row.action == *action), "{action:?} has no key");
        for words in &words {
            assert_ne!(words.text(action.words_key()), action.words_key(), "{action:?} has no words");
        }
    }
}

#[test]
fn esc_never_quits_and_letters_of_a_form_are_letters() {
    let keymap = Keymap::default();
    let esc: Key = "esc".parse().expect("a key");
    for context in Context::ALL {
        assert_ne!(keymap.action(context, esc), Some(Action::Quit), "{context:?}");
    }
    let letters: Vec<_> = TABLE
        .iter()
        .filter(|row| row.context == Context::Form)
        .flat_map(|row| row.keys)
        .filter(|key| key.parse::<Key>().expect("a key").typed().is_some())
        .collect();
    assert!(letters.is_empty(), "{letters:?}");
}

#[test]
fn the_config_changes_keys() {
    let change = |name: &str, keys: &[&str]| {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        Keymap::with(&BTreeMap::from([(name.to_owned(), keys)]))
    };
    let keymap = change("void", &["ctrl-v", "D"]).expect("free keys");
    assert_eq!(keymap.action(Context::Voucher, Key::ctrl('v')), Some(Action::Void));
    assert_eq!(keymap.action(Context::Voucher, Key::char('x')), None);
    assert_eq!(keymap.keys_text(Context::Voucher, Action::Void), "ctrl-v D");
    assert_eq!(change("fly", &["x"]).unwrap_err(), KeymapError::UnknownAction("fly".into()));
    assert!(matches!(change("void", &["hyper-x"]), Err(KeymapError::UnknownKey { .. })));
    assert!(matches!(change("void", &["b"]), Err(KeymapError::Twice { .. })));
}

#[test]
fn a_popup_hides_the_keys_below_it() {
    let keymap = Keymap::default();
    assert_eq!(keymap.action(Context::Popup, Key::char('q')), None);
    assert_eq!(keymap.action(Context::Report, Key::char('q')), Some(Action::Quit));
}
