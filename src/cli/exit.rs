//! How a command went, as the exit code says it.

use std::process::ExitCode;

use crate::desk::DeskError;
use crate::domain::Problem;
use crate::store::StoreError;

/// The four answers of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// A rule refused, or problems were found.
    Refused,
    /// Wrong usage.
    Usage,
    /// The store needs attention.
    Store,
}

impl Exit {
    /// As the system sees it.
    pub fn number(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Refused => 1,
            Exit::Usage => 2,
            Exit::Store => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.number())
    }
}

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The desk did not do it.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// What was typed means nothing: a sentence in the person's language.
    #[error("{0}")]
    Usage(String),
    /// A value that was typed cannot be read, or stands in no list.
    #[error("{0}")]
    Unread(crate::domain::Refusal),
    /// A file that was brought cannot be read as it should.
    #[error("{}", .0.code)]
    File(Box<Problem>),
    /// The reader of our output went away, which is no fault.
    #[error("closed pipe")]
    ClosedPipe,
    /// The output could not be written.
    #[error("{0}")]
    Output(std::io::Error),
}

impl From<std::io::Error> for CliError {
    fn from(error: std::io::Error) -> CliError {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            CliError::ClosedPipe
        } else {
            CliError::Output(error)
        }
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> CliError {
        CliError::Desk(DeskError::Store(error))
    }
}

impl From<crate::domain::Refusal> for CliError {
    fn from(refusal: crate::domain::Refusal) -> CliError {
        CliError::Desk(DeskError::Refused(refusal))
    }
}

impl CliError {
    /// Its code in the technical log, which holds nothing of what was typed.
    pub fn code(&self) -> &str {
        match self {
            CliError::Desk(error) => error.code(),
            CliError::Usage(_) => "usage",
            CliError::Unread(refusal) => refusal.code,
            CliError::File(problem) => problem.code,
            CliError::ClosedPipe => "closed-pipe",
            CliError::Output(_) => "output",
        }
    }

    /// Its exit code.
    pub fn exit(&self) -> Exit {
        match self {
            CliError::ClosedPipe => Exit::Done,
            CliError::Usage(_) | CliError::Unread(_) => Exit::Usage,
            CliError::File(_) => Exit::Refused,
            CliError::Output(_) => Exit::Refused,
            // A name that was typed and stands in no list, as any other choice.
            CliError::Desk(DeskError::Refused(refusal)) if refusal.code == "preset-unknown" => Exit::Usage,
            CliError::Desk(DeskError::Store(error)) if asks_attention(error) => Exit::Store,
            CliError::Desk(_) => Exit::Refused,
        }
    }
}

/// Whether the store itself is in trouble, rather than absent or busy.
fn asks_attention(error: &StoreError) -> bool {
    if let StoreError::Backup { fault, .. } = error {
        return fault.is_grave();
    }
    !matches!(
        error,
        StoreError::NotAStore(_)
            | StoreError::AlreadyAStore(_)
            | StoreError::Busy { .. }
            | StoreError::NetworkFileSystem(_)
            | StoreError::ForeignOwner { .. }
            | StoreError::OpenGroup { .. }
    )
}
