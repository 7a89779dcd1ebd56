//! Ids of results.

use serde::{Deserialize, Serialize};

/// Id of a result, chosen by whoever requests the fit and used to ask about the result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ResultId(pub u32);

impl ResultId {
    /// The next id.
    pub fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}
