//! The clusters: groups of claims or companies by a method, a number, a preset and a seed; and the companies by claim
//! rate. Groups describe; they prove no cause, and the page says so.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::charts::ChartsPane;
use super::clusters_choice::Choice;
use super::clusters_columns::company_columns;
use super::clusters_groups::{Groups, RUN};
use super::report_postings::PostingsPane;
use crate::desk::ranked_claims;
use crate::domain::query::Tongue;
use crate::tui::effect::{Answer, ChartKind, Draft, ListName, Subject};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::key::Input;
use crate::tui::keymap::{Action, Context};
use crate::tui::list::{List, ListSlots};
use crate::tui::paint::{clip, put, rule};
use crate::tui::popups::Reply;
use crate::tui::screen::{Look, Screen, Taken, Wish, Wishes};
use crate::words::{Lang, Value, Words};

/// Where companies are ranked.
pub const RANK: Slot = Slot::supersede("rank");
/// Where rows of the ranking are made.
pub const RANK_ROWS: Slot = Slot::finish("rank-rows");

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
    groups: Groups,
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
            groups: Groups::new(words),
            companies,
            has_companies: false,
            today,
            area: Rect::ZERO,
        }
    }

    fn lay_parts(&mut self, wishes: &mut Wishes<'_>) {
        let body = Rect { height: self.area.height.saturating_sub(2), ..self.area };
        self.groups.lay(body);
        self.companies.lay(body, wishes);
    }

    fn act_on_companies(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Which => {
                let filter = self.groups.choice.turn_which(self.companies.filter(), wishes.words.lang());
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
        self.groups.run(wishes);
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
            let group = self.groups.selected().and_then(|id| usize::try_from(id).ok()).unwrap_or(1);
            let first = match self.showing {
                Showing::Groups => ChartKind::Scatter,
                Showing::Companies => ChartKind::Funnel,
            };
            wishes.push(ChartsPane::new(first, group.saturating_sub(1), &self.groups.choice.filter));
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
            Showing::Groups => self.groups.act(action, wishes),
            Showing::Companies => self.act_on_companies(action, wishes),
        }
    }

    fn input(&mut self, input: &Input, wishes: &mut Wishes<'_>) -> Taken {
        self.companies.input(input, wishes)
    }

    fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) {
        if self.groups.reply(reply, wishes) == Taken::No {
            self.companies.reply(reply, wishes);
            self.companies.remember(wishes);
        }
    }

    fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) {
        match answer {
            Answer::Clusters(card) => {
                if self.groups.receive(card) == Taken::Yes {
                    self.lay_parts(wishes);
                }
            }
            _ => {
                self.companies.receive(answer, wishes);
            }
        }
    }

    fn trouble(&mut self, slot: Slot, trouble: &Trouble, _wishes: &mut Wishes<'_>) -> Taken {
        if slot == RUN { self.groups.trouble(trouble) } else { Taken::No }
    }

    /// A run takes its time: it is not begun anew for each claim that another clerk types.
    fn changed(&mut self, wishes: &mut Wishes<'_>) {
        self.groups.changed();
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
            Showing::Groups => self.groups.choice.title(words),
            Showing::Companies => self.groups.choice.which_title(words),
        };
        rule(buffer, area, area.y, &title, look);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
        let cursor = match self.showing {
            Showing::Groups => {
                self.groups.view(body, buffer, look);
                None
            }
            Showing::Companies => self.companies.view(body, buffer, look),
        };
        let (foot, style) = match self.showing {
            Showing::Groups => self.groups.foot(look),
            Showing::Companies => {
                let args = [("mark", Value::from(look.glyphs.sure()))];
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
