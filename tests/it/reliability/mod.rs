//! Slow suites: run in release by `.ci/run`.
