//! Lines as they stand in the file.

use serde::{Deserialize, Serialize};

/// A row or another line as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// Its line (from 1).
    pub line: u64,
    /// Which row it is, if any.
    pub row: Option<usize>,
    /// Its text, cut off where it is long.
    pub text: String,
}

impl Excerpt {
    pub(super) fn new(line: u64, row: Option<usize>, raw: &[u8]) -> Self {
        /// Characters kept.
        const LONGEST: usize = 240;
        let text = String::from_utf8_lossy(&raw[..raw.len().min(4 * LONGEST)]);
        let text = text.trim_end_matches(['\r', '\n']).chars().take(LONGEST);
        Self {
            line,
            row,
            text: text.collect(),
        }
    }
}
