//! Why something cannot be decided now.

use super::errors::{identifier_sentence, not_dates_sentence, rules};
use super::failed::number_sentence;
use super::kept_out::too_few_kept_sentence;
use super::models::{linkage_name, metric_name, option_name, segment_column_sentence};
use super::numbers::{UnitOf, count, plural, row_number, value_text};
use super::steps::name_of;
use crate::export::letter;
use crate::features::Feature;
use crate::result::K_RANGE;
use crate::session::{DecisionError, OfferNumber};

/// Why something cannot be decided now, and what can be done. `unit_of` tells the unit of a column.
pub fn decision_sentence(error: &DecisionError, unit_of: UnitOf) -> String {
    match error {
        DecisionError::OtherReading => {
            "The table was read in another way than the settings say. Open the file again.".into()
        }
        DecisionError::UnknownReading { choice } => {
            format!("The settings name a {choice} that no file can be read with.")
        }
        DecisionError::NotFinite { column } => format!("“{column}” needs a plain number here."),
        DecisionError::RangeReversed { column, min, max } => format!(
            "The filter on “{column}” starts at {} and ends at {}, so nobody would pass. Let it start below its end.",
            value_text(*min, unit_of(column)),
            value_text(*max, unit_of(column))
        ),
        DecisionError::EmptyFilter { column } => {
            format!("The filter on “{column}” lets no value pass. Choose at least one.")
        }
        DecisionError::BandsReversed { column, edges } => format!(
            "Low of “{column}” would end at {}, above the end of Medium at {}. Move that first.",
            value_text(edges[0], unit_of(column)),
            value_text(edges[1], unit_of(column))
        ),
        DecisionError::UnknownRow { row, n_rows } => format!(
            "The file has {}; there is no row {}.",
            plural(*n_rows, "row", "rows"),
            row_number(*row as usize)
        ),
        DecisionError::OfferOutOfRange { number, .. } => offer_sentence(*number).into(),
        DecisionError::TooFewKept { n_customers } => too_few_kept_sentence(*n_customers),
        DecisionError::FiltersTwice => {
            "The settings name customers by filters, and the session has filters of its own. Remove “only” from the settings.".into()
        }
        DecisionError::Rules(error) => rules(error),
        DecisionError::RulesTooLong { n_bytes, max } => format!(
            "The rules have {} characters, and up to {} are kept. Shorten them.",
            count(*n_bytes),
            count(*max)
        ),
        DecisionError::UnknownColumn { .. }
        | DecisionError::NotNumeric { .. }
        | DecisionError::NotCategory { .. }
        | DecisionError::NotDates { .. }
        | DecisionError::UnknownValue { .. }
        | DecisionError::UnknownCode { .. }
        | DecisionError::BadOrder { .. }
        | DecisionError::TooManyValues { .. }
        | DecisionError::IdentifierAsFeature { .. }
        | DecisionError::SameColumn { .. }
        | DecisionError::IsFeature { .. }
        | DecisionError::NoFeature { .. }
        | DecisionError::NoFeatures => feature_sentence(error),
        DecisionError::SegmentColumn { .. }
        | DecisionError::IsCompared { .. }
        | DecisionError::NotCompared { .. }
        | DecisionError::TooFewModels { .. }
        | DecisionError::OwnNumberOfFirst { .. }
        | DecisionError::DecidesNumber { .. }
        | DecisionError::UnknownOption { .. }
        | DecisionError::OptionOutOfRange { .. }
        | DecisionError::SameModel { .. }
        | DecisionError::MetricForLinkage { .. }
        | DecisionError::NumberOutOfRange { .. }
        | DecisionError::MoreSegmentsThanCustomers { .. }
        | DecisionError::RunsOutOfRange { .. }
        | DecisionError::BadIdentity
        | DecisionError::UnknownSegment { .. } => model_sentence(error),
        DecisionError::NameTooLong { .. }
        | DecisionError::NameNotPlain
        | DecisionError::NameEmpty
        | DecisionError::NameTaken { .. }
        | DecisionError::GroupTaken { .. }
        | DecisionError::UnknownGroup { .. }
        | DecisionError::GroupEmpty { .. }
        | DecisionError::TooManyGroups { .. } => name_sentence(error),
    }
}

fn offer_sentence(number: OfferNumber) -> &'static str {
    match number {
        OfferNumber::Margin => "The margin per response must be at least 0.01.",
        OfferNumber::Cost => "The cost per contact must be 0 or more.",
        OfferNumber::Today => "The response today must be from 0 to 100 %.",
        OfferNumber::WithOffer => "The response with the action must be from 0 to 100 %.",
    }
}

/// Columns and features.
fn feature_sentence(error: &DecisionError) -> String {
    match error {
        DecisionError::UnknownColumn { column } => {
            format!("The file has no column named “{column}”. Choose another.")
        }
        DecisionError::NotNumeric { column } => {
            format!("“{column}” holds no numbers. Choose a number column.")
        }
        DecisionError::NotCategory { column } => {
            format!("“{column}” is no category. Change its type first.")
        }
        DecisionError::NotDates { column } => not_dates_sentence(column),
        DecisionError::UnknownValue { column, value } => {
            format!("“{column}” has no value “{value}”.")
        }
        DecisionError::UnknownCode {
            column,
            code,
            n_values,
        } => format!(
            "“{column}” has {}; there is no number {}.",
            plural(*n_values, "value", "values"),
            count(*code as usize + 1)
        ),
        DecisionError::BadOrder { column } => {
            format!("The order of “{column}” must name some of its values, each once.")
        }
        DecisionError::TooManyValues { column, n, max } => format!(
            "“{column}” has {} values; a yes or no for each is offered up to {max}. Group the values in the file first.",
            count(*n)
        ),
        DecisionError::IdentifierAsFeature { column } => identifier_sentence(column),
        DecisionError::SameColumn { column } => format!(
            "“{column}” with itself is the same for everyone. Choose two different columns."
        ),
        DecisionError::IsFeature { feature } => {
            format!("“{}” is a feature already.", Feature::name(feature))
        }
        DecisionError::NoFeature { feature } => {
            format!("“{}” is no feature.", Feature::name(feature))
        }
        DecisionError::NoFeatures => {
            "The models need at least one feature. Choose another before you leave this one out."
                .into()
        }
        _ => String::new(),
    }
}

/// Models and their numbers of segments.
fn model_sentence(error: &DecisionError) -> String {
    match error {
        DecisionError::SegmentColumn { column, why } => segment_column_sentence(column, *why),
        DecisionError::IsCompared { model } => format!("{} is compared already.", name_of(*model)),
        DecisionError::NotCompared { model } => {
            format!("{} is not compared. Switch it on first.", name_of(*model))
        }
        DecisionError::TooFewModels { .. } => {
            "A comparison needs at least two models. Switch another on first.".into()
        }
        DecisionError::OwnNumberOfFirst { model } => format!(
            "{} is the first model and gives the segments their numbers, so it has as many as are set for all.",
            name_of(*model)
        ),
        DecisionError::DecidesNumber { model } => {
            format!("{} decides its number of segments itself.", name_of(*model))
        }
        DecisionError::UnknownOption { model, name } => {
            format!("{} cannot be asked for “{name}”.", name_of(*model))
        }
        DecisionError::OptionOutOfRange {
            model,
            name,
            value,
            min,
            max,
        } => format!(
            "“{}” of {} cannot be {}. Choose from {} to {}.",
            option_name(name),
            name_of(*model),
            count(*value),
            count(*min),
            count(*max)
        ),
        DecisionError::SameModel { model } => {
            format!(
                "{} cannot be compared with itself. Choose two models.",
                name_of(*model)
            )
        }
        DecisionError::MetricForLinkage { linkage, metric } => format!(
            "{} linkage speaks of centres, which {} distance does not have. Choose Euclidean distance or another linkage.",
            linkage_name(*linkage),
            metric_name(*metric)
        ),
        DecisionError::NumberOutOfRange {
            n_clusters,
            min,
            max,
        } => number_sentence(*n_clusters, *min, *max),
        DecisionError::MoreSegmentsThanCustomers {
            n_clusters,
            n_customers,
        } => format!(
            "{} cannot be formed of {} with a value in every feature. Choose {}other features.",
            plural(*n_clusters, "segment", "segments"),
            plural(*n_customers, "customer", "customers"),
            if *n_clusters > *K_RANGE.start() {
                "fewer segments, or "
            } else {
                ""
            }
        ),
        DecisionError::RunsOutOfRange { n_init, max_iter } => format!(
            "{} of up to {} are outside what can be asked for.",
            plural(*n_init, "run", "runs"),
            plural(*max_iter, "iteration", "iterations")
        ),
        DecisionError::BadIdentity => {
            "The segments of before are described in a way that makes no sense.".into()
        }
        DecisionError::UnknownSegment { segment } => {
            format!(
                "There is no segment number {}.",
                count(*segment as usize + 1)
            )
        }
        _ => String::new(),
    }
}

/// Names and groups.
fn name_sentence(error: &DecisionError) -> String {
    match error {
        DecisionError::NameTooLong { n_characters, max } => format!(
            "The name has {} characters, and up to {max} fit. Shorten it.",
            count(*n_characters)
        ),
        DecisionError::NameNotPlain => {
            "The name holds a line end, a tab or a space at its edge. Leave that out.".into()
        }
        DecisionError::NameEmpty => "The name is empty. Enter at least one letter.".into(),
        DecisionError::NameTaken { name, segment } => format!(
            "Segment {} is called “{name}” already. Choose another name.",
            letter(*segment as usize)
        ),
        DecisionError::GroupTaken { name } => {
            format!("A group is called “{name}” already. Choose another name.")
        }
        DecisionError::UnknownGroup { name } => format!("There is no group “{name}”."),
        DecisionError::GroupEmpty { name } => {
            format!("The group “{name}” would be empty. Select customers first.")
        }
        DecisionError::TooManyGroups { max } => {
            format!("Up to {max} groups are kept. Remove one first.")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
#[allow(clippy::too_many_lines, reason = "one of each kind is a long list")]
mod tests {
    use super::*;
    use crate::cluster::hierarchical::Linkage;
    use crate::cluster::{Metric, ModelKey};
    use crate::table::Unit;
    use crate::words::variants::{is_a_sentence, names_all};

    fn every() -> Vec<DecisionError> {
        use DecisionError as E;
        let column = || "Income".to_owned();
        let name = column;
        let feature = || Feature::Log { a: column() };
        let model = ModelKey::K_MEANS;
        vec![
            E::OtherReading,
            E::TooFewKept { n_customers: 0 },
            E::FiltersTwice,
            E::UnknownReading {
                choice: "quote".into(),
            },
            E::UnknownColumn { column: column() },
            E::NotNumeric { column: column() },
            E::NotCategory { column: column() },
            E::NotDates { column: column() },
            E::UnknownValue {
                column: column(),
                value: "x".into(),
            },
            E::UnknownCode {
                column: column(),
                code: 3,
                n_values: 3,
            },
            E::BadOrder { column: column() },
            E::TooManyValues {
                column: column(),
                n: 30,
                max: 20,
            },
            E::IdentifierAsFeature { column: column() },
            E::SameColumn { column: column() },
            E::IsFeature { feature: feature() },
            E::NoFeature { feature: feature() },
            E::NoFeatures,
            E::SegmentColumn {
                column: column(),
                why: crate::result::GivenError::OneValue,
            },
            E::IsCompared { model },
            E::NotCompared { model },
            E::TooFewModels { n_models: 1 },
            E::OwnNumberOfFirst { model },
            E::DecidesNumber { model },
            E::UnknownOption {
                model,
                name: name(),
            },
            E::OptionOutOfRange {
                model,
                name: name(),
                value: 9,
                min: 1,
                max: 3,
            },
            E::SameModel { model },
            E::MetricForLinkage {
                linkage: Linkage::Ward,
                metric: Metric::Cosine,
            },
            E::NumberOutOfRange {
                n_clusters: 51,
                min: 2,
                max: 50,
            },
            E::MoreSegmentsThanCustomers {
                n_clusters: 5,
                n_customers: 3,
            },
            E::RunsOutOfRange {
                n_init: 0,
                max_iter: 1,
            },
            E::BadIdentity,
            E::NotFinite { column: column() },
            E::RangeReversed {
                column: column(),
                min: 3.0,
                max: 2.0,
            },
            E::EmptyFilter { column: column() },
            E::BandsReversed {
                column: column(),
                edges: [3.0, 2.0],
            },
            E::UnknownSegment { segment: 12 },
            E::NameTooLong {
                n_characters: 61,
                max: 60,
            },
            E::NameNotPlain,
            E::NameEmpty,
            E::NameTaken {
                name: name(),
                segment: 1,
            },
            E::GroupTaken { name: name() },
            E::UnknownGroup { name: name() },
            E::GroupEmpty { name: name() },
            E::TooManyGroups { max: 200 },
            E::UnknownRow {
                row: 200,
                n_rows: 200,
            },
            E::OfferOutOfRange {
                number: OfferNumber::Today,
                value: 2.0,
            },
            E::Rules(crate::advise::RuleError::NoTable),
            E::RulesTooLong {
                n_bytes: 70_000,
                max: 65_536,
            },
        ]
    }

    #[test]
    fn every_impossible_decision_has_a_sentence_of_its_own() {
        let every = every();
        names_all(include_str!("../session/error.rs"), "DecisionError", &every);
        let plain = |_: &str| Unit::None;
        let sentences = every.iter().map(|error| decision_sentence(error, &plain));
        let sentences: std::collections::BTreeSet<String> =
            sentences.inspect(|it| is_a_sentence(it)).collect();
        assert_eq!(sentences.len(), every.len());
        let five = DecisionError::MoreSegmentsThanCustomers {
            n_clusters: 5,
            n_customers: 3,
        };
        assert_eq!(
            decision_sentence(&five, &plain),
            "5 segments cannot be formed of 3 customers with a value in every feature. Choose fewer segments, or other features."
        );
        let two = DecisionError::MoreSegmentsThanCustomers {
            n_clusters: 2,
            n_customers: 1,
        };
        assert!(decision_sentence(&two, &plain).ends_with("every feature. Choose other features."));
        let reversed = DecisionError::RangeReversed {
            column: "Discount".to_owned(),
            min: 30.0,
            max: 20.0,
        };
        assert_eq!(
            decision_sentence(&reversed, &|_| Unit::Percent),
            "The filter on “Discount” starts at 30 % and ends at 20 %, so nobody would pass. Let it start below its end."
        );
    }
}
