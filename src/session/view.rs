//! What is shown of a result: choices that can be undone, and where the user looks.

use serde::{Deserialize, Serialize};

use crate::cluster::ModelKey;
use crate::explain::Claim;

/// What is shown of the result.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ViewChoices {
    /// What the plots show; absent: the first two features.
    pub axes: Option<Axes>,
    /// The models of the matrix; absent, or where one of them is not compared: the first two.
    pub pair: Option<Pair>,
    /// Whether advice is shown although the segments are not real.
    pub is_advice_shown: bool,
    /// Where the user looks.
    pub look: Look,
}

/// Names of the columns or features that the plots show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axes {
    /// Across.
    pub x: String,
    /// Up.
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

/// Where the user looks: changed without a step to undo, and kept through undo and redo.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    /// What fills the window.
    pub screen: Screen,
    /// What stands below the plots.
    pub list: ListMode,
    /// Which customers are listed.
    pub scope: ListScope,
    /// In which order.
    pub sort: Sort,
    /// The segment that is chosen; absent: the first.
    pub segment: Option<u32>,
    /// Row of the customer whose card is open.
    pub card: Option<u32>,
    /// The model whose segments are profiled; absent: the first compared.
    pub profiled: Option<ModelKey>,
    /// The model whose plot a phone shows; absent: the first compared.
    pub plotted: Option<ModelKey>,
    /// Whether profiles show means rather than medians.
    pub shows_means: bool,
    /// The number of segments whose other choices are shown; absent: that of the result.
    pub what_if: Option<usize>,
    /// The claim that is held against the data.
    pub claim: Option<Claim>,
}

/// What fills the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    /// Where files are opened.
    Start,
    /// The columns of the file.
    #[default]
    Data,
    /// The models side by side.
    Compare,
    /// Who the segments are, and what to do about them.
    Segments,
}

impl Screen {
    /// All of them, in the order of the work.
    pub const ALL: [Self; 4] = [Self::Start, Self::Data, Self::Compare, Self::Segments];
}

/// What stands below the plots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListMode {
    /// Customers.
    #[default]
    List,
    /// The mismatched in numbers, and why they are.
    Summary,
    /// Counts by band.
    Bands,
    /// Checked sentences.
    Claims,
    /// Other choices of settings.
    WhatIf,
}

impl ListMode {
    /// All of them, in the order in which they are offered.
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
    /// Those the models place differently.
    #[default]
    Mismatched,
    /// Those that are selected.
    Selected,
    /// All that pass the filters.
    All,
}

impl ListScope {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Mismatched, Self::Selected, Self::All];
}

/// The order of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sort {
    /// What decides.
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
    /// The order after a click on the head of a column: by it, or the other way round where it already is.
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
    /// The segment in a model.
    Segment(ModelKey),
    /// How often the customer keeps its segment in resamples.
    Keeps,
    /// Under how many other choices the customer is mismatched.
    Times,
}
