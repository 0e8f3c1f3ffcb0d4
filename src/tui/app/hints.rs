//! The hint line: the keys that are worth most here. How to get help and how to quit are said at its end however narrow
//! the window is; of the others as many as have room, the most important first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::App;
use crate::tui::keymap::{Action, Context};
use crate::tui::paint::{put, width};
use crate::tui::screen::Look;

/// A key and what it does.
type Hint = (String, String);

/// Said on every screen that does not take letters.
const ALWAYS: [Action; 2] = [Action::Help, Action::Quit];
/// Between two hints.
const GAP: &str = "  ";

impl App {
    pub(super) fn view_hints(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let always = self.always(look);
        let (mut x, end) = (area.x + 1, area.right());
        let kept = always.iter().map(cells).fold(0, u16::saturating_add);
        for hint in self.hints(look).iter().filter(|hint| always.iter().all(|(key, _)| *key != hint.0)) {
            if x.saturating_add(cells(hint)).saturating_add(kept) > end.saturating_add(width(GAP)) {
                break;
            }
            x = put_hint(buffer, area, x, hint, look);
        }
        for hint in &always {
            if x.saturating_add(cells(hint)) > end.saturating_add(width(GAP)) {
                break;
            }
            x = put_hint(buffer, area, x, hint, look);
        }
    }

    /// Where letters are typed, or a popup is open, they mean something else.
    fn always(&self, look: &Look<'_>) -> Vec<Hint> {
        if self.overlay.is_some() || self.screen(self.focus()).is_typing() {
            return Vec::new();
        }
        look.hints_of(Context::Global, &ALWAYS).iter().map(short).collect()
    }

    /// The screen's own, or the most important of its place in the keymap that are possible now.
    fn hints(&self, look: &Look<'_>) -> Vec<Hint> {
        let focus = self.screen(self.focus());
        let is_typing = focus.is_typing();
        if self.overlay.is_none()
            && let Some(own) = focus.hints(look)
        {
            return own.iter().map(short).collect();
        }
        // A filter line takes the keys that a popup takes.
        let is_filter = is_typing && self.context() != Context::Form;
        let context = if is_filter || self.overlay.is_some() { Context::Popup } else { self.context() };
        let is_possible = |action: Action| {
            context == Context::Popup
                || (focus.why_not(action, &self.words).is_none()
                    && (action != Action::Zoom || self.is_wide()))
        };
        let rows = self.keymap.hints(context).into_iter();
        let usable =
            rows.filter(|(key, action)| is_possible(*action) && (!is_typing || key.typed().is_none()));
        usable.map(|(key, action)| short(&(key.to_string(), self.words.text(action.words_key())))).collect()
    }
}

/// Words of actions may say more in brackets; the hint line has no room for it.
fn short((key, text): &Hint) -> Hint {
    (key.clone(), text.split(" (").next().unwrap_or(text).to_owned())
}

/// The key, a blank, the words, and the gap behind them.
fn cells((key, text): &Hint) -> u16 {
    width(key).saturating_add(width(text)).saturating_add(1 + width(GAP))
}

fn put_hint(buffer: &mut Buffer, area: Rect, x: u16, (key, text): &Hint, look: &Look<'_>) -> u16 {
    let x = put(buffer, area, x, area.y, &format!("{key} "), look.theme.accent);
    put(buffer, area, x, area.y, &format!("{text}{GAP}"), look.theme.dim)
}
