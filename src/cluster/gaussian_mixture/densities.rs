//! Densities of the components all over a block, from their logarithms.
//!
//! ```text
//! ln p_c(x) = log_scale_c - |L_c (x - m_c)|^2 / 2
//! ```

use super::Component;
use super::blocks::{BLOCK, Blocks, GROUPS};
use crate::numeric::{F32x4, F64x4, LANES};

/// How exactly densities are computed from their logarithms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Precision {
    /// To seven digits: an iteration of many samples only prepares the next, and errors of single samples cancel.
    Single,
    /// To the last digit.
    Double,
}

/// A component whose density is less than `e` to this of the largest adds nothing that double precision could hold.
const NEGLIGIBLE: f64 = -40.0;
/// The same for single precision.
const NEGLIGIBLE_IN_SINGLE: f64 = -17.0;
/// Logarithms are clamped here, where their exponentials are still normal numbers in single precision.
const HELD: f32 = -80.0;

/// One number per sample of a block.
pub(super) type Lane = [F64x4; GROUPS];

/// What is known of the current block.
pub(super) struct Work {
    /// Components whose density is not negligible all over the block.
    pub(super) reaching: Vec<usize>,
    /// Density of each component, relative to the largest of each sample.
    pub(super) densities: Vec<Lane>,
    pub(super) largest: Lane,
    /// Sum of the densities.
    pub(super) totals: Lane,
    /// Differences to a mean, feature by feature.
    pub(super) differences: Vec<Lane>,
}

impl Work {
    pub(super) fn new(n_clusters: usize, n_features: usize) -> Self {
        let zeros = [F64x4::splat(0.0); GROUPS];
        Self {
            reaching: Vec::with_capacity(n_clusters),
            densities: vec![zeros; n_clusters],
            largest: zeros,
            totals: zeros,
            differences: vec![zeros; n_features],
        }
    }
}

impl Work {
    /// Steps for the block, one multiplication each.
    pub(super) fn n_steps(&self) -> usize {
        let d = self.differences.len();
        BLOCK * self.reaching.len() * (1 + d * d)
    }
}

/// Reads a block of a column, less `origin`.
pub(super) fn load(column: &[f64], origin: f64, lane: &mut Lane) {
    let origin = F64x4::splat(origin);
    let (groups, _) = column.as_chunks::<LANES>();
    for (place, values) in lane.iter_mut().zip(groups) {
        *place = F64x4::load(values).minus(origin);
    }
}

/// The components that reach into a block. By the triangle inequality the whitened distance of a sample from a mean differs from
/// that of the block's centre by at most the radius times the norm of the whitener.
fn reach(
    blocks: &Blocks,
    components: &[Component],
    start: usize,
    negligible: f64,
    reaching: &mut Vec<usize>,
) {
    let (centre, radius) = &blocks.balls[start / BLOCK];
    let bounds = |component: &Component| {
        let (mut squared, mut norm) = (0.0, 0.0);
        for feature in 0..centre.len() {
            let row = &component.whitener.row(feature)[..=feature];
            let pairs = row.iter().zip(centre.iter().zip(&component.mean));
            let whitened: f64 = pairs.map(|(l, (c, m))| l * (c - m)).sum();
            squared += whitened * whitened;
            norm += row.iter().map(|l| l * l).sum::<f64>();
        }
        let (distance, spread) = (squared.sqrt(), norm.sqrt() * radius);
        let log_density = |distance: f64| component.log_scale - 0.5 * distance * distance;
        let nearest = if distance > spread {
            distance - spread
        } else {
            0.0
        };
        (log_density(distance + spread), log_density(nearest))
    };
    let least = components.iter().map(|component| bounds(component).0);
    let least = least.fold(f64::NEG_INFINITY, f64::max);
    reaching.clear();
    // Rounding changes a bound by far less than 1.
    let reaches = |&which: &usize| bounds(&components[which]).1 >= least + negligible - 1.0;
    reaching.extend((0..components.len()).filter(reaches));
}

/// Fills `reaching`, and of what reaches `densities`, `largest` and `totals`.
pub(super) fn densities(
    blocks: &Blocks,
    components: &[Component],
    start: usize,
    precision: Precision,
    work: &mut Work,
) {
    let (negligible, relate): (f64, fn(&mut Lane, &Lane, &mut Lane)) = match precision {
        Precision::Single => (NEGLIGIBLE_IN_SINGLE, relate_roughly),
        Precision::Double => (NEGLIGIBLE, relate),
    };
    reach(blocks, components, start, negligible, &mut work.reaching);
    work.largest = [F64x4::splat(f64::NEG_INFINITY); GROUPS];
    for &which in &work.reaching {
        let (component, into) = (&components[which], &mut work.densities[which]);
        match component.mean.len() {
            1 => log_densities::<1>(blocks, component, start, into),
            2 => log_densities::<2>(blocks, component, start, into),
            3 => log_densities::<3>(blocks, component, start, into),
            4 => log_densities::<4>(blocks, component, start, into),
            _ => log_densities_any(blocks, component, start, &mut work.differences, into),
        }
        for (largest, &value) in work.largest.iter_mut().zip(into.iter()) {
            *largest = largest.where_less(value, value, *largest);
        }
    }
    work.totals = [F64x4::splat(0.0); GROUPS];
    for &which in &work.reaching {
        relate(&mut work.densities[which], &work.largest, &mut work.totals);
    }
}

/// Logarithms of densities to densities relative to the largest, which are added to the totals.
#[inline(never)]
fn relate(densities: &mut Lane, largest: &Lane, totals: &mut Lane) {
    let (negligible, zero) = (F64x4::splat(NEGLIGIBLE), F64x4::splat(0.0));
    for group in 0..GROUPS {
        let relative = densities[group].minus(largest[group]);
        densities[group] = if relative.all_below(negligible) {
            zero
        } else {
            let held = relative.where_less(negligible, negligible, relative);
            relative.where_less(negligible, zero, held.exp())
        };
        totals[group] = totals[group].plus(densities[group]);
    }
}

/// The same to seven digits; negligible densities become `e` to [`HELD`].
#[inline(never)]
fn relate_roughly(densities: &mut Lane, largest: &Lane, totals: &mut Lane) {
    let held = F32x4::splat(HELD);
    for group in 0..GROUPS {
        let relative = densities[group].minus(largest[group]).to_single();
        densities[group] = relative.larger(held).exp().to_double();
        totals[group] = totals[group].plus(densities[group]);
    }
}

/// A block of each of `D` columns.
pub(super) fn block_of<const D: usize>(blocks: &Blocks, start: usize) -> [&[[f64; LANES]]; D] {
    std::array::from_fn(|feature| {
        let (groups, _) = blocks.columns[feature][start..][..BLOCK].as_chunks();
        groups
    })
}

/// `ln p(x)` of a block under a component, `D` features at once in registers.
#[inline(never)]
fn log_densities<const D: usize>(
    blocks: &Blocks,
    component: &Component,
    start: usize,
    into: &mut Lane,
) {
    let columns = block_of::<D>(blocks, start);
    let mean: [F64x4; D] = std::array::from_fn(|feature| F64x4::splat(component.mean[feature]));
    let whitener: [[F64x4; D]; D] = std::array::from_fn(|row| {
        std::array::from_fn(|column| F64x4::splat(component.whitener.row(row)[column]))
    });
    let (log_scale, half) = (F64x4::splat(component.log_scale), F64x4::splat(0.5));
    for (group, into) in into.iter_mut().enumerate() {
        let differences: [F64x4; D] = std::array::from_fn(|feature| {
            F64x4::load(&columns[feature][group]).minus(mean[feature])
        });
        let mut squared = F64x4::splat(0.0);
        for feature in 0..D {
            let mut whitened = F64x4::splat(0.0);
            for other in 0..=feature {
                whitened = whitened.plus(whitener[feature][other].times(differences[other]));
            }
            squared = squared.plus(whitened.times(whitened));
        }
        *into = log_scale.minus(squared.times(half));
    }
}

/// The same for any number of features.
#[inline(never)]
fn log_densities_any(
    blocks: &Blocks,
    component: &Component,
    start: usize,
    differences: &mut [Lane],
    into: &mut Lane,
) {
    let mut squared = [F64x4::splat(0.0); GROUPS];
    for feature in 0..blocks.columns.len() {
        load(
            &blocks.columns[feature][start..],
            component.mean[feature],
            &mut differences[feature],
        );
        let mut whitened = [F64x4::splat(0.0); GROUPS];
        let row = component.whitener.row(feature);
        for (&l, differences) in row.iter().zip(&differences[..=feature]) {
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
    for (into, squared) in into.iter_mut().zip(squared) {
        *into = log_scale.minus(squared.times(half));
    }
}
