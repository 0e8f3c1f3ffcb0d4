//! Erasing the personal data of whole years.

use clap::Args as ClapArgs;

use super::Format;

/// `store erase`.
#[derive(Debug, ClapArgs)]
pub struct EraseArgs {
    /// Year, such as 2015: it and all before it; without one the list of what was done
    pub year: Option<i16>,
    /// Propose it, and why
    #[arg(long, requires = "year")]
    pub reason: Option<String>,
    /// Approve what somebody else proposed, and carry it out; also carries on what was interrupted
    #[arg(long, conflicts_with = "reason", requires = "year")]
    pub approve: bool,
    /// How the list is written
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}
