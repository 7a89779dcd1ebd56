//! Choice of the number of segments: every number is judged for each model by several criteria, and one is recommended with a
//! reason.

use serde::{Deserialize, Serialize};

use crate::cluster::{ModelKey, NumberRule};
use crate::numeric::sorted_by;
use crate::quality::{Gap, GroupCount, Separation, chosen_by_gap, sliver};

/// Quality of one model at one number of segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// Mean silhouette, in `[-1, 1]`; `None` where every segment is one customer.
    pub silhouette: Option<f64>,
    /// Calinski-Harabasz and Davies-Bouldin.
    pub separation: Separation,
    /// Customers in the smallest segment.
    pub smallest: usize,
}

/// The models at one number of segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepPoint {
    /// Number of segments.
    pub n_clusters: usize,
    /// The models that could be fitted, in order.
    pub models: Vec<(ModelKey, Judged)>,
    /// Inertia of K-Means in squared scaled units, or the sum of distances of its variant, if it is compared.
    pub inertia: Option<f64>,
    /// Bayesian information criterion of the mixture, lower is better.
    pub bic: Option<f64>,
}

/// A criterion for the number of segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// Highest mean silhouette.
    Silhouette,
    /// Highest Calinski-Harabasz index.
    CalinskiHarabasz,
    /// Lowest Davies-Bouldin index.
    DaviesBouldin,
    /// Gap statistic of K-Means.
    Gap,
    /// Lowest Bayesian information criterion of the mixture.
    Bic,
}

/// A number of segments at which the smallest segment is a sliver, whatever its silhouette.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Degenerate {
    /// Number of segments.
    pub n_clusters: usize,
    /// Customers in the smallest segment.
    pub smallest: usize,
    /// The value of the criterion.
    pub value: f64,
}

/// A recommended number of segments, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The number.
    pub n_clusters: usize,
    /// The criterion that chose it.
    pub criterion: Criterion,
    /// The value of the criterion.
    pub value: f64,
    /// The next best number and its value.
    pub runner_up: Option<(usize, f64)>,
    /// The choices of other criteria; 1 means no segments.
    pub others: Vec<(Criterion, usize)>,
    /// Numbers that the criterion rates higher, but at which some segment is tiny.
    pub degenerate: Vec<Degenerate>,
}

/// The models at every number of segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sweep {
    /// In ascending order of the number of segments.
    pub points: Vec<SweepPoint>,
    /// Gap statistic of K-Means, from one segment up; empty for its variants.
    pub gaps: Vec<Gap>,
    /// The groups that the customers form, which decide the recommended number; `None` where they cannot be counted.
    pub groups: Option<GroupCount>,
    /// The number with the highest mean silhouette over the models in `judging`; `None` if every number has a tiny segment.
    pub overall: Option<Choice>,
    /// The models whose silhouettes are averaged.
    pub judging: Vec<ModelKey>,
    /// The best number for each model alone.
    pub by_model: Vec<(ModelKey, Choice)>,
    /// Customers for whom silhouettes were measured; fewer than `n_samples` means a random sample.
    pub n_measured: usize,
    /// Customers clustered.
    pub n_samples: usize,
}

/// The largest number that is shown where none is recommended.
pub const FEW: usize = 4;

/// Criteria for any model, besides the silhouette.
const INDICES: [Criterion; 2] = [Criterion::CalinskiHarabasz, Criterion::DaviesBouldin];

impl Sweep {
    pub(crate) fn new(
        points: Vec<SweepPoint>,
        gaps: Vec<Gap>,
        n_measured: usize,
        n_samples: usize,
    ) -> Self {
        let series = |judged: &dyn Fn(&SweepPoint) -> Option<Judged>| {
            let rated = points.iter().filter_map(|point| {
                Some(Rated {
                    n_clusters: point.n_clusters,
                    judged: judged(point)?,
                    bic: point.bic,
                })
            });
            Series {
                rated: rated.collect(),
                least: sliver(n_samples),
            }
        };
        let by_silhouette = |series: &Series| series.choice(Criterion::Silhouette, &INDICES);
        let gap = chosen_by_gap(&gaps).map(|n_clusters| (Criterion::Gap, n_clusters));
        let mut models: Vec<ModelKey> = Vec::new();
        for (model, _) in points.iter().flat_map(|point| &point.models) {
            if !models.contains(model) {
                models.push(*model);
            }
        }
        let models = sorted_by(models, Ord::cmp);
        let rule_of = |model: ModelKey| {
            model
                .facts()
                .map_or(NumberRule::Own, |facts| facts.number_rule)
        };
        let mut by_model = Vec::new();
        for &model in &models {
            let series = series(&|point| point.of(model).cloned());
            let choice = match rule_of(model) {
                NumberRule::Silhouette => by_silhouette(&series),
                NumberRule::Likelihood => series.choice(
                    Criterion::Bic,
                    &[&[Criterion::Silhouette], INDICES.as_slice()].concat(),
                ),
                NumberRule::Own => None,
            };
            by_model.extend(choice.map(|choice| (model, choice)));
        }
        // Models chosen by likelihood count only if there are no others.
        let mut judging: Vec<ModelKey> = models.clone();
        if models
            .iter()
            .any(|&model| rule_of(model) == NumberRule::Silhouette)
        {
            judging.retain(|&model| rule_of(model) == NumberRule::Silhouette);
        }
        let mut overall = by_silhouette(&series(&|point| point.mean_of(&judging)));
        if let Some(choice) = &mut overall {
            choice.others.extend(gap);
            let by_likelihood = by_model
                .iter()
                .filter(|(_, choice)| choice.criterion == Criterion::Bic);
            choice
                .others
                .extend(by_likelihood.map(|(_, choice)| (Criterion::Bic, choice.n_clusters)));
        }
        for (model, choice) in &mut by_model {
            if model.facts().is_some_and(|facts| facts.starts_at_random) {
                choice.others.extend(gap);
            }
        }
        Self {
            points,
            gaps,
            groups: None,
            overall,
            judging,
            by_model,
            n_measured,
            n_samples,
        }
    }

    /// Every number at which the models that are judged leave a sliver for a segment, ascending.
    pub fn passed_over(&self) -> Vec<Degenerate> {
        let rated = self.rated(&self.judging).into_iter();
        let least = self.least();
        rated.filter(|it| (it.smallest as f64) < least).collect()
    }

    /// How many numbers some models, taken as one, leave to choose from.
    pub fn n_candidates(&self, models: &[ModelKey]) -> usize {
        let least = self.least();
        let rated = self.rated(models).into_iter();
        rated.filter(|it| it.smallest as f64 >= least).count()
    }

    fn rated(&self, models: &[ModelKey]) -> Vec<Degenerate> {
        let rated = self.points.iter().filter_map(|point| {
            let judged = point.mean_of(models)?;
            Some(Degenerate {
                n_clusters: point.n_clusters,
                smallest: judged.smallest,
                value: judged.silhouette?,
            })
        });
        rated.collect()
    }

    fn least(&self) -> f64 {
        sliver(self.n_samples)
    }

    /// The recommended number of segments: that of the groups that the customers form, or where they cannot be counted the best
    /// separated. `None` where the customers form one group, and where every number leaves a tiny segment.
    ///
    /// Where both counts find groups but not equally many, the smaller is taken, unless the mean silhouette is highest at the larger.
    /// A number at which the models split off a sliver that is none of the groups is not recommended.
    pub fn recommended(&self) -> Option<usize> {
        let separated = self.overall.as_ref().map(|choice| choice.n_clusters);
        match &self.groups {
            None => separated,
            Some(count) if count.n_groups < 2 => None,
            Some(count) => {
                let larger = count.by_valleys.max(count.by_members);
                let found = if separated == Some(larger) {
                    larger
                } else {
                    count.n_groups
                };
                let is_tiny = self.tiny_at(found).is_some();
                Some(found).filter(|_| !is_tiny || !count.handfuls.is_empty())
            }
        }
    }

    /// What the models that are judged split off at a number, if it is a sliver.
    pub fn tiny_at(&self, n_clusters: usize) -> Option<usize> {
        let passed_over = self.passed_over().into_iter();
        let mut at = passed_over.filter(|it| it.n_clusters == n_clusters);
        at.next().map(|it| it.smallest)
    }

    /// The number of segments that is shown before one is chosen: the recommended one, or a small one.
    pub fn number_shown(&self) -> Option<usize> {
        self.recommended().or_else(|| {
            let few = self.rated(&self.judging).into_iter();
            let few = few.filter(|it| it.n_clusters <= FEW && it.smallest as f64 >= self.least());
            let best = few.reduce(
                |best, next| {
                    if next.value > best.value { next } else { best }
                },
            );
            best.map(|best| best.n_clusters)
        })
    }

    /// Where the mean silhouette of the models that are averaged is highest, tiny segments or not.
    pub fn peak(&self) -> Option<Degenerate> {
        let rated = self.rated(&self.judging).into_iter();
        rated.reduce(|best, next| if next.value > best.value { next } else { best })
    }

    /// The largest number that was tried.
    pub fn largest(&self) -> Option<usize> {
        self.points.last().map(|point| point.n_clusters)
    }
}

impl SweepPoint {
    /// The quality of a model; `None` if it could not be fitted.
    pub fn of(&self, model: ModelKey) -> Option<&Judged> {
        let found = self.models.iter().find(|(other, _)| *other == model);
        found.map(|(_, judged)| judged)
    }

    /// Several models as one: means of the indices, and the smallest segment of all; `None` if one of them is missing.
    fn mean_of(&self, models: &[ModelKey]) -> Option<Judged> {
        let judged: Option<Vec<&Judged>> = models.iter().map(|&model| self.of(model)).collect();
        let judged = judged.filter(|judged| !judged.is_empty())?;
        let mean = |index: &dyn Fn(&Judged) -> Option<f64>| {
            let sum: Option<f64> = judged.iter().map(|judged| index(judged)).sum();
            sum.map(|sum| sum / judged.len() as f64)
        };
        Some(Judged {
            silhouette: mean(&|it| it.silhouette),
            separation: Separation {
                calinski_harabasz: mean(&|it| it.separation.calinski_harabasz),
                davies_bouldin: mean(&|it| it.separation.davies_bouldin),
            },
            smallest: judged.iter().map(|it| it.smallest).min().unwrap_or(0),
        })
    }
}

/// A number of segments with its quality, for one model or several together.
struct Rated {
    n_clusters: usize,
    judged: Judged,
    bic: Option<f64>,
}

/// One model at every number of segments.
struct Series {
    rated: Vec<Rated>,
    /// The smallest allowed number of customers in a segment.
    least: f64,
}

impl Series {
    /// The best number by a criterion, with the choices of others; ties go to fewer segments.
    fn choice(&self, criterion: Criterion, others: &[Criterion]) -> Option<Choice> {
        let is_lower_better = matches!(criterion, Criterion::DaviesBouldin | Criterion::Bic);
        let is_better = |a: f64, b: f64| if is_lower_better { a < b } else { a > b };
        let value_of = |rated: &Rated| match criterion {
            Criterion::Silhouette => rated.judged.silhouette,
            Criterion::CalinskiHarabasz => rated.judged.separation.calinski_harabasz,
            Criterion::DaviesBouldin => rated.judged.separation.davies_bouldin,
            Criterion::Bic => rated.bic,
            Criterion::Gap => None,
        };
        // Where no segment has any width an index has no value, and what is best among the other numbers is not the best.
        if INDICES.contains(&criterion) && self.rated.iter().any(|it| value_of(it).is_none()) {
            return None;
        }
        let rated = self.rated.iter().filter_map(|rated| {
            Some(Degenerate {
                n_clusters: rated.n_clusters,
                smallest: rated.judged.smallest,
                value: value_of(rated)?,
            })
        });
        let (sound, tiny): (Vec<Degenerate>, Vec<Degenerate>) =
            rated.partition(|rated| rated.smallest as f64 >= self.least);
        let best_but = |except: usize| {
            let left = sound.iter().filter(|rated| rated.n_clusters != except);
            left.reduce(|best, next| {
                if is_better(next.value, best.value) {
                    next
                } else {
                    best
                }
            })
        };
        let best = best_but(0)?;
        let other = |&other: &Criterion| Some((other, self.choice(other, &[])?.n_clusters));
        Some(Choice {
            n_clusters: best.n_clusters,
            criterion,
            value: best.value,
            runner_up: best_but(best.n_clusters).map(|next| (next.n_clusters, next.value)),
            others: others.iter().filter_map(other).collect(),
            degenerate: tiny
                .into_iter()
                .filter(|tiny| is_better(tiny.value, best.value))
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(n_clusters: usize, silhouette: f64, smallest: usize) -> SweepPoint {
        let judged = Judged {
            silhouette: Some(silhouette),
            separation: Separation {
                calinski_harabasz: Some(10.0 * silhouette),
                davies_bouldin: Some(n_clusters as f64),
            },
            smallest,
        };
        SweepPoint {
            n_clusters,
            models: ModelKey::all()
                .map(|model| (model, judged.clone()))
                .collect(),
            inertia: Some(1.0),
            bic: Some(n_clusters as f64),
        }
    }

    #[test]
    fn what_is_not_defined_at_a_number_chooses_none_and_is_not_chosen() {
        let mut points = vec![point(2, 0.5, 90), point(3, 0.9, 90)];
        for (_, judged) in &mut points[1].models {
            judged.separation = Separation::default();
        }
        let sweep = Sweep::new(points.clone(), Vec::new(), 500, 500);
        let choice = sweep.overall.unwrap();
        assert_eq!(choice.n_clusters, 3);
        let is_index = |it: &&(Criterion, usize)| INDICES.contains(&it.0);
        assert_eq!(choice.others.iter().find(is_index), None);
        for (_, judged) in &mut points[1].models {
            judged.silhouette = None;
        }
        let sweep = Sweep::new(points, Vec::new(), 500, 500);
        assert_eq!(
            (sweep.recommended(), sweep.number_shown()),
            (Some(2), Some(2))
        );
    }

    #[test]
    fn a_handful_of_outliers_is_flagged_and_not_recommended() {
        let points = vec![point(2, 0.76, 7), point(3, 0.4, 90), point(4, 0.41, 60)];
        let sweep = Sweep::new(points, Vec::new(), 500, 500);
        assert_eq!(sweep.recommended(), Some(4));
        let overall = sweep.overall.unwrap();
        assert_eq!(overall.runner_up, Some((3, 0.4)));
        let flagged = Degenerate {
            n_clusters: 2,
            smallest: 7,
            value: 0.76,
        };
        assert_eq!(overall.degenerate, [flagged]);
        let others = [
            (Criterion::CalinskiHarabasz, 4),
            (Criterion::DaviesBouldin, 3),
            (Criterion::Bic, 3),
        ];
        assert_eq!(overall.others, others);
        let (model, of_mixture) = &sweep.by_model[2];
        assert_eq!(
            (*model, of_mixture.n_clusters),
            (ModelKey::GAUSSIAN_MIXTURE, 3)
        );
        assert_eq!(
            (of_mixture.criterion, of_mixture.value),
            (Criterion::Bic, 3.0)
        );
        assert_eq!(of_mixture.degenerate[0].value, 2.0);
        let only = Sweep::new(vec![point(2, 0.76, 7)], Vec::new(), 500, 500);
        assert_eq!(only.recommended(), None);
    }
}
