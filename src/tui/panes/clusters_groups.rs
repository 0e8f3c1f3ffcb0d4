//! The groups of the last run: what they are asked for, their table, and what stands above and below it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::clusters_choice::{Choice, PRESETS_TAG};
use super::clusters_columns::group_columns;
use super::report_postings::PostingsPane;
use crate::tui::app::EXPORT;
use crate::tui::cards::ClusterCard;
use crate::tui::effect::{Over, Subject, Task};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::keymap::Action;
use crate::tui::page::{Page, PageView};
use crate::tui::paint::{put, wrap};
use crate::tui::popups::{Prompt, Reply};
use crate::tui::screen::{Look, Taken, Wishes};
use crate::tui::table::Table;
use crate::words::Words;

/// Where groups are made: a newer wish takes the place of the run.
pub const RUN: Slot = Slot::supersede("cluster-run");

/// What a refused run names as its field when the claims do not make groups: none, or too few.
pub const NO_ROWS: &str = "rows";

const SEED: &str = "cluster seed";
const FILTER: &str = "cluster filter";
const FILE: &str = "cluster file";
/// Lines above the groups at most: verdict, method, cause, what was left out.
const MOST_HEAD: u16 = 9;

/// The groups.
pub struct Groups {
    /// What is asked for; the ranking's choice of claims stands beside it.
    pub choice: Choice,
    card: Option<Box<ClusterCard>>,
    table: Table,
    is_running: bool,
    /// The books have changed since the run.
    is_old: bool,
    /// Why there are no groups to show.
    problem: Option<String>,
}

impl Groups {
    /// None yet.
    pub fn new(words: &Words) -> Self {
        Groups {
            choice: Choice::default(),
            card: None,
            table: Table::new(group_columns(words)),
            is_running: false,
            is_old: false,
            problem: None,
        }
    }

    /// Asks for a run.
    pub fn run(&mut self, wishes: &mut Wishes<'_>) {
        self.is_running = true;
        wishes.run(RUN, Task::Page(Subject::Clusters(self.choice.asked())));
    }

    /// Takes this much room.
    pub fn lay(&mut self, body: Rect) {
        self.table.set_width(body.width);
        self.table.set_height(body.height.saturating_sub(self.head_height(body.height)));
    }

    /// The number of the group under the cursor.
    pub fn selected(&self) -> Option<u32> {
        self.table.selected().and_then(|row| row.key.parse().ok())
    }

    /// Does what a key asks for; most of it asks for a run.
    pub fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Method => self.choice.turn_method(),
            Action::MoreClusters => self.choice.more(self.table.n_rows()),
            Action::FewerClusters => self.choice.fewer(self.table.n_rows()),
            Action::AutoClusters => self.choice.auto(),
            Action::Refresh => {}
            Action::Preset => {
                wishes.popup(self.choice.presets(wishes.words));
                return Taken::Yes;
            }
            Action::Seed => {
                let seed = self.choice.seed.to_string();
                ask(SEED, ["panes-work-seed-title", "panes-work-seed-question"], &seed, wishes);
                return Taken::Yes;
            }
            Action::Export => {
                let file = wishes.words.text("panes-work-cluster-file");
                ask(FILE, ["panes-work-export-title", "panes-work-file-question"], &file, wishes);
                return Taken::Yes;
            }
            Action::Filter => {
                let [title, question] =
                    ["panes-work-cluster-filter-title", "panes-work-cluster-filter-question"]
                        .map(|key| wishes.words.text(key));
                let prompt = Prompt::new(FILTER, title, &question, &self.choice.filter);
                wishes.popup(prompt.taking_nothing());
                return Taken::Yes;
            }
            Action::Open => {
                match (self.selected(), &self.problem) {
                    (Some(id), _) => wishes.push(PostingsPane::new(Subject::Cluster(id))),
                    (None, Some(why)) => wishes.toast_warn(why.clone()),
                    (None, None) => {}
                }
                return Taken::Yes;
            }
            _ => return if self.table.act(action) { Taken::Yes } else { Taken::No },
        }
        self.run(wishes);
        Taken::Yes
    }

    /// Takes the answer to one of its questions.
    pub fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) -> Taken {
        match reply {
            Reply::Picked { tag, idx } if tag == PRESETS_TAG => self.choice.pick_preset(*idx),
            Reply::Entered { tag, text } if tag == SEED => match text.trim().parse() {
                Ok(seed) => self.choice.seed = seed,
                Err(_) => {
                    wishes.toast_warn(wishes.words.text("panes-work-seed-bad"));
                    return Taken::Yes;
                }
            },
            Reply::Entered { tag, text } if tag == FILTER => {
                self.choice.filter = if text.trim() == "-" { String::new() } else { text.trim().to_owned() };
            }
            Reply::Entered { tag, text } if tag == FILE => {
                self.write(text, wishes);
                return Taken::Yes;
            }
            _ => return Taken::No,
        }
        self.run(wishes);
        Taken::Yes
    }

    /// The groups go out as text.
    fn write(&self, path: &str, wishes: &mut Wishes<'_>) {
        let subject = Subject::Clusters(self.choice.asked());
        let (format, path) = ("text".to_owned(), path.to_owned());
        wishes.run(EXPORT, Task::Write { subject, format, path, over: Over::Ask });
    }

    /// Takes the groups of a run, when they are those asked for last.
    pub fn receive(&mut self, card: &ClusterCard) -> Taken {
        if card.asked != self.choice.asked() {
            return Taken::No;
        }
        self.is_running = false;
        self.is_old = false;
        self.problem = None;
        self.table.listed(u64::try_from(card.rows.len()).unwrap_or(0), None);
        self.table.receive(0, card.rows.clone());
        self.card = Some(Box::new(card.clone()));
        Taken::Yes
    }

    /// A run that came to nothing.
    pub fn trouble(&mut self, trouble: &Trouble) -> Taken {
        self.is_running = false;
        match trouble {
            // Nothing to group is no failure: it stands where the groups would.
            Trouble::Refused { text, field: Some(field) } if field == NO_ROWS => {
                self.problem = Some(text.clone());
                // Groups of another choice lead to other claims: none is left to be opened.
                self.card = None;
                self.table.listed(0, None);
                Taken::Yes
            }
            _ => Taken::No,
        }
    }

    /// The books have changed.
    pub fn changed(&mut self) {
        self.is_old = self.card.is_some();
    }

    /// The groups keep at least half of the room.
    fn head_height(&self, room: u16) -> u16 {
        let n_lines = self.card.as_ref().map_or(0, |card| card.head.len());
        u16::try_from(n_lines).unwrap_or(u16::MAX).min(MOST_HEAD).min(room / 2)
    }

    /// Draws what is known of them above their table, or why there are none.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let Some(card) = &self.card else {
            let text = match (&self.problem, self.is_running) {
                (_, true) => look.words.text("panes-work-cluster-running"),
                (Some(why), false) => why.clone(),
                (None, false) => look.words.text("panes-work-cluster-stopped"),
            };
            let lines = wrap(&text, area.width.saturating_sub(3));
            for (y, line) in (area.y..area.bottom()).zip(lines) {
                put(buffer, area, area.x.saturating_add(2), y, &line, look.theme.dim);
            }
            return;
        };
        let height = self.head_height(area.height);
        let mut head = PageView::still(Page { title: String::new(), lines: card.head.clone() });
        head.set_height(height);
        head.view(Rect { height, ..area }, buffer, look);
        let table = Rect { y: area.y + height, height: area.height - height, ..area };
        self.table.view(table, buffer, look);
    }

    /// What stands below them: whether they are still what is asked for.
    pub fn foot(&self, look: &Look<'_>) -> (String, Style) {
        // The groups shown may be of another choice than the heading says.
        let is_stale = self.card.as_ref().is_some_and(|card| card.asked != self.choice.asked());
        let is_remade = self.is_running && self.card.is_some();
        let (key, style) = match (is_remade, is_stale, self.is_old) {
            (true, true, _) => ("panes-work-cluster-running-old", look.theme.accent),
            (true, false, _) => ("panes-work-cluster-running", look.theme.accent),
            (false, true, _) => ("panes-work-cluster-stale", look.theme.warn),
            (false, false, true) => ("panes-work-cluster-old", look.theme.warn),
            (false, false, false) => return (String::new(), look.theme.dim),
        };
        (look.words.text(key), style)
    }
}

/// Asks for a text, under a title and with a question.
fn ask(tag: &str, [title, question]: [&str; 2], text: &str, wishes: &mut Wishes<'_>) {
    let (title, question) = (wishes.words.text(title), wishes.words.text(question));
    wishes.popup(Prompt::new(tag, title, &question, text));
}
