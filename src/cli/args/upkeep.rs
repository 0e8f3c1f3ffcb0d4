//! The commands around the work: settings, drafts, the journal, the store's health.

use clap::{Args as ClapArgs, Subcommand, ValueEnum};

use super::{EraseArgs, Format, FormatArgs};

/// Shells that completions are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShellName {
    /// Bash.
    Bash,
    /// Zsh.
    Zsh,
    /// Fish.
    Fish,
}

/// `drafts …`.
#[derive(Debug, Subcommand)]
pub enum DraftsCommand {
    /// Every draft
    List(FormatArgs),
    /// What was typed in one
    Show {
        /// Its name, as in the list
        id: String,
    },
    /// Throw one away
    Drop {
        /// Its name, as in the list
        id: String,
    },
}

/// `undo`.
#[derive(Debug, ClapArgs)]
pub struct UndoArgs {
    /// Number of the action, as the list has it
    pub id: Option<u64>,
    /// Do it; without this nothing changes
    #[arg(long)]
    pub yes: bool,
    /// Only show what would happen
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// How the list is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// `publish`.
#[derive(Debug, ClapArgs)]
pub struct PublishArgs {
    /// Into which folder; without one into mart/ of the store
    pub dir: Option<std::path::PathBuf>,
    /// Names, numbers and diagnoses whole; this is recorded in the journal
    #[arg(long)]
    pub unmask: bool,
}

/// `store compact`.
#[derive(Debug, ClapArgs)]
pub struct CompactArgs {
    /// Do it although what was done today can then no longer be undone
    #[arg(long)]
    pub yes: bool,
}

/// `store …`.
#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// Put what has gathered since the last time into parts, so that the store opens fast; the screen does it by itself
    Compact(CompactArgs),
    /// How large the store is, how far it reaches, who is writing, how much room is left
    Status(FormatArgs),
    /// Erase the personal data of years whose legal time is over: one person proposes it, another approves
    Erase(EraseArgs),
}

/// `config show`.
#[derive(Debug, ClapArgs)]
pub struct ConfigShowArgs {
    /// Also the place: flag, variable, or file and line
    #[arg(long)]
    pub origin: bool,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// `config …`.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Every setting and where it comes from
    Show(ConfigShowArgs),
    /// Check the file of settings: 0 good, 1 something is wrong
    Check,
    /// Where the file of settings is
    Path,
    /// Change a setting of the office: approval, retention
    Set {
        /// Which setting
        name: String,
        /// What it shall be
        value: String,
    },
}
