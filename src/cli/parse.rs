//! From the arguments as given to [`Args`]. Help and complaints are in the person's language: the definition is parsed
//! as it stands, and only when something is to be said are its words put in and the arguments parsed once more.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};

use clap::error::ErrorKind;
use clap::{ArgMatches, CommandFactory, FromArgMatches};

use crate::base::safe;
use crate::cli::args::Args;
use crate::cli::aside;
use crate::cli::exit::Exit;
use crate::cli::help::localized;
use crate::cli::wrong::complaint;
use crate::desk::Config;
use crate::desk::config::{Flags, Layout};
use crate::words::{Lang, Words};

/// What was typed, and the command's name without what was typed behind it: `claim add`.
pub struct Parsed {
    /// The arguments.
    pub args: Args,
    /// The command's name; empty for the screen.
    pub name: String,
}

/// Parses; help, version and complaints are written, and how that went is the answer.
pub fn parse(arguments: &[OsString]) -> Result<Parsed, Exit> {
    let tried = Args::command().try_get_matches_from(arguments).and_then(|matches| {
        Args::from_arg_matches(&matches).map(|args| Parsed { args, name: name_of(&matches) })
    });
    tried.map_err(|error| {
        let config = Config::read(&Flags { lang: lang_of(arguments), ..Flags::default() }).ok();
        let words = Words::new(config.as_ref().map_or_else(Lang::default, |config| config.lang));
        let colourful = config.is_some_and(|config| !config.no_color && config.layout == Layout::Columns);
        // The same arguments fail the same way, now in the person's words.
        let error = localized(&words).try_get_matches_from(arguments).err().unwrap_or(error);
        tell(&error, &words, colourful)
    })
}

/// Writes help to standard output, complaints to standard error.
fn tell(error: &clap::Error, words: &Words, colourful: bool) -> Exit {
    let options = words.text("cli-help-options-mark");
    let shown = |text: String| text.replace("[OPTIONS]", &format!("[{options}]"));
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let mut out = std::io::stdout();
            let text = error.render();
            let text =
                if colourful && out.is_terminal() { text.ansi().to_string() } else { text.to_string() };
            // A closed pipe is not worth a word here: the exit code says it all.
            let _closed = out.write_all(shown(text).as_bytes()).and_then(|()| out.flush());
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            aside::text(&safe::terminal_lines(&shown(error.render().to_string())));
            Exit::Usage
        }
        _ => {
            // What was typed is repeated in the message, and may have been pasted from anywhere.
            aside::text(&safe::terminal_lines(&shown(complaint(error, words))));
            Exit::Usage
        }
    }
}

/// The names of the command and of what is below it.
fn name_of(matches: &ArgMatches) -> String {
    let mut names = Vec::new();
    let mut here = matches;
    while let Some((name, below)) = here.subcommand() {
        names.push(name);
        here = below;
    }
    names.join(" ")
}

/// The language that the arguments ask for, even where the rest of them cannot be parsed.
fn lang_of(arguments: &[OsString]) -> Option<Lang> {
    let texts: Vec<&str> =
        arguments.iter().map_while(|argument| argument.to_str().filter(|text| *text != "--")).collect();
    let after =
        texts.iter().position(|text| *text == "--lang").and_then(|place| texts.get(place + 1)).copied();
    let joined = || texts.iter().find_map(|text| text.strip_prefix("--lang="));
    after.or_else(joined)?.parse().ok()
}
