//! `bench [--page | --shapes | --models [NAME] | --smoke]`: what a user waits for, and the models beside their peers, all in a real Chromium.
//!
//! Timings are printed and written to `target/bench/`, never asserted; results must equal the peers'. `--page` leaves the models
//! out, `--shapes` all but the two files of many columns, `--models` the page, with a name all works that do not contain it; `--smoke` runs each model once on a little data, to see
//! that the benchmark works and the results are equal.

#[cfg(not(target_arch = "wasm32"))]
mod engine;
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
    let argument = std::env::args().nth(1);
    let is_page_alone = argument.as_deref() == Some("--page");
    if argument.is_none() || is_page_alone {
        page::measure().await?;
    }
    let are_shapes_alone = argument.as_deref() == Some("--shapes");
    if argument.is_none() || is_page_alone || are_shapes_alone {
        page::measure_shapes().await?;
    }
    if is_page_alone || are_shapes_alone {
        return Ok(());
    }
    let only = std::env::args().nth(2).unwrap_or_default();
    engine::measure(argument.as_deref() == Some("--smoke"), &only).await
}

#[cfg(target_arch = "wasm32")]
fn main() {}
