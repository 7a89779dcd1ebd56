//! What columns are called within a sentence, and features that are computed from them.

use crate::explain::NumberProfile;
use crate::features::Feature;
use crate::table::is_common_word;
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

/// The name of a column as it stands within a sentence: without units and underscores, and without what is left of them at its end, a
/// letter or the ends of a scale: `Spending_Score_1100`. Numbers that say which column it is stay: `Question 3`, `Visits from 3 to 7`.
pub fn short(column: &str) -> String {
    let bare = column.split(['(', '[']).next().unwrap_or(column);
    let spaced = bare.replace('_', " ");
    let mut words: Vec<&str> = spaced.split_whitespace().collect();
    let is_rest = |word: &str| {
        let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        let is_number = word.bytes().all(|b| b.is_ascii_digit());
        let is_letter = word.chars().count() == 1 && word.chars().all(char::is_lowercase);
        is_letter || is_number && word.len() > 2 && !is_year
    };
    if words.last().is_some_and(|last| is_rest(last)) && words.len() > 1 {
        words.pop();
    }
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    let words: Vec<String> = words
        .into_iter()
        .filter(is_word)
        .map(|word| {
            // Abbreviations stay as they are.
            if word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()) {
                word.to_owned()
            } else {
                word.to_lowercase()
            }
        })
        .collect();
    if words.is_empty() {
        column.trim().to_owned()
    } else {
        words.join(" ")
    }
}

/// The same without words that most columns could have: `income`, `spending`, `order value`.
pub(super) fn brief(column: &str) -> String {
    let read = short(column);
    let words: Vec<&str> = read
        .split(' ')
        .filter(|word| !is_common_word(word))
        .collect();
    if words.is_empty() {
        read
    } else {
        words.join(" ")
    }
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

    #[test]
    fn columns_are_read_out_without_their_units() {
        for (column, read) in [
            ("Annual Income (k$)", "annual income"),
            ("Spending_Score_1100", "spending score"),
            ("Annual_Income_k", "annual income"),
            ("CLV", "CLV"),
            ("x", "x"),
            ("2024", "2024"),
            ("Visits from 3 to 7", "visits from 3 to 7"),
            ("Question 3", "question 3"),
            ("Purchases_2024", "purchases 2024"),
            ("Plan B - monthly", "plan B monthly"),
            // A column of the file is what it is called.
            ("rank of sales", "rank of sales"),
            ("Yeo-Johnson order_value", "yeo-johnson order value"),
        ] {
            assert_eq!(short(column), read);
        }
        for (column, read) in [
            ("Annual Income (k$)", "income"),
            ("Spending Score (1-100)", "spending"),
            ("Average order value", "order"),
            ("Total", "total"),
        ] {
            assert_eq!(brief(column), read);
        }
    }
}
