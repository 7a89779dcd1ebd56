//! Sine and cosine of turns: all the trigonometry the page needs, in a tenth of the code of a general implementation.

use std::f64::consts::TAU;

/// `(cos, sin)` of `turns` times a full turn, to within a few units in the last place; for less than a million turns.
///
/// The angle is reduced to within an eighth of a turn of the nearest quarter turn, where both series converge fast.
pub fn point_at(turns: f64) -> (f64, f64) {
    let quarter = libm::floor(4.0 * turns + 0.5);
    let x = (turns - quarter / 4.0) * TAU;
    let square = x * x;
    let (mut cos, mut sin) = (1.0, 1.0);
    for n in (1..=8).rev() {
        let even = f64::from(2 * n);
        cos = 1.0 - cos * square / (even * (even - 1.0));
        sin = 1.0 - sin * square / (even * (even + 1.0));
    }
    sin *= x;
    match quarter.rem_euclid(4.0) as u8 {
        0 => (cos, sin),
        1 => (-sin, cos),
        2 => (-cos, -sin),
        _ => (sin, -cos),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_where_trigonometry_puts_them() {
        for i in -3000..3000 {
            let turns = f64::from(i) * 0.001_237;
            let (cos, sin) = point_at(turns);
            assert!((cos - (TAU * turns).cos()).abs() < 1e-14, "{turns}");
            assert!((sin - (TAU * turns).sin()).abs() < 1e-14, "{turns}");
        }
        assert_eq!(point_at(0.25), (0.0, 1.0));
    }
}
