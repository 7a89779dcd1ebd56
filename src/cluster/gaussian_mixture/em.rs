//! One iteration of expectation and maximisation, block by block, without a table of responsibilities.
//!
//! ```text
//! ln p_c(x) = log_scale_c - |L_c (x - m_c)|^2 / 2        r_c(x) = p_c(x) / sum_c p_c(x)        log-likelihood = sum_x ln sum_c p_c(x)
//! ```
//!
//! A block fits into the first-level cache; every loop runs over its groups of four samples with everything else fixed.

use super::Component;
use super::blocks::{BLOCK, Blocks, GROUPS};
use super::densities::{Lane, Precision, Work, block_of, densities, load};
use super::maximise::Sums;
use crate::numeric::{F64x4, LANES, pulse};

/// Adds all samples to `sums`, each component by its responsibility; returns the log-likelihood.
pub(super) fn expect(
    blocks: &Blocks,
    components: &[Component],
    precision: Precision,
    work: &mut Work,
    sums: &mut [Sums],
) -> f64 {
    let mut log_likelihood = 0.0;
    for start in blocks.starts() {
        densities(blocks, components, start, precision, work);
        pulse(work.n_steps());
        let mut weights = [F64x4::splat(0.0); GROUPS];
        load(&blocks.weights[start..], 0.0, &mut weights);
        log_likelihood += likelihood(work, &weights);
        // Responsibilities are densities times this.
        for group in 0..GROUPS {
            weights[group] = weights[group].over(work.totals[group]);
        }
        for &which in &work.reaching {
            let (component, sums) = (&components[which], &mut sums[which]);
            let shares = &work.densities[which];
            match component.mean.len() {
                1 => add::<1>(blocks, component, shares, start, &weights, sums),
                2 => add::<2>(blocks, component, shares, start, &weights, sums),
                3 => add::<3>(blocks, component, shares, start, &weights, sums),
                4 => add::<4>(blocks, component, shares, start, &weights, sums),
                _ => add_any(
                    blocks,
                    component,
                    shares,
                    start,
                    &weights,
                    &mut work.differences,
                    sums,
                ),
            }
        }
    }
    log_likelihood
}

/// Calls `take` with every block: its samples, up to four per group, and what is known of it. Returns the
/// log-likelihood.
fn each_block(
    blocks: &Blocks,
    components: &[Component],
    mut take: impl FnMut(&[u32], &Work),
) -> f64 {
    let mut log_likelihood = 0.0;
    let mut work = Work::new(components.len(), blocks.columns.len());
    for start in blocks.starts() {
        densities(blocks, components, start, Precision::Double, &mut work);
        pulse(work.n_steps());
        let mut weights = [F64x4::splat(0.0); GROUPS];
        load(&blocks.weights[start..], 0.0, &mut weights);
        log_likelihood += likelihood(&work, &weights);
        let end = (start + BLOCK).min(blocks.order.len());
        take(&blocks.order[start..end], &work);
    }
    log_likelihood
}

/// Writes the responsibilities of all components for every distinct sample, row by row.
pub(super) fn posteriors(blocks: &Blocks, components: &[Component], into: &mut [f64]) {
    let k = components.len();
    each_block(blocks, components, |samples, work| {
        for (group, samples) in samples.chunks(LANES).enumerate() {
            for &which in &work.reaching {
                let shares = work.densities[which][group].over(work.totals[group]);
                for (&i, share) in samples.iter().zip(shares.to_array()) {
                    into[i as usize * k + which] = share;
                }
            }
        }
    });
}

/// Writes the most probable component of every distinct sample, the lowest where several are, and its responsibility; returns
/// the log-likelihood.
pub(super) fn most_probable(
    blocks: &Blocks,
    components: &[Component],
    labels: &mut [u32],
    certainty: &mut [f64],
) -> f64 {
    each_block(blocks, components, |samples, work| {
        most_probable_of_block(samples, work, labels, certainty);
    })
}

#[inline(never)]
fn most_probable_of_block(samples: &[u32], work: &Work, labels: &mut [u32], certainty: &mut [f64]) {
    for (group, samples) in samples.chunks(LANES).enumerate() {
        let (mut best, mut number) = (F64x4::splat(0.0), F64x4::splat(0.0));
        for &which in &work.reaching {
            let density = work.densities[which][group];
            number = best.where_less(density, F64x4::splat(which as f64), number);
            best = best.where_less(density, density, best);
        }
        let best = best.over(work.totals[group]).to_array();
        let numbers = number.to_array();
        for (lane, &i) in samples.iter().enumerate() {
            labels[i as usize] = numbers[lane] as u32;
            certainty[i as usize] = best[lane];
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
        // Totals lie between 1 and the number of components, so their product cannot overflow: if every weight is 1, one logarithm is
        // enough for the block.
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

/// Adds a block to the sums of one component, `D` features at once in registers.
#[inline(never)]
fn add<const D: usize>(
    blocks: &Blocks,
    component: &Component,
    densities: &Lane,
    start: usize,
    weights: &Lane,
    sums: &mut Sums,
) {
    let columns = block_of::<D>(blocks, start);
    let mean: [F64x4; D] = std::array::from_fn(|feature| F64x4::splat(component.mean[feature]));
    let mut weight = F64x4::splat(0.0);
    let mut first = [F64x4::splat(0.0); D];
    let mut second = [[F64x4::splat(0.0); D]; D];
    for group in 0..GROUPS {
        let share = densities[group].times(weights[group]);
        weight = weight.plus(share);
        let differences: [F64x4; D] = std::array::from_fn(|feature| {
            F64x4::load(&columns[feature][group]).minus(mean[feature])
        });
        for feature in 0..D {
            let shared = share.times(differences[feature]);
            first[feature] = first[feature].plus(shared);
            for other in 0..=feature {
                let product = shared.times(differences[other]);
                second[feature][other] = second[feature][other].plus(product);
            }
        }
    }
    sums.weight = sums.weight.plus(weight);
    let mut seconds = sums.second.iter_mut();
    for feature in 0..D {
        sums.first[feature] = sums.first[feature].plus(first[feature]);
        for (&second, sum) in second[feature][..=feature].iter().zip(seconds.by_ref()) {
            *sum = sum.plus(second);
        }
    }
}

/// The same for any number of features.
#[inline(never)]
fn add_any(
    blocks: &Blocks,
    component: &Component,
    densities: &Lane,
    start: usize,
    weights: &Lane,
    differences: &mut [Lane],
    sums: &mut Sums,
) {
    let mut shares = *densities;
    for group in 0..GROUPS {
        shares[group] = shares[group].times(weights[group]);
        sums.weight = sums.weight.plus(shares[group]);
    }
    let mut second = sums.second.iter_mut();
    for feature in 0..blocks.columns.len() {
        load(
            &blocks.columns[feature][start..],
            component.mean[feature],
            &mut differences[feature],
        );
        let mut first = [F64x4::splat(0.0); GROUPS];
        let mut total = F64x4::splat(0.0);
        for group in 0..GROUPS {
            first[group] = shares[group].times(differences[feature][group]);
            total = total.plus(first[group]);
        }
        sums.first[feature] = sums.first[feature].plus(total);
        for (differences, second) in differences[..=feature].iter().zip(&mut second) {
            let mut total = F64x4::splat(0.0);
            for group in 0..GROUPS {
                total = total.plus(first[group].times(differences[group]));
            }
            *second = second.plus(total);
        }
    }
}
