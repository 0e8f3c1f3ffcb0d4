//! Three states of one form side by side: as it stood when it was opened, as it would stand now, and as it is typed. What
//! only one side changed goes together by itself; what both changed in two ways is the person's to decide.

use super::grid::{MOST_ROWS, cell_name};
use super::{Field, Form};

/// Whose text a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What was typed here.
    Mine,
    /// What stands in the books now.
    Theirs,
}

/// A field in which the three differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub name: String,
    /// Its label.
    pub label: String,
    /// How it stood when the form was opened, as the form shows it.
    pub stood: String,
    /// How it stands now.
    pub stands: String,
    /// How it is typed.
    pub typed: String,
    /// It is about a person: hidden in guest mode.
    pub is_personal: bool,
    /// Whose text is taken; none: both changed it, and nobody has decided yet.
    pub taken: Option<Side>,
    /// Both changed it, in two ways.
    pub is_conflict: bool,
    /// It is of a row whose record has no row any more: such a row, by its number, is decided as a whole.
    pub gone_row: Option<usize>,
}

/// A row in the three forms, each by its place in it, from 0. Rows about the same record belong together wherever they
/// stand; a row about none is only typed.
#[derive(Clone, Debug)]
struct Row {
    key: Option<String>,
    typed: Option<usize>,
    start: Option<usize>,
    now: Option<usize>,
}

impl Row {
    /// Something is typed about a record that has no row any more.
    fn is_gone(&self) -> bool {
        self.key.is_some() && self.now.is_none()
    }
}

/// The rows of the three: those that stand now, then those that are only typed. One that was taken out stays out.
fn rows_of(typed: &Form, start: &Form, now: &Form) -> Vec<Row> {
    let (mine, stood, stands) = (typed.row_keys(), start.row_keys(), now.row_keys());
    let mut rows = Vec::new();
    for (place, key) in stands.iter().enumerate().filter(|(_, key)| key.is_some()) {
        let at = |keys: &[Option<(String, usize)>]| keys.iter().position(|known| known == key);
        let (typed, start) = (at(&mine), at(&stood));
        if typed.is_some() || start.is_none() {
            rows.push(Row { key: name_of(key), typed, start, now: Some(place) });
        }
    }
    let unkeyed = |keys: &[Option<(String, usize)>]| -> Vec<usize> {
        keys.iter().enumerate().filter(|(_, key)| key.is_none()).map(|(place, _)| place).collect()
    };
    let mut blank_at_start = unkeyed(&stood).into_iter();
    for (place, key) in mine.iter().enumerate().filter(|(_, key)| key.is_none() || !stands.contains(key)) {
        let start = match key {
            None => blank_at_start.next(),
            key => stood.iter().position(|known| known == key),
        };
        rows.push(Row { key: name_of(key), typed: Some(place), start, now: None });
    }
    rows
}

fn name_of(key: &Option<(String, usize)>) -> Option<String> {
    key.as_ref().map(|(name, _)| name.clone())
}

fn text(field: &Field) -> String {
    field.typed().trim().to_owned()
}

/// The three forms with their rows in one order.
struct Aligned {
    rows: Vec<Row>,
    typed: Form,
    start: Form,
    now: Form,
}

impl Aligned {
    fn of(typed: &Form, now: &Form) -> Aligned {
        let start = typed.at_start();
        let rows = rows_of(typed, &start, now);
        let arranged = |form: &Form, place: fn(&Row) -> Option<usize>| {
            let mut form = form.clone();
            form.arrange(&rows.iter().map(place).collect::<Vec<_>>());
            form
        };
        Aligned {
            typed: arranged(typed, |row| row.typed),
            start: arranged(&start, |row| row.start),
            now: arranged(now, |row| row.now),
            rows,
        }
    }

    /// The row of a field, its place and the column; none for a field that is no cell.
    fn row(&self, idx: usize) -> Option<(usize, usize, &Row)> {
        let (at, column) = self.typed.place(idx)?;
        Some((at, column, self.rows.get(at)?))
    }

    fn is_touched(&self, row: usize) -> bool {
        let cells = self.typed.fields().iter().zip(self.start.fields()).enumerate();
        let mut of_row = cells.filter(|(idx, _)| self.typed.place(*idx).is_some_and(|(at, _)| at == row));
        of_row.any(|(_, (mine, stood))| text(mine) != text(stood))
    }

    fn difference(&self, idx: usize) -> Option<Difference> {
        let field = &self.typed.fields()[idx];
        let (mut mine, mut stood) = (text(field), text(&self.start.fields()[idx]));
        let fresh = self.now.fields().iter().find(|fresh| fresh.name == field.name);
        let mut stands = fresh.map_or_else(|| stood.clone(), text);
        let (mut gone_row, mut label) = (None, field.label.clone());
        if let Some((at, column, row)) = self.row(idx) {
            // An empty row is there only to keep the others in line.
            if row.typed.is_none() {
                mine.clear();
            }
            if row.start.is_none() {
                stood.clear();
            }
            if row.now.is_none() {
                stands = if row.is_gone() { String::new() } else { stood.clone() };
            }
            gone_row = (row.is_gone() && self.is_touched(at)).then_some(at + 1);
            let is_key = self.typed.is_key(column);
            // A row that came or went untouched is told in one line, of the others what is typed in them.
            let is_told = match (&row.key, row.typed, row.now) {
                (None, ..) => true,
                (_, Some(_), Some(_)) => !is_key,
                (_, Some(_), None) if gone_row.is_some() => !mine.is_empty(),
                _ => is_key,
            };
            if !is_told {
                return None;
            }
            if let Some(key) = &row.key {
                label = format!("{key} {label}");
            }
        }
        let taken = match (mine != stood, stands != stood) {
            _ if gone_row.is_some() => None,
            (false, false) => return None,
            (true, false) => Some(Side::Mine),
            (_, true) if mine == stands || mine == stood => Some(Side::Theirs),
            (_, true) => None,
        };
        Some(Difference {
            name: field.name.to_string(),
            label,
            stood,
            stands,
            typed: mine,
            is_personal: field.is_personal,
            is_conflict: taken.is_none(),
            taken,
            gone_row,
        })
    }
}

/// The fields that differ, those to be decided first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    differences: Vec<Difference>,
}

impl Comparison {
    /// Compares the form as it is typed, and as it began, with the one that would be opened now.
    pub fn of(typed: &Form, now: &Form) -> Comparison {
        let aligned = Aligned::of(typed, now);
        let n_fields = aligned.typed.fields().len();
        let mut differences: Vec<Difference> =
            (0..n_fields).filter_map(|idx| aligned.difference(idx)).collect();
        // What is to be decided stands first, then what others did, then what was typed here.
        differences.sort_by_key(|difference| match (difference.is_conflict, difference.taken) {
            (true, _) => 0,
            (false, Some(Side::Theirs)) => 1,
            (false, _) => 2,
        });
        Comparison { differences }
    }

    /// The fields that differ.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// Whether others changed any of these fields.
    pub fn is_touched_by_others(&self) -> bool {
        self.differences.iter().any(|difference| difference.stands != difference.stood)
    }

    /// Decides a field that both changed; whether it was one.
    pub fn take(&mut self, idx: usize, side: Side) -> bool {
        let Some(difference) = self.differences.get_mut(idx).filter(|difference| difference.is_conflict)
        else {
            return false;
        };
        difference.taken = Some(side);
        if let Some(row) = difference.gone_row {
            let of_row = self.differences.iter_mut().filter(|other| other.gone_row == Some(row));
            of_row.for_each(|other| other.taken = Some(side));
        }
        true
    }

    /// Decisions made on an earlier comparison stand where they are about the same texts.
    pub fn keep_decisions(&mut self, earlier: &Comparison) {
        for difference in self.differences.iter_mut().filter(|difference| difference.is_conflict) {
            let same = |old: &&Difference| {
                (&old.name, &old.label, &old.stands, &old.typed)
                    == (&difference.name, &difference.label, &difference.stands, &difference.typed)
            };
            if let Some(old) = earlier.differences.iter().find(same) {
                difference.taken = old.taken;
            }
        }
    }

    /// How many fields are still to be decided.
    pub fn n_open(&self) -> usize {
        self.differences.iter().filter(|difference| difference.taken.is_none()).count()
    }

    /// The form as it would be opened now, with what is kept of what was typed.
    pub fn merged(&self, typed: &Form, now: &Form) -> Form {
        let Aligned { rows, typed: lined, now: mut merged, .. } = Aligned::of(typed, now);
        let is_mine = |difference: &Difference| difference.taken == Some(Side::Mine);
        let is_kept = |name: &str| self.differences.iter().any(|known| known.name == name && is_mine(known));
        let keeps_row = |at: usize| {
            let is_decided = |known: &Difference| known.gone_row == Some(at + 1) && is_mine(known);
            !rows[at].is_gone() || self.differences.iter().any(is_decided)
        };
        // A row that is only typed is kept whole.
        let is_whole = |at: usize| rows.get(at).is_some_and(|row| row.now.is_none()) && keeps_row(at);
        let cells = lined.fields().iter().enumerate();
        let kept = cells.filter(|(idx, field)| {
            lined.place(*idx).is_some_and(|(at, _)| is_whole(at)) || is_kept(&field.name)
        });
        let kept: Vec<(String, String)> =
            kept.map(|(_, field)| (field.name.to_string(), field.value())).collect();
        merged.fill(&kept);
        let mut order: Vec<usize> = (0..rows.len()).filter(|at| keeps_row(*at)).collect();
        // What is typed has a row before what came.
        while order.len() > MOST_ROWS
            && let Some(last) = order.iter().rposition(|at| rows[*at].typed.is_none())
        {
            order.remove(last);
            merged.leave_out(1);
        }
        merged.arrange(&order.iter().map(|at| Some(*at)).collect::<Vec<_>>());
        let focused = typed.focused().name.to_string();
        let is_here = |at: &usize| rows[*at].typed.map(|place| place + 1) == typed.row();
        match (focused.split_once('.').filter(|_| typed.row().is_some()), order.iter().position(is_here)) {
            (Some((_, column)), Some(at)) => merged.focus_on(&cell_name(at + 1, column)),
            // Its row is gone: typing goes on where it would begin now.
            (Some(_), None) => merged.focus_on(&now.focused().name),
            (None, _) => merged.focus_on(&focused),
        }
        merged
    }
}
