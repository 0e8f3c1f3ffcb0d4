//! What was typed. Nothing is interpreted here beyond its shape; the words of the business are read by `desk::entry`.

use std::path::PathBuf;

use clap::{
    ArgMatches, Args as ClapArgs, Command as ClapCommand, FromArgMatches, Parser, Subcommand, ValueEnum,
};

use crate::desk::form::{CLAIM_FIELDS, Typed};
use crate::domain::NumberDialect;
use crate::intake::dates::DateDialect;
use crate::intake::dialect::Said;
use crate::words::Lang;

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
    /// Vouchers
    #[command(subcommand)]
    Voucher(VoucherCommand),
    /// Series of voucher numbers
    #[command(subcommand)]
    Series(SeriesCommand),
    /// The monthly report
    Report(ReportArgs),
    /// Group claims, companies or any CSV file
    Cluster(ClusterArgs),
    /// Rank companies by claim rate
    #[command(subcommand)]
    Rank(RankCommand),
    /// The journal, newest last
    Log(LogArgs),
    /// Take back what you did last: without a number a list of it
    #[command(alias = "urungkan")]
    Undo(UndoArgs),
    /// Check the store
    Fsck(FsckArgs),
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

/// Only a format.
#[derive(Debug, ClapArgs)]
pub struct FormatArgs {
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

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

/// `claims`.
#[derive(Debug, ClapArgs)]
pub struct ClaimsArgs {
    /// Filter, such as 'kondisi = berobat dan menunggu > 0' (docs/filter.md)
    #[arg(long = "where", default_value = "", value_name = "FILTER")]
    pub filter: String,
    /// Sort by a column; a minus in front turns it round
    #[arg(long, allow_hyphen_values = true)]
    pub sort: Option<String>,
    /// Columns, by comma
    #[arg(long, value_delimiter = ',')]
    pub columns: Vec<String>,
    /// At most this many
    #[arg(long)]
    pub limit: Option<usize>,
    /// Count and sums only, of all that pass the filter
    #[arg(long, conflicts_with_all = ["sort", "columns", "limit", "unmask"])]
    pub sum: bool,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
    /// Personal numbers whole; leaves a mark in the journal
    #[arg(long)]
    pub unmask: bool,
}

/// `filters …`.
#[derive(Debug, Subcommand)]
pub enum FiltersCommand {
    /// Every kept filter; it is used as --where @NAME
    List(FormatArgs),
    /// Keep a filter under a name, in the place of one that had it
    Keep {
        /// The name
        name: String,
        /// The filter
        filter: String,
    },
    /// Forget a kept filter
    Drop {
        /// The name
        name: String,
    },
}

/// `claim …`.
#[derive(Debug, Subcommand)]
pub enum ClaimCommand {
    /// Everything about a claim
    Show(ShowArgs),
    /// Register a claim from the paper form
    Add(AddArgs),
    /// Change what the paper said
    Amend(AmendArgs),
    /// Take in the stage II report
    File(DatedArgs),
    /// Determine a line; with --component a new one
    Determine(Box<DetermineArgs>),
    /// Tick a paper of the bundle
    Document(DocumentArgs),
    /// State the outcome
    Outcome(OutcomeArgs),
    /// Return the bundle to the applicant
    Return(NotedArgs),
    /// Close a work accident with a final outcome for which nothing more will come
    Close(CloseArgs),
    /// Reject the claim
    Reject(EndArgs),
    /// Cancel the claim
    Cancel(EndArgs),
    /// Mark as checked, or leave a question
    Check(CheckArgs),
}

/// A claim and how to write it.
#[derive(Debug, ClapArgs)]
pub struct ShowArgs {
    /// Claim number
    pub claim_no: String,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
    /// Personal numbers whole in JSON; leaves a mark in the journal
    #[arg(long)]
    pub unmask: bool,
}

/// The fields of the claim form as flags, one for each of `CLAIM_FIELDS`.
#[derive(Debug, Default)]
pub struct TypedArgs(pub Typed);

impl FromArgMatches for TypedArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<TypedArgs, clap::Error> {
        let mut typed = TypedArgs::default();
        typed.update_from_arg_matches(matches)?;
        Ok(typed)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for field in CLAIM_FIELDS {
            if let Some(text) = matches.get_one::<String>(field.name) {
                self.0.set(field.name, text.as_str());
            }
        }
        Ok(())
    }
}

impl ClapArgs for TypedArgs {
    fn augment_args(command: ClapCommand) -> ClapCommand {
        CLAIM_FIELDS.iter().fold(command, |command, field| {
            command
                .arg(clap::Arg::new(field.name).long(field.flag).value_name("TEXT").allow_hyphen_values(true))
        })
    }

    fn augment_args_for_update(command: ClapCommand) -> ClapCommand {
        Self::augment_args(command)
    }
}

/// `claim add`.
#[derive(Debug, ClapArgs)]
pub struct AddArgs {
    /// What the form says.
    #[command(flatten)]
    pub typed: TypedArgs,
    /// It is a new case although it looks like another: why
    #[arg(long)]
    pub despite_duplicate: Option<String>,
    /// The rejected or cancelled claim that this one restores
    #[arg(long)]
    pub restores: Option<String>,
}

/// `claim amend`.
#[derive(Debug, ClapArgs)]
pub struct AmendArgs {
    /// The claim to change
    #[arg(value_name = "CLAIM_NO")]
    pub which: String,
    /// What it shall say.
    #[command(flatten)]
    pub typed: TypedArgs,
    /// It is a case of its own although it looks like another: why
    #[arg(long, default_value = "")]
    pub despite_duplicate: String,
}

/// A claim and a date.
#[derive(Debug, ClapArgs)]
pub struct DatedArgs {
    /// Claim number
    pub claim_no: String,
    /// Paper date (default: today)
    #[arg(long)]
    pub date: Option<String>,
}

/// A claim, a date and a note.
#[derive(Debug, ClapArgs)]
pub struct NotedArgs {
    /// Claim number
    pub claim_no: String,
    /// Paper date (default: today)
    #[arg(long)]
    pub date: Option<String>,
    /// What is missing
    #[arg(long)]
    pub note: String,
}

/// `claim close`.
#[derive(Debug, ClapArgs)]
pub struct CloseArgs {
    /// Claim number
    pub claim_no: String,
    /// Paper date (default: today)
    #[arg(long)]
    pub date: Option<String>,
    /// Why nothing more will come
    #[arg(long)]
    pub note: String,
}

/// `claim reject`, `claim cancel`.
#[derive(Debug, ClapArgs)]
pub struct EndArgs {
    /// Claim number
    pub claim_no: String,
    /// Paper date (default: today)
    #[arg(long)]
    pub date: Option<String>,
    /// Why, from the list
    #[arg(long)]
    pub reason: String,
    /// Said beside it
    #[arg(long, default_value = "")]
    pub note: String,
}

/// `claim determine`.
#[derive(Debug, ClapArgs)]
pub struct DetermineArgs {
    /// Claim number
    pub claim_no: String,
    /// Determined amount, gross
    #[arg(long)]
    pub amount: String,
    /// An existing line
    #[arg(long, conflicts_with = "component", required_unless_present = "component")]
    pub line: Option<u16>,
    /// A new line of this component
    #[arg(long)]
    pub component: Option<String>,
    /// First day it covers
    #[arg(long)]
    pub from: Option<String>,
    /// Last day it covers
    #[arg(long)]
    pub to: Option<String>,
    /// Asked amount (default: the determined one)
    #[arg(long)]
    pub asked: Option<String>,
    /// Company, participant, facility or heir
    #[arg(long)]
    pub payee_kind: Option<String>,
    /// Name of the payee (default: the claim's company, worker or facility)
    #[arg(long)]
    pub payee: Option<String>,
    /// Bank
    #[arg(long)]
    pub bank: Option<String>,
    /// Account number
    #[arg(long)]
    pub account: Option<String>,
    /// Receipt number of a bill
    #[arg(long, default_value = "")]
    pub receipt: String,
    /// Date of the determination (default: today)
    #[arg(long)]
    pub date: Option<String>,
    /// Number of the letter
    #[arg(long, default_value = "")]
    pub number: String,
}

/// `claim document`.
#[derive(Debug, ClapArgs)]
pub struct DocumentArgs {
    /// Claim number
    pub claim_no: String,
    /// Which paper, such as KK3
    pub document: String,
    /// When it came (default: today)
    #[arg(long)]
    pub date: Option<String>,
    /// Where it is archived
    #[arg(long, default_value = "")]
    pub archive: String,
    /// Take the tick away
    #[arg(long)]
    pub remove: bool,
}

/// `claim outcome`.
#[derive(Debug, ClapArgs)]
pub struct OutcomeArgs {
    /// Claim number
    pub claim_no: String,
    /// Outcome, such as sembuh
    pub outcome: String,
    /// Paper date (default: today)
    #[arg(long)]
    pub date: Option<String>,
}

/// `claim check`.
#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    /// Claim number
    pub claim_no: String,
    /// Leave a question instead of a tick
    #[arg(long)]
    pub question: Option<String>,
    /// Take the mark away
    #[arg(long, conflicts_with = "question")]
    pub clear: bool,
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
}

/// `voucher show`.
#[derive(Debug, ClapArgs)]
pub struct VoucherShowArgs {
    /// Voucher code
    pub code: String,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
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

/// `report`.
#[derive(Debug, ClapArgs)]
pub struct ReportArgs {
    /// Month, such as 2026-10 or 10/2026
    pub period: String,
    /// How it is written
    #[arg(long, value_enum, default_value = "text")]
    pub format: PaperFormat,
    /// Write to this file
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Replace files that are already there
    #[arg(long)]
    pub force: bool,
    /// Every number with its address and what is behind it
    #[arg(long, conflicts_with_all = ["cell", "out"])]
    pub cells: bool,
    /// The records behind the number at this address
    #[arg(long, conflicts_with = "out")]
    pub cell: Option<String>,
}

/// `cluster`.
#[derive(Debug, ClapArgs)]
pub struct ClusterArgs {
    /// claims or companies; left out with --input
    #[arg(value_enum, required_unless_present = "input")]
    pub subject: Option<Subject>,
    /// Any CSV file instead
    #[arg(long, conflicts_with = "subject")]
    pub input: Option<PathBuf>,
    /// Method (default: k-modes for categories, k-means for numbers)
    #[arg(long, value_enum)]
    pub method: Option<Method>,
    /// Number of groups, or auto
    #[arg(long, default_value = "auto")]
    pub k: String,
    /// Same seed, same answer
    #[arg(long, default_value_t = 42)]
    pub seed: u64,
    /// Restarts
    #[arg(long, default_value_t = 10)]
    pub runs: usize,
    /// Whose k-means
    #[arg(long, value_enum, default_value = "own")]
    pub engine: EngineName,
    /// Which set of features
    #[arg(long)]
    pub preset: Option<String>,
    /// Only claims that pass this filter
    #[arg(long = "where", default_value = "", value_name = "FILTER")]
    pub filter: String,
    /// Only these columns of --input
    #[arg(long, value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Not these columns of --input
    #[arg(long, value_delimiter = ',')]
    pub drop: Vec<String>,
    /// Take the logarithm of these columns of --input
    #[arg(long, value_delimiter = ',')]
    pub log: Vec<String>,
    /// Scale of numbers of --input
    #[arg(long, value_enum, default_value = "standard")]
    pub scale: ScaleName,
    /// Also the label of each row
    #[arg(long)]
    pub labels: bool,
    /// Only this group: what it is like, and its members
    #[arg(long, conflicts_with_all = ["labels", "input"])]
    pub group: Option<usize>,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// What is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Subject {
    /// Claims.
    Claims,
    /// Companies.
    Companies,
}

/// How groups are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Method {
    /// K-Means, for numbers.
    #[value(name = "k-means", alias = "kmeans")]
    KMeans,
    /// K-Modes, for categories.
    #[value(name = "k-modes", alias = "kmodes")]
    KModes,
}

/// Whose k-means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// Ours.
    Own,
    /// linfa-clustering's, as a second opinion.
    Linfa,
}

/// How numbers are scaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ScaleName {
    /// Mean 0, population deviation 1.
    Standard,
    /// As they are.
    None,
}

/// `rank …`.
#[derive(Debug, Subcommand)]
pub enum RankCommand {
    /// Companies, highest estimated claim rate first
    Companies(RankArgs),
}

/// `rank companies`.
#[derive(Debug, ClapArgs)]
pub struct RankArgs {
    /// Which accidents count: without-traffic, all or traffic
    #[arg(long, default_value = "without-traffic")]
    pub which: String,
    /// First month (default: twelve complete months)
    #[arg(long)]
    pub from: Option<String>,
    /// Last month
    #[arg(long)]
    pub to: Option<String>,
    /// At most this many
    #[arg(long)]
    pub limit: Option<usize>,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// `log`.
#[derive(Debug, ClapArgs)]
pub struct LogArgs {
    /// Only of this claim or voucher
    pub reference: Option<String>,
    /// The last so many
    #[arg(long, default_value_t = 50)]
    pub limit: usize,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
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

/// `fsck`.
#[derive(Debug, ClapArgs)]
pub struct FsckArgs {
    /// Also read every part and compare it with the truth
    #[arg(long)]
    pub full: bool,
    /// Rebuild what can be rebuilt from the truth
    #[arg(long)]
    pub repair: bool,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// `store …`.
#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// Put what has gathered since the last time into parts, so that the store opens fast; the screen does it by itself
    Compact,
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
    /// Change a setting of the office: approval
    Set {
        /// Which setting
        name: String,
        /// What it shall be
        value: String,
    },
}
