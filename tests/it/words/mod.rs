//! Tests of `words`: the two languages say the same things, and the program asks only for what they say.

mod files;
mod speak;
