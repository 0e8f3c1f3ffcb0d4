//! The business rules, one file a topic, mostly text tables.

mod amount;
mod query;
mod rules;
mod table;
