//! What features are called that are computed from columns.

use super::segments::short;
use crate::explain::NumberProfile;
use crate::features::Feature;
use crate::view::Profile;

/// The features that are computed from columns, by name.
pub(super) struct Made<'a>(Vec<Named<'a>>);

struct Named<'a> {
    name: String,
    feature: &'a Feature,
}

impl<'a> Made<'a> {
    pub(super) fn of(features: &'a [Feature]) -> Self {
        let made = features
            .iter()
            .filter(|it| !matches!(it, Feature::Column(_)));
        let named = made.map(|feature| Named {
            name: feature.name(),
            feature,
        });
        Self(named.collect())
    }

    fn find(&self, column: &str) -> Option<&'a Feature> {
        let found = self.0.iter().find(|it| it.name == column);
        found.map(|it| it.feature)
    }

    /// The column that a feature ascends with, or the column itself.
    pub(super) fn ascending_with<'b>(&self, column: &'b str) -> &'b str
    where
        'a: 'b,
    {
        let feature = self.find(column);
        feature.and_then(Feature::ascends_with).unwrap_or(column)
    }

    /// Whether this is a feature that ascends with no column alone.
    pub(super) fn is_formula(&self, column: &str) -> bool {
        let feature = self.find(column);
        feature.is_some_and(|it| it.ascends_with().is_none())
    }

    /// What a column or feature is called within a sentence: a feature by its formula, the columns in it as within a sentence.
    pub(super) fn short(&self, column: &str) -> String {
        self.find(column).map_or_else(
            || short(column),
            |feature| feature.clone().with_sources(short).name(),
        )
    }

    /// The numbers of the file behind a column, or behind a feature that ascends with them; `None` where these are not known, or are a
    /// feature beside it.
    pub(super) fn source_of<'p>(
        &self,
        profile: &'p Profile,
        column: &str,
    ) -> Option<&'p NumberProfile> {
        let is_made = self.find(column).is_some();
        let source = self.ascending_with(column);
        let mut numbers = profile.numbers.iter();
        let found = numbers.find(|it| it.column == source)?;
        (!is_made || !found.is_feature).then_some(found)
    }
}

/// The same of one column, beside features that it may be.
pub fn short_of(features: &[Feature], column: &str) -> String {
    Made::of(features).short(column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_keeps_both_its_columns_and_what_it_does_to_them() {
        let [a, b] = ["Annual Income (k$)", "Order_Value"].map(str::to_owned);
        let features = [
            Feature::Ratio {
                a: a.clone(),
                b: b.clone(),
            },
            Feature::Log1p { a: a.clone() },
            Feature::Difference { a, b },
        ];
        let made = Made::of(&features);
        let read = features.each_ref().map(|it| made.short(&it.name()));
        assert_eq!(
            read,
            [
                "annual income ÷ order value",
                "log(1 + annual income)",
                "annual income − order value"
            ]
        );
        assert_eq!(made.short("Order_Value"), "order value");
    }
}
