//! The mouse, where it is listened to: a click goes to a tab, a pane or a row, the wheel moves the cursor. It confirms
//! nothing and opens nothing, so that a slip costs nothing.

use ratatui::layout::Position;

use super::App;
use super::places::Place;
use crate::tui::key::{Input, Key, KeyCode, Mouse, MouseAct};
use crate::tui::keymap::Action;
use crate::tui::screen::Wishes;

/// Rows that one step of the wheel moves.
const WHEEL_ROWS: usize = 3;

impl App {
    /// What the mouse did.
    pub(super) fn mouse(&mut self, mouse: Mouse, wishes: &mut Wishes<'_>) {
        match mouse.what {
            MouseAct::Click => self.click(mouse, wishes),
            MouseAct::WheelUp => self.wheel(KeyCode::Up, Action::Up, wishes),
            MouseAct::WheelDown => self.wheel(KeyCode::Down, Action::Down, wishes),
        }
    }

    fn wheel(&mut self, key: KeyCode, action: Action, wishes: &mut Wishes<'_>) {
        let focus = self.focus();
        for _ in 0..WHEEL_ROWS {
            if let Some(overlay) = &mut self.overlay {
                // Up and down close no popup.
                let _ = overlay.input(&Input::Key(Key::plain(key)), &self.keymap, self.area);
            } else if !self.screen(focus).is_typing() {
                self.screen_mut(focus).act(action, wishes);
            }
        }
    }

    /// A popup wants its keys, and a form keeps what is typed until it is left by a key.
    fn click(&mut self, mouse: Mouse, wishes: &mut Wishes<'_>) {
        if self.overlay.is_some() || self.is_too_small() {
            return;
        }
        let is_left_by_keys = self.screen(self.focus()).is_typing();
        if mouse.row == self.area.y {
            let span = self.tab_spans().into_iter().find(|(_, span)| span.contains(&mouse.column));
            if let Some((tab, _)) = span.filter(|_| !is_left_by_keys) {
                self.go_to(tab);
            }
            return;
        }
        let at = Position { x: mouse.column, y: mouse.row };
        let seen = self.seen().into_iter().find(|(_, area)| area.contains(at));
        let Some((place, area)) = seen else { return };
        if place != self.focus() {
            let Place::Tab(tab) = place else { return };
            if is_left_by_keys {
                return;
            }
            self.go_to(tab);
        }
        self.screen_mut(place).click(mouse.row - area.y, wishes);
    }
}
