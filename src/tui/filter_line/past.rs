//! The filters that were typed before, for `↑` and `↓` in the line.

/// So many are kept.
const MOST: usize = 20;

/// The filters typed before, the last at the end, and where one is among them.
#[derive(Clone, Debug, Default)]
pub struct Past {
    kept: Vec<String>,
    /// The way up from the line: what is kept, and the filter that stood there when typing began.
    ladder: Vec<String>,
    /// Where one stands on it, and what was typed before one went up.
    at: Option<(usize, String)>,
}

impl Past {
    /// What is kept, one a line, the last at the end.
    pub fn text(&self) -> String {
        self.kept.join("\n")
    }

    /// As it was kept.
    pub fn of_text(text: &str) -> Past {
        let mut past = Past::default();
        text.lines().for_each(|line| past.keep(line));
        past
    }

    /// Keeps a filter that was used; each once, the last at the end.
    pub fn keep(&mut self, filter: &str) {
        let filter = filter.trim();
        if filter.is_empty() {
            return;
        }
        self.kept.retain(|kept| kept != filter);
        self.kept.push(filter.to_owned());
        if self.kept.len() > MOST {
            self.kept.remove(0);
        }
    }

    /// Typing begins over this filter.
    pub fn begin(&mut self, before: &str) {
        self.at = None;
        self.ladder.clone_from(&self.kept);
        if !before.is_empty() {
            self.ladder.retain(|kept| kept != before);
            self.ladder.push(before.to_owned());
        }
    }

    /// Whether an earlier filter stands in the line.
    pub fn is_shown(&self) -> bool {
        self.at.is_some()
    }

    /// Something was typed: what stands in the line is a filter of its own.
    pub fn leave(&mut self) {
        self.at = None;
    }

    /// The filter before `now`, if there is one.
    pub fn earlier(&mut self, now: &str) -> Option<&str> {
        let (below, typed) = self.at.clone().unwrap_or_else(|| (self.ladder.len(), now.to_owned()));
        let next = self.ladder[..below].iter().rposition(|kept| kept != now)?;
        self.at = Some((next, typed));
        self.ladder.get(next).map(String::as_str)
    }

    /// The filter after the one that is shown; behind the last what had been typed.
    pub fn later(&mut self) -> Option<String> {
        let (at, typed) = self.at.take()?;
        let Some(next) = self.ladder.get(at + 1) else { return Some(typed) };
        self.at = Some((at + 1, typed));
        Some(next.clone())
    }
}
