//! Judges one clustering.

mod silhouette;

pub use silhouette::{QualityError, Silhouette, silhouettes};
