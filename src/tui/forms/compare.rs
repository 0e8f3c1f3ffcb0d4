//! Three states of one form side by side: as it stood when it was opened, as it would stand now, and as it is typed. What
//! only one side changed goes together by itself; what both changed in two ways is the person's to decide.

use super::Form;

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
}

/// The fields that differ, those to be decided first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    differences: Vec<Difference>,
}

impl Comparison {
    /// Compares the form as it is typed, and as it began, with the one that would be opened now.
    pub fn of(typed: &Form, now: &Form) -> Comparison {
        let start = typed.at_start();
        let mut differences = Vec::new();
        for (field, began) in typed.fields().iter().zip(start.fields()) {
            let text = |text: &str| text.trim().to_owned();
            let (stood, mine) = (text(began.typed()), text(field.typed()));
            let fresh = now.fields().iter().find(|fresh| fresh.name == field.name);
            let stands = fresh.map_or_else(|| stood.clone(), |fresh| text(fresh.typed()));
            let taken = match (mine != stood, stands != stood) {
                (false, false) => continue,
                (true, false) => Some(Side::Mine),
                (_, true) if mine == stands || mine == stood => Some(Side::Theirs),
                (_, true) => None,
            };
            differences.push(Difference {
                name: field.name.to_string(),
                label: field.label.clone(),
                stood,
                stands,
                typed: mine,
                is_personal: field.is_personal,
                is_conflict: taken.is_none(),
                taken,
            });
        }
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
        true
    }

    /// Decisions made on an earlier comparison stand where they are about the same texts.
    pub fn keep_decisions(&mut self, earlier: &Comparison) {
        for difference in self.differences.iter_mut().filter(|difference| difference.is_conflict) {
            let same = |old: &&Difference| {
                (&old.name, &old.stands, &old.typed)
                    == (&difference.name, &difference.stands, &difference.typed)
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
        let mut merged = now.clone();
        let kept: Vec<(String, String)> = self
            .differences
            .iter()
            .filter(|difference| difference.taken == Some(Side::Mine))
            .map(|difference| (difference.name.clone(), typed.value(&difference.name)))
            .collect();
        merged.fill(&kept);
        merged.focus_on(&typed.focused().name);
        merged
    }
}
