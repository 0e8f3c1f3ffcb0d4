//! The commands that say where to look: levers, recommendations, review samples.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use clap::builder::RangedU64ValueParser;

use super::{Format, PaperFormat};

/// `levers`.
#[derive(Debug, ClapArgs)]
pub struct LeversArgs {
    /// Only this lever, with its cases
    #[arg(long)]
    pub lever: Option<String>,
    /// First month (default: twelve complete months)
    #[arg(long)]
    pub from: Option<String>,
    /// Last month
    #[arg(long)]
    pub to: Option<String>,
    /// At most this many cases; 0: all
    #[arg(long, default_value_t = 20)]
    pub limit: usize,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

/// `recommendations`.
#[derive(Debug, ClapArgs)]
pub struct RecommendArgs {
    /// First month (default: twelve complete months)
    #[arg(long)]
    pub from: Option<String>,
    /// Last month
    #[arg(long)]
    pub to: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value = "text")]
    pub format: PaperFormat,
    /// Write to this file
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Replace files that are already there
    #[arg(long)]
    pub force: bool,
}

/// `review`.
#[derive(Debug, ClapArgs)]
pub struct ReviewArgs {
    /// How cases are drawn: value, variance or random
    #[arg(long, default_value = "value")]
    pub by: String,
    /// How many
    #[arg(long, default_value_t = 30, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    pub size: usize,
    /// Same seed, same cases
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Only claims that pass this filter
    #[arg(long = "where", default_value = "", value_name = "FILTER")]
    pub filter: String,
    /// How it is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}
