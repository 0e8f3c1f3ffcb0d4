//! What was typed before the command means: settings, language, and the desk once a command needs it.

use crate::cli::args::Args;
use crate::cli::exit::{CliError, Exit};
use crate::desk::{Config, ConfigError, Desk, DeskError, sentence_of_refusal};
use crate::words::{Value, Words};

/// Opens the screen on a desk and comes back when the person quits. The floor above joins it to the command line.
pub type Screen = fn(Desk, &Config, &Words) -> Result<(), CliError>;

/// A run of the program.
pub struct Session {
    /// Settings of the person.
    pub config: Config,
    /// Their language.
    pub words: Words,
    /// What opens the screen.
    pub screen: Screen,
}

impl Session {
    /// Reads the settings.
    pub fn new(args: &Args, screen: Screen) -> Result<Session, ConfigError> {
        let config = Config::read(args.store.as_deref(), args.lang)?;
        let words = Words::new(config.lang);
        Ok(Session { config, words, screen })
    }

    /// The desk on the store, for work.
    pub fn desk(&self) -> Result<Desk, DeskError> {
        Desk::open(&self.config.store, self.config.clock)
    }

    /// The desk on the store, to look only.
    pub fn desk_to_read(&self) -> Result<Desk, DeskError> {
        Desk::open_to_read(&self.config.store, self.config.clock)
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
            CliError::ClosedPipe => return Exit::Done,
            CliError::Output(error) => {
                self.words.format("cli-output-failed", &[("reason", error.to_string().into())])
            }
        };
        eprintln!("santun: {}", crate::base::safe::terminal_lines(&sentence));
        error.exit()
    }
}
