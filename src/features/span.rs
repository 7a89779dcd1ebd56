//! Whether the differences within a feature can be squared.
//!
//! Distances, variances and all that is said of a feature in its own units are sums of squared differences. A double holds no square of
//! a difference above 1e154, and digits are lost in those below 1e-146 (1e-308 is the smallest normal one, 1e-16 its last digit): the sums
//! become infinite or 0, whatever the feature is scaled by.

/// Squares and sums of a million of them are finite.
const LARGEST: f64 = 1e150;
/// Squares of its ten-thousandth part still have all their digits.
const SMALLEST: f64 = 1e-140;

/// What is wrong with the values of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ExtremeSpan {
    /// Whether they lie too far apart, else too near.
    pub is_large: bool,
    /// The value without which they would do, if it is one.
    pub at: Option<usize>,
}

/// `None` where the largest minus the smallest value can be squared, or is 0.
pub(super) fn extreme_span(values: &[f64]) -> Option<ExtremeSpan> {
    let span = |without: Option<usize>| {
        let kept = values.iter().enumerate();
        let kept = kept.filter(|&(at, _)| Some(at) != without);
        let (min, max) = kept.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (_, x)| {
            (a.min(*x), b.max(*x))
        });
        // Equal numbers that are so large have no sum.
        if min < -LARGEST || max > LARGEST {
            max.max(-min)
        } else {
            max - min
        }
    };
    let whole = span(None);
    if whole > 0.0 && whole < SMALLEST {
        return Some(ExtremeSpan {
            is_large: false,
            at: None,
        });
    }
    if whole <= LARGEST {
        return None;
    }
    let ends = [f64::total_cmp, |a: &f64, b: &f64| b.total_cmp(a)].map(|order| {
        let places = values.iter().enumerate();
        places.max_by(|a, b| order(a.1, b.1)).map(|(at, _)| at)
    });
    // Of two values that are both far out, neither alone is to blame.
    let mut ends = ends.into_iter().flatten();
    let at = ends.find(|&at| span(Some(at)) <= LARGEST);
    Some(ExtremeSpan { is_large: true, at })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_refused_where_its_square_is_none() {
        assert_eq!(extreme_span(&[1e140, -1e140, 0.0]), None);
        assert_eq!(extreme_span(&[3e-100, 1e-100]), None);
        assert_eq!(extreme_span(&[1e-300, 1e-300]), None);
        assert_eq!(extreme_span(&[]), None);
        let tiny = extreme_span(&[1e-300, 2e-300, -2e-300]).unwrap();
        assert!(!tiny.is_large && tiny.at.is_none());
        assert!(extreme_span(&[1e308, 1e308]).unwrap().is_large);
        // The difference itself is infinite.
        assert!(extreme_span(&[1.7e308, -1.7e308]).unwrap().is_large);
    }

    #[test]
    fn one_value_is_named_only_where_the_others_would_do() {
        let at = |values: &[f64]| extreme_span(values).unwrap().at;
        assert_eq!(at(&[1.0, 2.0, 1e300, 3.0]), Some(2));
        assert_eq!(at(&[1.0, -1e300, 3.0]), Some(1));
        assert_eq!(at(&[1.0, 1e300, 1e300]), None);
        assert_eq!(at(&[1.0, 1e300, -1e300]), None);
        assert_eq!(at(&[0.0, 1e300, 2e300, 3e300]), None);
    }
}
