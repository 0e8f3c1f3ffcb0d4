//! What a screen is: a state that takes actions, typing and answers, and draws itself. It holds no channel, no clock and
//! no disk; what it wants done it wishes for.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::effect::{Answer, Effect, Task};
use super::jobs::{Slot, Trouble};
use super::key::Input;
use super::keymap::{Action, Context, Keymap};
use super::popups::{Overlay, Reply};
use super::theme::{Glyphs, Privacy, Theme, Tone};
use crate::desk::config::CursorStyle;
use crate::words::Words;

/// OSC 52 carries no more; terminals drop what is longer without a word.
pub const MOST_COPIED_BYTES: usize = 64 * 1024;

/// The four tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tab {
    /// The list of claims.
    Claims,
    /// The voucher desk.
    Vouchers,
    /// The monthly report.
    Report,
    /// The clusters.
    Clusters,
}

impl Tab {
    /// All tabs in their order on the screen.
    pub const ALL: [Tab; 4] = [Tab::Claims, Tab::Vouchers, Tab::Report, Tab::Clusters];

    /// Its place in [`Tab::ALL`].
    pub fn idx(self) -> usize {
        match self {
            Tab::Claims => 0,
            Tab::Vouchers => 1,
            Tab::Report => 2,
            Tab::Clusters => 3,
        }
    }

    /// The key of its name in the words.
    pub fn words_key(self) -> &'static str {
        match self {
            Tab::Claims => "tui-tab-claims",
            Tab::Vouchers => "tui-tab-vouchers",
            Tab::Report => "tui-tab-report",
            Tab::Clusters => "tui-tab-clusters",
        }
    }

    /// The place in the keymap of what lies there.
    pub fn context(self) -> Context {
        match self {
            Tab::Claims => Context::List,
            Tab::Vouchers => Context::Voucher,
            Tab::Report => Context::Report,
            Tab::Clusters => Context::Cluster,
        }
    }

    /// The action that goes there.
    pub fn action(self) -> Action {
        match self {
            Tab::Claims => Action::TabClaims,
            Tab::Vouchers => Action::TabVouchers,
            Tab::Report => Action::TabReport,
            Tab::Clusters => Action::TabClusters,
        }
    }
}

/// What everything is drawn with.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// The colours.
    pub theme: Theme,
    /// The marks.
    pub glyphs: Glyphs,
    /// How the row under the cursor is shown.
    pub cursor: CursorStyle,
    /// Whether personal data is shown.
    pub privacy: Privacy,
    /// The language.
    pub words: &'a Words,
    /// The keys, for hints.
    pub keymap: &'a Keymap,
}

impl Look<'_> {
    /// Keys and words of these actions, for a hint line.
    pub fn hints_of(&self, context: Context, actions: &[Action]) -> Vec<(String, String)> {
        let hint = |action: &Action| {
            let key = self.keymap.key(context, *action)?.to_string();
            Some((key, self.words.text(action.words_key())))
        };
        actions.iter().filter_map(hint).collect()
    }
}

/// A short word about what was just done; it stays until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// The sentence.
    pub text: String,
    /// Good, warning or bad.
    pub tone: Tone,
}

/// What a screen may want.
pub enum Wish {
    /// Something outside: a job, the clipboard.
    Do(Effect),
    /// Another screen on top of this one.
    Push(Box<dyn Screen>),
    /// This screen has done its work.
    Pop,
    /// Another tab, with what lay on top of the tabs gone.
    Tab(Tab),
    /// The claims tab with this filter: from a number to its records.
    Show {
        /// The filter expression.
        filter: String,
    },
    /// A popup.
    Popup(Overlay),
    /// A short word.
    Toast(Toast),
}

/// Where a screen leaves its wishes.
pub struct Wishes<'a> {
    /// The language, for sentences made on the way.
    pub words: &'a Words,
    wishes: Vec<Wish>,
}

impl<'a> Wishes<'a> {
    /// None yet.
    pub fn new(words: &'a Words) -> Self {
        Wishes { words, wishes: Vec::new() }
    }

    /// What has been wished, in order.
    pub fn into_inner(self) -> Vec<Wish> {
        self.wishes
    }

    /// Any wish.
    pub fn wish(&mut self, wish: Wish) {
        self.wishes.push(wish);
    }

    /// A job, at once.
    pub fn run(&mut self, slot: Slot, task: Task) {
        self.run_after(slot, task, Duration::ZERO);
    }

    /// A job after a pause in typing.
    pub fn run_after(&mut self, slot: Slot, task: Task, delay: Duration) {
        self.wish(Wish::Do(Effect::Run { slot, task, delay }));
    }

    /// A screen on top.
    pub fn push(&mut self, screen: impl Screen + 'static) {
        self.wish(Wish::Push(Box::new(screen)));
    }

    /// Away with this screen.
    pub fn pop(&mut self) {
        self.wish(Wish::Pop);
    }

    /// A popup.
    pub fn popup(&mut self, overlay: impl Into<Overlay>) {
        self.wish(Wish::Popup(overlay.into()));
    }

    /// A short word: it went well.
    pub fn toast_good(&mut self, text: String) {
        self.wish(Wish::Toast(Toast { text, tone: Tone::Good }));
    }

    /// A short word: why an action is not possible now.
    pub fn toast_warn(&mut self, text: String) {
        self.wish(Wish::Toast(Toast { text, tone: Tone::Warn }));
    }

    /// Text to the clipboard of the person's own machine. No terminal says whether it took it, so the person reads
    /// "sent"; what is too long for a terminal is to be exported instead.
    pub fn copy(&mut self, text: String) {
        if text.len() > MOST_COPIED_BYTES {
            self.toast_warn(self.words.text("tui-copy-too-long"));
            return;
        }
        self.wish(Wish::Do(Effect::Copy(text)));
        self.toast_good(self.words.text("tui-copy-sent"));
    }
}

/// Whether a screen took what it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It did.
    Yes,
    /// It has no use for it.
    No,
}

/// A screen: a tab, or what lies on top of the tabs.
pub trait Screen {
    /// Its place in the keymap.
    fn context(&self) -> Context;

    /// Whether characters are typed into a text field now; then they come by [`Screen::input`], not as actions.
    fn is_typing(&self) -> bool {
        false
    }

    /// Whether something typed is not saved (its draft is).
    fn is_unsaved(&self) -> bool {
        false
    }

    /// Whether something is being done to one record after the other here: it breaks off when the screen ends.
    fn is_busy(&self) -> bool {
        false
    }

    /// What the hint line says here: keys and what they do. None: the most important of its place in the keymap.
    fn hints(&self, _look: &Look<'_>) -> Option<Vec<(String, String)>> {
        None
    }

    /// Begins: asks for what it shows. Called once, when it is first shown.
    fn start(&mut self, wishes: &mut Wishes<'_>);

    /// Its area is this from now on. Called before the first drawing and after each change of size.
    fn lay(&mut self, area: Rect, wishes: &mut Wishes<'_>);

    /// An action of the keymap.
    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken;

    /// Why an action that its place in the keymap offers cannot be done as things stand; none when it can be tried. What
    /// cannot be done is not offered in the hint line.
    fn why_not(&self, _action: Action, _words: &Words) -> Option<String> {
        None
    }

    /// The words of the help for an action of its place in the keymap; none: this screen has no use for it, although its
    /// neighbours of the same place have.
    fn help_key(&self, action: Action) -> Option<&'static str> {
        Some(action.words_key())
    }

    /// Typing and pasting, when [`Screen::is_typing`].
    fn input(&mut self, _input: &Input, _wishes: &mut Wishes<'_>) -> Taken {
        Taken::No
    }

    /// The mouse went down on this row of its area, from 0: the row there is chosen.
    fn click(&mut self, _row: u16, _wishes: &mut Wishes<'_>) {}

    /// A popup it opened was answered.
    fn reply(&mut self, _reply: &Reply, _wishes: &mut Wishes<'_>) {}

    /// A job's answer. All screens hear all answers and take what is theirs.
    fn receive(&mut self, _answer: &Answer, _wishes: &mut Wishes<'_>) {}

    /// A job of this slot gave no answer. [`Taken::No`] lets the app show the sentence in a box.
    fn trouble(&mut self, _slot: Slot, _trouble: &Trouble, _wishes: &mut Wishes<'_>) -> Taken {
        Taken::No
    }

    /// The store has changed, by us or by another clerk: what is shown may be old.
    fn changed(&mut self, _wishes: &mut Wishes<'_>) {}

    /// A filter from elsewhere: an item of *Hari ini*, a number of the report; empty: what the list opens on. Only the
    /// claims list takes one.
    fn show_filter(&mut self, _filter: &str, _wishes: &mut Wishes<'_>) {}

    /// Draws itself; where the text cursor is, if it has one.
    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position>;
}
