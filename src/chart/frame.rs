//! Where a chart is drawn: lengths, device pixels and the way between data and pixels.

/// The drawing surface of a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Device pixels per CSS pixel.
    pub pixel_ratio: f64,
    /// Factor on font sizes that evens out backends: 1 for canvas, 1.24 for the SVG backend, which divides by it.
    pub text_scale: f64,
}

impl Frame {
    /// A canvas of that size.
    pub fn canvas(width: f64, height: f64, pixel_ratio: f64) -> Self {
        Self {
            width,
            height,
            pixel_ratio,
            text_scale: 1.0,
        }
    }

    /// Size in device pixels.
    pub fn size_px(&self) -> (u32, u32) {
        (
            self.px(self.width).max(1) as u32,
            self.px(self.height).max(1) as u32,
        )
    }

    /// A length in whole device pixels.
    pub fn px(&self, length: f64) -> i32 {
        (length * self.pixel_ratio).round() as i32
    }
}

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

    /// Whether the two share some area.
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

    /// Position of `value` between `from` (at `min`) and `to` (at `max`).
    pub fn px_from_data(&self, value: f64, from: f64, to: f64) -> f64 {
        from + (value - self.min) / (self.max - self.min) * (to - from)
    }

    /// The way back.
    pub fn data_from_px(&self, px: f64, from: f64, to: f64) -> f64 {
        self.min + (px - from) / (to - from) * (self.max - self.min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_and_data_are_inverse() {
        let domain = Domain::around([15.0, f64::NAN, 137.0].into_iter());
        let px = domain.px_from_data(79.0, 30.0, 400.0);
        assert!((domain.data_from_px(px, 30.0, 400.0) - 79.0).abs() < 1e-9);
        assert!(domain.min < 15.0 && domain.max > 137.0);
        let flat = Domain::around([5.0].into_iter());
        assert!(flat.min < 5.0 && flat.max > 5.0);
    }
}
