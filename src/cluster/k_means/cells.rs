//! Boxes around samples that are near each other, and which centroids can be the nearest of a sample in one (Kanungo et al. 2002,
//! IEEE Trans. Pattern Anal. Mach. Intell. 24).
//!
//! A centroid `z` is farther from everything in a box than `y`, the nearest to its middle, if it is farther from the corner `v`
//! that lies most toward `z`:
//!
//! ```text
//! |v - z|^2 - |v - y|^2  =  sum over features of  (z - y) (z + y - 2 v)  >  0
//! ```

use super::block::{GROUP, Group};

/// Samples per cell: whole groups.
pub(super) const CELL: usize = 4 * GROUP;

/// What a cell of the screen holds.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    n_features: usize,
    /// Cell by cell, least and largest value of each feature.
    boxes: Vec<[f32; 2]>,
    /// Cell by cell, weight and then weighted sum of each feature.
    sums: Vec<f64>,
}

impl Cells {
    pub(super) fn new(values: &[Group], weights: &[Group], n_features: usize) -> Self {
        let groups = CELL / GROUP;
        let n_cells = weights.len().div_ceil(groups);
        let mut cells = Self {
            n_features,
            boxes: Vec::with_capacity(n_cells * n_features),
            sums: Vec::with_capacity(n_cells * (1 + n_features)),
        };
        let of_cells = values.chunks(groups * n_features.max(1));
        for (values, weights) in of_cells.zip(weights.chunks(groups)) {
            cells.push(values, weights);
        }
        cells
    }

    #[inline(never)]
    fn push(&mut self, values: &[Group], weights: &[Group]) {
        let d = self.n_features;
        let weight = weights.iter().flatten().map(|&weight| f64::from(weight));
        self.sums.push(weight.sum());
        for feature in 0..d {
            let groups = values[feature..].iter().step_by(d);
            let (mut least, mut most, mut sum) = (f32::INFINITY, f32::NEG_INFINITY, 0.0);
            for (group, weights) in groups.zip(weights) {
                for (&x, &weight) in group.iter().zip(weights) {
                    least = if x < least { x } else { least };
                    most = if x > most { x } else { most };
                    sum += f64::from(weight) * f64::from(x);
                }
            }
            self.boxes.push([least, most]);
            self.sums.push(sum);
        }
    }

    pub(super) fn count(&self) -> usize {
        self.sums.len() / (1 + self.n_features)
    }

    /// Weight and weighted sums of a cell.
    pub(super) fn sums(&self, cell: usize) -> &[f64] {
        &self.sums[cell * (1 + self.n_features)..][..=self.n_features]
    }

    /// The centroids that are not farther than another one by `margin` from everything in a cell, in ascending order.
    #[inline(never)]
    pub(super) fn candidates(
        &self,
        cell: usize,
        centres: &[f32],
        margin: f32,
        into: &mut Vec<u32>,
    ) {
        let d = self.n_features;
        let bounds = &self.boxes[cell * d..][..d];
        let (mut nearest, mut least) = (0, f32::INFINITY);
        for (number, centre) in centres.chunks_exact(d).enumerate() {
            let mut squared = 0.0;
            for ([low, high], c) in bounds.iter().zip(centre) {
                let difference = 0.5 * (low + high) - c;
                squared += difference * difference;
            }
            if squared < least {
                (nearest, least) = (number, squared);
            }
        }
        let best = &centres[nearest * d..][..d];
        into.clear();
        for (number, centre) in centres.chunks_exact(d).enumerate() {
            let mut lead = 0.0;
            for ([low, high], (z, y)) in bounds.iter().zip(centre.iter().zip(best)) {
                let corner = if z > y { high } else { low };
                lead += (z - y) * (z + y - 2.0 * corner);
            }
            if number == nearest || lead <= margin {
                into.push(number as u32);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    #[test]
    fn no_nearest_centroid_is_left_out() {
        for seed in 0..40 {
            let mut rng = Rng::new(seed);
            let (d, k) = (1 + rng.below(4), 2 + rng.below(7));
            let place: Vec<f64> = (0..d).map(|_| rng.normal()).collect();
            let values: Vec<Group> = (0..CELL / GROUP * d)
                .map(|at| std::array::from_fn(|_| (place[at % d] + 0.2 * rng.normal()) as f32))
                .collect();
            let weights = vec![[1.0; GROUP]; CELL / GROUP];
            let cells = Cells::new(&values, &weights, d);
            assert_eq!((cells.count(), cells.sums(0)[0]), (1, CELL as f64));
            let centres: Vec<f32> = (0..k * d).map(|_| rng.normal() as f32).collect();
            let mut found = Vec::new();
            cells.candidates(0, &centres, 1e-5, &mut found);
            assert!(found.windows(2).all(|pair| pair[0] < pair[1]));
            for sample in 0..CELL {
                let distance = |centre: &[f32]| -> f32 {
                    let value = |f: usize| values[sample / GROUP * d + f][sample % GROUP];
                    let terms = centre.iter().enumerate();
                    terms.map(|(f, c)| (value(f) - c) * (value(f) - c)).sum()
                };
                let distances: Vec<f32> = centres.chunks(d).map(distance).collect();
                let nearest = (0..k).min_by(|&a, &b| distances[a].total_cmp(&distances[b]));
                assert!(found.contains(&(nearest.unwrap() as u32)), "seed {seed}");
            }
        }
    }
}
