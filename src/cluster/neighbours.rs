//! The few nearest neighbours of every sample, and a lower bound on the distance of all others.
//!
//! Candidates are found in single precision; callers measure them again in double precision. The bound is lowered by the rounding
//! of single precision, so that no sample outside a list is nearer than its bound:
//!
//! ```text
//! u = 2^-24, |x| the norm of a sample, s the squared distance found, d the number of features
//! rounding two samples moves them by u |x| and u |y|, |y| <= |x| + r;   summing changes s by a share of at most (d + 4) u
//! r >= (sqrt(s (1 - (d + 4) u)) - 2 u |x|) / (1 + u)
//! ```
//!
//! Distances are sums of squared differences. `|x|^2 + |y|^2 - 2 x y` would take two operations instead of three, but loses all
//! digits where samples are near each other and far from the mean, which is just where neighbours are looked for.

use super::k_means::{GROUP, Group, Screen};
use crate::numeric::{F32x4, LANES, Matrix, pulse};

/// Others in a list at most.
pub(super) const LISTED: usize = 16;
/// Rounding of single precision, with some room.
const ROUNDING: f64 = 6e-8;
/// The largest square that single precision may lose to underflow.
const UNDERFLOW: f64 = 1e-37;
/// Groups of samples whose distances to all others are measured together: they stay in the cache meanwhile.
const TOGETHER: usize = 4;
/// Samples of a tile.
const TILE: usize = LANES;
const TILES: usize = GROUP / TILE;
/// Vectors of samples that a tile meets at once.
const MET: usize = 2;

/// Lists of near samples, by number among the distinct ones.
#[derive(Clone, Debug)]
pub struct Neighbours {
    /// List by list.
    listed: Vec<u32>,
    /// Where each list starts, and the end.
    starts: Vec<u32>,
    /// The squared distance of everyone outside a list is at least this.
    beyond: Vec<f64>,
    /// Largest absolute value of a feature.
    pub(super) reach: f64,
}

/// The smallest few of everything offered, ascending; ties in order of arrival.
#[derive(Clone, Copy)]
pub(super) struct Least {
    distances: [f32; LISTED],
    pub(super) numbers: [u32; LISTED],
}

impl Least {
    pub(super) const NONE: Self = Self::below(f32::INFINITY);

    /// Nothing yet; what is not below `limit` will be left out.
    pub(super) const fn below(limit: f32) -> Self {
        Self {
            distances: [limit; LISTED],
            numbers: [u32::MAX; LISTED],
        }
    }

    /// Takes one that is less than the last, which is left out; returns the new last.
    #[inline(never)]
    pub(super) fn take(&mut self, distance: f32, number: u32) -> f32 {
        let mut at = LISTED - 1;
        while at > 0 && self.distances[at - 1] > distance {
            self.distances[at] = self.distances[at - 1];
            self.numbers[at] = self.numbers[at - 1];
            at -= 1;
        }
        (self.distances[at], self.numbers[at]) = (distance, number);
        self.last()
    }

    /// Everything that was offered and is not here is at least this far away.
    pub(super) fn last(&self) -> f32 {
        self.distances[LISTED - 1]
    }

    /// The numbers of those that were taken.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> {
        let numbers = self.numbers.iter().copied();
        numbers.take_while(|&number| number != u32::MAX)
    }
}

/// The least distance that two points can have whose square single precision takes for `squared`; `norm` is that of one of the points.
/// Where squares are `stretch` squared times those of the points, the distance is so, too.
pub(super) fn least_distance(squared: f32, n_features: usize, norm: f64, stretch: f64) -> f64 {
    let d = n_features as f64;
    let least =
        f64::from(squared) * (1.0 - (d + 8.0) * ROUNDING) - stretch * stretch * d * UNDERFLOW;
    let least = if least > 0.0 { least.sqrt() } else { 0.0 };
    let least = (least - 2.0 * ROUNDING * norm * stretch) * (1.0 - ROUNDING);
    if least > 0.0 { least } else { 0.0 }
}

impl Neighbours {
    /// The lists of all distinct samples: those of the screen, which are these points. `progress` hears the share done.
    ///
    /// Cost: O(n_distinct^2 * n_features) time in single precision, O(n_distinct) memory.
    pub(super) fn of(screen: &Screen, points: &Matrix, progress: &mut dyn FnMut(f64)) -> Self {
        let d = points.n_features();
        let order = screen.order();
        let lists = Lists::among(screen.groups(), d, order.len(), progress);
        let mut place = vec![0; order.len()];
        for (at, &i) in order.iter().enumerate() {
            place[i as usize] = at;
        }
        let mut found = Self {
            listed: Vec::with_capacity(order.len() * LISTED),
            starts: vec![0],
            beyond: Vec::with_capacity(order.len()),
            reach: screen.scale(),
        };
        for (i, point) in place.into_iter().zip(points.rows()) {
            let list = &lists.of[i];
            let numbers = list.numbers().map(|other| order[other as usize]);
            found.listed.extend(numbers);
            found.starts.push(found.listed.len() as u32);
            let norm = norm(point) / screen.scale();
            let least = least_distance(list.last(), d, norm, 1.0) * screen.scale();
            found.beyond.push(least * least);
        }
        found
    }

    /// The lists among some of the samples, ascending, by their number there.
    pub(super) fn among(&self, chosen: &[u32]) -> Self {
        let mut number = vec![u32::MAX; self.beyond.len()];
        for (at, &i) in chosen.iter().enumerate() {
            number[i as usize] = at as u32;
        }
        let mut part = Self {
            listed: Vec::new(),
            starts: vec![0],
            beyond: chosen.iter().map(|&i| self.beyond[i as usize]).collect(),
            reach: self.reach,
        };
        for &i in chosen {
            let of_part = self.list(i as usize).iter().map(|&j| number[j as usize]);
            part.listed.extend(of_part.filter(|&j| j != u32::MAX));
            part.starts.push(part.listed.len() as u32);
        }
        part
    }

    /// The samples near one.
    pub(super) fn list(&self, i: usize) -> &[u32] {
        &self.listed[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// The squared distance that no sample outside the list is below.
    pub(super) fn beyond(&self, i: usize) -> f64 {
        self.beyond[i]
    }
}

pub(super) fn norm(point: &[f64]) -> f64 {
    point.iter().map(|x| x * x).sum::<f64>().sqrt()
}

/// A list per position of the screen.
struct Lists {
    of: Vec<Least>,
    /// The last distance of each.
    last: Vec<f32>,
    n: usize,
}

impl Lists {
    /// Of the first `n` samples of some groups. Each pair is measured once.
    fn among(groups: &[Group], d: usize, n: usize, progress: &mut dyn FnMut(f64)) -> Self {
        let n_groups = n.div_ceil(GROUP);
        let mut lists = Self {
            of: vec![Least::NONE; n],
            last: vec![f32::INFINITY; n_groups * GROUP],
            n,
        };
        let mut tiles: Vec<[F32x4; TILE]> = Vec::with_capacity(TOGETHER * TILES * d);
        for first in (0..n_groups).step_by(TOGETHER) {
            tiles.clear();
            let together = first..n_groups.min(first + TOGETHER);
            for group in together.clone() {
                for tile in 0..TILES {
                    let of_group = groups[group * d..][..d].iter();
                    let splat = |values: &Group| {
                        std::array::from_fn(|i| F32x4::splat(values[tile * TILE + i]))
                    };
                    tiles.extend(of_group.map(splat));
                }
            }
            for other in first..n_groups {
                // Each sample of the tiles meets a group in as many steps as there are features.
                pulse(TOGETHER * GROUP * d);
                let met = &groups[other * d..][..d];
                for (tile, values) in tiles.chunks_exact(d.max(1)).enumerate() {
                    if first + tile / TILES <= other {
                        lists.meet(first * GROUP + tile * TILE, values, other, met);
                    }
                }
            }
            progress(1.0 - (1.0 - together.end as f64 / n_groups as f64).powi(2));
        }
        lists
    }

    /// Offers the samples of a tile, which starts at a position, and those of a group to each other.
    #[inline(never)]
    fn meet(&mut self, start: usize, tile: &[[F32x4; TILE]], other: usize, group: &[Group]) {
        let is_own = start / GROUP == other;
        for half in 0..GROUP / (MET * LANES) {
            let squared = squared_distances(tile, group, half);
            for (i, squared) in (start..self.n).zip(squared) {
                for (quad, squared) in squared.into_iter().enumerate() {
                    let at = other * GROUP + (half * MET + quad) * LANES;
                    if squared.any_at_most(F32x4::splat(self.last[i])) {
                        self.offer(i, at, squared, is_own);
                    }
                    // In the group of the tile itself the other direction comes with the other tile.
                    let Some(last) = self.last[at..].first_chunk() else {
                        continue;
                    };
                    if !is_own && squared.any_at_most(F32x4::load(last)) {
                        self.offer_back(i, at, squared);
                    }
                }
            }
        }
    }

    /// Offers the four from a position on to sample `i`.
    fn offer(&mut self, i: usize, at: usize, squared: F32x4, is_own: bool) {
        for (j, squared) in (at..self.n).zip(squared.to_array()) {
            if squared < self.last[i] && !(is_own && i == j) {
                self.last[i] = self.of[i].take(squared, j as u32);
            }
        }
    }

    /// Offers sample `i` to the four from a position on.
    fn offer_back(&mut self, i: usize, at: usize, squared: F32x4) {
        for (j, squared) in (at..self.n).zip(squared.to_array()) {
            if squared < self.last[j] {
                self.last[j] = self.of[j].take(squared, i as u32);
            }
        }
    }
}

/// Squared distances of the samples of a tile to those of a part of a group.
#[inline(never)]
fn squared_distances(tile: &[[F32x4; TILE]], group: &[Group], half: usize) -> [[F32x4; MET]; TILE] {
    let mut squared = [[F32x4::splat(0.0); MET]; TILE];
    for (of_tile, of_group) in tile.iter().zip(group) {
        let (quads, _) = of_group.as_chunks::<LANES>();
        let quads: [F32x4; MET] = std::array::from_fn(|at| F32x4::load(&quads[half * MET + at]));
        for (squared, &of_one) in squared.iter_mut().zip(of_tile) {
            for (squared, quad) in squared.iter_mut().zip(quads) {
                let difference = quad.minus(of_one);
                *squared = squared.plus(difference.times(difference));
            }
        }
    }
    squared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Samples;
    use crate::numeric::{Rng, squared_euclidean};

    /// Samples of some kind: round, on a grid, or far from the mean and near each other.
    fn samples(seed: u64, n: usize, d: usize) -> Samples {
        let mut rng = Rng::new(seed);
        let mut matrix = Matrix::with_features(d);
        for i in 0..n {
            let far = if seed % 3 == 2 {
                1e6 * (i % 2) as f64
            } else {
                0.0
            };
            matrix.push_row((0..d).map(|_| {
                let x = rng.normal();
                far + if seed.is_multiple_of(3) {
                    (2.0 * x).round()
                } else {
                    x
                }
            }));
        }
        Samples::new(&matrix).unwrap()
    }

    fn neighbours_of(samples: &Samples) -> Neighbours {
        Neighbours::of(&samples.screen, &samples.points, &mut |_| ())
    }

    fn assert_bounds(samples: &Samples, found: &Neighbours) {
        for i in 0..samples.n_distinct() {
            let list = found.list(i);
            assert!(!list.contains(&(i as u32)));
            for j in (0..samples.n_distinct()).filter(|&j| j != i) {
                let squared = squared_euclidean(samples.points.row(i), samples.points.row(j));
                let is_listed = list.contains(&(j as u32));
                assert!(is_listed || squared >= found.beyond(i), "{i}, {j}");
            }
        }
    }

    #[test]
    fn nobody_outside_a_list_is_nearer_than_its_bound() {
        for seed in 0..12 {
            let n = [5, 17, 40, 130][seed as usize % 4];
            let samples = samples(seed, n, 1 + seed as usize);
            let found = neighbours_of(&samples);
            assert_bounds(&samples, &found);
            let longest = (LISTED).min(samples.n_distinct() - 1);
            assert!((0..samples.n_distinct()).all(|i| found.list(i).len() == longest));
        }
    }

    #[test]
    fn the_bound_is_near_the_true_distance_of_the_first_outside() {
        let samples = samples(1, 300, 6);
        let found = neighbours_of(&samples);
        for i in 0..samples.n_distinct() {
            let others = (0..samples.n_distinct()).filter(|&j| j != i);
            let squared =
                |j: usize| squared_euclidean(samples.points.row(i), samples.points.row(j));
            let mut all: Vec<f64> = others.map(squared).collect();
            all.sort_by(f64::total_cmp);
            assert!(found.beyond(i) > all[LISTED - 1] * 0.999_99);
        }
    }

    #[test]
    fn lists_among_a_part_hold_there() {
        let all = samples(4, 200, 3);
        let found = neighbours_of(&all);
        let chosen: Vec<u32> = (0..all.n_distinct() as u32).filter(|i| i % 3 > 0).collect();
        let mut matrix = Matrix::with_features(3);
        for &i in &chosen {
            matrix.push_row(all.points.row(i as usize).iter().copied());
        }
        let part = Samples::new(&matrix).unwrap();
        assert_eq!(part.n_distinct(), chosen.len());
        assert_bounds(&part, &found.among(&chosen));
    }
}
