//! Whether there are segments at all: the silhouette beside that of data made to hold none, and valleys between neighbours.
//!
//! ```text
//! p(null) = (1 + null sets whose best silhouette reaches the observed one) / (1 + null sets)
//! handful = a segment of less than 2 % of the samples: outliers make any silhouette large, so that none counts as evidence then
//! real    = no handful and p(uniform) <= 0.05 and p(gaussian) <= 0.05 and (p(copula) <= 0.05 or a segment parted from all its neighbours)
//! clear   = real, beyond all three, with valleys between at least half of the neighbours
//! valley  = the dip of two neighbours, projected on the line through their centres, is beyond that of uniform numbers,
//!           p times the number of pairs <= 0.05 (Bonferroni)
//! ```
//!
//! The number of clusters is chosen anew on every null set, as it was on the data. A null is given up as soon as so many of its sets
//! reach the observed silhouette that p is above 0.05 whatever the rest say (Besag & Clifford 1991, Biometrika 78).

use serde::{Deserialize, Serialize};

use super::dip::{dip, dip_p};
use super::hopkins::hopkins;
use super::nulls::{Null, NullKind};
use super::silhouettes;
use crate::cluster::k_means::{KMeans, KMeansParams};
use crate::cluster::{FitError, Labels, Samples};
use crate::numeric::{Matrix, Rng, sort_numbers, squared_euclidean};

/// Sets drawn of each null at most.
const SETS: usize = 99;
/// So many sets that reach the observed silhouette settle that a null is not beaten.
const ENOUGH: usize = 10;
/// Samples looked at: more are drawn from.
const SAMPLES: usize = 500;
/// Fewer samples say nothing.
const FEWEST: usize = 20;
/// Numbers of clusters tried on a null set, more where more were chosen.
const MAX_CLUSTERS: usize = 8;
/// Share of the samples below which a cluster is a handful, as where a number of clusters is recommended.
const SMALLEST: f64 = 0.02;
/// What counts as beyond chance.
const LEVEL: f64 = 0.05;

/// How real segments are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RealityLevel {
    /// Beyond all nulls, with valleys between most neighbours.
    Clear,
    /// Beyond chance, but neighbours run into each other.
    Weak,
    /// Not told from data without segments.
    None,
}

/// The evidence for segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reality {
    /// The verdict.
    pub level: RealityLevel,
    /// Mean silhouette of the segments judged, on these samples.
    pub silhouette: Option<f64>,
    /// Samples looked at: all, or a random part of them.
    pub n_samples: usize,
    /// Whether there are too few samples, or different ones, to say anything.
    pub is_too_few: bool,
    /// Whether some segment holds so few samples that the silhouette is no evidence.
    pub has_handful: bool,
    /// The silhouette beside each null.
    pub nulls: Vec<NullTest>,
    /// Whether a valley lies between neighbours, pair by pair.
    pub valleys: Vec<Valley>,
    /// About 0.5 for even spread, towards 1 for heaps.
    pub hopkins: Option<f64>,
}

/// The silhouette beside sets of one null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NullTest {
    /// Which null.
    pub kind: NullKind,
    /// Share of sets that reach the observed silhouette, itself counted in.
    pub p: f64,
    /// Mean of the best silhouettes of the sets.
    pub mean: f64,
    /// The largest of them.
    pub largest: f64,
    /// Sets drawn.
    pub n_sets: usize,
}

/// Two neighbouring segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Valley {
    /// The segments, by number.
    pub pair: (u32, u32),
    /// The dip of their samples on the line through their centres.
    pub dip: f64,
    /// The share of uniform sets that dip as far.
    pub p: f64,
    /// Whether they are parted, all pairs counted in.
    pub is_parted: bool,
}

/// Judges a clustering of `samples`. `progress` hears the share that is done.
///
/// Cost: up to 297 sets of at most 500 samples, each clustered into 2 to 8 clusters and judged.
///
/// Below 20 samples or 3 different ones the level is none, and that there are too few is said. Labels that no sample has are passed over.
///
/// # Errors
/// [`FitError`] of K-Means on a null set.
pub fn reality(
    samples: &Samples,
    labels: &Labels,
    seed: u64,
    progress: &mut dyn FnMut(f64),
) -> Result<Reality, FitError> {
    let (part, of_part, names) = drawn(samples, labels, seed)?;
    let n = part.n_samples();
    let mut found = Reality {
        level: RealityLevel::None,
        silhouette: None,
        n_samples: n,
        is_too_few: n < FEWEST || part.n_distinct() < 3,
        has_handful: has_handful(samples, labels),
        nulls: Vec::new(),
        valleys: Vec::new(),
        hopkins: None,
    };
    // A part may miss all but one segment.
    let judged = silhouettes(&part, &[&of_part], n, seed, |_| ());
    let observed = judged
        .ok()
        .and_then(|judged| judged.first().map(|it| it.score));
    found.silhouette = observed;
    let Some(observed) = observed.filter(|_| !found.is_too_few) else {
        return Ok(found);
    };
    let data = rows(&part);
    let max_clusters = MAX_CLUSTERS.max(of_part.n_clusters);
    for (which, kind) in NullKind::ALL.into_iter().enumerate() {
        let mut hear = |fraction: f64| progress((which as f64 + fraction) / 3.0 * 0.95);
        let test = beside(kind, &data, observed, max_clusters, seed, &mut hear)?;
        found.nulls.push(test);
    }
    found.valleys = valleys(&part, &of_part, &names, seed);
    found.hopkins = Some(hopkins(&data, seed)).filter(|it| it.is_finite());
    if !found.has_handful {
        found.level = level(&found.nulls, &found.valleys);
    }
    progress(1.0);
    Ok(found)
}

fn level(nulls: &[NullTest], valleys: &[Valley]) -> RealityLevel {
    let beats = |kind: NullKind| {
        let mut of_kind = nulls.iter().filter(|test| test.kind == kind);
        of_kind.any(|test| test.p <= LEVEL)
    };
    let parted = valleys.iter().filter(|valley| valley.is_parted).count();
    // Two arms of one heap are parted from each other, but not from its middle.
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

/// All samples with their labels, or a random part of them, with the numbers that the labels of the part had.
fn drawn(
    samples: &Samples,
    labels: &Labels,
    seed: u64,
) -> Result<(Samples, Labels, Vec<u32>), FitError> {
    let mut chosen: Vec<u32> = samples.distinct_of.clone();
    let mut rng = Rng::new(seed ^ 0x9EA1);
    // The order of the file must not matter.
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

/// The samples one by one, equal ones each.
fn rows(samples: &Samples) -> Matrix {
    let mut matrix = Matrix::with_features(samples.n_features());
    for (i, &weight) in samples.weights.iter().enumerate() {
        for _ in 0..weight as usize {
            matrix.push_row(samples.points.row(i).iter().copied());
        }
    }
    matrix
}

fn beside(
    kind: NullKind,
    data: &Matrix,
    observed: f64,
    max_clusters: usize,
    seed: u64,
    progress: &mut dyn FnMut(f64),
) -> Result<NullTest, FitError> {
    let null = Null::fit(kind, data);
    let mut rng = Rng::new(seed ^ (kind as u64 + 1) << 40);
    let (mut best, mut reached) = (Vec::new(), 0);
    while best.len() < SETS && reached < ENOUGH {
        let set = Samples::new(&null.draw(data.n_samples(), &mut rng))?;
        let score = best_silhouette(&set, max_clusters, rng.next_u64())?;
        reached += usize::from(score >= observed);
        best.push(score);
        progress(best.len() as f64 / SETS as f64);
    }
    let n_sets = best.len();
    let p = if reached == ENOUGH {
        reached as f64 / n_sets as f64
    } else {
        (reached + 1) as f64 / (n_sets + 1) as f64
    };
    Ok(NullTest {
        kind,
        p,
        mean: best.iter().sum::<f64>() / n_sets as f64,
        largest: best.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        n_sets,
    })
}

/// Whether a cluster holds less than its share.
fn has_handful(samples: &Samples, labels: &Labels) -> bool {
    let mut sizes = vec![0.0; labels.n_clusters];
    for (&label, weight) in labels.of_distinct.iter().zip(&samples.weights) {
        sizes[label as usize] += weight;
    }
    let fewest = SMALLEST * samples.n_samples() as f64;
    sizes.iter().any(|&size| size > 0.0 && size < fewest)
}

/// The largest mean silhouette of K-Means over the numbers of clusters at which none is a handful, 0 where there is no such number.
fn best_silhouette(samples: &Samples, max_clusters: usize, seed: u64) -> Result<f64, FitError> {
    let most = max_clusters.min(samples.n_distinct().saturating_sub(1));
    let fits = (2..=most).map(|n_clusters| {
        let params = KMeansParams {
            n_clusters,
            n_init: 1,
            max_iter: 50,
            seed,
        };
        KMeans::fit_once(samples, &params)
    });
    let fits: Vec<KMeans> = fits.collect::<Result<_, _>>()?;
    let labels = fits.iter().map(|fit| &fit.labels);
    let clusterings: Vec<&Labels> = labels
        .filter(|labels| !has_handful(samples, labels))
        .collect();
    let judged = silhouettes(samples, &clusterings, samples.n_distinct(), seed, |_| ());
    let scores = judged.into_iter().flatten().map(|it| it.score);
    Ok(scores.fold(0.0, f64::max))
}

/// Neighbouring segments and whether a valley parts them. Two are neighbours when no other centre lies in the ball between theirs
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
