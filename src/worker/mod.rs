//! Between the page and the engine: what is said, how it travels, who serves and who asks.

#[cfg(target_arch = "wasm32")]
mod client;
#[cfg(target_arch = "wasm32")]
mod codec;
mod dispatch;
mod protocol;
mod queue;
#[cfg(target_arch = "wasm32")]
mod server;

#[cfg(target_arch = "wasm32")]
pub use client::{Client, Event};
pub use dispatch::carry_out;
pub use protocol::{Array, FromWorker, JobId, Outcome, Request, ToWorker, attach, detach};
pub use queue::{Job, Queue};
#[cfg(target_arch = "wasm32")]
pub use server::worker_main;
