//! Why a decision is impossible now, with what the sentence about it needs.

use serde::{Deserialize, Serialize};

use super::OfferNumber;
use crate::advise::RuleError;
use crate::cluster::hierarchical::Linkage;
use crate::cluster::{Metric, ModelKey};
use crate::features::Feature;

/// Why a decision is impossible now, or a session is none for a file. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionError {
    /// The table was not read in the way that is said of it.
    OtherReading,
    /// A choice of reading that no reader knows.
    UnknownReading {
        /// Which choice: `encoding`, `delimiter`, `quote`, `header` or `sheet`.
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
    /// The column is no category.
    NotCategory {
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
    /// An order without values, or with one of them twice.
    BadOrder {
        /// Name of the column.
        column: String,
    },
    /// More values than are made a yes or no each.
    TooManyValues {
        /// Name of the column.
        column: String,
        /// Its values.
        n: usize,
        /// Most that are offered.
        max: usize,
    },
    /// The column names the customers.
    IdentifierAsFeature {
        /// Its name.
        column: String,
    },
    /// A column with itself: the feature is the same for everyone.
    SameColumn {
        /// Its name.
        column: String,
    },
    /// The models see the feature already.
    IsFeature {
        /// The feature.
        feature: Feature,
    },
    /// The models do not see the feature.
    NoFeature {
        /// The feature.
        feature: Feature,
    },
    /// No feature would be left.
    NoFeatures,
    /// The model is compared already.
    IsCompared {
        /// Which.
        model: ModelKey,
    },
    /// The model is not compared.
    NotCompared {
        /// Which.
        model: ModelKey,
    },
    /// Fewer than two models would be left.
    TooFewModels {
        /// So many would be left.
        n_models: usize,
    },
    /// The first model compared gives the segments their numbers, so it has no number of its own.
    OwnNumberOfFirst {
        /// Which.
        model: ModelKey,
    },
    /// The model decides its number of segments itself.
    DecidesNumber {
        /// Which.
        model: ModelKey,
    },
    /// The model cannot be asked for such a number.
    UnknownOption {
        /// The model.
        model: ModelKey,
        /// Name of the option.
        name: String,
    },
    /// A number that makes no sense for the model.
    OptionOutOfRange {
        /// The model.
        model: ModelKey,
        /// Name of the option.
        name: String,
        /// The number.
        value: usize,
        /// Smallest that makes sense.
        min: usize,
        /// Largest.
        max: usize,
    },
    /// The same model twice.
    SameModel {
        /// Which.
        model: ModelKey,
    },
    /// The metric has no centres, which the linkage speaks of.
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
    /// Runs or iterations beyond what is sensible.
    RunsOutOfRange {
        /// Runs.
        n_init: usize,
        /// Iterations.
        max_iter: usize,
    },
    /// The segments of before are described in a way that makes no sense.
    BadIdentity,
    /// An infinite number, or none.
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
    /// A filter that lets nobody pass.
    EmptyFilter {
        /// Name of the column.
        column: String,
    },
    /// Low ends above Medium.
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
        /// Its characters.
        n_characters: usize,
        /// Most that are taken.
        max: usize,
    },
    /// A name with line ends, tabs or other signs that are not seen.
    NameNotPlain,
    /// A name without letters.
    NameEmpty,
    /// Another segment is called so.
    NameTaken {
        /// The name.
        name: String,
        /// The segment.
        segment: u32,
    },
    /// Another group is called so.
    GroupTaken {
        /// The name.
        name: String,
    },
    /// No group is called so.
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
        /// Most that are kept.
        max: usize,
    },
    /// The file has no such row.
    UnknownRow {
        /// The row, from 0.
        row: u32,
        /// Rows of the file.
        n_rows: usize,
    },
    /// A number of the offer that makes no sense.
    OfferOutOfRange {
        /// Which.
        number: OfferNumber,
        /// Its value.
        value: f64,
    },
    /// The rules cannot be read.
    Rules(RuleError),
    /// The rules are too long.
    RulesTooLong {
        /// Their bytes.
        n_bytes: usize,
        /// Most that are read.
        max: usize,
    },
}
