//! The business rules, one file a topic, mostly text tables.

mod amount;
mod approval;
mod clock;
mod closing;
mod documents;
mod duplicates;
mod endings;
pub mod fixtures;
mod identity;
mod ledger;
mod money;
mod months;
mod query;
mod registering;
mod row;
mod rules;
mod script;
mod submissions;
mod suggestions;
pub mod table;
mod voucher_code;
