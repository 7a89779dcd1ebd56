//! Everything that can go wrong between a request and its outcome.

use serde::{Deserialize, Serialize};

use super::{FailedModel, ResultId};
use crate::advise::RuleError;
use crate::cluster::{FitError, ParamsError};
use crate::features::FeatureError;
use crate::orders::OrderError;
use crate::quality::QualityError;
use crate::table::TableError;

/// Why a request has no outcome; the screen shows it as one sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineError {
    /// The file is not a table.
    Table(TableError),
    /// The order lines give no customers.
    Orders(OrderError),
    /// The features cannot be built.
    Features(FeatureError),
    /// A model cannot be fitted.
    Fit(FitError),
    /// The quality of the result cannot be measured.
    Quality(QualityError),
    /// An identifier was chosen as a feature.
    IdentifierAsFeature {
        /// Name of the column.
        column: String,
    },
    /// Fewer customers than a comparison needs.
    TooFewCustomers {
        /// Customers with a value in every feature.
        n_samples: usize,
        /// The smallest number allowed.
        min: usize,
    },
    /// More rows than models in a browser can hold.
    TooManyCustomers {
        /// Rows of the file.
        n_rows: usize,
        /// The largest number allowed.
        max: usize,
    },
    /// None of the models could be fitted.
    NoneFitted {
        /// All of them, with reasons.
        failed: Vec<FailedModel>,
    },
    /// A column cannot stand beside the models.
    SegmentColumn {
        /// Name of the column.
        column: String,
        /// Why.
        why: GivenError,
    },
    /// All customers have the same values.
    AllAlike {
        /// Their number.
        n_samples: usize,
    },
    /// Those who are kept out of the models leave too few, or only customers with the same values.
    KeptOut {
        /// Customers left for the models.
        n_customers: usize,
        /// Of the others, those left out by hand.
        n_by_hand: usize,
        /// Of the others, those outside the filters.
        n_outside: usize,
    },
    /// The rules of advice cannot be read.
    Rules(RuleError),
    /// The question has no answer for these data.
    NotPossible(NotPossible),
    /// The engine does not have this result: it is too old, or the engine has restarted.
    ResultGone {
        /// Its id.
        result: ResultId,
    },
    /// The request needs a table, and none has been read.
    NoTable,
    /// A file cannot be written.
    Unwritable,
}

/// The largest number of values of a column that stands beside the models.
pub const MAX_GIVEN: usize = 50;

/// Why a column gives no segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GivenError {
    /// The table has no such column.
    Gone,
    /// All customers in the models have the same value, or none.
    OneValue,
    /// More than [`MAX_GIVEN`] different values.
    TooManyValues {
        /// How many.
        n_values: usize,
    },
}

/// Why a question has no answer for these data. Asking again does not help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotPossible {
    /// It would take too long with this many customers.
    TooManyCustomers {
        /// Customers in the models.
        n_samples: usize,
        /// The largest number for which it is answered.
        max: usize,
    },
    /// The customer is in no model.
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

impl From<OrderError> for EngineError {
    fn from(error: OrderError) -> Self {
        Self::Orders(error)
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
