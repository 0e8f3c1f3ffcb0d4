//! `santun init`: asks once at a terminal, or takes the answers as flags.

use std::io::{BufRead, IsTerminal};

use crate::cli::args::InitArgs;
use crate::cli::ask;
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::entry;
use crate::desk::{InitAnswers, init};
use crate::domain::office::{Approval, Signers, StoreKind};
use crate::domain::voucher::CodeTemplate;
use crate::domain::{Period, Programme, VoucherMode, Zone};

/// Makes the store.
pub fn run(session: &Session, args: &InitArgs, out: &mut Output) -> Result<Exit, CliError> {
    let answers = answers(session, args, out)?;
    init(&session.config.store, &answers, &session.config.clock)?;
    let path = session.config.store.display().to_string();
    out.line(&session.say("cli-init-done", &[("path", path.into())]))?;
    Ok(Exit::Done)
}

fn answers(session: &Session, args: &InitArgs, out: &mut Output) -> Result<InitAnswers, CliError> {
    let mut questions = Questions { session, asks: std::io::stdin().is_terminal() };
    let today = session.config.clock.today(Zone::Wib);
    let current = Period::of(today).to_string();
    let code = questions.answer(out, args.office.as_ref(), "cli-ask-office", None)?;
    let name = questions.answer(out, args.name.as_ref(), "cli-ask-name", None)?;
    let zone = questions.answer(out, args.zone.as_ref(), "cli-ask-zone", Some("WIB"))?;
    let programmes = questions.list(out, &args.programmes, "cli-ask-programmes", "JKK, JKM, JHT, JP, JKP")?;
    let mode = questions.answer(out, args.vouchers.as_ref(), "cli-ask-vouchers", Some("issue"))?;
    let template =
        questions.answer(out, args.template.as_ref(), "cli-ask-template", Some(CodeTemplate::DEFAULT))?;
    let first = questions.answer(out, args.first_open.as_ref(), "cli-ask-first-open", Some(&current))?;
    let prepared = questions.answer(out, args.prepared.as_ref(), "cli-ask-prepared", Some(""))?;
    let checked = questions.answer(out, args.checked.as_ref(), "cli-ask-checked", Some(""))?;
    let approved = questions.answer(out, args.approved.as_ref(), "cli-ask-approved", Some(""))?;
    let programmes = programmes
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| ask::code("programme", text, Programme::parse))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(InitAnswers {
        code,
        name,
        zone: ask::code("zone", &zone, Zone::parse)?,
        programmes,
        voucher_mode: ask::code("voucher-mode", &mode, VoucherMode::parse)?,
        template,
        first_open: Some(ask::period(session, &first)?),
        signers: Signers { prepared, checked, approved },
        approval: match &args.approval {
            Some(text) => entry::approval(text).map_err(CliError::Unread)?,
            None => Approval::NotNeeded,
        },
        kind: StoreKind::Real,
    })
}

/// Asks at a terminal; elsewhere a question without a usual answer must have come as a flag.
struct Questions<'a> {
    session: &'a Session,
    asks: bool,
}

impl Questions<'_> {
    /// A list that can be given as flags.
    fn list(
        &mut self,
        out: &mut Output,
        flags: &[String],
        key: &str,
        usual: &str,
    ) -> Result<String, CliError> {
        let flags = (!flags.is_empty()).then(|| flags.join(","));
        self.answer(out, flags.as_ref(), key, Some(usual))
    }

    fn answer(
        &mut self,
        out: &mut Output,
        flag: Option<&String>,
        key: &str,
        usual: Option<&str>,
    ) -> Result<String, CliError> {
        if let Some(answer) = flag {
            return Ok(answer.clone());
        }
        if !self.asks {
            return match usual {
                Some(usual) => Ok(usual.to_owned()),
                None => Err(self
                    .session
                    .usage("cli-ask-missing", &[("question", self.session.words.text(key).into())])),
            };
        }
        let question = self.session.words.text(key);
        let shown = usual
            .filter(|usual| !usual.is_empty())
            .map_or(question.clone(), |usual| format!("{question} [{usual}]"));
        out.line(&shown)?;
        out.finish()?;
        let mut typed = String::new();
        std::io::stdin().lock().read_line(&mut typed)?;
        let typed = typed.trim();
        Ok(if typed.is_empty() { usual.unwrap_or_default().to_owned() } else { typed.to_owned() })
    }
}
