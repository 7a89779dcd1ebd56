//! Which columns of a table lie out of sight.

use leptos::html::Thead;
use leptos::prelude::*;
use web_sys::{Element, HtmlElement};

use super::scroller::Scroller;

/// A column of the table.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct TableColumn {
    /// What it is called.
    pub(in crate::ui) name: String,
    /// Its least width in pixels.
    pub(in crate::ui) width: f64,
}

/// The columns that lie out of sight, wholly or in part.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sides {
    /// Whether the table is wider than its place.
    pub(super) is_wide: bool,
    /// Names of those behind the first column.
    pub(super) left: Vec<String>,
    /// Names of those beyond the right edge.
    pub(super) right: Vec<String>,
}

/// Follows size, columns and scrolling.
pub(super) fn use_sides(
    head: NodeRef<Thead>,
    columns: Memo<Vec<TableColumn>>,
    scroller: Scroller,
) -> ReadSignal<Sides> {
    let (sides, set_sides) = signal(Sides::default());
    let measure = move || {
        let (Some(stage), Some(Some(head))) = (scroller.stage(), head.try_get_untracked()) else {
            return;
        };
        let found = columns.with_untracked(|columns| measured(&stage, &head, columns));
        if sides.with_untracked(|sides| *sides != found) {
            set_sides.set(found);
        }
    };
    Effect::new(move |_| {
        scroller.size.track();
        scroller.scrolled_by.track();
        columns.track();
        head.track();
        // The head may not have its new cells yet.
        request_animation_frame(measure);
    });
    sides
}

fn measured(stage: &HtmlElement, head: &HtmlElement, columns: &[TableColumn]) -> Sides {
    let mut found = Sides {
        is_wide: stage.scroll_width() > stage.client_width(),
        ..Sides::default()
    };
    // As drawn: a sticky cell counts its offset from an ancestor further out.
    let sight = stage.get_bounding_client_rect();
    let edge = sight.left() + f64::from(stage.client_width());
    let row = head.first_element_child();
    let mut cell = row.and_then(|row| row.first_element_child());
    let first = cell.as_ref().map(Element::get_bounding_client_rect);
    let fixed = first.map_or(0.0, |first| first.right());
    for (at, column) in columns.iter().enumerate() {
        let Some(element) = cell else { break };
        let place = element.get_bounding_client_rect();
        cell = element.next_element_sibling();
        // The first is always in sight; a pixel is rounding.
        if at > 0 && place.right() > edge + 1.0 {
            found.right.push(column.name.clone());
        } else if at > 0 && place.left() + 1.0 < fixed {
            found.left.push(column.name.clone());
        }
    }
    found
}
