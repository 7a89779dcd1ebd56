//! The nearest point where one margin of degree two is 0: one equation for one multiplier (Vardakas, Karra, Pitoura & Likas 2025,
//! arXiv 2501.10234, for two Gaussian components; for two centres it is the distance to their half-space).
//!
//! ```text
//! q(z) = c + b . z + z . H z / 2  with  c < 0        min |z|^2  subject to  q(z) = 0
//! z(l) = l (I - l H)^-1 b,  in the axes of H:  z_i = l b_i / (1 - l h_i)        q(z(l)) = 0,  l from 0 to 1 / the largest h_i
//! ```
//!
//! q(z(l)) ascends in l there, so halving finds its one root.

use crate::numeric::{Matrix, symmetric_eigen};

/// Halvings of the interval, and doublings until it has a root.
const HALVINGS: usize = 200;
const DOUBLINGS: usize = 60;

/// For each margin below 0 at the origin, the nearest point where it is 0 if it is of degree two; none where it has no such point.
pub(super) fn nearest_roots(n: usize, margins: &dyn Fn(&[f64]) -> Vec<f64>) -> Vec<Vec<f64>> {
    let unit = |moves: &[(usize, f64)]| {
        let mut z = vec![0.0; n];
        moves.iter().for_each(|&(which, by)| z[which] += by);
        margins(&z)
    };
    let here = unit(&[]);
    let ahead: Vec<Vec<f64>> = (0..n).map(|j| unit(&[(j, 1.0)])).collect();
    let back: Vec<Vec<f64>> = (0..n).map(|j| unit(&[(j, -1.0)])).collect();
    let both: Vec<Vec<f64>> = (0..n * n)
        .map(|at| match (at / n, at % n) {
            (j, k) if j < k => unit(&[(j, 1.0), (k, 1.0)]),
            _ => Vec::new(),
        })
        .collect();
    let n_margins = here.len();
    let mut all = ahead.iter().chain(&back);
    if all.any(|of| of.len() != n_margins) {
        return Vec::new();
    }
    let of_margin = |i: usize| {
        let c = here[i];
        let b: Vec<f64> = (0..n).map(|j| (ahead[j][i] - back[j][i]) / 2.0).collect();
        let mut h = Matrix::zeros(n, n);
        for j in 0..n {
            h.row_mut(j)[j] = ahead[j][i] + back[j][i] - 2.0 * c;
            for k in j + 1..n {
                let mixed = both[j * n + k].get(i)? - ahead[j][i] - ahead[k][i] + c;
                h.row_mut(j)[k] = mixed;
                h.row_mut(k)[j] = mixed;
            }
        }
        let is_known = h.rows().flatten().chain(&b).all(|x| x.is_finite());
        (c < 0.0 && is_known).then(|| nearest_root(c, &b, &h))?
    };
    (0..n_margins).filter_map(of_margin).collect()
}

fn nearest_root(c: f64, b: &[f64], h: &Matrix) -> Option<Vec<f64>> {
    let n = b.len();
    let (values, axes) = symmetric_eigen(h);
    let along: Vec<f64> = (0..n)
        .map(|i| axes.row(i).iter().zip(b).map(|(axis, b)| axis * b).sum())
        .collect();
    let place = |l: f64| -> Vec<f64> {
        let place = |i: usize| l * along[i] / (1.0 - l * values[i]);
        (0..n).map(place).collect()
    };
    let q = |l: f64| {
        let terms = place(l).into_iter().enumerate();
        c + terms
            .map(|(i, z)| along[i] * z + 0.5 * values[i] * z * z)
            .sum::<f64>()
    };
    let largest = values.iter().copied().fold(0.0, f64::max);
    let mut high = if largest > 0.0 {
        (1.0 - 1e-12) / largest
    } else {
        (1..DOUBLINGS as i32)
            .map(|power| 2_f64.powi(power))
            .find(|&l| q(l) > 0.0)?
    };
    if q(high) <= 0.0 {
        return None;
    }
    let mut low = 0.0;
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if q(middle) > 0.0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    let of_axes = place(high);
    let back = |j: usize| (0..n).map(|i| axes.row(i)[j] * of_axes[i]).sum();
    Some((0..n).map(back).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Rng, point_at};

    #[test]
    fn no_point_of_a_curve_is_nearer() {
        let mut n_compared = 0;
        for seed in 0..100 {
            let mut rng = Rng::new(seed);
            let [a, b, c, d, e] = [(); 5].map(|()| 4.0 * rng.uniform() - 2.0);
            let q = |z: &[f64]| {
                vec![
                    a * z[0] * z[0] + b * z[0] * z[1] + c * z[1] * z[1] + d * z[0] + e * z[1] - 1.0,
                ]
            };
            let found = nearest_roots(2, &q);
            // Every direction, in small steps outwards.
            let mut least = f64::INFINITY;
            for turn in 0..720 {
                let (cos, sin) = point_at(f64::from(turn) / 720.0);
                let at = |step: u32| f64::from(step) / 200.0;
                let reaches = |step: &u32| q(&[at(*step) * cos, at(*step) * sin])[0] >= 0.0;
                if let Some(step) = (0..2_000).find(reaches) {
                    least = least.min(at(step));
                }
            }
            let Some(z) = found.first() else {
                assert!(least > 9.0, "{seed}: {least}");
                continue;
            };
            n_compared += 1;
            assert!(q(z)[0].abs() < 1e-6, "{seed}");
            let length = (z[0] * z[0] + z[1] * z[1]).sqrt();
            assert!(length <= least + 1e-9, "{seed}: {length} {least}");
        }
        assert!(n_compared > 80, "{n_compared}");
    }
}
