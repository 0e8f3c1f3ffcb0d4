//! The real binary, as a person or a program uses it: a file for each topic, on a small branch made once.

mod approval;
pub mod branch;
mod care;
mod commands_page;
pub mod csv_files;
mod documents;
mod duplicates;
mod fsck;
mod hostile;
mod import;
mod json;
mod language;
mod later;
mod months;
pub mod recount;
pub mod report;
mod series;
mod settings;
mod shape;
mod shell;
mod status;
mod tax;
mod techlog;
mod twins;
pub mod two;
mod undo;
mod usage;
