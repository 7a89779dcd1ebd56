//! Models that could not be fitted.

use super::models::{model_name, option_name};
use super::numbers::{compact, count, percent, plural, row_number};
use crate::cluster::k_means::Centres;
use crate::cluster::{FitError, ModelKey, ParamsError};
use crate::result::{FailedModel, K_RANGE, Obstacle, Sweep, SweepPoint};

/// That so many segments are too few or too many.
pub(super) fn number_sentence(n_clusters: usize, min: usize, max: usize) -> String {
    format!(
        "{} cannot be formed here. Choose from {min} to {max}.",
        plural(n_clusters, "segment", "segments")
    )
}

/// Why a model cannot be fitted.
pub(super) fn fit_sentence(error: &FitError) -> String {
    match error {
        FitError::TooFewDistinct {
            n_clusters,
            n_distinct,
            n_samples,
        } => format!(
            "{n_clusters} segments need at least {n_clusters} different customers, and the {} have only {} of values. {}",
            plural(*n_samples, "row", "rows"),
            plural(
                *n_distinct,
                "different combination",
                "different combinations"
            ),
            if *n_distinct < *K_RANGE.start() {
                "Choose other features.".to_owned()
            } else {
                format!("Choose {} or fewer.", plural(*n_distinct, "segment", "segments"))
            }
        ),
        FitError::TooFewSamples { needed, n_samples } => format!(
            "It needs at least {}, and there {}.",
            plural(*needed, "customer", "customers"),
            if *n_samples == 1 {
                "is only 1".to_owned()
            } else {
                format!("are only {}", count(*n_samples))
            }
        ),
        FitError::Overflow { feature } => format!(
            "The numbers in feature {} span more than distances can be computed for. Leave it out.",
            feature + 1
        ),
        FitError::Params(ParamsError::ClusterCount {
            n_clusters,
            min,
            max,
        }) => number_sentence(*n_clusters, *min, *max),
        FitError::ZeroVector { .. } => {
            "Cosine distance compares directions, and some customer is zero in every feature. Choose another metric or feature.".into()
        }
        FitError::Memory { bytes } => format!(
            "The distances of all pairs need {} MB, more than this browser gives. Choose Ward linkage, which needs none.",
            count((bytes / 1_000_000) as usize)
        ),
        FitError::Collapsed {
            n_clusters,
            tied_works,
            ..
        } => format!(
            "It finds no {} of which each has customers and spread. {}",
            plural(*n_clusters, "segment", "segments"),
            if *tied_works {
                TIED_WORKS
            } else if *n_clusters > *K_RANGE.start() {
                "Choose fewer segments, another shape, or leave it out."
            } else {
                "Choose another shape, or leave it out."
            }
        ),
        FitError::NoClusters { .. } => {
            "It finds no segment: the customers lie nowhere closer together than elsewhere. Lower “Smallest segment”, or leave it out.".into()
        }
        FitError::TooManyClusters { found, max } => format!(
            "It finds {}, and up to {} can be compared. Raise “Smallest segment”.",
            plural(*found, "segment", "segments"),
            count(*max)
        ),
        FitError::Params(ParamsError::TooFewModels { .. }) => {
            "A comparison needs at least two models.".into()
        }
        FitError::Params(ParamsError::UnknownModel { model }) => {
            format!("There is no model “{model}”.")
        }
        FitError::Params(ParamsError::Option { model, name, value }) => format!(
            "{} cannot be asked for {value} as “{}”.",
            model_name(*model, Centres::default()),
            option_name(name)
        ),
        FitError::Params(ParamsError::MetricForLinkage { .. }) => {
            "This linkage speaks of centres, which only Euclidean distance has. Choose Euclidean distance or another linkage.".into()
        }
        FitError::Params(ParamsError::NoIterations) => {
            "The number of runs and of iterations must be at least 1.".into()
        }
    }
}

/// Whether the tied shape is a way out.
pub fn offers_tied(failed: &FailedModel) -> bool {
    matches!(
        failed.error,
        FitError::Collapsed {
            tied_works: true,
            ..
        }
    )
}

/// Which models are missing, where some could not be fitted: "without Gaussian mixture".
pub fn missing_words(failed: &[FailedModel]) -> Option<String> {
    let names = failed
        .iter()
        .map(|it| model_name(it.model, Centres::default()));
    let names: Vec<&str> = names.collect();
    (!names.is_empty()).then(|| format!("without {}", names.join(" and ")))
}

/// The numbers of segments at which a model could not be fitted, though it could be at others.
pub fn not_fitted_at(model: ModelKey, sweep: &Sweep) -> Option<String> {
    let (fitted, missing): (Vec<&SweepPoint>, Vec<&SweepPoint>) =
        sweep.points.iter().partition(|it| it.of(model).is_some());
    let numbers = missing.iter().map(|it| it.n_clusters.to_string());
    let numbers: Vec<String> = numbers.collect();
    (!fitted.is_empty() && !missing.is_empty()).then(|| {
        format!(
            "{} could not be fitted at {} segments.",
            model_name(model, Centres::default()),
            numbers.join(", ")
        )
    })
}

/// Takes the tied shape.
pub const USE_TIED: &str = "Use the tied shape";
/// The tied shape is a way out.
const TIED_WORKS: &str = "The shape “Tied” can be fitted.";
/// Rows named one by one at most.
const MOST_ROWS: usize = 5;

/// Why a model is not among those compared.
pub fn failed_sentence(failed: &FailedModel) -> String {
    let name = model_name(failed.model, Centres::default());
    let why = match &failed.cause {
        Some(Obstacle::Spike {
            feature,
            value,
            n_same,
            n_samples,
        }) => {
            let advice = match failed.error {
                _ if offers_tied(failed) => TIED_WORKS,
                FitError::Collapsed { n_clusters, .. } if n_clusters <= *K_RANGE.start() => {
                    "Leave the column out, or choose another shape."
                }
                _ => "Leave the column out, or choose fewer segments.",
            };
            format!(
                "{} of the customers have {} in “{feature}”, and a segment of them alone has no spread there. {advice}",
                percent(*n_same as f64 / *n_samples as f64),
                compact(*value)
            )
        }
        Some(Obstacle::Zeros { rows, n_zero }) => zeros(rows, *n_zero),
        None => fit_sentence(&failed.error),
    };
    format!("{name} could not be fitted: {why}")
}

fn zeros(rows: &[usize], n_zero: usize) -> String {
    let named = rows.iter().take(MOST_ROWS);
    let named: Vec<String> = named.map(|&row| row_number(row)).collect();
    let more = n_zero.saturating_sub(named.len());
    let (have, row, them) = if n_zero == 1 {
        ("is", "row", "it")
    } else {
        ("are", "rows", "them")
    };
    let rest = if more > 0 {
        format!(" and {} more", count(more))
    } else {
        String::new()
    };
    format!(
        "Cosine distance compares directions, and {} {have} zero in every feature: {row} {}{rest}. Choose another distance or other features, or leave {them} out.",
        plural(n_zero, "customer", "customers"),
        named.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_segments_are_the_fewest_and_nobody_is_told_to_choose_fewer() {
        let said = |n_clusters: usize, cause: Option<Obstacle>| {
            failed_sentence(&FailedModel {
                model: ModelKey::GAUSSIAN_MIXTURE,
                error: FitError::Collapsed {
                    n_clusters,
                    spike: None,
                    tied_works: false,
                },
                cause,
            })
        };
        let spike = || {
            Some(Obstacle::Spike {
                feature: "fee".to_owned(),
                value: 3.0,
                n_same: 40,
                n_samples: 80,
            })
        };
        for (cause, way_out) in [(None, "another shape"), (spike(), "Leave the column out")] {
            assert!(!said(2, cause.clone()).contains("fewer"));
            let three = said(3, cause);
            assert!(three.contains("hoose fewer segments") && three.contains(way_out));
        }
    }
}
