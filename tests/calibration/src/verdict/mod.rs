//! The verdict: how often data without segments pass for segments, and cuts through a group for groups.
//!
//! ```text
//! without   eleven families of data without segments, 100 to 1,000 customers
//! planted   2 to 6 groups at least 4 sd apart, of unequal sizes and shapes
//! curved    rings, spirals, moons, zigzags, chained rings and one long curve: no number of round segments is right
//! asked     K-Means at the number from 2 to 12 with the best silhouette and no handful, columns in standard deviations, then the verdict
//! right     completeness >= 0.9 (Rosenberg & Hirschberg 2007): no planted group is cut
//! ```

mod curved;
mod planted;
mod without;

use seamline::cluster::k_means::{KMeans, KMeansParams};
use seamline::cluster::{FitError, Labels, Samples};
use seamline::numeric::{Matrix, Moments, Rng, map_of};
use seamline::quality::{RealityLevel, reality, silhouettes};

use self::curved::CURVES;
use self::planted::planted;
use self::without::{FAMILIES, without};
use crate::{Bound, Experiment, Row, Section};

/// The verdict on data without segments, with segments, and on curves.
pub(crate) const EXPERIMENT: Experiment = Experiment {
    name: "verdict",
    full: 200,
    small: 2,
    run,
};

/// A generated set, and the group of each customer.
struct Planted {
    data: Matrix,
    groups: Vec<u32>,
}

/// What the verdict is on the segments of a set.
struct Verdict {
    level: RealityLevel,
    labels: Vec<u32>,
}

fn run(sets: usize) -> Section {
    let mut rows = Vec::new();
    for (at, family) in FAMILIES.iter().enumerate() {
        let is_called = |seed: u64| {
            let mut rng = Rng::new(seed.wrapping_mul(7919) + 101 * at as u64);
            let verdict = verdict(&without(*family, &mut rng), seed);
            verdict.is_ok_and(|it| it.level.is_beyond_chance())
        };
        rows.push(Row {
            what: format!("{}, called clear or weak", family.name()),
            n: sets,
            wanted: Bound::AtMost(0.05),
            found: share(sets, is_called),
        });
    }
    let is_called = |seed: u64| {
        let set = planted(&mut Rng::new(seed.wrapping_mul(7919) + 3));
        let verdict = verdict(&set.data, seed);
        verdict.is_ok_and(|it| it.level.is_beyond_chance())
    };
    rows.push(Row {
        what: "planted groups, called clear or weak".to_owned(),
        n: sets,
        wanted: Bound::AtLeast(0.97),
        found: share(sets, is_called),
    });
    let (mut n_clear, mut n_right) = (0, 0_usize);
    for seed in 0..sets as u64 {
        let mut rng = Rng::new(seed.wrapping_mul(7919) + 17);
        let set = CURVES[seed as usize % CURVES.len()](&mut rng);
        let clear = verdict(&set.data, seed).ok();
        let clear = clear.filter(|it| it.level == RealityLevel::Clear);
        if let Some(verdict) = clear {
            n_clear += 1;
            n_right += usize::from(completeness(&set.groups, &verdict.labels) >= 0.9);
        }
    }
    rows.push(Row {
        what: format!("curves, no group cut among the {n_clear} of {sets} called clear"),
        n: n_clear,
        wanted: Bound::AtLeast(0.95),
        found: if n_clear == 0 {
            1.0
        } else {
            n_right as f64 / n_clear as f64
        },
    });
    Section {
        title: "The verdict",
        about: "Sets without segments, with planted groups, and of curved groups that K-Means can only cut. Each is cut at the number of \
                segments with the best silhouette, and the verdict on these segments is counted.",
        rows,
    }
}

fn share(sets: usize, is_counted: impl Fn(u64) -> bool) -> f64 {
    let counted = (0..sets as u64).filter(|&seed| is_counted(seed)).count();
    counted as f64 / sets as f64
}

/// The verdict on the number of segments with the best silhouette, columns in standard deviations.
fn verdict(data: &Matrix, seed: u64) -> Result<Verdict, FitError> {
    let samples = Samples::new(&standardised(data))?;
    let most = 12.min(samples.n_distinct().saturating_sub(1));
    let fits = (2..=most).map(|n_clusters| {
        let params = KMeansParams {
            n_clusters,
            n_init: 3,
            seed,
            ..Default::default()
        };
        KMeans::fit(&samples, &params, &mut |_| ())
    });
    let fits: Vec<KMeans> = fits.collect::<Result<_, _>>()?;
    // As in the recommendation of a number: no sliver for a segment.
    let is_offered = |labels: &Labels| {
        let sizes = labels.sizes(&samples);
        sizes.iter().all(|size| size * 50 >= samples.n_samples())
    };
    let labels = fits.iter().map(|fit| &fit.labels);
    let mut offered: Vec<&Labels> = labels.filter(|labels| is_offered(labels)).collect();
    if offered.is_empty() {
        offered.extend(fits.first().map(|fit| &fit.labels));
    }
    let scores = silhouettes(&samples, &offered, 1_000, seed, |_| ()).unwrap_or_default();
    let best = (0..scores.len()).max_by(|&a, &b| scores[a].score.total_cmp(&scores[b].score));
    let labels = offered[best.unwrap_or(0)];
    Ok(Verdict {
        level: reality(&samples, labels, seed, &mut |_| ())?.level,
        labels: labels.of_samples(&samples),
    })
}

fn standardised(data: &Matrix) -> Matrix {
    let columns = 0..data.n_features();
    let moments: Vec<Moments> = columns
        .map(|feature| Moments::of(data.column(feature).collect::<Vec<_>>().into_iter()))
        .collect();
    let mut scaled = Matrix::with_features(data.n_features());
    for row in data.rows() {
        let values = row.iter().zip(&moments);
        scaled.push_row(values.map(|(x, of)| {
            let deviation = of.population_deviation();
            (x - of.mean) / if deviation > 0.0 { deviation } else { 1.0 }
        }));
    }
    scaled
}

/// How far the customers of one group are in one segment.
///
/// ```text
/// completeness = 1 - H(segment | group) / H(segment);   1 where all are in one segment
/// ```
fn completeness(groups: &[u32], labels: &[u32]) -> f64 {
    let entropy = |keys: Vec<(u32, u32)>| {
        let n = keys.len() as f64;
        let mut counts = map_of(keys.iter().map(|key| (*key, 0.0)));
        for key in keys {
            if let Some(count) = counts.get_mut(&key) {
                *count += 1.0;
            }
        }
        let terms = counts.into_values().map(|count: f64| count / n);
        -terms.map(|share| share * share.ln()).sum::<f64>()
    };
    let pairs = || groups.iter().copied().zip(labels.iter().copied());
    let of_labels = entropy(pairs().map(|pair| (0, pair.1)).collect());
    let of_groups = entropy(pairs().map(|pair| (pair.0, 0)).collect());
    let of_both = entropy(pairs().collect());
    if of_labels > 0.0 {
        1.0 - (of_both - of_groups) / of_labels
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_that_is_cut_is_not_complete() {
        let groups = [0, 0, 0, 0, 1, 1, 1, 1];
        let of = |labels: [u32; 8]| completeness(&groups, &labels);
        assert!((of([0, 0, 0, 0, 1, 1, 1, 1]) - 1.0).abs() < 1e-12);
        assert!((of([2; 8]) - 1.0).abs() < 1e-12);
        // H(segment | group) = 1/2 ln 2, H(segment) = 3/2 ln 2.
        assert!((of([0, 0, 2, 2, 1, 1, 1, 1]) - 2.0 / 3.0).abs() < 1e-12);
    }
}
