//! Something to read until a key says it was read: an error with its next step, or codes to write on the bundle.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::scroll::Scroll;
use super::{PopupEvent, Reply};
use crate::base::safe;
use crate::tui::effect::ToWrite;
use crate::tui::key::{Input, Key};
use crate::tui::keymap::{Action, Context, Keymap};
use crate::tui::paint::{centred, clip, frame, put, put_right, width, wrap};
use crate::tui::screen::Look;
use crate::tui::theme::{Privacy, Tone};

/// The popup.
#[derive(Clone, Debug)]
pub struct Message {
    title: String,
    text: String,
    codes: Vec<ToWrite>,
    tone: Tone,
    scroll: Scroll,
}

const WIDTH: u16 = 76;

/// One line of the text.
struct Said {
    text: String,
    tone: Tone,
    is_personal: bool,
}

impl Message {
    /// A sentence or a few, made safe for the terminal.
    pub fn new(title: String, text: &str, tone: Tone) -> Self {
        let text = safe::terminal_lines(text).into_owned();
        Message { title, text, codes: Vec::new(), tone, scroll: Scroll::default() }
    }

    /// Codes shown large, each with its bundle, and what to do with them. Only for codes that are safe on disk.
    pub fn codes(title: String, codes: Vec<ToWrite>, text: &str) -> Self {
        Message { codes, ..Message::new(title, text, Tone::Plain) }
    }

    /// Only Enter, Esc and space close it, and only when its end is seen: a key typed ahead must not wipe a code that
    /// nobody has read. Before the end they go on by a page.
    pub(super) fn input(&mut self, input: &Input, keymap: &Keymap, area: Rect) -> PopupEvent {
        let Input::Key(key) = input else { return PopupEvent::Stays };
        let (lines, height) = self.lines(area);
        let action = keymap.action(Context::Popup, *key);
        let is_read = matches!(action, Some(Action::Accept | Action::Close)) || *key == Key::char(' ');
        match action {
            _ if is_read && self.scroll.is_at_end(lines.len(), height) => {
                return PopupEvent::Reply(Reply::Dismissed { tag: "message".to_owned() });
            }
            _ if is_read => self.scroll.act(Action::PopupPageDown, lines.len(), height),
            Some(action) => self.scroll.act(action, lines.len(), height),
            None => {}
        }
        PopupEvent::Stays
    }

    /// The lines as they are broken in a window, and how many of them are seen. Each code stands on a line of its own,
    /// its characters apart, above whose it is.
    fn lines(&self, area: Rect) -> (Vec<Said>, usize) {
        let room = WIDTH.min(area.width).saturating_sub(4);
        let said = |text: String, tone| Said { text, tone, is_personal: false };
        let mut lines = Vec::new();
        for to_write in &self.codes {
            let spaced: String = to_write.code.chars().flat_map(|letter| [letter, ' ']).collect();
            let fits = width(spaced.trim_end()) <= room;
            let code = if fits { spaced.trim_end().to_owned() } else { to_write.code.clone() };
            let has_code = !code.is_empty();
            lines.extend(has_code.then(|| said(code, Tone::Heading)));
            if !to_write.whose.is_empty() || !to_write.amount.is_empty() {
                let whose = format!("{}  {}", to_write.amount, safe::terminal(&to_write.whose));
                let tone = if has_code { Tone::Plain } else { Tone::Bad };
                lines.push(Said { is_personal: true, ..said(whose.trim().to_owned(), tone) });
            }
            lines.push(said(String::new(), Tone::Plain));
        }
        lines.extend(wrap(&self.text, room).into_iter().map(|line| said(line, self.tone)));
        let n_lines = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let height = centred(area, WIDTH, n_lines.saturating_add(4)).height.saturating_sub(4);
        (lines, usize::from(height))
    }

    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        let (lines, height) = self.lines(area);
        let box_height = u16::try_from(height).unwrap_or(u16::MAX).saturating_add(4);
        let inner = frame(buffer, centred(area, WIDTH, box_height), &self.title, look);
        let text_height = usize::from(inner.height.saturating_sub(2));
        let top = self.scroll.top(lines.len(), height);
        for (row, line) in lines.iter().skip(top).take(text_height).enumerate() {
            let y = inner.y + u16::try_from(row).unwrap_or(0);
            let is_hidden = line.is_personal && look.privacy == Privacy::Guest;
            let text = if is_hidden { look.glyphs.hidden() } else { &line.text };
            let text = clip(text, inner.width, look.glyphs.ellipsis());
            put(buffer, inner, inner.x, y, &text, look.theme.tone(line.tone));
        }
        let foot = inner.bottom().saturating_sub(1);
        let is_at_end = self.scroll.is_at_end(lines.len(), height);
        let (action, said) = if is_at_end {
            (Action::Accept, "tui-message-read")
        } else {
            (Action::PopupPageDown, "tui-message-more")
        };
        let key = look.keymap.key(Context::Popup, action).map(|key| key.to_string()).unwrap_or_default();
        let x = put(buffer, inner, inner.x, foot, &format!("{key} "), look.theme.accent);
        put(buffer, inner, x, foot, &look.words.text(said), look.theme.dim);
        if let Some(sign) = self.scroll.sign(lines.len(), height, look) {
            put_right(buffer, inner, foot, &sign, look.theme.accent);
        }
        None
    }
}
