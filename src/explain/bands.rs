//! Low, Medium, High: a numeric column in three bands, with the customers of each segment per band.

use serde::{Deserialize, Serialize};

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
            // The edges are rounded to two significant digits of the band's width.
            let step = 10_f64.powi(libm::floor(libm::log10(third.abs().max(1e-12))) as i32 - 1);
            [min + third, min + 2.0 * third].map(|edge| (edge / step).round() * step)
        };
        Self {
            column: column.to_owned(),
            edges,
        }
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
}
