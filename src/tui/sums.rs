//! What a list adds up to, in one line: all of it, and the marked rows. It is asked for when the rows of the list are
//! there, never before, so that nobody waits longer for the list itself.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::effect::{Answer, ListName, Sum, SumsOf, Task};
use super::jobs::Slot;
use super::paint::{put, width};
use super::screen::{Look, Taken, Wishes};
use super::table::Table;

/// A filter that is being typed changes often: its sums wait for a pause.
const PAUSE: Duration = Duration::from_millis(150);

/// The sums of a list.
#[derive(Clone, Debug)]
pub struct SumsLine {
    list: ListName,
    shown: Vec<Sum>,
    marked: Option<(usize, Vec<Sum>)>,
    /// The marks that were asked about last.
    asked: Vec<String>,
    /// The list was made anew, its sums are not asked for yet.
    is_due: bool,
    /// They are asked for, and the list was not made anew since.
    is_awaited: bool,
}

/// Where the sums of all and of the marked rows are made; some lists have none.
fn slots(list: ListName) -> Option<(Slot, Slot)> {
    match list {
        ListName::Claims => Some((Slot::supersede("claims-sums"), Slot::supersede("claims-marked-sums"))),
        ListName::Queue => Some((Slot::supersede("queue-sums"), Slot::supersede("queue-marked-sums"))),
        ListName::Vouchers => {
            Some((Slot::supersede("vouchers-sums"), Slot::supersede("vouchers-marked-sums")))
        }
        ListName::Clusters | ListName::Companies => None,
    }
}

impl SumsLine {
    /// None yet.
    pub fn new(list: ListName) -> Self {
        SumsLine {
            list,
            shown: Vec::new(),
            marked: None,
            asked: Vec::new(),
            is_due: false,
            is_awaited: false,
        }
    }

    /// The list has other rows than before: its sums are unknown until they come.
    pub fn clear(&mut self) {
        self.shown.clear();
    }

    /// The list was made anew. Sums that were asked for before come too late.
    pub fn listed(&mut self, n_rows: u64) {
        self.is_awaited = false;
        // An amount may have changed under a mark.
        self.asked.clear();
        self.is_due = n_rows > 0;
    }

    /// The rows are there: what is due is asked for.
    pub fn rows_came(&mut self, wishes: &mut Wishes<'_>) {
        if let Some((slot, _)) = slots(self.list).filter(|_| std::mem::take(&mut self.is_due)) {
            self.is_awaited = true;
            wishes.run_after(slot, Task::Sums { list: self.list, marked: None }, PAUSE);
        }
    }

    /// The marks may be others now.
    pub fn follow(&mut self, table: &Table, wishes: &mut Wishes<'_>) {
        if table.n_marks() == 0 {
            self.asked.clear();
            self.marked = None;
            return;
        }
        let is_same =
            table.n_marks() == self.asked.len() && table.marks().eq(self.asked.iter().map(String::as_str));
        let slot =
            slots(self.list).map(|(_, slot)| slot).filter(|_| !is_same && self.list != ListName::Vouchers);
        if let Some(slot) = slot {
            self.asked = table.marks().map(str::to_owned).collect();
            wishes.run_after(slot, Task::Sums { list: self.list, marked: Some(self.asked.clone()) }, PAUSE);
        }
    }

    /// The sums came.
    pub fn receive(&mut self, answer: &Answer) -> Taken {
        match answer {
            Answer::Sums { list, of: SumsOf::Shown, sums } if *list == self.list => {
                if std::mem::take(&mut self.is_awaited) {
                    self.shown.clone_from(sums);
                }
            }
            Answer::Sums { list, of: SumsOf::Marked(n), sums } if *list == self.list => {
                self.marked = Some((*n, sums.clone())).filter(|_| !self.asked.is_empty());
            }
            _ => return Taken::No,
        }
        Taken::Yes
    }

    /// The sums in so many cells: of all and of the marked rows, of the marked ones alone where that is too long, each
    /// to the rupiah where there is room. On a narrow screen the first sums go: what waits matters most.
    fn text(&self, room: u16, look: &Look<'_>) -> String {
        let join = |sums: &[Sum], amount: fn(&Sum) -> &str| {
            let each: Vec<String> = sums.iter().map(|sum| format!("{} {}", sum.label, amount(sum))).collect();
            each.join(&format!(" {} ", look.glyphs.dot()))
        };
        let shown = |amount, skip: usize| self.shown.get(skip..).map(|sums| join(sums, amount));
        let marked = |amount, skip: usize| {
            let (n, sums) = self.marked.as_ref()?;
            let n = look.words.number(i64::try_from(*n).unwrap_or(i64::MAX));
            Some(format!("{} {n}: {}", look.glyphs.mark(), join(sums.get(skip..)?, amount)))
        };
        let whole: fn(&Sum) -> &str = |sum| &sum.whole;
        let short: fn(&Sum) -> &str = |sum| &sum.short;
        let both = |amount| Some(format!("{}   {}", shown(amount, 0)?, marked(amount, 0)?));
        let alone =
            |amount, skip| if self.marked.is_some() { marked(amount, skip) } else { shown(amount, skip) };
        let n_sums = self.shown.len();
        let first = [both(whole), both(short), alone(whole, 0)];
        let fewer = (0..n_sums).map(|skip| alone(short, skip));
        let mut tries = first.into_iter().chain(fewer).flatten();
        tries.find(|text| width(text) <= room).filter(|_| n_sums > 0).unwrap_or_default()
    }

    /// Writes the sums to the right into a rule whose title takes so many cells.
    pub fn view(&self, row: Rect, title: u16, buffer: &mut Buffer, look: &Look<'_>) {
        let room = row.width.saturating_sub(title.saturating_add(8));
        let text = self.text(room, look);
        if text.is_empty() {
            return;
        }
        let text = format!(" {text} ");
        let x = row.right().saturating_sub(width(&text).saturating_add(1)).max(row.x);
        put(buffer, row, x, row.y, &text, look.theme.tone(Default::default()));
    }
}
