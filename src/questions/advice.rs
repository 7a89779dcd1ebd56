//! Advice on the segments of a comparison, with the numbers that stand behind it.

use serde::{Deserialize, Serialize};

use super::fixed::Fixed;
use crate::advise::{Advice, Audience, Gain, Offer, Rule, advice_for, per_group};
use crate::cluster::{FitError, ModelKey};
use crate::engine::Ground;
use crate::result::Comparison;
use crate::view::Profile;

/// Contested customers whose choices are listed at most.
const MOST_CONTESTED: usize = 1_000;

/// A customer between segments, and how likely each is the right one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contested {
    /// Row of the file, from 0.
    pub row: usize,
    /// Segments with their probability in the mixture; without one, the share of the models that say so. The likeliest first. Beside a
    /// model that decides its number itself only segments that a model places the customer in, by votes where the mixture lacks one.
    pub choices: Vec<(u32, f64)>,
}

/// What is advised for one segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentAdvice {
    /// Its number.
    pub segment: u32,
    /// Customers in it.
    pub n: usize,
    /// What the rules propose, the first that holds first.
    pub proposals: Vec<Advice>,
    /// What the offer brings when all of them are contacted.
    pub gain: Gain,
    /// Customers that each of two groups of a test needs.
    pub per_group: Option<usize>,
}

/// The advice of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdviceReport {
    /// Whether the segments are not real: nothing should be done for what is none.
    pub is_behind_verdict: bool,
    /// The numbers it is reckoned with; an example.
    pub offer: Offer,
    /// Segment by segment, each of the first of the models compared that has it.
    pub segments: Vec<SegmentAdvice>,
}

/// Advice on segments of one model.
pub fn advice(profiles: &[Profile], rules: &[Rule], offer: &Offer) -> Vec<SegmentAdvice> {
    let of = |profile: &Profile| SegmentAdvice {
        segment: profile.segment,
        n: profile.n,
        proposals: advice_for(rules, Audience::Segment, &profile.traits),
        gain: offer.gain(profile.n as f64),
        per_group: per_group(offer.today, offer.with_offer),
    };
    profiles.iter().map(of).collect()
}

/// The choices of every mismatched customer, the first 1,000 of them.
pub(super) fn contested(ground: &Ground<'_>) -> Result<Vec<Contested>, FitError> {
    let Ground {
        prepared,
        samples,
        comparison,
        ..
    } = *ground;
    let fixed = Fixed::of(ground.fits, comparison)?;
    // A model that decides its number itself may find a segment that the mixture does not have, and sets customers aside. Among
    // models that are all asked for a number the mixture speaks of all segments.
    let decides_number = comparison.models().any(ModelKey::decides_number);
    let rows = prepared.rows.iter().zip(&samples.distinct_of);
    let mismatched = rows.filter(|(row, _)| comparison.is_mismatched(**row));
    let choices = |(&row, &distinct): (&usize, &u32)| {
        let posteriors = fixed.posteriors(samples.points.row(distinct as usize));
        let choices = if posteriors.is_empty() || decides_number {
            of_placed(comparison, row, &posteriors)
        } else {
            posteriors
        };
        Contested { row, choices }
    };
    Ok(mismatched.take(MOST_CONTESTED).map(choices).collect())
}

/// The segments that models place a row in, with the mixture's probability where it has all of them, else with the share of the models
/// that say so. To be in no segment is no choice.
fn of_placed(comparison: &Comparison, row: usize, posteriors: &[(u32, f64)]) -> Vec<(u32, f64)> {
    let mut placed = comparison.votes(row);
    placed.retain(|(segment, _)| !comparison.is_noise(*segment));
    let is_placed = |segment: u32| placed.iter().any(|(other, _)| *other == segment);
    let of_mixture = posteriors.iter().copied();
    let of_mixture = of_mixture.filter(|&(segment, share)| share > 0.0 && is_placed(segment));
    let of_mixture: Vec<(u32, f64)> = of_mixture.collect();
    if of_mixture.len() == placed.len() {
        return of_mixture;
    }
    let n = comparison.models.len() as f64;
    let by_votes = placed.into_iter();
    by_votes
        .map(|(segment, votes)| (segment, votes as f64 / n))
        .collect()
}
