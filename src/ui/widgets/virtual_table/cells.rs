//! The cells of a row, renewed without touching those that say the same.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Puts new cells into a row; returns what takes the focus again, where a cell that had it was renewed.
pub(super) fn renew(row: &Element, before: &[String], now: &[String]) -> Option<HtmlElement> {
    let focus = document().active_element();
    let had_focus = |element: &Element| element.contains(focus.as_deref());
    if before.len() != now.len() {
        let had_focus = had_focus(row);
        row.set_inner_html(&now.concat());
        return had_focus.then(|| button(row)).flatten();
    }
    let mut refocus = None;
    let mut next = row.first_element_child();
    for (place, (now, before)) in now.iter().zip(before).enumerate() {
        let Some(cell) = next else { break };
        next = cell.next_element_sibling();
        if now != before {
            let had_focus = had_focus(&cell);
            cell.set_outer_html(now);
            if had_focus {
                refocus = row.children().item(place as u32);
            }
        }
    }
    refocus.as_ref().and_then(button)
}

/// The first button in an element.
pub(super) fn button(element: &Element) -> Option<HtmlElement> {
    let button = element.query_selector("button").ok().flatten()?;
    button.dyn_into().ok()
}
