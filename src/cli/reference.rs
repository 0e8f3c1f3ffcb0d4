//! `docs/commands.md` and `docs/perintah.md`, written from the definition of the command line and its words, so that
//! they cannot differ.

use std::fmt::Write;

use clap::{Arg, ArgAction, Command, CommandFactory};

use crate::cli::args::Args;
use crate::cli::help::{command_key, words_of};
use crate::words::Words;

/// The reference of every command, its arguments and their defaults, as Markdown in one language.
#[must_use]
pub fn commands_markdown(words: &Words) -> String {
    let [title, head, everywhere] =
        ["title", "head", "everywhere"].map(|key| words.text(&format!("cli-page-{key}")));
    let mut page = format!("# {title}\n\n{head}\n\n## {everywhere}\n\n");
    let root = Args::command();
    table(&mut page, root.get_arguments().filter(|arg| is_shown(arg)), "", words);
    for command in root.get_subcommands() {
        section(&mut page, "santun", &format!("-{}", command.get_name()), command, words);
    }
    page
}

/// One command, then those below it.
fn section(page: &mut String, parent: &str, path: &str, command: &Command, words: &Words) {
    if command.is_hide_set() {
        return;
    }
    let name = format!("{parent} {}", command.get_name());
    let about = words.text(&command_key(path));
    write(page, &format!("## {name}\n\n{about}\n\n"));
    let aliases: Vec<&str> = command.get_all_aliases().collect();
    if !aliases.is_empty() {
        write(page, &format!("{}: `{parent} {}`\n\n", words.text("cli-page-also"), aliases.join("`, `")));
    }
    if command.has_subcommands() {
        for below in command.get_subcommands() {
            section(page, &name, &format!("{path}-{}", below.get_name()), below, words);
        }
        return;
    }
    let (typed, named): (Vec<&Arg>, Vec<&Arg>) =
        command.get_arguments().filter(|arg| is_shown(arg)).partition(|arg| arg.is_positional());
    let mut usage = name;
    for arg in &typed {
        usage.push(' ');
        usage.push_str(&positional(arg));
    }
    for arg in named.iter().filter(|arg| arg.is_required_set()) {
        usage.push(' ');
        usage.push_str(&flag(arg));
    }
    if named.iter().any(|arg| !arg.is_required_set()) {
        usage.push_str(&format!(" [{}]", words.text("cli-help-options-mark")));
    }
    write(page, &format!("```\n{usage}\n```\n\n"));
    table(page, typed.into_iter().chain(named), path, words);
}

fn is_shown(arg: &Arg) -> bool {
    !arg.is_hide_set() && !matches!(arg.get_id().as_str(), "help" | "version")
}

/// The arguments, one a row; nothing for a command without any.
fn table<'a>(page: &mut String, args: impl Iterator<Item = &'a Arg>, path: &str, words: &Words) {
    let mut rows = args.peekable();
    if rows.peek().is_none() {
        return;
    }
    write(page, &format!("{}\n|---|---|---|\n", words.text("cli-page-heads")));
    for arg in rows {
        let name = if arg.is_positional() { positional(arg) } else { flag(arg) };
        let mut help = words_of(arg, path, words).unwrap_or_default();
        let values: Vec<String> = arg
            .get_possible_values()
            .iter()
            .filter(|value| !value.is_hide_set() && arg.get_action().takes_values())
            .map(|value| format!("`{}`", value.get_name()))
            .collect();
        if !values.is_empty() {
            help = format!("{help}: {}", values.join(", "));
        }
        let default = arg.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
        let default =
            default.filter(|text| !text.is_empty() && arg.get_action().takes_values()).unwrap_or_default();
        write(page, &format!("| `{name}` | {} | {default} |\n", help.replace('|', "\\|")));
    }
    page.push('\n');
}

fn positional(arg: &Arg) -> String {
    let name = arg.get_id().as_str().to_uppercase();
    let many = if matches!(arg.get_action(), ArgAction::Append) { "…" } else { "" };
    if arg.is_required_set() { format!("<{name}>{many}") } else { format!("[{name}]{many}") }
}

fn flag(arg: &Arg) -> String {
    let long = arg.get_long().unwrap_or_default();
    if !arg.get_action().takes_values() {
        return format!("--{long}");
    }
    let value = arg.get_value_names().and_then(<[_]>::first).map(ToString::to_string);
    format!("--{long} {}", value.unwrap_or_else(|| arg.get_id().as_str().to_uppercase()))
}

fn write(page: &mut String, text: &str) {
    page.write_str(text).expect("a string takes all text");
}
