//! The commands that keep the store safe: its check, its log, backups and anchors.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::Format;

/// `fsck`.
#[derive(Debug, ClapArgs)]
pub struct FsckArgs {
    /// Also read every part and compare it with the truth
    #[arg(long)]
    pub full: bool,
    /// Rebuild what can be rebuilt from the truth
    #[arg(long)]
    pub repair: bool,
    /// Make a new store of what can still be read
    #[arg(long, value_name = "NEWDIR", conflicts_with_all = ["full", "repair", "anchor"])]
    pub salvage: Option<PathBuf>,
    /// Also look whether the heads in this file still hold
    #[arg(long, value_name = "FILE")]
    pub anchor: Option<PathBuf>,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// `backup`.
#[derive(Debug, ClapArgs)]
pub struct BackupArgs {
    /// Folder for backups
    #[arg(value_name = "DIR")]
    pub into: PathBuf,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// `restore`.
#[derive(Debug, ClapArgs)]
pub struct RestoreArgs {
    /// Folder of the backup
    pub backup: PathBuf,
    /// New folder for the store
    #[arg(value_name = "NEWDIR")]
    pub into: PathBuf,
    /// Also look whether the heads in this file hold
    #[arg(long, value_name = "FILE")]
    pub anchor: Option<PathBuf>,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// `anchor`.
#[derive(Debug, ClapArgs)]
pub struct AnchorArgs {
    /// Add it to this file
    #[arg(long, value_name = "FILE")]
    pub append: Option<PathBuf>,
}

/// `log`.
#[derive(Debug, ClapArgs)]
pub struct LogArgs {
    /// Only of this claim or voucher
    pub reference: Option<String>,
    /// Only by this person: login name or uid
    #[arg(long)]
    pub by: Option<String>,
    /// Only what happened so: voucher.raised, or voucher for all of vouchers
    #[arg(long)]
    pub op: Option<String>,
    /// From this day or moment on, such as 2026-10-30 or 2026-10-30T09:15
    #[arg(long)]
    pub from: Option<String>,
    /// Up to this day, all of it, or moment
    #[arg(long)]
    pub to: Option<String>,
    /// The last so many
    #[arg(long, default_value_t = 50)]
    pub limit: usize,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}
