//! Closing months and opening them again.

use clap::{Args as ClapArgs, Subcommand};

use super::FormatArgs;

/// `month …`.
#[derive(Debug, Subcommand)]
pub enum MonthCommand {
    /// The months of these books: open, closed, sealed, opened again
    List(FormatArgs),
    /// Close a month: its report is final, and later papers are posted in the next one
    Close(MonthCloseArgs),
    /// Open the month closed last again: one person asks with a reason, another one does it
    Reopen(MonthReopenArgs),
    /// Check every seal, and whether the books are still what was sealed
    Verify(FormatArgs),
}

/// `month close`.
#[derive(Debug, ClapArgs)]
pub struct MonthCloseArgs {
    /// Month, such as 2026-10
    pub period: String,
    /// What explains the differences that are shown
    #[arg(long, default_value = "")]
    pub note: String,
    /// Do it; without this nothing changes
    #[arg(long)]
    pub yes: bool,
}

/// `month reopen`.
#[derive(Debug, ClapArgs)]
pub struct MonthReopenArgs {
    /// Month, such as 2026-10
    pub period: String,
    /// Ask for it, and why
    #[arg(long)]
    pub reason: Option<String>,
    /// Do what somebody else asked for
    #[arg(long, conflicts_with = "reason")]
    pub approve: bool,
}
