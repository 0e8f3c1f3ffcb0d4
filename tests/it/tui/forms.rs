//! The form engine.

use santun::tui::forms::{Choice, Form, FormEvent, Saving};
use santun::tui::key::Input;
use santun::tui::keymap::{Action, Context, Keymap};
use santun::words::Words;

use super::desk::{claim_form, inputs};

/// Presses keys as the app does; the last event.
fn press(form: &mut Form, script: &str) -> FormEvent {
    let (keymap, words) = (Keymap::default(), Words::default());
    let mut last = FormEvent::Ignored;
    for input in inputs(script) {
        last = form.input(&input);
        if let (FormEvent::Ignored, Input::Key(key)) = (&last, &input)
            && let Some(action) = keymap.action(Context::Form, *key)
        {
            last = form.act(action, &words);
        }
    }
    last
}

fn form() -> Form {
    claim_form(&Words::default())
}

#[test]
fn typing_tab_and_save() {
    let mut form = form();
    assert!(!form.is_dirty());
    assert_eq!(press(&mut form, "'Siti Aminah'"), FormEvent::Changed { suggest: None });
    assert!(form.is_dirty());
    press(&mut form, "tab '3/4' enter");
    assert_eq!(form.value("event_date"), "03/04/2026");
    press(&mut form, "tab 'cac' tab");
    assert_eq!(form.value("outcome"), "CACAT_TOTAL");
    assert_eq!(press(&mut form, "ctrl-s"), FormEvent::Save(Saving::Next));
    assert_eq!(press(&mut form, "ctrl-x"), FormEvent::Save(Saving::Close));
}

#[test]
fn what_is_wrong_is_said_at_its_field() {
    let mut form = form();
    press(&mut form, "'Siti' tab 'kapan' tab");
    assert_eq!(form.focused().name, "company", "a wrong date holds nobody back");
    assert_eq!(press(&mut form, "ctrl-s"), FormEvent::NotReady);
    assert_eq!(form.focused().name, "event_date");
    assert!(form.focused().error.is_some());
    press(&mut form, "ctrl-u '.'");
    assert!(form.focused().error.is_none(), "typing takes the message away");
    assert_eq!(press(&mut form, "ctrl-s"), FormEvent::NotReady);
    assert_eq!(form.focused().name, "outcome", "a required field is empty");
}

#[test]
fn a_choice_is_found_by_typing_and_by_arrows() {
    let table = [
        ("'ber' tab", "BEROBAT"),
        ("'total' tab", "CACAT_TOTAL"),
        ("'b' down tab", "SEMBUH"),
        ("'b' down down up tab", "BEROBAT"),
        ("space down down tab", "CACAT_TOTAL"),
        ("'ber' tab shift-tab ctrl-u 'sem' tab", "SEMBUH"),
    ];
    for (keys, expected) in table {
        let mut form = form();
        form.focus_on("outcome");
        press(&mut form, keys);
        assert_eq!(form.value("outcome"), expected, "{keys}");
    }
    let mut form = form();
    form.focus_on("outcome");
    press(&mut form, "'xyz' tab shift-tab");
    assert!(form.focused().error.is_some());
}

#[test]
fn yes_or_no() {
    let mut form = form();
    form.focus_on("traffic");
    press(&mut form, "space");
    assert_eq!(form.value("traffic"), "yes");
    press(&mut form, "space");
    assert_eq!(form.value("traffic"), "no");
    press(&mut form, "ctrl-u 'y' tab");
    assert_eq!(form.value("traffic"), "yes");
}

#[test]
fn suggestions_count_only_for_what_is_still_typed() {
    let mut form = form();
    form.focus_on("company");
    let asked = press(&mut form, "'sem'");
    assert_eq!(asked, FormEvent::Changed { suggest: Some(("company".into(), "sem".into())) });
    press(&mut form, "'e'");
    form.suggested("company", "sem", vec![Choice::new("NPP9", "PT Lain")]);
    assert_eq!(form.value("company"), "seme");
    form.suggested("company", "seme", vec![Choice::new("NPP1", "PT Contoh Semen")]);
    press(&mut form, "tab");
    assert_eq!(form.value("company"), "NPP1");
    let mut other = self::form();
    other.focus_on("company");
    press(&mut other, "'CV Baru' tab");
    assert_eq!(other.value("company"), "CV Baru", "what nobody suggested stands as typed");
}

#[test]
fn the_next_form_keeps_what_stays() {
    let mut form = form();
    press(&mut form, "'Siti' tab '.' tab 'CV Baru' tab 'ber' tab");
    form.begin_next();
    assert!(!form.is_dirty());
    let kept: Vec<_> = form.values().into_iter().filter(|(_, value)| !value.is_empty()).collect();
    assert_eq!(kept, [("event_date".into(), "30/10/2026".into()), ("company".into(), "CV Baru".into())]);
    assert_eq!(form.focused().name, "worker");
}

#[test]
fn a_draft_comes_back_as_it_was() {
    let mut form = form();
    press(&mut form, "'Siti' tab '.' tab tab 'ber' tab space");
    let draft = form.draft();
    let mut again = self::form();
    again.fill(&draft.values);
    assert_eq!(again.draft(), draft);
    assert!(again.is_dirty());
    let mut prefilled = self::form();
    prefilled.prefill(&draft.values);
    assert!(!prefilled.is_dirty());
}

#[test]
fn hostile_text_does_not_enter() {
    let mut form = form();
    form.input(&Input::Paste("Si\u{202e}ti\nA\u{7}\u{1b}[31m".into()));
    assert_eq!(form.value("worker"), "Siti A[31m");
}

#[test]
fn a_refusal_goes_to_its_field() {
    let mut form = form();
    assert!(form.refuse("company", "Perusahaan ini tidak dikenal.".into()));
    assert_eq!(form.focused().name, "company");
    assert!(!form.refuse("nothing", String::new()));
    assert_eq!(form.act(Action::Down, &Words::default()), FormEvent::Ignored);
}

#[test]
fn typing_is_taken_back_word_by_word() {
    // Keys, and the text of the field after them.
    let table = [
        ("'Siti Aminah' ctrl-_", "Siti "),
        ("'Siti Aminah' ctrl-_ ctrl-_", ""),
        ("'Siti Aminah' ctrl-_ ctrl-_ ctrl-_", ""),
        ("'Siti Aminah' ctrl-_ ctrl-_ ctrl-y", "Siti "),
        ("'Siti Aminah' ctrl-_ ctrl-_ ctrl-y ctrl-y ctrl-y", "Siti Aminah"),
        ("'Siti Aminah' ctrl-_ 'x' ctrl-y", "Siti x"),
        ("'Siti' backspace backspace ctrl-_", "Siti"),
        ("'Siti' backspace 'a' ctrl-_ ctrl-_", "Siti"),
        ("'Siti' left left 'XY' ctrl-_", "Siti"),
        ("'Siti' ctrl-u ctrl-_", "Siti"),
        ("'Siti' ctrl-w 'Budi' ctrl-_ ctrl-_", "Siti"),
        ("'Siti Aminah' tab shift-tab 'Budi' ctrl-_", "Siti Aminah"),
        ("'Siti Aminah' tab shift-tab backspace ctrl-_", "Siti Aminah"),
    ];
    for (keys, expected) in table {
        let mut form = form();
        press(&mut form, keys);
        assert_eq!(form.focused().typed(), expected, "{keys}");
    }
    let mut form = form();
    press(&mut form, "tab '3/4' tab shift-tab ctrl-_");
    assert_eq!(form.focused().typed(), "3/4", "as it was typed, before it was put in order");
}

#[test]
fn what_stands_in_a_field_is_replaced_by_typing_and_kept_by_the_arrows() {
    let table = [
        ("'Budi'", "Budi"),
        ("left 'x'", "Siti Aminaxh"),
        ("end 'x'", "Siti Aminahx"),
        ("home 'x'", "xSiti Aminah"),
        ("backspace", ""),
        ("del", ""),
        ("ctrl-a 'x'", "xSiti Aminah"),
        ("paste'Budi'", "Budi"),
    ];
    for (keys, expected) in table {
        let mut form = form();
        form.prefill(&[("worker".into(), "Siti Aminah".into())]);
        press(&mut form, "tab shift-tab");
        assert!(form.focused().is_selected());
        press(&mut form, keys);
        assert_eq!(form.focused().typed(), expected, "{keys}");
        assert!(!form.focused().is_selected(), "{keys}");
    }
}

#[test]
fn a_choice_is_found_by_its_letters_but_taken_only_at_its_word() {
    // Keys, what the list shows first, and the value when the field is left; `!`: it is asked back.
    let table = [
        ("'brb'", "berobat", "!"),
        ("'brb' down", "berobat", "BEROBAT"),
        ("'ctl'", "cacat total", "!"),
        ("'ber'", "berobat", "BEROBAT"),
        ("'to'", "cacat total", "CACAT_TOTAL"),
    ];
    for (keys, first, value) in table {
        let mut form = form();
        form.focus_on("outcome");
        press(&mut form, keys);
        let shown = form.focused().open_choices().map(|(choices, _)| choices[0].label.clone());
        assert_eq!(shown.as_deref(), Some(first), "{keys}");
        press(&mut form, "tab shift-tab");
        let left = if form.focused().error.is_some() { "!".to_owned() } else { form.value("outcome") };
        assert_eq!(left, value, "{keys}");
    }
}
