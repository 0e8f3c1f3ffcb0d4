//! Two clerks on one claim: what stood when the form was opened, what stands now and who did that, and what is typed
//! here, side by side. Nothing is overwritten: what both changed is decided field by field, and until then the form and
//! its draft stay as they are.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::form::FormScreen;
use crate::tui::app::DRAFT;
use crate::tui::effect::{Change, ClaimCard, Seen, Task};
use crate::tui::forms::{Comparison, Difference, Form, Side};
use crate::tui::jobs::Slot;
use crate::tui::keymap::{Action, Context};
use crate::tui::paint::{put, rule, width, wrap};
use crate::tui::screen::{Look, Taken, Wishes};
use crate::tui::theme::{Privacy, Tone};
use crate::words::{Value, Words};

/// Where it is looked up what has become of the claim.
pub const MOVED: Slot = Slot::supersede("moved");

/// So many changes are told, the last ones.
const MOST_CHANGES: usize = 3;
/// Narrower than this the three texts stand one under the other.
const LEAST_SIDE_BY_SIDE: u16 = 64;
/// A text takes at most so many lines.
const MOST_TEXT_LINES: usize = 4;
const PAGE: usize = 5;

/// What has become of the claim since the form was opened.
#[derive(Clone, Debug)]
pub struct Moved {
    card: Box<ClaimCard>,
    changes: Vec<Change>,
    comparison: Comparison,
    /// The form as it would be opened now.
    now: Form,
    /// Why the step cannot be taken any more.
    why_not: Option<String>,
    cursor: usize,
}

impl Moved {
    fn of(form: &Form, now: Form, card: &ClaimCard, changes: &[Change], why_not: Option<&str>) -> Moved {
        Moved {
            card: Box::new(card.clone()),
            changes: changes.to_vec(),
            comparison: Comparison::of(form, &now),
            now,
            why_not: why_not.map(str::to_owned),
            cursor: 0,
        }
    }

    /// Who did what last, as arguments of a sentence.
    fn last_change(&self, words: &Words) -> [(&'static str, Value); 3] {
        last_change(&self.changes, words)
    }

    /// Compares anew with what has been typed meanwhile; decisions stand where they are about the same texts.
    fn compare_with(&mut self, form: &Form) {
        let mut comparison = Comparison::of(form, &self.now);
        comparison.keep_decisions(&self.comparison);
        self.comparison = comparison;
    }

    /// One line for the form: somebody changed the claim, and a key shows what.
    pub fn notice(&self, look: &Look<'_>) -> String {
        let [by, at, what] = self.last_change(look.words);
        let key = look.keymap.key(Context::Form, Action::Compare);
        let key = key.map(|key| key.to_string()).unwrap_or_default();
        look.words.format("forms-moved-notice", &[by, at, what, ("key", Value::Text(key))])
    }

    /// What can be done about it.
    pub fn possible(&self) -> &'static [Action] {
        let has_conflict = self.comparison.differences().iter().any(|difference| difference.is_conflict);
        match (&self.why_not, has_conflict) {
            (Some(_), _) => &[Action::Back],
            (None, false) => &[Action::Merge, Action::Back],
            (None, true) => &[Action::KeepMine, Action::TakeTheirs, Action::Merge, Action::Back],
        }
    }

    /// What there is to do, in a sentence.
    fn says(&self, words: &Words) -> (String, Tone) {
        if let Some(why) = &self.why_not {
            let args = [("why", Value::Text(why.clone()))];
            return (words.format("forms-compare-not-possible", &args), Tone::Bad);
        }
        match self.comparison.n_open() {
            0 if !self.comparison.is_touched_by_others() => (words.text("forms-compare-look"), Tone::Plain),
            0 => (words.text("forms-compare-decided"), Tone::Good),
            n => (words.format("forms-compare-decide", &[("n", Value::from(n))]), Tone::Warn),
        }
    }
}

fn last_change(changes: &[Change], words: &Words) -> [(&'static str, Value); 3] {
    let last = changes.last();
    let by = last.map_or_else(|| words.text("forms-moved-somebody"), |change| change.by.clone());
    let at = last.map_or_else(String::new, |change| change.at.clone());
    let what = last.map_or_else(String::new, |change| change.what.clone());
    [("by", Value::Text(by)), ("at", Value::Text(at)), ("what", Value::Text(what))]
}

impl FormScreen {
    /// Looks up whether the claim still stands as it was seen.
    pub(super) fn check(&self, wishes: &mut Wishes<'_>) {
        if let (Some(_), Seen::Claim(seen)) = (&self.basis, &*self.slip.seen) {
            let claim_no = self.slip.subjects.first().cloned().unwrap_or_default();
            wishes.run(MOVED, Task::Moved { form: self.form.name.clone(), claim_no, seen: *seen });
        }
    }

    /// What came of that. Typing is not interrupted: a line says that there is something to compare, and the comparison
    /// opens when it is asked for, or before anything is saved.
    pub(super) fn told(&mut self, card: Option<&ClaimCard>, changes: &[Change], wishes: &mut Wishes<'_>) {
        let opens = std::mem::take(&mut self.opens_comparison);
        let (Some(card), Some(basis)) = (card, self.basis.clone()) else { return };
        let words = wishes.words;
        let [by, _, what] = last_change(changes, words);
        let gone = [by, what];
        let Some(now) = basis.form(card, words).map(|screen| screen.form) else {
            wishes.toast_warn(words.format("forms-moved-gone", &gone));
            return;
        };
        let why_not = basis.why_not(card);
        let mut moved = Moved::of(&self.form, now, card, changes, why_not);
        let [by, ..] = last_change(changes, words);
        if why_not.is_none() && !self.form.is_dirty() {
            self.stand_on(moved, wishes);
            wishes.toast_warn(words.format("forms-moved-fresh", &[by]));
        } else if why_not.is_none() && basis.is_amendment() && !moved.comparison.is_touched_by_others() {
            self.stand_on(moved, wishes);
            wishes.toast_warn(words.format("forms-moved-beside", &[by]));
        } else {
            if let Some(earlier) = &self.moved {
                moved.comparison.keep_decisions(&earlier.comparison);
            }
            self.is_comparing |= opens;
            self.moved = Some(Box::new(moved));
        }
    }

    /// Opens the comparison, if there is one; whether there is.
    pub(super) fn compare(&mut self) -> bool {
        let Some(moved) = &mut self.moved else { return false };
        moved.compare_with(&self.form);
        self.is_comparing = true;
        true
    }

    /// The form stands on the claim as it is now, with what is kept of what was typed. The draft follows.
    fn stand_on(&mut self, moved: Moved, wishes: &mut Wishes<'_>) {
        self.form = moved.comparison.merged(&self.form, &moved.now);
        *self.slip.seen = Seen::Claim(moved.card.revision);
        if let Some((_, was)) = &mut self.guarded {
            was.clone_from(&moved.card.claim_no);
        }
        (self.moved, self.is_comparing) = (None, false);
        if self.form.is_dirty() {
            wishes.run(DRAFT, Task::SaveDraft(self.draft()));
        } else {
            // Nothing of one's own is left: what was given up is not offered again.
            wishes.run(DRAFT, Task::DropDraft { form: self.form.name.clone() });
        }
        if self.form.n_rows() > 0 {
            // What was advised on a row is not advised on the one that now stands there.
            self.advice.forget();
        }
        self.advice.forget_question();
        self.ask_advice(wishes);
    }

    /// An action while the comparison is open.
    pub(super) fn act_comparing(&mut self, action: Action, wishes: &mut Wishes<'_>) -> Taken {
        let words = wishes.words;
        let Some(moved) = &mut self.moved else { return Taken::No };
        let last = moved.comparison.differences().len().saturating_sub(1);
        let cursor = moved.cursor.min(last);
        match action {
            Action::Down => moved.cursor = (cursor + 1).min(last),
            Action::Up => moved.cursor = cursor.saturating_sub(1),
            Action::PageDown => moved.cursor = (cursor + PAGE).min(last),
            Action::PageUp => moved.cursor = cursor.saturating_sub(PAGE),
            Action::First => moved.cursor = 0,
            Action::Last => moved.cursor = last,
            Action::KeepMine | Action::TakeTheirs => {
                let side = if action == Action::KeepMine { Side::Mine } else { Side::Theirs };
                if moved.comparison.take(cursor, side) {
                    moved.cursor = (cursor + 1).min(last);
                } else {
                    wishes.toast_warn(words.text("forms-compare-not-both"));
                }
            }
            Action::Back => self.is_comparing = false,
            Action::Merge => self.merge(wishes),
            _ => return Taken::No,
        }
        Taken::Yes
    }

    fn merge(&mut self, wishes: &mut Wishes<'_>) {
        let words = wishes.words;
        let Some(moved) = self.moved.take() else { return };
        let n_open = moved.comparison.n_open();
        if moved.why_not.is_some() {
            wishes.toast_warn(moved.says(words).0);
        } else if n_open > 0 {
            wishes.toast_warn(words.format("forms-compare-open", &[("n", Value::from(n_open))]));
        } else {
            self.stand_on(*moved, wishes);
            wishes.toast_good(words.text("forms-compare-merged"));
            return;
        }
        self.moved = Some(moved);
    }
}

/// Where the texts of a difference stand.
struct Columns {
    label: u16,
    text: u16,
}

/// Cells before the label: the cursor, and whether it is decided.
const MARKS: u16 = 4;
const GAP: u16 = 2;

/// Draws the comparison.
pub fn view(moved: &Moved, title: &str, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    if area.height == 0 {
        return;
    }
    let title = look.words.format("forms-compare-title", &[("form", Value::from(title))]);
    rule(buffer, area, area.y, &title, look);
    let inner = Rect { x: area.x + area.width.min(2), width: area.width.saturating_sub(3), ..area };
    let mut y = area.y + 1;
    let n_left_out = moved.changes.len().saturating_sub(MOST_CHANGES);
    for change in moved.changes.iter().skip(n_left_out) {
        let args = [("at", change.at.as_str()), ("by", &change.by), ("what", &change.what)];
        let args = args.map(|(name, text)| (name, Value::from(text)));
        put(buffer, inner, inner.x, y, &look.words.format("forms-compare-change", &args), look.theme.accent);
        y = y.saturating_add(1);
    }
    if n_left_out > 0 {
        let more = look.words.format("forms-compare-more", &[("n", Value::from(n_left_out))]);
        put(buffer, inner, inner.x, y, &more, look.theme.dim);
        y = y.saturating_add(1);
    }
    let (said, tone) = moved.says(look.words);
    for line in wrap(&said, inner.width) {
        put(buffer, inner, inner.x, y, &line, look.theme.tone(tone));
        y = y.saturating_add(1);
    }
    let rest = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    view_differences(moved, rest.intersection(area), buffer, look);
}

fn view_differences(moved: &Moved, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let differences = moved.comparison.differences();
    if differences.is_empty() || area.height < 2 {
        return;
    }
    let widest = differences.iter().map(|difference| width(&difference.label)).max().unwrap_or(0);
    let label = widest.min(area.width / 4).max(8);
    let text = area.width.saturating_sub(MARKS + label + 3 * GAP) / 3;
    let columns = Columns { label, text };
    let is_wide = area.width >= LEAST_SIDE_BY_SIDE;
    let mut y = area.y;
    if is_wide {
        let heads =
            ["forms-compare-field", "forms-compare-stood", "forms-compare-stands", "forms-compare-typed"];
        let heads = heads.map(|key| vec![look.words.text(key)]);
        view_side_by_side(&heads, [look.theme.heading; 4], &columns, Rect { y, ..area }, buffer);
        y = y.saturating_add(1);
    }
    let rows: Vec<[Vec<String>; 4]> =
        differences.iter().map(|difference| texts(difference, &columns, is_wide, look)).collect();
    let cursor = moved.cursor.min(differences.len() - 1);
    let room = usize::from(area.bottom().saturating_sub(y));
    for idx in first_shown(&rows, cursor, room, is_wide)..rows.len() {
        if y >= area.bottom() {
            break;
        }
        let row = Rect { y, height: area.bottom() - y, ..area };
        if idx == cursor {
            put(buffer, row, row.x, y, look.glyphs.cursor(), look.theme.accent);
        }
        let (mark, style) = match (differences[idx].is_conflict, differences[idx].taken) {
            (true, None) => ("?", look.theme.warn),
            (true, Some(_)) => (look.glyphs.mark(), look.theme.good),
            (false, _) => ("", look.theme.dim),
        };
        put(buffer, row, row.x.saturating_add(2), y, mark, style);
        let styles = styles(&differences[idx], look);
        if is_wide {
            view_side_by_side(&rows[idx], styles, &columns, row, buffer);
        } else {
            view_stacked(&rows[idx], styles, row, buffer);
        }
        y = y.saturating_add(height(&rows[idx], is_wide));
    }
}

/// The first row that is drawn, so that the one under the cursor is seen.
fn first_shown(rows: &[[Vec<String>; 4]], cursor: usize, room: usize, is_wide: bool) -> usize {
    let cells = |first: usize| -> usize {
        rows[first..=cursor].iter().map(|row| usize::from(height(row, is_wide))).sum()
    };
    (0..cursor).find(|first| cells(*first) <= room).unwrap_or(cursor)
}

fn height(row: &[Vec<String>; 4], is_wide: bool) -> u16 {
    let lines = row.iter().map(Vec::len);
    let n_lines = if is_wide { lines.max().unwrap_or(1) } else { lines.sum() };
    u16::try_from(n_lines).unwrap_or(u16::MAX)
}

/// Label and the three texts, each broken to its column.
fn texts(difference: &Difference, columns: &Columns, is_wide: bool, look: &Look<'_>) -> [Vec<String>; 4] {
    let is_hidden = difference.is_personal && look.privacy == Privacy::Guest;
    let shown = |text: &str| match text {
        "" => look.words.text("forms-compare-empty"),
        _ if is_hidden => look.glyphs.hidden().to_owned(),
        text => text.to_owned(),
    };
    let (stood, stands, typed) =
        (shown(&difference.stood), shown(&difference.stands), shown(&difference.typed));
    if is_wide {
        let broken = |text: &str| {
            let mut lines = wrap(text, columns.text);
            lines.truncate(MOST_TEXT_LINES);
            lines
        };
        return [wrap(&difference.label, columns.label), broken(&stood), broken(&stands), broken(&typed)];
    }
    let named = |key: &str, text: String| vec![format!("{}: {text}", look.words.text(key))];
    [
        vec![difference.label.clone()],
        named("forms-compare-stood", stood),
        named("forms-compare-stands", stands),
        named("forms-compare-typed", typed),
    ]
}

/// What is taken stands out, what is dropped is dim, what is to be decided warns on both sides.
fn styles(difference: &Difference, look: &Look<'_>) -> [Style; 4] {
    let theme = &look.theme;
    let (stands, typed) = match difference.taken {
        Some(Side::Theirs) => (theme.good, theme.dim),
        Some(Side::Mine) => (theme.dim, theme.good),
        None => (theme.warn, theme.warn),
    };
    [theme.tone(Tone::Plain), theme.dim, stands, typed]
}

fn view_side_by_side(
    row: &[Vec<String>; 4],
    styles: [Style; 4],
    columns: &Columns,
    area: Rect,
    buffer: &mut Buffer,
) {
    let mut x = area.x.saturating_add(MARKS);
    let widths = [columns.label, columns.text, columns.text, columns.text];
    for ((lines, style), cells) in row.iter().zip(styles).zip(widths) {
        let column = Rect { x, width: cells, ..area }.intersection(area);
        for (offset, line) in (0..area.height).zip(lines) {
            put(buffer, column, column.x, area.y + offset, line, style);
        }
        x = x.saturating_add(cells + GAP);
    }
}

fn view_stacked(row: &[Vec<String>; 4], styles: [Style; 4], area: Rect, buffer: &mut Buffer) {
    let lines = row.iter().zip(styles).flat_map(|(lines, style)| lines.iter().map(move |line| (line, style)));
    for (offset, (line, style)) in (0..area.height).zip(lines) {
        let indent = if offset == 0 { 0 } else { 2 };
        put(buffer, area, area.x.saturating_add(MARKS + indent), area.y + offset, line, style);
    }
}
