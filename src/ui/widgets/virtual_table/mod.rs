//! A table of any length of which only the rows in sight stand in the page. Where which row lies is [`crate::view::VirtualRows`]' to say.
//!
//! The page holds its elements itself: views of every cell would weigh more and could not promise that a row stays the element that it is.

mod cells;
mod drawn;
mod parts;
mod rows;

use leptos::html::{Button, Div};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::MouseEvent;

use drawn::Drawn;
pub(in crate::ui) use drawn::TableShape;
pub(in crate::ui) use parts::TableColumn;
use parts::{SKELETON, column_of};
pub(in crate::ui) use rows::TableRow;
use rows::key_of;

use crate::ui::hooks::use_size;
use crate::words::SHOW_NEXT_COLUMNS;

/// What happens in a table.
pub(in crate::ui) enum TableEvent {
    /// A row is clicked: its key.
    Row(usize, MouseEvent),
    /// The head of a column is pressed: its position.
    Head(usize),
    /// Pointer or focus come to a row, or the pointer to none.
    Point(Option<usize>),
}

/// The table. Its first column stays in sight; what lies out of sight is named below.
#[component]
pub(in crate::ui) fn VirtualTable(
    /// What the table is, for screen readers.
    label: &'static str,
    /// Its test id.
    id: &'static str,
    /// What the table is like now.
    #[prop(into)]
    shape: Callback<(), TableShape>,
    /// The rows from a position up to another.
    #[prop(into)]
    rows: Callback<(usize, usize), Vec<TableRow>>,
    /// Keys of rows that are marked.
    #[prop(into)]
    marked: Callback<(), Vec<usize>>,
    /// Called with what happens.
    #[prop(into)]
    on_event: Callback<TableEvent>,
) -> impl IntoView {
    let (stage, more) = (NodeRef::<Div>::new(), NodeRef::<Button>::new());
    let redraw = Trigger::new();
    let size = use_size(stage);
    let drawn = StoredValue::new_local(Drawn::new(redraw));
    let drawn = move || drawn.try_get_value();
    Effect::new(move |_| {
        redraw.track();
        let (stage, more, size) = (stage.get(), more.get(), size.get());
        if let (Some(stage), Some(more), Some(drawn)) = (stage, more, drawn()) {
            drawn.draw(&stage, &more, size, &shape.run(()), rows);
            drawn.mark(&marked.run(()));
        }
    });
    on_cleanup(move || {
        if let Some(drawn) = drawn() {
            drawn.hush();
        }
    });
    let point = move |key: Option<usize>| {
        if drawn().is_some_and(|drawn| drawn.points_at(key)) {
            on_event.run(TableEvent::Point(key));
        }
    };
    let on_click = move |event: MouseEvent| {
        if let Some(key) = key_of(event.target()) {
            on_event.run(TableEvent::Row(key, event));
        } else if let Some(column) = column_of(event.target()) {
            on_event.run(TableEvent::Head(column));
        }
    };
    let on_focus = move |event: web_sys::FocusEvent| {
        let key = key_of(event.target());
        drawn().inspect(|drawn| drawn.has_focus(key));
        if key.is_some() {
            point(key);
        }
    };
    let on_blur = move |event: web_sys::FocusEvent| {
        // The browser tells of it, too, when the table has gone with all that belongs to it.
        let Some(drawn) = drawn() else {
            return;
        };
        drawn.has_focus(None);
        let to = event.related_target();
        let to = to.and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        let stage = stage.get_untracked();
        // Who leaves the table points at none of its rows any more.
        if !stage.is_some_and(|stage| stage.contains(to.as_ref()) && to.is_some()) {
            point(None);
        }
    };
    view! {
        <div class="scroll-both virtual" node_ref=stage tabindex="0" role="region" aria-label=label inner_html=SKELETON.replace("{ID}", id).replace("{LABEL}", label)
            on:scroll=move |_| { drawn().inspect(Drawn::scrolled); }
            on:keydown=move |event| { drawn().inspect(|drawn| drawn.on_key(&event)); }
            on:click=on_click
            on:mouseover=move |event| point(key_of(event.target()))
            on:mouseleave=move |_| point(None)
            on:focusin=on_focus
            on:focusout=on_blur></div>
        <button class="virtual__more" node_ref=more title=SHOW_NEXT_COLUMNS on:click=move |_| { drawn().inspect(Drawn::turn); }></button>
    }
}
