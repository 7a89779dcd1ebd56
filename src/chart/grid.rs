//! Finds the point near the pointer among many: points are sorted into the cells of a grid, and only a few cells are searched.

use super::{Domain, Rect, Viewport};

/// The largest number of cells along a side: of 5,000,000 points, a cell then holds some hundreds.
const MAX_SIDE: usize = 256;

/// Points sorted by position on the two axes. It stays valid when a plot changes its size.
#[derive(Clone, Debug, PartialEq)]
pub struct PointGrid {
    /// Range of the horizontal axis.
    x: Domain,
    /// Range of the vertical axis.
    y: Domain,
    /// Number of cells along a side.
    side: usize,
    /// Start of each cell in `rows`; one more entry than there are cells.
    starts: Vec<u32>,
    /// The rows of all cells, cell by cell, ascending within each.
    rows: Vec<u32>,
}

/// The points searched for the nearest.
#[derive(Clone, Copy, Debug)]
pub struct Candidates<'a, F> {
    /// Horizontal values by row, as for the grid.
    pub x: &'a [f64],
    /// Vertical values by row, as for the grid.
    pub y: &'a [f64],
    /// Whether a row is a candidate.
    pub counts: F,
}

impl PointGrid {
    /// Sorts points into cells. Points that are not finite are left out; points outside the axes are in the cells at the edge.
    /// Cost: O(n) time and memory.
    pub fn new(x: &[f64], y: &[f64], axes: [Domain; 2]) -> Self {
        let n = x.len().min(y.len());
        let side = ((n as f64).sqrt().ceil() as usize).clamp(1, MAX_SIDE);
        let mut grid = Self {
            x: axes[0],
            y: axes[1],
            side,
            starts: vec![0; side * side + 1],
            rows: Vec::new(),
        };
        let finite = || (0..n).filter(|&row| x[row].is_finite() && y[row].is_finite());
        let cells: Vec<u32> = finite()
            .map(|row| grid.cell(x[row], y[row]) as u32)
            .collect();
        for &cell in &cells {
            grid.starts[cell as usize + 1] += 1;
        }
        for cell in 0..side * side {
            grid.starts[cell + 1] += grid.starts[cell];
        }
        let mut next = grid.starts.clone();
        grid.rows = vec![0; cells.len()];
        for (row, &cell) in finite().zip(&cells) {
            let at = &mut next[cell as usize];
            grid.rows[*at as usize] = row as u32;
            *at += 1;
        }
        grid
    }

    /// The candidate nearest to a position in a plot, at most `reach` CSS pixels away; ties go to the lowest row. The search starts
    /// at the position and moves outwards.
    pub fn nearest<F: Fn(usize) -> bool>(
        &self,
        plot: &Rect,
        at: (f64, f64),
        reach: f64,
        among: &Candidates<'_, F>,
    ) -> Option<usize> {
        let viewport = Viewport {
            plot: *plot,
            x: self.x,
            y: self.y,
        };
        let across = self.cells_between(at.0, reach, plot.left, plot.right);
        let up = self.cells_between(at.1, reach, plot.bottom, plot.top);
        // A point `ring` cells away along an axis is at least `ring - 1` cell widths away; the hundredth absorbs rounding.
        let (width, height) = (plot.right - plot.left, plot.bottom - plot.top);
        let cell_px = width.abs().min(height.abs()) / self.side as f64;
        let least_px = |ring: usize| (ring as f64 - 1.01) * cell_px;
        let mut best: Option<(f64, usize)> = None;
        for ring in 0..=across.farthest().max(up.farthest()) {
            if best.is_some_and(|(least, _)| least < least_px(ring)) {
                break;
            }
            for row_of_cells in up.within(ring) {
                let is_edge = row_of_cells.abs_diff(up.middle) == ring;
                let is_on_ring = |cell: &usize| is_edge || cell.abs_diff(across.middle) == ring;
                for cell in across.within(ring).filter(is_on_ring) {
                    let rows = self.rows_of(row_of_cells * self.side + cell);
                    for row in rows.iter().map(|&row| row as usize) {
                        if !(among.counts)(row) {
                            continue;
                        }
                        let (px, py) = viewport.px_from_data(among.x[row], among.y[row]);
                        let distance = (px - at.0).hypot(py - at.1);
                        if distance <= reach && best.is_none_or(|best| (distance, row) < best) {
                            best = Some((distance, row));
                        }
                    }
                }
            }
        }
        best.map(|(_, row)| row)
    }

    fn rows_of(&self, cell: usize) -> &[u32] {
        &self.rows[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }

    fn cell(&self, x: f64, y: f64) -> usize {
        let (across, up) = (self.x.fraction(x), self.y.fraction(y));
        self.along(up) * self.side + self.along(across)
    }

    /// The cell for a fraction of an axis; the first and last cell include everything outside.
    fn along(&self, fraction: f64) -> usize {
        // A cast turns negative numbers and NaN into 0.
        ((fraction * self.side as f64) as usize).min(self.side - 1)
    }

    /// The cells along an axis within reach of a position, with one more on both sides to absorb rounding.
    fn cells_between(&self, at: f64, reach: f64, from: f64, to: f64) -> Stretch {
        let share = |px: f64| (px - from) / (to - from);
        let (a, b) = (share(at - reach), share(at + reach));
        let (first, last) = if a.is_finite() && b.is_finite() {
            (self.along(a.min(b)), self.along(a.max(b)))
        } else {
            (0, self.side - 1)
        };
        Stretch {
            first: first.saturating_sub(1),
            middle: self.along(share(at)),
            last: (last + 1).min(self.side - 1),
        }
    }
}

/// Cells along an axis, and the one at the position.
#[derive(Clone, Copy)]
struct Stretch {
    first: usize,
    middle: usize,
    last: usize,
}

impl Stretch {
    /// Distance of the farthest cell, in cells.
    fn farthest(self) -> usize {
        (self.middle - self.first).max(self.last - self.middle)
    }

    /// The cells at most `ring` cells away.
    fn within(self, ring: usize) -> std::ops::RangeInclusive<usize> {
        let first = self.middle.saturating_sub(ring).max(self.first);
        first..=(self.middle + ring).min(self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Rng;

    /// The definition: tests every row and returns the first of the nearest.
    fn scan<F: Fn(usize) -> bool>(
        viewport: &Viewport,
        at: (f64, f64),
        reach: f64,
        among: &Candidates<'_, F>,
    ) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for (row, (&x, &y)) in among.x.iter().zip(among.y).enumerate() {
            let (px, py) = viewport.px_from_data(x, y);
            let distance = (px - at.0).hypot(py - at.1);
            let is_nearer = best.is_none_or(|(least, _)| distance < least);
            if distance <= reach && is_nearer && (among.counts)(row) {
                best = Some((distance, row));
            }
        }
        best.map(|(_, row)| row)
    }

    const PLOT: Rect = Rect {
        left: 32.0,
        top: 20.0,
        right: 390.0,
        bottom: 262.0,
    };

    #[test]
    fn a_grid_finds_what_a_look_at_every_row_finds() {
        let mut rng = Rng::new(11);
        let mut n_hit = 0;
        for round in 0..300 {
            let n = [1, 7, 60, 900][rng.below(4)];
            // Integers tie, values far from 0 are coarse, some are outside the axes, some are NaN.
            let (offset, step) = [(0.0, 1e-3), (0.0, 1.0), (1e15, 1.0), (-4e5, 0.25)][rng.below(4)];
            let mut values = || -> Vec<f64> {
                let value = |rng: &mut Rng| offset + (8.0 * rng.normal() / step).round() * step;
                let odd = [f64::NAN, f64::INFINITY, -1e300];
                (0..n)
                    .map(|_| {
                        if rng.below(20) == 0 {
                            odd[rng.below(3)]
                        } else {
                            value(&mut rng)
                        }
                    })
                    .collect()
            };
            let (x, y) = (values(), values());
            let domain = |values: &[f64]| {
                Domain::around(
                    values
                        .iter()
                        .copied()
                        .filter(|x| *x > -1e299)
                        .take(n / 2 + 1),
                )
            };
            let (across, up) = (domain(&x), domain(&y));
            let viewport = Viewport {
                plot: PLOT,
                x: across,
                y: up,
            };
            let grid = PointGrid::new(&x, &y, [across, up]);
            let among = Candidates {
                x: &x,
                y: &y,
                counts: |row| row % 5 != round % 7,
            };
            for _ in 0..40 {
                let on_a_mark = rng.below(2) == 0;
                let row = rng.below(n);
                let at = if on_a_mark {
                    viewport.px_from_data(x[row], y[row])
                } else {
                    (420.0 * rng.uniform(), 300.0 * rng.uniform())
                };
                let reach = [0.0, 2.0, 12.0, 80.0][rng.below(4)];
                let expected = scan(&viewport, at, reach, &among);
                assert_eq!(
                    grid.nearest(&PLOT, at, reach, &among),
                    expected,
                    "{round} {at:?}"
                );
                n_hit += usize::from(expected.is_some());
            }
        }
        assert!(n_hit > 2_000, "{n_hit}");
    }

    #[test]
    fn of_points_in_one_place_the_lowest_row_is_hit() {
        let (x, y) = ([50.0, 50.0, f64::NAN, 50.0], [10.0, 10.0, 10.0, 10.0]);
        let axes = [
            Domain {
                min: 0.0,
                max: 100.0,
            },
            Domain {
                min: 0.0,
                max: 20.0,
            },
        ];
        let grid = PointGrid::new(&x, &y, axes);
        let nearest = |counts: &dyn Fn(usize) -> bool| {
            grid.nearest(
                &PLOT,
                (212.0, 140.0),
                12.0,
                &Candidates {
                    x: &x,
                    y: &y,
                    counts,
                },
            )
        };
        assert_eq!(nearest(&|_| true), Some(0));
        assert_eq!(nearest(&|row| row != 0), Some(1));
        assert_eq!(nearest(&|row| row == 2), None);
        let nobody = PointGrid::new(&[], &[], axes);
        let none = Candidates {
            x: &[],
            y: &[],
            counts: |_| true,
        };
        assert_eq!(nobody.nearest(&PLOT, (212.0, 140.0), 12.0, &none), None);
    }
}
