//! Everything that can go wrong between a request and its outcome.

use serde::{Deserialize, Serialize};

use super::{FailedModel, ResultId};
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
    /// Fewer than two of the models could be fitted.
    TooFewModels {
        /// Those that could not, each with its reason.
        failed: Vec<FailedModel>,
    },
    /// Every customer has the same values.
    AllAlike {
        /// Their number.
        n_samples: usize,
    },
    /// The rules of what to advise cannot be read.
    Rules(RuleError),
    /// The question has no answer for these data.
    NotPossible(NotPossible),
    /// The engine does not hold this result: it is too old, or the engine is a fresh one.
    ResultGone {
        /// Its name.
        result: ResultId,
    },
    /// Something is asked before a table was read.
    NoTable,
    /// A file cannot be written.
    Unwritable,
}

/// Why a question has no answer for these data. To ask again does not help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotPossible {
    /// It would take too long for so many customers.
    TooManyCustomers {
        /// Customers in the models.
        n_samples: usize,
        /// Most customers that it is answered for.
        max: usize,
    },
    /// No model saw this customer.
    RowLeftOut {
        /// Its row, from 0.
        row: usize,
    },
    /// The column holds no numbers.
    NoNumbers {
        /// Its name.
        column: String,
    },
}

impl From<NotPossible> for EngineError {
    fn from(reason: NotPossible) -> Self {
        Self::NotPossible(reason)
    }
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
