//! A table of any length of which only the rows in sight stand in the page. Where which row lies is [`VirtualRows`]' to say.

mod drawn;
mod rows;
mod scroller;
mod sides;

use leptos::html::{Div, Thead};
use leptos::prelude::*;
use web_sys::MouseEvent;

use drawn::Drawn;
pub(in crate::ui) use rows::TableRow;
use rows::key_of;
use scroller::Scroller;
pub(in crate::ui) use sides::TableColumn;
use sides::use_sides;

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
    let scroller = Scroller::new(stage, head, n);
    let drawn = Drawn::new(scroller);
    Effect::new(move |before: Option<usize>| {
        let about = about.get();
        if before.is_some_and(|before| before != about) {
            scroller.go(0.0);
        }
        about
    });
    Effect::new(move |_| {
        drawn.draw(rows);
        drawn.mark(&marked.get_untracked());
    });
    Effect::new(move |_| drawn.mark(&marked.get()));
    let pointed = StoredValue::new(None::<usize>);
    let point = move |key: Option<usize>| {
        if pointed.get_value() != key {
            pointed.set_value(key);
            on_point.run(key);
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
        <div class="scroll-both virtual" class:virtual--left=move || sides.with(|sides| !sides.left.is_empty()) class:virtual--right=move || sides.with(|sides| !sides.right.is_empty()) node_ref=stage on:scroll=move |_| scroller.scrolled() on:keydown=move |event| drawn.on_key(&event) tabindex="0" role="region" aria-label=label>
            <table class="table table--sticky virtual__table" style:min-width=move || format!("{}px", least()) aria-label=label aria-rowcount=move || (n.get() + 1).to_string() data-testid=id data-count=move || n.get()>
                <colgroup>{widths}</colgroup>
                <thead node_ref=head><tr aria-rowindex="1">{children()}</tr></thead>
                <tbody class="table__spacer" aria-hidden="true"><tr><td node_ref=drawn.above colspan=move || columns.with(Vec::len)></td></tr></tbody>
                <tbody node_ref=drawn.body
                    on:click=move |event| if let Some(key) = key_of(event.target()) { on_click.run((key, event)); }
                    on:mouseover=move |event| point(key_of(event.target()))
                    on:mouseleave=move |_| point(None)
                    on:focusin=move |event| point(drawn.on_focus(&event))
                    on:focusout=move |_| drawn.on_blur()></tbody>
                <tbody class="table__spacer" aria-hidden="true"><tr><td node_ref=drawn.below colspan=move || columns.with(Vec::len)></td></tr></tbody>
            </table>
            {move || empty.get().map(|words| view! { <p class="empty">{words}</p> })}
        </div>
        <button class="virtual__more" class:virtual__more--on=move || sides.with(|sides| sides.is_wide) title=SHOW_NEXT_COLUMNS on:click=move |_| scroller.turn()>{words}</button>
    }
}
