//! Numbers as multiples of powers of ten, exact to the double that a file with these digits is read as.

/// Doubles know all whole numbers up to here.
pub const EXACT: f64 = 9e15;

/// More decimals than these come from arithmetic, not from a measurement or a price.
const MOST_DECIMALS: i32 = 6;

/// A number in steps of `10^power`, not rounded.
pub fn in_steps(x: f64, power: i32) -> f64 {
    let ten = 10_f64.powi(power.abs());
    if power < 0 { x * ten } else { x / ten }
}

/// So many steps of `10^power`. For powers below 1 by division: the quotient of whole numbers is the double next to the decimal.
pub fn of_steps(steps: i64, power: i32) -> f64 {
    let ten = 10_f64.powi(power.abs());
    let steps = steps as f64;
    if power < 0 { steps / ten } else { steps * ten }
}

/// How many decimals some numbers are written with, at most six; `None` where one has more.
pub fn decimals_of(values: impl Iterator<Item = f64>) -> Option<i32> {
    let mut decimals = 0;
    for x in values {
        while !has_decimals(x, decimals) {
            decimals += 1;
            if decimals > MOST_DECIMALS {
                return None;
            }
        }
    }
    Some(decimals)
}

fn has_decimals(x: f64, decimals: i32) -> bool {
    let steps = in_steps(x, -decimals);
    steps.abs() < EXACT && of_steps(libm::round(steps) as i64, -decimals) == x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_those_that_a_number_is_written_with() {
        let of = |values: &[f64]| decimals_of(values.iter().copied());
        assert_eq!(of(&[1.0, -3.0, 2e14]), Some(0));
        assert_eq!(of(&[1.0, 2.5, 0.07]), Some(2));
        assert_eq!(of(&[144.415, 39.375]), Some(3));
        assert_eq!(of(&[0.000_001]), Some(6));
        // Arithmetic leaves its traces.
        assert_eq!(of(&[0.1 + 0.2]), None);
        assert_eq!(of(&[76.414_999_999_999_99]), None);
        assert_eq!((of(&[1e300]), of(&[])), (None, Some(0)));
        for power in [-6, -1, 0, 3] {
            let x = of_steps(7_654_321, power);
            assert_eq!(in_steps(x, power).round(), 7_654_321.0);
            assert_eq!(format!("{x:.6}").parse(), Ok(x));
        }
    }
}
