//! Sums of distances from every sample to groups of samples, each pair measured once.
//!
//! Samples with equal clusters in all clusterings form a cell; sums for a clustering are sums over its cells.

use std::ops::Range;

use crate::cluster::{Labels, Samples};
use crate::numeric::{F64x4, LANES, Rng, order_by, pulse};

/// The distinct samples measured, with their multiplicities.
pub(super) struct Chosen {
    pub(super) distinct: Vec<u32>,
    pub(super) weights: Vec<f64>,
}

impl Chosen {
    pub(super) fn new(samples: &Samples, max_measured: usize, seed: u64) -> Self {
        let n = samples.n_distinct();
        if n <= max_measured {
            return Self {
                distinct: (0..n as u32).collect(),
                weights: samples.weights.clone(),
            };
        }
        pulse(samples.n_samples());
        // Every sample, including equal ones, has the same probability of being drawn.
        let of_sample: Vec<usize> = (0..n)
            .flat_map(|i| std::iter::repeat_n(i, samples.weights[i] as usize))
            .collect();
        let of_sample = Rng::new(seed).some_of(of_sample, max_measured);
        let (mut distinct, mut weights): (Vec<u32>, Vec<f64>) = (Vec::new(), Vec::new());
        for i in of_sample.into_iter().map(|i| i as u32) {
            match weights.last_mut() {
                Some(weight) if distinct.last() == Some(&i) => *weight += 1.0,
                _ => {
                    distinct.push(i);
                    weights.push(1.0);
                }
            }
        }
        Self { distinct, weights }
    }
}

/// Samples grouped by their clusters in all clusterings. Each cell is padded to whole groups of lanes.
pub(super) struct Cells {
    /// Chosen sample at each position, cell by cell; padding repeats the last one of the cell.
    pub(super) order: Vec<usize>,
    /// Multiplicity of the sample at each position; 0 for padding.
    pub(super) weights: Vec<f64>,
    /// Start of each cell in `order`, and the end.
    pub(super) bounds: Vec<usize>,
    /// Label of each cell, per clustering.
    pub(super) labels: Vec<Vec<u32>>,
}

impl Cells {
    pub(super) fn new(chosen: &Chosen, clusterings: &[&Labels]) -> Self {
        let key = |i: usize| {
            clusterings
                .iter()
                .map(move |labels| labels.of_distinct[chosen.distinct[i] as usize])
        };
        let sorted = order_by(chosen.distinct.len(), &mut |a, b| key(a).cmp(key(b)));
        let mut cells = Self {
            order: Vec::new(),
            weights: Vec::new(),
            bounds: vec![0],
            labels: vec![Vec::new(); clusterings.len()],
        };
        for (at, &i) in sorted.iter().enumerate() {
            let i = i as usize;
            cells.order.push(i);
            cells.weights.push(chosen.weights[i]);
            let next = sorted.get(at + 1);
            if next.is_none_or(|&next| !key(i).eq(key(next as usize))) {
                let end = cells.order.len().next_multiple_of(LANES);
                cells.order.resize(end, i);
                cells.weights.resize(end, 0.0);
                cells.bounds.push(end);
                for (labels, label) in cells.labels.iter_mut().zip(key(i)) {
                    labels.push(label);
                }
            }
        }
        cells
    }

    fn count(&self) -> usize {
        self.bounds.len() - 1
    }

    /// The cell of a group of four positions.
    fn cell_of(&self, quad: usize) -> usize {
        self.bounds
            .partition_point(|&bound| bound <= quad * LANES)
            .saturating_sub(1)
    }
}

/// Four numbers.
type Group = [f64; LANES];
/// Groups of four processed together: the other samples are loaded into the cache once for all of them.
const TOGETHER: usize = 8;
/// Numbers of other samples that fit into the cache at the same time.
const NEAR: usize = 6_000;

/// Weighted sum of distances from the sample at each position to each cell, `sums[cell][position]`, over the pairs whose first
/// position is in `quads`, groups of four positions.
///
/// Every sum has a fixed order of terms, whatever is processed together: pair by pair, ascending by the first of the pair.
pub(super) fn distance_sums(
    samples: &Samples,
    chosen: &Chosen,
    cells: &Cells,
    quads: Range<usize>,
    progress: &mut dyn FnMut(f64),
) -> Vec<Vec<f64>> {
    let (n, d) = (cells.order.len(), samples.n_features());
    // Four samples at a time, feature by feature, so that the inner loop reads sequentially.
    let mut values: Vec<Group> = Vec::with_capacity(n / LANES * d);
    for quad in cells.order.as_chunks::<LANES>().0 {
        for column in &samples.columns {
            values.push(quad.map(|i| column[chosen.distinct[i] as usize]));
        }
    }
    let groups = Groups {
        values: &values,
        weights: cells.weights.as_chunks().0,
        n_features: d,
    };
    let mut sums = vec![vec![0.0; n]; cells.count()];
    let step = (NEAR / (LANES * d).max(1)).max(4);
    let n_quads = n / LANES;
    // Share of the pairs that is left.
    let left = |quad: usize| (1.0 - quad as f64 / n_quads as f64).powi(2);
    let (all, end) = (left(quads.start) - left(quads.end), left(quads.end));
    let mut own = cells.cell_of(quads.start);
    for start in quads.clone().step_by(TOGETHER) {
        let together = start..quads.end.min(start + TOGETHER);
        pulse((n - start * LANES) * d * TOGETHER);
        // Each tile has its cell, and its sums over the current cell.
        let mut tiles: Vec<Tile> = Vec::with_capacity(TOGETHER);
        for quad in together.clone() {
            while cells.bounds[own + 1] <= quad * LANES {
                own += 1;
            }
            tiles.push(Tile::of(&groups, quad, own));
        }
        let first = tiles.first().map_or(0, |tile| tile.own);
        for cell in first..cells.count() {
            let of_cell = cells.bounds[cell] / LANES..cells.bounds[cell + 1] / LANES;
            // The tiles themselves one by one, each with the samples after it.
            for quad in of_cell.start.max(together.start)..of_cell.end.min(together.end) {
                let (before, others) = tiles.split_at_mut(quad - together.start);
                before
                    .iter_mut()
                    .for_each(|tile| tile.meet(&groups, quad..quad + 1, &mut sums));
                others[0].meet_itself(&groups, &mut sums);
            }
            let behind = of_cell.start.max(together.end)..of_cell.end;
            for start in behind.clone().step_by(step) {
                let near = start..behind.end.min(start + step);
                for tile in &mut tiles {
                    tile.meet(&groups, near.clone(), &mut sums);
                }
            }
            for tile in &mut tiles {
                tile.add_to(&mut sums[cell]);
            }
        }
        progress(1.0 - (left(together.end) - end) / all);
    }
    sums
}

/// All samples, in groups of four.
struct Groups<'a> {
    /// Ordered by group, then by feature.
    values: &'a [Group],
    weights: &'a [Group],
    n_features: usize,
}

impl Groups<'_> {
    fn values(&self, groups: Range<usize>) -> &[Group] {
        &self.values[groups.start * self.n_features..groups.end * self.n_features]
    }
}

/// Four samples processed together.
struct Tile {
    quad: usize,
    /// Their cell.
    own: usize,
    /// Weight of each sample in all lanes.
    weights: [F64x4; LANES],
    /// Sums of each of the four over the others of a cell, lane by lane; `None` before the first of them.
    toward: Option<[F64x4; LANES]>,
}

impl Tile {
    fn of(groups: &Groups, quad: usize, own: usize) -> Self {
        Self {
            quad,
            own,
            weights: groups.weights[quad].map(F64x4::splat),
            toward: None,
        }
    }

    /// Adds the sums over a cell to the sums of the four.
    fn add_to(&mut self, sums: &mut [f64]) {
        if let Some(toward) = self.toward.take() {
            let sums = &mut sums[self.quad * LANES..][..LANES];
            sums.iter_mut()
                .zip(toward)
                .for_each(|(sum, lanes)| *sum += lanes.to_array().iter().sum::<f64>());
        }
    }

    /// Among the four, the lanes contain both directions.
    fn meet_itself(&mut self, groups: &Groups, sums: &mut [Vec<f64>]) {
        let own = groups.values(self.quad..self.quad + 1);
        let weights = &groups.weights[self.quad..=self.quad];
        let toward = [F64x4::splat(0.0); LANES];
        self.toward = Some(self.met(own, own, weights, &mut [[0.0; LANES]], toward));
        self.add_to(&mut sums[self.own]);
    }

    /// Adds the distances to other samples, weighted, to the sums of those and of the four.
    fn meet(&mut self, groups: &Groups, others: Range<usize>, sums: &mut [Vec<f64>]) {
        let own = groups.values(self.quad..self.quad + 1);
        let (back, _) = sums[self.own].as_chunks_mut::<LANES>();
        let (values, weights) = (
            groups.values(others.clone()),
            &groups.weights[others.clone()],
        );
        let toward = self.toward.unwrap_or([F64x4::splat(0.0); LANES]);
        self.toward = Some(self.met(own, values, weights, &mut back[others], toward));
    }

    #[inline(never)]
    fn met(
        &self,
        own: &[Group],
        others: &[Group],
        weights: &[Group],
        sums: &mut [Group],
        mut toward: [F64x4; LANES],
    ) -> [F64x4; LANES] {
        let groups = others.chunks_exact(own.len().max(1));
        for ((group, weights), sum) in groups.zip(weights).zip(sums) {
            let mut squared = [F64x4::splat(0.0); LANES];
            for (of_tile, of_group) in own.iter().zip(group) {
                let of_group = F64x4::load(of_group);
                for (squared, &of_one) in squared.iter_mut().zip(of_tile) {
                    let difference = of_group.minus(F64x4::splat(of_one));
                    *squared = squared.plus(difference.times(difference));
                }
            }
            let weights = F64x4::load(weights);
            let mut back = F64x4::load(sum);
            for (which, squared) in squared.into_iter().enumerate() {
                let distance = squared.sqrt();
                toward[which] = toward[which].plus(weights.times(distance));
                back = back.plus(self.weights[which].times(distance));
            }
            *sum = back.to_array();
        }
        toward
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Matrix;

    /// One group after the other, each with all that come after it.
    fn slow(samples: &Samples, chosen: &Chosen, cells: &Cells) -> Vec<Vec<f64>> {
        let mut values: Vec<Group> = Vec::new();
        for quad in cells.order.as_chunks::<LANES>().0 {
            for column in &samples.columns {
                values.push(quad.map(|i| column[chosen.distinct[i] as usize]));
            }
        }
        let groups = Groups {
            values: &values,
            weights: cells.weights.as_chunks().0,
            n_features: samples.n_features(),
        };
        let mut sums = vec![vec![0.0; cells.order.len()]; cells.count()];
        for quad in 0..cells.order.len() / LANES {
            let own = cells.cell_of(quad);
            let mut tile = Tile::of(&groups, quad, own);
            tile.meet_itself(&groups, &mut sums);
            for cell in own..cells.count() {
                let start = (cells.bounds[cell] / LANES).max(quad + 1);
                let range = start..cells.bounds[cell + 1] / LANES;
                if !range.is_empty() {
                    tile.meet(&groups, range, &mut sums);
                    tile.add_to(&mut sums[cell]);
                }
            }
        }
        sums
    }

    #[test]
    fn what_is_done_together_has_the_bits_of_what_is_done_one_by_one() {
        for (seed, d) in [1, 3, 17, 90].into_iter().enumerate() {
            let mut rng = Rng::new(seed as u64);
            let mut matrix = Matrix::with_features(d);
            for _ in 0..250 {
                matrix.push_row((0..d).map(|_| (4.0 * rng.normal()).round()));
            }
            let samples = Samples::new(&matrix).unwrap();
            let n = samples.n_distinct();
            let labels = |k: usize, far: usize| Labels {
                of_distinct: (0..n).map(|i| (i.min(far) * k / n) as u32).collect(),
                n_clusters: k,
            };
            let (two, nine) = (labels(2, n), labels(9, n / 2));
            let chosen = Chosen::new(&samples, 200, 3);
            let cells = Cells::new(&chosen, &[&two, &nine]);
            let n_quads = cells.order.len() / LANES;
            let found = distance_sums(&samples, &chosen, &cells, 0..n_quads, &mut |_| ());
            assert_eq!(found, slow(&samples, &chosen, &cells), "{d} features");
        }
    }
}
