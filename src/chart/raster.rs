//! All points of a scatter plot as one image: each mark is a small mask computed once and stamped where points are.

use super::{Frame, Rgb, Shape};

/// How a point is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointMark {
    /// Not at all.
    Hidden,
    /// A small grey dot: filtered out.
    Context,
    /// At 16 %: not selected.
    Faded,
    /// In full.
    Full,
}

/// What to draw. All slices have one entry per point.
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
    /// Whether a ring stands around the point.
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
        let px = |position: f32| (f64::from(position) * ratio).round() as i32;
        (px(self.x[i]), px(self.y[i]))
    }
}

/// The pixels that a mark covers, around its centre.
struct Mask {
    reach: i32,
    pixels: Vec<Pixel>,
}

/// A pixel of a mask: its place relative to the centre and how much of it is covered, in `(0, 1]`.
struct Pixel {
    x: i32,
    y: i32,
    coverage: f32,
}

/// Above this many rings they are thin, tight and without a halo.
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
}

/// An image of straight RGBA, four bytes a pixel.
struct Image {
    width: i32,
    height: i32,
    bytes: Vec<u8>,
}

impl Image {
    #[inline(never)]
    fn stamp(&mut self, mask: &Mask, x: i32, y: i32, colour: Rgb, opacity: f32) {
        let fits = |at: i32, size: i32| at >= mask.reach && at + mask.reach < size;
        let fits = fits(x, self.width) && fits(y, self.height);
        for pixel in &mask.pixels {
            let (x, y) = (x + pixel.x, y + pixel.y);
            if fits || ((0..self.width).contains(&x) && (0..self.height).contains(&y)) {
                let at = (y * self.width + x) as usize * 4;
                if let Some(bytes) = self.bytes[at..].first_chunk_mut() {
                    blend(bytes, colour, pixel.coverage * opacity);
                }
            }
        }
    }
}

/// Puts a colour over a pixel (Porter & Duff 1984, "over"), straight alpha.
fn blend(pixel: &mut [u8; 4], [r, g, b]: Rgb, alpha: f32) {
    if alpha >= 1.0 || pixel[3] == 0 {
        *pixel = [r, g, b, (alpha * 255.0 + 0.5) as u8];
        return;
    }
    let below = f32::from(pixel[3]) / 255.0 * (1.0 - alpha);
    let total = alpha + below;
    for (channel, new) in pixel.iter_mut().zip([r, g, b]) {
        *channel = ((f32::from(new) * alpha + f32::from(*channel) * below) / total + 0.5) as u8;
    }
    pixel[3] = (total * 255.0 + 0.5) as u8;
}

/// Draws all points: context first, then faded, then full ones. Returns straight RGBA of the frame's size in device pixels.
pub fn rasterise(frame: &Frame, points: &Points) -> Vec<u8> {
    let (width, height) = frame.size_px();
    let mut image = Image {
        width: width as i32,
        height: height as i32,
        bytes: vec![0; (width * height * 4) as usize],
    };
    let ratio = frame.pixel_ratio;
    let radius = points.radius * ratio;
    let outline = 0.8 * ratio;
    let dot = Mask::new(1.6 * ratio, |x, y| x.hypot(y) <= 1.6 * ratio);
    let masks: Vec<(Mask, Mask)> = points
        .shapes
        .iter()
        .map(|shape| {
            let grown = radius + outline;
            (
                Mask::new(1.4 * grown, |x, y| shape.contains(x, y, grown)),
                Mask::new(1.4 * radius, |x, y| shape.contains(x, y, radius)),
            )
        })
        .collect();
    if masks.is_empty() || points.colours.is_empty() {
        return image.bytes;
    }
    for layer in [PointMark::Context, PointMark::Faded, PointMark::Full] {
        for (i, &mark) in points.mark.iter().enumerate() {
            if mark != layer {
                continue;
            }
            let (x, y) = points.centre(i, ratio);
            if mark == PointMark::Context {
                image.stamp(&dot, x, y, points.context, 1.0);
                continue;
            }
            let segment = points.segment[i] as usize;
            let (outer, inner) = &masks[segment % masks.len()];
            let colour = points.colours[segment % points.colours.len()];
            if mark == PointMark::Faded {
                image.stamp(inner, x, y, colour, 0.16);
            } else {
                image.stamp(outer, x, y, points.paper, 1.0);
                image.stamp(inner, x, y, colour, 1.0);
            }
        }
    }
    // Rings last, so that no mark hides them; all halos before the first line, so that no halo cuts a ring.
    let ringed = || (0..points.mark.len()).filter(|&i| points.ring[i]);
    // Many rings would hide what they point at.
    let is_crowded = ringed().count() > CROWD;
    let (gap, width) = if is_crowded { (2.2, 1.0) } else { (3.4, 1.5) };
    let distance = radius + gap * ratio;
    let annulus = |width: f64| {
        Mask::new(distance + width, |x, y| {
            (x.hypot(y) - distance).abs() <= width / 2.0
        })
    };
    let (halo, line) = (annulus(4.2 * ratio), annulus(width * ratio));
    for i in ringed().filter(|&i| !is_crowded && points.mark[i] == PointMark::Full) {
        let (x, y) = points.centre(i, ratio);
        image.stamp(&halo, x, y, points.paper, 0.85);
    }
    for i in ringed() {
        let opacity = match points.mark[i] {
            PointMark::Full => 1.0,
            PointMark::Faded => 0.22,
            PointMark::Hidden | PointMark::Context => continue,
        };
        let (x, y) = points.centre(i, ratio);
        image.stamp(&line, x, y, points.ink, opacity);
    }
    image.bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Theme, segment_colour, segment_shape};

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
