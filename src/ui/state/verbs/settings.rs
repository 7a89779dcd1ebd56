//! The choices that shape a result.

use leptos::prelude::*;

use crate::cluster::Metric;
use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::{HierarchicalParams, Linkage};
use crate::explain::Bands;
use crate::features::{Feature, Missing, Repeats, Scaling, in_usual_order};
use crate::numeric::order_by;
use crate::result::{Centres, ColumnData, ColumnInfo, Dataset, Model, Settings};
use crate::table::{ColumnKind, Role};
use crate::ui::state::{AppState, Screen};
use crate::words;
use crate::worker::Request;

impl AppState {
    /// The choices so far, as far as they can be kept with what is read now: roles by name of the column, features whose columns are
    /// still there and hold what they need.
    pub(super) fn kept_settings(&self, dataset: &Dataset) -> Settings {
        let mut settings = self.settings.get_untracked();
        let old = self.dataset.get_untracked();
        let had = |name: &str| old.as_ref().is_some_and(|old| old.column(name).is_some());
        let may_stay = |feature: &Feature| {
            feature.sources().iter().all(|name| {
                dataset.column(name).is_some_and(|column| {
                    let is_category = column.kind == ColumnKind::Category;
                    is_category == feature.is_of_category()
                        && (is_category || column.numbers().is_some())
                })
            })
        };
        let mut features = settings.features.take().unwrap_or_default();
        features.retain(may_stay);
        for column in &dataset.columns {
            let feature = Feature::column(&column.name);
            let is_new = !had(&column.name)
                || settings.reading.kinds.get(&column.name)
                    != dataset.reading.kinds.get(&column.name);
            if is_new && column.suggested_role == Role::Feature && !features.contains(&feature) {
                features.push(feature);
            }
        }
        settings.features = Some(features);
        settings.n_clusters = None;
        settings
    }

    /// Goes to the comparison, fitting the models where that is not done yet.
    pub(in crate::ui) fn use_customers(&self) {
        self.screen.set(Screen::Compare);
        if self.comparison.with_untracked(Option::is_none) || untrack(|| self.is_stale()) {
            self.refit();
        }
    }

    /// Fits the models with the settings in force, segments keeping their numbers; then asks for the evidence.
    fn refit(&self) {
        let before = self.comparison.get_untracked();
        let settings = Settings {
            identity: before.map(|before| before.identity.clone()),
            ..self.settings.get_untracked()
        };
        let wants: [fn(Settings) -> Request; 5] = [
            |settings| Request::Compare { settings },
            |settings| Request::Sweep { settings },
            |settings| Request::Judge { settings },
            |settings| Request::Explain { settings },
            |settings| Request::Resample { settings },
        ];
        for want in wants {
            self.ask(want(settings.clone()), None);
        }
    }

    /// Gives a model a number of segments of its own; none: as many as the others.
    pub(in crate::ui) fn set_own_n_clusters(&self, model: Model, n_clusters: Option<usize>) {
        self.change(|settings| {
            match n_clusters {
                Some(n_clusters) => settings.own_n_clusters.insert(model, n_clusters),
                None => settings.own_n_clusters.remove(&model),
            };
        });
    }

    fn change(&self, change: impl FnOnce(&mut Settings)) {
        self.settings.update(change);
        if self.screen.get_untracked() == Screen::Compare {
            self.refit();
        }
    }

    /// Changes the part a column plays.
    pub(in crate::ui) fn set_role(&self, column: &str, role: Role) {
        let feature = Feature::column(column);
        let is_category = self.dataset.with_untracked(|dataset| {
            let info = dataset.as_ref().and_then(|dataset| dataset.column(column));
            info.is_some_and(|info| info.kind == ColumnKind::Category)
        });
        if is_category {
            self.settings.update(|settings| {
                settings.roles.insert(column.to_owned(), role);
            });
            return if role == Role::Feature {
                self.use_category(column, None);
            } else {
                self.drop_category(column);
            };
        }
        self.change(|settings| {
            settings.roles.insert(column.to_owned(), role);
            let features = settings.features.get_or_insert_default();
            features.retain(|kept| {
                if role == Role::Identifier {
                    !kept.sources().contains(&column)
                } else {
                    *kept != feature
                }
            });
            if role == Role::Feature {
                features.push(feature);
            }
        });
        self.put_features_in_file_order();
    }

    /// Adds a feature, or takes it away.
    pub(in crate::ui) fn toggle_feature(&self, feature: &Feature) {
        self.change(|settings| {
            let features = settings.features.get_or_insert_default();
            let before = features.len();
            features.retain(|kept| kept != feature);
            if features.len() == before {
                features.push(feature.clone());
            }
        });
    }

    /// Makes a category a feature: an order of its values, or a yes or no for each of them.
    pub(in crate::ui) fn use_category(&self, column: &str, order: Option<Vec<String>>) {
        /// Values that a yes or no is made for at most.
        const MOST: usize = 20;
        let values = self.values_of(column);
        if order.is_none() && values.len() > MOST {
            self.settings.update(|settings| {
                settings.roles.insert(column.to_owned(), Role::Profile);
            });
            return self.notify(format!(
                "“{column}” has {} values; a yes or no for each is offered up to {MOST}. Group the values in the file first.",
                words::count(values.len())
            ));
        }
        let a = column.to_owned();
        let features: Vec<Feature> = if let Some(order) = order {
            vec![Feature::Ordinal { a, order }]
        } else {
            let indicator = |value| Feature::Indicator {
                a: a.clone(),
                value,
            };
            values.into_iter().map(indicator).collect()
        };
        self.change(|settings| {
            let all = settings.features.get_or_insert_default();
            all.retain(|kept| !(kept.is_of_category() && kept.sources().contains(&column)));
            all.extend(features);
        });
    }

    fn drop_category(&self, column: &str) {
        self.change(|settings| {
            let all = settings.features.get_or_insert_default();
            all.retain(|kept| !kept.sources().contains(&column));
        });
    }

    fn values_of(&self, column: &str) -> Vec<String> {
        let dataset = self.dataset.get_untracked();
        let info = dataset.as_ref().and_then(|dataset| dataset.column(column));
        match info.map(|info| &info.data) {
            Some(ColumnData::Codes { names, .. }) => names.clone(),
            _ => Vec::new(),
        }
    }

    /// The values of a category from low to high, as far as their words tell.
    pub(in crate::ui) fn suggested_order(&self, column: &str) -> Vec<String> {
        in_usual_order(self.values_of(column))
    }

    /// Changes what becomes of rows without a value.
    pub(in crate::ui) fn set_missing(&self, missing: Missing) {
        self.change(|settings| settings.missing = missing);
    }

    /// Changes what becomes of rows that repeat others.
    pub(in crate::ui) fn set_repeats(&self, repeats: Repeats) {
        self.change(|settings| settings.repeats = repeats);
    }

    fn put_features_in_file_order(&self) {
        let Some(dataset) = self.dataset.get_untracked() else {
            return;
        };
        let position = |feature: &Feature| match feature {
            Feature::Column(column) => dataset
                .columns
                .iter()
                .position(|info| info.name == *column)
                .unwrap_or(usize::MAX),
            Feature::Ratio { .. }
            | Feature::Difference { .. }
            | Feature::Log { .. }
            | Feature::Indicator { .. }
            | Feature::Ordinal { .. } => usize::MAX,
        };
        self.settings.update(|settings| {
            let features = settings.features.get_or_insert_default();
            let order = order_by(features.len(), &mut |a, b| {
                position(&features[a]).cmp(&position(&features[b]))
            });
            *features = order
                .into_iter()
                .map(|at| features[at as usize].clone())
                .collect();
        });
    }

    /// Changes how features are made comparable.
    pub(in crate::ui) fn set_scaling(&self, scaling: Scaling) {
        self.change(|settings| settings.scaling = scaling);
    }

    /// Adds a model to those compared, or takes it away; two stay.
    pub(in crate::ui) fn toggle_model(&self, model: Model) {
        self.change(|settings| {
            if !settings.models.insert(model) && settings.models.len() > 2 {
                settings.models.remove(&model);
            }
        });
    }

    /// Changes linkage and metric; a metric that the linkage is not defined for gives way to Euclidean.
    pub(in crate::ui) fn set_hierarchical(&self, linkage: Linkage, metric: Metric) {
        let metric = linkage.check(metric).map_or(Metric::Euclidean, |()| metric);
        self.change(|settings| settings.hierarchical = HierarchicalParams { linkage, metric });
    }

    /// Changes the shape of the mixture's components.
    pub(in crate::ui) fn set_covariance(&self, covariance: CovarianceType) {
        self.change(|settings| settings.covariance = covariance);
    }

    /// Changes around what the first model gathers customers.
    pub(in crate::ui) fn set_centres(&self, centres: Centres) {
        self.change(|settings| settings.centres = centres);
    }

    /// Changes the number of segments.
    pub(in crate::ui) fn set_n_clusters(&self, n_clusters: usize) {
        self.change(|settings| settings.n_clusters = Some(n_clusters));
    }

    /// Axes are the first two features, unless the user chose others that still exist.
    pub(super) fn choose_axes(&self) {
        let names: Vec<String> = untrack(|| self.numeric_names());
        let features: Vec<String> = untrack(|| self.features())
            .iter()
            .map(Feature::name)
            .collect();
        self.axes.update(|axes| {
            let still_there = axes
                .as_ref()
                .is_some_and(|(x, y)| names.contains(x) && names.contains(y));
            if let (false, Some(x)) = (still_there, features.first()) {
                let y = features
                    .get(1)
                    .or_else(|| names.iter().find(|name| *name != x))
                    .unwrap_or(x);
                *axes = Some((x.clone(), y.clone()));
            }
        });
    }

    /// Bands are those of a spending column, or else of the second feature.
    pub(super) fn choose_bands(&self) {
        let names = untrack(|| self.numeric_names());
        if self.bands.with_untracked(|bands| {
            bands
                .as_ref()
                .is_some_and(|bands| names.contains(&bands.column))
        }) {
            return;
        }
        let features: Vec<String> = untrack(|| self.features())
            .iter()
            .map(Feature::name)
            .collect();
        let spending = names
            .iter()
            .find(|name| name.to_ascii_lowercase().contains("spending"));
        if let Some(column) = spending
            .or_else(|| features.get(1))
            .or_else(|| features.first())
        {
            self.set_band_column(column);
        }
    }

    /// Bands of another column, with suggested edges.
    pub(in crate::ui) fn set_band_column(&self, column: &str) {
        let range = untrack(|| {
            self.view(|view| {
                let values = view
                    .numbers(column)
                    .unwrap_or_default()
                    .iter()
                    .filter(|x| !x.is_nan());
                values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &x| {
                    (a.min(x), b.max(x))
                })
            })
        });
        if let Some((min, max)) = range.filter(|(min, max)| min <= max) {
            self.bands.set(Some(Bands::suggested(column, min, max)));
        }
    }

    /// Names of all columns and derived features that hold numbers and are no identifier.
    pub(in crate::ui) fn numeric_names(&self) -> Vec<String> {
        let Some(dataset) = self.dataset.get() else {
            return Vec::new();
        };
        let is_number = |column: &&ColumnInfo| column.kind == ColumnKind::Number;
        let mut names: Vec<String> = dataset
            .columns
            .iter()
            .filter(is_number)
            .map(|column| column.name.clone())
            .collect();
        if let Some(comparison) = self.comparison.get() {
            let derived = comparison.made();
            let derived = derived.filter(|(feature, _)| !matches!(feature, Feature::Column(_)));
            names.extend(derived.map(|(feature, _)| feature.name()));
        }
        names
    }
}
