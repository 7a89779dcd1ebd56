//! Between the page and the engine: messages and their encoding, requests, workers and helpers.

mod answers;
mod arrays;
#[cfg(target_arch = "wasm32")]
mod client;
#[cfg(target_arch = "wasm32")]
mod codec;
mod dispatch;
#[cfg(target_arch = "wasm32")]
mod life;
#[cfg(target_arch = "wasm32")]
mod pool;
mod project;
mod protocol;
mod queue;
#[cfg(target_arch = "wasm32")]
mod round;
#[cfg(target_arch = "wasm32")]
mod server;
#[cfg(target_arch = "wasm32")]
mod share_out;
mod sharing;
mod watch;

pub use answers::{Answers, Shown, evidence};
pub use arrays::{Array, Laden, Slot, attach, detach};
#[cfg(target_arch = "wasm32")]
pub use client::{Client, Event};
pub use dispatch::{carry_out, help, keep, pack_result, share, unpack_samples};
pub use protocol::{
    BUILD, FromWorker, Help, Helpers, JobId, Outcome, Parcel, ProjectData, Request, ToWorker,
};
pub use queue::{Ending, Job, Loss, Next, Queue};
#[cfg(target_arch = "wasm32")]
pub use server::serve;
pub use sharing::{HOME, Sharing};
pub use watch::{Fault, Sign, Starts, TICK, Watch};
