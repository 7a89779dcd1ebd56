//! Between the page and the engine: what is said, how it travels, who serves and who asks.

mod dispatch;
mod protocol;

pub use dispatch::carry_out;
pub use protocol::{Array, FromWorker, JobId, Outcome, Request, ToWorker, attach, detach};
