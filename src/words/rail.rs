//! The rail of settings: features, models, their choices and numbers.

use super::numbers::{count, fixed, plural};
use crate::table::DateForm;

/// The rail, for readers.
pub const SETTINGS: &str = "Settings";
/// The head above the file.
pub const DATA: &str = "Data";
/// Goes back to the review.
pub const EDIT_COLUMNS: &str = "Edit columns";
/// The head above the features.
pub const FEATURES: &str = "Features";
/// What a feature made from columns is marked with.
pub const DERIVED: &str = "derived";
/// Opens the form of a new feature.
pub const ADD_DERIVED: &str = "Add a derived feature";
/// The choice of the scaling.
pub const SCALING: &str = "Scaling";
/// The head above the models.
pub const MODELS_TITLE: &str = "Models";
/// What the numbers beside the models are.
pub const MEAN_SILHOUETTE_TIP: &str = "Mean silhouette: how much nearer customers are to their own segment than to the next, from −1 to 1";
/// Takes a segment away.
pub const ONE_FEWER: &str = "One segment fewer";
/// Adds a segment.
pub const ONE_MORE: &str = "One segment more";

/// Chooses the recommended number: "Use 6".
pub fn use_number(n: usize) -> String {
    format!("Use {n}")
}

/// Segments of a handful: "C holds only 3 customers."
pub fn handful_words(letters: &[String], n_customers: usize) -> String {
    let customers = plural(n_customers, "customer", "customers");
    match letters {
        [one] => format!("{one} holds only {customers}."),
        several => {
            let names = several.join(", ");
            format!("{names} hold only {customers} together.")
        }
    }
}

/// Leaves a handful out of the models.
pub fn leave_out_words(n: usize) -> String {
    match n {
        1 => "Leave this 1 out".to_owned(),
        n => format!("Leave these {} out", count(n)),
    }
}

/// Takes those who were left out back.
pub fn take_back_words(n: usize) -> String {
    format!("Take the {} left out back", count(n))
}

/// The field of the number of segments, beside its stepper.
pub const ANY_NUMBER: &str = "Segments in every model";
/// The field of the largest number that is compared.
pub const COMPARED_TO: &str = "Numbers compared: 2 to";

/// How many features are used.
pub fn features_used(n: usize) -> String {
    format!("{} used", count(n))
}

/// The form of a new feature, for readers.
pub const NEW_FEATURE: &str = "New feature";
/// The choice how it is made.
pub const KIND: &str = "Kind";
/// The first column that it is made of, as [`form_name`] has it.
pub const FIRST_COLUMN: &str = "a";
/// The second.
pub const SECOND_COLUMN: &str = "b";
/// Ends the form with the feature.
pub const ADD_FEATURE: &str = "Add feature";

/// How a feature is made from columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One column divided by another.
    Ratio,
    /// One column less another.
    Difference,
    /// The logarithm of a column.
    Log,
    /// The logarithm of one more.
    Log1p,
    /// The power transform of Yeo and Johnson.
    YeoJohnson,
    /// Its rank.
    Rank,
    /// Days from a date.
    DaysSince,
    /// Years from one date to another.
    YearsBetween,
    /// Months of a date.
    Months,
    /// Days of the week.
    Weekdays,
}

impl Form {
    /// Whether it is made of dates.
    pub fn is_of_dates(self) -> bool {
        matches!(
            self,
            Self::DaysSince | Self::YearsBetween | Self::Months | Self::Weekdays
        )
    }

    /// Whether it is made of two columns.
    pub fn has_two(self) -> bool {
        matches!(self, Self::Ratio | Self::Difference | Self::YearsBetween)
    }
}

/// The date that days are counted to.
pub const UNTIL: &str = "to";
/// What is counted to where no date is given.
pub const UNTIL_TIP: &str = "Without a date, days are counted to the last one of the column";

/// How many customers a feature leaves out, since it has no value for theirs; nothing where it has one for all.
pub fn undefined_words(n: usize) -> String {
    match n {
        0 => String::new(),
        n => format!("leaves {} out", plural(n, "customer", "customers")),
    }
}

/// The same before a logarithm is taken, with the way that keeps them.
pub fn undefined_sentence(n: usize, is_log: bool) -> String {
    match (n, is_log) {
        (0, _) => String::new(),
        (n, false) => format!("It {}.", undefined_words(n)),
        (n, true) => format!("It {}. log(1 + a) keeps those at 0.", undefined_words(n)),
    }
}

/// In which form the dates of a column are read, and how many cells hold none.
pub fn dates_sentence(form: DateForm, is_settled: bool, n_unread: usize) -> String {
    let form = match form {
        DateForm::YearFirst => "year, month, day",
        DateForm::DayFirst => "day, month, year",
        DateForm::MonthFirst => "month, day, year",
    };
    let settled = if is_settled {
        ""
    } else {
        "; nothing in the column tells day from month"
    };
    let unread = match n_unread {
        0 => String::new(),
        n => format!(
            " {} no such date: {} missing.",
            plural(n, "cell holds", "cells hold"),
            if n == 1 { "it is" } else { "they are" }
        ),
    };
    format!("Read as {form}{settled}.{unread}")
}

/// What such a feature is called before its columns are chosen.
pub fn form_name(form: Form) -> &'static str {
    match form {
        Form::Ratio => "a ÷ b",
        Form::Difference => "a − b",
        Form::Log => "log a",
        Form::Log1p => "log(1 + a)",
        Form::YeoJohnson => "Yeo-Johnson a",
        Form::Rank => "rank of a",
        Form::DaysSince => "days since a",
        Form::YearsBetween => "years from a to b",
        Form::Months => "months of a",
        Form::Weekdays => "days of the week of a",
    }
}

/// Why a model cannot be left out.
pub const TWO_MODELS: &str = "A comparison needs two models";
/// The choice of the centres, for readers.
pub const CENTRES_LABEL: &str = "Centres of the segments";
/// The choice of the linkage, for readers.
pub const LINKAGE_LABEL: &str = "Linkage";
/// The choice of the metric, for readers.
pub const METRIC_LABEL: &str = "Distance";
/// The choice of the shape of a mixture, for readers.
pub const SHAPE_LABEL: &str = "Shape of the segments";
/// Why there is no choice of the metric.
pub const EUCLIDEAN_ONLY: &str = "This linkage is defined for Euclidean distance only";
/// Opens the fields of numbers: any number, the largest compared, those of single models.
pub const OTHER_NUMBERS: &str = "Other numbers, also per model";
/// The choice of such a number, for readers.
pub const OWN_NUMBER_LABEL: &str = "Number of segments of this model";
/// What it does.
pub const OWN_NUMBER_TIP: &str = "Number of segments of this model. Segments without a counterpart in the others get a letter of their own";
/// As many segments as the other models.
pub const SAME_NUMBER: &str = "Same number";

/// Opens the table of criteria.
pub const ALL_CRITERIA: &str = "All criteria";

/// A head of the table of criteria.
#[derive(Debug)]
pub struct CriterionHead {
    /// Its text.
    pub name: &'static str,
    /// What stands below it; empty where the name says it.
    pub tip: &'static str,
}

/// The heads of the table of criteria.
pub const CRITERIA: [CriterionHead; 6] = [
    CriterionHead {
        name: "k",
        tip: "Number of segments",
    },
    CriterionHead {
        name: "Model",
        tip: "",
    },
    CriterionHead {
        name: "Silhouette",
        tip: "How much nearer customers are to their own segment than to the next: higher is better, at most 1, – where each customer is a segment",
    },
    CriterionHead {
        name: "C-H",
        tip: "Calinski-Harabasz: spread between segments against spread within, higher is better, – where there is none within",
    },
    CriterionHead {
        name: "D-B",
        tip: "Davies-Bouldin: how much the most alike segments overlap, lower is better, – where no segment has any spread",
    },
    CriterionHead {
        name: "Gap / BIC",
        tip: "K-Means: gap to data without segments, with its standard error, higher is better. Gaussian mixture: Bayesian information criterion, lower is better",
    },
];

/// A gap with its standard error.
pub fn gap_with_error(value: f64, error: f64) -> String {
    format!("{} ± {}", fixed(value, 2), fixed(error, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handful_is_named_by_its_letters() {
        let letters = |of: &[&str]| of.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            handful_words(&letters(&["C"]), 1),
            "C holds only 1 customer."
        );
        assert_eq!(
            handful_words(&letters(&["C", "F"]), 7),
            "C, F hold only 7 customers together."
        );
        assert_eq!(
            (leave_out_words(1), leave_out_words(3), take_back_words(3)),
            (
                "Leave this 1 out".to_owned(),
                "Leave these 3 out".to_owned(),
                "Take the 3 left out back".to_owned()
            )
        );
    }

    #[test]
    fn customers_whom_a_feature_leaves_out_and_unread_dates_are_counted() {
        assert_eq!(undefined_words(0) + &undefined_sentence(0, true), "");
        assert_eq!(undefined_words(1), "leaves 1 customer out");
        assert_eq!(
            undefined_sentence(2_278, true),
            "It leaves 2,278 customers out. log(1 + a) keeps those at 0."
        );
        assert_eq!(
            dates_sentence(DateForm::DayFirst, true, 1),
            "Read as day, month, year. 1 cell holds no such date: it is missing."
        );
        assert_eq!(
            dates_sentence(DateForm::DayFirst, false, 1_200),
            "Read as day, month, year; nothing in the column tells day from month. 1,200 cells hold no such date: they are missing."
        );
    }
}
