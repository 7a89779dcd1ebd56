//! The rows of a table that stand in the page: one that stays in sight keeps its element, and with it the focus and a reader's place.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::cells::{button, renew};

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

/// Where the focus belongs after rows have changed.
pub(super) enum Focus {
    /// Where it is.
    Stays,
    /// Here.
    On(HtmlElement),
    /// It was on a row that is gone.
    Lost,
}

impl Rows {
    /// Shows these rows, each with its position in the table, ascending. Moves no focus itself: who is told of it may ask for the rows.
    pub(super) fn show(&mut self, body: &Element, wanted: Vec<(usize, TableRow)>) -> Focus {
        let active = document().active_element();
        let has_focus = |element: &Element| element.contains(active.as_deref());
        let is_wanted = |key: usize| wanted.iter().any(|(_, row)| row.key == key);
        let (mut kept, gone): (Vec<_>, Vec<_>) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|shown| is_wanted(shown.row.key));
        let mut focus = Focus::Stays;
        for shown in gone {
            if has_focus(&shown.element) {
                focus = Focus::Lost;
            }
            shown.element.remove();
        }
        let mut next = body.first_element_child();
        for (position, row) in wanted {
            let known = kept.iter().position(|shown| shown.row.key == row.key);
            let shown = match known.map(|at| kept.swap_remove(at)) {
                Some(mut shown) => {
                    if let Some(button) = renew(&shown.element, &shown.row.cells, &row.cells) {
                        focus = Focus::On(button);
                    }
                    shown.row = row;
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
                if let (Ok(_), true, Some(button)) = (moved, had_focus, button(&shown.element)) {
                    focus = Focus::On(button);
                }
            }
            self.0.push(shown);
        }
        focus
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

    /// What takes the focus in the row at a position, where it is shown.
    pub(super) fn button(&self, position: usize) -> Option<HtmlElement> {
        let found = self.0.iter().find(|shown| shown.position == position);
        button(&found?.element)
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
}

/// The row that something in the table belongs to.
pub(super) fn key_of(target: Option<web_sys::EventTarget>) -> Option<usize> {
    let element = target?.dyn_into::<Element>().ok()?;
    let row = element.closest("tr[data-row]").ok().flatten()?;
    row.get_attribute("data-row")?.parse().ok()
}
