//! Features with what they learn: from the rows that are used, or from their column.
//!
//! ```text
//! Yeo-Johnson   its parameter, the most likely one for the values of the rows
//! rank          (2 (number of values below) + number of equal ones + 1) / 2n, among the n values of the rows: the mean rank over n
//! days since    the last date of the column, whoever is used: the same customer has the same number in every selection
//! ```

use std::borrow::Cow;

use super::rows::filled;
use super::sources::{FeatureError, column, numbers};
use super::{Feature, Lambda, Missing, SourceKind};
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
    (2 * below + equal + 1) as f64 / (2 * ascending.len()) as f64
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write;

    use super::*;
    use crate::features::{
        DatePart, Prepared, Repeats, Scaling, prepare_without, values_of, values_of_fitted,
    };
    use crate::numeric::{Rng, order_of_numbers, tied_ranks};
    use crate::table::read_csv;

    fn prepared(text: &str, left_out: &[u32], features: &[Feature]) -> Prepared {
        let table = read_csv(text.as_bytes()).unwrap();
        let left_out: BTreeSet<u32> = left_out.iter().copied().collect();
        prepare_without(
            &left_out,
            &table,
            features,
            Scaling::None,
            Missing::LeaveOut,
            Repeats::Keep,
        )
        .unwrap()
    }

    fn a(name: &str) -> String {
        name.to_owned()
    }

    #[test]
    fn ranks_are_mean_ranks_of_the_rows_that_are_used() {
        let text = "id,x\na,5\nb,1\nc,5\nd,9\ne,?\nf,2\n";
        let rank = [Feature::Rank { a: a("x") }];
        let raw = |left_out: &[u32]| -> Vec<f64> {
            prepared(text, left_out, &rank).raw.column(0).collect()
        };
        // Of 1, 2, 5, 5, 9.
        assert_eq!(raw(&[]), [3.5 / 5.0, 1.0 / 5.0, 3.5 / 5.0, 1.0, 2.0 / 5.0]);
        assert_eq!(raw(&[3]), [3.5 / 4.0, 1.0 / 4.0, 3.5 / 4.0, 2.0 / 4.0]);
        // One who is left out lies between those who are not, one without a value nowhere.
        let fitted = prepared(text, &[3], &rank).fitted;
        let table = read_csv(text.as_bytes()).unwrap();
        let all = values_of_fitted(&table, &fitted[0], Missing::LeaveOut).unwrap();
        assert_eq!(all[3], 4.5 / 4.0);
        assert!(all[4].is_nan());
        // The slow way.
        let mut rng = Rng::new(3);
        let values: Vec<f64> = (0..200).map(|_| rng.below(40) as f64).collect();
        let order = order_of_numbers(values.len(), |i| values[i]);
        let mut ascending = values.clone();
        sort_numbers(&mut ascending);
        for tied in tied_ranks(&order, |i| values[i]) {
            for &i in &order[tied.places] {
                assert_eq!(rank_of(&ascending, values[i as usize]), tied.rank / 200.0);
            }
        }
    }

    fn rank_of(ascending: &[f64], x: f64) -> f64 {
        super::rank(ascending, x)
    }

    #[test]
    fn the_parameter_is_learned_once_from_the_rows_and_one_that_is_given_stays() {
        let mut text = a("id,x\n");
        let mut rng = Rng::new(5);
        for i in 0..60 {
            writeln!(text, "k{i},{:.2}", libm::exp(rng.normal())).unwrap();
        }
        let open = Feature::YeoJohnson {
            a: a("x"),
            lambda: None,
        };
        let all = prepared(&text, &[], std::slice::from_ref(&open));
        let fitted = all.fitted[0].resolved();
        let Feature::YeoJohnson {
            lambda: Some(lambda),
            ..
        } = fitted
        else {
            unreachable!("nothing was learned")
        };
        assert!(lambda.value() < 0.5, "{lambda:?}");
        let again = prepared(&text, &[], std::slice::from_ref(&fitted));
        assert_eq!(again.raw, all.raw);
        let fewer = prepared(
            &text,
            &[0, 1, 2, 3, 4, 5, 6, 7],
            std::slice::from_ref(&open),
        );
        assert_ne!(fewer.fitted[0].resolved(), fitted);
        let one = Feature::YeoJohnson {
            a: a("x"),
            lambda: Lambda::new(1.0),
        };
        let plain = prepared(&text, &[], &[Feature::column("x")]).raw;
        let same = prepared(&text, &[], &[one]).raw;
        assert!(
            plain
                .column(0)
                .zip(same.column(0))
                .all(|(a, b)| (a - b).abs() < 1e-12)
        );
    }

    #[test]
    fn log1p_keeps_zeros_and_log_does_not() {
        let text = "id,x\na,0\nb,4\nc,-1\nd,-0.5\n";
        let rows = |feature: Feature| prepared(text, &[], &[feature]).rows;
        assert_eq!(rows(Feature::Log1p { a: a("x") }), [0, 1, 3]);
        assert_eq!(rows(Feature::Log { a: a("x") }), [1]);
        let table = read_csv(text.as_bytes()).unwrap();
        let log = Feature::Log1p { a: a("x") };
        let values = values_of(&table, &log, Missing::LeaveOut).unwrap();
        assert_eq!(values[..2], [0.0, libm::log1p(4.0)]);
    }

    #[test]
    fn dates_are_features_and_what_is_no_date_is_missing() {
        let mut text = a("id;joined;last\n");
        for (id, joined, last) in [
            ("a", "31.12.2022", "01.01.2024"),
            ("b", "01.03.2023", "29.02.2024"),
            ("c", "", "01.03.2024"),
            ("d", "30.02.2023", "05.02.2024"),
            ("e", "15.03.2023", "31.12.2023"),
            ("f", "16.04.2023", "31.12.2023"),
        ] {
            writeln!(text, "{id};{joined};{last}").unwrap();
        }
        let table = read_csv(text.as_bytes()).unwrap();
        let values = |feature: &Feature, missing| values_of(&table, feature, missing).unwrap();
        let since = |until: Option<&str>| Feature::DaysSince {
            a: a("last"),
            until: until.map(|until| until.parse().unwrap()),
        };
        // The last date of the column is 2024-03-01.
        assert_eq!(
            values(&since(None), Missing::LeaveOut),
            [60.0, 1.0, 0.0, 25.0, 61.0, 61.0]
        );
        assert_eq!(
            values(&since(Some("2024-02-01")), Missing::LeaveOut)[1],
            -28.0
        );
        let left_out = prepared(&text, &[2], &[since(None)]);
        assert_eq!(left_out.raw.column(0).next(), Some(60.0));
        assert_eq!(left_out.fitted[0].resolved(), since(Some("2024-03-01")));
        let years = Feature::YearsBetween {
            a: a("joined"),
            b: a("last"),
        };
        let found = values(&years, Missing::LeaveOut);
        assert!((found[0] - 366.0 / 365.2425).abs() < 1e-12);
        assert!(found[2].is_nan() && found[3].is_nan());
        // Filled in with the median of the four dates: half a day before 2023-03-09.
        assert!(values(&years, Missing::Median)[2] > 0.9);
        let march = Feature::DatePart {
            a: a("joined"),
            part: DatePart::Month,
            value: 3,
        };
        assert_eq!(march.name(), "joined in March");
        let found = values(&march, Missing::Median);
        assert_eq!(found, [0.0, 1.0, 1.0, 1.0, 1.0, 0.0]);
        let thursday = Feature::DatePart {
            a: a("last"),
            part: DatePart::Weekday,
            value: 4,
        };
        assert_eq!(thursday.name(), "last on Thursday");
        assert_eq!(
            values(&thursday, Missing::LeaveOut),
            [0.0, 1.0, 0.0, 0.0, 0.0, 0.0]
        );
        let error = values_of(
            &table,
            &Feature::DaysSince {
                a: a("id"),
                until: None,
            },
            Missing::LeaveOut,
        );
        assert_eq!(error, Err(FeatureError::NotDates { column: a("id") }));
    }
}
