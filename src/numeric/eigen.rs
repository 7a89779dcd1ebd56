//! Eigenvalues and eigenvectors of a symmetric matrix.

use super::{Matrix, pulse};

/// Eigenvalues of a symmetric matrix, descending, and its eigenvectors as rows, by Jacobi rotations: each sets one off-diagonal
/// element to zero (Jacobi 1846; Golub & Van Loan 2013, Matrix Computations, 8.5). The largest component of each vector is positive.
/// Cost: O(n^3) per sweep, few sweeps.
pub fn symmetric_eigen(symmetric: &Matrix) -> (Vec<f64>, Matrix) {
    const SWEEPS: usize = 60;
    let n = symmetric.n_features();
    let mut a = symmetric.clone();
    let mut vectors = Matrix::zeros(n, n);
    for i in 0..n {
        vectors.row_mut(i)[i] = 1.0;
    }
    for _ in 0..SWEEPS {
        let pairs = (0..n).flat_map(|p| (p + 1..n).map(move |q| (p, q)));
        let off: f64 = pairs.map(|(p, q)| a.row(p)[q].abs()).sum();
        let on: f64 = (0..n).map(|p| a.row(p)[p].abs()).sum();
        if off <= 1e-15 * on {
            break;
        }
        for p in 0..n {
            pulse(3 * n * (n - p));
            for q in p + 1..n {
                rotate(&mut a, &mut vectors, p, q);
            }
        }
    }
    let order = super::order_by(n, &mut |i, j| a.row(j)[j].total_cmp(&a.row(i)[i]));
    let mut sorted = Matrix::with_features(n);
    for &i in &order {
        let vector = vectors.row(i as usize);
        let largest = vector
            .iter()
            .fold(0.0_f64, |max, x| if x.abs() > max.abs() { *x } else { max });
        sorted.push_row(vector.iter().map(|x| x * largest.signum()));
    }
    let values = order.iter().map(|&i| a.row(i as usize)[i as usize]);
    (values.collect(), sorted)
}

/// Rotates in the plane of two axes so that their off-diagonal element becomes zero.
fn rotate(a: &mut Matrix, vectors: &mut Matrix, p: usize, q: usize) {
    let off = a.row(p)[q];
    if off == 0.0 {
        return;
    }
    let theta = (a.row(q)[q] - a.row(p)[p]) / (2.0 * off);
    let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    let n = a.n_features();
    let turned = |x: f64, y: f64| (cosine * x - sine * y, sine * x + cosine * y);
    for k in 0..n {
        let (x, y) = turned(a.row(k)[p], a.row(k)[q]);
        let row = a.row_mut(k);
        (row[p], row[q]) = (x, y);
    }
    for k in 0..n {
        let (x, y) = turned(a.row(p)[k], a.row(q)[k]);
        a.row_mut(p)[k] = x;
        a.row_mut(q)[k] = y;
        let (x, y) = turned(vectors.row(p)[k], vectors.row(q)[k]);
        vectors.row_mut(p)[k] = x;
        vectors.row_mut(q)[k] = y;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    #[test]
    fn vectors_times_values_give_the_matrix_back() {
        let mut rng = Rng::new(8);
        for n in 1..6 {
            let mut a = Matrix::zeros(n, n);
            for i in 0..n {
                for j in 0..=i {
                    let x = rng.normal();
                    a.row_mut(i)[j] = x;
                    a.row_mut(j)[i] = x;
                }
            }
            let (values, vectors) = symmetric_eigen(&a);
            assert!(values.windows(2).all(|pair| pair[0] >= pair[1]));
            for i in 0..n {
                for j in 0..n {
                    let sum: f64 = (0..n)
                        .map(|k| vectors.row(k)[i] * values[k] * vectors.row(k)[j])
                        .sum();
                    assert!((sum - a.row(i)[j]).abs() < 1e-12, "{n}");
                    let dot: f64 = (0..n).map(|k| vectors.row(i)[k] * vectors.row(j)[k]).sum();
                    assert!((dot - f64::from(u8::from(i == j))).abs() < 1e-12);
                }
            }
        }
    }
}
