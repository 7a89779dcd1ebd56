//! The minimum of a function of one variable within bounds (Brent 1973, Algorithms for Minimization without Derivatives, chapter 5).
//!
//! A parabola through the three best points gives the next one where it lies within the bounds and steps shrink; a golden section does
//! otherwise. The result is a minimum of the whole interval where there is only one.

/// `(3 - sqrt 5) / 2`: the share of the larger part that a golden section takes.
const GOLDEN: f64 = 0.381_966_011_250_105_1;
/// More evaluations are not made: a golden section alone ends a double's interval in fewer.
const MOST: usize = 500;

/// Where `of` is least between `lower` and `upper`, to about `tolerance`. Values that are not numbers are never the least.
pub fn minimum_within(
    of: &mut dyn FnMut(f64) -> f64,
    [lower, upper]: [f64; 2],
    tolerance: f64,
) -> f64 {
    let mut value = |x: f64| {
        let value = of(x);
        if value.is_nan() { f64::INFINITY } else { value }
    };
    let (mut low, mut high) = (lower, upper);
    let start = low + GOLDEN * (high - low);
    // The best point, the second, and the second before.
    let (mut best, mut second, mut third) = (start, start, start);
    let mut of_best = value(best);
    let (mut of_second, mut of_third) = (of_best, of_best);
    let (mut step, mut before) = (0.0_f64, 0.0_f64);
    for _ in 0..MOST {
        let middle = 0.5 * (low + high);
        let least = f64::EPSILON.sqrt() * best.abs() + tolerance / 3.0;
        if (best - middle).abs() <= 2.0 * least - 0.5 * (high - low) {
            break;
        }
        let mut is_golden = true;
        if before.abs() > least {
            let r = (best - second) * (of_best - of_third);
            let q = (best - third) * (of_best - of_second);
            let p = (best - third) * q - (best - second) * r;
            let q = 2.0 * (q - r);
            let (p, q) = if q > 0.0 { (-p, q) } else { (p, -q) };
            let last = before;
            before = step;
            let is_short = p.abs() < (0.5 * q * last).abs();
            if is_short && p > q * (low - best) && p < q * (high - best) {
                step = p / q;
                let next = best + step;
                if next - low < 2.0 * least || high - next < 2.0 * least {
                    step = if middle < best { -least } else { least };
                }
                is_golden = false;
            }
        }
        if is_golden {
            before = if best >= middle {
                low - best
            } else {
                high - best
            };
            step = GOLDEN * before;
        }
        let next = if step.abs() >= least {
            best + step
        } else if step < 0.0 {
            best - least
        } else {
            best + least
        };
        let of_next = value(next);
        if of_next <= of_best {
            if next >= best {
                low = best;
            } else {
                high = best;
            }
            (third, of_third) = (second, of_second);
            (second, of_second) = (best, of_best);
            (best, of_best) = (next, of_next);
        } else {
            if next < best {
                low = next;
            } else {
                high = next;
            }
            if of_next <= of_second || second == best {
                (third, of_third) = (second, of_second);
                (second, of_second) = (next, of_next);
            } else if of_next <= of_third || third == best || third == second {
                (third, of_third) = (next, of_next);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minimum_is_found_inside_and_at_an_end() {
        let found = minimum_within(&mut |x| (x - 2.0) * (x - 2.0), [-7.0, 30.0], 1e-9);
        assert!((found - 2.0).abs() < 1e-7, "{found}");
        let slope = minimum_within(&mut |x| 3.0 * x, [-1.0, 4.0], 1e-9);
        assert!((slope + 1.0).abs() < 1e-6, "{slope}");
        // x^4 is flat about its minimum, and undefined on one side.
        let flat = minimum_within(
            &mut |x| if x < 0.5 { f64::NAN } else { x.powi(4) },
            [-9.0, 8.0],
            1e-9,
        );
        assert!((flat - 0.5).abs() < 1e-6, "{flat}");
        let kinked = minimum_within(&mut |x: f64| (x - 1.25).abs(), [0.0, 10.0], 1e-9);
        assert!((kinked - 1.25).abs() < 1e-7, "{kinked}");
    }
}
