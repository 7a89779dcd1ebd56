//! One iteration of expectation and maximisation, block by block, without a table of responsibilities.
//!
//! ```text
//! ln p_c(x) = log_scale_c - |L_c (x - m_c)|^2 / 2        r_c(x) = p_c(x) / sum_c p_c(x)        log-likelihood = sum_x ln sum_c p_c(x)
//! ```
//!
//! A block is small enough for the nearest cache; every loop runs over its groups of four samples with all else fixed.

use super::component::{Component, Sums};
use crate::cluster::Samples;
use crate::numeric::{F64x4, LANES};

/// Groups of four samples per block.
const GROUPS: usize = 32;
const BLOCK: usize = GROUPS * LANES;
/// A component whose density is less than `e` to this of the largest adds nothing that double precision could hold.
const NEGLIGIBLE: f64 = -40.0;

/// One number per sample of a block.
type Lane = [F64x4; GROUPS];

/// Samples in whole blocks; what fills the last one up has weight 0.
pub(super) struct Blocks {
    columns: Vec<Vec<f64>>,
    weights: Vec<f64>,
    /// Samples that are not filling.
    n: usize,
}

impl Blocks {
    pub(super) fn new(samples: &Samples) -> Self {
        let fill = |column: &Vec<f64>, with: f64| {
            let mut column = column.clone();
            column.resize(column.len().next_multiple_of(BLOCK), with);
            column
        };
        let last = |column: &Vec<f64>| column.last().copied().unwrap_or(0.0);
        Self {
            columns: samples
                .columns
                .iter()
                .map(|column| fill(column, last(column)))
                .collect(),
            weights: fill(&samples.weights, 0.0),
            n: samples.n_distinct(),
        }
    }

    fn starts(&self) -> impl Iterator<Item = usize> {
        (0..self.weights.len()).step_by(BLOCK)
    }
}

/// What is known of the block in hand.
pub(super) struct Work {
    /// Density of each component, relative to the largest of each sample.
    densities: Vec<Lane>,
    largest: Lane,
    /// Sum of the densities.
    totals: Lane,
    /// Differences to a mean, feature by feature.
    differences: Vec<Lane>,
}

impl Work {
    pub(super) fn new(n_clusters: usize, n_features: usize) -> Self {
        let zeros = [F64x4::splat(0.0); GROUPS];
        Self {
            densities: vec![zeros; n_clusters],
            largest: zeros,
            totals: zeros,
            differences: vec![zeros; n_features],
        }
    }
}

/// Adds all samples to `sums`, each component by its responsibility; returns the log-likelihood.
pub(super) fn expect(
    blocks: &Blocks,
    components: &[Component],
    work: &mut Work,
    sums: &mut [Sums],
) -> f64 {
    let mut log_likelihood = 0.0;
    for start in blocks.starts() {
        densities(blocks, components, start, work);
        let mut weights = [F64x4::splat(0.0); GROUPS];
        load(&blocks.weights[start..], 0.0, &mut weights);
        log_likelihood += likelihood(work, &weights);
        // Responsibilities are densities times this.
        for group in 0..GROUPS {
            weights[group] = weights[group].over(work.totals[group]);
        }
        for (which, (component, sums)) in components.iter().zip(sums.iter_mut()).enumerate() {
            add(blocks, component, which, start, &weights, work, sums);
        }
    }
    log_likelihood
}

/// Calls `take` with each sample's number and its responsibilities.
pub(super) fn each_posterior(
    blocks: &Blocks,
    components: &[Component],
    mut take: impl FnMut(usize, &[f64]),
) {
    let mut work = Work::new(components.len(), blocks.columns.len());
    let mut of_one = vec![0.0; components.len()];
    for start in blocks.starts() {
        densities(blocks, components, start, &mut work);
        for i in start..(start + BLOCK).min(blocks.n) {
            let (group, lane) = ((i - start) / LANES, (i - start) % LANES);
            let total = work.totals[group].to_array()[lane];
            for (share, densities) in of_one.iter_mut().zip(&work.densities) {
                *share = densities[group].to_array()[lane] / total;
            }
            take(i, &of_one);
        }
    }
}

/// Reads a block of a column, less `origin`.
fn load(column: &[f64], origin: f64, lane: &mut Lane) {
    let origin = F64x4::splat(origin);
    let (groups, _) = column.as_chunks::<LANES>();
    for (place, values) in lane.iter_mut().zip(groups) {
        *place = F64x4::load(values).minus(origin);
    }
}

/// Fills `densities`, `largest` and `totals`.
#[inline(never)]
fn densities(blocks: &Blocks, components: &[Component], start: usize, work: &mut Work) {
    work.largest = [F64x4::splat(f64::NEG_INFINITY); GROUPS];
    for (which, component) in components.iter().enumerate() {
        let mut squared = [F64x4::splat(0.0); GROUPS];
        for feature in 0..blocks.columns.len() {
            load(
                &blocks.columns[feature][start..],
                component.mean[feature],
                &mut work.differences[feature],
            );
            let mut whitened = [F64x4::splat(0.0); GROUPS];
            let row = component.whitener.row(feature);
            for (&l, differences) in row.iter().zip(&work.differences[..=feature]) {
                let l = F64x4::splat(l);
                for group in 0..GROUPS {
                    whitened[group] = whitened[group].plus(l.times(differences[group]));
                }
            }
            for group in 0..GROUPS {
                squared[group] = squared[group].plus(whitened[group].times(whitened[group]));
            }
        }
        let (log_scale, half) = (F64x4::splat(component.log_scale), F64x4::splat(0.5));
        let log_densities = &mut work.densities[which];
        for group in 0..GROUPS {
            let value = log_scale.minus(squared[group].times(half));
            let largest = work.largest[group];
            log_densities[group] = value;
            work.largest[group] = largest.where_less(value, value, largest);
        }
    }
    work.totals = [F64x4::splat(0.0); GROUPS];
    let (negligible, zero) = (F64x4::splat(NEGLIGIBLE), F64x4::splat(0.0));
    for densities in &mut work.densities {
        for group in 0..GROUPS {
            let relative = densities[group].minus(work.largest[group]);
            densities[group] = if relative.all_below(negligible) {
                zero
            } else {
                let held = relative.where_less(negligible, negligible, relative);
                relative.where_less(negligible, zero, held.exp())
            };
            work.totals[group] = work.totals[group].plus(densities[group]);
        }
    }
}

/// `sum of weight (largest + ln total)` over the block.
#[inline(never)]
fn likelihood(work: &Work, weights: &Lane) -> f64 {
    let one = [1.0; LANES];
    let (mut sum, mut product) = (F64x4::splat(0.0), F64x4::splat(1.0));
    let mut logs = 0.0;
    for group in 0..GROUPS {
        sum = sum.plus(weights[group].times(work.largest[group]));
        // Totals lie between 1 and the number of components: where every weight is 1, one logarithm serves the block.
        let of_group = weights[group].to_array();
        if of_group == one {
            product = product.times(work.totals[group]);
        } else {
            let pairs = of_group.into_iter().zip(work.totals[group].to_array());
            logs += pairs
                .map(|(weight, total)| weight * libm::log(total))
                .sum::<f64>();
        }
    }
    let of_product = product.to_array().into_iter().map(libm::log);
    sum.to_array().iter().sum::<f64>() + logs + of_product.sum::<f64>()
}

/// Adds a block to the sums of one component.
#[inline(never)]
fn add(
    blocks: &Blocks,
    component: &Component,
    which: usize,
    start: usize,
    weights: &Lane,
    work: &mut Work,
    sums: &mut Sums,
) {
    let smallest = F64x4::splat(f64::MIN_POSITIVE);
    let mut shares = work.densities[which];
    let mut is_needed = false;
    for group in 0..GROUPS {
        is_needed |= !shares[group].all_below(smallest);
        shares[group] = shares[group].times(weights[group]);
        sums.weight = sums.weight.plus(shares[group]);
    }
    if !is_needed {
        return;
    }
    let mut second = sums.second.iter_mut();
    for feature in 0..blocks.columns.len() {
        load(
            &blocks.columns[feature][start..],
            component.mean[feature],
            &mut work.differences[feature],
        );
        let mut first = [F64x4::splat(0.0); GROUPS];
        let mut total = F64x4::splat(0.0);
        for group in 0..GROUPS {
            first[group] = shares[group].times(work.differences[feature][group]);
            total = total.plus(first[group]);
        }
        sums.first[feature] = sums.first[feature].plus(total);
        for (differences, second) in work.differences[..=feature].iter().zip(&mut second) {
            let mut total = F64x4::splat(0.0);
            for group in 0..GROUPS {
                total = total.plus(first[group].times(differences[group]));
            }
            *second = second.plus(total);
        }
    }
}
