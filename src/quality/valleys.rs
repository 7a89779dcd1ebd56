//! Whether a valley lies between two neighbouring segments: fewer samples at their seam than on both sides of it.
//!
//! ```text
//! neighbours  no other centre lies in the ball between theirs                        (Gabriel & Sokal 1969, Syst. Zool. 18)
//! p(line)     the dip of both, projected on the line through their centres, beside that of uniform numbers
//! p(feature)  the same line without a coarse feature, for each of them: the steps of one scale part nobody
//! p(along)    the dip of the ways from the seam along the samples (`seam`): a cut through a ring or a spiral is none
//! p           the largest of these, since a valley must show in all of them          (Berger 1982, Technometrics 24)
//! density     samples at the seam, over those at the fullest place of the emptier side: in windows along the samples, a quarter as
//!             wide as the medians of both sides are apart, two added to both counts (Agresti & Coull 1998, Am. Stat. 52): few samples
//!             make no gap; 0.32 for two bells of one size at 4 sd, 0.13 at 5 sd, about 1 for one body
//! parted      p <= 0.05 and density <= 1/3: a valley that is there, and deep
//! runs on     density >= 2/3, or density >= 1/2 and p > 1/2: nothing hints at a valley
//! one body    all segments hang together by neighbours that run on into each other
//! ```
//!
//! Indicators of categories are left out, as there is nothing between two categories; equal values are spread over the room that
//! they stand for (`columns`).

use serde::{Deserialize, Serialize};

use super::columns::spread;
use super::dip::{UniformDips, dip};
use super::seam::{Line, along_seam};
use crate::cluster::{Labels, Samples};
use crate::numeric::{Matrix, sort_numbers, squared_euclidean};

/// The level of significance of nulls and valleys.
pub const LEVEL: f64 = 0.05;

/// A gap holds at most this share of the density of both sides.
pub(super) const EMPTY: f64 = 1.0 / 3.0;

/// Two neighbouring segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Valley {
    /// The segments, by number.
    pub pair: (u32, u32),
    /// The dip of their samples, seen in the way that shows the valley least.
    pub dip: f64,
    /// Share of uniform sets with a dip at least as large.
    pub p: f64,
    /// How densely samples lie at the seam, as a share of the emptier side at its fullest.
    pub density: f64,
    /// Whether they are parted: `p` is at most 0.05, and `density` at most a third.
    pub is_parted: bool,
}

impl Valley {
    /// Whether few samples lie at the seam, but as few may be chance.
    pub fn may_be_chance(&self) -> bool {
        !self.is_parted && self.density <= EMPTY
    }

    /// Whether nothing hints at a valley: both run on into each other.
    pub(super) fn runs_on(&self) -> bool {
        let is_full = self.density >= 2.0 / 3.0 || self.p > 0.5 && self.density >= 0.5;
        is_full && !self.is_parted
    }
}

/// The samples of all segments, ready to look for valleys.
struct Ready {
    /// Samples without indicators, equal values spread.
    spread: Matrix,
    are_coarse: Vec<bool>,
    /// The segment of each sample.
    labels: Vec<u32>,
    /// The centre of each segment.
    centres: Matrix,
}

/// Neighbouring segments, and whether a valley parts them. `data` are the samples as rows, equal ones repeated.
pub(super) fn valleys(
    samples: &Samples,
    data: &Matrix,
    labels: &Labels,
    names: &[u32],
    seed: u64,
) -> Vec<Valley> {
    let pairs = samples.weights.iter().zip(&labels.of_distinct);
    let of_rows = pairs.flat_map(|(&weight, &label)| std::iter::repeat_n(label, weight as usize));
    let of_rows: Vec<u32> = of_rows.collect();
    let k = labels.n_clusters;
    let (spread, are_coarse) = spread(data, seed);
    let ready = Ready {
        centres: centres(&spread, &of_rows, k),
        spread,
        are_coarse,
        labels: of_rows,
    };
    let valley = |pair: [usize; 2]| {
        let names = (names[pair[0]], names[pair[1]]);
        ready.valley(pair, names, seed)
    };
    let centres = centres(data, &ready.labels, k);
    neighbours(&centres).into_iter().map(valley).collect()
}

/// The mean of each segment.
fn centres(data: &Matrix, labels: &[u32], k: usize) -> Matrix {
    let (mut centres, mut sizes) = (Matrix::zeros(k, data.n_features()), vec![0.0; k]);
    for (row, &label) in data.rows().zip(labels) {
        sizes[label as usize] += 1.0;
        let centre = centres.row_mut(label as usize);
        centre.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
    }
    for (segment, size) in sizes.into_iter().enumerate() {
        let centre = centres.row_mut(segment);
        centre.iter_mut().for_each(|sum| *sum /= size);
    }
    centres
}

fn neighbours(centres: &Matrix) -> Vec<[usize; 2]> {
    let k = centres.n_samples();
    let pairs = (0..k).flat_map(|a| (a + 1..k).map(move |b| [a, b]));
    let is_between = |c: usize, [a, b]: [usize; 2]| {
        let [a, b, c] = [a, b, c].map(|at| centres.row(at));
        squared_euclidean(a, c) + squared_euclidean(b, c) < squared_euclidean(a, b)
    };
    let are_neighbours =
        |pair: &[usize; 2]| (0..k).all(|c| pair.contains(&c) || !is_between(c, *pair));
    pairs.filter(are_neighbours).collect()
}

impl Ready {
    /// What lies between a pair: the dip where the valley shows least, and the density.
    fn valley(&self, pair: [usize; 2], names: (u32, u32), seed: u64) -> Valley {
        if self.spread.n_features() == 0 {
            return Valley {
                pair: names,
                dip: 0.0,
                p: 1.0,
                density: 1.0,
                is_parted: false,
            };
        }
        let own = self.spread.rows().zip(&self.labels);
        let own = own.filter(|it| pair.contains(&(*it.1 as usize)));
        let (rows, is_second): (Vec<&[f64]>, Vec<bool>) = own
            .map(|(row, label)| (row, *label as usize == pair[1]))
            .unzip();
        let uniform = UniformDips::of(rows.len(), seed);
        let [from, to] = pair.map(|segment| self.centres.row(segment));
        let line = |left_out: Option<usize>| Line::between(from, to, left_out);
        let seen = |mut places: Vec<f64>| {
            sort_numbers(&mut places);
            let dip = dip(&places);
            let p = if places.len() == rows.len() {
                uniform.p(dip)
            } else {
                UniformDips::of(places.len(), seed).p(dip)
            };
            [dip, p]
        };
        let projected = |line: &Line| rows.iter().map(|row| line.at(row)).collect::<Vec<f64>>();
        let mut least = seen(projected(&line(None)));
        let mut look = |places: Vec<f64>| {
            let other = seen(places);
            if other[1] > least[1] {
                least = other;
            }
        };
        let coarse = (0..self.are_coarse.len()).filter(|&at| self.are_coarse[at]);
        coarse.for_each(|feature| look(projected(&line(Some(feature)))));
        let mut along = along_seam(&rows, &is_second, &line(None));
        look(along.clone());
        sort_numbers(&mut along);
        let density = density_between(&along);
        let [dip, p] = least;
        Valley {
            pair: names,
            dip,
            p,
            density,
            is_parted: p <= LEVEL && density <= EMPTY,
        }
    }
}

/// The density at 0, over that of the emptier side at its fullest. `sorted` are ascending places, those of the first side below 0.
fn density_between(sorted: &[f64]) -> f64 {
    let first = sorted.partition_point(|&x| x < 0.0);
    let sides = [&sorted[..first], &sorted[first..]];
    let [Some(before), Some(after)] = sides.map(|side| side.get(side.len() / 2)) else {
        return 1.0;
    };
    let width = (after - before) / 4.0;
    let within = |places: &[f64], from: f64| {
        let start = places.partition_point(|&x| x < from);
        places.partition_point(|&x| x <= from + width) - start
    };
    let fullest = sides.map(|side| {
        let counts = side.iter().map(|&from| within(side, from));
        counts.max().unwrap_or(0)
    });
    let emptier = fullest[0].min(fullest[1]);
    (within(sorted, -width / 2.0) as f64 + 2.0) / (emptier as f64 + 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::k_means::{KMeans, KMeansParams};
    use crate::numeric::Rng;

    fn found(data: &Matrix, n_clusters: usize) -> Vec<Valley> {
        let samples = Samples::new(data).unwrap();
        let params = KMeansParams {
            n_clusters,
            ..Default::default()
        };
        let labels = KMeans::fit(&samples, &params, &mut |_| ()).unwrap().labels;
        let mut rows = Matrix::with_features(data.n_features());
        for (row, &weight) in samples.points.rows().zip(&samples.weights) {
            (0..weight as usize).for_each(|_| rows.push_row(row.iter().copied()));
        }
        let names: Vec<u32> = (0..n_clusters as u32).collect();
        valleys(&samples, &rows, &labels, &names, 1)
    }

    fn n_parted(valleys: &[Valley]) -> usize {
        valleys.iter().filter(|it| it.is_parted).count()
    }

    #[test]
    fn heaps_are_parted_and_pieces_of_a_ring_are_not() {
        let mut rng = Rng::new(8);
        let (mut heaps, mut ring) = (Matrix::with_features(2), Matrix::with_features(2));
        for i in 0..300 {
            let (x, y) = (f64::from(i % 3) * 6.0, f64::from(i % 2) * 6.0);
            heaps.push_row([x + rng.normal(), y + rng.normal()]);
            let angle = std::f64::consts::TAU * rng.uniform();
            let radius = 5.0 + 0.2 * rng.normal();
            ring.push_row([radius * libm::cos(angle), radius * libm::sin(angle)]);
        }
        let of_heaps = found(&heaps, 6);
        assert_eq!(n_parted(&of_heaps), of_heaps.len(), "{of_heaps:?}");
        let of_ring = found(&ring, 7);
        assert!(n_parted(&of_ring) <= 1 && of_ring.len() >= 7, "{of_ring:?}");
    }

    #[test]
    fn the_density_between_two_bells_falls_with_their_distance() {
        let mut rng = Rng::new(4);
        for (distance, density) in [(4.0, 0.32), (5.0, 0.13), (0.0, 1.0)] {
            let mut places: Vec<f64> = (0..40_000)
                .map(|i| rng.normal() + if i % 2 == 0 { distance } else { -distance } / 2.0)
                .collect();
            sort_numbers(&mut places);
            let found = density_between(&places);
            assert!((found - density).abs() < 0.06, "{distance}: {found}");
        }
        assert_eq!(density_between(&[1.0, 2.0]), 1.0);
    }

    #[test]
    fn counts_that_nobody_has_part_whoever_has_fewer_from_whoever_has_more() {
        let mut rng = Rng::new(9);
        let mut data = Matrix::with_features(2);
        for i in 0..300 {
            let visits = if i % 2 == 0 { 1 } else { 15 } + rng.below(9);
            data.push_row([visits as f64 / 7.0, rng.normal()]);
        }
        let of_visits = found(&data, 2);
        assert!(of_visits[0].is_parted, "{of_visits:?}");
    }

    #[test]
    fn a_scale_of_few_values_parts_nobody() {
        let mut rng = Rng::new(5);
        let mut data = Matrix::with_features(2);
        for _ in 0..300 {
            // Mostly 1 or 5: one scale, of two modes.
            let answer = [1.0, 1.0, 1.0, 3.0, 5.0, 5.0, 5.0][rng.below(7)];
            data.push_row([answer, 0.3 * rng.normal()]);
        }
        assert_eq!(n_parted(&found(&data, 2)), 0);
        let mut categories = Matrix::with_features(3);
        for i in 0..90 {
            categories.push_row((0..3).map(|at| f64::from(u8::from(i % 3 == at))));
        }
        assert_eq!(n_parted(&found(&categories, 3)), 0);
    }
}
