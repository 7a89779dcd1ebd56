//! A table of any length of which only the rows in sight stand in the page. Where which row lies is [`VirtualRows`]' to say.

mod rows;
mod scroller;
mod sides;

use leptos::html::{Div, Tbody, Td, Thead};
use leptos::prelude::*;
use web_sys::{KeyboardEvent, MouseEvent};

pub(in crate::ui) use rows::TableRow;
use rows::{Rows, key_of};
use scroller::Scroller;
pub(in crate::ui) use sides::TableColumn;
use sides::use_sides;

use crate::ui::hooks::focus_quietly;
use crate::view::RowStep;
use crate::words::{SHOW_NEXT_COLUMNS, columns_out_of_sight};

/// The table, its head given as children. The first column stays in sight; what lies out of sight is named below.
#[component]
pub(in crate::ui) fn VirtualTable(
    /// What the table is, for screen readers.
    label: &'static str,
    /// Its test id.
    id: &'static str,
    /// The columns.
    columns: Memo<Vec<TableColumn>>,
    /// How many rows there are.
    #[prop(into)]
    n: Signal<usize>,
    /// The rows from a position up to another.
    #[prop(into)]
    rows: Callback<(usize, usize), Vec<TableRow>>,
    /// What the rows are: where that changes, the table starts at its first row.
    #[prop(into)]
    about: Signal<usize>,
    /// Keys of rows that are marked.
    #[prop(into)]
    marked: Signal<Vec<usize>>,
    /// Called with the key of a row that is clicked.
    #[prop(into)]
    on_click: Callback<(usize, MouseEvent)>,
    /// Called with the key of the row that pointer or focus come to, and with none.
    #[prop(into)]
    on_point: Callback<Option<usize>>,
    /// What stands there instead of rows.
    #[prop(into)]
    empty: Signal<Option<&'static str>>,
    /// The cells of the head.
    children: Children,
) -> impl IntoView {
    let (stage, head) = (NodeRef::<Div>::new(), NodeRef::<Thead>::new());
    let body = NodeRef::<Tbody>::new();
    let (above, below) = (NodeRef::<Td>::new(), NodeRef::<Td>::new());
    let scroller = Scroller::new(stage, head, n);
    let shown = StoredValue::new_local(Rows::default());
    // The row with the focus stays in the page wherever the list is.
    let focused = StoredValue::new(None::<(usize, usize)>);
    let to_focus = StoredValue::new(None::<usize>);
    Effect::new(move |before: Option<usize>| {
        let about = about.get();
        if before.is_some_and(|before| before != about) {
            scroller.go(0.0);
        }
        about
    });
    Effect::new(move |_| {
        let (Some(stage), Some(body)) = (stage.get(), body.get()) else {
            return;
        };
        let (Some(above), Some(below)) = (above.get(), below.get()) else {
            return;
        };
        let window = scroller.window.get();
        let row_height = scroller.list.with_untracked(|list| list.row_height);
        let in_window = rows.run((window.first, window.last)).into_iter();
        let mut wanted: Vec<_> = (window.first..).zip(in_window).collect();
        let mut room = (window.above, window.below);
        let pinned = focused.get_value().filter(|(position, _)| {
            *position < n.get() && !(window.first..window.last).contains(position)
        });
        if let Some((position, key)) = pinned {
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
            let style = web_sys::HtmlElement::style(&cell);
            let set = style.set_property("height", &format!("{height}px"));
            debug_assert!(set.is_ok());
        }
        shown.update_value(|shown| {
            let is_focus_lost = shown.show(&body, wanted);
            shown.mark(&marked.get_untracked());
            if is_focus_lost {
                focused.set_value(None);
                focus_quietly(&stage);
            }
        });
        scroller.follow();
        if let Some(position) = to_focus.get_value() {
            to_focus.set_value(None);
            shown.with_value(|shown| shown.focus(position));
        }
    });
    Effect::new(move |_| {
        let marked = marked.get();
        shown.update_value(|shown| shown.mark(&marked));
    });
    let pointed = StoredValue::new(None::<usize>);
    let point = move |key: Option<usize>| {
        if pointed.get_value() != key {
            pointed.set_value(key);
            on_point.run(key);
        }
    };
    let on_focus = move |event: web_sys::FocusEvent| {
        let key = key_of(event.target());
        let position = key.and_then(|key| shown.with_value(|shown| shown.position(key)));
        focused.set_value(position.zip(key));
        point(key);
    };
    let on_keydown = move |event: KeyboardEvent| {
        let focused = focused.get_value().map(|(position, _)| position);
        let list = scroller.list.get_untracked();
        let offset = scroller.place.with_untracked(|place| place.offset);
        if let (Some(row), "Tab") = (focused, event.key().as_str()) {
            // The next stop is beside this row only where this row is.
            scroller.go(list.revealing(row, offset));
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
            scroller.go(list.offset_after(offset, step));
            return;
        };
        let row = list.row_after(row, step);
        scroller.go(list.revealing(row, offset));
        // One that does not stand in the page yet takes the focus once it does.
        if !shown.with_value(|shown| shown.focus(row)) {
            to_focus.set_value(Some(row));
        }
    };
    let sides = use_sides(head, columns, scroller);
    let words = move || sides.with(|sides| columns_out_of_sight(&sides.left, &sides.right));
    let least = move || columns.with(|columns| columns.iter().map(|it| it.width).sum::<f64>());
    let widths = move || {
        let widths = columns.get().into_iter();
        widths
            .map(|column| view! { <col style:width=format!("{}px", column.width)/> })
            .collect::<Vec<_>>()
    };
    view! {
        <div class="scroll-both virtual" class:virtual--left=move || sides.with(|sides| !sides.left.is_empty()) class:virtual--right=move || sides.with(|sides| !sides.right.is_empty()) node_ref=stage on:scroll=move |_| scroller.scrolled() on:keydown=on_keydown tabindex="0" role="region" aria-label=label>
            <table class="table table--sticky virtual__table" style:min-width=move || format!("{}px", least()) aria-label=label aria-rowcount=move || (n.get() + 1).to_string() data-testid=id data-count=move || n.get()>
                <colgroup>{widths}</colgroup>
                <thead node_ref=head><tr aria-rowindex="1">{children()}</tr></thead>
                <tbody class="table__spacer" aria-hidden="true"><tr><td node_ref=above colspan=move || columns.with(Vec::len)></td></tr></tbody>
                <tbody node_ref=body
                    on:click=move |event| if let Some(key) = key_of(event.target()) { on_click.run((key, event)); }
                    on:mouseover=move |event| point(key_of(event.target()))
                    on:mouseleave=move |_| point(None)
                    on:focusin=on_focus
                    on:focusout=move |_| focused.set_value(None)></tbody>
                <tbody class="table__spacer" aria-hidden="true"><tr><td node_ref=below colspan=move || columns.with(Vec::len)></td></tr></tbody>
            </table>
            {move || empty.get().map(|words| view! { <p class="empty">{words}</p> })}
        </div>
        <button class="virtual__more" class:virtual__more--on=move || sides.with(|sides| sides.is_wide) title=SHOW_NEXT_COLUMNS on:click=move |_| scroller.turn()>{words}</button>
    }
}
