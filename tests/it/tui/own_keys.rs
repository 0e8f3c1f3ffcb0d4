//! Keys of the config file: in force whole, or not at all.

use std::collections::BTreeMap;

use santun::desk::config::{Flags, KeySetting, Place};
use santun::desk::{Config, config::Fault};
use santun::tui::key::Key;
use santun::tui::keymap::{Action, Context, Keymap, key_faults, key_rows};

/// Actions and the keys that the file gives them.
type Keys<'a> = &'a [(&'a str, &'a [&'a str])];

/// A config with these keys.
fn config(keys: Keys<'_>) -> Config {
    let mut config = Config::read(&Flags::default()).expect("no clock is set");
    config.faults.clear();
    let setting = |keys: &[&str]| KeySetting {
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        place: Place::File { path: "config.toml".into(), line: 1, column: 1 },
    };
    config.keys =
        keys.iter().map(|(action, keys)| ((*action).to_owned(), setting(keys))).collect::<BTreeMap<_, _>>();
    config
}

fn key(text: &str) -> Key {
    text.parse().expect("a key")
}

#[test]
fn own_keys_are_in_force_and_an_empty_list_takes_them_away() {
    let config = config(&[("quit", &["ctrl-x"]), ("export", &[])]);
    let keymap = Keymap::of_config(&config);
    assert_eq!(keymap.action(Context::Global, key("ctrl-x")), Some(Action::Quit));
    assert!(keymap.key(Context::Global, Action::Quit) == Some(key("ctrl-x")), "the old key is gone");
    assert_eq!(keymap.keys_text(Context::List, Action::Export), "");
    assert!(key_faults(&config).is_empty());
    let rows = key_rows(&config);
    let export = rows.iter().find(|row| row.name == "export").expect("it is listed");
    assert!(export.keys.is_empty());
}

/// Keys, and the sentence's key of what is wrong.
#[test]
fn one_fault_and_all_keys_are_the_usual_ones() {
    let cases: &[(Keys<'_>, &str)] = &[
        (&[("quit", &["ctrl-x"]), ("eksport", &["e"])], "config-no-action"),
        (&[("quit", &["ctrl-x"]), ("export", &["hyper-e"])], "config-no-key"),
        (&[("quit", &["ctrl-x"]), ("help", &["ctrl-x"])], "config-key-twice"),
    ];
    for (keys, wrong) in cases {
        let config = config(keys);
        let faults: Vec<Fault> = key_faults(&config);
        assert_eq!(faults.iter().map(|fault| fault.key).collect::<Vec<_>>(), [*wrong]);
        let keymap = Keymap::of_config(&config);
        assert_eq!(keymap.action(Context::Global, key("ctrl-x")), None, "{keys:?}");
        assert_eq!(
            keymap.key(Context::Global, Action::Quit),
            Keymap::default().key(Context::Global, Action::Quit)
        );
    }
}
