//! Parameters of HDBSCAN.

use serde::{Deserialize, Serialize};

use super::facts::{MIN_CLUSTER_SIZE, MIN_SAMPLES};
use crate::cluster::{ModelKey, ParamsError};

/// Parameters of [`super::Hdbscan::fit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HdbscanParams {
    /// Fewer samples than this are no cluster; at least 2.
    pub min_cluster_size: usize,
    /// How many samples lie within the core distance of a sample, itself among them; at least 1. The more, the more is noise.
    pub min_samples: usize,
}

impl Default for HdbscanParams {
    fn default() -> Self {
        Self {
            min_cluster_size: MIN_CLUSTER_SIZE.default,
            min_samples: MIN_SAMPLES.default,
        }
    }
}

impl HdbscanParams {
    /// Whether the request makes sense for any data.
    ///
    /// # Errors
    /// [`ParamsError::Option`] naming the one that is too small.
    pub fn check(&self) -> Result<(), ParamsError> {
        let asked = [
            (MIN_CLUSTER_SIZE, self.min_cluster_size),
            (MIN_SAMPLES, self.min_samples),
        ];
        match asked
            .into_iter()
            .find(|(option, value)| *value < option.min)
        {
            Some((option, value)) => Err(ParamsError::Option {
                model: ModelKey::HDBSCAN,
                name: option.name.to_owned(),
                value,
            }),
            None => Ok(()),
        }
    }
}
