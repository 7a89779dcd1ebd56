//! The verdict: how often data without segments pass for segments, and cuts through a group for groups.
//!
//! ```text
//! without   eleven families of data without segments, 100 to 1,000 customers
//! planted   2 to 6 groups at least 4 sd apart, of unequal sizes and shapes
//! curved    rings, spirals, moons, zigzags, chained rings and one long curve: no number of round segments is right
//! asked     the verdict on the first result of the page, at the number that it chooses
//! right     completeness >= 0.9 (Rosenberg & Hirschberg 2007): no planted group is cut
//! ```

mod curved;
mod planted;
mod without;

use seamline::cluster::ModelKey;
use seamline::numeric::{Matrix, Rng, map_of};
use seamline::quality::RealityLevel;
use seamline::questions::AskReality;
use seamline::result::{EngineError, ResultId};

use self::curved::CURVES;
use self::planted::planted;
use self::without::{FAMILIES, without};
use crate::page::{File, found_on_each, n_counted};
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
        let count = n_counted(sets, |seed| {
            let mut rng = Rng::new(seed.wrapping_mul(7919) + 101 * at as u64);
            is_called(&without(*family, &mut rng))
        });
        rows.push(Row {
            what: format!("{}, called clear or weak", family.name()),
            n: sets,
            wanted: Bound::AtMost(0.05),
            found: count as f64 / sets as f64,
        });
    }
    let count = n_counted(sets, |seed| {
        let set = planted(&mut Rng::new(seed.wrapping_mul(7919) + 3));
        is_called(&set.data.into())
    });
    rows.push(Row {
        what: "planted groups, called clear or weak".to_owned(),
        n: sets,
        wanted: Bound::AtLeast(0.97),
        found: count as f64 / sets as f64,
    });
    let curves = found_on_each(sets, |seed| {
        let mut rng = Rng::new(seed.wrapping_mul(7919) + 17);
        let set = CURVES[seed as usize % CURVES.len()](&mut rng);
        let verdict = verdict(&set.data.into()).ok();
        let clear = verdict.filter(|it| it.level == RealityLevel::Clear);
        clear.map(|it| completeness(&set.groups, &it.labels) >= 0.9)
    });
    let clear: Vec<bool> = curves.into_iter().flatten().collect();
    let n_right = clear.iter().filter(|&&is_right| is_right).count();
    rows.push(Row {
        what: format!(
            "curves, no group cut among the {} of {sets} called clear",
            clear.len()
        ),
        n: clear.len(),
        wanted: Bound::AtLeast(0.95),
        found: if clear.is_empty() {
            1.0
        } else {
            n_right as f64 / clear.len() as f64
        },
    });
    Section {
        title: "The verdict",
        about: "Sets without segments, with planted groups, and of curved groups that round segments can only cut. Each is a file that is \
                read and fitted as the page does it, at the number of segments that it shows, and the verdict on that is counted.",
        rows,
    }
}

fn is_called(file: &File) -> bool {
    verdict(file).is_ok_and(|it| it.level.is_beyond_chance())
}

/// The verdict on the first result of the page.
fn verdict(file: &File) -> Result<Verdict, EngineError> {
    // The verdict is on K-Means, and the mixture has no say in the number.
    let mut engine = file.opened(&[ModelKey::K_MEANS, ModelKey::HIERARCHICAL])?;
    let level = engine.ask(ResultId(1), &AskReality, &mut |_, _| ())?.level;
    let (_, comparison) = engine.result(ResultId(1))?;
    Ok(Verdict {
        level,
        labels: comparison.first_labels().to_vec(),
    })
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
