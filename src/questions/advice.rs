//! Advice on the segments of a comparison, with the numbers behind it.

use serde::{Deserialize, Serialize};

use super::fixed::Fixed;
use crate::advise::{Advice, Audience, Gain, Offer, Rule, advice_for, per_group};
use crate::cluster::{FitError, ModelKey};
use crate::engine::Ground;
use crate::result::Comparison;
use crate::view::Profile;

/// The largest number of contested customers listed with their choices.
const MOST_CONTESTED: usize = 1_000;

/// A customer between segments, with the probability of each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contested {
    /// Row of the file, from 0.
    pub row: usize,
    /// Segments, most likely first, with their probability in the mixture; without a mixture, with the share of the models that
    /// choose them. If some model decides its own number of segments, only segments that a model chose, by votes if the mixture
    /// lacks one.
    pub choices: Vec<(u32, f64)>,
    /// Whether the shares are of the models that choose a segment: then no probability is known.
    pub is_by_votes: bool,
}

/// The advice for one segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentAdvice {
    /// Its number.
    pub segment: u32,
    /// Customers in it.
    pub n: usize,
    /// The proposals whose rules apply, in the order of the rules.
    pub proposals: Vec<Advice>,
    /// The gain of the offer if all of them are contacted.
    pub gain: Gain,
    /// The size that each of the two groups of a test needs.
    pub per_group: Option<usize>,
}

/// The advice of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdviceReport {
    /// Whether advice is held back because the segments are not real or cannot be judged.
    pub is_behind_verdict: bool,
    /// The numbers used; an example.
    pub offer: Offer,
    /// Every segment once, from the first of the models compared that has it.
    pub segments: Vec<SegmentAdvice>,
}

/// Advice on the segments of one model.
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

/// The choices of the mismatched customers, at most 1,000 of them.
pub(super) fn contested(ground: &Ground<'_>) -> Result<Vec<Contested>, FitError> {
    let Ground {
        prepared,
        samples,
        comparison,
        ..
    } = *ground;
    let fixed = Fixed::of(ground.fits, comparison)?;
    // A model that decides its own number may find a segment that the mixture lacks, and may set customers aside. If no model does,
    // the mixture has all segments.
    let decides_number = comparison.models().any(ModelKey::decides_number);
    let rows = prepared.rows.iter().zip(&samples.distinct_of);
    let mismatched = rows.filter(|(row, _)| comparison.is_mismatched(**row));
    let choices = |(&row, &distinct): (&usize, &u32)| {
        let posteriors = fixed.posteriors(samples.points.row(distinct as usize));
        if posteriors.is_empty() || decides_number {
            of_placed(comparison, row, &posteriors)
        } else {
            Contested {
                row,
                choices: posteriors,
                is_by_votes: false,
            }
        }
    };
    Ok(mismatched.take(MOST_CONTESTED).map(choices).collect())
}

/// The segments that models choose for a row, with their probability in the mixture if it has all of them, else with the share of
/// the models that choose them. "In no segment" does not count.
fn of_placed(comparison: &Comparison, row: usize, posteriors: &[(u32, f64)]) -> Contested {
    let mut placed = comparison.votes(row);
    placed.retain(|(segment, _)| !comparison.is_noise(*segment));
    let is_placed = |segment: u32| placed.iter().any(|(other, _)| *other == segment);
    let of_mixture = posteriors.iter().copied();
    let of_mixture = of_mixture.filter(|&(segment, share)| share > 0.0 && is_placed(segment));
    let of_mixture: Vec<(u32, f64)> = of_mixture.collect();
    let is_by_votes = of_mixture.len() != placed.len();
    let n = comparison.models.len() as f64;
    let by_votes = placed.into_iter();
    let by_votes = by_votes.map(|(segment, votes)| (segment, votes as f64 / n));
    Contested {
        row,
        choices: if is_by_votes {
            by_votes.collect()
        } else {
            of_mixture
        },
        is_by_votes,
    }
}
