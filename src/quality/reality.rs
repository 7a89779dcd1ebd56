//! Whether there are segments at all: the silhouette compared with that of data without segments, and valleys between neighbours.
//!
//! ```text
//! p(null) = (1 + null sets whose best silhouette reaches the observed one) / (1 + null sets); without both 1s after an early stop
//! handful = a segment of less than 2 % of the samples: outliers make any silhouette large, which is no evidence then
//! real    = no handful and p(uniform) <= 0.05 and p(gaussian) <= 0.05 and (p(copula) <= 0.05 or a segment parted from all its neighbours)
//! clear   = real, p <= 0.05 for all three, and valleys between at least half of the pairs of neighbours
//! valley  = the dip of two neighbours, projected on the line through their centres, exceeds that of uniform numbers:
//!           p times the number of pairs <= 0.05 (Bonferroni)
//! ```
//!
//! The number of clusters is chosen on every null set as on the data. The test of a null stops as soon as enough of its sets reach
//! the observed silhouette to put p above 0.05, whatever the rest would give (Besag & Clifford 1991, Biometrika 78).

use serde::{Deserialize, Serialize};

use super::dip::{dip, dip_p};
use super::hopkins::hopkins;
use super::null_test::{NullScores, NullSets, NullTest, Testing, has_handful};
use super::nulls::NullKind;
use super::silhouettes;
use crate::cluster::{FitError, Labels, Samples};
use crate::numeric::{Matrix, Rng, sort_numbers, squared_euclidean};

/// The largest number of samples examined; above it, a random sample of this size.
const SAMPLES: usize = 500;
/// Fewer samples give no verdict.
const FEWEST: usize = 20;
/// The largest number of clusters tried on a null set, or that of the clustering if larger.
const MAX_CLUSTERS: usize = 8;
/// The level of significance.
const LEVEL: f64 = 0.05;

/// How real segments are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RealityLevel {
    /// Beyond all nulls, with valleys between most neighbours.
    Clear,
    /// Beyond chance, but neighbours run into each other.
    Weak,
    /// Not distinguishable from data without segments.
    None,
}

/// The evidence for segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reality {
    /// The verdict.
    pub level: RealityLevel,
    /// Mean silhouette of the clustering, on the samples examined.
    pub silhouette: Option<f64>,
    /// Number of samples examined: all, or a random part.
    pub n_samples: usize,
    /// Whether there are too few samples, or too few different ones, for a verdict.
    pub is_too_few: bool,
    /// Whether some segment is so small that the silhouette is no evidence.
    pub has_handful: bool,
    /// The silhouette compared with each null.
    pub nulls: Vec<NullTest>,
    /// The pairs of neighbours, and whether a valley lies between them.
    pub valleys: Vec<Valley>,
    /// About 0.5 for evenly spread samples, towards 1 for clusters.
    pub hopkins: Option<f64>,
}

/// Two neighbouring segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Valley {
    /// The segments, by number.
    pub pair: (u32, u32),
    /// The dip of their samples, projected on the line through their centres.
    pub dip: f64,
    /// Share of uniform sets with a dip at least as large.
    pub p: f64,
    /// Whether they are parted, corrected for the number of pairs.
    pub is_parted: bool,
}

/// Judges a clustering of `samples`. `progress` receives the share done.
///
/// Cost: up to 297 sets of at most 500 samples, each clustered into 2 to 8 clusters and judged.
///
/// Below 20 samples or 3 different ones the level is none, and `is_too_few` is set. Labels without samples are ignored.
///
/// # Errors
/// [`FitError`] of K-Means on a null set.
pub fn reality(
    samples: &Samples,
    labels: &Labels,
    seed: u64,
    progress: &mut dyn FnMut(f64),
) -> Result<Reality, FitError> {
    let mut judging = Judging::begin(samples, labels, seed)?;
    loop {
        if let Some(found) = judging.go_on(progress)? {
            return Ok(found);
        }
    }
}

/// An unfinished verdict: [`reality`] in rounds, with sets that others can judge meanwhile.
#[derive(Debug)]
pub struct Judging {
    part: Samples,
    of_part: Labels,
    names: Vec<u32>,
    /// The samples of the part as rows, equal ones repeated.
    data: Matrix,
    seed: u64,
    found: Reality,
    /// The null being tested; none if there is nothing to test, and after the last.
    test: Option<Testing>,
}

impl Judging {
    /// Prepares the samples; draws no set yet.
    ///
    /// # Errors
    /// As [`Samples::new`].
    pub fn begin(samples: &Samples, labels: &Labels, seed: u64) -> Result<Self, FitError> {
        let (part, of_part, names) = drawn(samples, labels, seed)?;
        let n = part.n_samples();
        let is_too_few = n < FEWEST || part.n_distinct() < 3;
        // A random part may contain only one segment.
        let judged = silhouettes(&part, &[&of_part], n, seed, |_| ());
        let observed = judged
            .ok()
            .and_then(|judged| judged.first().map(|it| it.score));
        let found = Reality {
            level: RealityLevel::None,
            silhouette: observed,
            n_samples: n,
            is_too_few,
            has_handful: has_handful(samples, labels),
            nulls: Vec::new(),
            valleys: Vec::new(),
            hopkins: None,
        };
        let mut judging = Self {
            data: rows(&part),
            part,
            of_part,
            names,
            seed,
            found,
            test: None,
        };
        judging.test_next();
        Ok(judging)
    }

    /// Starts the next null, if there is one and something to test.
    fn test_next(&mut self) {
        let next = NullKind::ALL.get(self.found.nulls.len()).copied();
        let observed = self.found.silhouette.filter(|_| !self.found.is_too_few);
        self.test = next.zip(observed).map(|(kind, observed)| {
            let max_clusters = MAX_CLUSTERS.max(self.of_part.n_clusters);
            let sets = NullSets::of(kind, &self.data, max_clusters, self.seed);
            Testing::of(sets, observed)
        });
    }

    /// Counts scores of others, or judges some sets, for about a third of a second; returns the verdict at the end.
    ///
    /// # Errors
    /// [`FitError`] of K-Means on a null set.
    pub fn go_on(&mut self, progress: &mut dyn FnMut(f64)) -> Result<Option<Reality>, FitError> {
        let mut may_work = true;
        while let Some(test) = &mut self.test {
            let which = self.found.nulls.len() as f64;
            let mut hear = |fraction: f64| progress((which + fraction) / 3.0 * 0.95);
            if !test.take_kept() && may_work {
                test.go_on(&mut hear)?;
            }
            may_work = false;
            let Some(tested) = test.outcome() else {
                return Ok(None);
            };
            self.found.nulls.push(tested);
            self.test_next();
        }
        if self.found.nulls.len() == NullKind::ALL.len() {
            self.found.valleys = valleys(&self.part, &self.of_part, &self.names, self.seed);
            let hopkins = hopkins(&self.data, self.seed);
            self.found.hopkins = Some(hopkins).filter(|it| it.is_finite());
            if !self.found.has_handful {
                self.found.level = level(&self.found.nulls, &self.found.valleys);
            }
        }
        progress(1.0);
        Ok(Some(self.found.clone()))
    }

    /// Sets that others can judge now, with their weights; none near the end of this null.
    pub fn shares(&mut self) -> Vec<(NullSets, f64)> {
        self.test.as_mut().map_or_else(Vec::new, Testing::shares)
    }

    /// Weight of all sets, and of those left.
    pub fn weights(&self) -> (f64, f64) {
        let Some(test) = &self.test else {
            return (0.0, 0.0);
        };
        let n_after = NullKind::ALL.len() - self.found.nulls.len() - 1;
        let [of_all, left] = test.weights();
        (
            of_all * NullKind::ALL.len() as f64,
            of_all * n_after as f64 + left,
        )
    }

    /// Keeps scores found by others.
    pub fn keep(&mut self, scores: NullScores) {
        if let Some(test) = &mut self.test {
            test.keep(scores);
        }
    }
}

fn level(nulls: &[NullTest], valleys: &[Valley]) -> RealityLevel {
    let beats = |kind: NullKind| {
        let mut of_kind = nulls.iter().filter(|test| test.kind == kind);
        of_kind.any(|test| test.p <= LEVEL)
    };
    let parted = valleys.iter().filter(|valley| valley.is_parted).count();
    // Two arms of one cluster are parted from each other, but not from its middle.
    let of = |name: u32| {
        let both = move |valley: &&Valley| valley.pair.0 == name || valley.pair.1 == name;
        valleys.iter().filter(both)
    };
    let names = valleys
        .iter()
        .flat_map(|valley| [valley.pair.0, valley.pair.1]);
    let has_island = names
        .into_iter()
        .any(|name| of(name).all(|valley| valley.is_parted));
    let beats_copula = beats(NullKind::Copula);
    if !(beats(NullKind::Uniform) && beats(NullKind::Gaussian) && (beats_copula || has_island)) {
        RealityLevel::None
    } else if beats_copula && parted * 2 >= valleys.len() && parted > 0 {
        RealityLevel::Clear
    } else {
        RealityLevel::Weak
    }
}

/// All samples with their labels, or a random part of them; and the numbers of the labels that occur in it.
fn drawn(
    samples: &Samples,
    labels: &Labels,
    seed: u64,
) -> Result<(Samples, Labels, Vec<u32>), FitError> {
    let mut chosen: Vec<u32> = samples.distinct_of.clone();
    let mut rng = Rng::new(seed ^ 0x9EA1);
    // Independent of the order of the file.
    chosen.sort_unstable();
    if chosen.len() > SAMPLES {
        for i in 0..SAMPLES {
            let other = i + rng.below(chosen.len() - i);
            chosen.swap(i, other);
        }
        chosen.truncate(SAMPLES);
    }
    let mut matrix = Matrix::with_features(samples.n_features());
    for &i in &chosen {
        matrix.push_row(samples.points.row(i as usize).iter().copied());
    }
    let part = Samples::new(&matrix)?;
    let mut of_distinct = vec![0; part.n_distinct()];
    for (&of_part, &i) in part.distinct_of.iter().zip(&chosen) {
        of_distinct[of_part as usize] = labels.of_distinct[i as usize];
    }
    let mut names = of_distinct.clone();
    names.sort_unstable();
    names.dedup();
    for label in &mut of_distinct {
        *label = names.partition_point(|name| name < label) as u32;
    }
    let n_clusters = names.len();
    let of_part = Labels {
        of_distinct,
        n_clusters,
    };
    Ok((part, of_part, names))
}

/// The samples as rows, equal ones repeated.
fn rows(samples: &Samples) -> Matrix {
    let mut matrix = Matrix::with_features(samples.n_features());
    for (i, &weight) in samples.weights.iter().enumerate() {
        for _ in 0..weight as usize {
            matrix.push_row(samples.points.row(i).iter().copied());
        }
    }
    matrix
}

/// Neighbouring segments, and whether a valley parts them. Two are neighbours if no other centre lies in the ball between theirs
/// (Gabriel & Sokal 1969, Syst. Zool. 18).
fn valleys(samples: &Samples, labels: &Labels, names: &[u32], seed: u64) -> Vec<Valley> {
    let (k, d) = (labels.n_clusters, samples.n_features());
    let (mut centres, mut weights) = (Matrix::zeros(k, d), vec![0.0; k]);
    for (i, &label) in labels.of_distinct.iter().enumerate() {
        let weight = samples.weights[i];
        weights[label as usize] += weight;
        let centre = centres.row_mut(label as usize);
        for (sum, x) in centre.iter_mut().zip(samples.points.row(i)) {
            *sum += weight * x;
        }
    }
    for (cluster, &weight) in weights.iter().enumerate() {
        centres
            .row_mut(cluster)
            .iter_mut()
            .for_each(|x| *x /= weight);
    }
    let pairs = (0..k).flat_map(|a| (a + 1..k).map(move |b| (a, b)));
    let is_between = |c: usize, a: usize, b: usize| {
        let (a, b, c) = (centres.row(a), centres.row(b), centres.row(c));
        squared_euclidean(a, c) + squared_euclidean(b, c) < squared_euclidean(a, b)
    };
    let are_neighbours =
        |&(a, b): &(usize, usize)| (0..k).all(|c| c == a || c == b || !is_between(c, a, b));
    let pairs: Vec<(usize, usize)> = pairs.filter(are_neighbours).collect();
    let n_pairs = pairs.len() as f64;
    let valley = |(a, b): (usize, usize)| {
        let mut along = Vec::new();
        for (i, &label) in labels.of_distinct.iter().enumerate() {
            if label as usize == a || label as usize == b {
                let (from, to) = (centres.row(a), centres.row(b));
                let terms = samples.points.row(i).iter().zip(from.iter().zip(to));
                let x: f64 = terms.map(|(x, (a, b))| (x - a) * (b - a)).sum();
                along.extend(std::iter::repeat_n(x, samples.weights[i] as usize));
            }
        }
        sort_numbers(&mut along);
        let dip = dip(&along);
        let p = dip_p(dip, along.len(), seed);
        Valley {
            pair: (names[a], names[b]),
            dip,
            p,
            is_parted: p * n_pairs <= LEVEL,
        }
    };
    pairs.into_iter().map(valley).collect()
}
