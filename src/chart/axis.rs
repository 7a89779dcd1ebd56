//! Numbers along an axis.

use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

use super::Domain;

/// Round numbers within a domain, about `count` of them.
pub(super) fn ticks(domain: Domain, count: usize) -> Vec<f64> {
    let range: RangedCoordf64 = (domain.min..domain.max).into();
    range.key_points(count)
}
