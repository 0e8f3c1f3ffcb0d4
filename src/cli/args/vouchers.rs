//! The commands about vouchers and their series.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};

use super::{Format, FormatArgs};

/// How a paper is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperFormat {
    /// Plain text, 80 columns.
    Text,
    /// One HTML file that prints on A4.
    Html,
    /// For spreadsheets.
    Csv,
    /// For programs.
    Json,
}

/// `voucher …`.
#[derive(Debug, Subcommand)]
pub enum VoucherCommand {
    /// Issue vouchers for the waiting lines of a claim, one for each payee; prints one code a line
    Issue(IssueArgs),
    /// Record a code of the core system
    Record(RecordArgs),
    /// Approve, as a second person
    Approve(CodeArgs),
    /// Record a payment
    Pay(PayArgs),
    /// A transfer came back
    Return(ReturnArgs),
    /// Void; the number stays
    Void(VoidArgs),
    /// What waits for a voucher, by payee
    Queue(QueueArgs),
    /// The codes this desk made last, newest first
    Last(LastArgs),
    /// List vouchers
    List(VoucherListArgs),
    /// One voucher
    Show(VoucherShowArgs),
    /// Whether a typed code is right
    Check(CodeArgs),
    /// Voucher or receipt as paper
    Print(PrintArgs),
}

/// A voucher code.
#[derive(Debug, ClapArgs)]
pub struct CodeArgs {
    /// Voucher code
    pub code: String,
}

/// `voucher issue`.
#[derive(Debug, ClapArgs)]
pub struct IssueArgs {
    /// Claim number
    pub claim_no: String,
    /// Only these lines
    #[arg(long)]
    pub line: Vec<u16>,
    /// Income tax withheld, where one voucher is made (default: by the rule)
    #[arg(long)]
    pub pph: Option<String>,
    /// Show what would be issued, and what is worth a look; change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Date on the voucher (default: today)
    #[arg(long)]
    pub date: Option<String>,
}

/// `voucher record`.
#[derive(Debug, ClapArgs)]
pub struct RecordArgs {
    /// Claim number
    pub claim_no: String,
    /// The code as it stands
    #[arg(long)]
    pub code: String,
    /// Which lines (default: all that wait)
    #[arg(long)]
    pub line: Vec<u16>,
    /// Date on the voucher (default: today)
    #[arg(long)]
    pub date: Option<String>,
    /// Income tax withheld (default: by the rule)
    #[arg(long)]
    pub pph: Option<String>,
    /// Rounding
    #[arg(long, default_value = "0", allow_hyphen_values = true)]
    pub rounding: String,
}

/// `voucher pay`.
#[derive(Debug, ClapArgs)]
pub struct PayArgs {
    /// Voucher code
    pub code: String,
    /// Date of the transfer (default: today)
    #[arg(long)]
    pub date: Option<String>,
    /// Amount (default: what is still to be sent)
    #[arg(long)]
    pub amount: Option<String>,
    /// The bank's reference
    #[arg(long, default_value = "")]
    pub reference: String,
}

/// `voucher return`.
#[derive(Debug, ClapArgs)]
pub struct ReturnArgs {
    /// Voucher code
    pub code: String,
    /// Which payment (default: the last)
    #[arg(long)]
    pub payment: Option<u16>,
    /// When it came back (default: today)
    #[arg(long)]
    pub date: Option<String>,
    /// Why
    #[arg(long)]
    pub reason: String,
}

/// `voucher void`.
#[derive(Debug, ClapArgs)]
pub struct VoidArgs {
    /// Voucher code
    pub code: String,
    /// Why
    #[arg(long)]
    pub reason: String,
    /// Date of the void (default: today)
    #[arg(long)]
    pub date: Option<String>,
}

/// `voucher queue`.
#[derive(Debug, ClapArgs)]
pub struct QueueArgs {
    /// Words that payee, claim or worker must have
    pub words: Vec<String>,
    /// Line by line, not payee by payee
    #[arg(long)]
    pub lines: bool,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
    /// Names and account numbers whole in CSV and JSON; leaves a mark in the journal
    #[arg(long)]
    pub unmask: bool,
}

/// `voucher last`.
#[derive(Debug, ClapArgs)]
pub struct LastArgs {
    /// At most this many
    #[arg(long, default_value_t = 20)]
    pub limit: usize,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
    /// Names and account numbers whole in CSV and JSON; leaves a mark in the journal
    #[arg(long)]
    pub unmask: bool,
}

/// `voucher list`.
#[derive(Debug, ClapArgs)]
pub struct VoucherListArgs {
    /// Only of this month
    #[arg(long)]
    pub period: Option<String>,
    /// Only in this state
    #[arg(long)]
    pub status: Option<String>,
    /// At most this many, newest first
    #[arg(long)]
    pub limit: Option<usize>,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
    /// Names and account numbers whole in CSV and JSON; leaves a mark in the journal
    #[arg(long)]
    pub unmask: bool,
}

/// `voucher show`.
#[derive(Debug, ClapArgs)]
pub struct VoucherShowArgs {
    /// Voucher code
    pub code: String,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
    /// Names and account numbers whole in CSV and JSON; leaves a mark in the journal
    #[arg(long)]
    pub unmask: bool,
}

/// `voucher print`.
#[derive(Debug, ClapArgs)]
pub struct PrintArgs {
    /// Voucher code
    pub code: String,
    /// The receipt (kuitansi) instead of the voucher
    #[arg(long)]
    pub receipt: bool,
    /// text or html
    #[arg(long, value_enum, default_value = "text")]
    pub format: PaperFormat,
    /// Write to this file
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Replace files that are already there
    #[arg(long)]
    pub force: bool,
}

/// `series …`.
#[derive(Debug, Subcommand)]
pub enum SeriesCommand {
    /// Where a series begins, for a desk that starts in mid-month
    Start {
        /// Series, such as JKK-J03-2610-#
        series: String,
        /// The next number to be given
        #[arg(long)]
        next: u32,
    },
    /// Every series and where it stands
    List(FormatArgs),
}
