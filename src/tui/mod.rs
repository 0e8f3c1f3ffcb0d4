//! Floor 5. The screen: four tabs, a stack of screens, popups, by keyboard alone.
//!
//! A message goes into [`app::App::update`], which is pure and gives effects; jobs on threads of their own turn effects
//! into messages; the drawing thread does nothing else and never waits for the disk. Knows the desk and what lies below
//! it; must not know the command line, read the environment or ask for the time of day: whoever starts it passes
//! settings as values.
//!
//! To add a pane, implement [`screen::Screen`] in `panes/`, its words in `locales/*/tui.ftl`, its keys in
//! [`keymap::TABLE`], its tasks and answers in [`effect`].

pub mod app;
pub mod cards;
pub mod chart_view;
pub mod crash;
pub mod decode;
pub mod effect;
pub mod filter_line;
pub mod forms;
pub mod fuzzy;
pub mod input;
pub mod jobs;
pub mod key;
pub mod keymap;
pub mod list;
pub mod page;
pub mod paint;
pub mod panes;
pub mod pen;
pub mod perform;
pub mod popups;
pub mod run;
pub mod screen;
pub mod signals;
mod start;
pub mod sums;
pub mod svg;
pub mod table;
pub mod terminal;
pub mod theme;
pub mod writer;

pub use keymap::{key_faults, key_rows};
pub use start::{ScreenError, app, speak, start};
