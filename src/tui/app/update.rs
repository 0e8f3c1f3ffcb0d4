//! The update: message → state and effects.

use super::places::Place;
use super::{App, COMMIT, EXPORT, LEFT_DRAFTS, PaneSize, TIDY, TODAY};
use crate::tui::effect::{Answer, Effect, ListName, Msg, Task};
use crate::tui::jobs::{JobEvent, Policy, Report, Slot, Trouble};
use crate::tui::key::{Input, Key};
use crate::tui::keymap::{Action, Context, TABLE};
use crate::tui::page::{Line, Page};
use crate::tui::paint::{width, wrap};
use crate::tui::panes::undo::UndoPane;
use crate::tui::popups::{Confirm, Message, Overlay, PopupEvent, Reply, help, palette};
use crate::tui::screen::{Tab, Taken, Toast, Wish, Wishes};
use crate::tui::theme::{Privacy, ThemeName, Tone};
use crate::words::{Lang, Value};

/// The tag of the app's own question before the end.
const QUIT: &str = "app quit";
/// What a question's box has room for.
const REPLACE_COLUMNS: u16 = 66;
/// The tag of the question before a file is replaced.
const REPLACE: &str = "app replace";

impl App {
    /// Takes in what happened. Pure: the same messages give the same state and the same effects.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let words = self.words.clone();
        let mut wishes = Wishes::new(&words);
        match msg {
            Msg::Input(input) => self.input(&input, &mut wishes),
            Msg::Mouse(mouse) => self.mouse(mouse, &mut wishes),
            Msg::Resize { width, height } => {
                self.area = ratatui::layout::Rect::new(0, 0, width, height);
            }
            Msg::Job(report) => self.job(report, &mut wishes),
            Msg::AtWork(slots) => {
                if slots.is_empty() || self.working.slots.is_empty() {
                    self.working.n_ticks = 0;
                }
                self.working.slots = slots;
            }
            Msg::Tick => self.working.n_ticks = self.working.n_ticks.wrapping_add(1),
            Msg::Changed => self.store_changed(&mut wishes),
        }
        self.grant(wishes)
    }

    /// Grants wishes until none is left; what is for the loop comes out.
    pub(super) fn grant(&mut self, wishes: Wishes<'_>) -> Vec<Effect> {
        let words = wishes.words;
        let mut effects = Vec::new();
        let mut waiting: std::collections::VecDeque<Wish> = wishes.into_inner().into();
        loop {
            while let Some(wish) = waiting.pop_front() {
                let mut more = Wishes::new(words);
                self.grant_one(wish, &mut effects, &mut more);
                waiting.extend(more.into_inner());
            }
            let mut more = Wishes::new(words);
            self.settle(&mut more);
            waiting.extend(more.into_inner());
            if waiting.is_empty() {
                return effects;
            }
        }
    }

    fn grant_one(&mut self, wish: Wish, effects: &mut Vec<Effect>, more: &mut Wishes<'_>) {
        match wish {
            Wish::Do(effect) => effects.push(effect),
            Wish::Push(screen) => self.stack.push(screen),
            Wish::Pop => drop(self.stack.pop()),
            Wish::Tab(tab) => self.go_to(tab),
            Wish::Show { filter } => {
                self.go_to(Tab::Claims);
                self.begin_claims(more);
                self.tabs[Tab::Claims.idx()].show_filter(&filter, more);
            }
            Wish::Popup(overlay) => self.show_overlay(overlay),
            Wish::Toast(toast) => self.toast = Some(toast),
        }
    }

    /// The claims begin before they are given a filter, so that their beginning does not overwrite it.
    fn begin_claims(&mut self, wishes: &mut Wishes<'_>) {
        let claims = Place::Tab(Tab::Claims);
        if !self.begun.contains(&claims) {
            self.begun.push(claims);
            self.screen_mut(claims).start(wishes);
        }
    }

    /// A popup that comes while another is open waits for its turn.
    fn show_overlay(&mut self, overlay: Overlay) {
        if self.overlay.is_some() {
            self.later.push_back(overlay);
        } else {
            self.overlay = Some(overlay);
        }
    }

    pub(super) fn go_to(&mut self, tab: Tab) {
        self.stack.clear();
        self.tab = tab;
        if tab != Tab::Claims {
            self.companion = tab;
        }
    }

    fn input(&mut self, input: &Input, wishes: &mut Wishes<'_>) {
        self.toast = None;
        // The keys that are about the terminal work over a popup too, which stays.
        if self.overlay.is_some()
            && let Input::Key(key) = input
            && let Some(action @ (Action::Suspend | Action::Redraw)) =
                self.keymap.action(Context::Global, *key)
        {
            return self.act(action, wishes);
        }
        if let Some(overlay) = &mut self.overlay {
            let event = overlay.input(input, &self.keymap, self.area);
            self.popup_event(event, wishes);
            return;
        }
        let focus = self.focus();
        if self.screen(focus).is_typing() && self.screen_mut(focus).input(input, wishes) == Taken::Yes {
            return;
        }
        let Input::Key(key) = input else { return };
        let is_typed = self.screen(focus).is_typing() && key.typed().is_some();
        if is_typed {
            return;
        }
        if let Some(action) = self.keymap.action(self.screen(focus).context(), *key) {
            self.act(action, wishes);
        }
    }

    fn popup_event(&mut self, event: PopupEvent, wishes: &mut Wishes<'_>) {
        if event == PopupEvent::Stays {
            return;
        }
        self.overlay = self.later.pop_front();
        match event {
            PopupEvent::Stays => {}
            PopupEvent::Run(action) => self.act_by_name(action, wishes),
            PopupEvent::Reply(Reply::Confirmed { tag }) if tag == QUIT => wishes.wish(Wish::Do(Effect::Quit)),
            PopupEvent::Reply(Reply::Confirmed { tag }) if tag == REPLACE => {
                if let Some(task) = self.replacing.take() {
                    wishes.run(EXPORT, task);
                }
            }
            PopupEvent::Reply(reply) => {
                let focus = self.focus();
                self.screen_mut(focus).reply(&reply, wishes);
            }
        }
    }

    /// A command that was chosen by its name: what another tab alone can do is done there.
    fn act_by_name(&mut self, action: Action, wishes: &mut Wishes<'_>) {
        let knows = |place| TABLE.iter().any(|row| row.action == action && row.context == place);
        let is_here = knows(self.context()) || knows(Context::Global);
        let elsewhere = Tab::ALL.into_iter().find(|tab| knows(tab.context()));
        if let Some(tab) = elsewhere.filter(|_| !is_here) {
            self.go_to(tab);
        }
        self.act(action, wishes);
    }

    /// The screen with the focus has the first word on every action, then the app.
    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) {
        let focus = self.focus();
        if let Some(why) = self.screen(focus).why_not(action, &self.words) {
            wishes.toast_warn(why);
            return;
        }
        if self.screen_mut(focus).act(action, wishes) == Taken::Yes {
            return;
        }
        match action {
            Action::Help => self.show_help(),
            Action::Palette => self.show_overlay(palette(self.context(), &self.words, &self.keymap).into()),
            Action::TabClaims => self.go_to(Tab::Claims),
            Action::TabVouchers => self.go_to(Tab::Vouchers),
            Action::TabReport => self.go_to(Tab::Report),
            Action::TabClusters => self.go_to(Tab::Clusters),
            Action::NextTab => self.go_to(self.tab_beside(1)),
            Action::PreviousTab => self.go_to(self.tab_beside(Tab::ALL.len() - 1)),
            Action::TodayNone => wishes.wish(Wish::Show { filter: String::new() }),
            Action::Back => self.back(),
            Action::Quit => self.quit(wishes),
            Action::Suspend => wishes.wish(Wish::Do(Effect::Suspend)),
            Action::Redraw => wishes.wish(Wish::Do(Effect::Redraw)),
            Action::CancelJob => self.cancel_jobs(wishes),
            Action::Undo => wishes.push(UndoPane::new()),
            Action::Guest => self.privacy = self.privacy.turned(),
            Action::Zoom => self.zoom(wishes),
            Action::Theme => self.next_theme(wishes),
            Action::Language => self.next_language(wishes),
            Action::New if focus != Place::Tab(Tab::Claims) && self.stack.is_empty() => {
                self.go_to(Tab::Claims);
                self.act(Action::New, wishes);
            }
            _ => self.act_today(action, wishes),
        }
    }

    fn show_help(&mut self) {
        self.show_overlay(help(self.screen(self.focus()), &self.words, &self.keymap).into());
    }

    /// A digit shows its item of the first line; anything else is not possible here, and the person is told so.
    fn act_today(&mut self, action: Action, wishes: &mut Wishes<'_>) {
        const DIGITS: [Action; 9] = [
            Action::Today1,
            Action::Today2,
            Action::Today3,
            Action::Today4,
            Action::Today5,
            Action::Today6,
            Action::Today7,
            Action::Today8,
            Action::Today9,
        ];
        let item = DIGITS.iter().position(|digit| *digit == action).map(|idx| self.today.items.get(idx));
        match item {
            Some(Some(item)) => wishes.wish(Wish::Show { filter: item.filter.clone() }),
            Some(None) => {}
            None => wishes.toast_warn(self.not_here(action)),
        }
    }

    /// That an action is not possible here, and where it is.
    fn not_here(&self, action: Action) -> String {
        let here = self.context();
        let others = TABLE.iter().filter(|row| row.action == action && row.context != here);
        let mut places: Vec<String> = others.map(|row| self.words.text(row.context.words_key())).collect();
        places.dedup();
        let what = ("what", Value::Text(self.words.text(action.words_key())));
        if places.is_empty() {
            return self.words.format("tui-not-here", &[what]);
        }
        self.words.format("tui-only-there", &[what, ("places", Value::Text(places.join(", ")))])
    }

    pub(super) fn context(&self) -> Context {
        self.screen(self.focus()).context()
    }

    fn tab_beside(&self, step: usize) -> Tab {
        Tab::ALL[(self.tab.idx() + step) % Tab::ALL.len()]
    }

    /// Nothing is asked when nothing is unsaved or broken off; and even then the draft is kept.
    fn quit(&mut self, wishes: &mut Wishes<'_>) {
        let why = [(self.is_unsaved(), "tui-quit-unsaved"), (self.is_busy(), "tui-quit-busy")];
        let lines: Vec<Line> = why
            .iter()
            .filter(|(is_so, _)| *is_so)
            .map(|(_, key)| Line::text(&self.words.text(key)))
            .collect();
        if lines.is_empty() {
            wishes.wish(Wish::Do(Effect::Quit));
            return;
        }
        let body = Page { title: self.words.text("tui-quit-title"), lines };
        wishes.popup(Confirm::new(QUIT, body, self.words.text("tui-quit-yes"), Some(Key::char('q'))));
    }

    fn cancel_jobs(&mut self, wishes: &mut Wishes<'_>) {
        if self.working.slots.is_empty() {
            let key =
                self.keymap.key(Context::Global, Action::Quit).map(|key| key.to_string()).unwrap_or_default();
            wishes.toast_warn(self.words.format("tui-nothing-runs", &[("key", Value::Text(key))]));
            return;
        }
        let is_for_all = |(slot, _): &(Slot, _)| slot.policy == Policy::Each;
        if self.working.slots.iter().all(is_for_all) {
            wishes.toast_warn(self.words.text("tui-runs-to-its-end"));
            return;
        }
        wishes.wish(Wish::Do(Effect::CancelJobs));
        // Whatever the screens say about their own jobs comes after this.
        wishes.toast_warn(self.words.text("tui-cancelled"));
    }

    fn job(&mut self, report: Report<Answer>, wishes: &mut Wishes<'_>) {
        let is_over = matches!(report.event, JobEvent::Over(_));
        if is_over && !self.has_answered && report.slot != TODAY && report.slot != TIDY {
            self.has_answered = true;
            wishes.run(TODAY, Task::Today);
            wishes.run(TIDY, Task::Tidy);
            wishes.run(LEFT_DRAFTS, Task::LeftDrafts);
        }
        match report.event {
            JobEvent::Progress(_) => {}
            JobEvent::Over(Ok(answer)) => self.answer(&answer, wishes),
            JobEvent::Over(Err(trouble)) => self.trouble(report.slot, &trouble, wishes),
        }
    }

    fn answer(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) {
        for place in self.places() {
            self.hear(place, answer, wishes);
        }
        match answer {
            Answer::Today(today) => self.today = today.clone(),
            Answer::Listed { list: ListName::Claims, of, .. } => self.n_claims = *of,
            Answer::Committed { .. } | Answer::BulkDone(_) => {
                self.store_changed(wishes);
                wishes.run(TIDY, Task::Tidy);
            }
            Answer::DraftsWait(names) => self.say_drafts_wait(names, wishes),
            Answer::Exported { file } => self.say_written(file, wishes),
            Answer::FileThere { file, task } => {
                self.replacing = Some((**task).clone());
                let line = self.words.format("tui-replace", &[("file", Value::Text(file.clone()))]);
                let lines = wrap(&line, REPLACE_COLUMNS).iter().map(|line| Line::text(line)).collect();
                let body = Page { title: self.words.text("tui-replace-title"), lines };
                wishes.popup(Confirm::new(REPLACE, body, self.words.text("tui-replace-yes"), None));
            }
            _ => {}
        }
    }

    /// A screen takes its answer. What it asks the person then waits until it has the focus; what it tells does not.
    fn hear(&mut self, place: Place, answer: &Answer, wishes: &mut Wishes<'_>) {
        if place == self.focus() {
            return self.screen_mut(place).receive(answer, wishes);
        }
        let mut more = Wishes::new(wishes.words);
        self.screen_mut(place).receive(answer, &mut more);
        for wish in more.into_inner() {
            match wish {
                Wish::Popup(overlay) if !matches!(overlay, Overlay::Message(_)) => {
                    self.held.push_back((place, overlay));
                }
                other => wishes.wish(other),
            }
        }
    }

    /// At the start: a draft is offered when its form is opened, and who does not know of it does not open it.
    fn say_drafts_wait(&self, names: &[String], wishes: &mut Wishes<'_>) {
        const MOST_NAMES: usize = 3;
        if names.is_empty() {
            return;
        }
        let mut said = names[..names.len().min(MOST_NAMES)].join(", ");
        if names.len() > MOST_NAMES {
            said.push_str(", …");
        }
        let args = [("n", Value::from(names.len())), ("names", Value::Text(said))];
        wishes.toast_warn(self.words.format("forms-drafts-wait", &args));
    }

    /// Where a file was written is said whole: in the last line, or in a box where that is too short.
    fn say_written(&self, file: &str, wishes: &mut Wishes<'_>) {
        let text = self.words.format("tui-exported", &[("file", Value::Text(file.to_owned()))]);
        if width(&text).saturating_add(2) < self.area.width {
            wishes.toast_good(text);
        } else {
            wishes.popup(Message::new(self.words.text("tui-exported-title"), &text, Tone::Good));
        }
    }

    fn store_changed(&mut self, wishes: &mut Wishes<'_>) {
        wishes.run(TODAY, Task::Today);
        self.tell_changed(wishes);
    }

    fn trouble(&mut self, slot: Slot, trouble: &Trouble, wishes: &mut Wishes<'_>) {
        // A refused command has read what others did meanwhile: the one who follows them finds nothing new any more.
        if slot == COMMIT {
            self.store_changed(wishes);
        }
        for place in self.places().into_iter().rev() {
            if self.screen_mut(place).trouble(slot, trouble, wishes) == Taken::Yes {
                return;
            }
        }
        if slot == TIDY || slot == LEFT_DRAFTS {
            self.untidy(trouble);
            return;
        }
        let (title, text) = match trouble {
            Trouble::Cancelled => {
                self.toast = Some(Toast { text: self.words.text("tui-cancelled"), tone: Tone::Warn });
                return;
            }
            Trouble::Refused { text, .. } => ("tui-refused-title", text.clone()),
            Trouble::Failed { text } => ("tui-failed-title", text.clone()),
            Trouble::Crashed { text } => ("tui-crashed-title", self.crash_text(text)),
        };
        self.show_overlay(Message::new(self.words.text(title), &text, Tone::Bad).into());
    }
}

impl App {
    /// What broke, for the developer, and where the log says more.
    fn crash_text(&self, text: &str) -> String {
        let text = ("text", Value::Text(format!("{text} santun {}", env!("CARGO_PKG_VERSION"))));
        match &self.log {
            Some(log) => self.words.format("tui-crashed-log", &[text, ("log", Value::Text(log.clone()))]),
            None => self.words.format("tui-crashed", &[text]),
        }
    }

    /// One step back; with nothing to go back from, all panes are seen again.
    fn back(&mut self) {
        if self.stack.pop().is_none() {
            self.size = PaneSize::Shared;
        }
    }

    /// The screen with the focus takes all of a wide window, or shares it again.
    fn zoom(&mut self, wishes: &mut Wishes<'_>) {
        if !self.is_wide() {
            wishes.toast_warn(self.words.text("tui-zoom-narrow"));
            return;
        }
        self.size = match self.size {
            PaneSize::Shared => PaneSize::Full,
            PaneSize::Full => PaneSize::Shared,
        };
    }

    /// The next theme of the list, for this time; the config file keeps it.
    fn next_theme(&mut self, wishes: &mut Wishes<'_>) {
        let now = ThemeName::ALL.iter().position(|theme| *theme == self.settings.theme).unwrap_or(0);
        let next = ThemeName::ALL[(now + 1) % ThemeName::ALL.len()];
        self.set_theme(next);
        let name = ("name", Value::from(next.name()));
        wishes.toast_good(self.words.format("tui-theme-now", &[name]));
    }

    /// Everything is made anew in the other language; a form is left first, so that nothing typed is lost, and
    /// what runs comes to its end.
    fn next_language(&mut self, wishes: &mut Wishes<'_>) {
        if self.is_unsaved() {
            wishes.toast_warn(self.words.text("tui-language-form"));
            return;
        }
        if self.is_busy() {
            wishes.toast_warn(self.words.text("tui-language-busy"));
            return;
        }
        let next = match self.words.lang() {
            Lang::Id => Lang::En,
            Lang::En => Lang::Id,
        };
        wishes.wish(Wish::Do(Effect::Speak(next)));
    }

    /// The store could not be tidied up: nobody asked for it, so that it is told beside the work, not in its way.
    fn untidy(&mut self, trouble: &Trouble) {
        match trouble {
            Trouble::Cancelled => {}
            Trouble::Refused { text, .. } | Trouble::Failed { text } | Trouble::Crashed { text } => {
                self.toast = Some(Toast { text: text.clone(), tone: Tone::Warn });
            }
        }
    }
}

impl Privacy {
    fn turned(self) -> Self {
        match self {
            Privacy::Open => Privacy::Guest,
            Privacy::Guest => Privacy::Open,
        }
    }
}
