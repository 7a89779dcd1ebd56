//! What if: how many customers would be mismatched under other settings, and whether they are the same ones.
//!
//! Tries every scaling, every set of features near the current one (log(1 + x) of the skewed ones, one removed, added or exchanged), and the numbers of segments
//! next to the current one; compares the first model with linkages, with the mixture and with the other models compared.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::trial::{Against, Clusterings, Trial};
use crate::agreement::{Contingency, best_matching};
use crate::cluster::{FitError, Labels, Samples};
use crate::engine::{Ground, Question, Shares, Step, pack, unpack};
use crate::features::{Feature, Prepared, Scaler, Scaling, Shape, Skew, prepare_without};
use crate::numeric::{Matrix, Rng, order_by};
use crate::quality::sliver;
use crate::result::{Comparison, EngineError, Settings, Stage};
use crate::table::{ColumnKind, Role, Table};

/// The largest number of customers tried; above it, a random sample of this size is used.
const MOST_CUSTOMERS: usize = 1_000;
/// The largest number of feature sets tried.
const MOST_SETS: usize = 12;
/// Number of choices that several workers try before other requests are served.
const AT_ONCE: usize = 4;
/// A choice of less weight is faster tried than handed over.
const WORTH_SHARING: f64 = 1e7;

/// What other settings would find.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhatIf {
    /// Number of customers tried: all, or a random sample.
    pub n_customers: usize,
    /// Number of them mismatched now, among all the models compared.
    pub n_today: usize,
    /// All trials.
    pub tried: Vec<Tried>,
    /// The rows tried, ascending, with the number of trials in which each is mismatched.
    pub times: Vec<(usize, usize)>,
}

/// One trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// How features are scaled.
    pub scaling: Scaling,
    /// Names of the features.
    pub features: Vec<String>,
    /// The model that the first one is compared with.
    pub against: Against,
    /// Number of segments of both, except for a model that decides its own.
    pub n_clusters: usize,
    /// Customers mismatched.
    pub n_mismatched: usize,
    /// Number of these that are mismatched now.
    pub n_overlap: usize,
    /// Adjusted Rand index.
    pub ari: f64,
    /// Customers per segment of the first model, ascending.
    pub sizes: Vec<usize>,
    /// Customers per segment of the other model, ascending.
    pub sizes_against: Vec<usize>,
    /// Whether some segment holds less than 2 % of the customers, so that the agreement is about outliers.
    pub is_degenerate: bool,
}

/// What would other settings find?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskWhatIf;

/// Trials in progress.
#[derive(Debug)]
pub struct Sensitivity {
    rows: Vec<usize>,
    plan: Vec<(Vec<Feature>, Scaling)>,
    /// Choices being tried by others, with their rows, by place in the plan.
    ready: BTreeMap<usize, (Vec<usize>, Trial)>,
    /// Results not counted yet, by place in the plan.
    kept: BTreeMap<usize, Vec<Clusterings>>,
    n_counted: usize,
    tried: Vec<Tried>,
    times: Vec<usize>,
}

impl Sensitivity {
    fn of(ground: &Ground<'_>) -> Self {
        let settings = &ground.comparison.settings;
        let rows = drawn(ground, settings.seed);
        let mut plan = Vec::new();
        for features in near_sets(ground.table, settings) {
            for scaling in [Scaling::None, Scaling::ZScore, Scaling::MinMax] {
                plan.push((features.clone(), scaling));
            }
        }
        Self {
            times: vec![0; rows.len()],
            rows,
            plan,
            ready: BTreeMap::new(),
            kept: BTreeMap::new(),
            n_counted: 0,
            tried: Vec::new(),
        }
    }

    /// Counts the results of others, or else tries one set of features with one scaling; returns the findings once all are tried.
    fn go_on(&mut self, ground: &Ground<'_>, progress: &mut dyn FnMut(f64)) -> Option<WhatIf> {
        let mut may_work = !self.kept.contains_key(&self.n_counted);
        while let Some((features, scaling)) = self.plan.get(self.n_counted).cloned() {
            let at = self.n_counted;
            let kept = self.kept.remove(&at);
            if kept.is_none() && !std::mem::take(&mut may_work) {
                return None;
            }
            progress(at as f64 / self.plan.len() as f64);
            self.n_counted += 1;
            let ready = self.ready.remove(&at);
            let ready = ready.or_else(|| self.ready(ground, &features, scaling));
            // A choice that cannot be fitted, such as directions where a row has none, is skipped.
            if let Some((rows, trial)) = ready
                && let Some(found) = kept.or_else(|| trial.fit().ok())
            {
                for clusterings in &found {
                    let choice = (features.as_slice(), scaling);
                    self.count(
                        ground.comparison,
                        choice,
                        &rows,
                        &trial.samples,
                        clusterings,
                    );
                }
            }
        }
        let comparison = ground.comparison;
        let is_today = |row: &&usize| comparison.is_mismatched(**row);
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

    /// A choice and its rows, ready to be tried; `None` if no row has a value in all its features.
    fn ready(
        &self,
        ground: &Ground<'_>,
        features: &[Feature],
        scaling: Scaling,
    ) -> Option<(Vec<usize>, Trial)> {
        let settings = &ground.comparison.settings;
        let (missing, repeats) = (settings.missing, settings.repeats);
        let (table, left_out) = (ground.table, &settings.left_out);
        let prepared =
            prepare_without(left_out, table, features, scaling, missing, repeats).ok()?;
        let (rows, samples) = within(&prepared, scaling, &self.rows).ok()?;
        let models = ground.comparison.fitted_models().collect();
        let today = ground.comparison.n_clusters;
        Some((rows, Trial::of(samples, settings.clone(), models, today)))
    }

    /// The next choices, for several workers; none near the end.
    fn shares(&mut self, ground: &Ground<'_>) -> Vec<((usize, &Trial), f64)> {
        let weight = self.weight(ground);
        let numbers = self.n_counted..self.plan.len().min(self.n_counted + AT_ONCE);
        if numbers.len() < 2 || weight < WORTH_SHARING || !self.kept.is_empty() {
            return Vec::new();
        }
        for at in numbers.clone() {
            let (features, scaling) = &self.plan[at];
            if let Some(ready) = self.ready(ground, features, *scaling) {
                self.ready.insert(at, ready);
            }
        }
        let ready = self.ready.range(numbers);
        ready
            .map(|(&at, (_, trial))| ((at, trial), weight))
            .collect()
    }

    /// Weight of one choice: about its time in nanoseconds.
    fn weight(&self, ground: &Ground<'_>) -> f64 {
        let settings = &ground.comparison.settings;
        let (n, k) = (self.rows.len() as f64, ground.comparison.n_clusters as f64);
        let d = ground.samples.n_features() as f64;
        let partitions = k * d * 60.0 * (1.0 + settings.n_init as f64);
        n * (50.0 * n + partitions + 300.0 * k * (5.0 + d * d))
    }

    fn count(
        &mut self,
        comparison: &Comparison,
        (features, scaling): (&[Feature], Scaling),
        rows: &[usize],
        samples: &Samples,
        found: &Clusterings,
    ) {
        for (against, other) in &found.others {
            let first = &found.first;
            let (a, b) = (first.of_samples(samples), other.of_samples(samples));
            let pairs = a.iter().copied().zip(b.iter().copied());
            let contingency = Contingency::of(pairs, first.n_clusters, other.n_clusters);
            let matching = best_matching(&contingency);
            let is_moved =
                |at: usize| matching.column_of_row[a[at] as usize] != Some(b[at] as usize);
            let (mut n_mismatched, mut n_overlap) = (0, 0);
            for at in (0..rows.len()).filter(|&at| is_moved(at)) {
                n_mismatched += 1;
                n_overlap += usize::from(comparison.is_mismatched(rows[at]));
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
            let fewest = sliver(rows.len());
            let smallest = sizes.iter().chain(&sizes_against).min();
            self.tried.push(Tried {
                scaling,
                features: features.iter().map(Feature::name).collect(),
                against: *against,
                n_clusters: found.n_clusters,
                n_mismatched,
                n_overlap,
                ari: contingency.adjusted_rand_index(),
                is_degenerate: smallest.is_some_and(|&size| (size as f64) < fewest),
                sizes,
                sizes_against,
            });
        }
    }
}

/// A choice for another worker, with its place in the plan.
type Item = (usize, Trial);
/// Its result.
type Found = (usize, Result<Vec<Clusterings>, FitError>);

impl Question for AskWhatIf {
    type Answer = WhatIf;
    type State = Option<Sensitivity>;
    const STAGE: Stage = Stage::Trying;

    fn step(
        &self,
        state: &mut Option<Sensitivity>,
        ground: &Ground<'_>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Step<WhatIf>, EngineError> {
        let begun = state.get_or_insert_with(|| Sensitivity::of(ground));
        let found = begun.go_on(ground, progress);
        Ok(found.map_or(Step::Unfinished, Step::Done))
    }

    fn shares(
        &self,
        state: &mut Option<Sensitivity>,
        ground: &Ground<'_>,
    ) -> Result<Option<Shares<Vec<u8>>>, EngineError> {
        let begun = state.get_or_insert_with(|| Sensitivity::of(ground));
        let weight = begun.weight(ground);
        let [whole, left] =
            [0, begun.n_counted].map(|n_counted| weight * (begun.plan.len() - n_counted) as f64);
        let items = begun.shares(ground).into_iter();
        let items = items.filter_map(|(item, weight)| Some((pack(&item)?, weight)));
        Ok(Some(Shares {
            needs_samples: false,
            items: items.collect(),
            whole,
            left,
        }))
    }

    fn help(item: &[u8], _: Option<&Samples>, progress: &mut dyn FnMut(f64)) -> Option<Vec<u8>> {
        let (at, trial): Item = unpack(item)?;
        progress(0.0);
        let found: Found = (at, trial.fit());
        pack(&found)
    }

    fn keep(state: &mut Option<Sensitivity>, found: &[u8]) {
        if let (Some(begun), Some((at, Ok(found)))) = (state, unpack::<Found>(found)) {
            begun.kept.insert(at, found);
        }
    }
}

/// Rows in the models, at most 1,000, ascending; the selection does not depend on the order of the file.
fn drawn(ground: &Ground<'_>, seed: u64) -> Vec<usize> {
    let rows = &ground.prepared.rows;
    let distinct_of = &ground.samples.distinct_of;
    let mut at = order_by(rows.len(), &mut |a, b| distinct_of[a].cmp(&distinct_of[b]));
    if at.len() > MOST_CUSTOMERS {
        let mut rng = Rng::new(seed ^ 0x3F);
        for i in 0..MOST_CUSTOMERS {
            let other = i + rng.below(at.len() - i);
            at.swap(i, other);
        }
        at.truncate(MOST_CUSTOMERS);
    }
    let mut drawn: Vec<usize> = at.into_iter().map(|at| rows[at as usize]).collect();
    drawn.sort_unstable();
    drawn
}

/// The wanted rows that have all features, scaled among themselves.
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
    let order = prepared.scaler.order().to_vec();
    let scaled = Scaler::fit_in_order(scaling, &raw, order).scaled_from_raw(&raw);
    Ok((rows, Samples::new(&scaled)?))
}

/// The current features; with log(1 + x) of those that are skewed; with each removed; with each other numeric column added; with each exchanged for one.
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
    sets.extend(without_skew(table, &today));
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

/// The features with log(1 + x) in the place of each that is skewed; `None` where none is.
fn without_skew(table: &Table, today: &[Feature]) -> Option<Vec<Feature>> {
    let is_skewed = |name: &str| {
        let column = table.column(name);
        let skew = column.and_then(|column| Skew::of(&column.numbers, column.distinct));
        skew.is_some()
    };
    let set: Vec<Feature> = today
        .iter()
        .map(|feature| match feature {
            Feature::Column(name) if is_skewed(name) => Shape::Log1p.of(name),
            other => other.clone(),
        })
        .collect();
    (set != today).then_some(set)
}

impl WhatIf {
    /// The number of trials in which a row is mismatched; `None` if it was not tried.
    pub fn times_of(&self, row: usize) -> Option<usize> {
        let at = self.times.binary_search_by_key(&row, |(row, _)| *row);
        at.ok().map(|at| self.times[at].1)
    }
}
