//! The use cases, one method each. The engine keeps the last table and what was fitted on it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::compare::{Fitted, FittedOn};
use super::fits::{Fits, judge};
use super::{Centres, Comparison, Dataset, EngineError, K_RANGE, Model, Report, Settings, Sweep};
use crate::cluster::FitError;
use crate::cluster::gaussian_mixture::CovarianceType;
use crate::features::{Feature, values_of};
use crate::table::{Role, Table, read_csv};

/// Silhouettes are exact up to this number of distinct customers, and measured on a random sample of so many above.
const MAX_MEASURED: usize = 20_000;

/// What the engine is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Reading the file.
    Reading,
    /// Fitting K-Means.
    KMeans {
        /// Number of segments.
        n_clusters: usize,
    },
    /// Building the tree of the hierarchical model.
    Hierarchical,
    /// Fitting the Gaussian mixture.
    GaussianMixture,
    /// Measuring silhouettes.
    Silhouette,
    /// Writing a file.
    Writing,
}

/// Hears the stage and the share of it that is done, in `[0, 1]`.
pub type Progress<'a> = dyn FnMut(Stage, f64) + 'a;

/// Keeps the last table and the last fits.
#[derive(Debug, Default)]
pub struct Engine {
    source: Option<Source>,
    fits: Option<Fits>,
}

#[derive(Debug)]
struct Source {
    name: String,
    table: Table,
}

impl Engine {
    /// The table read last.
    pub fn table(&self) -> Option<&Table> {
        self.source.as_ref().map(|source| &source.table)
    }

    /// The name of the file read last, without its ending.
    pub fn file_stem(&self) -> &str {
        let name = self
            .source
            .as_ref()
            .map_or("", |source| source.name.as_str());
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Compares the models and puts down everything they found.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn report(
        &mut self,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<Report, EngineError> {
        let comparison = self.compare(settings, progress)?;
        match (&self.source, &self.fits) {
            (Some(source), Some(fits)) => {
                let tree = fits.hierarchical.tree.over_all_samples(&fits.samples);
                let cophenetic = fits.cophenetic_correlation()?;
                Ok(Report::new(
                    &source.table,
                    &comparison,
                    &fits.prepared.rows,
                    (tree.steps(), cophenetic),
                    fits.sweep.as_ref().map(|(.., sweep)| sweep),
                ))
            }
            _ => Err(EngineError::NoTable),
        }
    }

    /// Reads a file; the table of before is replaced only when this one can be read.
    ///
    /// # Errors
    /// [`EngineError::Table`] when the bytes are no table.
    pub fn import(
        &mut self,
        name: &str,
        bytes: &[u8],
        progress: &mut Progress,
    ) -> Result<Dataset, EngineError> {
        progress(Stage::Reading, 0.0);
        let table = read_csv(bytes)?;
        let dataset = Dataset::of(name, bytes.len(), &table);
        self.source = Some(Source {
            name: name.to_owned(),
            table,
        });
        self.fits = None;
        Ok(dataset)
    }

    /// Fits both models, matches their segments and puts them side by side.
    ///
    /// # Errors
    /// [`EngineError`] when the settings are wrong or these data cannot meet them; fits of before stay.
    pub fn compare(
        &mut self,
        settings: Settings,
        progress: &mut Progress,
    ) -> Result<Comparison, EngineError> {
        settings.check()?;
        let n_clusters = match settings.n_clusters {
            Some(n_clusters) => n_clusters,
            None => self
                .sweep(&settings, progress)?
                .recommended()
                .unwrap_or(*K_RANGE.start()),
        };
        let fits = self.fits_for(&settings, progress)?;
        fits.fit_partition(settings.centres, n_clusters, progress)?;
        let with_mixture = settings.models.contains(&Model::GaussianMixture);
        if with_mixture {
            fits.fit_mixture(n_clusters, settings.covariance, progress)?;
        }
        let (Some(source), Some(fits)) = (&self.source, &self.fits) else {
            return Err(EngineError::NoTable);
        };
        let key = (settings.centres, n_clusters);
        let k_means = fits.partitions.get(&key).ok_or(EngineError::NoTable)?;
        let cut = fits.hierarchical.tree.cut_at_count(n_clusters)?;
        let mixture = match fits.mixtures.get(&(n_clusters, settings.covariance)) {
            Some(mixture) if with_mixture => Some(mixture.as_ref().map_err(FitError::clone)?),
            _ => None,
        };
        let mut clusterings = vec![&k_means.labels, &cut];
        clusterings.extend(mixture.map(|mixture| &mixture.labels));
        let judged = judge(
            &fits.samples,
            &clusterings,
            MAX_MEASURED,
            settings.seed,
            progress,
        )?;
        let [of_k_means, of_hierarchical, of_mixture @ ..] = judged.as_slice() else {
            return Err(EngineError::NoTable);
        };
        let k_means = Fitted {
            labels: &k_means.labels,
            silhouette: of_k_means,
            inertia: (settings.centres == Centres::Means).then_some(k_means.cost),
            is_approximate: false,
            mixture: None,
        };
        let hierarchical = Fitted {
            labels: &cut,
            silhouette: of_hierarchical,
            inertia: None,
            is_approximate: fits.hierarchical.is_approximate,
            mixture: None,
        };
        let mixture = mixture
            .zip(of_mixture.first())
            .map(|(mixture, silhouette)| Fitted {
                labels: &mixture.labels,
                silhouette,
                inertia: None,
                is_approximate: false,
                mixture: Some(mixture),
            });
        let features = settings.features_for(&source.table);
        let derived = features
            .iter()
            .filter(|feature| !matches!(feature, Feature::Column(_)));
        let derived = derived
            .map(|feature| values_of(&source.table, feature))
            .collect::<Result<_, _>>()?;
        let settings = Settings {
            features: Some(features),
            n_clusters: Some(n_clusters),
            ..settings
        };
        let fitted_on = FittedOn {
            prepared: &fits.prepared,
            samples: &fits.samples,
            n_rows: source.table.n_rows(),
        };
        Ok(Comparison::new(
            settings,
            &fitted_on,
            derived,
            [&k_means, &hierarchical],
            mixture.as_ref(),
        ))
    }

    /// Fits the models at every number of segments in [`K_RANGE`] that the data allow.
    ///
    /// # Errors
    /// As [`Engine::compare`].
    pub fn sweep(
        &mut self,
        settings: &Settings,
        progress: &mut Progress,
    ) -> Result<Sweep, EngineError> {
        settings.check()?;
        let seed = settings.seed;
        let fits = self.fits_for(settings, progress)?;
        let with_mixture = settings
            .models
            .contains(&Model::GaussianMixture)
            .then_some(settings.covariance);
        let centres = settings.centres;
        match &fits.sweep {
            Some((of_centres, of_mixture, sweep))
                if (*of_centres, *of_mixture) == (centres, with_mixture) =>
            {
                return Ok(sweep.clone());
            }
            _ => {}
        }
        let numbers: Vec<usize> = K_RANGE
            .filter(|&n_clusters| n_clusters <= fits.samples.n_distinct())
            .collect();
        for &n_clusters in &numbers {
            fits.fit_partition(centres, n_clusters, progress)?;
            if let Some(covariance) = with_mixture {
                fits.fit_mixture(n_clusters, covariance, progress)?;
            }
        }
        let sweep = fits.judge_sweep(&numbers, centres, with_mixture, seed, progress)?;
        fits.sweep = Some((centres, with_mixture, sweep.clone()));
        Ok(sweep)
    }

    /// The fits under these settings: those of before as far as they still hold.
    fn fits_for(
        &mut self,
        settings: &Settings,
        progress: &mut Progress,
    ) -> Result<&mut Fits, EngineError> {
        let source = self.source.as_ref().ok_or(EngineError::NoTable)?;
        let table = &source.table;
        let features = settings.features_for(table);
        let key = Settings {
            features: Some(features.clone()),
            n_clusters: None,
            roles: BTreeMap::new(),
            models: BTreeSet::new(),
            centres: Centres::default(),
            covariance: CovarianceType::default(),
            ..settings.clone()
        };
        if let Some(column) = identifier_among(settings, table, &features) {
            return Err(EngineError::IdentifierAsFeature { column });
        }
        let fits = match self.fits.take() {
            Some(fits) if fits.settings == key => fits,
            Some(mut fits) if fits.differs_in_tree_only(&key) => {
                if let Err(error) = fits.rebuild_tree(key.hierarchical, progress) {
                    self.fits = Some(fits);
                    return Err(error.into());
                }
                fits
            }
            before => match Fits::new(key, table, &features, progress) {
                Ok(fits) => fits,
                Err(error) => {
                    self.fits = before;
                    return Err(error);
                }
            },
        };
        Ok(self.fits.insert(fits))
    }
}

fn identifier_among(settings: &Settings, table: &Table, features: &[Feature]) -> Option<String> {
    let mut sources = features.iter().flat_map(Feature::sources);
    let is_identifier = |name: &&str| {
        table
            .column(name)
            .is_some_and(|column| settings.role_of(column) == Role::Identifier)
    };
    sources.find(is_identifier).map(str::to_owned)
}
