//! The best of several runs.

use super::init::{self, Candidates};
use super::run::{HUGE, Run, screen_for};
use super::thinned::thinned;
use super::{KMeansParams, swaps};
use crate::cluster::{FitError, Labels, Samples};
use crate::numeric::{Matrix, Rng};

/// A fitted K-Means model; every part belongs to the same run.
#[derive(Clone, Debug)]
pub struct KMeans {
    /// Cluster of each distinct sample.
    pub labels: Labels,
    /// Shape `(n_clusters, n_features)`, in the centred units of [`Samples::points`].
    pub centroids: Matrix,
    /// Sum over samples of the squared distance to the own centroid, in squared scaled units.
    pub inertia: f64,
    /// Lloyd iterations of the best run.
    pub n_iter: usize,
}

impl KMeans {
    /// Fits the model. `progress` hears the share of runs done, in `(0, 1]`.
    ///
    /// # Errors
    /// [`FitError`] when the parameters are wrong or there are fewer distinct samples than clusters.
    pub fn fit(
        samples: &Samples,
        params: &KMeansParams,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Self, FitError> {
        params.check()?;
        samples.check_clusters(params.n_clusters)?;
        let best =
            if screen_for(samples, params.n_clusters).is_some() && samples.n_distinct() > LARGE {
                best_of_large(samples, params, progress)
            } else {
                best_of_small(samples, params, progress)
            };
        Ok(best.into())
    }

    /// One start and Lloyd's iterations from it, without other starts, swaps or single-sample moves.
    ///
    /// # Errors
    /// [`FitError`] as for [`KMeans::fit`].
    pub fn fit_once(samples: &Samples, params: &KMeansParams) -> Result<Self, FitError> {
        params.check()?;
        samples.check_clusters(params.n_clusters)?;
        let rng = &mut rng_of_run(params, 0);
        let candidates = Candidates::of(samples, None);
        let start = init::greedy_plus_plus(&candidates, params.n_clusters, rng);
        Self::fit_from(samples, start, params.max_iter)
    }

    /// Lloyd's iterations alone, from these centroids in the centred units of [`Samples::points`]: at most `max_iter` and, for
    /// many samples, one more in double precision.
    ///
    /// # Errors
    /// [`FitError`] as for [`KMeans::fit`].
    pub fn fit_from(
        samples: &Samples,
        centroids: Matrix,
        max_iter: usize,
    ) -> Result<Self, FitError> {
        let params = KMeansParams {
            n_clusters: centroids.n_samples(),
            max_iter,
            ..Default::default()
        };
        params.check()?;
        samples.check_clusters(params.n_clusters)?;
        let screen = screen_for(samples, params.n_clusters);
        let mut run = match screen {
            Some(screen) => Run::go_on(samples, screen.iterate(centroids, max_iter)),
            None => Run::start(samples, centroids),
        };
        run.iterate(samples, screen, &params);
        Ok(run.into())
    }
}

/// Above this number of distinct samples, runs are screened in single precision and only the best continues to the end.
const LARGE: usize = 2_000;
/// Runs are screened on about this many samples (Bradley & Fayyad 1998, ICML); their results are the starts on all samples.
const SCREENED: usize = 8_192;
impl From<Run> for KMeans {
    fn from(run: Run) -> Self {
        let n_clusters = run.centroids.n_samples();
        Self {
            labels: Labels {
                of_distinct: run.labels,
                n_clusters,
            },
            centroids: run.centroids,
            inertia: run.inertia,
            n_iter: run.n_iter,
        }
    }
}

fn rng_of_run(params: &KMeansParams, number: usize) -> Rng {
    // Every run has a sequence of its own, so that runs can be spread over workers later.
    let step = (number as u64).wrapping_mul(0xA24B_AED4_963E_E407);
    Rng::new(params.seed.wrapping_add(step))
}

/// Runs everything to the end, then tries random swaps on the best.
pub(super) fn best_of_small(
    samples: &Samples,
    params: &KMeansParams,
    progress: &mut dyn FnMut(f64),
) -> Run {
    let screen = screen_for(samples, params.n_clusters);
    let candidates = Candidates::of(samples, None);
    let run = |number: usize| {
        let rng = &mut rng_of_run(params, number);
        let start = init::greedy_plus_plus(&candidates, params.n_clusters, rng);
        let mut run = Run::start(samples, start);
        run.iterate(samples, screen, params);
        run.polish(samples);
        run
    };
    let mut best = run(0);
    for number in 1..params.n_init {
        let next = run(number);
        // Ties go to the earlier run.
        if next.inertia < best.inertia {
            best = next;
        }
        progress((number + 1) as f64 / params.n_init as f64);
    }
    swaps::improve(
        &mut best,
        samples,
        params,
        &mut Rng::new(params.seed ^ 0x5EED),
    );
    best
}

/// Runs and swaps on a part of the samples in single precision; the best goes on among all, at last in double precision.
pub(super) fn best_of_large(
    samples: &Samples,
    params: &KMeansParams,
    progress: &mut dyn FnMut(f64),
) -> Run {
    let whole = &samples.screen;
    let part = (samples.n_distinct() > SCREENED).then(|| thinned(samples, SCREENED));
    let screen = part.as_ref().unwrap_or(whole);
    let candidates = Candidates::of(samples, screen.chosen());
    let start = |number: usize| {
        let rng = &mut rng_of_run(params, number);
        init::greedy_plus_plus(&candidates, params.n_clusters, rng)
    };
    let mut best = screen.iterate(start(0), params.max_iter);
    for number in 1..params.n_init {
        let found = screen.challenge(&best, start(number), params.max_iter);
        if found.inertia < best.inertia {
            best = found;
        }
        progress((number + 1) as f64 / (params.n_init + 1) as f64);
    }
    let is_huge = samples.n_distinct() > HUGE;
    if is_huge {
        swaps::improve_screened(&mut best, samples, screen, params);
    }
    if part.is_some() {
        best = whole.iterate(best.centroids, params.max_iter);
    }
    if !is_huge {
        swaps::improve_screened(&mut best, samples, whole, params);
    }
    let mut run = Run::go_on(samples, best);
    run.iterate(samples, Some(whole), params);
    if !is_huge {
        run.polish(samples);
    }
    run
}

#[cfg(test)]
mod tests {
    use super::super::lloyd;
    use super::super::run::inertia;
    use super::*;

    fn samples(rows: &[[f64; 2]]) -> Samples {
        let mut matrix = Matrix::with_features(2);
        rows.iter().for_each(|row| matrix.push_row(*row));
        Samples::new(&matrix).unwrap()
    }

    fn fit(samples: &Samples, n_clusters: usize, seed: u64) -> KMeans {
        KMeans::fit(
            samples,
            &KMeansParams {
                n_clusters,
                seed,
                ..Default::default()
            },
            &mut |_| (),
        )
        .unwrap()
    }

    #[test]
    fn weights_count_like_repeated_rows() {
        // scikit-learn 1.9.1: weights 3, 1, 1, 3 give inertia 0.375
        let rows = [
            [0.0, 0.0],
            [0.0, 0.0],
            [0.0, 0.0],
            [0.5, 0.0],
            [0.5, 1.0],
            [1.0, 1.0],
            [1.0, 1.0],
            [1.0, 1.0],
        ];
        let model = fit(&samples(&rows), 2, 0);
        assert!((model.inertia - 0.375).abs() < 1e-15, "{}", model.inertia);
        assert_eq!(model.labels.of_distinct[0], model.labels.of_distinct[1]);
    }

    #[test]
    fn no_partition_of_a_small_set_is_better() {
        for seed in 0..40 {
            let mut rng = Rng::new(seed);
            let rows: Vec<[f64; 2]> = (0..9)
                .map(|_| [rng.below(5) as f64, rng.below(5) as f64])
                .collect();
            let samples = samples(&rows);
            if samples.n_distinct() < 3 {
                continue;
            }
            let found = fit(&samples, 3, seed).inertia;
            let n = samples.n_distinct();
            let mut best = f64::INFINITY;
            for code in 0..3_usize.pow(n as u32) {
                let labels: Vec<u32> = (0..n)
                    .map(|i| (code / 3_usize.pow(i as u32) % 3) as u32)
                    .collect();
                if (0..3).all(|label| labels.contains(&label)) {
                    best = best.min(inertia(
                        &samples,
                        &lloyd::centroids_of(&samples, &labels, 3),
                        &labels,
                    ));
                }
            }
            assert!(found <= best + 1e-9, "seed {seed}: {found} against {best}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_bits_and_every_label_occurs() {
        let mut rng = Rng::new(3);
        let rows: Vec<[f64; 2]> = (0..300).map(|_| [rng.normal(), rng.normal()]).collect();
        let samples = samples(&rows);
        let (a, b) = (fit(&samples, 7, 5), fit(&samples, 7, 5));
        assert_eq!(a.inertia.to_bits(), b.inertia.to_bits());
        assert_eq!(a.labels, b.labels);
        assert!(a.labels.sizes(&samples).iter().all(|&size| size > 0));
    }

    #[test]
    fn as_many_clusters_as_distinct_samples_leave_no_inertia() {
        let samples = samples(&[[0.0, 0.0], [1.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]);
        assert_eq!(fit(&samples, 4, 0).inertia, 0.0);
        let params = KMeansParams {
            n_clusters: 5,
            ..Default::default()
        };
        assert_eq!(
            KMeans::fit(&samples, &params, &mut |_| ()).unwrap_err(),
            FitError::TooFewDistinct {
                n_clusters: 5,
                n_distinct: 4,
                n_samples: 5
            }
        );
    }
}
