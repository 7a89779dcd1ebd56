//! Every number of segments, judged.

use super::fits::{
    Fits, Goal, MAX_MEASURED_IN_SWEEP, STEPS_TO_CUT, SweepChoices, UpTo, wants_references,
};
use crate::cluster::{Fit, Labels, ModelKey};
use crate::numeric::pulse;
use crate::quality::{gaps, has_pair, separation, silhouettes};
use crate::result::{EngineError, Judged, Progress, Settings, Stage, Sweep, SweepPoint};

impl Fits {
    /// The sweep of these settings, if it is known.
    pub(crate) fn sweep(&self, settings: &Settings) -> Option<&Sweep> {
        let (choices, sweep) = self.sweep.as_ref()?;
        (*choices == SweepChoices::of(settings)).then_some(sweep)
    }

    /// Judges every number of segments that was fitted, and keeps the sweep.
    pub(super) fn judge_sweep(
        &mut self,
        settings: &Settings,
        progress: &mut Progress,
    ) -> Result<Sweep, EngineError> {
        let samples = &self.samples;
        let choices = SweepChoices::of(settings);
        let mut fitted: Vec<AtNumber> = Vec::new();
        for n_clusters in self.numbers(settings, Goal::Sweep) {
            pulse(STEPS_TO_CUT * self.samples.n_distinct());
            let mut at = AtNumber {
                n_clusters,
                models: Vec::new(),
                inertia: None,
                bic: None,
            };
            for &model in settings
                .models
                .iter()
                .filter(|model| !model.decides_number())
            {
                let Some(found) = model.model() else {
                    continue;
                };
                let key = found.fit_key(&choices.options, n_clusters);
                let Some(Ok(fit)) = self.fit(&key) else {
                    continue;
                };
                at.models.push((model, fit.labels(n_clusters)?));
                match fit {
                    Fit::Partition(partition) => at.inertia = at.inertia.or(partition.cost),
                    Fit::Mixture(mixture) => at.bic = Some(mixture.bic()),
                    Fit::Tree(_) => {}
                }
            }
            if !at.models.is_empty() {
                fitted.push(at);
            }
        }
        let clusterings = fitted.iter().flat_map(|at| &at.models);
        let clusterings: Vec<&Labels> = clusterings.map(|(_, labels)| labels).collect();
        progress(Stage::Silhouette, 0.0);
        let (most, seed) = (MAX_MEASURED_IN_SWEEP, settings.seed);
        let hear = |fraction: f64| progress(Stage::Silhouette, fraction);
        let judged = silhouettes(samples, &clusterings, most, seed, hear)?;
        let n_measured = judged.first().map_or(0, |silhouette| silhouette.n_measured);
        let mut silhouettes = judged.iter().map(|judged| judged.score);
        let mut of = |labels: &Labels| {
            let (score, sizes) = (silhouettes.next(), labels.sizes(samples));
            Judged {
                silhouette: score.filter(|_| has_pair(&sizes)),
                separation: separation(samples, labels),
                smallest: sizes.into_iter().min().unwrap_or(0),
            }
        };
        let points = fitted.iter().map(|at| SweepPoint {
            n_clusters: at.n_clusters,
            models: at
                .models
                .iter()
                .map(|(model, labels)| (*model, of(labels)))
                .collect(),
            inertia: at.inertia,
            bic: at.bic,
        });
        let points: Vec<SweepPoint> = points.collect();
        let gaps = match &self.references {
            Some(UpTo {
                found: references, ..
            }) if wants_references(settings) => {
                let inertias = points.iter();
                let inertias =
                    inertias.filter_map(|point| Some((point.n_clusters, point.inertia?)));
                gaps(samples, &inertias.collect::<Vec<_>>(), references)
            }
            _ => Vec::new(),
        };
        let mut sweep = Sweep::new(points, gaps, n_measured, samples.n_samples());
        let count = self.group_count.as_ref();
        sweep.groups = count.and_then(|count| count.found.clone());
        self.sweep = Some((choices, sweep.clone()));
        Ok(sweep)
    }
}

/// The fits with one number of segments.
struct AtNumber {
    n_clusters: usize,
    models: Vec<(ModelKey, Labels)>,
    inertia: Option<f64>,
    bic: Option<f64>,
}
