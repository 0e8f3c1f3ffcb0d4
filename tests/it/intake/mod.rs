//! What comes in from files.

mod bad;
mod bomb;
mod compare;
mod dialects;
mod heads;
mod history;
mod inspect;
mod reading;
mod sample;
mod sentences;
mod spill;
mod workbooks;
