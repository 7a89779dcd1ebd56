//! Why a decision is impossible now, with the data for the message.

use serde::{Deserialize, Serialize};

use super::OfferNumber;
use crate::advise::RuleError;
use crate::cluster::hierarchical::Linkage;
use crate::cluster::{Metric, ModelKey};
use crate::features::Feature;
use crate::result::GivenError;

/// Why a decision is impossible now, or a session does not fit a file. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionError {
    /// Too few customers would be left for the models, by hand and by the filters.
    TooFewKept {
        /// The customers left.
        n_customers: usize,
    },
    /// The settings of a session name customers by filters, where its own filters do.
    FiltersTwice,
    /// The table was not read with the options that the decision states.
    OtherReading,
    /// A reading option that the reader does not accept.
    UnknownReading {
        /// The option: `encoding`, `delimiter`, `quote`, `header`, `sheet`, `list separator` or `orders`.
        choice: String,
    },
    /// No column has that name.
    UnknownColumn {
        /// The name.
        column: String,
    },
    /// The column has no numbers.
    NotNumeric {
        /// Its name.
        column: String,
    },
    /// The column is not a category.
    NotCategory {
        /// Its name.
        column: String,
    },
    /// The column holds no dates.
    NotDates {
        /// Its name.
        column: String,
    },
    /// The category has no such value.
    UnknownValue {
        /// Name of the column.
        column: String,
        /// The value.
        value: String,
    },
    /// The category has no value with that code.
    UnknownCode {
        /// Name of the column.
        column: String,
        /// The code.
        code: u32,
        /// Codes are below this.
        n_values: usize,
    },
    /// An order that is empty or repeats a value.
    BadOrder {
        /// Name of the column.
        column: String,
    },
    /// More values than are allowed for indicators.
    TooManyValues {
        /// Name of the column.
        column: String,
        /// Number of its values.
        n: usize,
        /// The largest number allowed.
        max: usize,
    },
    /// The column identifies the customers.
    IdentifierAsFeature {
        /// Its name.
        column: String,
    },
    /// Both columns are the same: the feature would be the same for everyone.
    SameColumn {
        /// Its name.
        column: String,
    },
    /// The models already use the feature.
    IsFeature {
        /// The feature.
        feature: Feature,
    },
    /// The models do not use the feature.
    NoFeature {
        /// The feature.
        feature: Feature,
    },
    /// No feature would be left.
    NoFeatures,
    /// The values of a column cannot stand beside the models.
    SegmentColumn {
        /// Name of the column.
        column: String,
        /// Why.
        why: GivenError,
    },
    /// The model is already compared.
    IsCompared {
        /// The model.
        model: ModelKey,
    },
    /// The model is not compared.
    NotCompared {
        /// The model.
        model: ModelKey,
    },
    /// Fewer than two models would be left.
    TooFewModels {
        /// Number of models that would be left.
        n_models: usize,
    },
    /// The first model compared uses the number of all models, so it has no number of its own.
    OwnNumberOfFirst {
        /// The model.
        model: ModelKey,
    },
    /// The model decides its number of segments itself.
    DecidesNumber {
        /// The model.
        model: ModelKey,
    },
    /// The model has no such option.
    UnknownOption {
        /// The model.
        model: ModelKey,
        /// Name of the option.
        name: String,
    },
    /// The value of an option is out of range.
    OptionOutOfRange {
        /// The model.
        model: ModelKey,
        /// Name of the option.
        name: String,
        /// The value.
        value: usize,
        /// Smallest value allowed.
        min: usize,
        /// Largest value allowed.
        max: usize,
    },
    /// The same model twice.
    SameModel {
        /// The model.
        model: ModelKey,
    },
    /// The linkage needs centroids, which are not defined for the metric.
    MetricForLinkage {
        /// The linkage.
        linkage: Linkage,
        /// The metric.
        metric: Metric,
    },
    /// A number of segments that is not offered.
    NumberOutOfRange {
        /// The number.
        n_clusters: usize,
        /// Smallest that is offered.
        min: usize,
        /// Largest.
        max: usize,
    },
    /// More segments than customers with a value in every feature.
    MoreSegmentsThanCustomers {
        /// Segments.
        n_clusters: usize,
        /// Customers.
        n_customers: usize,
    },
    /// The number of runs or iterations is out of range.
    RunsOutOfRange {
        /// Runs.
        n_init: usize,
        /// Iterations.
        max_iter: usize,
    },
    /// The stored identity of the segments is inconsistent.
    BadIdentity,
    /// A number that is infinite or NaN.
    NotFinite {
        /// Name of the column it is for.
        column: String,
    },
    /// The smallest value is above the largest.
    RangeReversed {
        /// Name of the column.
        column: String,
        /// Smallest.
        min: f64,
        /// Largest.
        max: f64,
    },
    /// A filter that no customer passes.
    EmptyFilter {
        /// Name of the column.
        column: String,
    },
    /// The end of Low is above the end of Medium.
    BandsReversed {
        /// Name of the column.
        column: String,
        /// End of Low and end of Medium.
        edges: [f64; 2],
    },
    /// No segment has that number.
    UnknownSegment {
        /// The number.
        segment: u32,
    },
    /// A name that is too long.
    NameTooLong {
        /// Its length in characters.
        n_characters: usize,
        /// The longest allowed.
        max: usize,
    },
    /// A name with line breaks, tabs or other invisible characters.
    NameNotPlain,
    /// A name without letters.
    NameEmpty,
    /// Another segment has this name.
    NameTaken {
        /// The name.
        name: String,
        /// The segment.
        segment: u32,
    },
    /// Another group has this name.
    GroupTaken {
        /// The name.
        name: String,
    },
    /// No group has this name.
    UnknownGroup {
        /// The name.
        name: String,
    },
    /// A group without customers.
    GroupEmpty {
        /// Its name.
        name: String,
    },
    /// Too many groups.
    TooManyGroups {
        /// The largest number allowed.
        max: usize,
    },
    /// The file has no such row.
    UnknownRow {
        /// The row, from 0.
        row: u32,
        /// Rows of the file.
        n_rows: usize,
    },
    /// A number of the offer is out of range.
    OfferOutOfRange {
        /// The number.
        number: OfferNumber,
        /// Its value.
        value: f64,
    },
    /// The rules cannot be read.
    Rules(RuleError),
    /// The rules are too long.
    RulesTooLong {
        /// Their size in bytes.
        n_bytes: usize,
        /// The largest size read.
        max: usize,
    },
}
