//! The smallest change of a customer for which some conditions hold.
//!
//! The conditions are margins: functions of the attributes that are above 0 where they hold, such as how much nearer one centre is
//! than another.
//!
//! ```text
//! one attribute    scanned outwards in 1,024 steps of the wider side of its range, then bisected to the border
//! all together     min |z|^2  subject to  m_i(a + z) > 0,  z in units of each attribute: the margins are replaced by their tangents,
//!                  the nearest point within these half-spaces is found (Hildreth 1957, Nav. Res. Logist. Q. 4), and both are repeated
//!                  (sequential quadratic programming, Wilson 1963); exact where margins are linear
//! ```
//!
//! The margins themselves check every result as it will be shown: rounded outwards to as few digits as possible.

/// Steps to the farther end of the range.
const STEPS: usize = 1_024;
/// Bisections to the border.
const HALVINGS: usize = 60;
/// Rounds of linearisation, and passes over the half-spaces in each.
const ROUNDS: usize = 60;
const PASSES: usize = 5_000;

/// How far inside the half-spaces points are searched for: rounding may put the border itself on the wrong side.
const INSIDE: f64 = 1e-7;

/// How far each condition is from failing at these attributes.
pub type Margins<'a> = dyn Fn(&[f64]) -> Vec<f64> + 'a;

/// One attribute that may change.
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// Smallest and largest value that makes sense.
    pub range: (f64, f64),
    /// What counts as one step, compared with other attributes.
    pub unit: f64,
}

fn holds(margins: &Margins, at: &[f64]) -> bool {
    margins(at).into_iter().all(|margin| margin > 0.0)
}

fn with(at: &[f64], which: usize, value: f64) -> Vec<f64> {
    let mut changed = at.to_vec();
    changed[which] = value;
    changed
}

/// The nearest value of attribute `which`, within its range, where all conditions hold; `None` if none exists or none is needed.
pub fn smallest_single(at: &[f64], which: usize, scope: &Scope, margins: &Margins) -> Option<f64> {
    let (start, (min, max)) = (at[which], scope.range);
    let is_right = |value: f64| holds(margins, &with(at, which, value));
    let step = (max - start).max(start - min) / STEPS as f64;
    if step <= 0.0 || is_right(start) {
        return None;
    }
    for i in 1..=STEPS {
        let sides = [-1.0, 1.0].map(|side| {
            let value = start + side * step * i as f64;
            if !(min..=max).contains(&value) || !is_right(value) {
                return None;
            }
            let (mut wrong, mut right) = (value - side * step, value);
            for _ in 0..HALVINGS {
                let middle = f64::midpoint(wrong, right);
                if is_right(middle) {
                    right = middle;
                } else {
                    wrong = middle;
                }
            }
            Some(right)
        });
        let nearest = sides
            .into_iter()
            .flatten()
            .min_by(|a, b| (a - start).abs().total_cmp(&(b - start).abs()));
        if let Some(value) = nearest {
            return Some(readable(start, value, max - min, is_right));
        }
    }
    None
}

/// The attributes nearest to `at`, each in its unit, where all conditions hold; `None` if none are found or none are needed.
pub fn smallest_joint(at: &[f64], scopes: &[Scope], margins: &Margins) -> Option<Vec<f64>> {
    if holds(margins, at) {
        return None;
    }
    let place = |z: &[f64]| -> Vec<f64> {
        let moves = at.iter().zip(z).zip(scopes);
        moves.map(|((a, z), scope)| a + z * scope.unit).collect()
    };
    let length = |z: &[f64]| z.iter().map(|z| z * z).sum::<f64>().sqrt();
    let mut starts = vec![vec![0.0; at.len()]];
    for (which, scope) in scopes.iter().enumerate() {
        if let Some(value) = smallest_single(at, which, scope, margins) {
            let z = (value - at[which]) / scope.unit;
            starts.push(with(&vec![0.0; at.len()], which, z));
        }
    }
    let mut best: Option<Vec<f64>> = None;
    let mut offer = |z: Vec<f64>| {
        let Some(z) = to_border(z, |z| holds(margins, &place(z))) else {
            return;
        };
        if best.as_ref().is_none_or(|best| length(&z) < length(best)) {
            best = Some(z);
        }
    };
    for start in starts {
        offer(start.clone());
        let mut z = start;
        for _ in 0..ROUNDS {
            let next = nearest_within(&z, &|z| margins(&place(z)));
            let moved = length(&next.iter().zip(&z).map(|(a, b)| a - b).collect::<Vec<_>>());
            z = next;
            if moved <= 1e-9 * (1.0 + length(&z)) {
                break;
            }
        }
        offer(z);
    }
    let found = place(&best?);
    let digits: Vec<f64> = scopes.iter().map(|it| it.range.1 - it.range.0).collect();
    Some(all_readable(at, &found, &digits, |at| holds(margins, at)))
}

/// Moves a point, which may miss by rounding, to the border on the line from the origin.
fn to_border(mut z: Vec<f64>, is_right: impl Fn(&[f64]) -> bool) -> Option<Vec<f64>> {
    let times = |z: &[f64], factor: f64| z.iter().map(|z| z * factor).collect::<Vec<_>>();
    let mut factor = 1e-9;
    while !is_right(&z) {
        factor *= 4.0;
        if factor > 1.0 {
            return None;
        }
        z = times(&z, 1.0 + factor);
    }
    let (mut wrong, mut right) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(wrong, right);
        if is_right(&times(&z, middle)) {
            right = middle;
        } else {
            wrong = middle;
        }
    }
    Some(times(&z, right))
}

/// The shortest `z` within the half-spaces of the tangents at `z`.
fn nearest_within(z: &[f64], margins: &Margins) -> Vec<f64> {
    const H: f64 = 1e-5;
    let here = margins(z);
    let slopes: Vec<Vec<f64>> = (0..z.len())
        .map(|which| {
            let (up, down) = (
                margins(&with(z, which, z[which] + H)),
                margins(&with(z, which, z[which] - H)),
            );
            up.iter()
                .zip(&down)
                .map(|(u, d)| (u - d) / (2.0 * H))
                .collect()
        })
        .collect();
    let row = |i: usize| slopes.iter().map(move |slope| slope[i]);
    // row . x >= bound
    let bounds: Vec<(f64, f64)> = (0..here.len())
        .map(|i| {
            let along: f64 = row(i).zip(z).map(|(s, z)| s * z).sum();
            let square: f64 = row(i).map(|s| s * s).sum();
            (along - here[i] + INSIDE * square.sqrt(), square)
        })
        .collect();
    let mut x = vec![0.0; z.len()];
    let mut weights = vec![0.0_f64; here.len()];
    for _ in 0..PASSES {
        let mut largest = 0.0_f64;
        for (i, &(bound, square)) in bounds.iter().enumerate() {
            if !(square > 0.0 && square.is_finite() && bound.is_finite()) {
                continue;
            }
            let along: f64 = row(i).zip(&x).map(|(s, x)| s * x).sum();
            let next = (weights[i] + (bound - along) / square).max(0.0);
            let step = next - weights[i];
            weights[i] = next;
            x.iter_mut().zip(row(i)).for_each(|(x, s)| *x += step * s);
            largest = largest.max(step.abs() * square.sqrt());
        }
        if largest < 1e-12 {
            break;
        }
    }
    x
}

/// A number at or beyond `to`, seen from `from`, with the fewest digits for which `is_right` holds.
fn readable(from: f64, to: f64, width: f64, is_right: impl Fn(f64) -> bool) -> f64 {
    let mut step = coarse_step(width);
    for _ in 0..7 {
        let value = away(from, to, step);
        if is_right(value) {
            return value;
        }
        step /= 10.0;
    }
    to
}

fn all_readable(
    from: &[f64],
    to: &[f64],
    widths: &[f64],
    is_right: impl Fn(&[f64]) -> bool,
) -> Vec<f64> {
    let mut finer = 1.0;
    for _ in 0..7 {
        let rounded = (0..to.len()).map(|at| {
            if to[at] == from[at] {
                return to[at];
            }
            away(from[at], to[at], coarse_step(widths[at]) / finer)
        });
        let rounded: Vec<f64> = rounded.collect();
        if is_right(&rounded) {
            return rounded;
        }
        finer *= 10.0;
    }
    to.to_vec()
}

/// A power of ten, at most a five hundredth of the width.
fn coarse_step(width: f64) -> f64 {
    libm::pow(10.0, libm::floor(libm::log10((width / 500.0).max(1e-12))))
}

/// The first multiple of a step at or beyond `to`.
fn away(from: f64, to: f64, step: f64) -> f64 {
    let multiple = to / step;
    let multiple = if to > from {
        libm::ceil(multiple)
    } else {
        libm::floor(multiple)
    };
    // Division for steps below 1, so that tenths are exact.
    if step < 1.0 {
        multiple / libm::round(1.0 / step)
    } else {
        multiple * step
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;
    use crate::numeric::{Rng, squared_euclidean};

    fn scope() -> Scope {
        Scope {
            range: (-100.0, 100.0),
            unit: 1.0,
        }
    }

    #[test]
    fn a_border_is_met_and_written_with_few_digits() {
        // Holds above 40.44.
        let margins = |at: &[f64]| vec![at[0] - 40.44];
        assert_eq!(smallest_single(&[35.0], 0, &scope(), &margins), Some(40.5));
        assert_eq!(smallest_single(&[41.0], 0, &scope(), &margins), None);
        let never = |_: &[f64]| vec![-1.0];
        assert_eq!(smallest_single(&[35.0], 0, &scope(), &never), None);
        assert_eq!(smallest_joint(&[35.0], &[scope()], &never), None);
        // A narrow range needs more digits.
        let narrow = |at: &[f64]| vec![at[0] - 40.44, 40.46 - at[0]];
        let found = smallest_single(&[40.0], 0, &scope(), &narrow);
        assert!(
            found.is_none_or(|x| (40.44..40.46).contains(&x)),
            "{found:?}"
        );
    }

    #[test]
    fn the_joint_change_is_the_shortest_way_into_a_cell() {
        for seed in 0..200 {
            let mut rng = Rng::new(seed);
            let mut number = || 20.0 * rng.uniform() - 10.0;
            let centres: Vec<[f64; 2]> = (0..5).map(|_| [number(), number()]).collect();
            let at = [number(), number()];
            let margins = |at: &[f64]| -> Vec<f64> {
                let own = squared_euclidean(at, &centres[0]);
                let others = centres[1..].iter();
                others.map(|it| squared_euclidean(at, it) - own).collect()
            };
            let scopes = [scope(), scope()];
            let Some(found) = smallest_joint(&at, &scopes, &margins) else {
                assert!(margins(&at).iter().all(|&margin| margin > 0.0), "{seed}");
                continue;
            };
            assert!(margins(&found).iter().all(|&margin| margin > 0.0), "{seed}");
            let way = squared_euclidean(&at, &found).sqrt();
            // Every direction, in small steps.
            let (mut shortest, mut reach) = (f64::INFINITY, 0.0);
            while reach < 40.0 && shortest.is_infinite() {
                reach += 0.02;
                for i in 0..360 {
                    let (cos, sin) = crate::numeric::point_at(f64::from(i) / 360.0);
                    let tried = [at[0] + reach * cos, at[1] + reach * sin];
                    if margins(&tried).iter().all(|&margin| margin > 0.0) {
                        shortest = reach;
                    }
                }
            }
            assert!(way <= shortest + 0.15, "{seed}: {way} {shortest}");
            for which in 0..2 {
                if let Some(value) = smallest_single(&at, which, &scopes[which], &margins) {
                    assert!(margins(&with(&at, which, value)).iter().all(|&m| m > 0.0));
                    assert!((value - at[which]).abs() + 0.15 >= way, "{seed}");
                }
            }
        }
    }
}
