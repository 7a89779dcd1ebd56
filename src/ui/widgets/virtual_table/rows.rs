//! The rows of a table that stand in the page: one that stays in sight keeps its element, and with it the focus and a reader's place.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::ui::hooks::focus_quietly;

/// A row to be shown.
#[derive(Clone, Debug)]
pub(in crate::ui) struct TableRow {
    /// What it is known by, however the table is sorted.
    pub(in crate::ui) key: usize,
    /// Its cells as HTML, each with its tags.
    pub(in crate::ui) cells: Vec<String>,
}

/// A row that is shown.
struct Shown {
    row: TableRow,
    position: usize,
    is_marked: bool,
    element: Element,
}

/// All rows that are shown, from the first.
#[derive(Default)]
pub(super) struct Rows(Vec<Shown>);

impl Rows {
    /// Shows these rows, each with its position in the table, ascending. Returns whether the focus was on one that is gone.
    pub(super) fn show(&mut self, body: &Element, wanted: Vec<(usize, TableRow)>) -> bool {
        let focus = document().active_element();
        let has_focus = |element: &Element| element.contains(focus.as_deref());
        let is_wanted = |key: usize| wanted.iter().any(|(_, row)| row.key == key);
        let (mut kept, gone): (Vec<_>, Vec<_>) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|shown| is_wanted(shown.row.key));
        let mut is_focus_lost = false;
        for shown in gone {
            is_focus_lost |= has_focus(&shown.element);
            shown.element.remove();
        }
        let mut next = body.first_element_child();
        for (position, row) in wanted {
            let known = kept.iter().position(|shown| shown.row.key == row.key);
            let shown = match known.map(|at| kept.swap_remove(at)) {
                Some(mut shown) => {
                    shown.take(row);
                    shown.stand_at(position);
                    Some(shown)
                }
                None => Shown::new(position, row),
            };
            let Some(shown) = shown else { continue };
            if next.as_ref() == Some(&shown.element) {
                next = shown.element.next_element_sibling();
            } else {
                // Moved only where the order changed: an element that is moved loses the focus.
                let had_focus = has_focus(&shown.element);
                let moved = body.insert_before(&shown.element, next.as_deref());
                if moved.is_ok() && had_focus {
                    shown.focus();
                }
            }
            self.0.push(shown);
        }
        is_focus_lost
    }

    /// Marks these rows, and no others.
    pub(super) fn mark(&mut self, marked: &[usize]) {
        for shown in &mut self.0 {
            let is_marked = marked.contains(&shown.row.key);
            if shown.is_marked != is_marked {
                shown.is_marked = is_marked;
                let class = if is_marked { MARKED } else { PLAIN };
                shown.element.set_class_name(class);
            }
        }
    }

    /// Puts the focus on the row at a position, where it is shown.
    pub(super) fn focus(&self, position: usize) -> bool {
        let found = self.0.iter().find(|shown| shown.position == position);
        found.map(Shown::focus).is_some()
    }

    /// The position of the row of that key, where it is shown.
    pub(super) fn position(&self, key: usize) -> Option<usize> {
        let found = self.0.iter().find(|shown| shown.row.key == key);
        found.map(|shown| shown.position)
    }
}

const PLAIN: &str = "table__row";
const MARKED: &str = "table__row table__row--on";

impl Shown {
    fn new(position: usize, row: TableRow) -> Option<Self> {
        let element = document().create_element("tr").ok()?;
        element.set_class_name(PLAIN);
        let key = element.set_attribute("data-row", &row.key.to_string());
        element.set_inner_html(&row.cells.concat());
        key.ok()?;
        let mut shown = Self {
            row,
            position: usize::MAX,
            is_marked: false,
            element,
        };
        shown.stand_at(position);
        Some(shown)
    }

    /// The place in the whole table is what readers say; the head is its first row.
    fn stand_at(&mut self, position: usize) {
        if self.position != position {
            self.position = position;
            let place = (position + 2).to_string();
            let said = self.element.set_attribute("aria-rowindex", &place);
            debug_assert!(said.is_ok());
        }
    }

    /// Takes new cells; those that say the same stay as they are.
    fn take(&mut self, row: TableRow) {
        let focus = document().active_element();
        let had_focus = self.element.contains(focus.as_deref());
        if row.cells.len() == self.row.cells.len() {
            let mut cell = self.element.first_element_child();
            for (now, before) in row.cells.iter().zip(&self.row.cells) {
                let Some(element) = cell else { break };
                cell = element.next_element_sibling();
                if now != before {
                    element.set_outer_html(now);
                }
            }
        } else {
            self.element.set_inner_html(&row.cells.concat());
        }
        self.row = row;
        let focus = document().active_element();
        if had_focus && !self.element.contains(focus.as_deref()) {
            self.focus();
        }
    }

    /// The first thing in a row that takes the focus takes it.
    fn focus(&self) {
        let button = self.element.query_selector("button").ok().flatten();
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            focus_quietly(&button);
        }
    }
}

/// The row that something in the table belongs to.
pub(super) fn key_of(target: Option<web_sys::EventTarget>) -> Option<usize> {
    let element = target?.dyn_into::<Element>().ok()?;
    let row = element.closest("tr[data-row]").ok().flatten()?;
    row.get_attribute("data-row")?.parse().ok()
}
