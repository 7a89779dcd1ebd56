//! What models and their choices are called.

use crate::cluster::Metric;
use crate::cluster::gaussian_mixture::CovarianceType;
use crate::cluster::hierarchical::Linkage;
use crate::result::{Centres, Model};

/// The name of a model; the first gathers customers around these centres.
pub fn model_name(model: Model, centres: Centres) -> &'static str {
    match model {
        Model::KMeans => match centres {
            Centres::Means => "K-Means",
            Centres::Medians => "K-Medians",
            Centres::Directions => "Spherical K-Means",
        },
        Model::Hierarchical => "Hierarchical",
        Model::GaussianMixture => "Gaussian mixture",
    }
}

/// "both models", "all three models".
pub fn all_models(n_models: usize) -> &'static str {
    if n_models > 2 {
        "all three models"
    } else {
        "both models"
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
