//! What was decided, for the tips of undo and redo.

use super::models::{
    centres_name, covariance_name, linkage_name, metric_name, model_name, option_name,
};
use super::numbers::{UnitOf, compact, count, plural, row_number, value_text, with_unit};
use super::reading_steps::reading_step;
use super::what_if::scaling_name;
use crate::cluster::ModelKey;
use crate::cluster::k_means::Centres;
use crate::export::letter;
use crate::features::{Feature, Missing, Repeats};
use crate::session::{Decision, OfferNumber, Placement};
use crate::table::{ReadOptions, Role, Unit};

/// "Undo: name A “Savers”", for a decision about a file that was read so before it.
pub fn undo_words(decision: &Decision, read_so: &ReadOptions, unit_of: UnitOf) -> String {
    format!("Undo: {}", step_words(decision, read_so, unit_of))
}

/// "Redo: name A “Savers”".
pub fn redo_words(decision: &Decision, read_so: &ReadOptions, unit_of: UnitOf) -> String {
    format!("Redo: {}", step_words(decision, read_so, unit_of))
}

/// A decision as a step, in the imperative.
fn step_words(decision: &Decision, read_so: &ReadOptions, unit_of: UnitOf) -> String {
    match decision {
        Decision::ReadAgain(reading) => reading_step(read_so, reading),
        Decision::OpenProject(_) => "open a project".into(),
        Decision::SetRole { column, role } => {
            format!("make “{column}” {}", role_words(*role))
        }
        Decision::AddFeature(feature) => format!("use the feature “{}”", feature.name()),
        Decision::RemoveFeature(feature) => format!("leave out the feature “{}”", feature.name()),
        Decision::ChangeFeatures { without, with } => change_words(without, with),
        Decision::UseCategory { column, order } => match order {
            Some(_) => format!("put the values of “{column}” in order"),
            None => format!("make each value of “{column}” a yes or no"),
        },
        Decision::SetMissing(missing) => match missing {
            Missing::LeaveOut => "leave out rows without a value".into(),
            Missing::Median => "fill missing values with the median".into(),
            Missing::Mode => "fill missing values with the most frequent".into(),
        },
        Decision::SetRepeats(repeats) => match repeats {
            Repeats::Keep => "keep exact duplicates".into(),
            Repeats::First => "keep the first of exact duplicates".into(),
        },
        Decision::SetScaling(scaling) => format!("set the scaling to {}", scaling_name(*scaling)),
        Decision::AddModel(model) => format!("compare {}", name_of(*model)),
        Decision::RemoveModel(model) => format!("leave out {}", name_of(*model)),
        Decision::CompareColumn(Some(column)) => format!("compare the segments of “{column}”"),
        Decision::CompareColumn(None) => "compare with no segments of the file".into(),
        Decision::SetCentres(centres) => format!("set centres to {}", centres_name(*centres)),
        Decision::SetLinkage(linkage) => format!("set the linkage to {}", linkage_name(*linkage)),
        Decision::SetMetric(metric) => format!("set the metric to {}", metric_name(*metric)),
        Decision::SetCovariance(shape) => {
            format!(
                "set the shape of the mixture to {}",
                covariance_name(*shape)
            )
        }
        Decision::SetNumber(Some(n)) => format!("set {}", plural(*n, "segment", "segments")),
        Decision::SetNumber(None) => "use the recommended number of segments".into(),
        Decision::SetSweepTo(most) => format!("compare 2 to {} segments", count(*most)),
        Decision::LeaveOut(rows) if rows.is_empty() => "take all customers into the models".into(),
        Decision::LeaveOut(rows) => {
            let customers = plural(rows.len(), "customer", "customers");
            format!("leave {customers} out of the models")
        }
        Decision::Refit(true) => "use only the customers who pass the filters in the models".into(),
        Decision::Refit(false) => "let the filters change only what is shown".into(),
        Decision::SetOwnNumber { model, n_clusters } => match n_clusters {
            Some(n) => format!(
                "set {} for {}",
                plural(*n, "segment", "segments"),
                name_of(*model)
            ),
            None => format!("give {} as many segments as the others", name_of(*model)),
        },
        Decision::SetOption { model, name, value } => {
            let option = option_name(name);
            match value {
                Some(value) => {
                    format!("set “{option}” of {} to {}", name_of(*model), count(*value))
                }
                None => format!("use the default of “{option}” of {}", name_of(*model)),
            }
        }
        Decision::FilterRange { .. }
        | Decision::FilterValues { .. }
        | Decision::ClearFilters
        | Decision::SetBandColumn(_)
        | Decision::SetBands { .. }
        | Decision::SetAxes(_)
        | Decision::SetPair(_)
        | Decision::Look(_) => view_words(decision, unit_of),
        Decision::Rename { .. }
        | Decision::SaveGroup { .. }
        | Decision::RenameGroup { .. }
        | Decision::RemoveGroup { .. }
        | Decision::SetOffer { .. }
        | Decision::SetRules(_)
        | Decision::ShowAdvice(_)
        | Decision::SetGiven { .. }
        | Decision::Place { .. } => plan_words(decision),
    }
}

/// Which features come and go.
fn change_words(without: &[Feature], with: &[Feature]) -> String {
    let named = |features: &[Feature]| match features {
        [one] => format!("“{}”", one.name()),
        several => plural(several.len(), "feature", "features"),
    };
    match (without, with) {
        (without, []) => format!("leave out {}", named(without)),
        ([], with) => format!("use {}", named(with)),
        (without, with) => format!("use {} instead of {}", named(with), named(without)),
    }
}

/// What is shown of a result.
fn view_words(decision: &Decision, unit_of: UnitOf) -> String {
    match decision {
        Decision::FilterRange { column, range } => match range {
            Some([min, max]) => format!(
                "filter “{column}” to {} to {}",
                value_text(*min, unit_of(column)),
                value_text(*max, unit_of(column))
            ),
            None => no_filter_words(column),
        },
        Decision::FilterValues { column, codes } => {
            if codes.is_empty() {
                no_filter_words(column)
            } else {
                let values = plural(codes.len(), "value", "values");
                format!("filter “{column}” to {values}")
            }
        }
        Decision::ClearFilters => "remove all filters".into(),
        Decision::SetBandColumn(column) => format!("show the bands of “{column}”"),
        Decision::SetBands { column, edges } => match edges {
            Some([low, medium]) => format!(
                "set the bands of “{column}” to {} and {}",
                value_text(*low, unit_of(column)),
                value_text(*medium, unit_of(column))
            ),
            None => format!("use the suggested bands of “{column}”"),
        },
        Decision::SetAxes(axes) => format!("plot “{}” across and “{}” up", axes.x, axes.y),
        Decision::SetPair(pair) => {
            format!(
                "set {} against {}",
                name_of(pair.first),
                name_of(pair.second)
            )
        }
        _ => "look elsewhere".into(),
    }
}

/// What is made of the segments.
fn plan_words(decision: &Decision) -> String {
    match decision {
        Decision::Rename { segment, name } => {
            let (letter, name) = (letter(*segment as usize), name.trim());
            if name.is_empty() {
                format!("give {letter} its proposed name")
            } else {
                format!("name {letter} “{name}”")
            }
        }
        Decision::SaveGroup { name, .. } => format!("save the group “{name}”"),
        Decision::RenameGroup { name, to } => format!("name the group “{name}” “{to}”"),
        Decision::RemoveGroup { name } => format!("remove the group “{name}”"),
        Decision::SetOffer { number, value } => {
            format!(
                "set {} to {}",
                number_words(*number),
                value_words(*number, *value)
            )
        }
        Decision::SetRules(Some(_)) => "use your own rules".into(),
        Decision::SetRules(None) => "use the standard rules".into(),
        Decision::ShowAdvice(true) => "show the advice anyway".into(),
        Decision::ShowAdvice(false) => "hide the advice".into(),
        Decision::SetGiven { column, is_given } => {
            if *is_given {
                format!("keep “{column}” as it is in smallest changes")
            } else {
                format!("let smallest changes move “{column}”")
            }
        }
        Decision::Place { row, placement } => {
            let row = row_number(*row as usize);
            match placement {
                Some(Placement::Segment(segment)) => {
                    format!("place row {row} in {}", letter(*segment as usize))
                }
                Some(Placement::Open) => format!("leave row {row} open"),
                None => format!("decide nothing on row {row}"),
            }
        }
        _ => String::new(),
    }
}

pub(super) fn name_of(model: ModelKey) -> &'static str {
    model_name(model, Centres::default())
}

fn no_filter_words(column: &str) -> String {
    format!("remove the filter on “{column}”")
}

fn role_words(role: Role) -> &'static str {
    match role {
        Role::Identifier => "the ID",
        Role::Feature => "a feature",
        Role::Profile => "part of the profile",
        Role::Ignored => "ignored",
    }
}

fn number_words(number: OfferNumber) -> &'static str {
    match number {
        OfferNumber::Margin => "the margin per response",
        OfferNumber::Cost => "the cost per contact",
        OfferNumber::Today => "the response today",
        OfferNumber::WithOffer => "the response with the action",
    }
}

/// A number of an offer as it is entered: shares in percent.
fn value_words(number: OfferNumber, value: f64) -> String {
    match number {
        OfferNumber::Margin | OfferNumber::Cost => compact(value),
        OfferNumber::Today | OfferNumber::WithOffer => {
            with_unit(compact(100.0 * value), Unit::Percent)
        }
    }
}

#[cfg(test)]
#[allow(clippy::too_many_lines, reason = "one of each kind is a long list")]
mod tests {
    use super::*;
    use crate::cluster::Metric;
    use crate::cluster::gaussian_mixture::CovarianceType;
    use crate::cluster::hierarchical::Linkage;
    use crate::features::Scaling;
    use crate::session::{Axes, Look, Pair, Rows};
    use crate::table::Unit;
    use crate::words::variants::names_all;

    fn plain(_: &str) -> Unit {
        Unit::None
    }

    fn every() -> Vec<Decision> {
        use Decision as D;
        let column = || "Income".to_owned();
        let name = column;
        let feature = || Feature::Log { a: column() };
        let model = ModelKey::HIERARCHICAL;
        vec![
            D::ReadAgain(ReadOptions::default()),
            D::SetRole {
                column: column(),
                role: Role::Feature,
            },
            D::AddFeature(feature()),
            D::RemoveFeature(feature()),
            D::ChangeFeatures {
                without: vec![feature()],
                with: vec![Feature::column("Income")],
            },
            D::UseCategory {
                column: column(),
                order: None,
            },
            D::UseCategory {
                column: column(),
                order: Some(Vec::new()),
            },
            D::SetMissing(Missing::Median),
            D::SetRepeats(Repeats::First),
            D::SetScaling(Scaling::MinMax),
            D::AddModel(model),
            D::RemoveModel(model),
            D::CompareColumn(Some(column())),
            D::CompareColumn(None),
            D::SetCentres(Centres::Medians),
            D::SetLinkage(Linkage::Average),
            D::SetMetric(Metric::Cosine),
            D::SetCovariance(CovarianceType::Tied),
            D::SetNumber(Some(5)),
            D::SetNumber(None),
            D::SetSweepTo(20),
            D::LeaveOut(Rows::default()),
            D::LeaveOut(Rows::of([3, 5])),
            D::SetOwnNumber {
                model,
                n_clusters: Some(3),
            },
            D::SetOwnNumber {
                model,
                n_clusters: None,
            },
            D::SetOption {
                model,
                name: "min".into(),
                value: Some(20),
            },
            D::SetOption {
                model,
                name: "min".into(),
                value: None,
            },
            D::FilterRange {
                column: column(),
                range: Some([1.0, 2.5]),
            },
            D::FilterRange {
                column: column(),
                range: None,
            },
            D::FilterValues {
                column: column(),
                codes: vec![1, 2],
            },
            D::ClearFilters,
            D::Refit(true),
            D::Refit(false),
            D::SetBandColumn(column()),
            D::SetBands {
                column: column(),
                edges: Some([33.0, 66.0]),
            },
            D::SetBands {
                column: column(),
                edges: None,
            },
            D::Rename {
                segment: 0,
                name: name(),
            },
            D::Rename {
                segment: 0,
                name: String::new(),
            },
            D::SaveGroup {
                name: name(),
                rows: Rows::of([1]),
            },
            D::RenameGroup {
                name: name(),
                to: "Spenders".into(),
            },
            D::RemoveGroup { name: name() },
            D::SetOffer {
                number: OfferNumber::Today,
                value: 0.045,
            },
            D::SetRules(Some(String::new())),
            D::SetRules(None),
            D::ShowAdvice(true),
            D::ShowAdvice(false),
            D::Place {
                row: 160,
                placement: Some(Placement::Segment(2)),
            },
            D::Place {
                row: 160,
                placement: Some(Placement::Open),
            },
            D::Place {
                row: 160,
                placement: None,
            },
            D::SetGiven {
                column: column(),
                is_given: true,
            },
            D::SetGiven {
                column: column(),
                is_given: false,
            },
            D::SetAxes(Axes {
                x: column(),
                y: column(),
            }),
            D::SetPair(Pair {
                first: ModelKey::K_MEANS,
                second: model,
            }),
            D::OpenProject(Box::default()),
            D::Look(Look::default()),
        ]
    }

    #[test]
    fn every_decision_has_words_of_its_own() {
        let every = every();
        names_all(include_str!("../session/decision.rs"), "Decision", &every);
        let words: std::collections::BTreeSet<String> = every
            .iter()
            .map(|it| step_words(it, &ReadOptions::default(), &plain))
            .collect();
        assert_eq!(words.len(), every.len());
        for words in &words {
            assert!(
                words.starts_with(|c: char| c.is_ascii_lowercase()),
                "{words}"
            );
            assert!(
                !words.ends_with('.') && !words.contains(['_', '{', '"']),
                "{words}"
            );
        }
        let rename = Decision::Rename {
            segment: 27,
            name: " Savers ".into(),
        };
        assert_eq!(
            undo_words(&rename, &ReadOptions::default(), &plain),
            "Undo: name AB “Savers”"
        );
        let offer = Decision::SetOffer {
            number: OfferNumber::Today,
            value: 0.045,
        };
        assert_eq!(
            redo_words(&offer, &ReadOptions::default(), &plain),
            "Redo: set the response today to 4.5 %"
        );
        let filter = Decision::FilterRange {
            column: "Discount".into(),
            range: Some([2.5, 8.0]),
        };
        assert_eq!(
            undo_words(&filter, &ReadOptions::default(), &|_| Unit::Percent),
            "Undo: filter “Discount” to 2.5 % to 8 %"
        );
    }
}
