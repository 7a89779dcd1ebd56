//! Conversion between data and pixels.

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Rect {
    /// Whether a point lies inside or on the edge.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// Whether the two overlap in some area.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// The range of data on one axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Domain {
    /// Smallest value shown.
    pub min: f64,
    /// Largest value shown; above `min`.
    pub max: f64,
}

impl Domain {
    /// The range of `values` (NaN ignored), widened by 3 % on both sides so that no mark is cut.
    pub fn around(values: impl Iterator<Item = f64>) -> Self {
        let finite = values.filter(|x| x.is_finite());
        let (min, max) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| {
            (a.min(x), b.max(x))
        });
        if min > max {
            return Self { min: 0.0, max: 1.0 };
        }
        let span = max - min;
        let pad = if span > 0.0 {
            0.03 * span
        } else {
            0.5 * min.abs().max(1.0)
        };
        Self {
            min: min - pad,
            max: max + pad,
        }
    }

    /// Fraction of the way from `min` to `max`.
    pub fn fraction(&self, value: f64) -> f64 {
        (value - self.min) / (self.max - self.min)
    }

    /// Position of `value` between `from` (at `min`) and `to` (at `max`).
    pub fn px_from_data(&self, value: f64, from: f64, to: f64) -> f64 {
        from + self.fraction(value) * (to - from)
    }

    /// The inverse.
    pub fn data_from_px(&self, px: f64, from: f64, to: f64) -> f64 {
        self.min + (px - from) / (to - from) * (self.max - self.min)
    }
}

/// The position of data in a frame: a horizontal axis, a vertical axis, and the rectangle that they span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// The part of the frame that shows data, in CSS pixels.
    pub plot: Rect,
    /// Range of the horizontal axis.
    pub x: Domain,
    /// Range of the vertical axis, which points up.
    pub y: Domain,
}

impl Viewport {
    /// Position of a pair of values in CSS pixels; NaN if one of them is.
    pub fn px_from_data(&self, x: f64, y: f64) -> (f64, f64) {
        (
            self.x.px_from_data(x, self.plot.left, self.plot.right),
            self.y.px_from_data(y, self.plot.bottom, self.plot.top),
        )
    }

    /// The inverse.
    pub fn data_from_px(&self, px: f64, py: f64) -> (f64, f64) {
        (
            self.x.data_from_px(px, self.plot.left, self.plot.right),
            self.y.data_from_px(py, self.plot.bottom, self.plot.top),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    #[test]
    fn pixels_and_data_are_inverse() {
        let domain = Domain::around([15.0, f64::NAN, 137.0].into_iter());
        let px = domain.px_from_data(79.0, 30.0, 400.0);
        assert!((domain.data_from_px(px, 30.0, 400.0) - 79.0).abs() < 1e-9);
        assert!(domain.min < 15.0 && domain.max > 137.0);
        let flat = Domain::around([5.0].into_iter());
        assert!(flat.min < 5.0 && flat.max > 5.0);
    }

    #[test]
    fn a_viewport_takes_values_to_pixels_and_back() {
        let mut rng = Rng::new(6);
        for _ in 0..500 {
            let size = 10_f64.powi(rng.below(12) as i32 - 6);
            let mut value = || size * rng.normal();
            let [x, y] = [(); 2].map(|()| Domain::around([value(), value()].into_iter()));
            let viewport = Viewport {
                plot: Rect {
                    left: 32.0,
                    top: 20.0,
                    right: 390.0,
                    bottom: 262.0,
                },
                x,
                y,
            };
            let at = (value(), value());
            let (px, py) = viewport.px_from_data(at.0, at.1);
            let back = viewport.data_from_px(px, py);
            for (found, expected, domain) in [(back.0, at.0, x), (back.1, at.1, y)] {
                let span = domain.max - domain.min + expected.abs();
                assert!(
                    (found - expected).abs() <= 1e-12 * span,
                    "{found} {expected}"
                );
            }
            // The corners of the data are those of the plot: upwards means smaller pixels.
            assert_eq!(viewport.px_from_data(x.min, y.min), (32.0, 262.0));
            let (right, top) = viewport.px_from_data(x.max, y.max);
            assert!((right - 390.0).abs() < 1e-9 && (top - 20.0).abs() < 1e-9);
        }
    }
}
