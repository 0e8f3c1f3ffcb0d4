//! The commands that say where to look: levers, recommendations, review samples.

use clap::Args as ClapArgs;

use super::Format;

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
