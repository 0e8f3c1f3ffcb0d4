//! The report of a month: the same value that `santun report` prints, to scroll, to jump in by section, and to follow
//! from a number to its records.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::detail::DetailPane;
use super::report_postings::PostingsPane;
use super::vouchers_sheet::{Next, SheetPane};
use crate::tui::app::{COMMIT, EXPORT};
use crate::tui::cards::{Goal, MonthCard, ReportCard, Way};
use crate::tui::effect::{Answer, Over, Subject, Task};
use crate::tui::jobs::{Slot, Trouble};
use crate::tui::key::Key;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::{Line, PageView};
use crate::tui::paint::rule;
use crate::tui::popups::{Chooser, Confirm, Item, Message, Prompt, Reply};
use crate::tui::screen::{Look, Screen, Taken, Wish, Wishes};
use crate::tui::theme::Tone;
use crate::words::Value;

/// Where the report is computed.
pub const REPORT: Slot = Slot::supersede("report");

/// How long a change of the books waits for the next.
const CHANGE_PAUSE: Duration = Duration::from_millis(300);

const PERIOD: &str = "report period";
const WAY: &str = "report way";
const FORMAT: &str = "report format";
const FILE: &str = "report file";
const MONTH: &str = "report month";
const MONTH_SAID: &str = "report month said";

/// Where it is looked what closing a month would do.
const MONTH_PLAN: Slot = Slot::supersede("month-plan");

/// What a report is written as: the format's name and the ending of its file.
const FORMATS: [(&str, &str); 4] = [("text", "txt"), ("html", "html"), ("csv", "csv"), ("json", "json")];

/// The pane.
#[derive(Default)]
pub struct ReportPane {
    card: Option<Box<ReportCard>>,
    page: PageView,
    /// The month that is asked for; empty: the oldest open one.
    asked: String,
    /// The ways offered to choose from.
    ways: Vec<Way>,
    format: usize,
    /// What lies before the person to be done to a month.
    month: Option<Box<MonthCard>>,
    /// The month of the command that is on its way.
    sent: Option<String>,
}

impl ReportPane {
    /// The pane, on the oldest open month.
    pub fn new() -> Self {
        ReportPane::default()
    }

    fn ask(&mut self, period: String, wishes: &mut Wishes<'_>) {
        self.asked.clone_from(&period);
        wishes.run(REPORT, Task::Page(Subject::Report(period)));
    }

    fn pick_period(&self, wishes: &mut Wishes<'_>) {
        let Some(card) = &self.card else { return };
        let items = card.months.iter().map(|(month, name)| Item::pick(month, name)).collect();
        let now = card.months.iter().position(|(month, _)| *month == card.period).unwrap_or(0);
        let title = wishes.words.text("panes-work-period-title");
        wishes.popup(Chooser::new(PERIOD, title, items).starting_at(now));
    }

    /// The month beside the one shown: later ones come first in the list.
    fn beside(&mut self, action: Action, wishes: &mut Wishes<'_>) {
        let Some(card) = &self.card else { return };
        let now = card.months.iter().position(|(month, _)| *month == card.period);
        let place = match action {
            Action::LaterPeriod => now.and_then(|now| now.checked_sub(1)),
            _ => now.map(|now| now + 1),
        };
        match place.and_then(|place| card.months.get(place)) {
            Some((month, _)) => self.ask(month.clone(), wishes),
            None => wishes.toast_warn(wishes.words.text("panes-work-no-month")),
        }
    }

    /// One way is gone at once, of several one is chosen.
    fn open(&mut self, wishes: &mut Wishes<'_>) {
        let Some(card) = &self.card else { return };
        let ways = card.ways.get(self.page.cursor()).cloned().unwrap_or_default();
        match ways.as_slice() {
            [] => wishes.toast_warn(wishes.words.text("panes-work-no-way")),
            [way] => self.go(&way.to.clone(), wishes),
            several => {
                let items = several.iter().map(|way| Item::pick("", &way.label)).collect();
                wishes.popup(Chooser::new(WAY, wishes.words.text("panes-work-way-title"), items));
                self.ways = ways;
            }
        }
    }

    fn go(&self, to: &Goal, wishes: &mut Wishes<'_>) {
        let period = self.card.as_ref().map_or_else(String::new, |card| card.period.clone());
        match to {
            Goal::Filter(filter) => wishes.wish(Wish::Show { filter: filter.clone() }),
            Goal::Claim(claim_no) => wishes.push(DetailPane::new(claim_no.clone(), 0)),
            Goal::Voucher(code) => wishes.push(SheetPane::new(code.clone(), Next::Look)),
            Goal::Postings(place) => wishes.push(PostingsPane::new(Subject::Postings(period, *place))),
        }
    }

    fn ask_format(&self, wishes: &mut Wishes<'_>) {
        let words = wishes.words;
        let named = |(format, ending): &(&str, &str)| {
            Item::pick(&format!(".{ending}"), &words.text(&format!("panes-work-format-{format}")))
        };
        let items = FORMATS.iter().map(named).collect();
        wishes.popup(Chooser::new(FORMAT, words.text("panes-work-export-title"), items));
    }

    fn ask_file(&mut self, format: usize, wishes: &mut Wishes<'_>) {
        let (Some(card), Some((_, ending))) = (&self.card, FORMATS.get(format)) else { return };
        self.format = format;
        let words = wishes.words;
        let name = words.format("panes-work-report-file", &[("period", Value::from(&card.period))]);
        let question = words.text("panes-work-file-question");
        let title = words.text("panes-work-export-title");
        wishes.popup(Prompt::new(FILE, title, &question, &format!("{name}.{ending}")));
    }

    /// Says what stands in the way, asks what must be said, or asks whether.
    fn month(&mut self, card: &MonthCard, wishes: &mut Wishes<'_>) {
        let words = wishes.words;
        match (&card.slip, &card.question) {
            (None, _) => {
                let said: Vec<String> = card.page.lines.iter().map(Line::plain).collect();
                wishes.popup(Message::new(card.page.title.clone(), &said.join("\n"), Tone::Warn));
            }
            (Some(_), Some(question)) => {
                let prompt = Prompt::new(MONTH_SAID, card.page.title.clone(), question, "");
                wishes.popup(prompt);
            }
            (Some(_), None) => {
                let key = words.text(&card.yes);
                wishes.popup(Confirm::new(MONTH, card.page.clone(), key, Some(Key::char('T'))));
            }
        }
        self.month = Some(Box::new(card.clone()));
    }

    /// What explains the differences was said: then it is asked whether, with everything on the page.
    fn month_said(&mut self, said: &str, wishes: &mut Wishes<'_>) {
        let Some(mut card) = self.month.take() else { return };
        card.slip = card.slip.map(|slip| slip.with("said", said));
        card.page.lines.push(Line::toned(said, Tone::Accent));
        card.question = None;
        self.month(&card, wishes);
    }

    fn write(&self, path: &str, wishes: &mut Wishes<'_>) {
        let (Some(card), Some((format, _))) = (&self.card, FORMATS.get(self.format)) else { return };
        let subject = Subject::Report(card.period.clone());
        wishes.run(
            EXPORT,
            Task::Write { subject, format: (*format).to_owned(), path: path.to_owned(), over: Over::Ask },
        );
    }
}

impl Screen for ReportPane {
    fn context(&self) -> Context {
        Context::Report
    }

    fn start(&mut self, wishes: &mut Wishes<'_>) {
        self.ask(String::new(), wishes);
    }

    fn lay(&mut self, area: Rect, _wishes: &mut Wishes<'_>) {
        self.page.set_height(area.height.saturating_sub(1));
    }

    fn act(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        match action {
            Action::Open => self.open(wishes),
            Action::Period => self.pick_period(wishes),
            Action::EarlierPeriod | Action::LaterPeriod => self.beside(action, wishes),
            Action::Export => self.ask_format(wishes),
            Action::CloseMonth => {
                if let Some(card) = self.card.as_ref().filter(|_| self.sent.is_none()) {
                    wishes.run(MONTH_PLAN, Task::PlanMonth { period: card.period.clone() });
                }
            }
            Action::Recommendations => wishes.push(PostingsPane::new(Subject::Levers(String::new()))),
            Action::Refresh => self.ask(self.asked.clone(), wishes),
            Action::Copy => wishes.copy(self.page.line_text()),
            _ if self.page.act(action) => {}
            _ => return Taken::No,
        }
        Taken::Yes
    }

    fn reply(&mut self, reply: &Reply, wishes: &mut Wishes<'_>) {
        match reply {
            Reply::Picked { tag, idx } if tag == PERIOD => {
                let month = self.card.as_ref().and_then(|card| card.months.get(*idx)).cloned();
                if let Some((month, _)) = month {
                    self.ask(month, wishes);
                }
            }
            Reply::Picked { tag, idx } if tag == WAY => {
                if let Some(way) = self.ways.get(*idx).cloned() {
                    self.go(&way.to, wishes);
                }
            }
            Reply::Picked { tag, idx } if tag == FORMAT => self.ask_file(*idx, wishes),
            Reply::Entered { tag, text } if tag == FILE => self.write(text, wishes),
            Reply::Entered { tag, text } if tag == MONTH_SAID => self.month_said(text, wishes),
            Reply::Confirmed { tag } if tag == MONTH => {
                if let Some(card) = self.month.take()
                    && let Some(slip) = card.slip
                {
                    self.sent = Some(card.period);
                    wishes.run(COMMIT, Task::Commit(slip));
                }
            }
            _ => {}
        }
    }

    fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) {
        match answer {
            Answer::MonthPlan(card) => self.month(card, wishes),
            Answer::Committed { slip, text, .. }
                if self.sent.is_some() && slip.subjects.first() == self.sent.as_ref() =>
            {
                wishes.toast_good(text.clone());
                if let Some(period) = self.sent.take() {
                    self.ask(period, wishes);
                }
            }
            _ => {}
        }
        if let Answer::Report(card) = answer
            && (self.asked.is_empty() || self.asked == card.period)
        {
            let is_same = self.card.as_ref().is_some_and(|shown| shown.period == card.period);
            if is_same {
                self.page.refresh(card.page.clone());
            } else {
                self.page.show(card.page.clone());
            }
            self.card = Some(card.clone());
        }
    }

    fn trouble(&mut self, slot: Slot, _trouble: &Trouble, _wishes: &mut Wishes<'_>) -> Taken {
        if slot == COMMIT {
            self.sent = None;
        }
        Taken::No
    }

    fn changed(&mut self, wishes: &mut Wishes<'_>) {
        // Several clerks commit one after the other: the report is computed once for all of them.
        if let Some(card) = &self.card {
            let subject = Subject::Report(card.period.clone());
            wishes.run_after(REPORT, Task::Page(subject), CHANGE_PAUSE);
        }
    }

    fn click(&mut self, row: u16, _wishes: &mut Wishes<'_>) {
        if let Some(line) = row.checked_sub(1) {
            self.page.click(line);
        }
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        if !area.is_empty() {
            let title = match &self.card {
                Some(card) => card.page.title.clone(),
                None => look.words.text("panes-work-report-reading"),
            };
            rule(buffer, area, area.y, &title, look);
            self.page.view(Rect { y: area.y + 1, height: area.height - 1, ..area }, buffer, look);
        }
        None
    }
}
