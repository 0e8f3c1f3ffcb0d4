//! Popups: one at a time lies over the screens and takes all keys. Its answer goes to the screen that opened it.

mod chooser;
mod columns;
mod confirm;
mod message;
mod prompt;
mod scroll;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::key::{Input, Key};
use super::keymap::{Action, Keymap};
use super::screen::Look;
use super::table::Arranged;

pub use chooser::{Chooser, Item, help, palette};
pub use columns::Columns;
pub use confirm::Confirm;
pub use message::Message;
pub use prompt::Prompt;

/// The popup that is open.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// A list to search and choose from: help, palette, pickers.
    Chooser(Chooser),
    /// The columns of a list.
    Columns(Columns),
    /// A question before what cannot be undone or touches more than one record.
    Confirm(Confirm),
    /// Something to read: an error, the codes just issued.
    Message(Message),
    /// A line of text to type.
    Prompt(Prompt),
}

/// What a popup answers. The tag is the one it was opened with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Yes.
    Confirmed {
        /// The popup's tag.
        tag: String,
    },
    /// This one.
    Picked {
        /// The popup's tag.
        tag: String,
        /// Its place in the list that was given.
        idx: usize,
    },
    /// The columns are to be like this.
    Arranged {
        /// The popup's tag.
        tag: String,
        /// All columns in their order.
        columns: Vec<Arranged>,
    },
    /// This text.
    Entered {
        /// The popup's tag.
        tag: String,
        /// What was typed.
        text: String,
    },
    /// One of its own keys was pressed.
    Pressed {
        /// The popup's tag.
        tag: String,
        /// The key.
        key: Key,
        /// The place of the highlighted line in the list that was given.
        idx: Option<usize>,
    },
    /// Closed without an answer.
    Dismissed {
        /// The popup's tag.
        tag: String,
    },
}

/// What a key did to a popup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PopupEvent {
    /// It stays open.
    Stays,
    /// It closes and asks for this action, as if its key had been pressed.
    Run(Action),
    /// It closes with this answer.
    Reply(Reply),
}

impl Overlay {
    /// A key or a paste, in a window of this area: how far a popup scrolls depends on what of it is seen.
    pub fn input(&mut self, input: &Input, keymap: &Keymap, area: Rect) -> PopupEvent {
        match self {
            Overlay::Chooser(popup) => popup.input(input, keymap),
            Overlay::Columns(popup) => popup.input(input, keymap),
            Overlay::Confirm(popup) => popup.input(input, keymap, area),
            Overlay::Message(popup) => popup.input(input, keymap, area),
            Overlay::Prompt(popup) => popup.input(input, keymap),
        }
    }

    /// Whether it says itself, at its foot, what its keys do.
    pub fn tells_its_keys(&self) -> bool {
        matches!(self, Overlay::Columns(_) | Overlay::Confirm(_) | Overlay::Message(_))
    }

    /// Draws it into the middle of `area`; where the text cursor is.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) -> Option<Position> {
        match self {
            Overlay::Chooser(popup) => popup.view(area, buffer, look),
            Overlay::Columns(popup) => popup.view(area, buffer, look),
            Overlay::Confirm(popup) => popup.view(area, buffer, look),
            Overlay::Message(popup) => popup.view(area, buffer, look),
            Overlay::Prompt(popup) => popup.view(area, buffer, look),
        }
    }
}

macro_rules! overlay_from {
    ($($popup:ident),*) => {$(
        impl From<$popup> for Overlay {
            fn from(popup: $popup) -> Self {
                Overlay::$popup(popup)
            }
        }
    )*};
}

overlay_from!(Chooser, Columns, Confirm, Message, Prompt);
