//! Something to read until a key says it was read: an error with its next step, or codes to write on the bundle.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{PopupEvent, Reply};
use crate::base::safe;
use crate::tui::key::{Input, Key};
use crate::tui::keymap::{Action, Context, Keymap};
use crate::tui::paint::{centred, clip, frame, put, width, wrap};
use crate::tui::screen::Look;
use crate::tui::theme::Tone;

/// The popup.
#[derive(Clone, Debug)]
pub struct Message {
    title: String,
    text: String,
    codes: Vec<String>,
    tone: Tone,
    top: usize,
}

const WIDTH: u16 = 68;

impl Message {
    /// A sentence or a few, made safe for the terminal.
    pub fn new(title: String, text: &str, tone: Tone) -> Self {
        Message { title, text: safe::terminal_lines(text).into_owned(), codes: Vec::new(), tone, top: 0 }
    }

    /// Codes shown large, and what to do with them. Only for codes that are safe on disk.
    pub fn codes(title: String, codes: Vec<String>, text: &str) -> Self {
        Message { codes, ..Message::new(title, text, Tone::Plain) }
    }

    /// Only Enter, Esc and space close it: a key typed ahead must not wipe a code that nobody has read.
    pub(super) fn input(&mut self, input: &Input, keymap: &Keymap) -> PopupEvent {
        let Input::Key(key) = input else { return PopupEvent::Stays };
        match keymap.action(Context::Popup, *key) {
            Some(Action::Accept | Action::Close) => return self.closed(),
            Some(Action::PopupDown) => self.top += 1,
            Some(Action::PopupUp) => self.top = self.top.saturating_sub(1),
            _ if *key == Key::char(' ') => return self.closed(),
            _ => {}
        }
        self.top = self.top.min(self.lines(WIDTH).len().saturating_sub(1));
        PopupEvent::Stays
    }

    fn closed(&self) -> PopupEvent {
        PopupEvent::Reply(Reply::Dismissed { tag: "message".to_owned() })
    }

    /// Each code on a line of its own, its characters apart, a free line around it.
    fn lines(&self, room: u16) -> Vec<(String, Tone)> {
        let mut lines = Vec::new();
        for code in &self.codes {
            let spaced: String = code.chars().flat_map(|letter| [letter, ' ']).collect();
            let fits = width(spaced.trim_end()) <= room;
            lines.push((String::new(), Tone::Plain));
            lines.push((if fits { spaced.trim_end().to_owned() } else { code.clone() }, Tone::Heading));
        }
        if !self.codes.is_empty() {
            lines.push((String::new(), Tone::Plain));
        }
        lines.extend(wrap(&self.text, room).into_iter().map(|line| (line, self.tone)));
        lines
    }

    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        let room = WIDTH.min(area.width).saturating_sub(4);
        let lines = self.lines(room);
        let n_lines = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let popup = centred(area, WIDTH, n_lines.saturating_add(4));
        let inner = frame(buffer, popup, &self.title, look);
        let text_height = usize::from(inner.height.saturating_sub(2));
        let top = self.top.min(lines.len().saturating_sub(text_height));
        for (line, (text, tone)) in lines.iter().skip(top).take(text_height).enumerate() {
            let y = inner.y + u16::try_from(line).unwrap_or(0);
            put(
                buffer,
                inner,
                inner.x,
                y,
                &clip(text, inner.width, look.glyphs.ellipsis()),
                look.theme.tone(*tone),
            );
        }
        let foot = inner.bottom().saturating_sub(1);
        let accept =
            look.keymap.key(Context::Popup, Action::Accept).map(|key| key.to_string()).unwrap_or_default();
        let x = put(buffer, inner, inner.x, foot, &format!("{accept} "), look.theme.accent);
        put(buffer, inner, x, foot, &look.words.text("tui-message-read"), look.theme.dim);
        None
    }
}
