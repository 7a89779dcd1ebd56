//! Table + features + scaling -> matrix.

use serde::{Deserialize, Serialize};

use super::{Feature, Scaler, Scaling};
use crate::numeric::Matrix;
use crate::table::{ColumnKind, Table};

/// What the models see, and which rows of the table it stands for.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Names of the features, in order.
    pub names: Vec<String>,
    /// Row of the table of each sample; rows without a value in some feature are left out.
    pub rows: Vec<usize>,
    /// Shape `(n_samples, n_features)`, raw units.
    pub raw: Matrix,
    /// The same in the units that distances are taken in.
    pub scaled: Matrix,
    /// How one becomes the other.
    pub scaler: Scaler,
}

/// Why there is nothing to fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeatureError {
    /// No feature is chosen.
    NoFeatures,
    /// The table has no numeric column to choose.
    NoNumericColumn,
    /// A chosen column is not in the table.
    UnknownColumn {
        /// The name.
        column: String,
    },
    /// A chosen column holds no numbers.
    NotNumeric {
        /// The name.
        column: String,
        /// Line of the first cell that is no number.
        line: u64,
        /// What stands there.
        found: String,
    },
    /// Every row lacks a value in some feature.
    NoCompleteRow {
        /// Number of rows looked at.
        rows: usize,
    },
}

/// The value of one feature for every row of the table; NaN where it is missing or not defined.
///
/// # Errors
/// [`FeatureError::UnknownColumn`] and [`FeatureError::NotNumeric`].
pub fn values_of(table: &Table, feature: &Feature) -> Result<Vec<f64>, FeatureError> {
    let sources: Vec<&[f64]> = feature
        .sources()
        .into_iter()
        .map(|name| numbers(table, name))
        .collect::<Result<_, _>>()?;
    let mut values = Vec::with_capacity(table.n_rows());
    let mut inputs = Vec::new();
    for row in 0..table.n_rows() {
        inputs.clear();
        inputs.extend(sources.iter().map(|source| source[row]));
        let value = feature.value(&inputs);
        values.push(if value.is_finite() { value } else { f64::NAN });
    }
    Ok(values)
}

fn numbers<'a>(table: &'a Table, name: &str) -> Result<&'a [f64], FeatureError> {
    let column = table
        .column(name)
        .ok_or_else(|| FeatureError::UnknownColumn {
            column: name.to_owned(),
        })?;
    if !column.numbers.is_empty() {
        return Ok(&column.numbers);
    }
    let row = column
        .cells
        .iter()
        .position(|cell| crate::table::parse_number(cell).is_none())
        .unwrap_or(0);
    let found = column.cells.get(row).chars().take(40).collect();
    Err(FeatureError::NotNumeric {
        column: name.to_owned(),
        line: table.lines.get(row).copied().unwrap_or(1),
        found,
    })
}

/// Builds the matrix of the rows that have a value in every feature.
///
/// # Errors
/// [`FeatureError`] when no feature is chosen, one cannot be read as numbers, or no row is complete.
pub fn prepare(
    table: &Table,
    features: &[Feature],
    scaling: Scaling,
) -> Result<Prepared, FeatureError> {
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
    let columns: Vec<Vec<f64>> = features
        .iter()
        .map(|feature| values_of(table, feature))
        .collect::<Result<_, _>>()?;
    let rows: Vec<usize> = (0..table.n_rows())
        .filter(|&row| columns.iter().all(|column| !column[row].is_nan()))
        .collect();
    if rows.is_empty() {
        return Err(FeatureError::NoCompleteRow {
            rows: table.n_rows(),
        });
    }
    let mut raw = Matrix::with_features(columns.len());
    for &row in &rows {
        raw.push_row(columns.iter().map(|column| column[row]));
    }
    let scaler = Scaler::fit(scaling, &raw);
    Ok(Prepared {
        names: features.iter().map(Feature::name).collect(),
        rows,
        scaled: scaler.scaled_from_raw(&raw),
        scaler,
        raw,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::read_csv;

    #[test]
    fn rows_without_a_value_are_left_out_of_the_matrix() {
        let table = read_csv(b"name,income,spend\na,10,0\nb,?,2\nc,9,3\nd,8,2\n").unwrap();
        let ratio = Feature::Ratio {
            a: "income".into(),
            b: "spend".into(),
        };
        let prepared = prepare(&table, &[Feature::column("income"), ratio], Scaling::None).unwrap();
        assert_eq!(prepared.rows, [2, 3]);
        assert_eq!(prepared.raw.row(0), [9.0, 3.0]);
        assert_eq!(prepared.names, ["income", "income ÷ spend"]);
    }

    #[test]
    fn what_cannot_be_a_feature_is_named() {
        let table = read_csv(b"name,income\nann,10\nbob,11\n").unwrap();
        let error = |features: &[Feature]| prepare(&table, features, Scaling::None).unwrap_err();
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
        assert_eq!(values_of(&table, &log).unwrap()[0], libm::log(10.0));
    }
}
