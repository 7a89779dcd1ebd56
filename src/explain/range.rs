//! The range of a column with the largest F1, and an upper bound for F1.
//!
//! The best range is exact: F1 reaches `f` if the sum over a range of `2 member - f` reaches `f` times the number of members; the
//! range with the largest sum is found in one pass (Kadane), and `f` is raised until there is no improvement (Dinkelbach 1967,
//! Manag. Sci. 13).

use crate::numeric::{order_of_numbers, pulse};

/// A column and its distinct values, the steps.
pub(super) struct Column<'a> {
    pub(super) name: &'a str,
    pub(super) values: &'a [f64],
    /// Rows with a value, in ascending order of it.
    pub(super) order: Vec<usize>,
    /// Distinct values, ascending.
    pub(super) steps: Vec<f64>,
    /// The step of each row; [`MISSING`] if it has no value.
    step_of: Vec<u32>,
    /// The bin of each step.
    bin_of: Vec<u32>,
    /// First and last step of the best range.
    pub(super) own: Option<(usize, usize)>,
}

const MISSING: u32 = u32::MAX;
/// Work steps per row for sorting a column.
const STEPS: usize = 64;
/// With more steps than this, they are grouped into this many bins.
const BINS: usize = 256;

impl<'a> Column<'a> {
    pub(super) fn of(name: &'a str, values: &'a [f64]) -> Self {
        pulse(STEPS * values.len());
        let present: Vec<usize> = (0..values.len()).filter(|&i| !values[i].is_nan()).collect();
        let order = order_of_numbers(present.len(), |i| values[present[i]]);
        let order: Vec<usize> = order.into_iter().map(|i| present[i as usize]).collect();
        let (mut steps, mut step_of): (Vec<f64>, Vec<u32>) =
            (Vec::new(), vec![MISSING; values.len()]);
        let mut bin_of: Vec<u32> = Vec::new();
        for (at, &row) in order.iter().enumerate() {
            if steps.last() != Some(&values[row]) {
                steps.push(values[row]);
                bin_of.push((at * BINS / order.len()) as u32);
            }
            step_of[row] = (steps.len() - 1) as u32;
        }
        if steps.len() <= BINS {
            bin_of = (0..steps.len() as u32).collect();
        }
        Self {
            name,
            values,
            order,
            steps,
            step_of,
            bin_of,
            own: None,
        }
    }
}

/// A range of a column.
pub(super) struct Range {
    /// First and last step.
    pub(super) steps: (usize, usize),
    pub(super) n_picked: usize,
    pub(super) n_hit: usize,
}

/// Numbers of rows and of members among them.
#[derive(Clone, Copy, Default)]
struct Count {
    n: u32,
    hits: u32,
}

impl Count {
    fn add(&mut self, is_member: bool) {
        self.n += 1;
        self.hits += u32::from(is_member);
    }

    fn remove(&mut self, is_member: bool) {
        self.n -= 1;
        self.hits -= u32::from(is_member);
    }

    /// `of_hit hits - of_row n`.
    fn worth(self, (of_hit, of_row): (f64, f64)) -> f64 {
        of_hit * f64::from(self.hits) - of_row * f64::from(self.n)
    }
}

/// The rows kept by a bound on another column, counted by the steps of a column.
#[derive(Clone)]
pub(super) struct Kept {
    steps: Vec<Count>,
    /// The same counts by bin.
    bins: Vec<Count>,
    /// Whether every bin is a single step.
    is_exact: bool,
    /// The count within the best range of the column.
    own: Count,
    n_members: f64,
}

impl Kept {
    pub(super) fn all(column: &Column, is_member: &[bool]) -> Self {
        let n_bins = column.bin_of.last().map_or(0, |&bin| bin as usize + 1);
        let mut kept = Self {
            steps: vec![Count::default(); column.steps.len()],
            bins: vec![Count::default(); n_bins],
            is_exact: n_bins == column.steps.len(),
            own: Count::default(),
            n_members: is_member.iter().filter(|&&is| is).count() as f64,
        };
        for (row, &is_member) in is_member.iter().enumerate() {
            kept.take(column, row, is_member);
        }
        kept
    }

    pub(super) fn none(&self) -> Self {
        Self {
            steps: vec![Count::default(); self.steps.len()],
            bins: vec![Count::default(); self.bins.len()],
            own: Count::default(),
            ..*self
        }
    }

    pub(super) fn take(&mut self, column: &Column, row: usize, is_member: bool) {
        self.change(column, row, |count| count.add(is_member));
    }

    pub(super) fn drop(&mut self, column: &Column, row: usize, is_member: bool) {
        self.change(column, row, |count| count.remove(is_member));
    }

    fn change(&mut self, column: &Column, row: usize, change: impl Fn(&mut Count)) {
        let step = column.step_of[row] as usize;
        if let Some(count) = self.steps.get_mut(step) {
            change(count);
            change(&mut self.bins[column.bin_of[step] as usize]);
            if column
                .own
                .is_some_and(|(first, last)| (first..=last).contains(&step))
            {
                change(&mut self.own);
            }
        }
    }

    /// The range with the largest F1 among the rows kept.
    pub(super) fn best(&self) -> Option<Range> {
        let steps: Vec<(usize, f64, f64)> = self
            .steps
            .iter()
            .enumerate()
            .filter(|(_, count)| count.n > 0)
            .map(|(step, count)| (step, f64::from(count.n), f64::from(count.hits)))
            .collect();
        let (mut target, mut best) = (0.0, None);
        loop {
            let (mut sum, mut from, mut top) = (0.0, 0, (f64::NEG_INFINITY, 0, 0));
            for (at, &(_, n, hits)) in steps.iter().enumerate() {
                if sum <= 0.0 {
                    (sum, from) = (0.0, at);
                }
                sum += 2.0 * hits - target * n;
                if sum > top.0 {
                    top = (sum, from, at);
                }
            }
            let part = steps.get(top.1..=top.2)?;
            let (n, hits) = part
                .iter()
                .fold((0.0, 0.0), |(n, hits), step| (n + step.1, hits + step.2));
            let f1 = 2.0 * hits / (self.n_members + n);
            if f1 <= target + 1e-12 {
                return best;
            }
            target = f1;
            best = Some(Range {
                steps: (part[0].0, part[part.len() - 1].0),
                n_picked: n as usize,
                n_hit: hits as usize,
            });
        }
    }

    /// Whether the best range of these rows may be a rule with an F1 above `least`; `false` is certain.
    ///
    /// ```text
    /// F     the larger of `least` and the F1 of some known range: the best range has no less
    /// rule  2 hits >= F (members + n)   and, as precision must be at least one half,   2 hits >= n
    ///       hence   (2 + 2 m) hits - (F + m) n  >=  F members     for any m >= 0
    /// ```
    ///
    /// The largest left side over ranges of bins is found in one pass; of the bins at both ends only members are counted.
    pub(super) fn may_hold(&self, least: f64) -> bool {
        let of_range = f64::from(self.own.hits) * 2.0 / (self.n_members + f64::from(self.own.n));
        let f1 = least.max(of_range) * (1.0 - 1e-9);
        [0.0, 1.0, 4.0]
            .into_iter()
            .all(|m| self.largest_sum((2.0 + 2.0 * m, f1 + m)) >= f1 * self.n_members)
    }

    /// Work steps of [`Kept::may_hold`], and of the counting before it.
    pub(super) fn n_steps(&self) -> usize {
        8 * self.bins.len()
    }

    fn largest_sum(&self, weights: (f64, f64)) -> f64 {
        if self.is_exact {
            largest_sum(&self.steps, weights, true)
        } else {
            largest_sum(&self.bins, weights, false)
        }
    }
}

/// The largest worth of a range; if bins are not exact, an upper bound for ranges that start and end within bins.
fn largest_sum(bins: &[Count], weights: (f64, f64), is_exact: bool) -> f64 {
    let (mut sum, mut largest) = (0.0_f64, f64::NEG_INFINITY);
    for &count in bins {
        let whole = count.worth(weights);
        let end = if is_exact {
            whole
        } else {
            let hits = Count {
                n: count.hits,
                ..count
            };
            hits.worth(weights).max(0.0)
        };
        let with = sum + end;
        if with > largest {
            largest = with;
        }
        let on = sum + whole;
        sum = if on > end { on } else { end };
        if sum < 0.0 {
            sum = 0.0;
        }
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    /// Tries every range.
    fn slow(values: &[f64], is_member: &[bool]) -> f64 {
        let members = is_member.iter().filter(|&&is| is).count() as f64;
        let mut best = 0.0_f64;
        for &min in values {
            for &max in values {
                let picked = || (0..values.len()).filter(|&i| (min..=max).contains(&values[i]));
                let hits = picked().filter(|&i| is_member[i]).count() as f64;
                best = best.max(2.0 * hits / (members + picked().count() as f64));
            }
        }
        best
    }

    #[test]
    fn no_range_is_better_than_the_one_found() {
        let mut rng = Rng::new(9);
        for round in 0..100 {
            let n = 5 + rng.below(40);
            let values: Vec<f64> = (0..n).map(|_| rng.below(12) as f64).collect();
            let is_member: Vec<bool> = values
                .iter()
                .map(|&x| (x > 3.0 && x < 8.0) == (rng.below(4) > 0))
                .collect();
            let column = Column::of("a", &values);
            let kept = Kept::all(&column, &is_member);
            let (picked, hits) = kept
                .best()
                .map_or((1, 0), |found| (found.n_picked, found.n_hit));
            let members = is_member.iter().filter(|&&is| is).count() as f64;
            let found = 2.0 * hits as f64 / (members + picked as f64);
            assert!(
                (found - slow(&values, &is_member)).abs() < 1e-12,
                "round {round}"
            );
        }
    }
}
