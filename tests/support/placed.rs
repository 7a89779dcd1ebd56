//! Where models place a point, computed from a report alone.

use seamline::cluster::ModelKey;
use seamline::export::Report;

/// The nearest centre of K-Means; spreads are those of the features.
pub fn nearest(report: &Report, point: &[f64], spreads: &[f64]) -> usize {
    let apart = |centre: &Vec<f64>| -> f64 {
        let differences = centre.iter().zip(point).zip(spreads);
        differences.map(|((c, x), s)| ((c - x) / s).powi(2)).sum()
    };
    let centres = &report.models[&ModelKey::K_MEANS].centroids_raw;
    (0..centres.len())
        .filter(|&at| !centres[at].is_empty())
        .min_by(|&a, &b| apart(&centres[a]).total_cmp(&apart(&centres[b])))
        .unwrap()
}

/// The most probable component, by solving with the covariance.
pub fn most_probable(report: &Report, point: &[f64]) -> usize {
    let mixture = report.models[&ModelKey::GAUSSIAN_MIXTURE]
        .mixture
        .as_ref()
        .unwrap();
    let share = |k: usize| {
        let d = point.len();
        let mut rows: Vec<Vec<f64>> = mixture.covariances_raw[k]
            .rows()
            .map(<[f64]>::to_vec)
            .collect();
        let apart: Vec<f64> = point
            .iter()
            .zip(mixture.means_raw.row(k))
            .map(|(x, m)| x - m)
            .collect();
        for (row, x) in rows.iter_mut().zip(&apart) {
            row.push(*x);
        }
        // Gaussian elimination, which gives the determinant too.
        let mut log_det = 0.0;
        for i in 0..d {
            log_det += rows[i][i].ln();
            for j in i + 1..d {
                let factor = rows[j][i] / rows[i][i];
                for l in i..=d {
                    rows[j][l] -= factor * rows[i][l];
                }
            }
        }
        let mut solved = vec![0.0; d];
        for i in (0..d).rev() {
            let rest: f64 = (i + 1..d).map(|l| rows[i][l] * solved[l]).sum();
            solved[i] = (rows[i][d] - rest) / rows[i][i];
        }
        let quadratic: f64 = solved.iter().zip(&apart).map(|(s, x)| s * x).sum();
        mixture.weights[k].ln() - 0.5 * (log_det + quadratic)
    };
    (0..mixture.weights.len())
        .max_by(|&a, &b| share(a).total_cmp(&share(b)))
        .map(|at| mixture.segments[at] as usize)
        .unwrap()
}
