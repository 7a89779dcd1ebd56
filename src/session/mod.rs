//! What the user decided: one [`Session`], changed only by [`apply()`], with a [`History`] for undo and a [`Project`] file.
//!
//! The same bytes and the same session give the same screen and the same export. This module is independent of the page, and a
//! session stores nothing that can be computed from it and the file.

mod apply;
mod bounds;
mod check;
mod check_reading;
mod decision;
mod error;
mod fields;
mod group;
mod history;
mod kept;
mod known;
mod project;
mod project_error;
mod read_again;
mod segment_column;
mod settings;
mod view;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use apply::apply;
pub use check::{MAX_GROUPS, MAX_NAME, MAX_RULES_BYTES, MAX_SEGMENTS, check};
pub use decision::{Decision, OfferNumber};
pub use error::DecisionError;
pub use fields::{FieldBounds, FieldError, grid_of, on_grid, read_number};
pub use group::{Group, Rows};
pub use history::{Change, Gesture, History, MAX_STEPS};
pub use kept::{KeepChoice, KeepError, Kept};
pub use known::Known;
pub use project::{DataMark, MAX_PROJECT_BYTES, PROJECT_ENDING, Project};
pub use project_error::ProjectError;
pub use settings::MAX_INDICATORS;
pub use view::{Axes, ListMode, ListScope, Look, Pair, Screen, Sort, SortKey, ViewChoices};

use crate::advise::Offer;
use crate::explain::Bands;
use crate::features::{Feature, Repeats};
use crate::result::{ColumnData, ColumnInfo, Dataset, Filters, Settings};
use crate::table::{ColumnKind, Meaning, Role, Warning};

/// Everything the user decided about one file. An empty JSON object stands for no decisions.
///
/// ```
/// use seamline::engine::Engine;
/// use seamline::session::{Decision, Known, Session, apply};
/// use seamline::table::ReadOptions;
///
/// let mut file = b"Income,Spending\n20,80\n21,79\n90,10\n91,12\n".as_slice();
/// let mut engine = Engine::default();
/// let dataset = engine
///     .import("customers.csv", &mut file, &ReadOptions::default(), &mut |_, _| ())
///     .unwrap();
///
/// let before = Session::default();
/// let after = apply(&before, &Decision::SetNumber(Some(3)), &Known::of(&dataset))?;
/// assert_eq!(after.settings.n_clusters, Some(3));
/// assert!(after.needs_fit(&before));
///
/// // Nine segments need nine customers; the session stays as it was.
/// assert!(apply(&after, &Decision::SetNumber(Some(9)), &Known::of(&dataset)).is_err());
/// # Ok::<(), seamline::session::DecisionError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Session {
    /// What shapes the result: reading, roles, features, models and their options. `n_clusters` is absent until the user sets it or
    /// changes the fit of a result; `identity` is that of the result on the screen when the fit last changed, so that a refit gives
    /// the same number of segments and the same letters.
    pub settings: Settings,
    /// Names given to segments, by number.
    pub names: BTreeMap<u32, String>,
    /// Saved sets of customers, in the order of saving.
    pub groups: Vec<Group>,
    /// Which customers are hidden.
    pub filters: Filters,
    /// Edges set by hand, by column name; ascending, in units of the column.
    pub bands: BTreeMap<String, [f64; 2]>,
    /// The column whose bands are shown; absent: chosen automatically.
    pub band_column: Option<String>,
    /// The user's numbers for the offer.
    pub offer: Offer,
    /// The text of the user's own rules; absent: the standard ones.
    pub rules: Option<String>,
    /// Where mismatched customers belong according to the user, by row.
    pub placements: BTreeMap<u32, Placement>,
    /// What is shown of the result.
    pub view: ViewChoices,
    /// Columns marked by hand: given, so that no smallest change moves them, or free although their name says otherwise. Earlier
    /// layouts end before it.
    pub given: BTreeMap<String, bool>,
    /// Whether the models use only the customers who pass the filters. The last field, as the layout before ends before it.
    pub refits: bool,
}

/// Where a mismatched customer belongs according to the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Placement {
    /// In this segment. A number, not "the first model's": that could change with a refit, and the decision with it.
    Segment(u32),
    /// The user leaves it open.
    Open,
}

impl Session {
    /// A fresh session: the file as it was read, with its suggested features and no decisions.
    pub fn for_dataset(dataset: &Dataset) -> Self {
        Self {
            settings: Settings {
                reading: dataset.reading.clone(),
                features: Some(suggested_features(dataset)),
                models: Settings::default_models(dataset.n_rows),
                repeats: suggested_repeats(dataset),
                ..Settings::default()
            },
            ..Self::default()
        }
    }

    /// A session of settings alone: customers whom they name by filters are its own filters.
    pub fn of_settings(mut settings: Settings) -> Self {
        let filters = std::mem::take(&mut settings.only);
        Self {
            refits: !filters.is_empty(),
            settings,
            filters,
            ..Self::default()
        }
    }

    /// The settings that the engine fits.
    pub fn fit_settings(&self) -> Settings {
        Settings {
            only: self.only().clone(),
            ..self.settings.clone()
        }
    }

    /// The filters that decide whom the models use; none while they only decide who is shown.
    pub fn only(&self) -> &Filters {
        static NONE: Filters = Filters::new();
        if self.refits { &self.filters } else { &NONE }
    }

    /// Whether this session needs another result than `shown`.
    pub fn needs_fit(&self, shown: &Self) -> bool {
        self.settings != shown.settings || self.only() != shown.only()
    }

    /// Whether the file must be read again to show this session after `shown`.
    pub fn needs_reading(&self, shown: &Self) -> bool {
        self.settings.reading != shown.settings.reading
    }

    /// The features of the models.
    pub fn features(&self) -> &[Feature] {
        self.settings.features.as_deref().unwrap_or_default()
    }

    /// The role of a column.
    pub fn role_of(&self, column: &ColumnInfo) -> Role {
        self.settings.role_or(&column.name, column.suggested_role)
    }

    /// Whether a column is given, so that no smallest change moves it: as marked, else by its name and values.
    pub fn is_given(&self, column: &ColumnInfo) -> bool {
        let marked = self.given.get(&column.name).copied();
        marked.unwrap_or(column.is_given)
    }

    /// The column that identifies the customers; one chosen by the user precedes a suggested one.
    pub fn identifier<'a>(&self, dataset: &'a Dataset) -> Option<&'a ColumnInfo> {
        let mut columns = dataset
            .columns
            .iter()
            .filter(|column| self.role_of(column) == Role::Identifier);
        let is_chosen = |column: &&ColumnInfo| self.settings.roles.contains_key(&column.name);
        let chosen = columns.clone().find(is_chosen);
        chosen.or_else(|| columns.next())
    }

    /// Whether a column or derived feature has a number for each customer: it can be an axis, have bands, be filtered by range.
    pub fn has_numbers(&self, dataset: &Dataset, name: &str) -> bool {
        has_numbers(dataset, self.features(), name)
    }

    /// The names on offer for axes, bands and lists: numeric columns in file order, then derived features.
    pub fn numeric_names(&self, dataset: &Dataset) -> Vec<String> {
        let columns = dataset.columns.iter();
        let numbers = columns.filter(|column| column.kind == ColumnKind::Number);
        let derived = self.features().iter();
        let derived = derived.filter(|feature| !matches!(feature, Feature::Column(_)));
        let names = numbers.map(|column| column.name.clone());
        names.chain(derived.map(Feature::name)).collect()
    }

    /// The column whose bands are shown: the chosen one, else one about spending, else the second feature.
    pub fn band_column(&self, dataset: &Dataset) -> Option<String> {
        if self.band_column.is_some() {
            return self.band_column.clone();
        }
        let names = self.numeric_names(dataset).into_iter();
        let spending = names.filter_map(|name| Some((Meaning::Spending.clarity(&name)?, name)));
        let spending = spending.min_by_key(|(clarity, _)| *clarity);
        let features = self.features();
        let feature = features.get(1).or(features.first());
        spending
            .map(|(_, name)| name)
            .or_else(|| feature.map(Feature::name))
    }

    /// The bands of a column with these values: the edges set by the user, else suggested ones; `None` without a value.
    pub fn bands_of(&self, column: &str, values: &[f64]) -> Option<Bands> {
        match self.bands.get(column) {
            Some(&edges) => Some(Bands {
                column: column.to_owned(),
                edges,
            }),
            None => Bands::of_values(column, values),
        }
    }
}

/// Whether a column or derived feature of that name has numbers.
fn has_numbers(dataset: &Dataset, features: &[Feature], name: &str) -> bool {
    dataset.numbers(name).is_some() || has_derived(features, name)
}

/// Whether a derived feature has that name.
fn has_derived(features: &[Feature], name: &str) -> bool {
    let is_derived = |feature: &&Feature| !matches!(feature, Feature::Column(_));
    let mut derived = features.iter().filter(is_derived);
    derived.any(|feature| feature.name() == name)
}

/// Rows that are equal in every cell are one customer if their identifier is, too; without one they may be several.
pub fn suggested_repeats(dataset: &Dataset) -> Repeats {
    let are_one = |warning: &Warning| match warning {
        Warning::EqualRows { are_identified, .. } => *are_identified,
        _ => false,
    };
    if dataset.warnings.iter().any(are_one) {
        Repeats::First
    } else {
        Repeats::Keep
    }
}

/// Every column suggested as a feature.
fn suggested_features(dataset: &Dataset) -> Vec<Feature> {
    let columns = dataset.columns.iter();
    let suggested = columns.filter(|column| column.suggested_role == Role::Feature);
    suggested
        .flat_map(|column| match &column.data {
            ColumnData::Codes { names, codes, .. } => {
                Feature::indicators(&column.name, names, codes)
            }
            ColumnData::Numbers { .. } | ColumnData::Dates { .. } | ColumnData::None => {
                vec![Feature::column(&column.name)]
            }
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests;
