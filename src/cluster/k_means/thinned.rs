//! A part of the samples to screen runs on.

use super::screen::Screen;
use crate::cluster::Samples;

/// About `n` samples at even steps along the curve, each as likely as its weight.
pub(super) fn thinned(samples: &Samples, n: usize) -> Screen {
    let step = samples.n_samples() as f64 / n as f64;
    let mut passed = 0.0;
    let mut next = step / 2.0;
    let mut chosen = Vec::with_capacity(n);
    for &i in &samples.along_curve {
        passed += samples.weights[i as usize];
        while next < passed {
            chosen.push(i);
            next += step;
        }
    }
    Screen::of_part(&samples.columns, chosen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::{Matrix, Rng};

    #[test]
    fn a_thinned_screen_takes_samples_by_their_weight() {
        let mut rng = Rng::new(9);
        let mut matrix = Matrix::with_features(1);
        (0..1000).for_each(|i| matrix.push_row([6.0 * f64::from(i % 3) + rng.normal()]));
        let samples = Samples::new(&matrix).unwrap();
        let screen = thinned(&samples, 100);
        let chosen = screen.chosen().unwrap();
        assert_eq!(chosen.len(), 100);
        // Of one feature: ten apart in the order of its values, which the curve follows.
        assert!(chosen.windows(2).all(|pair| pair[1] - pair[0] == 10));
    }
}
