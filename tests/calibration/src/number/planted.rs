//! Planted groups: normal, each far enough from the others.

use seamline::numeric::{Matrix, Rng, point_at};

/// Planted groups.
pub(super) struct Planted {
    pub(super) rows: Matrix,
    pub(super) n_groups: usize,
}

impl Planted {
    pub(super) fn draw(seed: u64) -> Self {
        let mut rng = Rng::new(seed.wrapping_mul(7_013) + 5);
        let (n_groups, d) = (2 + rng.below(9), 2 + rng.below(4));
        let apart = 3.0 + 3.0 * rng.uniform();
        let shape = rng.below(3);
        let groups: Vec<Group> = (0..n_groups)
            .map(|_| Group::draw(shape, d, &mut rng))
            .collect();
        let centres = centres(&groups, apart, &mut rng);
        let mut rows = Matrix::with_features(d);
        for (group, centre) in groups.iter().zip(&centres) {
            for _ in 0..20 + rng.below(181) {
                let values: Vec<f64> = (0..d).map(|_| rng.normal()).collect();
                let at = centre.iter().zip(&group.axes);
                rows.push_row(at.map(|(c, axis)| c + dot(axis, &values)));
            }
        }
        Self { rows, n_groups }
    }
}

/// A normal distribution: its values are these axes times independent ones.
struct Group {
    axes: Vec<Vec<f64>>,
}

impl Group {
    /// A sphere (0), or an ellipse with deviations of 0.6 to 1.4 along the axes (1) or turned (2).
    fn draw(shape: usize, d: usize, rng: &mut Rng) -> Self {
        let mut axes = vec![vec![0.0; d]; d];
        for (i, axis) in axes.iter_mut().enumerate() {
            axis[i] = if shape == 0 {
                1.0
            } else {
                0.6 + 0.8 * rng.uniform()
            };
        }
        let pairs = (0..d).flat_map(|i| (i + 1..d).map(move |j| (i, j)));
        for (i, j) in pairs.filter(|_| shape == 2) {
            let (cos, sin) = point_at(rng.uniform());
            for column in 0..d {
                let (x, y) = (axes[i][column], axes[j][column]);
                axes[i][column] = cos * x - sin * y;
                axes[j][column] = sin * x + cos * y;
            }
        }
        Self { axes }
    }

    /// Standard deviation along a direction of length 1.
    fn deviation(&self, direction: &[f64]) -> f64 {
        let columns = 0..direction.len();
        let along = columns.map(|column| {
            let terms = self.axes.iter().zip(direction);
            terms.map(|(axis, x)| axis[column] * x).sum::<f64>()
        });
        along.map(|x| x * x).sum::<f64>().sqrt()
    }
}

/// Centres of groups: each beside one drawn at random, in a random direction, and no two too near.
fn centres(groups: &[Group], apart: f64, rng: &mut Rng) -> Vec<Vec<f64>> {
    let d = groups.first().map_or(0, |group| group.axes.len());
    let mut centres = vec![vec![0.0; d]];
    while centres.len() < groups.len() {
        let (beside, next) = (rng.below(centres.len()), centres.len());
        let direction: Vec<f64> = (0..d).map(|_| rng.normal()).collect();
        let direction = scaled(&direction);
        let mean_deviation = |of: usize, direction: &[f64]| {
            f64::midpoint(
                groups[of].deviation(direction),
                groups[next].deviation(direction),
            )
        };
        let far = apart * (1.0 + 0.3 * rng.uniform()) * mean_deviation(beside, &direction);
        let centre = centres[beside].iter().zip(&direction);
        let centre: Vec<f64> = centre.map(|(c, x)| c + far * x).collect();
        let is_free = centres.iter().enumerate().all(|(of, other)| {
            let between: Vec<f64> = centre.iter().zip(other).map(|(a, b)| a - b).collect();
            let distance = dot(&between, &between).sqrt();
            distance >= apart * mean_deviation(of, &scaled(&between))
        });
        if is_free {
            centres.push(centre);
        }
    }
    centres
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn scaled(vector: &[f64]) -> Vec<f64> {
    let length = dot(vector, vector).sqrt();
    vector.iter().map(|x| x / length).collect()
}
