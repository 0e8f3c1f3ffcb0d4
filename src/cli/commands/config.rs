//! `santun config …`: every setting and where it comes from, of the person and of the office; whether the file is good.

use serde::Serialize;

use crate::cli::args::{ConfigCommand, ConfigShowArgs, Format};
use crate::cli::aside;
use crate::cli::exit::{CliError, Exit};
use crate::cli::lists::List;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::desk::{DeskError, entry};
use crate::domain::Office;
use crate::store::StoreError;

#[derive(Debug, Serialize)]
struct SettingJson {
    name: String,
    value: String,
    origin: String,
    place: String,
}

/// Does what was asked of the settings.
pub fn run(session: &Session, command: ConfigCommand, out: &mut Output) -> Result<Exit, CliError> {
    match command {
        ConfigCommand::Show(args) => show(session, &args, out),
        ConfigCommand::Check => check(session, out),
        ConfigCommand::Path => {
            out.line(&session.config.file_text())?;
            Ok(Exit::Done)
        }
        ConfigCommand::Set { name, value } => set(session, &name, &value, out),
    }
}

/// Shows the settings in force, faults or not: what is wrong with them is said beside.
fn show(session: &Session, args: &ConfigShowArgs, out: &mut Output) -> Result<Exit, CliError> {
    for fault in session.config_faults() {
        aside::line(&format!("santun: {}", crate::base::safe::terminal(&fault.sentence(&session.words))));
    }
    let mut settings = of_person(session);
    match session.desk_to_read() {
        Ok(desk) => settings.extend(of_office(&desk.office())),
        Err(DeskError::Store(StoreError::NotAStore(_))) => {}
        Err(error) => return Err(error.into()),
    }
    if args.format == Format::Json {
        out.json(&settings)?;
        return Ok(Exit::Done);
    }
    let mut keys = vec!["cli-config-name", "cli-config-value", "cli-config-origin"];
    if args.origin {
        keys.push("cli-config-place");
    }
    // A path that is broken over two lines is copied wrongly.
    let mut list = List::new(keys.iter().map(|key| session.words.text(key))).whole(0..keys.len());
    for setting in settings {
        let mut row = vec![setting.name, setting.value, setting.origin];
        if args.origin {
            row.push(setting.place);
        }
        list.push(row);
    }
    out.list(&list, args.format)?;
    Ok(Exit::Done)
}

/// Whether file and environment can be read whole.
fn check(session: &Session, out: &mut Output) -> Result<Exit, CliError> {
    let faults = session.config_faults();
    for fault in &faults {
        out.line(&fault.sentence(&session.words))?;
    }
    let path = [("path", session.config.file_text().into()), ("count", faults.len().into())];
    let there = session.config.file.as_deref().is_some_and(crate::desk::is_there);
    let (key, exit) = match (faults.is_empty(), there) {
        (false, _) => ("cli-config-faults", Exit::Refused),
        (true, true) => ("cli-config-good", Exit::Done),
        (true, false) => ("cli-config-none", Exit::Done),
    };
    out.line(&session.say(key, &path))?;
    Ok(exit)
}

/// Changes a setting of the office.
fn set(session: &Session, name: &str, value: &str, out: &mut Output) -> Result<Exit, CliError> {
    if matches!(name, "retention" | "office.retention_years") {
        return set_retention(session, value, out);
    }
    if !matches!(name, "approval" | "office.approval") {
        return Err(session.usage("cli-config-fixed", &[("name", name.into())]));
    }
    let approval = entry::approval(value).map_err(CliError::Unread)?;
    session.desk()?.set_approval(approval)?;
    let args = [("name", "office.approval".into()), ("value", approval.code().into())];
    out.line(&session.say("cli-config-now", &args))?;
    Ok(Exit::Done)
}

fn set_retention(session: &Session, value: &str, out: &mut Output) -> Result<Exit, CliError> {
    // What is no number is out of the range, and the refusal says which that is.
    session.desk()?.set_retention(value.trim().parse().unwrap_or(0))?;
    let args = [("name", "office.retention_years".into()), ("value", value.trim().into())];
    out.line(&session.say("cli-config-now", &args))?;
    Ok(Exit::Done)
}

/// The person's settings, then where their files lie.
fn of_person(session: &Session) -> Vec<SettingJson> {
    let config = &session.config;
    let chosen = config.settings.iter().map(|setting| SettingJson {
        name: setting.name.clone(),
        value: setting.value.clone(),
        origin: setting.origin.code().to_owned(),
        place: setting.origin.place(),
    });
    let path = |name: &str, value: String| SettingJson {
        name: name.to_owned(),
        value,
        origin: "system".to_owned(),
        place: String::new(),
    };
    let paths = [
        path("path.config", config.file_text()),
        path("path.log", config.log_folder.display().to_string()),
        path("path.demo", config.demo_store.display().to_string()),
    ];
    chosen.chain(paths).collect()
}

/// The office's settings: their origin is the store's journal.
fn of_office(office: &Office) -> Vec<SettingJson> {
    let programmes: Vec<&str> = office.programmes.iter().map(|programme| programme.code()).collect();
    let values = [
        ("office.code", office.code.clone()),
        ("office.name", office.name.clone()),
        ("office.zone", office.zone.code().to_owned()),
        ("office.programmes", programmes.join(",")),
        ("office.vouchers", office.voucher_mode.code().to_owned()),
        ("office.template", office.template.as_str().to_owned()),
        ("office.approval", office.approval.code().to_owned()),
        ("office.first_open", office.first_open.to_string()),
        ("office.signers.prepared", office.signers.prepared.clone()),
        ("office.signers.checked", office.signers.checked.clone()),
        ("office.signers.approved", office.signers.approved.clone()),
        ("office.stmb_divisor", office.stmb_divisor.to_string()),
        ("office.retention_years", office.retention_years.to_string()),
        ("office.holidays", office.holidays.len().to_string()),
    ];
    let setting = |(name, value): (&str, String)| SettingJson {
        name: name.to_owned(),
        value,
        origin: "store".to_owned(),
        place: String::new(),
    };
    values.into_iter().map(setting).collect()
}
