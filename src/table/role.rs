//! What the cells of a column are, and the part it plays.

use serde::{Deserialize, Serialize};

/// What the cells of a column are, decided on all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Numbers that may be averaged.
    Number,
    /// A limited set of values, such as a gender or a country.
    Category,
    /// Calendar dates.
    Date,
    /// Names one customer: never averaged, never clustered.
    Identifier,
    /// Free text.
    Text,
    /// No value in any row.
    Empty,
}

/// What the numbers of a column are written with, all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Nothing, or signs of different kinds.
    #[default]
    None,
    /// A percent sign: `8,0 %` is the number 8.
    Percent,
    /// Nothing, but they are years: 2003 has no thousands.
    Year,
    /// A unit, which all of them were converted to: `170 cm`, `3h 20m`.
    Label(UnitLabel),
}

/// What a unit is called, in at most twelve bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLabel([u8; 12]);

impl UnitLabel {
    /// `None` where the name is empty or too long.
    pub fn of(name: &str) -> Option<Self> {
        let mut bytes = [0; 12];
        let place = bytes
            .get_mut(..name.len())
            .filter(|place| !place.is_empty())?;
        place.copy_from_slice(name.as_bytes());
        Some(Self(bytes))
    }

    /// The name.
    pub fn name(&self) -> &str {
        let name = std::str::from_utf8(&self.0).unwrap_or("");
        name.trim_end_matches('\0')
    }
}

/// The part a column plays in the analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Names the customer.
    Identifier,
    /// Offered to the models.
    Feature,
    /// Describes segments, is never clustered.
    Profile,
    /// Not used, but still exported.
    Ignored,
}
