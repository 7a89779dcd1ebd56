//! Planted groups as files have them: in whole numbers, as answers 1 to 10, and with a few customers far from all others.

use seamline::numeric::{Matrix, Rng};

use super::planted::Planted;

/// Units of a whole number per standard deviation of a group, at least; at most twice as many.
const UNITS: f64 = 2.0;
/// The least distance between groups of answers, in their standard deviations.
const ANSWERS_APART: f64 = 4.0;

impl Planted {
    /// The same groups, every second time in whole numbers of 2 to 4 to a standard deviation, else as answers 1 to 10: 2 to 4 groups of 40
    /// to 180 customers with a deviation of 0.8 to 1.2 in 3 to 6 questions.
    pub(super) fn rounded(seed: u64) -> Self {
        let mut rng = Rng::new(seed.wrapping_mul(9_001) + 11);
        if rng.below(2) == 0 {
            return Self::answers(&mut rng);
        }
        let Self { rows, n_groups } = Self::draw(seed);
        let units = UNITS * (1.0 + rng.uniform());
        let mut whole = Matrix::with_features(rows.n_features());
        for row in rows.rows() {
            whole.push_row(row.iter().map(|x| (units * x).round()));
        }
        Self {
            rows: whole,
            n_groups,
        }
    }

    fn answers(rng: &mut Rng) -> Self {
        let (n_groups, d) = (2 + rng.below(3), 3 + rng.below(4));
        let deviation = 0.8 + 0.4 * rng.uniform();
        let mut centres: Vec<Vec<f64>> = Vec::new();
        while centres.len() < n_groups {
            let centre: Vec<f64> = (0..d).map(|_| 2.0 + 7.0 * rng.uniform()).collect();
            if nearest(&centres, &centre) >= ANSWERS_APART * deviation {
                centres.push(centre);
            }
        }
        let mut rows = Matrix::with_features(d);
        for centre in &centres {
            for _ in 0..40 + rng.below(141) {
                let mut answer = |c: &f64| (c + deviation * rng.normal()).round().clamp(1.0, 10.0);
                rows.push_row(centre.iter().map(&mut answer));
            }
        }
        Self { rows, n_groups }
    }

    /// The same groups and 1 to 5 customers, together or apart, 8 to 40 from one of them and at least 8 from all: deviations of the groups are
    /// about 1.
    pub(super) fn with_outliers(seed: u64) -> Self {
        let Self { mut rows, n_groups } = Self::draw(seed);
        let mut rng = Rng::new(seed.wrapping_mul(9_011) + 13);
        let groups: Vec<Vec<f64>> = rows.rows().map(<[f64]>::to_vec).collect();
        let are_together = rng.below(2) == 0;
        let mut place = far_from(&groups, &mut rng);
        for _ in 0..=rng.below(5) {
            rows.push_row(place.iter().map(|x| x + 0.5 * rng.normal()));
            if !are_together {
                place = far_from(&groups, &mut rng);
            }
        }
        Self { rows, n_groups }
    }
}

/// A place 8 to 40 from a customer and at least 8 from all others.
fn far_from(groups: &[Vec<f64>], rng: &mut Rng) -> Vec<f64> {
    loop {
        let from = &groups[rng.below(groups.len())];
        let direction: Vec<f64> = from.iter().map(|_| rng.normal()).collect();
        let length = direction.iter().map(|x| x * x).sum::<f64>().sqrt();
        let far = 8.0 + 32.0 * rng.uniform();
        let place = from
            .iter()
            .zip(&direction)
            .map(|(x, to)| x + far * to / length);
        let place: Vec<f64> = place.collect();
        if nearest(groups, &place) >= 8.0 {
            return place;
        }
    }
}

/// Distance to the nearest of some places; infinite if there is none.
fn nearest(places: &[Vec<f64>], from: &[f64]) -> f64 {
    let distances = places.iter().map(|place| {
        let squares = place.iter().zip(from).map(|(a, b)| (a - b).powi(2));
        squares.sum::<f64>().sqrt()
    });
    distances.fold(f64::INFINITY, f64::min)
}
