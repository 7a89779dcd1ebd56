//! Colours and shapes of segments, and neutral colours of charts, for light and dark themes.

use crate::numeric::point_at;

/// A colour with 8 bits per channel.
pub type Rgb = [u8; 3];

/// The neutral colours of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Whether the background is dark.
    pub dark: bool,
    /// The background.
    pub paper: Rgb,
    /// Grid lines.
    pub grid: Rgb,
    /// Axis lines.
    pub axis: Rgb,
    /// Text and rings.
    pub ink: Rgb,
    /// Secondary text and lines.
    pub ink_2: Rgb,
    /// Tick labels.
    pub ink_3: Rgb,
    /// Bars of histograms.
    pub bar: Rgb,
    /// Context behind the data.
    pub null: Rgb,
}

impl Theme {
    /// On white.
    pub const LIGHT: Self = Self {
        dark: false,
        paper: [0xFF, 0xFF, 0xFF],
        grid: [0xEC, 0xEC, 0xE8],
        axis: [0xCF, 0xCF, 0xCA],
        ink: [0x1A, 0x1B, 0x1E],
        ink_2: [0x50, 0x54, 0x5A],
        ink_3: [0x66, 0x6B, 0x71],
        bar: [0x8A, 0x8E, 0x94],
        null: [0xC9, 0xCB, 0xCA],
    };

    /// On near black.
    pub const DARK: Self = Self {
        dark: true,
        paper: [0x13, 0x14, 0x16],
        grid: [0x21, 0x24, 0x28],
        axis: [0x43, 0x47, 0x4E],
        ink: [0xEC, 0xED, 0xEE],
        ink_2: [0xB0, 0xB5, 0xBB],
        ink_3: [0x8F, 0x95, 0x9D],
        bar: [0x6D, 0x73, 0x7C],
        null: [0x4A, 0x4E, 0x55],
    };
}

/// How a segment is drawn. Customers in no segment have a mark that no segment number has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The mark of a segment, by its number from 0.
    Segment(usize),
    /// The mark of customers in no segment.
    NoSegment,
}

impl From<u32> for Mark {
    fn from(segment: u32) -> Self {
        Self::Segment(segment as usize)
    }
}

impl Mark {
    /// The mark of a segment number; the number `none` stands for customers in no segment.
    pub fn of(segment: usize, none: Option<u32>) -> Self {
        if none.is_some_and(|none| none as usize == segment) {
            Self::NoSegment
        } else {
            Self::Segment(segment)
        }
    }

    /// The number of the segment; `None` for no segment.
    pub fn segment(self) -> Option<usize> {
        match self {
            Self::Segment(segment) => Some(segment),
            Self::NoSegment => None,
        }
    }

    /// Its colour; neutral for no segment.
    pub fn colour(self, theme: &Theme) -> Rgb {
        match self {
            Self::Segment(segment) => segment_colour(segment, theme),
            Self::NoSegment => theme.bar,
        }
    }

    /// The colour of its letter, dark enough to read on the background.
    pub fn letter_colour(self, theme: &Theme) -> Rgb {
        match self {
            Self::Segment(_) if !theme.dark => {
                let colour = self.colour(theme);
                colour.map(|channel| (f64::from(channel) * 0.74).round() as u8)
            }
            Self::Segment(_) => self.colour(theme),
            Self::NoSegment => theme.ink_3,
        }
    }

    /// Its shape; a thin cross for no segment.
    pub fn shape(self) -> Shape {
        match self {
            Self::Segment(segment) => segment_shape(segment),
            Self::NoSegment => turned(&plus(0.16, 1.2)),
        }
    }

    /// The class for its colour in the style sheets.
    pub fn class(self) -> String {
        match self {
            Self::Segment(segment) => format!("glyph--{}", segment % 12 + 1),
            Self::NoSegment => "glyph--none".to_owned(),
        }
    }
}

const LIGHT: [Rgb; 12] = [
    [0x14, 0x5D, 0xA2],
    [0xB8, 0x4B, 0x20],
    [0x2F, 0x94, 0x88],
    [0x7E, 0x23, 0x63],
    [0xB0, 0x8A, 0x1C],
    [0x2A, 0x1A, 0x8C],
    [0xE2, 0x4C, 0x72],
    [0x6F, 0x8F, 0xD2],
    [0x8B, 0x57, 0xD8],
    [0x2F, 0x4D, 0x06],
    [0x52, 0x20, 0x13],
    [0x5C, 0x74, 0xA4],
];

const DARK: [Rgb; 12] = [
    [0x5A, 0xA7, 0xEE],
    [0xEE, 0x96, 0x48],
    [0x4F, 0xDD, 0xB2],
    [0xCF, 0x74, 0xBA],
    [0xED, 0xD2, 0x50],
    [0x6F, 0x83, 0xEC],
    [0xE9, 0x68, 0x78],
    [0xAD, 0xDC, 0xFD],
    [0xB8, 0xB2, 0xFE],
    [0x6F, 0xBF, 0x85],
    [0xB0, 0x82, 0x3A],
    [0xD4, 0xF4, 0xBD],
];

/// The colour of a segment; repeats after twelve.
pub fn segment_colour(segment: usize, theme: &Theme) -> Rgb {
    if theme.dark {
        DARK[segment % 12]
    } else {
        LIGHT[segment % 12]
    }
}

/// The outline of a segment's mark, for radius 1 around the origin, y downwards.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A disc.
    Circle,
    /// A closed polygon.
    Polygon(Vec<(f64, f64)>),
}

/// The shape of a segment. Beyond twelve, where colours repeat, each colour meets another shape: a mark repeats after 144.
pub fn segment_shape(segment: usize) -> Shape {
    let regular = |corners: usize, radius: f64, turn: f64| -> Shape {
        Shape::Polygon(
            (0..corners)
                .map(|i| polar(radius, turn + i as f64 / corners as f64))
                .collect(),
        )
    };
    let plus = plus(0.38, 1.12);
    match (segment + segment / 12) % 12 {
        0 => Shape::Circle,
        1 => Shape::Polygon(vec![(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        2 => Shape::Polygon(vec![(0.0, -1.15), (1.1, 0.8), (-1.1, 0.8)]),
        3 => regular(4, 1.25, 0.0),
        4 => Shape::Polygon(vec![(0.0, 1.15), (1.1, -0.8), (-1.1, -0.8)]),
        5 => Shape::Polygon(plus),
        6 => regular(6, 1.1, 0.0),
        7 => Shape::Polygon(
            (0..10)
                .map(|i| polar(if i % 2 == 0 { 1.3 } else { 0.55 }, f64::from(i) / 10.0))
                .collect(),
        ),
        8 => turned(&plus),
        9 => regular(5, 1.15, 0.0),
        10 => Shape::Polygon(vec![(-1.25, -0.5), (1.25, -0.5), (1.25, 0.5), (-1.25, 0.5)]),
        _ => Shape::Polygon(
            (0..=12)
                .map(|i| polar(1.15, -0.25 + f64::from(i) / 24.0))
                .map(|(x, y)| (x, y + 0.45))
                .collect(),
        ),
    }
}

/// A plus sign with arms of half width `a` and half length `b`.
fn plus(a: f64, b: f64) -> Vec<(f64, f64)> {
    vec![
        (-a, -b),
        (a, -b),
        (a, -a),
        (b, -a),
        (b, a),
        (a, a),
        (a, b),
        (-a, b),
        (-a, a),
        (-b, a),
        (-b, -a),
        (-a, -a),
    ]
}

/// Turned by an eighth of a full turn.
fn turned(corners: &[(f64, f64)]) -> Shape {
    let turned = |(x, y): &(f64, f64)| ((x - y) * 0.707, (x + y) * 0.707);
    Shape::Polygon(corners.iter().map(turned).collect())
}

/// A point at a fraction of a full turn, clockwise from the top.
fn polar(radius: f64, turn: f64) -> (f64, f64) {
    let (cos, sin) = point_at(turn);
    (radius * sin, -radius * cos)
}

impl Shape {
    /// Whether a point is inside the shape with this radius (even-odd rule).
    pub fn contains(&self, x: f64, y: f64, radius: f64) -> bool {
        match self {
            Self::Circle => x * x + y * y <= radius * radius,
            Self::Polygon(corners) => {
                let (x, y) = (x / radius, y / radius);
                let edges = corners.iter().zip(corners.iter().cycle().skip(1));
                let crossings = edges.filter(|((x1, y1), (x2, y2))| {
                    (*y1 > y) != (*y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
                });
                crossings.count() % 2 == 1
            }
        }
    }

    /// The outline as an SVG path around the origin.
    pub fn svg_path(&self, radius: f64) -> String {
        match self {
            Self::Circle => format!(
                "M{radius},0A{radius},{radius} 0 1 1 -{radius},0A{radius},{radius} 0 1 1 {radius},0Z"
            ),
            Self::Polygon(corners) => {
                let points: Vec<String> = corners
                    .iter()
                    .map(|(x, y)| format!("{:.2},{:.2}", x * radius, y * radius))
                    .collect();
                format!("M{}Z", points.join("L"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_covers_its_middle_and_not_its_corners() {
        for segment in 0..12 {
            let shape = segment_shape(segment);
            assert!(shape.contains(0.0, 0.0, 3.0), "segment {segment}");
            assert!(!shape.contains(5.0, 5.0, 3.0), "segment {segment}");
            assert!(shape.svg_path(3.0).starts_with('M'));
        }
    }

    #[test]
    fn fifty_segments_have_fifty_marks() {
        let marks: Vec<_> = (0..50)
            .map(|at| (segment_shape(at).svg_path(3.0), Mark::Segment(at).class()))
            .collect();
        for (at, mark) in marks.iter().enumerate() {
            assert!(!marks[..at].contains(mark), "segment {at}");
        }
    }

    #[test]
    fn no_segment_has_a_mark_that_no_segment_has() {
        let none = Mark::of(12, Some(12));
        assert_eq!(none, Mark::NoSegment);
        assert!(none.shape().contains(0.0, 0.0, 3.0));
        for theme in [Theme::LIGHT, Theme::DARK] {
            for mark in (0..12).map(|segment| Mark::of(segment, Some(12))) {
                assert_ne!(mark.shape(), none.shape());
                assert_ne!(mark.colour(&theme), none.colour(&theme));
                assert_ne!(mark.class(), none.class());
            }
        }
    }

    /// The light and dark colour of a token in the style sheets.
    #[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
    fn token(name: &str) -> [Rgb; 2] {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../style/tokens.css");
        let sheet = std::fs::read_to_string(path).unwrap();
        let value = sheet.split(&format!("--{name}: light-dark(")).nth(1);
        let (both, _) = value
            .unwrap_or_else(|| panic!("--{name}"))
            .split_once(')')
            .unwrap();
        let (light, dark) = both.split_once(", ").unwrap();
        [light, dark].map(|colour| {
            let digits = colour.strip_prefix('#').unwrap();
            // `#fff` is `#ffffff`.
            let each = 6 / digits.len();
            let channel = |at: usize| {
                let part = &digits[at * digits.len() / 3..(at + 1) * digits.len() / 3];
                u8::from_str_radix(&part.repeat(each), 16).unwrap()
            };
            [channel(0), channel(1), channel(2)]
        })
    }

    #[test]
    fn charts_and_style_sheets_have_the_same_colours() {
        for (theme, at) in [(Theme::LIGHT, 0), (Theme::DARK, 1)] {
            // Destructured, so that a new colour is checked too.
            let Theme {
                dark,
                paper,
                grid,
                axis,
                ink,
                ink_2,
                ink_3,
                bar,
                null,
            } = theme;
            assert_eq!(dark, at == 1);
            for (name, colour) in [
                ("paper", paper),
                ("grid", grid),
                ("line-2", axis),
                ("ink", ink),
                ("ink-2", ink_2),
                ("ink-3", ink_3),
                ("bar", bar),
                ("null", null),
            ] {
                assert_eq!(token(name)[at], colour, "--{name}");
            }
            for segment in 0..12 {
                let name = format!("seg-{}", segment + 1);
                assert_eq!(
                    token(&name)[at],
                    segment_colour(segment, &theme),
                    "--{name}"
                );
            }
        }
    }
}
