//! Whether a column has a different distribution in a group than in the rest: whole distributions, since means mislead when a group
//! is in the middle of everyone.
//!
//! ```text
//! D = max over x of | share of the group up to x  -  share of the rest up to x |         (Kolmogorov 1933, Smirnov 1948)
//! p = (1 + permutations of the membership that reach D) / (1 + permutations)
//! ```
//!
//! Where no permutation reaches D, p is at most that of the limit distribution, so that many columns can share a level. For so large a
//! D the limit is above the exact p value, ties included:
//!
//! ```text
//! p <= 2 exp(-2 x^2),    x = D sqrt(members others / n)      (the first term of the limit of Smirnov 1948)
//! ```
//!
//! Whether a permutation reaches D is decided in integers: after `i` of `n` rows, `h` of them members,
//!
//! ```text
//! | h / members - (i - h) / others |  =  | h others - (i - h) members | / (members others)
//! ```

use serde::{Deserialize, Serialize};

use crate::numeric::{Rng, order_of_numbers, pulse};

/// Permutations for small numbers of rows.
const PERMUTATIONS: usize = 999;
/// Rows visited in all permutations together, approximately.
const WORK: usize = 20_000_000;
/// Work steps per row for sorting values.
const STEPS: usize = 64;
/// Tolerance for rounding when permutations are compared with D.
const SLACK: f64 = 1e-12;

/// How a column differs between a group and the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Largest distance between the distribution functions, in `[0, 1]`.
    pub statistic: f64,
    /// Share of permutations that reach it, counting the data as one.
    pub p: f64,
}

/// A column and a group: one value and one membership per row.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    /// NaN where missing.
    pub values: &'a [f64],
    /// Whether each row is in the group.
    pub is_member: &'a [bool],
}

/// Compares `values` (NaN left out) of members with the rest; `None` if one side has no value.
pub fn difference(values: &[f64], is_member: &[bool], seed: u64) -> Option<Difference> {
    let found = differences(&[Sides { values, is_member }], seed);
    found.into_iter().next().flatten()
}

/// Compares many columns and groups, each exactly as [`difference`] does; those with equal numbers of rows are permuted together.
///
/// Cost: O(permutations * rows) for every 16 of them, plus a little for each.
pub fn differences(all: &[Sides], seed: u64) -> Vec<Option<Difference>> {
    let sorted: Vec<Option<Sorted>> = all.iter().map(Sorted::of).collect();
    let mut found = vec![None; all.len()];
    let mut left: Vec<usize> = (0..all.len()).filter(|&at| sorted[at].is_some()).collect();
    while let Some(first) = left.first().and_then(|&at| sorted[at].as_ref()) {
        let n = first.members.len();
        let of = |&at: &usize| Some((at, sorted[at].as_ref()?));
        let mut alike: Vec<(usize, &Sorted)> = left.iter().filter_map(of).collect();
        alike.retain(|(_, sorted)| sorted.members.len() == n);
        alike.truncate(WORDS * BYTES);
        left.retain(|at| alike.iter().all(|(other, _)| other != at));
        let together: Vec<&Sorted> = alike.iter().map(|(_, sorted)| *sorted).collect();
        for ((at, sorted), p) in alike.iter().zip(shares_that_reach(&together, seed)) {
            let statistic = sorted.statistic;
            found[*at] = Some(Difference { statistic, p });
        }
    }
    found
}

/// Rows in ascending order of their value.
struct Sorted {
    members: Vec<bool>,
    /// Whether the next row has a different value.
    ends: Vec<bool>,
    statistic: f64,
    n_members: usize,
}

impl Sorted {
    /// `None` when the group or the rest has no value.
    fn of(Sides { values, is_member }: &Sides) -> Option<Self> {
        pulse(STEPS * values.len());
        // Of equal values members come first, so that the permutations do not hang on the order of the rows.
        let side = |wanted: bool| {
            let rows = 0..values.len();
            rows.filter(move |&i| is_member[i] == wanted && !values[i].is_nan())
        };
        let present: Vec<usize> = side(true).chain(side(false)).collect();
        let order = order_of_numbers(present.len(), |i| values[present[i]]);
        let sorted: Vec<usize> = order.iter().map(|&i| present[i as usize]).collect();
        let members: Vec<bool> = sorted.iter().map(|&i| is_member[i]).collect();
        let next = |at: usize| sorted.get(at + 1).map(|&next| values[next]);
        let is_end = |at: usize| next(at).is_none_or(|next| next != values[sorted[at]]);
        let ends: Vec<bool> = (0..sorted.len()).map(is_end).collect();
        let n_members = members.iter().filter(|&&is| is).count();
        (n_members > 0 && n_members < members.len()).then(|| Self {
            statistic: distance(&members, &ends, n_members),
            members,
            ends,
            n_members,
        })
    }

    /// The p value, given how many permutations reach the distance.
    fn p(&self, reached: usize, permutations: usize) -> f64 {
        let share = (reached + 1) as f64 / (permutations + 1) as f64;
        if reached > 0 {
            return share;
        }
        let (members, n) = (self.n_members as f64, self.members.len() as f64);
        let square = self.statistic * self.statistic * members * (n - members) / n;
        // The other terms matter only where permutations do reach it.
        share.min(2.0 * libm::exp(-2.0 * square))
    }
}

/// The largest distance, counted in integers: exact, in whatever order equal values stand.
fn distance(members: &[bool], ends: &[bool], n_members: usize) -> f64 {
    let (of_group, of_rest) = (n_members as i64, (members.len() - n_members) as i64);
    let (mut height, mut largest) = (0, 0);
    for (&is_member, &ends) in members.iter().zip(ends) {
        height += if is_member { of_rest } else { -of_group };
        if ends {
            largest = largest.max(height.abs());
        }
    }
    largest as f64 / (of_group * of_rest) as f64
}

/// Memberships in a word, one byte each, so that a sum of words counts all of them.
const BYTES: usize = 8;
/// Words per row.
const WORDS: usize = 2;
/// Rows counted at once; a byte can hold their number.
const BLOCK: usize = 64;

type Words = [u64; WORDS];

/// For each, the share of permutations that reach its distance; all have the same number of rows.
fn shares_that_reach(together: &[&Sorted], seed: u64) -> Vec<f64> {
    let n = together.first().map_or(0, |sorted| sorted.members.len());
    let mut memberships = vec![Words::default(); n];
    for (which, sorted) in together.iter().enumerate() {
        for (words, &is_member) in memberships.iter_mut().zip(&sorted.members) {
            words[which / BYTES] |= u64::from(is_member) << (8 * (which % BYTES));
        }
    }
    let permutations = (WORK / n.max(1)).clamp(99, PERMUTATIONS);
    let mut walks: Vec<Walk> = together.iter().map(|sorted| Walk::of(sorted)).collect();
    let mut rng = Rng::new(seed ^ 0x2D);
    for _ in 0..permutations {
        pulse(4 * n);
        shuffle(&mut memberships, &mut rng);
        walks.iter_mut().for_each(Walk::begin);
        for (block, rows) in memberships.chunks(BLOCK).enumerate() {
            let mut counts = Words::default();
            for words in rows {
                (0..WORDS).for_each(|word| counts[word] += words[word]);
            }
            for (which, walk) in walks.iter_mut().enumerate() {
                let byte = (counts[which / BYTES] >> (8 * (which % BYTES))) & 0xFF;
                walk.go(block, rows, (which, byte as i64));
            }
        }
        walks.iter_mut().for_each(Walk::end);
    }
    let of = walks.iter().zip(together);
    of.map(|(walk, sorted)| sorted.p(walk.reached, permutations))
        .collect()
}

#[inline(never)]
fn shuffle(rows: &mut [Words], rng: &mut Rng) {
    for i in 0..rows.len() {
        let other = i + rng.below(rows.len() - i);
        rows.swap(i, other);
    }
}

/// The difference of the distribution functions along a permutation, times members and others.
struct Walk<'a> {
    ends: &'a [bool],
    /// Added for a member, and subtracted for any other row.
    of_member: i64,
    of_other: i64,
    /// The height that reaches the distance of the data.
    far: i64,
    height: i64,
    is_far: bool,
    /// Permutations that reached it.
    reached: usize,
}

impl<'a> Walk<'a> {
    fn of(sorted: &'a Sorted) -> Self {
        let (members, n) = (sorted.n_members as i64, sorted.members.len() as i64);
        let whole = (members * (n - members)) as f64;
        Self {
            ends: &sorted.ends,
            of_member: n - members,
            of_other: members,
            far: libm::ceil((sorted.statistic - SLACK) * whole) as i64,
            height: 0,
            is_far: false,
            reached: 0,
        }
    }

    fn begin(&mut self) {
        (self.height, self.is_far) = (0, false);
    }

    /// Visits a block of rows with `n_members` members.
    fn go(&mut self, block: usize, rows: &[Words], (which, n_members): (usize, i64)) {
        let n_others = rows.len() as i64 - n_members;
        let (up, down) = (n_members * self.of_member, n_others * self.of_other);
        // The extremes within the block are all members first, or all others first.
        if !self.is_far && (self.height + up >= self.far || self.height - down <= -self.far) {
            self.is_far = self.comes_far(block, rows, which);
        }
        self.height += up - down;
    }

    fn comes_far(&self, block: usize, rows: &[Words], which: usize) -> bool {
        let mut height = self.height;
        let mut rows = rows.iter().zip(&self.ends[block * BLOCK..]);
        rows.any(|(words, &is_end)| {
            let is_member = (words[which / BYTES] >> (8 * (which % BYTES))) & 1 == 1;
            height += if is_member {
                self.of_member
            } else {
                -self.of_other
            };
            is_end && height.abs() >= self.far
        })
    }

    fn end(&mut self) {
        self.reached += usize::from(self.is_far);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One column and group alone, one permutation at a time.
    fn slow(values: &[f64], is_member: &[bool], seed: u64) -> Option<Difference> {
        let sorted = Sorted::of(&Sides { values, is_member })?;
        let mut members = sorted.members.clone();
        let mut rng = Rng::new(seed ^ 0x2D);
        let permutations = (WORK / members.len()).clamp(99, PERMUTATIONS);
        let mut reached = 0;
        for _ in 0..permutations {
            for i in 0..members.len() {
                let other = i + rng.below(members.len() - i);
                members.swap(i, other);
            }
            let distance = distance(&members, &sorted.ends, sorted.n_members);
            reached += usize::from(distance >= sorted.statistic - SLACK);
        }
        Some(Difference {
            statistic: sorted.statistic,
            p: sorted.p(reached, permutations),
        })
    }

    #[test]
    fn many_at_once_are_what_each_is_alone() {
        let mut rng = Rng::new(11);
        let n = 230;
        let columns: Vec<Vec<f64>> = (0..20)
            .map(|column| {
                (0..n)
                    .map(|i| match column % 4 {
                        // Ties, missing values, a shift for some.
                        0 => rng.below(4) as f64,
                        1 if rng.below(9) == 0 => f64::NAN,
                        2 => rng.normal() + if i < 40 { 0.6 } else { 0.0 },
                        _ => rng.normal(),
                    })
                    .collect()
            })
            .collect();
        let groups: Vec<Vec<bool>> = vec![
            (0..n).map(|i| i < 40).collect(),
            (0..n).map(|i| i % 3 == 0).collect(),
            vec![true; n],
        ];
        let pairs = || {
            columns
                .iter()
                .flat_map(|values| groups.iter().map(move |group| (values, group)))
        };
        let all: Vec<Sides> = pairs()
            .map(|(values, is_member)| Sides { values, is_member })
            .collect();
        let found = differences(&all, 5);
        let expected: Vec<_> = pairs()
            .map(|(values, is_member)| slow(values, is_member, 5))
            .collect();
        assert_eq!(found, expected);
        assert!(found.iter().flatten().any(|it| it.p < 0.01));
        assert!(found.iter().flatten().any(|it| it.p > 0.5));
    }

    #[test]
    fn a_group_in_the_middle_differs_though_its_mean_does_not() {
        let values: Vec<f64> = (0..200).map(f64::from).collect();
        let middle: Vec<bool> = (0..200).map(|i| (80..120).contains(&i)).collect();
        let found = difference(&values, &middle, 1).unwrap();
        // Up to 79: 80 of the 160 others, none of the group.
        assert!(
            (found.statistic - 0.5).abs() < 1e-12 && found.p < 0.01,
            "{found:?}"
        );
        let scattered: Vec<bool> = (0..200).map(|i| i % 5 == 0).collect();
        assert!(difference(&values, &scattered, 1).unwrap().p > 0.3);
        assert_eq!(difference(&values, &[false; 200], 1), None);
        let alike = difference(
            &[1.0; 10],
            &[
                true, false, true, false, true, false, true, false, true, false,
            ],
            1,
        );
        assert_eq!(
            alike,
            Some(Difference {
                statistic: 0.0,
                p: 1.0
            })
        );
    }
}
