//! A refusal: a rule says no, with its code and what it was about. The sentence is made in `words`
//! (`refusal-<code>`), so that a rule never talks to a person directly.

use std::fmt;

/// A rule says no. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which rule, kebab-case: the key is `refusal-<code>`.
    pub code: &'static str,
    /// What its sentence needs, by name.
    pub args: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A refusal by the rule `code`.
    pub fn new(code: &'static str) -> Refusal {
        Refusal { code, args: Vec::new() }
    }

    /// The same with one more argument for its sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Refusal {
        self.args.push((name, value.to_string()));
        self
    }

    /// The key of its sentence.
    pub fn key(&self) -> String {
        format!("refusal-{}", self.code)
    }
}

impl fmt::Display for Refusal {
    /// For logs and tests: the code and its arguments, not the sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)?;
        for (name, value) in &self.args {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
