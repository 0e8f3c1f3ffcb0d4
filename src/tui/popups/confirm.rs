//! A question before what cannot be undone or touches more than one record.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::scroll::Scroll;
use super::{PopupEvent, Reply};
use crate::tui::key::{Input, Key};
use crate::tui::keymap::{Action, Context, Keymap};
use crate::tui::page::{Page, PageView};
use crate::tui::paint::{centred, frame, put, put_right, width};
use crate::tui::screen::Look;

/// The popup. The key that confirms differs from the one that asked, so that a key pressed twice confirms nothing.
#[derive(Clone, Debug)]
pub struct Confirm {
    tag: String,
    body: Page,
    scroll: Scroll,
    key: Key,
    yes: String,
    no: Option<String>,
    others: Vec<(Key, String)>,
}

/// The usual key for yes, and the one used where the action itself lies on that key.
const YES: Key = Key::char('y');
const OTHER_YES: Key = Key::char('Y');

const WIDTH: u16 = 76;

impl Confirm {
    /// A question: `body` says what will happen, to what, with which sums; `yes` is the verb of the answer ("terbitkan").
    /// `asked_by` is the key that led here.
    pub fn new(tag: impl Into<String>, body: Page, yes: String, asked_by: Option<Key>) -> Self {
        let key = if asked_by == Some(YES) { OTHER_YES } else { YES };
        let scroll = Scroll::default();
        Confirm { tag: tag.into(), body, scroll, key, yes, no: None, others: Vec::new() }
    }

    /// What closing it means, where "cancel" would leave open what is cancelled.
    pub fn or_else(self, no: String) -> Self {
        Confirm { no: Some(no), ..self }
    }

    /// A further answer on a key of its own; it comes as [`Reply::Picked`] with its place among the further ones.
    pub fn or(mut self, key: Key, text: String) -> Self {
        self.others.push((key, text));
        self
    }

    /// The key that confirms.
    pub fn key(&self) -> Key {
        self.key
    }

    /// The body's lines as they are broken in a window, and how many of them are seen.
    fn lines(&self, area: Rect) -> (Page, usize) {
        let columns = WIDTH.min(area.width).saturating_sub(6);
        let page = self.body.wrapped(columns);
        let n_lines = u16::try_from(page.lines.len()).unwrap_or(u16::MAX);
        let height = centred(area, WIDTH, n_lines.saturating_add(4)).height.saturating_sub(4);
        (page, usize::from(height))
    }

    pub(super) fn input(&mut self, input: &Input, keymap: &Keymap, area: Rect) -> PopupEvent {
        let Input::Key(key) = input else { return PopupEvent::Stays };
        if *key == self.key {
            return PopupEvent::Reply(Reply::Confirmed { tag: self.tag.clone() });
        }
        if let Some(idx) = self.others.iter().position(|(other, _)| other == key) {
            return PopupEvent::Reply(Reply::Picked { tag: self.tag.clone(), idx });
        }
        match keymap.action(Context::Popup, *key) {
            Some(Action::Close) => PopupEvent::Reply(Reply::Dismissed { tag: self.tag.clone() }),
            Some(action) => {
                let (page, height) = self.lines(area);
                self.scroll.act(action, page.lines.len(), height);
                PopupEvent::Stays
            }
            None => PopupEvent::Stays,
        }
    }

    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        let (page, height) = self.lines(area);
        let n_lines = page.lines.len();
        let box_height = u16::try_from(height).unwrap_or(u16::MAX).saturating_add(4);
        let inner = frame(buffer, centred(area, WIDTH, box_height), &self.body.title, look);
        let text_height = inner.height.saturating_sub(2);
        let mut body = PageView::still_from(page, self.scroll.top(n_lines, height));
        body.set_height(text_height);
        body.view(Rect { height: text_height, ..inner }, buffer, look);
        if let Some(sign) = self.scroll.sign(n_lines, height, look) {
            put_right(buffer, inner, inner.bottom().saturating_sub(2), &sign, look.theme.accent);
        }
        self.view_keys(inner, buffer, look);
        None
    }

    fn view_keys(&self, inner: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let foot = inner.bottom().saturating_sub(1);
        let close =
            look.keymap.key(Context::Popup, Action::Close).map(|key| key.to_string()).unwrap_or_default();
        let no = self.no.clone().unwrap_or_else(|| look.words.text("tui-confirm-no"));
        let yes = (self.key.to_string(), self.yes.clone(), look.theme.heading);
        let plain = look.theme.tone(Default::default());
        let others = self.others.iter().map(|(key, text)| (key.to_string(), text.clone(), plain));
        let all: Vec<_> = std::iter::once(yes).chain(others).chain([(close, no, plain)]).collect();
        let cells: u16 = all.iter().map(|(key, text, _)| width(key) + width(text) + 1).sum();
        let n_gaps = u16::try_from(all.len() - 1).unwrap_or(1).max(1);
        let gap = (inner.width.saturating_sub(cells) / n_gaps).clamp(1, 3);
        let mut x = inner.x;
        for (key, text, style) in all {
            x = put(buffer, inner, x, foot, &format!("{key} "), look.theme.accent);
            x = put(buffer, inner, x, foot, &text, style).saturating_add(gap);
        }
    }
}
