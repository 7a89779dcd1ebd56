//! All points of a scatter plot as one image: each mark is a small mask, computed once and stamped at its points.

use super::{Frame, Rgb, Shape};

/// How a point is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointMark {
    /// Not at all.
    Hidden,
    /// As a small grey dot: filtered out.
    Context,
    /// At 16 % opacity: not selected.
    Faded,
    /// Fully.
    Full,
}

/// The points to draw. All slices have one entry per point.
#[derive(Clone, Copy, Debug)]
pub struct Points<'a> {
    /// Position in CSS pixels, left to right.
    pub x: &'a [f32],
    /// Position in CSS pixels, top to bottom.
    pub y: &'a [f32],
    /// Index into `shapes` and `colours`, taken modulo their length.
    pub segment: &'a [u32],
    /// How each point is shown.
    pub mark: &'a [PointMark],
    /// Whether the point has a ring.
    pub ring: &'a [bool],
    /// Shape per segment.
    pub shapes: &'a [Shape],
    /// Colour per segment.
    pub colours: &'a [Rgb],
    /// Colour of the outline.
    pub paper: Rgb,
    /// Colour of rings.
    pub ink: Rgb,
    /// Colour of filtered points.
    pub context: Rgb,
    /// Radius in CSS pixels.
    pub radius: f64,
}

impl Points<'_> {
    /// Centre of a point in device pixels.
    fn centre(&self, i: usize, ratio: f64) -> (i32, i32) {
        // Rounding up from a half is one instruction, rounding away from zero is not.
        let px = |position: f32| (f64::from(position) * ratio + 0.5).floor() as i32;
        (px(self.x[i]), px(self.y[i]))
    }
}

/// The pixels covered by a mark, relative to its centre.
struct Mask {
    reach: i32,
    pixels: Vec<Pixel>,
}

/// A pixel of a mask: its position relative to the centre, and its coverage in `(0, 1]`.
struct Pixel {
    x: i32,
    y: i32,
    coverage: f32,
}

/// With more rings than this, they are thin, tight and without a halo.
const CROWD: usize = 40;

/// Samples per pixel and axis.
const SUPERSAMPLES: i32 = 4;

impl Mask {
    /// Renders `inside` (in device pixels around the centre) up to `radius`.
    fn new(radius: f64, inside: impl Fn(f64, f64) -> bool) -> Self {
        let reach = radius.ceil() as i32 + 1;
        let offset = |sample: i32| (f64::from(sample) + 0.5) / f64::from(SUPERSAMPLES) - 0.5;
        let samples = || (0..SUPERSAMPLES).flat_map(|j| (0..SUPERSAMPLES).map(move |i| (i, j)));
        let mut pixels = Vec::new();
        for (x, y) in (-reach..=reach).flat_map(|y| (-reach..=reach).map(move |x| (x, y))) {
            let hits = samples()
                .filter(|&(i, j)| inside(f64::from(x) + offset(i), f64::from(y) + offset(j)))
                .count();
            if hits > 0 {
                pixels.push(Pixel {
                    x,
                    y,
                    coverage: hits as f32 / (SUPERSAMPLES * SUPERSAMPLES) as f32,
                });
            }
        }
        Self { reach, pixels }
    }

    /// The part of it that is visible around a mask on top.
    fn around(mut self, top: &Self) -> Self {
        let hides = |pixel: &Pixel, over: &Pixel| {
            (over.x, over.y) == (pixel.x, pixel.y) && over.coverage >= 1.0
        };
        self.pixels
            .retain(|pixel| !top.pixels.iter().any(|over| hides(pixel, over)));
        self
    }
}

/// An image in straight RGBA, four bytes per pixel, drawn from front to back: covered pixels are not touched again, and with many
/// points most are covered.
struct Image {
    width: i32,
    height: i32,
    bytes: Vec<u8>,
}

impl Image {
    /// Draws a mask behind everything there.
    #[inline(never)]
    fn stamp(&mut self, mask: &Mask, (x, y): (i32, i32), colour: Rgb, opacity: f32) {
        let (width, height) = (self.width, self.height);
        let fits = |at: i32, size: i32| at >= mask.reach && at + mask.reach < size;
        let fits = fits(x, width) && fits(y, height);
        let (pixels, _) = self.bytes.as_chunks_mut::<4>();
        for pixel in &mask.pixels {
            let (x, y) = (x + pixel.x, y + pixel.y);
            if (fits || ((0..width).contains(&x) && (0..height).contains(&y)))
                && let Some(front) = pixels.get_mut((y * width + x) as usize)
                && front[3] < 255
            {
                put_behind(front, colour, pixel.coverage * opacity);
            }
        }
    }
}

/// Draws a colour behind a pixel (Porter & Duff 1984, "over" with the pixel above), straight alpha.
fn put_behind(front: &mut [u8; 4], [r, g, b]: Rgb, alpha: f32) {
    if front[3] == 0 {
        *front = [r, g, b, (alpha * 255.0 + 0.5) as u8];
        return;
    }
    let above = f32::from(front[3]) / 255.0;
    let below = alpha * (1.0 - above);
    let total = above + below;
    for (channel, new) in front.iter_mut().zip([r, g, b]) {
        *channel = ((f32::from(*channel) * above + f32::from(new) * below) / total + 0.5) as u8;
    }
    front[3] = (total * 255.0 + 0.5) as u8;
}

/// Draws all points: context at the back, then faded, then full ones, later points in front, and rings in front of all. Returns
/// straight RGBA in the frame's size in device pixels.
pub fn rasterise(frame: &Frame, points: &Points) -> Vec<u8> {
    let (width, height) = frame.size_px();
    let mut image = Image {
        width: width as i32,
        height: height as i32,
        bytes: vec![0; (width * height * 4) as usize],
    };
    if points.shapes.is_empty() || points.colours.is_empty() {
        return image.bytes;
    }
    draw_rings(&mut image, frame.pixel_ratio, points);
    draw_marks(&mut image, frame.pixel_ratio, points);
    image.bytes
}

/// Rings are drawn first, in front, so that no mark hides them; all lines before the first halo, so that no halo cuts a ring.
fn draw_rings(image: &mut Image, ratio: f64, points: &Points) {
    let ringed = || (0..points.mark.len()).rev().filter(|&i| points.ring[i]);
    // Many rings would hide the marks inside.
    let is_crowded = ringed().count() > CROWD;
    let (gap, width) = if is_crowded { (2.2, 1.0) } else { (3.4, 1.5) };
    let distance = (points.radius + gap) * ratio;
    let annulus = |width: f64| {
        Mask::new(distance + width, |x, y| {
            (x.hypot(y) - distance).abs() <= width / 2.0
        })
    };
    let (halo, line) = (annulus(4.2 * ratio), annulus(width * ratio));
    for i in ringed() {
        let opacity = match points.mark[i] {
            PointMark::Full => 1.0,
            PointMark::Faded => 0.22,
            PointMark::Hidden | PointMark::Context => continue,
        };
        image.stamp(&line, points.centre(i, ratio), points.ink, opacity);
    }
    for i in ringed().filter(|&i| !is_crowded && points.mark[i] == PointMark::Full) {
        image.stamp(&halo, points.centre(i, ratio), points.paper, 0.85);
    }
}

fn draw_marks(image: &mut Image, ratio: f64, points: &Points) {
    let radius = points.radius * ratio;
    let dot = Mask::new(1.6 * ratio, |x, y| x.hypot(y) <= 1.6 * ratio);
    let masks: Vec<(Mask, Mask)> = points
        .shapes
        .iter()
        .map(|shape| {
            let grown = radius + 0.8 * ratio;
            let inner = Mask::new(1.4 * radius, |x, y| shape.contains(x, y, radius));
            let outer = Mask::new(1.4 * grown, |x, y| shape.contains(x, y, grown));
            (outer.around(&inner), inner)
        })
        .collect();
    for layer in [PointMark::Full, PointMark::Faded, PointMark::Context] {
        for (i, &mark) in points.mark.iter().enumerate().rev() {
            if mark != layer {
                continue;
            }
            let centre = points.centre(i, ratio);
            let segment = points.segment[i] as usize;
            let (outline, inner) = &masks[segment % masks.len()];
            let colour = points.colours[segment % points.colours.len()];
            match mark {
                PointMark::Full => {
                    image.stamp(inner, centre, colour, 1.0);
                    image.stamp(outline, centre, points.paper, 1.0);
                }
                PointMark::Faded => image.stamp(inner, centre, colour, 0.16),
                PointMark::Context => image.stamp(&dot, centre, points.context, 1.0),
                PointMark::Hidden => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Theme, segment_colour, segment_shape};
    use crate::numeric::Rng;

    /// The definition: premultiplied RGBA in `[0, 1]`, drawn from back to front.
    struct Slow {
        size: (i32, i32),
        pixels: Vec<[f64; 4]>,
    }

    impl Slow {
        fn stamp(&mut self, mask: &Mask, (x, y): (i32, i32), [r, g, b]: Rgb, opacity: f64) {
            let (width, height) = self.size;
            for pixel in &mask.pixels {
                let (x, y) = (x + pixel.x, y + pixel.y);
                if (0..width).contains(&x) && (0..height).contains(&y) {
                    let alpha = f64::from(pixel.coverage) * opacity;
                    let new = [r, g, b, 255].map(|channel| f64::from(channel) / 255.0 * alpha);
                    let below = &mut self.pixels[(y * width + x) as usize];
                    *below = std::array::from_fn(|i| new[i] + below[i] * (1.0 - alpha));
                }
            }
        }

        fn draw(frame: &Frame, points: &Points) -> Self {
            let (width, height) = frame.size_px();
            let mut image = Self {
                size: (width as i32, height as i32),
                pixels: vec![[0.0; 4]; (width * height) as usize],
            };
            let ratio = frame.pixel_ratio;
            let (radius, n) = (points.radius * ratio, points.mark.len());
            let all_with = |mark: PointMark| (0..n).filter(move |&i| points.mark[i] == mark);
            let centre = |i: usize| points.centre(i, ratio);
            let of_shape = |i: usize, radius: f64| {
                let shape = &points.shapes[points.segment[i] as usize];
                Mask::new(1.4 * radius, |x, y| shape.contains(x, y, radius))
            };
            let colour = |i: usize| points.colours[points.segment[i] as usize];
            let dot = Mask::new(1.6 * ratio, |x, y| x.hypot(y) <= 1.6 * ratio);
            for i in all_with(PointMark::Context) {
                image.stamp(&dot, centre(i), points.context, 1.0);
            }
            for i in all_with(PointMark::Faded) {
                image.stamp(&of_shape(i, radius), centre(i), colour(i), 0.16);
            }
            for i in all_with(PointMark::Full) {
                let outer = of_shape(i, radius + 0.8 * ratio);
                image.stamp(&outer, centre(i), points.paper, 1.0);
                image.stamp(&of_shape(i, radius), centre(i), colour(i), 1.0);
            }
            let is_crowded = points.ring.iter().filter(|is| **is).count() > CROWD;
            let (gap, width) = if is_crowded { (2.2, 1.0) } else { (3.4, 1.5) };
            let distance = radius + gap * ratio;
            let annulus = |width: f64| {
                let is_in = |x: f64, y: f64| (x.hypot(y) - distance).abs() <= width / 2.0;
                Mask::new(distance + width, is_in)
            };
            let (halo, line) = (annulus(4.2 * ratio), annulus(width * ratio));
            for i in all_with(PointMark::Full).filter(|&i| points.ring[i] && !is_crowded) {
                image.stamp(&halo, centre(i), points.paper, 0.85);
            }
            for i in (0..n).filter(|&i| points.ring[i]) {
                match points.mark[i] {
                    PointMark::Full => image.stamp(&line, centre(i), points.ink, 1.0),
                    PointMark::Faded => image.stamp(&line, centre(i), points.ink, 0.22),
                    PointMark::Hidden | PointMark::Context => {}
                }
            }
            image
        }
    }

    #[test]
    fn an_image_from_the_front_is_that_from_the_back() {
        let shapes: Vec<Shape> = (0..4).map(segment_shape).collect();
        let theme = Theme::LIGHT;
        let colours: Vec<Rgb> = (0..4)
            .map(|segment| segment_colour(segment, &theme))
            .collect();
        let mut rng = Rng::new(5);
        for (n, ratio) in [(12, 1.0), (90, 1.0), (400, 2.0), (400, 1.25)] {
            let frame = Frame::canvas(60.0, 40.0, ratio);
            // Some are outside the edges.
            let mut positions =
                |size: f64| -> Vec<f32> { (0..n).map(|_| (rng.uniform() * size) as f32).collect() };
            let (x, y) = (positions(62.0), positions(42.0));
            let marks = [
                PointMark::Hidden,
                PointMark::Context,
                PointMark::Faded,
                PointMark::Full,
            ];
            let points = Points {
                x: &x,
                y: &y,
                segment: &(0..n).map(|_| rng.below(4) as u32).collect::<Vec<_>>(),
                mark: &(0..n).map(|_| marks[rng.below(4)]).collect::<Vec<_>>(),
                ring: &(0..n).map(|_| rng.below(3) == 0).collect::<Vec<_>>(),
                shapes: &shapes,
                colours: &colours,
                paper: theme.paper,
                ink: theme.ink,
                context: theme.null,
                radius: 2.0,
            };
            let expected = Slow::draw(&frame, &points);
            let image = rasterise(&frame, &points);
            let (pixels, _) = image.as_chunks::<4>();
            for (at, (pixel, expected)) in pixels.iter().zip(&expected.pixels).enumerate() {
                let alpha = f64::from(pixel[3]) / 255.0;
                for (channel, expected) in pixel.iter().zip(expected).take(3) {
                    let found = f64::from(*channel) / 255.0 * alpha;
                    // Each of a few layers is rounded to 8 bits.
                    assert!((found - expected).abs() < 3.0 / 255.0, "{n}, {ratio}: {at}");
                }
                assert!((alpha - expected[3]).abs() < 3.0 / 255.0, "{n}: {at}");
            }
        }
    }

    #[test]
    fn a_point_lies_where_it_should_and_hidden_ones_do_not_show() {
        let frame = Frame::canvas(40.0, 20.0, 2.0);
        let shapes: Vec<Shape> = (0..2).map(segment_shape).collect();
        let colours: Vec<Rgb> = (0..2)
            .map(|segment| segment_colour(segment, &Theme::LIGHT))
            .collect();
        let points = Points {
            x: &[10.0, 30.0],
            y: &[10.0, 10.0],
            segment: &[0, 1],
            mark: &[PointMark::Full, PointMark::Hidden],
            ring: &[true, true],
            shapes: &shapes,
            colours: &colours,
            paper: Theme::LIGHT.paper,
            ink: Theme::LIGHT.ink,
            context: Theme::LIGHT.null,
            radius: 3.3,
        };
        let image = rasterise(&frame, &points);
        let pixel = |x: usize, y: usize| &image[(y * 80 + x) * 4..(y * 80 + x) * 4 + 4];
        assert_eq!(pixel(20, 20), [0x14, 0x5D, 0xA2, 255]);
        assert_eq!(pixel(60, 20)[3], 0);
        assert_eq!(pixel(0, 0)[3], 0);
    }
}
