//! Features with what they learn: from the rows that are used, or from their column.
//!
//! ```text
//! Yeo-Johnson   its parameter, the most likely one for the values of the rows
//! rank          (number of values below + (number of equal ones + 1) / 2) / n, among the values of the rows: the mean rank over n
//! days since    the last date of the column, whoever is used: the same customer has the same number in every selection
//! ```

use std::borrow::Cow;

use super::build::{column, numbers};
use super::rows::filled;
use super::{Feature, FeatureError, Lambda, Missing, SourceKind};
use crate::numeric::{pulse, sort_numbers, yeo_johnson, yeo_johnson_lambda};
use crate::table::{Date, Table};

/// Steps per value of a feature.
const STEPS: usize = 16;

/// A feature that has a value for every customer who has its sources.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedFeature {
    feature: Feature,
    learned: Learned,
}

/// What a feature has learned.
#[derive(Clone, Debug, PartialEq)]
enum Learned {
    Nothing,
    /// What the rows tell is not known yet.
    NotYet,
    Lambda(Lambda),
    /// The values of the rows, ascending.
    Ascending(Vec<f64>),
    Until(Date),
}

impl FittedFeature {
    /// With what does not depend on the rows.
    pub(super) fn before_rows(table: &Table, feature: &Feature) -> Result<Self, FeatureError> {
        let learned = match feature {
            Feature::YeoJohnson { lambda, .. } => lambda.map_or(Learned::NotYet, Learned::Lambda),
            Feature::Rank { .. } => Learned::NotYet,
            Feature::DaysSince { a, until } => {
                let dates = column(table, a)?.dates();
                let last = dates.and_then(|dates| dates.last());
                until.or(last).map_or(Learned::Nothing, Learned::Until)
            }
            _ => Learned::Nothing,
        };
        Ok(Self {
            feature: feature.clone(),
            learned,
        })
    }

    /// The feature as it was asked for.
    pub fn feature(&self) -> &Feature {
        &self.feature
    }

    /// Whether the rows are still to be learned from.
    pub(super) fn needs_rows(&self) -> bool {
        self.learned == Learned::NotYet
    }

    /// Learns from the values that the source has in the rows that are used.
    pub(super) fn learn(&mut self, mut values: Vec<f64>) {
        self.learned = match self.feature {
            Feature::YeoJohnson { .. } => {
                Lambda::new(yeo_johnson_lambda(&values)).map_or(Learned::Nothing, Learned::Lambda)
            }
            Feature::Rank { .. } => {
                sort_numbers(&mut values);
                Learned::Ascending(values)
            }
            _ => Learned::Nothing,
        };
    }

    /// The feature with what it has learned written into it, where that is a number or a date.
    pub fn resolved(&self) -> Feature {
        let mut resolved = self.feature.clone();
        match (&mut resolved, &self.learned) {
            (Feature::YeoJohnson { lambda, .. }, Learned::Lambda(fitted)) => {
                *lambda = Some(*fitted);
            }
            (Feature::DaysSince { until, .. }, Learned::Until(last)) => *until = Some(*last),
            _ => {}
        }
        resolved
    }

    /// The value for the values of its sources, in their order; not finite where it is undefined. Before the rows are known, a
    /// feature that learns from them has the value of its source.
    pub fn value(&self, sources: &[f64]) -> f64 {
        match (&self.learned, sources) {
            (Learned::NotYet, [a]) => *a,
            (Learned::Lambda(lambda), [a]) => yeo_johnson(*a, lambda.value()),
            (Learned::Ascending(values), [a]) if a.is_finite() => rank(values, *a),
            (Learned::Ascending(_), _) => f64::NAN,
            (Learned::Until(last), [a]) => last.days() - a,
            _ => self.feature.value(sources),
        }
    }

    /// Its values for every row of the table; NaN where they are missing or undefined.
    pub(super) fn values(&self, table: &Table, missing: Missing) -> Result<Vec<f64>, FeatureError> {
        let sources = sources_of(table, &self.feature, missing)?;
        pulse(STEPS * table.n_rows());
        let mut values = Vec::with_capacity(table.n_rows());
        let mut inputs = Vec::new();
        for row in 0..table.n_rows() {
            inputs.clear();
            inputs.extend(sources.iter().map(|source| source[row]));
            let value = self.value(&inputs);
            values.push(if value.is_finite() { value } else { f64::NAN });
        }
        Ok(values)
    }
}

/// The values of the sources in every row, missing ones filled in if asked for: numbers, or days of dates.
fn sources_of<'a>(
    table: &'a Table,
    feature: &Feature,
    missing: Missing,
) -> Result<Vec<Cow<'a, [f64]>>, FeatureError> {
    let source = |name: &str| -> Result<Cow<'a, [f64]>, FeatureError> {
        if feature.source_kind() != SourceKind::Dates {
            return Ok(filled(numbers(table, name)?, missing));
        }
        let dates = column(table, name)?.dates();
        let dates = dates.ok_or_else(|| FeatureError::NotDates {
            column: name.to_owned(),
        })?;
        Ok(filled(&dates.days, missing).into_owned().into())
    };
    feature.sources().into_iter().map(source).collect()
}

/// The mean rank of a value among others, from 0 to 1.
fn rank(ascending: &[f64], x: f64) -> f64 {
    let below = ascending.partition_point(|value| *value < x);
    let equal = ascending[below..].partition_point(|value| *value == x);
    (below as f64 + (equal as f64 + 1.0) / 2.0) / ascending.len() as f64
}
