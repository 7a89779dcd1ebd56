//! Selective p values of groups in the columns that the models cut by ([`crate::inference`]), in rounds and shared among workers.
//!
//! A segment is found again if the model that it is of has a segment with exactly these customers; the mismatched are, if all models
//! compared, fitted and matched again, disagree on exactly these. Scaling, number of segments, starts and seed stay as they are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bootstrap::Again;
use crate::cluster::{FitError, Labels, ModelKey, Samples, Scale};
use crate::engine::{Fits, Ground, Shares, mismatched, pack, unpack};
use crate::explain::{Group, Test, WhyCut};
use crate::features::Feature;
use crate::inference::{Contrast, Search, Side};
use crate::numeric::Matrix;
use crate::result::{Comparison, Settings};

/// With more different customers, there is no p value: the models would be fitted too often.
const MOST: usize = 5_000;
/// Every fit moves and sorts all customers, equal ones too: above so many there is none.
const MOST_ROWS: usize = 50_000;
/// Weight of all fits together, about half a minute: groups that go beyond it have no p value.
const MOST_WEIGHT: f64 = 3e10;
/// Fits for one p value: the average over clear and unclear differences.
const FITS: f64 = 15.0;
/// Weight of the fits made before other requests are served.
const AT_ONCE: f64 = 2e8;
/// P values handed to workers before other requests are served.
const TOGETHER: usize = 4;
/// A p value of less weight is faster found than handed over.
const WORTH_SHARING: f64 = 2e7;
/// A feature with fewer different values does not spread like a bell.
const FEWEST_VALUES: usize = 10;
/// Nor does one with a value that more than this share of the customers have.
const MOST_ALIKE: f64 = 0.15;

/// A group to be found again, with everything its p values need besides the samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Found {
    /// The models that find it: one for a segment, all for the mismatched.
    models: Vec<ModelKey>,
    is_mismatched: bool,
    settings: Settings,
    n_clusters: usize,
    scale: Scale,
    /// Whether each distinct sample is in it.
    is_member: Vec<bool>,
}

impl Found {
    fn of(ground: &Ground<'_>, group: Group) -> Self {
        let comparison = ground.comparison;
        let models: Vec<ModelKey> = match group {
            Group::Mismatched => comparison.fitted_models().collect(),
            Group::Segment(segment) => comparison.model_that_has(segment).into_iter().collect(),
        };
        let labels = match group {
            Group::Mismatched => &[],
            Group::Segment(segment) => comparison.labels_that_have(segment),
        };
        let mut is_member = vec![false; ground.samples.n_distinct()];
        let rows = ground.prepared.rows.iter().zip(&ground.samples.distinct_of);
        for (&row, &distinct) in rows {
            is_member[distinct as usize] = match group {
                Group::Mismatched => comparison.is_mismatched(row),
                Group::Segment(segment) => labels[row] == segment,
            };
        }
        Self {
            models,
            is_mismatched: group == Group::Mismatched,
            settings: comparison.settings.clone(),
            n_clusters: comparison.n_clusters,
            scale: ground.fits.scale(),
            is_member,
        }
    }

    /// The contrast of the group and everyone else in a feature; `None` if there is none.
    fn contrast(&self, samples: &Samples, feature: usize) -> Option<Contrast> {
        let side = |&is: &bool| if is { Side::Group } else { Side::Compared };
        let sides: Vec<Side> = self.is_member.iter().map(side).collect();
        Contrast::of(&samples.points, &samples.weights, &sides, feature)
    }

    /// Whether the models find exactly this group in the samples moved to `z`.
    fn is_back(&self, samples: &Samples, contrast: &Contrast, z: f64) -> Result<bool, FitError> {
        let mut rows = Matrix::with_features(samples.n_features());
        for (distinct, row) in samples.points.rows().enumerate() {
            let moves = contrast.moves(distinct, z);
            let moved = row.iter().zip(&samples.means).zip(moves);
            rows.push_row(moved.map(|((x, mean), by)| x + mean + by));
        }
        let mut all = Matrix::with_features(samples.n_features());
        for &distinct in &samples.distinct_of {
            all.push_row(rows.row(distinct as usize).iter().copied());
        }
        let moved = Samples::new(&all)?;
        let again = Again {
            samples: &moved,
            models: &self.models,
            settings: &self.settings,
            options: self.settings.model_options(),
            n_clusters: self.n_clusters,
            scale: self.scale,
        };
        let found = again.labels_with_noise();
        if found.len() < self.models.len() {
            return Ok(false);
        }
        let of_samples = |labels: &Labels| (labels.of_samples(&moved), labels.n_clusters);
        let own: Vec<(Vec<u32>, usize)> =
            found.iter().map(|(_, labels)| of_samples(labels)).collect();
        let was = |sample: usize| self.is_member[samples.distinct_of[sample] as usize];
        let n = samples.n_samples();
        Ok(if self.is_mismatched {
            let is = mismatched(&own);
            (0..n).all(|sample| is[sample] == was(sample))
        } else {
            let labels = own.first().map_or(&[][..], |(labels, _)| labels);
            let one = (0..n).find(|&sample| was(sample));
            one.is_some_and(|one| {
                (0..n).all(|sample| (labels[sample] == labels[one]) == was(sample))
            })
        })
    }

    /// The p value in a feature, in one go; `None` if the group hardly ever comes back.
    fn p(&self, samples: &Samples, feature: usize) -> Option<f64> {
        let contrast = self.contrast(samples, feature)?;
        let mut search = Search::new(contrast.z());
        while let Some(z) = search.next() {
            search.tell(self.is_back(samples, &contrast, z).unwrap_or(false));
        }
        search.p()
    }
}

/// A p value for another worker: its place among the jobs, the group and the feature.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Item {
    job: usize,
    found: Found,
    feature: usize,
}

/// What came of it.
type Answer = (usize, Option<f64>);

/// A p value to be found.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Job {
    /// Position among the groups.
    group: usize,
    /// Of the samples.
    feature: usize,
    /// Weight of one fit.
    weight: f64,
}

/// A job in progress.
#[derive(Debug)]
struct Current {
    job: usize,
    contrast: Contrast,
    search: Search,
}

/// The p values of some groups in all features, in progress.
#[derive(Debug)]
pub struct Selective {
    groups: Vec<(Group, Found)>,
    jobs: Vec<Job>,
    /// The p values found, by position among the jobs.
    found: BTreeMap<usize, Option<f64>>,
    /// The job in progress.
    current: Option<Current>,
    /// The feature of the samples, which have an order of their own, of each feature.
    places: Vec<usize>,
    /// Why there is no job for a feature, by feature.
    not_of_kind: Vec<Option<WhyCut>>,
    /// Groups that are not tested, because it would take too long.
    too_many: Vec<Group>,
    /// Groups that depend on the segments of a column, which cannot be fitted again.
    given: Vec<Group>,
}

/// Whether it depends on the segments of a column who is in a group.
fn is_given(comparison: &Comparison, group: Group) -> bool {
    comparison.has_given()
        && match group {
            Group::Mismatched => true,
            Group::Segment(segment) => comparison.model_that_has(segment) == Some(ModelKey::GIVEN),
        }
}

impl Selective {
    /// Plans the tests of these groups, in the features of these columns.
    pub(super) fn of(ground: &Ground<'_>, groups: &[Group], columns: &[&str]) -> Self {
        let places = ground.prepared.scaler.places();
        let not_of_kind = not_of_kind(ground, &places);
        let names = &ground.comparison.features;
        let is_tested = |&feature: &usize| {
            not_of_kind[feature].is_none() && columns.contains(&names[feature].as_str())
        };
        let features: Vec<usize> = (0..names.len()).filter(is_tested).collect();
        let (mut jobs, mut too_many, mut tested) = (Vec::new(), Vec::new(), Vec::new());
        let mut weight_of_all = 0.0;
        let depends = |group: &&Group| is_given(ground.comparison, **group);
        let (given, groups): (Vec<&Group>, Vec<&Group>) = groups.iter().partition(depends);
        for &group in groups {
            let found = Found::of(ground, group);
            let weight = weight_of_fit(ground, &found);
            let weight_of_group = weight * FITS * features.len() as f64;
            let is_large =
                ground.samples.n_distinct() > MOST || ground.samples.n_samples() > MOST_ROWS;
            if is_large || weight_of_all + weight_of_group > MOST_WEIGHT {
                too_many.push(group);
                continue;
            }
            weight_of_all += weight_of_group;
            jobs.extend(features.iter().map(|&feature| Job {
                group: tested.len(),
                feature: places[feature],
                weight,
            }));
            tested.push((group, found));
        }
        Self {
            groups: tested,
            jobs,
            found: BTreeMap::new(),
            current: None,
            places,
            not_of_kind,
            too_many,
            given: given.into_iter().copied().collect(),
        }
    }

    /// Fits for about a third of a second; returns whether all p values are known.
    pub(super) fn go_on(&mut self, samples: &Samples, progress: &mut dyn FnMut(f64)) -> bool {
        let mut spent = 0.0;
        while spent < AT_ONCE {
            if let Some(mut current) = self.current.take() {
                let Current {
                    job,
                    contrast,
                    search,
                } = &mut current;
                let job = *job;
                if let Some(z) = search.next() {
                    let Job { group, weight, .. } = self.jobs[job];
                    let found = &self.groups[group].1;
                    // Models that cannot be fitted to the moved data do not find the group in them.
                    search.tell(found.is_back(samples, contrast, z).unwrap_or(false));
                    spent += weight;
                    self.current = Some(current);
                } else {
                    self.found.insert(job, search.p());
                }
                continue;
            }
            let next = (0..self.jobs.len()).find(|job| !self.found.contains_key(job));
            let Some(job) = next else {
                return true;
            };
            progress(job as f64 / self.jobs.len() as f64);
            let Job { group, feature, .. } = self.jobs[job];
            match self.groups[group].1.contrast(samples, feature) {
                Some(contrast) => {
                    let search = Search::new(contrast.z());
                    self.current = Some(Current {
                        job,
                        contrast,
                        search,
                    });
                }
                None => {
                    self.found.insert(job, None);
                }
            }
        }
        false
    }

    /// The next p values, for several workers: with their weights, all that is to do and what is left of it. None where the fits are quick,
    /// or near the end.
    pub(super) fn shares(&self) -> Shares<Item> {
        let weight = |job: usize| self.jobs[job].weight * FITS;
        let is_open = |job: &usize| !self.found.contains_key(job);
        let is_current = |job: usize| self.current.as_ref().is_some_and(|it| it.job == job);
        let open: Vec<usize> = (0..self.jobs.len()).filter(is_open).collect();
        let next = open.iter().copied().filter(|&job| !is_current(job));
        let next: Vec<usize> = next.take(TOGETHER).collect();
        let items = next.into_iter().filter(|&job| weight(job) >= WORTH_SHARING);
        let items = items.map(|job| {
            let Job { group, feature, .. } = self.jobs[job];
            let found = self.groups[group].1.clone();
            let item = Item {
                job,
                found,
                feature,
            };
            (item, weight(job))
        });
        Shares {
            needs_samples: true,
            items: items.collect(),
            whole: (0..self.jobs.len()).map(weight).sum(),
            left: open.into_iter().map(weight).sum(),
        }
    }

    /// Finds a p value of [`Self::shares`]; `None` for invalid bytes or without samples.
    pub(super) fn help(item: &[u8], samples: Option<&Samples>) -> Option<Vec<u8>> {
        let Item {
            job,
            found,
            feature,
        } = unpack(item)?;
        let answer: Answer = (job, found.p(samples?, feature));
        pack(&answer)
    }

    /// Keeps a p value that was found elsewhere.
    pub(super) fn keep(&mut self, answer: &[u8]) {
        if let Some((job, p)) = unpack::<Answer>(answer)
            && job < self.jobs.len()
        {
            self.found.insert(job, p);
        }
    }

    /// The test of a feature for a group, once it is known.
    pub(super) fn test(&self, group: Group, feature: usize) -> Test {
        if let Some(why) = self.not_of_kind[feature] {
            return Test::Cut(why);
        }
        if self.given.contains(&group) {
            return Test::Cut(WhyCut::Given);
        }
        if self.too_many.contains(&group) {
            return Test::Cut(WhyCut::TooMany);
        }
        if self.groups.iter().all(|(tested, ..)| *tested != group) {
            return Test::Cut(WhyCut::TooFew);
        }
        let place = self.places[feature];
        let is_this = |job: &&Job| self.groups[job.group].0 == group && job.feature == place;
        let at = self.jobs.iter().position(|job| is_this(&job));
        let p = at.and_then(|at| self.found.get(&at).copied().flatten());
        p.map_or(Test::Cut(WhyCut::NoReturn), Test::Selective)
    }
}

/// Weight of one fit of the models that find a group.
fn weight_of_fit(ground: &Ground<'_>, found: &Found) -> f64 {
    let of = |&model: &ModelKey| {
        let key = Fits::key_of(model, &found.settings, found.n_clusters)?;
        let it = model.model()?;
        let before = it.requires(&key).into_iter();
        Some(before.chain([key]).collect::<Vec<_>>())
    };
    let mut keys = Vec::new();
    for key in found.models.iter().filter_map(of).flatten() {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let (n, d) = (ground.samples.n_distinct(), ground.samples.n_features());
    let weights = keys.iter().filter_map(|key| {
        let model = key.model.model()?;
        Some(model.weight(key, n, d))
    });
    weights.sum::<f64>().max(1.0)
}

/// Why a feature has no selective p value, whoever the group is.
fn not_of_kind(ground: &Ground<'_>, places: &[usize]) -> Vec<Option<WhyCut>> {
    let Comparison { settings, .. } = ground.comparison;
    let features = settings.features.as_deref().unwrap_or_default();
    let of = |(at, feature): (usize, &Feature)| {
        let shares_source = |(other, it): (usize, &Feature)| {
            let mut sources = it.sources().into_iter();
            other != at && sources.any(|source| feature.sources().contains(&source))
        };
        if feature.is_of_category() {
            return Some(WhyCut::FewValues);
        }
        let related = features.iter().enumerate().any(shares_source);
        no_bell(ground.samples, places[at]).or(related.then_some(WhyCut::Related))
    };
    features.iter().enumerate().map(of).collect()
}

/// Why a feature cannot spread like a bell: it has few different values, or one that very many customers share.
fn no_bell(samples: &Samples, feature: usize) -> Option<WhyCut> {
    let values = &samples.columns[feature];
    let order = crate::numeric::order_of_numbers(values.len(), |i| values[i]);
    let (mut n_values, mut most, mut run, mut last) = (0, 0.0_f64, 0.0, f64::NAN);
    for i in order {
        let (x, weight) = (values[i as usize], samples.weights[i as usize]);
        if x == last {
            run += weight;
        } else {
            n_values += 1;
            (run, last) = (weight, x);
        }
        most = most.max(run);
    }
    if n_values < FEWEST_VALUES {
        Some(WhyCut::FewValues)
    } else {
        (most > MOST_ALIKE * samples.n_samples() as f64).then_some(WhyCut::SharedValue)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests;
