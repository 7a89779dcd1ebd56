//! Before a file is open: drop, choose, paste, or try a demo file.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::privacy::Privacy;
use crate::chart::segment_shape;
use crate::demo::DemoFile;
use crate::ui::state::AppState;
use crate::ui::{files, later};

/// The start screen.
#[component]
pub(in crate::ui) fn Start() -> impl IntoView {
    let state = AppState::use_context();
    let pasted = NodeRef::<Textarea>::new();
    let pasting = RwSignal::new(false);
    let use_pasted = move |_| {
        let text = pasted
            .get()
            .map(|pasted| pasted.value())
            .unwrap_or_default();
        if let Some(file) = files::of_text(&text) {
            state.open_file("pasted_table.csv".to_owned(), file);
        }
    };
    let demos: Vec<_> = DemoFile::ALL
        .into_iter()
        .map(|demo| view! { <Demo demo=demo/> })
        .collect();
    view! {
        <main class="start">
            <div class="start__main">
                <h1>"See where your segments disagree"</h1>
                <p class="lead">"Drop a customer file. Several models segment it side by side, and you see which customers fall between them."</p>
                {move || state.has_engine.get().then(later::go_on)}
                <div class="drop" data-testid="drop">
                    <p class="drop__title">"Drop a CSV or Excel file here"</p>
                    <div class="drop__buttons">
                        <button class="button button--primary button--big" on:click=move |_| files::choose()>"Choose a file"</button>
                        <button class="button button--big" aria-expanded=move || pasting.get().to_string() on:click=move |_| pasting.update(|on| *on = !*on)>"Paste a table"</button>
                    </div>
                    <p class="caption">"One row per customer with the column names above them, at least one number column. Any encoding, separator or decimal sign. A saved project is opened the same way."</p>
                </div>
                <Show when=move || pasting.get()>
                    <div class="paste">
                        <label for="pasted">"Paste the table with its header row"</label>
                        <textarea id="pasted" rows="6" spellcheck="false" node_ref=pasted placeholder="customer,income,spending"></textarea>
                        <button class="button button--primary" on:click=use_pasted>"Read the pasted table"</button>
                    </div>
                </Show>
                <h2 class="start__demos">"Or try a demo file"</h2>
                <div class="demos">{demos}</div>
                <p class="caption">"All three are generated. None holds a real person."</p>
            </div>
            <aside class="start__aside"><Privacy/></aside>
        </main>
    }
}

/// A demo file with a picture of it.
#[component]
fn Demo(demo: DemoFile) -> impl IntoView {
    let state = AppState::use_context();
    let (name, words, rows) = match demo {
        DemoFile::MallVisitors => (
            "Mall visitors",
            "Income, spending score, age. Five segments, a few customers on the seam.",
            "200 rows",
        ),
        DemoFile::EvenSpread => (
            "Looks segmented, is not",
            "Evenly spread. The models still cut it into segments.",
            "500 rows",
        ),
        DemoFile::OnlineOrders => (
            "Online orders",
            "Recency, frequency, amount. Skewed columns, segments of unequal size.",
            "1,200 rows",
        ),
    };
    // A sketch of the kind of data, not the data.
    let sketch: &[(usize, f64, f64)] = match demo {
        DemoFile::MallVisitors => &[
            (0, 52.0, 34.0),
            (0, 48.0, 30.0),
            (0, 56.0, 30.0),
            (0, 50.0, 38.0),
            (1, 82.0, 12.0),
            (1, 90.0, 16.0),
            (1, 76.0, 16.0),
            (2, 80.0, 54.0),
            (2, 90.0, 50.0),
            (2, 72.0, 48.0),
            (3, 20.0, 52.0),
            (3, 14.0, 46.0),
            (4, 18.0, 12.0),
            (4, 26.0, 18.0),
            (4, 12.0, 20.0),
        ],
        DemoFile::EvenSpread => &[
            (0, 10.0, 12.0),
            (0, 30.0, 8.0),
            (0, 20.0, 30.0),
            (0, 42.0, 22.0),
            (0, 12.0, 50.0),
            (0, 36.0, 44.0),
            (0, 48.0, 56.0),
            (1, 60.0, 10.0),
            (1, 78.0, 18.0),
            (1, 94.0, 8.0),
            (1, 66.0, 34.0),
            (1, 86.0, 38.0),
            (1, 72.0, 54.0),
            (1, 94.0, 54.0),
        ],
        DemoFile::OnlineOrders => &[
            (0, 12.0, 54.0),
            (0, 18.0, 50.0),
            (0, 14.0, 46.0),
            (0, 24.0, 54.0),
            (1, 40.0, 50.0),
            (1, 52.0, 52.0),
            (1, 62.0, 48.0),
            (1, 76.0, 53.0),
            (2, 30.0, 24.0),
            (2, 44.0, 18.0),
            (2, 38.0, 30.0),
            (2, 56.0, 26.0),
        ],
    };
    let marks: Vec<_> = sketch
        .iter()
        .map(|&(segment, x, y)| {
            let class = format!("glyph--{}", segment + 1);
            view! { <path class=class transform=format!("translate({x},{y})") d=segment_shape(segment).svg_path(2.4)></path> }
        })
        .collect();
    view! {
        <button class="demo" on:click=move |_| state.open_demo(demo)>
            <svg class="demo__sketch" viewBox="0 0 104 64" aria-hidden="true">{marks}</svg>
            <span class="demo__words"><b>{name}</b><span>{words}</span></span>
            <span class="demo__rows">{rows}</span>
        </button>
    }
}
