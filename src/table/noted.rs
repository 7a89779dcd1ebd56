//! Lines of one kind of repair: how many, and the first of them.

use super::{Column, Lines, Role};

/// A warning lists at most this many lines.
pub(super) const LINES_LISTED: usize = 1_000;

/// Lines of one kind of repair.
#[derive(Default)]
pub(super) struct Noted {
    pub(super) count: usize,
    pub(super) first: Vec<u64>,
}

impl Noted {
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Removes a line that was noted.
    pub(super) fn forget(&mut self, line: u64) {
        self.first.retain(|&other| other != line);
        self.count -= 1;
    }

    pub(super) fn note(&mut self, line: u64) {
        self.count += 1;
        if self.first.len() < LINES_LISTED {
            self.first.push(line);
        }
    }
}

/// Rows with a missing value, those left out in which only columns that are not used have none.
pub(super) fn gaps_of_used(columns: &[Column], lines: &Lines, gaps: Noted) -> Noted {
    let (used, unused): (Vec<&Column>, Vec<&Column>) = columns
        .iter()
        .filter(|column| column.missing > 0)
        .partition(|column| column.role != Role::Ignored);
    if unused.is_empty() {
        return gaps;
    }
    let mut found = Noted::default();
    for row in 0..lines.len() {
        if used.iter().any(|column| !column.has_value(row)) {
            found.note(lines.get(row).unwrap_or(0));
        }
    }
    found
}
