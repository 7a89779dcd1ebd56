//! Seamline segments customers with several models and shows the customers on whom the models disagree.
//!
//! A room may only use rooms to its left; `tests/architecture` checks this in the source:
//! `numeric <- table <- orders <- features <- cluster <- {quality, agreement} <- inference <- explain <- advise <- result <- session <- view <- engine <- questions
//! <- export <- {worker, words} <- ui`; `chart` uses only `numeric` and is used by `words` and `ui`; `demo` uses `numeric` and `table`.
//! All rooms except `ui` and `worker::{client, codec, life, pool, round, server, share_out}` are pure: no page, no clock, no thread, no
//! output. Data flow in one direction: bytes, table, features, models, comparison, facts, message, screen.

pub use seamline_kernels::{chart, cluster, numeric, orders, quality, table};

pub mod advise;
pub mod agreement;
pub mod demo;
pub mod engine;
pub mod explain;
pub mod export;
pub mod features;
pub mod inference;
pub mod questions;
pub mod result;
pub mod session;
pub mod ui;
pub mod view;
pub mod words;
pub mod worker;
