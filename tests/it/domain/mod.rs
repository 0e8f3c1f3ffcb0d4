//! The business rules, one file a topic, mostly text tables.

mod query;
mod table;
