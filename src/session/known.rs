//! What is known when something is decided.

use super::Session;
use crate::result::{Comparison, Dataset, Identity};

/// What is known when something is decided.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The table; for [`super::Decision::ReadAgain`] as it was read now.
    pub dataset: &'a Dataset,
    /// The table as it was read before; for [`super::Decision::ReadAgain`] only.
    pub before: Option<&'a Dataset>,
    /// What the segments of the session's result are known by; absent before that is there.
    pub identity: Option<&'a Identity>,
    /// How many segments the models were asked for; absent before the session's result is there.
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

    /// The same with a result on the screen, which was fitted for some session: known of `now` where it is the result of that.
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
