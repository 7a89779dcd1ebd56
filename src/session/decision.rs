//! What a user can decide, one variant each.

use serde::{Deserialize, Serialize};

use super::{Axes, Look, Pair, Placement, Rows, Session};
use crate::advise::Offer;
use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::Linkage;
use crate::cluster::k_means::Centres;
use crate::cluster::{Metric, ModelKey};
use crate::features::{Feature, Missing, Repeats, Scaling};
use crate::result::Filter;
use crate::table::{ReadOptions, Role};

/// A decision. Each states the new value, not a difference, so that it can be described without the session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(
    clippy::large_enum_variant,
    reason = "a session holds few, and a box would stand in every arm"
)]
pub enum Decision {
    /// Reads the file in another way. Applied after reading, to the new dataset.
    ReadAgain(ReadOptions),
    /// Changes the role of a column.
    SetRole {
        /// Name of the column.
        column: String,
        /// The role.
        role: Role,
    },
    /// Adds a feature to the models.
    AddFeature(Feature),
    /// Removes a feature from the models.
    RemoveFeature(Feature),
    /// Takes features out of the models and others in, all at once.
    ChangeFeatures {
        /// Those that leave.
        without: Vec<Feature>,
        /// Those that come, in the place of the first that leaves.
        with: Vec<Feature>,
    },
    /// Makes a category a feature: its rank in an order of its values, or an indicator per value.
    UseCategory {
        /// Name of the column.
        column: String,
        /// Its values from low to high; absent: an indicator per value.
        order: Option<Vec<String>>,
    },
    /// Changes how rows without a value are treated.
    SetMissing(Missing),
    /// Changes how rows that repeat others are treated.
    SetRepeats(Repeats),
    /// Changes how features are scaled.
    SetScaling(Scaling),
    /// Adds a model to the comparison.
    AddModel(ModelKey),
    /// Removes a model from the comparison.
    RemoveModel(ModelKey),
    /// Compares the models with the segments that a column gives; absent: with none.
    CompareColumn(Option<String>),
    /// Changes the kind of centres that K-Means uses.
    SetCentres(Centres),
    /// Changes the linkage; a metric that it is not defined for is replaced by the Euclidean one.
    SetLinkage(Linkage),
    /// Changes the metric of the hierarchical model.
    SetMetric(Metric),
    /// Changes the shape of the mixture's components.
    SetCovariance(CovarianceType),
    /// Changes the number of segments; absent: the recommended one.
    SetNumber(Option<usize>),
    /// Changes the largest number of segments that is compared with the others.
    SetSweepTo(usize),
    /// Leaves these customers out of the models, and no others; empty: none.
    LeaveOut(Rows),
    /// Gives a model its own number of segments; absent: the number of all models.
    SetOwnNumber {
        /// The model.
        model: ModelKey,
        /// Its number.
        n_clusters: Option<usize>,
    },
    /// Changes an option of a model; absent: its default.
    SetOption {
        /// The model.
        model: ModelKey,
        /// Name of the option.
        name: String,
        /// The number.
        value: Option<usize>,
    },
    /// Keeps customers whose value lies in a range; absent: all customers.
    FilterRange {
        /// Name of the column or feature.
        column: String,
        /// Smallest and largest value kept.
        range: Option<[f64; 2]>,
    },
    /// Keeps customers with one of these values; an empty list keeps all.
    FilterValues {
        /// Name of the column.
        column: String,
        /// Codes of the values, ascending.
        codes: Vec<u32>,
    },
    /// Removes all filters.
    ClearFilters,
    /// The models use only the customers who pass the filters, or all.
    Refit(bool),
    /// Shows the bands of a column.
    SetBandColumn(String),
    /// Sets the edges of the bands of a column; absent: the suggested ones.
    SetBands {
        /// Name of the column or feature.
        column: String,
        /// The last value of Low and the last value of Medium.
        edges: Option<[f64; 2]>,
    },
    /// Names a segment; an empty name restores the proposed one.
    Rename {
        /// Number of the segment.
        segment: u32,
        /// Its name.
        name: String,
    },
    /// Saves customers as a group.
    SaveGroup {
        /// Its name.
        name: String,
        /// Its customers.
        rows: Rows,
    },
    /// Renames a group.
    RenameGroup {
        /// Its name.
        name: String,
        /// Its new name.
        to: String,
    },
    /// Deletes a group.
    RemoveGroup {
        /// Its name.
        name: String,
    },
    /// Changes a number of the offer.
    SetOffer {
        /// The number.
        number: OfferNumber,
        /// Its value; shares in `[0, 1]`.
        value: f64,
    },
    /// Uses the user's own rules of advice; absent: the standard ones.
    SetRules(Option<String>),
    /// Shows or hides advice when the segments are not real.
    ShowAdvice(bool),
    /// Places a customer.
    Place {
        /// The row of the customer.
        row: u32,
        /// The segment, or that it is left open; absent: no placement.
        placement: Option<Placement>,
    },
    /// Marks a column as given, so that no smallest change moves it, or as free to change.
    SetGiven {
        /// Name of the column.
        column: String,
        /// Whether it is given.
        is_given: bool,
    },
    /// Changes the axes of the plots.
    SetAxes(Axes),
    /// Changes the two models of the matrix.
    SetPair(Pair),
    /// Replaces the whole session by that of a project. Applied to the dataset read with the options of the project.
    OpenProject(Box<Session>),
    /// Changes what the user looks at; not a step to undo.
    Look(Look),
}

/// A number of the offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferNumber {
    /// Margin of one response.
    Margin,
    /// Cost of one contact.
    Cost,
    /// Share that responds today.
    Today,
    /// Share that would respond to the offer.
    WithOffer,
}

impl OfferNumber {
    /// All numbers, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Margin, Self::Cost, Self::Today, Self::WithOffer];

    /// Its value in an offer.
    pub fn of(self, offer: &Offer) -> f64 {
        match self {
            Self::Margin => offer.margin,
            Self::Cost => offer.cost,
            Self::Today => offer.today,
            Self::WithOffer => offer.with_offer,
        }
    }

    pub(super) fn set(self, offer: &mut Offer, value: f64) {
        *match self {
            Self::Margin => &mut offer.margin,
            Self::Cost => &mut offer.cost,
            Self::Today => &mut offer.today,
            Self::WithOffer => &mut offer.with_offer,
        } = value;
    }
}

impl Decision {
    /// Whether it only changes what the user looks at, which is not a step to undo.
    pub fn is_look(&self) -> bool {
        matches!(self, Self::Look(_))
    }

    /// Whether both decisions change the same thing, so that in one gesture the later replaces the earlier.
    pub(super) fn has_target_of(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::FilterRange { column: a, .. }, Self::FilterRange { column: b, .. })
            | (Self::SetBands { column: a, .. }, Self::SetBands { column: b, .. }) => a == b,
            (Self::SetOffer { number: a, .. }, Self::SetOffer { number: b, .. }) => a == b,
            (Self::Rename { segment: a, .. }, Self::Rename { segment: b, .. }) => a == b,
            (Self::SetOwnNumber { model: a, .. }, Self::SetOwnNumber { model: b, .. }) => a == b,
            (
                Self::SetOption {
                    model: a, name: c, ..
                },
                Self::SetOption {
                    model: b, name: d, ..
                },
            ) => (a, c) == (b, d),
            (Self::SetNumber(_), Self::SetNumber(_))
            | (Self::SetSweepTo(_), Self::SetSweepTo(_)) => true,
            _ => false,
        }
    }
}

/// Decisions made by a click that switches something on or off.
impl Session {
    /// A click on a feature.
    pub fn toggle_feature(&self, feature: &Feature) -> Decision {
        if self.features().contains(feature) {
            Decision::RemoveFeature(feature.clone())
        } else {
            Decision::AddFeature(feature.clone())
        }
    }

    /// A click on a model.
    pub fn toggle_model(&self, model: ModelKey) -> Decision {
        if self.settings.models.contains(&model) {
            Decision::RemoveModel(model)
        } else {
            Decision::AddModel(model)
        }
    }

    /// Leaves these customers out of the models, beside those left out already.
    pub fn leaving_out(&self, rows: impl IntoIterator<Item = u32>) -> Decision {
        let before = self.settings.left_out.iter().copied();
        Decision::LeaveOut(Rows::of(rows.into_iter().chain(before)))
    }

    /// Takes these customers back into the models, if they are left out by hand.
    pub fn taking_back(&self, rows: impl IntoIterator<Item = u32>) -> Decision {
        let back = Rows::of(rows);
        let before = self.settings.left_out.iter().copied();
        Decision::LeaveOut(Rows::of(before.filter(|&row| !back.contains(row))))
    }

    /// A click on a value of a category in the filters.
    pub fn toggle_value(&self, column: &str, code: u32) -> Decision {
        let mut codes = match self.filters.get(column) {
            Some(Filter::Values { codes }) => codes.clone(),
            Some(Filter::Range { .. }) | None => std::collections::BTreeSet::new(),
        };
        if !codes.remove(&code) {
            codes.insert(code);
        }
        Decision::FilterValues {
            column: column.to_owned(),
            codes: codes.into_iter().collect(),
        }
    }
}
