//! Order lines: recognised by names and values, and made into a table with one row per customer.
//!
//! ```text
//! recency      days from the last purchase to the reference date        frequency   different days with a purchase, or invoices
//! money        sum of amounts, or of price * quantity, of purchases     basket      money / frequency
//! tenure       days from the first purchase to the reference date       returns     negative quantities and amounts, cancelled invoices
//! ```
//!
//! Recency, frequency and money are those of Hughes 1994, "Strategic Database Marketing".

mod amounts;
mod customers;
mod dates;
mod error;
mod facts;
mod groups;
mod lines;
mod others;
mod recognise;

pub use customers::{CustomerTable, OrderCounts, per_customer};
pub use dates::DateReading;
pub use error::OrderError;
pub use facts::{Opened, OrderFacts, open};
pub use recognise::{Guess, Recognised, guess, recognise};

#[cfg(test)]
mod tests;
