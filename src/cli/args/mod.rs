//! What was typed. Nothing is interpreted here beyond its shape; the words of the business are read by `desk::entry`.
//! A file holds the commands of one part of the work.

mod begin;
mod care;
mod claims;
mod course;
mod documents;
mod erase;
mod levers;
mod months;
mod numbers;
mod upkeep;
mod vouchers;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::words::Lang;

pub use begin::{Dates, DemoArgs, ImportArgs, InitArgs, InspectArgs, Numbers, SampleArgs, WritingArgs};
pub use care::{AnchorArgs, BackupArgs, FsckArgs, LogArgs, RestoreArgs};
pub use claims::{
    AddArgs, AmendArgs, CheckArgs, ClaimCommand, ClaimsArgs, CloseArgs, DatedArgs, DetermineArgs,
    DocumentArgs, EndArgs, FiltersCommand, NotedArgs, OutcomeArgs, ShowArgs, TypedArgs,
};
pub use course::{CourseArgs, CourseByName, ObservedName};
pub use documents::{DocumentCommand, DocumentListArgs};
pub use erase::EraseArgs;
pub use levers::{LeversArgs, RecommendArgs, ReviewArgs};
pub use months::{MonthCloseArgs, MonthCommand, MonthReopenArgs};
pub use numbers::{
    ChartName, ClusterArgs, EngineName, Method, MissingName, RankArgs, RankBasis, RankBy, RankCommand,
    ReportArgs, ScaleName, Subject,
};
pub use upkeep::{
    ConfigCommand, ConfigShowArgs, DraftsCommand, PublishArgs, ShellName, StoreCommand, UndoArgs,
};
pub use vouchers::{
    CodeArgs, IssueArgs, LastArgs, PaperFormat, PayArgs, PrintArgs, QueueArgs, RecordArgs, ReturnArgs,
    SeriesCommand, VoidArgs, VoucherCommand, VoucherListArgs, VoucherShowArgs,
};

/// A claims desk in the terminal. Without a command it opens the screen.
#[derive(Debug, Parser)]
#[command(name = "santun", version, about, long_about = None, disable_help_subcommand = true)]
pub struct Args {
    /// Folder of the store [env: SANTUN_STORE]
    #[arg(long, global = true, value_name = "DIR")]
    pub store: Option<PathBuf>,
    /// Language: id or en [env: SANTUN_LANG]
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// One fact a line, without columns: for screen readers and scripts [env: SANTUN_PLAIN]
    #[arg(long, global = true)]
    pub plain: bool,
    /// Open a store on a network file system all the same
    #[arg(long, global = true)]
    pub trust_network: bool,
    /// Work in a store whose folder belongs to another user
    #[arg(long, global = true)]
    pub trust_owner: bool,
    /// The books as they stood after this record, on its day: only to look (santun log has the numbers)
    #[arg(long, global = true, value_name = "SEQ")]
    pub as_of: Option<u64>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a store: asks once, or takes the answers as flags
    Init(InitArgs),
    /// A believable branch to try: a kept store of its own, marked CONTOH, where today is 30 October 2026
    Demo(DemoArgs),
    /// Write a believable branch as CSV files
    Sample(SampleArgs),
    /// Take in files of our layout or close to it
    Import(ImportArgs),
    /// Look at a sheet as it is today; writes nothing
    #[command(alias = "periksa")]
    Inspect(InspectArgs),
    /// What is due, late or incomplete today
    Today(FormatArgs),
    /// List claims
    Claims(ClaimsArgs),
    /// Filters kept by name
    #[command(subcommand)]
    Filters(FiltersCommand),
    /// One claim
    #[command(subcommand)]
    Claim(ClaimCommand),
    /// Files attached to claims
    #[command(subcommand, alias = "berkas")]
    Document(DocumentCommand),
    /// Vouchers
    #[command(subcommand)]
    Voucher(VoucherCommand),
    /// Series of voucher numbers
    #[command(subcommand)]
    Series(SeriesCommand),
    /// The monthly report
    Report(ReportArgs),
    /// Closing the books: close a month, open it again, check its seal
    #[command(subcommand, alias = "bulan")]
    Month(MonthCommand),
    /// Group claims, companies or any CSV file
    Cluster(ClusterArgs),
    /// How cases go on: recovered, disabled, dead, still under treatment
    #[command(alias = "perjalanan")]
    Course(CourseArgs),
    /// Rank companies by claim rate
    #[command(subcommand)]
    Rank(RankCommand),
    /// Where spending could be looked at again: each lever with its cases and rupiah
    #[command(alias = "pengungkit")]
    Levers(LeversArgs),
    /// The page for the branch head: what could be looked at again, with its evidence
    #[command(alias = "rekomendasi")]
    Recommendations(RecommendArgs),
    /// Draw cases to look at by hand: by value, by distance from their peers, or at random
    #[command(alias = "uji-petik")]
    Review(ReviewArgs),
    /// The journal, newest last
    Log(LogArgs),
    /// Take back what you did last: without a number a list of it
    #[command(alias = "urungkan")]
    Undo(UndoArgs),
    /// Check the store
    Fsck(FsckArgs),
    /// Copy the truth into a folder while others work; what lies there already is only looked at again
    #[command(alias = "cadangkan")]
    Backup(BackupArgs),
    /// Make a store of a backup, in a new folder
    #[command(alias = "pulihkan")]
    Restore(RestoreArgs),
    /// Number and hash of the last record, to be kept away from this machine
    Anchor(AnchorArgs),
    /// Write the books as Parquet for DuckDB, pandas and the like
    #[command(alias = "terbitkan")]
    Publish(PublishArgs),
    /// Care for the store's files
    #[command(subcommand)]
    Store(StoreCommand),
    /// Settings
    #[command(subcommand)]
    Config(ConfigCommand),
    /// The screen's keys as they are in force
    Keys(FormatArgs),
    /// Half-typed forms that were left behind
    #[command(subcommand)]
    Drafts(DraftsCommand),
    /// Completions for a shell, on standard output
    Completions {
        /// Which shell
        #[arg(value_enum)]
        shell: ShellName,
    },
    /// Manual pages, one for each command
    Man {
        /// Folder to write to
        #[arg(long)]
        out: PathBuf,
    },
    /// Reads one spreadsheet in a process of its own
    #[command(name = "__read-xlsx", hide = true)]
    ReadXlsx {
        /// The spreadsheet.
        file: PathBuf,
    },
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Table,
    /// For spreadsheets; cells that look like formulas are made text.
    Csv,
    /// For programs.
    Json,
}

/// Only a format.
#[derive(Debug, ClapArgs)]
pub struct FormatArgs {
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}
