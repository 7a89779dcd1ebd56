//! On which line of the file each row starts, and what ends the lines.

use serde::{Deserialize, Serialize};

/// A warning lists at most this many lines.
pub const LINES_LISTED: usize = 1_000;

/// Lines (from 1) of the rows; kept where they do not follow one another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lines {
    /// First row of a run, and its line.
    runs: Vec<(usize, u64)>,
    n_rows: usize,
}

impl Lines {
    /// Appends the line of the next row.
    pub(super) fn push(&mut self, line: u64) {
        if self.get(self.n_rows) != Some(line) {
            self.runs.push((self.n_rows, line));
        }
        self.n_rows += 1;
    }

    /// Removes a row; returns its line.
    pub(super) fn remove(&mut self, row: usize) -> Option<u64> {
        let line = self.get(row).filter(|_| row < self.n_rows)?;
        let mut rest = Self::default();
        let kept = (0..self.n_rows).filter(|&other| other != row);
        kept.filter_map(|other| self.get(other))
            .for_each(|line| rest.push(line));
        *self = rest;
        Some(line)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.n_rows
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.n_rows == 0
    }

    /// The line of a row; of one beyond the last, where it would be if it followed.
    pub fn get(&self, row: usize) -> Option<u64> {
        let run = self.runs.partition_point(|&(first, _)| first <= row);
        let &(first, line) = self.runs.get(run.checked_sub(1)?)?;
        Some(line + (row - first) as u64)
    }

    /// All lines in order.
    pub fn iter(&self) -> impl Iterator<Item = u64> {
        (0..self.n_rows).filter_map(|row| self.get(row))
    }
}

/// What ends a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineEnd {
    /// As Unix has it.
    #[default]
    Lf,
    /// As Windows has it.
    CrLf,
    /// As old Macintoshes had it.
    Cr,
}

impl LineEnd {
    /// The most frequent one of a text.
    pub(super) fn of(text: &[u8]) -> Self {
        let (mut lf, mut cr_lf, mut cr) = (0, 0, 0);
        for (at, byte) in text.iter().enumerate() {
            match byte {
                b'\n' if at > 0 && text[at - 1] == b'\r' => cr_lf += 1,
                b'\n' => lf += 1,
                b'\r' if text.get(at + 1) != Some(&b'\n') => cr += 1,
                _ => {}
            }
        }
        if lf >= cr_lf.max(cr) {
            Self::Lf
        } else if cr_lf >= cr {
            Self::CrLf
        } else {
            Self::Cr
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_as_they_were_pushed() {
        let mut lines = Lines::default();
        let pushed = [2, 3, 4, 7, 8, 20];
        pushed.iter().for_each(|&line| lines.push(line));
        assert_eq!(lines.iter().collect::<Vec<_>>(), pushed);
        assert_eq!(lines.runs.len(), 3);
        assert_eq!((lines.remove(5), lines.remove(0)), (Some(20), Some(2)));
        lines.push(9);
        assert_eq!(lines.iter().collect::<Vec<_>>(), [3, 4, 7, 8, 9]);
        assert_eq!(lines.remove(9), None);
    }
}
