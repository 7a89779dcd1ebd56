//! The dip: how far a sample is from being unimodal (Hartigan & Hartigan 1985, Ann. Statist. 13; algorithm of Hartigan 1985, Appl.
//! Statist. 34, AS 217).

use crate::numeric::{Rng, sort_numbers};

/// Number of uniform sets that a dip is compared with.
const SETS: usize = 400;
/// The largest size of such a set; above it, the dip times the square root of the size hardly depends on the size.
const LARGEST: usize = 300;

/// The dip of ascending numbers: the least distance between their distribution function and any unimodal one, in `[1/2n, 1/4]`; 0
/// for fewer than two different numbers.
///
/// The mode lies between `low` and `high`. The best unimodal function follows the greatest convex minorant of the data's on its
/// left and the least concave majorant on its right. Each round shrinks the interval to where the two are farthest apart, until
/// they are no farther apart there than the data outside are from them. Cost: O(n) per round, few rounds.
pub fn dip(sorted: &[f64]) -> f64 {
    let n = sorted.len();
    let (mut low, mut high) = (0, n.saturating_sub(1));
    if n < 2 || sorted[low] == sorted[high] {
        return 0.0;
    }
    // Twice the dip, in steps of the distribution function.
    let mut dip = 1.0_f64;
    loop {
        let below = hull(sorted, low, high, -1.0);
        let above = hull(sorted, low, high, 1.0);
        let (gap, new_low, new_high) = widest(sorted, &below, &above);
        if gap < dip {
            break;
        }
        let before = below.windows(2).filter(|part| part[1] <= new_low);
        let left = before.map(|part| excess(sorted, part[0], part[1], -1.0));
        let after = above.windows(2).filter(|part| part[0] >= new_high);
        let right = after.map(|part| excess(sorted, part[0], part[1], 1.0));
        dip = left.chain(right).fold(dip, f64::max);
        if (low, high) == (new_low, new_high) {
            break;
        }
        (low, high) = (new_low, new_high);
    }
    dip / (2.0 * n as f64)
}

/// Height of the distribution function at a number: before its step for the lower hull (`side` -1), after it for the upper one.
fn height(at: usize, side: f64) -> f64 {
    at as f64 + if side > 0.0 { 1.0 } else { 0.0 }
}

/// Corners of the hull below the distribution function (`side` -1) or above it (1), from `low` to `high`.
fn hull(x: &[f64], low: usize, high: usize, side: f64) -> Vec<usize> {
    let mut corners: Vec<usize> = vec![low];
    for next in low + 1..=high {
        while let [.., a, b] = corners[..] {
            let turn = (x[b] - x[a]) * (next - b) as f64 - (x[next] - x[b]) * (b - a) as f64;
            // The slope falls along the upper hull and rises along the lower one.
            if turn * side < 0.0 {
                break;
            }
            corners.pop();
        }
        corners.push(next);
    }
    corners
}

/// Height of a hull at a number, on its part from corner `a` to corner `b`.
fn along(x: &[f64], a: usize, b: usize, at: f64, side: f64) -> f64 {
    let width = x[b] - x[a];
    let share = if width > 0.0 {
        (at - x[a]) / width
    } else {
        1.0
    };
    height(a, side) + share * (b - a) as f64
}

/// Where the hulls are farthest apart: the distance, the corner of the lower hull on the left, that of the upper on the right.
fn widest(x: &[f64], below: &[usize], above: &[usize]) -> (f64, usize, usize) {
    let mut best = (0.0, below[0], above[above.len() - 1]);
    let mut part = 0;
    for &corner in &below[1..below.len() - 1] {
        while above[part + 1] < corner {
            part += 1;
        }
        let gap = along(x, above[part], above[part + 1], x[corner], 1.0) - height(corner, -1.0);
        if gap > best.0 {
            best = (gap, corner, above[part + 1]);
        }
    }
    part = 0;
    for &corner in &above[1..above.len() - 1] {
        while below[part + 1] <= corner {
            part += 1;
        }
        let gap = height(corner, 1.0) - along(x, below[part], below[part + 1], x[corner], -1.0);
        if gap > best.0 {
            best = (gap, below[part], corner);
        }
    }
    // Both hulls are straight, and one step apart everywhere.
    if best.0 == 0.0 {
        (1.0, best.1, best.2)
    } else {
        best
    }
}

/// The largest distance of the distribution function from a straight part of a hull, on its far side.
fn excess(x: &[f64], a: usize, b: usize, side: f64) -> f64 {
    if b - a < 2 || x[a] == x[b] {
        return 1.0;
    }
    let far = (a..=b).map(|at| {
        let line = along(x, a, b, x[at], side);
        (line - height(at, -side)) * side
    });
    far.fold(1.0, f64::max)
}

/// Dips of uniform sets of one size, times the square root of the size.
pub(super) struct UniformDips {
    n: usize,
    scaled: Vec<f64>,
}

impl UniformDips {
    /// For dips of `n` numbers.
    pub(super) fn of(n: usize, seed: u64) -> Self {
        let size = n.min(LARGEST);
        let mut rng = Rng::new(seed);
        let n_sets = if n < 4 { 0 } else { SETS };
        let dips = (0..n_sets).map(|_| {
            let mut set: Vec<f64> = (0..size).map(|_| rng.uniform()).collect();
            sort_numbers(&mut set);
            dip(&set) * (size as f64).sqrt()
        });
        Self {
            n,
            scaled: dips.collect(),
        }
    }

    /// The share of uniform sets with a dip at least as large, counting the data as one.
    pub(super) fn p(&self, dip: f64) -> f64 {
        let scaled = dip * (self.n as f64).sqrt();
        let larger = self.scaled.iter().filter(|&&other| other >= scaled).count();
        (larger + 1) as f64 / (self.scaled.len() + 1) as f64
    }
}

/// The share of uniform sets with a dip at least as large, counting the data as one: small if there is more than one mode. 1 for
/// fewer than four numbers.
pub fn dip_p(dip: f64, n: usize, seed: u64) -> f64 {
    UniformDips::of(n, seed).p(dip)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition: over all numbers as the mode, where the function may jump, the least distance to a function that is convex
    /// before it and concave after it, found by bisection.
    fn slow(x: &[f64]) -> f64 {
        let n = x.len();
        let fits = |allowed: f64, mode: usize| {
            // There is a convex function within the band left of the mode if no lower corner lies above a line between upper ones.
            let ok = |a: usize, b: usize, c: usize, is_convex: bool| {
                let share = (x[b] - x[a]) / (x[c] - x[a]);
                let (up, down) = (
                    |i: usize| i as f64 + allowed,
                    |i: usize| (i + 1) as f64 - allowed,
                );
                if is_convex {
                    down(b) <= up(a) + share * (up(c) - up(a)) + 1e-12
                } else {
                    up(b) >= down(a) + share * (down(c) - down(a)) - 1e-12
                }
            };
            let triples = |from: usize, to: usize, is_convex: bool| {
                (from..to).all(|a| (a + 1..to).all(|b| (b + 1..to).all(|c| ok(a, b, c, is_convex))))
            };
            // At the mode the function may jump up, but not down: the least value from the left is at most the largest from the right.
            let rise = |a: usize, b: usize| {
                let (low, high) = (a as f64 + allowed, (b + 1) as f64 - allowed);
                ((high - low) / (x[b] - x[a])).max(0.0)
            };
            let pairs = |from: usize, to: usize| {
                (from..to).flat_map(move |a| (a + 1..to).map(move |b| (a, b)))
            };
            let forced = pairs(0, mode)
                .map(|(a, b)| (b + 1) as f64 - allowed + rise(a, b) * (x[mode] - x[b]));
            let let_be =
                pairs(mode + 1, n).map(|(c, d)| c as f64 + allowed - rise(c, d) * (x[c] - x[mode]));
            let (forced, let_be) = (forced.fold(0.0, f64::max), let_be.fold(n as f64, f64::min));
            triples(0, mode + 1, true) && triples(mode, n, false) && forced <= let_be + 1e-12
        };
        let (mut low, mut high) = (0.0, n as f64);
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if (0..n).any(|mode| fits(middle, mode)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        high / n as f64
    }

    #[test]
    fn the_dip_is_that_of_the_definition() {
        let mut rng = Rng::new(4);
        for round in 0..60 {
            let n = 4 + rng.below(9);
            let mut x: Vec<f64> = (0..n)
                .map(|i| {
                    rng.normal()
                        + if i % 2 == 0 {
                            f64::from(round % 5)
                        } else {
                            0.0
                        }
                })
                .collect();
            sort_numbers(&mut x);
            let (fast, slow) = (dip(&x), slow(&x).max(0.5 / n as f64));
            assert!(
                (fast - slow).abs() < 1e-9,
                "round {round}: {fast} {slow} {x:?}"
            );
        }
    }

    #[test]
    fn two_heaps_dip_and_one_does_not() {
        let mut rng = Rng::new(6);
        let mut draw = |gap: f64| {
            let mut x: Vec<f64> = (0..200)
                .map(|i| rng.normal() + if i % 2 == 0 { gap } else { 0.0 })
                .collect();
            sort_numbers(&mut x);
            dip_p(dip(&x), x.len(), 1)
        };
        assert!(draw(5.0) < 0.01);
        assert!(draw(0.0) > 0.3);
        assert_eq!(dip(&[1.0, 1.0, 1.0]), 0.0);
        assert_eq!(dip(&[]), 0.0);
    }
}
