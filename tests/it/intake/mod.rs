//! What comes in from files.

mod bad;
mod dialects;
mod heads;
mod history;
mod reading;
mod sentences;
mod workbooks;
