//! `docs/commands.md`, written from the definition of the command line, so that the two cannot differ.

use std::fmt::Write;

use clap::{Arg, ArgAction, Command, CommandFactory};

use crate::cli::args::Args;

/// The reference of every command, its arguments and their defaults, as Markdown.
#[must_use]
pub fn commands_markdown() -> String {
    let mut page = String::from(
        "# Commands\n\nWritten by the build from the definition of the command line (`src/cli/args.rs`); \
         do not edit by hand.\n\nExit codes: 0 done, 1 a rule refused or problems were found, 2 wrong usage, 3 the \
         store needs attention.\n\n## Everywhere\n\n",
    );
    let root = Args::command();
    table(&mut page, root.get_arguments().filter(|arg| is_shown(arg)));
    for command in root.get_subcommands() {
        section(&mut page, "santun", command);
    }
    page
}

/// One command, then those below it.
fn section(page: &mut String, parent: &str, command: &Command) {
    if command.is_hide_set() {
        return;
    }
    let name = format!("{parent} {}", command.get_name());
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    write(page, &format!("## {name}\n\n{about}\n\n"));
    let aliases: Vec<&str> = command.get_all_aliases().collect();
    if !aliases.is_empty() {
        write(page, &format!("Also: `{parent} {}`\n\n", aliases.join("`, `")));
    }
    if command.has_subcommands() {
        command.get_subcommands().for_each(|below| section(page, &name, below));
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
        usage.push_str(" [OPTIONS]");
    }
    write(page, &format!("```\n{usage}\n```\n\n"));
    table(page, typed.into_iter().chain(named));
}

fn is_shown(arg: &Arg) -> bool {
    !arg.is_hide_set() && !matches!(arg.get_id().as_str(), "help" | "version")
}

/// The arguments, one a row; nothing for a command without any.
fn table<'a>(page: &mut String, args: impl Iterator<Item = &'a Arg>) {
    let mut rows = args.peekable();
    if rows.peek().is_none() {
        return;
    }
    page.push_str("| argument | what it is | default |\n|---|---|---|\n");
    for arg in rows {
        let name = if arg.is_positional() { positional(arg) } else { flag(arg) };
        let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
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
