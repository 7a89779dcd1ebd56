//! Builds comparisons and sweeps from fits.

use super::fits::{Fits, Goal};
use super::given::Given;
use super::loaded::{Loaded, course};
use super::made::made_features;
use super::numbering::{Fitted, FittedOn, Made, side_by_side};
use super::question::Shares;
use super::silhouettes::{InParts, SilhouetteJob, judge};
use super::unit::{UnitJob, UnitKey};
use crate::cluster::k_means::Centres;
use crate::cluster::{Fit, Labels, NOISE, Samples};
use crate::features::values_of_fitted;
use crate::numeric::Matrix;
use crate::quality::Silhouette;
use crate::result::{Comparison, EngineError, FailedModel, K_RANGE, Progress, Settings, Sweep};

impl Loaded {
    pub(super) fn compared(
        &mut self,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<Comparison, EngineError> {
        settings.check()?;
        // What must be fitted at a number is known once the number is.
        let mut farthest = 0.0_f64;
        let progress = &mut |stage, fraction: f64| {
            farthest = farthest.max(fraction);
            progress(stage, farthest);
        };
        let n_clusters = self.number_of(&settings, progress)?;
        let settings = Settings {
            n_clusters: Some(n_clusters),
            ..settings
        };
        self.fit(&settings, Goal::Comparison, progress)?;
        let whole = self.whole;
        let (table, fits) = self.fits_for(&settings)?;
        let mut in_parts = fits.in_parts.take();
        let (mut fitted, failed) = sorted_out(fits, &settings, n_clusters);
        if fitted.is_empty() {
            return Err(none_fitted(failed));
        }
        let weight = fits.weight_of_judging(Goal::Comparison);
        let mut hear = course(whole, weight, weight, progress);
        let seed = settings.seed;
        measure(&fits.samples, &mut fitted, seed, &mut in_parts, &mut hear)?;
        let given = settings.segment_column.as_deref();
        let given = given.map(|column| Given::of(table, column, &fits.prepared.rows));
        let mut given = given.transpose()?;
        if let Some(given) = &mut given {
            given.measure(&fits.samples, seed, &mut hear)?;
        }
        let features = settings.features_for(table);
        let at = made_features(&features, &settings, table);
        let values = at
            .iter()
            .map(|&at| values_of_fitted(table, &fits.prepared.fitted[at], settings.missing))
            .collect::<Result<_, _>>()?;
        let settings = Settings {
            features: Some(features),
            ..settings
        };
        let fitted_on = FittedOn {
            prepared: &fits.prepared,
            samples: &fits.samples,
            table,
            n_outside: fits.n_outside,
        };
        let made = Made { at, values };
        let comparison = side_by_side(settings, &fitted_on, made, &fitted, given.as_ref(), failed);
        fits.in_parts = in_parts;
        Ok(comparison)
    }

    /// The number of segments asked for, or else the recommended one.
    fn number_of(
        &mut self,
        settings: &Settings,
        progress: &mut Progress,
    ) -> Result<usize, EngineError> {
        if let Some(n_clusters) = settings.n_clusters {
            return Ok(n_clusters);
        }
        let sweep = self.swept(&settings.judging(), Goal::Comparison, progress)?;
        Ok(sweep.number_shown().unwrap_or(*K_RANGE.start()))
    }

    pub(super) fn swept(
        &mut self,
        settings: &Settings,
        goal: Goal,
        progress: &mut Progress,
    ) -> Result<Sweep, EngineError> {
        self.fit(settings, goal, progress)?;
        let whole = self.whole;
        let (_, fits) = self.fits_for(settings)?;
        if let Some(known) = fits.sweep(settings) {
            return Ok(known.clone());
        }
        let left = fits.weight_left(settings, goal);
        let weight = fits.weight_of_judging(Goal::Sweep);
        fits.judge_sweep(settings, &mut course(whole, left, weight, progress))
    }
}

impl Loaded {
    /// The silhouette parts that others can measure for a comparison whose models are all fitted.
    pub(super) fn shares_of_silhouettes(
        &mut self,
        settings: &Settings,
    ) -> Result<Option<Shares<(UnitKey, UnitJob)>>, EngineError> {
        let whole = self.whole;
        let (_, fits) = self.fits_for(settings)?;
        let goal = Goal::Comparison;
        if !fits.measures_in_parts() || !fits.missing(&settings.judging(), goal).is_empty() {
            return Ok(None);
        }
        let n_clusters = self.number_of(settings, &mut |_, _| ())?;
        let settings = &Settings {
            n_clusters: Some(n_clusters),
            ..settings.clone()
        };
        let (_, fits) = self.fits_for(settings)?;
        if !fits.missing(settings, goal).is_empty() {
            return Ok(None);
        }
        let (fitted, _) = sorted_out(fits, settings, n_clusters);
        let labels = fitted.into_iter().map(|fitted| fitted.labels);
        let labels = labels.filter(|labels| !labels.has_noise()).collect();
        let Some(job) = SilhouetteJob::in_parts(&fits.samples, labels, settings.seed) else {
            return Ok(None);
        };
        let held = InParts::going_on(fits.in_parts.take(), job, &fits.samples);
        let (open, n_parts) = held.open();
        let weight = fits.weight_of_judging(goal) / n_parts as f64;
        let item = |part: usize| {
            let job = held.job().clone();
            (
                (UnitKey::Distances(part), UnitJob::Distances(job, part)),
                weight,
            )
        };
        let items: Vec<_> = open.into_iter().map(item).collect();
        let left = weight * items.len() as f64;
        fits.in_parts = Some(held);
        self.whole = whole.or(Some(left));
        Ok((items.len() > 1).then_some(Shares {
            needs_samples: true,
            items,
            whole: whole.unwrap_or(left),
            left,
        }))
    }
}

/// Why there is no result; an error shared by all models is reported once.
fn none_fitted(failed: Vec<FailedModel>) -> EngineError {
    let is_same =
        |it: &FailedModel, first: &FailedModel| it.error == first.error && first.cause.is_none();
    match failed.as_slice() {
        [first, others @ ..] if others.iter().all(|it| is_same(it, first)) => {
            EngineError::Fit(first.error.clone())
        }
        _ => EngineError::NoneFitted { failed },
    }
}

/// The models that could be fitted, and those that could not.
fn sorted_out<'a>(
    fits: &'a Fits,
    settings: &Settings,
    n_clusters: usize,
) -> (Vec<Fitted<'a>>, Vec<FailedModel>) {
    let (mut fitted, mut failed) = (Vec::new(), Vec::new());
    for &model in &settings.models {
        let n_own = settings.n_clusters_of(model, n_clusters);
        let key = Fits::key_of(model, settings, n_clusters);
        let found = key.as_ref().and_then(|key| fits.fit(key));
        let labels = match found {
            Some(Ok(fit)) => fit.labels(n_own).map(|labels| (fit, labels)),
            Some(Err(error)) => Err(error.clone()),
            None => continue,
        };
        match labels {
            Ok((fit, labels)) => fitted.push(Fitted {
                model,
                fit,
                labels,
                silhouette: None,
                inertia: match fit {
                    Fit::Partition(it) if settings.centres == Centres::Means => it.cost,
                    Fit::Partition(_) | Fit::Tree(_) | Fit::Mixture(_) => None,
                },
            }),
            Err(error) => failed.push(FailedModel {
                model,
                cause: fits.cause_of(&error),
                error,
            }),
        }
    }
    (fitted, failed)
}

/// Measures the silhouettes of all models at once; a model that leaves customers in no segment is measured without them.
fn measure(
    samples: &Samples,
    fitted: &mut [Fitted],
    seed: u64,
    in_parts: &mut Option<InParts>,
    progress: &mut Progress,
) -> Result<(), EngineError> {
    let whole = fitted.iter().filter(|fitted| !fitted.labels.has_noise());
    let whole: Vec<&Labels> = whole.map(|fitted| &fitted.labels).collect();
    let judged = judge(samples, &whole, seed, in_parts, progress)?;
    let mut judged = judged.into_iter();
    for fitted in fitted {
        fitted.silhouette = if fitted.labels.has_noise() {
            without_noise(samples, &fitted.labels, seed, progress)?
        } else {
            judged.next()
        };
    }
    Ok(())
}

/// The silhouette of the customers in a segment, among themselves; `None` with fewer than two segments.
fn without_noise(
    samples: &Samples,
    labels: &Labels,
    seed: u64,
    progress: &mut Progress,
) -> Result<Option<Silhouette>, EngineError> {
    if labels.n_clusters < 2 {
        return Ok(None);
    }
    let mut points = Matrix::with_features(samples.n_features());
    let mut own = Vec::new();
    for &distinct in &samples.distinct_of {
        let label = labels.of_distinct[distinct as usize];
        if label != NOISE {
            points.push_row(samples.points.row(distinct as usize).iter().copied());
            own.push(label);
        }
    }
    let placed = Samples::new(&points)?;
    let mut of_distinct = vec![0; placed.n_distinct()];
    for (&distinct, label) in placed.distinct_of.iter().zip(own) {
        of_distinct[distinct as usize] = label;
    }
    let labels = Labels {
        of_distinct,
        n_clusters: labels.n_clusters,
    };
    let judged = judge(&placed, &[&labels], seed, &mut None, progress)?;
    Ok(judged.into_iter().next())
}
