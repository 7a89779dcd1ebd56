//! How a result is named.

use serde::{Deserialize, Serialize};

/// Names a result. Whoever asks for a fit chooses the name and asks about the result by it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ResultId(pub u32);

impl ResultId {
    /// The name of the result after this one.
    pub fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}
