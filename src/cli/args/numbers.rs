//! The commands that add up: the report, groups, and rankings.

use std::path::PathBuf;

use clap::builder::RangedU64ValueParser;
use clap::{Args as ClapArgs, Subcommand, ValueEnum};

use super::{Format, PaperFormat};

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
    /// Method (default: k-modes for categories, k-means for numbers; k-prototypes for both)
    #[arg(long, value_enum)]
    pub method: Option<Method>,
    /// Number of groups, or auto
    #[arg(long, default_value = "auto")]
    pub k: String,
    /// Same seed, same answer
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Restarts
    #[arg(long, default_value_t = 10, value_parser = RangedU64ValueParser::<usize>::new().range(1..=1_000))]
    pub runs: usize,
    /// Whose k-means
    #[arg(long, value_enum, default_value = "own")]
    pub engine: EngineName,
    /// Which set of features
    #[arg(long, conflicts_with = "input")]
    pub preset: Option<String>,
    /// Only claims that pass this filter
    #[arg(long = "where", conflicts_with = "input", default_value = "", value_name = "FILTER")]
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
    /// What a missing value of --input is
    #[arg(long, value_enum, default_value = "category", requires = "input")]
    pub missing: MissingName,
    /// What one category that differs counts (k-prototypes); left out: as much as the numbers
    #[arg(long)]
    pub gamma: Option<String>,
    /// Also the label of each row
    #[arg(long)]
    pub labels: bool,
    /// Claims by k-means and by k-modes side by side: how far the two agree
    #[arg(long, conflicts_with_all = ["labels", "input", "group", "method", "preset", "engine", "svg"])]
    pub consensus: bool,
    /// Also write a chart to this SVG file: the scatter, or the profile with --group
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// The chart of --svg: scatter, choice (curves of k) or profile
    #[arg(long, value_enum, requires = "svg")]
    pub chart: Option<ChartName>,
    /// Replace files that are already there
    #[arg(long, requires = "svg")]
    pub force: bool,
    /// How the claims that pass this filter fall into the groups of those that pass --where
    #[arg(long, value_name = "FILTER", conflicts_with_all = ["labels", "input", "group", "consensus", "engine", "svg"])]
    pub against: Option<String>,
    /// Only this group: what it is like, and its members
    #[arg(long, conflicts_with_all = ["labels", "input"])]
    pub group: Option<usize>,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// Which chart of a clustering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChartName {
    /// The rows as points.
    #[value(alias = "sebaran")]
    Scatter,
    /// Cost, silhouette, gap and stability by k.
    #[value(alias = "kurva")]
    Choice,
    /// What a group is like.
    #[value(alias = "profil")]
    Profile,
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
    /// K-Prototypes, for numbers and categories together.
    #[value(name = "k-prototypes", alias = "kprototypes")]
    KPrototypes,
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

/// What a missing value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MissingName {
    /// A category of its own; of numbers the median, and a column that says so.
    Category,
    /// The median of its column, or the most frequent category.
    Median,
    /// A reason to leave the row out.
    Drop,
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
    /// A line for each npp, or one for each group of npps
    #[arg(long, value_enum, default_value = "npp")]
    pub by: RankBy,
    /// Measured against worker-years, or against what the risk group or the business group expects
    #[arg(long, value_enum, default_value = "worker-years")]
    pub basis: RankBasis,
    /// Companies whose claims rise instead: six months against the twelve before
    #[arg(long, conflicts_with_all = ["profile", "apart", "from", "by", "basis"])]
    pub warnings: bool,
    /// What marks the companies at the top instead: lifts and a few rules
    #[arg(long, conflicts_with = "apart")]
    pub profile: bool,
    /// Those without a headcount instead, such as BPU and Jakon
    #[arg(long)]
    pub apart: bool,
    /// At most this many
    #[arg(long)]
    pub limit: Option<usize>,
    /// Also write the funnel plot to this SVG file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["warnings", "profile", "apart", "basis"])]
    pub svg: Option<PathBuf>,
    /// Replace files that are already there
    #[arg(long, requires = "svg")]
    pub force: bool,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// What a line of the ranking is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RankBy {
    /// One NPP.
    Npp,
    /// All NPPs of one group.
    Group,
}

/// What rates are measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RankBasis {
    /// Worker-years.
    WorkerYears,
    /// What the risk group expects.
    RiskGroup,
    /// What the business group expects.
    BusinessGroup,
}
