//! Numbers along an axis.

use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

use super::Domain;

/// Round numbers within a domain, about `count` of them.
pub(super) fn ticks(domain: Domain, count: usize) -> Vec<f64> {
    let range: RangedCoordf64 = (domain.min..domain.max).into();
    range.key_points(count)
}

/// The label of a tick: no superfluous digits; thousands, millions and billions abbreviated.
pub(super) fn tick_label(tick: f64) -> String {
    // Hides rounding errors of tick positions.
    let value = (tick * 1e9).round() / 1e9;
    let (scaled, unit) = match value.abs() {
        1e9.. => (value / 1e9, "G"),
        1e6.. => (value / 1e6, "M"),
        1e4.. => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let text = format!("{}{unit}", (scaled * 1e6).round() / 1e6);
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tick_labels_are_short() {
        assert_eq!(
            [0.0, 0.25, 20.0, 12_500.0, -3e6].map(tick_label),
            ["0", "0.25", "20", "12.5k", "−3M"]
        );
    }
}
