//! The upper tail of the standard normal distribution by its logarithm, accurate however far out.
//!
//! ```text
//! Q(z) = P(Z >= z) = erfc(z / sqrt 2) / 2                                          to z = 5
//! Q(z) = f(z) / (z + 1 / (z + 2 / (z + 3 / (z + ...))))   with the density f(z)    beyond (Laplace; Abramowitz & Stegun 26.2.14)
//! ```

/// Beyond this the continued fraction is used: `erfc` loses digits, and underflows at 38.
const FAR: f64 = 5.0;
/// Terms of the fraction: 16 digits at [`FAR`], more beyond.
const TERMS: usize = 60;
/// Halvings of the range in which a quantile lies: to the last bit.
const HALVINGS: usize = 200;

/// Natural logarithm of `P(Z >= z)`.
///
/// ```
/// use seamline::inference::ln_upper_tail;
///
/// // The one-sided 5 % point.
/// assert!((ln_upper_tail(1.644_853_626_951_472_7) - 0.05_f64.ln()).abs() < 1e-14);
/// ```
pub fn ln_upper_tail(z: f64) -> f64 {
    if z < 0.0 {
        return libm::log1p(-upper_tail(-z));
    }
    if z <= FAR {
        return libm::log(upper_tail(z));
    }
    let fraction = (1..=TERMS)
        .rev()
        .fold(z, |below, term| z + term as f64 / below);
    -0.5 * z * z - 0.5 * libm::log(std::f64::consts::TAU) - libm::log(fraction)
}

/// `P(Z >= z)` for z from 0 to [`FAR`], or any z where an absolute error below 1e-16 is small enough.
fn upper_tail(z: f64) -> f64 {
    0.5 * libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2)
}

/// The z whose upper tail has this logarithm; infinite for 0 and above, where the tail is everyone.
pub fn z_of_ln_upper_tail(ln_tail: f64) -> f64 {
    if ln_tail >= 0.0 {
        return f64::NEG_INFINITY;
    }
    // ln Q(z) < -z^2 / 2 for z > 0, and Q(-40) is 1 to the last bit.
    let (mut low, mut high) = (-40.0, (-2.0 * ln_tail).sqrt().max(1.0));
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if ln_upper_tail(middle) > ln_tail {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// z, and the natural logarithm of its upper tail.
    const CASES: [(f64, f64); 12] = [
        (-8.0, -6.220_960_574_271_742e-16),
        (-3.0, -0.001_350_809_964_748_192_5),
        (-0.5, -0.368_946_415_288_656_35),
        (0.0, -0.693_147_180_559_945_3),
        (0.25, -0.913_061_764_811_135),
        (1.5, -2.705_944_400_823_889_8),
        (4.75, -13.798_571_593_147_466),
        (5.25, -16.391_880_010_037_795),
        (8.0, -35.013_437_159_914_56),
        (20.0, -203.917_155_371_097_3),
        (50.0, -1_254.831_361_139_419_9),
        (1_000.0, -500_007.826_694_812_2),
    ];

    #[test]
    fn tails_are_those_of_scipy_however_far_out() {
        // SciPy 1.17.1 scipy.stats.norm.logsf
        for (z, wanted) in CASES {
            let found = ln_upper_tail(z);
            let error = (found - wanted).abs();
            assert!(
                error <= 4e-15 * wanted.abs().max(1e-3),
                "{z}: {found} against {wanted}"
            );
        }
    }

    #[test]
    fn a_quantile_has_the_tail_it_was_asked_for() {
        for (z, _) in CASES {
            if z > -6.0 {
                let again = z_of_ln_upper_tail(ln_upper_tail(z));
                let sharp = 1e-12 * z.abs().max(1.0);
                // Below 0 the tail is near 1 and loses the digits of z.
                let blunt = if z < 0.0 { 1e-8 } else { 0.0 };
                assert!((again - z).abs() < sharp + blunt, "{z}: {again}");
            }
        }
        assert_eq!(z_of_ln_upper_tail(0.0), f64::NEG_INFINITY);
    }
}
