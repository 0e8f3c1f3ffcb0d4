//! The commands a desk begins with: a store, a branch to try, files taken in or looked at.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use crate::domain::NumberDialect;
use crate::intake::dates::DateDialect;
use crate::intake::dialect::Said;

/// `init`.
#[derive(Debug, Default, ClapArgs)]
pub struct InitArgs {
    /// Office code, such as J03
    #[arg(long)]
    pub office: Option<String>,
    /// Office name
    #[arg(long)]
    pub name: Option<String>,
    /// WIB, WITA or WIT
    #[arg(long)]
    pub zone: Option<String>,
    /// Programmes, by comma (default: all five)
    #[arg(long, value_delimiter = ',')]
    pub programmes: Vec<String>,
    /// Vouchers: issue, record or both
    #[arg(long)]
    pub vouchers: Option<String>,
    /// Template of issued codes
    #[arg(long)]
    pub template: Option<String>,
    /// First open month, such as 2026-10 (default: the current one)
    #[arg(long)]
    pub first_open: Option<String>,
    /// Second person for vouchers: not-needed or four-eyes
    #[arg(long)]
    pub approval: Option<String>,
    /// Who prepares vouchers
    #[arg(long)]
    pub prepared: Option<String>,
    /// Who checks them
    #[arg(long)]
    pub checked: Option<String>,
    /// Who approves them
    #[arg(long)]
    pub approved: Option<String>,
}

/// `demo`.
#[derive(Debug, ClapArgs)]
pub struct DemoArgs {
    /// Begin again with a fresh branch
    #[arg(long)]
    pub reset: bool,
}

/// `sample`.
#[derive(Debug, ClapArgs)]
pub struct SampleArgs {
    /// How many claims, all programmes together
    #[arg(long, default_value_t = 3_600)]
    pub claims: u64,
    /// Exactly this many JKK claims (with --others, instead of --claims)
    #[arg(long, requires = "others")]
    pub jkk: Option<u64>,
    /// Exactly this many claims of the other programmes
    #[arg(long, requires = "jkk")]
    pub others: Option<u64>,
    /// Same seed, same bytes
    #[arg(long, default_value_t = 2026)]
    pub seed: u64,
    /// Folder to write to
    #[arg(long)]
    pub out: PathBuf,
    /// Plant nothing, as a control
    #[arg(long)]
    pub plain: bool,
    /// Replace files that are already there
    #[arg(long)]
    pub force: bool,
}

/// `import`.
#[derive(Debug, ClapArgs)]
pub struct ImportArgs {
    /// Files or folders
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// How amounts and dates are written
    #[command(flatten)]
    pub writing: WritingArgs,
    /// Write refused rows with their reasons to this file
    #[arg(long)]
    pub rejects: Option<PathBuf>,
    /// Apply what changed in known claims
    #[arg(long)]
    pub update: bool,
    /// Say what would happen and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// How a sheet writes its amounts and dates, where its columns do not show it.
#[derive(Debug, Clone, Copy, ClapArgs)]
pub struct WritingArgs {
    /// How amounts are written: id 1.234.567,00 or en 1,234,567.00 (default: decided by each column)
    #[arg(long, value_enum)]
    pub numbers: Option<Numbers>,
    /// Order of dates in numbers: dmy 31/12/2026, mdy 12/31/2026, ymd 2026/12/31 (default: decided by each column)
    #[arg(long, value_enum)]
    pub dates: Option<Dates>,
}

/// How amounts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Numbers {
    /// 1.234.567,00
    Id,
    /// 1,234,567.00
    En,
}

/// Order of dates in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Dates {
    /// 31/12/2026
    Dmy,
    /// 12/31/2026
    Mdy,
    /// 2026/12/31
    Ymd,
}

impl WritingArgs {
    /// What the readers of files are told.
    pub fn said(self) -> Said {
        Said {
            numbers: self.numbers.map(|numbers| match numbers {
                Numbers::Id => NumberDialect::IndonesianDots,
                Numbers::En => NumberDialect::EnglishCommas,
            }),
            dates: self.dates.map(|dates| match dates {
                Dates::Dmy => DateDialect::DayFirst,
                Dates::Mdy => DateDialect::MonthFirst,
                Dates::Ymd => DateDialect::YearFirst,
            }),
        }
    }
}

/// `inspect`.
#[derive(Debug, ClapArgs)]
pub struct InspectArgs {
    /// CSV of any delimiter, or one clean XLSX sheet
    pub file: PathBuf,
    /// How amounts and dates are written
    #[command(flatten)]
    pub writing: WritingArgs,
}
