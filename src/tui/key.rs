//! Keys as we see them: one type, and a text form ("ctrl-s", "j", "enter") shared by the keymap, the help,
//! the generated key table, the config file and the key-script tests.

use std::fmt;
use std::str::FromStr;

/// What one read of the keyboard meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// One key.
    Key(Key),
    /// Text from the clipboard, whole, however slowly it came; no control characters but line ends.
    Paste(String),
}

/// What the mouse did, when it is listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub what: MouseAct,
    /// The column it was at, from 0.
    pub column: u16,
    /// The row it was at, from 0.
    pub row: u16,
}

/// What a mouse does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAct {
    /// The left button went down.
    Click,
    /// The wheel was turned away from the person.
    WheelUp,
    /// The wheel was turned towards the person.
    WheelDown,
}

/// The key itself, without what was held down with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyCode {
    /// A character as typed: `G` is shift and g.
    Char(char),
    /// Enter, also of the number block.
    Enter,
    /// Escape.
    Esc,
    /// Tab; with `shift` it goes back.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, from 1.
    F(u8),
}

/// What was held down with a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Held {
    /// Nothing (the shift of a capital letter is in the letter).
    #[default]
    None,
    /// Shift, for keys that are not characters.
    Shift,
    /// Control.
    Ctrl,
}

/// A key with what was held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// What was held.
    pub held: Held,
}

impl Key {
    /// A key with nothing held.
    pub const fn plain(code: KeyCode) -> Self {
        Key { code, held: Held::None }
    }

    /// A character key.
    pub const fn char(letter: char) -> Self {
        Key::plain(KeyCode::Char(letter))
    }

    /// A letter with control.
    pub const fn ctrl(letter: char) -> Self {
        Key { code: KeyCode::Char(letter), held: Held::Ctrl }
    }

    /// A key with shift.
    pub const fn shift(code: KeyCode) -> Self {
        Key { code, held: Held::Shift }
    }

    /// The character that this key types into a text field, if it types one.
    pub fn typed(self) -> Option<char> {
        match (self.code, self.held) {
            (KeyCode::Char(letter), Held::None) => Some(letter),
            _ => None,
        }
    }
}

/// Names of keys that are not characters; the first name of a key is the one we print.
const NAMES: &[(&str, KeyCode)] = &[
    ("space", KeyCode::Char(' ')),
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("del", KeyCode::Delete),
    ("ins", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.held {
            Held::None => {}
            Held::Shift => f.write_str("shift-")?,
            Held::Ctrl => f.write_str("ctrl-")?,
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::F(number) => write!(f, "f{number}"),
            KeyCode::Char(letter) => write!(f, "{letter}"),
            other => unreachable!("every key that is no character has a name: {other:?}"),
        }
    }
}

/// A text that names no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no key is called `{0}`")]
pub struct UnknownKey(pub String);

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let unknown = || UnknownKey(text.to_owned());
        let (held, name) = if let Some(rest) = text.strip_prefix("ctrl-") {
            (Held::Ctrl, rest)
        } else if let Some(rest) = text.strip_prefix("shift-") {
            (Held::Shift, rest)
        } else {
            (Held::None, text)
        };
        let code = key_code(name).ok_or_else(unknown)?;
        match (held, code) {
            (Held::Shift, KeyCode::Char(_)) => Err(unknown()),
            _ => Ok(Key { code, held }),
        }
    }
}

fn key_code(name: &str) -> Option<KeyCode> {
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(*code);
    }
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if !letter.is_control() => Some(KeyCode::Char(letter)),
        (Some('f'), Some(_)) => {
            let number: u8 = name[1..].parse().ok()?;
            (1..=12).contains(&number).then_some(KeyCode::F(number))
        }
        _ => None,
    }
}
