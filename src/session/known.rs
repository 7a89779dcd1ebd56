//! What is known at the time of a decision.

use super::Session;
use crate::result::{Comparison, Dataset, Identity};

/// What is known at the time of a decision.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The table; for [`super::Decision::ReadAgain`] as it is read now.
    pub dataset: &'a Dataset,
    /// The table as it was read before; for [`super::Decision::ReadAgain`] only.
    pub before: Option<&'a Dataset>,
    /// Identity of the segments of the session's result; absent until there is one.
    pub identity: Option<&'a Identity>,
    /// Number of segments requested from the models; absent until the session has a result.
    pub n_clusters: Option<usize>,
}

impl<'a> Known<'a> {
    /// A table without a result.
    pub fn of(dataset: &'a Dataset) -> Self {
        Self {
            dataset,
            before: None,
            identity: None,
            n_clusters: None,
        }
    }

    /// Adds the result on the screen, fitted for `fitted`, if it is also the result of `now`.
    #[must_use]
    pub fn with_result(self, result: &'a Comparison, fitted: &Session, now: &Session) -> Self {
        if now.needs_fit(fitted) {
            return self;
        }
        Self {
            identity: Some(&result.identity),
            n_clusters: Some(result.n_clusters),
            ..self
        }
    }
}
