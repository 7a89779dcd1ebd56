//! The outline of a set of points.

use crate::numeric::order_by;

/// The convex hull of points in data units, counter-clockwise (Andrew 1979, monotone chain); NaN must not occur.
pub fn hull(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let points = &near_the_edge(points);
    let order = order_by(points.len(), &mut |a, b| {
        let ((x, y), (other_x, other_y)) = (points[a], points[b]);
        x.total_cmp(&other_x).then(y.total_cmp(&other_y))
    });
    let mut points: Vec<(f64, f64)> = order.into_iter().map(|at| points[at as usize]).collect();
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let turns_left = |o, a, b| turn(o, a, b) > 0.0;
    let chain = |points: &mut dyn Iterator<Item = (f64, f64)>| {
        let mut chain: Vec<(f64, f64)> = Vec::new();
        for point in points {
            while chain.len() >= 2
                && !turns_left(chain[chain.len() - 2], chain[chain.len() - 1], point)
            {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut lower = chain(&mut points.iter().copied());
    lower.extend(chain(&mut points.iter().rev().copied()));
    lower
}

/// Twice the area of the triangle of three points: positive where they turn left.
fn turn(o: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - o.0) * (b.1 - o.1) - (a.1 - o.1) * (b.0 - o.0)
}

/// Removes most points that are not corners of the hull: those inside the four outermost points (Akl & Toussaint 1978, Inf.
/// Process. Lett. 7). Of many points, few are left to sort.
fn near_the_edge(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let Some(&first) = points.first() else {
        return Vec::new();
    };
    // Lowest, rightmost, highest, leftmost: counter-clockwise.
    let mut outermost = [first; 4];
    for &point in points {
        let is_farther = [
            point.1 < outermost[0].1,
            point.0 > outermost[1].0,
            point.1 > outermost[2].1,
            point.0 < outermost[3].0,
        ];
        for (outermost, _) in outermost.iter_mut().zip(is_farther).filter(|(_, is)| *is) {
            *outermost = point;
        }
    }
    let [low, right, high, left] = outermost;
    let sides = [(low, right), (right, high), (high, left), (left, low)];
    let is_inside =
        |&point: &(f64, f64)| sides.iter().all(|&(from, to)| turn(from, to, point) > 0.0);
    let outside = points.iter().filter(|point| !is_inside(point));
    outside.copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    /// The definition: a point is a corner if all others lie strictly within half a turn around it.
    fn is_corner(points: &[(f64, f64)], at: (f64, f64)) -> bool {
        let others = || points.iter().filter(move |point| **point != at);
        others().any(|&next| {
            others().all(|&other| {
                let turn = turn(at, next, other);
                let (ahead, far) = (
                    (next.0 - at.0, next.1 - at.1),
                    (other.0 - at.0, other.1 - at.1),
                );
                turn > 0.0 || turn == 0.0 && ahead.0 * far.0 + ahead.1 * far.1 > 0.0
            })
        })
    }

    #[test]
    fn corners_are_those_of_the_definition() {
        let mut rng = Rng::new(8);
        for n in [1, 3, 20, 300] {
            for is_grid in [false, true] {
                let points: Vec<(f64, f64)> = (0..n)
                    .map(|_| {
                        let (x, y) = (3.0 * rng.normal(), 2.0 * rng.normal());
                        if is_grid {
                            (x.round(), y.round())
                        } else {
                            (x, y)
                        }
                    })
                    .collect();
                let mut expected: Vec<_> = points.clone();
                expected.retain(|&point| n == 1 || is_corner(&points, point));
                let by_place =
                    |a: &(f64, f64), b: &(f64, f64)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
                expected.sort_by(by_place);
                expected.dedup();
                let mut found = hull(&points);
                found.sort_by(by_place);
                assert_eq!(found, expected, "{n} {is_grid}");
            }
        }
    }

    #[test]
    fn a_hull_holds_its_corners_only() {
        let square = [
            (0.0, 0.0),
            (2.0, 0.0),
            (2.0, 2.0),
            (0.0, 2.0),
            (1.0, 1.0),
            (1.0, 0.0),
        ];
        assert_eq!(
            hull(&square),
            [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]
        );
    }
}
