//! The charts beside groups and companies: the curves that choose k, the groups as points, the profile of a group, the
//! funnel of the ranking, the course of cases.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::app::EXPORT;
use crate::tui::cards::ChartCard;
use crate::tui::chart_view;
use crate::tui::effect::{Answer, ChartAsk, ChartKind, Over, Subject, Task};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::keymap::{Action, Context};
use crate::tui::paint::{put, rule, wrap};
use crate::tui::popups::{Prompt, Reply};
use crate::tui::screen::{Look, Screen, Taken, Wishes};
use crate::words::{Value, Words};

/// Where charts are made: a newer wish takes the place of the one before.
pub const CHART: Slot = Slot::supersede("chart");

const FILE: &str = "chart file";

/// The screen.
pub struct ChartsPane {
    kind: usize,
    /// The shown variant of each chart: curve, pair, group, claims, comparison.
    variants: [usize; ChartKind::ALL.len()],
    /// Which claims the course follows.
    filter: String,
    card: Option<Box<ChartCard>>,
    /// Why there is no chart.
    problem: Option<String>,
    is_running: bool,
    /// The books have changed since it was made.
    is_old: bool,
}

impl ChartsPane {
    /// The charts, this one first; the profile of the `group`-th group, the course of the claims of this filter.
    pub fn new(kind: ChartKind, group: usize, filter: &str) -> Self {
        let mut variants = [0; ChartKind::ALL.len()];
        variants[ChartKind::Profile.idx()] = group;
        let filter = filter.to_owned();
        ChartsPane {
            kind: kind.idx(),
            variants,
            filter,
            card: None,
            problem: None,
            is_running: false,
            is_old: false,
        }
    }

    fn ask(&self) -> ChartAsk {
        let kind = ChartKind::ALL[self.kind];
        ChartAsk { kind, variant: self.variants[self.kind], filter: self.filter.clone() }
    }

    fn run(&mut self, wishes: &mut Wishes<'_>) {
        self.is_running = true;
        self.problem = None;
        wishes.run(CHART, Task::Page(Subject::Chart(self.ask())));
    }

    fn turn(&mut self, step: usize, wishes: &mut Wishes<'_>) {
        self.kind = (self.kind + step) % ChartKind::ALL.len();
        self.card = None;
        self.run(wishes);
    }

    /// The next or the last variant, round and round.
    fn vary(&mut self, action: Action, wishes: &mut Wishes<'_>) {
        let n_variants = self.card.as_ref().map_or(1, |card| card.n_variants.max(1));
        let now = self.variants[self.kind].min(n_variants - 1);
        self.variants[self.kind] = match action {
            Action::Down => (now + 1) % n_variants,
            Action::Up => (now + n_variants - 1) % n_variants,
            Action::First => 0,
            _ => n_variants - 1,
        };
        if self.variants[self.kind] != now {
            self.run(wishes);
        }
    }

    fn foot(&self, look: &Look<'_>) -> String {
        if self.is_running {
            return look.words.text("charts-running");
        }
        if self.is_old {
            return look.words.text("panes-work-cluster-old");
        }
        let key = |action| {
            look.keymap.key(Context::Cluster, action).map_or_else(String::new, |key| key.to_string())
        };
        let n_variants = self.card.as_ref().map_or(0, |card| card.n_variants);
        let args = [
            ("next", Value::from(key(Action::Right))),
            ("down", key(Action::Down).into()),
            ("up", key(Action::Up).into()),
            ("export", key(Action::Export).into()),
        ];
        let foot = if n_variants > 1 { "charts-foot-variants" } else { "charts-foot" };
        look.words.format(foot, &args)
    }
}

impl Screen for ChartsPane {
    fn context(&self) -> Context {
        Context::Cluster
    }

    fn why_not(&self, action: Action, words: &Words) -> Option<String> {
        let is_of_the_list = matches!(
            action,
            Action::Open
                | Action::Method
                | Action::MoreClusters
                | Action::FewerClusters
                | Action::AutoClusters
                | Action::Preset
                | Action::Companies
                | Action::Charts
                | Action::Recommendations
                | Action::Which
                | Action::Seed
                | Action::Filter
                | Action::Sort
                | Action::SortReverse
                | Action::SortHere
                | Action::Columns
                | Action::Mark
                | Action::MarkRange
                | Action::MarkAll
                | Action::Copy
        );
        is_of_the_list.then(|| words.text("panes-work-go-back-first"))
    }

    fn help_key(&self, action: Action) -> Option<&'static str> {
        match action {
            Action::Right | Action::NextSection => Some("charts-act-next"),
            Action::Left | Action::PreviousSection => Some("charts-act-previous"),
            Action::Down => Some("charts-act-variant"),
            Action::Up => Some("charts-act-variant-before"),
            Action::First => Some("charts-act-variant-first"),
            Action::Last => Some("charts-act-variant-last"),
            Action::Export => Some("charts-act-export"),
            _ => None,
        }
    }

    fn start(&mut self, wishes: &mut Wishes<'_>) {
        self.run(wishes);
    }

    fn lay(&mut self, _area: Rect, _wishes: &mut Wishes<'_>) {}

    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Right | Action::NextSection => self.turn(1, wishes),
            Action::Left | Action::PreviousSection => self.turn(ChartKind::ALL.len() - 1, wishes),
            Action::Down | Action::Up | Action::First | Action::Last => self.vary(action, wishes),
            Action::Refresh => self.run(wishes),
            Action::Export => {
                let words = wishes.words;
                let (title, question) =
                    (words.text("panes-work-export-title"), words.text("charts-file-question"));
                wishes.popup(Prompt::new(FILE, title, &question, &words.text("charts-file")));
            }
            _ => return Taken::No,
        }
        Taken::Yes
    }

    fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) {
        if let Reply::Entered { tag, text } = reply
            && tag == FILE
        {
            let (format, path) = ("svg".to_owned(), text.clone());
            let subject = Subject::Chart(self.ask());
            wishes.run(EXPORT, Task::Write { subject, format, path, over: Over::Ask });
        }
    }

    fn receive(&mut self, answer: &Answer, _wishes: &mut Wishes<'_>) {
        if let Answer::Chart(card) = answer
            && card.asked == self.ask()
        {
            self.is_running = false;
            self.is_old = false;
            self.card = Some(card.clone());
        }
    }

    fn trouble(&mut self, slot: Slot, trouble: &Trouble, _wishes: &mut Wishes<'_>) -> Taken {
        if slot != CHART {
            return Taken::No;
        }
        self.is_running = false;
        match trouble {
            // Nothing to draw is no failure: it stands where the chart would.
            Trouble::Refused { text, .. } => {
                self.problem = Some(text.clone());
                self.card = None;
                Taken::Yes
            }
            _ => Taken::No,
        }
    }

    /// A chart takes its time: it is not made anew for each claim that another clerk types.
    fn changed(&mut self, _wishes: &mut Wishes<'_>) {
        self.is_old = self.card.is_some();
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        let kind = look.words.text(ChartKind::ALL[self.kind].words_key());
        let args = [
            ("place", Value::from(self.kind + 1)),
            ("of", ChartKind::ALL.len().into()),
            ("chart", kind.into()),
        ];
        rule(buffer, area, area.y, &look.words.format("charts-title", &args), look);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
        let body = Rect { x: body.x + 1, width: body.width.saturating_sub(2), ..body };
        let said = match (&self.card, &self.problem) {
            (_, Some(problem)) => Some(problem.clone()),
            (Some(card), None) => {
                (chart_view::charts(&card.charts, body, buffer, look) == 0).then(String::new)
            }
            (None, None) if self.is_running => Some(look.words.text("charts-running")),
            (None, None) => Some(look.words.text("charts-stopped")),
        };
        for (y, line) in (body.y..body.bottom()).zip(said.iter().flat_map(|text| wrap(text, body.width))) {
            put(buffer, body, body.x, y, &line, look.theme.dim);
        }
        let style = if self.is_old { look.theme.warn } else { look.theme.dim };
        if area.height > 1 {
            put(buffer, area, area.x + 1, area.bottom() - 1, &self.foot(look), style);
        }
        None
    }
}
