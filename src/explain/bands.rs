//! Low, Medium, High: a numeric column in three bands, with the customers of each segment per band.

use serde::{Deserialize, Serialize};

/// A band with fewer values than one in so many says nothing.
const LEAST_SHARE: usize = 20;

/// Two edges on a column: Low is up to and including the first, Medium up to and including the second, High above.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bands {
    /// Name of the column.
    pub column: String,
    /// The edges, ascending, in units of the column.
    pub edges: [f64; 2],
}

/// Customers per band, for each segment of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BandCounts {
    /// `of_segment[segment][band]`.
    pub of_segment: Vec<[u64; 3]>,
    /// Customers whose value is missing.
    pub without_value: u64,
}

impl Bands {
    /// Edges for a column of this range: 33 and 66 for scores up to 100, thirds of the range otherwise.
    pub fn suggested(column: &str, min: f64, max: f64) -> Self {
        let edges = if min >= 0.0 && max <= 100.0 && max > 66.0 {
            [33.0, 66.0]
        } else {
            let third = (max - min) / 3.0;
            let step = step_of(third);
            [min + third, min + 2.0 * third].map(|edge| (edge / step).round() * step)
        };
        Self {
            column: column.to_owned(),
            edges,
        }
    }

    /// The same, unless the column is so skewed that one of these bands has fewer than a twentieth of the values: then up to the first
    /// third of the values, and up to the median of those above it.
    pub fn of_values(column: &str, values: &[f64]) -> Option<Self> {
        let present = values.iter().copied().filter(|x| !x.is_nan());
        let mut sorted: Vec<f64> = present.collect();
        let ends = (f64::INFINITY, f64::NEG_INFINITY);
        let fold = |(min, max): (f64, f64), &x: &f64| (min.min(x), max.max(x));
        let (min, max) = sorted.iter().fold(ends, fold);
        if sorted.is_empty() {
            return None;
        }
        let even = Self::suggested(column, min, max);
        let mut counts = [0_usize; 3];
        for &x in &sorted {
            counts[even.band_of(x).unwrap_or(0)] += 1;
        }
        if counts.iter().all(|n| LEAST_SHARE * n >= sorted.len()) {
            return Some(even);
        }
        let at = (sorted.len() - 1) / 3;
        let (_, low, above) = sorted.select_nth_unstable_by(at, f64::total_cmp);
        let low = *low;
        let mut above: Vec<f64> = above.iter().copied().filter(|x| *x > low).collect();
        if above.is_empty() {
            return Some(even);
        }
        let at = (above.len() - 1) / 2;
        let (_, medium, _) = above.select_nth_unstable_by(at, f64::total_cmp);
        let edges = [low, *medium];
        // Two significant digits of their own, or of the width between, where that leaves the lower edge below the other.
        let between = step_of(edges[1] - edges[0]);
        let [low_step, step] = edges.map(|edge| step_of(edge).min(between));
        let read = [
            steps_up(edges[0] / low_step) * low_step,
            (edges[1] / step).round() * step,
        ];
        Some(Self {
            column: column.to_owned(),
            edges: if read[0] < read[1] { read } else { edges },
        })
    }

    /// The band of a value: 0 Low, 1 Medium, 2 High; `None` for NaN.
    pub fn band_of(&self, value: f64) -> Option<usize> {
        if value.is_nan() {
            return None;
        }
        Some(self.edges.iter().filter(|&&edge| value > edge).count())
    }

    /// Counts the customers of `rows` by segment (`labels`, below `n_segments`) and band of their value.
    pub fn count(
        &self,
        values: &[f64],
        labels: &[u32],
        rows: &[usize],
        n_segments: usize,
    ) -> BandCounts {
        let mut counts = BandCounts {
            of_segment: vec![[0; 3]; n_segments],
            without_value: 0,
        };
        for &row in rows {
            let (Some(&value), Some(&label)) = (values.get(row), labels.get(row)) else {
                continue;
            };
            match (
                self.band_of(value),
                counts.of_segment.get_mut(label as usize),
            ) {
                (Some(band), Some(segment)) => segment[band] += 1,
                (None, Some(_)) => counts.without_value += 1,
                (_, None) => {}
            }
        }
        counts
    }
}

/// Edges are rounded to two significant digits of the width of a band.
fn step_of(width: f64) -> f64 {
    10_f64.powi(libm::floor(libm::log10(width.abs().max(1e-12))) as i32 - 1)
}

/// The next whole number, or the one that only rounding is off: 0.14 is 14 steps of 0.01, not 15.
fn steps_up(steps: f64) -> f64 {
    let near = steps.round();
    if (steps - near).abs() <= 1e-9 * near.abs() {
        near
    } else {
        steps.ceil()
    }
}

impl BandCounts {
    /// Customers per band over all segments.
    pub fn totals(&self) -> [u64; 3] {
        std::array::from_fn(|band| self.of_segment.iter().map(|segment| segment[band]).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_belong_to_the_lower_band() {
        let bands = Bands {
            column: "score".into(),
            edges: [33.0, 66.0],
        };
        assert_eq!(
            [33.0, 33.1, 66.0, 66.1].map(|x| bands.band_of(x)),
            [Some(0), Some(1), Some(1), Some(2)]
        );
        assert_eq!(bands.band_of(f64::NAN), None);
        let counts = bands.count(
            &[1.0, 50.0, f64::NAN, 99.0],
            &[0, 1, 0, 1],
            &[0, 1, 2, 3],
            2,
        );
        assert_eq!(counts.of_segment, [[1, 0, 0], [0, 1, 1]]);
        assert_eq!((counts.without_value, counts.totals()), (1, [1, 1, 1]));
    }

    #[test]
    fn suggested_edges_are_readable() {
        assert_eq!(Bands::suggested("score", 1.0, 99.0).edges, [33.0, 66.0]);
        assert_eq!(Bands::suggested("income", 15.0, 137.0).edges, [56.0, 96.0]);
    }

    #[test]
    fn bands_of_a_skewed_column_follow_its_values() {
        let of = |values: &[f64]| {
            let bands = Bands::of_values("x", values)?;
            let rows: Vec<usize> = (0..values.len()).collect();
            let counts = bands.count(values, &vec![0; values.len()], &rows, 1);
            Some((bands.edges, counts.of_segment[0]))
        };
        // Thirds of the range where every band has customers.
        let even: Vec<f64> = (0..=300).map(f64::from).collect();
        assert_eq!(of(&even), Some(([100.0, 200.0], [101, 100, 100])));
        // Thirds of the range leave 390 / 31 / 19.
        let skewed: Vec<f64> = (1..=440_i32).map(|i| f64::from(i).powi(9)).collect();
        let Some((edges, [low, medium, high])) = of(&skewed) else {
            unreachable!()
        };
        assert!(edges[0] < edges[1], "{edges:?}");
        for n in [low, medium, high] {
            assert!((135..=160).contains(&n), "{low} {medium} {high}");
        }
        // Six in ten have 0: they are Low, and the others are halved.
        let zeros: Vec<f64> = (0..100)
            .map(|i| f64::from((i - 59).max(0)).powi(5))
            .collect();
        let (edges, counts) = of(&zeros).unwrap_or_default();
        assert_eq!((edges[0], counts[0]), (0.0, 60));
        assert!(counts[1].abs_diff(counts[2]) <= 4, "{counts:?}");
        // One value, or none.
        assert!(of(&[7.0; 5]).is_some());
        assert_eq!(of(&[f64::NAN]), None);
    }
}
