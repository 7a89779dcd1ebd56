//! Which shape of the mixture describes the customers best, and with how many segments: the Bayesian information criterion over all
//! shapes and numbers (Schwarz 1978, Ann. Stat. 6; for shapes of mixtures Fraley & Raftery 2002, J. Am. Stat. Assoc. 97).

use serde::{Deserialize, Serialize};

use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::{Fit, FitJob, FitKey, Labels, ModelKey, ModelOptions};
use crate::engine::{Ground, Question, Step};
use crate::result::{EngineError, K_RANGE, Stage};

/// Which shape and number have the lowest criterion?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskShapes;

/// One shape with one number of segments.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatedShape {
    /// The shape.
    pub covariance: CovarianceType,
    /// Number of segments.
    pub n_clusters: usize,
    /// The criterion, lower is better; `None` where the mixture could not be fitted.
    pub bic: Option<f64>,
}

impl RatedShape {
    /// Whether both describe the customers equally well, but for rounding: of one feature three shapes are the same curves.
    pub fn is_as_good_as(&self, other: &Self) -> bool {
        match (self.bic, other.bic) {
            (Some(a), Some(b)) => (a - b).abs() <= ROUNDING * a.abs().max(b.abs()),
            _ => false,
        }
    }
}

/// Criteria nearer than this share of themselves differ by rounding.
const ROUNDING: f64 = 1e-9;

/// All shapes and numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shapes {
    /// From most to fewest parameters, numbers ascending.
    pub rated: Vec<RatedShape>,
}

impl Shapes {
    /// The one with the lowest criterion; the first of equal ones.
    pub fn best(&self) -> Option<RatedShape> {
        let known = self.rated.iter().filter(|it| it.bic.is_some());
        known
            .copied()
            .reduce(|best, next| if next.bic < best.bic { next } else { best })
    }

    /// A shape with a number; `None` where it was not tried.
    pub fn of(&self, covariance: CovarianceType, n_clusters: usize) -> Option<RatedShape> {
        let mut rated = self.rated.iter().copied();
        rated.find(|it| (it.covariance, it.n_clusters) == (covariance, n_clusters))
    }

    /// The one to take instead of the one in use: the best, unless the one in use is as good.
    pub fn offered(&self, covariance: CovarianceType, n_clusters: usize) -> Option<RatedShape> {
        let best = self.best()?;
        let now = self.of(covariance, n_clusters);
        Some(best).filter(|best| !now.is_some_and(|now| now.is_as_good_as(best)))
    }
}

/// About a third of a second, in the weight of models.
const ROUND: f64 = 3e8;

impl Question for AskShapes {
    type Answer = Shapes;
    type State = Shapes;
    const STAGE: Stage = Stage::Trying;

    fn step(
        &self,
        state: &mut Shapes,
        ground: &Ground<'_>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Step<Shapes>, EngineError> {
        let n_distinct = ground.samples.n_distinct();
        let most = n_distinct.min(ground.comparison.settings.sweep_to);
        let numbers = || *K_RANGE.start()..=most;
        let all = CovarianceType::ALL.into_iter();
        let all = all.flat_map(|covariance| numbers().map(move |k| (covariance, k)));
        let n_all = CovarianceType::ALL.len() * numbers().count();
        let mut spent = 0.0;
        for (covariance, n_clusters) in all.skip(state.rated.len()) {
            if spent > ROUND {
                return Ok(Step::Unfinished);
            }
            let options = ModelOptions {
                covariance,
                ..ground.comparison.settings.model_options()
            };
            let bic = bic_of(ground, &options, n_clusters, &mut spent);
            state.rated.push(RatedShape {
                covariance,
                n_clusters,
                bic,
            });
            progress(state.rated.len() as f64 / n_all as f64);
        }
        Ok(Step::Done(std::mem::take(state)))
    }
}

/// The criterion of the mixture with these options, from the starts that the engine would take; `spent` grows by the weight of what
/// had to be fitted.
fn bic_of(
    ground: &Ground<'_>,
    options: &ModelOptions,
    n_clusters: usize,
    spent: &mut f64,
) -> Option<f64> {
    let model = ModelKey::GAUSSIAN_MIXTURE.model()?;
    let key = model.fit_key(options, n_clusters);
    let mut fitted = |key: FitKey, starts: Vec<Labels>| {
        if let Some(fit) = ground.fits.fit(&key) {
            return fit.clone().ok();
        }
        let (n, d) = (ground.samples.n_distinct(), ground.samples.n_features());
        *spent += key.model.model()?.weight(&key, n, d);
        let scale = ground.fits.scale();
        let job = FitJob { key, starts, scale };
        job.fit(ground.samples, &mut |_| ()).ok()
    };
    let before = model.requires(&key).into_iter();
    let starts = before.filter_map(|key| fitted(key, Vec::new())?.labels(n_clusters).ok());
    let starts = starts.collect();
    match fitted(key, starts)? {
        Fit::Mixture(mixture) => Some(mixture.bic()),
        Fit::Partition(_) | Fit::Tree(_) => None,
    }
}
