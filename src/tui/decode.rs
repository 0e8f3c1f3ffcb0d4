//! Bytes of a terminal → keys and pastes. Pure: the input thread feeds it and tells it when it waited long enough.
//!
//! Over SSH one arrow key can arrive as Esc, `[`, `A` in three reads, and so can the brackets around a paste. Bytes
//! that may still become a sequence stay here until they do, or until the wait is over: then a lone Esc is the key
//! Esc and a torn sequence is dropped, because typing its tail as commands would be worse than losing one key.

use std::time::Duration;

use super::key::{Held, Input, Key, KeyCode, Mouse, MouseAct};

const ESC: u8 = 0x1b;
const PASTE_END: &[u8] = b"\x1b[201~";

/// A paste may pause for long on a slow line; this much silence means that its end was lost.
const PASTE_SILENCE: Duration = Duration::from_secs(2);

/// No sequence of a keyboard is longer; what is, is noise.
const LONGEST_SEQUENCE_BYTES: usize = 32;

/// What the bytes meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The keyboard or the clipboard.
    Input(Input),
    /// The mouse.
    Mouse(Mouse),
}

/// Puts the bytes of a terminal together.
#[derive(Debug)]
pub struct Decoder {
    waiting: Vec<u8>,
    paste: Option<Vec<u8>>,
    escape_wait: Duration,
}

/// What the head of the waiting bytes is.
enum Head {
    /// Not whole yet.
    Partial,
    /// This many bytes, and what they mean (nothing for sequences we do not know).
    Whole(usize, Option<Key>),
    /// This many bytes, and what the mouse did (nothing for what we do not use it for).
    Mouse(usize, Option<Mouse>),
    /// The bracket before a paste, this many bytes.
    PasteStart(usize),
}

impl Decoder {
    /// A decoder that takes a lone Esc for the key after `escape_wait` (25 ms; 100 ms under SSH).
    pub fn new(escape_wait: Duration) -> Self {
        Decoder { waiting: Vec::new(), paste: None, escape_wait }
    }

    /// Takes in what one read gave.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Heard> {
        self.waiting.extend_from_slice(bytes);
        let mut inputs = Vec::new();
        loop {
            if self.paste.is_some() {
                match self.paste_step() {
                    Some(input) => inputs.push(Heard::Input(input)),
                    None => return inputs,
                }
            }
            if self.waiting.is_empty() {
                return inputs;
            }
            match head(&self.waiting) {
                Head::Partial => return inputs,
                Head::PasteStart(n_bytes) => {
                    self.waiting.drain(..n_bytes);
                    self.paste = Some(Vec::new());
                }
                Head::Whole(n_bytes, key) => {
                    self.waiting.drain(..n_bytes);
                    inputs.extend(key.map(|key| Heard::Input(Input::Key(key))));
                }
                Head::Mouse(n_bytes, mouse) => {
                    self.waiting.drain(..n_bytes);
                    inputs.extend(mouse.map(Heard::Mouse));
                }
            }
        }
    }

    /// How long to wait for more bytes before [`Decoder::expire`]; `None`: nothing is half-read, wait for ever.
    pub fn patience(&self) -> Option<Duration> {
        if self.paste.is_some() {
            Some(PASTE_SILENCE)
        } else if self.waiting.is_empty() {
            None
        } else {
            Some(self.escape_wait)
        }
    }

    /// Says that the wait is over.
    pub fn expire(&mut self) -> Vec<Heard> {
        if let Some(mut text) = self.paste.take() {
            text.append(&mut self.waiting);
            return vec![Heard::Input(Input::Paste(paste_text(&text)))];
        }
        let bytes = std::mem::take(&mut self.waiting);
        if bytes == [ESC] { vec![Heard::Input(Input::Key(Key::plain(KeyCode::Esc)))] } else { Vec::new() }
    }

    /// Moves waiting bytes into the open paste; gives the paste when its end is there.
    fn paste_step(&mut self) -> Option<Input> {
        let text = self.paste.as_mut()?;
        text.append(&mut self.waiting);
        let end = text.windows(PASTE_END.len()).position(|window| window == PASTE_END)?;
        self.waiting = text.split_off(end + PASTE_END.len());
        text.truncate(end);
        let pasted = paste_text(text);
        self.paste = None;
        Some(Input::Paste(pasted))
    }
}

/// Clipboard text is hostile text: only printable characters and line ends stay.
fn paste_text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

fn head(bytes: &[u8]) -> Head {
    match bytes[0] {
        ESC => escape(bytes),
        b'\r' => Head::Whole(1, Some(Key::plain(KeyCode::Enter))),
        b'\t' => Head::Whole(1, Some(Key::plain(KeyCode::Tab))),
        0x7f | 0x08 => Head::Whole(1, Some(Key::plain(KeyCode::Backspace))),
        0 => Head::Whole(1, Some(Key::ctrl(' '))),
        byte @ 1..=26 => Head::Whole(1, Some(Key::ctrl(char::from(byte - 1 + b'a')))),
        // Ctrl and `_`; terminals send the same for ctrl and `/`.
        0x1f => Head::Whole(1, Some(Key::ctrl('_'))),
        0x1c..=0x1e => Head::Whole(1, None),
        _ => character(bytes),
    }
}

/// A character of one to four bytes; a broken one is dropped byte by byte.
fn character(bytes: &[u8]) -> Head {
    let n_bytes = match bytes[0] {
        0x00..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Head::Whole(1, None),
    };
    let given = &bytes[..n_bytes.min(bytes.len())];
    match std::str::from_utf8(given) {
        Ok(text) => {
            let letter = text.chars().next().filter(|c| !c.is_control());
            Head::Whole(n_bytes, letter.map(Key::char))
        }
        Err(error) if error.error_len().is_none() && bytes.len() < n_bytes => Head::Partial,
        Err(_) => Head::Whole(1, None),
    }
}

/// Esc and what follows it. Esc with a plain character is two keys: nothing here is bound to alt, and over a slow
/// line a quick "esc j" looks just the same.
fn escape(bytes: &[u8]) -> Head {
    match bytes.get(1) {
        None => Head::Partial,
        Some(b'[') => control_sequence(bytes),
        Some(b'O') => match bytes.get(2) {
            None => Head::Partial,
            Some(byte) => Head::Whole(3, letter_key(*byte)),
        },
        Some(_) => Head::Whole(1, Some(Key::plain(KeyCode::Esc))),
    }
}

/// `ESC [ parameters final`, and the Linux console's `ESC [ [ A` for F1.
fn control_sequence(bytes: &[u8]) -> Head {
    if bytes.get(2) == Some(&b'[') {
        return match bytes.get(3) {
            None => Head::Partial,
            Some(byte @ b'A'..=b'E') => Head::Whole(4, Some(Key::plain(KeyCode::F(byte - b'A' + 1)))),
            Some(_) => Head::Whole(4, None),
        };
    }
    let body = &bytes[2..];
    let Some(end) = body.iter().position(|byte| !(0x20..=0x3f).contains(byte)) else {
        let torn = body.len() > LONGEST_SEQUENCE_BYTES;
        return if torn { Head::Whole(bytes.len(), None) } else { Head::Partial };
    };
    let n_bytes = end + 3;
    if !(0x40..=0x7e).contains(&body[end]) {
        // Not a final byte: the sequence was cut off and something else begins here.
        return Head::Whole(n_bytes - 1, None);
    }
    let numbers: Vec<u16> = std::str::from_utf8(&body[..end])
        .unwrap_or_default()
        .split(';')
        .map(|number| number.parse().unwrap_or(0))
        .collect();
    if body[0] == b'<' {
        return Head::Mouse(n_bytes, mouse(&body[1..end], body[end]));
    }
    let first = numbers.first().copied().unwrap_or(0);
    let key = match body[end] {
        b'~' if first == 200 => return Head::PasteStart(n_bytes),
        b'~' => numbered_key(first),
        b'Z' => return Head::Whole(n_bytes, Some(Key::shift(KeyCode::Tab))),
        byte => letter_key(byte),
    };
    let held = held(numbers.get(1).copied().unwrap_or(1));
    Head::Whole(n_bytes, key.map(|key| Key { code: key.code, held }))
}

/// `button ; column ; row` and `M` for down; what is held beside it does not matter to us.
fn mouse(parameters: &[u8], last: u8) -> Option<Mouse> {
    const HELD: u16 = 4 + 8 + 16;
    let parameters = std::str::from_utf8(parameters).ok()?;
    let mut numbers = parameters.split(';').map(|number| number.parse::<u16>().ok());
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let what = match (button & !HELD, last) {
        (0, b'M') => MouseAct::Click,
        (64, b'M') => MouseAct::WheelUp,
        (65, b'M') => MouseAct::WheelDown,
        _ => return None,
    };
    Some(Mouse { what, column: column.checked_sub(1)?, row: row.checked_sub(1)? })
}

/// xterm sends 1 + the sum of shift 1, alt 2, control 4; alt alone is nothing to us.
fn held(parameter: u16) -> Held {
    match parameter.saturating_sub(1) {
        bits if bits & 4 != 0 => Held::Ctrl,
        bits if bits & 1 != 0 => Held::Shift,
        _ => Held::None,
    }
}

fn letter_key(byte: u8) -> Option<Key> {
    let code = match byte {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(byte - b'P' + 1),
        _ => return None,
    };
    Some(Key::plain(code))
}

fn numbered_key(number: u16) -> Option<Key> {
    let code = match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11 => KeyCode::F(1),
        12 => KeyCode::F(2),
        13 => KeyCode::F(3),
        14 => KeyCode::F(4),
        15 => KeyCode::F(5),
        17 => KeyCode::F(6),
        18 => KeyCode::F(7),
        19 => KeyCode::F(8),
        20 => KeyCode::F(9),
        21 => KeyCode::F(10),
        23 => KeyCode::F(11),
        24 => KeyCode::F(12),
        _ => return None,
    };
    Some(Key::plain(code))
}
