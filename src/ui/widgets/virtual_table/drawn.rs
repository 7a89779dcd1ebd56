//! What of a table is drawn: the rows in sight, and the one that has the focus wherever it is.

use leptos::html::{Tbody, Td};
use leptos::prelude::*;
use web_sys::{FocusEvent, HtmlElement, KeyboardEvent};

use super::rows::{Rows, TableRow, key_of};
use super::scroller::Scroller;
use crate::ui::hooks::focus_quietly;
use crate::view::RowStep;

/// A row with the focus.
#[derive(Clone, Copy)]
struct Focused {
    position: usize,
    key: usize,
}

/// The rows in the page.
#[derive(Clone, Copy)]
pub(super) struct Drawn {
    scroller: Scroller,
    /// The part of the table that holds them.
    pub(super) body: NodeRef<Tbody>,
    /// The room of the rows above.
    pub(super) above: NodeRef<Td>,
    /// The room of the rows below.
    pub(super) below: NodeRef<Td>,
    shown: StoredValue<Rows, LocalStorage>,
    focused: StoredValue<Option<Focused>>,
    /// Position of a row that takes the focus once it is in the page.
    to_focus: StoredValue<Option<usize>>,
}

impl Drawn {
    pub(super) fn new(scroller: Scroller) -> Self {
        Self {
            scroller,
            body: NodeRef::new(),
            above: NodeRef::new(),
            below: NodeRef::new(),
            shown: StoredValue::new_local(Rows::default()),
            focused: StoredValue::new(None),
            to_focus: StoredValue::new(None),
        }
    }

    /// Draws what is in sight.
    pub(super) fn draw(self, rows: Callback<(usize, usize), Vec<TableRow>>) {
        let (Some(body), Some(above)) = (self.body.get(), self.above.get()) else {
            return;
        };
        let Some(below) = self.below.get() else {
            return;
        };
        let window = self.scroller.window.get();
        let (n, row_height) = self
            .scroller
            .list
            .with_untracked(|list| (list.n, list.row_height));
        let in_window = rows.run((window.first, window.last)).into_iter();
        let mut wanted: Vec<_> = (window.first..).zip(in_window).collect();
        let mut room = (window.above, window.below);
        let beside = self.focused.get_value().filter(|focused| {
            focused.position < n && !(window.first..window.last).contains(&focused.position)
        });
        if let Some(Focused { position, key }) = beside {
            let row = rows.run((position, position + 1)).pop();
            if let Some(row) = row.filter(|row| row.key == key) {
                // It stands right beside those in sight and takes the room of one of the others.
                if position < window.first {
                    room.0 = (room.0 - row_height).max(0.0);
                    wanted.insert(0, (position, row));
                } else {
                    room.1 = (room.1 - row_height).max(0.0);
                    wanted.push((position, row));
                }
            }
        }
        for (cell, height) in [(above, room.0), (below, room.1)] {
            let style = HtmlElement::style(&cell);
            let set = style.set_property("height", &format!("{height}px"));
            debug_assert!(set.is_ok());
        }
        let mut is_focus_lost = false;
        self.shown
            .update_value(|shown| is_focus_lost = shown.show(&body, wanted));
        if let (true, Some(stage)) = (is_focus_lost, self.scroller.stage()) {
            self.focused.set_value(None);
            focus_quietly(&stage);
        }
        self.scroller.follow();
        if let Some(position) = self.to_focus.get_value() {
            self.to_focus.set_value(None);
            self.shown.with_value(|shown| shown.focus(position));
        }
    }

    /// Marks these rows, and no others.
    pub(super) fn mark(self, marked: &[usize]) {
        self.shown.update_value(|shown| shown.mark(marked));
    }

    /// The focus has come to a row; returns its key.
    pub(super) fn on_focus(self, event: &FocusEvent) -> Option<usize> {
        let key = key_of(event.target())?;
        let position = self.shown.with_value(|shown| shown.position(key));
        let focused = position.map(|position| Focused { position, key });
        self.focused.set_value(focused);
        Some(key)
    }

    /// The focus has left a row.
    pub(super) fn on_blur(self) {
        self.focused.set_value(None);
    }

    /// Moves by rows: the focus, where it is on one, or else the list.
    pub(super) fn on_key(self, event: &KeyboardEvent) {
        let focused = self.focused.get_value().map(|focused| focused.position);
        let list = self.scroller.list.get_untracked();
        let offset = self.scroller.place.with_untracked(|place| place.offset);
        if let (Some(row), "Tab") = (focused, event.key().as_str()) {
            // The next stop is beside this row only where this row is.
            self.scroller.go(list.revealing(row, offset));
            return;
        }
        if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let Some(step) = RowStep::of_key(&event.key()) else {
            return;
        };
        event.prevent_default();
        let Some(row) = focused else {
            self.scroller.go(list.offset_after(offset, step));
            return;
        };
        let row = list.row_after(row, step);
        self.scroller.go(list.revealing(row, offset));
        // One that is not in the page yet takes the focus once it is.
        if !self.shown.with_value(|shown| shown.focus(row)) {
            self.to_focus.set_value(Some(row));
        }
    }
}
