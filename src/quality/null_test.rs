//! One null against the observed silhouette: sets are drawn one by one, clustered and judged until the test is decided.
//!
//! The random sequence continues from set to set. The start of a set in it is known without judging earlier sets, so that others
//! can judge sets meanwhile: scores are counted in the order of the sets, whoever found them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::columns::{Values, kinds};
use super::nulls::{Null, NullKind};
use super::silhouettes;
use super::small::sliver;
use crate::cluster::k_means::{KMeans, KMeansParams};
use crate::cluster::{FitError, Labels, Samples};
use crate::numeric::{Matrix, Rng};

/// The largest number of sets drawn of each null.
const SETS: usize = 99;
/// When this many sets have reached the observed silhouette, the null is not beaten and the test stops.
const ENOUGH: usize = 10;
/// Up to this number of different samples each set is clustered from several starts.
const FEW_DISTINCT: usize = 200;
/// Weight of the sets judged in one round, about a third of a second.
const AT_ONCE: f64 = 3e8;

/// The silhouette compared with sets of one null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NullTest {
    /// The null.
    pub kind: NullKind,
    /// Share of sets that reach the observed silhouette; the data count as one, unless the test stopped early.
    pub p: f64,
    /// Mean of the best silhouettes of the sets.
    pub mean: f64,
    /// The largest of them.
    pub largest: f64,
    /// Number of sets drawn.
    pub n_sets: usize,
    /// How many of them reach the observed silhouette.
    pub n_reached: usize,
}

/// Some sets of a null, with everything needed to draw and judge them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NullSets {
    kind: NullKind,
    /// The data that the null is fitted to.
    data: Matrix,
    /// Whether some feature has few values: each set is clustered from several starts then.
    has_steps: bool,
    max_clusters: usize,
    /// Number of the first set.
    first: usize,
    /// Its start in the random sequence.
    rng: Rng,
    n_sets: usize,
}

/// The scores of some sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NullScores {
    kind: NullKind,
    first: usize,
    /// The best silhouette of each set.
    scores: Vec<f64>,
}

impl NullSets {
    /// All sets of a null.
    pub(super) fn of(kind: NullKind, data: &Matrix, max_clusters: usize, seed: u64) -> Self {
        Self {
            kind,
            data: data.clone(),
            has_steps: kinds(data).iter().any(|kind| *kind != Values::Smooth),
            max_clusters,
            first: 0,
            rng: Rng::new(seed ^ (kind as u64 + 1) << 40),
            n_sets: SETS,
        }
    }

    /// Draws and judges them. `progress` receives the share done.
    ///
    /// # Errors
    /// [`FitError`] of K-Means.
    pub fn judge(&self, progress: &mut dyn FnMut(f64)) -> Result<NullScores, FitError> {
        let null = Null::fit(self.kind, &self.data);
        let mut rng = self.rng.clone();
        let mut scores = Vec::new();
        for at in 0..self.n_sets {
            progress(at as f64 / self.n_sets as f64);
            scores.push(self.judge_next(&null, &mut rng)?);
        }
        Ok(NullScores {
            kind: self.kind,
            first: self.first,
            scores,
        })
    }

    fn judge_next(&self, null: &Null, rng: &mut Rng) -> Result<f64, FitError> {
        let set = null.draw(self.data.n_samples(), rng);
        let samples = Samples::new(&set)?;
        // Where values are few the best of several runs is often the best of all, and the one that the data are cut by.
        let n_init = match samples.n_distinct() {
            ..=FEW_DISTINCT if self.has_steps => 10,
            _ if self.has_steps => 3,
            _ => 1,
        };
        best_silhouette(&samples, self.max_clusters, n_init, rng.next_u64())
    }

    /// Weight of one set: about its time in nanoseconds.
    fn weight(&self) -> f64 {
        let (n, d) = (self.data.n_samples() as f64, self.data.n_features() as f64);
        let starts = if self.has_steps { 3.0 } else { 1.0 };
        n * (n + 2_000.0) * (d + 3.0) * 0.6 * starts
    }
}

/// A null being tested.
#[derive(Debug)]
pub(super) struct Testing {
    observed: f64,
    all: NullSets,
    null: Null,
    /// The starts of sets in the random sequence, as far as they are known.
    begins: Vec<Rng>,
    /// Scores counted.
    best: Vec<f64>,
    /// Number of scores that reach the observed one.
    n_reached: usize,
    /// Scores found by others and not counted yet, by the number of the set.
    kept: BTreeMap<usize, f64>,
}

impl Testing {
    pub(super) fn of(all: NullSets, observed: f64) -> Self {
        Self {
            null: Null::fit(all.kind, &all.data),
            begins: vec![all.rng.clone()],
            all,
            observed,
            best: Vec::new(),
            n_reached: 0,
            kept: BTreeMap::new(),
        }
    }

    fn is_settled(&self) -> bool {
        self.best.len() == SETS || self.n_reached == ENOUGH
    }

    fn count(&mut self, score: f64) {
        self.n_reached += usize::from(score >= self.observed);
        self.best.push(score);
    }

    /// Counts scores found by others; returns whether there were any.
    pub(super) fn take_kept(&mut self) -> bool {
        let n_before = self.best.len();
        while !self.is_settled()
            && let Some(score) = self.kept.remove(&self.best.len())
        {
            self.count(score);
        }
        self.best.len() > n_before
    }

    /// Judges the sets of one round.
    pub(super) fn go_on(&mut self, progress: &mut dyn FnMut(f64)) -> Result<(), FitError> {
        let end = self.best.len() + self.n_at_once();
        while !self.is_settled() && self.best.len() < end {
            let mut rng = self.begin_of(self.best.len());
            let score = self.all.judge_next(&self.null, &mut rng)?;
            self.count(score);
            if self.begins.len() == self.best.len() {
                self.begins.push(rng);
            }
            progress(self.best.len() as f64 / SETS as f64);
        }
        Ok(())
    }

    /// The result, once the test is decided.
    pub(super) fn outcome(&self) -> Option<NullTest> {
        let (n_sets, n_reached) = (self.best.len(), self.n_reached);
        let p = if n_reached == ENOUGH {
            n_reached as f64 / n_sets as f64
        } else {
            (n_reached + 1) as f64 / (n_sets + 1) as f64
        };
        self.is_settled().then(|| NullTest {
            kind: self.all.kind,
            p,
            mean: self.best.iter().sum::<f64>() / n_sets as f64,
            largest: self.best.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            n_sets,
            n_reached,
        })
    }

    /// The start of a set in the random sequence.
    fn begin_of(&mut self, set: usize) -> Rng {
        while self.begins.len() <= set {
            let mut rng = self.begins[self.begins.len() - 1].clone();
            self.null.draw(self.all.data.n_samples(), &mut rng);
            // Stands for the seed of its clusterings.
            rng.next_u64();
            self.begins.push(rng);
        }
        self.begins[set].clone()
    }

    fn n_at_once(&self) -> usize {
        ((AT_ONCE / self.all.weight()) as usize).clamp(1, SETS)
    }

    /// Sets for several workers, about two thirds of a second for one of them; none near the end.
    pub(super) fn shares(&mut self) -> Vec<(NullSets, f64)> {
        let (at_once, counted) = (self.n_at_once(), self.best.len());
        let end = SETS.min(counted + 2 * at_once);
        if end - counted <= at_once.min(SETS / 4) || !self.kept.is_empty() {
            return Vec::new();
        }
        let step = (end - counted).div_ceil(4);
        let mut shares = Vec::new();
        for first in (counted..end).step_by(step) {
            let n_sets = step.min(end - first);
            let sets = NullSets {
                first,
                n_sets,
                rng: self.begin_of(first),
                ..self.all.clone()
            };
            shares.push((sets, self.all.weight() * n_sets as f64));
        }
        shares
    }

    /// Weight of all sets, and of those not counted yet.
    pub(super) fn weights(&self) -> [f64; 2] {
        [SETS, SETS - self.best.len()].map(|n| self.all.weight() * n as f64)
    }

    /// Keeps scores found by others.
    pub(super) fn keep(&mut self, scores: NullScores) {
        if scores.kind == self.all.kind {
            self.kept.extend((scores.first..).zip(scores.scores));
        }
    }
}

/// Whether some cluster is a sliver.
pub(super) fn has_sliver(samples: &Samples, labels: &Labels) -> bool {
    let mut sizes = vec![0.0; labels.n_clusters];
    for (&label, weight) in labels.of_distinct.iter().zip(&samples.weights) {
        sizes[label as usize] += weight;
    }
    let fewest = sliver(samples.n_samples());
    sizes.iter().any(|&size| size > 0.0 && size < fewest)
}

/// The largest mean silhouette of K-Means over the numbers of clusters without a sliver, 0 if there is none.
fn best_silhouette(
    samples: &Samples,
    max_clusters: usize,
    n_init: usize,
    seed: u64,
) -> Result<f64, FitError> {
    let most = max_clusters.min(samples.n_distinct().saturating_sub(1));
    let fits = (2..=most).map(|n_clusters| {
        let params = KMeansParams {
            n_clusters,
            n_init,
            max_iter: 50,
            seed,
        };
        if n_init == 1 {
            KMeans::fit_once(samples, &params)
        } else {
            KMeans::fit(samples, &params, &mut |_| ())
        }
    });
    let fits: Vec<KMeans> = fits.collect::<Result<_, _>>()?;
    let labels = fits.iter().map(|fit| &fit.labels);
    let clusterings: Vec<&Labels> = labels
        .filter(|labels| !has_sliver(samples, labels))
        .collect();
    let judged = silhouettes(samples, &clusterings, samples.n_distinct(), seed, |_| ());
    let scores = judged.into_iter().flatten().map(|it| it.score);
    Ok(scores.fold(0.0, f64::max))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evenly() -> Matrix {
        let mut rng = Rng::new(7);
        let mut data = Matrix::with_features(2);
        for _ in 0..60 {
            data.push_row([rng.uniform(), rng.uniform()]);
        }
        data
    }

    #[test]
    fn sets_that_reach_the_silhouette_are_counted_and_p_follows() {
        let data = evenly();
        for (observed, n_sets, n_reached) in [(-1.0, ENOUGH, ENOUGH), (1.5, SETS, 0)] {
            let sets = NullSets::of(NullKind::Gaussian, &data, 4, 1);
            let mut test = Testing::of(sets, observed);
            while test.outcome().is_none() {
                test.go_on(&mut |_| ()).unwrap();
            }
            let found = test.outcome().unwrap();
            assert_eq!((found.n_sets, found.n_reached), (n_sets, n_reached));
            let p = if n_reached == 0 { 0.01 } else { 1.0 };
            assert_eq!(found.p, p);
        }
    }
}
