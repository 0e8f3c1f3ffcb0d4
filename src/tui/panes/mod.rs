//! The panes: one file, one screen. A pane draws from its state alone: no disk, no clock, no globals.

pub mod form;
