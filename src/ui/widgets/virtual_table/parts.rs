//! The elements of a table beside its rows: columns, head, the room of the rows out of sight, and the words about columns out of sight.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};

use crate::ui::hooks::number_of;
use crate::words::columns_out_of_sight;

/// A column of the table.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct TableColumn {
    /// What it is called.
    pub(in crate::ui) name: String,
    /// Its least width in pixels.
    pub(in crate::ui) width: f64,
    /// The cell of its head as HTML, with its tags.
    pub(in crate::ui) head: String,
}

/// What a table consists of; `ID` and `LABEL` are filled in.
pub(super) const SKELETON: &str = "<table class=\"table table--sticky virtual__table\" data-testid=\"{ID}\" aria-label=\"{LABEL}\">\
    <colgroup></colgroup><thead><tr aria-rowindex=1></tr></thead>\
    <tbody class=table__spacer aria-hidden=true><tr><td></td></tr></tbody><tbody></tbody>\
    <tbody class=table__spacer aria-hidden=true><tr><td></td></tr></tbody></table><p class=empty hidden></p>";

/// The elements.
#[derive(Clone)]
pub(super) struct Parts {
    stage: HtmlElement,
    more: HtmlElement,
    table: HtmlElement,
    columns: Element,
    /// The row of the head.
    pub(super) head: Element,
    /// Where the rows stand.
    pub(super) body: Element,
    above: HtmlElement,
    below: HtmlElement,
    empty: Element,
}

impl Parts {
    pub(super) fn of(stage: &HtmlElement, more: &HtmlElement) -> Option<Self> {
        let find = |place: &str| stage.query_selector(place).ok().flatten();
        Some(Self {
            stage: stage.clone(),
            more: more.clone(),
            table: find("table")?.dyn_into().ok()?,
            columns: find("colgroup")?,
            head: find("thead>tr")?,
            body: find("tbody:nth-of-type(2)")?,
            above: find("tbody:nth-of-type(1) td")?.dyn_into().ok()?,
            below: find("tbody:nth-of-type(3) td")?.dyn_into().ok()?,
            empty: find("p")?,
        })
    }

    /// The element that scrolls.
    pub(super) fn stage(&self) -> &HtmlElement {
        &self.stage
    }

    /// Widths of the columns.
    pub(super) fn set_columns(&self, columns: &[TableColumn]) {
        let widths = columns.iter();
        let cols = widths.map(|it| format!("<col style=\"width:{}px\">", it.width));
        self.columns.set_inner_html(&cols.collect::<String>());
        let least: f64 = columns.iter().map(|it| it.width).sum();
        set_style(&self.table, "min-width", least);
    }

    /// How many rows there are, and what stands there instead of none.
    pub(super) fn set_count(&self, n: usize, empty: Option<&str>) {
        // The head is a row too.
        set(&self.table, "aria-rowcount", &(n + 1).to_string());
        set(&self.table, "data-count", &n.to_string());
        self.empty.set_text_content(empty);
        let shown = self
            .empty
            .toggle_attribute_with_force("hidden", empty.is_none());
        debug_assert!(shown.is_ok());
    }

    /// The room of the rows out of sight.
    pub(super) fn set_room(&self, above: f64, below: f64) {
        set_style(&self.above, "height", above);
        set_style(&self.below, "height", below);
    }

    /// Height of a row, as the style sheet says.
    pub(super) fn row_height(&self) -> Option<f64> {
        let style = window().get_computed_style(&self.stage).ok().flatten()?;
        let row = style.get_property_value("--row").ok()?;
        number_of(row.trim().trim_end_matches("px"))
    }

    /// Height of the part in sight.
    pub(super) fn viewport(&self) -> f64 {
        let head = self.head.get_bounding_client_rect().height();
        (f64::from(self.stage.client_height()) - head).max(0.0)
    }

    /// Names the columns that lie out of sight.
    pub(super) fn name_columns(&self, columns: &[TableColumn]) {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        // As drawn: a sticky cell counts its offset from an ancestor further out.
        let edge =
            self.stage.get_bounding_client_rect().left() + f64::from(self.stage.client_width());
        let mut cell = self.head.first_element_child();
        let mut fixed = None;
        for column in columns {
            let Some(element) = cell else { break };
            let place = element.get_bounding_client_rect();
            cell = element.next_element_sibling();
            // The first is always in sight; a pixel is rounding.
            let Some(fixed) = fixed else {
                fixed = Some(place.right());
                continue;
            };
            if place.right() > edge + 1.0 {
                right.push(column.name.clone());
            } else if place.left() + 1.0 < fixed {
                left.push(column.name.clone());
            }
        }
        let is_wide = self.stage.scroll_width() > self.stage.client_width();
        let class = if is_wide {
            "virtual__more virtual__more--on"
        } else {
            "virtual__more"
        };
        self.more.set_class_name(class);
        let words = columns_out_of_sight(&left, &right);
        self.more.set_text_content(words.as_deref());
        set(&self.stage, "data-left", &left.len().to_string());
    }

    /// Turns to the next columns; from the last back to the first.
    pub(super) fn turn(&self) {
        let most = self.stage.scroll_width() - self.stage.client_width();
        let here = self.stage.scroll_left();
        let first = self.head.first_element_child();
        let fixed = first.map_or(0, |first| first.client_width());
        let by = (self.stage.client_width() - fixed).max(fixed).max(1);
        let next = if here + 1 < most { here + by } else { 0 };
        self.stage.set_scroll_left(next);
    }
}

/// The position of the column whose head something belongs to.
pub(super) fn column_of(target: Option<EventTarget>) -> Option<usize> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.closest("button").ok().flatten()?;
    let mut cell = element.closest("thead>tr>th").ok().flatten()?;
    let mut position = 0;
    while let Some(before) = cell.previous_element_sibling() {
        (cell, position) = (before, position + 1);
    }
    Some(position)
}

fn set(element: &Element, name: &str, value: &str) {
    let is_set = element.set_attribute(name, value);
    debug_assert!(is_set.is_ok());
}

fn set_style(element: &HtmlElement, name: &str, pixels: f64) {
    let is_set = element.style().set_property(name, &format!("{pixels}px"));
    debug_assert!(is_set.is_ok());
}
