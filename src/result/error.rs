//! Everything that can go wrong between a request and its outcome.

use serde::{Deserialize, Serialize};

use crate::advise::RuleError;
use crate::cluster::{FitError, ParamsError};
use crate::features::FeatureError;
use crate::quality::QualityError;
use crate::table::TableError;

/// Why a request has no outcome. The screen makes one sentence of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineError {
    /// The file is no table.
    Table(TableError),
    /// The features cannot be built.
    Features(FeatureError),
    /// A model cannot be fitted.
    Fit(FitError),
    /// The result cannot be judged.
    Quality(QualityError),
    /// An identifier was chosen as a feature.
    IdentifierAsFeature {
        /// Name of the column.
        column: String,
    },
    /// Fewer customers than any comparison needs.
    TooFewCustomers {
        /// Customers with a value in every feature.
        n_samples: usize,
        /// Smallest number that can be compared.
        min: usize,
    },
    /// More rows than the models can hold in a browser.
    TooManyCustomers {
        /// Rows of the file.
        n_rows: usize,
        /// Most rows that are taken.
        max: usize,
    },
    /// Every customer has the same values.
    AllAlike {
        /// Their number.
        n_samples: usize,
    },
    /// The rules of what to advise cannot be read.
    Rules(RuleError),
    /// Something is asked of a customer that no model saw.
    RowLeftOut {
        /// Its row, from 0.
        row: usize,
    },
    /// Something is asked of a table before one was read.
    NoTable,
}

impl From<RuleError> for EngineError {
    fn from(error: RuleError) -> Self {
        Self::Rules(error)
    }
}

impl From<TableError> for EngineError {
    fn from(error: TableError) -> Self {
        Self::Table(error)
    }
}

impl From<FeatureError> for EngineError {
    fn from(error: FeatureError) -> Self {
        Self::Features(error)
    }
}

impl From<FitError> for EngineError {
    fn from(error: FitError) -> Self {
        Self::Fit(error)
    }
}

impl From<ParamsError> for EngineError {
    fn from(error: ParamsError) -> Self {
        Self::Fit(error.into())
    }
}

impl From<QualityError> for EngineError {
    fn from(error: QualityError) -> Self {
        Self::Quality(error)
    }
}
