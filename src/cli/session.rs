//! What was typed before the command means: settings, language, and the desk once a command needs it.

use std::cell::Cell;
use std::io::IsTerminal;

use crate::cli::args::{Args, Command};
use crate::cli::aside;
use crate::cli::exit::{CliError, Exit};
use crate::desk::config::{Fault, Flags};
use crate::desk::keys::KeyRow;
use crate::desk::{Config, Desk, DeskError, sentence_of_refusal, techlog};
use crate::intake::say;
use crate::store::disk::{self, Trust};
use crate::words::{Value, Words};

/// Opens the screen on a desk and comes back when the person quits. The floor above joins it to the command line.
pub type Screen = fn(Desk, &Config, &Words) -> Result<(), CliError>;

/// What the floor above joins to the command line: the screen and its keys, which this floor does not know.
pub struct Front {
    /// Opens the screen.
    pub open: Screen,
    /// What is wrong with the keys of the config file.
    pub key_faults: fn(&Config) -> Vec<Fault>,
    /// Every key of the screen.
    pub keys: fn(&Config) -> Vec<KeyRow>,
    /// How wide the terminal is, if there is one.
    pub width: fn() -> Option<u16>,
}

/// A run of the program.
pub struct Session {
    /// Settings of the person.
    pub config: Config,
    /// Their language.
    pub words: Words,
    /// The screen and its keys.
    pub front: &'static Front,
    /// Whether what a command read comes from a store that needs attention.
    attention: Cell<bool>,
    /// The record after which the books are looked at; none: now.
    as_of: Option<u64>,
}

impl Session {
    /// Reads the settings.
    pub fn new(args: &Args, front: &'static Front) -> Result<Session, CliError> {
        if args.trust_network || args.trust_owner {
            disk::trust(trust_of(args));
        }
        let flags = Flags { store: args.store.clone(), lang: args.lang, plain: args.plain };
        let read = Config::read(&flags);
        let mut config = read.map_err(|fault| CliError::Usage(fault.sentence(&Words::default())))?;
        if std::io::stdout().is_terminal() && config.is_usual("columns") {
            config.columns = (front.width)().filter(|columns| *columns >= 40).unwrap_or(config.columns);
        }
        let words = Words::new(config.lang);
        let session = Session { config, words, front, attention: Cell::new(false), as_of: args.as_of };
        if args.as_of.is_some() && !looks_at_books(args.command.as_ref()) {
            return Err(session.usage("cli-as-of-reads", &[]));
        }
        match session.config_faults().first() {
            Some(fault) if needs_settings(args.command.as_ref()) => {
                Err(CliError::Usage(fault.sentence(&session.words)))
            }
            _ => Ok(session),
        }
    }

    /// What is wrong with the settings, in the file and in the environment.
    pub fn config_faults(&self) -> Vec<Fault> {
        let keys = (self.front.key_faults)(&self.config);
        self.config.faults.iter().cloned().chain(keys).collect()
    }

    /// The desk on the store, for work. Nothing can be done in a store that may not be written, and what is looked for there
    /// may lie in the part that cannot be read: that is said before anything is looked for.
    pub fn desk(&self) -> Result<Desk, DeskError> {
        let desk = self.desk_as_it_is()?;
        match desk.store().standing().error() {
            Some(error) => Err(DeskError::Store(error)),
            None => Ok(desk),
        }
    }

    /// The desk on the store as it is: for the screen, which shows what can be read of a damaged store and says what is wrong,
    /// and for the copy of it.
    pub fn desk_as_it_is(&self) -> Result<Desk, DeskError> {
        if self.as_of.is_some() {
            return Err(crate::domain::Refusal::new("as-of-reads").into());
        }
        Desk::open(&self.config.store, self.config.clock)
    }

    /// The desk on the store, to look only. A store that is damaged is read as far as it goes, and the person is told:
    /// what is shown may not be all.
    pub fn desk_to_read(&self) -> Result<Desk, DeskError> {
        let desk = match self.as_of {
            None => Desk::open_to_read(&self.config.store, self.config.clock)?,
            Some(seq) => {
                let desk = Desk::open_as_of(&self.config.store, seq)?;
                let day = crate::base::calendar::slashed(desk.today());
                let args = [("seq", desk.view().head().seq.to_string().into()), ("day", day.into())];
                aside::line(&format!("santun: {}", self.say("cli-as-of", &args)));
                desk
            }
        };
        if let Some(error) = desk.store().standing().error() {
            self.complain(&CliError::Desk(DeskError::Store(error)));
            self.attention.set(true);
        }
        Ok(desk)
    }

    /// How a command went: that its store needs attention goes before whether something was found there, since what was not
    /// found may lie in the part that cannot be read.
    pub fn exit(&self, exit: Exit) -> Exit {
        let is_of_books = matches!(exit, Exit::Done | Exit::Refused);
        if is_of_books && self.attention.get() { Exit::Store } else { exit }
    }

    /// A sentence.
    pub fn say(&self, key: &str, args: &[(&str, Value)]) -> String {
        self.words.format(key, args)
    }

    /// A wrong use of the program, as a sentence.
    pub fn usage(&self, key: &str, args: &[(&str, Value)]) -> CliError {
        CliError::Usage(self.words.format(key, args))
    }

    /// Says on standard error why a command stopped.
    pub fn complain(&self, error: &CliError) -> Exit {
        let sentence = match error {
            CliError::Desk(error) => error.sentence(&self.words),
            CliError::Usage(sentence) => sentence.clone(),
            CliError::Unread(refusal) => sentence_of_refusal(refusal, &self.words),
            CliError::File(problem) => say::line(problem, &self.words),
            CliError::ClosedPipe => return Exit::Done,
            CliError::Output(error) => {
                self.words.format("cli-output-failed", &[("reason", error.to_string().into())])
            }
        };
        techlog::stopped(error.code());
        aside::line(&format!("santun: {}", crate::base::safe::terminal_lines(&sentence)));
        self.exit(error.exit())
    }
}

/// What somebody has said that they trust, for this run.
fn trust_of(args: &Args) -> Trust {
    let trust = if args.trust_network { Trust::default().network() } else { Trust::default() };
    if args.trust_owner { trust.owner() } else { trust }
}

/// Whether a command shows the books, so that older ones can be asked for.
fn looks_at_books(command: Option<&Command>) -> bool {
    matches!(
        command,
        Some(
            Command::Today(_)
                | Command::Claims(_)
                | Command::Claim(_)
                | Command::Voucher(_)
                | Command::Series(_)
                | Command::Report(_)
                | Command::Month(_)
                | Command::Cluster(_)
                | Command::Rank(_)
                | Command::Levers(_)
                | Command::Review(_)
                | Command::Recommendations(_)
                | Command::Course(_)
        )
    )
}

/// Whether settings must be whole. A command that does something by a setting other than the one that was meant does
/// harm; the screen shows what it took, and `config` is how the fault is found.
fn needs_settings(command: Option<&Command>) -> bool {
    !matches!(command, None | Some(Command::Demo(_) | Command::Config(_)))
}
