//! Profiles of segments, column by column, compared with everyone.
//!
//! ```text
//! effect     (mean of the segment - mean of everyone) / standard deviation of everyone
//! interval   of a share, 95 % (Wilson 1927, J. Am. Stat. Assoc. 22)
//! typical    the medoid: the customer with the smallest sum of distances to the others of the segment
//! level      high or low from half a standard deviation on (a medium effect for Cohen 1988), else middle
//! ```

use serde::{Deserialize, Serialize};

use crate::numeric::{FiveNumbers, Moments, Rng, five_numbers, order_by, squared_euclidean};

/// From this effect on, a segment is high or low.
const HIGH: f64 = 0.5;
/// The typical customer is searched for among at most this many members, a random sample if there are more.
const MOST_MEMBERS: usize = 500;
/// The normal quantile for 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// A numeric column of a segment compared with everyone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberProfile {
    /// Name of the column.
    pub column: String,
    /// Whether it is a feature of the models.
    pub is_feature: bool,
    /// The segment.
    pub segment: FiveNumbers,
    /// Everyone.
    pub everyone: FiveNumbers,
    /// Difference of the means in standard deviations of everyone; 0 if everyone has the same value.
    pub effect: f64,
}

/// Frequency of a value of a category in a segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShareProfile {
    /// Name of the column.
    pub column: String,
    /// The value.
    pub value: String,
    /// Customers of the segment with this value.
    pub n: usize,
    /// Customers of the segment with any value.
    pub n_present: usize,
    /// Their share.
    pub share: f64,
    /// Its 95 % interval.
    pub interval: (f64, f64),
    /// The share in everyone.
    pub everyone: f64,
}

/// The level of a segment in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Below everyone.
    Low,
    /// Like everyone.
    Middle,
    /// Above everyone.
    High,
}

impl Level {
    /// The level of an effect.
    pub fn of(effect: f64) -> Self {
        match effect {
            x if x >= HIGH => Self::High,
            x if x <= -HIGH => Self::Low,
            _ => Self::Middle,
        }
    }
}

/// A column and the level of a segment in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trait {
    /// Name of the column.
    pub column: String,
    /// The level.
    pub level: Level,
}

/// A numeric column for everyone, to compare segments with.
#[derive(Clone, Debug)]
pub struct Everyone {
    /// Name of the column.
    pub column: String,
    /// Whether it is a feature of the models.
    pub is_feature: bool,
    /// Its spread.
    pub spread: FiveNumbers,
    deviation: f64,
}

impl Everyone {
    /// `None` when no row has a value.
    pub fn of(column: &str, is_feature: bool, values: &[f64], rows: &[usize]) -> Option<Self> {
        let present = rows.iter().map(|&row| values[row]).filter(|x| !x.is_nan());
        Some(Self {
            column: column.to_owned(),
            is_feature,
            spread: five_numbers(present.clone())?,
            deviation: Moments::of(present).population_deviation(),
        })
    }

    /// The members of a segment compared with everyone; `None` if none of them has a value.
    pub fn beside(&self, values: &[f64], members: &[usize]) -> Option<NumberProfile> {
        let segment = five_numbers(members.iter().map(|&row| values[row]))?;
        let effect = if self.deviation > 0.0 {
            (segment.mean - self.spread.mean) / self.deviation
        } else {
            0.0
        };
        Some(NumberProfile {
            column: self.column.clone(),
            is_feature: self.is_feature,
            segment,
            everyone: self.spread,
            effect,
        })
    }
}

/// Shares of the values of a category (`codes` into `names`), the most frequent of the segment first, at most `most` of them.
pub fn share_profiles(
    column: &str,
    (codes, names): (&[u32], &[String]),
    (members, everyone): (&[usize], &[usize]),
    most: usize,
) -> Vec<ShareProfile> {
    let count = |rows: &[usize]| {
        let mut counts = vec![0_usize; names.len()];
        for &row in rows {
            if let Some(count) = counts.get_mut(codes[row] as usize) {
                *count += 1;
            }
        }
        counts
    };
    let (own, all) = (count(members), count(everyone));
    let (n_present, n_all): (usize, usize) = (own.iter().sum(), all.iter().sum());
    if n_present == 0 {
        return Vec::new();
    }
    let share = |code: usize| ShareProfile {
        column: column.to_owned(),
        value: names[code].clone(),
        n: own[code],
        n_present,
        share: own[code] as f64 / n_present as f64,
        interval: wilson(own[code], n_present),
        everyone: all[code] as f64 / n_all as f64,
    };
    let order = order_by(names.len(), &mut |a, b| own[b].cmp(&own[a]));
    order
        .into_iter()
        .take(most)
        .map(|code| share(code as usize))
        .collect()
}

/// The 95 % interval of a share.
fn wilson(n: usize, of: usize) -> (f64, f64) {
    let (n, of) = (n as f64, of as f64);
    let share = n / of;
    let square = Z * Z;
    let middle = share + square / (2.0 * of);
    let reach = Z * (share * (1.0 - share) / of + square / (4.0 * of * of)).sqrt();
    let whole = 1.0 + square / of;
    // Exact at the ends 0 and 1.
    let low = if n == 0.0 {
        0.0
    } else {
        (middle - reach) / whole
    };
    let high = if n == of {
        1.0
    } else {
        (middle + reach) / whole
    };
    (low, high)
}

/// The member with the smallest sum of distances to the others, and whether all members were candidates: above 500, only a random
/// 500. `point` gives the scaled features of a row. The first one wins ties.
pub fn typical(
    members: &[usize],
    point: impl Fn(usize) -> Vec<f64>,
    seed: u64,
) -> Option<(usize, bool)> {
    let is_exact = members.len() <= MOST_MEMBERS;
    let chosen = Rng::new(seed ^ 0x7E).some_of(members.to_vec(), MOST_MEMBERS);
    let points: Vec<Vec<f64>> = chosen.iter().map(|&row| point(row)).collect();
    let sum = |at: usize| -> f64 {
        let all = points.iter();
        all.map(|other| squared_euclidean(&points[at], other).sqrt())
            .sum()
    };
    let sums: Vec<f64> = (0..points.len()).map(sum).collect();
    let best = (0..sums.len()).min_by(|&a, &b| sums[a].total_cmp(&sums[b]))?;
    Some((chosen[best], is_exact))
}

/// The traits of a segment, strongest first: those of features, or of other columns only if there are no features.
pub fn traits(numbers: &[NumberProfile]) -> Vec<Trait> {
    let has_features = numbers.iter().any(|it| it.is_feature);
    let offered: Vec<&NumberProfile> = numbers
        .iter()
        .filter(|it| it.is_feature || !has_features)
        .collect();
    let strength = |at: usize| offered[at].effect.abs();
    let order = order_by(offered.len(), &mut |a, b| {
        strength(b).total_cmp(&strength(a))
    });
    let of = |it: &NumberProfile| Trait {
        column: it.column.clone(),
        level: Level::of(it.effect),
    };
    order
        .into_iter()
        .map(|at| of(offered[at as usize]))
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    #[test]
    fn shares_have_wilsons_interval() {
        // statsmodels 0.15.0 proportion_confint(23, 39, method="wilson")
        let (low, high) = wilson(23, 39);
        assert!((low - 0.434_186_228_828_969_6).abs() < 1e-12, "{low}");
        assert!((high - 0.729_206_899_992_748_2).abs() < 1e-12, "{high}");
        assert_eq!((wilson(0, 10).0, wilson(10, 10).1), (0.0, 1.0));
        let names = ["a".to_owned(), "b".to_owned()];
        let codes = [0, 1, 1, u32::MAX, 0];
        let shares = share_profiles("c", (&codes, &names), (&[1, 2, 3], &[0, 1, 2, 3, 4]), 5);
        assert_eq!(
            (shares[0].value.as_str(), shares[0].n, shares[0].n_present),
            ("b", 2, 2)
        );
        assert_eq!((shares[0].everyone, shares[1].share), (0.5, 0.0));
        assert!(share_profiles("c", (&codes, &names), (&[3], &[0, 1]), 5).is_empty());
    }

    #[test]
    fn effects_and_the_typical_customer_are_those_of_their_definition() {
        let values = [1.0, 2.0, 3.0, 10.0, f64::NAN];
        let of = |values: &[f64], members: &[usize]| {
            let rows: Vec<usize> = (0..values.len()).collect();
            Everyone::of("x", true, values, &rows)?.beside(values, members)
        };
        let found = of(&values, &[3]).unwrap();
        // (10 - 4) / sqrt(((1-4)^2 + (2-4)^2 + (3-4)^2 + 36) / 4)
        assert!((found.effect - 6.0 / 12.5_f64.sqrt()).abs() < 1e-12);
        assert_eq!(traits(&[found])[0].level, Level::High);
        assert_eq!(of(&values, &[4]), None);
        let same = of(&[2.0; 3], &[0]).unwrap();
        assert_eq!((same.effect, Level::of(same.effect)), (0.0, Level::Middle));
        assert_eq!(
            typical(&[0, 1, 2, 3], |row| vec![values[row]], 1),
            Some((1, true))
        );
        assert_eq!(typical(&[], |_| Vec::new(), 1), None);
        let many: Vec<usize> = (0..2_000).collect();
        let (row, is_exact) = typical(&many, |row| vec![row as f64], 1).unwrap();
        assert!(!is_exact && (800..1_200).contains(&row), "{row}");
    }
}
