//! The state of something requested from the engine.

use super::{EngineError, NotPossible, Stage};

/// From idle through running to an answer, or to the reason why there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Remote<T> {
    /// Not requested.
    #[default]
    Idle,
    /// Waiting or in progress.
    Running {
        /// The current work.
        stage: Stage,
        /// The share done, in `[0, 1]`.
        fraction: f64,
    },
    /// The answer.
    Ready(T),
    /// No answer; it may be requested again.
    Failed(Failure),
    /// These data have no answer; requesting it again does not help.
    NotPossible(NotPossible),
}

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The user cancelled it.
    Cancelled,
    /// The engine crashed during it, or could not be started.
    Stopped,
    /// The engine returned an error.
    Refused(EngineError),
}

impl<T> Remote<T> {
    /// An error of the engine.
    pub fn refused(error: EngineError) -> Self {
        match error {
            EngineError::NotPossible(reason) => Self::NotPossible(reason),
            error => Self::Failed(Failure::Refused(error)),
        }
    }

    /// Just requested.
    pub fn asked(stage: Stage) -> Self {
        Self::Running {
            stage,
            fraction: 0.0,
        }
    }

    /// The answer, if there is one.
    pub fn ready(self) -> Option<T> {
        match self {
            Self::Ready(it) => Some(it),
            Self::Idle | Self::Running { .. } | Self::Failed(_) | Self::NotPossible(_) => None,
        }
    }

    /// Whether it is waiting or in progress.
    pub fn is_running(&self) -> bool {
        matches!(self, Self::Running { .. })
    }

    /// Whether it failed and may be requested again.
    pub fn is_lost(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    /// Transforms the answer.
    pub fn map<U>(self, of: impl FnOnce(T) -> U) -> Remote<U> {
        self.filter_map(|it| Some(of(it)))
    }

    /// Transforms the answer; idle if that gives nothing.
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
