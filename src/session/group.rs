//! Sets of customers saved under a name.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Named customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name, unique among groups.
    pub name: String,
    /// Its customers.
    pub rows: Rows,
}

/// Rows of a table in ascending order, as runs without gaps; copies share them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<(u32, u32)>", into = "Vec<(u32, u32)>")]
pub struct Rows(Arc<Vec<(u32, u32)>>);

/// The error for invalid runs; the reader of project files recognises the error by this text.
pub(super) const NOT_RUNS: &str =
    "rows must be ascending runs [first, last] with gaps between them";

impl Rows {
    /// These rows, in any order; a repeated one counts once.
    pub fn of(rows: impl IntoIterator<Item = u32>) -> Self {
        let mut rows: Vec<u32> = rows.into_iter().collect();
        rows.sort_unstable();
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for row in rows {
            match runs.last_mut() {
                Some((_, last)) if row - *last <= 1 => *last = row,
                _ => runs.push((row, row)),
            }
        }
        Self(Arc::new(runs))
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        let lengths = self
            .0
            .iter()
            .map(|(first, last)| (last - first) as usize + 1);
        lengths.sum()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The last row.
    pub fn last(&self) -> Option<u32> {
        self.0.last().map(|&(_, last)| last)
    }

    /// Whether a row is in the set.
    pub fn contains(&self, row: u32) -> bool {
        let after = self.0.partition_point(|&(first, _)| first <= row);
        let run = after.checked_sub(1).and_then(|at| self.0.get(at));
        run.is_some_and(|&(_, last)| row <= last)
    }

    /// The rows, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().flat_map(|&(first, last)| first..=last)
    }
}

impl TryFrom<Vec<(u32, u32)>> for Rows {
    type Error = &'static str;

    fn try_from(runs: Vec<(u32, u32)>) -> Result<Self, Self::Error> {
        let is_run = runs.iter().all(|(first, last)| first <= last);
        let mut pairs = runs.windows(2);
        let are_apart = pairs.all(|pair| pair[1].0 > pair[0].1 && pair[1].0 - pair[0].1 > 1);
        if is_run && are_apart {
            Ok(Self(Arc::new(runs)))
        } else {
            Err(NOT_RUNS)
        }
    }
}

impl From<Rows> for Vec<(u32, u32)> {
    fn from(rows: Rows) -> Self {
        rows.0.to_vec()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop where it stands")]
mod tests {
    use super::*;

    #[test]
    fn rows_become_runs_and_come_back() {
        let rows = Rows::of([7, 3, 4, 4, 5, u32::MAX, 0]);
        let text = serde_json::to_string(&rows).unwrap();
        assert_eq!(text, "[[0,0],[3,5],[7,7],[4294967295,4294967295]]");
        assert_eq!(serde_json::from_str::<Rows>(&text).unwrap(), rows);
        assert_eq!(rows.iter().collect::<Vec<_>>(), [0, 3, 4, 5, 7, u32::MAX]);
        assert_eq!((rows.len(), rows.last()), (6, Some(u32::MAX)));
        let inside = (0..9).filter(|&row| rows.contains(row));
        assert_eq!(inside.collect::<Vec<_>>(), [0, 3, 4, 5, 7]);
        assert!(Rows::of([]).is_empty() && !Rows::of([]).contains(0));
    }

    #[test]
    fn what_is_no_ascending_run_is_refused() {
        for text in ["[[2,1]]", "[[0,1],[1,2]]", "[[0,1],[2,3]]", "[[5,6],[0,1]]"] {
            let error = serde_json::from_str::<Rows>(text).unwrap_err();
            assert!(error.to_string().starts_with(NOT_RUNS), "{error}");
        }
    }
}
