//! The frame around the screens: head with tabs, the first line, hints or a toast at the bottom, the popup over it all.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::App;
use super::places::Place;
use crate::base::safe;
use crate::tui::jobs::Stage;
use crate::tui::keymap::{Action, Context};
use crate::tui::paint::{clip, erase, put, put_right, rule, width};
use crate::tui::popups::Overlay;
use crate::tui::screen::{Look, Tab};
use crate::tui::theme::{Glyphs, Privacy};
use crate::words::Value;

impl App {
    /// Draws everything; where the text cursor is. Any size down to nothing is fine.
    pub fn view(&self, buffer: &mut Buffer) -> Option<Position> {
        let area = self.area.intersection(buffer.area);
        let look = self.look();
        erase(buffer, area);
        if area.is_empty() {
            return None;
        }
        if self.is_too_small() {
            let text = self.words.text("tui-too-small");
            // The size that is needed is what has to be read.
            let text = if width(&text) > area.width { self.words.text("tui-too-small-short") } else { text };
            let text = clip(&text, area.width, look.glyphs.ellipsis());
            put(buffer, area, area.x, area.y, &text, look.theme.warn);
            return None;
        }
        self.view_head(Rect { height: 1, ..area }, buffer, &look);
        self.view_today(Rect { y: area.y + 1, height: self.today_height(), ..area }, buffer, &look);
        let mut cursor = None;
        let resting = Look { theme: look.theme.resting(), ..look };
        for (place, part) in self.seen() {
            if place == self.focus() {
                cursor = self.screen(place).view(part, buffer, &look);
            } else if self.has_begun(place) {
                self.screen(place).view(part, buffer, &resting);
            } else {
                self.view_waiting(place, part, buffer, &resting);
            }
        }
        self.view_divider(buffer, &look);
        self.view_chips(buffer, &look);
        self.view_foot(Rect { y: area.bottom() - 1, height: 1, ..area }, buffer, &look);
        let cursor = match &self.overlay {
            Some(overlay) => overlay.view(area, buffer, &look),
            None => cursor,
        };
        if look.glyphs == Glyphs::Ascii {
            to_ascii(buffer, area);
        }
        cursor
    }

    fn view_head(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let head = self.head(area.width);
        put(buffer, area, area.x, area.y, &head.title, look.theme.heading);
        for (tab, x, text) in &head.tabs {
            let style = if *tab == self.tab { look.theme.bar } else { look.theme.dim };
            put(buffer, area, area.x + x, area.y, text, style);
        }
        if head.has_period {
            let inner = Rect { width: area.width - 1, ..area };
            put_right(buffer, inner, area.y, &self.settings.period, look.theme.dim);
        }
    }

    /// The columns of the head that each tab stands in.
    pub(super) fn tab_spans(&self) -> Vec<(Tab, Range<u16>)> {
        let head = self.head(self.area.width);
        head.tabs.iter().map(|(tab, x, text)| (*tab, *x..x.saturating_add(width(text)))).collect()
    }

    /// What stands in the head of a window of this width.
    fn head(&self, columns: u16) -> Head {
        let glyphs = self.settings.glyphs;
        let office = safe::terminal(&self.settings.office);
        let title = format!(" santun {} {office}", glyphs.dot());
        let width_of =
            |tabs: &[(Tab, String)]| tabs.iter().map(|(_, text)| width(text)).fold(0, u16::saturating_add);
        let mut tabs = self.tab_texts(TabNames::All);
        let mut period = width(&self.settings.period).saturating_add(2);
        let room_beside =
            |tabs: &[(Tab, String)], period| columns.saturating_sub(width_of(tabs)).saturating_sub(period);
        // Whose store this is, and that a demonstration is one, is said on the narrowest window too.
        if room_beside(&tabs, period) < LEAST_TITLE.min(width(&title)) {
            tabs = self.tab_texts(TabNames::Chosen);
        }
        if room_beside(&tabs, period) < LEAST_TITLE.min(width(&title)) {
            period = 0;
        }
        let room = room_beside(&tabs, period);
        let title = if width(&title) > room && room < LEAST_TITLE { format!(" {office}") } else { title };
        let title = clip(&title, room, glyphs.ellipsis());
        let mut x = room.max(width(&title));
        let place = |(tab, text): (Tab, String)| {
            let from = x;
            x = x.saturating_add(width(&text)).min(columns);
            (tab, from, text)
        };
        let tabs = tabs.into_iter().map(place).collect();
        Head { title, tabs, has_period: period > 0 && x.saturating_add(period) <= columns }
    }

    /// The tabs as the head shows them.
    fn tab_texts(&self, names: TabNames) -> Vec<(Tab, String)> {
        Tab::ALL
            .iter()
            .map(|tab| {
                let key = self.tab_key(*tab);
                let is_named = names == TabNames::All || *tab == self.tab;
                let name = if is_named { self.words.text(tab.words_key()) } else { String::new() };
                (*tab, format!(" {} ", format!("{key} {name}").trim_end()))
            })
            .collect()
    }

    /// Between the claims and what stands beside them.
    fn view_divider(&self, buffer: &mut Buffer, look: &Look<'_>) {
        let seen = self.seen();
        if let [(_, left), _, ..] = seen.as_slice() {
            let down = look.glyphs.frame()[5];
            for y in left.top()..left.bottom() {
                put(buffer, buffer.area, left.right(), y, down, look.theme.border);
            }
        }
    }

    /// Of several panes one below the other each has its key before its heading, that with the focus in the colours of the
    /// chosen tab; behind it, that the books have changed since.
    fn view_chips(&self, buffer: &mut Buffer, look: &Look<'_>) {
        let seen = self.seen();
        if seen.len() < 3 {
            return;
        }
        for (place, area) in seen.into_iter().skip(1) {
            let Place::Tab(tab) = place else { continue };
            let style = if place == self.focus() { look.theme.bar } else { look.theme.accent };
            let chip = clip(&self.tab_key(tab), CHIP_CELLS, "");
            put(buffer, area, area.x, area.y, &chip, style);
            if self.old.contains(&place) {
                let note = format!(" {} ", look.words.text("tui-pane-old"));
                put_right(buffer, area, area.y, &note, look.theme.warn);
            }
        }
    }

    /// A pane that reads all of very many books before it can be seen says which key asks for that.
    fn view_waiting(&self, place: Place, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let Place::Tab(tab) = place else { return };
        rule(buffer, area, area.y, &look.words.text(tab.words_key()), look);
        if self.has_answered && area.height > 1 {
            let n_claims = look.words.number(i64::try_from(self.n_claims).unwrap_or(i64::MAX));
            let args = [("key", Value::Text(self.tab_key(tab))), ("n", Value::Text(n_claims))];
            let text = look.words.format("tui-pane-waits", &args);
            let text = clip(&text, area.width.saturating_sub(3), look.glyphs.ellipsis());
            put(buffer, area, area.x.saturating_add(2), area.y + 1, &text, look.theme.dim);
        }
    }

    /// The key of a tab, as the head shows it.
    fn tab_key(&self, tab: Tab) -> String {
        let key = self.keymap.key(Context::Global, tab.action());
        key.map(|key| key.to_string().to_uppercase()).unwrap_or_default()
    }

    /// The toast, or the hints; to the right what is running.
    fn view_foot(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let right = self.working_text(look);
        put_right(buffer, Rect { width: area.width - 1, ..area }, area.y, &right, look.theme.accent);
        let left = Rect { width: area.width.saturating_sub(width(&right) + 2), ..area };
        if let Some(toast) = &self.toast {
            let text =
                clip(&safe::terminal(&toast.text), left.width.saturating_sub(1), look.glyphs.ellipsis());
            put(buffer, left, left.x + 1, left.y, &text, look.theme.tone(toast.tone));
            return;
        }
        if self.overlay.as_ref().is_some_and(Overlay::tells_its_keys) {
            return;
        }
        self.view_hints(left, buffer, look);
    }

    /// Shown from the first tick on, so that short jobs cost no byte.
    fn working_text(&self, look: &Look<'_>) -> String {
        let guest = match self.privacy {
            Privacy::Guest => self.words.text("tui-guest"),
            Privacy::Open => String::new(),
        };
        let Some((slot, stage)) = self.working.slots.first().filter(|_| self.working.n_ticks > 0) else {
            return guest;
        };
        let what = self.words.text(&format!("tui-job-{}", slot.name));
        let stage = match stage {
            Stage::Running => String::new(),
            Stage::At(progress) => format!(" {} %", progress.percent()),
            Stage::Waiting => format!(" {}", self.words.text("tui-job-waiting")),
        };
        let key = self
            .keymap
            .key(Context::Global, Action::CancelJob)
            .map(|key| key.to_string())
            .unwrap_or_default();
        let stop = self.words.format("tui-job-stop", &[("key", Value::Text(key))]);
        format!("{guest} {} {what}{stage} {stop}", look.glyphs.spinner(self.working.n_ticks))
            .trim_start()
            .to_owned()
    }
}

/// What stands in the head.
struct Head {
    title: String,
    /// Each tab, its first column and its text.
    tabs: Vec<(Tab, u16, String)>,
    has_period: bool,
}

/// Which tabs stand in the head with their names; the others with their keys alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TabNames {
    All,
    Chosen,
}

/// The key of a pane takes the place of the first cells of its rule.
const CHIP_CELLS: u16 = 3;

/// Below so many cells the head's title would say nothing: the tabs lose their names first.
const LEAST_TITLE: u16 = 12;

/// Signs of our sentences and pages that a terminal without Unicode has no picture of, and what stands for them. Letters of
/// names stay as they are.
const SIGNS: [(&str, &str); 22] = [
    ("·", "-"),
    ("–", "-"),
    ("—", "-"),
    ("…", "~"),
    ("→", ">"),
    ("←", "<"),
    ("↑", "^"),
    ("↓", "v"),
    ("›", ">"),
    ("‹", "<"),
    ("≤", "<"),
    ("≥", ">"),
    ("±", "+"),
    ("×", "x"),
    ("✓", "x"),
    ("●", "*"),
    ("◐", "o"),
    ("◆", "#"),
    ("■", "#"),
    ("▲", "^"),
    ("▼", "v"),
    ("•", "*"),
];

fn to_ascii(buffer: &mut Buffer, area: Rect) {
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            let cell = &mut buffer[(x, y)];
            if let Some((_, ascii)) = SIGNS.iter().find(|(sign, _)| cell.symbol() == *sign) {
                cell.set_symbol(ascii);
            }
        }
    }
}
