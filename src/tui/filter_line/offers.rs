//! What can stand at the cursor of the filter line, as a short list below it. What the language offers is there at once;
//! values that only the store knows follow, and until they do, those that still fit stay: the list does not flicker.

use std::ops::Range;

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::calendar::slashed;
use crate::base::safe;
use crate::domain::query::{
    self, Answer, Candidate, Completion, Field, Kind, Means, Op, Tongue, Wanted, fold, value_text,
};
use crate::tui::paint::{clip, erase, put, width};
use crate::tui::screen::Look;
use crate::tui::theme::Privacy;
use crate::words::{Lang, Words};

/// Lines at most.
const MOST_LINES: usize = 6;
/// The text column at most.
const MOST_TEXT: u16 = 40;

/// The list.
#[derive(Clone, Debug, Default)]
pub struct Offers {
    /// The desk's day, where the filter is one of the filter language; other lists are offered nothing.
    today: Option<Date>,
    entries: Vec<Entry>,
    wanted: Option<Wanted>,
    /// What the store was asked last.
    asked: Option<(Field, String)>,
    /// What it knew: value and label.
    known: Option<(Field, Vec<(String, String)>)>,
    picked: Option<usize>,
    is_closed: bool,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    replace: Range<usize>,
    text: String,
    sense: Sense,
}

/// What a line says beside its text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sense {
    Language(Means),
    Store(Field, String),
}

impl Offers {
    /// Offers the filter language from now on.
    pub fn begin_on(&mut self, today: Date) {
        self.today = Some(today);
    }

    /// Whether this line is offered anything at all.
    pub fn is_on(&self) -> bool {
        self.today.is_some()
    }

    /// Whether the list is seen.
    pub fn is_shown(&self) -> bool {
        !self.is_closed && !self.entries.is_empty()
    }

    /// Typing begins: the list may be seen.
    pub fn open(&mut self) {
        self.is_closed = false;
    }

    /// It is seen no more until it is asked for.
    pub fn close(&mut self) {
        (self.is_closed, self.picked) = (true, None);
    }

    /// Nothing is offered.
    pub fn clear(&mut self) {
        self.entries.clear();
        (self.wanted, self.picked) = (None, None);
    }

    /// The line is this now, the cursor at this byte.
    pub fn follow(&mut self, text: &str, cursor: usize, lang: Lang) {
        let Some(today) = self.today else { return };
        let Completion { candidates, wanted } = query::complete(text, cursor, tongue(lang), today);
        self.picked = None;
        let language = |candidate: Candidate| Entry {
            replace: candidate.replace,
            text: candidate.text,
            sense: Sense::Language(candidate.means),
        };
        self.entries = candidates.into_iter().map(language).collect();
        self.wanted = wanted;
        self.add_known();
    }

    /// What the store is to be asked for, once for each thing that is typed.
    pub fn ask(&mut self) -> Option<(Field, String)> {
        let asked = self.wanted.as_ref().map(|wanted| (wanted.field, wanted.typed.clone()));
        if asked.is_none() || asked == self.asked {
            return None;
        }
        self.asked = asked;
        self.asked.clone()
    }

    /// What the store knows.
    pub fn suggested(&mut self, field: Field, choices: &[(String, String)]) {
        let is_awaited = self.wanted.as_ref().is_some_and(|wanted| wanted.field == field);
        if !is_awaited {
            return;
        }
        let plain = |text: &str| safe::terminal(text).into_owned();
        let choices = choices.iter().map(|(value, label)| (plain(value), plain(label))).collect();
        self.known = Some((field, choices));
        self.entries.retain(|entry| matches!(entry.sense, Sense::Language(_)));
        self.add_known();
        self.picked = self.picked.filter(|picked| *picked < self.entries.len());
    }

    fn add_known(&mut self) {
        let (Some(wanted), Some((field, choices))) = (&self.wanted, &self.known) else { return };
        if wanted.field != *field {
            return;
        }
        let typed = fold(&wanted.typed);
        let fitting = choices.iter().filter(|(_, label)| fold(label).contains(&typed));
        let entries = fitting.map(|(value, label)| Entry {
            replace: wanted.replace.clone(),
            text: value_text(value),
            sense: Sense::Store(*field, label.strip_prefix(value).unwrap_or(label).trim().to_owned()),
        });
        self.entries.extend(entries);
    }

    /// One down; into the list first.
    pub fn down(&mut self) {
        let last = self.entries.len().saturating_sub(1);
        self.picked = Some(self.picked.map_or(0, |picked| (picked + 1).min(last)));
    }

    /// One up; whether the list had the keys.
    pub fn up(&mut self) -> bool {
        let Some(picked) = self.picked else { return false };
        self.picked = picked.checked_sub(1);
        true
    }

    /// Whether a line is picked: Enter is its.
    pub fn is_picked(&self) -> bool {
        self.is_shown() && self.picked.is_some()
    }

    /// What is picked, or the first: which bytes it takes the place of, and its text.
    pub fn taken(&self) -> Option<(Range<usize>, String)> {
        let entry = self.entries.get(self.picked.unwrap_or(0)).filter(|_| self.is_shown())?;
        Some((entry.replace.clone(), entry.text.clone()))
    }

    /// Draws the list at the top of `area`, as wide as it needs.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        if !self.is_shown() {
            return;
        }
        let first = (self.picked.unwrap_or(0) + 1).saturating_sub(MOST_LINES);
        let seen: Vec<(usize, &str, String)> = self
            .entries
            .iter()
            .enumerate()
            .skip(first)
            .take(MOST_LINES)
            .map(|(idx, entry)| {
                let (text, sense) = (entry.text.trim(), entry.sense.words(look));
                // `sembuh` means `sembuh`: once is enough.
                let is_same = query::fold(text).replace('_', " ") == query::fold(&sense);
                (idx, text, if is_same { String::new() } else { sense })
            })
            .collect();
        let text_width = seen.iter().map(|(_, text, _)| width(text)).max().unwrap_or(0).min(MOST_TEXT);
        let sense_width = seen.iter().map(|(_, _, sense)| width(sense)).max().unwrap_or(0);
        let box_width = text_width.saturating_add(sense_width).saturating_add(6);
        let left = area.x.saturating_add(1);
        let room = Rect { x: left, width: box_width.min(area.right().saturating_sub(left)), ..area };
        let side = look.glyphs.frame()[5];
        for (line, (idx, text, sense)) in (0..area.height).zip(&seen) {
            let row = Rect { y: area.y + line, height: 1, ..room };
            erase(buffer, row);
            put(buffer, row, row.x, row.y, side, look.theme.border);
            let is_picked = self.picked == Some(*idx);
            let style = if is_picked { look.theme.cursor } else { look.theme.tone(Default::default()) };
            let text = clip(text, text_width, look.glyphs.ellipsis());
            put(buffer, row, row.x + 2, row.y, &text, style);
            let x = row.x.saturating_add(text_width + 4);
            let sense = clip(sense, row.right().saturating_sub(x + 1), look.glyphs.ellipsis());
            put(buffer, row, x, row.y, &sense, look.theme.dim);
            let is_last = usize::from(line) + 1 == seen.len();
            let (above, below) = (line == 0 && first > 0, is_last && idx + 1 < self.entries.len());
            let end = match (above, below) {
                (true, _) => look.glyphs.ascending(),
                (_, true) => look.glyphs.descending(),
                _ => side,
            };
            put(buffer, row, row.right().saturating_sub(1), row.y, end, look.theme.border);
        }
    }
}

/// The language in which a person's filters are written.
pub fn tongue(lang: Lang) -> Tongue {
    match lang {
        Lang::Id => Tongue::Indonesian,
        Lang::En => Tongue::English,
    }
}

impl Sense {
    fn words(&self, look: &Look<'_>) -> String {
        match self {
            Sense::Language(means) => meaning(*means, look.words),
            Sense::Store(Field::Worker, _) if look.privacy == Privacy::Guest => {
                look.glyphs.hidden().to_owned()
            }
            Sense::Store(_, label) => label.clone(),
        }
    }
}

/// What an offer means, in a few words.
fn meaning(means: Means, words: &Words) -> String {
    match means {
        Means::Field(field) => words.text(&format!("filter-field-{}", field.english().replace('_', "-"))),
        Means::Compares(op, kind) => {
            let op = match op {
                Op::Eq => "eq",
                Op::Ne => "ne",
                Op::Lt => "lt",
                Op::Le => "le",
                Op::Gt => "gt",
                Op::Ge => "ge",
                Op::Contains => "contains",
                Op::Present => return String::new(),
            };
            match kind {
                Kind::Past | Kind::Due | Kind::Month => words.text(&format!("filter-day-{op}")),
                _ => words.text(&format!("filter-op-{op}")),
            }
        }
        Means::Code(list, place) => list.key(place).map_or_else(String::new, |key| words.text(&key)),
        Means::Answer(Answer::Yes) => words.text("filter-yes"),
        Means::Answer(Answer::No) => words.text("filter-no"),
        Means::Empty => words.text("filter-empty"),
        Means::Dates(from, to) if from == to => slashed(from),
        Means::Dates(from, to) => format!("{}..{}", slashed(from), slashed(to)),
        Means::Distance(day) => slashed(day),
        Means::Number => String::new(),
        Means::Money(amount) => format!("Rp{}", amount.grouped()),
        Means::And => words.text("filter-and"),
        Means::Or => words.text("filter-or"),
        Means::Not => words.text("filter-not"),
        Means::Close => words.text("filter-close"),
    }
}
