//! Who is selected, and who is under the pointer. Both are gone with the page.

use leptos::prelude::*;

use crate::session::ListScope;
use crate::ui::state::{AppState, Shared};
use crate::view::RowSet;

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
    /// Changes the selection by a set of rows; the list then shows who is selected.
    pub(in crate::ui) fn select(self, rows: impl IntoIterator<Item = usize>, mode: SelectMode) {
        self.pick(rows, mode);
        let is_empty = self.selection.with_untracked(|rows| rows.is_empty());
        let was_listed = self.now().view.look.scope == ListScope::Selected;
        match (is_empty, was_listed) {
            (true, true) => self.list_those(ListScope::Mismatched),
            (false, false) => self.list_those(ListScope::Selected),
            (true, false) | (false, true) => {}
        }
    }

    /// Changes the selection by one row of the list, which stays what it is.
    pub(in crate::ui) fn select_listed(self, row: usize, mode: SelectMode) {
        self.pick([row], mode);
        let is_empty = self.selection.with_untracked(|rows| rows.is_empty());
        if is_empty && self.now().view.look.scope == ListScope::Selected {
            self.list_those(ListScope::Mismatched);
        }
    }

    fn pick(self, rows: impl IntoIterator<Item = usize>, mode: SelectMode) {
        let rows: RowSet = rows.into_iter().collect();
        let before = self.selection.get_untracked();
        let after = match mode {
            SelectMode::Replace if rows == *before => RowSet::default(),
            SelectMode::Replace => rows,
            SelectMode::Add => before.union(&rows),
            SelectMode::Remove => before.difference(&rows),
        };
        self.signals.selection.set(Shared::new(after));
    }

    /// Lists these customers.
    pub(in crate::ui) fn list_those(self, scope: ListScope) {
        self.look(|look| look.scope = scope);
    }

    /// Forgets the selection.
    pub(in crate::ui) fn clear_selection(self) {
        self.select([], SelectMode::Replace);
    }

    /// The pointer is on a customer, or on none.
    pub(in crate::ui) fn point_at(self, row: Option<usize>) {
        self.signals.hover.set(row);
    }
}
