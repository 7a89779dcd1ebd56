//! What several workers can do for one request: fit parts of it, or draw resamples. Whoever does it, the bits are the same.

use serde::{Deserialize, Serialize};

use super::part::{Found, Part};
use crate::cluster::{FitError, Samples};
use crate::questions::{Draws, Redrawn};
use crate::result::{Piece, Stage};

/// Something to do, with all that it needs beside the samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Task {
    /// A part to fit.
    Fit(Piece, Part),
    /// Resamples to draw, from the one of this number on.
    Draw(usize, Box<Draws>),
}

/// What came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Finished {
    /// Of a part.
    Fitted(Piece, Result<Found, FitError>),
    /// Of resamples, from the one of this number on.
    Drawn(usize, Result<Vec<Redrawn>, FitError>),
}

impl Task {
    /// What it is part of.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Fit(piece, _) => Stage::Fitting(*piece),
            Self::Draw(..) => Stage::Resampling,
        }
    }

    /// Does it. `progress` hears the share done, in `[0, 1]`.
    pub fn carry_out(&self, samples: &Samples, progress: &mut dyn FnMut(f64)) -> Finished {
        match self {
            Self::Fit(piece, part) => Finished::Fitted(*piece, part.fit(samples, progress)),
            Self::Draw(first, draws) => Finished::Drawn(*first, draws.draw(samples, progress)),
        }
    }
}
