//! Files attached to claims.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use super::Format;

/// `document …`.
#[derive(Debug, Subcommand)]
pub enum DocumentCommand {
    /// Attach a file to a claim
    Attach {
        /// Claim number
        claim_no: String,
        /// Which paper it is of
        kind: String,
        /// The file
        file: PathBuf,
    },
    /// The files of a claim
    List(DocumentListArgs),
    /// Write an attached file
    Get {
        /// Claim number
        claim_no: String,
        /// Its number in the list, or how its digest begins
        file: String,
        /// Write to this file
        #[arg(long)]
        out: PathBuf,
        /// Replace files that are already there
        #[arg(long)]
        force: bool,
    },
    /// Read the files of a claim and compare them with their digests
    Verify(DocumentListArgs),
}

/// `document list` and `verify`.
#[derive(Debug, ClapArgs)]
pub struct DocumentListArgs {
    /// Claim number
    pub claim_no: String,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}
