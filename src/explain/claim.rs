//! Claims about groups of customers, and what came of checking them.

use serde::{Deserialize, Serialize};

use super::difference::Difference;
use crate::numeric::FiveNumbers;

/// The group of a claim; it is compared with everyone else in the models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Customers that the models place differently.
    Mismatched,
    /// Customers of one segment, in the first of the models compared that has it.
    Segment(u32),
}

/// What a claim says about the group and a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// Members tend to have more than the others.
    Higher,
    /// Members tend to have less.
    Lower,
    /// Members have the same distribution as the others.
    Same,
    /// Of the columns that no model used, this one distinguishes the group most.
    Driver,
    /// This column does not distinguish the group most.
    NotDriver,
}

impl Says {
    /// All of them, in the order on the screen.
    pub const ALL: [Self; 5] = [
        Self::Higher,
        Self::Lower,
        Self::Same,
        Self::Driver,
        Self::NotDriver,
    ];
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Name of the column.
    pub column: String,
    /// The group.
    pub group: Group,
    /// The statement.
    pub says: Says,
}

/// What the data say about a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// It holds beyond chance.
    Supported,
    /// The opposite holds beyond chance.
    Contradicted,
    /// The data show neither it nor the opposite.
    NotShown,
    /// There are too few customers.
    TooFew,
    /// The models cut by this column, and no valid p value can be had: it describes the group and proves nothing. Of how far a group
    /// differs in such a column, beside others, nothing is claimed in any case: the cut makes the distance.
    NoClaim,
}

/// Why a direction is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotShown {
    /// Chance, or the cut, may explain how the group is spread.
    Chance,
    /// Chance would not, were this the only test; among all tests that share the level it may.
    ManyTests,
    /// The group is spread differently, but the ranks do not lean that way beyond chance, or at all.
    Ranks,
}

/// What a finding about a column rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// No model used the column: permutations of the membership.
    Permutations,
    /// A model used the column: the selective p value.
    Selective,
    /// A model used the column, and there is no valid p value.
    Cut(WhyCut),
}

/// Why there is no valid p value for a column that the models cut by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyCut {
    /// It has few different values, or is a category: it does not spread like a bell.
    FewValues,
    /// Very many customers share one value: nor does this.
    SharedValue,
    /// It shares a source column with a feature, or is nearly the same as one.
    Related,
    /// The models hardly ever find the group again when the data change a little.
    NoReturn,
    /// There are too many customers, segments or columns to fit the models so often.
    TooMany,
    /// Who is in the group depends on a column of the file, and how that was made is not known.
    Given,
    /// The group, or everyone else, is fewer than five customers.
    TooFew,
}

/// The test of a column for a group, before it is known who the group is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Test {
    /// No model used the column.
    Permutations,
    /// The selective p value.
    Selective(f64),
    /// There is none.
    Cut(WhyCut),
}

impl Test {
    /// What a finding by it rests on.
    pub fn basis(self) -> Basis {
        match self {
            Self::Permutations => Basis::Permutations,
            Self::Selective(_) => Basis::Selective,
            Self::Cut(why) => Basis::Cut(why),
        }
    }

    /// The p value that the distributions differ; `None` if there is none.
    pub fn p_of(self, spread: Option<&Difference>) -> Option<f64> {
        match self {
            Self::Permutations => spread.map(|it| it.p),
            Self::Selective(p) => Some(p),
            Self::Cut(_) => None,
        }
    }
}

/// A claim with the result of the check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// The claim.
    pub claim: Claim,
    /// The finding.
    pub finding: Finding,
    /// Whether the column is a feature of the models.
    pub is_feature: bool,
    /// What the finding rests on.
    pub basis: Basis,
    /// The values of the group.
    pub group: Option<FiveNumbers>,
    /// The values of the others.
    pub others: Option<FiveNumbers>,
    /// Largest distance of the distribution functions.
    pub statistic: f64,
    /// Share of permutations that reach it, or the selective p value; `None` if there is no valid one, or fewer than five customers on
    /// a side.
    pub p: Option<f64>,
    /// Share of pairs in which the member has the larger value.
    pub superiority: f64,
    /// Probability by chance of a superiority at least that far from one half; `None` for a column that the models cut by, and for fewer
    /// than five customers on a side.
    pub p_superiority: Option<f64>,
    /// The column that distinguishes the group most, of those that no model used, if any does beyond chance.
    pub leading: Option<String>,
    /// Number of claims tested together, which share the level; of a claim about the leading column, the columns looked at.
    pub n_tests: usize,
}

/// A column for checking claims: `values` are those of the customers, NaN where missing.
#[derive(Clone, Debug)]
pub struct Evidence<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether it is a feature of the models.
    pub is_feature: bool,
    /// One value per customer.
    pub values: &'a [f64],
}
