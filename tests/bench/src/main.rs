//! `bench [--page | --shapes | --models [NAME] | --smoke]`: waiting times of users, and the models compared with their peers, all
//! in a real Chromium.
//!
//! Timings are printed and written to `target/bench/`, never asserted; results must equal the peers'. `--page` skips the models,
//! `--shapes` everything except the two files of many columns, `--models` the page, and with a name all works that do not contain
//! it; `--smoke` runs each model once on little data, to check that the benchmark works and results are equal. If `HISTORY` names a
//! file, a line with the main figures is added to it; `SIZES` holds those of the download.

#[cfg(not(target_arch = "wasm32"))]
mod engine;
#[cfg(not(target_arch = "wasm32"))]
mod history;
#[cfg(not(target_arch = "wasm32"))]
mod page;
#[cfg(not(target_arch = "wasm32"))]
mod peers;
#[cfg(not(target_arch = "wasm32"))]
mod shapes;
#[cfg(not(target_arch = "wasm32"))]
mod silence;
#[cfg(not(target_arch = "wasm32"))]
mod works;

#[cfg(not(target_arch = "wasm32"))]
#[tokio::main]
async fn main() -> e2e::Result {
    let mut figures = history::Figures::default();
    measure(&mut figures).await?;
    match std::env::var_os("HISTORY") {
        Some(history) => figures.record(std::path::Path::new(&history)).await,
        None => Ok(()),
    }
}

#[cfg(not(target_arch = "wasm32"))]
async fn measure(figures: &mut history::Figures) -> e2e::Result {
    let argument = std::env::args().nth(1);
    let is_page_alone = argument.as_deref() == Some("--page");
    if argument.is_none() || is_page_alone {
        figures.note_sizes(&std::env::var("SIZES").unwrap_or_default());
        page::measure(figures).await?;
    }
    let are_shapes_alone = argument.as_deref() == Some("--shapes");
    if argument.is_none() || is_page_alone || are_shapes_alone {
        page::measure_shapes(figures).await?;
    }
    if is_page_alone || are_shapes_alone {
        return Ok(());
    }
    let only = std::env::args().nth(2).unwrap_or_default();
    engine::measure(argument.as_deref() == Some("--smoke"), &only, figures).await
}

#[cfg(target_arch = "wasm32")]
fn main() {}
