//! Whether there are segments at all, and whether these cuts follow them: the silhouette compared with that of data without segments,
//! and valleys between neighbours.
//!
//! ```text
//! p(null)    (1 + null sets whose best silhouette reaches the observed one) / (1 + null sets); without both 1s after an early stop
//! sliver     a segment of less than 2 % of the samples: outliers make any silhouette large, which is no evidence then
//! island     a segment parted from all its neighbours
//! structure  no sliver, not one body (`valleys`), p(uniform) <= 0.05, p(gaussian) <= 0.05, and p(copula) <= 0.05 or an island
//! clear      structure, and a valley between all neighbours (`valleys`)
//! weak       structure, but some of the cuts run through samples without a valley
//! unjudged   nothing was compared with the nulls: fewer than 20 different samples, or no silhouette
//! ```
//!
//! That there is a valley everywhere is claimed only where each pair shows one at the level, which keeps the level of the whole claim
//! (intersection-union test: Berger 1982, Technometrics 24). Features that are identifiers or former segments are left out of the
//! whole verdict: they make no segment real. One feature has no copula: its values without segments would be the very same values.
//!
//! The number of clusters is chosen on every null set as on the data. The test of a null stops as soon as enough of its sets reach
//! the observed silhouette to put p above 0.05, whatever the rest would give (Besag & Clifford 1991, Biometrika 78).

use serde::{Deserialize, Serialize};

use super::hopkins::hopkins;
use super::null_test::{NullScores, NullSets, NullTest, Testing, has_sliver};
use super::nulls::NullKind;
use super::valleys::{LEVEL, Valley, valleys};
use super::{has_pair, silhouettes};
use crate::cluster::{FitError, Labels, Samples};
use crate::numeric::{Matrix, Rng, set_of};

/// The largest number of samples examined; above it, a random sample of this size.
const SAMPLES: usize = 500;
/// Fewer samples, or fewer different ones, give no verdict.
const FEWEST: usize = 20;
/// The largest number of clusters tried on a null set, or that of the clustering if larger.
const MAX_CLUSTERS: usize = 8;

/// How real segments are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RealityLevel {
    /// Beyond chance, with valleys between all neighbours.
    Clear,
    /// Beyond chance, but between some neighbours no valley is found.
    Weak,
    /// Not distinguishable from data without segments.
    None,
    /// Nothing could be compared with data without segments; [`Reality::obstacle`] says why.
    Unjudged,
}

impl RealityLevel {
    /// Whether the segments are told from data without segments, wholly or in part.
    pub fn is_beyond_chance(self) -> bool {
        matches!(self, Self::Clear | Self::Weak)
    }
}

/// Why segments cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unjudged {
    /// No feature tells samples apart but identifiers and former segments.
    NothingLeft,
    /// Fewer than 20 samples.
    TooFew,
    /// Fewer than 20 different samples.
    TooFewDifferent,
    /// All samples examined are in one segment.
    OneSegment,
    /// Each sample examined is a segment of its own.
    EachAlone,
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
    /// Number of different samples among them.
    pub n_distinct: usize,
    /// Number of segments that hold any of them.
    pub n_segments: usize,
    /// Whether there are too few samples, or too few different ones, for a verdict.
    pub is_too_few: bool,
    /// Names of the features that the verdict leaves out: identifiers and former segments.
    pub left_out: Vec<String>,
    /// Whether some segment is a sliver ([`super::sliver`]), so that the silhouette is no evidence; the name is that of the reports.
    pub has_sliver: bool,
    /// The silhouette compared with each null.
    pub nulls: Vec<NullTest>,
    /// The pairs of neighbours, and whether a valley lies between them.
    pub valleys: Vec<Valley>,
    /// About 0.5 for evenly spread samples, towards 1 for clusters.
    pub hopkins: Option<f64>,
}

impl Reality {
    /// Why there is no verdict; `None` where there is one.
    pub fn obstacle(&self) -> Option<Unjudged> {
        let why = if !self.left_out.is_empty() && self.n_distinct < 2 {
            Unjudged::NothingLeft
        } else if self.n_samples < FEWEST {
            Unjudged::TooFew
        } else if self.n_distinct < FEWEST {
            Unjudged::TooFewDifferent
        } else if self.n_segments > 1 {
            Unjudged::EachAlone
        } else {
            Unjudged::OneSegment
        };
        Some(why).filter(|_| self.level == RealityLevel::Unjudged)
    }
}

/// Judges a clustering of `samples`. `progress` receives the share done.
///
/// Cost: up to 297 sets of at most 500 samples, each clustered into 2 to 8 clusters and judged.
///
/// Below 20 different samples there is no verdict, and `is_too_few` is set. Labels without samples are ignored. Categories and
/// features of few values are known by their values.
///
/// # Errors
/// [`FitError`] of K-Means on a null set.
pub fn reality(
    samples: &Samples,
    labels: &Labels,
    seed: u64,
    progress: &mut dyn FnMut(f64),
) -> Result<Reality, FitError> {
    let mut judging = Judging::begin(samples, labels, &[], seed)?;
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
    /// The nulls that are tested.
    kinds: &'static [NullKind],
    found: Reality,
    /// The null being tested; none if there is nothing to test, and after the last.
    test: Option<Testing>,
}

impl Judging {
    /// Prepares the samples; draws no set yet. The verdict does not look at the features `left_out`: each with its number and name.
    /// Without any other the silhouette is none.
    ///
    /// # Errors
    /// As [`Samples::new`].
    pub fn begin(
        samples: &Samples,
        labels: &Labels,
        left_out: &[(usize, String)],
        seed: u64,
    ) -> Result<Self, FitError> {
        let is_left_out = |feature: usize| left_out.iter().any(|(other, _)| *other == feature);
        let kept: Vec<bool> = (0..samples.n_features())
            .map(|at| !is_left_out(at))
            .collect();
        let (part, of_part, names) = drawn(samples, labels, &kept, seed)?;
        let n = part.n_samples();
        let n_distinct = n_distinct(&part, &kept);
        let is_too_few = n_distinct < FEWEST;
        // A random part may contain only one segment.
        let judged = silhouettes(&part, &[&of_part], n, seed, |_| ());
        let observed = judged
            .ok()
            .and_then(|judged| judged.first().map(|it| it.score))
            .filter(|_| kept.contains(&true) && has_pair(&of_part.sizes(&part)));
        let found = Reality {
            level: RealityLevel::Unjudged,
            silhouette: observed,
            n_samples: n,
            n_distinct,
            n_segments: of_part.n_clusters,
            is_too_few,
            left_out: names_of(left_out),
            has_sliver: has_sliver(samples, labels),
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
            kinds: NullKind::of(n_that_vary(&samples.columns, &kept)),
            found,
            test: None,
        };
        judging.test_next();
        Ok(judging)
    }

    /// Starts the next null, if there is one and something to test.
    fn test_next(&mut self) {
        let next = self.kinds.get(self.found.nulls.len()).copied();
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
            let mut hear =
                |fraction: f64| progress((which + fraction) / self.kinds.len() as f64 * 0.95);
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
        if self.found.nulls.len() == self.kinds.len() {
            self.found.valleys = valleys(
                &self.part,
                &self.data,
                &self.of_part,
                &self.names,
                self.seed,
            );
            let hopkins = hopkins(&self.data, self.seed);
            self.found.hopkins = Some(hopkins).filter(|it| it.is_finite());
            self.found.level = if self.found.has_sliver {
                RealityLevel::None
            } else {
                level_of(&self.found.nulls, &self.found.valleys)
            };
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
        let n_after = self.kinds.len() - self.found.nulls.len() - 1;
        let [of_all, left] = test.weights();
        (
            of_all * self.kinds.len() as f64,
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

/// How real segments are that were compared with these nulls and have these valleys, none of them a sliver.
pub fn level_of(nulls: &[NullTest], valleys: &[Valley]) -> RealityLevel {
    let beats = |kind: NullKind| {
        let mut of_kind = nulls.iter().filter(|test| test.kind == kind);
        of_kind.any(|test| test.p <= LEVEL)
    };
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
    let beats_all = beats(NullKind::Uniform) && beats(NullKind::Gaussian);
    // Heavy tails are better separated than any null, by a cut through one body.
    if !beats_all || is_one_body(valleys) || !(beats(NullKind::Copula) || has_island) {
        RealityLevel::None
    } else if valleys.iter().all(|it| it.is_parted) {
        // The copula keeps what lies apart in single features: gaps all around each segment are more than it says.
        RealityLevel::Clear
    } else {
        RealityLevel::Weak
    }
}

/// Number of kept features that are not the same for all.
fn n_that_vary(columns: &[Vec<f64>], kept: &[bool]) -> usize {
    let vary = |column: &[f64]| column.iter().any(|x| Some(x) != column.first());
    let all = columns.iter().zip(kept);
    all.filter(|(column, is_kept)| **is_kept && vary(column))
        .count()
}

/// Whether all segments hang together by neighbours that run on into each other, as the arcs of a curve do.
fn is_one_body(valleys: &[Valley]) -> bool {
    let mut body = set_of(valleys.first().map(|valley| valley.pair.0));
    loop {
        let before = body.len();
        for Valley { pair: (a, b), .. } in valleys.iter().filter(|it| it.runs_on()) {
            if body.contains(a) || body.contains(b) {
                body.extend([*a, *b]);
            }
        }
        if body.len() == before {
            break;
        }
    }
    let mut all = valleys.iter().flat_map(|it| [it.pair.0, it.pair.1]);
    all.all(|name| body.contains(&name))
}

/// All samples with their labels, or a random part of them; and the numbers of the labels that occur in it.
fn drawn(
    samples: &Samples,
    labels: &Labels,
    kept: &[bool],
    seed: u64,
) -> Result<(Samples, Labels, Vec<u32>), FitError> {
    let mut chosen: Vec<usize> = samples.distinct_of.iter().map(|&i| i as usize).collect();
    // Independent of the order of the file.
    chosen.sort_unstable();
    let chosen = Rng::new(seed ^ 0x9EA1).some_of(chosen, SAMPLES);
    let factors = factors(samples, kept);
    let mut matrix = Matrix::with_features(samples.n_features());
    for &i in &chosen {
        let row = samples.points.row(i).iter().zip(&factors);
        matrix.push_row(row.map(|(x, factor)| x * factor));
    }
    let part = Samples::new(&matrix)?;
    let mut of_distinct = vec![0; part.n_distinct()];
    for (&of_part, &i) in part.distinct_of.iter().zip(&chosen) {
        of_distinct[of_part as usize] = labels.of_distinct[i];
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

/// The names, each once.
fn names_of(left_out: &[(usize, String)]) -> Vec<String> {
    let mut names: Vec<String> = left_out.iter().map(|(_, name)| name.clone()).collect();
    names.dedup();
    names
}

/// What the features are multiplied by: those that are left out become so small that they decide nothing, but samples of different
/// segments that are otherwise equal stay different.
fn factors(samples: &Samples, kept: &[bool]) -> Vec<f64> {
    /// Of the smallest range that is kept.
    const SHARE: f64 = 1e-9;
    let range = |feature: usize| {
        let column = samples.points.column(feature);
        let ends = column.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| {
            (a.min(x), b.max(x))
        });
        ends.1 - ends.0
    };
    let ranges: Vec<f64> = (0..kept.len()).map(range).collect();
    let of_kept = ranges.iter().zip(kept).filter(|it| *it.1 && *it.0 > 0.0);
    let smallest = of_kept.map(|it| *it.0).fold(f64::INFINITY, f64::min);
    let factor = |(&range, &is_kept): (&f64, &bool)| {
        if is_kept || range == 0.0 || !smallest.is_finite() {
            1.0
        } else {
            SHARE * smallest / range
        }
    };
    ranges.iter().zip(kept).map(factor).collect()
}

/// Number of samples that differ in a feature that is kept.
fn n_distinct(samples: &Samples, kept: &[bool]) -> usize {
    let mut rows: Vec<Vec<u64>> = samples
        .points
        .rows()
        .map(|row| {
            let values = row.iter().zip(kept).filter(|it| *it.1);
            values.map(|(x, _)| (x + 0.0).to_bits()).collect()
        })
        .collect();
    rows.sort_unstable();
    rows.dedup();
    rows.len()
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
