//! What the card of a customer says: the view of each model, its values beside two segments, and the smallest changes.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use crate::cluster::ModelKey;
use crate::explain::Joining;
use crate::numeric::FiveNumbers;

/// Where one model places a customer. A report writes it as `[model, segment, silhouette]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "PlacedRow", into = "PlacedRow")]
pub struct Placed {
    /// The model.
    pub model: ModelKey,
    /// The segment.
    pub segment: u32,
    /// The silhouette there, among customers in a segment; none if there is only one segment, or the customer is in none.
    pub silhouette: Option<f64>,
}

#[derive(Serialize, Deserialize)]
struct PlacedRow(ModelKey, u32, Option<f64>);

impl From<PlacedRow> for Placed {
    fn from(PlacedRow(model, segment, silhouette): PlacedRow) -> Self {
        Self {
            model,
            segment,
            silhouette,
        }
    }
}

impl From<Placed> for PlacedRow {
    fn from(placed: Placed) -> Self {
        Self(placed.model, placed.segment, placed.silhouette)
    }
}

/// The view of all models on one customer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CustomerCard {
    /// Row of the file, from 0.
    pub row: usize,
    /// The segment in each model compared.
    pub segments: Vec<Placed>,
    /// Segments by the number of models that choose them, most first.
    pub votes: Vec<(u32, usize)>,
    /// The two segments it is between: that of the first model, and that of another model or else the nearest other one.
    pub pair: (u32, u32),
    /// Distance to the centre of every segment, in scaled units, nearest first: for the model that places by centres, else the first.
    pub distances: Vec<(u32, f64)>,
    /// How much nearer the nearest centre is than the second: `1 - d1 / d2`, in `[0, 1]`.
    pub margin: f64,
    /// Probability of every segment in the mixture, largest first; empty without a mixture.
    pub posteriors: Vec<(u32, f64)>,
    /// How the tree placed it, compared with the other segment; none for a segment of one.
    pub joining: Option<Joining>,
    /// Its values compared with both segments.
    pub columns: Vec<Beside>,
    /// The smallest possible changes that make the models agree, at most three, the shortest first. Empty if they agree, or if none
    /// is possible.
    pub changes: Vec<Change>,
    /// Models without a rule for a changed customer, if they make it impossible to find changes: they disagree, or one puts the
    /// customer in no segment. Empty if changes were searched for, or none is needed.
    #[serde(default)]
    pub without_rule: Vec<ModelKey>,
    /// Columns that no change moves: those marked, else age, gender, the past. Empty if no changes were searched for.
    #[serde(default)]
    pub given: Vec<String>,
    /// Columns that a change may move. Empty if no changes were searched for.
    #[serde(default)]
    pub may_change: Vec<String>,
    /// Columns of the file that are computed from others and follow them. Empty if no changes were searched for.
    #[serde(default)]
    pub follows: Vec<String>,
    /// How much of its segment the models share: element-centric similarity, mean over pairs of models.
    #[serde(default)]
    pub element_centric: Option<f64>,
}

impl Serialize for CustomerCard {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // A report has names only where there are some; a message always has them.
        let has = |names: bool| !to.is_human_readable() || names;
        let lists = [&self.given, &self.may_change, &self.follows];
        let has_rules = has(!self.without_rule.is_empty());
        let [has_given, may_change, has_follows] = lists.map(|names| has(!names.is_empty()));
        let optional = [has_rules, has_given, may_change, has_follows].map(usize::from);
        let n: usize = 11 + optional.iter().sum::<usize>();
        let mut card = to.serialize_struct("CustomerCard", n)?;
        card.serialize_field("row", &self.row)?;
        card.serialize_field("segments", &self.segments)?;
        card.serialize_field("votes", &self.votes)?;
        card.serialize_field("pair", &self.pair)?;
        card.serialize_field("distances", &self.distances)?;
        card.serialize_field("margin", &self.margin)?;
        card.serialize_field("posteriors", &self.posteriors)?;
        card.serialize_field("joining", &self.joining)?;
        card.serialize_field("columns", &self.columns)?;
        card.serialize_field("changes", &self.changes)?;
        if has_rules {
            card.serialize_field("without_rule", &self.without_rule)?;
        }
        if has_given {
            card.serialize_field("given", &self.given)?;
        }
        if may_change {
            card.serialize_field("may_change", &self.may_change)?;
        }
        if has_follows {
            card.serialize_field("follows", &self.follows)?;
        }
        card.serialize_field("element_centric", &self.element_centric)?;
        card.end()
    }
}

/// A value compared with the two segments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Beside {
    /// Name of the column.
    pub column: String,
    /// Whether it is a feature of the models.
    pub is_feature: bool,
    /// The value, if present.
    pub value: Option<f64>,
    /// Spread in the segment of the first model.
    pub first: Option<FiveNumbers>,
    /// Spread in the other segment.
    pub second: Option<FiveNumbers>,
}

/// A change that makes the models agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The segment that they agree on.
    pub target: u32,
    /// What changes: column, from, to; in raw units.
    pub moves: Vec<Move>,
    /// Which categories become another.
    #[serde(default)]
    pub categories: Vec<CategoryMove>,
    /// Whether all models, refitted to everyone with this customer changed, place it there; none if that takes too long.
    pub refit_agrees: Option<bool>,
}

/// A changed value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// Name of the column.
    pub column: String,
    /// The current value.
    pub from: f64,
    /// The new value.
    pub to: f64,
}

/// A category that becomes another: all columns that the models made of it move together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryMove {
    /// Name of the column.
    pub column: String,
    /// The current value.
    pub from: String,
    /// The new value.
    pub to: String,
}
