//! Decisions that shape the result.

use super::bounds::{check_models, check_options, option_of};
use super::check::{check_feature, column_of, may_be_feature, values_of};
use super::error::DecisionError as Error;
use super::segment_column::check_segment_column;
use super::{Known, Session};
use crate::cluster::hierarchical::{HierarchicalParams, Linkage};
use crate::cluster::{Metric, ModelKey};
use crate::features::Feature;
use crate::numeric::order_by;
use crate::result::{ColumnData, ColumnInfo, Dataset};
use crate::table::Role;

/// The largest number of values for which a category gets indicators.
pub const MAX_INDICATORS: usize = 20;

impl Session {
    /// Changes the role of a column, and the features with it.
    pub(super) fn set_role(&mut self, known: &Known, name: &str, role: Role) -> Result<(), Error> {
        let column = column_of(known.dataset, name)?;
        if role == Role::Feature && !may_be_feature(column) {
            return Err(Error::NotNumeric {
                column: name.to_owned(),
            });
        }
        self.put_role(column, role);
        if matches!(column.data, ColumnData::Codes { .. }) {
            return if role == Role::Feature {
                self.use_category(known, name, None)
            } else {
                self.drop_features(known.dataset, |it| it.sources().contains(&name))
            };
        }
        let plain = Feature::column(name);
        match role {
            Role::Identifier => {
                self.drop_features(known.dataset, |it| it.sources().contains(&name))
            }
            Role::Profile | Role::Ignored => self.drop_features(known.dataset, |it| *it == plain),
            Role::Feature if self.features().contains(&plain) => Ok(()),
            Role::Feature => self.add_feature(known.dataset, &plain),
        }
    }

    /// Stores a role only if it differs from the suggestion, or is the identifier: among several candidates the chosen one counts.
    fn put_role(&mut self, column: &ColumnInfo, role: Role) {
        let roles = &mut self.settings.roles;
        if role == column.suggested_role && role != Role::Identifier {
            roles.remove(&column.name);
        } else {
            roles.insert(column.name.clone(), role);
        }
    }

    pub(super) fn add_feature(
        &mut self,
        dataset: &Dataset,
        feature: &Feature,
    ) -> Result<(), Error> {
        check_feature(self, dataset, feature)?;
        if self.features().contains(feature) {
            let feature = feature.clone();
            return Err(Error::IsFeature { feature });
        }
        let mut features = self.features().to_vec();
        features.push(feature.clone());
        self.set_features(dataset, &features)
    }

    pub(super) fn remove_feature(
        &mut self,
        dataset: &Dataset,
        feature: &Feature,
    ) -> Result<(), Error> {
        if !self.features().contains(feature) {
            let feature = feature.clone();
            return Err(Error::NoFeature { feature });
        }
        self.drop_features(dataset, |it| it == feature)
    }

    /// Takes features out and others in, in the place of the first that leaves.
    pub(super) fn change_features(
        &mut self,
        dataset: &Dataset,
        without: &[Feature],
        with: &[Feature],
    ) -> Result<(), Error> {
        let mut features = self.features().to_vec();
        let mut place = None;
        for feature in without {
            let Some(at) = features.iter().position(|it| it == feature) else {
                let feature = feature.clone();
                return Err(Error::NoFeature { feature });
            };
            features.remove(at);
            place = place.or(Some(at));
        }
        for (at, feature) in with.iter().enumerate() {
            check_feature(self, dataset, feature)?;
            if features.contains(feature) || with[..at].contains(feature) {
                let feature = feature.clone();
                return Err(Error::IsFeature { feature });
            }
        }
        let place = place.map_or(features.len(), |place| place.min(features.len()));
        features.splice(place..place, with.iter().cloned());
        self.set_features(dataset, &features)
    }

    fn drop_features(
        &mut self,
        dataset: &Dataset,
        is_dropped: impl Fn(&Feature) -> bool,
    ) -> Result<(), Error> {
        let mut features = self.features().to_vec();
        features.retain(|feature| !is_dropped(feature));
        self.set_features(dataset, &features)
    }

    /// Makes a category a feature: an order of its values, or an indicator per value, of two values one.
    pub(super) fn use_category(
        &mut self,
        known: &Known,
        name: &str,
        order: Option<&[String]>,
    ) -> Result<(), Error> {
        let column = column_of(known.dataset, name)?;
        let values = values_of(column)?;
        let a = || name.to_owned();
        let new = match order {
            Some(order) => vec![Feature::Ordinal {
                a: a(),
                order: order.to_vec(),
            }],
            None if values.len() > MAX_INDICATORS => {
                return Err(Error::TooManyValues {
                    column: a(),
                    n: values.len(),
                    max: MAX_INDICATORS,
                });
            }
            None => Feature::indicators(name, values, known.dataset.codes(name).unwrap_or(&[])),
        };
        self.put_role(column, Role::Feature);
        for feature in &new {
            check_feature(self, known.dataset, feature)?;
        }
        let is_of_it = |it: &Feature| it.is_of_category() && it.sources().contains(&name);
        let mut features = self.features().to_vec();
        // In the place of its earlier features, so that a change of order moves nothing else.
        let place = features.iter().position(is_of_it);
        features.retain(|feature| !is_of_it(feature));
        let place = place.unwrap_or(features.len());
        features.splice(place..place, new);
        self.set_features(known.dataset, &features)
    }

    /// Plain columns come first, in file order, so that removing a feature and adding it again changes nothing.
    fn set_features(&mut self, dataset: &Dataset, features: &[Feature]) -> Result<(), Error> {
        if features.is_empty() && !self.features().is_empty() {
            return Err(Error::NoFeatures);
        }
        self.settings.features = Some(in_file_order(dataset, features));
        Ok(())
    }

    pub(super) fn add_model(&mut self, model: ModelKey) -> Result<(), Error> {
        let is_new = self.settings.models.insert(model);
        is_new.then_some(()).ok_or(Error::IsCompared { model })
    }

    pub(super) fn remove_model(&mut self, model: ModelKey) -> Result<(), Error> {
        if !self.settings.models.remove(&model) {
            return Err(Error::NotCompared { model });
        }
        check_models(&self.settings)
    }

    /// Compares with the segments of a column, or with those of the models alone.
    pub(super) fn compare_column(
        &mut self,
        column: Option<&str>,
        dataset: &Dataset,
    ) -> Result<(), Error> {
        if let Some(column) = column {
            check_segment_column(column, dataset)?;
        }
        self.settings.segment_column = column.map(str::to_owned);
        check_models(&self.settings)
    }

    pub(super) fn set_linkage(&mut self, linkage: Linkage) {
        let metric = self.settings.hierarchical.metric;
        let metric = linkage.check(metric).map_or(Metric::Euclidean, |()| metric);
        self.settings.hierarchical = HierarchicalParams { linkage, metric };
    }

    pub(super) fn set_metric(&mut self, metric: Metric) -> Result<(), Error> {
        self.settings.hierarchical.metric = metric;
        check_models(&self.settings)
    }

    pub(super) fn set_own_number(
        &mut self,
        model: ModelKey,
        n_clusters: Option<usize>,
    ) -> Result<(), Error> {
        let own = &mut self.settings.own_n_clusters;
        let Some(n_clusters) = n_clusters else {
            own.remove(&model);
            return Ok(());
        };
        if self.settings.models.first() == Some(&model) {
            return Err(Error::OwnNumberOfFirst { model });
        }
        own.insert(model, n_clusters);
        check_models(&self.settings)
    }

    pub(super) fn set_option(
        &mut self,
        model: ModelKey,
        name: &str,
        value: Option<usize>,
    ) -> Result<(), Error> {
        let option = option_of(model, name)?;
        let own = self.settings.options.entry(model).or_default();
        match value.filter(|value| *value != option.default) {
            Some(value) => own.insert(name.to_owned(), value),
            None => own.remove(name),
        };
        self.settings.options.retain(|_, own| !own.is_empty());
        check_options(&self.settings)
    }
}

/// Plain columns in file order, then the others in their order.
pub(super) fn in_file_order(dataset: &Dataset, features: &[Feature]) -> Vec<Feature> {
    let position = |feature: &Feature| match feature {
        Feature::Column(name) => {
            let mut columns = dataset.columns.iter();
            columns.position(|column| column.name == *name)
        }
        _ => None,
    };
    let places: Vec<usize> = features
        .iter()
        .map(|feature| position(feature).unwrap_or(usize::MAX))
        .collect();
    let order = order_by(features.len(), &mut |a, b| places[a].cmp(&places[b]));
    let order = order.into_iter().map(|at| features[at as usize].clone());
    order.collect()
}
