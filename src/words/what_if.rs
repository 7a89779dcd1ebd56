//! Other choices, in words.

use super::models::{covariance_name, linkage_name, model_name};
use super::numbers::{count, percent};
use super::segments::short;
use crate::cluster::k_means::Centres;
use crate::features::Scaling;
use crate::numeric::sort_numbers;
use crate::questions::{Against, Tried, WhatIf};

/// "Z-score", "Min–max", "None".
pub fn scaling_name(scaling: Scaling) -> &'static str {
    match scaling {
        Scaling::ZScore => "Z-score",
        Scaling::MinMax => "Min–max",
        Scaling::None => "None",
    }
}

/// "Ward", "Mixture, full".
pub fn against_name(against: Against) -> String {
    match against {
        Against::Hierarchical(linkage) => linkage_name(linkage).to_owned(),
        Against::GaussianMixture(shape) => {
            format!("Mixture, {}", covariance_name(shape).to_lowercase())
        }
        Against::Model(model) => model_name(model, Centres::default()).to_owned(),
    }
}

/// The features in a few words.
pub fn features_words(features: &[String]) -> String {
    let names: Vec<String> = features.iter().map(|name| short(name)).collect();
    names.join(", ")
}

/// What the whole table says.
pub fn what_if_sentence(found: &WhatIf) -> String {
    let sound: Vec<&Tried> = found.tried.iter().filter(|it| !it.is_degenerate).collect();
    let n = found.tried.len();
    let counts = sound.iter().map(|it| it.n_mismatched);
    let (Some(least), Some(most)) = (counts.clone().min(), counts.max()) else {
        return format!("None of {} other choices could be compared.", count(n));
    };
    let always = found
        .times
        .iter()
        .filter(|(_, times)| 2 * times > n)
        .count();
    let shares = sound.iter().filter(|_| found.n_today > 0);
    let shares = shares.map(|it| it.n_overlap as f64 / found.n_today as f64);
    let mut shares: Vec<f64> = shares.collect();
    sort_numbers(&mut shares);
    let again = shares
        .get(shares.len() / 2)
        .map_or_else(String::new, |share| {
            format!(
                " In half of them at least {} of today's mismatched are mismatched again.",
                percent(*share)
            )
        });
    format!(
        "{} choices tried, {} without a handful for a segment: from {} to {} customers are mismatched.{again} {} {} mismatched in more than half of all.",
        count(n),
        count(sound.len()),
        count(least),
        count(most),
        count(always),
        if always == 1 {
            "customer is"
        } else {
            "customers are"
        }
    )
}

/// One cell for a tip.
pub fn tried_tip(tried: &Tried, n_today: usize) -> String {
    let handful = if tried.is_degenerate {
        " Some segment holds less than 2 % of the customers, so the agreement is about outliers."
    } else {
        ""
    };
    format!(
        "{} mismatched, {} of today's {} among them. Segments of {} and of {}.{handful}",
        count(tried.n_mismatched),
        count(tried.n_overlap),
        count(n_today),
        sizes_words(&tried.sizes),
        sizes_words(&tried.sizes_against)
    )
}

fn sizes_words(sizes: &[usize]) -> String {
    let sizes: Vec<String> = sizes.iter().map(|&size| count(size)).collect();
    sizes.join(", ")
}
