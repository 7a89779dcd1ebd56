//! What is shown and what is selected.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::result::{Filter, Filters};
use crate::ui::state::{AppState, ListScope, Shared};

/// How a new choice changes the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum SelectMode {
    /// The choice replaces it; choosing the same again clears it.
    Replace,
    /// The choice joins it (Shift).
    Add,
    /// The choice leaves it (Ctrl or Cmd).
    Remove,
}

impl SelectMode {
    pub(in crate::ui) fn of(shift: bool, control: bool) -> Self {
        match (shift, control) {
            (true, _) => Self::Add,
            (false, true) => Self::Remove,
            (false, false) => Self::Replace,
        }
    }
}

impl AppState {
    /// Keeps customers whose value lies within the range; the whole range removes the filter.
    pub(in crate::ui) fn set_range(&self, column: &str, range: Option<(f64, f64)>) {
        self.filters.update(|filters| {
            match range {
                Some((min, max)) => filters.insert(column.to_owned(), Filter::Range { min, max }),
                None => filters.remove(column),
            };
        });
    }

    /// Keeps or drops customers of a category; none chosen means all.
    pub(in crate::ui) fn toggle_value(&self, column: &str, code: u32) {
        self.filters.update(|filters| {
            let mut codes = match filters.remove(column) {
                Some(Filter::Values { codes }) => codes,
                Some(Filter::Range { .. }) | None => BTreeSet::new(),
            };
            if !codes.remove(&code) {
                codes.insert(code);
            }
            if !codes.is_empty() {
                filters.insert(column.to_owned(), Filter::Values { codes });
            }
        });
    }

    /// Removes all filters.
    pub(in crate::ui) fn clear_filters(&self) {
        self.filters.set(Filters::new());
    }

    /// Changes the selection by a set of rows.
    pub(in crate::ui) fn select(&self, rows: impl IntoIterator<Item = usize>, mode: SelectMode) {
        let rows: BTreeSet<usize> = rows.into_iter().collect();
        let before = self.selection.get_untracked();
        let after: BTreeSet<usize> = match mode {
            SelectMode::Replace if rows == *before => BTreeSet::new(),
            SelectMode::Replace => rows,
            SelectMode::Add => before.union(&rows).copied().collect(),
            SelectMode::Remove => before.difference(&rows).copied().collect(),
        };
        if after.is_empty() && self.list.get_untracked().scope == ListScope::Selected {
            self.list_those(ListScope::Mismatched);
        }
        if !after.is_empty() {
            self.list_those(ListScope::Selected);
        }
        self.selection.set(Shared::new(after));
    }

    /// Lists these customers.
    pub(in crate::ui) fn list_those(&self, scope: ListScope) {
        self.list.update(|list| list.scope = scope);
    }

    /// Forgets the selection.
    pub(in crate::ui) fn clear_selection(&self) {
        self.select([], SelectMode::Replace);
    }
}
