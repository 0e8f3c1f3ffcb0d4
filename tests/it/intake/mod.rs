//! What comes in from files.

mod bad;
mod dialects;
mod heads;
mod reading;
mod workbooks;
