//! What is shown of a result: choices that can be undone, and what the user looks at.

use serde::{Deserialize, Serialize};

use crate::cluster::ModelKey;
use crate::explain::Claim;

/// What is shown of the result.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ViewChoices {
    /// The axes of the plots; absent: the two features that separate the segments most.
    pub axes: Option<Axes>,
    /// The models of the matrix; absent or not compared: the first two.
    pub pair: Option<Pair>,
    /// Whether advice is shown when the segments are not real.
    pub is_advice_shown: bool,
    /// What the user looks at.
    pub look: Look,
}

/// Names of the columns or features on the axes of the plots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axes {
    /// The horizontal axis.
    pub x: String,
    /// The vertical axis.
    pub y: String,
}

/// Two models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Its segments are the rows of the matrix.
    pub first: ModelKey,
    /// Its segments are the columns.
    pub second: ModelKey,
}

/// What the user looks at: not a step to undo, unchanged by undo and redo.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    /// The current screen.
    pub screen: Screen,
    /// The list below the plots.
    pub list: ListMode,
    /// Which customers are listed.
    pub scope: ListScope,
    /// The order of the list.
    pub sort: Sort,
    /// The selected segment; absent: the first.
    pub segment: Option<u32>,
    /// Row of the customer whose card is open.
    pub card: Option<u32>,
    /// The model whose segments are profiled; absent: the first compared.
    pub profiled: Option<ModelKey>,
    /// The model whose plot a phone shows; absent: the first compared.
    pub plotted: Option<ModelKey>,
    /// Whether profiles show means rather than medians.
    pub shows_means: bool,
    /// The number of segments whose alternatives are shown; absent: that of the result.
    pub what_if: Option<usize>,
    /// The claim to check against the data.
    pub claim: Option<Claim>,
}

/// A screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    /// Opens files.
    Start,
    /// The columns of the file.
    #[default]
    Data,
    /// The models side by side.
    Compare,
    /// The segments in detail, and advice on them.
    Segments,
}

impl Screen {
    /// All screens, in the order of the work.
    pub const ALL: [Self; 4] = [Self::Start, Self::Data, Self::Compare, Self::Segments];
}

/// A list below the plots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListMode {
    /// Customers.
    #[default]
    List,
    /// The mismatched customers in numbers, and why they are mismatched.
    Summary,
    /// Counts by band.
    Bands,
    /// Checked sentences.
    Claims,
    /// Alternative settings.
    WhatIf,
}

impl ListMode {
    /// All lists, in the order on the screen.
    pub const ALL: [Self; 5] = [
        Self::List,
        Self::Summary,
        Self::Bands,
        Self::Claims,
        Self::WhatIf,
    ];
}

/// Which customers are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListScope {
    /// Mismatched customers.
    #[default]
    Mismatched,
    /// Selected customers.
    Selected,
    /// All customers that pass the filters.
    All,
    /// Customers left out of the models by hand.
    LeftOut,
}

impl ListScope {
    /// All scopes, in the order on the screen.
    pub const ALL: [Self; 4] = [Self::Mismatched, Self::Selected, Self::All, Self::LeftOut];
}

/// The order of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sort {
    /// The sort key.
    pub by: SortKey,
    /// Whether the smallest comes first.
    pub is_ascending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self {
            by: SortKey::Customer,
            is_ascending: true,
        }
    }
}

impl Sort {
    /// The order after a click on a column head: by that column, or reversed if it was already.
    pub fn clicked(&self, by: SortKey) -> Self {
        let is_ascending = self.by != by || !self.is_ascending;
        Self { by, is_ascending }
    }
}

/// What a list is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    /// The order of the file.
    Customer,
    /// A column or feature, by name.
    Number(String),
    /// The segment given by a model.
    Segment(ModelKey),
    /// How often the customer keeps its segment in resamples.
    Keeps,
    /// The number of other settings under which the customer is mismatched.
    Times,
    /// How much of the customer's segment the models share.
    Shared,
}
