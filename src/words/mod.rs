//! Floor 0. The two languages: a code and its arguments become a sentence here.
