//! The answers about the result on the screen, compared by how much is known.

use super::Shared;
use crate::questions::Listed;
use crate::worker::{Answers, Shown};

/// Answers that are alike where as much is known, however far the rest is.
#[derive(Clone, Debug)]
pub(super) struct Known(pub(super) Answers);

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_like(&other.0)
    }
}

impl Known {
    /// The answer to the last question of a kind, or the old one until it is there.
    pub(super) fn shown<Q: Listed>(&self) -> Option<Shown<Shared<Q::Answer>>> {
        let Shown { answer, is_old } = self.0.shown::<Q>()?;
        Some(Shown {
            answer: Shared::from(answer),
            is_old,
        })
    }

    /// The answer to the last question of a kind, once it is there.
    pub(super) fn answer<Q: Listed>(&self) -> Option<Shared<Q::Answer>> {
        self.0.last::<Q>().ready().map(Shared::from)
    }
}
