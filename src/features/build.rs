//! Builds the matrix for the models from table, features and scaling.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::fitted::FittedFeature;
use super::rows::{most_frequent, rows_of};
use super::sources::{FeatureError, column};
use super::span::extreme_span;
use super::{Feature, Missing, Repeats, Scaler, Scaling};
use crate::numeric::{Matrix, order_by, pulse};
use crate::table::{ColumnKind, Table, is_missing_mark};

/// Steps per value of a feature.
const STEPS: usize = 16;

/// What the models see, and which rows of the table it stands for.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Names of the features, in order.
    pub names: Vec<String>,
    /// Row of the table of each sample; rows without a value in some feature are left out.
    pub rows: Vec<usize>,
    /// Shape `(n_samples, n_features)`, raw units.
    pub raw: Matrix,
    /// The same in scaled units, in which distances are measured; features in the order of [`Scaler::order`].
    pub scaled: Matrix,
    /// The scaling between the two.
    pub scaler: Scaler,
    /// The features, with what they have learned from the rows.
    pub fitted: Vec<FittedFeature>,
}

/// The value of one feature for every row of the table; NaN where it is missing or undefined. Missing values of its sources are
/// filled in first, if asked for. What it learns from rows it learns from all that have a value.
///
/// # Errors
/// [`FeatureError::UnknownColumn`], [`FeatureError::NotNumeric`] and [`FeatureError::NotDates`].
pub fn values_of(
    table: &Table,
    feature: &Feature,
    missing: Missing,
) -> Result<Vec<f64>, FeatureError> {
    if feature.is_of_category() {
        return of_category(table, feature, missing);
    }
    let mut fitted = FittedFeature::before_rows(table, feature)?;
    if fitted.needs_rows() {
        let mut values = fitted.values(table, missing)?;
        values.retain(|x| !x.is_nan());
        fitted.learn(values);
    }
    fitted.values(table, missing)
}

/// [`values_of`] of a feature that has learned from the rows that are used.
///
/// # Errors
/// As [`values_of`].
pub fn values_of_fitted(
    table: &Table,
    fitted: &FittedFeature,
    missing: Missing,
) -> Result<Vec<f64>, FeatureError> {
    let feature = fitted.feature();
    if feature.is_of_category() {
        of_category(table, feature, missing)
    } else {
        fitted.values(table, missing)
    }
}

fn of_category(
    table: &Table,
    feature: &Feature,
    missing: Missing,
) -> Result<Vec<f64>, FeatureError> {
    let name = feature.sources().concat();
    let column = column(table, &name)?;
    let cells = || (0..table.n_rows()).map(|row| column.cell(row));
    let fill = match missing {
        Missing::LeaveOut => None,
        Missing::Median | Missing::Mode => most_frequent(cells()),
    };
    let value = |cell: Cow<str>| {
        let present = Some(cell.trim()).filter(|cell| !is_missing_mark(cell));
        let category = present.or(fill.as_deref());
        category.map_or(f64::NAN, |category| feature.value_of_category(category))
    };
    Ok(cells().map(value).collect())
}

/// Builds the matrix of the rows that have a value in every feature.
///
/// # Errors
/// [`FeatureError`] when no feature is chosen, one cannot be read as numbers or squared, or no row is complete.
pub fn prepare(
    table: &Table,
    features: &[Feature],
    scaling: Scaling,
    missing: Missing,
    repeats: Repeats,
) -> Result<Prepared, FeatureError> {
    prepare_without(&BTreeSet::new(), table, features, scaling, missing, repeats)
}

/// [`prepare`] without some rows of the table.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_without(
    left_out: &BTreeSet<u32>,
    table: &Table,
    features: &[Feature],
    scaling: Scaling,
    missing: Missing,
    repeats: Repeats,
) -> Result<Prepared, FeatureError> {
    let gathered = Gathered::of(table, features, missing, repeats, left_out)?;
    if gathered.rows.is_empty() {
        return Err(FeatureError::NoCompleteRow {
            rows: table.n_rows(),
        });
    }
    gathered.prepared(table, scaling)
}

/// The features of all rows of a table, and the rows that can be in the models: fewer may be taken by [`Gathered::keep`].
#[derive(Clone, Debug)]
pub struct Gathered {
    /// Names of the features, in order.
    pub names: Vec<String>,
    /// The features, with what they have learned from the rows that can be in the models: it does not change with those taken.
    pub fitted: Vec<FittedFeature>,
    /// A value per row of the table for each feature, valid at `rows`.
    pub columns: Vec<Vec<f64>>,
    /// The rows that can be in the models, ascending.
    pub rows: Vec<usize>,
    /// Rows that could be, but are left out by hand.
    pub n_by_hand: usize,
}

impl Gathered {
    /// Gathers the features of a table, apart from rows left out by hand.
    ///
    /// # Errors
    /// As [`prepare`], but no rows are no error if they are left out by hand.
    pub fn of(
        table: &Table,
        features: &[Feature],
        missing: Missing,
        repeats: Repeats,
        left_out: &BTreeSet<u32>,
    ) -> Result<Self, FeatureError> {
        if features.is_empty() {
            let any = table
                .columns
                .iter()
                .any(|column| column.kind == ColumnKind::Number);
            return Err(if any {
                FeatureError::NoFeatures
            } else {
                FeatureError::NoNumericColumn
            });
        }
        let mut fitted: Vec<FittedFeature> = features
            .iter()
            .map(|feature| FittedFeature::before_rows(table, feature))
            .collect::<Result<_, _>>()?;
        let mut columns: Vec<Vec<f64>> = fitted
            .iter()
            .map(|feature| values_of_fitted(table, feature, missing))
            .collect::<Result<_, _>>()?;
        let mut rows = rows_of(table, repeats);
        rows.retain(|&row| columns.iter().all(|column| !column[row].is_nan()));
        if rows.is_empty() {
            return Err(FeatureError::NoCompleteRow {
                rows: table.n_rows(),
            });
        }
        let n_complete = rows.len();
        rows.retain(|&row| !left_out.contains(&(row as u32)));
        for (feature, column) in fitted.iter_mut().zip(&mut columns) {
            if feature.needs_rows() && !rows.is_empty() {
                feature.learn(rows.iter().map(|&row| column[row]).collect());
                for &row in &rows {
                    column[row] = feature.value(&[column[row]]);
                }
            }
        }
        Ok(Self {
            names: features.iter().map(Feature::name).collect(),
            n_by_hand: n_complete - rows.len(),
            fitted,
            columns,
            rows,
        })
    }

    /// Takes only the rows where a mask is true.
    pub fn keep(&mut self, mask: &[bool]) {
        self.rows
            .retain(|&row| mask.get(row).copied().unwrap_or(false));
    }

    /// Builds the matrix of the rows.
    ///
    /// # Errors
    /// [`FeatureError::Span`] for a feature whose values cannot be squared.
    pub fn prepared(self, table: &Table, scaling: Scaling) -> Result<Prepared, FeatureError> {
        let Self {
            names,
            fitted,
            columns,
            rows,
            ..
        } = self;
        let mut raw = Matrix::with_features(columns.len());
        for &row in &rows {
            pulse(STEPS * columns.len());
            raw.push_row(columns.iter().map(|column| column[row]));
        }
        for (feature, name) in names.iter().enumerate() {
            let values: Vec<f64> = raw.column(feature).collect();
            if let Some(span) = extreme_span(&values) {
                return Err(FeatureError::Span {
                    feature: name.clone(),
                    is_large: span.is_large,
                    line: span.at.and_then(|at| table.lines.get(rows[at])),
                });
            }
        }
        let scaler = Scaler::fit_in_order(scaling, &raw, canonical(&names, &raw));
        Ok(Prepared {
            names,
            rows,
            scaled: scaler.scaled_from_raw(&raw),
            scaler,
            raw,
            fitted,
        })
    }
}

/// The order of features in all sums, whatever their order in the file: by name; of one name, by their values from row to row.
fn canonical(names: &[String], raw: &Matrix) -> Vec<usize> {
    let order = order_by(names.len(), &mut |a, b| {
        let values = || {
            let mut pairs = raw.column(a).zip(raw.column(b));
            pairs.find_map(|(x, y)| Some(x.total_cmp(&y)).filter(|order| order.is_ne()))
        };
        let by_name = names[a].cmp(&names[b]);
        by_name.then_with(|| values().unwrap_or(Ordering::Equal))
    });
    order.into_iter().map(|at| at as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::read_csv;

    fn prepared(table: &Table, features: &[Feature]) -> Result<Prepared, FeatureError> {
        prepare(
            table,
            features,
            Scaling::None,
            Missing::LeaveOut,
            Repeats::Keep,
        )
    }

    #[test]
    fn gaps_and_repeats_are_dealt_with_as_wished() {
        let table = read_csv(b"n,x\na,1\nb,?\na,1\nc,4\nd,9\n").unwrap();
        let features = [Feature::column("x")];
        let rows = |missing, repeats| {
            let prepared = prepare(&table, &features, Scaling::None, missing, repeats).unwrap();
            let values: Vec<f64> = prepared.raw.column(0).collect();
            (prepared.rows, values)
        };
        let kept = rows(Missing::Median, Repeats::Keep);
        assert_eq!(kept, (vec![0, 1, 2, 3, 4], vec![1.0, 2.5, 1.0, 4.0, 9.0]));
        let first = rows(Missing::LeaveOut, Repeats::First);
        assert_eq!(first, (vec![0, 3, 4], vec![1.0, 4.0, 9.0]));
    }

    #[test]
    fn categories_become_indicators_or_places_in_an_order() {
        let table = read_csv(b"id,size\n1,M\n2,S\n3,?\n4,L\n5,S\n").unwrap();
        let a = || "size".to_owned();
        let indicator = Feature::Indicator {
            a: a(),
            value: "S".into(),
        };
        let order = ["S", "M"].map(String::from).to_vec();
        let ordinal = Feature::Ordinal { a: a(), order };
        let values = |feature: &Feature, missing| {
            let values = values_of(&table, feature, missing).unwrap();
            values
                .into_iter()
                .map(|x| if x.is_nan() { -1.0 } else { x })
                .collect::<Vec<_>>()
        };
        assert_eq!(
            values(&indicator, Missing::LeaveOut),
            [0.0, 1.0, -1.0, 0.0, 1.0]
        );
        assert_eq!(
            values(&ordinal, Missing::LeaveOut),
            [1.0, 0.0, -1.0, -1.0, 0.0]
        );
        assert_eq!(values(&ordinal, Missing::Mode)[2], 0.0);
    }

    #[test]
    fn rows_without_a_value_are_left_out_of_the_matrix() {
        let table = read_csv(b"name,income,spend\na,10,0\nb,?,2\nc,9,3\nd,8,2\n").unwrap();
        let ratio = Feature::Ratio {
            a: "income".into(),
            b: "spend".into(),
        };
        let prepared = prepared(&table, &[Feature::column("income"), ratio]).unwrap();
        assert_eq!(prepared.rows, [2, 3]);
        assert_eq!(prepared.raw.row(0), [9.0, 3.0]);
        assert_eq!(prepared.names, ["income", "income ÷ spend"]);
    }

    #[test]
    fn numbers_that_cannot_be_squared_are_refused_by_name_under_every_scaling() {
        let table = read_csv(b"id,a,b,c\na,1e-300,1,1e300\nb,5e-300,1e300,-1e300\nc,9e-300,3,5\n");
        let table = table.unwrap();
        for scaling in [Scaling::None, Scaling::ZScore, Scaling::MinMax] {
            let error = |name: &str| {
                let features = [Feature::column(name)];
                prepare(&table, &features, scaling, Missing::LeaveOut, Repeats::Keep).unwrap_err()
            };
            let span = |feature: &str, is_large, line| FeatureError::Span {
                feature: feature.into(),
                is_large,
                line,
            };
            assert_eq!(error("a"), span("a", false, None));
            assert_eq!(error("b"), span("b", true, Some(3)));
            assert_eq!(error("c"), span("c", true, None));
        }
    }

    #[test]
    fn what_cannot_be_a_feature_is_named() {
        let table = read_csv(b"name,income\nann,10\nbob,11\n").unwrap();
        let error = |features: &[Feature]| prepared(&table, features).unwrap_err();
        assert_eq!(error(&[]), FeatureError::NoFeatures);
        assert_eq!(
            error(&[Feature::column("x")]),
            FeatureError::UnknownColumn { column: "x".into() }
        );
        assert_eq!(
            error(&[Feature::column("name")]),
            FeatureError::NotNumeric {
                column: "name".into(),
                line: 2,
                found: "ann".into()
            }
        );
        let log = Feature::Log { a: "income".into() };
        let values = values_of(&table, &log, Missing::LeaveOut).unwrap();
        assert_eq!(values[0], libm::log(10.0));
    }
}
