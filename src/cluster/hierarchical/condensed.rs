//! Agglomeration on a table of all distances: any linkage, with the nearest neighbour of every cluster remembered
//! (Anderberg 1973, Cluster Analysis for Applications).
//!
//! Cost: O(n^2) time in practice, O(n^3) at worst; 4 n^2 bytes of memory.

use super::dendrogram::Merge;
use super::linkage::{Linkage, Union};
use crate::cluster::{FitError, Metric};
use crate::numeric::pulse;

/// Distances of all pairs, the one of `i < j` at `row(i) + j`.
pub(super) struct Condensed {
    n: usize,
    values: Vec<f64>,
}

impl Condensed {
    /// All distances of `points`, squared where the linkage wants them so.
    pub(super) fn of_points(
        points: &[Vec<f64>],
        metric: Metric,
        linkage: Linkage,
    ) -> Result<Self, FitError> {
        let n = points.len();
        let pairs = n * n.saturating_sub(1) / 2;
        let mut values = Vec::new();
        values
            .try_reserve_exact(pairs)
            .map_err(|_| FitError::Memory {
                bytes: 8 * pairs as u64,
            })?;
        for (i, a) in points.iter().enumerate() {
            pulse((n - i) * a.len());
            values.extend(points[i + 1..].iter().map(|b| metric.distance(a, b)));
        }
        Ok(Self::of_distances(n, values, linkage))
    }

    /// Given distances: of 0 and 1, 0 and 2, ..., 1 and 2, ...
    pub(super) fn of_distances(n: usize, mut values: Vec<f64>, linkage: Linkage) -> Self {
        if linkage.is_squared() {
            values
                .iter_mut()
                .for_each(|distance| *distance *= *distance);
        }
        Self { n, values }
    }

    fn at(&self, i: usize, j: usize) -> usize {
        let (i, j) = (i.min(j), i.max(j));
        i * (2 * self.n - i - 1) / 2 + j - i - 1
    }
}

/// Merges all clusters, the nearest first; ties go to the lowest numbers. `sizes` are the samples per point.
pub(super) fn agglomerate(
    mut distances: Condensed,
    sizes: &[f64],
    linkage: Linkage,
    progress: &mut dyn FnMut(f64),
) -> Vec<Merge> {
    let n = distances.n;
    let mut sizes = sizes.to_vec();
    let mut alive: Vec<u32> = (0..n as u32).collect();
    // Nearest among the clusters of higher number.
    let mut nearest: Vec<(f64, u32)> = (0..n)
        .map(|i| nearest_above(&distances, i, &alive[i + 1..]))
        .collect();
    let mut merges = Vec::with_capacity(n.saturating_sub(1));
    let mut highest = 0.0_f64;
    while alive.len() > 1 {
        pulse(4 * alive.len());
        let mut a = alive[0] as usize;
        for &i in &alive[1..] {
            if nearest[i as usize].0 < nearest[a].0 {
                a = i as usize;
            }
        }
        let (between, b) = (nearest[a].0, nearest[a].1 as usize);
        let height = if linkage.is_squared() {
            between.max(0.0).sqrt()
        } else {
            between
        };
        // Rounding must not put a merge below the merges it is made of.
        highest = if linkage.may_invert() {
            height
        } else {
            highest.max(height)
        };
        merges.push(Merge {
            leaf_a: a as u32,
            leaf_b: b as u32,
            height: highest,
        });
        let union = Union {
            size_a: sizes[a],
            size_b: sizes[b],
            between,
        };
        // The union keeps the higher number: fewer neighbours have to be searched again.
        alive.retain(|&i| i as usize != a);
        for &i in &alive {
            let i = i as usize;
            if i != b {
                let (to_a, to_b) = (distances.at(a, i), distances.at(b, i));
                distances.values[to_b] = linkage.update(
                    &union,
                    distances.values[to_a],
                    distances.values[to_b],
                    sizes[i],
                );
            }
        }
        sizes[b] += sizes[a];
        for place in 0..alive.len() {
            let i = alive[place] as usize;
            if i > b {
                break;
            }
            let lost = i == b || nearest[i].1 as usize == a || nearest[i].1 as usize == b;
            if lost {
                nearest[i] = nearest_above(&distances, i, &alive[place + 1..]);
            } else {
                let distance = distances.values[distances.at(i, b)];
                if distance < nearest[i].0 {
                    nearest[i] = (distance, b as u32);
                }
            }
        }
        if merges.len() % (n / 100).max(1) == 0 {
            progress(1.0 - (alive.len() as f64 / n as f64).powi(2));
        }
    }
    merges
}

fn nearest_above(distances: &Condensed, i: usize, above: &[u32]) -> (f64, u32) {
    let mut best = (f64::INFINITY, u32::MAX);
    let Some(&first) = above.first() else {
        return best;
    };
    let row = distances.at(i, first as usize);
    for &j in above {
        let distance = distances.values[row + (j - first) as usize];
        if distance < best.0 || best.1 == u32::MAX {
            best = (distance, j);
        }
    }
    best
}
