//! Lines of one kind of repair: how many, and the first of them.

use super::{Cells, Column, ColumnKind, Lines, Role, is_missing_mark};

use super::lines::LINES_LISTED;

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
    if unused.is_empty() && !used.iter().any(|column| has_other_gaps(column)) {
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

/// Whether cells count as missing that are no mark of it: amounts in another currency, values that were chosen.
fn has_other_gaps(column: &Column) -> bool {
    let Cells::Texts(texts) = &column.cells else {
        return false;
    };
    let known = column.not_numbers.len() + column.infinite.len();
    let marks = || texts.iter().filter(|cell| is_missing_mark(cell)).count();
    column.kind == ColumnKind::Number && column.missing > known + marks()
}
