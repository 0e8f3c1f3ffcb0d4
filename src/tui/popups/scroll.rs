//! How far a text in a popup is scrolled.

use crate::tui::keymap::Action;
use crate::tui::screen::Look;
use crate::words::Value;

/// The first line that is seen, from 0.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scroll {
    top: usize,
}

impl Scroll {
    /// The first line that is seen when `n_lines` stand in a window of `height`.
    pub fn top(self, n_lines: usize, height: usize) -> usize {
        self.top.min(n_lines.saturating_sub(height.max(1)))
    }

    /// Whether the last line is seen.
    pub fn is_at_end(self, n_lines: usize, height: usize) -> bool {
        self.top(n_lines, height) + height.max(1) >= n_lines
    }

    /// Scrolls; a page keeps one line of what was seen.
    pub fn act(&mut self, action: Action, n_lines: usize, height: usize) {
        let page = height.saturating_sub(1).max(1);
        let top = self.top(n_lines, height);
        self.top = match action {
            Action::PopupDown => top + 1,
            Action::PopupUp => top.saturating_sub(1),
            Action::PopupPageDown => top + page,
            Action::PopupPageUp => top.saturating_sub(page),
            Action::PopupFirst => 0,
            Action::PopupLast => n_lines,
            _ => top,
        };
        self.top = self.top(n_lines, height);
    }

    /// `baris 1–12 dari 40 ▼`, where not all is seen.
    pub fn sign(self, n_lines: usize, height: usize, look: &Look<'_>) -> Option<String> {
        if n_lines <= height {
            return None;
        }
        let top = self.top(n_lines, height);
        let (from, to) = (top + 1, (top + height.max(1)).min(n_lines));
        let args = [("from", Value::from(from)), ("to", Value::from(to)), ("of", Value::from(n_lines))];
        let up = if top > 0 { look.glyphs.ascending() } else { "" };
        let down = if to < n_lines { look.glyphs.descending() } else { "" };
        Some(format!("{} {up}{down}", look.words.format("tui-popup-lines", &args)).trim_end().to_owned())
    }
}
