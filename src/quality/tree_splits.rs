//! Which splits of a tree are told from chance (Kimes, Liu, Hayes & Marron 2017, Biometrics 73, "SHC"): from the top, each against
//! sets drawn from one normal distribution with mean and covariance of the samples below it.
//!
//! ```text
//! index    = sum over both parts of |x - mean of the part|^2 / sum of |x - mean of all|^2        small: both parts lie apart
//! set      = as many samples from the normal distribution, their tree by the same linkage, the index of its top split
//! p        = Phi((index - mean of the sets) / standard deviation of the sets), or the share of sets that reach the index if larger
//! level    = 0.05 (n - 1) / (N - 1),   n samples below the split, N in all: the family-wise error is at most 0.05
//! told     = p <= level, and the split above it is told
//! ```
//!
//! Of more than [`MOST`] samples a random part is examined. Its own tree is split, too, and the weaker of both indices is taken:
//! sets are as large as the part.

use serde::{Deserialize, Serialize};

use super::bell::Bell;
use crate::cluster::hierarchical::{Hierarchical, HierarchicalParams};
use crate::cluster::{FitError, Metric, Samples};
use crate::numeric::{Matrix, Rng, normal_share_below};

/// The largest number of samples examined of one split.
pub const MOST: usize = 300;
/// Fewer samples, or fewer different ones, are not examined: heaps of equal samples are told from any bell.
const FEWEST: usize = 10;
/// The largest number of segments whose splits are examined.
const MAX_CLUSTERS: usize = 50;
/// The level of significance of all splits together.
const LEVEL: f64 = 0.05;
/// The largest number of sets drawn for a split.
const SETS: usize = 100;
/// When this many sets are split as well, the split is not told and no more are drawn.
const ENOUGH: usize = 10;
/// From this number of sets on, a split this many standard deviations below their mean needs no more.
const CLEAR: (usize, f64) = (20, -7.0);
/// When this many sets have been drawn for a tree, no further split is examined.
const MOST_SETS: usize = 1_000;
/// Work of one round, about a third of a second.
const AT_ONCE: f64 = 3e8;

/// One split that was examined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TreeSplit {
    /// The smallest number of segments whose cut makes it.
    pub n_clusters: usize,
    /// Samples of both parts.
    pub sizes: (usize, usize),
    /// Samples examined: all of both parts, or a random part.
    pub n_examined: usize,
    /// The cluster index: spread within both parts over that of all.
    pub index: f64,
    /// Mean index of the sets.
    pub mean: f64,
    /// Number of sets drawn.
    pub n_sets: usize,
    /// Sets that are split as well or better.
    pub n_reached: usize,
    /// Probability of an index as small without parts.
    pub p: f64,
    /// What `p` is held against.
    pub level: f64,
    /// Whether it is told from chance.
    pub is_told: bool,
}

impl TreeSplit {
    /// Whether `p` is the share of sets that are split as well, and not the tail of a normal distribution beyond them.
    pub fn is_share(&self) -> bool {
        self.n_sets > 0 && self.p <= self.n_reached as f64 / self.n_sets as f64
    }
}

/// The splits of a tree, from the top until they are not told from chance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TreeSplits {
    /// Those examined: the top one, and those below a split that is told.
    pub splits: Vec<TreeSplit>,
    /// The largest number of segments up to which every split is told; 1 if not even the first is.
    pub holds_to: usize,
    /// The largest number of segments that was looked at.
    pub max_clusters: usize,
}

impl TreeSplits {
    /// Whether the split that leads to this number of segments is told from chance.
    pub fn is_told(&self, n_clusters: usize) -> bool {
        let mut of_number = self.splits.iter().filter(|it| it.n_clusters == n_clusters);
        of_number.any(|it| it.is_told)
    }

    /// Splits told from chance that a cut at [`TreeSplits::holds_to`] does not make.
    pub fn n_further(&self) -> usize {
        let told = self.splits.iter().filter(|it| it.is_told).count();
        (told + 1).saturating_sub(self.holds_to)
    }

    /// Samples examined of the largest split, where that is a part of them.
    pub fn n_drawn(&self) -> Option<usize> {
        let first = self.splits.first()?;
        (first.n_examined < first.sizes.0 + first.sizes.1).then_some(first.n_examined)
    }
}

/// Examines the splits of a tree of these samples. `progress` receives the share done.
///
/// Cost: up to 49 splits and 1,100 trees of at most 2,000 samples.
///
/// # Errors
/// [`FitError`] of a tree of drawn samples.
pub fn tree_splits(
    tree: &Hierarchical,
    params: HierarchicalParams,
    samples: &Samples,
    seed: u64,
    progress: &mut dyn FnMut(f64),
) -> Result<TreeSplits, FitError> {
    let mut examining = Examining::new(params, seed);
    loop {
        if let Some(found) = examining.go_on(tree, samples, progress)? {
            return Ok(found);
        }
    }
}

/// An unfinished examination: [`tree_splits`] in rounds.
#[derive(Debug)]
pub struct Examining {
    params: HierarchicalParams,
    seed: u64,
    /// The number of segments whose split is next.
    n_clusters: usize,
    splits: Vec<TreeSplit>,
    test: Option<NodeTest>,
}

impl Examining {
    /// Before the first split of a tree with these choices.
    pub fn new(params: HierarchicalParams, seed: u64) -> Self {
        Self {
            params,
            seed,
            n_clusters: 2,
            splits: Vec::new(),
            test: None,
        }
    }

    /// Examines for about a third of a second; returns the findings at the end.
    ///
    /// # Errors
    /// [`FitError`] of a tree of drawn samples.
    pub fn go_on(
        &mut self,
        tree: &Hierarchical,
        samples: &Samples,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Option<TreeSplits>, FitError> {
        let max_clusters = MAX_CLUSTERS.min(samples.n_distinct());
        let mut work = 0.0;
        while work < AT_ONCE {
            if self.test.is_none() {
                while self.n_clusters <= max_clusters && !self.is_below_told(tree, samples) {
                    self.n_clusters += 1;
                }
                let n_sets: usize = self.splits.iter().map(|it| it.n_sets).sum();
                if self.n_clusters > max_clusters || n_sets >= MOST_SETS {
                    progress(1.0);
                    return Ok(Some(self.findings(self.n_clusters - 1)));
                }
                let seed = self.seed ^ (0x5417 + self.n_clusters as u64) << 24;
                let node = Node::of(tree, samples, self.n_clusters);
                self.test = Some(NodeTest::begin(&node, samples, self.params, seed)?);
            }
            if let Some(test) = &mut self.test {
                progress((self.n_clusters - 2) as f64 / max_clusters as f64);
                if test.is_settled() {
                    let found = test.outcome(self.n_clusters, samples.n_samples());
                    self.splits.push(found);
                    self.test = None;
                    self.n_clusters += 1;
                } else {
                    test.draw_next()?;
                    work += test.weight();
                }
            }
        }
        Ok(None)
    }

    /// Whether the split that is next is the first, or below one that is told.
    fn is_below_told(&self, tree: &Hierarchical, samples: &Samples) -> bool {
        let n = samples.n_distinct();
        let own = (2 * n - self.n_clusters) as u32;
        let steps = tree.tree.steps();
        // Merges above it: undone by cuts at fewer segments.
        let above = (2..self.n_clusters).find(|k| {
            let step = &steps[n - k];
            step.left == own || step.right == own
        });
        let is_told = |k: usize| {
            self.splits
                .iter()
                .any(|it| it.n_clusters == k && it.is_told)
        };
        above.map_or(self.n_clusters == 2, is_told)
    }

    fn findings(&mut self, max_clusters: usize) -> TreeSplits {
        let mut found = TreeSplits {
            splits: std::mem::take(&mut self.splits),
            holds_to: 1,
            max_clusters,
        };
        while found.is_told(found.holds_to + 1) {
            found.holds_to += 1;
        }
        found
    }
}

/// The two parts below a merge: their distinct samples, ascending.
struct Node {
    left: Vec<u32>,
    right: Vec<u32>,
}

impl Node {
    /// Of the merge that a cut at `n_clusters` undoes last.
    fn of(tree: &Hierarchical, samples: &Samples, n_clusters: usize) -> Self {
        let (n, steps) = (samples.n_distinct(), tree.tree.steps());
        let below = |cluster: u32| {
            let (mut open, mut leaves) = (vec![cluster], Vec::new());
            while let Some(cluster) = open.pop() {
                match steps.get((cluster as usize).wrapping_sub(n)) {
                    Some(step) => open.extend([step.left, step.right]),
                    None => leaves.push(cluster),
                }
            }
            leaves.sort_unstable();
            leaves
        };
        let step = &steps[n - n_clusters];
        Self {
            left: below(step.left),
            right: below(step.right),
        }
    }
}

/// One split against drawn sets.
#[derive(Debug)]
struct NodeTest {
    params: HierarchicalParams,
    bell: Bell,
    sizes: (usize, usize),
    n_distinct: usize,
    n: usize,
    n_features: usize,
    index: f64,
    rng: Rng,
    /// Indices of the sets so far.
    drawn: Vec<f64>,
    n_reached: usize,
}

impl NodeTest {
    fn begin(
        node: &Node,
        samples: &Samples,
        params: HierarchicalParams,
        seed: u64,
    ) -> Result<Self, FitError> {
        let mut rng = Rng::new(seed);
        let each = |part: &[u32]| -> Vec<usize> {
            let times = |&i: &u32| {
                let times = samples.weights[i as usize] as usize;
                std::iter::repeat_n(i as usize, times)
            };
            part.iter().flat_map(times).collect()
        };
        let (left, right) = (each(&node.left), each(&node.right));
        let sizes = (left.len(), right.len());
        let all: Vec<usize> = left.into_iter().chain(right).collect();
        let chosen = rng.some_of((0..all.len()).collect(), MOST);
        // Directions are taken from the origin of the features.
        let origin = |feature: usize| match params.metric {
            Metric::Cosine => samples.means[feature],
            _ => 0.0,
        };
        let (mut rows, mut parts) = (Matrix::with_features(samples.n_features()), Vec::new());
        for &at in &chosen {
            let row = samples.points.row(all[at]).iter().enumerate();
            rows.push_row(row.map(|(feature, x)| x + origin(feature)));
            parts.push(u32::from(at >= sizes.0));
        }
        let mut index = cluster_index(&rows, &parts);
        if chosen.len() < all.len() {
            index = index.max(index_of_own_tree(&rows, params)?);
        }
        Ok(Self {
            params,
            bell: Bell::of(&rows),
            sizes,
            n_distinct: node.left.len() + node.right.len(),
            n: chosen.len(),
            n_features: samples.n_features(),
            index,
            rng,
            drawn: Vec::new(),
            n_reached: 0,
        })
    }

    /// Mean and standard deviation of the sets so far.
    fn moments(&self) -> (f64, f64) {
        let n = self.drawn.len() as f64;
        let mean = self.drawn.iter().sum::<f64>() / n;
        let squares = self.drawn.iter().map(|x| (x - mean).powi(2));
        (mean, (squares.sum::<f64>() / (n - 1.0)).sqrt())
    }

    /// How many standard deviations the index is from the mean of the sets; 0 where they do not vary.
    fn score(&self) -> f64 {
        let (mean, deviation) = self.moments();
        let score = (self.index - mean) / deviation;
        if score.is_finite() { score } else { 0.0 }
    }

    fn is_settled(&self) -> bool {
        let n = self.drawn.len();
        self.n_distinct < FEWEST
            || n == SETS
            || self.n_reached == ENOUGH
            || n == CLEAR.0 && self.score() < CLEAR.1
    }

    fn draw_next(&mut self) -> Result<(), FitError> {
        let set = self.bell.draw(self.n, &mut self.rng);
        let index = index_of_own_tree(&set, self.params)?;
        self.n_reached += usize::from(index <= self.index);
        self.drawn.push(index);
        Ok(())
    }

    fn outcome(&self, n_clusters: usize, n_samples: usize) -> TreeSplit {
        let n_sets = self.drawn.len();
        let (mean, p) = match n_sets {
            0 => (1.0, 1.0),
            _ if self.n_reached == ENOUGH => (self.moments().0, ENOUGH as f64 / n_sets as f64),
            // Where sets reach the index, their share is no guess.
            _ => {
                let reached = self.n_reached as f64 / n_sets as f64;
                let p = normal_share_below(self.score());
                (self.moments().0, p.max(reached))
            }
        };
        let share = (self.sizes.0 + self.sizes.1 - 1) as f64 / (n_samples - 1) as f64;
        let level = LEVEL * share;
        TreeSplit {
            n_clusters,
            sizes: self.sizes,
            n_examined: self.n,
            index: self.index,
            mean,
            n_sets,
            n_reached: self.n_reached,
            p,
            level,
            is_told: p <= level && self.n_reached < ENOUGH,
        }
    }

    /// Work of one set: about its time in nanoseconds.
    fn weight(&self) -> f64 {
        let n = self.n as f64;
        n * (n + 500.0) * (self.n_features as f64 + 4.0) * 2.0
    }
}

/// The index of the top split of the rows' own tree; 1, no split at all, where they have no two different ones.
fn index_of_own_tree(rows: &Matrix, params: HierarchicalParams) -> Result<f64, FitError> {
    let samples = Samples::new(rows)?;
    if samples.n_distinct() < 2 {
        return Ok(1.0);
    }
    let tree = Hierarchical::fit(&samples, params, &mut |_| ())?.tree;
    let parts = tree.cut_at_count(2)?.of_samples(&samples);
    Ok(cluster_index(rows, &parts))
}

/// The cluster index of two parts, 0 and 1 (Liu, Hayes, Nobel & Marron 2008, J. Am. Stat. Assoc. 103).
pub fn cluster_index(rows: &Matrix, parts: &[u32]) -> f64 {
    let within = |is_in: &dyn Fn(u32) -> bool| {
        let members = || rows.rows().zip(parts).filter(|(_, part)| is_in(**part));
        let n = members().count() as f64;
        let mut means = vec![0.0; rows.n_features()];
        for (row, _) in members() {
            let pairs = means.iter_mut().zip(row);
            pairs.for_each(|(mean, x)| *mean += x / n);
        }
        let of_row = |row: &[f64]| {
            let pairs = row.iter().zip(&means);
            pairs.map(|(x, mean)| (x - mean).powi(2)).sum::<f64>()
        };
        members().map(|(row, _)| of_row(row)).sum::<f64>()
    };
    let all = within(&|_| true);
    if all == 0.0 {
        return 1.0;
    }
    (within(&|part| part == 0) + within(&|part| part == 1)) / all
}
