//! One iteration of expectation and maximisation, block by block, without a table of responsibilities.
//!
//! ```text
//! ln p_c(x) = log_scale_c - |L_c (x - m_c)|^2 / 2        r_c(x) = p_c(x) / sum_c p_c(x)        log-likelihood = sum_x ln sum_c p_c(x)
//! ```

use super::component::{Component, Sums};
use crate::cluster::Samples;
use crate::numeric::{F64x4, LANES};

/// Groups of four samples per call of the kernel.
const GROUPS: usize = 32;
const BLOCK: usize = GROUPS * LANES;
/// A component whose density is less than `e` to this of the largest adds nothing that double precision could hold.
const NEGLIGIBLE: f64 = -40.0;

/// Samples in whole groups; what fills the last group up has weight 0.
pub(super) struct Groups {
    columns: Vec<Vec<f64>>,
    weights: Vec<f64>,
    /// Samples that are not filling.
    pub(super) n: usize,
}

impl Groups {
    pub(super) fn new(samples: &Samples) -> Self {
        let fill = |column: &Vec<f64>, with: f64| {
            let mut column = column.clone();
            column.resize(column.len().next_multiple_of(LANES), with);
            column
        };
        Self {
            columns: samples
                .columns
                .iter()
                .map(|column| fill(column, column.last().copied().unwrap_or(0.0)))
                .collect(),
            weights: fill(&samples.weights, 0.0),
            n: samples.n_distinct(),
        }
    }
}

/// Densities of a block, component by component.
pub(super) struct Block {
    values: Vec<[F64x4; GROUPS]>,
    totals: [F64x4; GROUPS],
    largest: [F64x4; GROUPS],
}

impl Block {
    pub(super) fn new(n_clusters: usize) -> Self {
        let zeros = [F64x4::splat(0.0); GROUPS];
        Self {
            values: vec![zeros; n_clusters],
            totals: zeros,
            largest: zeros,
        }
    }
}

/// Adds all samples to `sums`, each component by its responsibility; returns the log-likelihood.
pub(super) fn expect(
    groups: &Groups,
    components: &[Component],
    block: &mut Block,
    sums: &mut [Sums],
) -> f64 {
    let mut log_likelihood = 0.0;
    for start in (0..groups.weights.len()).step_by(BLOCK) {
        densities(groups, components, start, block);
        log_likelihood += likelihood(groups, start, block);
        for (which, (component, sums)) in components.iter().zip(sums.iter_mut()).enumerate() {
            match groups.columns.len() {
                2 => add::<2>(groups, component, which, start, block, sums),
                3 => add::<3>(groups, component, which, start, block, sums),
                _ => add::<0>(groups, component, which, start, block, sums),
            }
        }
    }
    log_likelihood
}

/// Calls `take` with each sample's number and its responsibilities.
pub(super) fn each_posterior(
    groups: &Groups,
    components: &[Component],
    mut take: impl FnMut(usize, &[f64]),
) {
    let mut block = Block::new(components.len());
    let mut of_one = vec![0.0; components.len()];
    for start in (0..groups.weights.len()).step_by(BLOCK) {
        densities(groups, components, start, &mut block);
        for i in start..(start + BLOCK).min(groups.n) {
            let (group, lane) = ((i - start) / LANES, (i - start) % LANES);
            let total = block.totals[group].to_array()[lane];
            for (share, values) in of_one.iter_mut().zip(&block.values) {
                *share = values[group].to_array()[lane] / total;
            }
            take(i, &of_one);
        }
    }
}

/// Fills `values` with densities relative to the largest of each sample, and `totals` with their sums.
#[inline(never)]
fn densities(groups: &Groups, components: &[Component], start: usize, block: &mut Block) {
    let n_groups = (groups.weights.len() - start).min(BLOCK) / LANES;
    block.largest = [F64x4::splat(f64::NEG_INFINITY); GROUPS];
    for (component, values) in components.iter().zip(&mut block.values) {
        match groups.columns.len() {
            2 => log_densities::<2>(
                groups,
                component,
                start,
                n_groups,
                values,
                &mut block.largest,
            ),
            3 => log_densities::<3>(
                groups,
                component,
                start,
                n_groups,
                values,
                &mut block.largest,
            ),
            _ => log_densities::<0>(
                groups,
                component,
                start,
                n_groups,
                values,
                &mut block.largest,
            ),
        }
    }
    block.totals = [F64x4::splat(0.0); GROUPS];
    for values in &mut block.values {
        for group in 0..n_groups {
            let relative = values[group].minus(block.largest[group]);
            values[group] = if relative.all_below(F64x4::splat(NEGLIGIBLE)) {
                F64x4::splat(0.0)
            } else {
                // Lanes far below are held where the power is still a normal number.
                let floor = F64x4::splat(-700.0);
                relative.where_less(floor, floor, relative).exp()
            };
            block.totals[group] = block.totals[group].plus(values[group]);
        }
    }
}

/// `D` is the number of features, or 0 for any number.
#[inline(never)]
fn log_densities<const D: usize>(
    groups: &Groups,
    component: &Component,
    start: usize,
    n_groups: usize,
    values: &mut [F64x4; GROUPS],
    largest: &mut [F64x4; GROUPS],
) {
    let d = if D == 0 { groups.columns.len() } else { D };
    let mut differences = vec![F64x4::splat(0.0); d];
    for group in 0..n_groups {
        differences_of(
            groups,
            component,
            start + group * LANES,
            &mut differences[..d],
        );
        let mut squared = F64x4::splat(0.0);
        for i in 0..d {
            let row = &component.whitener.row(i)[..=i];
            let mut whitened = F64x4::splat(0.0);
            for (&l, difference) in row.iter().zip(&differences) {
                whitened = whitened.plus(F64x4::splat(l).times(*difference));
            }
            squared = squared.plus(whitened.times(whitened));
        }
        let value = F64x4::splat(component.log_scale).minus(squared.times(F64x4::splat(0.5)));
        values[group] = value;
        largest[group] = largest[group].where_less(value, value, largest[group]);
    }
}

#[inline(always)]
#[allow(
    clippy::inline_always,
    reason = "a call per group would cost as much as the group"
)]
fn differences_of(groups: &Groups, component: &Component, at: usize, differences: &mut [F64x4]) {
    for ((difference, column), &mean) in differences
        .iter_mut()
        .zip(&groups.columns)
        .zip(&component.mean)
    {
        if let Some(values) = column[at..].first_chunk() {
            *difference = F64x4::load(values).minus(F64x4::splat(mean));
        }
    }
}

/// `sum of weight (largest + ln total)` over the block.
#[inline(never)]
fn likelihood(groups: &Groups, start: usize, block: &Block) -> f64 {
    let n_groups = (groups.weights.len() - start).min(BLOCK) / LANES;
    let (mut sum, mut product) = (F64x4::splat(0.0), F64x4::splat(1.0));
    let mut logs = 0.0;
    let one = F64x4::splat(1.0);
    for group in 0..n_groups {
        let Some(weights) = groups.weights[start + group * LANES..].first_chunk() else {
            continue;
        };
        let weights = F64x4::load(weights);
        sum = sum.plus(weights.times(block.largest[group]));
        // Totals lie between 1 and the number of components: where every weight is 1, one logarithm serves a few groups.
        if weights.to_array() == one.to_array() {
            product = product.times(block.totals[group]);
            if group % 8 == 7 {
                logs += product
                    .to_array()
                    .iter()
                    .map(|&x| libm::log(x))
                    .sum::<f64>();
                product = one;
            }
        } else {
            let pairs = weights
                .to_array()
                .into_iter()
                .zip(block.totals[group].to_array());
            logs += pairs
                .map(|(weight, total)| weight * libm::log(total))
                .sum::<f64>();
        }
    }
    logs += product
        .to_array()
        .iter()
        .map(|&x| libm::log(x))
        .sum::<f64>();
    sum.to_array().iter().sum::<f64>() + logs
}

/// Adds a block to the sums of one component.
#[inline(never)]
fn add<const D: usize>(
    groups: &Groups,
    component: &Component,
    which: usize,
    start: usize,
    block: &Block,
    sums: &mut Sums,
) {
    let d = if D == 0 { groups.columns.len() } else { D };
    let n_groups = (groups.weights.len() - start).min(BLOCK) / LANES;
    let mut differences = vec![F64x4::splat(0.0); d];
    let values = &block.values[which];
    for group in 0..n_groups {
        let at = start + group * LANES;
        if values[group].all_below(F64x4::splat(f64::MIN_POSITIVE)) {
            continue;
        }
        let Some(weights) = groups.weights[at..].first_chunk() else {
            continue;
        };
        let share = values[group]
            .over(block.totals[group])
            .times(F64x4::load(weights));
        differences_of(groups, component, at, &mut differences[..d]);
        sums.weight = sums.weight.plus(share);
        let mut second = sums.second.iter_mut();
        for i in 0..d {
            let first = share.times(differences[i]);
            sums.first[i] = sums.first[i].plus(first);
            for (difference, second) in differences[..=i].iter().zip(&mut second) {
                *second = second.plus(first.times(*difference));
            }
        }
    }
}
