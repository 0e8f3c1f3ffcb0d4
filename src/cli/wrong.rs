//! What clap complains about, as sentences in the person's language.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::words::{Lang, Value, Words};

/// The complaint: what is wrong, what may have been meant, how it is used, where to read more.
pub fn complaint(error: &clap::Error, words: &Words) -> String {
    let wrong = Wrong { error, words };
    let mut text = format!("santun: {}\n", wrong.sentence());
    if let Some(meant) = wrong.meant() {
        text.push_str(&format!("{}\n", words.format("cli-wrong-meant", &[("meant", meant.into())])));
    }
    if let Some(usage) = wrong.usage() {
        text.push_str(&format!("\n{} {usage}\n", words.text("cli-help-usage")));
    }
    text.push_str(&format!("{}\n", words.text("cli-wrong-more")));
    text
}

/// An error of clap with the words to say it.
struct Wrong<'a> {
    error: &'a clap::Error,
    words: &'a Words,
}

impl Wrong<'_> {
    fn sentence(&self) -> String {
        let argument = self.texts(ContextKind::InvalidArg).join(", ");
        let value = self.texts(ContextKind::InvalidValue).join(", ");
        let one = |key: &str| self.words.format(key, &[("argument", Value::from(argument.as_str()))]);
        match self.error.kind() {
            ErrorKind::InvalidSubcommand => {
                let command = self.texts(ContextKind::InvalidSubcommand).join(" ");
                self.words.format("cli-wrong-command", &[("command", command.into())])
            }
            ErrorKind::UnknownArgument => one("cli-wrong-argument"),
            ErrorKind::MissingRequiredArgument => one("cli-wrong-missing"),
            ErrorKind::MissingSubcommand => self.words.text("cli-wrong-no-command"),
            ErrorKind::InvalidValue if value.is_empty() => one("cli-wrong-no-value"),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
                let sentence = self.words.format(
                    "cli-wrong-value",
                    &[("argument", argument.as_str().into()), ("value", value.into())],
                );
                let mut valid = self.texts(ContextKind::ValidValue);
                if valid.is_empty() && argument.starts_with("--lang") {
                    valid = Lang::ALL.iter().map(|lang| lang.code().to_owned()).collect();
                }
                if valid.is_empty() {
                    return sentence;
                }
                let choices = self.words.format("cli-wrong-choices", &[("choices", valid.join(", ").into())]);
                format!("{sentence} {choices}")
            }
            ErrorKind::ArgumentConflict => {
                let other = self.texts(ContextKind::PriorArg).join(", ");
                if other == argument || other.is_empty() {
                    return one("cli-wrong-twice");
                }
                let args = [("argument", argument.as_str().into()), ("other", other.into())];
                self.words.format("cli-wrong-conflict", &args)
            }
            ErrorKind::InvalidUtf8 => self.words.text("cli-wrong-encoding"),
            _ => one("cli-wrong-count"),
        }
    }

    /// What may have been meant.
    fn meant(&self) -> Option<String> {
        let kinds =
            [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
        let meant: Vec<String> = kinds.into_iter().flat_map(|kind| self.texts(kind)).collect();
        (!meant.is_empty()).then(|| meant.join(", "))
    }

    /// The usage, without clap's own heading.
    fn usage(&self) -> Option<String> {
        let usage = match self.error.get(ContextKind::Usage)? {
            ContextValue::StyledStr(usage) => usage.to_string(),
            _ => return None,
        };
        let usage = usage.trim();
        Some(usage.strip_prefix("Usage:").unwrap_or(usage).trim().to_owned())
    }

    fn texts(&self, kind: ContextKind) -> Vec<String> {
        match self.error.get(kind) {
            Some(ContextValue::String(text)) => vec![text.clone()],
            Some(ContextValue::Strings(texts)) => texts.clone(),
            Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
            Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        }
    }
}
