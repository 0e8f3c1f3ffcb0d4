//! `santun config show`: every setting and where it comes from, of the person and of the office.

use serde::Serialize;

use crate::cli::args::{ConfigCommand, Format};
use crate::cli::commands::lists::List;
use crate::cli::exit::{CliError, Exit};
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
}

/// Shows the settings.
pub fn run(session: &Session, command: ConfigCommand, out: &mut Output) -> Result<Exit, CliError> {
    let args = match command {
        ConfigCommand::Show(args) => args,
        ConfigCommand::Set { name, value } => return set(session, &name, &value, out),
    };
    let mut settings: Vec<SettingJson> = session
        .config
        .settings
        .iter()
        .map(|setting| SettingJson {
            name: setting.name.to_owned(),
            value: setting.value.clone(),
            origin: setting.origin.to_owned(),
        })
        .collect();
    match session.desk_to_read() {
        Ok(desk) => settings.extend(of_office(&desk.office())),
        Err(DeskError::Store(StoreError::NotAStore(_))) => {}
        Err(error) => return Err(error.into()),
    }
    if args.format == Format::Json {
        out.json(&settings)?;
        return Ok(Exit::Done);
    }
    let keys = ["cli-config-name", "cli-config-value", "cli-config-origin"];
    let mut list = List::new(keys.iter().map(|key| session.words.text(key)));
    for setting in settings {
        list.push(vec![setting.name, setting.value, setting.origin]);
    }
    match args.format {
        Format::Csv => out.bytes(&list.csv()?)?,
        _ => out.text(&list.table(session.config.columns))?,
    }
    Ok(Exit::Done)
}

/// Changes a setting of the office.
fn set(session: &Session, name: &str, value: &str, out: &mut Output) -> Result<Exit, CliError> {
    if !matches!(name, "approval" | "office.approval") {
        return Err(session.usage("cli-config-fixed", &[("name", name.into())]));
    }
    let approval = entry::approval(value).map_err(CliError::Unread)?;
    session.desk()?.set_approval(approval)?;
    let args = [("name", "office.approval".into()), ("value", approval.code().into())];
    out.line(&session.say("cli-config-now", &args))?;
    Ok(Exit::Done)
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
        ("office.holidays", office.holidays.len().to_string()),
    ];
    values
        .into_iter()
        .map(|(name, value)| SettingJson { name: name.to_owned(), value, origin: "store".to_owned() })
        .collect()
}
