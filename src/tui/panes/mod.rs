//! The panes: one file, one screen. A pane draws from its state alone: no disk, no clock, no globals.
//!
//! A pane implements [`Screen`](super::screen::Screen). It asks by [`Wishes`](super::screen::Wishes): `run(SLOT, task)`
//! for work, `push` for a screen on top, `popup` for a question; the answer comes to `receive`, a refusal to `trouble`,
//! the popup's reply to `reply`. Its slots are constants of its own, with their words under `tui-job-<slot>`. Long lists
//! are a [`List`](super::list::List), long texts a [`PageView`](super::page::PageView), typing is a
//! [`FormScreen`](form::FormScreen).

pub mod basis;
pub mod charts;
pub mod claim_form;
pub mod claims;
mod claims_bulk;
mod claims_filters;
pub mod clusters;
pub mod clusters_choice;
pub mod clusters_columns;
pub mod clusters_groups;
pub mod detail;
pub mod fields;
pub mod form;
pub mod form_advice;
pub mod form_drafts;
pub mod form_moved;
pub mod paper_form;
pub mod report;
pub mod report_postings;
pub mod step_form;
pub mod undo;
pub mod vouchers;
pub mod vouchers_bundle;
pub mod vouchers_columns;
pub mod vouchers_forms;
pub mod vouchers_issue;
pub mod vouchers_record;
pub mod vouchers_sheet;
