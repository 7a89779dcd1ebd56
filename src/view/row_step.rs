//! Keyboard steps through a long list.

use super::virtual_rows::VirtualRows;

/// A keyboard step through a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowStep {
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Up by the visible height.
    PageUp,
    /// Down by the visible height.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl RowStep {
    /// The step for a key, by the browser's name for it.
    pub fn of_key(key: &str) -> Option<Self> {
        let steps = [
            ("ArrowUp", Self::Up),
            ("ArrowDown", Self::Down),
            ("PageUp", Self::PageUp),
            ("PageDown", Self::PageDown),
            ("Home", Self::First),
            ("End", Self::Last),
        ];
        let step = steps.into_iter().find(|(name, _)| *name == key);
        step.map(|(_, step)| step)
    }
}

impl VirtualRows {
    /// Number of whole rows visible.
    fn page(&self) -> usize {
        ((self.viewport / self.row_height) as usize).max(1)
    }

    /// The row after a step.
    pub fn row_after(&self, row: usize, step: RowStep) -> usize {
        let last = self.n.saturating_sub(1);
        match step {
            RowStep::Up => row.saturating_sub(1),
            RowStep::Down => (row + 1).min(last),
            RowStep::PageUp => row.saturating_sub(self.page()),
            RowStep::PageDown => (row + self.page()).min(last),
            RowStep::First => 0,
            RowStep::Last => last,
        }
    }

    /// The offset after a step, with a whole row at the upper edge.
    pub fn offset_after(&self, offset: f64, step: RowStep) -> f64 {
        let at = offset / self.row_height;
        let page = self.page() as f64;
        let row = match step {
            RowStep::Up => at.ceil() - 1.0,
            RowStep::Down => at.floor() + 1.0,
            RowStep::PageUp => at.ceil() - page,
            RowStep::PageDown => at.floor() + page,
            RowStep::First => 0.0,
            RowStep::Last => self.n as f64,
        };
        (row * self.row_height).clamp(0.0, self.end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: f64 = 27.0;
    const SIGHT: f64 = 270.0;

    #[test]
    fn keys_move_by_rows_and_reach_both_ends() {
        use RowStep::{Down, First, Last, PageDown, PageUp, Up};
        for n in [1, 11, 200, 5_000_000] {
            let list = VirtualRows {
                n,
                row_height: ROW,
                viewport: SIGHT,
                limit: VirtualRows::LIMIT,
            };
            for (name, step) in [("Home", First), ("End", Last), ("ArrowUp", Up)] {
                assert_eq!(RowStep::of_key(name), Some(step));
            }
            assert_eq!(RowStep::of_key("Enter"), None);
            assert_eq!(list.row_after(0, Up), 0);
            assert_eq!(list.row_after(n - 1, Down), n - 1);
            assert_eq!(list.row_after(0, Last), n - 1);
            assert_eq!(list.row_after(n - 1, First), 0);
            assert_eq!(list.row_after(0, PageDown), 10.min(n - 1));
            assert_eq!(list.row_after(n - 1, PageUp), (n - 1).saturating_sub(10));
            assert_eq!(list.offset_after(list.end(), Up), {
                let rows = (n as f64 - 10.0).max(0.0);
                ((rows - 1.0) * ROW).max(0.0)
            });
            assert_eq!(list.offset_after(0.0, Down), ROW.min(list.end()));
            assert_eq!(list.offset_after(1.0, Up), 0.0);
            assert_eq!(list.offset_after(0.0, PageDown), SIGHT.min(list.end()));
            assert_eq!(list.offset_after(5.0, Last), list.end());
            assert_eq!(list.offset_after(5.0, First), 0.0);
        }
    }
}
