//! The start: from a desk and its settings to a running screen.

use std::io;
use std::sync::Arc;

use jiff::civil::Date;

use super::app::{App, AppSettings};
use super::effect::Draft;
use super::keymap::{self, Keymap};
use super::list::is_screen_draft;
use super::panes::claims::ClaimsPane;
use super::panes::clusters::ClustersPane;
use super::panes::report::ReportPane;
use super::panes::vouchers::VouchersPane;
use super::perform::{Bench, drafts};
use super::run::{Follow, Listening, Program, SaveDrafts, Speak, run};
use super::screen::Screen;
use super::terminal::{Mouse, TerminalSettings};
use super::theme::{Glyphs, ThemeName};
use crate::base::calendar::Names;
use crate::desk::{Config, Desk, DeskError, config};
use crate::domain::Office;
use crate::domain::office::StoreKind;
use crate::words::Words;

/// Why the screen did not run to its end.
#[derive(Debug, thiserror::Error)]
pub enum ScreenError {
    /// The desk could not be read.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The terminal is gone or does not take what is written.
    #[error(transparent)]
    Terminal(#[from] io::Error),
}

/// Runs the screen on a desk until the person quits.
pub fn start(desk: Desk, config: &Config, words: &Words) -> Result<(), ScreenError> {
    let glyphs = if config.ascii { Glyphs::Ascii } else { Glyphs::Unicode };
    let theme = match ThemeName::parse(&config.theme) {
        _ if config.no_color => ThemeName::Mono,
        Some(theme) => theme,
        None => ThemeName::Dark,
    };
    let bench = Arc::new(Bench::new(desk, words.clone(), glyphs));
    let mut app = app(&bench, theme)?;
    app.set_keymap(Keymap::of_config(config));
    app.set_cursor(config.cursor);
    if config.log != config::LogLevel::Off {
        app.set_log(config.log_folder.display().to_string());
    }
    let faults = config.faults.iter().cloned().chain(keymap::key_faults(config));
    if let Some(fault) = faults.into_iter().next() {
        // The whole sentence is too long for the last line of a small screen; `config check` says it.
        let said = words.format("tui-config-fault", &[("place", fault.place.short().into())]);
        app.warn(said);
    }
    let escape_wait =
        if config.ssh { TerminalSettings::SSH_ESCAPE_WAIT } else { TerminalSettings::LOCAL_ESCAPE_WAIT };
    let mouse = match config.mouse {
        config::Mouse::Terminal => Mouse::Off,
        config::Mouse::Program => Mouse::On,
    };
    let title = format!("santun {}", bench.desk.office().name);
    Ok(run(Program {
        settings: TerminalSettings { theme, glyphs, escape_wait, title, mouse },
        app,
        perform: bench.into_perform(),
        save_drafts: last_will(&bench),
        follow: Some(follow(&bench)),
        speak: speak(&bench, theme),
    })?)
}

/// The app with its four panes, as it was left the last time.
pub fn app(bench: &Bench, theme: ThemeName) -> Result<App, DeskError> {
    let left = drafts::read_screen(bench)?;
    Ok(app_as_left(bench, theme, &left))
}

/// The app with its four panes, as these notes say it was left.
fn app_as_left(bench: &Bench, theme: ThemeName, left: &[Draft]) -> App {
    let (office, today) = (bench.desk.office(), bench.desk.today());
    let words = &bench.words;
    let settings = AppSettings {
        office: office_text(&office),
        period: period_text(today, words),
        theme,
        glyphs: bench.glyphs,
    };
    let tabs: [Box<dyn Screen>; 4] = [
        Box::new(ClaimsPane::new(words, today, left)),
        Box::new(VouchersPane::new(words, left)),
        Box::new(ReportPane::new()),
        Box::new(ClustersPane::new(words, today, left)),
    ];
    App::new(words.clone(), Keymap::default(), settings, tabs)
}

/// The same desk in another language: all that a pane or a job has said is made anew.
pub fn speak(bench: &Arc<Bench>, theme: ThemeName) -> Speak {
    let bench = Arc::clone(bench);
    Box::new(move |lang, held| {
        let spoken = Arc::new(bench.speaking(Words::new(lang)));
        // Notes on disk that cannot be read: those lists open as on a first day.
        let mut left = drafts::read_screen(&spoken).unwrap_or_default();
        left.retain(|kept| held.iter().all(|newer| newer.form != kept.form));
        left.extend(held.iter().filter(|draft| is_screen_draft(&draft.form)).cloned());
        let app = app_as_left(&spoken, theme, &left);
        (app, spoken.into_perform())
    })
}

/// A demonstration says so everywhere.
fn office_text(office: &Office) -> String {
    match office.kind {
        StoreKind::Real => format!("{} {}", office.code, office.name),
        StoreKind::Sample => format!("CONTOH {} {}", office.code, office.name),
    }
}

fn period_text(today: Date, words: &Words) -> String {
    let names = Names::of(words.lang().code());
    format!("{} {}", names.short_month(today.month()), today.year())
}

/// Drafts reach the disk at once when the line drops or the screen ends.
fn last_will(bench: &Arc<Bench>) -> SaveDrafts {
    let bench = Arc::clone(bench);
    Arc::new(move |pending| {
        for draft in pending {
            // There is nobody left to tell, and nothing better to do with the others than to go on.
            let _ = drafts::write(&bench, draft);
        }
        drafts::end(&bench);
    })
}

/// Other clerks' work is read on the follower's thread, so that the view is new when the screen hears of it.
fn follow(bench: &Arc<Bench>) -> Follow {
    let bench = Arc::clone(bench);
    Box::new(move |tell| {
        let (sender, receiver) = crossbeam_channel::unbounded();
        let heard = move || {
            let _ = sender.send(());
        };
        let Ok(_following) = bench.desk.store().follow(heard) else { return };
        for () in receiver {
            // A store that cannot be read now says so on the first line, which is asked for again; following goes on.
            if !matches!(bench.desk.refresh(), Ok(false)) && tell() == Listening::No {
                return;
            }
        }
    })
}
