//! Which screens are seen, and where.

use ratatui::layout::Rect;

use super::{App, LEAST_HEIGHT, LEAST_WIDTH, WIDE};
use crate::tui::screen::{Screen, Tab, Wishes};

/// Where a screen lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// A tab.
    Tab(Tab),
    /// A level of the stack, from 0.
    Stack(usize),
}

impl App {
    /// The screen that takes the keys.
    pub(super) fn focus(&self) -> Place {
        match self.stack.len() {
            0 => Place::Tab(self.tab),
            depth => Place::Stack(depth - 1),
        }
    }

    pub(super) fn screen(&self, place: Place) -> &dyn Screen {
        match place {
            Place::Tab(tab) => &*self.tabs[tab.idx()],
            Place::Stack(level) => &*self.stack[level],
        }
    }

    pub(super) fn screen_mut(&mut self, place: Place) -> &mut dyn Screen {
        match place {
            Place::Tab(tab) => &mut *self.tabs[tab.idx()],
            Place::Stack(level) => &mut *self.stack[level],
        }
    }

    /// All screens that have begun.
    pub(super) fn places(&self) -> Vec<Place> {
        self.begun.clone()
    }

    pub(super) fn is_too_small(&self) -> bool {
        self.area.width < LEAST_WIDTH || self.area.height < LEAST_HEIGHT
    }

    /// What is seen, and where: one screen; on a wide window the claims to the left and one more to the right.
    pub(super) fn seen(&self) -> Vec<(Place, Rect)> {
        let body = self.body();
        if body.is_empty() || self.is_too_small() {
            return Vec::new();
        }
        if body.width < WIDE {
            return vec![(self.focus(), body)];
        }
        let left = Rect { width: body.width / 2, ..body };
        let right = Rect { x: left.right() + 1, width: body.width - left.width - 1, ..body };
        let companion = match self.focus() {
            Place::Tab(Tab::Claims) => Place::Tab(self.companion),
            other => other,
        };
        vec![(Place::Tab(Tab::Claims), left), (companion, right)]
    }

    /// Below the head and the first line, above the hints.
    pub(super) fn body(&self) -> Rect {
        let above = 1 + self.today_height();
        Rect {
            y: self.area.y + self.area.height.min(above),
            height: self.area.height.saturating_sub(above + 1),
            ..self.area
        }
    }

    /// Lets every screen that is seen for the first time begin, and tells each its area when that has changed.
    pub(super) fn settle(&mut self, wishes: &mut Wishes<'_>) {
        let depth = self.stack.len();
        let stands = |place: &Place| !matches!(place, Place::Stack(level) if *level >= depth);
        self.begun.retain(stands);
        self.laid.retain(|place, _| stands(place));
        for (place, area) in self.seen() {
            let is_due = self.has_answered || place == self.focus();
            if !self.begun.contains(&place) && is_due {
                self.begun.push(place);
                self.screen_mut(place).start(wishes);
            }
            if self.laid.get(&place) != Some(&area) {
                self.laid.insert(place, area);
                self.screen_mut(place).lay(area, wishes);
            }
        }
    }
}
