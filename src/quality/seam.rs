//! How far the samples of two segments lie from the seam between them, along the samples themselves.
//!
//! ```text
//! plane      the line through both centres, and the principal axis of what is left of the samples beside it
//! near       two samples, one of which is among the 10 nearest of the other in the plane
//! crossing   an edge between near samples of different segments; it meets the seam where it meets the middle of the line
//! stray      a sample most of whose 10 nearest are of the other segment: it counts for that one
//! along(x)   the shortest way from the seam to x over edges between near samples of its own segment; negative in the first one
//! ```
//!
//! The straight line through two centres sees a valley between two pieces of one ring or spiral, whose samples bend away from it.
//! Along the samples such a piece is straight: lengths of shortest ways between near samples are those on the curve (Tenenbaum, de
//! Silva & Langford 2000, Science 290, Isomap). Between separate groups the seam is crossed by one long edge, or by few. K-Means puts a
//! few samples of a wide group on the wrong side of the gap: the seam would run through that group, hence the rule for strays, which is
//! that of edited nearest neighbours (Wilson 1972, IEEE Trans. Syst. Man Cybern. 2).

use crate::numeric::{Matrix, squared_euclidean, symmetric_eigen};

/// Nearest others that are near.
const NEAR: usize = 10;

/// Signed lengths of the ways from the seam to the samples of two segments, in no order; samples from which no way leads to the seam
/// are left out. `is_second` says which segment a sample is of; both have samples.
///
/// Cost: O(n^2) time and memory.
pub(super) fn along_seam(rows: &[&[f64]], is_second: &[bool], line: &Line) -> Vec<f64> {
    let points = in_plane(rows, line);
    let n = points.len();
    let distance = |i: usize, j: usize| squared_euclidean(&points[i], &points[j]).sqrt();
    // The length of an edge from its end in `i` to the seam.
    let part = |i: usize, j: usize| {
        let (length, [own, other]) = (distance(i, j), [i, j].map(|at| points[at][0]));
        if own * other < 0.0 {
            length * own.abs() / (own.abs() + other.abs())
        } else {
            length / 2.0
        }
    };
    let nearest = nearest(n, &distance);
    let is_second = &without_strays(is_second, &nearest);
    let near = near(&nearest);
    let mut ways = vec![f64::INFINITY; n];
    let mut meet = |i: usize, j: usize| {
        ways[i] = ways[i].min(part(i, j));
        ways[j] = ways[j].min(part(j, i));
    };
    let mut is_crossed = false;
    for (i, others) in near.iter().enumerate() {
        for &j in others.iter().filter(|&&j| is_second[j] != is_second[i]) {
            meet(i, j);
            is_crossed = true;
        }
    }
    if !is_crossed {
        let pairs = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
        let pairs = pairs.filter(|&(i, j)| !is_second[i] && is_second[j]);
        let shortest = pairs.min_by(|a, b| distance(a.0, a.1).total_cmp(&distance(b.0, b.1)));
        if let Some((i, j)) = shortest {
            meet(i, j);
        }
    }
    shortest_ways(&mut ways, |i| {
        let own = near[i]
            .iter()
            .filter(move |&&j| is_second[j] == is_second[i]);
        own.map(move |&j| (j, distance(i, j)))
    });
    let signed = ways.iter().zip(is_second);
    let signed = signed.map(|(&way, &is_second)| if is_second { way } else { -way });
    signed.filter(|way| way.is_finite()).collect()
}

/// The line through two centres.
pub(super) struct Line {
    /// Halfway between the centres.
    middle: Vec<f64>,
    /// From the first to the second, of length 1; zeros for equal centres.
    direction: Vec<f64>,
}

impl Line {
    /// From one centre to another, but for the features that are left out.
    pub(super) fn between(from: &[f64], to: &[f64], left_out: Option<usize>) -> Self {
        let ends = from.iter().zip(to);
        let mut direction: Vec<f64> = ends.clone().map(|(a, b)| b - a).collect();
        if let Some(feature) = left_out {
            direction[feature] = 0.0;
        }
        let length = direction.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length > 0.0 {
            direction.iter_mut().for_each(|x| *x /= length);
        }
        Self {
            middle: ends.map(|(a, b)| f64::midpoint(*a, *b)).collect(),
            direction,
        }
    }

    /// Where a sample lies on it; 0 in the middle.
    pub(super) fn at(&self, row: &[f64]) -> f64 {
        let terms = row.iter().zip(self.middle.iter().zip(&self.direction));
        terms.map(|(x, (middle, u))| (x - middle) * u).sum()
    }
}

/// The samples on the line, and along the principal axis of what is left of them.
fn in_plane(rows: &[&[f64]], line: &Line) -> Vec<[f64; 2]> {
    let d = line.direction.len();
    let places: Vec<f64> = rows.iter().map(|row| line.at(row)).collect();
    let rest: Vec<Vec<f64>> = rows
        .iter()
        .zip(&places)
        .map(|(row, place)| {
            let terms = row.iter().zip(line.middle.iter().zip(&line.direction));
            terms
                .map(|(x, (middle, u))| x - middle - place * u)
                .collect()
        })
        .collect();
    let n = rows.len() as f64;
    let mean = |at: usize| rest.iter().map(|row| row[at]).sum::<f64>() / n;
    let means: Vec<f64> = (0..d).map(mean).collect();
    let mut covariance = Matrix::zeros(d, d);
    for i in 0..d {
        for j in 0..=i {
            let terms = rest
                .iter()
                .map(|row| (row[i] - means[i]) * (row[j] - means[j]));
            let sum: f64 = terms.sum();
            covariance.row_mut(i)[j] = sum / n;
            covariance.row_mut(j)[i] = sum / n;
        }
    }
    let (values, axes) = symmetric_eigen(&covariance);
    let longest = (0..d).max_by(|&a, &b| values[a].total_cmp(&values[b]));
    let axis = longest.map_or(&[] as &[f64], |at| axes.row(at));
    let beside = |row: &Vec<f64>| row.iter().zip(axis).map(|(x, u)| x * u).sum();
    let both = places.iter().zip(&rest);
    both.map(|(&place, row)| [place, beside(row)]).collect()
}

/// The nearest others of each.
fn nearest(n: usize, distance: &dyn Fn(usize, usize) -> f64) -> Vec<Vec<usize>> {
    let of = |i: usize| {
        let mut others: Vec<(f64, usize)> = (0..n)
            .filter(|&j| j != i)
            .map(|j| (distance(i, j), j))
            .collect();
        if others.len() > NEAR {
            let by_distance = |a: &(f64, usize), b: &(f64, usize)| {
                a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1))
            };
            others.select_nth_unstable_by(NEAR - 1, by_distance);
            others.truncate(NEAR);
        }
        others.into_iter().map(|(_, j)| j).collect()
    };
    (0..n).map(of).collect()
}

/// Who is near whom, in both directions.
fn near(nearest: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut near = nearest.to_vec();
    for (i, others) in nearest.iter().enumerate() {
        others.iter().for_each(|&j| near[j].push(i));
    }
    near
}

/// The sides, with each stray on the side of those nearest to it; as they were where that would leave a side empty.
fn without_strays(is_second: &[bool], nearest: &[Vec<usize>]) -> Vec<bool> {
    let side = |(i, others): (usize, &Vec<usize>)| {
        let across = others.iter().filter(|&&j| is_second[j] != is_second[i]);
        let is_stray = 2 * across.count() > others.len();
        is_second[i] != is_stray
    };
    let sides: Vec<bool> = nearest.iter().enumerate().map(side).collect();
    if sides.contains(&true) && sides.contains(&false) {
        sides
    } else {
        is_second.to_vec()
    }
}

/// Continues ways over edges while that makes some shorter (Dijkstra 1959, Numer. Math. 1).
fn shortest_ways<I: Iterator<Item = (usize, f64)>>(ways: &mut [f64], edges: impl Fn(usize) -> I) {
    let mut is_known = vec![false; ways.len()];
    loop {
        let open = (0..ways.len()).filter(|&i| !is_known[i] && ways[i].is_finite());
        let Some(next) = open.min_by(|&a, &b| ways[a].total_cmp(&ways[b])) else {
            return;
        };
        is_known[next] = true;
        for (other, length) in edges(next) {
            ways[other] = ways[other].min(ways[next] + length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    fn along(points: &[[f64; 2]], is_second: &[bool]) -> Vec<f64> {
        let centre = |which: bool| -> Vec<f64> {
            let own = points.iter().zip(is_second).filter(|it| *it.1 == which);
            let n = own.clone().count() as f64;
            (0..2)
                .map(|at| own.clone().map(|(point, _)| point[at]).sum::<f64>() / n)
                .collect()
        };
        let line = Line::between(&centre(false), &centre(true), None);
        let rows: Vec<&[f64]> = points.iter().map(<[f64; 2]>::as_slice).collect();
        along_seam(&rows, is_second, &line)
    }

    #[test]
    fn a_half_ring_is_straight_along_its_samples() {
        // 201 samples of a half ring of radius 1, cut in the middle: the ends are a quarter of its length away.
        let angle = |i: usize| std::f64::consts::PI * (i as f64 / 200.0);
        let points: Vec<[f64; 2]> = (0..201)
            .map(|i| [libm::cos(angle(i)), libm::sin(angle(i))])
            .collect();
        let is_second: Vec<bool> = (0..201).map(|i| i < 100).collect();
        let along = along(&points, &is_second);
        let half = std::f64::consts::FRAC_PI_2;
        for (i, way) in along.iter().enumerate() {
            assert!((way - (half - angle(i))).abs() < 0.02, "{i}: {way}");
        }
    }

    #[test]
    fn the_way_between_two_heaps_is_a_long_edge() {
        let mut rng = Rng::new(2);
        let mut points = Vec::new();
        for i in 0..100 {
            let x = if i < 60 { -5.0 } else { 5.0 };
            points.push([x + 0.5 * rng.normal(), 0.5 * rng.normal()]);
        }
        let is_second: Vec<bool> = (0..100).map(|i| i >= 60).collect();
        let along = along(&points, &is_second);
        assert_eq!(along.len(), 100);
        assert!(along.iter().all(|way| way.abs() > 2.5));
        assert_eq!(along.iter().filter(|&&way| way < 0.0).count(), 60);
    }

    #[test]
    fn a_few_on_the_wrong_side_do_not_move_the_seam() {
        // The cut runs through the wide first heap, to the side of the gap: three of its samples are called the second heap's.
        let mut rng = Rng::new(6);
        let mut points: Vec<[f64; 2]> = (0..200)
            .map(|_| [-8.0 + 2.0 * rng.normal(), 2.0 * rng.normal()])
            .collect();
        points.extend((0..50).map(|_| [5.0 + 0.5 * rng.normal(), 0.5 * rng.normal()]));
        let mut is_second: Vec<bool> = points.iter().map(|point| point[0] > 0.0).collect();
        let right = along(&points, &is_second);
        let mut by_place: Vec<usize> = (0..200).collect();
        by_place.sort_by(|&a, &b| points[b][0].total_cmp(&points[a][0]));
        by_place[..3].iter().for_each(|&at| is_second[at] = true);
        let found = along(&points, &is_second);
        let n_near = |ways: &[f64]| ways.iter().filter(|way| way.abs() < 1.0).count();
        assert_eq!([n_near(&right), n_near(&found)], [0, 0], "{found:?}");
    }

    #[test]
    fn who_lies_on_another_strand_is_left_out() {
        // Two parallel lines far from each other; the seam crosses only the first, the second belongs to one segment.
        let mut points: Vec<[f64; 2]> = (0..60).map(|i| [f64::from(i), 0.0]).collect();
        points.extend((0..40).map(|i| [f64::from(i) / 4.0, 30.0]));
        let is_second: Vec<bool> = (0..100).map(|i| (30..60).contains(&i)).collect();
        assert_eq!(along(&points, &is_second).len(), 60);
    }
}
