//! A question before what cannot be undone or touches more than one record.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{PopupEvent, Reply};
use crate::tui::key::{Input, Key};
use crate::tui::keymap::{Action, Context, Keymap};
use crate::tui::page::{Page, PageView};
use crate::tui::paint::{centred, frame, put};
use crate::tui::screen::Look;

/// The popup. The key that confirms differs from the one that asked, so that a key pressed twice confirms nothing.
#[derive(Clone, Debug)]
pub struct Confirm {
    tag: String,
    body: PageView,
    key: Key,
    yes: String,
}

/// The usual key for yes, and the one used where the action itself lies on that key.
const YES: Key = Key::char('y');
const OTHER_YES: Key = Key::char('Y');

impl Confirm {
    /// A question: `body` says what will happen, to what, with which sums; `yes` is the verb of the answer ("terbitkan").
    /// `asked_by` is the key that led here.
    pub fn new(tag: impl Into<String>, body: Page, yes: String, asked_by: Option<Key>) -> Self {
        let key = if asked_by == Some(YES) { OTHER_YES } else { YES };
        Confirm { tag: tag.into(), body: PageView::still(body), key, yes }
    }

    /// The key that confirms.
    pub fn key(&self) -> Key {
        self.key
    }

    pub(super) fn input(&mut self, input: &Input, keymap: &Keymap) -> PopupEvent {
        let Input::Key(key) = input else { return PopupEvent::Stays };
        if *key == self.key {
            return PopupEvent::Reply(Reply::Confirmed { tag: self.tag.clone() });
        }
        match keymap.action(Context::Popup, *key) {
            Some(Action::Close) => return PopupEvent::Reply(Reply::Dismissed { tag: self.tag.clone() }),
            Some(Action::PopupDown) => self.body.act(Action::Down),
            Some(Action::PopupUp) => self.body.act(Action::Up),
            Some(Action::PopupPageDown) => self.body.act(Action::PageDown),
            Some(Action::PopupPageUp) => self.body.act(Action::PageUp),
            _ => false,
        };
        PopupEvent::Stays
    }

    pub(super) fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        let n_lines = u16::try_from(self.body.page().lines.len()).unwrap_or(u16::MAX);
        let popup = centred(area, 76, n_lines.saturating_add(4).min(area.height));
        let inner = frame(buffer, popup, &self.body.page().title, look);
        let foot = inner.bottom().saturating_sub(1);
        let text_height = inner.height.saturating_sub(2);
        let mut body = self.body.clone();
        body.set_height(text_height);
        body.view(Rect { height: text_height, ..inner }, buffer, look);
        let x = put(buffer, inner, inner.x, foot, &format!("{} ", self.key), look.theme.accent);
        let x = put(buffer, inner, x, foot, &format!("{}   ", self.yes), look.theme.heading);
        let close =
            look.keymap.key(Context::Popup, Action::Close).map(|key| key.to_string()).unwrap_or_default();
        let x = put(buffer, inner, x, foot, &format!("{close} "), look.theme.accent);
        put(buffer, inner, x, foot, &look.words.text("tui-confirm-no"), look.theme.tone(Default::default()));
        None
    }
}
