//! Which screens are seen, and where.

use ratatui::layout::Rect;

use super::{App, LEAST_HEIGHT, LEAST_WIDTH, MANY_CLAIMS, PaneSize, TALL, WIDE};
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

    /// Whether a screen has begun.
    pub(super) fn has_begun(&self, place: Place) -> bool {
        self.begun.contains(&place)
    }

    pub(super) fn is_too_small(&self) -> bool {
        self.area.width < LEAST_WIDTH || self.area.height < LEAST_HEIGHT
    }

    /// Whether there is room for more than one screen.
    pub(super) fn is_wide(&self) -> bool {
        self.area.width >= WIDE
    }

    /// What is seen, and where: one screen; on a wide window the claims to the left and another to the right, or, where it
    /// is tall too, the three others one below the other.
    pub(super) fn seen(&self) -> Vec<(Place, Rect)> {
        let body = self.body();
        if body.is_empty() || self.is_too_small() {
            return Vec::new();
        }
        if !self.is_wide() || self.size == PaneSize::Full {
            return vec![(self.focus(), body)];
        }
        let left = Rect { width: body.width / 2, ..body };
        let right = Rect { x: left.right() + 1, width: body.width - left.width - 1, ..body };
        let claims = (Place::Tab(Tab::Claims), left);
        match self.focus() {
            Place::Tab(_) if body.height >= TALL => {
                let beside = [Tab::Vouchers, Tab::Report, Tab::Clusters].map(Place::Tab);
                std::iter::once(claims).chain(beside.into_iter().zip(thirds(right))).collect()
            }
            Place::Tab(Tab::Claims) => vec![claims, (Place::Tab(self.companion), right)],
            other => vec![claims, (other, right)],
        }
    }

    /// Whether a screen that is seen may begin. What stands beside the focus waits for its first answer, and what reads
    /// all books waits to be gone to where there are very many.
    fn is_due(&self, place: Place) -> bool {
        let is_heavy = matches!(place, Place::Tab(Tab::Report | Tab::Clusters));
        place == self.focus() || (self.has_answered && !(is_heavy && self.n_claims > MANY_CLAIMS))
    }

    /// The store has changed. A report beside the focus that reads very many books is not made anew for each change.
    pub(super) fn tell_changed(&mut self, wishes: &mut Wishes<'_>) {
        let focus = self.focus();
        for place in self.places() {
            let is_heavy = place == Place::Tab(Tab::Report) && self.n_claims > MANY_CLAIMS;
            if is_heavy && place != focus {
                self.old.insert(place);
            } else {
                self.screen_mut(place).changed(wishes);
            }
        }
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
        self.held.retain(|(place, _)| stands(place));
        for (place, area) in self.seen() {
            if !self.begun.contains(&place) && self.is_due(place) {
                self.begun.push(place);
                self.screen_mut(place).start(wishes);
            }
            if self.laid.get(&place) != Some(&area) {
                self.laid.insert(place, area);
                self.screen_mut(place).lay(area, wishes);
            }
        }
        let focus = self.focus();
        if self.overlay.is_none()
            && let Some(idx) = self.held.iter().position(|(place, _)| *place == focus)
        {
            self.overlay = self.held.remove(idx).map(|(_, overlay)| overlay);
        }
        if self.old.remove(&focus) {
            self.screen_mut(focus).changed(wishes);
        }
    }
}

/// An area in three parts, one below the other; what does not divide goes to the last.
fn thirds(area: Rect) -> [Rect; 3] {
    let height = area.height / 3;
    let part = |n: u16| Rect { y: area.y + n * height, height, ..area };
    [part(0), part(1), Rect { height: area.height - 2 * height, ..part(2) }]
}
