//! The help of the command line in the person's language: the definition in [`super::args`] with its words put in.
//!
//! A command's words are `cli-help-<command>`, those of an argument `cli-arg-<command>-<argument>` or, where it means the
//! same everywhere, `cli-arg-<argument>`; a field of the claim form has the form's own.

use clap::{Arg, ArgAction, Command, CommandFactory};

use crate::cli::args::Args;
use crate::desk::form::{CLAIM_FIELDS, FieldKind};
use crate::words::Words;

/// The definition in one language. What clap would say by itself in English is said by us.
pub fn localized(words: &Words) -> Command {
    let root = said(Args::command(), "", words);
    root.disable_version_flag(true).arg(
        Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help(words.text("cli-arg-version"))
            .help_heading(lasting(words, "cli-help-global")),
    )
}

/// Every visible command and argument without words, as the line that would give it some.
#[must_use]
pub fn wordless(words: &Words) -> Vec<String> {
    let mut found = Vec::new();
    look(&Args::command(), "", words, &mut found);
    found
}

fn look(command: &Command, path: &str, words: &Words, found: &mut Vec<String>) {
    if command.is_hide_set() {
        return;
    }
    let key = command_key(path);
    if !words.has(&key) {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        found.push(format!("{key} = {about}"));
    }
    for arg in command.get_arguments().filter(|arg| is_ours(arg)) {
        if words_of(arg, path, words).is_none() {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            found.push(format!("cli-arg{path}-{} = {help}", hyphens(arg)));
        }
    }
    for below in command.get_subcommands() {
        look(below, &format!("{path}-{}", below.get_name()), words, found);
    }
}

fn said(command: Command, path: &str, words: &Words) -> Command {
    let ids: Vec<String> =
        command.get_arguments().filter(|arg| is_ours(arg)).map(|arg| arg.get_id().to_string()).collect();
    let names: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let mut command = command
        .about(words.text(&command_key(path)))
        .help_template(template(words))
        .subcommand_help_heading(lasting(words, "cli-help-commands"))
        .subcommand_value_name(lasting(words, "cli-help-command-mark"))
        .disable_help_flag(true);
    // A changed argument goes to the end; what is said of all commands comes last.
    for id in ids {
        command = command.mut_arg(id, |arg| said_of(arg, path, words));
    }
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    command =
        command.arg(help.help(words.text("cli-arg-help")).help_heading(lasting(words, "cli-help-global")));
    for name in names {
        let path = format!("{path}-{name}");
        command =
            command.mut_subcommand(
                name,
                |below| if below.is_hide_set() { below } else { said(below, &path, words) },
            );
    }
    command
}

/// As clap's own, with the heading of the usage in the person's language.
fn template(words: &Words) -> String {
    format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        words.text("cli-help-usage")
    )
}

fn said_of(arg: Arg, path: &str, words: &Words) -> Arg {
    let mut help = words_of(&arg, path, words).unwrap_or_default();
    let takes = arg.get_action().takes_values();
    let values: Vec<String> = arg
        .get_possible_values()
        .iter()
        .filter(|value| takes && !value.is_hide_set())
        .map(|value| value.get_name().to_owned())
        .collect();
    if !values.is_empty() {
        help.push_str(&words.format("cli-help-values", &[("values", values.join(", ").into())]));
    }
    let default: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if takes && default.iter().any(|value| !value.is_empty()) {
        help.push_str(&words.format("cli-help-default", &[("default", default.join(", ").into())]));
    }
    let heading = match (arg.is_positional(), arg.is_global_set()) {
        (true, _) => "cli-help-arguments",
        (false, true) => "cli-help-global",
        (false, false) => "cli-help-options",
    };
    let arg = arg.help(help).help_heading(lasting(words, heading));
    // Both are said in our words.
    if takes { arg.hide_default_value(true).hide_possible_values(true) } else { arg }
}

/// The words of an argument of the command at `path` (`-claim-add`): its own, those it shares, or those of the form's field.
pub fn words_of(arg: &Arg, path: &str, words: &Words) -> Option<String> {
    let name = hyphens(arg);
    let keys = [format!("cli-arg{path}-{name}"), format!("cli-arg-{name}")];
    if let Some(key) = keys.iter().find(|key| words.has(key)) {
        return Some(words.text(key));
    }
    let field = CLAIM_FIELDS.iter().find(|field| field.name == arg.get_id().as_str())?;
    let key = format!("field-{name}");
    let kind = match field.kind {
        FieldKind::Text => None,
        FieldKind::Date => Some("cli-help-kind-date"),
        FieldKind::Time => Some("cli-help-kind-time"),
        FieldKind::Money => Some("cli-help-kind-money"),
        FieldKind::Number => Some("cli-help-kind-number"),
        FieldKind::Code(_) => Some("cli-help-kind-code"),
    };
    let kind = kind.map(|kind| format!(" ({})", words.text(kind))).unwrap_or_default();
    let mut label = words.text(&key);
    // A field's label stands in the middle of a form; here it begins a line.
    label.get_mut(..1)?.make_ascii_uppercase();
    words.has(&key).then(|| format!("{label}{kind}"))
}

/// A heading: clap wants those to live as long as the program. Help is made once a run, and there are a few of them.
fn lasting(words: &Words, key: &'static str) -> &'static str {
    Box::leak(words.text(key).into_boxed_str())
}

/// The key of the words of the command at `path` (`-claim-add`).
pub fn command_key(path: &str) -> String {
    if path.is_empty() { "cli-help-santun".to_owned() } else { format!("cli-help{path}") }
}

fn hyphens(arg: &Arg) -> String {
    arg.get_id().as_str().replace('_', "-")
}

fn is_ours(arg: &Arg) -> bool {
    !arg.is_hide_set() && !matches!(arg.get_id().as_str(), "help" | "version")
}
