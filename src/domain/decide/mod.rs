//! The rules: a command and a few facts become events or a refusal.
