//! The filters kept by name: a list to pick from, to keep the present filter, to forget one.

use crate::tui::effect::{Answer, FilterOf, NamedFilter, Task};
use crate::tui::jobs::Slot;
use crate::tui::key::{Held, Key, KeyCode};
use crate::tui::popups::{Chooser, Item, Prompt, Reply};
use crate::tui::screen::{Taken, Wishes};
use crate::words::Value;

/// Where the filters are read and kept.
pub const FILTERS: Slot = Slot::each("filters");

const PICK: &str = "filters pick";
const NAME: &str = "filters name";

/// The key that keeps the present filter, and the one that forgets the one under the highlight. Letters search.
const KEEP: Key = Key { code: KeyCode::Char('s'), held: Held::Ctrl };
const FORGET: Key = Key { code: KeyCode::Delete, held: Held::None };

/// The filters kept by name.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    /// Those that are offered, while the list is open or asked for.
    offered: Vec<NamedFilter>,
    is_asked: bool,
}

impl Filters {
    /// Asks for them.
    pub fn ask(&mut self, wishes: &mut Wishes<'_>) {
        self.is_asked = true;
        wishes.run(FILTERS, Task::Filters);
    }

    /// The person went on with something else: a list that comes late must not take the keys.
    pub fn forget_asking(&mut self) {
        self.is_asked = false;
    }

    /// They came, or one was kept or forgotten.
    pub fn receive(&mut self, answer: &Answer, wishes: &mut Wishes<'_>) -> Taken {
        match answer {
            Answer::Filters(filters) if std::mem::take(&mut self.is_asked) => {
                self.offered.clone_from(filters);
                let words = wishes.words;
                let lead = |count: Option<u64>| {
                    let count = count.map(|count| words.number(i64::try_from(count).unwrap_or(i64::MAX)));
                    count.unwrap_or_default()
                };
                let item = |filter: &NamedFilter| {
                    Item::pick(&lead(filter.count), &format!("{}  {}", filter.name, filter.filter))
                };
                let items = filters.iter().map(item).collect();
                let title = words.text("filter-named-title");
                wishes.popup(Chooser::new(PICK, title, items).with_keys(vec![KEEP, FORGET]));
            }
            Answer::FiltersChanged { text } => wishes.toast_good(text.clone()),
            _ => return Taken::No,
        }
        Taken::Yes
    }

    /// A popup was answered; the filter to show. `now` is the present one.
    pub fn reply(&mut self, reply: &Reply, now: &str, wishes: &mut Wishes<'_>) -> Option<Option<String>> {
        let words = wishes.words;
        match reply {
            Reply::Picked { tag, idx } if tag == PICK => {
                return Some(self.offered.get(*idx).map(|filter| filter.filter.clone()));
            }
            Reply::Pressed { tag, key, .. } if tag == PICK && *key == KEEP => {
                let known =
                    self.offered.iter().find(|kept| kept.of == FilterOf::Person && kept.filter == now);
                let name = known.map_or("", |kept| kept.name.as_str());
                let args = [("filter", Value::Text(now.to_owned()))];
                let question = words.format("filter-keep-question", &args);
                wishes.popup(Prompt::new(NAME, words.text("filter-keep-title"), &question, name));
            }
            Reply::Pressed { tag, idx, .. } if tag == PICK => {
                match idx.and_then(|idx| self.offered.get(idx)) {
                    Some(kept) if kept.of == FilterOf::Person => {
                        wishes.run(FILTERS, Task::DropFilter { name: kept.name.clone() });
                        self.ask(wishes);
                    }
                    _ => {
                        wishes.toast_warn(words.text("filter-named-fixed"));
                        self.ask(wishes);
                    }
                }
            }
            Reply::Entered { tag, text } if tag == NAME => {
                wishes.run(FILTERS, Task::KeepFilter { name: text.clone(), filter: now.to_owned() });
            }
            Reply::Dismissed { tag } if tag == PICK || tag == NAME => {}
            _ => return None,
        }
        Some(None)
    }
}
