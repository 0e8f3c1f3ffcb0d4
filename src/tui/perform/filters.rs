//! The filters that are picked by name: those of the desk (open, all, the items of *Hari ini*) and the person's own.

use jiff::civil::Date;

use crate::desk::TODAY_ITEMS;
use crate::domain::query::{self, Tongue};
use crate::tui::effect::{Answer, FilterOf, NamedFilter};
use crate::tui::filter_line::tongue;
use crate::tui::jobs::{JobContext, Trouble};
use crate::words::{Lang, Value};

use super::Bench;

/// With more claims than this, counting each filter would keep a person waiting.
const MOST_COUNTED: u64 = 100_000;

/// All of them, the person's own first.
pub fn all(bench: &Bench, context: &JobContext) -> Result<Answer, Trouble> {
    let (words, office, today) = (&bench.words, bench.desk.office(), bench.desk.today());
    let kept = bench.desk.kept_filters().map_err(|error| bench.trouble(error))?;
    let named = |name: String, filter: String, of| NamedFilter { name, filter, count: None, of };
    let mut all: Vec<NamedFilter> =
        kept.into_iter().map(|kept| named(kept.name, kept.filter, FilterOf::Person)).collect();
    let open = if words.lang() == Lang::Id { "terbuka" } else { "open" };
    all.push(named(words.text("filter-named-open"), open.to_owned(), FilterOf::Desk));
    all.push(named(words.text("filter-named-all"), String::new(), FilterOf::Desk));
    let items = TODAY_ITEMS.iter();
    all.extend(items.map(|item| {
        let filter = item.filter(&office, today);
        named(words.text(item.key), in_own_words(bench, filter, today), FilterOf::Desk)
    }));
    let view = bench.desk.view();
    if view.n_claims() <= MOST_COUNTED {
        for filter in &mut all {
            let Ok(expr) = query::parse(&filter.filter, today) else { continue };
            let totals = view.totals(&expr, today, context.cancel_flag());
            filter.count = Some(totals.map_err(|error| bench.store_trouble(error))?.count);
        }
    }
    Ok(Answer::Filters(all))
}

/// Our own filters are written in Indonesian; a person reads them in their language.
fn in_own_words(bench: &Bench, filter: String, today: Date) -> String {
    let tongue = tongue(bench.words.lang());
    match query::parse(&filter, today) {
        Ok(expr) if tongue != Tongue::Indonesian => expr.display(tongue),
        _ => filter,
    }
}

/// Keeps one.
pub fn keep(bench: &Bench, name: &str, filter: &str) -> Result<Answer, Trouble> {
    let kept = bench.desk.keep_filter(name, filter).map_err(|error| bench.trouble(error))?;
    Ok(Answer::FiltersChanged {
        text: bench.words.format("filter-kept", &[("name", Value::Text(kept.name))]),
    })
}

/// Forgets one.
pub fn forget(bench: &Bench, name: &str) -> Result<Answer, Trouble> {
    bench.desk.drop_filter(name).map_err(|error| bench.trouble(error))?;
    let name = [("name", Value::Text(name.to_owned()))];
    Ok(Answer::FiltersChanged { text: bench.words.format("filter-dropped", &name) })
}
