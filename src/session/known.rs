//! What is known when something is decided.

use crate::result::{Dataset, Identity};

/// What is known when something is decided.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The table; for [`super::Decision::ReadAgain`] as it was read now.
    pub dataset: &'a Dataset,
    /// The table as it was read before; for [`super::Decision::ReadAgain`] only.
    pub before: Option<&'a Dataset>,
    /// What the segments on the screen are known by; absent before the first result.
    pub identity: Option<&'a Identity>,
    /// How many segments the models were asked for on the screen; absent before the first result.
    pub n_clusters: Option<usize>,
}

impl<'a> Known<'a> {
    /// A table on which nothing was fitted yet.
    pub fn of(dataset: &'a Dataset) -> Self {
        Self {
            dataset,
            before: None,
            identity: None,
            n_clusters: None,
        }
    }
}
