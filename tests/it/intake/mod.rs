//! What comes in from files.

mod bad;
mod compare;
mod dialects;
mod heads;
mod history;
mod inspect;
mod reading;
mod sample;
mod sentences;
mod workbooks;
