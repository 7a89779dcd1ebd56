//! What is known of something that was asked for and is worked out elsewhere.

use super::{EngineError, NotPossible, Stage};

/// From nothing through work to an answer, or to why there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Remote<T> {
    /// Nobody asked.
    #[default]
    Idle,
    /// It waits for its turn or is being worked on.
    Running {
        /// What is being done.
        stage: Stage,
        /// The share that is done, in `[0, 1]`.
        fraction: f64,
    },
    /// It is there.
    Ready(T),
    /// It is not there, and may be asked for again.
    Failed(Failure),
    /// These data have no answer, however often it is asked for.
    NotPossible(NotPossible),
}

/// Why something that was asked for did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The user ended the work.
    Cancelled,
    /// The engine stopped over it, or could not be started.
    Stopped,
    /// The engine says why.
    Refused(EngineError),
}

impl<T> Remote<T> {
    /// What the engine says instead of an answer.
    pub fn refused(error: EngineError) -> Self {
        match error {
            EngineError::NotPossible(reason) => Self::NotPossible(reason),
            error => Self::Failed(Failure::Refused(error)),
        }
    }

    /// It was asked for.
    pub fn asked(stage: Stage) -> Self {
        Self::Running {
            stage,
            fraction: 0.0,
        }
    }

    /// What is there.
    pub fn ready(self) -> Option<T> {
        match self {
            Self::Ready(it) => Some(it),
            Self::Idle | Self::Running { .. } | Self::Failed(_) | Self::NotPossible(_) => None,
        }
    }

    /// Whether it is being worked on, or will be.
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Running { .. })
    }

    /// Whether it did not come and may be asked for again.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    /// The same with something else in its place.
    pub fn map<U>(self, of: impl FnOnce(T) -> U) -> Remote<U> {
        self.filter_map(|it| Some(of(it)))
    }

    /// The same with what can be made of it; nobody asked where that is nothing.
    pub fn filter_map<U>(self, of: impl FnOnce(T) -> Option<U>) -> Remote<U> {
        match self {
            Self::Idle => Remote::Idle,
            Self::Running { stage, fraction } => Remote::Running { stage, fraction },
            Self::Ready(it) => of(it).map_or(Remote::Idle, Remote::Ready),
            Self::Failed(failure) => Remote::Failed(failure),
            Self::NotPossible(reason) => Remote::NotPossible(reason),
        }
    }
}
