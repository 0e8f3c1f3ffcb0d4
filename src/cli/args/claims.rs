//! The commands about claims: lists of them and every step of one.

use clap::{ArgMatches, Args as ClapArgs, Command as ClapCommand, FromArgMatches, Subcommand};

use super::{Format, FormatArgs};
use crate::desk::form::CLAIM_FIELDS;
use crate::desk::form::Typed;

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
