//! What a feature may be called: after the column that it ascends with, or by its formula over columns that are called otherwise.

use super::spec::Feature;

impl Feature {
    /// The column that it ascends with: who is high in one is high in the other. `None` for a column as it is.
    pub fn ascends_with(&self) -> Option<&str> {
        match self {
            Self::Log { a } | Self::Log1p { a } | Self::YeoJohnson { a, .. } | Self::Rank { a } => {
                Some(a)
            }
            _ => None,
        }
    }

    /// The same feature of columns that are called differently.
    #[must_use]
    pub fn with_sources(mut self, called: impl Fn(&str) -> String) -> Self {
        match &mut self {
            Self::Column(a)
            | Self::Log { a }
            | Self::Indicator { a, .. }
            | Self::Ordinal { a, .. }
            | Self::Log1p { a }
            | Self::YeoJohnson { a, .. }
            | Self::Rank { a }
            | Self::DaysSince { a, .. }
            | Self::DatePart { a, .. } => *a = called(a),
            Self::Ratio { a, b } | Self::Difference { a, b } | Self::YearsBetween { a, b } => {
                *a = called(a);
                *b = called(b);
            }
        }
        self
    }
}
