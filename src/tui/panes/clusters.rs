//! The clusters: groups of claims or companies by a method, a number, a preset and a seed; and the companies by claim
//! rate. Groups describe; they prove no cause, and the page says so.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::charts::ChartsPane;
use super::clusters_choice::{Choice, PRESETS_TAG};
use super::clusters_columns::{company_columns, group_columns};
use super::report_postings::PostingsPane;
use crate::desk::ranked_claims;
use crate::domain::query::Tongue;
use crate::tui::app::EXPORT;
use crate::tui::cards::ClusterCard;
use crate::tui::effect::{Answer, ChartKind, Draft, ListName, Over, Subject, Task};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::key::Input;
use crate::tui::keymap::{Action, Context};
use crate::tui::list::{List, ListSlots};
use crate::tui::page::{Page, PageView};
use crate::tui::paint::{clip, put, rule};
use crate::tui::popups::{Prompt, Reply};
use crate::tui::screen::{Look, Screen, Taken, Wish, Wishes};
use crate::tui::table::Table;
use crate::words::{Lang, Value, Words};

/// Where groups are made: a newer wish takes the place of the run.
pub const RUN: Slot = Slot::supersede("cluster-run");
/// Where companies are ranked.
pub const RANK: Slot = Slot::supersede("rank");
/// Where rows of the ranking are made.
pub const RANK_ROWS: Slot = Slot::finish("rank-rows");

/// What a refused run names as its field when the claims do not make groups: none, or too few.
pub const NO_ROWS: &str = "rows";

const SEED: &str = "cluster seed";
const FILTER: &str = "cluster filter";
const FILE: &str = "cluster file";
/// Lines above the groups at most: verdict, method, cause, what was left out.
const MOST_HEAD: u16 = 9;

/// Which of the two is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Showing {
    /// The groups.
    Groups,
    /// The ranking.
    Companies,
}

/// The pane.
pub struct ClustersPane {
    showing: Showing,
    choice: Choice,
    card: Option<Box<ClusterCard>>,
    groups: Table,
    is_running: bool,
    /// The books have changed since the run.
    is_old: bool,
    /// Why there are no groups to show.
    problem: Option<String>,
    companies: List,
    has_companies: bool,
    /// The desk's day: the ranking counts the twelve months before it.
    today: Date,
    area: Rect,
}

impl ClustersPane {
    /// The pane; the first run begins when it is first seen.
    pub fn new(words: &Words, today: Date, left: &[Draft]) -> Self {
        let slots = ListSlots { order: RANK, window: RANK_ROWS };
        let mut companies = List::new(ListName::Companies, slots, company_columns(words));
        companies.begin_as_left(left);
        ClustersPane {
            showing: Showing::Groups,
            choice: Choice::default(),
            card: None,
            groups: Table::new(group_columns(words)),
            is_running: false,
            is_old: false,
            problem: None,
            companies,
            has_companies: false,
            today,
            area: Rect::ZERO,
        }
    }

    fn run(&mut self, wishes: &mut Wishes<'_>) {
        self.is_running = true;
        wishes.run(RUN, Task::Page(Subject::Clusters(self.choice.asked())));
    }

    fn lay_parts(&mut self, wishes: &mut Wishes<'_>) {
        let body = Rect { height: self.area.height.saturating_sub(2), ..self.area };
        self.groups.set_width(body.width);
        self.groups.set_height(body.height.saturating_sub(self.head_height(body.height)));
        self.companies.lay(body, wishes);
    }

    /// The groups keep at least half of the room.
    fn head_height(&self, room: u16) -> u16 {
        let n_lines = self.card.as_ref().map_or(0, |card| card.head.len());
        u16::try_from(n_lines).unwrap_or(u16::MAX).min(MOST_HEAD).min(room / 2)
    }

    fn act_on_groups(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Method => self.choice.turn_method(),
            Action::MoreClusters => self.choice.more(self.groups.n_rows()),
            Action::FewerClusters => self.choice.fewer(self.groups.n_rows()),
            Action::AutoClusters => self.choice.auto(),
            Action::Refresh => {}
            Action::Preset => {
                wishes.popup(self.choice.presets(wishes.words));
                return Taken::Yes;
            }
            Action::Seed => {
                let words = wishes.words;
                let (title, question) =
                    (words.text("panes-work-seed-title"), words.text("panes-work-seed-question"));
                wishes.popup(Prompt::new(SEED, title, &question, &self.choice.seed.to_string()));
                return Taken::Yes;
            }
            Action::Export => {
                self.ask_file("panes-work-cluster-file", wishes);
                return Taken::Yes;
            }
            Action::Filter => {
                let words = wishes.words;
                let title = words.text("panes-work-cluster-filter-title");
                let question = words.text("panes-work-cluster-filter-question");
                wishes.popup(Prompt::new(FILTER, title, &question, &self.choice.filter));
                return Taken::Yes;
            }
            Action::Open => {
                if let Some(id) = self.groups.selected().and_then(|row| row.key.parse().ok()) {
                    wishes.push(PostingsPane::new(Subject::Cluster(id)));
                }
                return Taken::Yes;
            }
            _ => return if self.groups.act(action) { Taken::Yes } else { Taken::No },
        }
        self.run(wishes);
        Taken::Yes
    }

    fn act_on_companies(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Which => {
                let filter = self.choice.turn_which(self.companies.filter(), wishes.words.lang());
                self.companies.show_filter(&filter, wishes);
            }
            Action::Open => {
                if let Some(row) = self.companies.selected() {
                    let tongue = match wishes.words.lang() {
                        Lang::Id => Tongue::Indonesian,
                        Lang::En => Tongue::English,
                    };
                    // The claims that the line counts, neither more nor fewer.
                    let filter =
                        ranked_claims(&row.key, Choice::which(self.companies.filter()), self.today, tongue);
                    wishes.wish(Wish::Show { filter });
                }
            }
            _ => {
                let taken = self.companies.act(action, wishes);
                self.companies.remember(wishes);
                return taken;
            }
        }
        Taken::Yes
    }

    fn view_groups(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let Some(card) = &self.card else {
            let text = match (&self.problem, self.is_running) {
                (_, true) => look.words.text("panes-work-cluster-running"),
                (Some(why), false) => why.clone(),
                (None, false) => look.words.text("panes-work-cluster-stopped"),
            };
            let text = clip(&text, area.width.saturating_sub(2), look.glyphs.ellipsis());
            put(buffer, area, area.x.saturating_add(2), area.y, &text, look.theme.dim);
            return;
        };
        let height = self.head_height(area.height);
        let mut head = PageView::still(Page { title: String::new(), lines: card.head.clone() });
        head.set_height(height);
        head.view(Rect { height, ..area }, buffer, look);
        let table = Rect { y: area.y + height, height: area.height - height, ..area };
        self.groups.view(table, buffer, look);
    }

    /// Whether the groups shown are of another choice than the heading says.
    fn is_stale(&self) -> bool {
        self.card.as_ref().is_some_and(|card| card.asked != self.choice.asked())
    }

    fn ask_file(&self, name: &str, wishes: &mut Wishes<'_>) {
        let words = wishes.words;
        let (title, question) =
            (words.text("panes-work-export-title"), words.text("panes-work-file-question"));
        wishes.popup(Prompt::new(FILE, title, &question, &words.text(name)));
    }

    /// The groups go out as text.
    fn write(&self, path: &str, wishes: &mut Wishes<'_>) {
        let subject = Subject::Clusters(self.choice.asked());
        let (format, path) = ("text".to_owned(), path.to_owned());
        wishes.run(EXPORT, Task::Write { subject, format, path, over: Over::Ask });
    }

    fn take_typed(&mut self, tag: &str, text: &str, wishes: &mut Wishes<'_>) {
        if tag == SEED {
            match text.trim().parse() {
                Ok(seed) => self.choice.seed = seed,
                Err(_) => return wishes.toast_warn(wishes.words.text("panes-work-seed-bad")),
            }
        } else {
            self.choice.filter = if text.trim() == "-" { String::new() } else { text.trim().to_owned() };
        }
        self.run(wishes);
    }
}

impl Screen for ClustersPane {
    fn context(&self) -> Context {
        Context::Cluster
    }

    fn is_typing(&self) -> bool {
        self.showing == Showing::Companies && self.companies.is_typing()
    }

    fn why_not(&self, action: Action, words: &Words) -> Option<String> {
        let key = match (self.showing, action) {
            (_, Action::NextSection | Action::PreviousSection) => "panes-work-profile-first",
            (
                Showing::Groups,
                Action::Sort
                | Action::SortReverse
                | Action::SortHere
                | Action::Which
                | Action::Columns
                | Action::Mark
                | Action::MarkRange
                | Action::MarkAll
                | Action::Copy,
            ) => "panes-work-companies-first",
            (
                Showing::Companies,
                Action::Method
                | Action::MoreClusters
                | Action::FewerClusters
                | Action::AutoClusters
                | Action::Preset
                | Action::Seed,
            ) => "panes-work-groups-first",
            _ => return None,
        };
        Some(words.text(key))
    }

    fn start(&mut self, wishes: &mut Wishes<'_>) {
        self.run(wishes);
    }

    fn lay(&mut self, area: Rect, wishes: &mut Wishes<'_>) {
        self.area = area;
        self.lay_parts(wishes);
    }

    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        if action == Action::Recommendations {
            wishes.push(PostingsPane::new(Subject::Levers(String::new())));
            return Taken::Yes;
        }
        if action == Action::Charts {
            let group = self.groups.selected().and_then(|row| row.key.parse::<usize>().ok()).unwrap_or(1);
            let first = match self.showing {
                Showing::Groups => ChartKind::Scatter,
                Showing::Companies => ChartKind::Funnel,
            };
            wishes.push(ChartsPane::new(first, group.saturating_sub(1), &self.choice.filter));
            return Taken::Yes;
        }
        if action == Action::Companies {
            self.showing = match self.showing {
                Showing::Groups => Showing::Companies,
                Showing::Companies => Showing::Groups,
            };
            if self.showing == Showing::Companies && !self.has_companies {
                self.has_companies = true;
                self.companies.refresh(wishes);
            }
            return Taken::Yes;
        }
        match self.showing {
            Showing::Groups => self.act_on_groups(action, wishes),
            Showing::Companies => self.act_on_companies(action, wishes),
        }
    }

    fn input(&mut self, input: &Input, wishes: &mut Wishes<'_>) -> Taken {
        self.companies.input(input, wishes)
    }

    fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) {
        match reply {
            Reply::Picked { tag, idx } if tag == PRESETS_TAG => {
                self.choice.pick_preset(*idx);
                self.run(wishes);
            }
            Reply::Entered { tag, text } if tag == SEED || tag == FILTER => {
                self.take_typed(tag, text, wishes)
            }
            Reply::Entered { tag, text } if tag == FILE => self.write(text, wishes),
            _ => {
                self.companies.reply(reply, wishes);
                self.companies.remember(wishes);
            }
        }
    }

    fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) {
        match answer {
            Answer::Clusters(card) if card.asked == self.choice.asked() => {
                self.is_running = false;
                self.is_old = false;
                self.problem = None;
                self.groups.listed(u64::try_from(card.rows.len()).unwrap_or(0), None);
                self.groups.receive(0, card.rows.clone());
                self.card = Some(card.clone());
                self.lay_parts(wishes);
            }
            _ => {
                self.companies.receive(answer, wishes);
            }
        }
    }

    fn trouble(&mut self, slot: Slot, trouble: &Trouble, _wishes: &mut Wishes<'_>) -> Taken {
        if slot != RUN {
            return Taken::No;
        }
        self.is_running = false;
        match trouble {
            // Nothing to group is no failure: it stands where the groups would.
            Trouble::Refused { text, field: Some(field) } if field == NO_ROWS => {
                self.problem = Some(text.clone());
                self.card = None;
                Taken::Yes
            }
            _ => Taken::No,
        }
    }

    /// A run takes its time: it is not begun anew for each claim that another clerk types.
    fn changed(&mut self, wishes: &mut Wishes<'_>) {
        self.is_old = self.card.is_some();
        if self.has_companies && self.showing == Showing::Companies {
            self.companies.refresh(wishes);
        } else {
            self.has_companies = false;
        }
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        let words = look.words;
        let title = match self.showing {
            Showing::Groups => self.choice.title(words),
            Showing::Companies => self.choice.which_title(words),
        };
        rule(buffer, area, area.y, &title, look);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
        let cursor = match self.showing {
            Showing::Groups => {
                self.view_groups(body, buffer, look);
                None
            }
            Showing::Companies => self.companies.view(body, buffer, look),
        };
        let (foot, style) = match self.showing {
            Showing::Groups if self.is_running && self.card.is_some() => {
                let key = match self.is_stale() {
                    true => "panes-work-cluster-running-old",
                    false => "panes-work-cluster-running",
                };
                (words.text(key), look.theme.accent)
            }
            Showing::Groups if self.is_stale() => (words.text("panes-work-cluster-stale"), look.theme.warn),
            Showing::Groups if self.is_old => (words.text("panes-work-cluster-old"), look.theme.warn),
            Showing::Groups => (String::new(), look.theme.dim),
            Showing::Companies => {
                let args = [("mark", Value::from(look.glyphs.ascending()))];
                (words.format("panes-work-rank-legend", &args), look.theme.dim)
            }
        };
        if area.height > 1 {
            let text = clip(&foot, area.width.saturating_sub(2), look.glyphs.ellipsis());
            put(buffer, area, area.x.saturating_add(1), area.bottom() - 1, &text, style);
        }
        cursor
    }
}
