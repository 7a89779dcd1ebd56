//! What if: how many customers would be mismatched under other choices, and whether they are the same ones.
//!
//! Every scaling, every set of features near today's (one fewer, one more, one exchanged), and numbers of segments around today's;
//! the first model against linkages and against the mixture.

use serde::{Deserialize, Serialize};

use crate::agreement::{Contingency, best_matching};
use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::{Dendrogram, Hierarchical, HierarchicalParams, Linkage};
use crate::cluster::k_means::KMeansParams;
use crate::cluster::{FitError, Labels, Metric, Samples};
use crate::engine::{Fits, Found, Part};
use crate::features::{Feature, Prepared, Scaler, Scaling, prepare};
use crate::numeric::{Matrix, Rng};
use crate::result::{Comparison, K_RANGE, Settings};
use crate::table::{ColumnKind, Role, Table};

/// Customers that are tried on; more are drawn from.
const MOST_CUSTOMERS: usize = 1_000;
/// Sets of features tried at most.
const MOST_SETS: usize = 12;
/// A segment of a smaller share of the customers is a handful.
const HANDFUL: f64 = 0.02;

/// What other choices would have found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhatIf {
    /// Customers looked at: all, or a random part of them.
    pub n_customers: usize,
    /// Mismatched among them today, among all the models compared.
    pub n_today: usize,
    /// Every choice tried.
    pub tried: Vec<Tried>,
    /// Rows looked at, ascending, with the number of choices under which each is mismatched.
    pub times: Vec<(usize, usize)>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// How features are made comparable.
    pub scaling: Scaling,
    /// Names of the features.
    pub features: Vec<String>,
    /// What the first model is compared with.
    pub against: Against,
    /// Number of segments of both.
    pub n_clusters: usize,
    /// Customers mismatched.
    pub n_mismatched: usize,
    /// Those of them that are mismatched today.
    pub n_overlap: usize,
    /// Adjusted Rand index.
    pub ari: f64,
    /// Customers per segment of the first model, ascending.
    pub sizes: Vec<usize>,
    /// The same of the other.
    pub sizes_against: Vec<usize>,
    /// Whether some segment holds less than 2 % of the customers: the agreement is about outliers then.
    pub is_degenerate: bool,
}

/// What the first model is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// A tree of this linkage.
    Hierarchical(Linkage),
    /// A Gaussian mixture of this shape.
    GaussianMixture(CovarianceType),
}

/// Choices that are being tried, so that others may be served in between.
#[derive(Debug)]
pub(crate) struct Trying {
    comparison: Comparison,
    rows: Vec<usize>,
    plan: Vec<(Vec<Feature>, Scaling)>,
    n_done: usize,
    tried: Vec<Tried>,
    times: Vec<usize>,
}

impl Trying {
    pub(crate) fn of(table: &Table, fits: &Fits, comparison: &Comparison) -> Self {
        let rows = drawn(fits, comparison.settings.seed);
        let mut plan = Vec::new();
        for features in near_sets(table, &comparison.settings) {
            for scaling in [Scaling::None, Scaling::ZScore, Scaling::MinMax] {
                plan.push((features.clone(), scaling));
            }
        }
        Self {
            comparison: comparison.clone(),
            times: vec![0; rows.len()],
            rows,
            plan,
            n_done: 0,
            tried: Vec::new(),
        }
    }

    /// Whether it is of this comparison.
    pub(crate) fn is_of(&self, settings: &Settings) -> bool {
        self.comparison.settings == *settings
    }

    /// Tries one set of features under one scaling; the findings once all are tried.
    pub(crate) fn go_on(&mut self, table: &Table, progress: &mut dyn FnMut(f64)) -> Option<WhatIf> {
        progress(self.n_done as f64 / self.plan.len().max(1) as f64);
        if let Some((features, scaling)) = self.plan.get(self.n_done).cloned() {
            self.n_done += 1;
            // A choice that cannot be fitted, such as directions where a row has none, is left out.
            self.try_on(table, &features, scaling).unwrap_or_default();
        }
        if self.n_done < self.plan.len() {
            return None;
        }
        let is_today = |row: &&usize| self.comparison.is_mismatched(**row);
        Some(WhatIf {
            n_customers: self.rows.len(),
            n_today: self.rows.iter().filter(is_today).count(),
            tried: std::mem::take(&mut self.tried),
            times: self
                .rows
                .iter()
                .copied()
                .zip(self.times.iter().copied())
                .collect(),
        })
    }

    fn try_on(
        &mut self,
        table: &Table,
        features: &[Feature],
        scaling: Scaling,
    ) -> Result<(), FitError> {
        let settings = &self.comparison.settings;
        let Ok(prepared) = prepare(table, features, scaling, settings.missing, settings.repeats)
        else {
            // A set without a complete row cannot be tried.
            return Ok(());
        };
        let (rows, samples) = within(&prepared, scaling, &self.rows)?;
        let today = self.comparison.n_clusters;
        let numbers: Vec<usize> = (today - 1..=today + 1)
            .filter(|k| K_RANGE.contains(k) && *k < samples.n_distinct())
            .collect();
        let trees = trees(&samples, settings)?;
        let mut found = Vec::new();
        for &k in &numbers {
            let Some(first) = partition(&samples, settings, k)? else {
                continue;
            };
            let mut cuts = Vec::new();
            for (linkage, tree) in &trees {
                cuts.push((Against::Hierarchical(*linkage), tree.cut_at_count(k)?));
            }
            let start = cuts.first().map(|(_, cut)| cut.clone());
            let starts = [Some(first.clone()), start].into_iter().flatten().collect();
            cuts.extend(mixture(&samples, settings, starts));
            found.push((k, first, cuts));
        }
        for (k, first, others) in &found {
            for (against, other) in others {
                self.count(
                    (features, scaling),
                    (*against, *k),
                    (&rows, &samples),
                    (first, other),
                );
            }
        }
        Ok(())
    }

    fn count(
        &mut self,
        (features, scaling): (&[Feature], Scaling),
        (against, n_clusters): (Against, usize),
        (rows, samples): (&[usize], &Samples),
        (first, other): (&Labels, &Labels),
    ) {
        let (a, b) = (first.of_samples(samples), other.of_samples(samples));
        let pairs = a.iter().copied().zip(b.iter().copied());
        let contingency = Contingency::of(pairs, first.n_clusters, other.n_clusters);
        let matching = best_matching(&contingency);
        let is_moved = |at: usize| matching.column_of_row[a[at] as usize] != Some(b[at] as usize);
        let (mut n_mismatched, mut n_overlap) = (0, 0);
        for at in (0..rows.len()).filter(|&at| is_moved(at)) {
            n_mismatched += 1;
            n_overlap += usize::from(self.comparison.is_mismatched(rows[at]));
            if let Ok(at) = self.rows.binary_search(&rows[at]) {
                self.times[at] += 1;
            }
        }
        let sizes = |labels: &Labels| {
            let mut sizes = labels.sizes(samples);
            sizes.sort_unstable();
            sizes
        };
        let (sizes, sizes_against) = (sizes(first), sizes(other));
        let fewest = HANDFUL * rows.len() as f64;
        let smallest = sizes.iter().chain(&sizes_against).min();
        self.tried.push(Tried {
            scaling,
            features: features.iter().map(Feature::name).collect(),
            against,
            n_clusters,
            n_mismatched,
            n_overlap,
            ari: contingency.adjusted_rand_index(),
            is_degenerate: smallest.is_some_and(|&size| (size as f64) < fewest),
            sizes,
            sizes_against,
        });
    }
}

/// The first model with `k` segments.
fn partition(samples: &Samples, settings: &Settings, k: usize) -> Result<Option<Labels>, FitError> {
    let params = KMeansParams {
        n_clusters: k,
        n_init: settings.n_init,
        max_iter: settings.max_iter,
        seed: settings.seed,
    };
    let found = Part::Partition(settings.centres, params).fit(samples, &mut |_| ())?;
    Ok(match found {
        Found::Partition(found) => Some(found.labels),
        Found::Tree(_) | Found::Mixture(_) | Found::References(_) => None,
    })
}

/// Trees of the usual linkages, and of today's.
fn trees(samples: &Samples, settings: &Settings) -> Result<Vec<(Linkage, Dendrogram)>, FitError> {
    let today = settings.hierarchical;
    let mut linkages = vec![Linkage::Ward, Linkage::Complete, Linkage::Average];
    if !linkages.contains(&today.linkage) {
        linkages.push(today.linkage);
    }
    let mut found = Vec::new();
    for linkage in linkages {
        let metric = linkage.check(today.metric);
        let metric = metric.map_or(Metric::Euclidean, |()| today.metric);
        let params = HierarchicalParams { linkage, metric };
        found.push((
            linkage,
            Hierarchical::fit(samples, params, &mut |_| ())?.tree,
        ));
    }
    Ok(found)
}

/// The mixture, unless it collapses.
fn mixture(
    samples: &Samples,
    settings: &Settings,
    starts: Vec<Labels>,
) -> Option<(Against, Labels)> {
    let params = Fits::mixture_params_of(samples, settings.covariance);
    match Part::Mixture(params, starts).fit(samples, &mut |_| ()) {
        Ok(Found::Mixture(mixture)) => Some((
            Against::GaussianMixture(settings.covariance),
            mixture.labels,
        )),
        _ => None,
    }
}

/// Rows in the models, at most 1,000 of them, ascending; which are drawn does not depend on the order of the file.
fn drawn(fits: &Fits, seed: u64) -> Vec<usize> {
    let rows = &fits.prepared.rows;
    let mut at: Vec<usize> = (0..rows.len()).collect();
    at.sort_by_key(|&at| fits.samples.distinct_of[at]);
    if at.len() > MOST_CUSTOMERS {
        let mut rng = Rng::new(seed ^ 0x3F);
        for i in 0..MOST_CUSTOMERS {
            let other = i + rng.below(at.len() - i);
            at.swap(i, other);
        }
        at.truncate(MOST_CUSTOMERS);
    }
    let mut drawn: Vec<usize> = at.into_iter().map(|at| rows[at]).collect();
    drawn.sort_unstable();
    drawn
}

/// The wanted rows that have all features, scaled among themselves where they are a part.
fn within(
    prepared: &Prepared,
    scaling: Scaling,
    wanted: &[usize],
) -> Result<(Vec<usize>, Samples), FitError> {
    let mut raw = Matrix::with_features(prepared.raw.n_features());
    let mut rows = Vec::new();
    for (at, &row) in prepared.rows.iter().enumerate() {
        if wanted.binary_search(&row).is_ok() {
            rows.push(row);
            raw.push_row(prepared.raw.row(at).iter().copied());
        }
    }
    let scaled = Scaler::fit(scaling, &raw).scaled_from_raw(&raw);
    Ok((rows, Samples::new(&scaled)?))
}

/// Today's features; each left out; each other numeric column added; each exchanged for one.
fn near_sets(table: &Table, settings: &Settings) -> Vec<Vec<Feature>> {
    let today = settings.features.clone().unwrap_or_default();
    let is_offered = |role: Role| matches!(role, Role::Feature | Role::Profile);
    let others: Vec<Feature> = table
        .columns
        .iter()
        .filter(|column| column.kind == ColumnKind::Number && is_offered(settings.role_of(column)))
        .map(|column| Feature::column(&column.name))
        .filter(|feature| !today.contains(feature))
        .collect();
    let without = |at: usize| -> Vec<Feature> {
        let kept = today.iter().enumerate().filter(|(other, _)| *other != at);
        kept.map(|(_, feature)| feature.clone()).collect()
    };
    let mut sets = vec![today.clone()];
    if today.len() > 1 {
        sets.extend((0..today.len()).map(without));
    }
    for other in &others {
        sets.push(today.iter().chain([other]).cloned().collect());
    }
    for at in 0..today.len() {
        for other in &others {
            let mut set = without(at);
            set.push(other.clone());
            sets.push(set);
        }
    }
    sets.truncate(MOST_SETS);
    sets
}

impl WhatIf {
    /// Under how many choices a row is mismatched; `None` where it was not looked at.
    pub fn times_of(&self, row: usize) -> Option<usize> {
        let at = self.times.binary_search_by_key(&row, |(row, _)| *row);
        at.ok().map(|at| self.times[at].1)
    }
}
