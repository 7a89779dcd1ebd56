//! Cophenetic correlation (Sokal & Rohlf 1962, Taxon 11): how faithfully a tree keeps the distances it was built from.
//!
//! ```text
//! Pearson correlation over all pairs of samples of  d(i, j)  and  c(i, j): the height at which i and j come together
//! ```

use super::Dendrogram;
use crate::cluster::spanning_tree::Fours;
use crate::cluster::{FitError, Metric, Samples};
use crate::numeric::{F64x4, LANES, Sum};

impl Dendrogram {
    /// The correlation, in `[-1, 1]`, for a tree over the distinct `samples`, equal ones counted each; NaN where all distances
    /// or all heights are alike. Cost: O(n_distinct^2 * n_features) time, O(n_distinct) memory.
    ///
    /// # Errors
    /// [`FitError::ZeroVector`] when cosine meets a row of zeros.
    pub fn cophenetic_correlation(
        &self,
        samples: &Samples,
        metric: Metric,
    ) -> Result<f64, FitError> {
        let rows = samples.rows_for(metric)?;
        let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        // Two passes: heights and distances are centred on their means, so that no digits cancel.
        let n = samples.n_samples() as f64;
        let n_pairs = n * (n - 1.0) / 2.0;
        let mut totals = [Sum::default(); 2];
        self.each_pair(samples, &rows, metric, &mut |weight, distance, height| {
            totals[0].add(weight * distance);
            totals[1].add(weight * height);
        });
        let [mean_distance, mean_height] = totals.map(|sum| sum.value() / n_pairs);
        let mut products = [Sum::default(); 3];
        self.each_pair(samples, &rows, metric, &mut |weight, distance, height| {
            let (d, c) = (distance - mean_distance, height - mean_height);
            for (sum, product) in products.iter_mut().zip([d * c, d * d, c * c]) {
                sum.add(weight * product);
            }
        });
        let [both, of_distances, of_heights] = products.map(Sum::value);
        Ok(both / (of_distances * of_heights).sqrt())
    }

    /// Calls `take` with the weight, the distance and the height of every pair of distinct samples, and of equal ones.
    fn each_pair(
        &self,
        samples: &Samples,
        rows: &[&[f64]],
        metric: Metric,
        take: &mut dyn FnMut(f64, f64, f64),
    ) {
        let far = F64x4::splat(f64::INFINITY);
        let mut members: Vec<Vec<u32>> = (0..rows.len() as u32).map(|leaf| vec![leaf]).collect();
        for step in self.steps() {
            let [left, right] =
                [step.left, step.right].map(|part| std::mem::take(&mut members[part as usize]));
            // Four distances at a time have the bits of one.
            let fours = Fours::new(rows, right.iter().copied());
            for &i in &left {
                let i = i as usize;
                for (block, others) in right.chunks(LANES).enumerate() {
                    let distances = fours.distances(metric, rows[i], block, far);
                    let distances = distances.unwrap_or(far).to_array();
                    for (&j, distance) in others.iter().zip(distances) {
                        let weight = samples.weights[i] * samples.weights[j as usize];
                        take(weight, distance, step.height);
                    }
                }
            }
            members.push([left, right].concat());
        }
        let alike = samples.weights.iter().map(|w| w * (w - 1.0) / 2.0);
        take(alike.sum(), 0.0, 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Hierarchical, HierarchicalParams, Linkage};
    use super::*;
    use crate::numeric::Matrix;

    #[test]
    fn the_correlation_is_that_of_all_pairs() {
        let mut matrix = Matrix::with_features(2);
        // SciPy 1.17.1: cophenet(linkage(X, "average"), pdist(X))[0] for these rows
        for row in [
            [0.0, 0.0],
            [0.0, 0.0],
            [1.0, 0.5],
            [4.0, 4.0],
            [5.0, 4.5],
            [9.0, 0.0],
        ] {
            matrix.push_row(row);
        }
        let samples = Samples::new(&matrix).unwrap();
        let params = HierarchicalParams {
            linkage: Linkage::Average,
            metric: Metric::Euclidean,
        };
        let tree = Hierarchical::fit(&samples, params, &mut |_| ())
            .unwrap()
            .tree;
        let found = tree
            .cophenetic_correlation(&samples, Metric::Euclidean)
            .unwrap();
        assert!((found - SCIPY).abs() < 1e-12, "{found}");
    }

    const SCIPY: f64 = 0.952_936_504_767_306_2;
}
