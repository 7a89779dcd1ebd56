//! The drawing surface of a chart, with lengths in CSS pixels and in device pixels.

/// The drawing surface of a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Device pixels per CSS pixel.
    pub pixel_ratio: f64,
    /// Factor on font sizes that compensates for backends: 1 for canvas, 1.24 for the SVG backend, which divides by it.
    pub text_scale: f64,
    /// How the numbers of its axes are written.
    pub numbers: NumberText,
}

/// How a number is written: what is drawn on knows the language of its readers, a chart does not.
#[derive(Clone, Copy, Debug)]
pub struct NumberText(pub fn(f64) -> String);

impl NumberText {
    /// The text of a number.
    pub(super) fn of(self, number: f64) -> String {
        self.0(number)
    }

    /// All digits in the notation of programs, but for a true minus.
    fn plain(number: f64) -> String {
        // Rounding of the positions of ticks must not show.
        let number = (number * 1e9).round() / 1e9;
        number.to_string().replace('-', "−")
    }
}

/// A page has one way to write numbers.
impl PartialEq for NumberText {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Frame {
    /// A canvas of this size, with plain numbers.
    pub fn canvas(width: f64, height: f64, pixel_ratio: f64) -> Self {
        Self {
            width,
            height,
            pixel_ratio,
            text_scale: 1.0,
            numbers: NumberText(NumberText::plain),
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
