//! The nearest point where all margins are above 0, within the ranges of the attributes and without their grids.
//!
//! ```text
//! min |z|^2  subject to  m_i(a + z) > 0,  low <= a + z <= high,  z in units of each attribute
//! ```
//!
//! The margins are replaced by their tangents, the nearest point within these half-spaces is found (Hildreth 1957, Nav. Res. Logist.
//! Q. 4), and both are repeated (sequential quadratic programming, Wilson 1963); exact where margins are linear. From a point where
//! all margins are above 0 steps are halved until the way to the border is shorter, so that curved borders are followed, too. Where one
//! margin decides, `quadric` has the point.

use super::quadric::nearest_roots;
use super::search::{Search, with};

/// Bisections to the border.
const HALVINGS: usize = 60;
/// Rounds of linearisation, and passes over the half-spaces in each.
const ROUNDS: usize = 40;
const PASSES: usize = 2_000;
/// Halvings of a step that makes the way no shorter, and what counts as shorter.
const SMALLEST: usize = 10;
const SHORTER: f64 = 1.0 - 1e-12;
/// How far inside the half-spaces points are searched for: rounding may put the border itself on the wrong side.
const INSIDE: f64 = 1e-9;
/// The step of numerical slopes, in units.
const H: f64 = 1e-5;

/// What `slope . z` must reach.
struct HalfSpace {
    slope: Vec<f64>,
    bound: f64,
    square: f64,
}

impl HalfSpace {
    fn new(slope: Vec<f64>, bound: f64) -> Self {
        let square = slope.iter().map(|s| s * s).sum();
        Self {
            slope,
            bound,
            square,
        }
    }

    fn along(&self, z: &[f64]) -> f64 {
        self.slope.iter().zip(z).map(|(s, z)| s * z).sum()
    }
}

fn length(z: &[f64]) -> f64 {
    z.iter().map(|z| z * z).sum::<f64>().sqrt()
}

/// A share of the way from one point to another.
fn between(from: &[f64], to: &[f64], share: f64) -> Vec<f64> {
    let ways = from.iter().zip(to);
    ways.map(|(from, to)| share * (to - from)).collect()
}

impl Search<'_> {
    /// `point` with the attributes in `free` moved as little as possible from those of the customer; also from `starts`, as far as
    /// they move these attributes. `None` if nothing is found.
    pub(super) fn nearest(
        &self,
        point: &[f64],
        free: &[usize],
        starts: &[&[f64]],
    ) -> Option<Vec<f64>> {
        let of_free = |which: usize, z: f64| {
            let value = self.at[which] + z * self.scopes[which].unit;
            let (low, high) = self.range(which);
            value.clamp(low, high)
        };
        let place = |z: &[f64]| {
            let mut placed = point.to_vec();
            for (&which, &z) in free.iter().zip(z) {
                placed[which] = of_free(which, z);
            }
            placed
        };
        let z_of = |of: &[f64]| -> Vec<f64> {
            let z = free.iter().map(|&which| {
                let (low, high) = self.range(which);
                (of[which].clamp(low, high) - self.at[which]) / self.scopes[which].unit
            });
            z.collect()
        };
        let origin = vec![0.0; free.len()];
        if self.holds(&place(&origin)) {
            return Some(place(&origin));
        }
        let is_right = |z: &[f64]| self.holds(&place(z));
        let margins = |z: &[f64]| {
            let mut placed = point.to_vec();
            for (&which, &z) in free.iter().zip(z) {
                placed[which] = self.at[which] + z * self.scopes[which].unit;
            }
            (self.margins)(&placed)
        };
        let sides = self.sides(free);
        let mut straight = origin;
        for _ in 0..ROUNDS {
            let next = nearest_within(&straight, &sides, &margins);
            let moved = length(&between(&straight, &next, 1.0));
            straight = next;
            if moved <= 1e-9 * (1.0 + length(&straight)) {
                break;
            }
        }
        let starts = starts.iter().map(|start| z_of(start));
        let roots = nearest_roots(free.len(), &margins);
        let starts = roots.into_iter().chain([straight]).chain(starts);
        let borders = starts.filter_map(|start| to_border(start, is_right));
        let mut z = borders.min_by(|a, b| length(a).total_cmp(&length(b)))?;
        for _ in 0..ROUNDS {
            let aim = nearest_within(&z, &sides, &margins);
            let mut tried = (0..SMALLEST as i32).filter_map(|halvings| {
                let step = between(&z, &aim, 0.5_f64.powi(halvings));
                let stepped = z.iter().zip(step).map(|(z, step)| z + step);
                to_border(stepped.collect(), is_right)
            });
            let Some(next) = tried.find(|next| length(next) < SHORTER * length(&z)) else {
                break;
            };
            z = next;
        }
        Some(place(&z))
    }

    /// The smallest and largest value of an attribute, its own included.
    fn range(&self, which: usize) -> (f64, f64) {
        let (at, grid) = (self.at[which], &self.scopes[which].grid);
        let last = grid.n().saturating_sub(1);
        (at.min(grid.value(0)), at.max(grid.value(last)))
    }

    /// The ranges of some attributes as half-spaces.
    fn sides(&self, free: &[usize]) -> Vec<HalfSpace> {
        let mut sides = Vec::new();
        for (place, &which) in free.iter().enumerate() {
            let (low, high) = self.range(which);
            let z = |value: f64| (value - self.at[which]) / self.scopes[which].unit;
            let axis = |s: f64| with(&vec![0.0; free.len()], place, s);
            sides.push(HalfSpace::new(axis(1.0), z(low)));
            sides.push(HalfSpace::new(axis(-1.0), -z(high)));
        }
        sides
    }
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

/// The shortest `z` within the ranges and the half-spaces of the tangents at `z`.
fn nearest_within(
    z: &[f64],
    sides: &[HalfSpace],
    margins: &dyn Fn(&[f64]) -> Vec<f64>,
) -> Vec<f64> {
    let here = margins(z);
    let slopes: Vec<Vec<f64>> = (0..z.len())
        .map(|which| {
            let (up, down) = (
                margins(&with(z, which, z[which] + H)),
                margins(&with(z, which, z[which] - H)),
            );
            let slopes = up.iter().zip(&down).map(|(u, d)| (u - d) / (2.0 * H));
            slopes.collect()
        })
        .collect();
    // An attribute may have no margins a step further, where a logarithm ends.
    let slope = |i: usize| slopes.iter().map(move |it| it.get(i).copied());
    let tangents = here.iter().enumerate().filter_map(|(i, margin)| {
        let slope: Vec<f64> = slope(i).collect::<Option<_>>()?;
        let tangent = HalfSpace::new(slope, 0.0);
        let bound = tangent.along(z) - margin + INSIDE * tangent.square.sqrt();
        let is_known = tangent.square > 0.0 && tangent.square.is_finite() && bound.is_finite();
        is_known.then_some(HalfSpace { bound, ..tangent })
    });
    let tangents: Vec<HalfSpace> = tangents.collect();
    let within: Vec<&HalfSpace> = tangents.iter().chain(sides).collect();
    let mut x = vec![0.0; z.len()];
    let mut weights = vec![0.0_f64; within.len()];
    for _ in 0..PASSES {
        let mut largest = 0.0_f64;
        for (weight, side) in weights.iter_mut().zip(&within) {
            let next = (*weight + (side.bound - side.along(&x)) / side.square).max(0.0);
            let step = next - *weight;
            *weight = next;
            let moves = x.iter_mut().zip(&side.slope);
            moves.for_each(|(x, s)| *x += step * s);
            largest = largest.max(step.abs() * side.square.sqrt());
        }
        if largest < 1e-12 {
            break;
        }
    }
    x
}
