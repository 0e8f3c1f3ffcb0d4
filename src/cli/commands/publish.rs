//! `santun publish`: the books as Parquet for other engines.

use crate::base::safe;
use crate::cli::args::PublishArgs;
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::store::Masking;

/// Publishes, and says what and where.
pub fn run(session: &Session, args: &PublishArgs, out: &mut Output) -> Result<Exit, CliError> {
    let masking = if args.unmask { Masking::Whole } else { Masking::Masked };
    let (dir, published) = session.desk()?.publish(args.dir.as_deref(), masking)?;
    let figure = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
    let said = [
        ("rows", figure(published.rows)),
        ("files", figure(published.files)),
        ("path", safe::terminal(&dir.display().to_string()).into_owned().into()),
    ];
    out.line(&session.say("cli-published", &said))?;
    Ok(Exit::Done)
}
