//! `santun completions` and `santun man`: what a shell and a manual reader need, from the definition of the command line
//! in the person's language.

use std::path::Path;

use clap::Command;
use clap_complete::Shell;

use crate::cli::args::ShellName;
use crate::cli::exit::{CliError, Exit};
use crate::cli::help::localized;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{is_there, write_file};

/// Writes the completions of a shell to standard output.
pub fn completions(session: &Session, shell: ShellName, out: &mut Output) -> Result<Exit, CliError> {
    let shell = match shell {
        ShellName::Bash => Shell::Bash,
        ShellName::Zsh => Shell::Zsh,
        ShellName::Fish => Shell::Fish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut visible(localized(&session.words)), "santun", &mut script);
    out.bytes(&script)?;
    Ok(Exit::Done)
}

/// Writes a page for the program and for each command into a folder that is there.
pub fn man(session: &Session, folder: &Path, out: &mut Output) -> Result<Exit, CliError> {
    if !is_there(folder) {
        return Err(session.usage("cli-no-folder", &[("path", folder.display().to_string().into())]));
    }
    let mut root = visible(localized(&session.words));
    root.build();
    let n_pages = page(session, root, "santun", folder)?;
    let args = [("count", n_pages.into()), ("path", folder.display().to_string().into())];
    out.line(&session.say("cli-man-written", &args))?;
    Ok(Exit::Done)
}

/// The page of one command, then of those below it; how many that were.
fn page(session: &Session, command: Command, name: &str, folder: &Path) -> Result<usize, CliError> {
    let below: Vec<Command> = command
        .get_subcommands()
        .filter(|below| !below.is_hide_set() && below.get_name() != "help")
        .cloned()
        .collect();
    let mut roff = Vec::new();
    clap_mangen::Man::new(command).title(name.to_uppercase()).render(&mut roff)?;
    let text = headed(session, &String::from_utf8_lossy(&roff));
    write_file(&folder.join(format!("{name}.1")), text.as_bytes())?;
    let mut n_pages = 1;
    for command in below {
        let name = format!("{name}-{}", command.get_name());
        n_pages += page(session, command, &name, folder)?;
    }
    Ok(n_pages)
}

/// The headings that clap_mangen writes in English, in the person's language.
fn headed(session: &Session, roff: &str) -> String {
    let line = |line: &str| {
        let heading = match line.strip_prefix(".SH ") {
            Some("NAME") => "cli-man-name",
            Some("SYNOPSIS") => "cli-man-synopsis",
            Some("DESCRIPTION") => "cli-man-description",
            Some("OPTIONS") => "cli-man-options",
            Some("SUBCOMMANDS") => "cli-man-commands",
            Some("VERSION") => "cli-man-version",
            _ => return line.to_owned(),
        };
        format!(".SH \"{}\"", session.words.text(heading))
    };
    roff.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}

/// The definition without what nobody types.
fn visible(root: Command) -> Command {
    let mut shown = Command::new("santun").version(env!("CARGO_PKG_VERSION"));
    if let Some(about) = root.get_about() {
        shown = shown.about(about.clone());
    }
    shown = shown.disable_help_flag(true).disable_version_flag(true).disable_help_subcommand(true);
    shown = shown.args(root.get_arguments().cloned());
    shown.subcommands(root.get_subcommands().filter(|command| !command.is_hide_set()).cloned())
}
