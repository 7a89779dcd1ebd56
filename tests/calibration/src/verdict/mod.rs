//! The verdict: how often data without segments pass for segments, and cuts through a group for groups.
//!
//! ```text
//! without   twelve families of data without segments, 100 to 1,000 customers
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
use crate::page::{File, counted_on_each, share_of};
use crate::{Bound, Experiment, Row, Section};

/// The verdict on data without segments.
pub(crate) const EXPERIMENT: Experiment = Experiment {
    name: "verdict",
    full: 200,
    small: 1,
    run,
};

/// The verdict on planted groups and on curves.
pub(crate) const ON_GROUPS: Experiment = Experiment {
    name: "groups",
    full: 200,
    small: 3,
    run: run_on_groups,
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
    let families = FAMILIES.iter().enumerate();
    let rows = families.map(|(at, family)| {
        let what = format!("{}, called clear or weak", family.name());
        share_of(what, Bound::AtMost(0.05), sets, |seed| {
            let mut rng = Rng::new(seed.wrapping_mul(7919) + 101 * at as u64);
            let level = verdict(&without(*family, &mut rng))?.level;
            Ok::<_, EngineError>(level.is_beyond_chance())
        })
    });
    Section {
        title: "The verdict on data without segments",
        about: "Each set is a file that is read and fitted as the page does it, at the number of segments that it shows, and the verdict on \
                that is counted.",
        rows: rows.collect(),
    }
}

fn run_on_groups(sets: usize) -> Section {
    let planted = counted_on_each(sets, |seed| {
        let set = planted(&mut Rng::new(seed.wrapping_mul(7919) + 3));
        Ok::<_, EngineError>(verdict(&set.data.into())?.level)
    });
    let levels = planted.found;
    let n_of = |is_counted: fn(&RealityLevel) -> bool| {
        levels.iter().filter(|&level| is_counted(level)).count()
    };
    let curves = counted_on_each(sets, |seed| {
        let mut rng = Rng::new(seed.wrapping_mul(7919) + 17);
        let set = CURVES[seed as usize % CURVES.len()](&mut rng);
        let verdict = verdict(&set.data.into())?;
        let is_clear = verdict.level == RealityLevel::Clear;
        let is_right = completeness(&set.groups, &verdict.labels) >= 0.9;
        Ok::<_, EngineError>(is_clear.then_some(is_right))
    });
    let clear: Vec<bool> = curves.found.into_iter().flatten().collect();
    let n_right = clear.iter().filter(|&&is_right| is_right).count();
    Section {
        title: "The verdict on groups",
        about: "Planted groups, and curved ones that round segments can only cut; asked as above. Counted among the curves is how many \
                of those that are called clear cut no group.",
        rows: vec![
            Row::of(
                "planted groups, called clear or weak",
                Bound::AtLeast(0.97),
                n_of(|level| level.is_beyond_chance()),
                levels.len(),
            )
            .out_of(sets)
            .with(&planted.errors),
            Row::of(
                "planted groups, called clear",
                Bound::AtLeast(0.9),
                n_of(|level| *level == RealityLevel::Clear),
                levels.len(),
            )
            .out_of(sets),
            Row::of(
                format!(
                    "curves, no group cut among the {} of {sets} called clear",
                    clear.len()
                ),
                Bound::AtLeast(0.95),
                n_right,
                clear.len(),
            )
            .with(&curves.errors),
        ],
    }
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
