//! Labels above the marks of a scatter plot: letters, centres, names, and the mark under the pointer.

use plotters::prelude::DrawingBackend;

use super::{Align, DrawError, Mark, Pen, Rect, Theme, Viewport};

/// Labels above the marks, in data units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScatterLabels {
    /// A letter beside the middle of each segment.
    pub letters: Vec<Letter>,
    /// Whether each middle has a cross.
    pub has_crosses: bool,
    /// Names beside ringed marks; those without space are left out.
    pub names: Vec<NameLabel>,
}

/// The letter of a segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// The mark of the segment.
    pub mark: Mark,
    /// The letter.
    pub text: String,
    /// The middle of the segment.
    pub at: (f64, f64),
}

/// The name of one mark.
#[derive(Clone, Debug, PartialEq)]
pub struct NameLabel {
    /// The name.
    pub text: String,
    /// Position of the mark.
    pub at: (f64, f64),
}

impl ScatterLabels {
    /// Draws letters, crosses and names.
    ///
    /// # Errors
    /// [`DrawError`] when the backend refuses.
    pub fn draw<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        viewport: &Viewport,
        theme: &Theme,
    ) -> Result<(), DrawError> {
        for Letter { mark, text, at } in &self.letters {
            let (px, py) = viewport.px_from_data(at.0, at.1);
            if self.has_crosses {
                for (colour, width) in [(theme.paper, 4.0), (theme.ink, 1.6)] {
                    pen.line(&[(px - 4.5, py), (px + 4.5, py)], colour, width)?;
                    pen.line(&[(px, py - 4.5), (px, py + 4.5)], colour, width)?;
                }
            }
            // Beside the middle, so that the letter does not hide a small segment.
            let beside = (px + 12.0, py - 9.0);
            let colour = mark.letter_colour(theme);
            pen.outlined_text(text, beside, Align::Centre, 13.0, colour, theme.paper)?;
        }
        // Rings first, so that a name does not hide another customer's ring.
        let of_mark = |name: &NameLabel| viewport.px_from_data(name.at.0, name.at.1);
        let mut placed: Vec<Rect> = self
            .names
            .iter()
            .map(|name| ring_at(of_mark(name)))
            .collect();
        for name in &self.names {
            // In a crowded place there is no space for names; the list below has them.
            let Some(place) = name_place(of_mark(name), &name.text, &placed, &viewport.plot) else {
                continue;
            };
            placed.push(place.covers);
            pen.outlined_text(
                &name.text,
                place.at,
                place.align,
                11.0,
                theme.ink,
                theme.paper,
            )?;
        }
        Ok(())
    }
}

/// Draws a ring around the mark under the pointer, and dashes to both axes.
///
/// # Errors
/// [`DrawError`] when the backend refuses.
pub fn draw_pointed<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    viewport: &Viewport,
    theme: &Theme,
    at: (f64, f64),
) -> Result<(), DrawError> {
    let (px, py) = viewport.px_from_data(at.0, at.1);
    if !px.is_finite() || !py.is_finite() {
        return Ok(());
    }
    for end in [(px, viewport.plot.bottom), (viewport.plot.left, py)] {
        pen.dashes(&[(px, py), end], theme.ink, 1.0, 2.0, 2.0)?;
    }
    pen.ring((px, py), 6.8, theme.paper, 4.2)?;
    pen.ring((px, py), 6.8, theme.ink, 2.6)
}

/// The square around a mark with its ring.
fn ring_at((x, y): (f64, f64)) -> Rect {
    const HALF: f64 = 7.5;
    Rect {
        left: x - HALF,
        top: y - HALF,
        right: x + HALF,
        bottom: y + HALF,
    }
}

/// Position of a name.
#[derive(Clone, Copy)]
struct NamePlace {
    at: (f64, f64),
    align: Align,
    covers: Rect,
}

/// A position for a name: the first one, around its mark and then farther out, that is inside the plot and free.
fn name_place((x, y): (f64, f64), name: &str, placed: &[Rect], plot: &Rect) -> Option<NamePlace> {
    // Offsets of the near end of the text; a digit in bold 11 px is about 6.4 wide.
    const OFFSETS: [(f64, f64); 10] = [
        (8.0, -12.0),
        (-8.0, -12.0),
        (11.0, 0.0),
        (-11.0, 0.0),
        (8.0, 13.0),
        (-8.0, 13.0),
        (18.0, -18.0),
        (-18.0, -18.0),
        (18.0, 19.0),
        (-18.0, 19.0),
    ];
    let width = 6.4 * name.chars().count() as f64;
    let place = |(dx, dy): (f64, f64)| {
        let at = (x + dx, y + dy);
        let left = if dx > 0.0 { at.0 } else { at.0 - width };
        NamePlace {
            at,
            align: if dx > 0.0 { Align::Left } else { Align::Right },
            covers: Rect {
                left,
                top: at.1 - 6.0,
                right: left + width,
                bottom: at.1 + 6.0,
            },
        }
    };
    let is_free = |place: &NamePlace| {
        plot.contains(place.covers.left, place.covers.top)
            && plot.contains(place.covers.right, place.covers.bottom)
            && !placed.iter().any(|other| place.covers.overlaps(other))
    };
    OFFSETS.into_iter().map(place).find(is_free)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Domain, snapshot};

    const VIEWPORT: Viewport = Viewport {
        plot: Rect {
            left: 32.0,
            top: 20.0,
            right: 350.0,
            bottom: 242.0,
        },
        x: Domain {
            min: 0.0,
            max: 100.0,
        },
        y: Domain {
            min: 0.0,
            max: 100.0,
        },
    };

    #[test]
    fn they_look_as_they_did() {
        let name = |text: &str, at| NameLabel {
            text: text.into(),
            at,
        };
        let labels = ScatterLabels {
            letters: vec![Letter {
                mark: Mark::Segment(2),
                text: "C".into(),
                at: (60.0, 50.0),
            }],
            has_crosses: true,
            names: vec![
                name("161", (20.0, 30.0)),
                name("162", (22.0, 31.0)),
                name("nobody's place", (f64::NAN, 1.0)),
            ],
        };
        snapshot::check_drawing("scatter-labels", (360.0, 280.0), |pen, theme| {
            labels.draw(pen, &VIEWPORT, theme)?;
            draw_pointed(pen, &VIEWPORT, theme, (22.0, 31.0))
        });
    }

    #[test]
    fn names_lie_in_the_plot_and_on_no_other_name_or_mark() {
        let marks = [(40.0, 60.0), (46.0, 62.0), (345.0, 240.0), (52.0, 70.0)];
        let mut placed: Vec<Rect> = marks.iter().map(|&at| ring_at(at)).collect();
        for at in marks {
            let place = name_place(at, "1234", &placed, &VIEWPORT.plot);
            let Some(place) = place else { continue };
            assert!(placed.iter().all(|other| !place.covers.overlaps(other)));
            assert!(
                VIEWPORT
                    .plot
                    .contains(place.covers.right, place.covers.bottom)
            );
            placed.push(place.covers);
        }
        assert!(placed.len() > marks.len() + 2);
        // If all space is taken, there is no name.
        assert!(name_place(marks[0], "1234", &[VIEWPORT.plot], &VIEWPORT.plot).is_none());
    }
}
