//! One file a command. Each reads its arguments, asks the desk, and writes the answer.

mod backup;
mod claim;
mod claim_json;
mod claims;
mod cluster;
mod cluster_compare;
mod cluster_consensus;
mod cluster_group;
mod config;
mod course;
mod demo;
mod document;
mod drafts;
mod files;
mod filters;
mod fsck;
mod init;
mod keys;
mod levers;
mod log;
mod month;
mod publish;
mod rank;
mod rank_more;
mod recommend;
mod report;
mod report_cells;
mod review;
mod salvage;
mod screen;
mod series;
mod shell;
mod store;
mod store_erase;
mod store_status;
mod svg;
mod today;
mod undo;
mod voucher;
mod voucher_list;
mod voucher_queue;

use crate::cli::args::Command;
use crate::cli::exit::{CliError, Exit};
use crate::cli::output::Output;
use crate::cli::session::Session;

/// Does what was asked.
pub fn run(session: &Session, command: Option<Command>, out: &mut Output) -> Result<Exit, CliError> {
    let Some(command) = command else { return screen::run(session, out) };
    match command {
        Command::Init(args) => init::run(session, &args, out),
        Command::Demo(args) => demo::run(session, &args, out),
        Command::Sample(args) => files::sample(session, &args, out),
        Command::Import(args) => files::import(session, &args, out),
        Command::Inspect(args) => files::inspect(session, &args, out),
        Command::Fsck(args) => fsck::run(session, &args, out),
        Command::Backup(args) => backup::back_up(session, &args, out),
        Command::Restore(args) => backup::restore(session, &args, out),
        Command::Anchor(args) => backup::anchor(session, &args, out),
        Command::Publish(args) => publish::run(session, &args, out),
        Command::Store(command) => store::run(session, command, out),
        Command::ReadXlsx { .. } => Ok(Exit::Usage),
        Command::Today(args) => today::run(session, &args, out),
        Command::Claims(args) => claims::run(session, &args, out),
        Command::Filters(command) => filters::run(session, command, out),
        Command::Claim(command) => claim::run(session, command, out),
        Command::Document(command) => document::run(session, command, out),
        Command::Voucher(command) => voucher::run(session, command, out),
        Command::Series(command) => series::run(session, command, out),
        Command::Report(args) => report::run(session, &args, out),
        Command::Month(command) => month::run(session, command, out),
        Command::Cluster(args) => cluster::run(session, &args, out),
        Command::Rank(command) => rank::run(session, command, out),
        Command::Undo(args) => undo::run(session, &args, out),
        Command::Course(args) => course::run(session, &args, out),
        Command::Levers(args) => levers::run(session, &args, out),
        Command::Recommendations(args) => recommend::run(session, &args, out),
        Command::Review(args) => review::run(session, &args, out),
        Command::Log(args) => log::run(session, &args, out),
        Command::Config(command) => config::run(session, command, out),
        Command::Keys(args) => keys::run(session, &args, out),
        Command::Drafts(command) => drafts::run(session, command, out),
        Command::Completions { shell } => shell::completions(session, shell, out),
        Command::Man { out: folder } => shell::man(session, &folder, out),
    }
}
