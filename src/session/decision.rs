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

/// A decision. Each says what shall be, not how that differs from what is, so that its words can be read without the session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Reads the file in another way. Applied once it is read: to the dataset that came of it.
    ReadAgain(ReadOptions),
    /// Changes the part that a column plays.
    SetRole {
        /// Name of the column.
        column: String,
        /// The part.
        role: Role,
    },
    /// Shows a feature to the models.
    AddFeature(Feature),
    /// Hides a feature from the models.
    RemoveFeature(Feature),
    /// Makes a category a feature: its place in an order of its values, or a yes or no for each value.
    UseCategory {
        /// Name of the column.
        column: String,
        /// Its values from low to high; absent: a yes or no for each.
        order: Option<Vec<String>>,
    },
    /// Changes what becomes of rows without a value.
    SetMissing(Missing),
    /// Changes what becomes of rows that repeat others.
    SetRepeats(Repeats),
    /// Changes how features are made comparable.
    SetScaling(Scaling),
    /// Compares a model too.
    AddModel(ModelKey),
    /// Compares a model no more.
    RemoveModel(ModelKey),
    /// Changes around what K-Means gathers customers.
    SetCentres(Centres),
    /// Changes the linkage; a metric that it is not defined for gives way to Euclidean.
    SetLinkage(Linkage),
    /// Changes the metric of the hierarchical model.
    SetMetric(Metric),
    /// Changes the shape of the mixture's components.
    SetCovariance(CovarianceType),
    /// Changes the number of segments; absent: the one that is recommended.
    SetNumber(Option<usize>),
    /// Gives a model a number of segments of its own; absent: as many as the others.
    SetOwnNumber {
        /// The model.
        model: ModelKey,
        /// Its number.
        n_clusters: Option<usize>,
    },
    /// Asks a model for another number than its default; absent: the default.
    SetOption {
        /// The model.
        model: ModelKey,
        /// Name of the option.
        name: String,
        /// The number.
        value: Option<usize>,
    },
    /// Keeps customers whose value lies in a range; absent: all.
    FilterRange {
        /// Name of the column or feature.
        column: String,
        /// Smallest and largest value that pass.
        range: Option<[f64; 2]>,
    },
    /// Keeps customers with one of these values; none of them: all.
    FilterValues {
        /// Name of the column.
        column: String,
        /// Codes of the values, ascending.
        codes: Vec<u32>,
    },
    /// Removes all filters.
    ClearFilters,
    /// Shows the bands of a column.
    SetBandColumn(String),
    /// Sets the edges of the bands of a column; absent: the suggested ones.
    SetBands {
        /// Name of the column or feature.
        column: String,
        /// The last value of Low and the last of Medium.
        edges: Option<[f64; 2]>,
    },
    /// Names a segment; an empty name gives the proposed one back.
    Rename {
        /// Number of the segment.
        segment: u32,
        /// Its name.
        name: String,
    },
    /// Saves customers as a group.
    SaveGroup {
        /// What it is called.
        name: String,
        /// Who is in it.
        rows: Rows,
    },
    /// Names a group anew.
    RenameGroup {
        /// What it is called.
        name: String,
        /// What it shall be called.
        to: String,
    },
    /// Forgets a group.
    RemoveGroup {
        /// What it is called.
        name: String,
    },
    /// Changes a number of the offer.
    SetOffer {
        /// Which.
        number: OfferNumber,
        /// Its value; shares in `[0, 1]`.
        value: f64,
    },
    /// Advises by rules of one's own; absent: by the standard ones.
    SetRules(Option<String>),
    /// Shows advice although the segments are not real, or hides it again.
    ShowAdvice(bool),
    /// Says where a customer belongs; absent: nothing is said.
    Place {
        /// The row of the customer.
        row: u32,
        /// Where.
        placement: Option<Placement>,
    },
    /// Changes what the plots show.
    SetAxes(Axes),
    /// Changes the models of the matrix.
    SetPair(Pair),
    /// Puts what a project says in the place of everything. Applied to the dataset read as the project says.
    OpenProject(Box<Session>),
    /// Looks elsewhere: no step to undo.
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
    /// All of them, in the order in which they are asked for.
    pub const ALL: [Self; 4] = [Self::Margin, Self::Cost, Self::Today, Self::WithOffer];

    /// The number in an offer.
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
    /// Whether it only looks: no step to undo.
    pub fn is_look(&self) -> bool {
        matches!(self, Self::Look(_))
    }

    /// Whether this decision and that one are about the same thing, so that the last of one gesture stands for all.
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
            (Self::SetNumber(_), Self::SetNumber(_)) => true,
            _ => false,
        }
    }
}

/// What a click decides on something that is on or off.
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
