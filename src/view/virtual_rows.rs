//! A long list that draws only the visible rows, whatever height browsers allow for an element.
//!
//! The browser scrolls the list: the scrolled element is as high as all rows together, up to a limit, since browsers truncate
//! higher ones (Chromium at 33.5 million pixels, Firefox at 17.9 million). Above the limit, the position of the scroll bar and the
//! position in the list are two numbers:
//!
//! - a small movement (wheel, finger, key) moves both by the same number of pixels: rows keep their place in the element, and the
//!   browser scrolls them like those of a short list;
//! - a large one is a drag of the scroll bar, and the list moves in proportion;
//! - near both ends, both have the same distance from the end, so the first and last row are reached as in a short list.
//!
//! Small movements in the middle let the two drift apart; when the list rests or an end is near, the scroll bar is corrected.

/// Rows of equal height in a scrolled element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VirtualRows {
    /// Number of rows.
    pub n: usize,
    /// Height of a row in pixels.
    pub row_height: f64,
    /// Visible height in pixels.
    pub viewport: f64,
    /// Greatest height of the element in pixels; [`VirtualRows::LIMIT`] except in tests.
    pub limit: f64,
}

/// The position of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// Scroll offset of the element, in pixels.
    pub scroll_top: f64,
    /// Pixels of rows above the visible part.
    pub offset: f64,
}

/// The rows to draw, and the space of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Window {
    /// The first row drawn.
    pub first: usize,
    /// The first row below it that is not drawn.
    pub last: usize,
    /// Pixels of the element above the first row drawn.
    pub above: f64,
    /// Pixels of the element below the last row drawn.
    pub below: f64,
}

impl VirtualRows {
    /// Greatest height of the element in pixels: far below the limit of any browser, and 300,000 rows of a table.
    pub const LIMIT: f64 = 8e6;
    /// Rows drawn above and below the visible ones, so that screen readers and Tab find the next one.
    pub const SPARE: usize = 6;
    /// Movements up to this many pixels, or up to the visible height, are small: one pixel of a scroll bar of 2,000 pixels is 4,000.
    const SMALL: f64 = 1_500.0;
    /// Share of the element at each end where it and the list move alike.
    const EXACT: f64 = 1.0 / 8.0;
    /// Tolerated error of the scroll bar in the middle, as a share of the element.
    const DRIFT: f64 = 1.0 / 160.0;

    /// Height of all rows.
    pub fn height(&self) -> f64 {
        self.n as f64 * self.row_height
    }

    /// Height of the element.
    pub fn element(&self) -> f64 {
        self.height().min(self.limit)
    }

    /// The offset with the last row at the lower edge.
    pub fn end(&self) -> f64 {
        (self.height() - self.viewport).max(0.0)
    }

    /// The greatest scroll offset of the element.
    fn scroll_end(&self) -> f64 {
        (self.element() - self.viewport).max(0.0)
    }

    /// Whether the rows are higher than the limit.
    fn is_cut(&self) -> bool {
        self.height() > self.limit
    }

    /// The length of the zones at both ends, and the pixels of rows per pixel of the element between them.
    fn zones(&self) -> (f64, f64) {
        let exact = self.limit * Self::EXACT;
        let between = self.scroll_end() - 2.0 * exact;
        (exact, (self.end() - 2.0 * exact) / between)
    }

    /// The offset for a position of the scroll bar.
    fn offset_of(&self, scroll_top: f64) -> f64 {
        let scroll_top = scroll_top.clamp(0.0, self.scroll_end());
        if !self.is_cut() {
            return scroll_top;
        }
        let (exact, slope) = self.zones();
        let from_end = self.scroll_end() - scroll_top;
        if scroll_top <= exact {
            scroll_top
        } else if from_end <= exact {
            self.end() - from_end
        } else {
            exact + (scroll_top - exact) * slope
        }
    }

    /// The position of the scroll bar for an offset, in whole pixels where the two differ.
    fn scroll_top_of(&self, offset: f64) -> f64 {
        if !self.is_cut() {
            return offset;
        }
        let (exact, slope) = self.zones();
        let from_end = self.end() - offset;
        if offset <= exact {
            offset
        } else if from_end <= exact {
            self.scroll_end() - from_end
        } else {
            (exact + (offset - exact) / slope).round()
        }
    }

    /// The position for an offset, clamped to the list.
    pub fn at(&self, offset: f64) -> Place {
        let offset = offset.clamp(0.0, self.end());
        Place {
            scroll_top: self.scroll_top_of(offset),
            offset,
        }
    }

    /// The position after the browser has scrolled.
    pub fn scrolled(&self, from: Place, scroll_top: f64) -> Place {
        let by = scroll_top - from.scroll_top;
        let offset = if self.is_cut() && by.abs() <= Self::SMALL.max(self.viewport) {
            from.offset + by
        } else {
            self.offset_of(scroll_top)
        };
        let place = Place {
            scroll_top,
            offset: offset.clamp(0.0, self.end()),
        };
        // Close to an end, the browser would stop before the list does, or rows would have no space.
        let room = self.viewport + 2.0 * Self::SPARE as f64 * self.row_height;
        let is_at_end = scroll_top < room || self.scroll_end() - scroll_top < room;
        if self.is_cut() && is_at_end {
            self.at(place.offset)
        } else {
            place
        }
    }

    /// The position of a list at rest: the scroll bar is corrected if its error exceeds the tolerance.
    pub fn rested(&self, place: Place) -> Place {
        let settled = self.at(place.offset);
        let drift = (settled.scroll_top - place.scroll_top).abs();
        if drift > self.limit * Self::DRIFT {
            settled
        } else {
            place
        }
    }

    /// The nearest offset at which a row is fully visible.
    pub fn revealing(&self, row: usize, offset: f64) -> f64 {
        let top = row as f64 * self.row_height;
        let lowest = top + self.row_height - self.viewport;
        // If a row is higher than the visible part, its upper edge is shown.
        offset.max(lowest).min(top).max(0.0)
    }

    /// What to draw.
    pub fn window(&self, place: Place) -> Window {
        if self.n == 0 || self.row_height <= 0.0 {
            return Window::default();
        }
        let shift = place.scroll_top - place.offset;
        let spare = Self::SPARE as f64;
        // Rows that would start above the element are not drawn.
        let above = (place.offset / self.row_height).floor() - spare;
        let first = above.max((-shift / self.row_height).ceil()).max(0.0);
        let below = (place.offset + self.viewport) / self.row_height;
        let last = below.ceil() + spare;
        let (first, last) = ((first as usize).min(self.n), (last as usize).min(self.n));
        let upper = (first as f64 * self.row_height + shift).max(0.0);
        let drawn = (last - first.min(last)) as f64 * self.row_height;
        Window {
            first: first.min(last),
            last,
            above: upper,
            below: (self.element() - upper - drawn).max(0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    const ROW: f64 = 27.0;
    const SIGHT: f64 = 270.0;

    fn list(n: usize) -> VirtualRows {
        VirtualRows {
            n,
            row_height: ROW,
            viewport: SIGHT,
            limit: VirtualRows::LIMIT,
        }
    }

    /// The definition: all rows one below the other, each tested for visibility.
    fn in_sight(list: &VirtualRows, offset: f64) -> Vec<usize> {
        let is_in = |row: &usize| {
            let top = *row as f64 * list.row_height;
            top + list.row_height > offset && top < offset + list.viewport
        };
        (0..list.n).filter(is_in).collect()
    }

    /// The browser's response to a movement: it stops at the ends of the element.
    fn browser(list: &VirtualRows, place: Place, by: f64) -> Place {
        let scroll_top = (place.scroll_top + by).clamp(0.0, list.scroll_end());
        list.scrolled(place, scroll_top)
    }

    /// Every visible row is drawn in its place, and the element has the right height.
    fn check_window(list: &VirtualRows, place: Place, in_sight: &[usize]) {
        let window = list.window(place);
        if let (Some(first), Some(last)) = (in_sight.first(), in_sight.last()) {
            assert!(window.first <= *first && *last < window.last, "{window:?}");
        }
        assert!(window.last - window.first <= 10 + 2 + 2 * VirtualRows::SPARE);
        let drawn_at = window.above - place.scroll_top;
        let belongs_at = window.first as f64 * ROW - place.offset;
        assert!((drawn_at - belongs_at).abs() < 1e-6, "{place:?} {window:?}");
        let height = window.above + window.below + (window.last - window.first) as f64 * ROW;
        assert!((height - list.element()).abs() < 1e-6, "{place:?} {height}");
    }

    #[test]
    fn ten_notches_are_a_thousand_pixels_at_any_length_and_from_anywhere() {
        for n in [200, 100_000, 5_000_000] {
            let list = list(n);
            for share in [0.0, 0.000_01, 0.3, 0.5, 0.77, 0.999] {
                let start = list.at((list.end() - 1_000.0) * share);
                let mut place = start;
                for _ in 0..10 {
                    place = list.rested(browser(&list, place, 100.0));
                }
                assert!(
                    (place.offset - start.offset - 1_000.0).abs() < 1e-6,
                    "{n} {share}"
                );
                for _ in 0..10 {
                    place = list.rested(browser(&list, place, -100.0));
                }
                assert!((place.offset - start.offset).abs() < 1e-6, "{n} {share}");
            }
        }
    }

    #[test]
    fn small_movements_are_those_of_a_list_without_a_limit_and_rows_lie_where_it_has_them() {
        let mut rng = Rng::new(14);
        for n in [0, 1, 9, 11, 3_000] {
            // 3,000 rows are twelve times as high as this limit.
            let limit = 6_700.0;
            let list = VirtualRows { limit, ..list(n) };
            let (mut place, mut unlimited) = (Place::default(), 0.0_f64);
            for step in 0..4_000 {
                let by = (rng.uniform() - 0.48) * 300.0;
                place = browser(&list, place, by);
                unlimited = (unlimited + by).clamp(0.0, list.end());
                assert!(
                    (place.offset - unlimited).abs() < 1e-6,
                    "{n} {step} {place:?}"
                );
                check_window(&list, place, &in_sight(&list, unlimited));
                if step % 7 == 0 {
                    place = list.rested(place);
                    check_window(&list, place, &in_sight(&list, unlimited));
                }
            }
        }
    }

    #[test]
    fn both_ends_are_reached_by_pulling_and_by_turning_the_wheel() {
        for n in [1, 9, 10, 200, 300_000, 5_000_000, 40_000_000] {
            let list = list(n);
            let bottom = list.scrolled(Place::default(), list.scroll_end());
            assert_eq!(bottom.offset, list.end());
            assert_eq!(list.window(bottom).last, n);
            assert_eq!(list.at(f64::INFINITY), bottom);
            let top = list.scrolled(bottom, 0.0);
            assert_eq!((top, list.window(top).first), (Place::default(), 0));
            // From 3,000 pixels away, the wheel reaches the end too.
            for (start, by) in [(3_000.0, -100.0), (list.end() - 3_000.0, 100.0)] {
                let mut place = list.at(start);
                for _ in 0..40 {
                    place = browser(&list, place, by);
                }
                let end = if by > 0.0 { list.end() } else { 0.0 };
                assert_eq!(place, list.at(end));
            }
        }
    }

    #[test]
    fn a_turn_of_the_wheel_without_rest_never_stops_before_the_end() {
        let list = list(5_000_000);
        let mut place = list.at(list.end() * 0.9);
        let mut n_turns = 0;
        while place.offset < list.end() {
            let next = browser(&list, place, 400.0);
            assert!(next.offset > place.offset, "stopped at {place:?}");
            place = next;
            n_turns += 1;
        }
        assert_eq!(n_turns, (list.end() * 0.1 / 400.0).ceil() as usize);
    }

    #[test]
    fn the_scroll_bar_stands_for_one_offset_and_ascends_with_it() {
        for n in [200, 296_297, 300_000, 5_000_000] {
            let list = list(n);
            let mut before = -1.0;
            for step in 0..=1_000 {
                let scroll_top = list.scroll_end() * f64::from(step) / 1_000.0;
                let offset = list.offset_of(scroll_top);
                assert!(offset > before, "{n} {step}");
                before = offset;
                // Rounding may cost half a pixel of the scroll bar.
                assert!((list.scroll_top_of(offset) - scroll_top).abs() <= 0.5);
                let place = list.at(offset);
                assert_eq!(list.rested(place), place);
            }
        }
    }

    #[test]
    fn a_row_is_brought_into_sight_by_the_shortest_way() {
        let list = list(100);
        assert_eq!(list.revealing(5, 0.0), 0.0);
        assert_eq!(list.revealing(10, 0.0), ROW);
        assert_eq!(list.revealing(3, 200.0), 81.0);
        assert_eq!(list.revealing(0, 9.0), 0.0);
        assert_eq!(list.revealing(99, 0.0), list.end());
        for row in 0..100 {
            for step in 0..50 {
                let before = list.end() * f64::from(step) / 50.0;
                let offset = list.revealing(row, before);
                let top = row as f64 * ROW;
                assert!(offset <= top && top + ROW <= offset + SIGHT);
                let was_in_sight = before <= top && top + ROW <= before + SIGHT;
                assert_eq!(was_in_sight, offset == before);
            }
        }
    }
}
