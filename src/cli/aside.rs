//! What is said beside the answer, on standard error. Nobody may be listening there any more, and what was done is done all
//! the same: words that cannot be written are dropped, and the exit code still says how it went.

use std::io::Write;

/// A line on standard error.
pub fn line(text: &str) {
    let _unheard = writeln!(std::io::stderr(), "{text}");
}

/// Text as it is on standard error, without an end of line.
pub fn text(text: &str) {
    let _unheard = write!(std::io::stderr(), "{text}");
}
