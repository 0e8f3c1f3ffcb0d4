//! Taking the terminal over and giving it back.

use santun::tui::terminal::{Mouse, enter_sequence, leave_sequence};
use santun::tui::theme::ThemeName;

#[test]
fn what_was_taken_is_given_back() {
    let mut parser = vt100::Parser::new(5, 20, 0);
    parser.process(b"sebelum");
    parser.process(enter_sequence("santun", Mouse::On).as_bytes());
    parser.process(b"layar\x1b[31;1m");
    let taken = parser.screen();
    assert!(taken.alternate_screen() && taken.bracketed_paste() && taken.hide_cursor());
    assert_ne!(taken.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert!(!taken.contents().contains("sebelum"));
    parser.process(leave_sequence().as_bytes());
    let given = parser.screen();
    assert!(!given.alternate_screen() && !given.bracketed_paste() && !given.hide_cursor());
    assert!(!given.bold() && given.fgcolor() == vt100::Color::Default);
    assert_eq!(given.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert_eq!(given.contents(), "sebelum");
}

#[test]
fn the_mouse_is_the_terminals_own_unless_it_is_wanted() {
    assert!(!enter_sequence("santun", Mouse::Off).contains("?100"));
}

#[test]
fn a_title_cannot_steer_the_terminal() {
    let sequence = enter_sequence("a\x07\x1b]0;b\x1b\\c", Mouse::Off);
    assert!(sequence.contains("\x1b]0;a]0;b\\c\x07"), "{sequence:?}");
}

#[test]
fn themes_have_names() {
    for theme in ThemeName::ALL {
        assert_eq!(ThemeName::parse(theme.name()), Some(theme));
    }
    assert_eq!(ThemeName::parse("rainbow"), None);
}
