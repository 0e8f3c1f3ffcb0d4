//! Tests of `tui`.

mod budget;
mod claim_form;
mod claims_pane;
mod cluster_pane;
mod dates;
mod day;
mod decode;
mod desk;
mod forms;
mod jobs;
mod keymap;
mod keys;
mod pace;
mod picture;
mod process;
pub mod real;
mod report_pane;
mod screen_picture;
mod script;
mod sizes;
mod snapshot;
mod table;
mod terminal;
mod update;
mod voucher_pane;
pub mod work_desk;
mod writer;
