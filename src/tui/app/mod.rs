//! The app: all state of the screen and its pure update. A message comes in, effects go out; nothing here waits, reads a
//! clock or writes.
//!
//! There are four tabs, one stack of screens on top of them and at most one popup over everything.

mod first_line;
mod hints;
mod mouse;
mod places;
mod shell;
mod update;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ratatui::layout::Rect;

use super::effect::{Effect, Msg, Task, Today};
use super::jobs::{Slot, Stage};
use super::keymap::Keymap;
use super::popups::Overlay;
use super::screen::{Look, Screen, Tab, Toast, Wishes};
use super::theme::{Glyphs, Privacy, Theme, ThemeName, Tone};
use crate::desk::config::CursorStyle;
use crate::words::Words;

use places::Place;

/// Where the first line is asked for.
pub const TODAY: Slot = Slot::supersede("today");
/// Where commands run.
pub const COMMIT: Slot = Slot::each("commit");
/// Where drafts are kept.
pub const DRAFT: Slot = Slot::each("draft");
/// Where files are written.
pub const EXPORT: Slot = Slot::each("export");

/// Where it is looked up at the start which drafts wait.
pub const LEFT_DRAFTS: Slot = Slot::finish("left-drafts");

/// Where the store is tidied up, beside the commands, which go on.
pub const TIDY: Slot = Slot::finish("tidy");

/// Smaller than this nothing useful fits.
pub const LEAST_WIDTH: u16 = 40;
/// See [`LEAST_WIDTH`].
pub const LEAST_HEIGHT: u16 = 8;
/// From this width on two screens stand side by side.
pub const WIDE: u16 = 160;
/// From this height on, below the first line, a wide window shows all four tabs.
pub const TALL: u16 = 36;
/// Above so many claims the report and the clusters are computed only when they are gone to.
const MANY_CLAIMS: u64 = 100_000;

/// What the head of the screen says and how it looks.
#[derive(Clone, Debug)]
pub struct AppSettings {
    /// Office code and name: "J03 Contoh".
    pub office: String,
    /// The month that is open: "Okt 2026".
    pub period: String,
    /// The colours.
    pub theme: ThemeName,
    /// The marks.
    pub glyphs: Glyphs,
}

/// All state of the screen.
pub struct App {
    words: Words,
    keymap: Keymap,
    settings: AppSettings,
    theme: Theme,
    cursor: CursorStyle,
    privacy: Privacy,
    tabs: [Box<dyn Screen>; 4],
    tab: Tab,
    companion: Tab,
    stack: Vec<Box<dyn Screen>>,
    overlay: Option<Overlay>,
    later: VecDeque<Overlay>,
    /// Questions of screens without the focus: each comes when its screen has it, so that no key meant for another
    /// screen answers it.
    held: VecDeque<(Place, Overlay)>,
    toast: Option<Toast>,
    today: Today,
    working: Working,
    area: Rect,
    /// The file to be written once it is confirmed that another may go for it.
    replacing: Option<Task>,
    begun: Vec<Place>,
    /// Whether a screen has its first answer: what stands beside it, and the first line, begin only then, or they would
    /// take its time.
    has_answered: bool,
    /// How many claims there are, as far as the list has told.
    n_claims: u64,
    size: PaneSize,
    /// Screens beside the focus whose books have changed since they were computed.
    old: BTreeSet<Place>,
    laid: BTreeMap<Place, Rect>,
    /// The folder of the log, which tells more about a crash.
    log: Option<String>,
}

/// How much of a wide window the screen with the focus has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PaneSize {
    /// It stands beside the others.
    Shared,
    /// It has all of it.
    Full,
}

/// The jobs at work, as the screen shows them: from the first quarter of a second on.
#[derive(Default)]
struct Working {
    slots: Vec<(Slot, Stage)>,
    n_ticks: usize,
}

impl App {
    /// An app with its four tabs, in the order of [`Tab::ALL`], at a size that is corrected by the first
    /// [`Msg::Resize`].
    pub fn new(words: Words, keymap: Keymap, settings: AppSettings, tabs: [Box<dyn Screen>; 4]) -> Self {
        let theme = Theme::named(settings.theme);
        App {
            words,
            keymap,
            settings,
            theme,
            cursor: CursorStyle::Row,
            privacy: Privacy::Open,
            tabs,
            tab: Tab::Claims,
            companion: Tab::Vouchers,
            stack: Vec::new(),
            overlay: None,
            later: VecDeque::new(),
            held: VecDeque::new(),
            toast: None,
            today: Today::default(),
            working: Working::default(),
            area: Rect::ZERO,
            replacing: None,
            begun: Vec::new(),
            has_answered: false,
            n_claims: 0,
            size: PaneSize::Shared,
            old: BTreeSet::new(),
            laid: BTreeMap::new(),
            log: None,
        }
    }

    /// Says where the log is: a crash names it.
    pub fn set_log(&mut self, place: String) {
        self.log = Some(place);
    }

    /// Begins: lets the screen with the focus begin. Once that has its first answer the first line is asked for, the store
    /// is tidied up if that is due, and the screens beside it begin.
    pub fn start(&mut self, width: u16, height: u16) -> Vec<Effect> {
        self.update(Msg::Resize { width, height })
    }

    /// Gives actions other keys, before the start.
    pub fn set_keymap(&mut self, keymap: Keymap) {
        self.keymap = keymap;
    }

    /// Says something at the start that is odd but stops nothing; it goes with the first key.
    pub fn warn(&mut self, text: String) {
        self.toast = Some(Toast { text, tone: Tone::Warn });
    }

    /// Puts a screen on top, as a key would: for a start with a form or a record.
    pub fn open(&mut self, screen: Box<dyn Screen>) -> Vec<Effect> {
        let words = self.words.clone();
        let mut wishes = Wishes::new(&words);
        wishes.wish(super::screen::Wish::Push(screen));
        self.grant(wishes)
    }

    /// What the screens are drawn with.
    pub fn look(&self) -> Look<'_> {
        Look {
            theme: self.theme,
            glyphs: self.settings.glyphs,
            cursor: self.cursor,
            privacy: self.privacy,
            words: &self.words,
            keymap: &self.keymap,
        }
    }

    /// The size of the window, columns and rows.
    pub fn size(&self) -> (u16, u16) {
        (self.area.width, self.area.height)
    }

    /// The tab that is chosen.
    pub fn tab(&self) -> Tab {
        self.tab
    }

    /// Whether a popup is open.
    pub fn has_popup(&self) -> bool {
        self.overlay.is_some()
    }

    /// Whether a job is at work that the person should see working.
    pub fn is_spinning(&self) -> bool {
        !self.working.slots.is_empty()
    }

    /// Shows the row under the cursor like this from now on.
    pub fn set_cursor(&mut self, cursor: CursorStyle) {
        self.cursor = cursor;
    }

    /// Whether a form holds what is not saved; its draft is.
    pub fn is_unsaved(&self) -> bool {
        self.stack.iter().any(|screen| screen.is_unsaved())
    }

    /// Whether something is being done to one record after the other, on whatever screen.
    fn is_busy(&self) -> bool {
        self.tabs.iter().chain(&self.stack).any(|screen| screen.is_busy())
    }

    /// Goes on where another left: its tab, keys, colours, and what it hides.
    pub fn going_on_from(mut self, before: &App) -> Self {
        self.go_to(before.companion);
        self.go_to(before.tab);
        self.keymap = before.keymap.clone();
        self.privacy = before.privacy;
        self.cursor = before.cursor;
        self.size = before.size;
        self.log = before.log.clone();
        self.set_theme(before.settings.theme);
        self
    }

    /// The theme in force.
    pub fn theme(&self) -> ThemeName {
        self.settings.theme
    }

    /// Changes the colours while running.
    pub fn set_theme(&mut self, theme: ThemeName) {
        self.settings.theme = theme;
        self.theme = Theme::named(theme);
    }
}
