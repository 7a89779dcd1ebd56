//! What models and their choices are called.

use super::numbers::{count, fixed, plural};
use crate::cluster::Metric;
use crate::cluster::ModelKey;
use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::Linkage;
use crate::cluster::k_means::Centres;
use crate::questions::Shapes;
use crate::result::{GivenError, MAX_GIVEN};

/// What is said of a model.
struct ModelWords {
    key: &'static str,
    name: &'static str,
    /// What it does, in one or two sentences.
    tip: &'static str,
}

/// A line for every model that is registered.
const WORDS: &[ModelWords] = &[
    ModelWords {
        key: "k_means",
        name: "K-Means",
        tip: "Each segment lies around its centre; every customer goes to the nearest.",
    },
    ModelWords {
        key: "hierarchical",
        name: "Hierarchical",
        tip: "Joins the two nearest groups again and again; the segments are where the tree is cut.",
    },
    ModelWords {
        key: "gaussian_mixture",
        name: "Gaussian mixture",
        tip: "Each segment is a bell of its own size and shape; every customer belongs to each by a probability. Every variance is raised by a millionth of the smallest of a feature, so that rounding breaks nothing.",
    },
    ModelWords {
        key: "hdbscan",
        name: "HDBSCAN",
        tip: "Segments are where customers lie close together, whatever their shape; customers far from all others are in no segment.",
    },
    ModelWords {
        key: "segment_column",
        name: "Segment column",
        tip: "The segments that a column of your file already holds, beside those of the models. They are compared and never fitted.",
    },
];

/// What is said of a number that a model can be asked for.
struct OptionWords {
    /// Its name in settings.
    key: &'static str,
    name: &'static str,
    /// What it does, in one or two sentences.
    tip: &'static str,
}

/// A line for every number that a model can be asked for.
const OPTIONS: &[OptionWords] = &[
    OptionWords {
        key: "min_cluster_size",
        name: "Smallest segment",
        tip: "Fewer customers than this are no segment.",
    },
    OptionWords {
        key: "min_samples",
        name: "Neighbours",
        tip: "How dense it is around a customer is measured by so many of the nearest customers, itself included. The more, the more customers are in no segment.",
    },
];

fn words_of(model: ModelKey) -> Option<&'static ModelWords> {
    WORDS.iter().find(|words| words.key == model.as_str())
}

/// The name of a model; K-Means gathers customers around these centres.
pub fn model_name(model: ModelKey, centres: Centres) -> &'static str {
    match (model, centres) {
        (ModelKey::K_MEANS, Centres::Medians) => "K-Medians",
        (ModelKey::K_MEANS, Centres::Directions) => "Spherical K-Means",
        _ => words_of(model).map_or(model.as_str(), |words| words.name),
    }
}

/// What a model does, in one sentence.
pub fn model_tip(model: ModelKey) -> &'static str {
    words_of(model).map_or("", |words| words.tip)
}

/// What a number that a model can be asked for is called.
pub fn option_name(name: &str) -> &str {
    let words = OPTIONS.iter().find(|words| words.key == name);
    words.map_or(name, |words| words.name)
}

/// What it does.
pub fn option_tip(name: &str) -> &'static str {
    let words = OPTIONS.iter().find(|words| words.key == name);
    words.map_or("", |words| words.tip)
}

/// What the list of columns that can stand beside the models is about.
pub const SEGMENT_COLUMN: &str = "Segment column";
/// Its tip.
pub const SEGMENT_COLUMN_TIP: &str = "Compare the models with segments that your file already holds, such as those of an earlier analysis: a category, or up to 50 whole numbers. Its values are matched to the segments of the models like those of another model.";
/// None of them.
pub const NO_SEGMENT_COLUMN: &str = "none";

/// What the plot of a segment column shows.
pub fn given_note(column: &str) -> String {
    format!("“{column}”, outlines")
}

/// Where a segment column has a customer.
pub fn given_sentence(column: &str, value: Option<&str>) -> String {
    match value {
        Some(value) => format!("The file says “{value}” in “{column}”."),
        None => format!("The file has no value in “{column}”."),
    }
}

/// Why the values of a column cannot stand beside the models.
pub(super) fn segment_column_sentence(column: &str, why: GivenError) -> String {
    match why {
        GivenError::Gone => format!("The file has no column named “{column}”. Choose another."),
        GivenError::OneValue => format!(
            "“{column}” has fewer than two different values among the customers in the models, so there is nothing to compare. Choose another column."
        ),
        GivenError::TooManyValues { n_values } => format!(
            "“{column}” has {} different values, and up to {MAX_GIVEN} can be compared as segments. Choose another column.",
            count(n_values)
        ),
    }
}

/// What those are called who belong to no segment.
pub const NO_SEGMENT: &str = "In no segment";

/// "both models", "all three".
pub fn all_models(n_models: usize) -> String {
    match n_models {
        0..=2 => "both models".into(),
        3 => "all three".into(),
        4 => "all four".into(),
        n => format!("all {n}"),
    }
}

/// What stands in the list of centres.
pub fn centres_name(centres: Centres) -> &'static str {
    match centres {
        Centres::Means => "Means (Euclidean)",
        Centres::Medians => "Medians (Manhattan)",
        Centres::Directions => "Directions (cosine)",
    }
}

/// What the centres do, in one sentence.
pub fn centres_tip(centres: Centres) -> &'static str {
    match centres {
        Centres::Means => {
            "K-Means: each segment lies around its mean, by squared straight-line distance."
        }
        Centres::Medians => {
            "K-Medians: each segment lies around its medians, so that a few extreme customers count less."
        }
        Centres::Directions => {
            "Spherical K-Means: customers with the same proportions belong together, whatever their size."
        }
    }
}

/// The name of a linkage.
pub fn linkage_name(linkage: Linkage) -> &'static str {
    match linkage {
        Linkage::Ward => "Ward",
        Linkage::Complete => "Complete",
        Linkage::Average => "Average",
        Linkage::Weighted => "Weighted",
        Linkage::Single => "Single",
        Linkage::Centroid => "Centroid",
        Linkage::Median => "Median",
    }
}

/// What a linkage does, in one sentence.
pub fn linkage_tip(linkage: Linkage) -> &'static str {
    match linkage {
        Linkage::Ward => {
            "Joins the two segments whose union spreads least: compact segments of like size."
        }
        Linkage::Complete => "Joins by the farthest pair of customers: segments of like width.",
        Linkage::Average => "Joins by the mean distance over all pairs of customers.",
        Linkage::Weighted => {
            "Joins by the mean distance of the two parts joined last, whatever their sizes."
        }
        Linkage::Single => {
            "Joins by the nearest pair of customers: finds chains, and tends to leave single customers over."
        }
        Linkage::Centroid => "Joins by the distance of the means.",
        Linkage::Median => "Joins by the distance of the middles of the parts joined last.",
    }
}

/// The name of a metric.
pub fn metric_name(metric: Metric) -> &'static str {
    match metric {
        Metric::Euclidean => "Euclidean",
        Metric::Manhattan => "Manhattan",
        Metric::Chebyshev => "Chebyshev",
        Metric::Cosine => "Cosine",
    }
}

/// What a metric measures, in one sentence.
pub fn metric_tip(metric: Metric) -> &'static str {
    match metric {
        Metric::Euclidean => "The straight line between two customers.",
        Metric::Manhattan => {
            "The differences of all features added up: one large difference counts less."
        }
        Metric::Chebyshev => "The largest difference of any feature.",
        Metric::Cosine => "The proportions of the features, not their size.",
    }
}

/// The name of a shape.
pub fn covariance_name(covariance: CovarianceType) -> &'static str {
    match covariance {
        CovarianceType::Full => "Full",
        CovarianceType::Tied => "Tied",
        CovarianceType::Diag => "Diagonal",
        CovarianceType::Spherical => "Spherical",
    }
}

/// What a shape allows, in one sentence.
pub fn covariance_tip(covariance: CovarianceType) -> &'static str {
    match covariance {
        CovarianceType::Full => "Every segment has an ellipse of its own, turned any way.",
        CovarianceType::Tied => "All segments share one ellipse.",
        CovarianceType::Diag => "Every segment has an ellipse of its own along the axes.",
        CovarianceType::Spherical => "Every segment is a circle of its own size.",
    }
}

/// Asks which shape describes the customers best.
pub const COMPARE_SHAPES: &str = "Compare all shapes";
/// What that does.
pub const COMPARE_SHAPES_TIP: &str = "Fits every shape of the Gaussian mixture with every number of segments and compares their BIC: how well a mixture describes the customers, less what its number of parameters would gain by chance. Lower is better.";
/// Takes the shape and the number that are offered.
pub const USE_SHAPE: &str = "Use it";

/// Which shape and number have the lowest BIC, beside those in use.
pub fn shapes_sentence(shapes: &Shapes, covariance: CovarianceType, n_clusters: usize) -> String {
    let now = shapes.of(covariance, n_clusters);
    let Some(best) = shapes.best() else {
        return "The Gaussian mixture can be fitted with no shape.".into();
    };
    let offered = shapes.offered(covariance, n_clusters);
    // The one in use stands for all that are as good.
    let shown = offered.or(now).unwrap_or(best);
    let as_good = shapes.rated.iter().filter(|it| it.is_as_good_as(&shown));
    let is_alone = as_good.count() < 2;
    let lowest = if is_alone {
        "the lowest BIC"
    } else {
        "the lowest BIC, together with others that are equal"
    };
    let name = format!(
        "The shape “{}” with {}",
        covariance_name(shown.covariance),
        plural(shown.n_clusters, "segment", "segments")
    );
    let value = shown.bic.unwrap_or(f64::NAN);
    if offered.is_none() {
        return format!("{name}, the one in use, has {lowest}: {}.", fixed(value, 0));
    }
    let now = now.map(|now| now.bic);
    // As many digits as tell the two apart.
    let decimals = match now.flatten() {
        Some(bic) => (0..3)
            .find(|&n| fixed(bic, n) != fixed(value, n))
            .unwrap_or(3),
        None => 0,
    };
    let now = match now {
        None => "the one in use was not tried".to_owned(),
        Some(None) => "the one in use cannot be fitted".to_owned(),
        Some(Some(bic)) => format!("the one in use has {}", fixed(bic, decimals)),
    };
    format!("{name} has {lowest}: {}; {now}.", fixed(value, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::RatedShape;

    #[test]
    fn the_shape_on_offer_stands_beside_the_one_in_use() {
        let rated = |covariance, n_clusters, bic| RatedShape {
            covariance,
            n_clusters,
            bic,
        };
        let shapes = Shapes {
            rated: vec![
                rated(CovarianceType::Full, 3, None),
                rated(CovarianceType::Tied, 4, Some(2_780.4)),
                rated(CovarianceType::Tied, 5, Some(2_781.0)),
            ],
        };
        let say = |covariance, n| shapes_sentence(&shapes, covariance, n);
        assert_eq!(
            say(CovarianceType::Tied, 5),
            "The shape “Tied” with 4 segments has the lowest BIC: 2,780; the one in use has 2,781."
        );
        assert_eq!(
            say(CovarianceType::Full, 3),
            "The shape “Tied” with 4 segments has the lowest BIC: 2,780; the one in use cannot be fitted."
        );
        assert_eq!(
            say(CovarianceType::Tied, 4),
            "The shape “Tied” with 4 segments, the one in use, has the lowest BIC: 2,780."
        );
        assert_eq!(
            say(CovarianceType::Tied, 9),
            "The shape “Tied” with 4 segments has the lowest BIC: 2,780; the one in use was not tried."
        );
        let none = shapes_sentence(&Shapes::default(), CovarianceType::Full, 2);
        assert_eq!(none, "The Gaussian mixture can be fitted with no shape.");
    }

    #[test]
    fn equal_shapes_are_said_to_be_equal_and_near_ones_have_digits_that_tell_them_apart() {
        let rated = |covariance, bic| RatedShape {
            covariance,
            n_clusters: 3,
            bic: Some(bic),
        };
        let shapes = Shapes {
            rated: vec![
                rated(CovarianceType::Full, 2_780.4),
                rated(CovarianceType::Tied, 2_780.43),
                rated(CovarianceType::Diag, 2_780.4 + 1e-9),
            ],
        };
        let say = |covariance| shapes_sentence(&shapes, covariance, 3);
        assert_eq!(
            say(CovarianceType::Diag),
            "The shape “Diagonal” with 3 segments, the one in use, has the lowest BIC, together with others that are equal: 2,780."
        );
        assert_eq!(shapes.offered(CovarianceType::Diag, 3), None);
        assert_eq!(
            say(CovarianceType::Tied),
            "The shape “Full” with 3 segments has the lowest BIC, together with others that are equal: 2,780.40; the one in use has 2,780.43."
        );
        let best = shapes.offered(CovarianceType::Spherical, 3);
        let best = best.map(|it| it.covariance);
        assert_eq!(best, Some(CovarianceType::Full));
    }

    #[test]
    fn every_model_and_every_number_that_it_can_be_asked_for_has_words() {
        for model in ModelKey::all() {
            assert!(
                words_of(model).is_some_and(|words| !words.tip.is_empty()),
                "{model:?}"
            );
            let numbers = model.facts().map_or(&[] as &[_], |facts| facts.numbers);
            for option in numbers {
                assert_ne!(option_name(option.name), option.name);
                assert_ne!(option_tip(option.name), "");
            }
        }
    }
}
