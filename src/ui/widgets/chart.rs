//! A chart on a canvas, with what lies above it, its name for readers and its table.

use std::sync::Arc;

use leptos::html::{Canvas, Div};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{escaped, joined};
use crate::chart::{Chart, Frame, Summary, Theme, Viewport};
use crate::table::Unit;
use crate::ui::canvas;
use crate::ui::hooks::use_size;
use crate::words::{SHOW_AS_TABLE, UnitOf, cell_words, chart_words, quantity_unit, quantity_words};

/// Where a chart is on the screen, for what lies above it.
#[derive(Clone, Copy)]
pub(in crate::ui) struct ChartPlace {
    /// What it is drawn on; none before it is shown.
    pub frame: Memo<Option<Frame>>,
    /// Where its data lie.
    pub viewport: Memo<Option<Viewport>>,
}

/// What the values of the column of a name are written with.
pub(in crate::ui) type ColumnUnits = Arc<dyn Fn(&str) -> Unit + Send + Sync>;

/// Draws a chart whenever it, its size or the theme changes.
#[component]
pub(in crate::ui) fn ChartCanvas<C>(
    /// What is drawn; none for an empty canvas.
    chart: Memo<Option<C>>,
    /// Its colours.
    #[prop(into)]
    theme: Signal<Theme>,
    /// The class that gives it its place.
    class: &'static str,
    /// Whether what lies above it tells readers what it shows, in its place.
    #[prop(optional)]
    is_told_above: bool,
    /// What the values in its table are written with, where they are those of columns.
    #[prop(optional)]
    unit_of: Option<ColumnUnits>,
    /// What lies above it, made once.
    over: impl FnOnce(ChartPlace) -> AnyView,
) -> impl IntoView
where
    C: Chart + Send + Sync + 'static,
{
    let sheet = NodeRef::<Div>::new();
    let surface = NodeRef::<Canvas>::new();
    let size = use_size(sheet);
    let frame = Memo::new(move |_| {
        let (width, height) = size.get();
        (width >= 1.0 && height >= 1.0).then(|| canvas::frame(width, height))
    });
    let viewport = Memo::new(move |_| {
        let frame = frame.get()?;
        chart.with(|chart| chart.as_ref().map(|chart| chart.viewport(&frame)))
    });
    Effect::new(move |_| {
        let (Some(frame), Some(surface), theme) = (frame.get(), surface.get(), theme.get()) else {
            return;
        };
        chart.with(|chart| {
            canvas::draw(&surface, &frame, |area| {
                let chart = chart.as_ref();
                chart.map_or(Ok(()), |chart| chart.draw(area, &frame, &theme))
            });
        });
    });
    let summary = Signal::derive(move || chart.with(|chart| chart.as_ref().map(C::summary)));
    chart_view(
        class,
        (sheet, surface),
        summary,
        is_told_above,
        unit_of,
        over(ChartPlace { frame, viewport }),
    )
}

/// What is the same for every chart, hence compiled once.
fn chart_view(
    class: &'static str,
    (sheet, surface): (NodeRef<Div>, NodeRef<Canvas>),
    summary: Signal<Option<Summary>>,
    is_told_above: bool,
    unit_of: Option<ColumnUnits>,
    over: AnyView,
) -> AnyView {
    let name = move || {
        let summary = summary.with(|summary| summary.as_ref().map(chart_words));
        summary.filter(|_| !is_told_above)
    };
    let is_hidden = is_told_above.then_some("true");
    let role = (!is_told_above).then_some("img");
    let is_open = RwSignal::new(false);
    let on_toggle = move |event: leptos::ev::Event| {
        let details = event.target();
        let details = details.and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        is_open.set(details.is_some_and(|details| details.has_attribute("open")));
    };
    // A table that nobody looks at costs nothing.
    let table = move || {
        let is_open = is_open.get();
        let unit_of = |name: &str| unit_of.as_ref().map_or(Unit::None, |unit_of| unit_of(name));
        let html = |summary: &Summary| table_html(summary, &unit_of);
        is_open.then(|| summary.with(|summary| summary.as_ref().map(html)))
    };
    view! {
        <div class="chart">
            <div class=class>
                <div class="chart__sheet" node_ref=sheet><canvas node_ref=surface role=role aria-label=name aria-hidden=is_hidden></canvas></div>
                {over}
            </div>
            <details class="chart__twin" on:toggle=on_toggle>
                <summary>{SHOW_AS_TABLE}</summary>
                <div class="chart__table" tabindex="0" role="region" aria-label=SHOW_AS_TABLE inner_html=move || table().flatten()></div>
            </details>
        </div>
    }
    .into_any()
}

/// A chart as a table, with what is chosen in bold.
fn table_html(summary: &Summary, unit_of: UnitOf) -> String {
    let heads = summary.columns.iter().map(quantity_words);
    let heads = joined(heads.map(|head| format!("<th scope=col>{}</th>", escaped(&head))));
    let is_part_chosen = summary.rows.iter().any(|row| !row.is_chosen);
    let rows = summary.rows.iter().map(|row| {
        let class = if row.is_chosen && is_part_chosen {
            " class=chart__chosen aria-current=true"
        } else {
            ""
        };
        let cells = row.cells.iter().zip(&summary.columns);
        let cells =
            cells.map(|(cell, column)| cell_words(*cell, quantity_unit(column, summary, unit_of)));
        let cells = joined(cells.map(|cell| format!("<td>{}</td>", escaped(&cell))));
        format!("<tr{class}>{cells}</tr>")
    });
    format!(
        "<table><caption class=visually-hidden>{}</caption><thead><tr>{heads}</tr></thead><tbody>{}</tbody></table>",
        escaped(&summary.title),
        joined(rows)
    )
}
