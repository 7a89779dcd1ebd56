//! How many groups the samples form: components of normal distributions that are worth their parameters, with a valley between
//! them and members that are sure of where they belong.
//!
//! ```text
//! For each shape (tied, diagonal, full): a mixture for every number of components, from the largest down to 1, each started from
//! K-Means, from Ward's tree, and from the mixture before with the two components merged that cost the least likelihood.
//! by valleys = components of the lowest BIC, those without a valley between them counted as one: saddle > 0.9 of the lower peak
//! by members = components of the lowest ICL
//! groups     = min(by valleys, by members); a group of a handful is not counted;   1 = nothing speaks for segments
//!              (where both are above 1, the sweep takes the larger if the silhouette is highest there)
//! ```
//!
//! Samples far from all others ([`super::far`]) are no group and are set aside first: the shapes of mixtures would follow them. What is
//! left is spread where values were rounded or many share one ([`super::unrounded`]).
//!
//! BIC over shapes: Fraley & Raftery 2002, J. Am. Stat. Assoc. 97. Components without a valley: Hennig 2010, Adv. Data Anal.
//! Classif. 4. ICL: Biernacki, Celeux & Govaert 2000, IEEE PAMI 22. BIC alone takes several components for one skewed group and
//! slices even data; ICL alone cuts skewed groups, and both counts are right on groups of normal distributions: the smaller is taken.

use serde::{Deserialize, Serialize};

use super::far::far;
use super::small::handful;
use super::unrounded::unrounded;
use crate::cluster::gaussian_mixture::{CovarianceType, GaussianMixture, GaussianMixtureParams};
use crate::cluster::hierarchical::{Dendrogram, Hierarchical, HierarchicalParams};
use crate::cluster::k_means::{KMeans, KMeansParams};
use crate::cluster::{FitError, Labels, Samples, Scale};
use crate::numeric::{Matrix, Rng, pulse};

/// Fewer different samples give no count.
const FEWEST: usize = 20;
/// The largest number of samples, fewer with many features; above it, a random part.
const MOST_SAMPLES: usize = 1_000;
/// Samples times features at most.
const MOST_CELLS: usize = 8_000;
/// A random part of many features is not smaller than this.
const LEAST_PART: usize = 300;
/// Components above the largest number of groups that mixtures begin with: where they are merged, bad starts mend.
const SPARE: usize = 3;
/// Two components are one group if the density between them does not fall below this share of the lower peak.
const VALLEY: f64 = 0.9;
/// Steps of expectation and maximisation: only differences of likelihood above about 1 matter here.
const ITERATIONS: usize = 40;
/// See [`ITERATIONS`].
const TOLERANCE: f64 = 1e-4;
/// Shapes that are tried. Spheres are left out: scaled columns make ellipses of them, which the tied shape is for.
const SHAPES: [CovarianceType; 3] = [
    CovarianceType::Tied,
    CovarianceType::Diag,
    CovarianceType::Full,
];

/// How many groups there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupCount {
    /// Groups; 1 means that nothing speaks for segments.
    pub n_groups: usize,
    /// Components with the lowest BIC, those without a valley between them as one.
    pub by_valleys: usize,
    /// Components with the lowest ICL.
    pub by_members: usize,
    /// Components with the lowest BIC, before any is merged.
    pub n_components: usize,
    /// Samples in groups of a handful and far from all others, which are not counted, ascending.
    pub handfuls: Vec<usize>,
    /// The largest number of groups that could be found.
    pub most: usize,
    /// Samples examined: all, or a random part.
    pub n_measured: usize,
}

/// Counts the groups of `samples`, at most `most`. `None` for fewer than 20 different samples, and where no mixture can be fitted.
/// `progress` receives the share done.
///
/// Cost: about nine fits of a mixture to at most 1,000 samples per number of components.
///
/// # Errors
/// [`FitError`] of K-Means or of the tree.
pub fn group_count(
    samples: &Samples,
    most: usize,
    seed: u64,
    progress: &mut dyn FnMut(f64),
) -> Result<Option<GroupCount>, FitError> {
    let part = part_of(samples, seed);
    if !is_enough(&part)? {
        return Ok(None);
    }
    let n_measured = part.n_samples();
    let mut apart = far(&part);
    let near = varying(&rows_of(&part, |row| !apart.is_far[row]));
    let part = if is_enough(&near)? {
        near
    } else {
        apart.sizes.clear();
        part
    };
    let part = Samples::new(&unrounded(&part, seed))?;
    let top = (most + SPARE).min(part.n_distinct());
    let starts = Starts::of(&part, top, seed)?;
    let (mut by_bic, mut by_icl) = (Best::default(), Best::default());
    for (at, shape) in SHAPES.into_iter().enumerate() {
        let mut before: Option<GaussianMixture> = None;
        for n_components in (1..=top).rev() {
            pulse(part.n_distinct() * n_components * ITERATIONS);
            before = starts.mixture(&part, shape, n_components, before.as_ref());
            if let Some(mixture) = &before {
                by_bic.take(mixture.bic(), mixture);
                by_icl.take(mixture.icl(&part), mixture);
            }
            let done = (top - n_components + 1) as f64 / top as f64;
            progress((at as f64 + done) / SHAPES.len() as f64);
        }
    }
    let (Some((_, by_bic)), Some((_, by_icl))) = (by_bic.0, by_icl.0) else {
        return Ok(None);
    };
    let n_components = by_bic.components.len();
    let least = handful(part.n_samples());
    let groups = parted(&by_bic, &part);
    let is_handful = |size: &&usize| (**size as f64) < least;
    let count = |sizes: &[usize]| (sizes.len() - sizes.iter().filter(is_handful).count()).max(1);
    let (by_valleys, by_members) = (count(&groups), count(&by_icl.labels.sizes(&part)));
    let mut handfuls: Vec<usize> = groups.iter().filter(is_handful).copied().collect();
    handfuls.extend(apart.sizes);
    handfuls.sort_unstable();
    Ok(Some(GroupCount {
        n_groups: by_valleys.min(by_members).min(most),
        by_valleys,
        by_members,
        n_components,
        handfuls,
        most,
        n_measured,
    }))
}

/// The mixture with the lowest value of a criterion; of equal ones the first.
#[derive(Default)]
struct Best(Option<(f64, GaussianMixture)>);

impl Best {
    fn take(&mut self, value: f64, mixture: &GaussianMixture) {
        let is_better = self.0.as_ref().is_none_or(|(least, _)| value < *least);
        if is_better && value.is_finite() {
            self.0 = Some((value, mixture.clone()));
        }
    }
}

/// What mixtures start from, beside the mixture with one component more.
struct Starts {
    /// K-Means, by number of clusters from 1.
    k_means: Vec<Labels>,
    tree: Dendrogram,
}

impl Starts {
    fn of(part: &Samples, top: usize, seed: u64) -> Result<Self, FitError> {
        let fit = |n_clusters: usize| {
            let params = KMeansParams {
                n_clusters,
                n_init: 1,
                seed,
                ..KMeansParams::default()
            };
            KMeans::fit_once(part, &params).map(|fit| fit.labels)
        };
        Ok(Self {
            k_means: (1..=top).map(fit).collect::<Result<_, _>>()?,
            tree: Hierarchical::fit(part, HierarchicalParams::default(), &mut |_| ())?.tree,
        })
    }

    /// The likeliest mixture with so many components; `None` if all collapse.
    fn mixture(
        &self,
        part: &Samples,
        covariance: CovarianceType,
        n_components: usize,
        before: Option<&GaussianMixture>,
    ) -> Option<GaussianMixture> {
        let params = GaussianMixtureParams {
            tol: TOLERANCE,
            max_iter: ITERATIONS,
            // A group of fewer is none, whatever the shape.
            least_samples: part.n_features() + 1,
            ..GaussianMixtureParams::for_scale(covariance, Scale::of(part))
        };
        let merged = before.and_then(|before| {
            let (a, b) = before.cheapest_merge()?;
            Some(merged(&before.labels, a, b))
        });
        let cut = self.tree.cut_at_count(n_components).ok();
        let starts = self.k_means.get(n_components - 1).cloned();
        let starts: Vec<Labels> = starts.into_iter().chain(cut).chain(merged).collect();
        let starts: Vec<&Labels> = starts.iter().collect();
        GaussianMixture::fit(part, &starts, &params, |_| ()).ok()
    }
}

/// Labels with cluster `b` joined to cluster `a`, which is before it.
fn merged(labels: &Labels, a: usize, b: usize) -> Labels {
    let joined = |&label: &u32| match label as usize {
        label if label == b => a as u32,
        label if label > b => label as u32 - 1,
        label => label as u32,
    };
    Labels {
        of_distinct: labels.of_distinct.iter().map(joined).collect(),
        n_clusters: labels.n_clusters - 1,
    }
}

/// Sizes of the groups that components form when those without a valley between them are joined.
fn parted(mixture: &GaussianMixture, part: &Samples) -> Vec<usize> {
    let mut group_of: Vec<usize> = (0..mixture.components.len()).collect();
    for saddle in mixture.saddles() {
        let (a, b) = (group_of[saddle.a], group_of[saddle.b]);
        if saddle.depth > VALLEY {
            group_of
                .iter_mut()
                .filter(|group| **group == b)
                .for_each(|group| *group = a);
        }
    }
    let mut sizes = vec![0; group_of.len()];
    for (component, size) in mixture.labels.sizes(part).into_iter().enumerate() {
        sizes[group_of[component]] += size;
    }
    sizes.retain(|&size| size > 0);
    sizes
}

/// All samples, or a random part of them, without features that have no spread in it.
fn part_of(samples: &Samples, seed: u64) -> Matrix {
    let mut chosen: Vec<usize> = samples.distinct_of.iter().map(|&i| i as usize).collect();
    // Independent of the order of the file.
    chosen.sort_unstable();
    let most = (MOST_CELLS / samples.n_features().max(1)).clamp(LEAST_PART, MOST_SAMPLES);
    let chosen = Rng::new(seed ^ 0x6C07).some_of(chosen, most);
    let mut part = Matrix::with_features(samples.n_features());
    chosen
        .iter()
        .for_each(|&i| part.push_row(samples.points.row(i).iter().copied()));
    varying(&part)
}

/// Whether there are enough different rows to count groups.
fn is_enough(part: &Matrix) -> Result<bool, FitError> {
    Ok(part.n_features() > 0 && Samples::new(part)?.n_distinct() >= FEWEST)
}

/// The rows that are kept.
fn rows_of(part: &Matrix, is_kept: impl Fn(usize) -> bool) -> Matrix {
    let mut rows = Matrix::with_features(part.n_features());
    for row in (0..part.n_samples()).filter(|&row| is_kept(row)) {
        rows.push_row(part.row(row).iter().copied());
    }
    rows
}

/// The rows without features that are the same for all.
fn varying(part: &Matrix) -> Matrix {
    let varies = |&feature: &usize| {
        let mut column = part.column(feature);
        let first = column.next();
        column.any(|x| Some(x) != first)
    };
    let kept: Vec<usize> = (0..part.n_features()).filter(varies).collect();
    let mut matrix = Matrix::with_features(kept.len());
    for row in part.rows() {
        matrix.push_row(kept.iter().map(|&feature| row[feature]));
    }
    matrix
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    /// Groups of normal distributions with standard deviation 1 on a grid of three columns, `apart` from each other.
    fn groups(sizes: &[usize], apart: f64, seed: u64) -> Matrix {
        let mut rng = Rng::new(seed);
        let mut matrix = Matrix::with_features(2);
        for (group, &size) in sizes.iter().enumerate() {
            let centre = [(group % 3) as f64 * apart, (group / 3) as f64 * apart];
            for _ in 0..size {
                matrix.push_row(centre.map(|c| c + rng.normal()));
            }
        }
        matrix
    }

    fn counted(matrix: &Matrix) -> Option<GroupCount> {
        let samples = Samples::new(matrix).unwrap();
        group_count(&samples, 12, 1, &mut |_| ()).unwrap()
    }

    #[test]
    fn planted_groups_are_counted_and_outliers_are_none() {
        let sizes = [80, 50, 60, 70, 40, 30];
        let mut matrix = groups(&sizes, 6.0, 1);
        assert_eq!(counted(&matrix).unwrap().n_groups, 6);
        for at in 0..3 {
            matrix.push_row([90.0 + f64::from(at), 80.0 - 1.3 * f64::from(at)]);
        }
        let with_outliers = counted(&matrix).unwrap();
        assert_eq!(
            (with_outliers.n_groups, with_outliers.handfuls),
            (6, vec![3])
        );
    }

    #[test]
    fn customers_far_out_leave_the_count_as_it_is() {
        // 8 to 40 standard deviations away, together or apart: mixtures stretched over them find one group, or cut one in two.
        for (seed, places) in [
            (21, vec![[40.0, 3.0]]),
            (22, vec![[-12.0, -9.0], [30.0, -25.0], [3.0, 45.0]]),
            (23, vec![[16.0, 0.5], [16.4, 0.0], [15.8, 1.0], [16.1, 0.2]]),
            (
                24,
                vec![
                    [0.0, 22.0],
                    [0.4, 22.5],
                    [-20.0, 0.0],
                    [60.0, 60.0],
                    [3.0, -9.0],
                ],
            ),
        ] {
            let mut matrix = groups(&[60, 120, 80], 6.0, seed);
            places.iter().for_each(|place| matrix.push_row(*place));
            // Features of different units.
            let moved = matrix.rows().map(|row| [row[0], row[1] / 50.0]);
            let mut scaled = Matrix::with_features(2);
            moved.for_each(|row| scaled.push_row(row));
            let found = counted(&scaled).unwrap();
            let apart: usize = found.handfuls.iter().sum();
            assert_eq!(found.n_groups, 3, "{found:?}");
            // One or two of 260 can be far out by chance.
            assert!((0..=2).contains(&(apart - places.len())), "{found:?}");
        }
    }

    #[test]
    fn money_that_most_have_none_of_is_no_ten_groups() {
        for seed in [31, 32, 33] {
            let mut rng = Rng::new(seed);
            let mut matrix = Matrix::with_features(3);
            for _ in 0..500 {
                let gives = rng.uniform() < 0.36;
                let cents = (100.0 * libm::exp(4.2 + 0.5 * rng.normal())).round();
                let days = if gives { 60.0 } else { 400.0 } + 50.0 * rng.normal();
                let times = 1.0 + rng.below(5) as f64;
                let of_givers = |x: f64| if gives { x } else { 0.0 };
                matrix.push_row([of_givers(cents) / 4_000.0, of_givers(times), days / 170.0]);
            }
            let found = counted(&matrix).unwrap();
            assert_eq!(found.n_groups, 2, "{found:?}");
        }
    }

    #[test]
    fn data_without_groups_have_one() {
        let mut rng = Rng::new(7);
        let (mut even, mut bell, mut skewed) = (
            Matrix::with_features(3),
            Matrix::with_features(3),
            Matrix::with_features(3),
        );
        for _ in 0..400 {
            even.push_row([rng.uniform(), rng.uniform(), rng.uniform()]);
            bell.push_row([rng.normal(), rng.normal(), rng.normal()]);
            let mut log_normal = || libm::exp(0.6 * rng.normal());
            skewed.push_row([log_normal(), log_normal(), log_normal()]);
        }
        for matrix in [even, bell, skewed] {
            let found = counted(&matrix).unwrap();
            assert_eq!(found.n_groups, 1, "{found:?}");
        }
    }

    #[test]
    fn skewed_groups_are_not_counted_twice() {
        let mut rng = Rng::new(11);
        let mut matrix = Matrix::with_features(2);
        for i in 0..600 {
            let centre = [[0.0, 0.0], [2.2, 0.6], [1.0, 2.6]][i % 3];
            matrix.push_row(centre.map(|c| libm::exp(c + 0.35 * rng.normal())));
        }
        let found = counted(&matrix).unwrap();
        assert_eq!(found.n_groups, 3, "{found:?}");
    }

    #[test]
    fn the_count_is_free_of_the_order_of_rows_and_of_columns_that_say_nothing() {
        let matrix = groups(&[60, 40, 50], 5.0, 3);
        let found = counted(&matrix).unwrap();
        let mut other = Matrix::with_features(3);
        for at in (0..matrix.n_samples()).rev() {
            let row = matrix.row(at);
            other.push_row([row[0], 4.0, row[1]]);
        }
        assert_eq!(counted(&other).unwrap(), found);
        assert_eq!((found.n_groups, found.n_measured), (3, 150));
    }

    #[test]
    fn counts_do_not_make_a_group_of_every_value() {
        let mut rng = Rng::new(5);
        let mut matrix = Matrix::with_features(2);
        for i in 0..400 {
            let (money, orders) = if i % 4 == 0 {
                (240.0, 12.0)
            } else {
                (60.0, 3.0)
            };
            let orders = (orders + 1.2 * rng.normal()).round().max(1.0);
            matrix.push_row([(money + 8.0 * rng.normal()) / 80.0, orders / 4.0]);
        }
        let found = counted(&matrix).unwrap();
        assert_eq!((found.n_groups, found.by_members), (2, 2), "{found:?}");
    }

    #[test]
    fn few_or_equal_samples_have_no_count() {
        assert_eq!(counted(&groups(&[10, 9], 5.0, 3)), None);
        let mut alike = Matrix::with_features(2);
        (0..40).for_each(|_| alike.push_row([1.0, 2.0]));
        assert_eq!(counted(&alike), None);
        let mut two = Matrix::with_features(1);
        (0..40).for_each(|i| two.push_row([f64::from(i % 2)]));
        assert_eq!(counted(&two), None);
    }
}
