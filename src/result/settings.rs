//! Every choice that shapes a result.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{Filters, Identity};
use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::HierarchicalParams;
use crate::cluster::k_means::Centres;
use crate::cluster::{ModelKey, ModelNumbers, ModelOptions, NumberRule, ParamsError};
use crate::features::{Feature, Missing, Repeats, Scaling};
use crate::table::{Column, ColumnKind, ReadOptions, Role, Table};

/// The numbers of segments on offer.
pub const K_RANGE: RangeInclusive<usize> = 2..=50;

/// The largest number of segments that is compared with the others, unless another is chosen.
pub const SWEEP_TO: usize = 12;

/// The largest number of rows for which the mixture is compared by default: it takes most of the time.
const MAX_WITH_MIXTURE: usize = 50_000;

/// The settings on the screen, in a session or project, for the worker and for the command line. `{}` means all defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How the file is read, where that differs from what the reader detects.
    pub reading: ReadOptions,
    /// Roles that differ from the suggestion, by column name.
    pub roles: BTreeMap<String, Role>,
    /// The features of the models; absent: every column whose role is feature.
    pub features: Option<Vec<Feature>>,
    /// How rows without a value in some feature are treated.
    pub missing: Missing,
    /// How rows that repeat an earlier one are treated.
    pub repeats: Repeats,
    /// How features are scaled.
    pub scaling: Scaling,
    /// The models compared: at least two, or one beside a segment column.
    pub models: BTreeSet<ModelKey>,
    /// The column whose values are segments to be compared with those of the models.
    pub segment_column: Option<String>,
    /// The centres: those of K-Means, K-medians or spherical k-means.
    pub centres: Centres,
    /// Linkage and metric of the hierarchical model.
    pub hierarchical: HierarchicalParams,
    /// Shape of the components of the Gaussian mixture.
    pub covariance: CovarianceType,
    /// Number of segments of every model; absent: the recommended one.
    pub n_clusters: Option<usize>,
    /// Numbers of segments of models that have their own; ignored for the first model compared, which numbers the segments.
    pub own_n_clusters: BTreeMap<ModelKey, usize>,
    /// The largest number of segments that is tried when numbers are compared, from 2 up.
    pub sweep_to: usize,
    /// Rows that the user leaves out of the models.
    pub left_out: BTreeSet<u32>,
    /// The models use only customers who pass these filters, by column or feature; empty: all. A session keeps its filters itself.
    pub only: Filters,
    /// Other options of models, by name.
    pub options: ModelNumbers,
    /// The segments of an earlier result whose numbers are kept.
    pub identity: Option<Identity>,
    /// Independent runs of K-Means.
    pub n_init: usize,
    /// The largest number of Lloyd iterations per run.
    pub max_iter: usize,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            reading: ReadOptions::default(),
            roles: BTreeMap::new(),
            features: None,
            missing: Missing::default(),
            repeats: Repeats::default(),
            scaling: Scaling::default(),
            models: Self::default_models(usize::MAX),
            segment_column: None,
            centres: Centres::default(),
            hierarchical: HierarchicalParams::default(),
            covariance: CovarianceType::default(),
            n_clusters: None,
            own_n_clusters: BTreeMap::new(),
            sweep_to: SWEEP_TO,
            left_out: BTreeSet::new(),
            only: Filters::new(),
            options: BTreeMap::new(),
            identity: None,
            n_init: 10,
            max_iter: 300,
            seed: 1,
        }
    }
}

impl Settings {
    /// The models compared where nothing else was chosen: with the mixture, which alone gives probabilities, up to 50,000 rows.
    /// Settings that are not about a file leave it out.
    pub fn default_models(n_rows: usize) -> BTreeSet<ModelKey> {
        let mut models = BTreeSet::from([ModelKey::K_MEANS, ModelKey::HIERARCHICAL]);
        if n_rows <= MAX_WITH_MIXTURE {
            models.insert(ModelKey::GAUSSIAN_MIXTURE);
        }
        models
    }

    /// What an automatic number of segments is found with: the models that are chosen by likelihood have no say where two others
    /// are compared, and are fitted at that number alone.
    pub(crate) fn judging(&self) -> Self {
        let is_judged = |model: &ModelKey| {
            let facts = model.facts();
            facts.is_none_or(|facts| facts.number_rule != NumberRule::Likelihood)
        };
        let mut judging = self.clone();
        judging.models.retain(is_judged);
        let n_judged = judging
            .models
            .iter()
            .filter(|model| !model.decides_number());
        if self.n_clusters.is_none() && n_judged.count() >= 2 {
            judging
        } else {
            self.clone()
        }
    }

    /// Checks that the settings make sense for any data.
    ///
    /// # Errors
    /// [`ParamsError`] for the first fault.
    pub fn check(&self) -> Result<(), ParamsError> {
        if let Some(model) = self.models.iter().find(|model| model.facts().is_none()) {
            return Err(ParamsError::UnknownModel {
                model: model.as_str().to_owned(),
            });
        }
        let n_models = self.models.len();
        if n_models < self.fewest_models() {
            return Err(ParamsError::TooFewModels { n_models });
        }
        let HierarchicalParams { linkage, metric } = self.hierarchical;
        linkage.check(metric)?;
        if self.n_init == 0 || self.max_iter == 0 {
            return Err(ParamsError::NoIterations);
        }
        ModelOptions::check_numbers(&self.options)?;
        let own = self.own_n_clusters.values().chain([&self.sweep_to]);
        let mut numbers = self.n_clusters.iter().chain(own);
        match numbers.find(|number| !K_RANGE.contains(number)) {
            Some(&n_clusters) => Err(ParamsError::ClusterCount {
                n_clusters,
                min: *K_RANGE.start(),
                max: *K_RANGE.end(),
            }),
            None => Ok(()),
        }
    }

    /// The smallest number of models that there is something to compare with.
    pub fn fewest_models(&self) -> usize {
        if self.segment_column.is_some() { 1 } else { 2 }
    }

    /// Number of segments of a model, given that of all models.
    pub fn n_clusters_of(&self, model: ModelKey, n_clusters: usize) -> usize {
        let own = self.own_n_clusters.get(&model).copied();
        own.filter(|_| self.models.first() != Some(&model))
            .unwrap_or(n_clusters)
    }

    /// The options that models are fitted with.
    pub fn model_options(&self) -> ModelOptions {
        ModelOptions {
            centres: self.centres,
            hierarchical: self.hierarchical,
            covariance: self.covariance,
            numbers: self.options.clone(),
            n_init: self.n_init,
            max_iter: self.max_iter,
            seed: self.seed,
        }
    }

    /// The role of a column.
    pub fn role_of(&self, column: &Column) -> Role {
        self.role_or(&column.name, column.suggested_role())
    }

    /// The role that was chosen for a column, or the suggested one.
    pub fn role_or(&self, name: &str, suggested: Role) -> Role {
        self.roles.get(name).copied().unwrap_or(suggested)
    }

    /// The features used for this table.
    pub fn features_for(&self, table: &Table) -> Vec<Feature> {
        self.features.clone().unwrap_or_else(|| {
            let used = table
                .columns
                .iter()
                .filter(|column| self.role_of(column) == Role::Feature);
            used.flat_map(|column| {
                if column.kind == ColumnKind::Category && column.distinct == 2 {
                    let (codes, values) = column.codes();
                    Feature::indicators(&column.name, &values, &codes)
                } else if column.numbers.is_empty() {
                    Vec::new()
                } else {
                    vec![Feature::column(&column.name)]
                }
            })
            .collect()
        })
    }

    /// The column that identifies the customers, if any.
    pub fn identifier<'a>(&self, table: &'a Table) -> Option<&'a Column> {
        let mut columns = table
            .columns
            .iter()
            .filter(|column| self.role_of(column) == Role::Identifier);
        // The user's choice precedes a suggestion.
        let chosen = columns
            .clone()
            .find(|column| self.roles.contains_key(&column.name));
        chosen.or_else(|| columns.find(|column| column.kind == ColumnKind::Identifier))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::features::prepare;
    use crate::numeric::Rng;
    use crate::table::read_csv;

    /// A file of yes and no is the same in words of any language as in ones and noughts, with gaps, and whatever stands first.
    #[test]
    fn a_yes_or_no_in_words_counts_as_much_as_one_and_nought() {
        let written = |no: &str, yes: &str, is_turned: bool| {
            let mut rng = Rng::new(3);
            let drawn = (0..40).map(|at| (at, [0; 3].map(|_| [0, 1, 2, 2][rng.below(4)])));
            let mut rows: Vec<(usize, [usize; 3])> = drawn.collect();
            if is_turned {
                rows.reverse();
            }
            let mut text = "id,shop,web,app\n".to_owned();
            for (at, cells) in rows {
                let cells = cells.map(|cell| ["", no, yes][cell]);
                writeln!(text, "K{at},{}", cells.join(",")).unwrap();
            }
            let table = read_csv(text.as_bytes()).unwrap();
            let settings = Settings::default();
            let features = settings.features_for(&table);
            assert_eq!(features.len(), 3, "{no} {yes}");
            let (scaling, repeats) = (settings.scaling, settings.repeats);
            [Missing::LeaveOut, Missing::Mode].map(|missing| {
                let prepared = prepare(&table, &features, scaling, missing, repeats).unwrap();
                prepared.raw
            })
        };
        let words = [
            ("no", "yes"),
            ("Nein", "Ja"),
            ("No", "Sì"),
            ("non", "oui"),
            ("Nie", "Tak"),
        ];
        for is_turned in [false, true] {
            let numbers = written("0", "1", is_turned);
            for (no, yes) in words {
                assert_eq!(written(no, yes, is_turned), numbers, "{no} {yes}");
            }
        }
    }

    #[test]
    fn an_empty_object_means_the_defaults_and_unknown_words_are_errors() {
        assert_eq!(
            serde_json::from_str::<Settings>("{}").unwrap(),
            Settings::default()
        );
        assert!(serde_json::from_str::<Settings>(r#"{"clusters": 3}"#).is_err());
        let settings = Settings {
            n_clusters: Some(51),
            ..Default::default()
        };
        assert_eq!(
            settings.check(),
            Err(ParamsError::ClusterCount {
                n_clusters: 51,
                min: 2,
                max: 50
            })
        );
    }
}
